"""Events in time: dated events with their names along a line, and counts of events as stacked dots."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.display import style
from helpers.display.charts import layout, marks, sheet

_LEVEL_GAP = 3.0
_AXIS = 17.0
_DOT = 8.0


def _levels(spots: Sequence[float], words: Sequence[str]) -> list[float]:
    """Return the distance of each label's foot from the axis, so that no label meets another or a stem.

    A label stands right of its stem. Going from right to left, each is put above every later event whose stem
    its words would reach.
    """
    feet = [0.0] * len(spots)
    for i in reversed(range(len(spots))):
        reach = spots[i] + layout.width(words[i]) + 7
        tops = [feet[j] + layout.height(words[j]) for j in range(i + 1, len(spots)) if spots[j] < reach]
        feet[i] = max(tops, default=0.0) + _LEVEL_GAP
    return feet


def _side(ax: Axes, rows: pd.DataFrame, base: float, sign: int, subject: str) -> None:
    for spot, words, foot, kind in zip(rows["spot"], rows["words"], rows["foot"], rows["kind"], strict=True):
        colour = style.ACCENT if kind == subject else style.INK
        near, far = base + sign * (foot + 5), base + sign * (foot + 5 + layout.height(words) - 2)
        ax.plot([spot, spot], [base, far], color=style.GREY, linewidth=0.6, zorder=1)
        ax.plot([spot], [base], "o", color=colour, markersize=4.6, zorder=3)
        sheet.text(ax, spot + 3.5, (near + far) / 2, words, color=style.INK, va="center", linespacing=1.1)


@sheet.Drawing
def timeline(
    frame: pd.DataFrame,
    subject: str = "",
    *,
    below: Sequence[str] = (),
    width: style.Width = "full",
    x_fmt: layout.Formatter = layout.year,
    label_room: float = 92,
) -> Figure:
    """Draw dated events along a line of years, each with its words beside a stem; no words meet.

    Parameters
    ----------
    frame
        Tidy: ``date`` (ISO string or date; leave undated rows out), ``label`` (words in the language of
        the brief) and ``kind``.
    subject
        The kind whose dots are in the accent.
    below
        Kinds that are written below the line; the others stand above.
    width
        ``"full"`` or ``"half"``. The height follows from the words.
    x_fmt
        Formatter of the years.
    label_room
        Points after which the words of an event are broken into another line.

    Returns
    -------
    str
        An SVG element (``timeline.figure(...)`` returns the figure).
    """
    rows = marks.require(frame, ("date", "label", "kind"), "timeline")
    rows = (
        rows.assign(date=pd.to_datetime(rows["date"]))
        .sort_values("date", kind="stable")
        .reset_index(drop=True)
    )
    rows["words"] = [layout.wrap(w, label_room) for w in rows["label"]]
    wide = style.WIDTHS[width] * style.MM
    first, last = rows["date"].min(), rows["date"].max()
    start, end = pd.Timestamp(first.year, 1, 1), pd.Timestamp(last.year + 1, 1, 1)
    right = max(layout.width(w) for w in rows["words"][-2:]) + 6
    days = max((end - start).days, 1)
    per_day = min((wide - 8) / days, (wide - 4 - right) / max((last - start).days, 1))
    rows["spot"] = 4 + (rows["date"] - start).dt.days * per_day
    over = rows["spot"] + 4 + rows["words"].map(layout.width)
    if over.max() > wide - 1:
        rows["spot"] = 4 + (rows["spot"] - 4) * (wide - 5 - (over - rows["spot"]).max()) / (
            rows["spot"].max() - 4 or 1
        )
        per_day = float((rows["spot"].max() - 4) / max((last - start).days, 1))
    sides = [rows[~rows["kind"].isin(below)], rows[rows["kind"].isin(below)]]
    sides = [s.assign(foot=_levels(list(s["spot"]), list(s["words"]))) for s in sides]
    up, down = (
        max((f + layout.height(w) for f, w in zip(s["foot"], s["words"], strict=True)), default=0)
        for s in sides
    )
    figure = sheet.blank(width, (up + down + 2 * _AXIS + (6 if len(sides[1]) else 0)) / style.MM)
    ax = sheet.canvas(figure)
    base = down + (1.8 if len(sides[1]) else 1) * _AXIS
    stop = min(wide - 1, 4 + days * per_day)
    ax.plot([4, stop], [base, base], color=style.INK, linewidth=0.8, zorder=2)
    year_spots = {y: 4 + (pd.Timestamp(y, 1, 1) - start).days * per_day for y in range(start.year, end.year)}
    _side(ax, sides[0], base, 1, subject)
    _side(ax, sides[1], base - 17, -1, subject)
    _years(ax, year_spots, base - 6.5, stop, x_fmt)
    return figure


def _years(ax: Axes, spots: Mapping[int, float], y: float, stop: float, form: layout.Formatter) -> None:
    free = -math.inf
    for value, spot in spots.items():
        ax.plot([spot, spot], [y + 4, y + 6.5], color=style.INK, linewidth=0.6)
        if spot > free and spot + layout.width(form(value)) <= stop + 4:
            sheet.text(ax, spot + 1, y, form(value), color=style.MUTED)
            free = spot + layout.width(form(value)) + 6


@sheet.Drawing
def dot_stack(
    frame: pd.DataFrame,
    highlight: Sequence[int] = (),
    *,
    years: Sequence[int] = (),
    width: style.Width = "half",
    height: float | None = None,
    fmt: layout.Formatter = layout.plain,
    x_fmt: layout.Formatter = layout.year,
) -> Figure:
    """Draw one dot an event, stacked by fiscal year, with the count above; a year without a dot shows a zero.

    Parameters
    ----------
    frame
        Tidy, one row an event: ``year``.
    highlight
        Years to show in the accent.
    years
        The years that were looked at; by default those between the first and the last event.
    width, height
        ``"full"`` or ``"half"``; millimetres, by default as many as the highest stack needs, up to 45. Dots
        shrink and stand side by side, so that up to about sixty in one year keep apart.
    fmt, x_fmt
        Formatters of the counts and of the years.

    Returns
    -------
    str
        An SVG element (``dot_stack.figure(...)`` returns the figure).
    """
    rows = marks.require(frame, ("year",), "dot_stack")
    found = [*rows["year"].astype(int), *years]
    shown = list(range(min(found), max(found) + 1))
    counts = rows["year"].astype(int).value_counts().reindex(shown, fill_value=0)
    wide = style.WIDTHS[width] * style.MM
    slot = (wide - 2) / len(shown)
    words = marks.words_under(shown, x_fmt, slot, highlight)
    left, right = (1 + over for over in marks.overhang(words, slot))
    slot = (wide - left - right) / len(shown)
    foot = max(map(layout.height, words)) + 4
    head = layout.height("0") + 3
    tall = height * style.MM if height else min(45 * style.MM, foot + _DOT * max(int(counts.max()), 3) + head)
    figure = sheet.blank(width, tall / style.MM)
    ax = sheet.canvas(figure)
    room = tall - foot - head
    abreast, pitch = _arrange(int(counts.max()), slot - 4, room)
    for i, (year, count) in enumerate(zip(shown, counts, strict=True)):
        centre, own = left + slot * (i + 0.5), year in highlight
        top = _column(ax, centre, foot, int(count), abreast, pitch, style.ACCENT if own else style.GREY)
        colour = style.ACCENT if own else style.INK if count else style.MUTED
        sheet.text(ax, centre, top + 3, fmt(count), ha="center", va="bottom", bold=own, color=colour)
        colour = style.ACCENT if own else style.MUTED
        sheet.text(ax, centre, foot - 3, words[i], ha="center", va="top", bold=own, color=colour)
    ax.plot([1, wide - 1], [foot, foot], color=style.GREY, linewidth=0.7)
    return figure


def _arrange(most: int, wide: float, tall: float) -> tuple[int, float]:
    """Return how many dots stand abreast and their distance: few abreast, but not at the cost of size."""
    fits = {n: min(_DOT, wide / n, tall / math.ceil(most / n)) for n in range(1, most + 1)}
    abreast = next(n for n, pitch in fits.items() if pitch >= 0.75 * max(fits.values()))
    return abreast, fits[abreast]


def _column(
    ax: Axes, centre: float, foot: float, count: int, abreast: int, pitch: float, colour: str
) -> float:
    """Draw the dots of one year from the line upwards and return where they end."""
    side = min(abreast, count) or 1
    xs = [centre + (k % abreast - (side - 1) / 2) * pitch for k in range(count)]
    ys = [foot + (k // abreast + 0.5) * pitch + 1 for k in range(count)]
    ax.plot(xs, ys, "o", color=colour, markersize=pitch * 0.86)
    return foot + math.ceil(count / abreast) * pitch
