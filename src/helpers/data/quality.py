"""What is in ``data/``: which years each table covers, how old it is, and which of its cells hold no number."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping

import pandas as pd

from helpers.data import catalog
from helpers.data.holdings import Holdings, Span, end, pages, span, until

NUMBERS = ("value", "value_musd", "value_usd", "value_busd", "participants")
"""Columns that hold the figure of a row, the first that a table has."""

PARTS: Mapping[str, str] = {"fdi_position": "basis"}
"""Tables that hold series which are never joined, and the column that tells them apart."""

TOGETHER: Mapping[str, str] = {"goods_trade_monthly": "goods_trade"}
"""Tables by month to the table by year whose figures come out with those of December."""

MARKERS: Mapping[str, str] = {"(D)": "confidential", "(*)": "small"}
"""Marker to its kind; letters and intervals of size are a kind of their own, all others (``*``, not available, among
them) are ``other``."""

KINDS = ("confidential", "small", "size", "other", "unmarked")
"""Why a cell holds no number; ``unmarked``: the source prints none and says nothing."""

SIZE = r"[A-M]|<\d+|\d+-\d+"
"""Letters and intervals that stand for a size."""


def coverage(held: Holdings) -> pd.DataFrame:
    """Return how many rows each table has a year.

    Returns
    -------
    DataFrame
        table, part (of a table whose series are never joined, else ""), year (of a fiscal year its first calendar
        year), rows (of the fullest edition, where editions of a figure overlap), share (of the fullest year, 0 to
        1), where (column to the values that the counted rows have); only years with a row, and only tables that are
        about years.
    """
    found: list[dict[str, object]] = []
    for name, frame in held.frames.items():
        for part, rows in frame.groupby(PARTS[name]) if name in PARTS else [("", frame)]:
            found += _by_year(name, str(part), rows)
    return pd.DataFrame(found, columns=["table", "part", "year", "rows", "share", "where"])


def ages(held: Holdings, partner: str = "") -> pd.DataFrame:
    """Return how old each table's newest figure is on a day.

    Parameters
    ----------
    held
        See :func:`helpers.data.holdings.in_hand`.
    partner
        ISO3 code of a partner whose newest figure is told too.

    Returns
    -------
    DataFrame
        table, rows; until (columns and their last entries that limit the rows to ``as_of``); pages (days of the pages
        in hand, where a table names them); column (that tells the time); first and newest (its first and last
        entry, as text: a year or a day); released (newest day by which a row had been published, or ""); bound
        (whether only the end of its month is known); vintage (newest of its editions, or that of its description);
        end (last day of the newest period) and months (whole months from then to the day, at least 0); own (the
        newest entry with a figure or a rank of the partner, "" where there is none). A list without
        a time has "" and NaN.
    """
    records = []
    for name, frame in held.frames.items():
        column = span(name, frame).period
        times = frame[column][frame[column].notna() & (frame[column].astype(str) != "")] if column else None
        first, newest = ("", "") if times is None or times.empty else (_text(times.min()), _text(times.max()))
        last = _ended(frame, column, newest)
        records.append(
            {
                "table": name,
                "rows": len(frame),
                "until": until(frame, held.as_of, own=name in held.instead),
                "pages": _withheld(held, name) or (pages(frame) if held.as_of else {}),
                "own": _own(frame, column, partner),
                "column": column,
                "first": first,
                "newest": newest,
                "released": (released := _released(held, name, newest, last)),
                "bound": _bound(released),
                "vintage": _edition(name, frame),
                "end": last,
                "months": months_between(last, held.day) if last else float("nan"),
            }
        )
    return pd.DataFrame(records)


def gaps(held: Holdings) -> pd.DataFrame:
    """Return how many cells of each table's figure hold no number, and why.

    Returns
    -------
    DataFrame
        table, column, cells, missing, and of these: confidential, small, size, other, unmarked; flags (kind to its
        markers, empty for a table without markers). Only tables with a column of figures.
    """
    records = []
    for name, frame in held.frames.items():
        column = next((c for c in NUMBERS if c in frame), "")
        if not column or not pd.api.types.is_numeric_dtype(frame[column]):
            continue
        lacking = frame[frame[column].isna()]
        kinds = lacking["flag"].map(kind) if "flag" in frame else pd.Series("unmarked", index=lacking.index)
        found = kinds.value_counts()
        flags = {k: sorted(set(lacking.loc[kinds == k, "flag"])) for k in KINDS} if "flag" in frame else {}
        records.append(
            {"table": name, "column": column, "cells": len(frame), "missing": len(lacking)}
            | {k: int(found.get(k, 0)) for k in KINDS}
            | {"flags": flags}
        )
    return pd.DataFrame(records, columns=["table", "column", "cells", "missing", *KINDS, "flags"])


def kind(flag: str) -> str:
    """Return why a cell without a number holds none, by its marker.

    Examples
    --------
    >>> kind("(D)"), kind("(*)"), kind("F"), kind("2500-4999"), kind("N/A*"), kind("")
    ('confidential', 'small', 'size', 'size', 'other', 'unmarked')
    """
    if not flag:
        return "unmarked"
    if flag in MARKERS:
        return MARKERS[flag]
    return "size" if pd.Series([flag]).str.fullmatch(SIZE).item() else "other"


def months_between(earlier: str, later: str) -> int:
    """Return the whole months from one ISO date to another (two ends of months are whole); 0 where the first is later.

    Examples
    --------
    >>> months_between("2021-12-31", "2022-07-05"), months_between("2024-02-29", "2024-03-28")
    (6, 0)
    """
    a, b = dt.date.fromisoformat(earlier), dt.date.fromisoformat(later)
    last = b.day == calendar.monthrange(b.year, b.month)[1]
    return max(0, 12 * (b.year - a.year) + b.month - a.month - (b.day < a.day and not last))


def _withheld(held: Holdings, name: str) -> dict[str, list[str]]:
    """Return the condition that no row meets, of a table whose rows are left out by another rule than a day."""
    frame = held.frames[name]
    whole = name in held.instead and held.as_of and frame.empty and "date_start" not in frame
    return {str(frame.columns[0]): []} if whole else {}


def _years(of: Span, frame: pd.DataFrame) -> pd.Series:
    if not of.period:
        return pd.Series(dtype="int64")
    rows = frame
    if of.period == "fiscal_year_from":  # a running total is not a figure of its first year
        rows = frame[frame["fiscal_year_from"] == frame["fiscal_year_to"]]
    times = rows[of.period]
    if of.dated:
        return times[times != ""].str[:4].astype("int64")
    return times.dropna().astype("int64")


def _by_year(name: str, part: str, rows: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows of one series a year; of editions that overlap the fullest, of equal ones the newest."""
    of, years = span(name, rows), _years(span(name, rows), rows)
    of_vintage = bool(catalog.describe(name).one_vintage_per) and "vintage" in rows
    editions = rows.loc[years.index, "vintage"] if of_vintage else pd.Series("", index=years.index)
    counts = pd.DataFrame({"year": years, "vintage": editions}).value_counts().rename("rows").reset_index()
    chosen = counts.sort_values(["year", "rows", "vintage"]).drop_duplicates("year", keep="last")
    return [
        {
            "table": name,
            "part": part,
            "year": int(r["year"]),
            "rows": int(r["rows"]),
            "share": r["rows"] / chosen["rows"].max(),
            "where": {
                **_where(of, rows.loc[years[years == r["year"]].index], int(r["year"])),
                **({PARTS[name]: part} if part else {}),
                **({"vintage": str(r["vintage"])} if of_vintage else {}),
            },
        }
        for r in chosen.to_dict("records")
    ]


