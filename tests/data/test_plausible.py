"""What a refresh must hold to take the place of what is in hand."""

from __future__ import annotations

import pytest

from helpers.data import catalog, changes, plausible
from helpers.errors import DataCheckError


def again(year: int, without: str = ""):
    """Return the rows of a year of goods trade as they are in hand, without one partner, as of a later vintage."""
    held = catalog.load("goods_trade", year=year, vintage="2023-03")
    return held[held["partner"] != without].assign(vintage="2098-03", released="2098-03-01")


def checked(answer):
    before = catalog.load("goods_trade", vintage="all")
    found = changes.compare(catalog.describe("goods_trade"), before, answer)
    return plausible.check(found, answer)


def test_a_year_of_which_no_total_is_in_hand_needs_none():
    """The Census Bureau's file by country begins with 1985 and has the world from 1987 only."""
    assert "WLD" not in set(again(1985)["partner"])
    assert checked(again(1985)) == ()


@pytest.mark.parametrize("partner", ["JPN", "WLD"])
def test_what_a_year_in_hand_has_is_needed(partner):
    with pytest.raises(DataCheckError, match=f"none for '1990 exports {partner}', '1990 imports {partner}'"):
        checked(again(1990, without=partner))


@pytest.mark.parametrize("partner", ["JPN", "WLD"])
def test_a_new_year_of_the_nation_needs_japan_and_the_total(partner):
    answer = again(1990, without=partner).assign(year=2097)
    with pytest.raises(DataCheckError, match=f"none for '2097 exports {partner}', '2097 imports {partner}'"):
        checked(answer)
