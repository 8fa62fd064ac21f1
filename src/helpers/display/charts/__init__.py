"""The figures of a brief: tidy frame and translated labels in, one SVG string out."""

from __future__ import annotations

from helpers.display.charts.bars import bars_h, bars_h_panels, ordered
from helpers.display.charts.columns import bars_v
from helpers.display.charts.lines import lines

__all__ = ["bars_h", "bars_h_panels", "bars_v", "lines", "ordered"]
