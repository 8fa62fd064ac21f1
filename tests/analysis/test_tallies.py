"""Numbers about the tables themselves are counted again from the rows: by hand on small tables."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import derive, tallies

TABLES = {
    "aggregates": pd.DataFrame({"code": ["WLD"]}),
    "meetings": pd.DataFrame(
        {"date": ["2021-04-01", "2022-07-06", ""], "value": [1.0, None, None], "flag": ["", "(D)", ""]}
    ),
    "hs2": pd.DataFrame({"hs2": ["01", "02"]}),
    "refresh": pd.DataFrame({"table": ["meetings", "hs2"]}),
}


def again(lineage):
    return derive.recompute(lineage.plain(), TABLES.__getitem__)


def test_rows_without_a_date_are_counted_whatever_the_day():
    assert again(tallies.rows("meetings", until={"date": "2022-07-05"})) == 2


def test_a_year_that_is_missing_is_kept_too():
    frame = pd.DataFrame({"year": [2020.0, 2022.0, None]})
    trace = tallies.rows("hs2", until={"year": 2021}).plain()
    assert derive.recompute(trace, {"hs2": frame}.__getitem__) == 2


def test_empty_cells_are_counted_with_their_marker_or_without():
    assert again(tallies.rows("meetings", empty=["value"])) == 2
    assert again(tallies.rows("meetings", {"flag": ["(D)"]}, empty=["value"])) == 1


def test_numbers_of_rows_are_added_up_and_divided():
    parts = [tallies.rows("meetings", empty=["value"]), tallies.rows("hs2")]
    assert again(tallies.added(parts)) == 4
    assert again(tallies.added([])) == 0
    assert again(tallies.ratio(parts[:1], [tallies.rows("meetings"), parts[1]])) == pytest.approx(2 / 5)


def test_tables_are_named_one_by_one_in_the_list_of_tables():
    assert again(tallies.tables(["hs2", "meetings"])) == 2
    assert again(tallies.tables([])) == 0


def test_an_age_is_that_of_the_rows_in_hand():
    whole, then = (tallies.rows("meetings", until=until) for until in ({}, {"date": "2022-07-05"}))
    assert again(tallies.months(whole, "date", "2022-07-06", "2022-08-06")) == 1
    assert again(tallies.months(then, "date", "2021-04-01", "2022-07-05")) == 15
