"""Read the sheets of an XLSX workbook: values fast, and from the sheet's XML what values do not tell.

A value alone does not say whether a formula made it, and a cell that holds an error or was merged away is just empty.
So the XML of a sheet is searched for formulas, errors and hidden rows, too; only rows with a sign of one are taken
apart.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from helpers.data.register import sheet
from helpers.data.register.sheet import Sheet
from helpers.errors import CatalogError, compose

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

LARGEST = 2**30
"""Bytes that a sheet may unpack to: a workbook that claims more is not opened."""

FORMULA, ERROR = "a formula", "an error such as #N/A"
"""What a cell may hold that its value does not tell: an error is read as nothing."""

_FAILED = (b' t="e"', b" t='e'")
_SIGNS = (b"<f", b":f", *_FAILED)
_DATA = re.compile(rb"<(\w+:)?sheetData\b")
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])([^>]*)>")
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])([^>]*)>(?:\s*<(?:\w+:)?(f)[\s/>])?")
_HIDDEN = re.compile(rb"\shidden=[\"'](?:1|true)")
_ADDRESS = re.compile(rb"\sr=[\"']([A-Z]*)(\d+)")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def sheets(path: Path) -> list[Sheet]:
    """Return the sheets of a workbook; formulas and merged cells only of those that have a row of headers.

    Raises
    ------
    CatalogError
        If the file is no workbook that can be read.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with zipfile.ZipFile(path) as parcel:
            parts = _parts(parcel)
            if max((parcel.getinfo(part).file_size for part in parts.values()), default=0) > LARGEST:
                raise CatalogError(
                    compose(path.name, "a register", "a sheet of more than 1 GB", "Remove empty rows.")
                )
            book = CalamineWorkbook.from_path(str(path))
            return [_read(book, name, parcel, parts.get(name, "")) for name in book.sheet_names]
    except (CalamineError, zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError) as error:
        todo = "Open it in a spreadsheet program and save it as XLSX again."
        got = f"{type(error).__name__}: {error}"
        raise CatalogError(compose(path.name, "an XLSX workbook", got, todo)) from error


def _read(book: CalamineWorkbook, name: str, parcel: zipfile.ZipFile, part: str) -> Sheet:
    """Return a sheet; its XML is unpacked and searched while calamine, which needs no interpreter, reads the values."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        looked = beside.submit(_looked, parcel, part) if part else None
        values = book.get_sheet_by_name(name)
        found = Sheet(values.to_python(skip_empty_area=False), name, f"XLSX, sheet {name}")  # type: ignore[arg-type]
    if looked is None or sheet.best(found) < 0:
        return found
    found.merged = [(*first, *last) for first, last in values.merged_cell_ranges or ()]
    found.hidden, found.unsure = looked.result()
    return found


def _looked(parcel: zipfile.ZipFile, part: str) -> tuple[int, list[tuple[int, int, str]]]:
    """Return how many rows of a sheet are hidden, and its cells with a formula or an error."""
    xml = parcel.read(part)
    hidden = sum(1 for row in _ROW.finditer(xml) if _HIDDEN.search(row[1])) if b"hidden=" in xml else 0
    return hidden, [*_unsure(xml)] if any(sign in xml for sign in _SIGNS) else []


def _parts(parcel: zipfile.ZipFile) -> dict[str, str]:
    """Return the path inside the archive of every sheet by its name."""
    relations = ElementTree.fromstring(parcel.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): str(one.get("Target")) for one in relations}
    book = ElementTree.fromstring(parcel.read("xl/workbook.xml"))
    found = {}
    for one in book.iter():
        if _local(one.tag) != "sheet":
            continue
        target = targets.get(one.get(_RELATION) or one.get(_STRICT), "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if path in parcel.namelist():
            found[str(one.get("name"))] = path
    return found


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _unsure(xml: bytes) -> Iterator[tuple[int, int, str]]:
    """Yield row and column, from zero, of every cell with a formula or an error, also where its address is left out."""
    data = _DATA.search(xml)
    prefix = data[1] or b"" if data else b""
    double, single = _FAILED
    row = -1
    for part in xml.split(b"</" + prefix + b"row>"):
        row += part.count(b"<" + prefix + b"row")
        if not any(sign in part for sign in _SIGNS):
            continue
        for own in _ROW.findall(part)[-1:]:
            address = _ADDRESS.search(own)
            row = int(address[2]) - 1 if address else row
        cells = _CELL.findall(part)
        for at, (own, formula) in enumerate(cells):
            if double in own or single in own:
                yield row, _column(cells, at), ERROR
            elif formula:
                yield row, _column(cells, at), FORMULA


def _column(cells: list[tuple[bytes, bytes]], at: int) -> int:
    """Return the column of a cell from zero: by its address, or that of the last before it that has one."""
    for back in range(at, -1, -1):
        if address := _ADDRESS.search(cells[back][0]):
            return _number(address[1]) + at - back
    return at


def _number(letters: bytes) -> int:
    found = 0
    for sign in letters:
        found = found * 26 + sign - 64
    return found - 1
