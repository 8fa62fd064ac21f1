"""Ranks that lie between bounds, from the intervals of the rows that their trace names, by the rules of the ranking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.analysis import jobs, jobs_1990s
from helpers.analysis.lookup import Lookup
from helpers.analysis.reading import Reading
from helpers.analysis.universes import rows_of
from helpers.errors import AnalysisError, compose


def part(universe: Mapping[str, Any], load: Lookup) -> float:
    """Return the ``part`` of a band that a trace names.

    ``rank`` (not a number where the cell is hidden), ``best``, ``worst``, ``of`` and ``suppressed`` of ``subject`` in
    one state, as far as the totals allow; ``ranked``: the states in which it has the rank ``place``.
    """
    name = universe.get("part")
    if name == "ranked":
        return float((_by_state(universe, load)["rank"] == universe["place"]).sum())
    found = _reading(universe, load)
    if name == "suppressed":
        return float(jobs.suppressed(found.league).sum())
    if name not in ("rank", "best", "worst", "of"):
        raise AnalysisError(compose("trace, part", "a part of a band", repr(name), "Correct the trace."))
    value = getattr(found.standing, str(name))
    return float("nan") if value is None else float(value)


def band(universe: Mapping[str, Any], load: Lookup) -> list[int]:
    """Return the best and the worst rank of the subject."""
    place = _reading(universe, load).standing
    return [place.best, place.worst]


def _reading(universe: Mapping[str, Any], load: Lookup) -> Reading:
    where, subject = universe["where"], universe["subject"]
    if universe["table"] == jobs_1990s.TABLE:
        rows = _rows(universe, load, ("year", "measure"))
        at = {"place": where["state"], "year": where["year"], "measure": where["measure"]}
        found = jobs_1990s.reading(rows, subject, **at)
    else:
        groups = set(load("aggregates")["code"])
        rows = _rows(universe, load, ("year", "state"))
        found = jobs.reading(rows, subject, groups=groups, year=where["year"], place=where["state"])
    if found is None:
        todo = "Correct the trace."
        raise AnalysisError(compose(f"table {universe['table']}", f"a row of {subject}", "none", todo))
    return found


def _by_state(universe: Mapping[str, Any], load: Lookup) -> pd.DataFrame:
    rows = _rows(universe, load, ("year",))
    return jobs.by_state(rows, universe["subject"], year=universe["where"]["year"])


def _rows(universe: Mapping[str, Any], load: Lookup, names: tuple[str, ...]) -> pd.DataFrame:
    """Return the rows of the universe and those that bound them: of all owners, totals too, and of all states."""
    where = {name: universe["where"][name] for name in names}
    return rows_of({"table": universe["table"], "where": where, "vintage": universe.get("vintage")}, load)
