"""The client of the Census trade API against a replayed server; the year 2091 and its numbers are made up."""

from __future__ import annotations

import datetime as dt
import json
from types import SimpleNamespace

import pytest
import replay
from replay import EMPTY, KEY, Answer

from helpers.data import catalog
from helpers.data.sources import census
from helpers.data.sources.answer import SourceError
from helpers.errors import BriefsError, DataCheckError

VALUES = {"exports": "ALL_VAL_YR", "imports": "GEN_VAL_YR"}
COUNTRIES = {
    "-": ("TOTAL FOR ALL COUNTRIES", 1060),
    "0003": ("EUROPEAN UNION", 500),
    "00XX": ("A GROUP WE DO NOT KEEP", 900),
    "1220": ("CANADA", 400),
    "4280": ("GERMANY", 500),
    "5081": ("WEST BANK ADMINISTERED BY ISRAEL", 2),
    "5082": ("GAZA STRIP ADMINISTERED BY ISRAEL", 3),
    "5880": ("JAPAN", 150),
    "8220": ("", 5),
}


def nation(flow, endpoint, asked, countries=COUNTRIES):
    """Return December of a year to date by country."""
    assert endpoint == "hs"
    if asked["MONTH"] != "12":
        return None
    return [
        {"CTY_CODE": code, "CTY_NAME": name, VALUES[flow]: str(amount * 1_000_000 + 1 * (code in ("-", "5880")))}
        for code, (name, amount) in countries.items()
    ]  # fmt: skip


def states(flow, endpoint, asked):
    """Return two states, the unknown one and all of them, with a roll-up over countries in each."""
    assert endpoint == "statehs"
    amounts = {"CA": (7, 5), "TN": (3, 0), "XX": (1, 1)}
    table = {**amounts, "-": tuple(map(sum, zip(*amounts.values(), strict=True)))}
    countries = {"5880": "JAPAN", "4280": "GERMANY"}
    rows = []
    for state, by_country in table.items():
        cells = dict(zip(countries, by_country, strict=True)) | {"-": sum(by_country), "0003": by_country[1]}
        rows += [
            {"STATE": state, "CTY_CODE": code, "CTY_NAME": countries.get(code, "A GROUP"), VALUES[flow]: str(value)}
            for code, value in cells.items()
        ]  # fmt: skip
    return rows


def test_a_year_of_goods_trade_is_december_to_date_in_millions(server, ask):
    server.answer(replay.census_route(nation))
    found = ask(census.goods_trade, [2091], vintage="2092-02")
    table = catalog.describe("goods_trade")
    assert found.frame.columns.tolist() == table.columns
    exports = found.frame[found.frame["flow"] == "exports"].set_index("partner")["value_musd"]
    assert exports.to_dict() == pytest.approx(
        {"WLD": 1060.000001, "EUU": 500, "CAN": 400, "DEU": 500, "PSE": 5, "JPN": 150.000001, "UNIDENT": 5}
    )
    assert set(found.frame["months"]) == {12}
    assert set(found.frame["source"]) == {"census-api-hs"}
    catalog.check_codes(found.frame, table)
    assert found.period == "2091"


def test_goods_trade_is_asked_for_as_documented(server, ask):
    server.answer(replay.census_route(nation))
    found = ask(census.goods_trade, [2091])
    assert server.asked == [
        ("exports/hs", {"get": "CTY_CODE,CTY_NAME,ALL_VAL_YR", "YEAR": "2091", "MONTH": "12", "key": KEY}),
        ("imports/hs", {"get": "CTY_CODE,CTY_NAME,GEN_VAL_YR", "YEAR": "2091", "MONTH": "12", "key": KEY}),
    ]
    assert [raw.name for raw in found.raws] == [
        "census-hs-exports-2091-12.json",
        "census-hs-imports-2091-12.json",
    ]


def test_a_country_without_a_december_is_taken_from_the_month_before(server, ask):
    def rows(flow, endpoint, asked):
        kept = {code: row for code, row in COUNTRIES.items() if code != "4280"}
        if asked["MONTH"] == "12":
            return nation(flow, endpoint, asked, kept)
        if asked["MONTH"] == "11":
            return nation(
                flow, endpoint, {**asked, "MONTH": "12"}, {"4280": ("GERMANY", 500), "5880": ("JAPAN", 9)}
            )
        return None

    server.answer(replay.census_route(rows))
    found = ask(census.goods_trade, [2091]).frame
    exports = found[found["flow"] == "exports"].set_index("partner")["value_musd"]
    assert exports["DEU"] == 500
    assert exports["JPN"] == pytest.approx(150.000001)
    assert [asked["MONTH"] for _, asked in server.asked] == ["12", "11", "12", "11"]


