"""Words can be read: every colour of text keeps 4.5:1 on every ground it stands on, in light and in dark.

The ratio is that of WCAG 2.2, success criterion 1.4.3 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import helpers

PACKAGE = Path(helpers.__file__).parent
BLOCKS = PACKAGE / "display" / "static" / "blocks.css"
PAGE = PACKAGE / "press" / "templates" / "brief" / "static" / "brief.css"
SITE = PACKAGE / "press" / "templates" / "site" / "site.css"

GROUNDS = {"brief-ground", "brief-pale", "page", "tile"}
SHAPES = {"brief-accent", "brief-rule", "rule"}
"""Colours of rules and bars: a rule repeats what space says already, a bar needs 3:1."""


def rules(path: Path) -> list[tuple[str, dict[str, str]]]:
    """Return (selector, declarations) of every rule of a style sheet, those inside a media query too."""
    css = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = []
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        parts = (line.partition(":") for line in body.split(";") if ":" in line)
        found.append((" ".join(selector.split()), {name.strip(): value.strip() for name, _, value in parts}))
    return found


def palettes(path: Path) -> list[tuple[str, dict[str, str]]]:
    """Return every set of colours that a style sheet defines; a later one completes itself from the first."""
    sets: list[tuple[str, dict[str, str]]] = []
    for selector, body in rules(path):
        colours = {name[2:]: value for name, value in body.items() if re.fullmatch(r"#[0-9a-f]{3,6}", value)
                   and name.startswith("--")}  # fmt: skip
        if colours:
            sets.append((selector, (sets[0][1] if sets else {}) | colours))
    return sets


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_ratio_is_that_of_the_guideline() -> None:
    assert ratio("#000", "#ffffff") == pytest.approx(21)
    assert ratio("#777777", "#fff") == pytest.approx(4.48, abs=0.005)


SETS = [
    pytest.param(colours, id=f"{path.stem}: {selector}")
    for path in (BLOCKS, PAGE, SITE)
    for selector, colours in palettes(path)
]


@pytest.mark.parametrize("colours", SETS)
def test_words_can_be_read_on_every_ground(colours: dict[str, str]) -> None:
    grounds = {name: colour for name, colour in colours.items() if name in GROUNDS}
    words = {name: colour for name, colour in colours.items() if name not in GROUNDS | SHAPES}
    assert grounds
    assert len(words) >= 3
    low = {
        f"{word} on {ground}": round(ratio(words[word], grounds[ground]), 2)
        for word in words
        for ground in grounds
        if ratio(words[word], grounds[ground]) < 4.5
    }
    assert low == {}


@pytest.mark.parametrize("colours", SETS)
def test_the_accent_can_be_seen_as_a_shape(colours: dict[str, str]) -> None:
    accent, ground = (colours.get(f"brief-{name}") or colours[other]
                      for name, other in (("accent", "accent"), ("ground", "page")))  # fmt: skip
    assert ratio(accent, ground) >= 3


@pytest.mark.parametrize("path", [BLOCKS, PAGE, SITE], ids=lambda path: path.stem)
def test_light_and_dark_are_both_there_and_every_colour_has_a_name(path: Path) -> None:
    named = {name for _, colours in palettes(BLOCKS) + palettes(path) for name in colours}
    for selector, body in rules(path):
        for name, value in body.items():
            if name in ("color", "background", "background-color", "fill"):
                used = re.findall(r"var\(--([\w-]+)\)", value)
                assert used or value.removesuffix(" !important") in ("inherit", "none", "#fff"), (
                    selector,
                    value,
                )
                assert set(used) <= named
                assert name != "color" or not set(used) & SHAPES, selector
    if path != PAGE:  # the blocks bring the dark colours of the page
        assert len(palettes(path)) >= 2
