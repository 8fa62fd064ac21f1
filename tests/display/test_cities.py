"""Cities of the register on a Japanese page: each in Japanese."""

from __future__ import annotations

from helpers.data import catalog
from helpers.display import cities


def test_every_city_of_the_register_has_a_japanese_name_and_no_other_is_kept():
    told = {name for row in catalog.load("events")["city"] if row for name in row.split("; ")}
    assert len(told) > 100
    assert set(cities._japanese()) == told
