"""Make a chart's SVG fit to stand inside a page: small, scalable, and with ids that meet no others."""

from __future__ import annotations

import hashlib
import re

from helpers.display import markup
from helpers.errors import RenderError, compose

_PROLOG = re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>", re.DOTALL)
_STYLE = re.compile(r"<style[^>]*>.*?</style>", re.DOTALL)
_EMPTY_DEFS = re.compile(r"<defs>\s*</defs>")
_ID = re.compile(r'\sid="([^"]*)"')
_REFERENCE = re.compile(r'(?:href="#|url\(#)([^")]+)')
_ROOT = re.compile(r"<svg\b[^>]*>")
_LENGTH = re.compile(r'\s(?:width|height)="[^"]*"')
_VIEWBOX = re.compile(r'viewBox="([-\d.\s]+)"')


def tidy(svg: str, where: str = "figure") -> str:
    """Return `svg` without prolog, comments and metadata, its ids kept only where something refers to them.

    The ids that stay get a prefix made from the drawing itself, so that several drawings fit on one page
    and the bytes stay the same from run to run.

    Raises
    ------
    RenderError
        If it is no SVG drawing with a ``viewBox``, or if it asks for something outside itself.
    """
    text = _PROLOG.sub("", svg).strip()
    root = _ROOT.match(text)
    if root is None or not _VIEWBOX.search(root.group()) or not text.endswith("</svg>"):
        got = repr(text[:60])
        todo = "Pass what helpers.display.charts returns."
        raise RenderError(compose(where, "one <svg> element with a viewBox", got, todo))
    outside = re.findall(r'(?:href|src)="(?!#|data:)([^"]*)"|<(script|foreignObject)\b', text)
    if outside:
        got = ", ".join(sorted({repr(a or b) for a, b in outside}))
        raise RenderError(
            compose(where, "a drawing that is complete in itself", got, "Draw it without them.")
        )
    used = set(_REFERENCE.findall(text))
    prefix = "f" + hashlib.sha256(text.encode()).hexdigest()[:8] + "-"
    text = _ID.sub(lambda found: f' id="{prefix}{found.group(1)}"' if found.group(1) in used else "", text)
    text = re.sub(r'href="#', f'href="#{prefix}', text)
    text = re.sub(r"url\(#", f"url(#{prefix}", text)
    return _EMPTY_DEFS.sub("", re.sub(r">\s+<", "><", text))


def size(svg: str) -> tuple[float, float]:
    """Return the width and height of a tidied drawing in its own units (points, from matplotlib)."""
    found = _VIEWBOX.search(svg)
    numbers = [float(part) for part in found.group(1).split()] if found else []
    return (numbers[2], numbers[3]) if len(numbers) == 4 else (0.0, 0.0)


def inline(svg: str, alt: str) -> str:
    """Return a tidied drawing as an image element of an HTML page, named by `alt`, filling its column."""
    text = _STYLE.sub("", svg)
    root = _ROOT.match(text)
    if root is None:
        return text
    opening = _LENGTH.sub("", root.group())
    opening = opening.replace(
        "<svg", f'<svg role="img" focusable="false" aria-label="{markup.attribute(alt)}"', 1
    )
    return _EMPTY_DEFS.sub("", opening + text[root.end() :])
