"""Find the reader of an official file from what stands in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from helpers.data.sources.answer import Fetched

Reader = Callable[..., Fetched]
"""``read(content: bytes | Path, *, vintage: str, released: str) -> Fetched``"""


def reader_for(path: Path) -> Reader:
    raise NotImplementedError
