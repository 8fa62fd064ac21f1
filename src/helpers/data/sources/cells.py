"""Read the cells of a publisher's table: numbers with commas, markers of suppression, size letters."""

from __future__ import annotations

import math
import re

import pandas as pd

from helpers.data.sources.answer import SourceError
from helpers.errors import compose, listed

NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?")
SIZES: dict[str, tuple[float, float]] = {
    "A": (1, 499),
    "F": (500, 999),
    "G": (1_000, 2_499),
    "H": (2_500, 4_999),
    "I": (5_000, 9_999),
    "J": (10_000, 24_999),
    "K": (25_000, 49_999),
    "L": (50_000, 99_999),
    "M": (100_000, math.nan),
}
"""Size letters of BEA employment cells, in persons; the last has no upper bound."""

CONFIDENTIAL = "(D)"
SMALL = "(*)"
ABSENT = "--"
SPELLINGS = {"(D)": CONFIDENTIAL, "(/D/)": CONFIDENTIAL, "D": CONFIDENTIAL, "(*)": SMALL, "--": ABSENT}
"""Markers as they occur, and the one spelling our tables keep."""

BAND = 50
"""BEA prints jobs in thousands with one decimal: the true number lies within 50 persons."""


def number(text: str) -> float:
    """Return a printed number without its commas; NaN if the text is none (``1,23`` is none).

    Examples
    --------
    >>> number("7,862.2")
    7862.2
    """
    plain = text.strip()
    if not any(map(str.isdigit, plain)) or not NUMBER.fullmatch(plain):
        return math.nan
    return float(plain.replace(",", ""))


def whole(values: pd.Series, where: str) -> pd.Series:
    """Return amounts without decimals as int64; commas are taken out, anything else is an error."""
    plain = values.astype(str).str.strip()
    right = plain.str.fullmatch(r"\d{1,3}(,\d{3})+|\d+")
    if not right.all():
        _refuse(where, "whole numbers", plain[~right])
    return plain.str.replace(",", "", regex=False).astype("int64")


def jobs(values: pd.Series, where: str) -> pd.DataFrame:
    """Return thousands of employees as persons: columns value, low, high (float64) and flag (text).

    A number is rounded to 100, so low and high stand 50 below and above it, and never below zero; a printed
    zero is zero. ``(*)`` is fewer than 50, ``(D)`` has no bounds, a size letter has those of its class.
    A marker's value is NaN.
    """
    cells = _split(values, {*SIZES, CONFIDENTIAL, SMALL, ABSENT}, where, decimals=2)
    value = (cells["number"] * 1000).round()
    if (value < 0).any():
        _refuse(where, "no negative number of employees", values[value < 0])
    low, high = (value - BAND).clip(lower=0), value + BAND
    low[value == 0], high[value == 0] = 0.0, 0.0
    for flag, (least, most) in {**SIZES, SMALL: (0, BAND - 1)}.items():
        low[cells["flag"] == flag], high[cells["flag"] == flag] = least, most
    return pd.DataFrame({"value": value, "low": low, "high": high, "flag": cells["flag"]})


def money(values: pd.Series, where: str) -> pd.DataFrame:
    """Return whole amounts in the unit they are printed in: columns value (float64, NaN where a flag is) and flag."""
    cells = _split(values, {CONFIDENTIAL, SMALL, ABSENT}, where, decimals=0)
    return pd.DataFrame({"value": cells["number"], "flag": cells["flag"]})


def _split(values: pd.Series, known: set[str], where: str, *, decimals: int) -> pd.DataFrame:
    """Return number and flag of each cell; more decimals than are printed may be thousands set off by a point."""
    text = values.astype(str).str.strip()
    numbers = text.map(number).astype("float64")
    flags = text.where(numbers.isna(), "").map(lambda mark: SPELLINGS.get(mark, mark))
    wrong = numbers.isna() & ~flags.isin(known)
    if wrong.any():
        _refuse(where, f"numbers or one of {', '.join(sorted(known))}", text[wrong])
    finer = numbers.notna() & text.str.fullmatch(rf"[^.]*\.\d{{{decimals + 1},}}")
    if finer.any():
        _refuse(where, f"numbers with at most {decimals} decimals", text[finer])
    return pd.DataFrame({"number": numbers, "flag": flags.astype("str")})


def _refuse(where: str, expected: str, got: pd.Series) -> None:
    raise SourceError(
        compose(
            where, expected, listed(got.drop_duplicates()), "Nothing was read; tell us of this form of cell."
        )
    )