def test_a_country_that_last_traded_in_january_is_found_and_every_answer_is_kept(server, ask):
    def rows(flow, endpoint, asked):
        if asked["MONTH"] == "12":
            kept = {code: row for code, row in COUNTRIES.items() if code != "4280"}
            return nation(flow, endpoint, asked, kept)
        if asked["MONTH"] == "01":
            return nation(flow, endpoint, {**asked, "MONTH": "12"}, {"4280": COUNTRIES["4280"]})
        return None

    server.answer(replay.census_route(rows))
    found = ask(census.goods_trade, [2091])
    assert set(found.frame.loc[found.frame["partner"] == "DEU", "value_musd"]) == {500}
    assert [raw.name for raw in found.raws] == [
        f"census-hs-{flow}-2091-{month:02d}.json"
        for flow in ("exports", "imports")
        for month in range(12, 0, -1)
    ]


def test_the_state_of_the_figures_is_the_day_on_which_they_were_asked_for_unless_given(
    server, ask, monkeypatch
):
    monkeypatch.setattr(census, "date", SimpleNamespace(today=lambda: dt.date(2092, 3, 4)))
    server.answer(replay.census_route(nation))
    assert set(ask(census.goods_trade, [2091]).frame["vintage"]) == {"2092-03-04"}
    given = ask(census.goods_trade, [2091], vintage="2092-02").frame
    assert set(given["vintage"]) == {"2092-02"}
    assert set(given["released"]) == {"2092-03-04"}


def test_countries_that_never_add_up_refuse_the_year(server, ask):
    kept = {code: row for code, row in COUNTRIES.items() if code != "4280"}
    server.answer(replay.census_route(lambda *of: nation(*of, kept)))
    with pytest.raises(SourceError, match=r"add up to the total, got 'the United States: -500,000,000'"):
        ask(census.goods_trade, [2091])


def test_a_year_that_is_not_out_yet_is_told_and_no_year_is_kept(server, ask, pauses, no_key):
    server.answer(replay.census_route(lambda *of: nation(*of) if of[2]["YEAR"] == "2091" else None))
    with pytest.raises(
        SourceError, match=r"exports 2092: expected a December, got no data \(yet\)"
    ) as caught:
        ask(census.goods_trade, [2091, 2092])
    assert pauses == []
    no_key(caught.value)


def test_every_unknown_country_is_named_at_once(server, ask):
    odd = {**COUNTRIES, "9998": ("NARNIA", 0), "9999": ("UTOPIA", 0)}
    server.answer(replay.census_route(lambda *of: nation(*of, odd)))
    with pytest.raises(DataCheckError, match="got 'NARNIA', 'UTOPIA'"):
        ask(census.goods_trade, [2091])


def test_a_country_twice_is_refused_before_anything_is_added_up(server, ask):
    server.answer(replay.census_route(lambda *of: nation(*of) + nation(*of)[-1:]))
    with pytest.raises(SourceError, match="each row once, got twice '8220'"):
        ask(census.goods_trade, [2091])


def array(*rows, **more):
    """Return an array of arrays."""
    return Answer(json.dumps(rows).encode(), **more)


HEADER = ["CTY_CODE", "CTY_NAME", "ALL_VAL_YR", "YEAR", "MONTH"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (array([*HEADER, "YEAR"], ["-", "X", "1", "2091", "12", "2090"]), "two different columns YEAR"),
        (array(HEADER, ["-", "X", "1", "2090", "12"]), "expected YEAR 2091, got '2090'"),
        (array(HEADER, ["-", "X", "1"]), "rows of another length than the header"),
        (array(["CTY_CODE", "YEAR"], ["-", "2091"]), "no 'CTY_NAME', 'ALL_VAL_YR'"),
        (array(HEADER, ["-", "X", "1.5", "2091", "12"]), r"expected whole numbers, got '1\.5'"),
        (array(HEADER, ["-", "X", None, "2091", "12"]), "expected whole numbers, got ''"),
        (Answer(b'{"error": "of the test"}'), r'got an error \{"error": "of the test"\}'),
        (Answer(b'["error of the test"]'), "got an error 'error of the test'"),
        (array(HEADER), r"expected a December, got no data \(yet\)"),
        (EMPTY, r"expected a December, got no data \(yet\)"),
        (Answer(b""), r"expected a December, got no data \(yet\)"),
        (replay.page("Invalid Key"), r"a web page \(Invalid Key\)\. Check CENSUS_API_KEY, and that it is activated"),
        (Answer(b"error: error in query", 400), "got 400: error: error in query"),
    ],
    ids=["columns", "year", "length", "missing", "decimal", "null", "object", "list", "header", "204", "empty",
         "key", "400"],
)  # fmt: skip
def test_an_answer_that_is_not_what_was_asked_is_refused_at_once(server, ask, no_key, answer, said):
    server.answer([answer])
    with pytest.raises(SourceError, match=said) as caught:
        ask(census.goods_trade, [2091])
    assert len(server.asked) == 1
    no_key(caught.value)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (replay.page("Maintenance"), r"a web page \(Maintenance\)"),
        (Answer(b'[["CTY_CODE"'), "no JSON, or half of one"),
        (array(HEADER, cut=True), r"no whole answer \(RemoteProtocolError\)"),
        (Answer(b"", 500), r"an error of the server \(500\)"),
    ],
    ids=["html", "half", "cut", "500"],
)
def test_an_answer_that_stays_bad_is_told_after_five_tries(server, ask, pauses, no_key, answer, said):
    server.answer([answer])
    with pytest.raises(SourceError, match=rf"\(5 times\).*{said}") as caught:
        ask(census.goods_trade, [2091])
    assert pauses == [1, 2, 4, 8]
    no_key(caught.value)


