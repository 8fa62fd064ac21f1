"""Read the sheets of an XLSX workbook: values fast, and from the sheet's XML what values do not tell.

A value alone does not say whether a formula made it, and a cell that holds an error or was merged away is just empty.
So the XML of a sheet is searched for formulas, errors and hidden rows, too; it is parsed only where there is one.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast
from xml.etree import ElementTree

from helpers.data.register import sheet
from helpers.data.register.sheet import Sheet
from helpers.errors import CatalogError, compose

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

LARGEST = 2**30
"""Bytes that a sheet may unpack to: a workbook that claims more is not opened."""

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]|\st=[\"']e[\"']")
FORMULA, ERROR = "a formula", "an error such as #N/A"
"""What a cell may hold that its value does not tell: an error is read as nothing."""

_SIGNS = (b"<f", b":f", b't="e"', b"t='e'")
_HIDDEN = re.compile(rb"<(?:\w+:)?row\b[^>]*\bhidden=[\"'](?:1|true)")
_ADDRESS = re.compile(r"([A-Z]+)(\d+)")
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
    values = book.get_sheet_by_name(name)
    found = Sheet(values.to_python(skip_empty_area=False), name, f"XLSX, sheet {name}")  # type: ignore[arg-type]
    if not part or sheet.best(found) < 0:
        return found
    found.merged = [(*first, *last) for first, last in values.merged_cell_ranges or ()]
    xml = parcel.read(part)
    found.hidden = len(_HIDDEN.findall(xml)) if b"hidden=" in xml else 0
    if any(sign in xml for sign in _SIGNS) and _FORMULA.search(xml):
        found.unsure = list(_unsure(xml))
    return found


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
    row, column, failed = -1, -1, False
    parser: ElementTree.XMLPullParser[ElementTree.Element] = ElementTree.XMLPullParser(("start", "end"))
    for at in range(0, len(xml), 2**20):
        parser.feed(xml[at : at + 2**20])
        for event, element in cast("Iterator[tuple[str, ElementTree.Element]]", parser.read_events()):
            kind = _local(element.tag)
            if event == "start" and kind == "row":
                row = int(element.get("r") or row + 2) - 1
                column = -1
            elif event == "start" and kind == "c":
                address = _ADDRESS.fullmatch(element.get("r") or "")
                column = _number(address[1]) if address else column + 1
                failed = element.get("t") == "e"
                if failed:
                    yield row, column, ERROR
            elif event == "start" and kind == "f" and not failed:
                yield row, column, FORMULA
            elif event == "end" and kind == "row":
                element.clear()


def _number(text: str) -> int:
    found = 0
    for sign in text:
        found = found * 26 + ord(sign) - 64
    return found - 1
