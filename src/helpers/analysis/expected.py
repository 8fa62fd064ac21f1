"""Activity against presence, place by place: expected counts, O/E with exact limits, the funnel, shrinkage, the gap.

Expected events are E = (events counted in the places with a figure) x (the place's share of presence). So the sum of E
is the sum of O, and O/E is the share of activity over the share of presence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, special, stats

from helpers.analysis.counting import Counted
from helpers.analysis.presence import Presence, require
from helpers.errors import AnalysisError, compose

LEVELS = (0.95, 0.998)
"""Two-sided levels of the funnel's control limits (Spiegelhalter, *Statistics in Medicine* 24, 2005)."""

NO_SPREAD = 1e6
"""A gamma shape beyond which the places do not differ by more than chance."""


def beside(counted: Counted, presence: Presence) -> pd.DataFrame:
    """Return observed beside expected, one row a place with a figure of presence, in order of place.

    Returns
    -------
    DataFrame
        place, observed, presence, presence_share, activity_share, expected, ratio (O/E; missing where nothing is
        expected), gap (ln of the ratio; missing where nothing was observed or expected: zero has no logarithm,
        and none is added to it).

    Raises
    ------
    AnalysisError
        If the two are of different levels, the measure covers too few places, or no event is in them.
    """
    if counted.level != presence.level:
        todo = "Count both by state, or both by the same districts."
        raise AnalysisError(compose("activity beside presence", counted.level, presence.level, todo))
    require(presence)
    counts = counted.places.set_index("place")["events"]
    rows = presence.frame.sort_values("place").reset_index(drop=True)
    observed = rows["place"].map(counts).fillna(0)
    total = float(observed.sum())
    if not total > 0:
        raise AnalysisError(
            compose("activity beside presence", "at least one event", "none", "Say that there is none.")
        )
    frame = pd.DataFrame(
        {
            "place": rows["place"],
            "observed": observed,
            "presence": rows["presence"],
            "presence_share": rows["share"],
            "activity_share": observed / total,
            "expected": total * rows["share"],
        }
    )
    ratio = (frame["observed"] / frame["expected"]).where(frame["expected"] > 0)
    return frame.assign(ratio=ratio, gap=np.log(ratio.where(ratio > 0)))


