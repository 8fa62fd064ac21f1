"""From a drawn figure to a small SVG: same bytes every time, ids of its own, colours as inline styles."""

from __future__ import annotations

import functools
import hashlib
import io
import re
import xml.etree.ElementTree as ET

from matplotlib.figure import Figure

from helpers.display.style import MM

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_NUMBER = re.compile(r"-?\d+\.\d+")
_TRANSLATE = re.compile(r"translate\((\S+) 0(?:\.0+)?\)")
_REFERENCE = re.compile(r"#([\w.\-]+)")
_COMMAND = re.compile(r"([MLQz])([^MLQz]*)")
_GLYPH, _LETTER = "scale(0.015625)", "scale(0.03125)"
"""What matplotlib puts on an outline of a letter, in 1/6400 of the type size, and what stands there: 1/3200."""
_BOLD_STROKE = 130
"""Outline of Japanese glyphs in bold text, in units of 1/3200 of the type size (0.33 pt at 8.2 pt)."""
BOLD = "bold"
"""Group id of bold text, given by `sheet.text`: its Japanese glyphs get an outline, having no bold cut."""


ET.register_namespace("", _SVG.strip("{}"))


def _short(value: str) -> str:
    return _NUMBER.sub(lambda m: f"{float(m.group()):.2f}".rstrip("0").rstrip(".") or "0", value)


@functools.cache
def _letter(outline: str) -> str:
    """Return the outline of a letter on a grid of 1/1067 of the type size, as fine as that of a font, in few signs.

    Its numbers are multiples of three: a quadratic curve has its control points as a cubic one, which is what a PDF
    knows, at thirds, and so they are whole numbers too, which are short and quick to write.
    """
    here = start = [0, 0]
    said, before = [], ""
    for command, numbers in _COMMAND.findall(outline):
        points = [3 * round(float(number) / 6) for number in numbers.split()]
        steps = " ".join(str(value - here[index % 2]) for index, value in enumerate(points))
        said.append(f" {steps}" if command == before else command.lower() + steps)
        here = points[-2:] or start
        start = here if command == "M" else start
        before = command
    return "".join(said).replace(" -", "-")


def _is_japanese(element: ET.Element) -> bool:
    return "IPAexGothic" in element.get(_HREF, "")


def _thicken(group: ET.Element) -> None:
    """Outline the Japanese glyphs of a bold text in its own colour."""
    for inner in group.iter(f"{_SVG}g"):
        colour = re.search(r"fill: (#\w+)", inner.get("style", ""))
        for use in inner.findall(f"{_SVG}use"):
            if _is_japanese(use):
                ink = colour.group(1) if colour else "#000000"
                use.set("style", f"stroke: {ink}; stroke-width: {_BOLD_STROKE}")


def _collect(element: ET.Element, defs: ET.Element) -> None:
    """Move every definition into one place, drop group ids and comments, shorten numbers."""
    for child in list(element):
        if child.tag == f"{_SVG}metadata":
            element.remove(child)
            continue
        if child.tag == f"{_SVG}defs":
            element.remove(child)
            defs.extend(c for c in child if c.tag != f"{_SVG}style")
            for c in child:
                _collect(c, defs)
            continue
        _collect(child, defs)
    element.text = element.tail = None


def _tidy(element: ET.Element) -> None:
    if element.tag == f"{_SVG}g":
        element.attrib.pop("id", None)
    transform = element.get("transform")
    if transform == _GLYPH:
        element.set("d", _letter(element.get("d", "")))
        element.set("transform", _LETTER)
        return
    for name in ("d", "x", "y", "width", "height", "style", "points"):
        if name in element.attrib:
            element.set(name, _short(" ".join(element.get(name, "").split())))
    if transform and element.tag == f"{_SVG}use":
        shift = _TRANSLATE.fullmatch(transform)
        if shift:
            del element.attrib["transform"]
            element.set("x", _short(shift.group(1)))
    elif transform and "translate" in transform:
        head, _, scale = transform.partition(" scale")
        element.set("transform", _short(head) + (f" scale{scale}" if scale else ""))
    if _HREF in element.attrib:
        element.set("href", element.attrib.pop(_HREF))


def _unwrap(element: ET.Element) -> None:
    """Replace groups without attributes by their children, and drop empty ones."""
    children: list[ET.Element] = []
    for child in element:
        _unwrap(child)
        plain = child.tag == f"{_SVG}g" and not child.attrib
        children.extend(child if plain else [child])
    element[:] = [c for c in children if c.tag != f"{_SVG}g" or len(c)]


def _rename(root: ET.Element, content: str) -> None:
    """Give every id a prefix made from the content, so that two figures in one page never share one."""
    prefix = "f" + hashlib.sha256(content.encode()).hexdigest()[:8]
    names: dict[str, str] = {}
    for element in root.iter():
        if "id" in element.attrib:
            names[element.attrib["id"]] = f"{prefix}-{len(names)}"
            element.set("id", names[element.attrib["id"]])
    for element in root.iter():
        for name in ("href", "clip-path"):
            if name in element.attrib:
                element.set(name, _REFERENCE.sub(lambda m: "#" + names[m.group(1)], element.attrib[name]))


def render(figure: Figure) -> str:
    """Return the figure as one SVG element, ready to stand in an HTML page or a Typst file.

    Letters are outlines, so the type is right wherever the picture goes; the ground is transparent; width and
    height are in millimetres beside a ``viewBox``, so that a page can scale it. Same figure, same bytes.

    Parameters
    ----------
    figure
        Drawn inside `style.context`, and rendered inside it too.

    Returns
    -------
    str
        ``<svg ...>...</svg>`` without XML declaration.
    """
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    root = ET.fromstring(buffer.getvalue())
    for group in root.iter(f"{_SVG}g"):
        if group.get("id", "").startswith(BOLD):
            _thicken(group)
    defs = ET.Element(f"{_SVG}defs")
    _collect(root, defs)
    root.insert(0, defs)
    for element in root.iter():
        _tidy(element)
    _unwrap(root)
    width, height = (72 * size for size in figure.get_size_inches())
    root.attrib.clear()
    root.set("viewBox", _short(f"0 0 {width:.3f} {height:.3f}"))
    root.set("width", f"{round(width / MM, 2):g}mm")
    root.set("height", f"{round(height / MM, 2):g}mm")
    root.set("style", "stroke-linejoin: round; stroke-linecap: butt")
    _rename(root, ET.tostring(root, encoding="unicode"))
    return ET.tostring(root, encoding="unicode")


def laid_over(ground: str, top: str) -> str:
    """Return one SVG of two of the same size, the second over the first.

    The ids of the ground get a prefix made from both: one ground may stand in a page under several tops.
    """
    prefix = "f" + hashlib.sha256((ground + top).encode()).hexdigest()[:8]
    own = re.sub(r'(id="|href="#|url\(#)f[0-9a-f]{8}-', rf"\g<1>{prefix}-", ground)
    return own.removesuffix("</svg>") + top[top.index(">") + 1 :]
