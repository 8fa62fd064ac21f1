"""Dates and fiscal years as desks write them. Expected days are from a calendar, eras from the government's notices."""

from __future__ import annotations

import datetime as dt

import pytest

from helpers.data.register import dates
from helpers.data.register.problems import Refused


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2021-04-01", "2021-04-01"),
        ("2021/4/1", "2021-04-01"),
        ("2021.4.1", "2021-04-01"),
        ("2021年4月1日", "2021-04-01"),
        ("２０２１年４月１日（木）", "2021-04-01"),
        ("令和3年4月1日", "2021-04-01"),
        ("R3.4.1", "2021-04-01"),
        ("r3/4/1", "2021-04-01"),
        ("H31/4/1", "2019-04-01"),
        ("平成31年4月30日", "2019-04-30"),  # the last day of Heisei
        ("令和元年5月1日", "2019-05-01"),  # the first of Reiwa
        ("R元.5.1", "2019-05-01"),
        ("㋿3年4月1日", "2021-04-01"),
        ("2021/4/1 10:30", "2021-04-01"),
        ("2021-06", "2021-06"),
        ("2021年6月", "2021-06"),
        ("R3.6", "2021-06"),
        ("2024/2/29", "2024-02-29"),
        (dt.datetime(2021, 4, 1, 9, 30), "2021-04-01"),
        (dt.date(2021, 4, 1), "2021-04-01"),
    ],
)
def test_a_day_or_month_is_read_in_each_of_its_forms(cell, day):
    assert dates.span(cell) == (day, "")


@pytest.mark.parametrize(
    ("cell", "both"),
    [
        ("令和3年4月1日～3日", ("2021-04-01", "2021-04-03")),
        ("2021/4/30〜5/2", ("2021-04-30", "2021-05-02")),
        ("2021-04-01 - 2021-04-03", ("2021-04-01", "2021-04-03")),
        ("R3.4.1から令和3年4月3日まで", ("2021-04-01", "2021-04-03")),
        ("2021年4月1日～", ("2021-04-01", "")),
    ],
)
def test_a_span_may_leave_out_what_both_ends_share(cell, both):
    assert dates.span(cell) == both


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("2021-04-31", "a day that the calendar has"),
        ("令和3年4月31日", "a day that the calendar has"),
        ("2021/2/29", "a day that the calendar has"),
        ("2021/13/1", "a day that the calendar has"),
        ("平成31年5月1日", "a date of 平成, which ended before 2019-05-01"),
        ("平成31年5月", "a date of 平成, which ended before 2019-05-01"),
        ("令和元年4月30日", "a date of 令和, which began on 2019-05-01"),
        ("令和0年4月1日", "a date of 令和, which began on 2019-05-01"),
        ("4/1/2021", "a date such as"),
        ("春頃", "a date such as"),
        ("令和3年", "a date such as"),
        ("4月1日", "a date such as"),
        ("4月1日、8日", "a date such as"),
        ("2021/4/1～4/3～4/5", "one date or one span of dates"),
        (44287, "a date such as"),
        (True, "a date such as"),
    ],
)
def test_a_day_that_never_was_or_is_not_plain_is_refused(cell, message):
    with pytest.raises(Refused, match=message):
        dates.span(cell)


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        (2021, 2021),
        (2021.0, 2021),
        (2017, 2017),
        (2035, 2035),
        ("2021", 2021),
        ("２０２１年度", 2021),
        ("FY2021", 2021),
        ("JFY21", 2021),
        ("令和3年度", 2021),
        ("令和３", 2021),
        ("R3", 2021),
        ("平成31年度", 2019),
        ("令和元年度", 2019),
        ("FY2019", 2019),
    ],
)
def test_a_fiscal_year_is_read_in_each_of_its_names(cell, year):
    assert dates.fiscal_year(cell) == year


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("平成32年度", "a Japanese fiscal year"),
        ("令和0年度", "a Japanese fiscal year"),
        (2021.5, "a Japanese fiscal year"),
        (True, "a Japanese fiscal year"),
        ("上半期", "a Japanese fiscal year"),
        (2016, "a fiscal year from 2017 to 2035"),
        (2036, "a fiscal year from 2017 to 2035"),
        ("令和33年度", "a fiscal year from 2017 to 2035"),
    ],
)
def test_a_fiscal_year_that_never_was_or_lies_outside_is_refused(cell, message):
    with pytest.raises(Refused, match=message):
        dates.fiscal_year(cell)


def test_a_fiscal_year_begins_on_the_first_of_april():
    assert [dates.year_of(day) for day in ("2022-03-31", "2022-04-01", "2022-03", "2022-04")] == [
        2021,
        2022,
    ] * 2
