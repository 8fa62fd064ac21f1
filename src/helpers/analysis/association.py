"""Association of two measures over few places: Spearman's rho with a p and an interval that few places allow.

* **rho** is computed from doubled ranks, which are whole numbers (ties share the mean rank), so that it is the same
  to the last bit on every machine.
* **p** is by permutation (`scipy.stats.permutation_test`, pairings; exact where all orders can be tried), two-sided:
  twice the smaller tail. SciPy's default p (a t distribution) is good only above some 500 observations and is
  never used.
* **Interval**: BCa over resampled places (`scipy.stats.bootstrap`).
* **Leave one out**: rho without each place in turn.
* **Partial**: the correlation of what is left of the two ranks once the ranks of the controls are taken out by least
  squares; its p permutes what is left of one of them against what is left of the other, without taking the controls
  out again (Kennedy 1995, *Journal of Business and Economic Statistics* 13; approximate, with few places too small).
* **Grid**: Holm's adjustment over all measures tried (`statsmodels`).

None of it says what brings what about: activity is aimed at places with presence, and both follow size.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from helpers.analysis import chance
from helpers.errors import AnalysisError, compose, listed

RESAMPLES = 9999
"""Permutations, and bootstrap resamples, of a page."""
FEWEST = 4
"""Places below which no association is computed."""


@dataclass(frozen=True)
class Association:
    """Spearman's rho of two measures over places, with all that is needed to read it.

    Attributes
    ----------
    n : int
        Places with both figures.
    rho, p : float
        With its two-sided permutation p; ``exact`` where all orders were tried.
    low, high : float or None
        95% BCa interval; None where it does not exist (all resamples alike).
    detectable : float
        Smallest rho that n places find with power 0.8 at level 0.05 (`smallest_detectable`).
    left_out : DataFrame
        place, rho (without it), change (that less rho), the largest change first.
    controls : tuple of str
    partial, partial_p : float or None
        Rank-based partial correlation given the controls, with its p; None without controls.
    resamples, seed : int
    """

    n: int
    rho: float
    p: float
    exact: bool
    low: float | None
    high: float | None
    detectable: float
    left_out: pd.DataFrame = field(repr=False)
    controls: tuple[str, ...] = ()
    partial: float | None = None
    partial_p: float | None = None
    resamples: int = RESAMPLES
    seed: int = chance.SEED

    @property
    def moves_most(self) -> str:
        """The place without which rho differs most."""
        return str(self.left_out["place"].iloc[0])


def associate(
    frame: pd.DataFrame,
    x: str,
    y: str,
    *,
    seed: int,
    controls: Sequence[str] = (),
    resamples: int = RESAMPLES,
) -> Association:
    """Return the association of two columns over places.

    Parameters
    ----------
    frame
        ``place``, ``x``, ``y`` and the controls; rows with a gap in any of them take no part.
    seed
        Of the permutations and resamples (pages pass `chance.SEED`).
    controls
        Columns to hold constant in the partial correlation (population).

    Raises
    ------
    AnalysisError
        With fewer than four places, a place twice, or a measure that is the same everywhere.
    """
    rows = frame[["place", x, y, *controls]].dropna().sort_values("place").reset_index(drop=True)
    _check(rows, [x, y, *controls])
    a, b = doubled_ranks(rows[x]), doubled_ranks(rows[y])
    rho = _rho(a, b)
    tested = _permuted(a, b, seed, resamples)
    low, high = _interval(rows[x].to_numpy(float), rows[y].to_numpy(float), seed, resamples)
    left = rows["place"].map(lambda place: spearman(rows[rows["place"] != place], x, y))
    left_out = pd.DataFrame({"place": rows["place"], "rho": left, "change": left - rho})
    size = left_out["change"].abs().round(12)
    order = left_out.assign(size=size).sort_values(["size", "place"], ascending=[False, True])
    partial, partial_p = _partial(rows, x, y, controls, seed, resamples)
    return Association(
        n=len(rows),
        rho=rho,
        p=tested,
        exact=math.factorial(len(rows)) <= resamples,
        low=low,
        high=high,
        detectable=smallest_detectable(len(rows)),
        left_out=order.drop(columns="size").reset_index(drop=True),
        controls=tuple(controls),
        partial=partial,
        partial_p=partial_p,
        resamples=resamples,
        seed=seed,
    )


def spearman(frame: pd.DataFrame, x: str, y: str) -> float:
    """Return Spearman's rho of two columns (missing where one is the same everywhere)."""
    return _rho(doubled_ranks(frame[x]), doubled_ranks(frame[y]))


def smallest_detectable(n: int, *, power: float = 0.8, level: float = 0.05) -> float:
    """Return the smallest correlation that n places find, by Fisher's z.

    atanh(rho) has a standard error of about 1/sqrt(n - 3), so rho = tanh((z[1 - level/2] + z[power]) / sqrt(n - 3)).
    The standard error is Pearson's; of ranks it is some 3% larger (Fieller, Hartley and Pearson 1957: variance
    1.06/(n - 3)), so that the figure is a floor.

    Examples
    --------
    >>> round(smallest_detectable(51), 2), round(smallest_detectable(17), 2), round(smallest_detectable(14), 2)
    (0.38, 0.63, 0.69)
    """
    if n < FEWEST:
        raise AnalysisError(
            compose("smallest detectable rho", "four places or more", str(n), "Show the places.")
        )
    wanted = stats.norm.ppf(1 - level / 2) + stats.norm.ppf(power)
    return float(np.tanh(wanted / np.sqrt(n - 3)))


