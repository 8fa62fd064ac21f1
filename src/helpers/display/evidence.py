"""The trace of a number that rests on a few named cells: rows, universe and operation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from helpers.analysis.lineage import Cell, Lineage, Universe
from helpers.display import markup
from helpers.display.block import Value
from helpers.display.prose import Voice
from helpers.display.trace import Trace


def cell(
    table: str,
    column: str,
    where: Mapping[str, Any],
    *,
    role: str = "value",
    vintage: str = "",
    source: str = "",
    sign: int = 1,
) -> Cell:
    """Return one cell of one table as a trace names it; `sign` is -1 where the cell is taken away."""
    return Cell(role, table, column, dict(where), vintage, source, sign)


def universe(
    table: str,
    column: str,
    where: Mapping[str, Any],
    *,
    vintage: str = "",
    without: str = "aggregates",
    **more: Any,
) -> Universe:
    """Return the rows a rank or a sum is taken from, one figure a partner; `more` narrows them."""
    return Universe(table, column, "partner", dict(where), vintage, without, more)


def trace(
    voice: Voice,
    how: str,
    rows: Iterable[Cell],
    *,
    among: Universe | None = None,
    basis: str = "",
    unit: str = "",
    scale: float = 1.0,
) -> Trace:
    """Return a trace; `basis` is a key of ``trace.basis`` where it says more than the table's own."""
    return voice.trace(Lineage(how, tuple(rows), among, scale, basis), unit)


def value(
    name: str, label: str, figure: float | int | None, unit: str, period: str | int, way: Trace, **ranked: Any
) -> Value:
    """Return a number with its trace; `ranked` holds rank, band and size of the universe."""
    return Value(name, label, figure, unit, str(period), trace=way, **ranked)


def shown(name: str, text: str) -> str:
    """Return a printed number as the value ``name`` of its block; the one place where the two meet."""
    return markup.number(name, text)
