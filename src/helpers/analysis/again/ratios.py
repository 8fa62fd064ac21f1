"""Observed over expected, place by place and as a whole: closed forms, written out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from helpers.analysis.again.placed import frame, key
from helpers.analysis.lookup import Lookup
from helpers.errors import AnalysisError, compose

TAIL = 0.025
"""On either side of limits at 95%."""

STEP = 1e-3
"""How far the logarithm of the shape may lie from where the likelihood is largest."""

WIDEST = 1e6
"""A shape at which the places no longer differ by more than chance."""


def _of_place(make: Callable[[float, float, float, float], float]) -> Any:
    """Return a method of one place: made of its events, its expected events, and all events and its share."""

    def method(universe: Mapping[str, Any], own: Mapping[str, Any], load: Lookup) -> float:
        table = frame(universe, load)
        row = table.loc[own["place"]]
        return make(row["observed"], row["expected"], row["share"], float(table["observed"].sum()))

    return method


def _of_all(make: Callable[[pd.DataFrame], float]) -> Any:
    return lambda universe, own, load: make(frame(universe, load))


def _beyond(table: pd.DataFrame, side: str) -> pd.Series:
    """Return which places lie outside the funnel: so many, or so few, have less than half of 5%."""
    o, e = table["observed"], table["expected"]
    tail = stats.poisson.sf(o - 1, e) if side == "above" else stats.poisson.cdf(o, e)
    return pd.Series((e > 0) & (tail < TAIL), index=table.index)


def shrunk(universe: Mapping[str, Any], own: Mapping[str, Any], load: Lookup) -> pd.Series:
    """Return (shape + O) / (shape + E) by place, once the shape is found to be the likeliest; 1 without a shape.

    Raises
    ------
    AnalysisError
        If the likelihood is not largest at the shape that the trace names.
    """
    table, shape = frame(universe, load), own["shape"]
    load.keep(f"likeliest {shape} {key(universe)}", lambda: _likeliest(table, shape))
    if shape is None:
        return pd.Series(1.0, index=table.index)
    return (shape + table["observed"]) / (shape + table["expected"])


def _likeliest(table: pd.DataFrame, shape: float | None) -> bool:
    """Hold the shape against the negative binomial likelihood: the step of Newton from it is all but none."""
    used = table[table["expected"] > 0]

    def loglike(log_shape: float) -> float:
        size = math.exp(log_shape)
        return float(stats.nbinom.logpmf(used["observed"], size, size / (size + used["expected"])).sum())

    if shape is None:
        flat = float(stats.poisson.logpmf(used["observed"], used["expected"]).sum())
        off = max(loglike(at) for at in np.linspace(-10, math.log(WIDEST), 400)) - flat > 1e-3
    else:
        at, h = math.log(shape), 1e-3
        low, mid, high = (loglike(at + step) for step in (-h, 0, h))
        curved = (high - 2 * mid + low) / h**2
        off = not curved < 0 or abs((high - low) / (2 * h) / curved) > STEP
    if off:
        got = f"{shape}, where it is not largest"
        raise AnalysisError(
            compose("trace, method", "the shape of the largest likelihood", got, "Fit again.")
        )
    return True


def _nth(universe: Mapping[str, Any], own: Mapping[str, Any], load: Lookup) -> float:
    values = shrunk(universe, own, load)
    return 1 + int((values > values[own["place"]]).sum())


def _curve(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the Lorenz curve: cumulative shares of presence and of events, the least events for it first."""
    order = (table["observed"] / table["presence"]).fillna(0.0).sort_values(kind="stable").index
    shares = table.loc[order, ["presence", "observed"]] / table[["presence", "observed"]].sum()
    up = np.vstack([np.zeros(2), shares.cumsum().to_numpy()])
    return up[:, 0], up[:, 1]


def _gini(table: pd.DataFrame) -> float:
    x, y = _curve(table)
    return 1 - float(((x[1:] - x[:-1]) * (y[1:] + y[:-1])).sum())


def _apart(table: pd.DataFrame) -> float:
    return float((table["observed"] / table["observed"].sum() - table["share"]).abs().sum()) / 2


FAMILIES: Mapping[str, str] = {
    "expected": "expected",
    "ratio": "ratio",
    "low": "limits",
    "high": "limits",
    "gap": "gap",
    "activity_share": "share",
    "presence_share": "share",
    "shrunk": "shrunk",
    "nth": "shrunk",
    **dict.fromkeys(("places", "events", "above", "below", "inside"), "counted"),
    **dict.fromkeys(("d", "gini", "lower_half"), "apart"),
}

METHODS: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any], Lookup], float]] = {
    "expected": _of_place(lambda o, e, share, total: total * share),
    "ratio": _of_place(lambda o, e, share, total: o / e),
    "low": _of_place(lambda o, e, share, total: stats.chi2.ppf(TAIL, 2 * o) / 2 / e if o else 0.0),
    "high": _of_place(lambda o, e, share, total: stats.chi2.ppf(1 - TAIL, 2 * o + 2) / 2 / e),
    "gap": _of_place(lambda o, e, share, total: math.log(o / e)),
    "activity_share": _of_place(lambda o, e, share, total: o / total),
    "presence_share": _of_place(lambda o, e, share, total: share),
    "shrunk": lambda universe, own, load: shrunk(universe, own, load)[own["place"]],
    "nth": _nth,
    "places": _of_all(len),
    "events": _of_all(lambda table: table["observed"].sum()),
    "above": _of_all(lambda table: _beyond(table, "above").sum()),
    "below": _of_all(lambda table: _beyond(table, "below").sum()),
    "inside": _of_all(
        lambda table: len(table) - _beyond(table, "above").sum() - _beyond(table, "below").sum()
    ),
    "d": _of_all(_apart),
    "gini": _of_all(_gini),
    "lower_half": _of_all(lambda table: float(np.interp(0.5, *_curve(table)))),
}
