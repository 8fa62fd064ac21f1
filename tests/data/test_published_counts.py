"""Counts of Japanese companies: the unit that the published sentence names."""

from __future__ import annotations

import pytest

from helpers.data import catalog


@pytest.mark.parametrize(
    ("mission", "year", "value", "unit"),
    [
        # Consulate-General in Chicago, greeting of Consul General Tajima, who took up his post on 10 September
        # 2021: up to 1,600 Japanese companies in the ten states
        # https://www.chicago.us.emb-japan.go.jp/itpr_en/cg_tajima_greeting_en.html
        ("chicago", 2021, 1600, "companies"),
        # Consulate-General in Chicago, greeting of Consul General Iwado: nearly 1,300 business facilities
        # https://www.chicago.us.emb-japan.go.jp/cgaisatsu.html
        ("chicago", 2015, 1300, "facilities"),
    ],
)
def test_a_stated_count_has_the_unit_of_its_sentence(mission, year, value, unit):
    sites = catalog.load("company_sites")
    row = sites[
        (sites["mission"] == mission) & (sites["year"] == year) & (sites["definition"] == "stated_companies")
    ]
    assert list(zip(row["value"], row["unit"], strict=True)) == [(value, unit)]
