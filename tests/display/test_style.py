"""The style: fonts from the two wheels, nothing global, colours that can be read."""

from __future__ import annotations

import logging
import subprocess
import sys

import matplotlib as mpl
import pytest
from matplotlib.font_manager import FontProperties, fontManager

from helpers.display import style, tiles
from helpers.display.charts import layout


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_measure_gives_the_published_extremes() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_font_file_is_there() -> None:
    assert all(path.is_file() for path in style.font_files().values())
    assert set(style.font_files()) == {"regular", "semibold", "bold", "japanese"}


def test_the_two_families_come_from_the_wheels_even_beside_system_copies() -> None:
    style.register_fonts()
    files = style.font_files()
    found = fontManager.findfont(FontProperties(family="Source Sans Pro", weight="bold"))
    assert found == str(files["bold"])
    assert fontManager.findfont(FontProperties(family="IPAexGothic")) == str(files["japanese"])
    assert [entry.fname for entry in fontManager.ttflist[:3]] == [str(files["japanese"])] * 3


def test_bold_japanese_makes_matplotlib_say_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="matplotlib"):
        assert layout.width("ノースカロライナ州", bold=True) > 0
        fontManager.findfont(FontProperties(family="IPAexGothic", weight=700))
    assert not caplog.records


def test_the_style_is_gone_after_its_context() -> None:
    before = dict(mpl.rcParams)
    with style.context():
        assert mpl.rcParams["svg.fonttype"] == "path"
        assert mpl.rcParams["font.family"] == ["Source Sans Pro", "IPAexGothic"]
        assert mpl.rcParams["text.parse_math"] is False
    assert dict(mpl.rcParams) == before


def test_importing_the_charts_sets_no_font_and_opens_no_figure() -> None:
    code = (
        "import matplotlib as mpl, sys; before = dict(mpl.rcParams)\n"
        "from helpers.display import charts, tiles\n"
        "import matplotlib.pyplot as plt\n"
        "assert plt.get_fignums() == []\n"
        "assert mpl.rcParams['font.family'] == before['font.family']\n"
        "assert 'matplotlib_fontja' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_an_english_apostrophe_is_narrow_beside_japanese() -> None:
    alone, beside = layout.width("state's") - layout.width("states"), layout.width("州'") - layout.width("州")
    assert alone < 0.4 * style.TEXT
    assert beside < 0.4 * style.TEXT


@pytest.mark.parametrize("colour", [style.INK, style.MUTED, style.QUIET, style.ACCENT])
def test_words_can_be_read_on_white(colour: str) -> None:
    assert _contrast(colour, style.WHITE) >= 4.5


@pytest.mark.parametrize("colour", [style.ACCENT, style.GREY, style.MUTED])
def test_lines_and_bars_can_be_seen_on_white(colour: str) -> None:
    assert _contrast(colour, style.WHITE) >= 3.0


@pytest.mark.parametrize("category", tiles.FILLS)
def test_words_can_be_read_on_their_tile(category: str) -> None:
    fill, ink = tiles.FILLS[category]
    assert _contrast(fill, ink) >= 4.5


@pytest.mark.parametrize("category", tiles.FILLS)
def test_words_can_be_read_on_their_tile_in_the_dark(category: str) -> None:
    fill, ink = (style.DARK_SHAPES.get(c, c) for c in tiles.FILLS[category])
    assert _contrast(fill, ink) >= 4.5 - 0.01


@pytest.mark.parametrize("ground", ["#14181b", "#1a1f24"])
def test_dark_colours_keep_their_contrast(ground: str) -> None:
    for colour in (style.INK, style.MUTED, style.QUIET):
        assert _contrast(style.DARK_SHAPES[colour], ground) >= 4.5
    assert _contrast(style.DARK_TEXT[style.ACCENT], ground) >= 4.5
    for colour in (style.ACCENT, style.GREY):
        assert _contrast(style.DARK_SHAPES[colour], ground) >= 3.0


def test_dark_rules_name_every_colour_that_changes() -> None:
    css = style.dark_css("figure svg")
    assert 'figure svg [style*="fill: #1f2933"]{fill:#e6eaed!important}' in css
    for colour in style.DARK_SHAPES:
        assert f'[style*="fill: {colour}"]' in css
        assert f'[style*="stroke: {colour}"]' in css


def test_no_series_colour_is_a_red_or_a_green() -> None:
    assert not {"#d55e00", "#009e73"} & set(style.SERIES)
