"""The tile-grid map of the states: fifty-one equal tiles, so that small states stay readable."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from helpers.display import style
from helpers.display.charts import layout, marks, sheet
from helpers.display.charts.phrases import say
from helpers.errors import AnalysisError, compose, listed

FILLS = {
    "first": (style.ACCENT, style.WHITE),
    "second": (style.LIGHT_ACCENT, style.ON_LIGHT),
    "other": (style.RULE, style.INK),
    "none": (style.PALE, style.QUIET),
}
"""Category of a tile to the colour of the tile and of its words (contrast at least 4.5)."""
_GAP = 1.6
_CELL_HEIGHT = {"full": 29.0, "half": 20.5}
_SIZES = {"full": (style.TEXT, 7.4), "half": (style.SMALL, 6.4)}


def _categories(states: pd.DataFrame, values: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Return (category, text) by state; a state without a row is not published."""
    unknown = sorted(set(values["usps"]) - set(states["usps"]))
    if unknown:
        raise AnalysisError(
            compose(
                "tile map, column usps",
                "states that have a tile",
                listed(unknown),
                "Leave out rows that are no state.",
            )
        )
    strange = sorted(set(values["category"]) - set(FILLS))
    if strange:
        raise AnalysisError(
            compose(
                "tile map, column category",
                f"one of {listed(FILLS)}",
                listed(strange),
                "Name the categories so.",
            )
        )
    text = values["text"] if "text" in values else pd.Series("", index=values.index)
    found = {
        u: (c, str(t)) for u, c, t in zip(values["usps"], values["category"], text.fillna(""), strict=True)
    }
    return {u: found.get(u, ("none", "")) for u in states["usps"]}


