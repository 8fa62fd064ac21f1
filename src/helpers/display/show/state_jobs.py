"""Jobs at foreign-owned affiliates in one state, or what is missing."""

from __future__ import annotations

import pandas as pd

from helpers.analysis import jobs, jobs_lineage, lineage
from helpers.analysis.lineage import Lineage
from helpers.analysis.reading import Reading
from helpers.display import charts, facts, markup, numbers
from helpers.display.block import Value
from helpers.display.blocks import KPI, Block, Figure, Finding, Note, Row, Stack
from helpers.display.prose import Voice
from helpers.display.show import attribution
from helpers.display.show.jobs import LISTED, state_map

SHOWN = 8
"""Countries drawn beside each other."""
FEW = 4
"""Bars under which another table has room beside the map."""


def card(voice: Voice, subject: str, reading: Reading | None) -> Reading | KPI:
    """Return the reading for its key figure, or a card that says that the count is suppressed or not in hand."""
    if reading is not None and not reading.hidden:
        return reading
    if reading is not None:
        label = voice.say("kpi.state_jobs", subject=voice.name(subject))
        edges = _edges(voice, reading, label)
        return KPI(
            label=label,
            figure=_marker(reading),
            unit=voice.say("unit.year", year=str(reading.year)),
            rank=_between(voice, reading),
            note=voice.say("state_jobs.suppressed_note"),
            value=edges[0],
            others=edges[1:],
        )
    return KPI(
        label=voice.say("kpi.state_jobs", subject=voice.name(subject)),
        figure="–",
        rank=numbers.missing(voice.lang, "not_in_hand"),
        note=voice.say("kpi.missing_jobs"),
    )


def block(
    voice: Voice,
    place: str,
    subject: str,
    reading: Reading | None,
    by_state: pd.DataFrame,
    states: pd.DataFrame,
    older: tuple[Block, ...] = (),
) -> tuple[Block, ...]:
    """Return a state's jobs beside the leader's and the map of states, or one sentence on what is missing.

    Where no other employer of the state is in hand, there is no bar alone: the table of the early 1990s stands
    beside the map, else the jobs of the other states do.

    Parameters
    ----------
    older
        The table of the early 1990s and its sentence (`helpers.display.show.state_jobs_1990s`). The table stands
        under the bars where these are few, beside the map.
    """
    if reading is None:
        parts = {"subject": voice.name(subject), "state": voice.the(place)}
        if by_state.empty:
            return Note(voice.lang, voice.say("jobs.state_missing_all", **parts), kind="missing"), *older
        year, n = int(by_state["year"].iloc[0]), len(by_state)
        counted = markup.number("jobs.states_known", str(n))
        words = voice.say("jobs.state_missing", n=counted, year=str(year), **parts)
        made = jobs_lineage.known(year, subject)
        held = facts.value(voice, "jobs.states_known", words, n, "states", year, made)
        return Note(voice.lang, words, kind="missing", values=(held,)), *older
    drawn = state_map(voice, subject, by_state, states, marked=(place,))
    listed = len(_shown(reading))
    alone = listed == 1 and not reading.hidden
    if alone and older:
        return Row(voice.lang, (drawn, older[0])), *older[1:]
    if (
        alone
        and place in set(by_state["state"][by_state["year"] == reading.year])
        and 1 < len(by_state) <= LISTED
    ):
        return (Row(voice.lang, (_states(voice, place, subject, reading, by_state), drawn)),)
    bars = _countries(voice, place, subject, reading)
    under = older[:1] if listed <= FEW else ()
    return Row(voice.lang, (Stack(voice.lang, (bars, *under)), drawn)), *older[len(under) :]


def _countries(voice: Voice, place: str, subject: str, reading: Reading) -> Figure:
    """Return the foreign employers of a state as bars."""
    shown = _shown(reading)
    frame = shown.rename(columns={"partner": "label"})[["label", "value", "low", "high"]]
    hidden = int(jobs.suppressed(reading.league).sum())
    counts = {"year": str(reading.year), "of": str(reading.standing.of), "hidden": str(hidden)}
    whole = reading.printed_rank is None and len(reading.league) > 1
    title = _title(voice, place, subject, reading)
    subtitle = voice.say("state_jobs.subtitle" if whole else "jobs.state_subtitle", **counts)
    missing = _marker(reading) if hidden else numbers.missing(voice.lang, "not_in_hand")

    return _bars(
        voice,
        reading,
        frame,
        subject,
        title,
        subtitle,
        missing=missing,
        values=(
            *facts.of_rows(
                voice,
                shown,
                prefix="jobs.league",
                key="partner",
                columns={"value": "persons"},
                label=subtitle,
                period=reading.year,
                lineage=facts.of_league(reading),
            ),
            *(_edges(voice, reading, subtitle) if whole else ()),
            *facts.said(
                facts.of_reading(voice, reading, voice.say("kpi.state_jobs", subject=voice.name(subject))),
                title,
            ),
        ),
    )


