"""The dates of a register: calendar days in Japanese or Western years, months, spans, and Japanese fiscal years."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from helpers import fiscal
from helpers.data.register.problems import Refused
from helpers.errors import AnalysisError

FIRST, LAST = 2017, 2035
"""Fiscal years that a register may hold: the task force began in 2017; a later year than 2035 is a slip."""

FORMS = "a date such as 2021-04-01, 2021/4/1, 2021年4月1日, 令和3年4月1日 or R3.4.1 (or a month: 2021-04)"
_ERA = re.compile(
    r"(明治|大正|昭和|平成|令和|[mtshr])[.]?(元|\d{1,2})(?:年|[./-])(\d{1,2})(?:月?$|(?:月|[./-])(\d{1,2})日?)"
)
_WESTERN = re.compile(r"(\d{4})(?:年|[./-])(\d{1,2})(?:月?$|(?:月|[./-])(\d{1,2})日?)")
_REST = re.compile(r"(?:(\d{1,2})[月./])?(\d{1,2})日?")
_WEEKDAY = re.compile(r"\((?:[月火水木金土日](?:曜日?)?(?:[・,]?[祝休])?|mon|tue|wed|thu|fri|sat|sun)\)")
_TIME = re.compile(r"(?<=\d)[t\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?$")
_BETWEEN = re.compile(r"[~〜–—→]|から|\s(?:to|-)\s")
_WHOLE_YEAR = re.compile(r"(?:\d{4}|(?:明治|大正|昭和|平成|令和|[mtshr])\.?(?:元|\d{1,2}))年?度?")


def span(value: object) -> tuple[str, str]:
    """Return first and last day of a cell as ISO text (``2021-04-01``, a month as ``2021-04``); the last may be empty.

    Raises
    ------
    Refused
        The cell holds no date, or a day, era or year that never was.
    """
    if isinstance(value, dt.datetime):
        return value.date().isoformat(), ""
    if isinstance(value, dt.date):
        return value.isoformat(), ""
    if not isinstance(value, str):
        raise Refused(FORMS, "Give the cell the format of a date, or type the date as text.")
    text = _WEEKDAY.sub("", unicodedata.normalize("NFKC", value).casefold().strip())
    first, *rest = [part.strip() for part in _BETWEEN.split(_TIME.sub("", text))]
    start = _day(first)
    if not rest or rest == [""]:
        return start, ""
    if len(rest) > 1:
        raise Refused("one date or one span of dates", "Give each event a row.")
    return start, _end(start, rest[0].removesuffix("まで"))


def _day(text: str) -> str:
    plain = re.sub(r"\s+", "", text)
    if found := _WESTERN.fullmatch(plain):
        return _iso(int(found[1]), found[2], found[3])
    if found := _ERA.fullmatch(plain):
        era = next(e for e in fiscal.ERAS if found[1].upper() in (e.ja, e.letter))
        number = 1 if found[2] == "元" else int(found[2])
        iso = _iso(era.start.year + number - 1, found[3], found[4])
        return _inside(era, number, iso)
    if _WHOLE_YEAR.fullmatch(plain):
        raise Refused(
            FORMS, "Where only the year is known, leave the date empty and fill in the fiscal year."
        )
    raise Refused(FORMS, "Write year, month, day; a date without a plain order of its parts is not guessed.")


def _iso(year: int, month: str, day: str | None) -> str:
    try:
        found = dt.date(year, int(month), int(day or 1))
    except ValueError:
        raise Refused("a day that the calendar has") from None
    return found.isoformat() if day else found.isoformat()[:7]


def _inside(era: fiscal.Era, number: int, iso: str) -> str:
    """Return a date that its era had; a month counts when the era had a day of it."""
    starts = [e.start.isoformat() for e in fiscal.ERAS if e.start > era.start]
    length = len(iso)
    if number < 1 or iso < era.start.isoformat()[:length]:
        raise Refused(f"a date of {era.ja}, which began on {era.start.isoformat()}")
    if starts and (iso if length == 10 else f"{iso}-01") >= starts[0]:
        raise Refused(f"a date of {era.ja}, which ended before {starts[0]}")
    return iso


def _end(start: str, text: str) -> str:
    """Return the end of a span, which may leave out what it shares with the start (``4月1日～3日``)."""
    found = _REST.fullmatch(re.sub(r"\s+", "", text))
    if found and len(start) == 10:
        return _iso(int(start[:4]), found[1] or start[5:7], found[2])
    return _day(text)


def fiscal_year(value: object) -> int:
    """Return the Japanese fiscal year that a cell of that column names.

    Raises
    ------
    Refused
        It names none, or one before the task force or far ahead.
    """
    expected = "a Japanese fiscal year such as 2021, FY2021, 令和3年度 or R3"
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Refused(expected)
    if isinstance(value, int | float):
        found = int(value)
        if found != value:
            raise Refused(expected)
        return inside(found)
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", value))
    text = re.sub(r"年?度?$", "", text)
    if re.fullmatch(r"\d{4}", text):
        return inside(int(text))
    try:
        return inside(fiscal.parse(text if text.casefold().startswith(("f", "j")) else f"{text}年度"))
    except AnalysisError:
        raise Refused(expected, "Correct it; no fiscal year ever had this name.") from None


def inside(year: int) -> int:
    """Return a fiscal year that a register may hold."""
    if not FIRST <= year <= LAST:
        raise Refused(f"a fiscal year from {FIRST} to {LAST}", "Correct it, or keep the row elsewhere.")
    return year


def year_of(iso: str) -> int:
    """Return the Japanese fiscal year of a day or month in ISO form."""
    year, month = int(iso[:4]), int(iso[5:7])
    return year if month >= 4 else year - 1
