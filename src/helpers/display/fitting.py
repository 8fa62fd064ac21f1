"""How wide the columns of a table are on paper: decided from the widths of its words, before anything is set.

The compiler could find it out, but would set every cell once more for it. Widths are in em of the table's type where
they are those of words, in points where they are those of columns.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

from helpers.display import style

TYPE = 0.9 * 9.6
"""Size of a table's type in points: ``brief-table`` sets it in 0.9 of the page's text."""
BETWEEN = 1.5
"""What stays free between the words of two columns, in em; half of it belongs to each, none is at the outer edges."""
SLACK = 1.0
"""What a column may be wider than its words, in points: they are measured without kerning."""

LEAST = 6.7
"""How wide a long column is at least, in em: no Latin word breaks in it."""

Width = float | Literal["1fr", "auto"]
"""A column's width in points, with what stays free; ``1fr`` takes what is left, ``auto`` leaves it to the compiler."""


class Words(NamedTuple):
    """How wide the words of a column are, each cell's and the head's, in em; whether they start on the left.

    `least` is how wide the column should be at least: Japanese lines end anywhere, in a long name too.
    """

    cells: Sequence[float]
    head: float
    left: bool = True
    least: float = LEAST

    @property
    def most(self) -> float:
        """How wide the widest cell is, in em."""
        return max(self.cells, default=0.0)


class Fitting(NamedTuple):
    """A table on paper: its columns, the size of its type in `TYPE`, and whether it may go on on the next page."""

    columns: Sequence[Width]
    size: float
    breaks: bool


def fitted(table: Sequence[Words], width: style.Width) -> Fitting:
    """Return how a table stands in the width of a page or in half of it.

    The type gets a little smaller where the long columns are narrow and that makes at least three lines fewer. A table
    stays on one page unless it has more than twelve rows or about twelve lines.
    """
    size, found, tall, narrow = 0.87, tuple[Width, ...](["auto"] * len(table)), math.inf, True
    for smaller in (1.0, 0.93, 0.87):
        if narrow:
            columns, lines, narrow = _columns(table, width, TYPE * smaller)
            if lines * smaller < tall - 3:
                size, found, tall = smaller, tuple(columns), lines * smaller
    return Fitting(found, size, len(table[0].cells) > 12 or 12 < tall < math.inf)


def on_one_line(table: Sequence[Words], found: Fitting) -> list[list[bool]]:
    """Return of every column which of its cells stand on one line, as far as that is decided here."""
    em, last = TYPE * found.size, len(table) - 1
    lines = []
    for at, (words, width) in enumerate(zip(table, found.columns, strict=True)):
        free = ((at > 0) + (at < last)) * BETWEEN / 2 * em
        room = {"1fr": math.inf, "auto": 0.0}[width] if isinstance(width, str) else width - free
        lines.append([cell * em <= room for cell in words.cells])
    return lines


def _columns(table: Sequence[Words], width: style.Width, em: float) -> tuple[Sequence[Width], float, bool]:
    """Return the columns where the type is `em` points, the lines of all rows, and whether long columns are narrow.

    A table that is too wide keeps its short columns whole (their heads may break) and shares the rest among the long
    ones so that the lines are few; how long a long one is, the lines tell too.
    """
    room, rows = style.WIDTHS[width] * style.MM, len(table[0].cells)
    free = room - sum(max(words.most, words.head) * em for words in table) - BETWEEN * em * (len(table) - 1)
    if free >= 0:
        return _whole(table, width, em, free), rows, False
    best: tuple[Sequence[Width], float] | None = None
    narrow = False
    for part in (0.28, 0.22, 0.16):
        long = [at for at, words in enumerate(table) if words.most * em > part * room]
        found: list[Width] = [_short(words, em) for words in table]
        left = (
            room - sum(BETWEEN * em if at in long else _short(words, em) for at, words in enumerate(table))
        ) / em
        if part == 0.28:
            narrow = left * em < len(long) * (0.2 * room - BETWEEN * em)
        if left < 7 * len(long):
            continue
        lines: float = rows
        if long:
            widths, lines = shared([table[at] for at in long], left)
            for at, wide in zip(long, widths, strict=True):
                found[at] = (wide + BETWEEN) * em
        if best is None or lines < best[1]:
            best = found, lines
    return ((), math.inf, True) if best is None else (*best, narrow)


def _whole(table: Sequence[Words], width: style.Width, em: float, free: float) -> Sequence[Width]:
    """Return the columns of a table that fits and leaves `free` points.

    In half a page a table fills its column: the first column of words gives way.
    """
    slack, last = min(SLACK, free / len(table)), len(table) - 1
    found: list[Width] = []
    for at, words in enumerate(table):
        sides = (at > 0) + (at < last)
        found.append((max(words.most, words.head) + sides * BETWEEN / 2) * em + slack)
    stretch = next((at for at, words in enumerate(table) if words.left), None)
    if width == "half" and stretch is not None:
        found[stretch] = "1fr"
    return found


def _short(words: Words, em: float) -> float:
    """Return the width of a short column in a table that is too wide, in points: a long head goes on two lines."""
    head = words.head * em if words.head <= 5.5 else words.head * em / 2 + 6
    return max(words.most * em, head) + 1 + BETWEEN * em


def shared(long: Sequence[Words], room: float) -> tuple[Sequence[float], float]:
    """Return how wide the long columns of a table are and the lines of all rows; they share `room`, all in em.

    Of all ways to share the room, in sixteenths, it is the one with the fewest lines; of those, the most even one; none
    so narrow that a word breaks, if there is one in which no name does. Cells count to a tenth of an em: a hair more
    than a line is no line more.
    """
    every = _shares(len(long)) * room / 16
    widths = every[(every >= [words.least for words in long]).all(axis=1)]
    if not len(widths):
        widths = every[(every >= LEAST).all(axis=1)]
    if not len(widths):
        return [room / len(long)] * len(long), math.inf
    rows = np.array([[*(round(cell, 1) for cell in words.cells), words.head] for words in long]).T
    tallest = _lines(rows[:, None], widths).max(axis=2).sum(axis=0)
    uneven = (rows[:-1].max(axis=0, initial=0) / widths).sum(axis=1)
    best = np.lexsort((uneven, tallest))[0]
    return widths[best].tolist(), float(tallest[best])


def _lines(words: np.ndarray, widths: np.ndarray) -> np.ndarray:
    """Return the lines that words of a width take in columns; a line ends half a word before its column does."""
    return np.where(words <= widths, 1, np.ceil(words / np.maximum(widths - 2.2, 0.55 * widths)))


@functools.cache
def _shares(count: int) -> np.ndarray:
    """Return all ways to share sixteen among `count`, each at least one."""

    def shares(left: int, count: int) -> list[tuple[int, ...]]:
        if count == 1:
            return [(left,)]
        return [
            (first, *rest) for first in range(1, left - count + 2) for rest in shares(left - first, count - 1)
        ]

    return np.array(shares(16, count))
