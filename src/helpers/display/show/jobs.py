"""Jobs at foreign-owned affiliates: the nation's league, the map of states, one state's block."""

from __future__ import annotations

import pandas as pd

from helpers.analysis import jobs
from helpers.analysis.reading import Reading
from helpers.display import charts, facts, numbers, tiles
from helpers.display.blocks import KPI, Block, Column, Figure, Finding, Note, Row, Table
from helpers.display.prose import Voice


def nation(
    voice: Voice,
    subject: str,
    reading: Reading | None,
    table: pd.DataFrame,
    by_state: pd.DataFrame,
    states: pd.DataFrame,
) -> tuple[Block, ...]:
    """Return the league of foreign employers beside the map of states, and the table of the states.

    Parameters
    ----------
    table, by_state
        ``jobs_state`` and, from it, :func:`helpers.analysis.jobs.by_state`.
    """
    if reading is None:
        return (Note(voice.lang, voice.say("jobs.missing", subject=voice.the(subject)), kind="missing"),)
    league = _league(voice, subject, reading)
    if by_state.empty:
        return (league,)
    return Row(voice.lang, (league, _tiles(voice, subject, by_state, states))), states_table(
        voice, subject, table, by_state
    )


def _league(voice: Voice, subject: str, reading: Reading) -> Figure:
    ranked = reading.league[reading.league["rank"].notna()].head(8)
    frame = ranked.rename(columns={"partner": "label"})[["label", "value"]]
    names = {code: voice.name(code) for code in frame["label"]}
    parts = {
        "subject": voice.opening(subject),
        "value": voice.persons(reading.value),
        "year": str(reading.year),
    }
    title = (
        voice.say("jobs.bars_title_unranked", **parts)
        if reading.rank is None
        else voice.say("jobs.bars_title", rank=voice.rank(reading, band=False), **parts)
    )
    subtitle = voice.say("jobs.bars_subtitle")

    def fmt(value: float) -> str:
        return numbers.number(value / 1000, voice.lang, 1)

    return Figure(
        voice.lang,
        svg=charts.bars_h(frame, subject, names, fmt),
        title=title,
        subtitle=subtitle,
        alt=charts.alt_bars_h(frame, subject, names, fmt, lang=voice.lang, measure=subtitle),
        source=voice.say("source.bea_jobs"),
        values=facts.of_rows(
            ranked.assign(rank=ranked["rank"].astype(int)),
            prefix="jobs.league",
            key="partner",
            columns={"value": "persons", "rank": "rank"},
            label=subtitle,
            period=reading.year,
            trace=facts.trace_of(reading),
        ),
    )


def _tiles(
    voice: Voice, subject: str, by_state: pd.DataFrame, states: pd.DataFrame, *, marked: tuple[str, ...] = ()
) -> Figure:
    category = by_state["rank"].map({1: "first", 2: "second"}).fillna("other")
    values = pd.DataFrame(
        {
            "usps": by_state["state"],
            "category": category,
            "text": [numbers.compact(v, voice.lang) for v in by_state["value"]],
        }
    )
    first, second, n = int((by_state["rank"] == 1).sum()), int((by_state["rank"] == 2).sum()), len(by_state)
    key = {
        "first": voice.say("jobs.key.first", subject=voice.opening(subject)),
        "second": voice.say("jobs.key.second", subject=voice.opening(subject)),
        "none": voice.say("jobs.key.missing"),
    }
    year = int(by_state["year"].iloc[0])
    subtitle = voice.say(
        "jobs.tiles_subtitle", subject=voice.the(subject), year=str(year), m=str(len(states) - n)
    )
    return Figure(
        voice.lang,
        svg=tiles.tile_map(states, values, key, marked=marked),
        title=voice.say("jobs.tiles_title", first=str(first), second=str(second), n=str(n)),
        subtitle=subtitle,
        alt=tiles.alt_tile_map(values, key, voice.names, lang=voice.lang, measure=subtitle, marked=marked),
        source=voice.say("source.bea_state_jobs"),
        values=(
            *facts.of_rows(
                by_state,
                prefix="jobs.states",
                key="state",
                columns={"value": "persons", "rank": "rank"},
                label=subtitle,
                period=year,
                trace={"table": "jobs_state", "key": {"partner": subject}},
            ),
            facts.single("jobs.states_first", subtitle, first, "states", year, "jobs_state", partner=subject),
            facts.single(
                "jobs.states_second", subtitle, second, "states", year, "jobs_state", partner=subject
            ),
        ),
    )


