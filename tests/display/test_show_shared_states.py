"""The page of a state names every mission that serves it, and its place in each of their districts.

Districts by the list of missions of December 2019: California lies in those of Los Angeles (with Arizona) and
San Francisco (with Nevada), Connecticut in those of Boston and New York, Tennessee in Nashville's alone.
"""

from __future__ import annotations

import pytest

from helpers.analysis import derive, district, trade
from helpers.analysis.lookup import Lookup
from helpers.data import catalog, origins
from helpers.display import show
from helpers.display.markup import plain
from helpers.display.prose import Voice

OFFICES = {
    "en": "Consulate-General of Japan in {}",
    "ja": "在{}日本国総領事館",
}
CITIES = {
    "en": ("Boston", "New York", "Los Angeles", "San Francisco", "Nashville"),
    "ja": ("ボストン", "ニューヨーク", "ロサンゼルス", "サンフランシスコ", "ナッシュビル"),
}


@pytest.fixture(scope="module")
def standing():
    return ranked_with("JPN")


def voice(lang):
    return Voice(lang, catalog.names(lang), origins.Origins())


def offices(lang):
    return [OFFICES[lang].format(city) for city in CITIES[lang]]


def serving(place):
    return list(show.standing.districts(place, catalog.load("jurisdictions"), catalog.load("states")))


def found(place, standing, lang="en"):
    tables = {name: catalog.load(name) for name in ("states", "jurisdictions", "missions")}
    return show.standing.finding(voice(lang), place, "JPN", **standing, **tables)


def ranked_with(partner):
    goods, groups = catalog.load("state_trade", year=2018), set(catalog.load("aggregates")["code"])
    return {
        flow: trade.states_standing(goods, flow, partner, groups=groups) for flow in ("exports", "imports")
    }


def maps_of(mission, partner="JPN", lang="en"):
    states, missions, districts = map(catalog.load, ("states", "missions", "jurisdictions"))
    here = district.of(mission, missions, districts, states)
    return show.standing.district_maps(voice(lang), here, partner, **ranked_with(partner), states=states)


def maps_in(place, partner="JPN"):
    tables = {"states": catalog.load("states"), "jurisdictions": catalog.load("jurisdictions")}
    return show.standing.maps(voice("en"), place, partner, **ranked_with(partner), **tables)


def events(place, lang):
    return show.events.sentence(
        voice(lang), place, "JPN", catalog.load("events").head(0), 2021, serving(place)
    )


def test_both_missions_of_a_shared_state_are_said_to_serve_it():
    boston, new_york, *_, nashville = offices("en")
    assert events("CT", "en").plain().endswith(f"Connecticut is served by the {boston} and the {new_york}.")
    assert events("TN", "en").plain().endswith(f"Tennessee is served by the {nashville}.")
    boston, new_york, *_, nashville = offices("ja")
    assert events("CT", "ja").plain().endswith(f"管轄する公館は{boston}、{new_york}。")
    assert events("TN", "ja").plain().endswith(f"管轄する公館は{nashville}。")


# State exports to Japan in 2018, million dollars (USA Trade Online). Boston's district: Massachusetts 1,487,
# Connecticut 629, New Hampshire 217, Maine 87, Rhode Island 64, Vermont 37. New York's: Pennsylvania 2,130,
# New York 1,908, New Jersey 1,435, Connecticut 629, West Virginia 285, Delaware 176. Nashville's: Louisiana
# 2,449, Tennessee 1,947, Kentucky 1,080, Mississippi 526, Arkansas 168.
def test_a_shared_state_has_a_place_in_each_district(standing):
    one = found("CT", standing)
    assert "2nd of 6 (Boston) and 4th of 6 (New York) in the districts that share it" in one.plain()
    values = {value.id: (value.value, value.of) for value in one.values}
    assert values["exports.district.boston"] == (2, 6)
    assert values["exports.district.new-york"] == (4, 6)
    assert "exports.district" not in values


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "By exports to Japan in 2018 Tennessee stands 9th of 51 states (DC included), 2nd of 5"),
        ("ja", "2018年の対日輸出額でテネシー州は51州（特別区を含む）中第9位、"),
    ],
)
def test_the_place_among_the_states_is_told_with_its_year_and_what_the_51_are(standing, lang, words):
    assert found("TN", standing, lang).plain().startswith(words)


