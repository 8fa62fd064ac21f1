"""The tables as a reader had them on a day: which rows were in hand, and what says so.

Everything is told as of a *given* day, never today's, so that a page made twice is the same page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.data import catalog, vintages
from helpers.errors import CatalogError, compose, listed

PERIODS = ("year", "fiscal_year", "fiscal_year_from", "date_start", "date")
"""Columns that say when a row was so, the first that a table has."""

NOT_OBSERVED: Mapping[str, str] = {"sister_pairs": "date"}
"""Tables whose date is a fact about the row (the day a tie was made), not the day of an observation."""


@dataclass(frozen=True, eq=False)
class Holdings:
    """The tables with the rows that were in hand on a day: their frames, ``as_of`` (empty: no limit), and the day.

    ``day`` is what ages are told by: ``as_of``, or the newest day by which a row had been released; ``instead`` names
    the tables whose rows were chosen by another rule.
    """

    frames: Mapping[str, pd.DataFrame]
    as_of: str
    day: str
    instead: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Span:
    """What a table is about in time, and the columns that say so; empty where it is a list without a time."""

    period: str
    dated: bool


def in_hand(as_of: str = "", **instead: pd.DataFrame) -> Holdings:
    """Return every table, with the rows whose period a reader could have had on a day, in all vintages.

    Parameters
    ----------
    as_of
        ISO date; empty: everything. A table without a day of release counts the periods that were over, and
        a page that names its own day (``published``) from that day; an undated page was not in hand.
    instead
        Frames that stand in for tables: a register of one's own, or rows chosen by another rule.

    Raises
    ------
    CatalogError
        If ``instead`` names a table that does not exist.
    """
    unknown = [name for name in instead if name not in catalog.tables()]
    if unknown:
        raise CatalogError(
            compose(
                "data in hand", f"tables such as {listed(catalog.tables())}", listed(unknown), "Correct it."
            )
        )
    frames = {
        name: instead[name]
        if name in instead
        else known(vintages.known_by(catalog.load(name, vintage="all"), as_of), as_of)
        for name in catalog.tables()
    }
    return Holdings(frames, as_of, as_of or newest_release(frames), frozenset(instead))


def known(frame: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Return the rows of a table that were in hand on a day, by the best column that it has for that."""
    if not as_of or "released" in frame:
        return frame
    if "published" in frame:
        dated = frame["published"] != ""
        return frame[dated & (frame["published"].map(vintages.last_day) <= as_of)]
    column = span("", frame).period
    if column in ("date", "date_start"):
        return frame[frame[column] <= as_of]
    if not column:
        return frame
    return frame[frame[column].isna() | (frame[column].map(lambda year: end(column, year)) <= as_of)]


def until(frame: pd.DataFrame, as_of: str, *, own: bool = False) -> dict[str, str | int]:
    """Return the columns and their last entries that :func:`known` keeps to, for the trace of a count.

    Of rows that were chosen by another rule (``own``) only the days of events limit the count.
    """
    column = span("", frame).period
    if own:
        return {"date_start": as_of} if as_of and "date_start" in frame else {}
    if not as_of or "published" in frame or not (column or "released" in frame):
        return {}
    if "released" in frame or column in ("date", "date_start"):
        return {"released" if "released" in frame else column: as_of}
    year = int(as_of[:4])
    return {column: max(y for y in (year - 2, year - 1, year) if end(column, y) <= as_of)}


def pages(frame: pd.DataFrame) -> dict[str, list[str]]:
    """Return the days of the pages in hand, of a table that names them: a year counts from its end, so none is last."""
    return {"published": sorted(set(frame["published"]))} if "published" in frame else {}


def span(name: str, frame: pd.DataFrame) -> Span:
    """Return which column of a table says when a row was so."""
    column = next((c for c in PERIODS if c in frame and NOT_OBSERVED.get(name) != c), "")
    return Span(column, column in ("date", "date_start"))


def newest_release(frames: Mapping[str, pd.DataFrame]) -> str:
    """Return the newest day by which a row says that it had been released (an outer bound, where the day is not known).

    Raises
    ------
    CatalogError
        If no table says when it was released.
    """
    found = [str(frame["released"].max()) for frame in frames.values() if "released" in frame and len(frame)]
    if not found:
        raise CatalogError(
            compose("data in hand", "a table with days of release", "none", "Give the day as `as_of`.")
        )
    return max(found)


def end(column: str, year: float) -> str:
    """Return the last day of a calendar or of a Japanese fiscal year; "" for none."""
    if pd.isna(year):
        return ""
    return f"{int(year)}-12-31" if column == "year" else f"{int(year) + 1}-03-31"
