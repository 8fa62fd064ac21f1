"""What is drawn by lot, drawn again from its seed: intervals, the comparison with chance, permutations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from helpers.analysis import association, concentration
from helpers.analysis.again.placed import frame, key, observed, places, presence
from helpers.analysis.association import Association
from helpers.analysis.lookup import Lookup

WHOLE = ("d_low", "d_high", "gini_low", "gini_high", "d_chance", "gini_chance", "p_chance")
"""Of a concentration: intervals over resampled events, and what events thrown by the shares of presence give."""

RANKED = ("rho_low", "rho_high", "p", "p_holm", "partial", "partial_p")
"""Of an association."""

CONTROL = "control"
NORMAL = 0.975, 0.8
"""Quantiles behind the smallest rho that is found: level 0.05 on both sides, power 0.8."""


def _whole(universe: Mapping[str, Any], own: Mapping[str, Any], load: Lookup) -> float:
    table = frame(universe, load).reset_index()
    found = load.keep(
        f"whole {key(universe)} {own['seed']} {own['resamples']}",
        lambda: concentration.concentration(table, seed=own["seed"], resamples=own["resamples"]),
    )
    return float(getattr(found, own["name"].replace("p_chance", "p")))


def together(universe: Mapping[str, Any], load: Lookup) -> pd.DataFrame:
    """Return place, observed, presence and, where one is held constant, control: places that have all of them."""
    counts = observed(universe, load).reindex(places(universe, load)).fillna(0.0)
    found = {"observed": counts, "presence": presence(universe, load)}
    if held := universe.get(CONTROL):
        found[CONTROL] = presence({**universe, "beside": held}, load)
    return pd.DataFrame(found).dropna().rename_axis("place").sort_index().reset_index()


def _associated(universe: Mapping[str, Any], own: Mapping[str, Any], load: Lookup) -> Association:
    return load.keep(
        f"associated {key(universe)} {own['seed']} {own['resamples']}",
        lambda: association.associate(
            together(universe, load),
            "observed",
            "presence",
            seed=own["seed"],
            controls=[CONTROL] if universe.get(CONTROL) else [],
            resamples=own["resamples"],
        ),
    )


def _ranked(universe: Mapping[str, Any], own: Mapping[str, Any], load: Lookup) -> float:
    found = _associated(universe, own, load)
    if own["name"] != "p_holm":
        return float(getattr(found, own["name"].replace("rho_", "")))
    # Holm: the k-th smallest of m p values times m - k + 1, never below those before it, never above one
    tried = {}
    for one in universe["grid"]:
        beside = {name: item for name, item in one.items() if name != "alone"}
        held = None if one.get("alone") else universe.get(CONTROL)
        tried[repr(beside)] = {**universe, "beside": beside, CONTROL: held}
    p = pd.Series({key: _associated(one, own, load).p for key, one in tried.items()}).sort_values()
    adjusted = (p * (len(p) - np.arange(len(p)))).cummax().clip(upper=1.0)
    return float(adjusted[repr(universe["beside"])])


def _rho(table: pd.DataFrame) -> float:
    return float(stats.spearmanr(table["observed"], table["presence"]).statistic)


def _without_one(universe: Mapping[str, Any], load: Lookup) -> pd.Series:
    """Return rho without each place in turn."""
    table = together(universe, load)
    return load.keep(
        f"without one {key(universe)}",
        lambda: pd.Series({p: _rho(table[table["place"] != p]) for p in table["place"]}),
    )


def _detectable(n: int) -> float:
    return float(np.tanh(sum(stats.norm.ppf(q) for q in NORMAL) / np.sqrt(n - 3)))


FAMILIES: Mapping[str, str] = {
    **dict.fromkeys(("d_low", "d_high", "gini_low", "gini_high"), "events_interval"),
    **dict.fromkeys(("d_chance", "gini_chance", "p_chance"), "chance"),
    **dict.fromkeys(("rho", "n", "left_low", "left_high", "left_out"), "rho"),
    **dict.fromkeys(("rho_low", "rho_high"), "rho_interval"),
    **dict.fromkeys(("p", "p_holm"), "permuted"),
    **dict.fromkeys(("partial", "partial_p"), "partial"),
    "detectable": "detectable",
    "measures": "counted",
}

METHODS: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any], Lookup], float]] = {
    **dict.fromkeys(WHOLE, _whole),
    **dict.fromkeys(RANKED, _ranked),
    "rho": lambda universe, own, load: _rho(together(universe, load)),
    "n": lambda universe, own, load: len(together(universe, load)),
    "left_low": lambda universe, own, load: _without_one(universe, load).min(),
    "left_high": lambda universe, own, load: _without_one(universe, load).max(),
    "left_out": lambda universe, own, load: _without_one(universe, load)[own["place"]],
    "detectable": lambda universe, own, load: _detectable(len(together(universe, load))),
    "measures": lambda universe, own, load: len(universe["grid"]),
}
