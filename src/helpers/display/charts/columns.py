"""Vertical bars by year: counts from zero, breaks marked, years without a figure left open and named."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.display import style
from helpers.display.charts import layout, marks, sheet


def _values(ax: Axes, rows: pd.DataFrame, words: Sequence[str], highlight: set[int], turned: bool) -> None:
    scale = (ax.get_ylim()[1] - ax.get_ylim()[0]) / sheet.inner(ax)[1]
    for x, value, word in zip(rows["x"], rows["value"], words, strict=True):
        own = int(x) in highlight
        sheet.text(
            ax,
            x,
            value + 3 * scale,
            word,
            ha="center",
            va="bottom",
            rotation=90 if turned else 0,
            bold=own,
            color=style.ACCENT if own else style.INK,
        )


@sheet.Drawing
def bars_v(
    frame: pd.DataFrame,
    highlight: Sequence[int] = (),
    breaks: Sequence[marks.Break] = (),
    fmt: layout.Formatter = layout.plain,
    *,
    width: style.Width = "half",
    height: float = 52,
    x_fmt: layout.Formatter = layout.year,
    missing: str = "not published",
) -> Figure:
    """Draw one bar a year from zero with its value above it.

    A year without a value, or absent between the first and the last, stays empty and says so; it is never
    zero. Values that do not fit side by side stand upright.

    Parameters
    ----------
    frame
        Tidy: ``x`` (year, usually the fiscal year) and ``value`` (not negative, may be missing).
    highlight
        Years to show in the accent.
    breaks
        ``(year, note)``: a dashed line *before* that year's bar with a note above: counts stop being
        comparable there.
    fmt, x_fmt
        Formatters of the values and of the years.
    width, height
        ``"full"`` or ``"half"``, and millimetres.
    missing
        The words for a year not published, in the language of the brief.

    Returns
    -------
    str
        An SVG element (``bars_v.figure(...)`` returns the figure).
    """
    frame = marks.require(frame, ("x", "value"), "bars_v")
    years = list(range(int(frame["x"].min()), int(frame["x"].max()) + 1))
    rows = frame.set_index("x")["value"].reindex(years).rename_axis("x").reset_index()
    known = rows.dropna(subset=["value"])
    figure = sheet.blank(width, height)
    wide = sheet.size(figure)[0]
    slot = (wide - 4) / len(years)
    under = marks.words_under(years, x_fmt, slot, highlight)
    words, mine = [fmt(v) for v in known["value"]], set(highlight)
    turned = max((layout.width(w, bold=True) for w in words), default=0) > slot - 1.5
    over = max((layout.width(w, bold=True) for w in words), default=0) if turned else layout.height("0")
    notes, strip = marks.break_notes(breaks, wide * 0.48)
    left, right = marks.overhang(under, slot)
    ax = sheet.axes(figure, 2 + left, 6 + max(map(layout.height, under)), 2 + right, 2 + strip)
    slot = sheet.inner(ax)[0] / len(years)
    room = sheet.inner(ax)[1]
    sns.barplot(
        known,
        x="x",
        y="value",
        native_scale=True,
        errorbar=None,
        color=style.GREY,
        saturation=1,
        width=0.68,
        ax=sheet.named(ax),
        zorder=2,
    )
    for patch, x in zip(ax.patches, known["x"], strict=True):
        patch.set(facecolor=style.ACCENT if int(x) in mine else style.GREY, linewidth=0)
    most = float(known["value"].max()) if len(known) and known["value"].max() > 0 else 1.0
    ax.set(
        xlim=(years[0] - 0.5, years[-1] + 0.5),
        ylim=(0, most * room / (room - over - 5)),
        xlabel="",
        ylabel="",
    )
    ax.set_yticks([])
    ax.set_xticks(years, under)
    ax.tick_params(axis="x", length=0)
    for label, x in zip(ax.get_xticklabels(), years, strict=True):
        if x in mine:
            label.set(color=style.ACCENT, fontweight="bold", gid="bold")
    _values(ax, known, words, mine, turned)
    for x in rows.loc[rows["value"].isna(), "x"]:
        upright = layout.width(missing) > slot - 2
        sheet.text(
            ax,
            x,
            3 * ax.get_ylim()[1] / room,
            missing,
            ha="center",
            va="bottom",
            rotation=90 if upright else 0,
            color=style.MUTED,
        )
    marks.break_lines(ax, [(x - 0.5, words) for x, words in breaks], notes, strip)
    return figure
