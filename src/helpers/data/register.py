"""The register of outreach events: the shipped one, or a reader's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from helpers import paths
from helpers.data import catalog, descriptor, reads, schemas
from helpers.data import tables as files
from helpers.errors import CatalogError, compose, listed

TABLE = "events"


def read(path: str = "", *, state: str = "", columns: Sequence[str] = ()) -> pd.DataFrame:
    """Return the events, one a row, checked.

    A brief that asks for one state, or for some columns, is made again only when just these change.

    Parameters
    ----------
    path
        CSV file in UTF-8 with the columns of ``data/taskforce/events.csv``, in place of the shipped
        register; columns that may be empty may also be absent. A register without a row is allowed.
        Empty: the shipped one.
    state
        USPS code: only events in that state, alone or with others. Empty: all.
    columns
        Only these columns, in this order; empty: all.

    Raises
    ------
    CatalogError
        If the file is missing or is no CSV, or a column is unknown.
    DataCheckError
        If a column is missing or unknown, a number holds text, a key occurs twice or a code is unknown.
    """
    folder = paths.data_dir()
    table = catalog.find(TABLE)
    if path:
        file = Path(path).expanduser()
        frame = schemas.check(files.read_text(file, table), table)
        catalog.check_codes(frame, table)
    else:
        frame = catalog.whole(TABLE)
    unknown = [name for name in columns if name not in frame]
    if unknown:
        todo = "Correct it."
        raise CatalogError(
            compose("register of events", f"columns of {listed(table.columns)}", listed(unknown), todo)
        )
    found = _touching(frame, state) if state else frame
    found = (found[list(columns)] if columns else found).reset_index(drop=True)
    if reads.wanted():
        _note(folder, table, path, found, state, columns)
    return found


def _touching(frame: pd.DataFrame, state: str) -> pd.DataFrame:
    """Return the events whose state, or one of whose other states (``DC; VA``), is ``state``."""
    others = frame["other_states"].str.split(";").map(lambda codes: state in [code.strip() for code in codes])
    return frame[(frame["state"].str.strip() == state) | others.astype(bool)]


def _note(
    folder: Path, table: descriptor.Table, path: str, found: pd.DataFrame, state: str, columns: Sequence[str]
) -> None:
    part = reads.rows(found) if state or columns else ""
    sha256 = files.digest(Path(path).expanduser()) if path else table.sha256
    how = {"state": state, "columns": list(columns)}
    reads.note_description(folder, table)
    reads.note("register", path or TABLE, path or table.path, sha256, part, how)