def _states(voice: Voice, place: str, subject: str, reading: Reading, by_state: pd.DataFrame) -> Figure:
    """Return the states with a figure as bars: where no other employer of the state is in hand to stand beside."""
    known = by_state.dropna(subset=["value"]).sort_values("value", ascending=False, kind="stable")
    frame = known.rename(columns={"state": "label"})[["label", "value"]]
    n, rank = len(known), int((known["value"] > reading.value).sum()) + 1
    title = voice.say(
        "state_jobs.states_title",
        state=voice.the(place),
        value=voice.amount(reading),
        n=markup.number("jobs.states_valued", str(n)),
    )
    subtitle = voice.say("state_jobs.states_subtitle", subject=voice.name(subject), year=str(reading.year))
    held = jobs_lineage.valued(reading.year, subject)
    stands = jobs_lineage.among_states(next(facts.rows(known[known["state"] == place]))._asdict())
    return _bars(
        voice,
        reading,
        frame,
        place,
        title,
        subtitle,
        values=(
            *facts.of_rows(
                voice,
                known,
                prefix="jobs.states",
                key="state",
                columns={"value": "persons"},
                label=subtitle,
                period=reading.year,
                lineage=jobs_lineage.in_state,
            ),
            facts.value(voice, "jobs.states_valued", title, n, "states", reading.year, held),
            facts.value(
                voice, "jobs.states_place", title, rank, "rank", reading.year, stands, rank=rank, of=n
            ),
            *facts.said(
                facts.of_reading(voice, reading, voice.say("kpi.state_jobs", subject=voice.name(subject))),
                title,
            ),
        ),
    )


def _bars(
    voice: Voice,
    reading: Reading,
    frame: pd.DataFrame,
    own: str,
    title: str,
    subtitle: str,
    *,
    values: tuple[Value, ...],
    missing: str = "",
) -> Figure:
    """Return the bars of countries or of states, that of `own` in the accent."""
    names = {code: voice.name(code) for code in frame["label"]}

    def fmt(value: float) -> str:
        return numbers.number(value, voice.lang)

    return Figure(
        voice.lang,
        svg=charts.bars_h(frame, own, names, fmt, missing=missing),
        title=title,
        subtitle=subtitle,
        alt=charts.alt_bars_h(frame, own, names, fmt, lang=voice.lang, measure=subtitle),
        source=attribution.states(voice, reading.source),
        values=values,
    )


def sentence(
    voice: Voice, place: str, subject: str, reading: Reading | None, context: pd.DataFrame
) -> Finding:
    """Return the state's count with its rounding interval, rank, distance and density, or that none is in hand.

    Parameters
    ----------
    context
        ``state_context``: state, year, measure, value.
    """
    if reading is None:
        parts = {"subject": voice.name(subject), "state": voice.the(place)}
        return Finding(voice.lang, voice.say("jobs.state_missing_short", **parts))
    row = reading.league[reading.league["partner"] == subject].iloc[0]
    if reading.hidden:
        return _suppressed(voice, place, subject, reading)
    employed = context[
        (context["state"] == place)
        & (context["measure"] == "household_employment")
        & (context["year"] == reading.year)
    ]
    label = voice.say("kpi.state_jobs", subject=voice.name(subject))
    parts = {
        "subject": voice.name(subject),
        "value": voice.amount(reading),
        "state": voice.the(place),
        "year": str(reading.year),
        "low": voice.amount(reading, row["low"], "low"),
        "high": voice.amount(reading, row["high"], "high"),
        "rank": voice.rank(reading),
        "leader": _leader(voice, reading, subject),
    }
    values = [*facts.of_reading(voice, reading, label), *_ends(voice, reading, row, label)]
    if employed.empty:
        return Finding(voice.lang, voice.say("state_jobs.finding", **parts), values=tuple(values))
    density = jobs.per_thousand(reading.value, float(employed["value"].iloc[0]))
    residents = lineage.cell(employed.iloc[0], "state_context", "value", "total")
    each = markup.number("jobs.per_thousand", numbers.number(density, voice.lang, 1))
    text = voice.say("jobs.state_finding", per_thousand=each, **parts)
    values.append(
        facts.value(
            voice,
            "jobs.per_thousand",
            label,
            density,
            "per 1,000 employed residents",
            reading.year,
            Lineage("per_thousand", (*reading.lineage().cells, residents)),
        )
    )
    return Finding(voice.lang, text, values=tuple(values))


