"""What a parameter may hold: a list of codes, a range of numbers, a date, or a file."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from helpers.errors import BookError, compose, listed
from helpers.press import strict

KEYS = ("values", "table", "code", "name", "holds", "minimum", "maximum", "date", "file", "empty")


@dataclass(frozen=True)
class Domain:
    """What one parameter may hold.

    Attributes
    ----------
    codes
        The valid codes, in the order of their table; empty when the domain is not a list.
    rows
        For a domain read from a table: code to row (column to text).
    name
        Column of `rows` with the English name, for suggestions.
    holds
        Code to the codes of another domain that belong to it (the states of a consular district), for the index.
    minimum, maximum
        Bounds of a number, both included.
    date, file
        The value is an ISO date; the value is the path of a file.
    empty
        The empty text is valid too and means "not given".
    """

    codes: tuple[str, ...] = ()
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    name: str = ""
    holds: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    minimum: int | None = None
    maximum: int | None = None
    date: bool = False
    file: bool = False
    empty: bool = False

    def problem(self, value: Any, folder: Path) -> tuple[str, str, str] | None:
        """Return (expected, got, what to do) when the value lies outside, or None.

        Parameters
        ----------
        value
            A value that already has the declared type.
        folder
            The folder that relative paths start from.
        """
        if self.empty and value == "":
            return None
        if self.codes and value not in self.codes:
            return (
                f"one of the codes {', '.join(self.codes)}",
                repr(value),
                "Correct it." + self.nearest(value),
            )
        if self.date and not _is_date(value):
            return "an ISO date such as '2022-07-05'", repr(value), "Write year-month-day."
        low, high = self.minimum, self.maximum
        if (low, high) != (None, None) and not isinstance(value, int | float):
            return f"a number from {low} to {high}", repr(value), "Correct the domain or the parameter."
        if (low is not None and value < low) or (high is not None and value > high):
            return f"a number from {low} to {high}", repr(value), "Choose one in the range."
        if self.file and not (folder / str(value)).is_file():
            return (
                "the path of a file, as seen from the notebooks folder",
                f"{value!r}, which is not there",
                "Correct the path.",
            )
        return None

    def nearest(self, value: Any) -> str:
        """Return the suggestion for a value that is no code: by its name first, then by likeness."""
        named = {row.get(self.name, "").casefold(): code for code, row in self.rows.items()}
        exact = {code.casefold(): code for code in self.codes} | named
        folded = str(value).casefold()
        by_name = strict.closest(value, named) if len(folded) > 3 else ""
        code = exact.get(folded) or named.get(by_name) or strict.closest(value, self.codes)
        return f" Did you mean '{code}'{self._called(code)}?" if code else ""

    def _called(self, code: str) -> str:
        name = self.rows.get(code, {}).get(self.name, "")
        return f" ({name})" if name else ""


def _is_date(value: Any) -> bool:
    try:
        return dt.date.fromisoformat(str(value)).isoformat() == value
    except ValueError:
        return False


def read(name: str, entry: Any, data: Path) -> Domain:
    """Return the domain that an entry of the book describes.

    Parameters
    ----------
    name
        The parameter's name, for messages.
    entry
        One of `{values: [...]}`, `{table:, code:, name:}`, `{minimum:, maximum:}`, `{date: true}`,
        `{file: true}`; each may have `empty: true`, and a table `holds: {table:, code:}`: a table with the same
        column of codes, and its column of the codes that belong to each.
    data
        The folder that `table` starts from.

    Raises
    ------
    BookError
        The entry is not of these forms, or its table or column is missing.
    """
    where = f"book.yml, domains: {name}"
    if not isinstance(entry, dict):
        raise BookError(compose(where, "a mapping", repr(entry), "Write for example {values: [en, ja]}."))
    problems = strict.unknown_keys(where, entry, KEYS) + _mistyped(where, entry)
    if problems:
        raise BookError("\n".join(problems))
    common = {key: entry[key] for key in ("minimum", "maximum", "date", "file", "empty") if key in entry}
    if "table" in entry:
        rows = _table(where, data / str(entry["table"]), str(entry.get("code", "")))
        holds = (
            _holds(f"{where}: holds", entry["holds"], str(entry["code"]), data) if "holds" in entry else {}
        )
        return Domain(codes=tuple(rows), rows=rows, name=str(entry.get("name", "")), holds=holds, **common)
    return Domain(codes=tuple(str(value) for value in entry.get("values", ())), **common)


def _mistyped(where: str, entry: Mapping[str, Any]) -> list[str]:
    """Return one message for each key of an entry whose value is of another kind than it has to be."""
    forms: dict[str, tuple[type, str, str]] = {
        "values": (list, "a list of values", "Write for example [en, ja]."),
        "table": (str, "the path of a table below data/", "Write for example reference/states.csv."),
        "code": (str, "the name of a column", "Write for example usps."),
        "name": (str, "the name of a column", "Write for example name_en."),
        "minimum": (int, "a whole number", "Write it without quotes."),
        "maximum": (int, "a whole number", "Write it without quotes."),
        "date": (bool, "true or false", "Write one of them."),
        "file": (bool, "true or false", "Write one of them."),
        "empty": (bool, "true or false", "Write one of them."),
    }
    return [
        compose(f"{where}: {key}", expected, repr(entry[key]), todo)
        for key, (kind, expected, todo) in forms.items()
        if key in entry and type(entry[key]) is not kind
    ]


def _table(where: str, path: Path, code: str) -> Mapping[str, Mapping[str, str]]:
    rows = _rows(where, path, code)
    codes = [row[code] for row in rows]
    twice = sorted({value for value in codes if codes.count(value) > 1})
    if twice:
        place = f"data/{path.parent.name}/{path.name}"
        raise BookError(compose(place, f"each {code} once", f"{listed(twice)} twice", "Remove a row."))
    return MappingProxyType({row[code]: MappingProxyType(row) for row in rows})


def _holds(where: str, entry: Any, code: str, data: Path) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(entry, dict) or set(entry) != {"table", "code"}:
        todo = "Write for example {table: reference/jurisdictions.csv, code: area}."
        raise BookError(compose(where, "a table and its column of codes", repr(entry), todo))
    held = str(entry["code"])
    found: dict[str, list[str]] = {}
    for row in _rows(where, data / str(entry["table"]), code, held):
        found.setdefault(row[code], []).append(row[held])
    return MappingProxyType({holder: tuple(sorted(codes)) for holder, codes in found.items()})


def _rows(where: str, path: Path, *codes: str) -> list[dict[str, str]]:
    """Return the rows of a table that has to have these columns."""
    place = f"data/{path.parent.name}/{path.name}"
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, restval="")
            rows = list(reader)
            columns = list(reader.fieldnames or ())
    except (UnicodeDecodeError, csv.Error) as error:
        got = strict.not_utf8(error) if isinstance(error, UnicodeDecodeError) else str(error)
        todo = "Save it again as “CSV UTF-8”."
        raise BookError(compose(where, f"a CSV in UTF-8 in {place}", got, todo)) from error
    except OSError as error:
        raise BookError(
            compose(where, f"the table {place}", error.strerror or str(error), "Restore the table.")
        ) from error
    if not columns:
        raise BookError(compose(where, f"a table with a header in {place}", "an empty file", "Restore it."))
    for code in codes:
        if code not in columns:
            todo = "Correct `code`." + strict.nearest(code, columns)
            raise BookError(compose(where, f"a column {code!r} in {place}", listed(columns), todo))
    return rows
