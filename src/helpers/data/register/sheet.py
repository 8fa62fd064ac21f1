"""The sheet of a register: its cells as they stand in the file, and which row and columns are its head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from helpers.data.register import columns
from helpers.data.register.problems import Problems, letters, one_line

LOOKED = 20
"""Rows at the top among which the head is looked for."""


@dataclass
class Sheet:
    """The cells of one sheet or CSV.

    Attributes
    ----------
    rows
        Every row from the first of the file on, as read; an empty cell is an empty text or None.
    name
        Of the sheet; empty for a CSV.
    form
        What the file is, in words.
    merged
        Merged ranges: first row, first column, last row, last column, all counted from zero.
    unsure
        Row and column (from zero) of the cells that hold a formula or an error, and which.
    hidden
        Number of hidden rows, which are read like the others.
    """

    rows: list[list[object]]
    name: str = ""
    form: str = ""
    merged: Sequence[tuple[int, int, int, int]] = ()
    unsure: Sequence[tuple[int, int, str]] = ()
    hidden: int = 0


@dataclass
class Head:
    """Where the header of a sheet is: its row from zero, column name to position, headers, what is not read.

    ``again`` holds the other rows of headers, which are no events.
    """

    row: int
    at: dict[str, int]
    headers: list[str]
    unread: list[str] = field(default_factory=list)
    again: set[int] = field(default_factory=set)

    def header(self, column: int) -> str:
        """Return the header over a column."""
        return self.headers[column] if 0 <= column < len(self.headers) else ""


def named(row: Sequence[object]) -> Iterator[tuple[int, str]]:
    """Yield position and column for the cells of a row that are headers."""
    for at, cell in enumerate(row):
        if isinstance(cell, str) and (name := columns.recognise(cell)):
            yield at, name


def width(row: Sequence[object]) -> int:
    """Return how many different columns a row names."""
    return len({name for _, name in named(row)})


def best(sheet: Sheet) -> int:
    """Return the row among the first that names most columns, or -1 when none names two."""
    widths = [width(row) for row in sheet.rows[:LOOKED]]
    most = max(widths, default=0)
    return widths.index(most) if most > 1 else -1


def filled(row: Sequence[object]) -> list[int]:
    """Return the positions of the cells of a row that are not empty."""
    return [at for at, cell in enumerate(row) if cell is not None and cell != "" and str(cell).strip()]


def head(sheet: Sheet, problems: Problems) -> Head:
    """Return the head of a sheet; everything that is wrong with it is noted, and then raised.

    The head is the row, among the first twenty, that names most columns; rows above it (the title of a list, the day
    it was printed) are not read. A second row of headers is a problem, and so are merged cells and formulas.
    """
    row = best(sheet)
    if row < 0:
        first = next((r for r, cells in enumerate(sheet.rows[:LOOKED]) if filled(cells)), 0)
        cells = [str(sheet.rows[first][at]).strip() for at in filled(sheet.rows[first])] if sheet.rows else []
        todo = "`briefs activities template` writes a register with all headers."
        expected = "a row of headers such as 案件名, 実施日, 公館, 州 or Title, Date, Mission, State"
        problems.add(first + 1, -1, "", expected, ", ".join(cells)[:120] or "nothing", todo)
        problems.settle()
    headers = [str(cell or "").strip() for cell in sheet.rows[row]]
    found = Head(row, {}, headers)
    for at, name in named(sheet.rows[row]):
        if name in found.at:
            got = f"column {letters(found.at[name])} ({headers[found.at[name]]}) for the same"
            problems.add(row + 1, at, headers[at], f"one column for {name}", got, "Keep one of the two.")
        found.at.setdefault(name, at)
    _lacking(found, problems)
    read = set(found.at.values())
    found.unread = [f"{one_line(headers[at])} ({letters(at)})" for at in filled(headers) if at not in read]
    _slips(found, problems)
    _second(sheet, found, problems)
    _merged(sheet, found, problems)
    for line, column, got in sheet.unsure:
        if line >= row and column in read:
            todo = "Put the value in its place: what a formula last gave is not taken as a fact."
            problems.add(line + 1, column, headers[column], "a value", got, todo)
    return found


def _lacking(found: Head, problems: Problems) -> None:
    for pair in columns.NEEDED:
        if not any(name in found.at for name in pair):
            one, other = (columns.BY_NAME[name] for name in pair)
            expected = f"a column {one.en} ({one.ja}) or {other.en} ({other.ja})"
            problems.add(found.row + 1, -1, "", expected, "none", "Add it.")


def _slips(found: Head, problems: Problems) -> None:
    """Note headers that are one letter off the name of a column that is not there."""
    import difflib

    absent = {text: name for text, name in columns.known().items() if name not in found.at and len(text) > 3}
    for at, header in enumerate(found.headers):
        if not header or columns.recognise(header):
            continue
        if near := difflib.get_close_matches(columns.plain(header), absent, n=1, cutoff=0.85):
            column = columns.BY_NAME[absent[near[0]]]
            todo = f"Did you mean {column.en} ({column.ja})? If not, name it otherwise."
            problems.add(found.row + 1, at, header, "a header that is known or plainly another", header, todo)


def _second(sheet: Sheet, found: Head, problems: Problems) -> None:
    """Note rows near the head that hold nothing but headers, and copies of the head anywhere."""
    own = sheet.rows[found.row]
    for line, row in enumerate(sheet.rows):
        near = abs(line - found.row) < LOOKED
        if line == found.row or not (near or row == own):
            continue
        cells = [str(row[at]) for at in filled(row)]
        if len(cells) > 1 and all(columns.recognise(cell) for cell in cells):
            found.again.add(line)
            got = f"a second one ({', '.join(cells[:4])})"
            todo = f"Keep one row of headers, and delete this one or row {found.row + 1}."
            problems.add(line + 1, -1, "", f"one row of headers (row {found.row + 1} is one)", got, todo)


def _merged(sheet: Sheet, found: Head, problems: Problems) -> None:
    read = set(found.at.values())
    for top, left, bottom, right in sheet.merged:
        if bottom < found.row or not read.intersection(range(left, right + 1)):
            continue
        place = f"{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"
        todo = "Unmerge them and fill in each cell."
        problems.add(top + 1, left, found.header(left), "single cells", f"merged cells {place}", todo)
