"""The table of the states: the subject's jobs, its rank, the largest other country and the distance to it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.analysis import jobs_lineage
from helpers.analysis.lineage import Lineage
from helpers.display import facts, markup, numbers
from helpers.display.block import Value
from helpers.display.blocks import Column, Table
from helpers.display.prose import Voice


def states_table(voice: Voice, subject: str, table: pd.DataFrame, by_state: pd.DataFrame) -> Table:
    """Return every state with a figure, or the marker of one, from the largest figure down.

    Parameters
    ----------
    table, by_state
        ``jobs_state`` and, from it, :func:`helpers.analysis.jobs.by_state`.
    """
    year = int(by_state["year"].iloc[0])
    title = voice.say("jobs.table_title", year=str(year))
    ordered = by_state.sort_values(["value", "state"], ascending=[False, True], na_position="last")
    own = table[
        (table["partner"] == subject) & (table["year"] == year) & table["state"].isin(ordered["state"])
    ]
    corrected = own["printed_value"].notna().any()
    return Table(
        voice.lang,
        id="jobs-states",
        title=title,
        caption=voice.say("jobs.table_caption" if by_state["printed"].all() else "state_jobs.table_caption"),
        columns=(
            Column("state", voice.say("head.state")),
            Column("jobs", voice.say("head.jobs"), "right"),
            Column("rank", voice.say("head.rank"), "right"),
            Column("leader", voice.say("head.leader"), "right"),
            Column("gap", voice.say("head.gap"), "right"),
        ),
        rows=tuple(_row(voice, row) for row in facts.rows(ordered)),
        notes=(voice.say("jobs.corrected"),) if corrected else (),
        values=(
            *(value for row in facts.rows(ordered) for value in _values(voice, row, year)),
            *facts.of_rows(
                voice,
                ordered,
                prefix="jobs.states",
                key="state",
                columns={"value": "persons", "rank": "rank"},
                label=title,
                period=year,
                lineage=jobs_lineage.in_state,
            ),
        ),
    )


def _row(voice: Voice, row: Any) -> dict[str, str]:
    name, hidden = f"jobs.states.{row.state}", pd.isna(row.value)
    return {
        "state": voice.name(row.state),
        "jobs": str(row.flag)
        if hidden
        else markup.number(f"{name}.value", numbers.number(row.value, voice.lang)),
        "rank": _rank(voice, row),
        "leader": _leader(voice, row),
        "gap": "–"
        if hidden or pd.isna(row.leader_value)
        else markup.number(
            f"{name}.gap", numbers.number(row.value - row.leader_value, voice.lang, signed=True)
        ),
    }


def _rank(voice: Voice, row: Any) -> str:
    name = f"jobs.states.{row.state}"
    ends = {end: markup.number(f"{name}.{end}", str(getattr(row, end))) for end in ("best", "worst")}
    span = voice.say("state_jobs.span", **ends)
    if pd.isna(row.rank):
        return "–" if row.of == 1 else span
    rank = markup.number(f"{name}.rank", numbers.rank(int(row.rank), voice.lang, style="table"))
    if row.printed or row.best == row.worst:
        return rank
    return voice.say("state_jobs.rank_with_span", rank=rank, span=span)


def _leader(voice: Voice, row: Any) -> str:
    if pd.isna(row.leader):
        return "–"
    if pd.isna(row.leader_value):
        why = numbers.missing(voice.lang, "not_in_hand")
        return (
            f"{voice.name(row.leader)} ({why})"
            if voice.lang == "en"
            else f"{voice.name(row.leader)}（{why}）"
        )
    figure = numbers.number(row.leader_value, voice.lang)
    return f"{voice.name(row.leader)} {markup.number(f'jobs.states.{row.state}.leader', figure)}"


def _values(voice: Voice, row: Any, year: int) -> list[Value]:
    """Return the numbers of a row beside its value and rank: leader, distance, and the ends of a band."""
    found, name, place, cells = [], f"jobs.states.{row.state}", voice.name(row.state), row._asdict()
    if not pd.isna(row.leader_value):
        theirs = Lineage("value", jobs_lineage.leader(cells))
        found.append(facts.value(voice, f"{name}.leader", place, row.leader_value, "persons", year, theirs))
        if not pd.isna(row.value):
            gap, made = row.value - row.leader_value, jobs_lineage.distance(cells)
            found.append(facts.value(voice, f"{name}.gap", place, gap, "persons", year, made))
    if not row.printed and row.of > 1 and row.best != row.worst:
        found += [
            facts.value(
                voice,
                f"{name}.{end}",
                place,
                getattr(row, end),
                "rank",
                year,
                jobs_lineage.bounded(end, year, row.partner, row.vintage, row.state),
            )
            for end in ("best", "worst")
        ]
    return found
