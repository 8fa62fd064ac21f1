"""Jobs at foreign-owned affiliates in one state, or what is missing."""

from __future__ import annotations

import pandas as pd

from helpers.analysis import jobs, lineage
from helpers.analysis.lineage import Lineage
from helpers.analysis.reading import Reading
from helpers.display import charts, facts, markup, numbers
from helpers.display.blocks import KPI, Block, Figure, Finding, Note, Row
from helpers.display.prose import Voice
from helpers.display.show.jobs import state_map, states_known


def card(voice: Voice, subject: str, reading: Reading | None) -> Reading | KPI:
    """Return the reading for its key figure, or a card that says that no count is in hand."""
    if reading is not None:
        return reading
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
) -> Block:
    """Return a state's jobs beside the leader's and the map of states, or one sentence on what is missing."""
    if reading is None:
        parts = {"subject": voice.name(subject), "state": voice.the(place)}
        if by_state.empty:
            return Note(voice.lang, voice.say("jobs.state_missing_all", **parts), kind="missing")
        year, n = int(by_state["year"].iloc[0]), len(by_state)
        counted = markup.number("jobs.states_known", str(n))
        words = voice.say("jobs.state_missing", n=counted, year=str(year), **parts)
        made = states_known(year, subject)
        held = facts.value(voice, "jobs.states_known", words, n, "states", year, made)
        return Note(voice.lang, words, kind="missing", values=(held,))
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
        values=(
            *facts.of_rows(
                voice,
                reading.league,
                prefix="jobs.league",
                key="partner",
                columns={"value": "persons"},
                label=subtitle,
                period=reading.year,
                lineage=facts.of_league(reading),
            ),
            *facts.said(
                facts.of_reading(voice, reading, voice.say("kpi.state_jobs", subject=voice.name(subject))),
                title,
            ),
        ),
    )
    return Row(voice.lang, (bars, state_map(voice, subject, by_state, states, marked=(place,))))


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
    employed = context[
        (context["state"] == place)
        & (context["measure"] == "household_employment")
        & (context["year"] == reading.year)
    ].iloc[0]
    density = jobs.per_thousand(reading.value, float(employed["value"]))
    residents = lineage.cell(employed, "state_context", "value", "total")
    text = voice.say(
        "jobs.state_finding",
        subject=voice.name(subject),
        value=voice.amount(reading),
        state=voice.the(place),
        year=str(reading.year),
        low=voice.amount(reading, row["low"], "low"),
        high=voice.amount(reading, row["high"], "high"),
        rank=voice.rank(reading),
        leader=_leader(voice, reading, subject),
        per_thousand=markup.number("jobs.per_thousand", numbers.number(density, voice.lang, 1)),
    )
    label = voice.say("kpi.state_jobs", subject=voice.name(subject))
    return Finding(
        voice.lang,
        text,
        values=(
            *facts.of_reading(voice, reading, label),
            *(
                facts.value(
                    voice, f"jobs.{edge}", label, row[edge], "persons", reading.year, reading.lineage(edge)
                )
                for edge in ("low", "high")
            ),
            facts.value(
                voice,
                "jobs.per_thousand",
                label,
                density,
                "per 1,000 employed residents",
                reading.year,
                Lineage("per_thousand", (*reading.lineage().cells, residents)),
            ),
        ),
    )


def _leader(voice: Voice, reading: Reading, subject: str) -> str:
    above = reading.standing.above
    if above is not None:
        return voice.say(
            "jobs.state_leader",
            gap=voice.amount(reading, above.gap, "above.gap"),
            pct=voice.part(reading, "above.gap_share", above.gap_share),
            name=voice.the(above.entity),
        )
    hidden = reading.league[reading.league["value"].isna()]
    if reading.rank != 1 and len(hidden):
        return voice.say("jobs.state_leader_unknown", name=voice.the(hidden["partner"].iloc[0]))
    return ""
