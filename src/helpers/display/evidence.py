"""The trace of a number that rests on a few named cells: rows, universe, basis and the operation in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from helpers.display.block import Value
from helpers.display.prose import Voice

Trace = dict[str, Any]


def cell(
    table: str,
    column: str,
    where: Mapping[str, Any],
    *,
    role: str = "value",
    vintage: str = "",
    source: str = "",
    sign: int = 1,
) -> Trace:
    """Return one cell of one table as a trace names it; `sign` is -1 where the cell is taken away."""
    named = {"as": role, "table": table, "column": column, "where": dict(where)}
    return {**named, "vintage": vintage, "source": source} | ({} if sign == 1 else {"sign": sign})


def universe(
    table: str,
    column: str,
    where: Mapping[str, Any],
    *,
    vintage: str = "",
    without: str = "aggregates",
    **more: Any,
) -> Trace:
    """Return the rows a rank or a sum is taken from, one figure a partner; `more` narrows them."""
    named = {"table": table, "column": column, "by": "partner", "where": dict(where), "vintage": vintage}
    return {**named, "without": without, **more}


def trace(
    voice: Voice,
    how: str,
    rows: Iterable[Trace],
    *,
    among: Trace | None = None,
    basis: str = "",
    unit: str = "",
    scale: float = 1.0,
) -> Trace:
    """Return a trace: the operation, its cells, its universe, and the operation in the words of the page."""
    made: Trace = {"how": how, "rows": list(rows), "universe": among, "basis": basis, "unit": unit}
    made["text"] = voice.say(f"trace.{how}")
    return made | ({} if scale == 1 else {"scale": scale})


def value(
    name: str, label: str, figure: float | int | None, unit: str, period: str | int, way: Trace, **ranked: Any
) -> Value:
    """Return a number with its trace; `ranked` holds rank, band and size of the universe."""
    return Value(name, label, figure, unit, str(period), trace=way, **ranked)


def shown(name: str, text: str) -> str:
    """Return a printed number as the value ``name`` of its block; the one place where the two meet."""
    return text
