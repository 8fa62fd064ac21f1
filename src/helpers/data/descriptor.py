"""Read ``datapackage.json``: what each table is, which columns it has, and which bytes it must be."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from helpers.errors import CatalogError, compose

FILE = "datapackage.json"


@dataclass(frozen=True)
class Field:
    """One column: its type and its bounds, as the Table Schema of the descriptor states them."""

    name: str
    type: str
    required: bool = False
    unique: bool = False
    enum: tuple[Any, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str = ""
    unit: str = ""
    description: str = ""
    description_ja: str = ""


@dataclass(frozen=True)
class ForeignKey:
    """A column whose values must stand in one of the listed ``(table, column)`` pairs; empty values pass."""

    column: str
    targets: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Source:
    """One publication a table rests on: agency and title, and its address (may be empty)."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Table:
    """What the descriptor says about one table.

    ``title``, ``basis``, ``coverage`` and ``lacks`` are ``{"en": ..., "ja": ...}``; ``one_vintage_per``
    names the columns within which vintages are never mixed (empty: the table has a single vintage);
    ``sha256`` is the digest the file must have.
    """

    name: str
    title: dict[str, str]
    path: str
    format: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    one_vintage_per: tuple[str, ...]
    sources: tuple[Source, ...]
    licence: str
    basis: dict[str, str]
    coverage: dict[str, str]
    vintage: str
    lacks: dict[str, str]
    sha256: str
    rows: int

    @property
    def columns(self) -> list[str]:
        """Return the names of the columns, in order."""
        return [field.name for field in self.fields]


def raw(folder: Path) -> dict[str, Any]:
    """Return the descriptor of ``folder`` as it stands on disk.

    Raises
    ------
    CatalogError
        If the file is missing, is not JSON in UTF-8, or does not list resources.
    """
    path = folder / FILE
    if not path.is_file():
        raise CatalogError(
            compose(str(folder), f"a descriptor {FILE}", "none", "Restore it, or correct BRIEFS_DATA.")
        )
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        got = error.strerror or str(error)
        raise CatalogError(compose(FILE, "a file that can be read", got, "Allow reading it.")) from error
    except ValueError as error:
        raise CatalogError(compose(FILE, "valid JSON", str(error), "Repair the line it names.")) from error
    resources = content.get("resources") if isinstance(content, dict) else None
    if not isinstance(resources, list) or not all(isinstance(one, dict) for one in resources):
        todo = "Restore it from version control."
        raise CatalogError(compose(FILE, "a list `resources` of descriptions", "a file without it", todo))
    return dict(content)


def package(folder: Path) -> dict[str, Table]:
    """Return the tables of ``folder`` by name, in the order of the descriptor."""
    path = folder / FILE
    stamp = path.stat().st_mtime_ns if path.is_file() else 0
    return _package(folder, stamp)


@lru_cache(maxsize=8)
def _package(folder: Path, stamp: int) -> dict[str, Table]:
    return of(raw(folder))


def of(content: dict[str, Any]) -> dict[str, Table]:
    """Return the tables that a descriptor's content describes, by name."""
    tables = [_table(resource) for resource in content.get("resources", [])]
    return {table.name: table for table in tables}


def _table(resource: dict[str, Any]) -> Table:
    try:
        schema = resource["schema"]
        return Table(
            name=resource["name"],
            title=_pair(resource, "title"),
            path=resource["path"],
            format=resource["format"],
            fields=tuple(_field(field) for field in schema["fields"]),
            primary_key=tuple(schema["primaryKey"]),
            foreign_keys=tuple(_foreign_key(key) for key in schema.get("foreignKeys", [])),
            one_vintage_per=tuple(resource.get("oneVintagePer", [])),
            sources=tuple(Source(source["title"], source.get("path", "")) for source in resource["sources"]),
            licence="; ".join(licence["title"] for licence in resource["licenses"]),
            basis=_pair(resource, "basis"),
            coverage=_pair(resource, "coverage"),
            vintage=resource["vintage"],
            lacks=_pair(resource, "lacks"),
            sha256=resource["hash"].removeprefix("sha256:"),
            rows=resource["rows"],
        )
    except KeyError as error:
        name = resource.get("name", "without a name")
        raise CatalogError(
            compose(f"{FILE}, resource {name}", f"the entry {error}", "none", "Add it to the resource.")
        ) from error


def _pair(resource: dict[str, Any], key: str) -> dict[str, str]:
    return {"en": resource[key], "ja": resource[f"{key}_ja"]}


def _field(field: dict[str, Any]) -> Field:
    bounds = field.get("constraints", {})
    return Field(
        name=field["name"],
        type=field["type"],
        required=bounds.get("required", False),
        unique=bounds.get("unique", False),
        enum=tuple(bounds.get("enum", ())),
        minimum=bounds.get("minimum"),
        maximum=bounds.get("maximum"),
        pattern=bounds.get("pattern", ""),
        unit=field.get("unit", ""),
        description=field.get("description", ""),
        description_ja=field.get("description_ja", ""),
    )


def _foreign_key(key: dict[str, Any]) -> ForeignKey:
    references = [key["reference"], *key.get("also", [])]
    return ForeignKey(
        column=key["fields"][0],
        targets=tuple((reference["resource"], reference["fields"][0]) for reference in references),
    )
