"""Lines over years: a subject among others, named at their ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from helpers.display import style
from helpers.display.charts import layout, marks, sheet


@sheet.Drawing
def lines(
    frame: pd.DataFrame,
    subject: str,
    labels: Mapping[str, str] | None = None,
    fmt: layout.Formatter = layout.plain,
    *,
    width: style.Width = "half",
    height: float = 40,
    x_fmt: layout.Formatter = layout.year,
    axis_fmt: layout.Formatter | None = None,
    breaks: Sequence[marks.Break] = (),
    from_zero: bool = True,
) -> Figure:
    """Draw one line a series over years: the subject in the accent, the others grey, names at their ends.

    A year without a value breaks the line. The value axis starts at zero unless told otherwise.

    Parameters
    ----------
    frame
        Tidy: ``x`` (year), ``y`` (value, any unit, may be missing) and ``series`` (code).
    subject
        The code of the series to show in the accent.
    labels
        Code to display name, already in the language of the brief.
    fmt, axis_fmt
        Formatters of the end labels and of the value axis (default: the same).
    width, height
        ``"full"`` or ``"half"``, and millimetres.
    x_fmt
        Formatter of the years.
    breaks
        ``(x, note)``: dashed vertical lines where a series changes its meaning.
    from_zero
        Whether the value axis starts at zero.

    Returns
    -------
    str
        An SVG element (``lines.figure(...)`` returns the figure).
    """
    frame = marks.require(frame, ("x", "y", "series"), "lines")
    rows = marks.runs(marks.require(frame.dropna(subset=["y"]), ("y",), "lines"), "x", "y")
    form = axis_fmt or fmt
    figure = sheet.blank(width, height)
    wide = sheet.size(figure)[0]
    ends = {s: (float(x), float(y)) for s, x, y in zip(rows["series"], rows["x"], rows["y"], strict=True)}
    names = {s: f"{marks.name_of(labels, s)} {fmt(y)}" for s, (_, y) in ends.items()}
    names = {s: layout.wrap(words, wide * 0.42, bold=s == subject) for s, words in names.items()}
    low = 0.0 if from_zero else float(rows["y"].min())
    levels = layout.ticks(min(low, float(rows["y"].min())), max(float(rows["y"].max()), low), 4)
    left = max(layout.width(form(v)) for v in levels) + 6
    years = sorted(frame["x"].unique())
    left = max(left, layout.width(x_fmt(years[0])) / 2 + 1)
    right = max(layout.width(words, bold=s == subject) for s, words in names.items()) + marks.LEADER + 1
    notes, strip = marks.break_notes(breaks, (wide - left - right) / 2)
    ax = sheet.axes(figure, left, 15, right, 9 + strip)
    sns.lineplot(
        rows,
        x="x",
        y="y",
        units="run",
        estimator=None,
        color=style.GREY,
        linewidth=1.1,
        ax=sheet.named(ax),
        clip_on=False,
    )
    own = rows["series"] == subject
    for run, line in zip(sorted(rows["run"].unique()), ax.lines, strict=True):
        if run in set(rows.loc[own, "run"]):
            line.set(color=style.ACCENT, linewidth=2.2, zorder=3)
    alone = ~rows["run"].duplicated(keep=False)
    for part, colour, size, above in (
        (rows[alone & ~own], style.GREY, 2.6, 2),
        (rows[alone & own], style.ACCENT, 3.7, 3),
    ):
        if len(part):
            ax.plot(part["x"], part["y"], "o", color=colour, markersize=size, clip_on=False, zorder=above)
    marks.level_lines(ax, levels, form)
    marks.years_axis(ax, years, x_fmt)
    marks.end_labels(ax, [(*ends[s], words, s == subject) for s, words in names.items()])
    marks.break_lines(ax, breaks, notes, strip)
    return figure
