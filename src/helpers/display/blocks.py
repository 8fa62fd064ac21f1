"""The blocks a page is made of: what a notebook cell ends with.

Each one is a frozen value with four faces (HTML, Typst, plain text, and JSON with every number it shows);
the exporters only choose. Texts are *marked* texts (see `helpers.display.markup`): ``**…**`` is emphasis and
nothing else means anything. The headline comes first on a page: it carries the style of all the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Literal

from helpers.display import style
from helpers.display.appendix import Cards, SourceLine, Sources, TraceNotes
from helpers.display.block import Block, Value, all_strings
from helpers.display.markup import columns, content, literal, plain, to_html, to_typst
from helpers.display.picture import Figure
from helpers.display.table import Column, Table
from helpers.display.weights import Scored, Slider, Weights

__all__ = [
    "KPI",
    "Block",
    "Cards",
    "Column",
    "Figure",
    "Finding",
    "Findings",
    "Headline",
    "KPIRow",
    "Note",
    "Row",
    "Scored",
    "Slider",
    "SourceLine",
    "Sources",
    "Stack",
    "Table",
    "TraceNotes",
    "Value",
    "Weights",
]

LINE, LONG = 90, 14
"""Columns of a line of a note on paper, and lines above which a note may go on on the next page."""
STATIC = Path(__file__).parent / "static"


@cache
def _static(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


@cache
def style_sheet() -> str:
    """Return the CSS of all blocks, with the rules that recolour figures on a dark page or in a dark JupyterLab."""
    page = style.dark_css(".brief-page .brief-figure svg")
    lab = style.dark_css('[data-jp-theme-light="false"] .brief-figure svg')
    return f"{_static('blocks.css')}\n{lab}\n@media screen and (prefers-color-scheme: dark) {{\n{page}\n}}\n"


@dataclass(frozen=True, repr=False)
class Headline(Block):
    """The page's title and its one sentence; `running` is the text of the PDF's running header."""

    lang: str
    title: str
    sentence: str
    running: str
    values: Sequence[Value] = ()
    kind: ClassVar[str] = "headline"

    def facts(self) -> dict[str, Any]:
        return {"title": plain(self.title), "subtitle": plain(self.sentence), "running": plain(self.running)}

    def html(self) -> str:
        panels = self.panels(self.title, self.sentence)
        lead = to_html(self.sentence, panels.control)
        return (
            f"<style>\n{style_sheet()}</style>"
            f'<div class="brief brief-headline"><h1>{to_html(self.title)}</h1>'
            f'<p class="brief-lead">{lead}</p>{panels.html()}</div>'
        )

    def typst(self) -> str:
        sentence = content(self.sentence, self.cite(self.sentence), "brief-accented", title=True)
        call = f"#brief-headline({content(self.title)}, {sentence})"
        return f"{_static('blocks.typ')}\n{call}"

    def plain(self) -> str:
        title = plain(self.title)
        return f"{title}\n{'=' * len(title)}\n{plain(self.sentence)}"


@dataclass(frozen=True)
class KPI:
    """One key figure: what it is, the figure, unit and year beside it, rank, a grey note, and its numbers.

    ``value`` is the figure itself, ``others`` are those of the rank and the note.
    """

    label: str
    figure: str
    unit: str = ""
    rank: str = ""
    note: str = ""
    value: Value | None = None
    others: Sequence[Value] = ()


@dataclass(frozen=True, repr=False)
class KPIRow(Block):
    """Four to seven key figures side by side; more than six go on two rows."""

    lang: str
    items: Sequence[KPI]
    kind: ClassVar[str] = "kpis"

    def numbers(self) -> list[Value]:
        return [v for item in self.items for v in (item.value, *item.others) if v is not None]

    def html(self) -> str:
        cards = []
        panels = self.panels(*(f"{item.label} {item.figure}" for item in self.items))
        for item in self.items:
            figure, rank, note = (
                to_html(text, panels.control) for text in (item.figure, item.rank, item.note)
            )
            unit = f' <span class="brief-unit">{to_html(item.unit)}</span>' if item.unit else ""
            lines = [f'<p class="brief-label">{to_html(item.label)}</p>']
            lines.append(f'<p class="brief-number">{figure}{unit}</p>')
            lines += [f'<p class="brief-rank">{rank}</p>'] if rank else []
            lines += [f'<p class="brief-aside">{note}</p>'] if note else []
            cards.append(f"<li>{''.join(lines)}</li>")
        name = self.word("key")
        row = f'<ul class="brief brief-kpis brief-of-{len(cards)}" aria-label="{name}">{"".join(cards)}</ul>'
        return row + panels.html()

    def typst(self) -> str:
        cards = []
        for item in self.items:
            parts = ("figure", item.figure), ("unit", item.unit), ("rank", item.rank), ("note", item.note)
            texts = ", ".join(f"{name}: {content(text)}" for name, text in parts)
            cited = self.cite("".join(text for _, text in parts))
            cards.append(f"  (label: {content(item.label, cited)}, {texts}),")
        return "\n".join(["#brief-kpis((", *cards, "))"])

    def plain(self) -> str:
        lines = []
        for item in self.items:
            rest = " · ".join(plain(text) for text in (item.rank, item.note) if text)
            figure = " ".join(plain(text) for text in (item.figure, item.unit) if text)
            lines.append(f"{plain(item.label)}{self.word('colon')}{figure}" + (f" · {rest}" if rest else ""))
        return "\n".join(lines)


@dataclass(frozen=True, repr=False)
class Row(Block):
    """Two blocks side by side on paper and wide screens, one under the other on a phone."""

    lang: str
    items: tuple[Block, ...]
    kind: ClassVar[str] = "row"

    def numbers(self) -> list[Value]:
        return [value for item in self.items for value in item.numbers()]

    def html(self) -> str:
        cells = "".join(f"<div>{item.html()}</div>" for item in self.items)
        return f'<div class="brief brief-row">{cells}</div>'

    def typst(self) -> str:
        sides = ", ".join(f"[\n{item.beside()}\n]" for item in self.items)
        return f"#brief-row(breaks: {'true' if self.breaks() else 'false'}, {sides})"

    def breaks(self) -> bool:
        return any(item.breaks() for item in self.items)

    def plain(self) -> str:
        return "\n\n".join(item.plain() for item in self.items)


@dataclass(frozen=True, repr=False)
class Stack(Row):
    """Blocks one under the other that together stand on one side of a `Row`, beside a taller one."""

    kind: ClassVar[str] = "stack"

    def html(self) -> str:
        return "".join(item.html() for item in self.items)

    def typst(self) -> str:
        return "\n".join(item.typst() for item in self.items)

    def beside(self) -> str:
        return "\n".join(item.beside() for item in self.items)


@dataclass(frozen=True, repr=False)
class Finding(Block):
    """One sentence of finding; one that `leads` stands on the page of the PDF on which the next block begins."""

    lang: str
    text: str
    values: Sequence[Value] = ()
    leads: bool = False
    kind: ClassVar[str] = "finding"

    def html(self) -> str:
        panels = self.panels(self.text)
        return f'<p class="brief brief-finding">{to_html(self.text, panels.control)}</p>{panels.html()}'

    def typst(self) -> str:
        leads = "(leads: true)" if self.leads else ""
        return f"#brief-finding{leads}[{to_typst(self.text)}{self.cite(self.text)}]"

    def plain(self) -> str:
        return plain(self.text)


@dataclass(frozen=True, repr=False)
class Findings(Block):
    """Findings in words: up to three stand in columns, more in a list; nothing where there is none."""

    lang: str
    items: Sequence[str]
    values: Sequence[Value] = ()
    kind: ClassVar[str] = "findings"

    def __post_init__(self) -> None:
        super().__post_init__()
        all_strings("findings", ((f"finding {n}", text) for n, text in enumerate(self.items)))

    def html(self) -> str:
        if not self.items:
            return ""
        shape = f"columns brief-of-{len(self.items)}" if len(self.items) <= 3 else "list"
        panels = self.panels(*self.items)
        items = "".join(f"<li>{to_html(text, panels.control)}</li>" for text in self.items)
        name = self.word("findings")
        listing = f'<ul class="brief brief-findings brief-{shape}" aria-label="{name}">{items}</ul>'
        return listing + panels.html()

    def typst(self) -> str:
        items = "".join(f"{content(text, self.cite(text))}, " for text in self.items)
        return f"#brief-findings(({items}))" if self.items else ""

    def plain(self) -> str:
        return "\n".join(f"- {plain(text)}" for text in self.items)


@dataclass(frozen=True, repr=False)
class Note(Block):
    """A remark under a block: a ``note``, what is ``missing`` and who publishes it, or a ``caution``.

    One that `leads` stands on the page of the PDF on which the next block begins.
    """

    lang: str
    text: str
    kind: Literal["note", "missing", "caution"] = "note"  # type: ignore[misc]
    values: Sequence[Value] = ()
    leads: bool = False

    def html(self) -> str:
        word = f'<span class="brief-word">{self.word(self.kind)}</span> '
        panels = self.panels(self.text)
        text = to_html(self.text, panels.control)
        return f'<p class="brief brief-note brief-{self.kind}">{word}{text}</p>{panels.html()}'

    def typst(self) -> str:
        text = f"{to_typst(self.text)}{self.cite(self.text)}"
        lines = sum(1 + columns(line) // LINE for line in self.text.split("\n"))
        long = ", long: true" if lines > LONG else ""
        leads = ", leads: true" if self.leads else ""
        return f"#brief-note({literal(self.kind)}, {literal(self.word(self.kind))}{long}{leads})[{text}]"

    def plain(self) -> str:
        return f"{self.word(self.kind)}{self.word('colon')}{plain(self.text)}"


@dataclass(frozen=True, repr=False)
class Editions(Note):
    """The note that names the year and edition of each figure; `newest` is the last of the years, or empty."""

    newest: str = ""

    def typst(self) -> str:
        return f"#brief-before-sources[{super().typst()}]"

    def facts(self) -> dict[str, Any]:
        return {"data_to": self.newest}