def nation_sentence(voice: Voice, subject: str, reading: Reading | None, past: pd.DataFrame) -> Finding:
    """Return the rank with the distances to the neighbours, and the change between the last two figures."""
    if reading is None:
        return Finding(voice.lang, voice.say("jobs.missing", subject=voice.the(subject)))
    parts = {
        "subject": voice.opening(subject),
        "value": voice.persons(reading.value),
        "year": str(reading.year),
    }
    items = [
        voice.say("jobs.finding", rank=voice.rank(reading), gaps=voice.gaps(reading), **parts)
        if reading.rank
        else voice.say("jobs.finding_unranked", **parts)
    ]
    own = (
        past[(past["partner"] == subject) & past["value"].notna()]
        .sort_values("year")
        .drop_duplicates("year", keep="last")
    )
    own = own[own["year"] <= reading.year].tail(2)
    values = [facts.of_reading(reading, voice.say("kpi.jobs", subject=voice.the(subject)))]
    if len(own) == 2:
        start, end = own.iloc[0], own.iloc[1]
        items.append(
            voice.say(
                "jobs.change",
                start=voice.persons(start["value"]),
                first=str(start["year"]),
                change=numbers.percent(end["value"] / start["value"] - 1, voice.lang, signed=True),
            )
        )
        values.append(
            facts.of_rows(
                own,
                prefix="jobs.history",
                key="year",
                columns={"value": "persons"},
                label=items[-1],
                period_column="year",
                trace={"table": "jobs_national", "key": {"partner": subject}},
            )
        )
        values.append(
            (
                facts.single(
                    "jobs.change",
                    items[-1],
                    end["value"] / start["value"] - 1,
                    "fraction",
                    f"{start['year']}-{end['year']}",
                    "jobs_national",
                    partner=subject,
                ),
            )
        )
    text = (" " if voice.lang == "en" else "").join(items)
    return Finding(voice.lang, text, values=facts.gathered(*values))


def states_table(voice: Voice, subject: str, table: pd.DataFrame, by_state: pd.DataFrame) -> Table:
    """Return every state with a figure: the subject's jobs, its rank as printed, the leader and the distance."""
    year = int(by_state["year"].iloc[0])
    ordered = by_state.sort_values(["value", "state"], ascending=[False, True])
    others = table[(table["year"] == year) & (table["partner"] != subject) & (table["partner"] != "WLD")]
    rows, values = [], []
    for row in facts.rows(ordered):
        other = others[others["state"] == row.state]
        leader, gap = "–", "–"
        if len(other):
            code, figure = other["partner"].iloc[0], other["value"].iloc[0]
            known = not pd.isna(figure)
            leader = voice.name(code) + (
                f" {numbers.number(figure, voice.lang)}"
                if known
                else f" ({numbers.missing(voice.lang, 'not_in_hand')})"
            )
            if known:
                gap = numbers.number(row.value - figure, voice.lang, signed=True)
                values += [
                    facts.single(
                        f"jobs.states.{row.state}.leader",
                        leader,
                        figure,
                        "persons",
                        year,
                        "jobs_state",
                        state=row.state,
                        partner=code,
                    ),
                    facts.single(
                        f"jobs.states.{row.state}.gap",
                        leader,
                        row.value - figure,
                        "persons",
                        year,
                        "jobs_state",
                        state=row.state,
                    ),
                ]
        rows.append(
            {
                "state": voice.name(row.state),
                "jobs": numbers.number(row.value, voice.lang),
                "rank": numbers.rank(row.rank, voice.lang, style="table"),
                "leader": leader,
                "gap": gap,
            }
        )
    corrected = table[table["printed_value"].notna() & (table["partner"] == subject)]
    return Table(
        voice.lang,
        id="jobs-states",
        title=voice.say("jobs.table_title", year=str(year)),
        caption=voice.say("jobs.table_caption"),
        columns=(
            Column("state", voice.say("head.state")),
            Column("jobs", voice.say("head.jobs"), "right"),
            Column("rank", voice.say("head.rank"), "right"),
            Column("leader", voice.say("head.leader"), "right"),
            Column("gap", voice.say("head.gap"), "right"),
        ),
        rows=tuple(rows),
        notes=(voice.say("jobs.corrected"),) if len(corrected) else (),
        values=(
            *values,
            *facts.of_rows(
                ordered,
                prefix="jobs.states",
                key="state",
                columns={"value": "persons", "rank": "rank"},
                label=voice.say("jobs.table_title", year=str(year)),
                period=year,
                trace={"table": "jobs_state", "key": {"partner": subject}},
            ),
        ),
    )


