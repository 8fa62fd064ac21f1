"""Days, months, years and Japanese fiscal years in words, and ranges of them."""

from __future__ import annotations

import datetime as dt
import re

from helpers import fiscal
from helpers.display.words import say
from helpers.errors import AnalysisError, compose

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def date(day: dt.date | str, lang: str) -> str:
    """Return a day, given as a date or an ISO string: ``2 November 2021`` · ``2021年11月2日``."""
    d = _day(day)
    return say(lang, f"{d.day} {_MONTHS[d.month - 1]} {d.year}", f"{d.year}年{d.month}月{d.day}日")


def date_range(first: dt.date | str, last: dt.date | str, lang: str) -> str:
    """Return the days from `first` to `last`, saying month and year once where they are the same.

    Examples
    --------
    >>> date_range("2021-11-02", "2021-11-04", "en"), date_range("2021-10-30", "2021-11-02", "ja")
    ('2–4 November 2021', '2021年10月30日～11月2日')
    """
    a, b = _day(first), _day(last)
    if b < a:
        raise AnalysisError(compose("range of days", "first <= last", f"{a} to {b}", "Swap the two ends."))
    if a == b:
        return date(a, lang)
    if a.year != b.year:
        return say(lang, f"{date(a, 'en')} – {date(b, 'en')}", f"{date(a, 'ja')}～{date(b, 'ja')}")
    if a.month != b.month:
        start = f"{a.day} {_MONTHS[a.month - 1]}"
        return say(lang, f"{start} – {date(b, 'en')}", f"{date(a, 'ja')}～{b.month}月{b.day}日")
    return say(lang, f"{a.day}–{date(b, 'en')}", f"{date(a, 'ja').removesuffix('日')}～{b.day}日")


def month(year_: int, month_: int, lang: str) -> str:
    """Return a month: ``November 2021`` · ``2021年11月``."""
    day = dt.date(year_, month_, 1)
    return say(lang, f"{_MONTHS[day.month - 1]} {day.year}", f"{day.year}年{day.month}月")


def year(year_: int, lang: str) -> str:
    """Return a calendar year: ``2021`` · ``2021年``."""
    return say(lang, f"{year_}", f"{year_}年")


def year_range(first: int, last: int, lang: str) -> str:
    """Return calendar years: ``2014–2018`` · ``2014～2018年``; a single year where both are the same."""
    _ordered(first, last)
    return year(first, lang) if first == last else say(lang, f"{first}–{last}", f"{first}～{last}年")


def fiscal_year(fy: int, lang: str, *, style: str = "short", both: bool = False) -> str:
    """Return a Japanese fiscal year, as `helpers.fiscal.label`: ``FY2021`` · ``令和3年度``."""
    return say(lang, fiscal.label(fy, "en", style=style), fiscal.label(fy, "ja", style=style, both=both))


def fiscal_range(first: int, last: int, lang: str) -> str:
    """Return Japanese fiscal years: ``FY2017–FY2021`` · ``平成29～令和3年度``, the era said once if one.

    Examples
    --------
    >>> fiscal_range(2017, 2021, "en"), fiscal_range(2017, 2021, "ja"), fiscal_range(2020, 2023, "ja")
    ('FY2017–FY2021', '平成29～令和3年度', '令和2～5年度')
    """
    _ordered(first, last)
    if first == last:
        return fiscal_year(first, lang)
    start, end = fiscal.label(first, "ja").removesuffix("年度"), fiscal.label(last, "ja")
    if start[:2] == end[:2]:
        end = end[2:]
    return say(lang, f"FY{first}–FY{last}", f"{start}～{end}")


def period(text: str, lang: str) -> str:
    """Return a day, a month, a year, a fiscal year or a range of years, written as in the tables, in words.

    Examples
    --------
    >>> period("2021-11-02", "en"), period("2021-11", "en"), period("FY2017-FY2021", "ja"), period("2014-2018", "ja")
    ('2 November 2021', 'November 2021', '平成29～令和3年度', '2014～2018年')

    Raises
    ------
    AnalysisError
        If it is none of these.
    """
    ends = [int(end) for end in re.findall(r"\d+", text)]
    try:
        match re.sub(r"\d", "9", text):
            case "9999":
                return year(ends[0], lang)
            case "9999-9999":
                return year_range(ends[0], ends[1], lang)
            case "9999-99":
                return month(ends[0], ends[1], lang)
            case "9999-99-99":
                return date(text, lang)
            case "FY9999":
                return fiscal_year(ends[0], lang)
            case "FY9999-FY9999":
                return fiscal_range(ends[0], ends[1], lang)
        problem = ""
    except ValueError as error:
        problem = f" ({error})"
    expected = "YYYY, YYYY-MM, YYYY-MM-DD, FYYYYY or a range of years"
    raise AnalysisError(compose("period to print", expected, f"{text!r}{problem}", "Correct the period."))


def _day(day: dt.date | str) -> dt.date:
    try:
        if isinstance(day, dt.date):
            return dt.date(day.year, day.month, day.day)  # pandas' NaT, a date without numbers, is refused
        return dt.date.fromisoformat(str(day))
    except (TypeError, ValueError) as error:
        raise AnalysisError(
            compose("date to print", "a date or YYYY-MM-DD", repr(day), "Correct the date.")
        ) from error


def _ordered(first: int, last: int) -> None:
    if last < first:
        raise AnalysisError(compose("range", "first <= last", f"{first} to {last}", "Swap the two ends."))
