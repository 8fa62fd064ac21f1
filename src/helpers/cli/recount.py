"""Numbers counted over two editions, counted again: the numbers of both days from their own rows, then how they differ.

A page that sets two days side by side counts how many numbers are the same and how many differ by each cause. The trace
of such a count names the tables and, as its method, what was compared: ``partner``, ``of`` (the nation, ``US``, or all
``states``), ``days``, the ``measure`` where only one was counted, and which ``number`` it is. Here each number of both
days is computed again from the rows of its own trace before it is compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from helpers.analysis import derive
from helpers.analysis.changes import STATUSES
from helpers.analysis.lookup import Lookup
from helpers.data import catalog, origins, register
from helpers.display import comparison, prose, show
from helpers.display.block import Value
from helpers.display.comparison import Pair
from helpers.display.trace import Trace
from helpers.errors import AnalysisError, compose, listed

CLOSE = 1e-9
"""Relative difference up to which a recomputed number agrees."""


def same(one: float, other: float | None) -> bool:
    """Return whether a number computed again is the one that is shown."""
    if other is None or one != one:
        return other is None and one != one
    return abs(one - other) <= CLOSE * max(abs(other), 1e-12)


def recompute(trace: Mapping[str, Any], lookup: Lookup) -> float:
    """Return the number that a trace describes, as :func:`derive.recompute`, one of two editions included.

    Raises
    ------
    AnalysisError
        As there, or if a number of one of the days is not what its rows give.
    """
    if trace["how"] != "compared":
        return derive.recompute(trace, lookup)
    told = trace["universe"]["method"]
    asked = str(told["partner"]), str(told["of"]), _days(told["days"])
    pairs = lookup.keep(f"compared {asked}", lambda: _pairs(*asked, lookup))
    return float(_count(pairs, str(told["number"]), str(told.get("measure", ""))))


def _pairs(partner: str, of: str, days: tuple[str, str], lookup: Lookup) -> list[Pair]:
    """Return the numbers of the nation, or of every state, on two days, each computed again from its rows."""
    voice = prose.Voice("en", catalog.names("en"), origins.Origins(), days[1])
    loads = [catalog.loader(day) for day in days]
    groups = set(loads[1]("aggregates")["code"])
    if of == show.changes.NATION:
        old, new = (show.desk.of_nation(load) for load in loads)
        nation = show.changes.nation(voice, partner, old, new, groups=groups, days=days)
        pairs = [nation] if nation is not None else []
    else:
        events = {register.TABLE: lookup(register.TABLE)}
        old, new = ({name: load(name) for name in show.desk.STATES} | events for load in loads)
        states = loads[1]("states")["usps"]
        pairs = show.state_changes.pairs(voice, partner, old, new, states, groups=groups, days=days)
    found = []
    for pair in pairs:
        before, after = ({v.id: _anew(v, lookup) for v in side.values()} for side in pair.shown)
        found.append(comparison.of_days(pair.place, partner, before, after, days))
    return found


def _anew(value: Value, lookup: Lookup) -> Value:
    trace = value.trace.to_json() if isinstance(value.trace, Trace) else {"how": "none"}
    if trace["how"] in derive.NOT_ROWS:
        return value
    key = repr([trace[part] for part in ("how", "rows", "universe")] + [trace.get("scale")])
    again = lookup.keep(key, lambda: derive.recompute(trace, lookup))
    if not same(again, value.value):  # type: ignore[arg-type]
        raise AnalysisError(
            compose(f"comparison, {value.id}", f"{value.value}", f"{again:.12g} from its rows", "Correct it.")
        )
    return value if value.value is None else replace(value, value=again)


def _days(told: Iterable[str]) -> tuple[str, str]:
    before, after = ("" if day == comparison.LATEST else day for day in told)
    return before, after


def _count(pairs: Sequence[Pair], number: str, measure: str) -> int:
    """Return how many places there are or moved, or how many numbers of them have a status.

    Raises
    ------
    AnalysisError
        If there is no such number.
    """
    if number == "places":
        return len(pairs)
    if number == "moved":
        return sum(_moved(pair) for pair in pairs)
    statuses = [
        (str(row.id), str(row.status))
        for pair in pairs
        for row in pair.frame[["id", "status"]].itertuples(index=False)
        if not measure or str(row.id).split(".")[0] == measure
    ]
    if number in ("shared", "differ"):
        return sum(s not in ("new", "dropped", "same" if number == "differ" else "") for _, s in statuses)
    part, _, cause = number.rpartition(".")
    if cause not in STATUSES or part not in ("", "listed"):
        expected = f"places, moved, shared, differ, or one of {listed(STATUSES)}, perhaps after 'listed.'"
        raise AnalysisError(compose("trace, number of a comparison", expected, repr(number), "Correct it."))
    return sum(s == cause and not (part and name in show.changes.KEY) for name, s in statuses)


def _moved(pair: Pair) -> bool:
    """Return whether a key figure of a state differs: of each measure the first that an edition holds."""
    became = dict(zip(pair.frame["id"], pair.frame["status"], strict=True))
    firsts = (
        next((became[n] for n in names if n in became), "same") for names in show.state_changes.KEY.values()
    )
    return any(status != "same" for status in firsts)
