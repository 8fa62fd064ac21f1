"""Japanese fiscal years and eras: dates to years, and labels both ways.

A Japanese fiscal year runs from 1 April to 31 March and is an int here, the year in which it begins:
2021 = 令和3年度 = April 2021 to March 2022. A fiscal year in which the era changed has two names: 2019 is
平成31年度 (the name in force on 1 April) and 令和元年度 (the name used since the change, and the one printed
here). The fiscal year of the US government is another thing: it begins in October and is named after the year
in which it ends; its functions say ``us_federal``.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import NamedTuple

from helpers.errors import AnalysisError, compose, listed


class Era(NamedTuple):
    """A Japanese era: name, letter, and the first day on which it was in force."""

    ja: str
    en: str
    letter: str
    start: dt.date


ERAS = (
    Era("明治", "Meiji", "M", dt.date(1868, 10, 23)),
    Era("大正", "Taishō", "T", dt.date(1912, 7, 30)),
    Era("昭和", "Shōwa", "S", dt.date(1926, 12, 25)),
    Era("平成", "Heisei", "H", dt.date(1989, 1, 8)),
    Era("令和", "Reiwa", "R", dt.date(2019, 5, 1)),
)
"""The five modern eras, oldest first; the next one is one more line."""

FIRST = 1886
"""The first fiscal year that ran from April to March."""

_ERA_LABEL = re.compile(r"(明治|大正|昭和|平成|令和|[MTSHR])\.?(元|\d{1,2})(?:年度)?", re.IGNORECASE)
_WESTERN_LABEL = re.compile(r"(?:(?:JFY|FY|fiscal(?:year)?)(\d{4}|\d{2})|(\d{4})年度)", re.IGNORECASE)


def fiscal_year(day: dt.date) -> int:
    """Return the Japanese fiscal year of a day.

    Examples
    --------
    >>> fiscal_year(dt.date(2022, 3, 31)), fiscal_year(dt.date(2022, 4, 1))
    (2021, 2022)
    """
    return _checked(day.year if day.month >= 4 else day.year - 1)


def span(fy: int) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a Japanese fiscal year."""
    return dt.date(_checked(fy), 4, 1), dt.date(fy + 1, 3, 31)


def months(fy: int) -> tuple[tuple[int, int], ...]:
    """Return the twelve (year, month) pairs of a Japanese fiscal year, April first."""
    _checked(fy)
    return tuple((fy + (month > 12), month if month <= 12 else month - 12) for month in range(4, 16))


def era_years(fy: int) -> tuple[tuple[Era, int], ...]:
    """Return the era and era year that name a fiscal year, the newest first; two where the era changed.

    Examples
    --------
    >>> [(era.en, number) for era, number in era_years(2019)]
    [('Reiwa', 1), ('Heisei', 31)]
    """
    first, last = span(fy)
    ends = [era.start for era in ERAS[1:]] + [dt.date.max]
    named = [
        (era, fy - era.start.year + 1)
        for era, end in zip(ERAS, ends, strict=True)
        if era.start <= last and first < end and fy >= era.start.year
    ]
    return tuple(reversed(named))


def label(fy: int, lang: str = "en", *, style: str = "short", both: bool = False) -> str:
    """Return the name of a Japanese fiscal year.

    Parameters
    ----------
    fy : int
        The fiscal year.
    lang : "en" or "ja"
    style : "short", "long" or "tick"
        short: FY2021 · 令和3年度. long adds the months. tick, for axes: FY21 · R3.
    both : bool
        In Japanese, add the other name of a year in which the era changed (short and long only).

    Examples
    --------
    >>> label(2021), label(2021, style="long")
    ('FY2021', 'fiscal year 2021 (April 2021 – March 2022)')
    >>> label(2021, "ja"), label(2019, "ja", both=True)
    ('令和3年度', '令和元年度（平成31年度）')
    """
    _one_of("language", lang, ("en", "ja"))
    _one_of("style", style, ("short", "long", "tick"))
    names = era_years(fy)
    if lang == "en":
        texts = {
            "short": f"FY{fy}",
            "long": f"fiscal year {fy} (April {fy} – March {fy + 1})",
            "tick": f"FY{fy % 100:02d}",
        }
        return texts[style]
    if style == "tick":
        return f"{names[0][0].letter}{names[0][1]}"
    shown = names if both else names[:1]
    first, *others = [f"{era.ja}{'元' if number == 1 else number}年度" for era, number in shown]
    dates = [f"{fy}年4月～{fy + 1}年3月"] if style == "long" else []
    inside = "、".join(others + dates)
    return f"{first}（{inside}）" if inside else first


def parse(text: str) -> int:
    """Return the Japanese fiscal year that a label names.

    Reads 令和3年度, 令和元年度, 平成31年度, R3, H29年度, 2021年度, FY2021, fiscal year 2021; full-width
    digits and blanks do not matter, and a second name or the months may follow in brackets. Refused are a
    label of the US government's fiscal year, a calendar year (令和3年, 2021), a name that no fiscal year ever
    had (令和0年度, 昭和64年度, 平成32年度), and brackets that contradict the name.

    Raises
    ------
    AnalysisError
        If the text names no Japanese fiscal year.
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", str(text)))
    head, _, inside = plain.partition("(")
    years = [_parse_one(head)]
    inner = [part for part in re.split(r"[、,)]", inside) if _ERA_LABEL.fullmatch(part)]
    years += [_parse_one(part) for part in inner]
    if None in years or len(set(years)) > 1:
        expected = "the name of one Japanese fiscal year, such as 令和3年度, 2021年度 or FY2021"
        todo = "Correct the label; calendar years and the US government's fiscal years are other things."
        raise AnalysisError(compose("fiscal year label", expected, repr(text), todo))
    return _checked(int(years[0] or 0))


def _parse_one(plain: str) -> int | None:
    if era_match := _ERA_LABEL.fullmatch(plain):
        name, digits = era_match[1].upper(), era_match[2]
        number = 1 if digits == "元" else int(digits)
        era = next(e for e in ERAS if name in (e.ja, e.letter))
        fy = era.start.year + number - 1
        return fy if fy >= FIRST and (era, number) in era_years(fy) else None
    if western := _WESTERN_LABEL.fullmatch(plain):
        digits = western[1] or western[2]
        return int(digits) if len(digits) == 4 else 2000 + int(digits)
    return None


def us_federal_fiscal_year(day: dt.date) -> int:
    """Return the fiscal year of the US government: October to September, named after its last year."""
    return day.year + (day.month >= 10)


def us_federal_span(fy: int) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a fiscal year of the US government (since 1977)."""
    return dt.date(fy - 1, 10, 1), dt.date(fy, 9, 30)


def us_federal_label(fy: int, lang: str = "en") -> str:
    """Return a name that cannot be taken for a Japanese fiscal year."""
    _one_of("language", lang, ("en", "ja"))
    if lang == "en":
        return f"US federal fiscal year {fy} (October {fy - 1} – September {fy})"
    return f"米国連邦会計年度{fy}（{fy - 1}年10月～{fy}年9月）"


def _one_of(what: str, got: str, known: tuple[str, ...]) -> None:
    if got not in known:
        raise AnalysisError(compose(what, f"one of {listed(known)}", repr(got), "Correct the argument."))


def _checked(fy: int) -> int:
    if fy < FIRST:
        todo = "Before that the fiscal year did not run from April to March."
        raise AnalysisError(compose("fiscal year", f"{FIRST} or later", str(fy), todo))
    return fy
