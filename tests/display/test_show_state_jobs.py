"""What stands beside the map of the states' jobs: other employers, the table of the 1990s, or the other states."""

from __future__ import annotations

import pytest

from helpers.analysis import derive, jobs
from helpers.analysis.lookup import Lookup
from helpers.data import catalog, origins
from helpers.display import show
from helpers.display.markup import plain
from helpers.display.prose import Voice


def blocks(place, lang="en"):
    voice = Voice(lang, catalog.names(lang), origins.Origins())
    groups = set(catalog.load("aggregates")["code"])
    reading = jobs.reading(catalog.load("jobs_state", state=place), "JPN", groups=groups, place=place)
    by_state = jobs.by_state(catalog.load("jobs_state"), "JPN")
    older = show.state_jobs_1990s.blocks(voice, place, "JPN", catalog.load("jobs_state_1990s", year=1992))
    return show.state_jobs.block(voice, place, "JPN", reading, by_state, catalog.load("states"), older)


# Task force summary of FY2021 and JETRO (23 August 2021): California 124,700, Texas 75,100, Ohio 71,300,
# Illinois 58,000, Indiana 56,000, Tennessee 47,500, Kentucky 44,400; of Tennessee no other country's figure.
@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "47,500 in Tennessee, beside the other states with a figure (14 in all)"),
        ("ja", "値のある14州のうちテネシー州は4万7,500人"),
    ],
)
def test_where_no_other_employer_is_in_hand_the_other_states_stand_beside_the_map(lang, title):
    (row,) = blocks("TN", lang)
    bars, drawn = row.items
    assert plain(bars.title) == title
    values = {value.id: value for value in bars.values}
    place = values["jobs.states_place"]
    assert (place.value, place.rank, place.of) == (6, 6, 14)
    assert values["jobs.states_valued"].value == 14
    assert values["jobs.states.KY.value"].value == 44_400
    assert drawn.kind == "figure"
    lookup = Lookup(catalog.load)
    for value in bars.values:
        assert derive.recompute(value.to_json()["trace"], lookup) == value.value, value.id


def test_the_table_of_the_1990s_stands_beside_the_map_where_there_is_one():
    row, sentence = blocks("OH")
    assert [item.kind for item in row.items] == ["figure", "table"]
    assert row.items[1].id == "jobs-1990s"
    assert sentence.kind == "finding"


def test_two_employers_stand_beside_each_other():
    row = blocks("CA")[0]
    bars = row.items[0].items[0]
    assert {"jobs.league.GBR.value", "jobs.league.JPN.value"} <= {value.id for value in bars.values}


# The task force's summary prints Japan second in California, behind the United Kingdom; no other country is in hand.
@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Japan is the second-largest foreign employer in California, as the source ranks it"),
        ("ja", "カリフォルニア州では日本が外国企業の雇用で第2位（出典の順位）"),
    ],
)
def test_a_second_place_that_the_source_prints_is_said_to_be_the_source_s(lang, title):
    assert plain(blocks("CA", lang)[0].items[0].items[0].title) == title


# New Hampshire, 1992 (BEA, Foreign Direct Investment in the United States, table 23.1): United Kingdom 8,200, Canada
# only a letter, I for 5,000 to 9,999. By the letter alone Canada could be above; by the total it cannot: 27,700 less
# Europe 17,300, Asia and the Pacific 2,800, Latin America 800, United States 600 leaves 6,200 for Canada and the rest.
@pytest.mark.parametrize(
    ("lang", "bands", "words"),
    [
        ("en", ("1", "2"), "it counts in the bands of the others, as far as the table’s own totals allow,"),
        ("ja", ("1位", "2位"), "他国の順位の幅には、表の合計と両立する範囲で算入し、"),
    ],
)
def test_the_table_of_the_1990s_says_that_its_totals_limit_the_bands(lang, bands, words):
    table = next(block for block in blocks("NH", lang) if getattr(block, "id", "") == "jobs-1990s")
    ranks = {row["partner"]: row["band"] for row in table.rows}
    names = catalog.names(lang)
    assert [plain(ranks[names[code]]) for code in ("GBR", "CAN")] == list(bands)
    assert words in plain(table.notes[0])
