"""The SVG: same bytes twice, its own ids, small, only palette colours, nothing from outside."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pandas as pd
import pytest
from fontTools.pens.areaPen import AreaPen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path
from fontTools.ttLib import TTFont

from helpers.display import charts, style

FRAME = pd.DataFrame(
    {
        "x": [2014, 2018, 2014, 2018],
        "y": [5.3, 6.0, 27.5, 24.0],
        "series": ["JPN", "JPN", "CAN", "CAN"],
    }
)
NAMES = {"JPN": "日本", "CAN": "Canada"}


@pytest.fixture(scope="module")
def drawn() -> str:
    return charts.lines(FRAME, "JPN", NAMES)


def test_the_same_frame_gives_the_same_bytes(drawn: str) -> None:
    assert charts.lines(FRAME.copy(), "JPN", dict(NAMES)) == drawn


def test_two_figures_in_one_page_share_no_id(drawn: str) -> None:
    other = charts.lines(FRAME.assign(y=FRAME["y"] + 1), "JPN", NAMES)
    one, two = (set(re.findall(r'id="([^"]+)"', svg)) for svg in (drawn, other))
    assert one
    assert not one & two


def test_every_reference_has_its_target(drawn: str) -> None:
    targets = set(re.findall(r'id="([^"]+)"', drawn))
    assert set(re.findall(r'href="#([^"]+)"', drawn)) <= targets
    assert set(re.findall(r"url\(#([^)]+)\)", drawn)) <= targets


def test_letters_are_outlines_and_no_date_tool_or_address_is_left(drawn: str) -> None:
    assert "<text" not in drawn
    assert not re.search(r"metadata|Matplotlib|<!--|xlink|<\?xml|DOCTYPE", drawn)
    assert re.findall(r"https?://[^\"]+", drawn) == ["http://www.w3.org/2000/svg"]


def test_only_colours_of_the_palette_occur(drawn: str) -> None:
    known = {style.INK, style.MUTED, style.RULE, style.GREY, style.ACCENT}
    assert set(re.findall(r"#[0-9a-fA-F]{6}\b", drawn)) <= known


@pytest.mark.parametrize(("width", "mm", "points"), [("full", "170mm", "481.89"), ("half", "82mm", "232.44")])
def test_the_picture_has_one_of_two_widths(width: style.Width, mm: str, points: str) -> None:
    root = ET.fromstring(charts.lines(FRAME, "JPN", NAMES, width=width, height=50))
    assert (root.get("width"), root.get("height")) == (mm, "50mm")
    assert root.get("viewBox") == f"0 0 {points} 141.73"


def test_japanese_letters_of_the_subject_are_thickened_and_its_digits_are_not(drawn: str) -> None:
    assert drawn.count("stroke: #bc002d; stroke-width: 130") == len("日本")


def letters(svg: str) -> list[str]:
    """Return the outlines of the letters, each once, in the order of their first occurrence."""
    return re.findall(r'<path id="[^"]+" d="([^"]+)" transform="scale\(0\.03125\)"', svg)


@pytest.mark.parametrize(("name", "letter"), [("bold", "C"), ("regular", "2"), ("japanese", "本")])
def test_a_letter_is_the_one_of_the_font(name: str, letter: str) -> None:
    """Some letter of the drawing has its bounds to a thousandth of the type size, and its area."""
    font = TTFont(style.font_files()[name])
    glyphs = font.getGlyphSet()
    glyph = glyphs[font.getBestCmap()[ord(letter)]]
    size = 3200 / font["head"].unitsPerEm
    bounds, area = BoundsPen(glyphs), AreaPen(glyphs)
    glyph.draw(bounds)
    glyph.draw(area)

    def fits(outline: str) -> bool:
        ours, surface = BoundsPen(None), AreaPen()
        parse_path(outline, ours)
        parse_path(outline, surface)
        edges = zip(ours.bounds, bounds.bounds, strict=True)
        near = all(abs(mine - size * theirs) <= 3.2 for mine, theirs in edges)
        return near and abs(surface.value) == pytest.approx(abs(area.value) * size**2, rel=0.01)

    drawing = charts.lines(FRAME, "CAN", NAMES)
    assert len([outline for outline in letters(drawing) if fits(outline)]) == 1


def test_the_outline_of_a_letter_has_thirds_that_are_whole_numbers(drawn: str) -> None:
    assert letters(drawn)
    for outline in letters(drawn):
        pen = RecordingPen()
        parse_path(outline, pen)
        assert {value % 3 for _, points in pen.value for point in points for value in point} == {0}


def test_a_chart_is_small(drawn: str) -> None:
    assert len(drawn) < 60_000


def test_a_dollar_sign_is_a_dollar_sign() -> None:
    svg = charts.lines(FRAME, "JPN", NAMES, lambda v: f"${v:.1f} to $9")
    assert svg.startswith("<svg")


def test_the_function_keeps_its_documentation() -> None:
    assert "thick" in (charts.lines.__doc__ or "") or "accent" in (charts.lines.__doc__ or "")