def _where(of: Span, rows: pd.DataFrame, year: int) -> dict[str, object]:
    if of.dated:
        return {of.period: sorted(set(rows[of.period]))}
    own: dict[str, object] = {of.period: year}
    return own | ({"fiscal_year_to": year} if of.period == "fiscal_year_from" else {})


def _ended(frame: pd.DataFrame, column: str, newest: str) -> str:
    """Return the last day of the newest period: of a day, a month or a year; months count where there are any."""
    if not newest:
        return ""
    if column in ("date", "date_start"):
        year, month, *day = (int(part) for part in (newest if len(newest) > 4 else f"{newest}-12").split("-"))
        return newest if day else f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]}"
    if column == "year" and "month" in frame:
        month = int(frame.loc[frame["year"] == int(newest), "month"].max())
        return f"{newest}-{month:02d}-{calendar.monthrange(int(newest), month)[1]}"
    if column == "year" and "months" in frame:
        month = int(frame.loc[frame["year"] == int(newest), "months"].max())
        return f"{newest}-{month:02d}-{calendar.monthrange(int(newest), month)[1]}"
    return end(column, int(newest))


def _released(held: Holdings, name: str, newest: str, last: str) -> str:
    """Return the newest day by which a row had been published, "" for none.

    Of months that end with a year the day is that of the year: both came out together.
    """
    frame, whole = held.frames[name], held.frames.get(TOGETHER.get(name, ""))
    if "released" not in frame or not len(frame):
        return ""
    if whole is not None and last.endswith("-12-31"):
        year = whole[(whole["year"] == int(newest)) & (whole["released"] != "")]
        if len(year):
            return min(str(frame["released"].max()), str(year["released"].max()))
    return str(frame["released"].max())


def _bound(day: str) -> bool:
    """Return whether a day of release is told as the end of a month: the day by which, not the day on which."""
    if not day:
        return False
    date = dt.date.fromisoformat(day)
    return date.day == calendar.monthrange(date.year, date.month)[1]


def _own(frame: pd.DataFrame, column: str, partner: str) -> str:
    figure = next((c for c in NUMBERS if c in frame), "")
    if not (partner and column and figure and "partner" in frame):
        return ""
    told = frame[figure].notna() | (frame["rank"].notna() if "rank" in frame else False)
    times = frame.loc[(frame["partner"] == partner) & told, column].dropna()
    return _text(times.max()) if len(times) else ""


def _edition(name: str, frame: pd.DataFrame) -> str:
    if "vintage" in frame and len(frame):
        return str(frame["vintage"].max())  # labels sort as text, as for the edition that is preferred
    return catalog.describe(name).vintage


def _text(value: object) -> str:
    return value if isinstance(value, str) else str(int(float(str(value))))
