"""The tables of ``data/`` by name: loaded, checked, filtered to what was known on a day.

A table is read once a process: its digest is compared with the descriptor, its columns and rows with its
schema, its codes with the lists they come from. Later calls hand out views of the same frame.
"""

from __future__ import annotations

import copy
import difflib
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import yaml

from helpers import paths
from helpers.data import descriptor, keys, reads, schemas, vintages
from helpers.data import tables as files
from helpers.data.descriptor import Source, Table
from helpers.errors import CatalogError, DataCheckError, compose, listed

__all__ = [
    "Source",
    "Table",
    "check_codes",
    "describe",
    "load",
    "loader",
    "method_cards",
    "names",
    "sources",
    "tables",
    "unknown_codes",
]

NAMED = {"partners": "iso3", "aggregates": "code", "areas": "code", "states": "usps", "missions": "mission"}
"""Tables that give a display name to a code, and the column of the code."""

METHODS = "methods.yml"
"""File of the method cards."""


def tables() -> list[str]:
    """Return the names of all tables, in the order of the descriptor."""
    folder = paths.data_dir()
    found = list(descriptor.package(folder))
    reads.note_file("tables", folder, descriptor.FILE, reads.text(found))
    return found


def describe(name: str) -> Table:
    """Return what the descriptor says about one table.

    Raises
    ------
    CatalogError
        If no table has this name; the message lists the nearest ones.
    """
    table, folder = find(name), paths.data_dir()
    if not reads.wanted():
        return table
    reads.note_description(folder, table)
    return _Noted(**{field: getattr(table, field) for field in Table.__dataclass_fields__})


class _Noted(Table):
    """A description whose digest and number of rows count as a read of the table when somebody looks at them."""

    def __getattribute__(self, name: str) -> Any:
        if name in ("rows", "sha256"):
            sha256 = super().__getattribute__("sha256")
            reads.note("table", self.name, self.path, sha256)
        return super().__getattribute__(name)


def find(name: str) -> Table:
    """Return the description of one table without noting that it was used (see :mod:`helpers.data.reads`)."""
    package = descriptor.package(paths.data_dir())
    if name in package:
        return package[name]
    near = difflib.get_close_matches(name, package, n=3) or list(package)
    raise CatalogError(compose("data", f"a table such as {listed(near)}", repr(name), "Correct the name."))


def load(
    name: str, *, as_of: str = "", vintage: Literal["preferred", "all"] = "preferred", **where: object
) -> pd.DataFrame:
    """Return one table, checked, with a fresh index.

    Parameters
    ----------
    name
        One of :func:`tables`.
    as_of
        ISO date: only rows whose period had first been published by then (column ``released``). Empty: all.
    vintage
        ``"preferred"`` keeps one vintage per period (see :func:`helpers.data.vintages.preferred`);
        ``"all"`` keeps every vintage that was in hand on that day (see :func:`helpers.data.vintages.every`).
    where
        Columns and the value, or list of values, to keep: ``load("state_trade", state="TN")``. A brief that
        loads by ``where`` or ``as_of`` is made again only when these rows change, else when any row does.

    Raises
    ------
    CatalogError
        If the table is unknown, its file missing or changed, or a column of ``where`` is not in it.
    DataCheckError
        If its content breaks the schema or holds a code that no list knows.
    """
    table, folder = find(name), paths.data_dir()
    stamp = _stamp(folder, table)
    frame = _checked(folder, name, stamp)
    unknown = [column for column in where if column not in frame]
    if unknown:
        raise CatalogError(
            compose(f"table {name}", f"a column of {listed(table.columns)}", listed(unknown), "Correct it.")
        )
    frame = _known(folder, name, stamp, as_of, vintage)
    for column, value in where.items():
        wanted = value if isinstance(value, list | tuple | set) else [value]
        frame = frame[frame[column].isin(list(wanted))]
    if reads.wanted():
        hashed = partial(_hashed, folder, name, stamp)
        reads.note_table(folder, table, frame, as_of, vintage, where, hashed)
    return frame.reset_index(drop=True)


def whole(name: str) -> pd.DataFrame:
    """Return a table as it is kept, checked, for who selects from it and notes that: not to be changed."""
    folder = paths.data_dir()
    return _checked(folder, name, _stamp(folder, find(name)))


def loader(as_of: str) -> partial[pd.DataFrame]:
    """Return :func:`load` for one day: what had been published by ``as_of`` (empty: everything)."""
    return partial(load, as_of=as_of)


def _stamp(folder: Path, table: Table) -> tuple[int, ...]:
    """Return when the descriptor and the table's file last changed: the cache forgets what is older."""
    files_read = (folder / descriptor.FILE, folder / table.path)
    return tuple(path.stat().st_mtime_ns if path.is_file() else 0 for path in files_read)


