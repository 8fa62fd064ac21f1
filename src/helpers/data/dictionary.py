"""Keep ``datapackage.json`` and ``data/README.md`` true to the tables: digests, counts, the dictionary."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from helpers import paths
from helpers.data import catalog, descriptor
from helpers.data import tables as files
from helpers.errors import CatalogError, compose

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
    still keep its schema.
    """
    folder = paths.data_dir()
    package = descriptor.raw(folder)
    changed = [resource["name"] for resource in package["resources"] if _measure(folder, resource)]
    (folder / descriptor.FILE).write_text(text(package), encoding="utf-8")
    (folder / "README.md").write_text(readme(), encoding="utf-8")
    return changed


def text(package: dict[str, Any]) -> str:
    """Return the text of a descriptor file."""
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


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
    resource["rows"] = files.count(path, resource["format"])
    return before != resource


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
    path = paths.data_dir() / "README.md"
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
