"""Pick one vintage of each period: what a reader had in hand on a given day."""

from __future__ import annotations

import re

import pandas as pd

from helpers.errors import CatalogError, compose

DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def known_by(frame: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Return the rows whose period had first been published by ``as_of`` (ISO date; empty: all rows).

    A row that names no day of release was not known on any day; a table without such days is kept whole.

    Raises
    ------
    CatalogError
        If ``as_of`` is not an ISO date.
    """
    if not as_of:
        return frame
    if not DATE.fullmatch(as_of):
        raise CatalogError(compose("as_of", "an ISO date such as 2022-07-05", repr(as_of), "Correct it."))
    if "released" not in frame:
        return frame
    return frame[(frame["released"] != "") & (frame["released"] <= as_of)]


def last_day(vintage: str) -> str:
    """Return the last day a vintage label can mean, so that labels of a year, a month and a day compare.

    Examples
    --------
    >>> last_day("2022"), last_day("2022-07"), last_day("2022-07-05")
    ('2022-12-31', '2022-07-31', '2022-07-05')
    """
    return vintage + "-12-31"[len(vintage) - 4 :]


def preferred(frame: pd.DataFrame, per: tuple[str, ...], as_of: str = "") -> pd.DataFrame:
    """Return the rows of one vintage for each combination of the columns ``per``.

    It is the newest vintage that was in hand on ``as_of`` (empty: the newest of all). Where none is that
    old, the oldest in the table stands in; the column ``vintage`` tells. A vintage with fewer than half the
    rows of the fullest one of its period quotes single revised figures and is passed over: a rank needs the
    other countries.
    """
    if not per or frame.empty or (frame["vintage"] == frame["vintage"].iloc[0]).all():
        return frame
    keys = list(per)
    sizes = frame.groupby([*keys, "vintage"], as_index=False).size()
    full = sizes["size"] * 2 >= sizes.groupby(keys)["size"].transform("max")
    choice = sizes[full].copy()
    late = choice["vintage"].map(last_day) > as_of if as_of else pd.Series(False, index=choice.index)
    choice["order"] = choice["vintage"].where(~late, "")
    picked = choice.sort_values([*keys, "order", "vintage"], ascending=[True] * len(keys) + [False, True])
    picked = picked.drop_duplicates(keys)[[*keys, "vintage"]]
    wanted = pd.MultiIndex.from_frame(picked)
    return frame[pd.MultiIndex.from_frame(frame[[*keys, "vintage"]]).isin(wanted)]


def every(frame: pd.DataFrame, per: tuple[str, ...], as_of: str = "") -> pd.DataFrame:
    """Return the rows of every vintage that was in hand on ``as_of`` (empty: all rows).

    Of a combination of the columns ``per`` that had none on that day, the vintage stays that :func:`preferred` lets
    stand in.
    """
    if not as_of or not per or frame.empty:
        return frame
    known = frame["vintage"].map(last_day) <= as_of
    return frame[known | frame.index.isin(preferred(frame, per, as_of).index)]
