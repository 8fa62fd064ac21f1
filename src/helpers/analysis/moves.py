"""How the subject's rank moves between two states of a table: nationally, and in every state."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.analysis import investment, jobs, ranking
from helpers.analysis.reading import WORLD


@dataclass(frozen=True)
class Place:
    """A rank as one state of a table gives it.

    ``rank`` is None where the subject's cell is suppressed; ``of`` is None where the rank is the source's own,
    printed beside figures of a few countries.
    """

    year: int
    rank: int | None
    best: int
    worst: int
    of: int | None


@dataclass(frozen=True)
class Move:
    """Where a rank was and is: ``at`` names flow, basis or state; None where the subject had or has no row."""

    at: tuple[str, ...]
    before: Place | None
    after: Place | None


def moves(
    before: pd.DataFrame,
    after: pd.DataFrame,
    subject: str,
    *,
    value: str,
    by: Sequence[str] = (),
    groups: Collection[str] = (),
) -> list[Move]:
    """Return every rank of `subject` that is another one after a change of the table.

    In each league (a combination of the columns `by`) the newest year of before stands against the newest year of
    after; then each earlier year that both have. Bands are those of the pages: positions as of
    :func:`helpers.analysis.investment.reading`, jobs as of :func:`helpers.analysis.jobs.reading`.

    Parameters
    ----------
    before, after
        One vintage a period: year, partner, the columns `by` and `value`, and, where there are any, low and high.
    groups
        Partners that are never ranked; the world, which never is either, bounds what is suppressed.
    """
    old, new = (_leagues(frame, subject, list(by), groups) for frame in (before, after))
    found = []
    for at in sorted({*(key[:-1] for key in old), *(key[:-1] for key in new)}):
        last = [max((key[-1] for key in side if key[:-1] == at), default=None) for side in (old, new)]
        pairs = [(last[0], last[1])]
        pairs += sorted(
            (key[-1], key[-1])
            for key in old
            if key[:-1] == at and key in new and key[-1] not in {last[1]} and not old[key].equals(new[key])
        )
        for first, second in pairs:
            one = _place(old.get((*at, first)), subject, value, first)
            two = _place(new.get((*at, second)), subject, value, second)
            if _moved(one, two):
                found.append(Move(tuple(map(str, at)), one, two))
    return found


def _leagues(
    frame: pd.DataFrame, subject: str, by: list[str], groups: Collection[str]
) -> dict[tuple[Any, ...], pd.DataFrame]:
    """Return the leagues that hold the subject, by the columns `by` and the year."""
    rows = frame[~frame["partner"].isin(set(groups) - {WORLD})]
    keys = [*by, "year"]
    held = rows.loc[rows["partner"] == subject, keys].drop_duplicates()
    found = {}
    for key, group in rows.merge(held, on=keys).groupby(keys):
        columns = [c for c in group if c not in ("released", "source", "vintage", "note_en", "note_ja")]
        found[tuple(key)] = group[columns].sort_values("partner").reset_index(drop=True)
    return found


def _place(rows: pd.DataFrame | None, subject: str, value: str, year: object) -> Place | None:
    if rows is None:
        return None
    found = ranking.standing(_league(rows, value), subject, value=value)
    own = rows.loc[rows["partner"] == subject]
    if "rank_printed" in own and own["rank_printed"].notna().any():
        rank = int(own["rank_printed"].iloc[0])
        return Place(int(str(year)), rank, rank, rank, None)
    return Place(int(str(year)), found.rank, found.best, found.worst, found.of)


def _league(rows: pd.DataFrame, value: str) -> pd.DataFrame:
    """Return the countries of one league and year, ranked as on the page of the table."""
    if {"basis", "rounding_musd"} <= set(rows):
        return investment.ranked(rows)
    if {"low", "high"} <= set(rows):
        return jobs.ranked(rows)
    return ranking.league(rows[rows["partner"] != WORLD], value=value)


def _moved(one: Place | None, two: Place | None) -> bool:
    if one is None or two is None:
        return one is not two
    return one.rank != two.rank or (one.rank is None and (one.best, one.worst) != (two.best, two.worst))