def holm(found: Mapping[str, Association], level: float = 0.05) -> pd.DataFrame:
    """Return a grid of associations with Holm's adjusted p, in the order given.

    Returns
    -------
    DataFrame
        measure, n, rho, low, high, p, p_holm, rejected (adjusted p at most ``level``), partial, partial_p, detectable,
        left_low, left_high (the smallest and the largest rho without any one place).
    """
    from statsmodels.stats.multitest import multipletests

    columns = ["n", "rho", "low", "high", "p", "partial", "partial_p", "detectable"]
    rows = [
        {"measure": key, **{c: getattr(one, c) for c in columns}}
        | {"left_low": one.left_out["rho"].min(), "left_high": one.left_out["rho"].max()}
        for key, one in found.items()
    ]
    frame = pd.DataFrame(rows, columns=["measure", *columns, "left_low", "left_high"])
    if frame.empty:
        return frame.assign(p_holm=[], rejected=[])
    rejected, adjusted = multipletests(frame["p"].to_numpy(float), alpha=level, method="holm")[:2]
    return frame.assign(p_holm=adjusted, rejected=rejected)


def doubled_ranks(values: pd.Series) -> NDArray[np.float64]:
    """Return twice the mean ranks less their mean, as whole numbers (1, 2, 2, 4 gives -3, 0, 0, 3)."""
    return np.rint(2 * stats.rankdata(values.to_numpy(float)) - (len(values) + 1))


def _rho(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    scale = math.sqrt(float(a @ a) * float(b @ b))
    return float(a @ b) / scale if scale else float("nan")


def _permuted(a: NDArray[np.float64], b: NDArray[np.float64], seed: int, resamples: int) -> float:
    """Return the two-sided permutation p of the sum of products, which orders pairings as rho does."""
    result = stats.permutation_test(
        (a,),
        lambda moved, axis: (moved * b).sum(axis=axis),
        permutation_type="pairings",
        vectorized=True,
        n_resamples=resamples,
        alternative="two-sided",
        rng=chance.generator(seed),
    )
    return float(result.pvalue)


def _interval(
    x: NDArray[np.float64], y: NDArray[np.float64], seed: int, resamples: int
) -> tuple[float | None, float | None]:
    def rho_of(u: NDArray[np.float64], v: NDArray[np.float64], axis: int = -1) -> NDArray[np.float64]:
        n = u.shape[axis]
        a = np.rint(2 * stats.rankdata(u, axis=axis) - (n + 1))
        b = np.rint(2 * stats.rankdata(v, axis=axis) - (n + 1))
        scale = np.sqrt((a * a).sum(axis=axis) * (b * b).sum(axis=axis))
        safe = np.where(scale > 0, scale, 1.0)
        return np.where(scale > 0, (a * b).sum(axis=axis) / safe, 0.0)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SciPy warns where the interval does not exist; None says it
        result = stats.bootstrap(
            (x, y),
            rho_of,
            paired=True,
            vectorized=True,
            n_resamples=resamples,
            batch=2000,
            method="BCa",
            rng=chance.generator(seed),
        )
    edges = result.confidence_interval
    low, high = float(edges.low), float(edges.high)
    return (None, None) if math.isnan(low) or math.isnan(high) else (low, high)


def _partial(
    rows: pd.DataFrame, x: str, y: str, controls: Sequence[str], seed: int, resamples: int
) -> tuple[float | None, float | None]:
    if not controls:
        return None, None
    if len(rows) < FEWEST + len(controls):
        todo = "Drop a control."
        raise AnalysisError(compose("partial correlation", "more places", str(len(rows)), todo))
    held = np.column_stack([doubled_ranks(rows[c]) for c in controls])
    left = [
        values - held @ np.linalg.lstsq(held, values, rcond=None)[0]
        for values in (doubled_ranks(rows[x]), doubled_ranks(rows[y]))
    ]
    if min(float(one @ one) for one in left) < 1e-6:
        return None, None
    return _rho(left[0], left[1]), _permuted(left[0], left[1], seed, resamples)


def _check(rows: pd.DataFrame, columns: list[str]) -> None:
    where = f"association of {columns[0]} and {columns[1]}"
    if len(rows) < FEWEST:
        todo = "Choose a measure with more figures."
        raise AnalysisError(compose(where, f"{FEWEST} places or more with all figures", str(len(rows)), todo))
    twice = sorted(set(rows.loc[rows["place"].duplicated(), "place"]))
    if twice:
        raise AnalysisError(compose(where, "each place once", f"again {listed(twice)}", "Pass one row each."))
    flat = [c for c in columns if rows[c].nunique() < 2]
    if flat:
        todo = "Leave it out: what does not vary has no rank."
        raise AnalysisError(compose(where, "figures that vary", f"one value in {listed(flat)}", todo))
