"""Keep of a lock on standard input only what requirements.lock does not have (for `make lock`)."""

from __future__ import annotations

import re
import sys
from pathlib import Path

LOCK = Path(__file__).resolve().parents[2] / "requirements.lock"
NAME = re.compile(r"^[a-z0-9][\w.-]*(?===)", re.MULTILINE)


def lacking(lock: str, have: str) -> str:
    """Return the blocks of a lock whose packages another lock does not pin."""
    known = set(NAME.findall(have))
    blocks = re.split(r"\n(?=[a-z0-9])", lock.strip())
    return "\n".join(block for block in blocks if block.partition("==")[0] not in known)


if __name__ == "__main__":
    print(
        "# For `make bench` only: ploomber-engine, and what it needs beyond requirements.lock; made by `make lock`."
    )
    print(lacking(sys.stdin.read(), LOCK.read_text(encoding="utf-8")))
