"""The register of outreach events: the shipped one, or a reader's own, which is checked whole before it is used."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

from helpers import paths
from helpers.data import catalog, descriptor, reads
from helpers.data import tables as files
from helpers.data.register import opened, places, typed
from helpers.data.register import sheet as sheets
from helpers.data.register.problems import Problems
from helpers.errors import CatalogError, compose, listed

TABLE = "events"


@dataclass(frozen=True)
class Own:
    """A reader's own register: its events, the row of each in the file, and what is to be said of the file.

    ``form`` is the kind of file and sheet; ``above`` the rows above the header, ``unread`` the columns that are not
    read, ``hidden`` the number of hidden rows (which are read).
    """

    events: pd.DataFrame
    lines: tuple[int, ...]
    form: str
    above: int
    unread: tuple[str, ...]
    hidden: int


def read(
    path: str = "", *, state: str | Sequence[str] = "", mission: str = "", columns: Sequence[str] = ()
) -> pd.DataFrame:
    """Return the events, one a row, checked, with the columns of ``data/taskforce/events.csv``.

    A brief that asks for some places, or for some columns, is made again only when just these change.

    Parameters
    ----------
    path
        CSV or XLSX file of a reader's own register, in place of the shipped one; see `own`. A register without a
        row is allowed. Empty: the shipped one.
    state
        USPS code, or several: only events in one of these states, alone or with others. Empty: all.
    mission
        Code of a mission: only its events, beside those of ``state``. Empty: all, or those of ``state``.
    columns
        Only these columns, in this order; empty: all.

    Raises
    ------
    CatalogError
        If the file cannot be opened as a register, or one of ``columns`` is unknown.
    DataCheckError
        If a row cannot be read, with every problem by row and column.
    """
    folder = paths.data_dir()
    table = catalog.find(TABLE)
    frame = own(path).events if path else catalog.whole(TABLE)
    unknown = [name for name in columns if name not in frame]
    if unknown:
        todo = "Correct it."
        raise CatalogError(
            compose("register of events", f"columns of {listed(table.columns)}", listed(unknown), todo)
        )
    states = [state] if isinstance(state, str) else list(state)
    found = _touching(frame, states, mission) if state or mission else frame
    found = (found[list(columns)] if columns else found).reset_index(drop=True)
    if reads.wanted():
        how = {
            "state": state if isinstance(state, str) else states,
            "mission": mission,
            "columns": list(columns),
        }
        _note(folder, table, path, found, how)
    return found


def own(path: str) -> Own:
    """Return a reader's own register, read once a process as long as the file does not change.

    The file is a CSV (UTF-8; Shift-JIS where the headers are Japanese) or an XLSX workbook with one such sheet.
    Headers are English or Japanese (:data:`helpers.data.register.columns.COLUMNS`). A row needs a title in one
    language, a date or a fiscal year, and a mission or a state; the rest may be empty. Columns with other headers are
    not read. In the result ``fiscal_year`` is derived from the date, an unknown format is ``unknown``, and a missing
    id is made from date, place and title (see ``typed._ids``).

    Raises
    ------
    CatalogError
        If the file is missing, in another form or encoding.
    DataCheckError
        With up to fifty problems, each with row and column as a spreadsheet shows them, and the number of the rest:
        an unknown state, mission or format, a date that never was, an end before its start, a fiscal year that does
        not fit the date, a headcount with words or below zero, an id given twice, merged cells, a formula, a second
        row of headers.
    """
    file = Path(path).expanduser()
    stamp = file.stat() if file.is_file() else None
    seen = (stamp.st_mtime_ns, stamp.st_size, stamp.st_ino) if stamp else ()
    return _own(file.resolve(), seen, paths.data_dir())


@lru_cache(maxsize=4)
def _own(file: Path, seen: tuple[int, ...], data: Path) -> Own:
    problems = Problems(file.name)
    with _uncollected():
        sheet = opened.read(file)
        head = sheets.head(sheet, problems)
        lists = [catalog.whole(name) for name in ("states", "areas", "missions")]
        found, lines = typed.table(sheet, head, places.build(*lists), problems)
        problems.settle()
        events = pd.DataFrame({name: _series(name, found[name]) for name in catalog.find(TABLE).columns})
        return Own(events, tuple(lines), sheet.form, head.row, tuple(head.unread), sheet.hidden)


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector from looking at a million cells again and again: a fifth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _series(name: str, values: list[object]) -> pd.Series:
    kinds = {"fiscal_year": "int64", "participants": "float64"}
    return pd.Series(values, dtype=kinds.get(name, "str"))


def _touching(frame: pd.DataFrame, states: Sequence[str], mission: str) -> pd.DataFrame:
    """Return the events of a mission, and those of which a state, or another one (``DC; VA``), is among ``states``."""
    wanted = {*states} - {""}
    several = frame["state"] + ";" + frame["other_states"]
    here = several.map(lambda codes: not wanted.isdisjoint(map(str.strip, codes.split(";")))).astype(bool)
    return frame[here | ((frame["mission"] == mission) & (mission != ""))]


def _note(
    folder: Path, table: descriptor.Table, path: str, found: pd.DataFrame, how: Mapping[str, object]
) -> None:
    """Note what was read; of a reader's own register the file's name only, for notes are published."""
    part = reads.rows(found) if any(how.values()) else ""
    sha256 = files.digest(Path(path).expanduser()) if path else table.sha256
    reads.note_description(folder, table)
    name = Path(path).name
    reads.note("register", name or TABLE, name or table.path, sha256, part, how)
