"""What a notebook cell ends with: each function here takes results and a voice, and returns blocks."""

from __future__ import annotations

from helpers.display.show import (
    beside,
    claims,
    endmatter,
    events,
    investment,
    jobs,
    meetings,
    places,
    quality,
    quality_tables,
    standing,
    state_jobs,
    summary,
    taskforce,
    trade,
    triangulation,
)

__all__ = [
    "beside",
    "claims",
    "endmatter",
    "events",
    "investment",
    "jobs",
    "meetings",
    "places",
    "quality",
    "quality_tables",
    "standing",
    "state_jobs",
    "summary",
    "taskforce",
    "trade",
    "triangulation",
]