def test_the_states_are_in_dollars_without_groups_or_pairs_without_trade(server, ask):
    server.answer(replay.census_route(states))
    found = ask(census.state_trade, [2091])
    table = catalog.describe("state_trade")
    assert found.frame.columns.tolist() == table.columns
    exports = found.frame[found.frame["flow"] == "exports"]
    assert exports.set_index(["state", "partner"])["value_usd"].to_dict() == {
        ("CA", "DEU"): 5,
        ("CA", "JPN"): 7,
        ("CA", "WLD"): 12,
        ("TN", "JPN"): 3,
        ("TN", "WLD"): 3,
        ("US_UNKNOWN", "DEU"): 1,
        ("US_UNKNOWN", "JPN"): 1,
        ("US_UNKNOWN", "WLD"): 2,
    }
    catalog.check_codes(found.frame.assign(source="census-api-hs"), table)


def test_the_line_of_all_states_is_a_table_of_its_own(server, ask):
    server.answer(replay.census_route(states))
    found = ask(census.state_trade_us, [2091])
    assert found.frame.columns.tolist() == catalog.describe("state_trade_us").columns
    imports = found.frame[found.frame["flow"] == "imports"].set_index("partner")["value_usd"]
    assert imports.to_dict() == {"DEU": 6, "JPN": 11, "WLD": 17}


def test_states_that_do_not_add_up_to_all_states_are_refused(server, ask):
    server.answer(replay.census_route(lambda *of: [row for row in states(*of) if row["STATE"] != "TN"]))
    with pytest.raises(SourceError, match=r"got 'all states, country 5880: -3'"):
        ask(census.state_trade, [2091])


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        (lambda row: row["STATE"] == "TN" and row["CTY_CODE"] == "-", "got 'TN: 3'"),
        (
            lambda row: row["STATE"] == "TN" and row["CTY_CODE"] not in ("-", "0003"),
            "got 'TN: -3', 'all states, ",
        ),
        (
            lambda row: row["STATE"] == "-" and row["CTY_CODE"] == "5880",
            "got '-: -11', 'all states, country 5880: 11'",
        ),
    ],
    ids=["total", "countries", "nation"],
)
def test_a_state_without_its_total_or_its_countries_is_refused(server, ask, lacking, said):
    server.answer(replay.census_route(lambda *of: [row for row in states(*of) if not lacking(row)]))
    with pytest.raises(SourceError, match=said):
        ask(census.state_trade, [2091])


def test_states_without_the_line_of_all_states_are_kept_and_that_line_is_missed(server, ask):
    server.answer(replay.census_route(lambda *of: [row for row in states(*of) if row["STATE"] != "-"]))
    found = ask(census.state_trade, [2091]).frame
    assert len(found) == 16
    assert set(found["source"]) == {"census-api-statehs"}
    with pytest.raises(SourceError, match="state_trade_us: expected rows by state, got none"):
        ask(census.state_trade_us, [2091])


def test_a_server_that_cannot_answer_for_all_states_is_asked_for_each(server, ask):
    whole = replay.census_route(states)
    server.answer(lambda path, asked: whole(path, asked) if "STATE" in asked else Answer(b"", 500))
    found = ask(census.state_trade, [2091])
    assert len(found.frame) == 16
    assert [asked.get("STATE") for _, asked in server.asked[:5]] == [None, None, "-", "AK", "AL"]
    assert "census-statehs-exports-2091-12-TN.json" in {raw.name for raw in found.raws}


def test_every_unknown_state_is_named_at_once(server, ask):
    other = {"TN": "QQ", "XX": "ZZ"}

    def rows(*of):
        return [dict(row, STATE=other.get(row["STATE"], row["STATE"])) for row in states(*of)]

    server.answer(replay.census_route(rows))
    with pytest.raises(DataCheckError, match="got 'QQ', 'ZZ'"):
        ask(census.state_trade, [2091])


def test_no_key_is_told_in_one_sentence_with_the_page(monkeypatch):
    monkeypatch.delenv("CENSUS_API_KEY", raising=False)
    with pytest.raises(
        BriefsError, match=r"at https://api\.census\.gov/data/key_signup\.html and set CENSUS_API_KEY"
    ):
        census.goods_trade([2091])


def test_key_and_address_come_from_the_environment(server, monkeypatch, no_key):
    monkeypatch.setenv("CENSUS_API_KEY", KEY)
    monkeypatch.setenv("BRIEFS_CENSUS_URL", server.url)
    server.answer(replay.census_route(nation))
    found = census.goods_trade([2091])
    assert {asked["key"] for _, asked in server.asked} == {KEY}
    no_key(found, *found.raws)
