"""What the figures of one ledger say about each other: totals and parts, counts of ranks, order and repetition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from helpers.analysis.claims.evidence import LEDGER, Recomputed, Row, exact
from helpers.analysis.claims.statement import Statement

COUNTED = {"states_first": 1, "states_second": 2}
"""Measures that count the states in which a partner has a rank."""


def totals(ledger: Sequence[Statement]) -> dict[str, Recomputed]:
    """Return, by statement id, what the ledger's own parts add up to, where it has every one of them."""
    found: dict[str, Recomputed] = {}
    for whole in ledger:
        if whole.aspect != "value":
            continue
        if whole.measure in COUNTED:
            parts = [s for s in ledger if _counts(whole, s)]
            if parts:
                found[whole.id] = exact(len(parts), "count", _rows(parts, "rank"), "ledger", whole.period)
        elif whole.first < whole.last:
            parts = sorted((s for s in ledger if _single(whole, s)), key=lambda s: s.first)
            if [s.first for s in parts] == list(range(whole.first, whole.last + 1)):
                total = sum(s.printed for s in parts)
                slack = sum(s.half_step for s in parts)
                found[whole.id] = Recomputed(
                    total,
                    total - max(0.0, slack - whole.half_step),
                    total + max(0.0, slack - whole.half_step),
                    "sum",
                    _rows(parts, "value"),
                    "ledger",
                    whole.period,
                )
    return found


def conflicts(ledger: Sequence[Statement]) -> dict[str, tuple[str, ...]]:
    """Return, by statement id, the statements of the same ledger that cannot be true beside it."""
    found: dict[str, set[str]] = defaultdict(set)
    pairs = [*_repeated(ledger), *_same_rank(ledger), *_order(ledger), *_more_than_the_nation(ledger)]
    for one, other in pairs:
        found[one.id].add(other.id)
        found[other.id].add(one.id)
    by_id = {s.id: s for s in ledger}
    for name, total in totals(ledger).items():
        if not by_id[name].fits(total.low, total.high):
            found[name] |= {f"{row.where['id']}.{row.column}" for row in total.rows}
    return {name: tuple(sorted(others)) for name, others in found.items()}


def _repeated(ledger: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Yield pairs that print different figures for one thing (a coarser rounding of it is the same)."""
    for one, other in combinations(ledger, 2):
        same = (one.league, one.partner, one.aspect, one.unit, one.basis, one.universe) == (
            other.league, other.partner, other.aspect, other.unit, other.basis, other.universe)  # fmt: skip
        if same and abs(one.printed - other.printed) > one.half_step + other.half_step + 1e-9:
            yield one, other


def _same_rank(ledger: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Yield pairs of partners with one rank between them that no equal values explain."""
    ranks = [s for s in ledger if s.aspect == "rank" and s.measure not in COUNTED]
    values = {(s.league, s.partner): s.printed for s in ledger if s.aspect == "value"}
    for one, other in combinations(ranks, 2):
        if (one.league, one.basis, one.universe, one.printed) != (
            other.league, other.basis, other.universe, other.printed) or one.partner == other.partner:  # fmt: skip
            continue
        figures = [values.get((s.league, s.partner)) for s in (one, other)]
        if None in figures or figures[0] != figures[1]:
            yield one, other


def _order(ledger: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Yield pairs of values whose printed ranks stand the other way round."""
    ranks = {(s.league, s.partner): s.printed for s in ledger if s.aspect == "rank"}
    values = [s for s in ledger if s.aspect == "value" and (s.league, s.partner) in ranks]
    for one, other in combinations(values, 2):
        if one.league != other.league or one.unit != other.unit:
            continue
        high, low = sorted((one, other), key=lambda s: ranks[s.league, s.partner])
        if ranks[high.league, high.partner] < ranks[low.league, low.partner] and (
            high.printed + high.half_step < low.printed - low.half_step
        ):
            yield high, low


def _more_than_the_nation(ledger: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Yield the nation's figure with each state's where the states alone exceed it."""
    values = [s for s in ledger if s.aspect == "value" and s.unit != "percent" and s.measure not in COUNTED]
    for nation in (s for s in values if s.place == "US"):
        key = (nation.measure, nation.partner, nation.time, nation.unit)
        places = [s for s in values if s.place != "US" and (s.measure, s.partner, s.time, s.unit) == key]
        if sum(s.printed - s.half_step for s in places) > nation.printed + nation.half_step:
            yield from ((nation, place) for place in places)


def _counts(whole: Statement, s: Statement) -> bool:
    return (
        s.measure == "jobs"
        and s.aspect == "rank"
        and s.place != "US"
        and (s.partner, s.time) == (whole.partner, whole.time)
        and s.printed == COUNTED[whole.measure]
    )


def _single(whole: Statement, s: Statement) -> bool:
    same = (s.measure, s.place, s.partner, s.unit, s.aspect)
    single = s.first == s.last and not s.month and s.fiscal == whole.fiscal
    return single and same == (
        whole.measure, whole.place, whole.partner, whole.unit, whole.aspect)  # fmt: skip


def _rows(parts: Sequence[Statement], column: str) -> tuple[Row, ...]:
    return tuple(Row("part", LEDGER, column, {"id": s.claim}, "", s.source) for s in parts)
