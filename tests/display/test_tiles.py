"""The tile map: one tile a state, coloured by category, framed where asked."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from helpers.display import style, tiles
from helpers.errors import AnalysisError

STATES = pd.DataFrame(
    [("AK", 0, 0), ("KY", 6, 4), ("TN", 6, 5), ("NC", 7, 5), ("MS", 6, 6)],
    columns=["usps", "tile_col", "tile_row"],
)
VALUES = pd.DataFrame(
    [("KY", "first", "44k"), ("TN", "first", "48k"), ("NC", "second", "30k"), ("AK", "other", "1k")],
    columns=["usps", "category", "text"],
)
KEY = {"first": "Japan first", "second": "second", "none": "not published"}


def _tiles(figure: Figure) -> dict[str, Rectangle]:
    return {p.get_gid(): p for p in figure.axes[0].patches if p.get_gid()}


def test_every_state_has_a_tile_in_the_colour_of_its_category() -> None:
    drawn = _tiles(tiles.tile_map.figure(STATES, VALUES))
    colours = {usps: to_hex(p.get_facecolor()) for usps, p in drawn.items()}
    assert colours == {
        "AK": style.RULE, "KY": style.ACCENT, "TN": style.ACCENT, "NC": style.LIGHT_ACCENT, "MS": style.PALE,
    }  # fmt: skip


def test_tiles_lie_as_in_the_table_and_do_not_touch() -> None:
    drawn = _tiles(tiles.tile_map.figure(STATES, VALUES))
    box = {
        u: (p.get_x(), p.get_y(), p.get_x() + p.get_width(), p.get_y() + p.get_height())
        for u, p in drawn.items()
    }
    assert box["TN"][2] < box["NC"][0]
    assert box["TN"][3] < box["KY"][1]
    assert box["TN"][1] > box["MS"][3]
    assert box["AK"][0] < box["TN"][0]


def test_the_number_stands_under_the_abbreviation() -> None:
    texts = {t.get_text(): t.get_position() for t in tiles.tile_map.figure(STATES, VALUES).axes[0].texts}
    assert texts["48k"][0] == texts["TN"][0]
    assert texts["48k"][1] < texts["TN"][1]


@pytest.mark.parametrize("width", ["full", "half"])
def test_a_long_number_stays_inside_its_tile(width: style.Width) -> None:
    values = VALUES.assign(text="1,345,300")
    figure = tiles.tile_map.figure(STATES, values, width=width)
    renderer = FigureCanvasAgg(figure).get_renderer()
    tile = _tiles(figure)["TN"].get_width()
    for text in figure.axes[0].texts:
        if text.get_text() == "1,345,300":
            assert text.get_window_extent(renderer).width <= tile + 0.5


def test_the_marked_state_has_a_strong_frame() -> None:
    figure = tiles.tile_map.figure(STATES, VALUES, marked=["TN"])
    frames = [p for p in figure.axes[0].patches if not p.get_fill()]
    assert len(frames) == 1
    assert frames[0].get_linewidth() > 2
    tile = _tiles(figure)["TN"]
    assert frames[0].get_x() == pytest.approx(tile.get_x(), abs=1)
    assert frames[0].get_y() == pytest.approx(tile.get_y(), abs=1)


def test_a_group_has_one_outline_without_inner_edges() -> None:
    # an upright pair of tiles: six edges of eight are outside
    figure = tiles.tile_map.figure(STATES, VALUES, groups=[["KY", "TN"]])
    assert len(figure.axes[0].get_lines()) == 6


def test_the_key_says_what_the_colours_mean() -> None:
    words = [t.get_text() for t in tiles.tile_map.figure(STATES, VALUES, KEY).axes[0].texts]
    assert {"Japan first", "second", "not published"} <= set(words)


def test_a_state_without_a_tile_is_named() -> None:
    stray = pd.DataFrame({"usps": ["PR"], "category": ["first"]})
    with pytest.raises(AnalysisError, match="states that have a tile, got 'PR'"):
        tiles.tile_map(STATES, stray)


def test_an_unknown_category_is_named() -> None:
    with pytest.raises(AnalysisError, match="'first', 'second', 'other', 'none', got 'third'"):
        tiles.tile_map(STATES, VALUES.assign(category="third"))


def test_the_same_map_gives_the_same_bytes() -> None:
    one = tiles.tile_map(STATES, VALUES, KEY, marked=["TN"])
    assert one == tiles.tile_map(STATES, VALUES, KEY, marked=["TN"])
    assert one != tiles.tile_map(STATES, VALUES, KEY, marked=["KY"])


def test_the_alternative_text_counts_and_names() -> None:
    text = tiles.alt_tile_map(
        VALUES,
        KEY,
        {"TN": "Tennessee", "KY": "Kentucky"},
        lang="en",
        measure="jobs, 2019",
        total=5,
        marked=["TN"],
    )
    assert text == (
        "Map of the states as tiles: jobs, 2019. Japan first: 2 (Kentucky, Tennessee); second: 1; "
        "not published: 1. Framed: Tennessee, 48k."
    )


def test_the_alternative_text_names_every_framed_state_with_its_figure() -> None:
    text = tiles.alt_tile_map(VALUES, KEY, lang="en", measure="jobs, 2019", marked=["TN", "MS"])
    assert text.endswith("Framed: TN, 48k; MS, no figure.")


def test_the_alternative_text_says_when_the_marked_state_has_no_figure() -> None:
    text = tiles.alt_tile_map(VALUES, KEY, {"MS": "ミシシッピ州"}, lang="ja", measure="雇用", marked=["MS"])
    assert text.endswith("枠：ミシシッピ州、数値なし。")
    assert "日本が" not in text
    assert "Japan first：2（KY、TN）" in text
