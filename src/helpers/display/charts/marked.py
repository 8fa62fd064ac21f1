"""The funnel with one place marked: the same ground for every place, drawn once, and the place laid over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ParamSpec

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.display import style
from helpers.display.charts import funnel, marks, near, sheet, svg

P = ParamSpec("P")
_MARGINS = (30.0, 30.0, 6.0, 16.0)
_HEIGHT = 62.0


@dataclass(frozen=True)
class _Ground:
    """Dots and limits without names: what all briefs that show the same register share.

    ``dots`` are (expected, ratio, outside), ``limits`` (level, expected, low, high).
    """

    dots: tuple[tuple[float, float, str], ...]
    limits: tuple[tuple[float, float, float, float], ...]
    width: style.Width

    @classmethod
    def of(cls, frame: pd.DataFrame, limits: pd.DataFrame, width: style.Width) -> _Ground:
        """Return the ground of a table; places of which nothing is expected have no dot."""
        rows = marks.require(frame[frame["expected"] > 0], ("expected", "ratio", "outside"), "marked_funnel")
        dots = zip(rows["expected"].astype(float), rows["ratio"].astype(float), rows["outside"], strict=True)
        edges = limits[["level", "expected", "low", "high"]].itertuples(index=False, name=None)
        return cls(tuple(dots), tuple(edges), width)

    def blank(self) -> tuple[Figure, Axes]:
        """Return an empty figure with the scales of the chart."""
        rows = self.frame
        figure = sheet.blank(self.width, _HEIGHT)
        ax = sheet.axes(figure, *_MARGINS)
        funnel.scale(ax, rows)
        return figure, ax

    @property
    def frame(self) -> pd.DataFrame:
        """The dots as a table."""
        return pd.DataFrame(self.dots, columns=["expected", "ratio", "outside"])

    def draw(self, ax: Axes) -> None:
        """Draw axes, limits and dots."""
        rows = self.frame
        limits = pd.DataFrame(self.limits, columns=["level", "expected", "low", "high"])
        funnel.ground(ax, limits, lambda v: f"{v:,g}")
        funnel.dots(ax, rows, pd.Series(False, index=rows.index))


@lru_cache(maxsize=8)
def _drawn(ground: _Ground) -> str:
    """Return the ground as SVG; drawn once in a process that makes many briefs."""
    figure, ax = ground.blank()
    ground.draw(ax)
    return svg.render(figure)


class _Marked(sheet.Drawing[P]):
    """The funnel, its marked place laid over a ground that is kept."""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> str:
        """Return the chart as an SVG string."""
        ground, mark = _asked(*args, **kwargs)  # type: ignore[arg-type]
        with style.context():
            figure, ax = ground.blank()
            ax.set_axis_off()
            _lay(ax, ground, mark)
            return svg.laid_over(_drawn(ground), svg.render(figure))


def _asked(
    frame: pd.DataFrame,
    limits: pd.DataFrame,
    subject: str,
    words: Mapping[str, str],
    *,
    width: style.Width = "half",
) -> tuple[_Ground, tuple[float, float, Mapping[str, str]]]:
    rows = frame[(frame["place"] == subject) & (frame["expected"] > 0)]
    own = (float(rows["expected"].iloc[0]), float(rows["ratio"].iloc[0])) if len(rows) else (np.nan, np.nan)
    return _Ground.of(frame, limits, width), (*own, words)


def _lay(ax: Axes, ground: _Ground, mark: tuple[float, float, Mapping[str, str]]) -> None:
    """Draw the marked place with its name, and the words of the axes."""
    x, y, words = mark
    funnel.titles(ax, words["x"], words["y"], words["none"] if any(r == 0 for _, r, _ in ground.dots) else "")
    if not np.isfinite(x):
        return
    foot = ax.get_ylim()[0]
    shown = y if y > 0 else foot
    ax.plot(
        [x],
        [shown],
        "o",
        markersize=5.6,
        markerfacecolor=style.ACCENT if y > 0 else style.PAPER,
        markeredgecolor=style.ACCENT,
        markeredgewidth=1.1,
        clip_on=False,
        zorder=5,
    )
    others = [(e, r if r > 0 else foot) for e, r, _ in ground.dots if (e, r) != (x, y)]
    limits = pd.DataFrame(ground.limits, columns=["level", "expected", "low", "high"])
    near.label_one(ax, (x, shown), words["name"], others, rules=[1.0], lines=funnel.curves(limits))


@_Marked
def marked_funnel(
    frame: pd.DataFrame,
    limits: pd.DataFrame,
    subject: str,
    words: Mapping[str, str],
    *,
    width: style.Width = "half",
) -> Figure:
    """Draw the funnel of all places without their names, and one of them in the accent with its name.

    Parameters
    ----------
    frame, limits
        As for :func:`helpers.display.charts.funnel.funnel`.
    subject
        The place that is marked; without a dot where nothing is expected of it.
    words
        ``name`` of the place, ``x`` and ``y``, what the axes show, and ``none``, what stands beside the foot.
    width
        ``"full"`` or ``"half"``.

    Returns
    -------
    str
        An SVG element (``marked_funnel.figure(...)`` returns the figure).
    """
    ground, mark = _asked(frame, limits, subject, words, width=width)
    figure, ax = ground.blank()
    ground.draw(ax)
    _lay(ax, ground, mark)
    return figure
