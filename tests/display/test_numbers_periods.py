"""Days, months, years and fiscal years in words."""

from __future__ import annotations

import datetime as dt
import doctest

import pandas as pd
import pytest

from helpers.display import numbers, periods
from helpers.errors import AnalysisError


@pytest.mark.parametrize(
    "day",
    ["2021-11-02", dt.date(2021, 11, 2), dt.datetime(2021, 11, 2, 9), pd.Timestamp("2021-11-02")],
    ids=repr,
)
def test_days_are_read_as_iso_text_or_dates(day: dt.date | str) -> None:
    assert numbers.date(day, "en") == "2 November 2021"
    assert numbers.date(day, "ja") == "2021年11月2日"


@pytest.mark.parametrize("day", ["2021-11", "2 November 2021", None, pd.NaT], ids=repr)
def test_what_is_no_day_is_refused(day: object) -> None:
    with pytest.raises(AnalysisError, match="a date or YYYY-MM-DD, got"):
        numbers.date(day, "en")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "last", "en", "ja"),
    [
        ("2021-11-02", "2021-11-02", "2 November 2021", "2021年11月2日"),
        ("2021-11-02", "2021-11-04", "2–4 November 2021", "2021年11月2～4日"),
        ("2021-10-30", "2021-11-02", "30 October – 2 November 2021", "2021年10月30日～11月2日"),
        ("2021-12-30", "2022-01-02", "30 December 2021 – 2 January 2022", "2021年12月30日～2022年1月2日"),
    ],
    ids=["one day", "one month", "one year", "two years"],
)
def test_ranges_of_days_say_month_and_year_once(first: str, last: str, en: str, ja: str) -> None:
    assert numbers.date_range(first, last, "en") == en
    assert numbers.date_range(first, last, "ja") == ja


@pytest.mark.parametrize(
    ("first", "last", "en", "ja"),
    [
        (2017, 2021, "FY2017–FY2021", "平成29～令和3年度"),
        (2018, 2019, "FY2018–FY2019", "平成30～令和元年度"),
        (2019, 2021, "FY2019–FY2021", "令和元～3年度"),
        (2020, 2023, "FY2020–FY2023", "令和2～5年度"),
        (2021, 2021, "FY2021", "令和3年度"),
    ],
    ids=str,
)
def test_ranges_of_fiscal_years_say_an_era_once(first: int, last: int, en: str, ja: str) -> None:
    assert numbers.fiscal_range(first, last, "en") == en
    assert numbers.fiscal_range(first, last, "ja") == ja


def test_years_and_months() -> None:
    assert [numbers.year(2019, lang) for lang in ("en", "ja")] == ["2019", "2019年"]
    assert [numbers.year_range(2014, 2018, lang) for lang in ("en", "ja")] == ["2014–2018", "2014～2018年"]
    assert [numbers.year_range(2014, 2014, lang) for lang in ("en", "ja")] == ["2014", "2014年"]
    assert [numbers.month(2021, 11, lang) for lang in ("en", "ja")] == ["November 2021", "2021年11月"]


def test_fiscal_years_pass_style_and_second_name_on() -> None:
    assert numbers.fiscal_year(2021, "en", style="long") == "fiscal year 2021 (April 2021 – March 2022)"
    assert numbers.fiscal_year(2019, "ja", both=True) == "令和元年度（平成31年度）"
    assert numbers.fiscal_year(2019, "ja") == numbers.fiscal_range(2019, 2019, "ja") == "令和元年度"
    assert numbers.fiscal_year(2019, "en", both=True) == "FY2019"


@pytest.mark.parametrize(
    "printed",
    [
        lambda: numbers.year_range(2018, 2014, "en"),
        lambda: numbers.fiscal_range(2018, 2014, "en"),
        lambda: numbers.date_range("2021-11-02", "2021-11-01", "en"),
    ],
    ids=["years", "fiscal years", "days"],
)
def test_a_range_that_runs_backwards_is_refused(printed) -> None:
    with pytest.raises(AnalysisError, match=r"expected first <= last, got .* Swap the two ends"):
        printed()


def test_the_examples_in_the_documentation_hold() -> None:
    assert doctest.testmod(periods).failed == 0


@pytest.mark.parametrize("text", ["2022-13", "2023-02-30", "2018-2014", "FY21", "next year", ""])
def test_a_period_that_is_none_is_refused(text):
    with pytest.raises(AnalysisError, match=r"period to print|date to print|range"):
        numbers.period(text, "en")


@pytest.mark.parametrize(
    ("text", "en", "ja"),
    [
        ("2021", "2021", "2021年"),
        ("2014-2018", "2014–2018", "2014～2018年"),
        ("2021-11", "November 2021", "2021年11月"),
        ("2021-11-02", "2 November 2021", "2021年11月2日"),
        ("FY2021", "FY2021", "令和3年度"),
        ("FY2017-FY2021", "FY2017–FY2021", "平成29～令和3年度"),
    ],
)
def test_a_period_of_the_tables_is_printed_in_words(text: str, en: str, ja: str) -> None:
    assert [numbers.period(text, lang) for lang in ("en", "ja")] == [en, ja]
