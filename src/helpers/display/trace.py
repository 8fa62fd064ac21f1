"""The trace of a number: its lineage in the words of a page, with what is known of its tables and sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from helpers.analysis import universes
from helpers.analysis.lineage import Cell, Lineage
from helpers.display import publishers

WHOLE = "table:"
"""What a source key begins with that stands for all the publications of a table."""


class Described(Protocol):
    """What is needed of a table's description; pairs are ``{"en": ..., "ja": ...}``."""

    @property
    def title(self) -> Mapping[str, str]: ...
    @property
    def basis(self) -> Mapping[str, str]: ...
    @property
    def path(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def vintage(self) -> str: ...


class Origins(Protocol):
    """What is known of tables and sources (:func:`helpers.data.catalog.origins`)."""

    def table(self, name: str) -> Described: ...
    def source(self, key: str) -> tuple[str, str]: ...
    def more(self, key: str) -> int: ...
    def official(self, key: str) -> bool: ...


@dataclass(frozen=True)
class Table:
    """What a trace says of a table: title in the brief's language, path, digest, editions, basis."""

    title: str
    path: str
    sha256: str
    vintage: str
    basis: str


@dataclass(frozen=True)
class Trace:
    """Where a number comes from, complete: lineage, basis, unit, the transform in words, tables and sources.

    ``tables`` are by name, ``sources`` by key: text and address. ``paper`` is the transform as notes on paper say it,
    where that is shorter.
    """

    lineage: Lineage
    basis: str
    unit: str
    text: str
    tables: Mapping[str, Table] = field(default_factory=dict)
    sources: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    paper: str = ""

    def vintage(self, cell: Cell) -> str:
        """Return the edition of a cell: the row's own or, where rows have none, the table's."""
        return cell.vintage or self.tables[cell.table].vintage

    def basis_of(self, name: str) -> str:
        """Return the basis of one of its tables: the trace's own of the first, of another what its table says."""
        return self.basis if name == next(iter(self.tables)) else self.tables[name].basis

    def edition(self, name: str) -> str:
        """Return the edition of a table of which no single cell is named."""
        universe = self.lineage.universe
        own = universe.vintage if universe is not None and universe.table == name else ""
        return own or self.tables[name].vintage

    @property
    def cited(self) -> list[str]:
        """The tables that notes on paper name: not those of codes and districts that a method reads besides."""
        universe = self.lineage.universe
        also = universe.more.get("also", ()) if universe is not None else ()
        return [name for name in self.tables if name not in also]

    def table_names(self) -> list[str]:
        """Return the tables it names, each once."""
        return named(self.lineage) or list(self.tables)

    def to_json(self) -> dict[str, Any]:
        """Return the trace as it stands in the ``.json`` beside a brief."""
        found = self.lineage.plain()
        for row, cell in zip(found["rows"], self.lineage.cells, strict=True):
            row["vintage"] = self.vintage(cell)
        if found["universe"] is not None and not found["rows"]:
            found["universe"]["source"] = WHOLE + found["universe"]["table"]
        return found | {"basis": self.basis, "unit": self.unit, "text": self.text}

    def lacks(self) -> list[str]:
        """Return what a reader would miss: nothing, for a trace that may stand on a page."""
        lineage = self.lineage
        empty = [name for name in ("basis", "unit", "text") if not getattr(self, name)]
        if not lineage.cells and lineage.universe is None:
            empty.append("rows")
        for cell in lineage.cells:
            empty += [
                f"{part} of {cell.table}" for part in ("column", "source", "where") if not getattr(cell, part)
            ]
        return empty + [
            f"{part} of {name}"
            for name, table in self.tables.items()
            for part in ("title", "path", "sha256", "vintage")
            if not getattr(table, part)
        ]


def named(lineage: Lineage) -> list[str]:
    """Return the tables that a lineage names, each once."""
    found = [cell.table for cell in lineage.cells]
    if lineage.universe is not None:
        found += universes.tables({"table": lineage.universe.table, **lineage.universe.more})
    return list(dict.fromkeys(found))


def source_keys(lineage: Lineage) -> list[str]:
    """Return the keys of its sources; a count or a sum without cells rests on the whole table's."""
    keys = [cell.source for cell in lineage.cells]
    if not keys and lineage.universe is not None:
        others = lineage.universe.more.get("with", ())
        keys = [WHOLE + name for name in (lineage.universe.table, *(one["table"] for one in others))]
    return list(dict.fromkeys(keys))


def of(
    origins: Origins | None, lang: str, lineage: Lineage, *, basis: str, unit: str, text: str, paper: str = ""
) -> Trace:
    """Return the trace of a lineage; ``basis`` empty: that of its first table."""
    if origins is None:
        return Trace(lineage, basis, unit, text, {n: Table("", "", "", "", "") for n in named(lineage)})
    tables = {}
    for name in named(lineage):
        told = origins.table(name)
        tables[name] = Table(told.title[lang], told.path, told.sha256, told.vintage, told.basis[lang])
        basis = basis or told.basis[lang]
    sources = {key: _told(*origins.source(key), origins.more(key), lang) for key in source_keys(lineage)}
    return Trace(lineage, basis, unit, text, tables, sources, paper)


def _told(text: str, url: str, more: int, lang: str) -> tuple[str, str]:
    """Return a publication, or those of a table and how many more, in the language."""
    return publishers.several([publishers.publication(text, lang)], more, lang), url
