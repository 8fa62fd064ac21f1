"""The Lorenz curve: cumulative share of activity over cumulative share of presence."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from helpers.display import style
from helpers.display.charts import layout, marks, sheet

_LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0)


@sheet.Drawing
def lorenz(
    curve: pd.DataFrame,
    fmt: layout.Formatter = lambda share: f"{100 * share:.0f}%",
    *,
    even: str = "",
    x_title: str = "",
    y_title: str = "",
    width: style.Width = "half",
    height: float = 78.0,
) -> Figure:
    """Draw the curve in the accent below the line of even spread, the area between them pale.

    Parameters
    ----------
    curve
        ``presence`` and ``activity``: cumulative shares from 0 to 1.
    fmt
        Formatter of the shares on the axes.
    even
        Words on the line of even spread.
    x_title, y_title
        Words at the ends of the axes.

    Returns
    -------
    str
        An SVG element (``lorenz.figure(...)`` returns the figure).
    """
    rows = marks.require(curve, ("presence", "activity"), "lorenz")
    figure = sheet.blank(width, height)
    ax = sheet.axes(figure, 34, 30, 12, 16)
    ax.set(xlim=(0, 1), ylim=(0, 1))
    ax.set_xticks(list(_LEVELS), [fmt(v) for v in _LEVELS])
    ax.set_yticks(list(_LEVELS), [fmt(v) for v in _LEVELS])
    ax.grid(axis="y", visible=True)
    ax.fill_between(
        rows["presence"], rows["activity"], rows["presence"], color=style.PALE, linewidth=0, zorder=1
    )
    ax.plot([0, 1], [0, 1], color=style.MUTED, linewidth=0.8, zorder=2)
    ax.plot(rows["presence"], rows["activity"], color=style.ACCENT, linewidth=1.8, clip_on=False, zorder=3)
    wide, tall = sheet.inner(ax)
    words = layout.wrap(even, wide * 0.42)
    sheet.text(ax, 0.5 - 6 / wide, 0.5 + 4 / tall, words, ha="right", va="bottom", color=style.MUTED)
    sheet.text(ax, 0, 1 + 9 / tall, y_title, transform=ax.transAxes, ha="left", color=style.MUTED)
    sheet.text(ax, 1, -22 / tall, x_title, transform=ax.transAxes, ha="right", color=style.MUTED)
    return figure
