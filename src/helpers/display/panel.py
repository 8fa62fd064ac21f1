"""The traces of a block's numbers on screen: a control for each number, its panel, and the points of a chart.

A number is a button that opens its panel with a click or a key press (the popover of HTML: no script). Panels stand
at the end of their block, one for each number that is shown in it.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from helpers.display import wording
from helpers.display.markup import attribute, plain, tongues
from helpers.display.prose import filled
from helpers.display.trace import Trace
from helpers.errors import RenderError, compose, listed

if TYPE_CHECKING:
    from helpers.display.block import Value

ROWS = 6
"""Rows that a panel names; the rest are counted (all of them stand in the ``.json``)."""


class Panels:
    """The controls and panels of one block.

    Parameters
    ----------
    lang : ``en`` or ``ja``
    values : the block's numbers
    seed : what the block is, so that ids differ from block to block and are the same in every build
    """

    def __init__(self, lang: str, values: Iterable[Value], seed: str) -> None:
        self._lang = lang
        self._values = {value.id: value for value in values}
        self._key = "n" + hashlib.sha256(seed.encode()).hexdigest()[:8]
        self._opened: dict[str, str] = {}
        self._unknown: list[str] = []

    def control(self, name: str, html: str) -> str:
        """Return the control of one number: what :func:`helpers.display.markup.to_html` wants."""
        if name not in self._values:
            self._unknown.append(name)
            return html
        target = self._opened.setdefault(name, f"{self._key}-{len(self._opened)}")
        return f'<button type="button" class="brief-n" popovertarget="{target}">{html}</button>'

    def html(self) -> str:
        """Return the panels of the numbers that have a control.

        Raises
        ------
        RenderError
            If a text shows a number that the block has no value for.
        """
        if self._unknown:
            todo = "Add the number to the block's `values`."
            raise RenderError(
                compose("block", "a value for each number", f"none for {listed(self._unknown)}", todo)
            )
        return "".join(self._panel(self._values[name], target) for name, target in self._opened.items())

    def _panel(self, value: Value, target: str) -> str:
        period = wording.period(value.period, self._lang)
        head = " · ".join(filter(None, (wording.heading(plain(value.label)), period)))
        lines = [("value", escape(wording.exact(value.value, value.unit, self._lang)))]
        lines += trace_lines(value.trace, self._lang) if isinstance(value.trace, Trace) else []
        lines.append(("id", f"<code>{escape(value.id)}</code>"))
        body = "".join(f"<dt>{wording.word(name, self._lang)}<dd>{text}" for name, text in lines)
        name = attribute(wording.word("open", self._lang).format(number=head))
        return (
            f'<div class="brief brief-trace" id="{target}" popover role="dialog" aria-label="{name}">'
            f'<p class="brief-title">{escape(head)}</p><dl>{body}</dl></div>'
        )


def trace_lines(trace: Trace, lang: str) -> list[tuple[str, str]]:
    """Return the lines of a panel: the key of the word before each, and its HTML."""
    cells, universe = trace.lineage.cells, trace.lineage.universe
    lines = [("made", escape(trace.text))]
    lines += [
        ("table", f"{escape(table.title)} <code>{escape(table.path)}</code>")
        for table in list(trace.tables.values())[:ROWS]
    ]
    if len(trace.tables) > ROWS:
        lines.append(("table", _more("cut_tables", len(trace.tables) - ROWS, lang)))
    for cell in cells[:ROWS]:
        sign = "− " if cell.sign < 0 else ""
        column = wording.word("column", lang).format(column=cell.column)
        vintage = f"{wording.word('vintage', lang)} {wording.vintage(trace.vintage(cell), lang)}"
        lines.append(("row", escape(f"{sign}{wording.key(cell.where, lang)}; {column}; {vintage}")))
    if len(cells) > ROWS:
        lines.append(("row", wording.word("cut", lang).format(n=len(cells) - ROWS)))
    if universe is not None:
        lines.append(("among", escape(wording.conditions(universe, lang))))
    lines += [("basis", escape(trace.basis)), ("unit", escape(wording.unit(trace.unit, lang)))]
    lines += [("source", text) for text in _publications(trace.sources.values(), lang)]
    lines += [("digest", f"<code>{table.sha256}</code>") for table in list(trace.tables.values())[:ROWS]]
    return lines


def _more(name: str, n: int, lang: str) -> str:
    """Return how many more there are."""
    return filled(wording.word(name, lang), {"n": str(n)})


def _publications(found: Iterable[tuple[str, str]], lang: str) -> list[str]:
    """Return the first publications as HTML, and how many more there are."""
    every = list(found)
    rest = len(every) - ROWS
    more = [_more("cut_sources", rest, lang)] if rest > 0 else []
    return [*(tongues(_linked(text, url), lang) for text, url in every[:ROWS]), *more]


def _linked(text: str, url: str) -> str:
    if url.startswith(("https://", "http://")) and not any(c.isspace() for c in url):
        return f'<a href="{attribute(url)}">{escape(text)}</a>'
    return escape(" ".join(filter(None, (text, url))))


def points(lang: str, values: Sequence[Value]) -> str:
    """Return the numbers of a chart with their row keys, under a summary that opens them; '' without numbers."""
    groups: dict[tuple[str, ...], list[tuple[Value, dict[str, str]]]] = {}
    for value in values:
        if isinstance(value.trace, Trace) and value.value is not None:
            groups.setdefault(_kind(value.trace), []).append((value, wording.point(value.trace, lang)))
    if not groups:
        return ""
    places = [f" · {n}/{len(groups)}" if len(groups) > 1 else "" for n in range(1, len(groups) + 1)]
    parts = "".join(map(functools.partial(_group, lang), groups.values(), places))
    return f'<details class="brief-points"><summary>{wording.word("points", lang)}</summary>{parts}</details>'


def _kind(trace: Trace) -> tuple[str, ...]:
    cell = trace.lineage.cells[0] if trace.lineage.cells else None
    column = cell.column if cell else trace.lineage.universe.column if trace.lineage.universe else ""
    return (*trace.tables, column, trace.lineage.how, trace.basis, trace.unit)


def _group(lang: str, members: list[tuple[Value, dict[str, str]]], place: str) -> str:
    """Return a small table: what all its points have in common above, what differs in columns.

    `place` tells its name from those of the others of the chart.
    """
    first: Any = members[0][0].trace
    keys = list(dict.fromkeys(name for _, key in members for name in key))
    seen = {name: {key.get(name, "") for _, key in members} for name in keys}
    varying = [name for name in keys if len(seen[name]) > 1]
    fixed = ", ".join(f"{name} {next(iter(seen[name]))}" for name in keys if name not in varying)
    tables = "; ".join(
        f"{escape(t.title)} <code>{escape(t.path)}</code>, SHA-256 <code>{t.sha256}</code>"
        for t in first.tables.values()
    )
    found = {
        pair
        for value, _ in members
        if isinstance(value.trace, Trace)
        for pair in value.trace.sources.values()
    }
    sources = "; ".join(_publications(sorted(found), lang))
    told = [tables, escape(fixed), escape(first.text), escape(first.basis), sources]
    columns = varying or [""]
    heads = "".join(f'<th scope="col">{escape(name) or wording.word("id", lang)}' for name in columns)
    unit = escape(wording.unit(first.unit, lang))
    lines = []
    for value, key in members:
        named = [escape(key.get(name, value.id)) for name in columns]
        cells = "".join(f"<td>{text}" for text in [*named[1:], escape(wording.exact(value.value, "", lang))])
        lines.append(f'<tr><th scope="row">{named[0]}{cells}')
    name = attribute(plain(members[0][0].label) + place)
    return (
        f'<div class="brief-scroll" role="region" aria-label="{name}" tabindex="0">'
        f"<table><caption>{' · '.join(filter(None, told))}</caption>"
        f'<thead><tr>{heads}<th scope="col">{unit}</thead><tbody>{"".join(lines)}</tbody></table></div>'
    )
