"""The blocks on a consular district over a made-up one: what is summed, what stands apart, what is missing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from helpers.analysis import district, jobs
from helpers.data import catalog
from helpers.data.origins import Origin
from helpers.display import prose
from helpers.display.markup import unmarked
from helpers.display.show import district as top
from helpers.display.show import (
    district_jobs,
    district_presence,
    district_states,
    endmatter,
    events,
    places,
    say,
)

NAMES = {
    "en": {"X": "Exland", "W": "Westland", "Y": "Whyland", "JPN": "Japan", "a": "Consulate-General in Aye",
           "b": "Consulate-General in Bee"},
    "ja": {"X": "エクス州", "W": "西州", "Y": "ワイ州", "JPN": "日本", "a": "エー総領事館", "b": "ビー総領事館"},
}  # fmt: skip
MISSIONS = pd.DataFrame(
    {
        "mission": ["a", "b"],
        "kind": ["consulate_general", "embassy"],
        "city_en": ["Aye", "Bee"],
        "city_ja": ["エー", "ビー"],
        "state": ["X", "Y"],
    }
)
JURISDICTIONS = pd.DataFrame(
    [
        ("a", "X", "full", "", ""),
        ("a", "W", "full", "", ""),
        ("a", "Y", "partial", "North of the river", "川の北"),
        ("b", "Y", "partial", "The rest", "その他"),
    ],
    columns=["mission", "area", "coverage", "detail_en", "detail_ja"],
).assign(as_of="2019-12-03")
STATES = pd.DataFrame({"usps": ["W", "X", "Y"], "name_en": ["Westland", "Exland", "Whyland"]})
JOBS = pd.DataFrame(
    {"year": 2019, "state": ["X", "Y"], "partner": "JPN", "value": [1200.0, 900.0], "low": [1150.0, 850.0],
     "high": [1250.0, 950.0], "flag": "", "rank_printed": [1.0, 2.0], "printed_value": np.nan, "vintage": "made up",
     "released": "2021-08-31", "source": "synthetic"}
)  # fmt: skip


class Told:
    """What is known of every table and source."""

    def table(self, name):
        both = {"en": name, "ja": name}
        return Origin(both, both, f"{name}.csv", "0" * 64, "2026")

    def source(self, key):
        return key, "https://example.org"

    def more(self, key):
        return 0


def voice(lang):
    return prose.Voice(lang, NAMES[lang], Told())


def place(mission="a"):
    return district.of(mission, MISSIONS, JURISDICTIONS, STATES)


def synthetic_trade():
    """Return made-up trade of three states in both flows, in whole millions."""
    rows = {
        "year": 2018,
        "state": ["X", "W", "Y"],
        "partner": "JPN",
        "vintage": "made up",
        "source": "synthetic",
    }
    sold = pd.DataFrame(rows | {"flow": "exports", "value_usd": [30e6, 20e6, 400e6]})
    return pd.concat([sold, sold.assign(flow="imports", value_usd=[10e6, 25e6, 900e6])], ignore_index=True)


def sums():
    table = synthetic_trade()
    nation = table.groupby("flow", as_index=False)["value_usd"].sum()
    nation = nation.assign(year=2018, partner="JPN", vintage="made up", source="synthetic")
    return {
        flow: district.total(table, nation, flow, "JPN", place(), JURISDICTIONS)
        for flow in ("exports", "imports")
    }


def ranked():
    table = synthetic_trade().rename(columns={"value_usd": "value"}).assign(rank=1)
    return {flow: table[table["flow"] == flow] for flow in ("exports", "imports")}


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        (
            "en",
            "In 2018 Exland and Westland sent $50.0 million of goods to Japan (1st of 1 districts) and received "
            "$35.0 million (1st of 1 districts); Whyland, served in part, counts in neither.",
        ),
        (
            "ja",
            "2018年、エクス州、西州（一部を管轄するワイ州は含まない）の対日輸出は5,000万ドル（1管轄地域中第1位）、"
            "輸入は3,500万ドル（1管轄地域中第1位）。",
        ),
    ],
)
def test_the_headline_sums_the_states_served_whole_and_names_the_other(lang, sentence):
    # By hand: exports 30 + 20, imports 10 + 25 million; Whyland's 400 and 900 million are in neither.
    assert top.headline(voice(lang), "JPN", place(), sums()).plain().splitlines()[-1] == sentence


@pytest.mark.parametrize(
    ("lang", "total"), [("en", "Total of the areas served whole"), ("ja", "全域管轄の計")]
)
def test_the_total_is_of_whole_areas_and_the_shared_state_stands_apart(lang, total):
    table, finding, apart, _ = district_states.traded(
        voice(lang), "JPN", place(), sums(), ranked(), JURISDICTIONS
    )
    assert [row["area"] for row in table.rows] == [NAMES[lang]["W"], NAMES[lang]["X"], total]
    assert [value.split("\ue001")[1][:2] for value in (table.rows[-1][f] for f in sums())] == ["50", "35"]
    assert table.marked == (2,)
    assert [row["area"] for row in apart.rows] == [NAMES[lang]["Y"]]
    assert JURISDICTIONS.loc[2, f"detail_{lang}"] in apart.plain()
    assert "60.0%" in finding.plain()  # 30 of 50 million of exports
    assert "71.4%" in finding.plain()  # 25 of 35 million of imports


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "Of these totals Exland has 80.0% of the exports and 70.0% of the imports."),
        ("ja", "計に占める比率は、輸出（80.0%）、輸入（70.0%）ともエクス州が最大。"),
    ],
)
def test_a_state_with_the_most_of_both_is_named_once(lang, sentence):
    # By hand: 200 of 250 million of exports, 70 of 100 million of imports.
    table = synthetic_trade()
    table["value_usd"] = [200e6, 50e6, 400e6, 70e6, 30e6, 900e6]
    nation = table.groupby("flow", as_index=False)["value_usd"].sum()
    nation = nation.assign(year=2018, partner="JPN", vintage="made up", source="synthetic")
    both = {
        flow: district.total(table, nation, flow, "JPN", place(), JURISDICTIONS)
        for flow in ("exports", "imports")
    }
    named = table.rename(columns={"value_usd": "value"}).assign(rank=1)
    flows = {flow: named[named["flow"] == flow] for flow in both}
    _, finding, *_ = district_states.traded(voice(lang), "JPN", place(), both, flows, JURISDICTIONS)
    assert finding.plain() == sentence


def test_jobs_of_some_states_are_never_called_the_district_s():
    told = voice("en")
    by_state = jobs.by_state(JOBS, "JPN")
    card = district_jobs.card(told, "JPN", place(), by_state)
    finding, table = district_jobs.block(told, "JPN", place(), JOBS, by_state)
    assert (card.value.value, len(table.rows), finding.leads) == (1200, 2, True)
    text = finding.plain()
    assert "In hand for 1 of the 2 states served whole, 1,200 jobs together" in text
    assert "this is no total of the district" in text
    assert "Apart, for the whole state: Whyland 900" in text


def test_without_a_figure_of_jobs_it_is_said_who_publishes_them():
    (note,) = district_jobs.block(voice("en"), "JPN", place(), JOBS, jobs.by_state(JOBS.iloc[:0], "JPN"))
    assert (note.kind, "BEA publishes employment" in note.plain()) == ("missing", True)
    assert district_jobs.card(voice("en"), "JPN", place(), jobs.by_state(JOBS.iloc[:0], "JPN")) is None


def test_who_serves_where_names_the_sharer_and_the_states_without_a_mission():
    consuls = pd.DataFrame(columns=["state", "year", "place", "place_ja", "holder", "status"])
    table, without = district_states.served(voice("en"), "JPN", place(), JURISDICTIONS, MISSIONS, consuls)
    assert table.rows[-1]["covers"] == "part: North of the river. Shared with Consulate-General in Bee"
    assert [row["seat"] for row in table.rows] == ["Aye", "–", "Bee"]
    assert without.plain() == "Without the seat of a Japanese mission: 1 of 3 (Westland)."


@pytest.mark.parametrize(("lang", "name"), [("en", "the Aye district"), ("ja", "エー総領事館管轄地域")])
def test_a_district_is_named_by_its_seat_and_the_embassy_s_by_the_embassy(lang, name):
    assert events.named(voice(lang), place()) == name
    assert "mbassy" in events.named(voice("en"), place("b"))


def test_events_of_a_district_are_counted_one_by_one():
    held = pd.DataFrame(
        {"event_id": ["1", "2", "3"], "fiscal_year": [2020, 2021, 2021], "date_start": "2021-05-01",
         "participants": [np.nan, 5, np.nan], "format": "online", "state": "X", "other_states": "", "source_url": "u"}
    )  # fmt: skip
    every = events.counted(voice("en"), place(), held)
    assert (every.how, len(every.cells)) == ("listed", 3)
    assert [
        c.where["event_id"] for c in events.counted(voice("en"), place(), held, fiscal_year=2021).cells
    ] == ["2", "3"]
    known = events.counted(voice("en"), place(), held, "participants")
    assert [c.where["event_id"] for c in known.cells] == ["2"]
    assert events.counted(voice("en"), "X", held).how == "count"


TERRITORY = district.District("t", "consulate_general", {"en": "Tee", "ja": "ティー"}, (), (), ("T",))
CASES = {
    # By hand: X and W are served whole, Y in part; jobs in hand of Y only, of X too, of all three.
    "none": ["Y"],
    "some": ["X", "Y"],
    "all": ["X", "W", "Y"],
}


def jobs_of(states):
    one = JOBS.iloc[:1]
    return jobs.by_state(pd.concat([one.assign(state=state) for state in states], ignore_index=True), "JPN")


@pytest.mark.parametrize(
    ("case", "why"),
    [
        ("none", "No figure is in hand for a state that the mission serves whole; nothing is estimated."),
        ("some", "Figures are in hand for some of the states served whole; the rest is not estimated."),
        ("all", "Figures are in hand for every state served whole and for nothing else of the district."),
    ],
)
def test_why_no_number_of_jobs_is_said_of_the_district_goes_by_what_is_in_hand(case, why):
    held = district_jobs.in_hand(place(), jobs_of(CASES[case]))
    rows = say.district(voice("en"), "JPN", place(), sums(), held).rows
    (reason,) = [row["why"] for row in rows if row["text"].startswith("A number of jobs")]
    assert (held, reason) == (case, f"{why} For a part of a state there is none.")


def test_of_a_district_whose_states_are_all_in_hand_a_number_of_jobs_may_be_said():
    one = district.District("c", "consulate_general", {"en": "Cee", "ja": "シー"}, ("W", "X"), (), ())
    held = district_jobs.in_hand(one, jobs_of(["X", "W"]))
    rows = say.district(voice("en"), "JPN", one, sums(), held).rows
    assert held == "whole"
    assert not [row for row in rows if row["text"].startswith("A number of jobs")]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            "Jobs at Japan-owned affiliates are in hand by state only, and the Tee district has no state.",
        ),
        ("ja", "日系企業の雇用の収録は州別に限られ、ティー総領事館管轄地域には州がない。"),
    ],
)
def test_a_district_without_a_state_lacks_no_state_s_jobs(lang, words):
    by_state = jobs_of(["X"])
    (note,) = district_jobs.block(voice(lang), "JPN", TERRITORY, JOBS, by_state)
    assert note.text == district_jobs.finding(voice(lang), "JPN", TERRITORY, by_state).text == words
    assert district_jobs.in_hand(TERRITORY, by_state) == "stateless"


def test_the_sites_of_a_territory_stand_in_its_district():
    names = {**NAMES["en"], "T": "Teeland"}
    sites = pd.DataFrame(
        {"state": ["T"], "mission": "", "year": [2020], "definition": "mofa_sites", "value": [113.0], "unit": "sites",
         "qualifier": "", "source": "synthetic"}
    )  # fmt: skip
    none = {name: catalog.load(name).iloc[:0] for name in ("sister_counts", "sister_pairs", "state_offices")}
    (table,) = district_presence.blocks(
        prose.Voice("en", names, Told()), "JPN", TERRITORY, company_sites=sites, **none
    )
    assert [(row["area"], unmarked(row["figure"]), row["year"]) for row in table.rows] == [
        ("Teeland", "113", "2020")
    ]


@pytest.mark.parametrize(
    ("best", "worst", "lang", "words"),
    [
        (5, 7, "en", "the district between 5th and 7th of 16"),
        (5, 7, "ja", "16管轄地域中第5位から第7位の間"),
        (2, 3, "en", "the district 2nd or 3rd of 16"),
        (2, 3, "ja", "16管轄地域中第2位又は第3位"),
        (9, 9, "en", "9th of 16 districts"),
        (9, 9, "ja", "16管轄地域中第9位"),
    ],
)
def test_one_rank_is_printed_only_where_it_is_the_only_one(best, worst, lang, words):
    one = replace(sums()["exports"], best=best, worst=worst, of=16)
    ids = {value.id: value.value for value in top.figures(voice(lang), one) if value.unit == "rank"}
    assert unmarked(top.rank(voice(lang), one)) == words
    assert ids == {"exports.best": best, "exports.worst": worst} | ({"exports.rank": 9} if best == 9 else {})


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "the 5 states that the Consulate-General in Aye serves whole"),
        ("ja", "エー総領事館が全域を管轄する5州"),
    ],
)
def test_a_mission_serves_states_and_not_its_district(lang, words):
    one = replace(place(), states=tuple("ABCDE"))
    assert unmarked(top.areas_of(voice(lang), one, replace(sums()["exports"], added=one.states))) == words


def test_the_note_of_editions_names_the_jobs_that_the_page_shows():
    # Y, served in part, is shown apart: its jobs have an edition too. Without a figure there is none.
    one = district_jobs.edition(place(), jobs_of(["Y"]))
    note = endmatter.vintages(voice("en"), "", *sums().values(), one)
    assert (one.table, one.year, one.vintage, note.newest) == ("jobs_state", 2019, "made up", "2019")
    assert "state trade 2018 (edition made up) and state employment 2019 (edition made up)" in note.plain()
    assert district_jobs.edition(TERRITORY, jobs_of(["Y"])) is None


@pytest.mark.parametrize(
    ("lang", "detail", "whole", "state"),
    [
        ("en", "Since 2015; until then by Bee (a list still says so)", "whole: ", "the whole state: "),
        ("ja", "2015年から（それまではビー。一覧には旧管轄）", "全域：", "全域："),
    ],
)
def test_a_remark_on_an_area_served_whole_keeps_its_brackets(lang, detail, whole, state):
    table = JURISDICTIONS.iloc[:1].assign(**{f"detail_{lang}": detail})
    consuls = pd.DataFrame(columns=["state", "year", "place", "place_ja", "holder", "status"])
    one = district.District("a", "consulate_general", {"en": "Aye", "ja": "エー"}, ("X",), (), ())
    served, _ = district_states.served(voice(lang), "JPN", one, table, MISSIONS, consuls)
    serving = places.served(voice(lang), "X", "JPN", table, MISSIONS, consuls)
    assert (served.rows[0]["covers"], serving.rows[0]["covers"]) == (whole + detail, state + detail)
