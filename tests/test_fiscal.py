"""Fiscal years, eras and their labels against the calendar."""

from __future__ import annotations

import datetime as dt
import doctest

import pytest

from helpers import fiscal
from helpers.errors import AnalysisError

# Eras changed on 30 July 1912, 25 December 1926, 8 January 1989 (cabinet order 1) and 1 May 2019 (order 143).
ERA_CHANGES = [
    (1912, "大正元年度", "明治45年度"),
    (1926, "昭和元年度", "大正15年度"),
    (2019, "令和元年度", "平成31年度"),
]


@pytest.mark.parametrize(
    ("day", "fy"),
    [
        (dt.date(2021, 3, 31), 2020),
        (dt.date(2021, 4, 1), 2021),
        (dt.date(2021, 12, 31), 2021),
        (dt.date(2022, 1, 1), 2021),
        (dt.date(2022, 3, 31), 2021),
        (dt.date(2022, 4, 1), 2022),
    ],
    ids=str,
)
def test_the_fiscal_year_turns_on_the_first_of_april(day: dt.date, fy: int) -> None:
    assert fiscal.fiscal_year(day) == fy


def test_every_day_lies_in_the_span_of_its_fiscal_year() -> None:
    for offset in range(0, 1500, 7):
        day = dt.date(2018, 1, 1) + dt.timedelta(days=offset)
        first, last = fiscal.span(fiscal.fiscal_year(day))
        assert first <= day <= last
    assert fiscal.span(2021) == (dt.date(2021, 4, 1), dt.date(2022, 3, 31))


def test_a_fiscal_year_has_twelve_months_from_april_to_march() -> None:
    months = fiscal.months(2021)
    assert months[0] == (2021, 4)
    assert months[8:10] == ((2021, 12), (2022, 1))
    assert months[-1] == (2022, 3)
    assert len(set(months)) == 12


@pytest.mark.parametrize(
    ("fy", "name"),
    [
        (2021, "令和3年度"),
        (2020, "令和2年度"),
        (2019, "令和元年度"),
        (2018, "平成30年度"),
        (2017, "平成29年度"),
        (1989, "平成元年度"),
        (1988, "昭和63年度"),
        (1886, "明治19年度"),
    ],
    ids=str,
)
def test_japanese_names_follow_the_era(fy: int, name: str) -> None:
    assert fiscal.label(fy, "ja") == name
    assert fiscal.parse(name) == fy


@pytest.mark.parametrize(("fy", "new", "old"), ERA_CHANGES, ids=["1912", "1926", "2019"])
def test_a_year_in_which_the_era_changed_has_two_names(fy: int, new: str, old: str) -> None:
    assert fiscal.label(fy, "ja", both=True) == f"{new}（{old}）"
    assert fiscal.parse(new) == fiscal.parse(old) == fiscal.parse(f"{old}（{new}）") == fy


def test_a_change_between_january_and_march_gives_the_fiscal_year_no_second_name() -> None:
    assert fiscal.label(1988, "ja", both=True) == "昭和63年度"
    assert fiscal.label(1989, "ja", both=True) == "平成元年度"


@pytest.mark.parametrize(
    ("lang", "style", "text"),
    [
        ("en", "short", "FY2021"),
        ("en", "long", "fiscal year 2021 (April 2021 – March 2022)"),
        ("en", "tick", "FY21"),
        ("ja", "short", "令和3年度"),
        ("ja", "long", "令和3年度（2021年4月～2022年3月）"),
        ("ja", "tick", "R3"),
    ],
)
def test_labels_come_short_long_and_for_axes(lang: str, style: str, text: str) -> None:
    assert fiscal.label(2021, lang, style=style) == text
    assert fiscal.parse(text) == 2021


def test_the_long_label_of_a_year_with_two_names_says_both_and_the_months() -> None:
    text = "令和元年度（平成31年度、2019年4月～2020年3月）"
    assert fiscal.label(2019, "ja", style="long", both=True) == text
    assert fiscal.parse(text) == 2019


@pytest.mark.parametrize(
    ("text", "fy"),
    [
        ("令和３年度", 2021),
        (" 平成 ３１ 年度 ", 2019),
        ("H29年度", 2017),
        ("r3", 2021),
        ("２０２１年度", 2021),
        ("FY 2021", 2021),
        ("JFY2021", 2021),
        ("fiscal year 2021", 2021),
        ("fy21", 2021),
        ("令和3年度（令和3年4月～令和4年3月）", 2021),
    ],
    ids=[
        "full width",
        "blanks",
        "letter",
        "small letter",
        "western",
        "FY",
        "JFY",
        "words",
        "two digits",
        "months of an era",
    ],
)
def test_labels_are_read_as_people_write_them(text: str, fy: int) -> None:
    assert fiscal.parse(text) == fy


@pytest.mark.parametrize(
    "text",
    [
        "",
        "令和0年度",
        "昭和64年度",
        "平成32年度",
        "令和3年",
        "2021",
        "2021年",
        "US FY2021",
        "令和3年度（令和4年度）",
    ],
)
def test_what_names_no_japanese_fiscal_year_is_refused(text: str) -> None:
    with pytest.raises(AnalysisError, match=f"name of one Japanese fiscal year.*got '{text}'"):
        fiscal.parse(text)


@pytest.mark.parametrize("text", ["FY1885", "明治18年度"])
def test_years_before_the_april_fiscal_year_are_refused(text: str) -> None:
    with pytest.raises(AnalysisError, match="fiscal year"):
        fiscal.parse(text)


def test_a_year_before_the_april_fiscal_year_has_no_months() -> None:
    assert fiscal.months(1886)[0] == (1886, 4)
    with pytest.raises(AnalysisError, match="fiscal year: expected 1886 or later, got 1885"):
        fiscal.months(1885)


def test_an_unknown_language_or_style_names_the_known_ones() -> None:
    with pytest.raises(AnalysisError, match="one of 'en', 'ja', got 'fr'"):
        fiscal.label(2021, "fr")
    with pytest.raises(AnalysisError, match="one of 'short', 'long', 'tick', got 'full'"):
        fiscal.label(2021, "ja", style="full")
    with pytest.raises(AnalysisError, match="one of 'en', 'ja', got 'fr'"):
        fiscal.us_federal_label(2021, "fr")


def test_the_us_federal_year_is_another_one() -> None:
    # US federal fiscal year 2021: 1 October 2020 to 30 September 2021 (31 U.S.C. 1102).
    assert fiscal.us_federal_span(2021) == (dt.date(2020, 10, 1), dt.date(2021, 9, 30))
    assert fiscal.us_federal_fiscal_year(dt.date(2020, 9, 30)) == 2020
    assert fiscal.us_federal_fiscal_year(dt.date(2020, 10, 1)) == 2021
    assert [fiscal.us_federal_label(2021, lang) for lang in ("en", "ja")] == [
        "US federal fiscal year 2021 (October 2020 – September 2021)",
        "米国連邦会計年度2021（2020年10月～2021年9月）",
    ]
    for lang in ("en", "ja"):
        with pytest.raises(AnalysisError, match="calendar years and the US government"):
            fiscal.parse(fiscal.us_federal_label(2021, lang))


def test_the_examples_in_the_documentation_hold() -> None:
    assert doctest.testmod(fiscal).failed == 0
