"""The look of every figure: one palette, one type size, two widths, two fonts; applied by context only.

Colours are written into the SVG as inline styles with exactly the (lower-case) values below, so that a page
can recolour them for dark mode; ``dark_css`` gives the rules.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import matplotlib as mpl
from matplotlib import font_manager

INK = "#1f2933"
MUTED = "#6b7680"
RULE = "#d5dade"
GREY = "#8b969f"
QUIET = "#56616b"
"""Muted text on a pale tile, where `MUTED` would fall below a contrast of 4.5."""
ACCENT = "#bc002d"
LIGHT_ACCENT = "#e4a0ad"
PALE = "#f1f3f4"
WHITE = "#ffffff"
PAPER = "#fefefe"
"""Filling of open dots: white that turns dark with the page, unlike words on the accent."""
ON_LIGHT = "#20262c"
"""Dark text on a light accent tile: almost ink, but never recoloured, since its tile keeps its colour."""

SERIES = ("#0072b2", "#e69f00", "#56b4e9", "#cc79a7", "#000000")
"""Okabe-Ito colours for series that must be told apart; without its green and vermilion beside our red."""

TEXT = 8.2
"""Type size of everything in a chart, in points."""
SMALL = 7.2
"""Type size inside tiles, in points."""

Width = Literal["full", "half"]
MM = 72 / 25.4
"""Points in a millimetre."""
WIDTHS: dict[str, float] = {"full": 170.0, "half": 82.0}
"""The two widths of a figure, in millimetres."""

_STYLE_FILE = Path(__file__).parent / "static" / "brief.mplstyle"
DARK_SHAPES = {
    INK: "#e6eaed",
    MUTED: "#a7b1b9",
    QUIET: "#a7b1b9",
    RULE: "#3c454d",
    GREY: "#7f8b95",
    ACCENT: "#d92b54",
    PALE: "#262d33",
    PAPER: "#14181b",
    "#000000": "#ffffff",
    "#0072b2": "#3d9bd9",
}
DARK_TEXT = {ACCENT: "#ff7d99"}


def _package_folder(name: str) -> Path:
    """Return where a package lies, without importing it (matplotlib_fontja sets fonts on import)."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"package {name} is not installed. Run `make briefs`, which installs it.")
    return Path(next(iter(spec.submodule_search_locations)))


@functools.cache
def font_files() -> dict[str, Path]:
    """Return the font files of charts and pages: ``regular``, ``semibold``, ``bold`` and ``japanese``.

    Returns
    -------
    dict[str, Path]
        Static TrueType files from the wheels ``font-source-sans-pro`` and ``matplotlib-fontja``.
    """
    latin = _package_folder("font_source_sans_pro") / "files"
    return {
        "regular": latin / "SourceSansPro-Regular.ttf",
        "semibold": latin / "SourceSansPro-Semibold.ttf",
        "bold": latin / "SourceSansPro-Bold.ttf",
        "japanese": _package_folder("matplotlib_fontja") / "fonts" / "ipaexg.ttf",
    }


@functools.cache
def register_fonts() -> None:
    """Make the two font families known to matplotlib, once, ahead of any system copy of the same name.

    IPAexGothic has one weight; it is entered for the bold weights too (`svg` thickens its bold glyphs),
    so that matplotlib neither warns nor searches.
    """
    manager = font_manager.fontManager
    before = list(manager.ttflist)
    manager.ttflist.clear()
    files = font_files()
    manager.addfont(str(files["japanese"]))
    manager.ttflist.extend([dataclasses.replace(manager.ttflist[0], weight=w) for w in (600, 700)])
    for weight in ("regular", "semibold", "bold"):
        manager.addfont(str(files[weight]))
    manager.ttflist.extend(before)


@functools.cache
def _settings() -> Any:
    settings = dict(mpl.rc_params_from_file(_STYLE_FILE, use_default_template=False))
    colours = {
        "text.color": INK,
        "axes.edgecolor": GREY,
        "axes.labelcolor": MUTED,
        "xtick.color": GREY,
        "ytick.color": GREY,
        "xtick.labelcolor": MUTED,
        "ytick.labelcolor": MUTED,
        "grid.color": RULE,
    }
    return settings | colours


@contextmanager
def context() -> Iterator[None]:
    """Apply the style to everything drawn and saved inside; whatever was set before is restored after."""
    register_fonts()
    with mpl.rc_context(_settings()):
        yield


def dark_css(scope: str = "svg") -> str:
    """Return the CSS rules that recolour a figure on a dark ground, to be put inside a media query.

    Parameters
    ----------
    scope
        Selector of the figures, for instance ``"figure.brief svg"``.

    Returns
    -------
    str
        One rule a colour and property. Text (groups of glyphs) in the accent becomes lighter than shapes
        in it, because text needs more contrast.
    """
    rules = [
        f'{scope} [style*="{kind}: {light}"]{{{kind}:{dark}!important}}'
        for light, dark in DARK_SHAPES.items()
        for kind in ("fill", "stroke")
    ]
    text = [
        f'{scope} g[style*="fill: {light}"]{{fill:{dark}!important}}' for light, dark in DARK_TEXT.items()
    ]
    text += [
        f'{scope} use[style*="stroke: {light}"]{{stroke:{dark}!important}}'
        for light, dark in DARK_TEXT.items()
    ]
    return "\n".join(rules + text)
