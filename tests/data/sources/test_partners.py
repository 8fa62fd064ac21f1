"""Partners of the publishers in our codes."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.data.sources import partners
from helpers.data.sources.answer import SourceError
from helpers.errors import DataCheckError


def text(*values: str) -> pd.Series:
    return pd.Series(values, dtype="str")


def test_a_country_is_known_by_its_number_when_its_name_is_new_or_missing():
    """Schedule C: 5880 is Japan, 4890 Turkey, 8220 stands for countries that are not identified."""
    found = partners.census(text("5880", "4890", "8220"), text("JAPAN", "TURKIYE", ""))
    assert found.tolist() == ["JPN", "TUR", "UNIDENT"]


def test_a_number_that_is_not_known_goes_by_name_and_unknown_ones_are_named_together():
    assert partners.census(text("9999"), text("KOREA, SOUTH")).tolist() == ["KOR"]
    with pytest.raises(DataCheckError, match="got 'NARNIA', 'UTOPIA'"):
        partners.census(text("9998", "5880", "9999"), text("NARNIA", "JAPAN", "UTOPIA"))


def test_a_number_and_a_name_of_two_countries_are_refused():
    with pytest.raises(SourceError, match=r"got '5880 KOREA, SOUTH'"):
        partners.census(text("5880", "5700"), text("KOREA, SOUTH", "CHINA"))


def test_groups_are_told_from_countries_by_their_code():
    codes = text("-", "0001", "0003", "1XXX", "5880", "1220", "7XXX")
    assert partners.is_group(codes).tolist() == [True, True, True, True, False, False, True]


def test_other_is_the_rest_of_the_region_above_it():
    written = ["Europe 1", "France", "Other", "Albania", "Africa", "Other", "Georgia"]
    assert partners.in_place(written) == [
        "Europe",
        "France",
        "Other Europe",
        "Albania",
        "Africa",
        "Other Africa",
        "Georgia",
    ]


@pytest.mark.parametrize(
    "between", ["Latin America and Other Western Hemisphere", "Eastern Europe", "Canada"]
)
def test_other_below_what_has_none_is_given_to_no_region(between):
    """Latin America is printed in two parts, each with its own rest; a group is no region of ours."""
    placed = partners.in_place(["Europe", between, "Brazil", "Other 2"])
    assert placed == ["Europe", between, "Brazil", "Other"]
    with pytest.raises(SourceError, match="each 'Other' below its region, got one below none of them"):
        partners.bea(text("Brazil", "Other"))


def test_parts_of_one_partner_are_added_up():
    frame = pd.DataFrame({"year": [2091] * 3, "partner": ["PSE", "PSE", "JPN"], "value": [1, 2, 4]})
    assert partners.together(frame, "value").to_numpy().tolist() == [[2091, "JPN", 4], [2091, "PSE", 3]]
