"""The audit of a ledger of claims: each figure recomputed from the tables, with a verdict that nobody types in.

A measure names the function that recomputes it (``METHODS``); everything else follows from the claim's own
definition, the printed precision and the tables, so that any ledger with the columns of ``claims`` can be audited.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import pandas as pd

from helpers.analysis.claims import counted, goods, holdings, within
from helpers.analysis.claims.evidence import Recomputed, Row
from helpers.analysis.claims.held import Held
from helpers.analysis.claims.statement import GROUPS, Statement, statements
from helpers.analysis.claims.verdict import VERDICTS, Finding, judge

__all__ = [
    "GROUPS",
    "STATE_TABLES",
    "TABLES",
    "VERDICTS",
    "Finding",
    "Recomputed",
    "Row",
    "Statement",
    "audit",
    "of_place",
    "statements",
    "worst",
]

Method = Callable[[Statement, Held, Sequence[str]], Iterator[Recomputed]]

METHODS: Mapping[str, Method] = {
    "participants": counted.published,
    "projects": counted.published,
    "budget_oku_yen": counted.published,
    "cases": counted.cases,
    "mofa_sites": counted.sites,
    "exports": goods.recompute,
    "imports": goods.recompute,
    "two_way": goods.recompute,
    "deficit": goods.recompute,
    "fdi_position": holdings.position,
    "jobs": holdings.employment,
}
"""Measure to the function that recomputes it. One without a function is in no table: it cannot be checked."""

STATE_TABLES = (holdings.STATES, holdings.QUOTED)
"""Tables that the claims about a state are held against."""

TABLES = (
    goods.TABLE,
    goods.MONTHLY,
    goods.TOTALS,
    holdings.POSITIONS,
    holdings.NATION,
    *STATE_TABLES,
    counted.ACTIVITY,
    counted.SITES,
    counted.CASES,
)
"""Every table of the audit, to be loaded with all its vintages."""


def audit(
    ledger: pd.DataFrame, tables: Mapping[str, pd.DataFrame], *, groups: Collection[str]
) -> tuple[Finding, ...]:
    """Return the finding on every figure of a ledger, in its order.

    Parameters
    ----------
    ledger
        Columns of the table ``claims``; one row a claim, with a value, a rank or both.
    tables
        Tables by name, as in ``TABLES``, with every vintage; one that is absent is as if empty.
    groups
        Codes that are groups of partners; none of them is ranked.
    """
    told, held = statements(ledger), Held(tables, groups)
    figures = {s.id: tuple(_figures(s, told, held)) for s in told}
    sums, clashes = within.totals(told), within.conflicts(told)
    return tuple(
        judge(
            s,
            figures[s.id],
            bounds=tuple(holdings.bounds(s, told, figures)),
            inside=sums.get(s.id),
            against=clashes.get(s.id, ()),
            lacking=_lacking(s, figures[s.id]),
        )
        for s in told
    )


def of_place(findings: Sequence[Finding], place: str) -> tuple[Finding, ...]:
    """Return the findings about one place."""
    return tuple(f for f in findings if f.statement.place == place)


def worst(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings on statements that hold on no definition, and those that hold on some only."""
    return tuple(f for f in findings if f.verdict not in ("reproduced", "not_checkable"))


def _lacking(statement: Statement, figures: Sequence[Recomputed]) -> str:
    """Return what is missing where a statement has no figure of its own time; "" for a figure of its year."""
    if statement.measure not in METHODS or any(not figure.axis for figure in figures):
        return ""
    if not statement.timely:
        return "period"
    monthly = statement.measure in goods.FLOWS and not statement.span.calendar
    return "months" if monthly and statement.place == "US" else ""


def _figures(statement: Statement, ledger: Sequence[Statement], held: Held) -> Iterator[Recomputed]:
    method = METHODS.get(statement.measure)
    if method is None or not statement.timely:
        return
    named = tuple(
        s.partner
        for s in ledger
        if s.aspect == "rank" and s.league == statement.league and s.partner != statement.partner
    )
    yield from method(statement, held, named)