# Census Bureau, USA Trade Online, 2018: 45 of the 51 sold something to Angola, nine of them more than Tennessee; 16
# bought from there, twelve of them more. With Angola as partner no place is one of 51.
@pytest.mark.parametrize(
    ("lang", "sold", "bought"),
    [
        (
            "en",
            "10th of 45 with such trade (states and DC), 2nd of 5",
            "13th of 16 with such trade (states and DC), ",
        ),
        ("ja", "貿易のある45の州・特別区中第10位、", "貿易のある16の州・特別区中第13位、"),
    ],
)
def test_a_place_is_told_among_the_states_that_have_such_trade(lang, sold, bought):
    tables = {name: catalog.load(name) for name in ("states", "jurisdictions", "missions")}
    told = show.standing.finding(voice(lang), "TN", "AGO", **ranked_with("AGO"), **tables)
    assert sold in told.plain()
    assert bought in told.plain()
    assert "51" not in told.plain()
    places = {value.id: (value.rank, value.of) for value in told.values if value.id.endswith(".place")}
    assert places == {"exports.place": (10, 45), "imports.place": (13, 16)}
    assert "states.all" not in {value.id for value in told.values}


# Census Bureau, USA Trade Online, 2018: Japan's rank among the markets of the five states of the Nashville district is
# 4 (TN), 9 (KY), 5 (MS), 9 (LA) and 10 (AR); among the sources of the four of the Atlanta district 4, 5, 5 and 7.
@pytest.mark.parametrize(
    ("mission", "flow", "lang", "title"),
    [
        ("nashville", 0, "en", "Exports: Japan is among the first three markets in none of 5 states"),
        ("nashville", 0, "ja", "輸出：5州のいずれでも日本は3位以内に入らない"),
        ("nashville", 1, "en", "Imports: Japan is among the first three sources in 1 of 5 states"),
        ("atlanta", 1, "en", "Imports: Japan is among the first three sources in none of 4 states"),
        ("atlanta", 1, "ja", "輸入：4州のいずれでも日本は3位以内に入らない"),
    ],
)
def test_none_of_a_district_s_states_is_said_as_none(mission, flow, lang, title):
    assert plain(maps_of(mission, lang=lang).items[flow].title) == title


def test_a_state_of_one_mission_has_a_place_in_its_district(standing):
    *_, nashville = offices("en")
    one = found("TN", standing)
    assert f"2nd of 5 in its consular district ({nashville})" in one.plain()
    values = {value.id: (value.value, value.of) for value in one.values}
    assert values["exports.district"] == (2, 5)


def test_a_shared_state_has_both_places_in_japanese_too(standing):
    said = found("CA", standing, "ja").plain()
    assert "同州を分担する管轄地域で2州中第1位（ロサンゼルス）、2州中第1位（サンフランシスコ）" in said


def test_the_map_of_a_shared_state_outlines_all_districts_that_share_it():
    for place, words in (
        ("CA", "thin: the consular districts that share it"),
        ("TN", "thin: its consular district"),
    ):
        assert all(words in figure.plain() for figure in maps_in(place).items)


# Census Bureau, USA Trade Online, 2018: Alaska sold to Angola and bought nothing there; Hawaii did neither.
def test_a_flow_without_trade_is_said_in_place_of_its_map_and_the_other_is_shown():
    exports, imports = maps_of("anchorage", "AGO").items
    assert plain(exports.title).startswith("Exports: Angola is ")
    assert plain(exports.title).endswith(" among the markets of Alaska")
    assert imports.kind == "missing"
    assert "No goods imports between the Anchorage district and Angola are in the tables" in imports.plain()


def test_a_state_without_such_trade_has_a_sentence_for_each_map_and_no_place():
    told = [item.plain() for item in maps_in("HI", "AGO").items]
    assert [item.kind for item in maps_in("HI", "AGO").items] == ["missing", "missing"]
    for flow, text in zip(("exports", "imports"), told, strict=True):
        assert f"No goods {flow} between Hawaii and Angola are in the tables" in text
    assert found("HI", ranked_with("AGO")).plain() == ""


