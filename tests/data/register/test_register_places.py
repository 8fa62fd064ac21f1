"""States and missions by code and by name, as English and Japanese desks write them."""

from __future__ import annotations

import re

import pytest

from helpers.data import catalog
from helpers.data.register import places
from helpers.data.register.problems import Refused


@pytest.fixture(scope="module")
def known():
    return places.build(*(catalog.load(name) for name in ("states", "areas", "missions")))


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("TN", ("TN",)),
        ("tn", ("TN",)),
        ("ＴＮ", ("TN",)),
        ("Tennessee", ("TN",)),
        ("State of Tennessee", ("TN",)),
        ("テネシー州", ("TN",)),
        ("テネシー", ("TN",)),
        ("ヴァージニア州", ("VA",)),
        ("ペンシルヴァニア州", ("PA",)),
        ("ネヴァダ州", ("NV",)),
        ("ジョージア州", ("GA",)),
        ("Georgia", ("GA",)),
        ("New York", ("NY",)),
        ("West Virginia", ("WV",)),
        ("Washington", ("WA",)),
        ("ワシントン州", ("WA",)),
        ("Washington, D.C.", ("DC",)),
        ("ワシントンD.C.", ("DC",)),
        ("コロンビア特別区", ("DC",)),
        ("Guam", ("GU",)),
        ("グアム", ("GU",)),
        ("北マリアナ諸島", ("MP",)),
        ("DC; VA", ("DC", "VA")),
        ("DC、VA", ("DC", "VA")),
        ("DC, VA", ("DC", "VA")),
        ("TN/KY", ("TN", "KY")),
        ("テネシー州・ケンタッキー州", ("TN", "KY")),
        ("Ohio and Indiana", ("OH", "IN")),
        ("TN\nKY", ("TN", "KY")),
        ("Washington, D.C.; Virginia", ("DC", "VA")),
        ("Washington, D.C.;", ("DC",)),
        ("Washington, D.C.\n", ("DC",)),
        ("; TN;; KY;", ("TN", "KY")),
        ("TN; Tennessee; KY", ("TN", "KY")),
    ],
)
def test_states_are_known_by_code_and_by_name(known, cell, codes):
    assert known.state(cell) == codes


@pytest.mark.parametrize(
    ("cell", "todo"),
    [
        ("Tenessee", r"Did you mean Tennessee \(TN\)"),
        ("ワシントン", "WA.*DC"),
        ("テネシー州、ワシントン", "WA.*DC"),
        ("US", "leave it empty where the mission is known"),
        ("オンライン", "leave it empty"),
        ("TN; ZZ", "Correct it"),
        ("Puerto Ricco", r"Did you mean Puerto Rico \(PR\)\?"),
        ("、;", r"^Correct it\.$"),
    ],
)
def test_an_unknown_or_ambiguous_state_is_refused_with_the_nearest(known, cell, todo):
    with pytest.raises(Refused, match="by code or name") as caught:
        known.state(cell)
    assert re.search(todo, caught.value.todo + caught.value.hint())


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("nashville", "nashville"),
        ("Nashville", "nashville"),
        ("ナッシュビル", "nashville"),
        ("ナッシュヴィル", "nashville"),
        ("在ナッシュビル総領事館", "nashville"),
        ("在ナッシュビル日本国総領事館", "nashville"),
        ("ナッシュビル総領事館", "nashville"),
        ("Consulate General of Japan in Nashville", "nashville"),
        ("Consulate-General of Japan at New York", "new-york"),
        ("在アメリカ合衆国日本国大使館", "embassy"),
        ("在米国大使館", "embassy"),
        ("大使館", "embassy"),
        ("Embassy of Japan", "embassy"),
        ("ロサンゼルス", "los-angeles"),
        ("San Francisco", "san-francisco"),
        ("在アンカレジ領事事務所", "anchorage"),
    ],
)
def test_missions_are_known_by_code_city_and_name(known, cell, code):
    assert known.mission(cell) == code


@pytest.mark.parametrize("cell", ["JETRO", "memphis", "ナッシュビル、アトランタ"])
def test_an_unknown_mission_is_refused(known, cell):
    with pytest.raises(Refused, match="one mission by code, city or name"):
        known.mission(cell)


def test_a_slip_in_the_name_of_a_mission_is_answered_with_the_nearest(known):
    with pytest.raises(Refused, match="one mission by code, city or name") as caught:
        known.mission("Nashvile")
    assert caught.value.hint().endswith(" (nashville)?")


def test_no_two_places_share_a_name(known):
    """51 states with a code each and at least three further names; 17 missions; nothing folded into another."""
    states, missions = catalog.load("states"), catalog.load("missions")
    for name in ("usps", "name_en", "name_ja"):
        found = [known.states[places.fold(text)] for text in states[name]]
        assert found == states["usps"].tolist()
    for name in ("mission", "name_en", "name_ja", "city_en", "city_ja"):
        assert [known.missions[places.fold(text)] for text in missions[name]] == missions["mission"].tolist()
