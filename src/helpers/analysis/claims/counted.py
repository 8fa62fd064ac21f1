"""Activity and sites recomputed from the tables that hold published counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from helpers.analysis.claims.evidence import Recomputed, Row, exact
from helpers.analysis.claims.held import Held
from helpers.analysis.claims.statement import Statement
from helpers.analysis.lineage import Lineage, cell, count

ACTIVITY, SITES, CASES = "activity", "company_sites", "best_practice"


def published(statement: Statement, held: Held, named: Sequence[str]) -> Iterator[Recomputed]:
    """Yield participants, projects or budget of the same span of fiscal years, whoever printed it."""
    table = held.get(ACTIVITY)
    if table is None:
        return
    same = table[
        (table["measure"] == statement.measure)
        & (table["fiscal_year_from"] == statement.first)
        & (table["fiscal_year_to"] == statement.last)
    ]
    where = {"fiscal_year_from": statement.first, "fiscal_year_to": statement.last,
             "measure": statement.measure}  # fmt: skip
    for row in same.to_dict("records"):
        found = Row("value", ACTIVITY, "value", where, "", str(row["source"]))
        own, made = row["source"] == statement.source, Lineage("value", (cell(row, ACTIVITY, "value"),))
        yield exact(float(row["value"]), "value", (found,), "published", statement.period, own=own, made=made)


def sites(statement: Statement, held: Held, named: Sequence[str]) -> Iterator[Recomputed]:
    """Yield the Ministry's count of places of business, in the year and in those beside it."""
    table = held.get(SITES)
    if table is None:
        return
    rows = table[
        (table["state"] == statement.place)
        & (table["definition"] == statement.measure)
        & table["year"].isin([statement.first - 1, statement.first, statement.first + 1])
    ]
    for row in rows.sort_values("year").to_dict("records"):
        year = int(row["year"])
        where = {"state": statement.place, "definition": statement.measure, "year": year}
        found = Row("value", SITES, "value", where, "", str(row["source"]))
        axis = "" if year == statement.first else "period"
        own, made = row["source"] == statement.source, Lineage("value", (cell(row, SITES, "value"),))
        yield exact(float(row["value"]), "value", (found,), "sites", year, axis=axis, own=own, made=made)


def cases(statement: Statement, held: Held, named: Sequence[str]) -> Iterator[Recomputed]:
    """Yield the number of representative cases of a fiscal year that other documents name."""
    table = held.get(CASES)
    if table is None:
        return
    rows = table[table["fiscal_year"] == statement.first]
    for source, some in rows.groupby("source"):
        found = Row("rows", CASES, "number", {"fiscal_year": statement.first}, "", str(source))
        made = count(CASES, {"fiscal_year": statement.first, "source": str(source)})
        own = source == statement.source
        yield exact(float(len(some)), "count", (found,), "published", statement.period, own=own, made=made)
