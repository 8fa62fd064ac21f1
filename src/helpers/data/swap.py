"""Put several files into the data folder as one: all of them, or none.

The new files are written beside the old ones under hidden names, then a journal says which they are; from that
moment on the change is decided. Each is moved into its place, the descriptor (which holds the digests) last, and the
journal is removed. Whoever finds a journal finishes the moves (:func:`repair`); whoever finds hidden files without a
journal knows that nothing was decided, and removes them.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from helpers.errors import CatalogError, compose

JOURNAL = ".refresh.json"
ENDING = ".refresh"
"""What the hidden name of a new file ends with."""


def put(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files (path below `folder` -> content) so that a crash at any point leaves all old or all new ones.

    Parameters
    ----------
    files
        In the order in which they are moved into their places: what vouches for the others comes last.

    Raises
    ------
    OSError
        If the disk refuses; the files are then what they were.
    """
    repair(folder)
    moves = []
    try:
        for name, content in files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(_hidden(target), content)
            moves.append({"path": name, "sha256": hashlib.sha256(content).hexdigest()})
        new = folder / f"{JOURNAL}{ENDING}"
        _write(new, json.dumps({"moves": moves}, indent=1).encode())
        os.replace(new, folder / JOURNAL)
    except OSError:
        _sweep(folder)
        raise
    _sync(folder)
    _finish(folder)


def repair(folder: Path) -> list[str]:
    """Finish what was decided and interrupted, remove what was not decided; return the files that were finished.

    Raises
    ------
    CatalogError
        If a file that was decided on is gone, and the one in its place is not it (then none is moved); if the disk
        refuses.
    """
    try:
        found = _finish(folder) if (folder / JOURNAL).is_file() else []
        _sweep(folder)
    except OSError as error:
        expected, todo = "leave to finish what was interrupted", "Allow writing there, then run it again."
        raise CatalogError(compose(str(folder), expected, str(error), todo)) from error
    return found


def _finish(folder: Path) -> list[str]:
    journal = folder / JOURNAL
    moves = json.loads(journal.read_text(encoding="utf-8"))["moves"]
    waiting = []
    for move in moves:
        target = folder / move["path"]
        if _digest(_hidden(target)) == move["sha256"]:
            waiting.append(target)
        elif _digest(target) != move["sha256"]:
            raise CatalogError(
                compose(
                    f"an interrupted refresh ({JOURNAL})",
                    f"{move['path']} with sha256 {move['sha256'][:12]}",
                    "another file",
                    f"Restore data/ from version control and remove data/{JOURNAL}.",
                )
            )
    for target in waiting:
        os.replace(_hidden(target), target)
        _sync(target.parent)
    journal.unlink()
    _sync(folder)
    return [move["path"] for move in moves]


def _hidden(target: Path) -> Path:
    return target.with_name(f".{target.name}{ENDING}")


def _sweep(folder: Path) -> None:
    """Remove new files that no journal decided on."""
    for path in folder.rglob(f".*{ENDING}"):
        path.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Make the names in a folder last, where the system can open a folder."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
