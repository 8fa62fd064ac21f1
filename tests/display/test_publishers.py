"""Publishers on a Japanese page: in Japanese wherever the publisher is Japanese."""

from __future__ import annotations

import re

import pytest

from helpers.data import catalog
from helpers.display import publishers

JAPANESE = "JETRO|Consulate|Embassy of Japan|Ministry of Foreign|Government of Japan|Prime|Teikoku|.*CLAIR|.*Prefecture"
"""Agencies of the sources that are Japanese public bodies, or publish in Japanese."""


def test_every_japanese_public_body_of_the_sources_is_named_in_japanese():
    named = [row for row in catalog.sources().itertuples() if re.match(JAPANESE, row.agency)]
    assert len(named) > 60
    told = [(row.key, publishers.publication(f"{row.agency}: {row.title}", "ja")) for row in named]
    assert [pair for pair in told if re.search("Japan|JETRO|[A-Za-z]{4,} [a-z]{2,}", pair[1])] == []


def test_no_name_or_title_is_kept_that_no_source_has():
    rows = list(catalog.sources().itertuples())
    agencies = {row.agency for row in rows}
    agencies |= {part.split(",")[0] for row in rows for part in (row.agency, str(row.via))}
    assert set(publishers._japanese()["agencies"]) - agencies == set()
    assert set(publishers._japanese()["titles"]) - {row.title for row in rows} == set()


@pytest.mark.parametrize("key", ["kantei-tf", "jetro-fdi-2024"])
def test_an_english_page_has_the_text_of_the_table(key):
    row = catalog.sources().set_index("key").loc[key]
    text = f"{row['agency']}: {row['title']}"
    assert publishers.publication(text, "en") == text
