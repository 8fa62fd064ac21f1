"""Where words go: their width, their breaking into lines, labels kept apart, years that fit on an axis."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from matplotlib.ticker import MaxNLocator

from helpers.display import style

Formatter = Callable[[float], str]
LINE = 1.28
"""Height of a line of text, in multiples of the type size."""
_NOT_FIRST = "、。，．・）」』】〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.)%：；:;!?！？"
_COUNTERS = "回月日位件人万億兆州"
_NOT_LAST = "（「『【〔(第"


def plain(value: float) -> str:
    """Return a number with thousands separators and at most one decimal place (the default formatter).

    Examples
    --------
    >>> plain(3512323), plain(5.46), plain(6.0)
    ('3,512,323', '5.5', '6')
    """
    return f"{value:,.1f}".removesuffix(".0")


def year(value: float) -> str:
    """Return a year without separators."""
    return f"{value:.0f}"


@functools.lru_cache(maxsize=8192)
def _line_width(line: str, size: float, weight: str) -> float:
    face = FontProperties(family=["Source Sans Pro", "IPAexGothic"], size=size, weight=weight)
    return float(text_to_path.get_text_width_height_descent(line, face, False)[0])


def width(words: str, size: float = style.TEXT, *, bold: bool = False) -> float:
    """Return the width of the longest line of the words, in points."""
    style.register_fonts()
    return max(_line_width(line, size, "bold" if bold else "normal") for line in words.split("\n"))


def height(words: str, size: float = style.TEXT) -> float:
    """Return the height of the words, all lines, in points."""
    return size * LINE * (1 + words.count("\n"))


def _katakana(letter: str) -> bool:
    return "\u30a0" <= letter <= "\u30ff"


def _pieces(words: str) -> list[str]:
    """Cut into unbreakable pieces: words in Latin script and katakana, single letters in other Japanese."""
    pieces: list[str] = []
    for letter in words:
        breakable = bool(pieces) and (
            pieces[-1].endswith(" ")
            or (
                not (_katakana(letter) and _katakana(pieces[-1][-1]))
                and pieces[-1][-1] + letter != "年度"
                and not (pieces[-1][-1].isdigit() and letter in _COUNTERS)
                and (ord(letter) > 0x2E80 or ord(pieces[-1][-1]) > 0x2E80)
                and letter not in _NOT_FIRST
                and letter != " "
                and pieces[-1][-1] not in _NOT_LAST
            )
        )
        if breakable or not pieces:
            pieces.append(letter)
        else:
            pieces[-1] += letter
    return pieces


def _split_wide(pieces: Sequence[str], room: float, size: float, bold: bool) -> list[str]:
    """Cut katakana words wider than the room into letters; Latin words stay whole."""
    whole = [p if width(p, size, bold=bold) <= room or not _katakana(p[0]) else "" for p in pieces]
    return [part for p, kept in zip(pieces, whole, strict=True) for part in ([kept] if kept else list(p))]


def _fill(pieces: Sequence[str], room: float, size: float, bold: bool) -> list[str]:
    lines = [""]
    for piece in _split_wide(pieces, room, size, bold):
        if lines[-1] and width((lines[-1] + piece).rstrip(), size, bold=bold) > room:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]


def wrap(words: str, room: float, size: float = style.TEXT, *, bold: bool = False) -> str:
    """Return the words broken into lines of at most ``room`` points.

    English breaks at spaces, Japanese between letters, but never inside a katakana word that fits, nor before
    closing punctuation. Lines are made about equally long. A single word longer than the room keeps its line.
    """
    pieces = _pieces(words)
    lines = _fill(pieces, room, size, bold)
    narrower = room
    while len(lines) > 1 and narrower > room * 0.45:
        narrower -= size / 2
        balanced = _fill(pieces, narrower, size, bold)
        if len(balanced) > len(lines) or max(width(b, size, bold=bold) for b in balanced) > room:
            break
        lines = balanced
    return "\n".join(lines)


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Return positions as near as possible to the wanted ones at which no two labels overlap.

    Least squares under the constraint that neighbours keep half the sum of their heights
    (pool adjacent violators).

    Parameters
    ----------
    wanted, heights
        Centre and height of each label, any one unit.
    low, high
        Edges that labels must stay inside. If there is too little room, labels start at ``low``.

    Returns
    -------
    list[float]
        Centres in the order given.
    """
    if not wanted:
        return []
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    tall = np.asarray([heights[i] for i in order])
    offset = np.concatenate([[0.0], np.cumsum((tall[:-1] + tall[1:]) / 2)])
    blocks: list[tuple[float, int]] = []
    for goal in np.asarray([wanted[i] for i in order]) - offset:
        mean, count = float(goal), 1
        while blocks and blocks[-1][0] > mean:
            before, n = blocks.pop()
            mean, count = (before * n + mean * count) / (n + count), n + count
        blocks.append((mean, count))
    flat = np.concatenate([np.full(n, mean) for mean, n in blocks])
    least, most = low + tall[0] / 2, high - tall[-1] / 2 - offset[-1]
    placed = np.clip(flat, least, max(most, least)) + offset
    result = [0.0] * len(wanted)
    for rank, i in enumerate(order):
        result[i] = float(placed[rank])
    return result


def ticks(low: float, high: float, count: int = 4) -> list[float]:
    """Return tick values that cover the range from the first to the last: one, two or five times a power of ten.

    Never 2.5 times: a label without a decimal would then stand at another value than the one it prints.
    """
    if high <= low:
        high = low + 1
    return [float(v) for v in MaxNLocator(nbins=count, steps=[1, 2, 5, 10]).tick_values(low, high)]


def years_that_fit(years: Sequence[int], room: float, form: Formatter) -> list[int]:
    """Return the years to print under an axis of ``room`` points: first, last and round ones between."""
    first, last = min(years), max(years)
    if first == last:
        return [first]
    need = max(width(form(y)) for y in (first, last)) + 6
    per_year = room / (last - first)
    step = next((s for s in (1, 2, 5, 10, 20, 50) if s * per_year >= need), last - first)
    between = [
        y
        for y in range(first + 1, last)
        if (y % step == 0 if step >= 5 else (last - y) % step == 0)
        and (y - first) * per_year >= need
        and (last - y) * per_year >= need
    ]
    return [first, *between, last]
