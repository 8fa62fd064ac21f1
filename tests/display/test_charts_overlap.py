"""Nothing overlaps and nothing is cut, in either language, at the longest names; no letter is missing."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from helpers.display import charts, style, tiles

NAMES = {
    "en": {
        "JPN": "Japan", "CAN": "Canada", "MEX": "Mexico", "CHN": "China", "NLD": "Netherlands",
        "GBR": "United Kingdom, Isle of Man", "NC": "North Carolina",
    },
    "ja": {
        "JPN": "日本", "CAN": "カナダ", "MEX": "メキシコ", "CHN": "中国", "NLD": "オランダ",
        "GBR": "英国（マン島を含む）", "NC": "ノースカロライナ州",
    },
}  # fmt: skip
MISSING = {"en": "not published", "ja": "未公表"}
NOTE = {
    "en": "From FY2020 counts may mix online and in-person",
    "ja": "2020年度以降はオンラインと対面が混在する可能性",
}
YEARS: dict[str, Callable[[float], str]] = {
    "en": lambda y: f"FY{y:.0f}",
    "ja": lambda y: f"令和{y - 2018:.0f}年度" if y > 2018 else f"平成{y - 1988:.0f}年度",
}
MEETINGS = {
    "en": "First meeting of the task force, chaired by the deputy chief cabinet secretary",
    "ja": "タスクフォース第1回会合（内閣官房副長官が主宰）",
}


def _close(n: int) -> pd.DataFrame:
    """Six series whose ends lie within one per cent of each other."""
    codes = list(NAMES["en"])[:n]
    return pd.DataFrame(
        [(x, 10 + k * 0.1 + (x - 2014) * 0.01, s) for k, s in enumerate(codes) for x in range(2014, 2019)],
        columns=["x", "y", "series"],
    )


def _lines(lang: str, width: style.Width) -> Figure:
    return charts.lines.figure(
        _close(7), "JPN", NAMES[lang], lambda v: f"{v:.1f}%", width=width, breaks=[(2016, NOTE[lang])]
    )


def _bump(lang: str, width: style.Width) -> Figure:
    codes = list(NAMES["en"])
    rows = [(y, s, (k + y) % 7 + 1) for y in range(1985, 2025) for k, s in enumerate(codes)]
    frame = pd.DataFrame(rows, columns=["year", "series", "rank"])
    return charts.rank_bump.figure(frame, "JPN", NAMES[lang], width=width)


def _bump_ties(lang: str, width: style.Width) -> Figure:
    rows = [(y, s, r) for y in (2020, 2021) for s, r in (("JPN", 2), ("NC", 2), ("GBR", 2), ("CAN", 1))]
    frame = pd.DataFrame(rows, columns=["year", "series", "rank"])
    return charts.rank_bump.figure(frame, "JPN", NAMES[lang], width=width)


def _bars_h(lang: str, width: style.Width) -> Figure:
    codes = list(NAMES["en"])
    frame = pd.DataFrame({"label": codes, "value": [1345300, 973800, 867000, None, 12, 0, 555]})
    frame = frame.assign(low=frame["value"] * 0.9, high=frame["value"] * 1.1)
    return charts.bars_h.figure(frame, "JPN", NAMES[lang], width=width, missing=MISSING[lang])


def _bars_v(lang: str, width: style.Width) -> Figure:
    frame = pd.DataFrame(
        {"x": [2017, 2018, 2019, 2020, 2021, 2023, 2025], "value": [803411, 9e5, 0, 881224, 1, None, 9e5]}
    )
    return charts.bars_v.figure(
        frame, [2021], [(2020, NOTE[lang])], width=width, x_fmt=YEARS[lang], missing=MISSING[lang]
    )


def _bars_v_many(lang: str, width: style.Width) -> Figure:
    frame = pd.DataFrame({"x": range(2009, 2025), "value": [123456] * 16})
    return charts.bars_v.figure(frame, [2024], [(2024, NOTE[lang])], width=width, x_fmt=YEARS[lang])


def _timeline(lang: str, width: style.Width) -> Figure:
    dates = ["2017-11-08", "2017-12-20", "2018-03-02", "2018-06-11", "2020-09-10", "2022-07-05", "2025-03-20"]
    rows = [(d, MEETINGS[lang], "meeting") for d in dates]
    rows += [("2017-11-08", NOTE[lang], "plan"), ("2025-03-20", NOTE[lang], "plan")]
    frame = pd.DataFrame(rows, columns=["date", "label", "kind"])
    return charts.timeline.figure(frame, "plan", below=["plan"], width=width)


def _stack(lang: str, width: style.Width) -> Figure:
    frame = pd.DataFrame({"year": [2017] * 4 + [2018] + [2021] * 60 + [2025] * 2})
    return charts.dot_stack.figure(frame, [2021], width=width, x_fmt=YEARS[lang])


def _multiples(lang: str, width: style.Width) -> Figure:
    values = {"a": [803411, 912330, 264000, 881224, 651358], "b": [885.2, None, 973.8, None, 950.1]}
    rows = [(y, p, v) for p, vs in values.items() for y, v in zip(range(2017, 2022), vs, strict=True)]
    frame = pd.DataFrame(rows, columns=["x", "panel", "value"])
    panels = {"a": NAMES[lang]["GBR"], "b": NAMES[lang]["NC"]}
    return charts.small_multiples.figure(
        frame,
        panels,
        breaks=[(2020, NOTE[lang])],
        broken=["a"],
        width=width,
        x_fmt=YEARS[lang],
        missing=MISSING[lang],
    )


def _coverage(lang: str, width: style.Width) -> Figure:
    frame = pd.DataFrame(
        {"field": ["NC", "GBR"], "share": [0.15, None], "text": ["15% (112 / 756)", MISSING[lang]]}
    )
    return charts.coverage_strip.figure(frame, NAMES[lang], width=width)


def _tiles(lang: str, width: style.Width) -> Figure:
    states = pd.DataFrame(
        [(f"{a}{b}", c, r) for r, a in enumerate("ABCDEFGH") for c, b in enumerate("ABCDEFGHIJK")],
        columns=["usps", "tile_col", "tile_row"],
    )
    words = {"en": "125k", "ja": "12.5万"}[lang]
    values = states[["usps"]].assign(category=["first", "second", "other", "none"] * 22, text=words)
    key = dict.fromkeys(tiles.FILLS, NAMES[lang]["GBR"])
    return tiles.tile_map.figure(states, values, key, marked=["DD"], groups=[["DD", "DE"]], width=width)


FIGURES = [
    _lines, _bump, _bump_ties, _bars_h, _bars_v, _bars_v_many,
    _timeline, _stack, _multiples, _coverage, _tiles,
]  # fmt: skip


def _boxes(figure: Figure) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Return the words and the box of every text, as the renderer measures them; a warning is an error."""
    with style.context(), warnings.catch_warnings():
        warnings.simplefilter("error")
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        renderer = canvas.get_renderer()
        texts = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
        return [(t.get_text(), t.get_window_extent(renderer).extents) for t in texts]


@pytest.mark.parametrize("width", ["full", "half"])
@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("draw", FIGURES, ids=lambda f: f.__name__.strip("_"))
def test_no_words_meet_and_none_leave_the_picture(
    draw: Callable[[str, style.Width], Figure], lang: str, width: style.Width
) -> None:
    figure = draw(lang, width)
    boxes = _boxes(figure)
    assert boxes
    wide, tall = (72 * size for size in figure.get_size_inches())
    outside = [
        (words, box)
        for words, box in boxes
        if box[0] < -1 or box[1] < -1 or box[2] > wide + 1 or box[3] > tall + 1
    ]
    assert not outside
    slack = 1.5  # the boxes include the room of letters that hang below the line
    meeting = [
        (one, other)
        for (one, a), (other, b) in itertools.combinations(boxes, 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > slack and min(a[3], b[3]) - max(a[1], b[1]) > slack
    ]
    assert not meeting
