"""Goods trade recomputed: every vintage, both flows together, other denominators, shorter lists, other years.

A calendar year is held against the annual table. A fiscal year and a month are held against the monthly one, where
every month of them is in hand: a partner without a row in a month had no trade in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from helpers.analysis import ranking
from helpers.analysis.claims.evidence import Recomputed, Row, exact
from helpers.analysis.claims.held import Held
from helpers.analysis.claims.statement import Span, Statement
from helpers.analysis.lineage import Lineage, Universe

TABLE, MONTHLY, TOTALS, WORLD = "goods_trade", "goods_trade_monthly", "nipa_goods", "WLD"
FLOWS = {
    "exports": ("exports",),
    "imports": ("imports",),
    "two_way": ("exports", "imports"),
    "deficit": ("imports", "exports"),
}
SCALE = {"million USD": 1.0, "billion USD": 1e-3, "USD": 1e6}
MILLION = 1e6
"""Dollars of the monthly table in a million of the annual one."""


@dataclass(frozen=True, eq=False)
class Edition:
    """One vintage of one time: partners by flow in million dollars, and the rows behind each figure.

    ``where`` and ``more`` select the rows of all partners (see :mod:`helpers.analysis.universes`).
    """

    table: str
    column: str
    span: Span
    vintage: str
    wide: pd.DataFrame
    rows: Mapping[tuple[str, str], tuple[Mapping[str, Any], ...]]
    where: Mapping[str, Any] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)


def recompute(statement: Statement, held: Held, named: Sequence[str]) -> Iterator[Recomputed]:
    """Yield the figure on the claim's own definition in every vintage, then on others.

    Own definition: goods, Census basis, all partners, the stated time. Others: both flows together (exports,
    imports), the national accounts' balance or the gross deficits as the denominator (share of the deficit),
    a list without the partners that stand between those the ledger names (ranks), the years beside.

    Parameters
    ----------
    named
        The other partners to which the ledger gives a place in the same measure: they are in its list.
    """
    if statement.place != "US" or statement.first != statement.last:
        return
    for shift, axis in ((0, ""), (-1, "period"), (1, "period")):
        for edition in held.once(_editions, statement.span.shifted(shift)):
            if {"exports", "imports"} <= set(edition.wide) and statement.partner in edition.wide.index:
                yield from _View(statement, edition, axis, held).figures(named)


def _editions(held: Held, span: Span) -> list[Edition]:
    """Return the vintages of a time, newest first."""
    return _annual(held, span.year) if span.calendar else _monthly(held, span)


def _annual(held: Held, year: int) -> list[Edition]:
    goods, found = held.get(TABLE), []
    if goods is None:
        return []
    rows = goods[goods["year"] == year]
    for vintage in sorted(rows["vintage"].unique(), reverse=True):
        part = rows[rows["vintage"] == vintage]
        wide = part.pivot_table(index="partner", columns="flow", values="value_musd", aggfunc="sum")
        keyed = {
            (p, f): ({"year": year, "partner": p, "flow": f, "source": s},)
            for p, f, s in zip(part["partner"], part["flow"], part["source"], strict=True)
        }
        span = Span(year)
        found.append(Edition(TABLE, "value_musd", span, str(vintage), wide, keyed, {"year": year}))
    return found


def _monthly(held: Held, span: Span) -> list[Edition]:
    """Return the sums of the months; no edition where a month is not in hand for the world in both flows."""
    goods, found = held.get(MONTHLY), []
    if goods is None:
        return []
    first, last = span.months
    stamp = 100 * goods["year"].astype(int) + goods["month"].astype(int)
    rows = goods[stamp.between(100 * first[0] + first[1], 100 * last[0] + last[1])]
    whole = 2 * (12 * (last[0] - first[0]) + last[1] - first[1] + 1)
    for vintage in sorted(rows["vintage"].unique(), reverse=True):
        part = rows[rows["vintage"] == vintage]
        if len(part[part["partner"] == WORLD]) != whole:
            continue
        wide = part.pivot_table(index="partner", columns="flow", values="value_usd", aggfunc="sum") / MILLION
        keyed: dict[tuple[str, str], tuple[Mapping[str, Any], ...]] = {}
        columns = ["year", "month", "partner", "flow", "source"]
        for row in part[columns].sort_values(columns[:2]).to_dict("records"):
            place = row["partner"], row["flow"]
            keyed[place] = (*keyed.get(place, ()), {str(name): item for name, item in row.items()})
        more = {"span": {"columns": ["year", "month"], "from": list(first), "to": list(last)}}
        found.append(Edition(MONTHLY, "value_usd", span, str(vintage), wide, keyed, more=more))
    return found


def _amounts(wide: pd.DataFrame, measure: str) -> pd.Series:
    if measure == "deficit":
        return wide["imports"].sub(wide["exports"], fill_value=0.0)
    return wide[list(FLOWS[measure])].sum(axis=1, min_count=1)


def _league(held: Held, measure: str, span: Span, vintage: str) -> pd.DataFrame | None:
    """Return the partners with a positive figure, ranked; None where there is none."""
    (wide,) = (one.wide for one in held.once(_editions, span) if one.vintage == vintage)
    amounts = _amounts(wide, measure).drop(index=[*held.groups, WORLD], errors="ignore")
    rows = pd.DataFrame({"partner": amounts.index, "value": amounts.to_numpy()})
    rows = rows[rows["value"] > 0]
    return None if rows.empty else ranking.league(rows)


class _View:
    """One time of one vintage, seen for one statement."""

    def __init__(self, statement: Statement, edition: Edition, axis: str, held: Held) -> None:
        self.statement, self.edition, self.axis, self.held = statement, edition, axis, held
        self.wide = edition.wide

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
        league = self.held.once(_league, measure, self.edition.span, self.edition.vintage)
        if league is None:
            return
        own = league.loc[league["partner"] == self.statement.partner, "rank"]
        if own.empty:
            return
        rank = int(own.iloc[0])
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
        totals = self.held.get(TOTALS) if self.edition.span.calendar else None
        year = self.edition.span.year
        accounts = None if totals is None else totals[(totals["year"] == year)]
        if accounts is not None and (accounts["flow"] == "balance").any():
            row = accounts[accounts["flow"] == "balance"].sort_values("vintage").iloc[-1]
            share = 100 * own / (-1000 * float(row["value_busd"]))
            total = Row("total", TOTALS, "value_busd", {"year": year, "flow": "balance"},
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
        partner, several = self.statement.partner, len(flows) > 1
        rows = [row for flow in flows for row in self._rows(flow, partner, flow if several else "value")]
        if whole == "world":
            role = "total {}" if several else "total"
            rows += [row for flow in flows for row in self._rows(flow, WORLD, role.format(flow))]
        return exact(
            value,
            how,
            (*rows, *extra),
            basis,
            self.edition.span,
            vintage=self.edition.vintage,
            axis=axis,
            left_out=left_out,
            made=self._made(how, basis, (*rows, *extra), whole, left_out),
        )

    def _made(
        self, how: str, basis: str, rows: tuple[Row, ...], whole: str, left_out: tuple[str, ...]
    ) -> Lineage:
        """Return the lineage: a deficit is imports less exports, of both the partner and the whole."""
        net, edition = basis.startswith("deficit"), self.edition
        cells = tuple(
            row.cell("total" if row.role.startswith("total") else "value", _sign(row, net)) for row in rows
        )
        if how == "value":
            unit = MILLION if edition.table == MONTHLY else 1.0
            return Lineage("difference" if net else "sum", cells, scale=SCALE[self.statement.unit] / unit)
        flows = FLOWS["deficit" if net else basis]
        more: dict[str, Any] = {**edition.more, "above": 0}
        if net:
            more["terms"] = [
                {"where": {"flow": "imports"}, "sign": 1},
                {"where": {"flow": "exports"}, "sign": -1},
            ]
        if left_out:
            more["left_out"] = list(left_out)
        where = {**edition.where, "flow": list(flows) if len(flows) > 1 else flows[0]}
        partners = Universe(
            edition.table, edition.column, "partner", where, edition.vintage, "aggregates", more
        )
        if how == "rank":
            return Lineage("rank", cells, partners)
        if whole == "partners":
            return Lineage("share_of", cells, partners, scale=100.0)
        return Lineage("share", cells, scale=100.0 if whole == "world" else 0.1)

    def _rows(self, flow: str, partner: str, role: str) -> list[Row]:
        edition = self.edition
        return [
            Row(
                role,
                edition.table,
                edition.column,
                {name: item for name, item in key.items() if name != "source"},
                edition.vintage,
                str(key["source"]),
            )
            for key in edition.rows.get((partner, flow), ())
        ]


def _sign(row: Row, net: bool) -> int:
    """Return -1 for what is taken away: exports in a deficit, and the negative balance of the national accounts."""
    return -1 if row.table == TOTALS or (net and row.role.endswith("exports")) else 1
