"""What was known on a day: one vintage a period, chosen the same way everywhere."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.data import catalog, vintages
from helpers.errors import CatalogError

MEETING = "2022-07-05"
"""The follow-up meeting whose deck is the source document."""


def frame(*rows):
    return pd.DataFrame(rows, columns=["year", "partner", "value", "vintage", "released"])


ROWS = frame(
    (2019, "JPN", 1, "2020-07", "2020-07-23"),
    (2019, "CAN", 2, "2020-07", "2020-07-23"),
    (2019, "JPN", 3, "2022-07", "2020-07-23"),
    (2019, "CAN", 4, "2022-07", "2020-07-23"),
    (2020, "JPN", 5, "2021-07", "2021-07-22"),
    (2020, "CAN", 6, "2021-07", "2021-07-22"),
    (2020, "GBR", 7, "2021-07", "2021-07-22"),
    (2020, "JPN", 8, "2022-07", "2021-07-22"),
)


def test_the_newest_vintage_wins_when_no_day_is_given():
    assert vintages.preferred(ROWS[:4], ("year",))["value"].tolist() == [3, 4]


def test_a_vintage_of_the_month_is_in_hand_only_when_the_month_is_over():
    assert vintages.preferred(ROWS[:4], ("year",), "2022-07-30")["value"].tolist() == [1, 2]
    assert vintages.preferred(ROWS[:4], ("year",), "2022-07-31")["value"].tolist() == [3, 4]


def test_the_oldest_vintage_stands_in_where_none_is_old_enough():
    assert vintages.preferred(ROWS[:4], ("year",), "2020-07-23")["value"].tolist() == [1, 2]


def test_a_single_revised_figure_does_not_replace_a_whole_release():
    assert vintages.preferred(ROWS[4:], ("year",))["value"].tolist() == [5, 6, 7]


def test_of_all_vintages_those_of_later_days_are_left_out_but_for_the_one_that_stands_in():
    assert vintages.every(ROWS, ("year",))["value"].tolist() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert vintages.every(ROWS, ("year",), "2022-07-31")["value"].tolist() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert vintages.every(ROWS, ("year",), "2022-07-05")["value"].tolist() == [1, 2, 5, 6, 7]
    assert vintages.every(ROWS[:4], ("year",), "2020-07-23")["value"].tolist() == [1, 2]


def test_a_vintage_with_half_the_rows_of_the_fullest_is_not_passed_over():
    assert vintages.preferred(ROWS.drop(index=6), ("year",))["value"].tolist() == [3, 4, 8]


def test_a_table_of_one_vintage_is_handed_out_whole():
    assert vintages.preferred(ROWS, ()).equals(ROWS)


def test_a_period_counts_from_the_day_of_its_release():
    assert vintages.known_by(ROWS, "2021-07-21")["year"].unique().tolist() == [2019]
    assert vintages.known_by(ROWS, "2021-07-22")["year"].unique().tolist() == [2019, 2020]


@pytest.mark.parametrize("day", ["2022-7-5", "5 July 2022", "2022-13-01"])
def test_a_day_that_is_no_iso_date_is_refused(day):
    with pytest.raises(CatalogError, match=r"as_of: expected an ISO date such as 2022-07-05, got"):
        catalog.load("goods_trade", as_of=day)


def test_the_meeting_of_2022_knew_the_position_of_2020():
    position = catalog.load("fdi_position", as_of=MEETING, basis="ubo")
    assert position["year"].max() == 2020
    assert position[(position["year"] == 2020) & (position["partner"] == "JPN")]["value_musd"].tolist() == [
        679_000
    ]


def test_the_position_of_2021_was_released_sixteen_days_later():
    # BEA, Direct Investment by Country and Industry, 2021, released on 21 July 2022
    assert catalog.load("fdi_position", as_of="2022-07-20", basis="ubo")["year"].max() == 2020
    assert catalog.load("fdi_position", as_of="2022-07-21", basis="ubo")["year"].max() == 2021


def test_the_meeting_of_2022_knew_the_jobs_of_2019():
    jobs = catalog.load("jobs_national", as_of=MEETING)
    assert jobs["year"].max() == 2019
    assert jobs[(jobs["year"] == 2019) & (jobs["partner"] == "JPN")]["value"].tolist() == [973_800]


def test_the_meeting_of_2022_reads_trade_to_2021_from_the_oldest_vintage_in_hand():
    trade = catalog.load("goods_trade", as_of=MEETING)
    assert trade["year"].max() == 2021
    assert set(trade["vintage"]) == {"2023-03"}


@pytest.mark.parametrize(
    "table", [name for name in catalog.tables() if catalog.describe(name).one_vintage_per]
)
@pytest.mark.parametrize("as_of", ["", MEETING, "2016-01-01"])
def test_vintages_never_mix_within_a_period(table, as_of):
    loaded = catalog.load(table, as_of=as_of)
    per = list(catalog.describe(table).one_vintage_per)
    assert not loaded[[*per, "vintage"]].drop_duplicates().duplicated(per).any()


def test_every_vintage_can_be_had():
    assert set(catalog.load("goods_trade", vintage="all", year=2021)["vintage"]) == {"2023-03", "2026"}
    then = catalog.load("goods_trade", vintage="all", year=2021, as_of=MEETING)
    assert set(then["vintage"]) == {
        "2023-03"
    }  # the oldest in hand stands in, the one after it was still to come
    japan = catalog.load("fdi_position", vintage="all", year=2021, partner="JPN", basis="ubo")
    assert dict(zip(japan["vintage"], japan["value_musd"], strict=True)) == {
        "2022-07": 721_000,
        "2023-07": 768_900,
    }
