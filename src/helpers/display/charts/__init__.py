"""The figures of a brief: tidy frame and translated labels in, one SVG string out."""

from __future__ import annotations

from helpers.display.charts.lines import lines

__all__ = ["lines"]
