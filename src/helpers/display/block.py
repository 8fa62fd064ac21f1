"""What every block of a page has: a language, the numbers it shows, and one value with four faces."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from helpers.display import notes
from helpers.display.markup import unmarked
from helpers.display.panel import Panels
from helpers.display.trace import Trace
from helpers.errors import RenderError, compose, listed

LANGUAGES = ("en", "ja")
JSON_FACE = "application/vnd.brief+json"
TYPST_FACE = "text/vnd.typst"

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "source": "Source: ",
        "note": "Note",
        "missing": "Not in the data",
        "caution": "Caution",
        "subject": "subject of this brief: ",
        "key": "Key figures",
        "findings": "Findings",
        "colon": ": ",
    },
    "ja": {
        "source": "出典：",
        "note": "注",
        "missing": "データなし",
        "caution": "注意",
        "subject": "本ブリーフの対象：",
        "key": "主要指標",
        "findings": "分析結果",
        "colon": "：",
    },
}


@dataclass(frozen=True)
class Value:
    """One number that a block shows, as it goes into the ``.json`` beside the brief.

    Parameters
    ----------
    id : stable name such as ``exports.share``
    label : what is counted, in the language of the brief
    value : the number itself, unrounded; None where none is published
    unit : such as ``percent``, ``million USD``, ``jobs``
    period : such as ``2021`` or ``FY2021``
    rank : competition rank, if ranked
    band : best and worst possible rank
    of : how many were ranked
    trace : the way back to the rows; a complete one is a :class:`helpers.display.trace.Trace`
    """

    id: str
    label: str
    value: float | int | str | None
    unit: str
    period: str
    rank: int | None = None
    band: tuple[int, int] | None = None
    of: int | None = None
    trace: Trace | Mapping[str, Any] | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the value as plain JSON types; a NaN becomes null, an infinite number is an error."""
        return {
            "id": self.id,
            "label": unmarked(self.label),
            "value": _json(self.value, self.id),
            "unit": self.unit,
            "period": str(self.period),
            "rank": _json(self.rank, self.id),
            "band": None if self.band is None else [_json(edge, self.id) for edge in self.band],
            "of": _json(self.of, self.id),
            "trace": _json(self._way(), self.id),
        }

    def _way(self) -> Mapping[str, Any] | None:
        return self.trace.to_json() if isinstance(self.trace, Trace) else self.trace


def _json(item: Any, name: str) -> Any:
    """Return `item` with numpy scalars, dates, tuples and NaN turned into plain JSON types."""
    if item is None or type(item) in (str, int, bool):
        return item
    if isinstance(item, Mapping):
        return {str(key): _json(entry, name) for key, entry in item.items()}
    if isinstance(item, (list, tuple)):
        return [_json(entry, name) for entry in item]
    if hasattr(item, "item") and callable(item.item):
        item = item.item()
    if isinstance(item, float):
        if math.isinf(item):
            message = compose(f"value {name!r}", "a finite number or None", str(item), "Divide by no zero.")
            raise RenderError(message)
        return None if math.isnan(item) else item
    if isinstance(item, (bool, int, str)):
        return item
    return None if str(item) in ("<NA>", "NaT") else str(item)


class Block:
    """A piece of a page. Subclasses are frozen dataclasses that say each of its faces."""

    kind: ClassVar[str] = ""
    lang: str

    def __post_init__(self) -> None:
        if self.lang not in LANGUAGES:
            message = compose(
                f"block {self.kind}", "lang 'en' or 'ja'", repr(self.lang), "Pass the brief's `lang`."
            )
            raise RenderError(message)

    def html(self) -> str:
        """Return the block as an HTML fragment."""
        raise NotImplementedError

    def typst(self) -> str:
        """Return the block as Typst markup."""
        raise NotImplementedError

    def beside(self) -> str:
        """Return the block as Typst markup for one side of a row, half as wide as the page; most set themselves."""
        return self.typst()

    def breaks(self) -> bool:
        """Return whether the block, on one side of a row, is so long that it may go on on the next page."""
        return False

    def plain(self) -> str:
        """Return the block for a terminal."""
        raise NotImplementedError

    def numbers(self) -> list[Value]:
        """Return every number that the block shows."""
        return list(getattr(self, "values", ()))

    def facts(self) -> dict[str, Any]:
        """Return what else the JSON face carries."""
        return {}

    def panels(self, *texts: str) -> Panels:
        """Return the controls and panels of the numbers in `texts`, which also tell the block from others."""
        return Panels(self.lang, self.numbers(), "\n".join((self.kind, *texts)))

    def cite(self, text: str | None = None) -> str:
        """Return the Typst of the note numbers behind a title (all numbers) or a sentence (those in it)."""
        return notes.cite(self.numbers(), text)

    def word(self, name: str) -> str:
        """Return one of the page's own words in the block's language."""
        return WORDS[self.lang][name]

    def json(self) -> dict[str, Any]:
        """Return the JSON face: kind, language, the numbers shown, and tables, sources and notes of these."""
        shown = self.numbers()
        values = [value.to_json() for value in shown]
        traces = [value.trace for value in shown if isinstance(value.trace, Trace)]
        tables = {name: vars(table) for trace in traces for name, table in trace.tables.items()}
        sources = {
            key: {"text": text, "url": url} for trace in traces for key, (text, url) in trace.sources.items()
        }
        named = {"values": values, "tables": tables, "sources": sources}
        named["notes"] = notes.known(shown, self.lang)
        return {"kind": self.kind, "lang": self.lang, **self.facts(), **named}

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {
            "text/plain": self.plain(),
            "text/html": self.html(),
            TYPST_FACE: self.typst(),
            JSON_FACE: self.json(),
        }

    def __repr__(self) -> str:
        return self.plain()


def all_strings(where: str, texts: Iterable[tuple[str, object]]) -> None:
    """Raise one error that names every text that is not a string (a number nobody formatted)."""
    wrong = [f"{name} = {text!r}" for name, text in texts if not isinstance(text, str)]
    if wrong:
        todo = "Format numbers with helpers.display.numbers first."
        raise RenderError(compose(where, "formatted strings", listed(wrong), todo))
