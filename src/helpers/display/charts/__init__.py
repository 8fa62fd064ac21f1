"""The figures of a brief: tidy frame and translated labels in, one SVG string out."""

from __future__ import annotations

from helpers.display.charts.alt import (
    alt_bars_h,
    alt_bars_v,
    alt_coverage_strip,
    alt_dot_stack,
    alt_lines,
    alt_rank_bump,
    alt_small_multiples,
    alt_timeline,
)
from helpers.display.charts.bars import bars_h, ordered
from helpers.display.charts.columns import bars_v
from helpers.display.charts.coverage import coverage_strip
from helpers.display.charts.heatmap import alt_heatmap, heatmap
from helpers.display.charts.lines import lines
from helpers.display.charts.panels import small_multiples
from helpers.display.charts.ranks import rank_bump
from helpers.display.charts.timeline import dot_stack, timeline

__all__ = [
    "alt_bars_h",
    "alt_bars_v",
    "alt_coverage_strip",
    "alt_dot_stack",
    "alt_heatmap",
    "alt_lines",
    "alt_rank_bump",
    "alt_small_multiples",
    "alt_timeline",
    "bars_h",
    "bars_v",
    "coverage_strip",
    "dot_stack",
    "heatmap",
    "lines",
    "ordered",
    "rank_bump",
    "small_multiples",
    "timeline",
]
