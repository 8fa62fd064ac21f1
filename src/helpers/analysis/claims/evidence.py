"""What a statement is held against: a figure recomputed on one definition, with the rows it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from helpers.analysis.lineage import Cell, Lineage, Universe

AXES = ("basis", "universe", "period")
"""In what a definition may differ from the claim's own; vintages are compared on every definition."""


@dataclass(frozen=True)
class Row:
    """One row of a table and the cell that was read from it.

    ``role`` says what the cell is in the calculation (``value``, ``total``, ``part``, ``exports`` ...).
    """

    role: str
    table: str
    column: str
    where: Mapping[str, Any]
    vintage: str = ""
    source: str = ""

    def cell(self, role: str = "value", sign: int = 1) -> Cell:
        """Return the cell as a lineage names it."""
        return Cell(role, self.table, self.column, self.where, self.vintage, self.source, sign)


@dataclass(frozen=True)
class Recomputed:
    """One figure from the tables, in the unit of the statement.

    Attributes
    ----------
    value : float or None
        The figure; None where only bounds are known.
    low, high : float
        What it can be: the band of a rank, the rounding of a value, bounds from other figures; else the value.
    how : str
        The operation: ``value``, ``share``, ``rank``, ``sum``, ``count``, ``bound``.
    rows : tuple of Row
        The rows it was taken from.
    basis, period, vintage : str
        The definition (a key of the phrases ``claims.basis``), the period and the edition.
    axis : str
        In what the definition differs from the claim's own: ``""``, ``basis``, ``universe`` or ``period``.
    left_out : tuple of str
        Partners that the universe leaves out.
    made : Lineage or None
        How it was made, where that is more than the value, the sum or the number of its rows.
    own : bool
        Whether the figure is the document's own, so that it confirms nothing.
    """

    value: float | None
    low: float
    high: float
    how: str
    rows: tuple[Row, ...]
    basis: str
    period: str
    vintage: str = ""
    axis: str = ""
    left_out: tuple[str, ...] = ()
    made: Lineage | None = field(default=None)
    own: bool = False

    @property
    def bound(self) -> bool:
        """Whether only bounds are known."""
        return self.value is None

    @property
    def lineage(self) -> Lineage:
        """How the figure was made of its rows; a bound is the value of the figure it was taken from."""
        if self.made is not None:
            return self.made
        cells = tuple(row.cell() for row in self.rows)
        if self.how == "count":
            return Lineage("listed", cells, Universe(LEDGER, "", "", {}))
        return Lineage("sum" if self.how == "sum" else "value", cells if self.how == "sum" else cells[:1])

    @property
    def inside(self) -> bool:
        """Whether it was computed from the ledger itself."""
        return all(row.table == LEDGER for row in self.rows)


LEDGER = "claims"
"""Name of the table that a ledger is."""


def exact(
    value: float, how: str, rows: tuple[Row, ...], basis: str, period: object, **more: Any
) -> Recomputed:
    """Return a figure without an interval around it."""
    return Recomputed(value, value, value, how, rows, basis, str(period), **more)
