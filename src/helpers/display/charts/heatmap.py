"""Heat map: one row a thing, one column a year, three shades that mean what the key under them says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from helpers.display import style
from helpers.display.charts import layout, marks, sheet
from helpers.errors import AnalysisError, compose, listed

FILLS = (style.PALE, style.GREY, style.QUIET)
"""Colours of the levels: nothing, some, most. They keep their order on a dark page."""

_ROW = 11.5
_KEY = 16.0
_TICKS = 14.0


def levels(shares: pd.Series, most: float = 0.5) -> pd.Series:
    """Return the level of each share: 2 from ``most`` on, 1 above nothing, 0 for nothing or no figure.

    Examples
    --------
    >>> levels(pd.Series([0.0, 0.2, 0.5, 1.0, float("nan")])).tolist()
    [0, 1, 2, 2, 0]
    """
    return (shares > 0).astype(int) + (shares >= most).astype(int)


@sheet.Drawing
def heatmap(
    frame: pd.DataFrame,
    labels: Mapping[str, str] | None = None,
    key: Sequence[str] = (),
    *,
    ends: Mapping[str, str] | None = None,
    marked: tuple[int, str] | None = None,
    width: style.Width = "full",
    x_fmt: layout.Formatter = layout.year,
) -> Figure:
    """Draw which years each row has something for, and how much.

    Parameters
    ----------
    frame
        Tidy: ``row`` (code, in the order of the chart), ``x`` (year), ``level`` (0, 1 or 2, see `levels`). A
        year without a row is of level 0.
    labels
        Row to display name, already in the language of the brief.
    key
        What the three levels mean, from 0 on, written with a colour sample under the chart. Empty for no key.
    ends
        Row to the words at its right end.
    marked
        A year to frame, and the words above it.
    width
        ``"full"`` or ``"half"``; the height follows from the rows.
    x_fmt
        Formatter of the years on the axis.

    Returns
    -------
    str
        An SVG element (``heatmap.figure(...)`` returns the figure).

    Raises
    ------
    AnalysisError
        If a column is missing, there is no row, or a level is none of the three.
    """
    rows = marks.require(frame, ("row", "x", "level"), "heatmap")
    wrong = sorted(set(rows["level"]) - set(range(len(FILLS))))
    if wrong:
        raise AnalysisError(
            compose("chart heatmap", f"levels 0 to {len(FILLS) - 1}", listed(wrong), "Use heatmap.levels.")
        )
    wide = style.WIDTHS[width] * style.MM
    names = list(dict.fromkeys(rows["row"]))
    years = list(range(int(rows["x"].min()), int(rows["x"].max()) + 1))
    words = [layout.wrap(marks.name_of(labels, name), wide * 0.36) for name in names]
    tails = [(ends or {}).get(name, "") for name in names]
    tall = [max(_ROW, layout.height(w) + 1.5) for w in words]
    pitch = max(tall)
    over = layout.height(marked[1]) + 3 if marked else 2.0
    under = _TICKS + (_KEY if key else 0)
    figure = sheet.blank(width, (pitch * len(names) + over + under) / style.MM)
    left, right = max(map(layout.width, words)) + 6, max(map(layout.width, tails)) + (6 if any(tails) else 2)
    ax = sheet.axes(figure, left, under, right, over)
    grid = rows.pivot_table(index="row", columns="x", values="level", aggfunc="max")
    grid = grid.reindex(index=names, columns=years).fillna(0)
    sns.heatmap(
        grid,
        ax=ax,
        cmap=ListedColormap(FILLS),
        vmin=0,
        vmax=len(FILLS) - 1,
        cbar=False,
        linewidths=0.7,
        linecolor=style.PAPER,
        xticklabels=False,
        yticklabels=False,
    )
    ax.set(xlabel="", ylabel="")
    _write(ax, words, tails, years, x_fmt)
    if marked and years[0] <= marked[0] <= years[-1]:
        _frame(ax, marked[0] - years[0], len(names), marked[1])
    _key(sheet.canvas(figure), key, left)
    return figure


def _write(
    ax: Axes, words: Sequence[str], tails: Sequence[str], years: Sequence[int], form: layout.Formatter
) -> None:
    """Write the names of the rows, what stands at their ends, and the years that fit."""
    wide, tall = sheet.inner(ax)
    edge = 6 + max(map(layout.width, tails))
    for n, (word, tail) in enumerate(zip(words, tails, strict=True)):
        sheet.text(ax, -6 / wide * len(years), n + 0.5, word, ha="right")
        sheet.text(ax, len(years) * (1 + edge / wide), n + 0.5, tail, ha="right", color=style.MUTED)
    for year in layout.years_that_fit(years, wide * (len(years) - 1) / len(years), form):
        at = year - years[0] + 0.5
        room = layout.width(form(year)) / 2 / wide * len(years)
        at = max(at, room) if year == years[0] else at
        below = len(words) * (1 + (_TICKS - 4) / tall)
        sheet.text(ax, at, below, form(year), ha="center", va="bottom", color=style.MUTED)


def _frame(ax: Axes, column: int, rows: int, words: str) -> None:
    """Frame one column, with words above it that stay inside the chart."""
    wide, tall = sheet.inner(ax)
    columns = ax.get_xlim()[1]
    ax.add_patch(
        Rectangle(
            (column, 0), 1, rows, fill=False, edgecolor=style.INK, linewidth=1.2, clip_on=False, zorder=4
        )
    )
    half = layout.width(words) / 2 / wide * columns
    at = min(max(column + 0.5, half), columns - half)
    sheet.text(ax, at, -2.5 / tall * rows, words, ha="center", va="bottom")


def _key(ax: Axes, key: Sequence[str], left: float) -> None:
    """Write what the levels mean, each with its colour, in one line under the chart."""
    need = sum(layout.width(words) + 26 for words in key)
    wide = ax.get_xlim()[1]
    x = max(0.0, min(left, wide - need))
    for fill, words in zip(FILLS, key, strict=False):
        ax.add_artist(Rectangle((x, 3), 9, 7, facecolor=fill, edgecolor=style.GREY, linewidth=0.4))
        sheet.text(ax, x + 12.5, 6.5, words, color=style.MUTED)
        x += layout.width(words) + 26


def alt_heatmap(
    frame: pd.DataFrame,
    labels: Mapping[str, str] | None = None,
    ends: Mapping[str, str] | None = None,
    *,
    lang: str,
    measure: str,
    x_fmt: layout.Formatter | None = None,
) -> str:
    """Return the alternative text of `heatmap`: the runs of years that each row has something for.

    Parameters
    ----------
    frame, labels, ends
        As for the chart.
    lang
        ``"en"`` or ``"ja"``.
    measure
        What is shown, in the same language.
    """
    dash, comma, stop = ("～", "、", "。") if lang == "ja" else ("–", ", ", ". ")
    colon = "：" if lang == "ja" else ": "
    parts = []
    for name in dict.fromkeys(frame["row"]):
        years = sorted(int(x) for x in frame.loc[(frame["row"] == name) & (frame["level"] > 0), "x"])
        told = comma.join(f"{a}" if a == b else f"{a}{dash}{b}" for a, b in runs(years))
        parts.append(f"{marks.name_of(labels, name)}{colon}{told or '–'}")
    return f"{measure}{stop}{('；' if lang == 'ja' else '; ').join(parts)}{stop}".strip()


def runs(years: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and last year of each run of years without a gap.

    Examples
    --------
    >>> runs([2010, 2011, 2014, 2016, 2017])
    [(2010, 2011), (2014, 2014), (2016, 2017)]
    """
    found: list[tuple[int, int]] = []
    for year in years:
        if found and year == found[-1][1] + 1:
            found[-1] = (found[-1][0], year)
        else:
            found.append((year, year))
    return found
