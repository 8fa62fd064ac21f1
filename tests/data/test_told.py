"""What the descriptor says of a table after refreshes: its own words stay, what came is added once."""

from __future__ import annotations

import pandas as pd

from helpers.data import descriptor, told
from helpers.data.sources.answer import Fetched

KEPT = {
    "path": "raw/jobs_state/2098-01-02-abc.json",
    "sha256": "abc",
    "url": "https://e.org",
    "retrieved": "2098-01-02",
}


def fetched(period="2097", vintage="2098-01-02"):
    frame = pd.DataFrame({"year": [2097], "vintage": [vintage], "source": ["bea-mne-api"]})
    return Fetched("jobs_state", frame, (), period)


def resource(folder):
    return next(r for r in descriptor.raw(folder.path)["resources"] if r["name"] == "jobs_state")


def test_own_words_stay_and_what_came_stands_behind_them(folder):
    before, entry = resource(folder), resource(folder)
    told.tell(entry, fetched(), [KEPT], "2098-01-02")
    assert entry["coverage"] == f"{before['coverage']} · refreshed: 2097 as of 2098-01-02"
    assert entry["coverage_ja"] == f"{before['coverage_ja']}・更新分：2097年（2098-01-02版）"
    assert entry["lacks"] == f"Before the refresh: {before['lacks']}"
    assert entry["lacks_ja"] == f"更新前の記述：{before['lacks_ja']}"
    assert entry["raw"] == [KEPT]
    assert entry["sources"][0]["title"].startswith("US Bureau of Economic Analysis: ")
    assert entry["sources"][1:] == before["sources"]


def test_the_same_refresh_told_twice_is_told_once(folder):
    once, twice = resource(folder), resource(folder)
    told.tell(once, fetched(), [KEPT], "2098-01-02")
    told.tell(twice, fetched(), [KEPT], "2098-01-02")
    told.tell(twice, fetched(), [KEPT], "2098-01-02")
    assert twice == once


def test_a_later_refresh_is_added(folder):
    entry = resource(folder)
    told.tell(entry, fetched(), [KEPT], "2098-01-02")
    told.tell(
        entry, fetched("2096-2098", "2099-03"), [{**KEPT, "path": "raw/jobs_state/other.json"}], "2099-03-04"
    )
    assert entry["coverage"].endswith(" · refreshed: 2097 as of 2098-01-02, 2096-2098 as of 2099-03")
    assert entry["coverage_ja"].endswith("・更新分：2097年（2098-01-02版）、2096～2098年（2099-03版）")
    assert len(entry["raw"]) == 2
    assert [item["retrieved"] for item in entry["refreshed"]] == ["2098-01-02", "2099-03-04"]
