"""Investment positions and jobs recomputed: both bases, every vintage, other quotations of the same table, bounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.analysis import investment, jobs
from helpers.analysis.claims.evidence import Recomputed, Row, exact
from helpers.analysis.claims.goods import SCALE
from helpers.analysis.claims.held import Held
from helpers.analysis.claims.statement import Statement
from helpers.analysis.reading import Reading

POSITIONS, NATION, STATES, QUOTED = "fdi_position", "jobs_national", "jobs_state", "jobs_state_quoted"
UNSTATED = "ubo"
"""Basis of a position whose claim states none: that of the headline figures of the publisher."""


def position(statement: Statement, held: Held, named: Sequence[str]) -> Iterator[Recomputed]:
    """Yield the position or its rank: by ultimate owner and by foreign parent, each vintage, years beside."""
    if held.get(POSITIONS) is None or statement.place != "US":
        return
    partner, stated = statement.partner, statement.basis or UNSTATED
    for basis in (stated, *(b for b in investment.BASES if b != stated)):
        for year in _beside(statement) if basis == stated else (statement.first,):
            axis = _axis(statement, year) if basis == stated else "basis"
            for found in held.once(_positions, partner, basis, year):
                where = {"year": year, "partner": partner, "basis": basis}
                yield from _read(statement, found, where, "value_musd", basis, axis)


def _positions(held: Held, partner: str, basis: str, year: int) -> list[Reading]:
    """Return where a partner's position stands in a year on one basis, a vintage each, newest first."""
    table = held.tables[POSITIONS]
    rows = table[(table["year"] == year) & (table["basis"] == basis)]
    found = (
        investment.reading(rows[rows["vintage"] == vintage], basis, partner, groups=held.groups, year=year)
        for vintage in sorted(rows["vintage"].unique(), reverse=True)
    )
    return [one for one in found if one is not None]


def employment(statement: Statement, held: Held, named: Sequence[str]) -> Iterator[Recomputed]:
    """Yield jobs or their rank, in the nation or in a state, and what other texts print of the same table.

    A state's rank is computed only where the table covers the countries of that state: the leaders that a
    document picks out give none.
    """
    name = NATION if statement.place == "US" else STATES
    table = held.get(name)
    if table is not None:
        place, partner = statement.place, statement.partner
        for year in _beside(statement):
            for found in held.once(_jobs, place, partner, year):
                where = {"year": year, "partner": partner} | ({} if place == "US" else {"state": place})
                yield from _read(statement, found, where, "value", "mousa", _axis(statement, year))
    if statement.place != "US":
        yield from _printed(statement, table)
        yield from _quoted(statement, held.get(QUOTED))


def _jobs(held: Held, place: str, partner: str, year: int) -> list[Reading]:
    """Return where a partner stands as an employer of a place in a year, a vintage each, newest first."""
    table, found = held.tables[NATION if place == "US" else STATES], []
    rows = table[table["year"] == year].drop(columns="rank_printed", errors="ignore")
    rows = rows if place == "US" else rows[rows["state"] == place]
    for vintage in sorted(rows["vintage"].unique(), reverse=True):
        part = rows[rows["vintage"] == vintage]
        if ((part["partner"] == partner) & part["value"].notna()).any():
            found.append(jobs.reading(part, partner, groups=held.groups, year=year, place=place))
    return [one for one in found if one is not None]


def bounds(
    statement: Statement, ledger: Sequence[Statement], figures: Mapping[str, Sequence[Recomputed]]
) -> Iterator[Recomputed]:
    """Yield what other partners' figures leave for a value, given the ranks the ledger prints.

    Who is printed above somebody has at least that one's figure; who is printed below has at most that. It holds
    for rounded figures as for exact ones, because rounding changes no order.

    Parameters
    ----------
    ledger
        All statements.
    figures
        Recomputed figures by statement id, on their own definition.
    """
    peers = [s for s in ledger if s.league == statement.league and s.unit in (statement.unit, "rank")]
    ranks = {s.partner: s.printed for s in peers if s.aspect == "rank"}
    own = ranks.get(statement.partner)
    if own is None:
        return
    for other in peers:
        theirs = ranks.get(other.partner)
        if other.aspect != "value" or other.partner == statement.partner or theirs in (None, own):
            continue
        for figure in figures.get(other.id, ()):
            if figure.own or figure.value is None or figure.axis:
                continue
            low, high = (figure.value, float("inf")) if own < theirs else (0.0, figure.value)
            rows = tuple(Row("bound", r.table, r.column, r.where, r.vintage, r.source) for r in figure.rows)
            yield Recomputed(None, low, high, "bound", rows, "bound", figure.period, figure.vintage,
                             made=figure.lineage)  # fmt: skip


