"""Note what is read from the data room, so that a brief can be made again when just that has changed.

Whoever wants to know names a file in the environment variable ``BRIEFS_READS``; every read then adds one JSON
line to it. Without the variable nothing is noted. A read says which file it came from and that file's digest;
where only a part of the file was handed out (the rows of one state, the figures known on a day), also the
digest of that part, so that another state's rows may change without any effect.

Keys of a read: ``what`` (``table``, ``register``, ``ledger``, ``description``, ``tables``, ``file``), ``name``,
``path`` (below ``data/``), ``sha256`` of the file, ``part`` (digest of the part, empty where all of the file was
handed out) and ``how`` (the selection that gives the part). Of a reader's own register or ledger ``name`` and ``path``
are the file's name without its folder, for reads are published.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from helpers.data import descriptor
from helpers.data.descriptor import Table

VARIABLE = "BRIEFS_READS"
"""Environment variable with the path of the file that reads are added to."""

OWN = ("hash", "bytes", "rows", "raw")
"""Entries of a descriptor's resource that follow from the table's bytes or tell of the answers they came from; a page
that shows them reads the table."""


def wanted() -> bool:
    """Return whether anybody wants to know."""
    return bool(os.environ.get(VARIABLE))


def note(
    what: str, name: str, path: str, sha256: str, part: str = "", how: Mapping[str, Any] | None = None
) -> None:
    """Add one read to the file that ``BRIEFS_READS`` names, if it names one."""
    if not wanted():
        return
    line = {"what": what, "name": name, "path": path, "sha256": sha256, "part": part, "how": dict(how or {})}
    text = json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n"
    with Path(os.environ[VARIABLE]).open("a", encoding="utf-8") as lines:
        lines.write(text)


def note_table(
    folder: Path,
    table: Table,
    frame: pd.DataFrame,
    as_of: str,
    vintage: str,
    where: Mapping[str, object],
    hashes: Callable[[], np.ndarray],
) -> None:
    """Note rows that were handed out: by their own digest where something was left out, else by the file's.

    `frame` has the index of the whole table, of whose rows `hashes` gives :func:`hashed`.
    """
    note_description(folder, table)
    if not where and not as_of:
        note("table", table.name, table.path, table.sha256)
        return
    how = {
        "where": {column: _plain(value) for column, value in where.items()},
        "as_of": as_of,
        "vintage": vintage,
    }
    part = _digest(frame, hashes()[frame.index.to_numpy()])
    note("table", table.name, table.path, table.sha256, part, how)


def note_description(folder: Path, table: Table) -> None:
    """Note that the description of a table was used: its columns and words, not its digest and counts."""
    if wanted():
        path = folder / descriptor.FILE
        note(
            "description",
            table.name,
            descriptor.FILE,
            _file(path, path.stat().st_mtime_ns),
            description(folder, table.name),
        )


def note_file(what: str, folder: Path, name: str, part: str = "") -> None:
    """Note that a file of the data folder was used, all of it unless the digest of a part is given."""
    if wanted():
        path = folder / name
        note(what, name, name, _file(path, path.stat().st_mtime_ns), part)


def rows(frame: pd.DataFrame) -> str:
    """Return the digest of a frame: columns, types, values and the order of the rows; the index has no say."""
    return _digest(frame, hashed(frame))


def hashed(frame: pd.DataFrame) -> np.ndarray:
    """Return a number for each row that depends on its values alone."""
    return pd.util.hash_pandas_object(frame, index=False).to_numpy().astype("<u8")


def _digest(frame: pd.DataFrame, hashes: np.ndarray) -> str:
    found = hashlib.sha256(repr([(name, str(kind)) for name, kind in frame.dtypes.items()]).encode())
    found.update(hashes.tobytes())
    return found.hexdigest()


def text(value: object) -> str:
    """Return the digest of a value that JSON can write."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def description(folder: Path, name: str) -> str:
    """Return the digest of what the descriptor says about a table, but for what follows from its bytes."""
    path = folder / descriptor.FILE
    return _descriptions(path, path.stat().st_mtime_ns)[name]


@lru_cache(maxsize=8)
def _descriptions(path: Path, stamp: int) -> dict[str, str]:
    resources = descriptor.raw(path.parent).get("resources", [])
    return {
        resource["name"]: text({key: entry for key, entry in resource.items() if key not in OWN})
        for resource in resources
    }


@lru_cache(maxsize=32)
def _file(path: Path, stamp: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _plain(value: object) -> Any:
    """Return a value of a filter as JSON writes it: a list in its order, a set sorted, a number without its type."""
    if isinstance(value, set | frozenset):
        return sorted((_plain(item) for item in value), key=str)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.item() if hasattr(value, "item") else value
