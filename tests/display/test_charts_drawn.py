"""What is drawn: heights, order, colours, words, gaps; read back from the figure."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from helpers.display import charts, style
from helpers.errors import AnalysisError

NAMES = {"JPN": "Japan", "CAN": "Canada", "MEX": "Mexico"}


def _words(figure: Figure) -> list[str]:
    return [t.get_text() for t in figure.findobj(Text) if t.get_text()]


def _colour_of(figure: Figure, words: str) -> str:
    return next(to_hex(t.get_color()) for t in figure.findobj(Text) if t.get_text() == words)


def _long_lines(figure: Figure, colour: str, thick: float) -> list[list[tuple[float, float]]]:
    return [
        list(zip(np.asarray(line.get_xdata(), float), np.asarray(line.get_ydata(), float), strict=True))
        for line in figure.axes[0].get_lines()
        if to_hex(line.get_color()) == colour and line.get_linewidth() == thick and len(line.get_xdata()) > 0
    ]


def _shares(missing: int | None = None) -> pd.DataFrame:
    rows = [(y, v, "JPN") for y, v in zip(range(2014, 2019), (5.3, 5.8, 5.5, 5.9, 6.0), strict=True)]
    rows += [(y, v, "CAN") for y, v in zip(range(2014, 2019), (27.5, 26.6, 27.6, 27.0, 24.0), strict=True)]
    return pd.DataFrame([r for r in rows if r[0] != missing], columns=["x", "y", "series"])


def test_lines_show_the_values_with_the_subject_in_the_accent() -> None:
    figure = charts.lines.figure(_shares(), "JPN", NAMES, lambda v: f"{v:.1f}%")
    own = [(2014, 5.3), (2015, 5.8), (2016, 5.5), (2017, 5.9), (2018, 6.0)]
    assert _long_lines(figure, style.ACCENT, 2.2) == [own]
    assert len(_long_lines(figure, style.GREY, 1.1)) == 1
    assert {"Japan 6.0%", "Canada 24.0%"} <= set(_words(figure))
    assert _colour_of(figure, "Japan 6.0%") == style.ACCENT
    assert _colour_of(figure, "Canada 24.0%") == style.MUTED
    assert figure.axes[0].get_ylim()[0] == 0


def test_a_missing_year_breaks_the_line() -> None:
    figure = charts.lines.figure(_shares(missing=2016), "JPN", NAMES)
    assert [[x for x, _ in part] for part in _long_lines(figure, style.ACCENT, 2.2)] == [
        [2014, 2015],
        [2017, 2018],
    ]


def test_a_year_whose_value_is_empty_breaks_the_line_too() -> None:
    frame = _shares()
    frame.loc[(frame["x"] == 2015) & (frame["series"] == "JPN"), "y"] = np.nan
    figure = charts.lines.figure(frame, "JPN", NAMES)
    assert [x for x, _ in _long_lines(figure, style.ACCENT, 2.2)[-1]] == [2016, 2017, 2018]


def test_a_year_alone_is_a_dot() -> None:
    frame = _shares()
    figure = charts.lines.figure(frame[(frame["series"] == "CAN") | (frame["x"] == 2018)], "JPN", NAMES)
    dots = [line for line in figure.axes[0].get_lines() if line.get_marker() == "o"]
    assert [list(map(float, d.get_xdata())) for d in dots] == [[2018.0]]


def test_a_chart_of_nothing_is_an_error_that_says_what_to_print_instead() -> None:
    with pytest.raises(AnalysisError, match="chart lines: expected at least one row, got an empty frame"):
        charts.lines(_shares().iloc[:0], "JPN")


def test_a_lacking_column_is_named() -> None:
    with pytest.raises(
        AnalysisError, match="chart bars_h: expected columns 'label', 'value', got a frame without 'value'"
    ):
        charts.bars_h(pd.DataFrame({"label": ["JPN"]}))


def test_ranks_have_the_first_on_top_and_names_at_both_ends() -> None:
    rows = [(2020, "CAN", 1), (2020, "JPN", 4), (2021, "CAN", 2), (2021, "JPN", 1)]
    frame = pd.DataFrame(rows, columns=["year", "series", "rank"])
    figure = charts.rank_bump.figure(frame, "JPN", NAMES)
    bottom, top = figure.axes[0].get_ylim()
    assert top < 1 < 4 < bottom
    assert {"1  Japan", "2  Canada", "Japan  4", "Canada  1"} <= set(_words(figure))
    assert _long_lines(figure, style.ACCENT, 2.2) == [[(2020, 4), (2021, 1)]]


def test_a_year_without_a_rank_breaks_the_line() -> None:
    frame = pd.DataFrame({"year": [2018, 2019, 2021, 2022], "series": "JPN", "rank": [4, 4, 3, 4]})
    figure = charts.rank_bump.figure(frame, "JPN", NAMES)
    assert [[x for x, _ in part] for part in _long_lines(figure, style.ACCENT, 2.2)] == [
        [2018, 2019],
        [2021, 2022],
    ]


def test_ranks_beyond_the_worst_shown_are_left_out() -> None:
    rows = [(y, s, r) for y in (2020, 2021) for s, r in (("JPN", 1), ("CAN", 2), ("MEX", 3))]
    figure = charts.rank_bump.figure(
        pd.DataFrame(rows, columns=["year", "series", "rank"]), "JPN", NAMES, worst=2
    )
    assert not any("Mexico" in w for w in _words(figure))


def test_a_band_of_ranks_is_drawn() -> None:
    frame = pd.DataFrame({"year": [2020, 2021], "series": "JPN", "rank": [4, 5]})
    bands = pd.DataFrame({"year": [2020, 2021], "best": [4, 4], "worst": [4, 5]})
    assert len(charts.rank_bump.figure(frame, "JPN", NAMES, bands).axes[0].collections) == 1


# thousand jobs; any numbers would do, the order is the frame's
LEAGUE = pd.DataFrame({"label": ["GBR", "JPN", "CAN"], "value": [1345.3, 973.8, None]})


def test_bars_start_at_zero_in_the_order_of_the_frame() -> None:
    figure = charts.bars_h.figure(LEAGUE, "JPN", NAMES, lambda v: f"{v:,.1f}")
    ax = figure.axes[0]
    bars = sorted((p for p in ax.patches if isinstance(p, Rectangle)), key=lambda p: p.get_y())
    assert ax.get_xlim()[0] == 0
    assert [bar.get_x() for bar in bars] == [0, 0]
    assert [bar.get_width() for bar in bars] == pytest.approx([1345.3, 973.8])
    assert [to_hex(bar.get_facecolor()) for bar in bars] == [style.GREY, style.ACCENT]
    names = [
        t.get_position()[1] for word in ("GBR", "Japan", "Canada") for t in ax.texts if t.get_text() == word
    ]
    assert names == sorted(names)
    assert ax.get_ylim()[1] == 0


def test_a_bar_not_published_is_words_and_not_a_zero() -> None:
    words = _words(charts.bars_h.figure(LEAGUE, "JPN", NAMES, missing="未公表"))
    assert "未公表" in words
    assert "0" not in words
    assert {"1,345.3", "973.8"} <= set(words)


def test_a_band_is_a_whisker_and_the_value_stands_behind_it() -> None:
    frame = pd.DataFrame({"label": ["JPN"], "value": [100.0], "low": [90.0], "high": [120.0]})
    ax = charts.bars_h.figure(frame, "JPN", NAMES).axes[0]
    whisker = ax.collections[0].get_segments()[0]
    assert whisker[:, 0].tolist() == [90.0, 120.0]
    assert next(t for t in ax.texts if t.get_text() == "100").get_position()[0] > 120


def test_the_subject_stays_in_a_shortened_league() -> None:
    frame = pd.DataFrame({"label": ["A", "B", "C", "JPN"], "value": [4, 9, 7, 1]})
    assert list(charts.ordered(frame, 2, "JPN")["label"]) == ["B", "C", "JPN"]


# 2019 is not published, 2020 is not in the frame at all
PROJECTS = pd.DataFrame({"x": [2018, 2019, 2021], "value": [4.0, None, 3.0]})


def test_columns_have_the_heights_of_the_values_and_start_at_zero() -> None:
    ax = charts.bars_v.figure(PROJECTS, [2021]).axes[0]
    bars = {round(p.get_x() + p.get_width() / 2): p for p in ax.patches}
    assert {x: p.get_height() for x, p in bars.items()} == {2018: 4.0, 2021: 3.0}
    assert ax.get_ylim()[0] == 0
    assert to_hex(bars[2021].get_facecolor()) == style.ACCENT
    assert to_hex(bars[2018].get_facecolor()) == style.GREY


def test_years_without_a_figure_stay_open_and_say_so() -> None:
    ax = charts.bars_v.figure(PROJECTS).axes[0]
    gaps = [t.get_position()[0] for t in ax.texts if t.get_text() == "not published"]
    assert gaps == [2019, 2020]


def test_a_zero_is_printed_as_a_zero() -> None:
    assert "0" in _words(charts.bars_v.figure(pd.DataFrame({"x": [2020, 2021], "value": [0, 5]})))


def test_a_break_is_a_dashed_line_before_its_year_with_a_note() -> None:
    figure = charts.bars_v.figure(PROJECTS, breaks=[(2020, "mixed formats")])
    dashed = [line for line in figure.axes[0].get_lines() if line.is_dashed()]
    assert [float(line.get_xdata()[0]) for line in dashed] == [2019.5]
    assert "mixed formats" in _words(figure)


def test_events_stand_in_the_order_of_their_dates() -> None:
    rows = [("2022-07-05", "third", "m"), ("2018-03-02", "first", "m"), ("2020-09-10", "second", "p")]
    frame = pd.DataFrame(rows, columns=["date", "label", "kind"])
    figure = charts.timeline.figure(frame, "p", below=["p"])
    spots = {t.get_text(): t.get_position() for t in figure.axes[0].texts}
    assert spots["first"][0] < spots["second"][0] < spots["third"][0]
    assert spots["second"][1] < min(spots["first"][1], spots["third"][1])


def _dots(figure: Figure) -> list[Line2D]:
    return [line for line in figure.axes[0].get_lines() if line.get_marker() == "o"]


@pytest.mark.parametrize("count", [1, 7, 23, 60])
def test_there_is_one_dot_an_event_and_no_two_touch(count: int) -> None:
    figure = charts.dot_stack.figure(pd.DataFrame({"year": [2021] * count + [2017]}), [2021])
    spots = [(x, y, line.get_markersize()) for line in _dots(figure) for x, y in line.get_xydata()]
    assert len(spots) == count + 1
    tall = 72 * figure.get_size_inches()[1]
    for i, (x, y, size) in enumerate(spots):
        assert y + size / 2 < tall
        assert all((x - u) ** 2 + (y - v) ** 2 >= size**2 for u, v, _ in spots[:i])


def test_a_year_without_an_event_shows_a_zero() -> None:
    words = _words(charts.dot_stack.figure(pd.DataFrame({"year": [2019, 2021]})))
    assert {"0", "1", "2019", "2020", "2021"} == set(words)


# a measure with every year, and one with a gap
PANELS = pd.DataFrame(
    {
        "x": [2019, 2020, 2021] * 2,
        "panel": ["a"] * 3 + ["b"] * 3,
        "value": [264000, 881224, 651358, 144, None, 135],
    }
)


def test_panels_share_their_years_and_keep_their_own_scale() -> None:
    figure = charts.small_multiples.figure(
        PANELS, {"a": "Participants", "b": "Imports"}, {"b": lambda v: f"${v:.0f} bn"}
    )
    one, two = figure.axes
    assert one.get_xlim() == two.get_xlim()
    assert (one.get_ylim()[0], two.get_ylim()[0]) == (0, 0)
    assert {"881,224", "$144 bn", "not published"} <= set(_words(figure))


def test_a_break_is_not_crossed_by_the_line() -> None:
    figure = charts.small_multiples.figure(
        PANELS, {"a": "A", "b": "B"}, breaks=[(2020, "note")], broken=["a"]
    )
    joined = [
        list(map(float, line.get_xdata())) for line in figure.axes[0].get_lines() if not line.is_dashed()
    ]
    assert [2020.0, 2021.0] in joined
    assert not any(2019.0 in xs and 2020.0 in xs for xs in joined)


def test_a_strip_is_filled_to_its_share() -> None:
    frame = pd.DataFrame({"field": ["a", "b", "c"], "share": [0.15, 1.0, None]})
    figure = charts.coverage_strip.figure(frame, {"a": "State"})
    wholes = [p for p in figure.axes[0].patches if to_hex(p.get_facecolor()) == style.RULE]
    parts = [p for p in figure.axes[0].patches if to_hex(p.get_facecolor()) == style.MUTED]
    assert [p.get_width() / wholes[0].get_width() for p in parts] == pytest.approx([0.15, 1.0])
    assert len(wholes) == 3
    assert {"State", "15%", "100%"} <= set(_words(figure))


def test_rows_are_as_high_as_their_names_need() -> None:
    frame = pd.DataFrame(
        {"label": ["a", "Special classification of returned or repaired goods", "b", "c"], "value": 1.0}
    )
    ax = charts.bars_h.figure(frame).axes[0]
    middles = [p.get_y() + p.get_height() / 2 for p in ax.patches]
    assert middles[1] - middles[0] > middles[3] - middles[2]
    assert len({round(p.get_height(), 6) for p in ax.patches}) == 1


def test_few_dots_need_little_height() -> None:
    few = charts.dot_stack.figure(pd.DataFrame({"year": [2019, 2021]})).get_size_inches()[1]
    many = charts.dot_stack.figure(pd.DataFrame({"year": [2019, *[2021] * 60]})).get_size_inches()[1]
    assert few < many
    assert many * 25.4 == pytest.approx(45)


@pytest.mark.parametrize("draw", [charts.bars_h.figure, charts.bars_v.figure], ids=["h", "v"])
def test_a_league_without_any_figure_says_so_in_each_row(draw: Callable[..., Figure]) -> None:
    frame = pd.DataFrame({"label": ["JPN", "CAN"], "x": [2020, 2021], "value": [None, None]})
    assert _words(draw(frame)).count("not published") == 2


def test_a_few_dots_make_one_column() -> None:
    figure = charts.dot_stack.figure(pd.DataFrame({"year": [2019, *[2021] * 4]}))
    assert len({round(x, 6) for line in _dots(figure) for x in line.get_xdata()}) == 2