def _read(
    statement: Statement, found: Reading, where: Mapping[str, object], column: str, basis: str, axis: str
) -> Iterator[Recomputed]:
    place, row = found.standing, found.league[found.league["partner"] == statement.partner].iloc[0]
    rows = (Row("value", found.table, column, where, found.vintage, found.source),)
    common: dict[str, Any] = {"vintage": found.vintage, "axis": axis, "own": found.source == statement.source}
    if statement.aspect == "rank":
        if found.rank is None:
            return
        yield Recomputed(found.rank, place.best, place.worst, "rank", rows, basis, str(found.year),
                         made=found.lineage("rank"), **common)  # fmt: skip
    elif statement.unit == "percent":
        if found.total is None or place.share is None:
            return
        total = Row("total", found.table, column, {**where, "partner": "WLD"}, found.vintage, found.source)
        share = 100 * place.share
        made = found.lineage("share").scaled(100.0)
        yield Recomputed(
            share, share, share, "share", (*rows, total), basis, str(found.year), made=made, **common
        )
    else:
        scale = SCALE[statement.unit] if found.unit == "million USD" else 1.0
        value = found.value * scale
        low, high = (float(row["low"]), float(row["high"])) if found.unit == "persons" else (value, value)
        made = found.lineage("value").scaled(scale)
        yield Recomputed(value, low, high, "value", rows, basis, str(found.year), made=made, **common)


def _printed(statement: Statement, table: pd.DataFrame | None) -> Iterator[Recomputed]:
    """Yield the rank that the table took over from a document: a printed rank is no evidence of itself."""
    if table is None or statement.aspect != "rank" or "rank_printed" not in table:
        return
    same = (table["state"] == statement.place) & (table["partner"] == statement.partner)
    rows = table[same & (table["year"] == statement.first) & table["rank_printed"].notna()]
    for row in rows.to_dict("records"):
        rank, vintage = float(row["rank_printed"]), str(row["vintage"])
        where = {"year": statement.first, "partner": statement.partner, "state": statement.place}
        cell = Row("value", STATES, "rank_printed", where, vintage, statement.source)
        yield exact(rank, "value", (cell,), "mousa", statement.first, vintage=vintage, own=True)


def _quoted(statement: Statement, table: pd.DataFrame | None) -> Iterator[Recomputed]:
    if table is None:
        return
    rows = table[(table["state"] == statement.place) & (table["partner"] == statement.partner)]
    for row in rows.sort_values("year").to_dict("records"):
        year, figure = int(row["year"]), row["value" if statement.aspect == "value" else "rank"]
        if year not in _beside(statement) or pd.isna(figure):
            continue
        where = {"year": year, "state": statement.place, "partner": statement.partner,
                 "source": row["source"]}  # fmt: skip
        cell = Row("value", QUOTED, statement.aspect, where, "", str(row["source"]))
        half = 0.0 if statement.aspect == "rank" or pd.isna(row["rounding"]) else float(row["rounding"]) / 2
        yield Recomputed(float(figure), figure - half, figure + half, "value", (cell,), "mousa", str(year),
                         axis=_axis(statement, year), own=row["source"] == statement.source)  # fmt: skip


def _beside(statement: Statement) -> tuple[int, int, int]:
    return statement.first, statement.first - 1, statement.first + 1


def _axis(statement: Statement, year: int) -> str:
    return "" if year == statement.first else "period"
