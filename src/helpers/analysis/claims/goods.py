"""Goods trade recomputed: every vintage, both flows together, other denominators, shorter lists, other years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.analysis import ranking
from helpers.analysis.claims.evidence import Recomputed, Row, exact
from helpers.analysis.claims.held import Held
from helpers.analysis.claims.statement import Statement
from helpers.analysis.lineage import Lineage, Universe

TABLE, TOTALS, WORLD = "goods_trade", "nipa_goods", "WLD"
FLOWS = {
    "exports": ("exports",),
    "imports": ("imports",),
    "two_way": ("exports", "imports"),
    "deficit": ("imports", "exports"),
}
SCALE = {"million USD": 1.0, "billion USD": 1e-3, "USD": 1e6}


def recompute(statement: Statement, held: Held, named: Sequence[str]) -> Iterator[Recomputed]:
    """Yield the figure on the claim's own definition in every vintage, then on others.

    Own definition: goods, Census basis, all partners, the stated year. Others: both flows together (exports,
    imports), the national accounts' balance or the gross deficits as the denominator (share of the deficit),
    a list without the partners that stand between those the ledger names (ranks), the years beside.

    Parameters
    ----------
    named
        The other partners to which the ledger gives a place in the same measure: they are in its list.
    """
    if held.get(TABLE) is None or statement.place != "US":
        return
    for year, axis in (
        (statement.first, ""),
        (statement.first - 1, "period"),
        (statement.first + 1, "period"),
    ):
        for vintage, wide, sources in held.once(_editions, year):
            if {"exports", "imports"} <= set(wide) and statement.partner in wide.index:
                yield from _View(statement, wide, sources, year, vintage, axis, held).figures(named)


def _editions(held: Held, year: int) -> list[tuple[str, pd.DataFrame, dict[Any, str]]]:
    """Return the vintages of a year, newest first: partners by flow, and the source of each figure."""
    goods, found = held.tables[TABLE], []
    rows = goods[goods["year"] == year]
    for vintage in sorted(rows["vintage"].unique(), reverse=True):
        part = rows[rows["vintage"] == vintage]
        wide = part.pivot_table(index="partner", columns="flow", values="value_musd", aggfunc="sum")
        keys = zip(part["partner"], part["flow"], strict=True)
        found.append((str(vintage), wide, dict(zip(keys, part["source"], strict=True))))
    return found


def _amounts(wide: pd.DataFrame, measure: str) -> pd.Series:
    if measure == "deficit":
        return wide["imports"].sub(wide["exports"], fill_value=0.0)
    return wide[list(FLOWS[measure])].sum(axis=1, min_count=1)


def _league(held: Held, measure: str, year: int, vintage: str) -> pd.DataFrame | None:
    """Return the partners with a positive figure, ranked; None where there is none."""
    (wide,) = (wide for edition, wide, _ in held.once(_editions, year) if edition == vintage)
    amounts = _amounts(wide, measure).drop(index=[*held.groups, WORLD], errors="ignore")
    rows = pd.DataFrame({"partner": amounts.index, "value": amounts.to_numpy()})
    rows = rows[rows["value"] > 0]
    return None if rows.empty else ranking.league(rows)


class _View:
    """One year of one vintage, seen for one statement."""

    def __init__(
        self,
        statement: Statement,
        wide: pd.DataFrame,
        sources: Mapping[Any, str],
        year: int,
        vintage: str,
        axis: str,
        held: Held,
    ) -> None:
        self.statement, self.wide, self.sources = statement, wide, sources
        self.year, self.vintage, self.axis, self.held = year, vintage, axis, held

    def figures(self, named: Sequence[str]) -> Iterator[Recomputed]:
        measure = self.statement.measure
        if self.statement.aspect == "rank":
            yield from self._ranks(measure, named, self.axis)
            if measure in ("exports", "imports") and not self.axis:
                yield from self._ranks("two_way", named, "basis")
        elif self.statement.unit == "percent":
            yield from self._shares(measure)
        else:
            scale = SCALE[self.statement.unit]
            yield self._figure(self._own(measure) * scale, "value", measure, self.axis)

    def _own(self, measure: str) -> float:
        return float(_amounts(self.wide, measure)[self.statement.partner])

    def _ranks(self, measure: str, named: Sequence[str], axis: str) -> Iterator[Recomputed]:
        league = self.held.once(_league, measure, self.year, self.vintage)
        if league is None or self.statement.partner not in set(league["partner"]):
            return
        standing = ranking.standing(league, self.statement.partner)
        rank = int(standing.rank or 0)
        yield self._figure(rank, "rank", measure, axis)
        above = league[league["rank"] < rank]["partner"]
        between = tuple(p for p in above if p not in named)
        if named and not axis and between and rank - len(between) == self.statement.printed:
            yield self._figure(rank - len(between), "rank", measure, "universe", left_out=between)

    def _shares(self, measure: str) -> Iterator[Recomputed]:
        amounts, own = _amounts(self.wide, measure), self._own(measure)
        if WORLD in amounts.index and amounts[WORLD] > 0:
            yield self._figure(100 * own / float(amounts[WORLD]), "share", measure, self.axis, whole="world")
        if measure != "deficit" or self.axis:
            return
        totals = self.held.get(TOTALS)
        accounts = None if totals is None else totals[(totals["year"] == self.year)]
        if accounts is not None and (accounts["flow"] == "balance").any():
            row = accounts[accounts["flow"] == "balance"].sort_values("vintage").iloc[-1]
            share = 100 * own / (-1000 * float(row["value_busd"]))
            total = Row("total", TOTALS, "value_busd", {"year": self.year, "flow": "balance"},
                        str(row["vintage"]), str(row["source"]))  # fmt: skip
            yield self._figure(share, "share", "deficit_accounts", "basis", extra=(total,))
        bilateral = amounts.drop(index=[*self.held.groups, WORLD], errors="ignore")
        gross = float(bilateral[bilateral > 0].sum())
        yield self._figure(100 * own / gross, "share", "deficit_gross", "basis", whole="partners")

    def _figure(
        self,
        value: float,
        how: str,
        basis: str,
        axis: str,
        *,
        whole: str = "",
        extra: tuple[Row, ...] = (),
        left_out: tuple[str, ...] = (),
    ) -> Recomputed:
        flows = FLOWS[basis.split("_")[0] if basis.startswith("deficit") else basis]
        rows = [
            self._row(flow, self.statement.partner, flow if len(flows) > 1 else "value") for flow in flows
        ]
        if whole == "world":
            rows += [self._row(flow, WORLD, f"total {flow}" if len(flows) > 1 else "total") for flow in flows]
        return exact(
            value,
            how,
            (*rows, *extra),
            basis,
            self.year,
            vintage=self.vintage,
            axis=axis,
            left_out=left_out,
            made=self._made(how, basis, (*rows, *extra), whole, left_out),
        )

    def _made(
        self, how: str, basis: str, rows: tuple[Row, ...], whole: str, left_out: tuple[str, ...]
    ) -> Lineage:
        """Return the lineage: a deficit is imports less exports, of both the partner and the whole."""
        net = basis.startswith("deficit")
        cells = tuple(
            row.cell("total" if row.role.startswith("total") else "value", _sign(row, net)) for row in rows
        )
        if how == "value":
            return Lineage("difference" if net else "sum", cells, scale=SCALE[self.statement.unit])
        flows = FLOWS["deficit" if net else basis]
        more: dict[str, Any] = {"above": 0}
        if net:
            more["terms"] = [
                {"where": {"flow": "imports"}, "sign": 1},
                {"where": {"flow": "exports"}, "sign": -1},
            ]
        if left_out:
            more["left_out"] = list(left_out)
        where = {"year": self.year, "flow": list(flows) if len(flows) > 1 else flows[0]}
        partners = Universe(TABLE, "value_musd", "partner", where, self.vintage, "aggregates", more)
        if how == "rank":
            return Lineage("rank", cells, partners)
        if whole == "partners":
            return Lineage("share_of", cells, partners, scale=100.0)
        return Lineage("share", cells, scale=100.0 if whole == "world" else 0.1)

    def _row(self, flow: str, partner: str, role: str) -> Row:
        where = {"year": self.year, "partner": partner, "flow": flow}
        return Row(role, TABLE, "value_musd", where, self.vintage, self.sources.get((partner, flow), ""))


def _sign(row: Row, net: bool) -> int:
    """Return -1 for what is taken away: exports in a deficit, and the negative balance of the national accounts."""
    return -1 if row.table == TOTALS or (net and row.role.endswith("exports")) else 1
