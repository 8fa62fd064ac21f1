"""The block of weights: what it hands to its script, what it refuses, and its other faces."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from helpers.display.blocks import Column, Scored, Slider, Table, Weights
from helpers.display.weights import WORDS, script
from helpers.errors import RenderError

COLUMNS = (Column("place", "Place"), Column("rank", "Rank", "right"), Column("score", "Score", "right"))
ROWS = (
    {"place": "Ohio </script> & Co", "rank": "1", "score": "80.0"},
    {"place": "Iowa", "rank": "–", "score": "–"},
)
TABLE = Table("en", "t", "League", COLUMNS, ROWS)
BLOCK = Weights(
    "en",
    table=TABLE,
    printed=replace(TABLE, rows=ROWS[:1]),
    sliders=(Slider("gap", "Gap <b>", 20, "20"), Slider("rank", "Rank", 5, "5")),
    rows=(Scored("OH", "Ohio </script> & Co", (1000, 0)), Scored("IA", "Iowa", (None, 7))),
    words=dict.fromkeys(WORDS, "said") | {"item": "{place} <i>"},
)


def data(block):
    return re.search(r'<script type="application/json">(.*?)</script>', block.html(), re.S).group(1)


def test_the_data_of_the_script_can_end_no_element_and_is_what_was_given():
    assert not re.search("[<>&]", data(BLOCK))
    held = json.loads(data(BLOCK))
    assert held["names"] == ["gap", "rank"]
    assert held["weights"] == [20, 5]
    assert held["places"] == [["OH", "Ohio </script> & Co", [1000, 0]], ["IA", "Iowa", [None, 7]]]
    assert held["words"]["item"] == "{place} <i>"


def test_each_slider_is_native_and_has_its_label_and_its_output():
    page = BLOCK.html()
    assert re.findall(r'<label for="(.+?)">(.+?)</label>', page) == [
        ("weight-0", "Gap &lt;b&gt;"),
        ("weight-1", "Rank"),
    ]
    assert re.findall(r'<input type="range" id="(.+?)" min="0" max="100" step="1" value="(\d+)"', page) == [
        ("weight-0", "20"),
        ("weight-1", "5"),
    ]
    assert re.findall(r'<output for="(.+?)" aria-live="off">(\d+)</output>', page) == [
        ("weight-0", "20"),
        ("weight-1", "5"),
    ]


def test_the_script_asks_nobody_and_loads_nothing():
    assert not re.search(
        r"\b(fetch|XMLHttpRequest|import|WebSocket|EventSource|sendBeacon|eval)\b|https?:", script()
    )
    assert "</" not in script()
    assert BLOCK.html().endswith(f"<script>\n{script()}</script>")


def test_on_paper_the_first_places_stand_without_sliders():
    assert "Ohio" in BLOCK.typst()
    assert "Iowa" not in BLOCK.typst() + BLOCK.plain()
    assert "range" not in BLOCK.typst()
    assert BLOCK.beside() == BLOCK.printed.beside()


@pytest.mark.parametrize(
    ("lacking", "got"),
    [
        ({"rows": BLOCK.rows[:1]}, "1 rows"),
        ({"words": {"legend": "x"}}, "words without 'comma', 'first'"),
        ({"sliders": BLOCK.sliders[:1]}, "scores of 'OH', 'IA'"),
    ],
    ids=["rows", "words", "scores"],
)
def test_a_block_that_lacks_something_is_refused(lacking, got):
    with pytest.raises(RenderError, match=f"block weights: expected 2 rows, .*{got}"):
        replace(BLOCK, **lacking)
