"""Weights that the reader moves: sliders above a league, sorted again by a script of the page itself.

The script (``static/weights.js``) does the arithmetic of `helpers.analysis.priority` in the same whole numbers. Without
it the league stands under the page's own weights and the sliders are not shown; on paper neither.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar

from helpers.display.block import Block, Value
from helpers.display.markup import plain, to_html
from helpers.display.panel import Panels
from helpers.display.table import Table
from helpers.errors import RenderError, compose, listed

WORDS = (
    "legend",
    "hint",
    "reset",
    "first",
    "item",
    "more",
    "comma",
    "none",
    "unreadable",
    "rank",
    "tied",
    "missing",
)
"""What the block says around its sliders; ``{n}``, ``{items}``, ``{place}``, ``{rank}``, ``{score}`` are filled."""

_SCRIPT = Path(__file__).parent / "static" / "weights.js"


@cache
def script() -> str:
    """Return the script that ranks the league again."""
    return _SCRIPT.read_text(encoding="utf-8")


@dataclass(frozen=True)
class Slider:
    """One weight: the name it has in the page's address, its label, the whole number it starts from, as text."""

    name: str
    label: str
    weight: int
    text: str


@dataclass(frozen=True)
class Scored:
    """One row of the league: its code (the order of ties), its name, its scores in whole tenths (None if missing)."""

    code: str
    name: str
    scores: Sequence[int | None]


@dataclass(frozen=True, repr=False)
class Weights(Block):
    """Sliders and the league that follows them.

    Parameters
    ----------
    lang : ``en`` or ``ja``
    table : the whole league under the page's own weights; its second and third column are rank and score
    printed : the league as it stands on paper
    sliders : one for each component
    rows : one for each row of `table`, in its order
    words : see `WORDS`

    Raises
    ------
    RenderError
        If rows and table differ in number, a row has not one score a slider, or a word lacks.
    """

    lang: str
    table: Table
    printed: Table
    sliders: Sequence[Slider]
    rows: Sequence[Scored]
    words: Mapping[str, str]
    kind: ClassVar[str] = "weights"

    def __post_init__(self) -> None:
        super().__post_init__()
        lacking = sorted(set(WORDS) - set(self.words))
        odd = [row.code for row in self.rows if len(row.scores) != len(self.sliders)]
        if lacking or odd or len(self.rows) != len(self.table.rows):
            got = f"words without {listed(lacking)}; scores of {listed(odd)}; {len(self.rows)} rows"
            expected = f"{len(self.table.rows)} rows, a score for each slider, every word"
            raise RenderError(compose("block weights", expected, got, "Pass what lacks."))

    def numbers(self) -> list[Value]:
        return self.table.numbers()

    def html(self) -> str:
        panels = Panels(self.lang, self.numbers(), "\n".join((self.kind, self.table.id)))
        lines = []
        for n, slider in enumerate(self.sliders):
            key = f"weight-{n}"
            lines.append(
                f'<li><label for="{key}">{to_html(slider.label)}</label>'
                f'<input type="range" id="{key}" min="0" max="100" step="1" value="{slider.weight}" '
                f'autocomplete="off"><output for="{key}" aria-live="off">'
                f"{to_html(slider.text, panels.control)}</output></li>"
            )
        return (
            '<div class="brief brief-weights"><fieldset class="brief-sliders">'
            f"<legend>{to_html(self.words['legend'])}</legend><ul>{''.join(lines)}</ul>"
            f'<button type="button" data-reset>{to_html(self.words["reset"])}</button>'
            f'<p class="brief-aside">{to_html(self.words["hint"])}</p>'
            '<p role="status" aria-live="polite"></p></fieldset>'
            f'{self.table.html()}<script type="application/json">{self._data()}</script>{panels.html()}</div>'
            f"<script>\n{script()}</script>"
        )

    def _data(self) -> str:
        """Return what the script reads, as JSON that can end no element."""
        data = {
            "names": [slider.name for slider in self.sliders],
            "weights": [slider.weight for slider in self.sliders],
            "places": [[row.code, plain(row.name), list(row.scores)] for row in self.rows],
            "words": {key: plain(self.words[key]) for key in WORDS},
        }
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")

    def typst(self) -> str:
        return self.printed.typst()

    def beside(self) -> str:
        return self.printed.beside()

    def plain(self) -> str:
        return self.printed.plain()
