"""Where a number comes from: the cells of the tables it was made of, and the operation that made it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

KEYS: Mapping[str, tuple[str, ...]] = {
    "states": ("usps",),
    "areas": ("code",),
    "partners": ("iso3",),
    "aggregates": ("code",),
    "partner_aliases": ("source_family", "alias"),
    "hs2": ("hs2",),
    "missions": ("mission",),
    "jurisdictions": ("mission", "area"),
    "honorary_consuls": ("state", "year"),
    "goods_trade": ("year", "partner", "flow"),
    "goods_trade_monthly": ("year", "month", "partner", "flow"),
    "japan_hs2": ("year", "partner", "flow", "hs2"),
    "state_trade": ("year", "state", "partner", "flow"),
    "state_trade_us": ("year", "partner", "flow"),
    "nipa_goods": ("year", "flow"),
    "fdi_position": ("year", "partner", "basis"),
    "fdi_flow": ("year", "partner", "measure"),
    "new_fdi": ("year", "state", "partner", "measure"),
    "jobs_national": ("year", "partner"),
    "jobs_state": ("year", "state", "partner"),
    "jobs_state_quoted": ("year", "state", "partner", "source"),
    "jobs_state_1990s": ("year", "state", "partner", "measure"),
    "state_jobs_other": ("state", "year", "partner", "measure", "definition", "source"),
    "state_context": ("year", "state", "measure"),
    "activity": ("fiscal_year_from", "fiscal_year_to", "scope", "measure"),
    "meetings": ("meeting",),
    "best_practice": ("fiscal_year", "number"),
    "events": ("event_id",),
    "claims": ("id",),
    "company_sites": ("state", "mission", "year", "definition", "unit", "source"),
    "sister_counts": ("state", "mission", "year", "kind", "source"),
    "sister_pairs": ("state", "us_place", "japan_place"),
    "state_memoranda": ("state", "act", "date", "source"),
    "state_offices": ("state", "place", "status", "year", "source"),
    "refresh": ("table",),
    "sources": ("key",),
}
"""Columns that name a row of a table, its vintage aside: the primary keys of the descriptor."""

SOURCES = {"events": "source_url"}
"""The column that says where a row is from, where it is not ``source``."""


@dataclass(frozen=True)
class Cell:
    """One cell of one table.

    Attributes
    ----------
    role : str
        Its part in the operation: ``value``, ``total``, ``before``, ``total_before``, ``other`` ...; cells of
        one role are added up.
    table, column : str
        The table in ``data/`` and the column.
    where : mapping
        Column to value: the row's key without its vintage.
    vintage, source : str
        The edition of the figure (empty where the table has no such column), and the key or address of its source.
    sign : int
        ``-1`` where the cell is taken away.
    """

    role: str
    table: str
    column: str
    where: Mapping[str, Any]
    vintage: str = ""
    source: str = ""
    sign: int = 1


@dataclass(frozen=True)
class Universe:
    """The rows a rank, a count or a sum over many is taken from.

    Attributes
    ----------
    table, column, by : str
        What is compared or added (column), one figure for each ``by``.
    where : mapping
        Column to value, or to a list of values.
    vintage : str
        The one edition the rows are of; empty: the rows are not told apart by edition.
    without : str
        ``aggregates``: the codes of that table are left out.
    more : mapping
        Further conditions; see :mod:`helpers.analysis.derive`.
    """

    table: str
    column: str
    by: str
    where: Mapping[str, Any]
    vintage: str = ""
    without: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Lineage:
    """How one number is made: the operation (one of ``derive.OPERATIONS``), its cells, its universe, a factor."""

    how: str
    cells: tuple[Cell, ...] = ()
    universe: Universe | None = None
    scale: float = 1.0
    basis: str = ""

    def scaled(self, factor: float) -> Lineage:
        """Return the same number in another unit (a fraction in percent, millions in billions)."""
        return replace(self, scale=self.scale * factor)

    def plain(self) -> dict[str, Any]:
        """Return the lineage as plain types: ``how``, ``rows``, ``universe`` and, unless it is one, ``scale``."""
        rows: list[dict[str, Any]] = []
        for cell in self.cells:
            rows.append(
                {
                    "as": cell.role,
                    "table": cell.table,
                    "column": cell.column,
                    "where": dict(cell.where),
                    "vintage": cell.vintage,
                    "source": cell.source,
                }
            )
            if cell.sign != 1:
                rows[-1]["sign"] = cell.sign
        found: dict[str, Any] = {"how": self.how, "rows": rows, "universe": None}
        if (u := self.universe) is not None:
            found["universe"] = {"table": u.table, "column": u.column, "by": u.by, "where": dict(u.where)}
            found["universe"] |= {"vintage": u.vintage, "without": u.without, **u.more}
        return found | ({} if self.scale == 1 else {"scale": self.scale})


def cell(row: Any, table: str, column: str, role: str = "value", *, sign: int = 1, **where: object) -> Cell:
    """Return one cell of ``row`` (a mapping or a row of a frame that still has its key, vintage and source).

    ``where`` gives parts of the key that the row does not carry. A row of `SOURCES` without an address of its own rests
    on its whole table.
    """
    named: dict[str, Any] = {name: _plain(where.get(name, row.get(name))) for name in KEYS[table]}
    source = SOURCES.get(table, "source")
    whole = f"table:{table}" if table in SOURCES else ""
    return Cell(
        role,
        table,
        column,
        named,
        str(row["vintage"]) if "vintage" in row else "",
        (str(row[source]) or whole) if source in row else "",
        sign,
    )


def cells(
    frame: pd.DataFrame, table: str, column: str, role: str = "value", **where: object
) -> tuple[Cell, ...]:
    """Return one cell a row of ``frame``."""
    return tuple(cell(row, table, column, role, **where) for row in _rows(frame, table))  # type: ignore[arg-type]


def by_code(
    frame: pd.DataFrame, table: str, column: str, *, by: str = "partner"
) -> dict[str, tuple[Cell, ...]]:
    """Return the cell of every row by its code; cells of one code are added up."""
    found: dict[str, tuple[Cell, ...]] = {}
    for row in _rows(frame, table, by):
        found[row[by]] = (*found.get(row[by], ()), cell(row, table, column))
    return found


def _rows(frame: pd.DataFrame, table: str, *also: str) -> list[dict[Any, Any]]:
    """Return the rows of a frame with what a cell of the table is named by, and no more of them."""
    names = dict.fromkeys((*KEYS[table], "vintage", SOURCES.get(table, "source"), *also))
    held = [name for name in names if name in frame]
    columns = (frame[name] for name in held)
    return [dict(zip(held, row, strict=True)) for _, *row in zip(frame.index, *columns, strict=True)]


def as_role(found: tuple[Cell, ...], role: str) -> tuple[Cell, ...]:
    """Return cells with another part in the operation."""
    return tuple(replace(one, role=role) for one in found)


def turned(found: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return cells that are taken away instead of added."""
    return tuple(replace(one, sign=-one.sign) for one in found)


