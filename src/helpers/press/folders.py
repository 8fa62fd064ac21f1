"""Folders for temporary files that say whose they are, so that what a killed process left can be cleared away."""

from __future__ import annotations

import contextlib
import os
import platform
import re
import shutil
import tempfile
import zlib
from pathlib import Path

PREFIX = f"briefs-{zlib.crc32(platform.node().encode()):08x}-"
"""A machine's own: another one that shares the folder has other processes of the same numbers."""
_OWNED = re.compile(rf"{PREFIX}(\d+)-")


def new(parent: str | None = None) -> Path:
    """Return a new folder of this process, in the usual place for temporary files or in another."""
    return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=parent))


def clear() -> None:
    """Remove the folders of this user's processes that have ended without doing so (killed, cut off)."""
    with contextlib.suppress(OSError):
        for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
            owner = _OWNED.match(path.name)
            with contextlib.suppress(OSError):
                if owner and path.stat().st_uid == os.getuid() and not _alive(int(owner[1])):
                    shutil.rmtree(path, ignore_errors=True)


def _alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
