"""What a notebook cell ends with: each function here takes results and a voice, and returns blocks."""

from __future__ import annotations

from helpers.display.show import (
    association,
    beside,
    claims,
    endmatter,
    events,
    investment,
    jobs,
    meetings,
    places,
    presence,
    priority,
    register,
    standing,
    state_jobs,
    summary,
    taskforce,
    trade,
)

__all__ = [
    "association",
    "beside",
    "claims",
    "endmatter",
    "events",
    "investment",
    "jobs",
    "meetings",
    "places",
    "presence",
    "priority",
    "register",
    "standing",
    "state_jobs",
    "summary",
    "taskforce",
    "trade",
]
