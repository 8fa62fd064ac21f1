"""Horizontal bars: a league with its values, the subject in the accent, bands as whiskers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.display import style
from helpers.display.charts import layout, marks, sheet

ROW = 14.5
"""Height of a row with one line of text, in points."""
_HEAD = 17.0
_GUTTER = 18.0


def _rows(frame: pd.DataFrame, labels: Mapping[str, str] | None, subject: str, room: float) -> pd.DataFrame:
    """Add the printed name and whether the row is the subject's."""
    own = frame["label"].astype(str) == subject
    names = [
        layout.wrap(marks.name_of(labels, code), room, bold=mine)
        for code, mine in zip(frame["label"], own, strict=True)
    ]
    return frame.assign(name=names, own=own)


def _names_width(rows: pd.DataFrame) -> float:
    return max(layout.width(n, bold=b) for n, b in zip(rows["name"], rows["own"], strict=True)) + 6


def _pitch(rows: pd.DataFrame) -> float:
    return max(ROW, *(layout.height(n) + 2 for n in rows["name"]))


def _draw(ax: Axes, rows: pd.DataFrame, fmt: layout.Formatter, missing: str, top: float) -> None:
    """Draw the bars of one league into axes whose left edge is zero."""
    known = rows.dropna(subset=["value"])
    words = [fmt(v) if pd.notna(v) else missing for v in rows["value"]]
    reach = rows["value"].fillna(0.0)
    if "high" in rows:
        reach = reach.where(~(rows["high"] > reach), rows["high"])
    room = sheet.inner(ax)[0]
    tail = max(layout.width(w, bold=b) for w, b in zip(words, rows["own"], strict=True)) + 5
    top = max(top, float(reach.max())) or 1.0
    scale = top / max(room - tail, room * 0.2)
    sns.barplot(
        known.assign(place=known.index),
        x="value",
        y="place",
        orient="h",
        native_scale=True,
        errorbar=None,
        color=style.GREY,
        saturation=1,
        width=0.66,
        ax=ax,
        zorder=2,
    )
    for patch, own in zip(ax.patches, known["own"], strict=True):
        patch.set(facecolor=style.ACCENT if own else style.GREY, linewidth=0)
    ax.set(xlim=(0, room * scale), ylim=(len(rows) - 0.5, -0.5), xlabel="", ylabel="")
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines["bottom"].set_visible(False)
    ax.spines["left"].set_visible(True)
    if "low" in rows and "high" in rows:
        band = rows.dropna(subset=["low", "high"])
        band = band[band["high"] > band["low"]]
        ax.hlines(band.index, band["low"], band["high"], color=style.INK, linewidth=0.9, zorder=3)
        for edge in ("low", "high"):
            ax.vlines(
                band[edge], band.index - 0.16, band.index + 0.16, color=style.INK, linewidth=0.9, zorder=3
            )
    for i, (name, own, end, word) in enumerate(zip(rows["name"], rows["own"], reach, words, strict=True)):
        ink = style.ACCENT if own else style.INK
        sheet.text(ax, -5 * scale, i, name, ha="right", bold=bool(own), color=ink)
        known_value = i in known.index
        colour = ink if known_value else style.MUTED
        sheet.text(ax, end + 4 * scale, i, word, ha="left", bold=bool(own) and known_value, color=colour)


@sheet.Drawing
def bars_h(
    frame: pd.DataFrame,
    subject: str = "",
    labels: Mapping[str, str] | None = None,
    fmt: layout.Formatter = layout.plain,
    *,
    width: style.Width = "half",
    height: float | None = None,
    missing: str = "not published",
) -> Figure:
    """Draw a league of horizontal bars from zero, in the order of the frame, values at their ends.

    Parameters
    ----------
    frame
        Tidy: ``label`` (code or name), ``value`` (not negative; missing prints the word ``missing``), and, if
        bands are known, ``low`` and ``high`` in the same unit, drawn as whiskers.
    subject
        The label to show in the accent.
    labels
        Code to display name, already in the language of the brief.
    fmt
        Formatter of the values.
    width, height
        ``"full"`` or ``"half"``; millimetres, by default as many as the rows need.
    missing
        The words for a value that is not published, in the language of the brief.

    Returns
    -------
    str
        An SVG element (``bars_h.figure(...)`` returns the figure).
    """
    frame = marks.require(frame, ("label", "value"), "bars_h")
    rows = _rows(frame, labels, subject, style.WIDTHS[width] * style.MM * 0.45)
    tall = height or (_pitch(rows) * len(rows) + 6) / style.MM
    figure = sheet.blank(width, tall)
    _draw(sheet.axes(figure, _names_width(rows), 3, 1, 3), rows, fmt, missing, 0.0)
    return figure


@sheet.Drawing
def bars_h_panels(
    frame: pd.DataFrame,
    subject: str = "",
    labels: Mapping[str, str] | None = None,
    fmt: layout.Formatter = layout.plain,
    *,
    panels: Mapping[str, str],
    height: float | None = None,
    missing: str = "not published",
) -> Figure:
    """Draw two leagues side by side on one scale (for instance what is exported and imported), full width.

    Parameters
    ----------
    frame
        As for `bars_h`, with a column ``panel``.
    subject, labels, fmt, height, missing
        As for `bars_h`.
    panels
        Panel code to its heading, in the order of drawing, left to right.

    Returns
    -------
    str
        An SVG element (``bars_h_panels.figure(...)`` returns the figure).
    """
    frame = marks.require(frame, ("panel", "label", "value"), "bars_h_panels")
    wide = style.WIDTHS["full"] * style.MM
    share = (wide - _GUTTER * (len(panels) - 1)) / len(panels)
    parts = [
        _rows(
            marks.require(frame[frame["panel"] == p], ("label",), f"bars_h_panels, {p}"),
            labels,
            subject,
            share * 0.5,
        )
        for p in panels
    ]
    pitch, most = max(map(_pitch, parts)), max(map(len, parts))
    tall = height or (pitch * most + _HEAD + 6) / style.MM
    figure = sheet.blank("full", tall)
    room = (tall * style.MM - _HEAD - 6) / most
    top = float(frame["value"].max())
    for i, (part, heading) in enumerate(zip(parts, panels.values(), strict=True)):
        left = i * (share + _GUTTER)
        unused = room * (most - len(part))
        ax = sheet.axes(figure, left + _names_width(part), 3 + unused, wide - left - share + 1, _HEAD + 3)
        _draw(ax, part, fmt, missing, top)
        whole = sheet.canvas(figure)
        sheet.text(whole, left, tall * style.MM - 6, heading, color=style.MUTED)
    return figure


def ordered(frame: pd.DataFrame, keep: int, subject: str = "", others: Sequence[str] = ()) -> pd.DataFrame:
    """Return the largest rows, best first, with the subject's row behind them if it is not among them.

    Parameters
    ----------
    frame
        Columns ``label`` and ``value``.
    keep
        How many of the largest to keep.
    subject
        Label that always stays.
    others
        Further labels that always stay.
    """
    ranked = frame.sort_values("value", ascending=False, kind="stable", na_position="last")
    wanted = ranked["label"].isin({subject, *others}) | (
        pd.Series(range(len(ranked)), index=ranked.index) < keep
    )
    return ranked[wanted].reset_index(drop=True)
