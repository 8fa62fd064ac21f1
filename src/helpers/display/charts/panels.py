"""Several measures over the same years, one above the other; nothing fitted through them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.display import style
from helpers.display.charts import layout, marks, sheet

_HEADING = 13.0
_VALUES = 11.0


def _shown(xs: Sequence[float], values: Sequence[float], need: float, per_year: float) -> set[int]:
    """Return which values to print: all, or first and last with those extremes that keep clear of them."""
    if all((b - a) * per_year >= need for a, b in pairwise(xs)):
        return set(range(len(xs)))
    keep = {0, len(xs) - 1}
    for extreme in (values.index(max(values)), values.index(min(values))):
        if all(abs(xs[i] - xs[extreme]) * per_year >= need for i in keep - {extreme}):
            keep.add(extreme)
    return keep


def _values(ax: Axes, rows: pd.DataFrame, fmt: layout.Formatter, colour: str) -> None:
    """Write the values over their points, as many as keep clear of each other."""
    xs, values = [float(x) for x in rows["x"]], [float(v) for v in rows["value"]]
    words = [fmt(v) for v in values]
    wide, tall = sheet.inner(ax)
    per_year, scale = wide / (ax.get_xlim()[1] - ax.get_xlim()[0]), ax.get_ylim()[1] / tall
    for i in sorted(_shown(xs, values, max(map(layout.width, words)) + 3, per_year)):
        sheet.text(ax, xs[i], values[i] + 4.5 * scale, words[i], ha="center", va="bottom", color=colour)


@sheet.Drawing
def small_multiples(
    frame: pd.DataFrame,
    panels: Mapping[str, str],
    fmts: Mapping[str, layout.Formatter] | None = None,
    *,
    subject: Sequence[str] = (),
    breaks: Sequence[marks.Break] = (),
    broken: Sequence[str] | None = None,
    width: style.Width = "full",
    panel_height: float = 25,
    x_fmt: layout.Formatter = layout.year,
    missing: str = "not published",
) -> Figure:
    """Draw one panel a measure over shared years: joined dots with values, each on its own scale from zero.

    Neighbouring years are joined; a missing year breaks the line and says so. No trend is fitted.

    Parameters
    ----------
    frame
        Tidy: ``x`` (year), ``panel`` (code), ``value`` (each panel in its own unit, may be missing).
    panels
        Panel code to heading (measure and unit), in the order of drawing, top to bottom.
    fmts
        Formatter of the values, by panel.
    subject
        Panels to show in the accent.
    breaks
        ``(year, note)``: a dashed line before that year, not crossed by the line of dots, with a note above.
    broken
        The panels that have the breaks, by default all; the note stands above the first of them.
    width, panel_height
        ``"full"`` or ``"half"``, and millimetres a panel.
    x_fmt
        Formatter of the years.
    missing
        The words for a year without a value, in the language of the brief.

    Returns
    -------
    str
        An SVG element (``small_multiples.figure(...)`` returns the figure).
    """
    frame = marks.require(frame, ("x", "panel", "value"), "small_multiples")
    years = list(range(int(frame["x"].min()), int(frame["x"].max()) + 1))
    wide = style.WIDTHS[width] * style.MM
    notes, strip = marks.break_notes(breaks, wide * 0.45)
    each = panel_height * style.MM
    tall = each * len(panels) + 16 + strip
    figure = sheet.blank(width, tall / style.MM)
    slot = wide / len(years)
    cut = set(panels) if broken is None else set(broken)
    noted = next((k for k, p in enumerate(panels) if p in cut), 0)
    for k, (panel, heading) in enumerate(panels.items()):
        fmt = (fmts or {}).get(panel, layout.plain)
        rows = (
            frame[frame["panel"] == panel]
            .set_index("x")["value"]
            .reindex(years)
            .rename_axis("x")
            .reset_index()
        )
        seen = marks.require(rows.dropna(subset=["value"]), ("x",), f"small_multiples, {panel}")
        known = marks.runs(seen.assign(series=panel), "x", "value")
        if panel in cut:
            known["run"] += known["x"].map(lambda x: f"/{sum(x >= at for at, _ in breaks)}")
        top = each * k + (strip if k >= noted else 0)
        ax = sheet.axes(figure, 1, tall - top - each + 3, 1, top + _HEADING)
        room = sheet.inner(ax)[1]
        most = float(known["value"].max()) or 1.0
        ax.set(xlim=(years[0] - 0.5, years[-1] + 0.5), ylim=(0, most * room / (room - _VALUES - 3)))
        colour = style.ACCENT if panel in subject else style.GREY
        sheet.named(ax)
        sns.lineplot(known, x="x", y="value", units="run", estimator=None, color=colour, linewidth=1.1, ax=ax)
        sns.scatterplot(
            known, x="x", y="value", color=colour, s=20, linewidth=0, ax=ax, legend=False, zorder=3
        )
        ax.set(xlabel="", ylabel="", xticks=[], yticks=[])
        _values(ax, known, fmt, style.ACCENT if panel in subject else style.INK)
        upright = layout.width(missing) > slot - 2
        for x in rows.loc[rows["value"].isna(), "x"]:
            sheet.text(
                ax,
                x,
                2.5 * ax.get_ylim()[1] / room,
                missing,
                ha="center",
                va="bottom",
                rotation=90 if upright and layout.width(missing) < room else 0,
                color=style.MUTED,
            )
        sheet.text(
            ax, 0, 1 + (_HEADING - 7) / room, heading, transform=ax.transAxes, color=style.INK, bold=True
        )
        if panel in cut:
            at = [(x - 0.5, words) for x, words in breaks]
            marks.break_lines(
                ax, at, notes if k == noted else [""] * len(at), strip + 11 if k == noted else 2
            )
    ax.set_xticks(years, marks.words_under(years, x_fmt, slot))
    ax.tick_params(axis="x", length=0)
    return figure
