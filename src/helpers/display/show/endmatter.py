"""The end of a page: which figures were used, sources, method cards and the glossary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from helpers import paths
from helpers.analysis import changes
from helpers.display import numbers, publishers
from helpers.display.blocks import Cards, Editions, SourceLine, Sources, TraceNotes
from helpers.display.markup import escape
from helpers.display.prose import Voice


class Described(Protocol):
    """What this module needs of a table's description."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> Mapping[str, str]: ...
    @property
    def path(self) -> str: ...
    @property
    def lacks(self) -> Mapping[str, str]: ...
    @property
    def sources(self) -> Sequence[Any]: ...


class Edition(Protocol):
    """What this module needs of a figure: the table it is of, its year and its edition."""

    @property
    def table(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def vintage(self) -> str: ...


NAMED = 2
"""Publications named for each table; the rest are counted and stand in ``data/sources.csv``."""

CARD_LINES = ("definition", "unit", "basis", "next_release", "coverage", "missing", "caveats")


def vintages(voice: Voice, as_of: str, *readings: Edition | None) -> Editions:
    """Return which year and edition of each table the page uses, and what ``as_of`` leaves out.

    The head of the page says that the data go to the newest of these years and of those of the headline.
    """
    parts = list(dict.fromkeys(_part(voice, r) for r in readings if r is not None))
    when = (
        voice.say("vintage.as_of", date=numbers.date(as_of, voice.lang))
        if as_of
        else voice.say("vintage.all")
    )
    said = voice.say("vintage.note", parts=voice.join(parts), as_of=when) if parts else when
    late = [_part(voice, r) for r in readings if r is not None and changes.stands_in(r.vintage, as_of)]
    if late:
        told = voice.say("changes.stand_in", parts=voice.join(list(dict.fromkeys(late))))
        said = f"{said} {told}" if voice.lang == "en" else f"{said}{told}"
    newest = max((r.year for r in readings if r is not None), default="")
    return Editions(voice.lang, said, newest=str(newest))


def _part(voice: Voice, reading: Edition) -> str:
    """Return a table with the year and edition of the figure that is used."""
    parts = {"year": str(reading.year), "vintage": escape(reading.vintage)}
    return voice.say("vintage.part", table=voice.say(f"table.{reading.table}"), **parts)


def sources(voice: Voice, tables: Iterable[Described]) -> Sources:
    """Return, for each table of the page, its title, who published it with an address, and what it lacks.

    Of a register that is the user's own, its file's name and that it is not part of the repository.
    """
    items = []
    for table in tables:
        if voice.origins is not None and table.name in voice.own:
            own = voice.origins.table(table.name)
            parts = {"title": escape(own.title[voice.lang]), "basis": escape(own.basis[voice.lang])}
            items.append(SourceLine(voice.say("sources.own", **parts), ""))
            continue
        every = list(dict.fromkeys(publishers.publication(s.text, voice.lang) for s in table.sources))
        published = publishers.several(every[:NAMED], len(every) - NAMED, voice.lang)
        url = next((s.url for s in table.sources if s.url.startswith("http")), "")
        lacks = table.lacks.get(voice.lang)
        rest = [voice.say("sources.lacks", lacks=escape(lacks))] if lacks else []
        title = table.title[voice.lang]
        colon, stop = (": ", ". ") if voice.lang == "en" else ("：", "。")
        whole, short = (stop.join([escape(t), *rest]) for t in (f"{title}{colon}{published}", title))
        items.append(SourceLine(whole, url, short, table.path))
    return Sources(voice.lang, title="", items=tuple(items))


REFRESHED = "; refreshed: "
"""What stands in a description between the vintages of its own words and those that refreshes brought."""


def method_cards(voice: Voice, cards: Mapping[str, Mapping[str, Any]], ids: Iterable[str]) -> Cards:
    """Return the method cards of the indicators on the page; lines under ``own`` where the table is the user's own."""
    items = []
    for name in ids:
        card = {
            **cards[name],
            **(cards[name].get("own", {}) if cards[name].get("table") in voice.own else {}),
        }
        lines = [
            (voice.say(f"card.{line}"), escape(str(card[line][voice.lang])))
            for line in CARD_LINES
            if line in card
        ]
        if came := _refreshed(voice, str(card.get("table", ""))):
            lines.append((voice.say("card.refreshed"), came))
        items.append((escape(str(card["title"][voice.lang])), tuple(lines)))
    return Cards(voice.lang, items=tuple(items))


def _refreshed(voice: Voice, table: str) -> str:
    """Return that a refresh brought figures which the words of a card do not know; empty where none did."""
    if voice.origins is None or not table or table in voice.own:
        return ""
    came = voice.origins.table(table).vintage.partition(REFRESHED)[2]
    vintages = [numbers.period(one, voice.lang) for one in came.split(", ") if one]
    return voice.say("card.refreshed_since", vintages=voice.join(vintages)) if vintages else ""


def notes(voice: Voice) -> TraceNotes:
    """Return where the numbers of the page come from: on paper the numbered notes, on screen how to open them."""
    return TraceNotes(
        voice.lang,
        title=voice.say("trace.notes_title"),
        lead=voice.say("trace.notes_lead"),
        hint=voice.say("trace.hint"),
    )


@cache
def _terms() -> dict[str, dict[str, Any]]:
    return paths.content(Path(__file__).parents[1] / "glossary.yml")


def glossary(voice: Voice, ids: Iterable[str] = ()) -> Cards:
    """Return the terms of art, all or those named."""
    terms = _terms()
    wanted = list(ids) or list(terms)
    return Cards(
        voice.lang,
        items=tuple(
            (terms[t]["term"][voice.lang], (("", escape(terms[t]["meaning"][voice.lang])),)) for t in wanted
        ),
    )


@cache
def _pages() -> dict[str, dict[str, list[str]]]:
    return paths.content(Path(__file__).parents[1] / "endmatter.yml")


def tables(page: str) -> list[str]:
    """Return the names of the tables whose sources close a page (``national``, ``state``)."""
    return _pages()[page]["tables"]


def cards(page: str) -> list[str]:
    """Return the indicators whose method cards close a page."""
    return _pages()[page]["cards"]
