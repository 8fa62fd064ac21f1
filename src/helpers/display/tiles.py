"""The tile-grid map of the states: fifty-one equal tiles, so that small states stay readable."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ParamSpec

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from helpers.display import style
from helpers.display.charts import layout, marks, sheet, svg
from helpers.display.charts.phrases import say
from helpers.errors import AnalysisError, compose, listed

P = ParamSpec("P")

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


@dataclass(frozen=True)
class _Ground:
    """The map without frames: what all briefs that show the same figures share.

    ``places`` are (state, column, row), ``shown`` (state, category, text), ``key`` (category, words).
    """

    places: tuple[tuple[str, int, int], ...]
    shown: tuple[tuple[str, str, str], ...]
    key: tuple[tuple[str, str], ...]
    width: style.Width

    @classmethod
    def of(
        cls, states: pd.DataFrame, values: pd.DataFrame, key: Mapping[str, str] | None, width: style.Width
    ) -> _Ground:
        """Return the map of a table, its tiles counted from the first column and row."""
        states = marks.require(states, ("usps", "tile_col", "tile_row"), "tile_map")
        columns = (states["tile_col"] - states["tile_col"].min()).astype(int)
        rows = (states["tile_row"] - states["tile_row"].min()).astype(int)
        places = tuple(zip(states["usps"], columns, rows, strict=True))
        shown = tuple((usps, *words) for usps, words in _categories(states, values).items())
        return cls(places, shown, tuple((key or {}).items()), width)

    @property
    def room(self) -> float:
        """Width of the grid in points."""
        return style.WIDTHS[self.width] * style.MM - 4

    @property
    def cell(self) -> tuple[float, float]:
        """Width and height of a tile with the gap around it, in points."""
        return self.room / (1 + max(column for _, column, _ in self.places)), _CELL_HEIGHT[self.width]

    @property
    def lines(self) -> list[list[tuple[str, str]]]:
        """The key in lines."""
        return _key_lines(dict(self.key), self.room) if self.key else []

    @property
    def under(self) -> float:
        """Height of the key in points."""
        lines = self.lines
        return sum(max(layout.height(w) for _, w in e) + 1.5 for e in lines) + (5 if lines else 0)

    @property
    def grid(self) -> float:
        """Height of the grid in points."""
        return self.cell[1] * (1 + max(row for _, _, row in self.places))

    def blank(self) -> tuple[Figure, Axes]:
        """Return an empty figure of the map's size."""
        figure = sheet.blank(self.width, (self.grid + self.under + 4) / style.MM)
        return figure, sheet.canvas(figure)

    def corner(self, column: float, row: float) -> tuple[float, float]:
        """Return where the upper left corner of a tile lies."""
        return 2 + column * self.cell[0], self.grid + self.under + 2 - row * self.cell[1]

    def draw(self, ax: Axes) -> None:
        """Draw the tiles and the key."""
        place = {usps: (column, row) for usps, column, row in self.places}
        for usps, category, number in self.shown:
            _tile(ax, *self.corner(*place[usps]), self.cell, (usps, category, number), self.width)
        _draw_key(ax, self.lines, self.under - 3)

    def frame(self, ax: Axes, marked: Collection[str], groups: Sequence[Collection[str]]) -> None:
        """Draw the outlines of groups and the frames of states."""
        place = {usps: (column, row) for usps, column, row in self.places}
        for group in groups:
            for a, b in _outline({place[usps] for usps in group if usps in place}):
                (x0, y0), (x1, y1) = self.corner(*a), self.corner(*b)
                ax.plot(
                    [x0, x1], [y0, y1], color=style.INK, linewidth=1.1, solid_capstyle="projecting", zorder=3
                )
        for usps in marked:
            (x, y), (wide, tall) = self.corner(*place[usps]), self.cell
            ax.add_artist(
                Rectangle(
                    (x + 0.6, y - tall + 0.6),
                    wide - 1.2,
                    tall - 1.2,
                    fill=False,
                    edgecolor=style.INK,
                    linewidth=2.2,
                    zorder=4,
                )
            )


@lru_cache(maxsize=32)
def _drawn(ground: _Ground) -> str:
    """Return the ground of a map as SVG; drawn once in a process that makes many briefs."""
    figure, ax = ground.blank()
    ground.draw(ax)
    return svg.render(figure)


@lru_cache(maxsize=32)
def _framed(bare: _Ground, marked: tuple[str, ...], groups: tuple[tuple[str, ...], ...]) -> str:
    """Return frames and outlines alone as SVG: the maps beside each other in a brief have the same."""
    figure, ax = bare.blank()
    bare.frame(ax, marked, groups)
    return svg.render(figure)


class _TileMap(sheet.Drawing[P]):
    """The map, its frames laid over a ground that is kept."""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> str:
        """Return the map as an SVG string."""
        ground, marked, groups = _asked(*args, **kwargs)  # type: ignore[arg-type]
        with style.context():
            frames = _framed(replace(ground, shown=()), tuple(marked), tuple(map(tuple, groups)))
            return svg.laid_over(_drawn(ground), frames)


def _asked(
    states: pd.DataFrame,
    values: pd.DataFrame,
    key: Mapping[str, str] | None = None,
    *,
    marked: Collection[str] = (),
    groups: Sequence[Collection[str]] = (),
    width: style.Width = "half",
) -> tuple[_Ground, Collection[str], Sequence[Collection[str]]]:
    return _Ground.of(states, values, key, width), marked, groups


@_TileMap
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
    ground, _, _ = _asked(states, values, key, width=width)
    figure, ax = ground.blank()
    ground.draw(ax)
    ground.frame(ax, marked, groups)
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
    framed = [
        say(lang, "tile_named", name=marks.name_of(names, u), text=texts.get(u) or say(lang, "no_figure"))
        for u in marked
    ]
    text += say(lang, "tile_marked", items=say(lang, "semicolon").join(framed)) if framed else ""
    return text.strip()
