"""How wide words are in print, in em: what decides, before anything is set, whether a table fits its page.

The compiler can measure, but sets every cell of a table for it; the fonts' own advance widths say as much.
Kerning is left out: it is a few thousandths of an em, nearly always less.
"""

from __future__ import annotations

import functools

import numpy as np
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from matplotlib.ft2font import FT2Font

from helpers.display import style
from helpers.display.markup import pieces


@functools.cache
def _advances(cut: str) -> dict[str, float]:
    """Return the advance width of every character of a cut, in em; the Japanese font stands behind the Latin one."""
    found: dict[str, float] = {}
    for name in ("japanese", cut):
        path = style.font_files()[name]
        with TTFont(path, lazy=True) as font:
            per_em, count = font["head"].unitsPerEm, font["hhea"].numberOfHMetrics
            pairs = np.frombuffer(font.reader["hmtx"], ">u2", 2 * count)  # advance and bearing of a glyph
        widths = (pairs[::2] / per_em).tolist()  # the last one holds for all glyphs behind it
        glyphs = FT2Font(str(path)).get_charmap()
        found |= {chr(code): widths[min(glyph, count - 1)] for code, glyph in glyphs.items()}
    return found


def width(text: str, *, bold: bool = False) -> float:
    """Return how wide the widest line of a marked text is, in em.

    Parameters
    ----------
    text
        Marked text, see `markup`; a character that no font has counts as one em.
    bold
        Whether the whole text is set semibold; emphasised runs are in any case.

    Examples
    --------
    >>> width("国内")
    2.0
    """
    lines = [0.0]
    for run, strong in pieces(text):
        known = _advances("semibold" if bold or strong else "regular")
        first, *more = run.split("\n")
        lines[-1] += sum(known.get(character, 1.0) for character in first)
        lines += [sum(known.get(character, 1.0) for character in line) for line in more]
    return max(lines)
