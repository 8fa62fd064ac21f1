"""Where the numbers of jobs by state come from: a figure, a rank, the largest other country, how many states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpers.analysis import lineage
from helpers.analysis.lineage import Cell, Lineage, Universe

TABLE = "jobs_state"


def in_state(row: Mapping[str, Any], part: str) -> Lineage:
    """Return where a figure or a rank of :func:`helpers.analysis.jobs.by_state` comes from.

    A rank is the one the source prints, else it is taken from the countries of that state.
    """
    if part != "rank":
        return Lineage("value", (lineage.cell(row, TABLE, "value"),))
    if row["printed"]:
        return Lineage("value", (lineage.cell(row, TABLE, "rank_printed"),))
    among = Universe(
        TABLE,
        "value",
        "partner",
        {"year": int(row["year"]), "state": row["state"]},
        str(row["vintage"]),
        "aggregates",
        {"low": "low"},
    )
    return Lineage("rank", (lineage.cell(row, TABLE, "value"),), among)


def bounded(part: str, year: int, subject: str, vintage: str, state: str = "", **more: Any) -> Lineage:
    """Return where the end of a band, or a number of states counted by such ranks, comes from.

    ``part`` is one of :func:`helpers.analysis.again.bounds.part`.
    """
    where = {"year": year} | ({"state": state} if state else {"partner": subject})
    told = {"part": part, "subject": subject, **more}
    among = Universe(TABLE, "value", "partner", where, vintage, "aggregates", told)
    return Lineage("bounded", universe=among)


def leader(row: Mapping[str, Any]) -> tuple[Cell, ...]:
    """Return the cell of the largest other country in the state of a row."""
    theirs = {**row, "partner": row["leader"], "source": row["leader_source"]}
    return (lineage.cell(theirs, TABLE, "value"),)


def distance(row: Mapping[str, Any]) -> Lineage:
    """Return the subject's figure less that of the largest other country."""
    return Lineage("difference", (lineage.cell(row, TABLE, "value"), *lineage.turned(leader(row))))


def known(year: int, subject: str, *, printed: bool = True, rest: bool = False) -> Lineage:
    """Return how the states with a figure of the subject are counted, or with `rest` those without one.

    `printed`: only figures of which the source prints a rank; else suppressed cells count too.
    """
    held = ["value", "rank_printed"] if printed else []
    where = {"year": year, "partner": subject}
    if rest:
        less = {"table": TABLE, "column": "", "by": "state", "where": where, "held": held}
        return lineage.count("states", less=less)
    return lineage.count(TABLE, where, by="state", held=held)


def valued(year: int, subject: str) -> Lineage:
    """Return how the states with a figure of the subject are counted, whoever ranks it."""
    return lineage.count(TABLE, {"year": year, "partner": subject}, by="state", held=["value"])


def among_states(row: Mapping[str, Any]) -> Lineage:
    """Return where the rank of a state's figure among those of the other states comes from."""
    at = {"year": int(row["year"]), "partner": row["partner"]}
    among = Universe(TABLE, "value", "state", at, str(row["vintage"]))
    return Lineage("rank", (lineage.cell(row, TABLE, "value"),), among)