def card(voice: Voice, subject: str, reading: Reading | None) -> Reading | KPI:
    """Return the reading for its key figure, or a card that says that no count is in hand."""
    if reading is not None:
        return reading
    return KPI(
        label=voice.say("kpi.state_jobs", subject=voice.opening(subject)),
        figure="–",
        rank=numbers.missing(voice.lang, "not_in_hand"),
        note=voice.say("kpi.missing_jobs"),
    )


def state(
    voice: Voice,
    place: str,
    subject: str,
    reading: Reading | None,
    by_state: pd.DataFrame,
    states: pd.DataFrame,
) -> Block:
    """Return a state's jobs beside the leader's and the map of states, or one sentence on what is missing."""
    if reading is None:
        year = str(int(by_state["year"].iloc[0])) if len(by_state) else "–"
        words = voice.say(
            "jobs.state_missing",
            subject=voice.opening(subject),
            state=voice.the(place),
            n=str(len(by_state)),
            year=year,
        )
        return Note(voice.lang, words, kind="missing")
    league = reading.league.rename(columns={"partner": "label"})
    frame = league[["label", "value", "low", "high"]]
    names = {code: voice.name(code) for code in frame["label"]}
    parts = {"subject": voice.opening(subject), "state": voice.the(place)}
    title = (
        voice.say("jobs.state_title_first", **parts)
        if reading.rank == 1
        else voice.say("jobs.state_title_other", nth=voice.largest(reading), **parts)
    )
    subtitle = voice.say("jobs.state_subtitle", year=str(reading.year))

    def fmt(value: float) -> str:
        return numbers.number(value, voice.lang)

    bars = Figure(
        voice.lang,
        svg=charts.bars_h(frame, subject, names, fmt, missing=numbers.missing(voice.lang, "not_in_hand")),
        title=title,
        subtitle=subtitle,
        alt=charts.alt_bars_h(frame, subject, names, fmt, lang=voice.lang, measure=subtitle),
        source=voice.say("source.bea_state_jobs"),
        values=facts.of_rows(
            reading.league,
            prefix="jobs.league",
            key="partner",
            columns={"value": "persons"},
            label=subtitle,
            period=reading.year,
            trace=facts.trace_of(reading),
        ),
    )
    return Row(voice.lang, (bars, _tiles(voice, subject, by_state, states, marked=(place,))))


def state_sentence(
    voice: Voice, place: str, subject: str, reading: Reading | None, context: pd.DataFrame
) -> Finding:
    """Return the state's count with its rounding interval, rank, distance and density, or that none is in hand.

    Parameters
    ----------
    context
        ``state_context``: state, year, measure, value.
    """
    if reading is None:
        parts = {"subject": voice.opening(subject), "state": voice.the(place)}
        return Finding(voice.lang, voice.say("jobs.state_missing_short", **parts))
    row = reading.league[reading.league["partner"] == subject].iloc[0]
    employed = context[
        (context["state"] == place)
        & (context["measure"] == "household_employment")
        & (context["year"] == reading.year)
    ]["value"]
    density = jobs.per_thousand(reading.value, float(employed.iloc[0]))
    sentence = voice.say(
        "jobs.state_finding",
        subject=voice.opening(subject),
        value=voice.persons(reading.value),
        state=voice.the(place),
        year=str(reading.year),
        low=voice.persons(row["low"]),
        high=voice.persons(row["high"]),
        rank=voice.rank(reading),
        leader=_leader(voice, reading, subject),
        per_thousand=numbers.number(density, voice.lang, 1),
    )
    label = voice.say("kpi.state_jobs", subject=voice.opening(subject))
    return Finding(
        voice.lang,
        sentence,
        values=(
            *facts.of_reading(reading, label),
            facts.single("jobs.low", label, row["low"], "persons", reading.year, "jobs_state", state=place),
            facts.single("jobs.high", label, row["high"], "persons", reading.year, "jobs_state", state=place),
            facts.single(
                "jobs.per_thousand",
                label,
                density,
                "per 1,000 employed residents",
                reading.year,
                "state_context",
                state=place,
            ),
        ),
    )


def _leader(voice: Voice, reading: Reading, subject: str) -> str:
    above = reading.standing.above
    if above is not None:
        return voice.say(
            "jobs.state_leader",
            gap=voice.persons(above.gap),
            pct=voice.percent(above.gap_share or 0.0),
            name=voice.the(above.entity),
        )
    hidden = reading.league[reading.league["value"].isna()]
    if reading.rank != 1 and len(hidden):
        return voice.say("jobs.state_leader_unknown", name=voice.the(hidden["partner"].iloc[0]))
    return ""
