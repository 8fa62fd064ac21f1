"""Recompute a number from the rows its trace names: a fixed set of operations, frames in, number out.

A trace is what stands in the ``.json`` beside a brief (see :class:`helpers.analysis.lineage.Lineage`). Cells of one
role are added up with their sign; the operation then says what is done with the sums. A universe is one figure
(the sum of ``column``; one, where no column is named) for each ``by`` (each row, where none is named) among the rows
that meet its conditions:

``where``
    column to a value or a list of values
``vintage``
    the edition, where the table has that column
``without``
    ``aggregates``: codes of that table are left out
``left_out``
    codes that are left out besides
``until``
    column to the last day or year: none later, and rows without one (of a row with a fiscal year: see
    :func:`helpers.analysis.activity.days`)
``span``
    ``{"columns": [year, month], "from": [...], "to": [...]}``, both ends included
``within``
    ``{"columns": [...], "code": ...}``: the code stands in one of these columns, alone or in a list (``DC; VA``)
``filled``
    ``{"columns": [...], "but": [...]}``: one of the columns is neither empty nor one of ``but``
``but``
    column to values: rows that hold none of them
``held``
    columns that are not empty, each of them
``empty``
    columns that are empty, each of them
``with``, ``of``
    of what is added up: further universes whose rows are counted too; of a ratio: those it is divided by
``terms``
    ``[{"where": {...}, "sign": -1}, ...]``: the figure is the sum of these (a deficit: imports less exports)
``above``
    only figures greater than this
``groups``
    code to codes of ``by``: the sum over these is the figure of a group (a district), which stands in their place
``low``
    column with the least a hidden figure can be: it ranks above what is certainly smaller
``equals``, ``ranked``
    of a count: only figures equal to this; only entities in which ``subject`` ranks from ... to ... by ``each``
``each``, ``places``
    of what is held: traces of ranks, and the last place at which the statement holds (none: all are counted)
``less``
    of a count: a second universe whose count is taken away
``beside``
    of what is estimated: the universe of the other table

Two operations are named and not computed again here. ``estimated``: a statistic (a limit, an index, a correlation, a
p value) of the rows of two universes, by the method and from the seed that the page states. ``setting``: a seed, a
level or a number of draws, which is chosen. Both give NaN, like ``compared``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from helpers.analysis.activity import days
from helpers.analysis.lookup import Lookup
from helpers.errors import AnalysisError, compose, listed

NOT_ROWS = ("bounded", "none", "compared", "checks", "months", "estimated", "setting")
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
    sums: dict[str, float] = {}
    for row in trace["rows"]:
        sums[row["as"]] = sums.get(row["as"], 0.0) + row.get("sign", 1) * figure(row, load)
    return float(trace.get("scale", 1.0)) * OPERATIONS[how](sums, trace.get("universe") or {}, load)


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


def members(universe: Mapping[str, Any], load: Lookup) -> pd.DataFrame:
    """Return the figures of a universe: ``by`` as the index, columns ``value`` and ``low``."""
    return load.keep(repr(universe), lambda: _members(universe, load))


def _members(universe: Mapping[str, Any], load: Lookup) -> pd.DataFrame:
    rows = _rows(universe, load)
    by, column = universe["by"], universe["column"]
    if not (by or column or "ranked" in universe):
        return pd.DataFrame({"value": 1.0, "low": 1.0}, index=rows.index)
    if "ranked" in universe:
        return _ranked(rows, universe)
    figures = rows[column].astype(float) if column else pd.Series(1.0, index=rows.index)
    low = rows[universe["low"]].astype(float) if universe.get("low") else figures
    plain = pd.DataFrame(
        {"by": rows[by] if by else rows.index, "value": figures, "low": low.where(low.notna(), figures)}
    )
    for term in universe.get("terms", ()):
        hit = _mask(rows, term["where"])
        plain.loc[hit, ["value", "low"]] *= term.get("sign", 1)
    found = plain.groupby("by", dropna=False)[["value", "low"]].sum(min_count=1)
    if groups := universe.get("groups"):
        sums = {name: found[found.index.isin(codes)].sum() for name, codes in groups.items()}
        found = pd.DataFrame(sums).T.rename_axis("by")
    if "above" in universe:
        found = found[found["value"] > universe["above"]]
    return found[found["value"] == universe["equals"]] if "equals" in universe else found


def rank(value: float, universe: Mapping[str, Any], load: Lookup) -> int:
    """Return one more than the number of entities certainly above ``value``."""
    found = members(universe, load)
    figures, low = found["value"].to_numpy(dtype=float), found["low"].to_numpy(dtype=float)
    return 1 + int((np.where(np.isnan(figures), low, figures) > value).sum())


def _rows(universe: Mapping[str, Any], load: Lookup) -> pd.DataFrame:
    rows = load.rows(universe["table"], universe["where"], universe.get("vintage") or "")
    if universe.get("without") == "aggregates":
        codes = universe["ranked"]["each"] if "ranked" in universe else universe["by"]
        rows = rows[~rows[codes].isin(set(load("aggregates")["code"]))]
    if left := universe.get("left_out"):
        rows = rows[~rows[universe["by"]].isin(left)]
    for column, day in (universe.get("until") or {}).items():
        found = days(rows, column)
        known = found.notna() & (found != "")
        rows = rows[~known | (found.where(known, day) <= day)]
    if span := universe.get("span"):
        stamp = 100 * rows[span["columns"][0]].astype(int) + rows[span["columns"][1]].astype(int)
        rows = rows[stamp.between(*(100 * year + month for year, month in (span["from"], span["to"])))]
    if within := universe.get("within"):
        lists = [rows[name].astype(str).str.split(";") for name in within["columns"]]
        hits = [column.map(lambda codes: within["code"] in [c.strip() for c in codes]) for column in lists]
        rows = rows[pd.concat(hits, axis=1).any(axis=1)] if len(rows) else rows
    if filled := universe.get("filled"):
        held = [
            rows[name].notna() & ~rows[name].isin(["", *filled.get("but", [])]) for name in filled["columns"]
        ]
        rows = rows[pd.concat(held, axis=1).any(axis=1)]
    for name, values in (universe.get("but") or {}).items():
        rows = rows[~rows[name].isin(values)]
    for name in universe.get("held", ()):
        rows = rows[rows[name].notna() & (rows[name] != "")]
    for name in universe.get("empty", ()):
        rows = rows[rows[name].isna() | (rows[name] == "")]
    return rows


def _ranked(rows: pd.DataFrame, universe: Mapping[str, Any]) -> pd.DataFrame:
    wanted = universe["ranked"]
    kept = rows[rows[universe["column"]] > 0]
    order = kept.groupby(universe["by"])[universe["column"]].rank(ascending=False, method="min")
    own = kept[wanted["each"]] == wanted["subject"]
    inside = own & order.between(wanted["from"], wanted["to"])
    return pd.DataFrame({"value": 1.0, "low": 1.0}, index=kept.loc[inside, universe["by"]])


def _mask(rows: pd.DataFrame, where: Mapping[str, Any]) -> pd.Series:
    hit = pd.Series(True, index=rows.index)
    for column, wanted in where.items():
        hit &= rows[column].isin(wanted if isinstance(wanted, list) else [wanted])
    return hit


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
    "compared": lambda s, u, load: float("nan"),  # counted over two editions, see helpers.analysis.changes
    "bounded": lambda s, u, load: float(
        "nan"
    ),  # from intervals that only the ranking narrows, see suppression
    "checks": lambda s, u, load: float("nan"),  # results counted, see helpers.data.checks
    "months": lambda s, u, load: float("nan"),  # between two days of the calendar, see helpers.data.quality
    "added": lambda s, u, load: _added(u, load),
    "ratio": lambda s, u, load: _added(u, load) / sum(len(members(one, load)) for one in u["of"]),
    "estimated": lambda s, u, load: float("nan"),  # by a method with its seed, see helpers.analysis.against
    "setting": lambda s, u, load: float("nan"),  # chosen
    "per_published": lambda s, u, load: _count(s, u, load) / s["total"],
    "listed": lambda s, u, load: 0.0,  # as many as there are rows
    "held": lambda s, u, load: _held(u, load),
    "mean": lambda s, u, load: float(members(u, load)["value"].mean()),
    "per_thousand": lambda s, u, load: 1000 * s["value"] / s["total"],
}
"""Operation to what it does with the sums by role, the universe and the tables."""
