"""Who stands where: leagues, ranks with their band, and the distance to the neighbours.

The rules, in one place:

* **Competition ranking.** A rank is one more than the number of entities above, so two entities that share a
  value share the better rank and the next one is skipped (1, 2, 2, 4).
* **Tie.** Two values tie when the *published* values are exactly equal. Values are compared as given, never
  after a sum or a division, so no tie is made or broken by floating point.
* **Band.** Every entity has an interval: the published rounding or size range, or the value itself. The best
  rank is 1 + the number *certainly* above (their low end exceeds this one's high end); the worst is 1 + the
  number *possibly* above (their high end exceeds this one's low end). Intervals are closed: where two only
  touch, a tie is possible, and a tie costs neither its rank. Both ends of a band are attained by some reading
  of the intervals.
* **Hidden value.** An entity without a value (suppressed, or known only by a size letter) belongs to the
  universe, counts in everybody's band and gets no rank. If its whole interval lies above a published value,
  it stands above it, and the rank says so.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.errors import AnalysisError, compose, listed

ADDED = ("rank", "tied", "best", "worst", "of", "share")
"""Columns a league adds; columns of these names in the frame are replaced."""

ANYWHERE = (-np.inf, np.inf)
"""The interval of a hidden value about which nothing is known."""


@dataclass(frozen=True)
class Neighbour:
    """The next entity above or below.

    Attributes
    ----------
    entity, value
        Code and published value.
    gap : float
        Distance to the subject in the unit of the value, always positive.
    gap_share : float or None
        The gap as a fraction of the neighbour's value ("1.0% behind the United Kingdom"); None unless that
        value is positive.
    also : tuple of str
        Further entities with exactly the neighbour's value.
    """

    entity: str
    value: float
    gap: float
    gap_share: float | None
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """Where one entity stands in a league: the row of the league, with its neighbours.

    ``value``, ``share`` (a fraction) and ``rank`` are None where the value is hidden; the band is always
    there. ``above`` and ``below`` are the nearest published values that differ from the subject's;
    ``tied_with`` names the entities that share it.
    """

    subject: str
    value: float | None
    share: float | None
    rank: int | None
    tied: bool
    best: int
    worst: int
    of: int
    above: Neighbour | None
    below: Neighbour | None
    tied_with: tuple[str, ...] = ()


def league(
    frame: pd.DataFrame,
    *,
    value: str = "value",
    entity: str = "partner",
    low: str | None = None,
    high: str | None = None,
    exclude: Collection[str] = (),
    total: float | None = None,
    hidden: tuple[float, float] = ANYWHERE,
) -> pd.DataFrame:
    """Return the universe from the largest value down, with ranks and bands.

    Parameters
    ----------
    frame : DataFrame
        One row an entity, one period, one vintage, one unit.
    value, entity, low, high : str
        Columns. Without `low` and `high`, or where they are missing, a published value is taken as exact.
    exclude : collection of str
        Entities outside the universe: World, groups, residuals. Codes that do not occur do no harm.
    total : float, optional
        The whole for the shares, in the unit of the value (the published world total).
    hidden : (float, float)
        Bounds of a value with neither figure nor interval; (0, what the total leaves) where that is known.

    Returns
    -------
    DataFrame
        The frame's rows and columns, sorted by value descending and ties by entity (hidden ones last), with
        ``rank`` (Int64, missing where hidden), ``tied``, ``best``, ``worst``, ``of`` (size of the universe,
        hidden ones included) and ``share``: a fraction of `total`. Without a `total` the whole is the sum of
        the universe, and the share is missing where that sum is none: a value is hidden or negative.

    Raises
    ------
    AnalysisError
        For an absent column, text among the numbers, an empty universe, an entity that is missing or occurs
        twice, an interval that is upside down or leaves out its value, a total that is not positive.

    Examples
    --------
    >>> league(pd.DataFrame({"partner": ["GBR", "JPN"], "value": [126_000, 124_700]}))["rank"].tolist()
    [1, 2]
    """
    columns = [c for c in (entity, value, low, high) if c is not None]
    _require_columns(frame, columns)
    rows = frame[~frame[entity].isin(list(exclude))].reset_index(drop=True)
    _check_entities(rows[entity], entity)
    figures = _numbers(rows, value)
    lows = _bounds(rows, low, figures, hidden[0])
    highs = _bounds(rows, high, figures, hidden[1])
    wrong = (lows > highs) | (figures < lows) | (figures > highs)
    _require(
        not wrong.any(), "intervals", "low <= value <= high", f"otherwise for {listed(rows[entity][wrong])}"
    )

    known = ~np.isnan(figures)
    # A hidden value certainly above counts as its low end; one that is not certain counts for nobody's rank.
    standing_values = np.sort(np.where(known, figures, lows))
    above = len(rows) - np.searchsorted(standing_values, figures, side="right")
    out = rows.drop(columns=[c for c in ADDED if c in rows and c not in columns]).assign(
        rank=pd.array(np.where(known, above + 1.0, np.nan), dtype="Float64").astype("Int64"),
        tied=known & pd.Series(figures).duplicated(keep=False).to_numpy(),
        best=1 + len(rows) - np.searchsorted(np.sort(lows), highs, side="right"),
        worst=1 + len(rows) - np.searchsorted(np.sort(highs), lows, side="right") - (highs > lows),
        of=len(rows),
        share=figures / _whole(figures, total),
    )
    order = np.lexsort((rows[entity].astype(str).to_numpy(dtype=object), -figures))
    return out.iloc[order].reset_index(drop=True)


def standing(table: pd.DataFrame, subject: str, *, value: str = "value", entity: str = "partner") -> Standing:
    """Return where `subject` stands in a league, with its neighbours.

    Raises
    ------
    AnalysisError
        If the table is no league, is empty, names an entity twice, or does not hold the subject.
    """
    columns = [entity, value, *ADDED]
    _require_columns(table, columns)
    _check_entities(table[entity], entity)
    hits = table[table[entity] == subject]
    if hits.empty:
        universe = f"one of {len(table)} entities ({listed(table[entity])})"
        raise AnalysisError(
            compose(f"league by {entity}", universe, repr(subject), "Name an entity of the universe.")
        )
    row = hits.iloc[0]
    figures = pd.Series(table[value].to_numpy(dtype=float, na_value=np.nan), index=table.index)
    own = float(figures[hits.index[0]])
    peers = table.loc[(figures == own) & (table[entity] != subject), entity]
    return Standing(
        subject=subject,
        value=None if np.isnan(own) else own,
        share=None if pd.isna(row["share"]) else float(row["share"]),
        rank=None if pd.isna(row["rank"]) else int(row["rank"]),
        tied=bool(row["tied"]),
        best=int(row["best"]),
        worst=int(row["worst"]),
        of=int(row["of"]),
        above=_neighbour(table, entity, figures, own, figures[figures > own].min()),
        below=_neighbour(table, entity, figures, own, figures[figures < own].max()),
        tied_with=tuple(sorted(map(str, peers))),
    )


def _neighbour(
    table: pd.DataFrame, entity: str, figures: pd.Series, own: float, nearest: float
) -> Neighbour | None:
    if np.isnan(nearest):
        return None
    names = sorted(map(str, table.loc[figures == nearest, entity]))
    gap = abs(float(nearest) - own)
    share = gap / float(nearest) if nearest > 0 else None
    return Neighbour(names[0], float(nearest), gap, share, tuple(names[1:]))


def _numbers(rows: pd.DataFrame, column: str) -> np.ndarray:
    if not pd.api.types.is_numeric_dtype(rows[column]):
        kinds = sorted({type(v).__name__ for v in rows[column]})
        raise AnalysisError(
            compose(f"league, column {column}", "numbers", listed(kinds), "Keep markers in another column.")
        )
    return rows[column].to_numpy(dtype=float, na_value=np.nan)


def _bounds(rows: pd.DataFrame, column: str | None, figures: np.ndarray, unknown: float) -> np.ndarray:
    given = np.full(len(rows), np.nan) if column is None else _numbers(rows, column)
    given = np.where(np.isnan(given), figures, given)
    return np.where(np.isnan(given), unknown, given)


def _whole(figures: np.ndarray, total: float | None) -> float:
    if total is not None:
        _require(total > 0, "total", "a positive number", str(total))
        return float(total)
    whole = figures.sum()
    return whole if whole > 0 and (figures >= 0).all() else np.nan


def _check_entities(entities: pd.Series, name: str) -> None:
    _require(len(entities) > 0, "universe", "at least one entity", "none after the exclusions")
    _require(not entities.isna().any(), f"column {name}", "a code a row", f"{entities.isna().sum()} empty")
    twice = sorted(set(map(str, entities[entities.duplicated()])))
    _require(not twice, f"column {name}", "each entity once", f"more than one row for {listed(twice)}")


def _require_columns(frame: pd.DataFrame, columns: list[str]) -> None:
    absent = [c for c in columns if c not in frame]
    _require(not absent, "columns", listed(columns), f"a frame without {listed(absent)}")


def _require(holds: bool, what: str, expected: str, got: str) -> None:
    if not holds:
        todo = "Pass one row an entity, of one period, vintage and unit."
        raise AnalysisError(compose(f"league, {what}", expected, got, todo))
