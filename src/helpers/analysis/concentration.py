"""Activity against presence as a whole: dissimilarity, Lorenz curve, Gini, and what chance alone would give.

The places are all there are; what was drawn is the events. So intervals resample *events* (placements), not places,
and the comparison with chance throws the same number of events by the shares of presence. With few events both
measures stand well above zero by chance alone: they are read beside ``by_chance`` only.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from helpers.analysis import chance
from helpers.errors import AnalysisError, compose

RESAMPLES = 4999
"""Resamples of an interval, and draws of the comparison with chance."""


def dissimilarity(activity: ArrayLike, presence: ArrayLike) -> NDArray[np.float64]:
    """Return D, half the sum of |a - p| over shares: the part of the events that would have to move.

    Parameters
    ----------
    activity, presence
        Counts or amounts by place along the last axis (Duncan and Duncan, *American Sociological Review* 20, 1955).
    """
    a, p = _shares(activity), _shares(presence)
    return np.abs(a - p).sum(axis=-1) / 2


def lorenz(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the Lorenz curve of activity over presence, from the least activity for its presence upwards.

    Parameters
    ----------
    frame
        place, observed, presence.

    Returns
    -------
    DataFrame
        place (empty at the origin), presence (cumulative share), activity (cumulative share), ratio of the place.
    """
    rows = frame.sort_values("place").reset_index(drop=True)
    a, p = _shares(rows["observed"]), _shares(rows["presence"])
    order = np.argsort(_ratio(a, p), kind="stable")
    return pd.DataFrame(
        {
            "place": ["", *rows["place"].to_numpy()[order]],
            "presence": np.concatenate([[0.0], np.cumsum(p[order])]),
            "activity": np.concatenate([[0.0], np.cumsum(a[order])]),
            "ratio": np.concatenate([[np.nan], _ratio(a, p)[order]]),
        }
    )


def gini(activity: ArrayLike, presence: ArrayLike) -> NDArray[np.float64]:
    """Return the Gini coefficient of activity over presence: one less twice the area under the Lorenz curve.

    Zero where activity is spread as presence is; towards one where all of it is in a place with little presence.
    """
    a, p = np.broadcast_arrays(_shares(activity), _shares(presence))
    order = np.argsort(_ratio(a, p), axis=-1, kind="stable")
    a, p = np.take_along_axis(a, order, -1), np.take_along_axis(p, order, -1)
    up = np.cumsum(a, axis=-1)
    return 1 - (p * (2 * up - a)).sum(axis=-1)


@dataclass(frozen=True)
class Concentration:
    """How far activity and presence lie apart over all places.

    Attributes
    ----------
    n, events : int
        Places, and placements of events in them.
    d, d_low, d_high, gini, gini_low, gini_high : float
        The two measures with their 95% basic bootstrap interval over resampled events. Resampling adds scatter, and
        scatter raises both measures: as much as it raises them, the interval lies lower, and it may leave out its
        own estimate.
    d_chance, d_chance_high, gini_chance, gini_chance_high : float
        Mean and 95th percentile where events are thrown by the shares of presence.
    p : float
        Share of such throws with a D at least as large (one-sided; the observed one counted in).
    resamples, seed : int
        How many, and from which seed.
    """

    n: int
    events: int
    d: float
    d_low: float
    d_high: float
    gini: float
    gini_low: float
    gini_high: float
    d_chance: float
    d_chance_high: float
    gini_chance: float
    gini_chance_high: float
    p: float
    resamples: int
    seed: int


