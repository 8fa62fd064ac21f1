"""Labels beside points in a plane: each where it hides no other label and no point, or left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from matplotlib.axes import Axes

from helpers.display import style
from helpers.display.charts import layout, sheet

Box = tuple[float, float, float, float]
_RADIUS = 3.0
_AIR = 1.5
_AWAY = (0.0, 8.0, 16.0, 26.0, 38.0, 52.0)
"""How far from its point the one name of a chart may stand, in points."""


def label_points(
    ax: Axes,
    points: Sequence[tuple[float, float, str, bool]],
    rules: Sequence[float] = (),
    lines: Iterable[tuple[float, float]] = (),
) -> list[str]:
    """Write names beside points, the first ones first, and return those that found a place.

    A strong one may stand further off (see `label_one`); it is left out only where it is longer than the axes.

    Parameters
    ----------
    ax
        Axes whose limits and scales are set.
    points
        ``(x, y, words, strong)`` in data units, in order of importance; empty words are a point that no label
        may hide.
    rules
        Heights of horizontal lines, in data units, that no label may cross.
    lines
        Points of curves, in data units, that a label keeps off where it can.
    """
    wide, tall = sheet.inner(ax)
    spots = _places(ax, [(x, y) for x, y, _, _ in points])
    taken = _taken(ax, spots, rules, points[0][0]) if points else []
    curves = np.reshape(_places(ax, list(lines)), (-1, 2))
    shown = []
    for (x, y), (_, _, words, strong) in zip(spots, points, strict=True):
        if not words:
            continue
        length, height = layout.width(words, bold=strong), layout.height(words) - 1
        inside = [
            box
            for box in _around(x, y, length, height)
            if box[0] >= 0 and box[1] >= 0 and box[2] <= wide and box[3] <= tall
        ]
        hidden = [(sum(_meet(box, other, (x, y)) for other in taken), _on(box, curves)) for box in inside]
        if inside and not min(hidden)[0]:
            box = inside[hidden.index(min(hidden))]
            _write(ax, box, words, strong=strong)
            taken.append(box)
        elif strong and (boxes := _afar(ax, (x, y), words, taken, curves)):
            taken += boxes
        else:
            continue
        shown.append(words)
    return shown


def label_one(
    ax: Axes,
    point: tuple[float, float],
    words: str,
    others: Sequence[tuple[float, float]],
    rules: Sequence[float] = (),
    lines: Iterable[tuple[float, float]] = (),
) -> None:
    """Write the one name of a chart in the accent: the nearest free spot, with a thin line to its point from afar.

    Parameters
    ----------
    ax
        Axes whose limits and scales are set.
    point, others
        The named point and those that its name may not hide, in data units.
    rules, lines
        As for `label_points`.
    """
    spot, *spots = _places(ax, [point, *others])
    curves = np.reshape(_places(ax, list(lines)), (-1, 2))
    _afar(ax, spot, words, _taken(ax, spots, rules, point[0]), curves)


def _afar(
    ax: Axes, spot: tuple[float, float], words: str, taken: Sequence[Box], curves: np.ndarray
) -> list[Box]:
    """Write a strong label into the nearest box that hides nothing, or least; return it and boxes along its line."""
    wide, tall = sheet.inner(ax)
    x, y = spot
    length, height = layout.width(words, bold=True), layout.height(words) - 1
    found = [
        (sum(_meet(box, other, spot) for other in taken), _on(box, curves), away, box)
        for away in _AWAY
        for box in _around(x, y, length, height, away)
        if box[0] >= 0 and box[1] >= 0 and box[2] <= wide and box[3] <= tall
    ]
    if not found:
        return []
    *_, away, box = min(found, key=lambda one: one[:3])
    if away:
        end = (min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3]))
        ax.plot(
            [x / wide, end[0] / wide],
            [y / tall, end[1] / tall],
            transform=ax.transAxes,
            color=style.ACCENT,
            linewidth=0.6,
            clip_on=False,
            zorder=4,
        )
    _write(ax, box, words, strong=True)
    along = np.linspace((x, y), end, int(away)).tolist() if away else []
    return [box, *((across - 1, up - 1, across + 1, up + 1) for across, up in along)]


def _taken(ax: Axes, spots: Sequence[tuple[float, float]], rules: Sequence[float], at: float) -> list[Box]:
    """Return the boxes that no label may touch: around each point, and along each horizontal line."""
    wide = sheet.inner(ax)[0]
    levels = [level for _, level in _places(ax, [(at, rule) for rule in rules])]
    points = [(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS) for x, y in spots]
    return [*points, *((0.0, level - 1, wide, level + 1) for level in levels)]


def _write(ax: Axes, box: Box, words: str, *, strong: bool) -> None:
    """Write a label into its box, on paper that hides the lines behind it: a strong one bold and in the accent."""
    wide, tall = sheet.inner(ax)
    sheet.text(
        ax,
        (box[0] + _AIR) / wide,
        (box[1] + box[3]) / 2 / tall,
        words,
        transform=ax.transAxes,
        ha="left",
        bold=strong,
        color=style.ACCENT if strong else style.INK,
        bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.0},
    )


def _places(ax: Axes, spots: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return spots in data units in points from the lower left corner of the axes."""
    if not spots:
        return []
    at = ax.transData.transform(spots) - ax.bbox.min
    return [(float(x), float(y)) for x, y in at]


def _around(x: float, y: float, length: float, height: float, away: float = 0.0) -> list[Box]:
    off, full = _RADIUS + _AIR + away, length + 2 * _AIR
    corners = [
        (x + off, y - height / 2),
        (x - off - full, y - height / 2),
        (x - full / 2, y + off),
        (x - full / 2, y - off - height),
        (x + off / 2, y + off / 2),
        (x + off / 2, y - off / 2 - height),
        (x - off / 2 - full, y + off / 2),
        (x - off / 2 - full, y - off / 2 - height),
    ]
    return [(left, low, left + full, low + height) for left, low in corners]


def _on(box: Box, spots: np.ndarray) -> int:
    """Return how many spots lie in a box."""
    low, high = box[:2], box[2:]
    return int(((low < spots) & (spots < high)).all(axis=1).sum())


def _meet(one: Box, other: Box, own: tuple[float, float]) -> bool:
    """Return whether two boxes overlap; a label may touch the square round its own point."""
    if other[0] + _RADIUS == own[0] and other[1] + _RADIUS == own[1] and other[2] - other[0] == 2 * _RADIUS:
        return False
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
