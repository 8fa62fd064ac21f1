"""Keep ``datapackage.json`` and ``data/README.md`` true to the tables: digests, counts, the dictionary."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from helpers import paths
from helpers.data import catalog, descriptor, swap
from helpers.data import tables as files
from helpers.errors import CatalogError, DataCheckError, compose

README = "README.md"
BEGIN, END = "<!-- dictionary: begin (written by `briefs data accept`) -->", "<!-- dictionary: end -->"
CARD_LINES = {
    "definition": "Definition",
    "unit": "Unit",
    "basis": "Basis",
    "coverage": "Coverage",
    "missing": "Suppressed and missing",
    "caveats": "Caveats",
    "next_release": "Next release",
}


def refresh() -> list[str]:
    """Recompute every digest, size and row count, then the dictionary; return the names of changed tables.

    This is the deliberate act by which an edited table is accepted: what is loaded afterwards must
    still keep its schema. Both files are written, or none.

    Raises
    ------
    CatalogError
        If tables are missing, cannot be read, or have other columns or text for numbers (all of them are named); if
        the disk refuses.
    """
    folder = paths.data_dir()
    try:
        swap.repair(folder)
        package = descriptor.raw(folder)
        changed = _measured(folder, package["resources"])
        words = readme(descriptor.of(package).values())
        swap.put(folder, {README: words.encode(), descriptor.FILE: text(package).encode()})
    except OSError as error:
        got = error.strerror or str(error)
        todo = (
            "The files are as they were, or the next `briefs data accept` finishes what was decided. "
            "Make room or allow writing, then run it again."
        )
        raise CatalogError(compose(str(folder), "room and leave to write", got, todo)) from error
    return changed


def text(package: dict[str, Any]) -> str:
    """Return the text of a descriptor file."""
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _measured(folder: Path, resources: Iterable[dict[str, Any]]) -> list[str]:
    """Measure every table anew and return the names of those that have changed."""
    changed, problems = [], []
    for resource in resources:
        try:
            if _measure(folder, resource):
                changed.append(resource["name"])
        except (CatalogError, DataCheckError) as error:
            problems.append(str(error))
    if problems:
        raise CatalogError("\n".join(problems))
    return changed


def _measure(folder: Path, resource: dict[str, Any]) -> bool:
    path = folder / resource["path"]
    if not path.is_file():
        raise CatalogError(
            compose(
                f"table {resource['name']}", f"the file {resource['path']}", "no such file", "Restore it."
            )
        )
    before = dict(resource)
    resource["hash"] = f"sha256:{files.digest(path)}"
    resource["bytes"] = path.stat().st_size
    if resource["hash"] == before["hash"]:
        resource["rows"] = files.count(path, resource["format"])
        return before != resource
    (table,) = descriptor.of({"resources": [resource]}).values()
    resource["rows"] = len(files.read(folder, table))
    return True


def readme(tables: Iterable[descriptor.Table] = ()) -> str:
    """Return the text ``data/README.md`` should have: its own words with a dictionary made afresh.

    Parameters
    ----------
    tables
        Descriptions to print; by default those of the data folder.

    Raises
    ------
    CatalogError
        If the file is missing or its two markers are.
    """
    path = paths.data_dir() / README
    own = path.read_text(encoding="utf-8") if path.is_file() else ""
    if BEGIN not in own or END not in own:
        raise CatalogError(compose("data/README.md", f"the lines {BEGIN} and {END}", "none", "Restore them."))
    head, tail = own.split(BEGIN)[0], own.split(END)[1]
    return f"{head}{BEGIN}\n\n{dictionary(tables)}\n{END}{tail}"


def dictionary(tables: Iterable[descriptor.Table] = ()) -> str:
    """Return the data dictionary and the method cards in Markdown."""
    parts = ["## Tables", "", "| Table | Rows | Coverage | Vintage |", "|---|---:|---|---|"]
    listed = list(tables) or [catalog.describe(name) for name in catalog.tables()]
    parts += [
        f"| [{t.name}](#{t.name}) {t.title['en']} | {t.rows:,} | {_cell(t.coverage['en'])} | {t.vintage} |"
        for t in listed
    ]
    parts += ["", "## Columns", ""]
    for table in listed:
        parts += _section(table)
    parts += ["## Method cards", ""]
    for name, card in catalog.method_cards().items():
        parts += _card(name, card)
    return "\n".join(parts)


def _section(table: descriptor.Table) -> list[str]:
    sources = "; ".join(dict.fromkeys(source.text.split(":")[0] for source in table.sources))
    lines = [
        f"### {table.name}",
        "",
        f"**{table.title['en']}** · {table.title['ja']} · `{table.path}`",
        "",
        f"- Basis: {table.basis['en']}",
        f"- Lacks: {table.lacks['en']}",
        f"- Sources: {sources}",
        f"- Licence: {table.licence}",
        f"- Key: {', '.join(table.primary_key)}",
        "",
        "| Column | Type | Unit | Description |",
        "|---|---|---|---|",
    ]
    for field in table.fields:
        lines.append(f"| {field.name} | {field.type} | {field.unit} | {_cell(_described(field))} |")
    return [*lines, ""]


def _described(field: descriptor.Field) -> str:
    allowed = f" One of: {', '.join(map(str, field.enum))}." if field.enum else ""
    empty = "" if field.required else " May be empty."
    return f"{field.description.rstrip('.')}.{allowed}{empty}"


def _card(name: str, card: dict[str, Any]) -> list[str]:
    lines = [f"### {card['title']['en']} (`{name}`)", "", f"Table `{card['table']}`.", ""]
    lines += [f"- {label}: {card[key]['en']}" for key, label in CARD_LINES.items() if key in card]
    return [*lines, ""]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
