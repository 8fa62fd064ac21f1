"""Follow what a notebook reads while it runs.

The data room adds a line for each read to the file that ``BRIEFS_READS`` names (see ``helpers.data.reads``);
the press knows the room by that file only. A kernel inherits the variable from the process that starts it.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

VARIABLE = "BRIEFS_READS"
"""Environment variable with the path of the file that reads are added to."""

Reads = tuple[Mapping[str, Any], ...]
"""What a brief read, each read once, in an order that does not depend on the order of the cells."""


@contextlib.contextmanager
def followed() -> Iterator[Path]:
    """Set the variable to a fresh file for one notebook, and remove the file afterwards."""
    before = os.environ.get(VARIABLE)
    number, name = tempfile.mkstemp(prefix="reads-", suffix=".jsonl")
    os.close(number)
    os.environ[VARIABLE] = name
    try:
        yield Path(name)
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before
        Path(name).unlink(missing_ok=True)


def variables() -> dict[str, str]:
    """Return the variable as it is set now, for a process that does not inherit it."""
    return {VARIABLE: os.environ[VARIABLE]} if VARIABLE in os.environ else {}


def gathered(path: Path) -> Reads:
    """Return the reads in a file, each once and sorted."""
    lines = sorted(set(path.read_text(encoding="utf-8").split("\n")) - {""})
    return tuple(json.loads(line) for line in lines)
