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