@lru_cache(maxsize=128)
def _checked(folder: Path, name: str, stamp: tuple[int, ...]) -> pd.DataFrame:
    table = descriptor.package(folder)[name]
    key = (table.sha256, table.name, table.format, table.fields, table.primary_key)
    frame, problem = _schemed(_Content(key, table, files.verified(folder, table)))
    problems = [problem] if problem else []
    try:
        check_codes(frame, table)
    except DataCheckError as error:
        problems.append(str(error))
    if problems:
        raise DataCheckError("\n".join(problems))
    return frame


@dataclass(frozen=True)
class _Content:
    """The bytes and the form of a table, in whichever folder: what is the same in two is read once."""

    key: tuple[Any, ...]
    table: Table = field(compare=False)
    path: Path = field(compare=False)


@lru_cache(maxsize=128)
def _schemed(content: _Content) -> tuple[pd.DataFrame, str]:
    """Return a table and what breaks its schema, if anything does."""
    frame = files.parsed(content.path, content.table)
    try:
        return schemas.check(frame, content.table), ""
    except DataCheckError as error:
        return frame, str(error)


@lru_cache(maxsize=256)
def _known(folder: Path, name: str, stamp: tuple[int, ...], as_of: str, vintage: str) -> pd.DataFrame:
    """Return the rows of a table that were known on a day, with the index they have in the whole table."""
    frame = vintages.known_by(_checked(folder, name, stamp), as_of)
    choose = vintages.preferred if vintage == "preferred" else vintages.every
    return choose(frame, descriptor.package(folder)[name].one_vintage_per, as_of)


@lru_cache(maxsize=128)
def _hashed(folder: Path, name: str, stamp: tuple[int, ...]) -> np.ndarray:
    """Return a hash of each row of a table: computed once, for every part of it that is ever handed out."""
    return reads.hashed(_checked(folder, name, stamp))


def check_codes(frame: pd.DataFrame, table: Table) -> None:
    """Raise a DataCheckError unless every code of ``frame`` stands in the list that the descriptor names."""
    keys.check(frame, table, _codes)


def unknown_codes(frame: pd.DataFrame, table: Table) -> list[str]:
    """Return, for every column of codes, those that stand in none of its lists, with their rows."""
    return keys.problems(frame, table, _codes)


def _codes(name: str, column: str) -> frozenset[str]:
    table, folder = find(name), paths.data_dir()
    return _column(folder, name, column, _stamp(folder, table))


@lru_cache(maxsize=128)
def _column(folder: Path, name: str, column: str, stamp: tuple[int, ...]) -> frozenset[str]:
    """Return the codes of a list. Its own rows are checked when it is loaded for itself."""
    return frozenset(files.read(folder, descriptor.package(folder)[name])[column])


def names(lang: str) -> dict[str, str]:
    """Return the display name of every partner, aggregate, area, state and mission by its code.

    No code stands for two things: states have two letters, partners three, missions lower case.

    Raises
    ------
    CatalogError
        If the language is neither ``en`` nor ``ja``.
    """
    if lang not in ("en", "ja"):
        raise CatalogError(compose("parameter 'lang'", "'en' or 'ja'", repr(lang), "Choose one of them."))
    found: dict[str, str] = {}
    for table, code in NAMED.items():
        frame = load(table)
        found |= dict(zip(frame[code], frame[f"name_{lang}"], strict=True))
    return found


def sources() -> pd.DataFrame:
    """Return the publications that the column ``source`` of the tables names by key."""
    return load("sources")


@lru_cache(maxsize=2)
def _cards(path: Path, stamp: int) -> dict[str, Any]:
    return paths.content(path) or {}


def method_cards() -> dict[str, Any]:
    """Return the method cards by indicator: definition, unit, basis and so on, each in English and Japanese.

    Raises
    ------
    CatalogError
        If ``methods.yml`` is missing or no mapping in UTF-8, or a card names a table that does not exist.
    """
    path = paths.data_dir() / METHODS
    if not path.is_file():
        raise CatalogError(compose("data", "the method cards in methods.yml", "no such file", "Restore it."))
    try:
        cards = copy.deepcopy(_cards(path, path.stat().st_mtime_ns))
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        got, todo = str(error).splitlines()[0], "Repair it, and save it again as UTF-8."
        raise CatalogError(compose(METHODS, "YAML in UTF-8", got, todo)) from error
    if not isinstance(cards, dict):
        raise CatalogError(compose(METHODS, "a mapping of cards", type(cards).__name__, "Restore it."))
    known = descriptor.package(paths.data_dir())
    wrong = [f"{card}: {entry['table']}" for card, entry in cards.items() if entry["table"] not in known]
    if wrong:
        raise CatalogError(
            compose("methods.yml", f"tables of {descriptor.FILE}", listed(wrong), "Correct the cards.")
        )
    reads.note_file("file", paths.data_dir(), METHODS)
    return cards
