"""Ranks and shares of commodities, by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import commodities

TOP = pd.DataFrame(
    {
        "commodity": ["870323", "880240", "020130", "100590"],
        "value_usd": [900, 700, 300, 300],
        "total_usd": [2_400] * 4,
        "next_usd": [200] * 4,
    }
)


def test_commodities_of_equal_value_share_the_better_rank():
    found = commodities.ranked(TOP)
    assert found[["rank", "tied"]].to_numpy().tolist() == [[1, False], [2, False], [3, True], [3, True]]


def test_a_commodity_is_tied_with_one_that_is_left_out():
    two = TOP.head(2).assign(value_usd=[100, 50], total_usd=200, next_usd=50)
    assert commodities.ranked(two)[["rank", "tied"]].to_numpy().tolist() == [[1, False], [2, True]]


def test_shares_are_of_all_commodities_with_the_partner_and_chapters_the_first_two_digits():
    found = commodities.ranked(TOP)
    assert found["share"].tolist() == pytest.approx([0.375, 7 / 24, 0.125, 0.125])
    assert sorted(found["chapter"]) == ["02", "10", "87", "88"]
    assert commodities.part(found) == pytest.approx(2200 / 2400)


def test_nothing_in_hand_stays_nothing():
    assert commodities.ranked(TOP.head(0)).empty
