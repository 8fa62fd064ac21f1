"""Trade by commodity comes one state at a time; the year 2091 and its numbers are made up."""

from __future__ import annotations

import pytest
import replay
from replay import EMPTY, KEY

from helpers.data.sources import census
from helpers.data.sources.answer import SourceError
from helpers.errors import DataCheckError

COUNTRIES = {"-": "TOTAL FOR ALL COUNTRIES", "0003": "EUROPEAN UNION", "5081": "WEST BANK ADMINISTERED BY ISRAEL",
             "5082": "GAZA STRIP ADMINISTERED BY ISRAEL", "5880": "JAPAN"}  # fmt: skip


def rows(flow, endpoint, asked, code="010121"):
    letter, stem = {"exports": ("E", "ALL_VAL"), "imports": ("I", "GEN_VAL")}[flow]
    return [
        {
            "CTY_CODE": country,
            "CTY_NAME": name,
            f"{letter}_COMMODITY": code,
            f"{letter}_COMMODITY_SDESC": "HORSES",
            f"{stem}_MO": "10",
            f"{stem}_YR": "120",
            "STATE": asked["STATE"],
        }
        for country, name in COUNTRIES.items()
    ]


def test_one_state_and_direction_comes_at_a_time_and_nothing_is_asked_before_it_is_wanted(server, ask):
    server.answer(replay.census_route(rows))
    parts = ask(census.statehs, 2091, month=3, states=["TN", "US_UNKNOWN"], vintage="2092")
    assert server.asked == []
    state, flow, raw, frame = next(parts)
    assert (state, flow, raw.name) == ("TN", "exports", "census-statehs-hs6-exports-TN-2091-03.json")
    assert len(server.asked) == 1
    assert frame.to_dict("records")[0] == {
        "year": 2091,
        "month": 3,
        "state": "TN",
        "partner": "JPN",
        "flow": "exports",
        "commodity": "010121",
        "description": "HORSES",
        "value_usd": 10,
        "value_ytd_usd": 120,
        "vintage": "2092",
        "source": "census-api-statehs",
    }
    assert dict(zip(frame["partner"], frame["value_usd"], strict=True)) == {"JPN": 10, "PSE": 20, "WLD": 10}
    rest = [(state, flow) for state, flow, _, _ in parts]
    assert rest == [("TN", "imports"), ("US_UNKNOWN", "exports"), ("US_UNKNOWN", "imports")]
    assert [asked["STATE"] for _, asked in server.asked] == ["TN", "TN", "XX", "XX"]


def test_a_state_is_asked_for_as_documented(server, ask):
    server.answer(replay.census_route(rows))
    list(ask(census.statehs, 2091, states=["TN"], flows=["imports"]))
    assert server.asked == [
        (
            "imports/statehs",
            {
                "get": "CTY_CODE,CTY_NAME,I_COMMODITY,I_COMMODITY_SDESC,GEN_VAL_MO,GEN_VAL_YR",
                "YEAR": "2091",
                "MONTH": "12",
                "STATE": "TN",
                "COMM_LVL": "HS6",
                "key": KEY,
            },
        )
    ]


def test_a_month_that_is_not_out_yet_is_told(server, ask, no_key):
    server.answer([EMPTY])
    with pytest.raises(
        SourceError, match=r"exports of AK, 2091-12: expected rows, got no data \(yet\)"
    ) as caught:
        next(ask(census.statehs, 2091))
    no_key(caught.value)


def test_territories_without_trade_are_passed_over(server, ask):
    whole = replay.census_route(rows)
    server.answer(lambda path, asked: EMPTY if asked["STATE"] == "VI" else whole(path, asked))
    found = [state for state, *_ in ask(census.statehs, 2091, states=["VI", "PR"], flows=["exports"])]
    assert found == ["PR"]


@pytest.mark.parametrize("code", ["10121", "0101", "01012X"])
def test_a_commodity_of_another_depth_is_refused(server, ask, code):
    server.answer(replay.census_route(lambda *of: rows(*of, code=code)))
    with pytest.raises(SourceError, match=rf"commodities of 6 digits, each once for a country, got '{code}'"):
        list(ask(census.statehs, 2091, states=["TN"]))


def test_a_commodity_twice_for_a_country_is_refused(server, ask):
    server.answer(replay.census_route(lambda *of: rows(*of) * 2))
    with pytest.raises(SourceError, match="each once for a country, got '- 010121', '5081 010121'"):
        list(ask(census.statehs, 2091, states=["TN"]))


def test_unknown_countries_are_named_together(server, ask):
    def odd(*of):
        return [
            dict(row, CTY_CODE=f"99{at:02d}", CTY_NAME=f"NOWHERE {at}")
            for at, row in enumerate(rows(*of)[:2])
        ]

    server.answer(replay.census_route(odd))
    with pytest.raises(DataCheckError, match="got 'NOWHERE 0', 'NOWHERE 1'"):
        list(ask(census.statehs, 2091, states=["TN"]))


def test_a_request_that_makes_no_sense_is_refused_before_it_is_sent(server, ask):
    with pytest.raises(SourceError, match="got 'QQ', 'transit', 'HS8'"):
        list(ask(census.statehs, 2091, states=["QQ"], flows=["transit"], level="HS8"))
    assert server.asked == []
