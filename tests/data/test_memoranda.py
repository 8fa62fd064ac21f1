"""Memoranda with states: the days on which they were signed, as the signers published them."""

from __future__ import annotations

from helpers.data import catalog


def test_the_first_memorandum_of_each_state_comes_in_the_order_of_the_foreign_ministry():
    # Governor of California: signed in San Francisco on 5 September 2014
    # https://archive.gov.ca.gov/archive/gov39/2014/09/05/news18685/index.html
    # Foreign Ministry: signed with Indiana on 12 September 2017, the fourth after California, Washington and Maryland
    # https://www.mofa.go.jp/mofaj/press/release/press4_005021.html
    # Foreign Ministry: signed with Florida on 12 October 2023, the fifth after these and Indiana
    # https://www.mofa.go.jp/press/release/press4e_003310.html
    signed = catalog.load("state_memoranda")
    signed = signed[signed["act"] == "signed"].assign(date=lambda rows: rows["date"].astype(str))
    first = signed.sort_values("date").drop_duplicates("state")
    assert list(zip(first["state"], first["date"], strict=True)) == [
        ("CA", "2014-09-05"),
        ("WA", "2016-06"),
        ("MD", "2016-08-24"),
        ("IN", "2017-09-12"),
        ("FL", "2023-10-12"),
    ]
