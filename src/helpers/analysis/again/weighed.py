"""The composite of priority by state, scored and ranked again from the rows.

Five figures a state: presence; the subject's rank among all partners in the rows of presence (``beside``, its partner
left open); the shrunken gap; whether a mission has its seat there; growth of the figure of presence since
``first`` (year and vintage).
The rules are those of :mod:`helpers.analysis.priority`; the arithmetic is written out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from helpers.analysis import chance
from helpers.analysis.again import ratios
from helpers.analysis.again.placed import frame, key
from helpers.analysis.lookup import Lookup
from helpers.analysis.universes import rows_of

PARTS = ("presence", "rank", "gap", "office", "growth")
"""The components, in the order of the weights."""

LESS_IS_MORE = ("rank", "gap")

SURE = 0.9


def score(universe: Mapping[str, Any], own: Mapping[str, Any], load: Lookup, name: str) -> pd.Series:
    """Return the score of one component by state in tenths from 0 to 1000; missing where the figure is."""
    arguments = f"{own.get('shape')} {own.get('first')}"

    def make() -> pd.Series:
        places = frame(universe, load).index
        if name == "office":
            seats = set(load("missions")["state"])
            return pd.Series([0.0 if place in seats else 1000.0 for place in places], index=places)
        figures = FIGURES[name](universe, own, load).reindex(places)
        known = (-figures if name in LESS_IS_MORE else figures).dropna().round(12)
        if len(known) < 2:
            return known * 0 + 500
        below = (known.rank(method="average") - 1) / (len(known) - 1)
        return (1000 * below + 0.5 + 1e-9) // 1

    return load.keep(f"score {name} {arguments} {key(universe)}", make)


def scores(universe: Mapping[str, Any], own: Mapping[str, Any], load: Lookup) -> pd.DataFrame:
    """Return all five scores of each state."""
    found = {name: score(universe, own, load, name) for name in PARTS}
    return pd.DataFrame(found, index=frame(universe, load).index)


def _nth(universe: Mapping[str, Any], own: Mapping[str, Any], load: Lookup) -> pd.Series:
    """Return the subject's rank among all partners by state."""
    beside = universe["beside"]
    where, column = beside["where"], beside["column"]
    everyone = {name: item for name, item in where.items() if name != "partner"}
    rows = rows_of({**beside, "where": everyone, "by": "partner", "without": "aggregates"}, load)
    rows = rows[rows[column] > 0]
    nth = rows.groupby("state")[column].rank(ascending=False, method="min")
    subject = rows["partner"] == where["partner"]
    return nth[subject].set_axis(rows.loc[subject, "state"])


def _growth(universe: Mapping[str, Any], own: Mapping[str, Any], load: Lookup) -> pd.Series:
    beside, (year, vintage) = universe["beside"], own["first"]
    earlier = {**beside, "where": {**beside["where"], "year": year}, "vintage": vintage}
    before = rows_of(earlier, load).set_index("state")[beside["column"]]
    return frame(universe, load)["presence"] / before.where(before > 0) - 1


FIGURES: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any], Lookup], pd.Series]] = {
    "presence": lambda universe, own, load: frame(universe, load)["presence"],
    "rank": _nth,
    "gap": lambda universe, own, load: np.log(ratios.shrunk(universe, own, load)),
    "growth": _growth,
}


def _weighed(universe: Mapping[str, Any], own: Mapping[str, Any], load: Lookup) -> pd.Series:
    """Return the sum of weight times score by state, of those that lack no score with a weight."""
    weights = pd.Series(own["weights"], index=list(PARTS))
    used = scores(universe, own, load)[list(weights.index[weights > 0])].dropna()
    return (used * weights[weights > 0]).sum(axis=1)


