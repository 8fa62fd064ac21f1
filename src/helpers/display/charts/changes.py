"""Change between two years: one row a label, a dot for each year."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from helpers.display import style
from helpers.display.charts import layout, marks, sheet

_ROW = 15.0
_HEAD = 16.0


@sheet.Drawing
def dots_change(
    frame: pd.DataFrame,
    subject: str = "",
    labels: Mapping[str, str] | None = None,
    fmt: layout.Formatter = layout.plain,
    *,
    ends: tuple[str, str],
    width: style.Width = "half",
    height: float | None = None,
) -> Figure:
    """Draw the change of each label between two years as an open and a full dot joined by a line.

    Parameters
    ----------
    frame
        Tidy: ``label`` (code), ``start`` and ``end`` (one unit; either may be missing).
    subject
        The label to show in the accent.
    labels
        Code to display name, already in the language of the brief.
    fmt
        Formatter of the values.
    ends
        The words over the two dots of the first row, usually the years.
    width, height
        ``"full"`` or ``"half"``; millimetres, by default as many as the rows need.

    Returns
    -------
    str
        An SVG element (``dots_change.figure(...)`` returns the figure).
    """
    rows = marks.require(frame, ("label", "start", "end"), "dots_change")
    rows = marks.require(rows.dropna(subset=["start", "end"], how="all"), ("label",), "dots_change")
    own = [str(n) == subject for n in rows["label"]]
    room = style.WIDTHS[width] * style.MM * 0.42
    names = [
        layout.wrap(marks.name_of(labels, n), room, bold=b) for n, b in zip(rows["label"], own, strict=True)
    ]
    pitch = max(_ROW, *(layout.height(n) + 2 for n in names))
    tall = height or (pitch * len(rows) + _HEAD + 4) / style.MM
    figure = sheet.blank(width, tall)
    left = max(layout.width(n, bold=b) for n, b in zip(names, own, strict=True)) + 8
    ax = sheet.axes(figure, left, 2, 1, _HEAD)
    values = [float(v) for v in rows[["start", "end"]].to_numpy().ravel() if pd.notna(v)]
    margin = max(layout.width(fmt(v), bold=True) for v in values) + 8
    inside = max(sheet.inner(ax)[0] - 2 * margin, 10)
    low, high = min(values), max(values)
    scale = (high - low or 1.0) / inside
    ax.set(xlim=(low - margin * scale, high + margin * scale), ylim=(len(rows) - 0.5, -0.5))
    colours = [style.ACCENT if b else style.GREY for b in own]
    ax.hlines(
        rows.index,
        rows["start"],
        rows["end"],
        color=colours,
        linewidth=[2 if b else 1.3 for b in own],
        zorder=2,
    )
    for column, filled in (("start", False), ("end", True)):
        for mine, colour in ((False, style.GREY), (True, style.ACCENT)):
            part = rows[pd.Series(own).eq(mine) & rows[column].notna()]
            sns.scatterplot(
                part.assign(place=part.index),
                x=column,
                y="place",
                s=26,
                linewidth=1.2,
                edgecolor=colour,
                color=colour if filled else style.PAPER,
                zorder=3 if filled else 2.5,
                ax=ax,
                legend=False,
                clip_on=False,
            )
    ax.set(xlabel="", ylabel="", xticks=[], yticks=[])
    ax.spines["bottom"].set_visible(False)
    for i, (name, mine, start, end) in enumerate(zip(names, own, rows["start"], rows["end"], strict=True)):
        ink = style.ACCENT if mine else style.INK
        sheet.text(ax, ax.get_xlim()[0] - 4 * scale, i, name, ha="right", bold=mine, color=ink)
        for value, other, colour in ((start, end, style.MUTED), (end, start, ink)):
            if pd.isna(value):
                continue
            before = value < other or (value == other and colour == style.MUTED)
            bold = mine and colour == style.ACCENT
            sheet.text(
                ax,
                value + (-6 if before else 6) * scale,
                i,
                fmt(value),
                ha="right" if before else "left",
                bold=bold,
                color=colour,
            )
    first = rows.dropna(subset=["start", "end"])
    if len(first):
        top = first.iloc[0]
        at = [float(top["start"]) / scale, float(top["end"]) / scale]
        spots = layout.spread(
            at, [layout.width(w) + 6 for w in ends], ax.get_xlim()[0] / scale, ax.get_xlim()[1] / scale
        )
        y = -0.5 - 7 / (sheet.inner(ax)[1] / len(rows))
        for spot, word in zip(spots, ends, strict=True):
            sheet.text(ax, spot * scale, y, word, ha="center", color=style.MUTED)
    return figure