def exact_limits(observed: ArrayLike, level: float = 0.95) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the exact limits of a Poisson mean for observed counts (Garwood, *Biometrika* 28, 1936).

    The central interval by the chi-square distribution, chi2(a/2; 2O)/2 to chi2(1 - a/2; 2O + 2)/2; from zero
    for a count of zero. It covers at least at its level, mostly above.
    """
    counts = np.asarray(observed, dtype=float)
    tail = (1 - level) / 2
    low = np.where(counts > 0, stats.chi2.ppf(tail, 2 * counts) / 2, 0.0)
    return low, stats.chi2.ppf(1 - tail, 2 * counts + 2) / 2


def ratios(frame: pd.DataFrame, level: float = 0.95) -> pd.DataFrame:
    """Return `beside` with exact limits of O/E and where each place lies in the funnel.

    Returns
    -------
    DataFrame
        Adds low, high (exact Poisson limits of O/E; missing where the count is no whole number, since a split
        count is not Poisson, or nothing is expected), and outside: ``above`` or ``below`` where the tail
        probability of the count is under half of 1 - 0.95, ``far_above`` or ``far_below`` for 0.998, else empty.
    """
    counts, expected = frame["observed"].to_numpy(float), frame["expected"].to_numpy(float)
    whole = (counts == np.round(counts)) & (expected > 0)
    low, high = exact_limits(counts, level)
    safe = np.where(expected > 0, expected, np.nan)
    upper = stats.poisson.sf(np.floor(counts) - 1, np.where(whole, safe, np.nan))
    lower = stats.poisson.cdf(np.floor(counts), np.where(whole, safe, np.nan))
    outside = np.full(len(frame), "", dtype=object)
    for mark, wanted in (("", LEVELS[0]), ("far_", LEVELS[1])):
        tail = (1 - wanted) / 2
        outside[upper < tail] = f"{mark}above"
        outside[lower < tail] = f"{mark}below"
    return frame.assign(
        low=np.where(whole, low / safe, np.nan),
        high=np.where(whole, high / safe, np.nan),
        outside=outside.astype(str),
    )


def funnel(
    smallest: float, largest: float, *, levels: Sequence[float] = LEVELS, points: int = 120
) -> pd.DataFrame:
    """Return the control limits of O/E around one, over expected counts from ``smallest`` to ``largest``.

    Exact Poisson limits, continued between whole counts by the incomplete gamma function (``scipy.special.gdtrib``),
    so that a whole count lies beyond the curve just where its exact tail probability is under half of 1 - level.

    Returns
    -------
    DataFrame
        level, expected, low, high (as ratios; low is zero where no count would be too few).
    """
    expected = np.geomspace(smallest, largest, points)
    parts = []
    for level in levels:
        tail = (1 - level) / 2
        low = np.where(np.exp(-expected) > tail, 0.0, special.gdtrib(1.0, 1 - tail, expected) - 1)
        high = special.gdtrib(1.0, tail, expected)
        parts.append(
            pd.DataFrame(
                {"level": level, "expected": expected, "low": low / expected, "high": high / expected}
            )
        )
    return pd.concat(parts, ignore_index=True)


@dataclass(frozen=True)
class Shrinkage:
    """The gamma-Poisson fit and each place's shrunken ratio.

    Attributes
    ----------
    shape, rate : float
        Of the gamma distribution of the true ratios (mean shape/rate, variance shape/rate squared); infinite
        where the places do not differ by more than chance.
    mean : float
        Of that distribution.
    loglike : float
        Of the marginal negative binomial at the fit.
    frame : DataFrame
        place, shrunk (posterior mean), shrunk_low, shrunk_high (central 95% of the posterior, which takes the fit
        for known), shrunk_gap (ln of shrunk; defined for every place).
    """

    shape: float
    rate: float
    mean: float
    loglike: float
    frame: pd.DataFrame = field(repr=False)

    @property
    def differ(self) -> bool:
        """Whether the places differ by more than chance."""
        return bool(np.isfinite(self.shape))


def shrink(frame: pd.DataFrame, level: float = 0.95, *, centre: float | None = 1.0) -> Shrinkage:
    """Return the empirical Bayes ratios of a gamma-Poisson model (Clayton and Kaldor, *Biometrics* 43, 1987).

    O is Poisson with mean E x ratio, the ratios are gamma distributed; shape and rate maximise the marginal negative
    binomial likelihood, and the posterior of a place is gamma(shape + O, rate + E).

    Parameters
    ----------
    frame
        place, observed, expected; places with nothing expected take no part in the fit; they get its mean, and more
        where something was observed after all.
    centre
        Mean of the gamma distribution. By default one, activity in proportion to presence: a small place about which
        little is known is drawn to that, and not to the mean of other small places' ratios, which a few capitals
        and islands can set at seven. None fits it as Clayton and Kaldor do.
    """
    rows = frame.sort_values("place").reset_index(drop=True)
    counts, expected = rows["observed"].to_numpy(float), rows["expected"].to_numpy(float)
    used = expected > 0
    shape, rate, loglike = _fit(counts[used], expected[used], centre)
    if np.isfinite(shape):
        after, by = shape + counts, rate + expected
        mean, tail = shape / rate, (1 - level) / 2
        values = after / by, stats.gamma.ppf(tail, after) / by, stats.gamma.ppf(1 - tail, after) / by
    else:
        mean = float(counts[used].sum() / expected[used].sum()) if centre is None else centre
        rate, values = float("inf"), (np.full(len(rows), mean),) * 3
    shrunk = pd.DataFrame(
        {"place": rows["place"], "shrunk": values[0], "shrunk_low": values[1], "shrunk_high": values[2]}
    )
    return Shrinkage(shape, rate, mean, loglike, shrunk.assign(shrunk_gap=np.log(shrunk["shrunk"])))


def _fit(
    counts: NDArray[np.float64], expected: NDArray[np.float64], centre: float | None
) -> tuple[float, float, float]:
    """Return shape, rate and log likelihood; an infinite shape where no spread beyond chance is found."""

    def loss(log_size: float, log_mean: float) -> float:
        size, mean = np.exp(log_size), np.exp(log_mean)
        terms = (
            special.gammaln(counts + size)
            - special.gammaln(size)
            - special.gammaln(counts + 1)
            - size * np.log1p(expected * mean / size)
            + special.xlogy(counts, expected * mean / (size + expected * mean))
        )
        return -float(terms.sum())

    middle = float(np.log(counts.sum() / expected.sum() if centre is None else centre))
    flat = special.xlogy(counts, expected * np.exp(middle)) - special.gammaln(counts + 1)
    chance = float((flat - expected * np.exp(middle)).sum())
    if centre is None:
        start = np.array([[0.0, middle], [0.5, middle], [0.0, middle + 0.5]])
        settings = {"xatol": 1e-10, "fatol": 1e-12, "maxiter": 4000, "initial_simplex": start}
        found = optimize.minimize(
            lambda at: loss(at[0], at[1]), start[0], method="Nelder-Mead", options=settings
        )
        log_size, log_mean, best = float(found.x[0]), float(found.x[1]), -float(found.fun)
    else:
        bounds = (-10.0, float(np.log(NO_SPREAD)))
        one = optimize.minimize_scalar(
            loss, bounds=bounds, args=(middle,), method="bounded", options={"xatol": 1e-10}
        )
        log_size, log_mean, best = float(one.x), middle, -float(one.fun)
    if np.exp(log_size) > 0.99 * NO_SPREAD or best < chance + 1e-6:
        return float("inf"), float("inf"), chance
    return float(np.exp(log_size)), float(np.exp(log_size - log_mean)), best