def count(table: str, where: Mapping[str, Any] | None = None, *, by: str = "", **more: Any) -> Lineage:
    """Return the lineage of a number of rows, or of different ``by``, under conditions (see ``derive``)."""
    return Lineage("count", universe=Universe(table, "", by, dict(where or {}), more=more))


def listed(frame: pd.DataFrame, table: str, column: str, **until: str) -> Lineage:
    """Return the lineage of a number of rows that are named one by one, among all rows of the table.

    ``until`` is the day to which the table is followed, by its column; empty: to its end.
    """
    more = {"until": until} if any(until.values()) else {}
    return Lineage("listed", cells(frame, table, column), Universe(table, "", "", {}, more=more))


def by_method(made: Lineage, name: str, *, also: Sequence[str] = (), **arguments: Any) -> Lineage:
    """Return the lineage of what is estimated by one method (`helpers.analysis.again`) with its arguments.

    ``also`` names further tables that it reads.
    """
    if made.universe is None:
        return made
    more = dict(made.universe.more)
    more |= {"also": [*more.get("also", ()), *also]} if also else {}
    more["method"] = {"name": name, **more.get("method", {}), **arguments}
    return replace(made, universe=replace(made.universe, more=more))


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if value is None or value is pd.NA or value != value:
        return None
    if hasattr(value, "item"):
        value = value.item()
    return int(value) if isinstance(value, float) and value.is_integer() else value
