"""Memoranda with states: the days on which they were signed, as the signers published them."""

from __future__ import annotations

from helpers.data import catalog


def test_the_first_memorandum_of_each_state_comes_in_the_order_of_the_foreign_ministry():
    # Governor of California: signed in San Francisco on 5 September 2014
    # https://archive.gov.ca.gov/archive/gov39/2014/09/05/news18685/index.html
    # Consulate-General in Seattle: signed on 28 June 2016 https://www.seattle.us.emb-japan.go.jp/itpr_ja/00_000164.html
    # Foreign Ministry: signed with Indiana on 12 September 2017, the fourth after California, Washington and Maryland
    # https://www.mofa.go.jp/mofaj/press/release/press4_005021.html
    # Foreign Ministry: signed with Florida on 12 October 2023, the fifth after these and Indiana
    # https://www.mofa.go.jp/press/release/press4e_003310.html
    signed = catalog.load("state_memoranda")
    signed = signed[signed["act"] == "signed"].assign(date=lambda rows: rows["date"].astype(str))
    first = signed.sort_values("date").drop_duplicates("state")
    assert list(zip(first["state"], first["date"], strict=True)) == [
        ("CA", "2014-09-05"),
        ("WA", "2016-06-28"),
        ("MD", "2016-08-24"),
        ("IN", "2017-09-12"),
        ("FL", "2023-10-12"),
    ]


def test_the_extension_of_washington_has_the_day_that_the_register_has():
    # Consulate-General in Seattle: extended on 28 June, when the two years of June 2016 ran out, for four more
    # http://www.seattle.us.emb-japan.go.jp/itpr_ja/00_000437.html
    rows = catalog.load("state_memoranda", state="WA")
    extended = rows.loc[rows["act"] == "extended", "date"].astype(str).tolist()
    assert extended == ["2018-06-28", "2022-06-29"]
    events = catalog.load("events")
    assert events.loc[events["event_id"] == "EV0053", "date_start"].astype(str).tolist() == ["2018-06-28"]
