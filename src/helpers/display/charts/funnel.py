"""The funnel: observed over expected against expected, between the limits of chance."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullFormatter, NullLocator

from helpers.display import style
from helpers.display.charts import layout, marks, near, sheet

FEW = 20
"""Up to so many places are all named, as far as there is room."""
_COLUMNS = ("place", "expected", "ratio", "outside")


def _levels(low: float, high: float) -> list[float]:
    """Return round values of a logarithmic axis between two values: tenths, ones, tens and so on."""
    powers = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
    return [10.0**p for p in powers if low <= 10.0**p <= high]


def _axis(ax: Axes, which: str, values: list[float], fmt: layout.Formatter) -> None:
    axis = ax.xaxis if which == "x" else ax.yaxis
    axis.set_minor_locator(NullLocator())
    axis.set_minor_formatter(NullFormatter())
    axis.set_ticks(values, [fmt(v) for v in values])


def _limits(ax: Axes, limits: pd.DataFrame, bottom: float, top: float) -> None:
    """Draw the curves of each level, the widest level palest; a limit of zero runs along the foot."""
    for level, rows in limits.groupby("level"):
        strong = level == limits["level"].min()
        for side in ("low", "high"):
            ax.plot(
                rows["expected"],
                rows[side].clip(lower=bottom, upper=top * 2),
                color=style.MUTED if strong else style.GREY,
                linewidth=0.9 if strong else 0.7,
                dashes=(4, 2) if strong else (1, 1.6),
                zorder=1.5,
            )


def scale(ax: Axes, rows: pd.DataFrame) -> None:
    """Set logarithmic axes that hold every dot, with room at the foot for places without an event."""
    seen = rows["ratio"] > 0
    bottom = min(0.5, float(rows.loc[seen, "ratio"].min())) / 2.2
    top = max(2.0, float(rows["ratio"].max())) * 1.6
    left, right = float(rows["expected"].min()) / 1.4, float(rows["expected"].max()) * 1.5
    ax.set(xscale="log", yscale="log", xlim=(left, right), ylim=(bottom, top))


def ground(ax: Axes, limits: pd.DataFrame, fmt: layout.Formatter) -> None:
    """Draw the values of both axes, the limits of chance and the line of one on axes that `scale` has set."""
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    _axis(ax, "x", _levels(left, right), fmt)
    _axis(ax, "y", _levels(bottom * 1.4, top), fmt)
    _limits(ax, limits, bottom, top)
    ax.axhline(1, color=style.INK, linewidth=0.7, zorder=1)


def dots(ax: Axes, rows: pd.DataFrame, own: pd.Series) -> pd.Series:
    """Draw a dot a place and return their heights: dark beyond the limits, open at the foot without an event.

    ``own`` says which places are drawn in the accent.
    """
    seen, out = rows["ratio"] > 0, rows["outside"] != ""
    heights = rows["ratio"].where(seen, ax.get_ylim()[0])
    for part, face, edge, above in (
        (~out & seen & ~own, style.GREY, style.GREY, 2),
        (out & seen & ~own, style.INK, style.INK, 3),
        (~seen & ~own, style.PAPER, style.MUTED, 3),
        (own, style.ACCENT, style.ACCENT, 4),
    ):
        ax.plot(
            rows.loc[part, "expected"],
            heights[part],
            "o",
            markersize=4.2,
            markerfacecolor=face,
            markeredgecolor=edge,
            markeredgewidth=0.8,
            clip_on=False,
            zorder=above,
        )
    return heights


def titles(ax: Axes, x_title: str, y_title: str, none: str) -> None:
    """Write what the axes show, and `none` beside the foot, where the places without an event lie."""
    wide, tall = sheet.inner(ax)
    sheet.text(ax, 0, 1 + 9 / tall, y_title, transform=ax.transAxes, ha="left", color=style.MUTED)
    sheet.text(ax, 1, -22 / tall, x_title, transform=ax.transAxes, ha="right", color=style.MUTED)
    if none:
        sheet.text(ax, -5 / wide, 0, none, transform=ax.transAxes, ha="right", color=style.MUTED)


def curves(limits: pd.DataFrame) -> list[tuple[float, float]]:
    """Return the points of the limits that lie above zero."""
    return [
        (float(x), float(y))
        for side in ("low", "high")
        for x, y in zip(limits["expected"], limits[side], strict=True)
        if y > 0
    ]


@sheet.Drawing
def funnel(
    frame: pd.DataFrame,
    limits: pd.DataFrame,
    labels: Mapping[str, str] | None = None,
    fmt: layout.Formatter = lambda v: f"{v:g}",
    *,
    subject: str = "",
    x_title: str = "",
    y_title: str = "",
    none: str = "none",
    width: style.Width = "full",
    height: float = 96.0,
) -> Figure:
    """Draw one dot a place on logarithmic axes, those beyond the limits dark and named, with the limits of chance.

    Parameters
    ----------
    frame
        ``place``, ``expected``, ``ratio`` and ``outside`` (empty, or why it lies beyond the limits). A place with
        a ratio of zero is an open dot on the foot of the chart.
    limits
        ``level``, ``expected``, ``low``, ``high``.
    labels
        Place to display name.
    fmt
        Formatter of the values on both axes.
    subject
        A place to show in the accent and name in any case (the district of a page).
    x_title, y_title
        Words at the ends of the axes.
    none
        Words beside the foot, where the open dots lie.

    Returns
    -------
    str
        An SVG element (``funnel.figure(...)`` returns the figure).
    """
    rows = marks.require(frame[frame["expected"] > 0], _COLUMNS, "funnel")
    figure = sheet.blank(width, height)
    ax = sheet.axes(figure, max(30.0, layout.width(none) + 9), 30, 6, 16)
    scale(ax, rows)
    ground(ax, limits, fmt)
    seen, out, own = rows["ratio"] > 0, rows["outside"] != "", rows["place"] == subject
    heights = dots(ax, rows, own)
    far = np.abs(np.log(heights.where(seen, 1.0))) * np.sqrt(rows["expected"])
    order = rows.assign(height=heights, far=far, own=own, named=out | ~seen | own | (len(rows) <= FEW))
    order = order.sort_values(["own", "named", "far"], ascending=False)
    points = [
        (float(x), float(y), marks.name_of(labels, place) if named else "", bool(mine))
        for x, y, place, named, mine in zip(
            order["expected"], order["height"], order["place"], order["named"], order["own"], strict=True
        )
    ]
    near.label_points(ax, points, rules=[1.0], lines=curves(limits))
    titles(ax, x_title, y_title, "" if seen.all() else none)
    return figure