def _outline(cells: set[tuple[int, int]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the edges of a group of cells that no two of its cells share, as pairs of corners."""
    sides = {
        (0, -1): ((0, 0), (1, 0)),
        (0, 1): ((0, 1), (1, 1)),
        (-1, 0): ((0, 0), (0, 1)),
        (1, 0): ((1, 0), (1, 1)),
    }
    return [
        ((c + a[0], r + a[1]), (c + b[0], r + b[1]))
        for c, r in sorted(cells)
        for (dc, dr), (a, b) in sides.items()
        if (c + dc, r + dr) not in cells
    ]


def _tile(
    ax: Axes, x: float, y: float, cell: tuple[float, float], words: tuple[str, str, str], width: str
) -> None:
    usps, category, number = words
    fill, ink = FILLS[category]
    wide, tall = cell[0] - _GAP, cell[1] - _GAP
    ax.add_artist(
        Rectangle((x + _GAP / 2, y - cell[1] + _GAP / 2), wide, tall, facecolor=fill, linewidth=0, gid=usps)
    )
    size, small = _SIZES[width]
    middle, centre = y - cell[1] / 2, x + cell[0] / 2
    lift = small * 0.62 if number else 0.0
    sheet.text(
        ax, centre, middle + lift, usps, ha="center", color=ink, fontsize=size, bold=category == "first"
    )
    if number:
        fits = min(1.0, (wide - 1.5) / layout.width(number, small))
        sheet.text(ax, centre, middle - size * 0.58, number, ha="center", color=ink, fontsize=small * fits)


def _key_lines(key: Mapping[str, str], room: float) -> list[list[tuple[str, str]]]:
    lines: list[list[tuple[str, str]]] = [[]]
    used = 0.0
    for category, words in key.items():
        words = layout.wrap(words, room - 14)
        need = layout.width(words) + 24
        if lines[-1] and used + need > room + 12:
            lines.append([])
            used = 0.0
        lines[-1].append((category, words))
        used += need
    return lines


def _draw_key(ax: Axes, lines: list[list[tuple[str, str]]], top: float) -> None:
    for entries in lines:
        x = 1.0
        tall = max(layout.height(words) for _, words in entries)
        for category, words in entries:
            ax.add_artist(
                Rectangle(
                    (x, top - layout.height("0") / 2 - 3.5), 9, 7, facecolor=FILLS[category][0], linewidth=0
                )
            )
            sheet.text(ax, x + 12.5, top - layout.height(words) / 2, words, color=style.MUTED)
            x += layout.width(words) + 24
        top -= tall + 1.5


@sheet.Drawing
def tile_map(
    states: pd.DataFrame,
    values: pd.DataFrame,
    key: Mapping[str, str] | None = None,
    *,
    marked: Collection[str] = (),
    groups: Sequence[Collection[str]] = (),
    width: style.Width = "half",
) -> Figure:
    """Draw the states as tiles coloured by category, with a number under the abbreviation.

    Parameters
    ----------
    states
        ``usps``, ``tile_col``, ``tile_row`` (integers, row 0 on top): one row a state.
    values
        ``usps``, ``category`` (``first``, ``second``, ``other`` or ``none``) and optionally ``text``, the
        formatted number. A state without a row is drawn as ``none``.
    key
        Category to its meaning, written with a colour sample under the map in this order. None for no key.
    marked
        States with a strong frame (the subject of a state brief).
    groups
        Groups of states with a common outline (a consular district, a census division).
    width
        ``"full"`` or ``"half"``. The height follows.

    Returns
    -------
    str
        An SVG element (``tile_map.figure(...)`` returns the figure).

    Raises
    ------
    AnalysisError
        If a state has no tile, or a category is not one of the four.
    """
    states = marks.require(states, ("usps", "tile_col", "tile_row"), "tile_map")
    shown = _categories(states, values)
    columns, rows = (
        states["tile_col"] - states["tile_col"].min(),
        states["tile_row"] - states["tile_row"].min(),
    )
    place = {u: (int(c), int(r)) for u, c, r in zip(states["usps"], columns, rows, strict=True)}
    room = style.WIDTHS[width] * style.MM - 4
    cell = (room / (int(columns.max()) + 1), _CELL_HEIGHT[width])
    lines = _key_lines(key or {}, room) if key else []
    under = sum(max(layout.height(w) for _, w in entries) + 1.5 for entries in lines) + (5 if lines else 0)
    grid = cell[1] * (int(rows.max()) + 1)
    figure = sheet.blank(width, (grid + under + 4) / style.MM)
    ax = sheet.canvas(figure)
    top = grid + under + 2

    def corner(c: float, r: float) -> tuple[float, float]:
        return 2 + c * cell[0], top - r * cell[1]

    for usps, (category, number) in shown.items():
        _tile(ax, *corner(*place[usps]), cell, (usps, category, number), width)
    for group in groups:
        for a, b in _outline({place[u] for u in group if u in place}):
            (x0, y0), (x1, y1) = corner(*a), corner(*b)
            ax.plot([x0, x1], [y0, y1], color=style.INK, linewidth=1.1, solid_capstyle="projecting", zorder=3)
    for usps in marked:
        x, y = corner(*place[usps])
        ax.add_artist(
            Rectangle(
                (x + 0.6, y - cell[1] + 0.6),
                cell[0] - 1.2,
                cell[1] - 1.2,
                fill=False,
                edgecolor=style.INK,
                linewidth=2.2,
                zorder=4,
            )
        )
    _draw_key(ax, lines, top - grid - 5)
    return figure


def alt_tile_map(
    values: pd.DataFrame,
    key: Mapping[str, str],
    names: Mapping[str, str] | None = None,
    *,
    lang: str,
    measure: str,
    marked: Collection[str] = (),
    total: int = 51,
) -> str:
    """Return the alternative text of a tile map: how many states each category has, and which are first.

    Parameters
    ----------
    values, key, marked
        As for `tile_map`.
    names
        State code to display name.
    lang
        ``"en"`` or ``"ja"``.
    measure
        What is shown, with unit and year, in the same language.
    total
        How many tiles the map has; those without a row count as ``none``.
    """
    comma, parts = say(lang, "comma"), []
    for category, words in key.items():
        members = sorted(values.loc[values["category"] == category, "usps"])
        count = total - int((values["category"] != "none").sum()) if category == "none" else len(members)
        named = comma.join(marks.name_of(names, u) for u in members)
        listing = say(lang, "in_brackets", words=named) if category == "first" and members else ""
        parts.append(say(lang, "tile_count", words=words, count=count) + listing)
    text = say(lang, "tile_map", measure=measure) + say(lang, "semicolon").join(parts) + say(lang, "stop")
    texts = dict(zip(values["usps"], values["text"], strict=True)) if "text" in values else {}
    for usps in marked:
        figure = texts.get(usps) or say(lang, "no_figure")
        text += say(lang, "tile_marked", name=marks.name_of(names, usps), text=figure)
    return text.strip()
