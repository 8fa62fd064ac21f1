"""A number of rows names who published these rows, and how many publications it leaves out."""

import pandas as pd
import pytest

from helpers.analysis import derive, district, lineage
from helpers.data import catalog, origins
from helpers.display import markup
from helpers.display.prose import Voice
from helpers.display.show import district_presence, places

NAMES = {"WA": "Washington", "JPN": "Japan"}
PAIRS = pd.DataFrame(
    [
        ("WA", "1969-11", "sister_city", "Bellevue", "Yao", "seattle-sister-2020"),
        ("WA", "1993-08-01", "sister_city", "Federal Way", "Hachinohe", "sister-list-2010"),
        ("WA", "", "sister_city", "Kent", "Tamba", "seattle-sister-2020"),
        ("GA", "", "sister_city", "Macon", "Kurobe", "jas-georgia"),
    ],
    columns=["state", "date", "kind", "us_place", "japan_place", "source"],
)


class Told:
    """Tables and sources under their own names."""

    def table(self, name):
        both = {"en": name, "ja": name}
        return origins.Origin(both, both, f"{name}.csv", "0" * 64, "2026")

    def source(self, key):
        return key, ""

    def more(self, key):
        return 0


def test_sister_relations_cite_the_source_of_each_row_and_are_of_no_single_year():
    empty = {
        "company_sites": ["state", "definition", "unit", "year"],
        "sister_counts": ["state", "kind", "year"],
        "state_offices": ["state", "status", "year"],
    }
    tables = {name: pd.DataFrame(columns=columns) for name, columns in empty.items()}
    block = places.presence(Voice("en", NAMES, Told()), "WA", "JPN", sister_pairs=PAIRS, **tables)
    (value,) = block.numbers()
    assert value.value == 3
    assert value.period == "to date"
    assert list(value.trace.sources) == ["seattle-sister-2020", "sister-list-2010"]
    assert derive.recompute(value.trace.to_json(), {"sister_pairs": PAIRS}.__getitem__) == 3


@pytest.mark.parametrize(
    ("table", "more"), [("goods_trade_monthly", 0), ("jurisdictions", 0), ("jobs_state", 1)]
)
def test_a_whole_table_names_two_publications_and_counts_the_others(table, more):
    told = origins.Origins()
    assert told.more(f"table:{table}") == more  # 1, 2 and 3 publications stand in the descriptor
    assert told.source(f"table:{table}")[0].count("; ") >= (table != "goods_trade_monthly")


def test_a_single_publication_has_no_others():
    assert origins.Origins().more("census-trade") == 0


def test_the_others_are_counted_in_the_language_of_the_page():
    made = lineage.count("jobs_state")
    said = {
        lang: Voice(lang, NAMES, origins.Origins()).trace(made, "states").sources["table:jobs_state"][0]
        for lang in ("en", "ja")
    }
    assert said["en"].endswith("; 1 more in data/sources.csv")
    assert said["ja"].endswith("；ほか1件（data/sources.csv）")


def counts(lang, **columns):
    """Return the table of Washington with one count of companies that a text states."""
    row = {
        "state": "WA", "mission": "", "year": 2020, "definition": "stated_companies", "value": 450.0,
        "unit": "companies", "qualifier": "", "source": "japantimes-texas-2023", "note_en": "", "note_ja": "",
    }  # fmt: skip
    none = {"sister_counts": ["state", "kind", "year"], "state_offices": ["state", "status", "year"]}
    tables = {name: pd.DataFrame(columns=names) for name, names in none.items()}
    return places.presence(
        Voice(lang, NAMES, origins.Origins()), "WA", "JPN",
        company_sites=pd.DataFrame([row | columns]), sister_pairs=PAIRS.iloc[:0], **tables,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "source", "label"),
    [
        ("en", "japantimes-texas-2023", "Japanese companies (as the press states)"),
        ("ja", "japantimes-texas-2023", "日系企業数（報道の記載）"),
        ("en", "houston-greeting-2018", "Japanese companies (as an official text states)"),
        ("ja", "houston-greeting-2018", "日系企業数（公的な文書の記載）"),
    ],
)
def test_a_stated_count_says_whether_an_official_text_or_the_press_states_it(lang, source, label):
    # sources.csv: The Japan Times is secondary, the greeting of the Consul-General in Houston official.
    block = counts(lang, source=source)
    assert block.rows[0]["measure"] == label
    assert block.numbers()[0].label == label


@pytest.mark.parametrize(
    ("lang", "note"), [("en", "Up from 300 in 2015; who counted is not stated"), ("ja", "調査主体の記載なし")]
)
def test_the_note_of_a_row_stands_under_the_table(lang, note):
    block = counts(
        lang, note_en="Up from 300 in 2015; who counted is not stated", note_ja="調査主体の記載なし"
    )
    assert markup.unmarked(block.rows[0]["figure"]) == "450 [a]"
    assert block.notes == (f"[a] {note}",)


# JETRO's quotation of BEA ranks the countries by affiliates of 2017 in 25 states, Colorado among them.
@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "Japan’s rank by the number of affiliates is BEA’s of 2017, as quoted by JETRO;"),
        ("ja", "子会社数の順位はBEA（2017年、ジェトロ引用）、"),
    ],
)
def test_the_ranks_by_affiliates_are_told_with_their_year(lang, words):
    load = catalog.loader("")
    place = district.of("denver", load("missions"), load("jurisdictions"), load("states"))
    names = ("company_sites", "sister_counts", "sister_pairs", "state_offices")
    voice = Voice(lang, catalog.names(lang), origins.Origins())
    table, *_ = district_presence.blocks(voice, "JPN", place, **{name: load(name) for name in names})
    assert table.notes[0].startswith(words)
    sites = load("company_sites")
    unranked = {name: load(name) for name in names} | {"company_sites": sites[sites["unit"] != "rank"]}
    table, *_ = district_presence.blocks(voice, "JPN", place, **unranked)
    assert table.notes[0] == voice.say("mission.presence_note_unranked")


def test_a_district_carries_the_notes_of_its_rows():
    # By hand from the tables: Nebraska’s office, Atlanta’s 1,500 in five states, Michigan’s 27 sister cities.
    for mission, words in (
        ("chicago", "whether it is still open is not stated"),
        ("atlanta", "Five states, Virginia among them, as the district stood until 2014"),
        ("detroit", "May cover Michigan and Ohio together"),
    ):
        load = catalog.loader("")
        place = district.of(mission, load("missions"), load("jurisdictions"), load("states"))
        names = ("company_sites", "sister_counts", "sister_pairs", "state_offices")
        voice = Voice("en", catalog.names("en"), origins.Origins())
        tables = {name: load(name) for name in names}
        found = district_presence.blocks(voice, "JPN", place, **tables)
        assert any(words in note for table in found for note in table.notes), mission
