"""Where numbers about the tables themselves come from: rows counted, counts added up, tables named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from helpers.analysis.lineage import Cell, Lineage, Universe, count

RESULTS = "checks"
"""What the results of the checks are called among the tables: name, loads (whether one table is read), ok."""

LIST = "refresh"
"""The table that has a row for each table, by its name."""


def rows(
    table: str,
    where: Mapping[str, Any] | None = None,
    *,
    until: Mapping[str, Any] | None = None,
    empty: Sequence[str] = (),
) -> Lineage:
    """Return the lineage of a number of rows of one table.

    Parameters
    ----------
    where
        Column to a value, or a list of values.
    until
        Column to the last day or year; rows without one are counted.
    empty
        Columns in which the rows hold nothing.
    """
    more: dict[str, Any] = {"until": dict(until)} if until else {}
    more |= {"empty": list(empty)} if empty else {}
    return count(table, where, **more)


def added(parts: Sequence[Lineage]) -> Lineage:
    """Return the lineage of the sum of several numbers of rows (see :func:`rows`); zero where there are none."""
    if not parts:
        return count(LIST, {"table": []})
    first, *others = (_universe(part) for part in parts)
    return Lineage("added", universe=_with(first, [_plain(one) for one in others]))


def ratio(parts: Sequence[Lineage], of: Sequence[Lineage]) -> Lineage:
    """Return the lineage of one sum of numbers of rows, divided by another."""
    whole = [_plain(_universe(part)) for part in of]
    universe = _universe(added(parts))
    return Lineage("ratio", universe=_with(universe, list(universe.more.get("with", ())), of=whole))


def tables(names: Iterable[str]) -> Lineage:
    """Return the lineage of a number of tables, or of their series, named one by one in the list of all tables."""
    found = tuple(Cell("value", LIST, "table", {"table": name}, source=f"table:{LIST}") for name in names)
    return Lineage("listed", found, Universe(LIST, "", "", {}))


def checks(names: Sequence[str], where: Mapping[str, Any]) -> Lineage:
    """Return the lineage of a number of checks: the tables that are checked, every row of them, and which results.

    ``where`` is said of the results (:data:`RESULTS`), which are no table but made anew whenever they are asked for.
    """
    first, *others = names or [LIST]
    results = {"table": RESULTS, "column": "", "by": "", "where": dict(where)}
    return Lineage(
        "checks",
        universe=_with(
            Universe(first, "", "", {}), [_plain(Universe(n, "", "", {})) for n in others], results=results
        ),
    )


def months(rows: Lineage, column: str, end: str, day: str) -> Lineage:
    """Return the lineage of an age: the rows, the column that tells the time, and both ends (ISO dates) of the months.

    ``rows`` is how the rows in hand are counted (see :func:`rows`).
    """
    one = _universe(rows)
    return Lineage("months", universe=replace(one, column=column, more={**one.more, "end": end, "to": day}))


def _universe(part: Lineage) -> Universe:
    assert part.universe is not None
    return part.universe


def _with(first: Universe, others: list[dict[str, Any]], **more: Any) -> Universe:
    own = {**first.more, **({"with": others} if others else {}), **more}
    return Universe(first.table, first.column, first.by, first.where, first.vintage, first.without, own)


def _plain(one: Universe) -> dict[str, Any]:
    return dict(Lineage("count", universe=one).plain()["universe"])
