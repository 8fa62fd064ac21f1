"""Confidential cells in a rank: what the table's own totals say about them, and not a step further.

A confidential cell is never 0 and never left out: it is some number that the publisher keeps. A size letter says
between which bounds it lies; ``(D)`` says nothing; and a published total limits both, because what the other parts
leave is all there can be. That much is needed to say which *ranks* are possible, and for nothing else.

What is done: for each total, a part is at most the total less the least that the other parts can be and, where the
parts listed make up the whole, at least the total less the most that they can be. Each total is used once, on the
figures as published; results are not fed back into the other totals. Working on to the narrowest bounds would undo
the protection that the publisher owes to single firms, and it would move few ranks.

What comes out: ranks and bands. The bounds stay in `bounds`, which nothing but `league` calls, and `league` gives
back the published columns only. A test holds every other module and every notebook to that.

What a band means here: it holds the rank of every table that agrees with what is published. Both of its ends are
attained where cells are bounded by letters and rounding alone (see `helpers.analysis.ranking`); where a total binds
several confidential cells at once, not all of them can be large together, and the band may be wider than need be.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.analysis import ranking
from helpers.errors import AnalysisError, compose, listed


@dataclass(frozen=True)
class Total:
    """A published total: the cell that holds it and the cells it is made of.

    Attributes
    ----------
    whole : Hashable
        Key of the total's own cell, which may itself be rounded or confidential.
    parts : tuple of Hashable
        Keys of its parts; none is counted twice.
    complete : bool
        Whether the parts are all there is. An incomplete list (the countries printed one by one under their
        region) bounds its parts from above only.
    """

    whole: Hashable
    parts: tuple[Hashable, ...]
    complete: bool = True


def league(
    cells: pd.DataFrame,
    totals: Sequence[Total],
    universe: Collection[Hashable],
    *,
    entity: str = "partner",
    value: str = "value",
    low: str = "low",
    high: str = "high",
    total: float | None = None,
) -> pd.DataFrame:
    """Return the universe ranked, with bands that know what the totals allow.

    Parameters
    ----------
    cells : DataFrame
        One row a cell, totals included, indexed by the keys that `totals` and `universe` name; a confidential
        cell has no value and, where a letter gives one, an interval in `low` and `high`.
    totals : sequence of Total
        Published sums over the cells. Counts only: nothing is below zero.
    universe : collection
        Keys of the cells that are ranked; `entity` is a column of theirs.
    total : float, optional
        The whole for the shares.

    Returns
    -------
    DataFrame
        As `helpers.analysis.ranking.league`, with the published `low` and `high`: what the totals say about a
        confidential cell is in its rank band and in nobody's row.

    Raises
    ------
    AnalysisError
        For a key that is no cell, and for cells that cannot add up to their totals.
    """
    lacking = [key for key in universe if key not in cells.index]
    _require(not lacking, "universe", "keys of the table", listed(lacking))
    reach = bounds(cells, totals, value=value, low=low, high=high)
    ranked = cells.loc[list(universe)]
    ranges = reach.loc[ranked.index]
    found = ranking.league(
        ranked.assign(**{low: ranges["low"], high: ranges["high"]}).reset_index(drop=True),
        value=value,
        entity=entity,
        low=low,
        high=high,
        total=total,
    )
    published = ranked.set_index(entity)[[low, high]].loc[found[entity]]
    return found.assign(**{low: published[low].to_numpy(), high: published[high].to_numpy()})


def bounds(
    cells: pd.DataFrame,
    totals: Sequence[Total],
    *,
    value: str = "value",
    low: str = "low",
    high: str = "high",
) -> pd.DataFrame:
    """Return the least and the most that each cell can be: for the ranking only, never to be shown.

    A published cell keeps its own interval: its value where it has none. Parameters as in `league`.

    Returns
    -------
    DataFrame
        ``low`` and ``high`` for every cell, with the index of `cells`; ``high`` may be infinite.

    Raises
    ------
    AnalysisError
        For keys that are no cells or occur twice, and for cells that cannot add up to their totals.
    """
    _require(cells.index.is_unique, "keys", "each cell once", "some twice")
    named = {key for one in totals for key in (one.whole, *one.parts)}
    lacking = sorted(map(str, named - set(cells.index)))
    _require(not lacking, "totals", "keys of the table", listed(lacking))
    figures = cells[value].to_numpy(dtype=float, na_value=np.nan)
    least = _filled(cells[low], figures, 0.0)
    most = _filled(cells[high], figures, np.inf)
    place = {key: n for n, key in enumerate(cells.index)}
    lows, highs = least.copy(), most.copy()
    for one in totals:
        whole, parts = place[one.whole], [place[key] for key in one.parts]
        _check(one, least[whole], most[whole], least[parts], most[parts])
        for part in parts:
            if np.isnan(figures[part]):
                others = [p for p in parts if p != part]
                highs[part] = min(highs[part], most[whole] - least[others].sum())
                if one.complete:
                    lows[part] = max(lows[part], least[whole] - most[others].sum())
    crossed = [str(key) for key, n in place.items() if lows[n] > highs[n]]
    _require(not crossed, "totals", "a value that fits them all", f"none for {listed(crossed)}")
    return pd.DataFrame({"low": lows, "high": highs}, index=cells.index)


def _filled(given: pd.Series, figures: np.ndarray, unknown: float) -> np.ndarray:
    known = given.to_numpy(dtype=float, na_value=np.nan)
    known = np.where(np.isnan(known), figures, known)
    return np.where(np.isnan(known), unknown, known)


def _check(one: Total, least: float, most: float, lows: np.ndarray, highs: np.ndarray) -> None:
    fits = lows.sum() <= most and (not one.complete or highs.sum() >= least)
    _require(fits, f"total {one.whole}", "parts that can add up to it", "parts that cannot")


def _require(holds: bool, what: str, expected: str, got: str) -> None:
    if not holds:
        todo = "Pass every cell of the table once, with the totals as they are published."
        raise AnalysisError(compose(f"confidential cells, {what}", expected, got, todo))
