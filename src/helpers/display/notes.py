"""The traces of a block's numbers on paper: numbered notes, one for each table and basis."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from helpers.analysis.lineage import KEYS
from helpers.display import trace as traces
from helpers.display import wording
from helpers.display.markup import literal, numbers_in
from helpers.display.trace import Trace

if TYPE_CHECKING:
    from helpers.display.block import Value

DIGITS = 12
"""Characters of a digest that a note prints."""


def cite(lang: str, values: Iterable[Value], text: str | None = None) -> str:
    """Return the Typst call that puts the numbers of the notes behind a title or a sentence; '' without numbers.

    Parameters
    ----------
    values
        The numbers of the block.
    text
        Only those that this marked text shows; None: all of them.
    """
    wanted = None if text is None else set(numbers_in(text))
    shown = [v.trace for v in values if (wanted is None or v.id in wanted) and isinstance(v.trace, Trace)]
    found: dict[str, dict[str, list[str]]] = {}
    fixed: dict[str, str] = {}
    for trace in shown:
        for name in trace.table_names():
            _add(found, fixed, trace, name, lang)
    if not found:
        return ""
    notes = []
    for id, lists in found.items():
        parts = ", ".join(f"{part}: ({''.join(f'{item}, ' for item in items)})" for part, items in lists.items())
        notes.append(f"(id: {literal(id)}, {fixed[id]}, {parts})")
    return f"#brief-cite(({', '.join(notes)},));"


def _add(
    found: dict[str, dict[str, list[str]]], fixed: dict[str, str], trace: Trace, name: str, lang: str
) -> None:
    table = trace.tables[name]
    id = hashlib.sha256(f"{table.path} {trace.basis}".encode()).hexdigest()[:8]
    fixed[id] = (
        f"title: {literal(table.title)}, path: {literal(table.path)}, digest: {literal(table.sha256[:DIGITS])}, "
        f"basis: {literal(trace.basis)}"
    )
    lists = found.setdefault(id, {"keys": [], "vintages": [], "units": [], "hows": [], "sources": []})
    cells = [cell for cell in trace.lineage.cells if cell.table == name]
    universe = trace.lineage.universe
    if cells and universe is None:
        vintages = [trace.vintage(cell) for cell in cells]
    else:
        vintages = [(universe.vintage if universe else "") or table.vintage]
    own = {cell.source for cell in cells} if name not in traces.SOURCES else set()
    sources = [pair for key, pair in trace.sources.items() if key in own or key == traces.WHOLE + name]
    additions = {
        "keys": KEYS.get(name, ()),
        "vintages": vintages,
        "units": [wording.unit(trace.unit, lang)],
        "hows": [trace.text],
    }
    for part, items in additions.items():
        lists[part] += [text for item in items if (text := literal(item)) not in lists[part]]
    for text, url in sources:
        if (pair := f"({literal(text)}, {literal(url)})") not in lists["sources"]:
            lists["sources"].append(pair)
