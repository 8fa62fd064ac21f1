"""Recompute a number from the rows its trace names: a fixed set of operations, frames in, number out.

A trace is what stands in the ``.json`` beside a brief (see :class:`helpers.analysis.lineage.Lineage`). Cells of one
role are added up with their sign; the operation then says what is done with the sums. Rows that are not named one by
one are those of a universe (:mod:`helpers.analysis.universes`). What is estimated from two universes is computed again
by the method that its trace names, from the rows of both (:mod:`helpers.analysis.again`), ranks that lie between
bounds from the intervals of their rows.

Two operations give NaN. ``setting``: a seed, a level or a number of draws, which is chosen. ``none``: a number that was
looked for and is not there. Numbers counted over two editions (``compared``) are counted again by
:mod:`helpers.cli.recount`, since the numbers of both must first be made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from helpers.analysis import again
from helpers.analysis.again import ages, bounds
from helpers.analysis.lookup import Lookup
from helpers.analysis.universes import members, rank, rows_of
from helpers.errors import AnalysisError, compose, listed

NOT_ROWS = ("none", "setting")
"""Operations whose number no rows give again: recomputed, they are not a number."""


def recompute(trace: Mapping[str, Any], load: Callable[[str], pd.DataFrame]) -> float:
    """Return the number that a trace describes, from the rows on hand.

    Parameters
    ----------
    trace
        ``how``, ``rows``, ``universe`` and, where it is not one, ``scale``.
    load
        Gives a table by name, every row and vintage of it: a :class:`Lookup` where many numbers follow.

    Raises
    ------
    AnalysisError
        If the operation is unknown, a row is not there or there twice, or its cell is empty.
    """
    how = str(trace["how"])
    if how not in OPERATIONS:
        raise AnalysisError(
            compose(
                "trace", f"how is one of {listed(OPERATIONS)}", repr(how), "Add the operation to derive.py."
            )
        )
    if how in NOT_ROWS:
        return float("nan")
    load = load if isinstance(load, Lookup) else Lookup(load)
    if how == "listed":
        return float(len([find(row, load) for row in trace["rows"]]))
    if how == "bounded":
        return bounds.part(_bounded(trace, load), load)
    sums: dict[str, float] = {}
    for row in trace["rows"]:
        sums[row["as"]] = sums.get(row["as"], 0.0) + row.get("sign", 1) * figure(row, load)
    return float(trace.get("scale", 1.0)) * OPERATIONS[how](sums, trace.get("universe") or {}, load)


def band(trace: Mapping[str, Any], load: Callable[[str], pd.DataFrame]) -> list[int] | None:
    """Return the best and the worst rank of a trace of bounds; None of another.

    Raises
    ------
    AnalysisError
        As :func:`recompute`.
    """
    if trace["how"] != "bounded" or (trace.get("universe") or {}).get("part") != "rank":
        return None
    load = load if isinstance(load, Lookup) else Lookup(load)
    return bounds.band(_bounded(trace, load), load)


def _bounded(trace: Mapping[str, Any], load: Lookup) -> Mapping[str, Any]:
    """Return the universe of a trace of bounds, its own rows being there."""
    for row in trace["rows"]:
        find(row, load)
    return trace.get("universe") or {}


def figure(row: Mapping[str, Any], load: Lookup) -> float:
    """Return the value of one cell, as a float.

    Raises
    ------
    AnalysisError
        As :func:`find`, or if the cell is empty.
    """
    value = find(row, load)
    if pd.isna(value) or value == "":
        raise AnalysisError(compose(_named(row), "a figure", "an empty cell", "Correct the trace."))
    return float(value)


def find(row: Mapping[str, Any], load: Lookup) -> Any:
    """Return what stands in the one cell that ``row`` names.

    Raises
    ------
    AnalysisError
        If there is no such row, or more than one.
    """
    found = load.places(row["table"], row["where"], row.get("vintage") or "")
    if len(found) != 1:
        raise AnalysisError(
            compose(_named(row), "one row", f"{len(found)} rows", "Look at the table's vintages.")
        )
    return load(row["table"])[row["column"]].iloc[found[0]]


def _named(row: Mapping[str, Any]) -> str:
    key = ", ".join(f"{name} {value}" for name, value in row["where"].items())
    return f"table {row['table']}, {key}" + (f", vintage {row['vintage']}" if row.get("vintage") else "")


def _total(sums: Mapping[str, float], universe: Mapping[str, Any], load: Lookup) -> float:
    return float(members(universe, load)["value"].sum())


def _count(sums: Mapping[str, float], universe: Mapping[str, Any], load: Lookup) -> float:
    less = universe.get("less")
    return len(members(universe, load)) - (len(members(less, load)) if less else 0)


def _held(universe: Mapping[str, Any], load: Lookup) -> float:
    """Return how many of the traces of ``each`` give a rank no lower than ``places``, or a number at all."""
    found = [recompute(trace, load) for trace in universe["each"]]
    return float(len([n for n in found if universe["places"] is None or n <= universe["places"]]))


def _added(universe: Mapping[str, Any], load: Lookup) -> float:
    """Return how many rows a universe and those that go with it have together."""
    return float(sum(len(members(one, load)) for one in (universe, *universe.get("with", ()))))


Operation = Callable[[Mapping[str, float], Mapping[str, Any], Lookup], float]

OPERATIONS: Mapping[str, Operation] = {
    "value": lambda s, u, load: s["value"],
    "low": lambda s, u, load: s["value"],
    "high": lambda s, u, load: s["value"],
    "sum": lambda s, u, load: s["value"],
    "difference": lambda s, u, load: s["value"],
    "share": lambda s, u, load: s["value"] / s["total"],
    "share_of": lambda s, u, load: s["value"] / _total(s, u, load),
    "growth": lambda s, u, load: s["value"] / s["before"] - 1,
    "change": lambda s, u, load: s["value"] / s["total"] - s["before"] / s["total_before"],
    "gap": lambda s, u, load: abs(s["value"] - s["other"]),
    "gap_share": lambda s, u, load: abs(s["value"] - s["other"]) / s["other"],
    "rank": lambda s, u, load: rank(s["value"], u, load),
    "count": _count,
    "sum_of": _total,
    "none": lambda s, u, load: float("nan"),  # looked for, and not there
    "bounded": lambda s, u, load: 0.0,  # from the intervals of its rows, its own cell being empty
    "checks": lambda s, u, load: float(len(rows_of(u["results"], load))),
    "months": lambda s, u, load: float(ages.months(u, load)),
    "added": lambda s, u, load: _added(u, load),
    "ratio": lambda s, u, load: _added(u, load) / sum(len(members(one, load)) for one in u["of"]),
    "estimated": lambda s, u, load: again.compute(u, load),
    "setting": lambda s, u, load: float("nan"),  # chosen
    "per_published": lambda s, u, load: _count(s, u, load) / s["total"],
    "listed": lambda s, u, load: 0.0,  # as many as there are rows
    "held": lambda s, u, load: _held(u, load),
    "mean": lambda s, u, load: float(members(u, load)["value"].mean()),
    "per_thousand": lambda s, u, load: 1000 * s["value"] / s["total"],
}
"""Operation to what it does with the sums by role, the universe and the tables."""
