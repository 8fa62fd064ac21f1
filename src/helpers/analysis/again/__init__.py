"""What is estimated, computed again from the rows of its trace: counts and presence by place, then the method.

The universe of such a trace (:mod:`helpers.analysis.universes`) is the register up to a day. Beside the universe of
presence it holds

``level``
    ``state``, or ``group``: consular districts, those that share a state as one
``among``
    places that everything is a share among; absent: all that have a figure
``method``
    ``name``, one of `METHODS`, and its arguments: ``place``, ``seed``, ``resamples`` ...

The counts and the figures of presence are selected here anew (:mod:`~helpers.analysis.again.placed`). Closed forms are
written out here, each in a line or two; what is drawn by lot is drawn again from its seed by the functions that drew it
(:mod:`~helpers.analysis.again.drawn`, :mod:`~helpers.analysis.again.weighed`), once for all the numbers of one result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from helpers.analysis.again import drawn, placed, ratios, weighed
from helpers.analysis.lookup import Lookup
from helpers.errors import AnalysisError, compose, listed

Method = Callable[[Mapping[str, Any], Mapping[str, Any], Lookup], float]
"""Given the universe, the arguments of the method and the tables."""

METHODS: Mapping[str, tuple[str, Method]] = {
    "known": ("counted", lambda u, m, load: len(placed.presence(u, load))),
    "all": ("counted", lambda u, m, load: len(placed.places(u, load))),
    **{name: (family, ratios.METHODS[name]) for name, family in ratios.FAMILIES.items()},
    **{name: (family, drawn.METHODS[name]) for name, family in drawn.FAMILIES.items()},
    **{name: (family, weighed.METHODS[name]) for name, family in weighed.FAMILIES.items()},
}
"""Method to the words that say it (phrase ``trace.how.estimated.<family>``) and to what computes it."""


def compute(universe: Mapping[str, Any], load: Lookup) -> float:
    """Return the number that the method of a universe gives.

    Raises
    ------
    AnalysisError
        If the trace names no method that is known, or the method finds no figure.
    """
    method = universe.get("method") or {}
    if method.get("name") not in METHODS:
        todo = "Add the method to helpers.analysis.again."
        raise AnalysisError(
            compose("trace, method", f"one of {listed(METHODS)}", repr(method.get("name")), todo)
        )
    return float(METHODS[method["name"]][1](universe, method, load))


def family(name: str) -> str:
    """Return the words that say a method; none for one that is not known."""
    return METHODS[name][0] if name in METHODS else ""
