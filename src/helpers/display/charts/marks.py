"""What several charts share: the frame of a chart over years, its end labels, breaks and their notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import blended_transform_factory

from helpers.display import style
from helpers.display.charts import layout, sheet
from helpers.errors import AnalysisError, compose, listed

LEADER = 9.0
"""Room in points between the plot and its end labels, crossed by the leader lines."""
Break = tuple[float, str]


def require(frame: pd.DataFrame, columns: Sequence[str], chart: str) -> pd.DataFrame:
    """Return the frame with a fresh index, or say which columns it lacks or that it is empty.

    Raises
    ------
    AnalysisError
        If a column is missing or there is no row: a chart of nothing is replaced by a sentence, not drawn.
    """
    lacking = [c for c in columns if c not in frame.columns]
    if lacking:
        raise AnalysisError(
            compose(
                f"chart {chart}",
                f"columns {listed(columns)}",
                f"a frame without {listed(lacking)}",
                "Rename the columns before drawing.",
            )
        )
    if frame.empty:
        raise AnalysisError(
            compose(
                f"chart {chart}",
                "at least one row",
                "an empty frame",
                "Print the sentence that says what is missing instead of the chart.",
            )
        )
    return frame.reset_index(drop=True)


def name_of(labels: Mapping[str, str] | None, key: object) -> str:
    """Return the display name of a series, itself if the labels do not have it."""
    return (labels or {}).get(str(key), str(key))


def runs(frame: pd.DataFrame, x: str, value: str, step: float = 1) -> pd.DataFrame:
    """Return the rows with a value, with a column ``run`` that changes wherever a year is missing.

    Parameters
    ----------
    frame
        Columns ``series``, ``x`` and ``value`` (names of the last two given).
    step
        Distance of two neighbouring years.
    """
    rows = frame.dropna(subset=[value]).sort_values(["series", x])
    gap = (rows["series"] == rows["series"].shift()) & (rows[x].diff() > step)
    return rows.assign(run=rows["series"].astype(str) + "/" + gap.cumsum().astype(str))


def years_axis(ax: Axes, years: Sequence[int], form: layout.Formatter, pad: float = 0.0) -> None:
    """Set the limits of an axis of years and print those that fit."""
    room = sheet.inner(ax)[0]
    ax.set_xlim(min(years) - pad, max(years) + (pad or (0 if max(years) > min(years) else 1)))
    shown = layout.years_that_fit(sorted({int(y) for y in years}), room, form)
    ax.set_xticks(shown, [form(y) for y in shown])


def words_under(
    years: Sequence[int], form: layout.Formatter, slot: float, always: Sequence[int] = ()
) -> list[str]:
    """Return the words under the bars, in two lines or thinned out where the slots are too narrow.

    Parameters
    ----------
    years
        One a slot, ascending.
    slot
        Width of a slot in points.
    always
        Years to be named when not all can be; the first of them that is in ``years`` decides.
    """
    plain = [form(y) for y in years]
    strong = [y in always for y in years]
    wrapped = [layout.wrap(w, slot - 4, bold=b) for w, b in zip(plain, strong, strict=True)]
    for words, gap in ((plain, 1.5), (wrapped, 3.0)):
        widest = max(layout.width(w, bold=b) for w, b in zip(words, strong, strict=True))
        if widest <= slot - gap and all(w.count("\n") < 2 for w in words):
            return words
    longest = max(layout.width(w, bold=True) for w in plain)
    every = int((longest + 4) // slot) + 1
    anchor = next((years.index(y) for y in always if y in years), len(years) - 1)
    return [w if (i - anchor) % every == 0 else "" for i, w in enumerate(plain)]


def overhang(words: Sequence[str], slot: float) -> tuple[float, float]:
    """Return by how many points the first and the last words under the bars reach beyond their slots."""
    left, right = (
        max(0.0, (layout.width(w, bold=True) - slot) / 2) if w else 0.0 for w in (words[0], words[-1])
    )
    return left, right


def level_lines(ax: Axes, levels: Sequence[float], form: layout.Formatter) -> None:
    """Print the levels of the value axis with thin rules through the plot."""
    ax.set_ylim(levels[0], levels[-1])
    ax.set_yticks(list(levels), [form(v) for v in levels])
    ax.grid(axis="y", visible=True)
    ax.set(xlabel="", ylabel="")


def end_labels(
    ax: Axes,
    points: Sequence[tuple[float, float, str, bool]],
    *,
    side: str = "right",
) -> None:
    """Write labels beside the ends of lines, apart from each other, with thin leaders where they moved.

    Parameters
    ----------
    points
        ``(x, y, words, is_subject)`` in data units.
    side
        ``"right"`` or ``"left"`` of the axes.
    """
    wide, tall = sheet.inner(ax)
    (x0, x1), (y0, y1) = ax.get_xlim(), ax.get_ylim()
    wanted = [(y - y0) / (y1 - y0) * tall for _, y, _, _ in points]
    heights = [layout.height(words) - 1.5 for _, _, words, _ in points]
    placed = layout.spread(wanted, heights, -8, tall + 8)
    edge, sign = (wide, 1) if side == "right" else (0.0, -1)
    for (x, _, words, subject), goal, spot in zip(points, wanted, placed, strict=True):
        start = (x - x0) / (x1 - x0) * wide
        moved = abs(goal - spot) > 2 or abs(start - edge) > 1
        if moved:
            ends = [start + sign * 2.5, edge + sign * 2.5, edge + sign * (LEADER - 1.5)]
            ax.plot(
                [v / wide for v in ends],
                [goal / tall, goal / tall, spot / tall],
                transform=ax.transAxes,
                color=style.ACCENT if subject else style.GREY,
                linewidth=0.5,
                clip_on=False,
                zorder=1,
            )
        sheet.text(
            ax,
            (edge + sign * (LEADER if moved else 4.5)) / wide,
            spot / tall,
            words,
            transform=ax.transAxes,
            ha="left" if side == "right" else "right",
            bold=subject,
            color=style.ACCENT if subject else style.MUTED,
        )


def break_lines(ax: Axes, breaks: Sequence[Break], notes: Sequence[str], above: float) -> None:
    """Draw dashed vertical lines with their notes in the strip of ``above`` points over the plot."""
    wide, tall = sheet.inner(ax)
    x0, x1 = ax.get_xlim()
    place = blended_transform_factory(ax.transData, ax.transAxes)
    for (x, _), note in zip(breaks, notes, strict=True):
        at = (x - x0) / (x1 - x0) * wide
        ax.plot(
            [x, x],
            [0, 1 + above / tall],
            transform=place,
            color=style.MUTED,
            linewidth=0.7,
            dashes=(3, 2),
            clip_on=False,
            zorder=1.5,
        )
        flip = at + 4 + layout.width(note) > wide + 2
        sheet.text(
            ax,
            (at + (-4 if flip else 4)) / wide,
            1 + above / tall,
            note,
            transform=ax.transAxes,
            ha="right" if flip else "left",
            va="top",
            color=style.MUTED,
        )


def break_notes(breaks: Sequence[Break], room: float) -> tuple[list[str], float]:
    """Return the notes of the breaks broken into lines, and the height of the strip they need."""
    notes = [layout.wrap(words, room) for _, words in breaks]
    return notes, max((layout.height(n) for n in notes), default=0.0) + (6 if notes else 0)
