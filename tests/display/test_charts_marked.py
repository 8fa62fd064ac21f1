"""The funnel with one place marked: one ground for all, the place and its name over it, nothing overlapping."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.text import Text

from helpers.analysis import chance, expected
from helpers.display import style
from helpers.display.charts import marked

PLACES = [f"P{n:02}" for n in range(51)]


def synthetic():
    """Return made-up ratios of 51 places, two of them without an event, and the limits of chance."""
    rng = chance.generator(3)
    frame = pd.DataFrame({"place": PLACES, "expected": np.exp(rng.random(51) * 6 - 2)})
    frame["ratio"] = np.exp(rng.random(51) * 4 - 2)
    frame.loc[:1, "ratio"] = 0.0
    frame["outside"] = np.where(frame["ratio"] > 3, "above", "")
    return frame, expected.funnel(frame["expected"].min() / 1.4, frame["expected"].max() * 1.5)


def words(name):
    return {"name": name, "x": "Events expected", "y": "Observed over expected", "none": "none"}


def test_the_ground_is_drawn_once_for_all_places():
    marked._drawn.cache_clear()
    frame, limits = synthetic()
    made = [marked.marked_funnel(frame, limits, place, words(place)) for place in PLACES[:4]]
    assert marked._drawn.cache_info().misses == 1
    assert len(set(made)) == 4


def test_ids_of_ground_and_place_are_defined_once_and_all_that_are_used_are_there():
    frame, limits = synthetic()
    text = marked.marked_funnel(frame, limits, PLACES[5], words("North Carolina"))
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert sorted(ids) == sorted(set(ids))
    assert set(re.findall(r'(?:href="|url\()#([^")]+)', text)) <= set(ids)


@pytest.mark.parametrize("name", ["North Carolina", "ノースカロライナ州"])
@pytest.mark.parametrize("place", [PLACES[0], PLACES[7], PLACES[30]])
def test_the_place_is_named_inside_the_picture_and_no_words_meet(place, name):
    frame, limits = synthetic()
    figure = marked.marked_funnel.figure(frame, limits, place, words(name))
    with style.context():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        shown = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
        boxes = [(t.get_text(), t.get_window_extent(canvas.get_renderer()).extents) for t in shown]
    wide, tall = (72 * size for size in figure.get_size_inches())
    assert name in [text for text, _ in boxes]
    assert all(b[0] >= -1 and b[1] >= -1 and b[2] <= wide + 1 and b[3] <= tall + 1 for _, b in boxes)
    meeting = [
        (one, other)
        for n, (one, a) in enumerate(boxes)
        for other, b in boxes[n + 1 :]
        if min(a[2], b[2]) - max(a[0], b[0]) > 1.5 and min(a[3], b[3]) - max(a[1], b[1]) > 1.5
    ]
    assert meeting == []


def test_a_place_without_an_event_is_an_open_dot_on_the_foot():
    frame, limits = synthetic()
    figure = marked.marked_funnel.figure(frame, limits, PLACES[0], words("None"))
    dot = figure.axes[0].get_lines()[-1]
    assert (dot.get_markerfacecolor(), dot.get_markeredgecolor()) == (style.PAPER, style.ACCENT)
    assert dot.get_ydata()[0] == figure.axes[0].get_ylim()[0]


def test_the_foot_is_told_where_open_dots_lie_on_it_and_only_there():
    frame, limits = synthetic()
    for rows, told in ((frame, True), (frame[2:], False)):
        figure = marked.marked_funnel.figure(rows, limits, PLACES[5], words("North Carolina"))
        assert ("none" in [t.get_text() for t in figure.findobj(Text)]) == told


def test_a_name_hides_the_lines_behind_it():
    frame, limits = synthetic()
    figure = marked.marked_funnel.figure(frame, limits, PLACES[5], words("North Carolina"))
    (name,) = (t for t in figure.findobj(Text) if t.get_text() == "North Carolina")
    ground = name.get_bbox_patch()
    assert ground is not None
    assert to_hex(ground.get_facecolor()) == style.PAPER


def test_a_place_of_which_nothing_is_expected_has_no_dot():
    frame, limits = synthetic()
    frame.loc[3, "expected"] = 0.0
    figure = marked.marked_funnel.figure(frame, limits, PLACES[3], words("Nowhere"))
    assert "Nowhere" not in [t.get_text() for t in figure.findobj(Text)]
