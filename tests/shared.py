"""What costs seconds and is the same for every test is made once a session, for all of its test processes."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Shared:
    """A folder among the temporary files of this session, known to all of its test processes."""

    folder: Path

    def once(self, name: str, make: Callable[[Path], None]) -> Path:
        """Return the folder `name`, filled by the first test that asks; others wait for it. A failure leaves none."""
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (folder / "done").exists():
                make(folder)
                (folder / "done").touch()
        return folder
