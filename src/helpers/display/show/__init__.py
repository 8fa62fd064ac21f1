"""What a notebook cell ends with: each function here takes results and a voice, and returns one block."""

from __future__ import annotations

from helpers.display.show import (
    claims,
    endmatter,
    events,
    investment,
    jobs,
    places,
    summary,
    taskforce,
    trade,
)

__all__ = ["claims", "endmatter", "events", "investment", "jobs", "places", "summary", "taskforce", "trade"]
