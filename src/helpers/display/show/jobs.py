"""Jobs at foreign-owned affiliates: the nation's league, the map of states and their table."""

from __future__ import annotations

import pandas as pd

from collections.abc import Mapping
from typing import Any

from helpers.analysis import lineage
from helpers.analysis.lineage import Lineage
from helpers.analysis.reading import Reading
from helpers.display import charts, facts, markup, numbers, tiles
from helpers.display.blocks import Block, Column, Figure, Finding, Note, Row, Table
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
    return Row(voice.lang, (league, state_map(voice, subject, by_state, states))), states_table(
        voice, subject, table, by_state
    )


def _league(voice: Voice, subject: str, reading: Reading) -> Figure:
    ranked = reading.league[reading.league["rank"].notna()].head(8)
    frame = ranked.rename(columns={"partner": "label"})[["label", "value"]]
    names = {code: voice.name(code) for code in frame["label"]}
    parts = {
        "subject": voice.opening(subject),
        "value": voice.amount(reading),
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
        values=(
            *facts.said(facts.of_reading(voice, reading, voice.say("kpi.jobs")), title),
            *facts.of_rows(
                voice,
                ranked.assign(rank=ranked["rank"].astype(int)),
                prefix="jobs.league",
                key="partner",
                columns={"value": "persons", "rank": "rank"},
                label=subtitle,
                period=reading.year,
                lineage=facts.of_league(reading),
            ),
        ),
    )


def state_map(
    voice: Voice, subject: str, by_state: pd.DataFrame, states: pd.DataFrame, *, marked: tuple[str, ...] = ()
) -> Figure:
    """Return the tile map of the subject's jobs and rank in every state with a figure."""
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
    known = {"year": year, "partner": subject}
    counted = {
        "first": (first, lineage.count("jobs_state", known | {"rank_printed": 1}, held=["value"])),
        "second": (second, lineage.count("jobs_state", known | {"rank_printed": 2}, held=["value"])),
        "known": (n, states_known(year, subject)),
        "unknown": (len(states) - n, states_known(year, subject, rest=True)),
    }
    said = {name: markup.number(f"jobs.states_{name}", str(k)) for name, (k, _) in counted.items()}
    subtitle = voice.say(
        "jobs.tiles_subtitle", subject=voice.name(subject), year=str(year), m=said["unknown"]
    )
    return Figure(
        voice.lang,
        svg=tiles.tile_map(states, values, key, marked=marked),
        title=voice.say("jobs.tiles_title", first=said["first"], second=said["second"], n=said["known"]),
        subtitle=subtitle,
        alt=tiles.alt_tile_map(values, key, voice.names, lang=voice.lang, measure=subtitle, marked=marked),
        source=voice.say("source.bea_state_jobs"),
        values=(
            *facts.of_rows(
                voice,
                by_state,
                prefix="jobs.states",
                key="state",
                columns={"value": "persons", "rank": "rank"},
                label=subtitle,
                period=year,
                lineage=_in_state,
            ),
            *(
                facts.value(voice, f"jobs.states_{name}", subtitle, k, "states", year, made)
                for name, (k, made) in counted.items()
            ),
        ),
    )


def states_known(year: int, subject: str, *, rest: bool = False) -> Lineage:
    """Return how the states with a figure of the subject are counted, or with `rest` those without one."""
    held: dict[str, Any] = {
        "table": "jobs_state",
        "column": "",
        "by": "",
        "where": {"year": year, "partner": subject},
        "held": ["value", "rank_printed"],
    }
    if rest:
        return lineage.count("states", less=held)
    return lineage.count("jobs_state", held["where"], held=held["held"])


def _in_state(row: Mapping[str, Any], part: str) -> Lineage:
    column = "rank_printed" if part == "rank" else "value"
    return Lineage("value", (lineage.cell(row, "jobs_state", column),))


def nation_sentence(voice: Voice, subject: str, reading: Reading | None, past: pd.DataFrame) -> Finding:
    """Return the rank with the distances to the neighbours, and the change between the last two figures."""
    if reading is None:
        return Finding(voice.lang, voice.say("jobs.missing", subject=voice.the(subject)))
    parts = {
        "subject": voice.opening(subject),
        "value": voice.amount(reading),
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
    values = [facts.of_reading(voice, reading, voice.say("kpi.jobs", subject=voice.the(subject)))]
    if len(own) == 2:
        start, end = own.iloc[0], own.iloc[1]
        items.append(
            voice.say(
                "jobs.change",
                start=markup.number(f"jobs.history.{start['year']}.value", voice.persons(start["value"])),
                first=str(start["year"]),
                change=markup.number(
                    "jobs.change", numbers.percent(end["value"] / start["value"] - 1, voice.lang, signed=True)
                ),
            )
        )
        values.append(
            facts.of_rows(
                voice,
                own,
                prefix="jobs.history",
                key="year",
                columns={"value": "persons"},
                label=items[-1],
                period_column="year",
                lineage=lambda row, _: Lineage("value", (lineage.cell(row, "jobs_national", "value"),)),
            )
        )
        values.append(
            (
                facts.value(
                    voice,
                    "jobs.change",
                    items[-1],
                    end["value"] / start["value"] - 1,
                    "fraction",
                    f"{start['year']}-{end['year']}",
                    Lineage(
                        "growth",
                        (
                            lineage.cell(end, "jobs_national", "value"),
                            lineage.cell(start, "jobs_national", "value", "before"),
                        ),
                    ),
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
            name = f"jobs.states.{row.state}"
            leader = voice.name(code) + (
                f" {markup.number(f'{name}.leader', numbers.number(figure, voice.lang))}"
                if known
                else f" ({numbers.missing(voice.lang, 'not_in_hand')})"
            )
            if known:
                gap = markup.number(
                    f"{name}.gap", numbers.number(row.value - figure, voice.lang, signed=True)
                )
                theirs = (lineage.cell(other.iloc[0], "jobs_state", "value"),)
                ours = (lineage.cell(row._asdict(), "jobs_state", "value"),)
                apart = Lineage("difference", ours + lineage.turned(theirs))
                values += [
                    facts.value(
                        voice, f"{name}.leader", leader, figure, "persons", year, Lineage("value", theirs)
                    ),
                    facts.value(voice, f"{name}.gap", leader, row.value - figure, "persons", year, apart),
                ]
        rows.append(
            {
                "state": voice.name(row.state),
                "jobs": markup.number(f"jobs.states.{row.state}.value", numbers.number(row.value, voice.lang)),
                "rank": markup.number(
                    f"jobs.states.{row.state}.rank", numbers.rank(row.rank, voice.lang, style="table")
                ),
                "leader": leader,
                "gap": gap,
            }
        )
    corrected = table[
        table["printed_value"].notna() & (table["partner"] == subject) & table["state"].isin(ordered["state"])
    ]
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
                voice,
                ordered,
                prefix="jobs.states",
                key="state",
                columns={"value": "persons", "rank": "rank"},
                label=voice.say("jobs.table_title", year=str(year)),
                period=year,
                lineage=_in_state,
            ),
        ),
    )
