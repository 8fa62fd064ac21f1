"""The block of commodities: where it was fetched a table of each flow, else one sentence on how to bring it in."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.display import show
from helpers.display.markup import unmarked
from helpers.display.prose import Voice

VOICES = {
    "en": Voice("en", {"TN": "Tennessee", "JPN": "Japan"}),
    "ja": Voice("ja", {"TN": "テネシー州", "JPN": "日本"}),
}
CHAPTERS = pd.DataFrame(
    {"hs2": ["87", "88"], "name_en": ["Vehicles", "Aircraft"], "name_ja": ["自動車・同部品", "航空機"]}
)
EXPORTS = pd.DataFrame(
    {
        "year": 2097,
        "month": 12,
        "state": "TN",
        "partner": "JPN",
        "flow": "exports",
        "commodity": ["870323", "880240"],
        "description": ["MADE-UP MOTOR CARS", "MADE-UP AIRCRAFT"],
        "value_usd": [900_000_000, 300_000_000],
        "total_usd": 2_400_000_000,
        "commodities": 321,
        "next_usd": 200_000_000,
        "vintage": "2098-02-10",
        "released": "2098-02-10",
        "source": "census-api-statehs",
        "table": "statehs/TN/2097/exports",
    }
)
NONE = EXPORTS.head(0)


def block(lang, exports, imports):
    return show.commodities.block(VOICES[lang], "TN", "JPN", exports, imports, chapters=CHAPTERS)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            "What Tennessee trades with Japan by commodity is not in hand: the US Census Bureau publishes it "
            "(international trade API, statehs), and “briefs data refresh statehs --state TN” brings it in with a "
            "Census key.",
        ),
        (
            "ja",
            "テネシー州と日本の品目別貿易は未収録である。米国センサス局が公表しており（国際貿易API、statehs）、"
            "同局のAPIキーがあれば「briefs data refresh statehs --state TN」で取り込める。",
        ),
    ],
    ids=["en", "ja"],
)
def test_what_is_missing_is_one_sentence_with_publisher_and_command(lang, words):
    (note,) = block(lang, NONE, NONE)
    assert (note.kind, note.text) == ("missing", words)


def test_one_flow_that_is_missing_is_said_beside_the_other():
    (row,) = block("en", EXPORTS, NONE.assign(flow="imports"))
    table, note = row.items
    assert table.title == "Exports from Tennessee to Japan by commodity, 2097"
    assert note.text.startswith("Imports between Tennessee and Japan by commodity are not in hand")


@pytest.mark.parametrize(
    ("lang", "names", "first"),
    [
        ("en", ["MADE-UP MOTOR CARS", "MADE-UP AIRCRAFT"], "1"),
        ("ja", ["第87類 自動車・同部品", "第88類 航空機"], "1位"),
    ],
    ids=["en", "ja"],
)
def test_a_table_names_code_commodity_value_and_share(lang, names, first):
    (row,) = block(lang, EXPORTS, EXPORTS.assign(flow="imports"))
    table = row.items[0]
    assert [cells["commodity"] for cells in table.rows] == names
    assert [cells["code"] for cells in table.rows] == ["8703.23", "8802.40"]
    assert [unmarked(cells["value"]) for cells in table.rows] == ["900.0", "300.0"]  # millions
    assert [unmarked(cells["share"]) for cells in table.rows] == ["37.5%", "12.5%"]  # of 2,400 million
    assert unmarked(table.rows[0]["rank"]) == first
    assert ("MADE-UP MOTOR CARS" in " ".join(table.notes)) == (lang == "ja")


def test_every_number_of_the_table_stands_in_the_json():
    (row,) = block("en", EXPORTS, NONE)
    values = {value.id: value.value for value in row.numbers()}
    assert values["exports.commodities.870323.value_usd"] == 900_000_000
    assert values["exports.commodities.870323.share"] == pytest.approx(0.375)
    assert values["exports.commodities.880240.rank"] == 2
    assert values["exports.commodities.total"] == 2_400_000_000
    assert values["exports.commodities.part"] == pytest.approx(0.5)
    assert values["exports.commodities.count"] == 321
    assert values["exports.commodities.shown"] == 2


def test_part_of_a_year_is_called_one():
    (row,) = block("en", EXPORTS.assign(month=6), NONE)
    assert row.items[0].title.endswith("2097 to month 6")