def _points(universe: Mapping[str, Any], own: Mapping[str, Any], load: Lookup) -> float:
    n, whole = _weighed(universe, own, load)[own["place"]], sum(own["weights"])
    return float((2 * n + whole) // (2 * whole)) / 10


def _ranks(universe: Mapping[str, Any], own: Mapping[str, Any], load: Lookup) -> pd.Series:
    return _weighed(universe, own, load).rank(ascending=False, method="min")


def _drawn(universe: Mapping[str, Any], own: Mapping[str, Any], load: Lookup) -> pd.DataFrame:
    """Return the rank of each state with all five scores, a row a draw of the weights."""
    whole = scores(universe, own, load).dropna().sort_index()

    def make() -> pd.DataFrame:
        weights = chance.simplex(chance.generator(own["seed"]), len(PARTS), own["draws"])
        points = weights @ whole.to_numpy(dtype=np.int64).T
        return pd.DataFrame(points, columns=whole.index).rank(axis=1, ascending=False, method="min")

    return load.keep(f"drawn {key(universe)} {own['seed']} {own['draws']}", make)


def _often(universe: Mapping[str, Any], own: Mapping[str, Any], load: Lookup) -> pd.Series:
    return (_drawn(universe, own, load) <= own["top"]).mean()


def _middle(universe: Mapping[str, Any], own: Mapping[str, Any], load: Lookup) -> float:
    ranks = np.sort(_drawn(universe, own, load)[own["place"]].to_numpy())
    return float(ranks[(len(ranks) - 1) // 2])


def _listed(own: Mapping[str, Any], load: Lookup) -> list[str]:
    """Return the states of the list that the trace names by the conditions of its claims."""
    wanted = rows_of({"table": "claims", "where": own["claims"], "held": ["rank"]}, load)["place"]
    return [place for place in wanted if place in set(load("states")["usps"])]


def _inside(universe: Mapping[str, Any], own: Mapping[str, Any], load: Lookup) -> float:
    listed = _listed(own, load)
    return float((_ranks(universe, own, load).reindex(listed) <= len(listed)).sum())


def _between(universe: Mapping[str, Any], own: Mapping[str, Any], load: Lookup) -> float:
    ranks = _ranks(universe, own, load)
    return float(ranks.between(own["from"], own["to"]).sum())


FAMILIES: Mapping[str, str] = {
    **{f"score_{name}": "score" for name in PARTS},
    **dict.fromkeys(("points", "position", "ranked", "between", "listed_inside", "shown"), "weighed"),
    **dict.fromkeys(("top_share", "best", "median", "worst", "sure", "ever"), "weightings"),
    **dict.fromkeys(("first_share", "listed_sure", "listed_seldom"), "weightings"),
}


def _score_of(name: str) -> Callable[[Mapping[str, Any], Mapping[str, Any], Lookup], float]:
    return lambda u, own, load: float(score(u, own, load, name)[own["place"]]) / 10


METHODS: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any], Lookup], float]] = {
    **{f"score_{name}": _score_of(name) for name in PARTS},
    "points": _points,
    "position": lambda u, own, load: _ranks(u, own, load)[own["place"]],
    "ranked": lambda u, own, load: len(_ranks(u, own, load)),
    "shown": lambda u, own, load: min(own["most"], len(_ranks(u, own, load))),
    "between": _between,
    "listed_inside": _inside,
    "listed_sure": lambda u, own, load: (_often(u, own, load).reindex(_listed(own, load)) > SURE).sum(),
    "listed_seldom": lambda u, own, load: (_often(u, own, load).reindex(_listed(own, load)) < 1 - SURE).sum(),
    "top_share": lambda u, own, load: _often(u, own, load)[own["place"]],
    "best": lambda u, own, load: _drawn(u, own, load)[own["place"]].min(),
    "median": _middle,
    "worst": lambda u, own, load: _drawn(u, own, load)[own["place"]].max(),
    "first_share": lambda u, own, load: _often(u, own, load).max(),
    "sure": lambda u, own, load: (_often(u, own, load) > SURE).sum(),
    "ever": lambda u, own, load: (_often(u, own, load) > 0).sum(),
}
