"""Sums of months: exact, and of complete Japanese fiscal years only."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis.monthly import fiscal_sums
from helpers.errors import AnalysisError
from helpers.fiscal import months


def year_of(partner: str, fy: int, flow: str = "exports") -> pd.DataFrame:
    """Twelve months worth 1, 2, ... 12 dollars, April first: 78 in all."""
    rows = [(y, m, partner, flow, i) for i, (y, m) in enumerate(months(fy), start=1)]
    return pd.DataFrame(rows, columns=["year", "month", "partner", "flow", "value_usd"])


def as_rows(frame: pd.DataFrame) -> list[list[object]]:
    return frame.to_numpy().tolist()


def test_twelve_months_make_a_year_and_flows_stay_apart() -> None:
    frame = pd.concat([year_of("JPN", 2021, "imports"), year_of("JPN", 2021), year_of("JPN", 2020)])
    assert as_rows(fiscal_sums(frame)) == [
        ["JPN", "exports", 2020, 78],
        ["JPN", "exports", 2021, 78],
        ["JPN", "imports", 2021, 78],
    ]


def test_a_calendar_year_holds_no_complete_fiscal_year() -> None:
    both = pd.concat([year_of("JPN", 2020), year_of("JPN", 2021)])
    assert fiscal_sums(both[both["year"] == 2021]).empty


def test_a_year_that_lacks_a_month_is_left_out() -> None:
    frame = pd.concat([year_of("JPN", 2020), year_of("JPN", 2021).iloc[:-1]])
    assert fiscal_sums(frame)["fiscal_year"].tolist() == [2020]


def test_a_month_whose_value_is_missing_leaves_the_year_out() -> None:
    frame = year_of("JPN", 2021).astype({"value_usd": float})
    frame.loc[3, "value_usd"] = None
    assert fiscal_sums(frame).empty
    assert fiscal_sums(frame, gaps="zero").empty


def test_absent_rows_count_as_no_trade_only_on_demand_and_only_where_the_month_is_covered() -> None:
    covered = pd.concat([year_of("WLD", 2020), year_of("WLD", 2021).iloc[:-1]])
    frame = pd.concat([covered, year_of("TUV", 2020).iloc[[0, 5]], year_of("TUV", 2021).iloc[[0]]])
    assert fiscal_sums(frame)["partner"].tolist() == ["WLD"]
    assert as_rows(fiscal_sums(frame, gaps="zero")) == [
        ["TUV", "exports", 2020, 1 + 6],
        ["WLD", "exports", 2020, 78],
    ]


def test_keys_and_value_may_have_other_names() -> None:
    frame = year_of("JPN", 2021).rename(columns={"value_usd": "musd"})
    assert as_rows(fiscal_sums(frame, value="musd", by=["flow"])) == [["exports", 2021, 78]]


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (year_of("JPN", 2021).drop(columns="month"), "a frame without 'month'"),
        (year_of("JPN", 2021).replace({"month": {4: 13}}), "1 to 12, got 13"),
        (
            pd.concat([year_of("JPN", 2021)] * 2).iloc[:13],
            r"more than one row for \('JPN', 'exports', 2021, 4\)",
        ),
    ],
    ids=["column", "month", "twice"],
)
def test_a_monthly_frame_that_cannot_be_summed_says_why(frame: pd.DataFrame, message: str) -> None:
    with pytest.raises(AnalysisError, match=message):
        fiscal_sums(frame)


def test_an_unknown_treatment_of_gaps_names_the_known_ones() -> None:
    with pytest.raises(AnalysisError, match="one of 'drop', 'zero', got 'fill'"):
        fiscal_sums(year_of("JPN", 2021), gaps="fill")
