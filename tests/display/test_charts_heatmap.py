"""The heat map: its levels, what is drawn where, and the words that go with it."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from matplotlib.colors import to_hex

from helpers.display import charts, style
from helpers.display.charts.heatmap import FILLS, levels, runs
from helpers.errors import AnalysisError

FRAME = pd.DataFrame(
    {"row": ["a", "a", "a", "b", "b"], "x": [2010, 2011, 2013, 2012, 2013], "level": [2, 1, 2, 2, 0]}
)
NAMES = {"a": "Goods trade", "b": "Jobs by state"}
KEY = ["no row", "some", "most"]


def words(figure):
    return {text.get_text() for ax in figure.axes for text in ax.texts if text.get_text()}


def test_a_share_becomes_one_of_three_levels():
    assert levels(pd.Series([0, 0.01, 0.49, 0.5, 1, None], dtype=float)).tolist() == [0, 1, 1, 2, 2, 0]


def test_runs_of_years_are_told_by_their_ends():
    assert runs([]) == []
    assert runs([1991, 1992, 1995]) == [(1991, 1992), (1995, 1995)]


def test_each_cell_has_the_colour_of_its_level_and_a_year_without_a_row_none():
    figure = charts.heatmap.figure(FRAME, NAMES, KEY)
    (mesh,) = figure.axes[0].collections
    mesh.update_scalarmappable()
    drawn = [to_hex(colour) for colour in mesh.get_facecolors()]
    expected = [2, 1, 0, 2, 0, 0, 2, 0]  # row a 2010-2013, then row b
    assert drawn == [to_hex(FILLS[level]) for level in expected]


def test_rows_ends_years_and_key_are_written():
    figure = charts.heatmap.figure(FRAME, NAMES, KEY, ends={"a": "1,234", "b": "56"})
    assert {"Goods trade", "Jobs by state", "1,234", "56", "2010", "2013", *KEY} <= words(figure)


def test_the_marked_year_is_framed_with_its_words_inside_the_chart():
    figure = charts.heatmap.figure(FRAME, NAMES, KEY, marked=(2013, "year under review"))
    frames = [p for p in figure.axes[0].patches if p.get_linewidth() == 1.2]
    assert [(p.get_x(), p.get_width(), p.get_height()) for p in frames] == [(3, 1, 2)]
    renderer = figure.canvas.get_renderer() if hasattr(figure.canvas, "get_renderer") else None
    (told,) = [t for t in figure.axes[0].texts if t.get_text() == "year under review"]
    box = told.get_window_extent(renderer)
    assert box.x1 <= figure.bbox.x1
    assert box.y1 <= figure.bbox.y1


def test_a_marked_year_outside_the_chart_is_not_drawn():
    figure = charts.heatmap.figure(FRAME, NAMES, KEY, marked=(2035, "year under review"))
    assert "year under review" not in words(figure)


@pytest.mark.parametrize(
    "names", [NAMES, {"a": "直接投資残高（UBO）", "b": "雇用（州別、他の公表値）"}], ids=["en", "ja"]
)
def test_no_words_overlap(names):
    figure = charts.heatmap.figure(
        FRAME, names, KEY, ends={"a": "198,888", "b": "21"}, marked=(2012, "対象年度")
    )
    with style.context():
        boxes = [t.get_window_extent() for ax in figure.axes for t in ax.texts if t.get_text()]
    overlapping = [
        (a, b)
        for i, a in enumerate(boxes)
        for b in boxes[i + 1 :]
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
    ]
    assert overlapping == []
    assert all(box.x0 >= -1 and box.x1 <= figure.bbox.x1 + 1 for box in boxes)


def test_a_level_that_does_not_exist_is_refused():
    wrong = FRAME.assign(level=3)
    with pytest.raises(AnalysisError, match=r"chart heatmap: expected levels 0 to 2, got 3"):
        charts.heatmap.figure(wrong)


def test_a_frame_without_a_level_says_so():
    with pytest.raises(AnalysisError, match=r"chart heatmap: expected columns 'row', 'x', 'level'"):
        charts.heatmap.figure(FRAME.drop(columns="level"))


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "Rows. Goods trade: 2010–2011, 2013; Jobs by state: 2012."),
        ("ja", "Rows。Goods trade：2010～2011、2013；Jobs by state：2012。"),
    ],
)
def test_the_alternative_text_tells_the_runs_of_each_row(lang, told):
    assert charts.alt_heatmap(FRAME, NAMES, lang=lang, measure="Rows") == told


def test_the_drawing_uses_colours_that_a_dark_page_knows():
    svg = charts.heatmap(FRAME, NAMES, KEY, marked=(2012, "x"))
    used = set(re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", svg))
    assert used <= set(style.DARK_SHAPES) | {"#ffffff"}
