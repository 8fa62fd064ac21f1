"""What a build has finished, a line a brief, until its manifest is written.

A build that is killed leaves its journal behind: the next one takes it over, so that finished briefs are not
made again. A last line that was cut off is left out; its brief is made again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from helpers.press import manifest

NAME = ".journal"


def note(folder: Path, addition: Mapping[str, Any]) -> None:
    """Add what one brief adds to the manifest (see `manifest.addition`); an OSError says that it cannot."""
    with (folder / NAME).open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(addition, ensure_ascii=False) + "\n")


def recorded(folder: Path) -> dict[str, Any]:
    """Return the manifest with what the journal of a build at work, or cut off, has beyond it.

    Raises
    ------
    BuildError
        The manifest is there and is not one.
    """
    content = manifest.read(folder)
    path = folder / NAME
    if path.is_file():
        for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
            try:
                manifest.add(content, json.loads(line))
            except (ValueError, KeyError, TypeError):
                break
    return content


def forget(folder: Path) -> None:
    """Remove the journal: the manifest has it all."""
    (folder / NAME).unlink(missing_ok=True)
