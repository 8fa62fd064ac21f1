"""Where the numbers of activity against presence come from: both universes, of which methods are named later."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from helpers.analysis.lineage import Lineage, Universe
from helpers.analysis.presence import COUNTED, PAIRS, Presence

JAPAN = "JPN"
"""The register holds Japan's outreach; nothing is compared for another partner."""


def estimated(day: str, presence: Presence) -> Lineage:
    """Return the lineage of a statistic over the register and a measure: both universes, no single operation."""
    where: dict[str, Any] = {} if presence.year is None else {"year": presence.year}
    more: dict[str, Any] = {}
    if presence.table == "state_trade":
        more["open"] = "partner"
        where |= {"partner": JAPAN, "flow": presence.measure}
    elif presence.table == "state_context":
        where |= {"measure": presence.definition}
    elif presence.table == "jobs_state":
        where |= {"partner": JAPAN}
    elif presence.table == "company_sites":
        where |= {"definition": presence.definition, "unit": list(COUNTED)}
    elif presence.table == "sister_pairs":
        where |= {"kind": list(PAIRS)}
    own: dict[str, Any] = {
        "table": presence.table,
        "column": presence.column,
        "by": "state",
        "where": where,
        **more,
    }
    own |= {"vintage": presence.vintage} if presence.vintage else {}
    also = {} if presence.level == "state" else {"also": ["jurisdictions"]}
    return _of_events("estimated", day, {"level": presence.level, "beside": own, **also})


def weighed(made: Lineage, shape: float | None, first: tuple[int, str] | None) -> Lineage:
    """Return the lineage of scores of priority, of which `lineage.by_method` names the one.

    Parameters
    ----------
    made
        From `estimated`.
    shape
        Of the fit behind the shrunken gap; None where there is none.
    first
        The year, with its edition, that growth is measured from.
    """
    if made.universe is None:
        return made
    more = dict(made.universe.more)
    more["also"] = [*more.get("also", ()), "missions"]
    more["method"] = {"shape": shape, "first": list(first or ())}
    return replace(made, universe=replace(made.universe, more=more))


NEEDED = {"gap": "shape", "growth": "first"}
"""What the score of a component needs of the arguments that a composite has."""


def of_component(made: Lineage, component: str) -> Lineage:
    """Return the lineage of the scores of one component, from that of a composite (`weighed`)."""
    if made.universe is None:
        return made
    more, needed = dict(made.universe.more), NEEDED.get(component, "")
    more["method"] = {name: item for name, item in more.get("method", {}).items() if name == needed}
    if component != "office":
        more.pop("also", None)
    return replace(made, universe=replace(made.universe, more=more))


def beside(made: Lineage) -> dict[str, Any]:
    """Return the universe of presence of what is estimated."""
    return {} if made.universe is None else dict(made.universe.more["beside"])


def setting(day: str) -> Lineage:
    """Return the lineage of a setting of the method (a seed, a level, a number of draws): chosen, not measured."""
    return _of_events("setting", day, {})


def _of_events(how: str, day: str, more: dict[str, Any]) -> Lineage:
    until = {"until": {"date_start": day}} if day else {}
    return Lineage(how, universe=Universe("events", "", "", {}, more={**until, **more}))
