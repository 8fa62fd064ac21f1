"""How the command line prints: to a terminal or to a file, paths as seen from where the user stands."""

from __future__ import annotations

import os
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


def shown(path: Path) -> str:
    """Return a path as seen from where the user stands, when that is shorter."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
