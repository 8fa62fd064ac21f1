"""Cities of the register: in Japanese on a Japanese page, with their state on the page of another one."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from helpers.analysis.district import District
from helpers.data import catalog
from helpers.display import cities, prose
from helpers.display.show import events

MIAMI = District("miami", "consulate_general", {"en": "Miami", "ja": "マイアミ"}, ("FL",), (), ())


def test_every_city_of_the_register_has_a_japanese_name_and_no_other_is_kept():
    told = {name for row in catalog.load("events")["city"] if row for name in row.split("; ")}
    assert len(told) > 100
    assert set(cities._japanese()) == told


@pytest.mark.parametrize("place", ["FL", MIAMI], ids=["state", "district"])
def test_a_city_outside_the_place_of_the_page_is_told_with_its_state(place):
    english = prose.Voice("en", {"IL": "Illinois"})
    japanese = prose.Voice("ja", {"IL": "イリノイ州"})
    away = SimpleNamespace(city="Schaumburg", state="IL")
    assert events._city(english, place, away) == "Schaumburg, Illinois"
    assert events._city(japanese, place, away) == "シャンバーグ（イリノイ州）"
    assert (
        events._city(english, place, SimpleNamespace(city="Orlando; Miami", state="FL")) == "Orlando; Miami"
    )
    assert events._city(english, place, SimpleNamespace(city="Dallas; Miami", state="TX")) == "Dallas; Miami"
    assert events._city(english, place, SimpleNamespace(city="", state="IL")) == ""