def test_a_district_without_a_state_has_one_sentence_and_no_map():
    assert maps_of("hagatna").plain() == (
        "Note: The Hagatna district has no state, so the maps of the states are left out."
    )


# Census Bureau, USA Trade Online, 2018: Japan is among the first three markets of twelve states, the fourth or fifth
# of seventeen, and further down in twenty-two; among the sources of imports of seven, sixteen and twenty-eight.
# Florida, the only state of Miami's district, has it as its 19th market and its 9th source.
def test_the_states_of_each_colour_are_counted_and_every_number_of_the_maps_is_had_again():
    figures = (*maps_in("CT").items, *maps_of("miami").items, *maps_of("nashville").items)
    whole = Lookup(lambda name: catalog.load(name, vintage="all"))
    for figure in figures:
        values = {value.id: value for value in figure.values}
        flow = "exports" if "exports.states_first" in values else "imports"
        counted = [values[f"{flow}.states_{colour}"].value for colour in ("first", "second", "other")]
        assert counted == ([12, 17, 22] if flow == "exports" else [7, 16, 28])
        assert len([name for name in values if name.startswith(f"{flow}.states.")]) == 51
        again = {name: derive.recompute(value.trace.to_json(), whole) for name, value in values.items()}
        assert again == {name: value.value for name, value in values.items()}


def test_the_map_of_a_district_of_one_state_is_titled_with_its_place():
    exports, imports = maps_of("miami").items
    assert plain(exports.title) == "Exports: Japan is 19th among the markets of Florida"
    assert plain(imports.title) == "Imports: Japan is 9th among the sources of Florida"
    assert [value.value for value in exports.values if "district" in value.id] == [0, 1]


def test_the_words_beside_a_map_name_the_year_and_the_framed_states():
    _, imports = maps_in("CT").items
    assert "Japan’s rank among each state’s partners, 2018; outlined: the state" in imports.alt
    assert imports.alt.endswith(" Framed: Connecticut, 12.")
    seven = "California, Hawaii, New Hampshire, Oregon, Tennessee, Washington, West Virginia"
    assert f"1st–3rd: 7 ({seven}); " in imports.alt
    exports, _ = maps_of("nashville").items
    assert exports.alt.endswith(
        " Framed: Arkansas, 10; Kentucky, 9; Louisiana, 9; Mississippi, 5; Tennessee, 4."
    )


# USA Trade Online, 2018: 33 of the 51 bought more from Japan than Connecticut did, three of them in New England.
def test_the_census_division_is_named_and_its_states_are_ranked_among_themselves(standing):
    assert (
        "and 2nd of 6 in its census division (New England); by imports 34th, "
        in found("CT", standing).plain()
    )
    assert "センサス地区（ニューイングランド）内で6州中第2位。" in found("CT", standing, "ja").plain()
    values = {value.id: value for value in found("CT", standing).values}
    whole = Lookup(lambda name: catalog.load(name, vintage="all"))
    again = {name: derive.recompute(value.trace.to_json(), whole) for name, value in values.items()}
    assert again == {name: value.value for name, value in values.items()}
    assert (values["imports.division"].value, values["imports.division"].of) == (4, 6)
    assert values["states.all"].value == 51
    assert all("census division (New England)" in plain(value.label) for value in values.values())


# Census Bureau, USA Trade Online, 2018: Canada is the first market of Michigan and of Ohio; Japan is that of no state.
def test_a_first_place_is_counted_among_the_first_three_and_is_had_again():
    exports, _ = maps_of("detroit", "CAN").items
    assert plain(exports.title) == "Exports: Canada is among the first three markets in 2 of 2 states"
    whole = Lookup(lambda name: catalog.load(name, vintage="all"))
    for value in exports.values:
        assert derive.recompute(value.trace.to_json(), whole) == value.value, value.id


def test_missions_and_states_of_a_district_are_in_order_whatever_the_order_of_the_table():
    table = catalog.load("jurisdictions").iloc[::-1]
    served = show.standing.districts("CT", table, catalog.load("states"))
    assert list(served) == ["boston", "new-york"]
    assert served["boston"] == ["CT", "MA", "ME", "NH", "RI", "VT"]
