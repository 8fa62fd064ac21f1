"""The figure block: a chart with its finding as title, and in words for who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from helpers.display import panel, vector
from helpers.display.block import Block, Value
from helpers.display.markup import content, literal, numbers_in, plain, to_html, to_typst, tongues, unmarked
from helpers.errors import RenderError, compose

_WIDE = 300
"""Points from which a drawing is too wide for a phone: its words would shrink to half their size."""


@dataclass(frozen=True, repr=False)
class Figure(Block):
    """A chart: its title states the finding, its subtitle unit and period, `alt` what it shows in words.

    Parameters
    ----------
    svg : the drawing, complete in itself, with a ``viewBox``
    source : where the figures are from, without the word "Source"
    width : ``full``, or ``half`` of the page where it stands alone (in a `Row` it fills its half)

    Raises
    ------
    RenderError
        If `alt` is empty (a figure that cannot be read aloud cannot be published) or `svg` is no drawing.
    """

    lang: str
    svg: str
    title: str
    subtitle: str
    alt: str
    source: str
    values: Sequence[Value] = ()
    width: Literal["full", "half"] = "full"
    kind: ClassVar[str] = "figure"
    _drawing: str = field(init=False, default="", compare=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        where = f"figure {plain(self.title)!r}"
        if not self.alt.strip():
            todo = "Pass the sentence that helpers.display.charts makes from the numbers."
            raise RenderError(compose(where, "an alt text", "none", todo))
        object.__setattr__(self, "alt", unmarked(self.alt))
        object.__setattr__(self, "_drawing", vector.tidy(self.svg, where))

    def _frame(self) -> str:
        """Return the class of the drawing's frame: a wide drawing scrolls on a phone instead of shrinking."""
        wide = vector.size(self._drawing)[0] > _WIDE
        return "brief-drawing brief-wide" if wide else "brief-drawing"

    def html(self) -> str:
        panels = self.panels(self.title, self.subtitle)
        small = to_html(self.subtitle, panels.control)
        subtitle = f'<span class="brief-subtitle">{small}</span>' if small else ""
        said = {*numbers_in(self.title), *numbers_in(self.subtitle)}
        points = panel.points(self.lang, [value for value in self.values if value.id not in said])
        source = f"{self.word('source')}{tongues(to_html(self.source), self.lang)}" if self.source else ""
        return (
            f'<figure class="brief brief-figure brief-{self.width}">'
            f'<figcaption><span class="brief-title">{to_html(self.title, panels.control)}</span>{subtitle}'
            "</figcaption>"
            f'<div class="{self._frame()}">{vector.inline(self._drawing, self.alt)}</div>'
            + (f'<p class="brief-source">{source}</p>' if source else "")
            + f"{points}{panels.html()}</figure>"
        )

    def typst(self) -> str:
        source = literal(self.word("source")) if self.source else '""'
        return "\n".join(
            [
                "#brief-figure(",
                f"  title: {content(self.title, self.cite(), title=True)}, subtitle: {content(self.subtitle)},",
                f"  source: [#{source};{to_typst(self.source)}], width: {literal(self.width)},",
                f"  alt: {literal(self.alt)},",
                f"  svg: {literal(self._drawing)})",
            ]
        )

    def plain(self) -> str:
        source = f"{self.word('source')}{plain(self.source)}" if self.source else ""
        lines = (plain(self.title), plain(self.subtitle), f"[{self.alt}]", source)
        return "\n".join(line for line in lines if line)
