"""The table block: thin rules, figures aligned on the decimal, the subject's rows marked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from helpers.display import advance, fitting, style
from helpers.display.block import Block, Value, all_strings
from helpers.display.markup import attribute, columns, content, literal, plain, to_html
from helpers.errors import RenderError, compose, listed

MARK = "▸"
HEAD = 0.92
"""Size of a head in a PDF, in that of the cells under it."""
_NUMBER = re.compile(r"^(.*?\d[\d,]*)(\.\d+)?(\D*)$", re.DOTALL)
_NAME = re.compile("[ァ-ヶー]+")  # letters of one em each


@dataclass(frozen=True)
class Column:
    """A column of a `Table`: the key into its rows, the head, and how its cells are aligned.

    ``right`` and ``decimal`` use figures of one width; ``decimal`` puts the decimal points under each other.
    """

    key: str
    head: str
    align: Literal["left", "right", "decimal"] = "left"


def decimal_pads(cells: Sequence[str]) -> list[str]:
    """Return what has to follow each right-aligned cell, unseen, so that the decimal points meet.

    Examples
    --------
    >>> decimal_pads(["13.4%", "6%", "(D)"])
    ['', '.4', '']
    """
    found = [_NUMBER.match(cell) for cell in cells]
    fractions = [one.group(2) or "" if one else "" for one in found]
    tails = [one.group(3) if one else "" for one in found]
    fraction, tail = max(fractions, key=len, default=""), max(tails, key=len, default="")
    pads = []
    for one, own_fraction, own_tail in zip(found, fractions, tails, strict=True):
        pads.append("" if one is None else fraction[len(own_fraction) :] + tail[len(own_tail) :])
    return pads


@dataclass(frozen=True, repr=False)
class Table(Block):
    """A table of strings that are already formatted.

    Parameters
    ----------
    lang : ``en`` or ``ja``
    id : short name, unique on the page
    title : the table's heading; `caption` is the smaller line under it (basis, period, unit)
    columns : left to right; the first one names the rows
    rows : one mapping per row with a string for every column key
    marked : positions of the subject's rows, shown bold and with a mark
    notes : lines under the table (basis, what the markers mean)
    values : the numbers shown

    Raises
    ------
    RenderError
        If a row lacks a column, a cell is not a string, or `marked` points at no row.
    """

    lang: str
    id: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, str]]
    marked: Sequence[int] = ()
    notes: Sequence[str] = ()
    values: Sequence[Value] = ()
    caption: str = ""
    kind: ClassVar[str] = "table"

    def __post_init__(self) -> None:
        super().__post_init__()
        where = f"table {self.id!r}"
        lacking = [
            f"row {n}: {c.key}" for n, row in enumerate(self.rows) for c in self.columns if c.key not in row
        ]
        if lacking:
            raise RenderError(
                compose(
                    where,
                    "a cell for every column",
                    f"none in {listed(lacking)}",
                    "Fill them, if only with –.",
                )
            )
        cells = ((f"row {n}, {c.key}", row[c.key]) for n, row in enumerate(self.rows) for c in self.columns)
        all_strings(where, cells)
        astray = [n for n in self.marked if not 0 <= n < len(self.rows)]
        if astray:
            raise RenderError(
                compose(where, f"marked rows in 0..{len(self.rows) - 1}", listed(astray), "Correct them.")
            )

    def _pads(self) -> dict[str, list[str]]:
        return {
            c.key: decimal_pads([plain(row[c.key]) for row in self.rows])
            for c in self.columns
            if c.align == "decimal"
        }

    def _shape(self, column: Column) -> str:
        """Return the classes of a column; on a phone a short one stays whole, a long one wide."""
        longest = max((columns(row[column.key]) for row in self.rows), default=0)
        room = " brief-short" if longest <= 20 else " brief-long" if longest > 32 else ""
        return f"brief-{column.align}{room if column.align == 'left' else ''}"

    def html(self) -> str:
        pads, shapes = self._pads(), {column.key: self._shape(column) for column in self.columns}
        heads = "".join(
            f'<th scope="col" class="{shapes[c.key]}">{to_html(c.head)}</th>' for c in self.columns
        )
        panels = self.panels(self.id, self.title, self.caption)
        body = []
        for n, row in enumerate(self.rows):
            cells = []
            for position, column in enumerate(self.columns):
                text = to_html(row[column.key], panels.control)
                if pad := pads.get(column.key, [""] * len(self.rows))[n]:
                    text += f'<span class="brief-pad" aria-hidden="true">{to_html(pad)}</span>'
                if position == 0 and n in self.marked:
                    seen = f'<span class="brief-mark" aria-hidden="true">{MARK}</span>'
                    text = f'{seen}<span class="brief-unseen">{self.word("subject")}</span>{text}'
                tag, scope = ("th", ' scope="row"') if position == 0 else ("td", "")
                cells.append(f'<{tag}{scope} class="{shapes[column.key]}">{text}</{tag}>')
            opening = '<tr class="brief-marked">' if n in self.marked else "<tr>"
            body.append(f"{opening}{''.join(cells)}</tr>")
        small = to_html(self.caption, panels.control)
        small = f'<span class="brief-subtitle">{small}</span>' if small else ""
        notes = "".join(f"<li>{to_html(note, panels.control)}</li>" for note in self.notes)
        name = attribute(plain(self.title))
        return (
            f'<div class="brief brief-table" id="table-{attribute(self.id)}">'
            f'<div class="brief-scroll" role="region" aria-label="{name}" tabindex="0"><table>'
            f'<caption><span class="brief-title">{to_html(self.title, panels.control)}</span>{small}</caption>'
            f"<thead><tr>{heads}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
            + (f'<ul class="brief-notes">{notes}</ul>' if notes else "")
            + f"{panels.html()}</div>"
        )

    def typst(self) -> str:
        return self._typst("full")

    def beside(self) -> str:
        return self._typst("half")

    def breaks(self) -> bool:
        return fitting.fitted(self._words(self._pads()), "half").breaks

    def _typst(self, width: style.Width) -> str:
        pads, marked = self._pads(), set(self.marked)
        words = self._words(pads)
        found = fitting.fitted(words, width)
        lines = fitting.on_one_line(words, found)
        rows = []
        for n, row in enumerate(self.rows):
            cells = []
            for column, single in zip(self.columns, lines, strict=True):
                pad = pads.get(column.key, [""] * len(self.rows))[n]
                hidden = f"#hide({literal(pad)});" if pad else ""
                cells.append(content(row[column.key], hidden, one_line=single[n]))
            rows.append(f"  ({', '.join(cells)},),")
        heads = ", ".join(content(c.head) for c in self.columns)
        aligns = ", ".join("left" if c.align == "left" else "right" for c in self.columns)
        notes = "".join(f"{content(note)}, " for note in self.notes)
        wide = ", ".join(each if isinstance(each, str) else f"{each:.2f}pt" for each in found.columns)
        breaks = "true" if found.breaks else "false"
        bold = "".join(f"{n}, " for n in sorted(marked))
        said = [
            "#brief-table(",
            f"  title: {content(self.title, self.cite(), title=True)}, caption: {content(self.caption)},",
            f"  heads: ({heads},), aligns: ({aligns},), columns: ({wide},),",
            f"  size: {found.size:g}, breaks: {breaks}, marked: ({bold}), notes: ({notes}),",
            "  rows: (",
            *rows,
            "))",
        ]
        return "\n".join(said)

    def _words(self, pads: Mapping[str, Sequence[str]]) -> list[fitting.Words]:
        """Return how wide the words of each column are, marks included."""
        found = []
        for at, column in enumerate(self.columns):
            mark = 1.0 if at == 0 and self.marked else 0.0
            tails = pads.get(column.key, [""] * len(self.rows))
            cells = [
                mark + advance.width(row[column.key], bold=n in self.marked) + advance.width(tail)
                for n, (row, tail) in enumerate(zip(self.rows, tails, strict=True))
            ]
            head = HEAD * (mark + advance.width(column.head, bold=True))
            names = (len(name) for row in self.rows for name in _NAME.findall(row[column.key]))
            least = max((fitting.LEAST, *names))
            found.append(fitting.Words(cells, head, column.align == "left", least))
        return found

    def plain(self) -> str:
        grid = [["", *(plain(c.head) for c in self.columns)]]
        for n, row in enumerate(self.rows):
            grid.append([MARK if n in self.marked else "", *(plain(row[c.key]) for c in self.columns)])
        widths = [max(columns(line[position]) for line in grid) for position in range(len(grid[0]))]
        right = [False, *(c.align != "left" for c in self.columns)]
        lines = [plain(self.title), *([plain(self.caption)] if self.caption else [])]
        for line in grid:
            padded = [
                (" " * (width - columns(cell)) + cell) if to_right else (cell + " " * (width - columns(cell)))
                for cell, width, to_right in zip(line, widths, right, strict=True)
            ]
            lines.append("  ".join(padded).rstrip())
        return "\n".join([*lines, *(plain(note) for note in self.notes)])
