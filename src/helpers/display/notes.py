"""The traces of a block's numbers on paper: numbered notes, one for each table and basis.

A block says by id which notes a title or a sentence cites, and in its JSON face what it knows of each; the press
numbers them in the order of the page and prints each once (:mod:`helpers.press.notes`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from helpers.analysis.lineage import KEYS, SOURCES
from helpers.display import trace as traces
from helpers.display import wording
from helpers.display.markup import numbers_in
from helpers.display.trace import Trace

if TYPE_CHECKING:
    from helpers.display.block import Value

DIGITS = 12
"""Characters of a digest that a note prints."""

LISTS = ("keys", "vintages", "units", "hows", "sources")
"""Parts of a note that grow from block to block."""


def cite(values: Iterable[Value], text: str | None = None) -> str:
    """Return the Typst call that stands for the numbers of the notes behind a title or a sentence; '' for none.

    Parameters
    ----------
    values
        The numbers of the block.
    text
        Only those that this marked text shows; None: all of them.
    """
    wanted = None if text is None else set(numbers_in(text))
    shown = [v.trace for v in values if (wanted is None or v.id in wanted) and isinstance(v.trace, Trace)]
    ids = dict.fromkeys(_id(trace, name) for trace in shown for name in trace.cited)
    return f'#brief-cite("{" ".join(ids)}");' if ids else ""


def known(values: Iterable[Value], lang: str) -> list[dict[str, Any]]:
    """Return what a block knows of its notes: id, title, path, digest, basis, and the lists that others add to."""
    found: dict[str, dict[str, Any]] = {}
    for trace in (value.trace for value in values if isinstance(value.trace, Trace)):
        for name in trace.cited:
            _add(found, trace, name, lang)
    return list(found.values())


def _id(trace: Trace, name: str) -> str:
    return hashlib.sha256(f"{trace.tables[name].path} {trace.basis_of(name)}".encode()).hexdigest()[:8]


def _add(found: dict[str, dict[str, Any]], trace: Trace, name: str, lang: str) -> None:
    table, id = trace.tables[name], _id(trace, name)
    fixed = {"id": id, "title": table.title, "path": table.path, "digest": table.sha256[:DIGITS]}
    note = found.setdefault(id, {**fixed, "basis": trace.basis_of(name), **{part: [] for part in LISTS}})
    cells = [cell for cell in trace.lineage.cells if cell.table == name]
    own = {cell.source for cell in cells} if name not in SOURCES else set()
    additions: dict[str, Iterable[Any]] = {
        "keys": KEYS.get(name, ()),
        "vintages": [wording.vintage(trace.vintage(cell), lang) for cell in cells]
        or wording.vintage(trace.edition(name), lang).split(", "),
        "units": [wording.unit(trace.unit, lang)],
        "hows": [trace.paper or trace.text],
        "sources": [
            list(pair) for key, pair in trace.sources.items() if key in own or key == traces.WHOLE + name
        ],
    }
    for part, items in additions.items():
        note[part] += [item for item in dict.fromkeys(map(_hashable, items)) if item not in note[part]]


def _hashable(item: Any) -> Any:
    return tuple(item) if isinstance(item, list) else item
