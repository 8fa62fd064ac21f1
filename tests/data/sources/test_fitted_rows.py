"""Rows of a publisher in the form of our tables, with the day on which their year was published."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.data import catalog
from helpers.data.sources import released, rows
from helpers.data.sources.answer import SourceError


def test_a_year_that_our_table_has_keeps_its_day():
    """FT-900 for December 2021: 8 February 2022; jobs of 2019: JETRO's brief of August 2021."""
    assert released.days("goods_trade", [2021], "2026-11-24") == {2021: "2022-02-08"}
    assert released.days("jobs_state", [2019], "2026-11-24") == {2019: "2021-08-31"}


def test_another_year_has_the_outer_bound_that_its_table_uses():
    assert released.days("goods_trade", [2091], "2099-01-01") == {2091: "2092-12-31"}
    assert released.days("jobs_state", [2091], "2099-01-01") == {2091: "2093-12-31"}


def test_no_day_is_later_than_the_one_on_which_it_was_there():
    assert released.days("jobs_state", [2019, 2091], "2021-08-01") == {2019: "2021-08-01", 2091: "2021-08-01"}


def frame(*values: float) -> pd.DataFrame:
    rows_ = [
        {"year": 2091, "partner": "JPN", "flow": "exports", "value_musd": value, "months": 12}
        for value in values
    ]
    return pd.DataFrame(rows_)


def test_columns_that_the_publisher_lacks_are_empty_and_in_our_order():
    row = {"partner": "JPN", "state": "TN", "year": 2091, "value": 100.0, "low": 50, "high": 150, "flag": ""}
    made = rows.fitted(
        "jobs_state", pd.DataFrame([row]), vintage="2092", known="2092-08-01", source="bea-mne-api"
    )
    assert made.columns.tolist() == catalog.describe("jobs_state").columns
    assert made[["rank_printed", "printed_value"]].isna().all(axis=None)
    assert made.loc[0, ["note_en", "note_ja", "released"]].tolist() == ["", "", "2092-08-01"]


def test_the_same_row_twice_is_one_and_two_values_are_refused():
    assert len(rows.fitted("goods_trade", frame(1, 1), vintage="2092", known="2092-08-01", source="x")) == 1
    with pytest.raises(
        SourceError, match=r"one value for each year, partner, flow, got two for '2091 JPN exports'"
    ):
        rows.fitted("goods_trade", frame(1, 2), vintage="2092", known="2092-08-01", source="x")
