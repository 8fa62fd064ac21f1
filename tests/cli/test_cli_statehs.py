"""``briefs data refresh statehs`` against a replayed Census server: fetched once, resumed where it broke off.

The year 2097 is fictitious, as are all its figures.
"""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
import replay
from replay import KEY, Replay

from helpers.cli import statehs
from helpers.data import commodities, partitions

YEAR = 2097
ASK = ("data", "refresh", "statehs", "--year", str(YEAR))
GOODS = [
    ("870323", "MADE-UP MOTOR CARS", 900),
    ("880240", "MADE-UP AIRCRAFT", 700),
    ("020130", "MADE-UP BEEF", 300),
]
PARTNERS = [
    ("-", "TOTAL FOR ALL COUNTRIES"),
    ("0003", "EUROPEAN UNION"),
    ("5880", "JAPAN"),
    ("1220", "CANADA"),
]


def rows(flow, endpoint, asked):
    letter, stem = ("E", "ALL_VAL") if flow == "exports" else ("I", "GEN_VAL")
    return [
        {
            "CTY_CODE": code,
            "CTY_NAME": name,
            "STATE": asked["STATE"],
            f"{letter}_COMMODITY": commodity,
            f"{letter}_COMMODITY_SDESC": words,
            f"{stem}_MO": str(value),
            f"{stem}_YR": str(value * 12),
        }
        for code, name in PARTNERS
        for commodity, words, value in GOODS
    ]


@pytest.fixture
def server(monkeypatch):
    with Replay(replay.census_route(rows)) as found:
        monkeypatch.setenv("BRIEFS_CENSUS_URL", found.url)
        monkeypatch.setenv("CENSUS_API_KEY", KEY)
        yield found


def test_both_flows_of_a_state_are_fetched_and_read_back(tables, briefs, server):
    code, out, _ = briefs(*ASK, "--state", "tn")
    assert code == 0
    assert f"statehs {YEAR}: 2 partitions to fetch" in out
    assert (
        "written: raw/statehs/state=TN/year=2097/flow=exports/part.parquet (9 rows)" in out
    )  # the group is left out
    found = commodities.tops("TN", "JPN")
    assert found["exports"][["commodity", "value_usd"]].to_numpy().tolist() == [
        ["870323", 900 * 12],
        ["880240", 700 * 12],
        ["020130", 300 * 12],
    ]
    assert found["imports"]["total_usd"].iloc[0] == 1_900 * 12


def test_what_is_in_hand_is_not_asked_again(tables, briefs, server):
    briefs(*ASK, "--state", "TN")
    asked = len(server.asked)
    code, out, _ = briefs(*ASK, "--state", "TN")
    assert code == 0
    assert f"statehs {YEAR}: 0 partitions to fetch" in out
    assert len(server.asked) == asked == 2


def test_a_state_that_is_named_twice_is_asked_once(tables, briefs, server):
    code, out, _ = briefs(*ASK, "--state", "tn", "--state", "TN")
    assert code == 0
    assert f"statehs {YEAR}: 2 partitions to fetch" in out  # exports and imports
    assert len(server.asked) == 2


def test_without_a_year_the_last_full_one_is_asked_for(tables, briefs, server, monkeypatch):
    day = dt.datetime(YEAR + 1, 1, 1, tzinfo=dt.UTC)
    monkeypatch.setattr(statehs, "datetime", SimpleNamespace(now=lambda zone: day))
    code, out, _ = briefs("data", "refresh", "statehs", "--state", "TN")
    assert code == 0
    assert "statehs 2097: 2 partitions to fetch" in out
    assert {(asked["YEAR"], asked["MONTH"]) for _, asked in server.asked} == {("2097", "12")}


def test_a_key_is_taken_without_the_blanks_around_it_and_blanks_alone_are_none(
    tables, briefs, server, monkeypatch
):
    monkeypatch.setenv("CENSUS_API_KEY", f" {KEY}\n")
    assert briefs(*ASK, "--state", "TN")[0] == 0
    assert {asked["key"] for _, asked in server.asked} == {KEY}
    monkeypatch.setenv("CENSUS_API_KEY", " \n")
    code, out, err = briefs(*ASK, "--state", "KY")
    assert (code, out) == (1, "")
    assert err.startswith("briefs: refresh of statehs: expected a key in CENSUS_API_KEY, got none.")


def test_a_state_that_is_asked_for_is_named_while_it_is_fetched(tables, briefs, server):
    _, out, _ = briefs(*ASK, "--state", "TN")
    assert [line.partition(":")[2].split()[0] for line in out.splitlines()[1:]] == [
        "census-statehs-hs6-exports-TN-2097-12.json",
        "raw/statehs/state=TN/year=2097/flow=exports/part.parquet",
        "census-statehs-hs6-imports-TN-2097-12.json",
        "raw/statehs/state=TN/year=2097/flow=imports/part.parquet",
    ]


def test_a_server_that_fails_leaves_what_was_fetched_and_the_next_run_goes_on(tables, briefs, server, hasty):
    whole = replay.census_route(rows)

    def failing(path, asked):
        return replay.page("Internal error", 500) if asked["STATE"] == "KY" else whole(path, asked)

    server.answer(failing)
    code, out, err = briefs(*ASK, "--state", "TN", "--state", "KY")
    assert code == 1
    assert "an error of the server (500)" in err
    assert KEY not in out + err
    assert len(commodities.top("TN")) == 3
    assert commodities.top("KY").empty
    server.answer(whole)
    code, out, _ = briefs(*ASK, "--state", "TN", "--state", "KY")
    assert (code, len(commodities.top("KY"))) == (0, 3)
    assert "2 partitions to fetch" in out


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_is_said_and_the_next_run_goes_on_with_what_is_lacking(
    tables, briefs, server, monkeypatch, step
):
    """The exports come into their place, partition and index; at the imports the disk refuses."""
    true, calls = getattr(partitions.os, step), []

    def full(*words):
        calls.append(words)
        if len(calls) > 2:
            raise OSError(28, "No space left on device")
        return true(*words)

    with monkeypatch.context() as disk:
        disk.setattr(partitions.os, step, full)
        code, out, err = briefs(*ASK, "--state", "TN")
    assert code == 1
    assert err.startswith(
        f"briefs: {tables / 'raw' / 'statehs'}: expected room and leave to write, got [Errno 28] No space left"
    )
    assert "What was fetched is kept" in err
    assert [line.split(" (")[0] for line in out.splitlines() if "written" in line] == [
        "written: raw/statehs/state=TN/year=2097/flow=exports/part.parquet"
    ]
    assert not list(tables.rglob(".*.new"))
    code, out, _ = briefs(*ASK, "--state", "TN")
    assert code == 0
    assert f"statehs {YEAR}: 1 partitions to fetch" in out


def test_a_year_that_is_not_out_yet_is_said_and_nothing_is_kept(tables, briefs, server, hasty):
    server.answer([replay.EMPTY])
    code, _, err = briefs(*ASK, "--state", "TN")
    assert code == 1
    assert "no data (yet)" in err
    assert not list((tables / "raw").rglob("*.parquet"))


def test_the_key_stands_in_no_file(tables, briefs, server):
    briefs(*ASK, "--state", "TN")
    for path in (p for p in tables.rglob("*") if p.is_file()):
        assert b"MARKER-0000" not in path.read_bytes(), path
