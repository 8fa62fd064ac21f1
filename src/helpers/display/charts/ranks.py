"""Ranks over years: first on top, the subject among its neighbours."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from helpers.display import style
from helpers.display.charts import layout, marks, sheet


def _ends(
    rows: pd.DataFrame,
    labels: Mapping[str, str] | None,
    fmt: layout.Formatter,
    subject: str,
    room: float,
    side: str,
) -> dict[str, tuple[float, float, str, bool]]:
    """Return, by series, the end label of each row: name and rank, the rank next to the plot."""
    found = {}
    for series, x, rank in zip(rows["series"], rows["x"], rows["rank"], strict=True):
        pair = [fmt(float(rank)), marks.name_of(labels, series)]
        words = "  ".join(pair if side == "right" else pair[::-1])
        own = series == subject
        found[str(series)] = (float(x), float(rank), layout.wrap(words, room, bold=own), own)
    return found


def _lines(ax: Axes, rows: pd.DataFrame, colour: str, thick: float, dots: bool, above: int) -> None:
    if rows.empty:
        return
    sns.lineplot(
        rows,
        x="x",
        y="rank",
        units="run",
        estimator=None,
        color=colour,
        linewidth=thick,
        zorder=above,
        clip_on=False,
        ax=sheet.named(ax),
    )
    size = rows.groupby("run", observed=True)["run"].transform("size")
    spots = rows if dots else rows[size == 1]
    ax.plot(spots["x"], spots["rank"], "o", color=colour, markersize=thick + 2.2, zorder=above, clip_on=False)


@sheet.Drawing
def rank_bump(
    frame: pd.DataFrame,
    subject: str,
    labels: Mapping[str, str] | None = None,
    bands: pd.DataFrame | None = None,
    *,
    width: style.Width = "full",
    height: float | None = None,
    worst: int | None = None,
    fmt: layout.Formatter = layout.plain,
    x_fmt: layout.Formatter = layout.year,
) -> Figure:
    """Draw the rank of each series over years, rank 1 on top, names at the right end (full width: at both).

    A year without a rank breaks the line. A series that has neither a first nor a last rank within ``worst``
    is drawn paler and without a name.

    Parameters
    ----------
    frame
        Tidy: ``year``, ``series`` (code), ``rank`` (1 is the largest; ties share a rank).
    subject
        The code of the series to show in the accent.
    labels
        Code to display name, already in the language of the brief.
    bands
        ``year``, ``best``, ``worst``: possible ranks of the subject, drawn as a light band.
    width, height
        ``"full"`` or ``"half"``; millimetres, by default as many as the ranks need.
    worst
        Lowest rank shown; ranks beyond it are left out as if missing. None shows all.
    fmt, x_fmt
        Formatters of the ranks in the labels and of the years.

    Returns
    -------
    str
        An SVG element (``rank_bump.figure(...)`` returns the figure).
    """
    frame = marks.require(frame, ("year", "series", "rank"), "rank_bump").rename(columns={"year": "x"})
    lowest = int(worst or frame["rank"].max())
    seen = marks.require(frame[frame["rank"] <= lowest].dropna(subset=["rank"]), ("x",), "rank_bump")
    rows = marks.runs(seen, "x", "rank")
    years = sorted(int(y) for y in frame["x"].unique())
    wide = style.WIDTHS[width] * style.MM
    both = width == "full" and len(years) > 1
    at_end = _ends(
        rows[rows["x"] == years[-1]], labels, fmt, subject, wide * (0.27 if both else 0.42), "right"
    )
    at_start = _ends(rows[rows["x"] == years[0]], labels, fmt, subject, wide * 0.27, "left") if both else {}
    left, right = (
        max((layout.width(w, bold=b) for _, _, w, b in found.values()), default=0) + marks.LEADER + 1
        for found in (at_start, at_end)
    )
    written = max(len(at_start), len(at_end)) * layout.height("8")
    tall = height or (max((lowest - 1) * 10.5 + 14, written) + 28) / style.MM
    figure = sheet.blank(width, tall)
    ax = sheet.axes(figure, left if both else 20, 20, right, 8)
    ax.set_ylim(lowest + 0.3, 0.7)
    if bands is not None and len(bands):
        ax.fill_between(
            bands["year"],
            bands["best"] - 0.25,
            bands["worst"].clip(upper=lowest) + 0.25,
            color=style.LIGHT_ACCENT,
            alpha=0.45,
            linewidth=0,
            zorder=1,
        )
    named = rows["series"].astype(str).isin({*at_start, *at_end})
    own = rows["series"] == subject
    dots = len(years) <= 14
    _lines(ax, rows[~own & ~named], style.RULE, 0.9, dots, 2)
    _lines(ax, rows[~own & named], style.GREY, 1.1, dots, 2)
    _lines(ax, rows[own], style.ACCENT, 2.2, dots, 3)
    ax.set(xlabel="", ylabel="", ylim=(lowest + 0.3, 0.7))
    levels = (
        range(1, lowest + 1)
        if lowest <= 12
        else [1, *map(int, MaxNLocator(6, integer=True).tick_values(2, lowest))]
    )
    shown = [v for v in levels if 1 <= v <= lowest]
    ax.set_yticks(shown, [] if both else [fmt(v) for v in shown])
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(axis="x", length=0, pad=6)
    ax.tick_params(axis="y", pad=7)
    marks.years_axis(ax, years, x_fmt)
    marks.end_labels(ax, list(at_end.values()))
    if both:
        marks.end_labels(ax, list(at_start.values()), side="left")
    return figure
