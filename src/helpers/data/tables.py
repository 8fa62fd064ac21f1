"""Read one file of ``data/`` into a frame with the types its descriptor names."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from helpers.data.descriptor import Field, Table
from helpers.errors import CatalogError, DataCheckError, compose, listed

pd.options.mode.string_storage = "python"
"""Text as Python strings: a brief asks hundreds of small questions of text columns, and each costs several times
as much where every cell has to come out of Arrow first (a state's cells took 1.3 times as long)."""

MARKS = {";": "semicolons", "\t": "tabs"}
"""What parts the columns of a CSV that was saved in another form."""

DESCRIBE = "If the change is meant, run `briefs data accept`; if not, restore the file."


def digest(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hexadecimal digits.

    Raises
    ------
    CatalogError
        If the file may not be read.
    """
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except PermissionError as error:
        expected, got = "a file that can be read", error.strerror or str(error)
        raise CatalogError(compose(path.name, expected, got, "Allow reading it.")) from error


def count(path: Path, form: str) -> int:
    """Return the number of rows of a stored table.

    Raises
    ------
    CatalogError
        If it is not a file of this form.
    """
    return len(_stored(path, form))


def read(folder: Path, table: Table) -> pd.DataFrame:
    """Return the table as stored, typed, after its bytes were compared with the descriptor's digest.

    Columns of type ``integer`` arrive as int64 where the descriptor requires a value, else as float64
    with NaN; ``number`` as float64; ``boolean`` as bool; ``string`` and ``date`` (ISO) as text, an empty
    cell being the empty string.

    Raises
    ------
    CatalogError
        If the file is missing or its digest differs.
    DataCheckError
        If its columns are not those of the descriptor or a number holds text.
    """
    return parsed(verified(folder, table), table)


def verified(folder: Path, table: Table) -> Path:
    """Return a table's file, whose bytes are those that the descriptor names.

    Raises
    ------
    CatalogError
        If the file is missing or its digest differs.
    """
    path = folder / table.path
    if not path.is_file():
        raise CatalogError(
            compose(f"table {table.name}", f"the file {table.path}", "no such file", "Restore it.")
        )
    got = digest(path)
    if got != table.sha256:
        raise CatalogError(
            compose(f"table {table.name} ({table.path})", f"sha256 {table.sha256}", got, DESCRIBE)
        )
    return path


def parsed(path: Path, table: Table) -> pd.DataFrame:
    """Return a table's file as a frame, as :func:`read` does, without a look at its digest."""
    return typed(_stored(path, table.format), table)


def _stored(path: Path, form: str) -> pd.DataFrame:
    if form == "parquet":
        return _parquet(path)
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        got, todo = _unread(path, error)
        raise CatalogError(compose(path.name, "a CSV with a header, in UTF-8", got, todo)) from error
    if got := _askew(frame):
        todo = "Save it again as “CSV UTF-8”, with commas, and a header for every column."
        raise CatalogError(compose(path.name, "a CSV with a header, in UTF-8", got, todo))
    return frame


def _askew(frame: pd.DataFrame) -> str:
    """Return why the cells of a CSV would not stand under their headers; empty where they do."""
    if not isinstance(frame.index, pd.RangeIndex):
        return "rows with more cells than the header"
    head = str(frame.columns[0])
    mark = max(MARKS, key=head.count)
    return f"columns that {MARKS[mark]} part" if len(frame.columns) == 1 and mark in head else ""


def _unread(path: Path, error: Exception) -> tuple[str, str]:
    """Return what came in place of a CSV, and what to do about it."""
    if isinstance(error, UnicodeDecodeError):
        row = path.read_bytes().decode("utf-8", "replace").partition("\ufffd")[0].count("\n") + 1
        return f"bytes that are not UTF-8 (row {row:,})", "Save it again as “CSV UTF-8”."
    if isinstance(error, pd.errors.EmptyDataError):
        return "an empty file", "Restore it."
    if isinstance(error, OSError):
        return error.strerror or str(error), "Allow reading it, or name another file."
    return str(error).strip(), "Repair the row it names, and save it again as “CSV UTF-8”."


def _parquet(path: Path) -> pd.DataFrame:
    """Read a Parquet file without starting a thread, so that a process that has read one can still be forked."""
    try:
        with parquet.ParquetFile(path, pre_buffer=False, memory_map=True) as file:
            return file.read(use_threads=False).to_pandas(use_threads=False)
    except (pa.ArrowException, OSError) as error:
        got = str(error).splitlines()[0].rstrip(".")
        raise CatalogError(compose(path.name, "a whole Parquet file", got, "Restore it.")) from error


def read_text(path: Path, table: Table, gather: list[str] | None = None) -> pd.DataFrame:
    """Return a reader's own CSV in the form of ``table``; optional columns may be absent and are then empty.

    With a list to ``gather`` them in, cells that are no numbers are named there and read as empty.

    Raises
    ------
    CatalogError
        If the file is missing, empty or not a CSV in UTF-8.
    DataCheckError
        If a required column is missing, an unknown one is present or a number holds text.
    """
    if not path.is_file():
        got = "a folder" if path.is_dir() else "no such file"
        raise CatalogError(compose(str(path), "a CSV file", got, "Correct the path."))
    frame = _stored(path, "csv")
    for field in table.fields:
        if field.name not in frame and not field.required:
            frame[field.name] = ""
    order = {name: place for place, name in enumerate(table.columns)}
    frame = frame[sorted(frame.columns, key=lambda name: order.get(str(name), len(order)))]
    return typed(frame, table, gather)


def typed(frame: pd.DataFrame, table: Table, gather: list[str] | None = None) -> pd.DataFrame:
    """Return ``frame`` with the types of the descriptor, all cells that are no numbers named at once."""
    if list(frame.columns) != table.columns:
        missing = [name for name in table.columns if name not in frame.columns]
        extra = [name for name in frame.columns if name not in table.columns]
        problem = [f"missing {listed(missing)}"] if missing else []
        problem += [f"unknown {listed(extra)}"] if extra else []
        raise DataCheckError(
            compose(
                f"table {table.name}",
                f"the columns {', '.join(table.columns)}",
                "; ".join(problem) or f"the same in another order ({', '.join(frame.columns)})",
                "Rename or restore the columns.",
            )
        )
    problems: list[str] = []
    columns = {field.name: _column(frame[field.name], field, problems) for field in table.fields}
    if problems and gather is None:
        raise DataCheckError(
            compose(f"table {table.name}", "numbers", "; ".join(problems), "Correct these cells.")
        )
    if gather is not None:
        gather += [f"{problem}, where a number is expected" for problem in problems]
    return pd.DataFrame(columns)


def _column(values: pd.Series, field: Field, problems: list[str]) -> pd.Series:
    if field.type in ("integer", "number"):
        return _number(values, field, problems)
    if field.type == "boolean":
        return _boolean(values, field, problems)
    return values.astype("str").fillna("") if values.hasnans else values.astype("str")


def _boolean(values: pd.Series, field: Field, problems: list[str]) -> pd.Series:
    if values.dtype == bool:
        return values
    known = (values == "true").where(values.isin(["true", "false"]))
    wrong = values[known.isna()]
    if len(wrong):
        problems.append(f"column {field.name}: {at_rows(wrong)} where true or false is expected")
        return values
    return known.astype(bool)


def _number(values: pd.Series, field: Field, problems: list[str]) -> pd.Series:
    numbers = (
        values if values.dtype.kind in "if" else pd.to_numeric(values.replace("", None), errors="coerce")
    )
    if numbers is not values:
        numbers = numbers.where(numbers.abs() != float("inf"))
        wrong = values[numbers.isna() & (values != "")]
        if len(wrong):
            problems.append(f"column {field.name}: {at_rows(wrong)}")
            return numbers.astype("float64")
    if field.type == "number":
        return numbers.astype("float64")
    if field.required and not numbers.hasnans:
        whole = numbers.astype("int64")
        if (whole == numbers).all():
            return whole
    return numbers.astype("float64")


def at_rows(values: pd.Series) -> str:
    """Return the values with the rows they stand in, the header of the file being row 1."""
    return listed(_At(value, index) for index, value in values.items())


class _At:
    """A value and its row, printed as ``'x' (row 7)``."""

    def __init__(self, value: object, index: object) -> None:
        self.value, self.row = value, int(str(index)) + 2

    def __str__(self) -> str:
        shown = repr(self.value) if isinstance(self.value, str) else str(self.value)
        return f"{shown} (row {self.row})"
