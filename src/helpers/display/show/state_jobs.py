"""Jobs at foreign-owned affiliates in one state, or what is missing."""

from __future__ import annotations

import pandas as pd

from helpers.analysis import jobs
from helpers.analysis.reading import Reading
from helpers.display import charts, facts, numbers
from helpers.display.blocks import KPI, Block, Figure, Finding, Note, Row
from helpers.display.prose import Voice
from helpers.display.show.jobs import state_map


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
        year, n = str(int(by_state["year"].iloc[0])), len(by_state)
        words = voice.say("jobs.state_missing", n=str(n), year=year, **parts)
        held = facts.single("jobs.states_known", words, n, "states", year, "jobs_state", partner=subject)
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
    ]["value"]
    density = jobs.per_thousand(reading.value, float(employed.iloc[0]))
    text = voice.say(
        "jobs.state_finding",
        subject=voice.name(subject),
        value=voice.persons(reading.value),
        state=voice.the(place),
        year=str(reading.year),
        low=voice.persons(row["low"]),
        high=voice.persons(row["high"]),
        rank=voice.rank(reading),
        leader=_leader(voice, reading, subject),
        per_thousand=numbers.number(density, voice.lang, 1),
    )
    label = voice.say("kpi.state_jobs", subject=voice.name(subject))
    return Finding(
        voice.lang,
        text,
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
