"""Ranks that move between two states of a table, by hand."""

from __future__ import annotations

import pandas as pd

from helpers.analysis import moves
from helpers.analysis.moves import Move, Place


def trade(*cells):
    return pd.DataFrame(cells, columns=["year", "flow", "partner", "value"])


def found(before, after, **how):
    return moves.moves(before, after, "JPN", value="value", by=how.pop("by", ["flow"]), **how)


OLD = trade(
    (2020, "exports", "CHN", 9),
    (2020, "exports", "JPN", 5),
    (2020, "exports", "DEU", 4),
    (2020, "exports", "WLD", 30),
)


def test_a_table_that_stays_moves_no_rank():
    assert found(OLD, OLD.sample(frac=1, random_state=1), groups={"WLD"}) == []


def test_a_revision_that_lets_another_pass_moves_the_rank():
    new = OLD.assign(value=[9, 5, 6, 30])
    assert found(OLD, new, groups={"WLD"}) == [
        Move(("exports",), Place(2020, 2, 2, 2, 3), Place(2020, 3, 3, 3, 3))
    ]


def test_a_new_year_stands_against_the_newest_before_it():
    new = pd.concat([OLD, trade((2021, "exports", "CHN", 1), (2021, "exports", "JPN", 5))])
    assert found(OLD, new, groups={"WLD"}) == [
        Move(("exports",), Place(2020, 2, 2, 2, 3), Place(2021, 1, 1, 1, 2))
    ]


def test_a_revision_of_an_earlier_year_moves_the_rank_of_that_year_and_flow_alone():
    old = pd.concat(
        [OLD, OLD.assign(year=2021), OLD.assign(flow="imports"), OLD.assign(year=2021, flow="imports")]
    )
    first = (old["year"] == 2020) & (old["flow"] == "exports")
    new = old.assign(value=old["value"].mask(first & (old["partner"] == "DEU"), 6))
    assert found(old, new, groups={"WLD"}) == [
        Move(("exports",), Place(2020, 2, 2, 2, 3), Place(2020, 3, 3, 3, 3))
    ]


def test_a_first_figure_has_no_rank_before_and_groups_are_never_ranked():
    new = pd.concat([OLD, trade((2020, "imports", "JPN", 2), (2020, "imports", "EUU", 8))])
    assert found(OLD, new, groups={"WLD", "EUU"}) == [Move(("imports",), None, Place(2020, 1, 1, 1, 1))]


def test_a_cell_that_becomes_suppressed_has_a_band_and_no_rank():
    frame = pd.DataFrame(
        {"year": 2097, "state": "TN", "partner": ["GBR", "JPN"], "value": [300.0, 500.0], "low": [250.0, 450.0],
         "high": [350.0, 550.0]}
    )  # fmt: skip
    hidden = frame.copy()
    hidden.loc[1, ["value", "low", "high"]] = float("nan")
    assert found(frame, hidden, by=["state"]) == [
        Move(("TN",), Place(2097, 1, 1, 1, 2), Place(2097, None, 1, 2, 2))
    ]
    still = hidden.assign(value=[310.0, None], low=[260.0, None], high=[360.0, None])
    assert found(hidden, still, by=["state"]) == []  # suppressed before and after, 1st or 2nd in both


def test_a_rank_the_source_prints_is_taken_as_printed():
    frame = pd.DataFrame(
        {"year": 2019, "state": "TN", "partner": ["JPN"], "value": [47_500.0], "rank_printed": [1.0]}
    )
    new = pd.concat(
        [frame, pd.DataFrame({"year": 2097, "state": "TN", "partner": ["GBR", "JPN"], "value": [2.0, 1.0]})]
    )
    assert found(frame, new, by=["state"]) == [
        Move(("TN",), Place(2019, 1, 1, 1, None), Place(2097, 2, 2, 2, 2))
    ]


def test_a_suppressed_position_has_the_band_of_its_page():
    # 700 in all less 500, 290 and -95 leaves 5 for Germany, and 225 once the United Kingdom has 280: below Japan's 290.
    frame = pd.DataFrame(
        {"year": 2021, "basis": "ubo", "partner": ["WLD", "GBR", "JPN", "FRA", "DEU"], "flag": ["", "", "", "", "(D)"],
         "value_musd": [700, 500, 290, -95, float("nan")], "rounding_musd": 1}
    )  # fmt: skip
    new = frame.assign(value_musd=[700, 280, 290, -95, float("nan")])
    assert moves.moves(frame, new, "JPN", value="value_musd", by=["basis"], groups={"WLD"}) == [
        Move(("ubo",), Place(2021, 2, 2, 2, 4), Place(2021, 1, 1, 1, 4))
    ]


def test_the_total_leaves_a_suppressed_country_no_room_above():
    frame = pd.DataFrame(
        {"year": 2021, "partner": ["WLD", "GBR", "JPN", "DEU"], "value": [7_200.0, 4_000.0, 3_000.0, float("nan")],
         "low": [7_150, 3_950, 2_950, None], "high": [7_250, 4_050, 3_050, None]}
    )  # fmt: skip
    new = frame.assign(value=[7_200.0, 2_900.0, 3_000.0, float("nan")], low=[7_150, 2_850, 2_950, None],
                       high=[7_250, 2_950, 3_050, None])  # fmt: skip
    # At first 7,250 - 3,950 - 2,950 = 350 are left for Germany, below Japan for certain; then 1,450, still below.
    assert moves.moves(frame, new, "JPN", value="value", groups={"WLD"}) == [
        Move((), Place(2021, 2, 2, 2, 3), Place(2021, 1, 1, 1, 3))
    ]
