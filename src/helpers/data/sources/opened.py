"""Take an official file, or its bytes, as one raw answer."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from helpers.data.sources.answer import Raw, SourceError
from helpers.errors import compose

MEDIA = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv",
}


END = "the end of the file"
"""Put behind the text as a row of its own; it is none where a quotation mark was never closed."""


def raw(content: bytes | Path, default: str) -> Raw:
    """Return the file at a path, or bytes under the name ``default``.

    Raises
    ------
    SourceError
        If the file is missing, a folder or empty.
    """
    name = content.name if isinstance(content, Path) else default
    if isinstance(content, Path) and not content.is_file():
        got = "a folder" if content.is_dir() else "no such file"
        raise SourceError(compose(str(content), "an official file", got, "Correct the path."))
    found = content.read_bytes() if isinstance(content, Path) else content
    if not found.strip():
        raise SourceError(compose(name, "a table", "an empty file", "Download it again."))
    media = MEDIA.get(Path(name).suffix.lower(), "application/octet-stream")
    return Raw(name=name, content=found, url=name, media=media)


def lines(file: Raw, *, whole: bool = True) -> list[list[str]]:
    """Return the cells of a CSV, a mark of byte order and blanks around cells taken off.

    UTF-8 is tried first, then the Windows code page, in which BEA's older files are. Not `whole`, a file that
    was cut short is read as well, to see what it was.

    Raises
    ------
    SourceError
        If the bytes are no CSV, or end within a quoted cell; the row that cannot be read is named.
    """
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = file.content.decode("cp1252", errors="replace")
    if "\0" in text or text.lstrip()[:1] == "<":
        raise SourceError(
            compose(file.name, "a CSV", "a web page or a binary file", "Download the CSV again.")
        )
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(f"{text}{'' if text.endswith(chr(10)) else chr(10)}{END}")):
            rows.append([cell.strip() for cell in row])
    except csv.Error as error:
        got, todo = f"row {len(rows) + 1}: {error}", "Download the CSV again."
        raise SourceError(compose(file.name, "a CSV", got, todo)) from error
    if rows.pop() != [END] and whole:
        got = f"row {len(rows) + 1} with a quotation mark that is not closed"
        raise SourceError(compose(file.name, "a whole CSV", got, "Download the CSV again."))
    return rows
