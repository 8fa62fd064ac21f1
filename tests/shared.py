"""What costs seconds and is the same for every test is made once a session, for all of its test processes."""

from __future__ import annotations

import fcntl
import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib


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


@functools.lru_cache(maxsize=16)
def tree(html: str) -> Element:
    """Return the page as parsed by the rules of HTML, to be read only; a page that breaks one of them is an error."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