def _title(voice: Voice, place: str, subject: str, reading: Reading) -> str:
    parts = {"subject": voice.opening(subject), "state": voice.the(place)}
    if reading.hidden:
        band = _between(voice, reading)
        return voice.say("state_jobs.suppressed_title", marker=_marker(reading), band=band, **parts)
    if reading.printed_rank is None and reading.standing.best != reading.standing.worst:
        return voice.say("state_jobs.title_band", rank=voice.rank(reading), **parts)
    if reading.printed_rank is not None:
        return voice.say("jobs.state_title_printed", nth=voice.largest(reading), **parts)
    key = "state_jobs.title_first" if reading.rank == 1 else "jobs.state_title_other"
    return voice.say(key, nth=voice.largest(reading), **parts)


def _shown(reading: Reading) -> pd.DataFrame:
    """Return the largest published figures and the subject's row; a source that prints a rank is shown whole."""
    league = reading.league
    if reading.printed_rank is not None or len(league) == 1:
        return league
    own = league["partner"] == reading.standing.subject
    return league[own | (league["value"].notna() & (league.index < SHOWN))]


def _marker(reading: Reading) -> str:
    """Return the marker in place of the subject's figure, or of the first one that is suppressed."""
    rows = reading.league[jobs.suppressed(reading.league)]
    own = rows[rows["partner"] == reading.standing.subject]
    return str((rows if own.empty else own)["flag"].iloc[0])


def _between(voice: Voice, reading: Reading) -> str:
    place = reading.standing
    parts = {"best": str(place.best), "of": str(place.of)}
    if place.best == place.worst:
        return voice.say("state_jobs.certainly", **parts)
    return voice.say("state_jobs.between", worst=str(place.worst), **parts)


def _edges(voice: Voice, reading: Reading, label: str) -> tuple[Value, ...]:
    """Return the ends of the band, the size of the universe and how many of its cells are suppressed."""
    place, year = reading.standing, reading.year
    hidden = int(jobs.suppressed(reading.league).sum())
    ends = {"best": (place.best, "rank"), "worst": (place.worst, "rank"), "of": (place.of, "countries")}
    found = ends | {"suppressed": (hidden, "countries")}
    return tuple(
        facts.value(
            voice,
            f"jobs.{name}",
            label,
            value,
            unit,
            year,
            jobs_lineage.bounded(name, year, place.subject, reading.vintage, reading.place),
        )
        for name, (value, unit) in found.items()
    )


def _ends(voice: Voice, reading: Reading, row: pd.Series, label: str) -> tuple[Value, ...]:
    """Return the ends of the figure's interval: rounding, or the size range of a letter."""
    return tuple(
        facts.value(voice, f"jobs.{edge}", label, row[edge], "persons", reading.year, reading.lineage(edge))
        for edge in ("low", "high")
    )


def _suppressed(voice: Voice, place: str, subject: str, reading: Reading) -> Finding:
    """Return the sentence of a suppressed cell: its marker, the band of ranks, the size range where there is one."""
    row = reading.league[reading.league["partner"] == subject].iloc[0]
    label = voice.say("kpi.state_jobs", subject=voice.name(subject))
    told = [
        voice.say(
            "state_jobs.suppressed_finding",
            subject=voice.name(subject),
            state=voice.the(place),
            year=str(reading.year),
            marker=_marker(reading),
            band=_between(voice, reading),
        )
    ]
    values = list(_edges(voice, reading, label))
    if not pd.isna(row["low"]) and not pd.isna(row["high"]):
        ends = {
            "low": voice.amount(reading, row["low"], "low"),
            "high": voice.amount(reading, row["high"], "high"),
        }
        told.append(voice.say("state_jobs.suppressed_range", **ends))
        values += _ends(voice, reading, row, label)
    return Finding(voice.lang, (" " if voice.lang == "en" else "").join(told), values=tuple(values))


def _leader(voice: Voice, reading: Reading, subject: str) -> str:
    above = reading.standing.above
    if above is not None:
        return voice.say(
            "jobs.state_leader",
            gap=voice.amount(reading, above.gap, "above.gap"),
            pct=voice.part(reading, "above.gap_share", above.gap_share),
            name=voice.the(above.entity),
        )
    hidden = reading.league[reading.league["value"].isna() & ~jobs.suppressed(reading.league)]
    if reading.rank != 1 and len(hidden):
        return voice.say("jobs.state_leader_unknown", name=voice.the(hidden["partner"].iloc[0]))
    return ""
