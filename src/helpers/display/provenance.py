"""The way back of numbers that are counted from whole tables, or read from a row by its key: plain traces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def counted(
    table: str,
    by: str,
    text: str,
    *,
    where: Mapping[str, Any] | None = None,
    until: Mapping[str, Any] | None = None,
    empty: Sequence[str] = (),
    unit: str = "rows",
    basis: str = "",
) -> dict[str, Any]:
    """Return the trace of a number of rows.

    Parameters
    ----------
    table, by
        The table, and a column of text in it: each row counts one, and the counts are added up over the column.
    text
        What was done, in the language of the brief.
    where
        Column to a value, or a list of values, that the counted rows have.
    until
        Column to the last day, or year, of the counted rows.
    empty
        Columns in which the counted rows hold nothing.
    """
    universe = {
        "table": table,
        "column": by,
        "by": by,
        "where": dict(where or {}),
        "vintage": "",
        "without": "",
        "source": f"table:{table}",
    }
    universe |= {"until": dict(until)} if until else {}
    universe |= {"empty": list(empty)} if empty else {}
    return {"how": "sum_of", "rows": [], "universe": universe, "basis": basis, "unit": unit, "text": text}


def cell(
    table: str,
    column: str,
    where: Mapping[str, Any],
    text: str,
    *,
    source: str,
    vintage: str = "",
    unit: str = "",
    basis: str = "",
) -> dict[str, Any]:
    """Return the trace of a number that stands in one cell; ``where`` is the key of its row."""
    row = {"as": "value", "table": table, "column": column, "where": dict(where)}
    row |= {"vintage": vintage, "source": source}
    return {"how": "value", "rows": [row], "universe": None, "basis": basis, "unit": unit, "text": text}


def made(
    how: str, of: Sequence[str], text: str, *, unit: str, basis: str = "", **more: Any
) -> dict[str, Any]:
    """Return the trace of a number made of other numbers of the page, which are named by their ids in ``values``."""
    found = {"how": how, "rows": [], "universe": None, "values": list(of)}
    return found | more | {"basis": basis, "unit": unit, "text": text}
