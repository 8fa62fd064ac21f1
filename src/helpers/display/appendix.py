"""The blocks of a brief's last pages: sources, method cards, glossary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from helpers.display.block import Block
from helpers.display.markup import attribute, content, literal, plain, to_html, tongues

PUBLISHED = "@published "
"""Before a table's path: where the press puts the numbers of its publications (see `helpers.press.notes`)."""


def shared(name: str, lines: Sequence[str]) -> str:
    """Return Typst that gives a name to lines that other pages have too: the press lets the compiler keep them."""
    return "\n".join(["// @shared", f"#let {name} = (", *lines, ")", "// @end", ""])


@dataclass(frozen=True)
class SourceLine:
    """One source: who published what, and its address (only http and https become links).

    On paper the notes of a page list the publications that its numbers rest on. Where they do so for the table
    with the path `table`, `short`, the line without publications, stands instead, with their numbers.
    """

    text: str
    url: str = ""
    short: str = ""
    table: str = ""

    def linked(self) -> bool:
        """Return whether the address may be a link."""
        return self.url.startswith(("https://", "http://")) and not any(c.isspace() for c in self.url)


@dataclass(frozen=True, repr=False)
class Sources(Block):
    """The list of sources, the first of the blocks that end a page: on paper small type in columns begins here.

    An empty `title` leaves the heading to the notebook. On a Japanese page English titles are marked as English: here,
    and on paper to the end.
    """

    lang: str
    title: str
    items: Sequence[SourceLine]
    kind: ClassVar[str] = "sources"

    def html(self) -> str:
        lines = []
        for item in self.items:
            text = tongues(to_html(item.text), self.lang)
            if item.linked():
                text = f'<a href="{attribute(item.url)}">{text}</a>'
            elif item.url:
                text += f" {attribute(item.url)}"
            lines.append(f"<li>{text}</li>")
        title = f'<p class="brief-title">{to_html(self.title)}</p>' if self.title else ""
        return f'<div class="brief brief-sources">{title}<ol>{"".join(lines)}</ol></div>'

    def typst(self) -> str:
        lines = [
            f"  ({content(item.text)}, {literal(item.url)}, {'true' if item.linked() else 'false'}, "
            f"{content(item.short)}),"
            for item in self.items
        ]
        numbers = "".join(f"{literal(PUBLISHED + item.table)}, " for item in self.items)
        drawn = f"#brief-sources({content(self.title)}, brief-listed, ({numbers}))"
        english = '#show brief-english: set text(lang: "en", region: "us")\n' if self.lang == "ja" else ""
        return f"#show: brief-end\n{english}{shared('brief-listed', lines)}{drawn}"

    def plain(self) -> str:
        lines = [f"{n}. {plain(item.text)} {item.url}".rstrip() for n, item in enumerate(self.items, 1)]
        return "\n".join([*([plain(self.title)] if self.title else []), *lines])


@dataclass(frozen=True, repr=False)
class Cards(Block):
    """Method cards or a glossary: a term, then labelled lines (a line without a label is a definition)."""

    lang: str
    items: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    kind: ClassVar[str] = "cards"

    def html(self) -> str:
        cards = []
        for term, lines in self.items:
            rows = "".join(
                f"<dt>{to_html(label)}</dt><dd>{to_html(text)}</dd>" if label else f"<dd>{to_html(text)}</dd>"
                for label, text in lines
            )
            labelled = any(label for label, _ in lines)
            body = f"<dl>{rows}</dl>" if labelled else "".join(f"<p>{to_html(text)}</p>" for _, text in lines)
            cards.append(f"<section><h3>{to_html(term)}</h3>{body}</section>")
        return f'<div class="brief brief-cards">{"".join(cards)}</div>'

    def typst(self) -> str:
        cards = []
        for term, lines in self.items:
            rows = "".join(f"({content(label)}, {content(text)}), " for label, text in lines)
            cards.append(f"  ({content(term)}, ({rows})),")
        return f"{shared('brief-told', cards)}#brief-cards(brief-told)"

    def plain(self) -> str:
        parts = []
        for term, lines in self.items:
            rows = [
                f"  {plain(label)}{self.word('colon') if label else ''}{plain(text)}" for label, text in lines
            ]
            parts.append("\n".join([plain(term), *rows]))
        return "\n\n".join(parts)


@dataclass(frozen=True, repr=False)
class TraceNotes(Block):
    """Where the numbers come from: numbered notes on paper; on screen the one sentence that says how to open them."""

    lang: str
    title: str
    lead: str
    hint: str
    kind: ClassVar[str] = "notes"

    def html(self) -> str:
        return f'<p class="brief brief-hint">{to_html(self.hint)}</p>'

    def typst(self) -> str:
        head = f"#brief-notes-head({content(self.title)}, {content(self.lead)})"
        return f'{head}\n#brief-notes-here("");'

    def plain(self) -> str:
        return plain(self.hint)
