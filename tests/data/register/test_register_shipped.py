"""The register of events as it is shipped; a reader's own is tested in ``register/``."""

from __future__ import annotations

from helpers.data import catalog, register


def test_the_shipped_register_has_an_address_for_each_of_its_events():
    events = register.read()
    assert len(events) == 320  # counted in the file when it was compiled
    assert events["source_url"].str.startswith(("http://", "https://")).all()


def test_the_memorandum_with_california_has_the_day_and_place_of_its_signing():
    # "On Monday, March 21, 2022 in Sacramento, Ambassador Koji Tomita and Governor Gavin Newsom signed a Memorandum of
    # Cooperation" (Consulate-General in San Francisco, https://www.sf.us.emb-japan.go.jp/itpr_en/22_0321.html)
    events = register.read()
    row = events[events["event_id"] == "EV0165"].iloc[0]
    assert (str(row["date_start"])[:10], row["city"]) == ("2022-03-21", "Sacramento")
    memoranda = catalog.load("state_memoranda", state="CA")
    assert "2022-03-21" in memoranda["date"].astype(str).tolist()


def test_what_a_reader_is_told_is_missing_is_what_is_missing():
    rows = catalog.load("events")
    lacks = catalog.describe("events").lacks["en"]
    months = (rows["date_start"].astype(str).str.len() == len("2022-03")).sum()
    cities = (rows["city"] == "").sum()
    assert f"A day is missing for {months} events (month only), a city for {cities};" in lacks
    assert f"Headcounts are missing for {rows['participants'].isna().sum()} events" in lacks


def test_the_alaskan_forum_of_january_2023_claims_no_place_in_a_series():
    # The page names 27 January and 24 February 2023 as days of another series, the Online Youth Forum
    # https://www.anchorage.us.emb-japan.go.jp/itpr_en/11_000001_00369.html
    events = register.read()
    row = events[events["event_id"] == "EV0201"].iloc[0]
    assert row["note"] == "The two later dates in the text are of another series, the Online Youth Forum."
    assert "second" not in row["title"]
    assert "第2回" not in row["title_ja"]


def test_the_savannah_meeting_of_2019_is_confirmed_by_a_text_written_after_it():
    # Global Atlanta, 2020: the conference was last hosted in Georgia in October, with more than 430 people in Savannah;
    # the first source is of 26 September 2019 and announces it
    events = register.read()
    row = events[events["event_id"] == "EV0111"].iloc[0]
    assert (
        row["source_url_2"]
        == "https://www.globalatlanta.com/japan-southeast-u-s-conference-postponed-until-2021/"
    )
    assert row["note"] == "Held according to a second source."
