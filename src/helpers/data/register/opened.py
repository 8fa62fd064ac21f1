"""Open a register: CSV in UTF-8 or (with Japanese headers) Shift-JIS, or the one sheet of a workbook that holds it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from helpers.data.register import columns, sheet
from helpers.data.register.sheet import Sheet
from helpers.errors import CatalogError, compose, listed

FORMS = "a register as CSV or XLSX"
_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read(path: Path) -> Sheet:
    """Return the sheet of a register.

    Raises
    ------
    CatalogError
        If the file is missing, a folder or empty, is neither a CSV nor a workbook, stands in another encoding, or
        holds no sheet or several sheets of a register.
    """
    if path.is_dir():
        raise CatalogError(compose(path.name, FORMS, "a folder", f"Name a file in it: {path}"))
    if not path.is_file():
        raise CatalogError(compose(path.name, FORMS, "no such file", f"Correct the path: {path}"))
    try:
        content = path.read_bytes()
    except OSError as error:
        got = error.strerror or str(error)
        raise CatalogError(compose(path.name, FORMS, got, "Close or copy it, then try again.")) from error
    if content.startswith(_OLD):
        todo = "Save it as XLSX (Excel workbook), without a password."
        raise CatalogError(compose(path.name, FORMS, "an old or protected workbook", todo))
    if content.startswith(_ZIP):
        from helpers.data.register import workbook

        return _one(workbook.sheets(path), path)
    return _text(content, path)


def _one(found: list[Sheet], path: Path) -> Sheet:
    """Return the one sheet with a row of headers; where none has one, the first."""
    holding = [one for one in found if sheet.best(one) >= 0]
    if len(holding) > 1:
        todo = "Keep the register in one sheet; move the others to another file."
        got = listed(one.name for one in holding)
        raise CatalogError(compose(path.name, "one sheet with the headers of a register", got, todo))
    if not found:
        raise CatalogError(compose(path.name, FORMS, "a workbook without a sheet", "Correct the path."))
    return holding[0] if holding else found[0]


def _text(content: bytes, path: Path) -> Sheet:
    try:
        return _rows(content.decode("utf-8-sig"), "CSV, UTF-8", path)
    except UnicodeDecodeError as error:
        got = f"bytes that are not UTF-8 (at {error.start:,})"
    try:
        found = _rows(content.decode("cp932"), "CSV, Shift-JIS", path)
    except UnicodeDecodeError:
        found = Sheet([])
    top = found.rows[: sheet.LOOKED]
    if any(_japanese(cell) for row in top for cell in row if columns.recognise(str(cell))):
        return found
    todo = "Save it again as “CSV UTF-8”; Shift-JIS is read where the headers are Japanese (案件名, 実施日)."
    raise CatalogError(compose(path.name, "a CSV with a header, in UTF-8", got, todo))


def _japanese(cell: object) -> bool:
    return any(ord(sign) > 0x3000 for sign in str(cell))


def _rows(text: str, form: str, path: Path) -> Sheet:
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = max(",\t;", key=first.count)
    rows: list[list[object]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True):
            rows.append(list(row))
    except csv.Error as error:
        got, todo = broken(error, len(rows) + 1)
        raise CatalogError(compose(path.name, "a CSV with a header, in UTF-8", got, todo)) from error
    if not any(sheet.filled(row) for row in rows):
        raise CatalogError(compose(path.name, FORMS, "an empty file", "Correct the path."))
    return Sheet(rows, form=form)


def broken(error: csv.Error, row: int) -> tuple[str, str]:
    """Return what is wrong with a row of a CSV, and what to do; the first row of the file is row 1."""
    todo = "Look for a quote there that is not closed or not doubled, and save it again as “CSV UTF-8”."
    if "unexpected end" in str(error):
        return f"a quote in row {row} that is not closed", todo
    if "field limit" in str(error):
        return f"a cell of more than {csv.field_size_limit():,} characters in row {row}", todo
    return f"row {row}: {error}", todo
