"""What a statement is held against: a figure recomputed on one definition, with the rows it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

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

    def trace(self) -> dict[str, Any]:
        """Return the row as a trace names it."""
        return {
            "as": self.role,
            "table": self.table,
            "column": self.column,
            "where": dict(self.where),
            "vintage": self.vintage,
            "source": self.source,
        }


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
    universe : mapping or None
        For ranks: the rows that were compared, as a trace names them.
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
    universe: Mapping[str, Any] | None = field(default=None)
    own: bool = False

    @property
    def bound(self) -> bool:
        """Whether only bounds are known."""
        return self.value is None

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
