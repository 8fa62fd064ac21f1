"""Ranks by weighting: one row a place, one column a weighting, first places dark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from helpers.display import style
from helpers.display.charts import layout, marks, sheet

_ROW = 14.0
_GAP = 1.2
_SHADES = ((3, style.ACCENT, style.WHITE), (10, style.LIGHT_ACCENT, style.ON_LIGHT))
"""Ranks up to which a cell has this colour, and the colour of its figure; others are pale."""

Group = tuple[str, Sequence[str]]


def _shade(rank: float) -> tuple[str, str]:
    return next(((fill, ink) for edge, fill, ink in _SHADES if rank <= edge), (style.PALE, style.QUIET))


@sheet.Drawing
def rank_grid(
    frame: pd.DataFrame,
    places: Sequence[str],
    groups: Sequence[Group],
    labels: Mapping[str, str] | None = None,
    heads: Mapping[str, str] | None = None,
    *,
    missing: str = "–",
    width: style.Width = "full",
) -> Figure:
    """Draw the rank of each place under each weighting; the first three dark, the first ten light, the rest pale.

    Parameters
    ----------
    frame
        ``weighting``, ``place``, ``rank`` (may be missing).
    places
        The rows, from the top.
    groups
        ``(heading, weightings)``: the columns from the left, in groups under a heading.
    labels, heads
        Place and weighting to display name.
    missing
        Printed where there is no rank.

    Returns
    -------
    str
        An SVG element (``rank_grid.figure(...)`` returns the figure).
    """
    rows = marks.require(frame[frame["place"].isin(places)], ("weighting", "place", "rank"), "rank_grid")
    known = rows.dropna(subset=["rank"])
    ranks = {
        (w, p): int(r) for w, p, r in zip(known["weighting"], known["place"], known["rank"], strict=True)
    }
    names = [marks.name_of(labels, place) for place in places]
    left = max(map(layout.width, names)) + 8
    wide = style.WIDTHS[width] * style.MM
    columns = sum(len(group) for _, group in groups)
    step = (wide - left - 7.0 * (len(groups) - 1)) / columns
    words = {
        w: layout.wrap(marks.name_of(heads, w), step - 2, style.SMALL) for _, group in groups for w in group
    }
    deep = max(layout.height(w, style.SMALL) for w in words.values()) + 4
    top = deep + layout.height("0") + 6
    tall = top + _ROW * len(places) + 2
    figure = sheet.blank(width, tall / style.MM)
    ax = sheet.canvas(figure)
    for n, name in enumerate(names):
        sheet.text(ax, left - 6, tall - top - _ROW * (n + 0.5), name, ha="right")
    x = left
    for heading, group in groups:
        sheet.text(ax, x, tall - 6, heading, ha="left", color=style.MUTED)
        for weighting in group:
            middle = x + step / 2
            at = tall - top + deep / 2
            sheet.text(ax, middle, at, words[weighting], ha="center", fontsize=style.SMALL, color=style.INK)
            for n, place in enumerate(places):
                rank = ranks.get((weighting, place))
                fill, ink = (style.PALE, style.QUIET) if rank is None else _shade(rank)
                foot = tall - top - _ROW * (n + 1)
                box = Rectangle(
                    (x + _GAP / 2, foot + _GAP / 2), step - _GAP, _ROW - _GAP, facecolor=fill, linewidth=0
                )
                ax.add_artist(box)
                text = missing if rank is None else str(rank)
                sheet.text(ax, middle, foot + _ROW / 2, text, ha="center", fontsize=style.SMALL, color=ink)
            x += step
        x += 7.0
    return figure
