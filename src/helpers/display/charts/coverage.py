"""Coverage: which share of what was published is known here, field by field."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from helpers.display import style
from helpers.display.charts import layout, marks, sheet

_ROW = 13.5
_BAR = 6.5


@sheet.Drawing
def coverage_strip(
    frame: pd.DataFrame,
    labels: Mapping[str, str] | None = None,
    fmt: layout.Formatter = lambda share: f"{100 * share:.0f}%",
    *,
    width: style.Width = "full",
    height: float | None = None,
) -> Figure:
    """Draw one strip a field: the whole in pale, the known part dark, the share in words at the end.

    Parameters
    ----------
    frame
        Tidy: ``field`` (code), ``share`` (0 to 1; missing means that the whole is not known), and optionally
        ``text`` (printed instead of the formatted share, for instance ``"15% (17 of 112)"``).
    labels
        Field to display name, already in the language of the brief.
    fmt
        Formatter of a share between 0 and 1.
    width, height
        ``"full"`` or ``"half"``; millimetres, by default as many as the rows need.

    Returns
    -------
    str
        An SVG element (``coverage_strip.figure(...)`` returns the figure).
    """
    rows = marks.require(frame, ("field", "share"), "coverage_strip")
    wide = style.WIDTHS[width] * style.MM
    names = [layout.wrap(marks.name_of(labels, f), wide * 0.4) for f in rows["field"]]
    words = list(rows["text"]) if "text" in rows else [fmt(v) if pd.notna(v) else "" for v in rows["share"]]
    words = [layout.wrap(w, wide * 0.3) for w in words]
    pitch = max(_ROW, *(layout.height(n) + 2 for n in [*names, *words]))
    tall = height or (pitch * len(rows) + 2) / style.MM
    figure = sheet.blank(width, tall)
    ax = sheet.canvas(figure)
    left, right = max(map(layout.width, names)) + 8, max(map(layout.width, words)) + 7
    length, step = wide - left - right, (tall * style.MM - 2) / len(rows)
    for i, (name, share, word) in enumerate(zip(names, rows["share"], words, strict=True)):
        y = tall * style.MM - 1 - step * (i + 0.5)
        sheet.text(ax, left - 6, y, name, ha="right")
        ax.add_patch(Rectangle((left, y - _BAR / 2), length, _BAR, facecolor=style.RULE, linewidth=0))
        if pd.notna(share):
            part = min(max(float(share), 0.0), 1.0)
            ax.add_patch(
                Rectangle((left, y - _BAR / 2), length * part, _BAR, facecolor=style.MUTED, linewidth=0)
            )
        sheet.text(ax, left + length + 6, y, word, color=style.INK)
    return figure
