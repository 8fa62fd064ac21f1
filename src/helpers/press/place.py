"""Put files where readers find them: whole or not at all.

Everything is written to a folder beside its place first, on the same file system, and then renamed.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO

from helpers.errors import BuildError, compose

PARTIAL = ".partial"
"""Folder of an edition in which files wait until they are whole."""

FAILED = ".failed"
"""Folder of an edition in which the notebooks of failed briefs are kept for looking at."""

HOPELESS = {errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EPERM, getattr(errno, "EDQUOT", errno.ENOSPC)}
"""Errors of the disk that the next brief would meet too."""


def write(path: Path, content: bytes) -> None:
    """Write a file, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def replace(path: Path, content: bytes) -> None:
    """Write a file beside its place and rename it into it, so that nobody ever sees half of it.

    Nothing is done when the same bytes are there.

    Raises
    ------
    BuildError
        The file cannot be written; the one that was there is left as it was.
    """
    try:
        if path.is_file() and path.read_bytes() == content:
            return
        keep(path, content)
    except OSError as error:
        raise BuildError(explain(error, path)) from error


def keep(path: Path, content: bytes) -> None:
    """Write a file beside its place and rename it into it; of one that cannot be written nothing is left."""
    beside = path.with_name(f".{path.name}.new")
    try:
        write(beside, content)
        os.replace(beside, path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def move(partial: Path, folder: Path, names: Collection[str]) -> None:
    """Rename finished files from the waiting folder into the edition's folder.

    Parameters
    ----------
    partial, folder
        The waiting folder and the edition's folder.
    names
        Paths inside both.
    """
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
    for name in names:
        os.replace(partial / name, folder / name)


def explain(error: OSError, path: Path) -> str:
    """Return what an error of the disk means for the reader of the reports folder."""
    todo = {
        errno.ENOSPC: "Free some space and run the command again; briefs that were there are untouched.",
        errno.EACCES: "Allow writing to it, or name another folder in BRIEFS_REPORTS.",
        errno.EROFS: "Name a folder that can be written to in BRIEFS_REPORTS.",
    }.get(error.errno or 0, "Name another folder in BRIEFS_REPORTS, or repair this one.")
    name = f"{path.parent.name}/{path.name}"
    return compose(f"writing {name}", "a folder that can be written to", error.strerror or str(error), todo)


@contextlib.contextmanager
def ready(folder: Path) -> Iterator[None]:
    """Hold an edition's folder for one build: it exists, can be written to, and no other build is at it.

    What an earlier build left half-made is removed before and after.

    Raises
    ------
    BuildError
        The folder cannot be made or written to, or another build holds it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder.parent / f".{folder.name}.lock").open("w") as lock:
            _hold(lock, folder)
            lock.write("A build holds this file while it writes the edition.\n")
            discard(folder)
            (folder / PARTIAL).mkdir()
            held = os.dup(lock.fileno())
    except OSError as error:
        raise BuildError(explain(error, folder)) from error
    try:
        yield
    finally:
        discard(folder)
        os.close(held)


def _hold(lock: IO[str], folder: Path) -> None:
    try:
        import fcntl
    except ImportError:  # not a POSIX system: two builds at once are the user's own care
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        todo = "Wait until it has ended."
        where = f"{folder.parent.name}/{folder.name}"
        raise BuildError(compose(where, "one build at a time", "another one at work", todo)) from error


def discard(folder: Path) -> None:
    """Remove what is waiting in an edition's folder, and what a killed build was about to put there."""
    shutil.rmtree(folder / PARTIAL, ignore_errors=True)
    for path in folder.glob(".*.new"):
        with contextlib.suppress(OSError):
            path.unlink()
