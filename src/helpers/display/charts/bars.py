"""Horizontal bars: a league with its values, the subject in the accent, bands as whiskers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.display import style
from helpers.display.charts import layout, marks, sheet

ROW = 14.5
"""Height of a row with one line of text, in points."""
_BAR = 9.6


def _rows(frame: pd.DataFrame, labels: Mapping[str, str] | None, subject: str, room: float) -> pd.DataFrame:
    """Add the printed name and whether the row is the subject's."""
    own = frame["label"].astype(str) == subject
    names = [
        layout.wrap(marks.name_of(labels, code), room, bold=mine)
        for code, mine in zip(frame["label"], own, strict=True)
    ]
    return frame.assign(name=names, own=own)


def _names_width(rows: pd.DataFrame) -> float:
    return max(layout.width(n, bold=b) for n, b in zip(rows["name"], rows["own"], strict=True)) + 6


def _places(rows: pd.DataFrame) -> tuple[list[float], float]:
    """Return the middle of each row in points from the top, and the height of all: longer names, higher rows."""
    heights = [max(ROW, layout.height(n) + 4) for n in rows["name"]]
    ends = list(accumulate(heights))
    return [end - tall / 2 for end, tall in zip(ends, heights, strict=True)], ends[-1]


def _draw(ax: Axes, rows: pd.DataFrame, fmt: layout.Formatter, missing: str, top: float) -> None:
    """Draw the bars of one league into axes whose left edge is zero."""
    known = rows.dropna(subset=["value"])
    words = [fmt(v) if pd.notna(v) else missing for v in rows["value"]]
    reach = rows["value"].fillna(0.0)
    if "high" in rows:
        reach = reach.where(~(rows["high"] > reach), rows["high"])
    room = sheet.inner(ax)[0]
    tail = max(layout.width(w, bold=b) for w, b in zip(words, rows["own"], strict=True)) + 5
    top = max(top, float(reach.max())) or 1.0
    scale = top / max(room - tail, room * 0.2)
    places, total = _places(rows)
    sns.barplot(
        known.assign(place=[places[i] for i in known.index]),
        x="value",
        y="place",
        orient="h",
        native_scale=True,
        errorbar=None,
        color=style.GREY,
        saturation=1,
        ax=sheet.named(ax),
        zorder=2,
    )
    for patch, i in zip(ax.patches, known.index, strict=True):
        colour = style.ACCENT if rows["own"].iloc[i] else style.GREY
        patch.set(y=places[i] - _BAR / 2, height=_BAR, facecolor=colour, linewidth=0)
    ax.set(xlim=(0, room * scale), ylim=(total, 0), xlabel="", ylabel="", xticks=[], yticks=[])
    ax.spines["bottom"].set_visible(False)
    ax.spines["left"].set_visible(True)
    if "low" in rows and "high" in rows:
        _whiskers(ax, rows, places)
    for i, (name, own, end, word) in enumerate(zip(rows["name"], rows["own"], reach, words, strict=True)):
        ink = style.ACCENT if own else style.INK
        sheet.text(ax, -5 * scale, places[i], name, ha="right", bold=bool(own), color=ink)
        shown = i in known.index
        colour = ink if shown else style.MUTED
        sheet.text(ax, end + 4 * scale, places[i], word, ha="left", bold=bool(own) and shown, color=colour)


def _whiskers(ax: Axes, rows: pd.DataFrame, places: Sequence[float]) -> None:
    """Draw the band of each row that has one of some width."""
    for place, low, high in zip(places, rows["low"], rows["high"], strict=True):
        if high > low:
            ax.hlines([place], low, high, color=style.INK, linewidth=0.9, zorder=3)
            ax.vlines([low, high], place - 2.4, place + 2.4, color=style.INK, linewidth=0.9, zorder=3)


@sheet.Drawing
def bars_h(
    frame: pd.DataFrame,
    subject: str = "",
    labels: Mapping[str, str] | None = None,
    fmt: layout.Formatter = layout.plain,
    *,
    width: style.Width = "half",
    height: float | None = None,
    missing: str = "not published",
) -> Figure:
    """Draw a league of horizontal bars from zero, in the order of the frame, values at their ends.

    Parameters
    ----------
    frame
        Tidy: ``label`` (code or name), ``value`` (not negative; missing prints the word ``missing``), and, if
        bands are known, ``low`` and ``high`` in the same unit, drawn as whiskers.
    subject
        The label to show in the accent.
    labels
        Code to display name, already in the language of the brief.
    fmt
        Formatter of the values.
    width, height
        ``"full"`` or ``"half"``; millimetres, by default as many as the rows need.
    missing
        The words for a value that is not published, in the language of the brief.

    Returns
    -------
    str
        An SVG element (``bars_h.figure(...)`` returns the figure).
    """
    frame = marks.require(frame, ("label", "value"), "bars_h")
    rows = _rows(frame, labels, subject, style.WIDTHS[width] * style.MM * 0.45)
    tall = height or (_places(rows)[1] + 6) / style.MM
    figure = sheet.blank(width, tall)
    _draw(sheet.axes(figure, _names_width(rows), 3, 1, 3), rows, fmt, missing, 0.0)
    return figure


def ordered(frame: pd.DataFrame, keep: int, subject: str = "", others: Sequence[str] = ()) -> pd.DataFrame:
    """Return the largest rows, best first, with the subject's row behind them if it is not among them.

    Parameters
    ----------
    frame
        Columns ``label`` and ``value``.
    keep
        How many of the largest to keep.
    subject
        Label that always stays.
    others
        Further labels that always stay.
    """
    ranked = frame.sort_values("value", ascending=False, kind="stable", na_position="last")
    wanted = ranked["label"].isin({subject, *others}) | (
        pd.Series(range(len(ranked)), index=ranked.index) < keep
    )
    return ranked[wanted].reset_index(drop=True)
