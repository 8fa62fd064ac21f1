"""The paper a chart is drawn on: a figure of a fixed width, axes placed in points, text with one face."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Generic, ParamSpec

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from helpers.display import style
from helpers.display.charts import svg

P = ParamSpec("P")


class Drawing(Generic[P]):
    """A chart function: called, it returns the SVG; ``.figure(...)`` returns the figure."""

    def __init__(self, draw: Callable[P, Figure]) -> None:
        self._draw = draw
        functools.update_wrapper(self, draw)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> str:
        """Return the chart as an SVG string."""
        with style.context():
            return svg.render(self._draw(*args, **kwargs))

    def figure(self, *args: P.args, **kwargs: P.kwargs) -> Figure:
        """Return the chart as a figure, for tests and for work in a notebook."""
        with style.context():
            return self._draw(*args, **kwargs)


def blank(width: style.Width, height: float) -> Figure:
    """Return an empty transparent figure.

    Parameters
    ----------
    width
        ``"full"`` (170 mm) or ``"half"`` (82 mm).
    height
        In millimetres.
    """
    figure = Figure(figsize=(style.WIDTHS[width] / 25.4, height / 25.4), dpi=72)
    figure.patch.set_visible(False)
    return figure


def size(figure: Figure) -> tuple[float, float]:
    """Return width and height in points."""
    width, height = figure.get_size_inches()
    return 72 * float(width), 72 * float(height)


def axes(figure: Figure, left: float, bottom: float, right: float, top: float) -> Axes:
    """Return axes whose edges lie the given numbers of points inside the edges of the figure."""
    width, height = size(figure)
    box = (left / width, bottom / height, (width - left - right) / width, (height - bottom - top) / height)
    made = figure.add_axes(box)
    made.patch.set_visible(False)
    for axis in (made.xaxis, made.yaxis):
        axis.set_label_coords(0, 0)  # no axis has a label, so none is measured for a place beside the ticks
    return made


def named(ax: Axes) -> Axes:
    """Return axes with names, to be taken away again: for want of them seaborn lays out ticks that nobody draws."""
    ax.set(xlabel="x", ylabel="y")
    return ax


def canvas(figure: Figure) -> Axes:
    """Return bare axes over the whole figure, whose units are points from the lower left corner.

    Its limits are fixed: shapes go in with `add_artist`, which unlike `add_patch` does not measure them.
    """
    made = axes(figure, 0, 0, 0, 0)
    width, height = size(figure)
    made.set(xlim=(0, width), ylim=(0, height))
    made.set_axis_off()
    return made


def inner(ax: Axes) -> tuple[float, float]:
    """Return width and height of axes in points."""
    bbox = ax.bbox
    return float(bbox.width), float(bbox.height)


def text(ax: Axes, x: float, y: float, words: str, *, bold: bool = False, **kwargs: Any) -> Text:
    """Write words; ``bold`` also marks the group so that Japanese letters are thickened."""
    defaults: dict[str, Any] = {"color": style.INK, "fontsize": style.TEXT, "va": "center_baseline"}
    if "\n" in words:
        defaults |= {"va": "center", "linespacing": 1.1}
    made = ax.text(x, y, words, **(defaults | kwargs))
    if bold:
        made.set_fontweight("bold")
        made.set_gid(svg.BOLD)
    return made
