"""The page of a state names every mission that serves it, and its place in each of their districts.

Districts by the list of missions of December 2019: California lies in those of Los Angeles (with Arizona) and
San Francisco (with Nevada), Connecticut in those of Boston and New York, Tennessee in Nashville's alone.
"""

from __future__ import annotations

import pytest

from helpers.analysis import trade
from helpers.data import catalog, origins
from helpers.display import show
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
    goods, groups = catalog.load("state_trade"), set(catalog.load("aggregates")["code"])
    goods = goods[goods["year"] == 2018]
    return {flow: trade.states_standing(goods, flow, "JPN", groups=groups) for flow in ("exports", "imports")}


def voice(lang):
    return Voice(lang, catalog.names(lang), origins.Origins())


def offices(lang):
    return [OFFICES[lang].format(city) for city in CITIES[lang]]


def serving(place):
    return list(show.standing.districts(place, catalog.load("jurisdictions"), catalog.load("states")))


def found(place, standing, lang="en"):
    tables = {name: catalog.load(name) for name in ("states", "jurisdictions", "missions")}
    return show.standing.finding(voice(lang), place, "JPN", **standing, **tables)


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


def test_a_state_of_one_mission_has_a_place_in_its_district(standing):
    *_, nashville = offices("en")
    one = found("TN", standing)
    assert f"2nd of 5 in its consular district ({nashville})" in one.plain()
    values = {value.id: (value.value, value.of) for value in one.values}
    assert values["exports.district"] == (2, 5)


def test_a_shared_state_has_both_places_in_japanese_too(standing):
    said = found("CA", standing, "ja").plain()
    assert "同州を分担する管轄地域で2州中第1位（ロサンゼルス）、2州中第1位（サンフランシスコ）" in said


def test_the_map_of_a_shared_state_outlines_all_districts_that_share_it(standing):
    tables = {"states": catalog.load("states"), "jurisdictions": catalog.load("jurisdictions")}
    for place, words in (
        ("CA", "thin: the consular districts that share it"),
        ("TN", "thin: its consular district"),
    ):
        row = show.standing.maps(voice("en"), place, "JPN", **standing, **tables)
        assert all(words in figure.plain() for figure in row.items)
