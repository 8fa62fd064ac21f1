"""What a notebook cell ends with: each function here takes results and a voice, and returns blocks."""

from __future__ import annotations

from helpers.display.show import (
    beside,
    changes,
    claims,
    commodities,
    definitions,
    desk,
    endmatter,
    events,
    investment,
    jobs,
    meetings,
    places,
    standing,
    state_changes,
    state_jobs,
    state_jobs_1990s,
    summary,
    taskforce,
    trade,
)

__all__ = [
    "beside",
    "changes",
    "claims",
    "commodities",
    "definitions",
    "desk",
    "endmatter",
    "events",
    "investment",
    "jobs",
    "meetings",
    "places",
    "standing",
    "state_changes",
    "state_jobs",
    "state_jobs_1990s",
    "summary",
    "taskforce",
    "trade",
]
