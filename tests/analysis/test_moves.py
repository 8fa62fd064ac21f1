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
