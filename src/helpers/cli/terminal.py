"""How the command line prints: to a terminal or to a file, paths as seen from where the user stands."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

_LOG_WIDTH = 140
"""Columns of a table that goes to a file or a pipe."""


def console(error: bool = False) -> Console:
    """Return where to print; wide where it is a file or a pipe."""
    from rich.console import Console

    found = Console(stderr=error, highlight=False)
    return found if found.is_terminal else Console(stderr=error, highlight=False, width=_LOG_WIDTH)


def plain(value: object) -> str:
    """Return text that the console prints as it stands."""
    from rich.markup import escape

    return escape(str(value))


def many(count: int, what: str) -> str:
    """Return a number of things in words: 1 brief, 2 briefs."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def shown(path: Path) -> str:
    """Return a path as seen from where the user stands, when that is shorter."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def prepare() -> None:
    """Print signs that the output's encoding lacks as question marks; refuse to work from a folder that is gone.

    Raises
    ------
    BriefsError
        If the working directory has been removed.
    """
    from helpers.errors import BriefsError, compose

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        os.getcwd()
    except FileNotFoundError as error:
        todo = "Change to another folder and run the command again."
        raise BriefsError(
            compose("working directory", "a folder that exists", "one that was removed", todo)
        ) from error


def unwritten(more: str = "") -> str:
    """Return why what was printed, and more, cannot be written; empty where it can, or where nobody reads on."""
    try:
        sys.stdout.write(more)
        sys.stdout.flush()
    except OSError as error:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(
                os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
            )  # nothing is left to write at the end
        return "" if isinstance(error, BrokenPipeError) else error.strerror or str(error)
    return ""