def concentration(frame: pd.DataFrame, *, seed: int, resamples: int = RESAMPLES) -> Concentration:
    """Return D and Gini of `expected.beside`, with intervals and beside chance.

    Raises
    ------
    AnalysisError
        If counts are no whole numbers (split events are shown without an interval), or there is no event.
    """
    rows = frame.sort_values("place").reset_index(drop=True)
    counts, presence = _whole(rows["observed"]), rows["presence"].to_numpy(float)
    total = int(counts.sum())
    intervals = {
        "d": _interval(counts, presence, dissimilarity, seed, resamples),
        "gini": _interval(counts, presence, gini, seed, resamples),
    }
    thrown = thrown_by_presence(total, presence, seed=seed, draws=resamples)
    far, uneven = dissimilarity(thrown, presence), gini(thrown, presence)
    d = float(dissimilarity(counts, presence))
    return Concentration(
        n=len(rows),
        events=total,
        d=d,
        d_low=intervals["d"][0],
        d_high=intervals["d"][1],
        gini=float(gini(counts, presence)),
        gini_low=intervals["gini"][0],
        gini_high=intervals["gini"][1],
        d_chance=float(far.mean()),
        d_chance_high=float(np.quantile(far, 0.95)),
        gini_chance=float(uneven.mean()),
        gini_chance_high=float(np.quantile(uneven, 0.95)),
        p=p_by_chance(d, far),
        resamples=resamples,
        seed=seed,
    )


def thrown_by_presence(count: int, presence: ArrayLike, *, seed: int, draws: int) -> NDArray[np.int64]:
    """Return ``draws`` rows of counts by place: ``count`` events thrown by the shares of presence."""
    return chance.multinomial(chance.generator(seed), count, _shares(presence), draws)


def p_by_chance(observed: float, thrown: NDArray[np.float64]) -> float:
    """Return the share of throws that reach the observed value, itself counted in (Phipson and Smyth 2010)."""
    return float((1 + np.count_nonzero(thrown >= observed - 1e-12)) / (1 + len(thrown)))


def _interval(
    counts: NDArray[np.int64],
    presence: NDArray[np.float64],
    statistic: object,
    seed: int,
    resamples: int,
) -> tuple[float, float]:
    """Return the basic bootstrap interval of a statistic over resampled events (`scipy.stats.bootstrap`).

    Not BCa: nearly all resamples lie above the estimate, so that its lower limit would be the smallest of them. What
    would lie below zero, which no value can, is zero.
    """
    places = np.repeat(np.arange(len(counts)), counts)

    def of_places(sample: NDArray[np.int64], axis: int = -1) -> NDArray[np.float64]:
        flat = np.moveaxis(np.asarray(sample, dtype=np.int64), axis, -1)
        block = flat.reshape(-1, flat.shape[-1])
        keyed = block + np.arange(len(block))[:, None] * len(counts)
        tally = np.bincount(keyed.ravel(), minlength=len(block) * len(counts))
        found = statistic(tally.reshape(len(block), len(counts)), presence)  # type: ignore[operator]
        return np.asarray(found).reshape(flat.shape[:-1])

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a degenerate sample gives NaN, which is handed on as such
        result = stats.bootstrap(
            (places,),
            of_places,
            n_resamples=resamples,
            batch=1000,
            vectorized=True,
            method="basic",
            rng=chance.generator(seed),
        )
    low, high = result.confidence_interval
    return max(0.0, float(low)), max(0.0, float(high))


def _shares(values: ArrayLike) -> NDArray[np.float64]:
    amounts = np.asarray(values, dtype=float)
    totals = amounts.sum(axis=-1, keepdims=True)
    if not (totals > 0).all() or (amounts < 0).any() or np.isnan(amounts).any():
        todo = "Leave out places without a figure."
        raise AnalysisError(compose("shares", "amounts of zero or more with a positive sum", "others", todo))
    return amounts / totals


def _ratio(a: NDArray[np.float64], p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a/p, infinite where there is activity without presence and zero where there is neither."""
    safe = np.where(p > 0, p, 1.0)
    return np.where(p > 0, a / safe, np.where(a > 0, np.inf, 0.0))


def _whole(values: pd.Series) -> NDArray[np.int64]:
    counts = values.to_numpy(float)
    if not np.array_equal(counts, np.round(counts)):
        todo = "Count events in full in each place (rule several_states.each)."
        raise AnalysisError(compose("interval over events", "whole counts", "parts of events", todo))
    return counts.astype(np.int64)
