"""The letters of the PDF: two font families from two packages, and which characters they have.

Source Sans Pro comes first, IPAexGothic behind it; no font of the system is looked at, so the same brief is
the same bytes everywhere. A character that neither has is printed by its number, ``[U+1F600]``: the page says
that something stands there, and the build goes on.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import tempfile
import unicodedata
from functools import cache
from pathlib import Path

import typst
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from helpers.errors import RenderError, compose

FAMILIES = ("Source Sans Pro", "IPAexGothic")
_CUTS = ("Light", "Regular", "Semibold", "Bold", "It", "BoldIt")
_IGNORABLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
_COMBINED = re.compile("[A-Za-z\u3041-\u30fe][\u0300-\u036f\u3099\u309a]+")
_ASCII = bytes(range(32, 127)) + b"\n"
_STAND_INS = {
    **dict.fromkeys("\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f", " "),
    "\u202f": "\u00a0",
    "\u2010": "-",
    "\u2011": "-",
    "▸": "▶",
}
"""Characters that look the same, or nearly, where no font has the one asked for."""
_HELD: list[tempfile.TemporaryDirectory[str]] = []


def _folder(package: str) -> Path:
    """Return where an installed package lies, without importing it."""
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        todo = "Run `make briefs`, which installs it."
        raise RenderError(compose(f"fonts of {package}", "an installed package", "none", todo))
    return Path(next(iter(found.submodule_search_locations)))


@cache
def files() -> dict[str, Path]:
    """Return the font files in use, by cut; the Japanese one is ``Japanese``."""
    latin = _folder("font_source_sans_pro") / "files"
    cuts = {cut: latin / f"SourceSansPro-{cut}.ttf" for cut in _CUTS}
    return {**cuts, "Japanese": _folder("matplotlib_fontja") / "fonts" / "ipaexg.ttf"}


@cache
def book() -> typst.Fonts:
    """Return the compiler's list of fonts, built once a process.

    The package holds every cut twice (TrueType and OpenType) and the compiler reads a folder in any order, so
    the chosen files are put in a folder of their own.
    """
    folder = tempfile.TemporaryDirectory(prefix="brief-fonts-")
    _HELD.append(folder)
    for path in files().values():
        try:
            (Path(folder.name) / path.name).symlink_to(path)
        except OSError:
            shutil.copy(path, folder.name)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder.name])


@cache
def covered() -> frozenset[str]:
    """Return every character that the page can print in any weight."""
    codes: set[int] = {9, 10}
    for cut in ("Regular", "Japanese"):
        with TTFont(files()[cut], lazy=True) as font:
            codes |= set(font.getBestCmap())
    return frozenset(map(chr, codes))


def _used(text: str) -> set[str]:
    """Return the characters of a text, without those of ASCII that print: they are most of it, and fonts have them."""
    return set(text.encode(errors="surrogatepass").translate(None, _ASCII).decode(errors="surrogatepass"))


def printable(text: str) -> tuple[str, dict[str, list[int]]]:
    """Return `text` with the characters no font has written as ``[U+XXXX]``, and on which lines they stood.

    Spaces and hyphens of unusual width become usual ones. Marks that only choose a form of the letter before
    them are dropped: the letter itself prints.
    """
    letters = covered()
    used = _used(text)
    if any(map(unicodedata.combining, used)):
        text = _COMBINED.sub(lambda found: unicodedata.normalize("NFC", found.group()), text)
        used = _used(text)
    if used <= letters:
        return text, {}
    text = _IGNORABLE.sub("", text)
    text = text.translate({ord(one): other for one, other in _STAND_INS.items() if one not in letters})
    lacking = _used(text) - letters
    where: dict[str, list[int]] = {}
    if lacking:
        for number, line in enumerate(text.split("\n"), 1):
            for character in lacking.intersection(line):
                where.setdefault(character, []).append(number)
        text = text.translate({ord(character): f"[U+{ord(character):04X}]" for character in lacking})
    return text, dict(sorted(where.items()))
