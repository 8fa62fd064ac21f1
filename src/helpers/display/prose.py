"""The voice of a brief: its language, the names it uses, and the sentences of ``phrases/``."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from helpers import paths
from helpers.analysis import again
from helpers.analysis.lineage import Lineage
from helpers.analysis.ranking import Neighbour
from helpers.analysis.reading import Reading
from helpers.display import markup, numbers, ranks, trace
from helpers.display.trace import Origins, Trace
from helpers.errors import AnalysisError, compose, listed

OTHERS = "OTHER"
"""The area of which the name is no proper name: other territories."""

WITH_ARTICLE = frozenset(
    {
        "US",
        "DC",
        "GBR",
        "NLD",
        "PHL",
        "ARE",
        "DOM",
        "USA",
        "BHS",
        "EUU",
        "COG",
        "COD",
        "GMB",
        "MDV",
        "MP",
        "VI",
    }
)
"""Codes whose English names take *the* inside a sentence."""


_OF_A_PLURAL = re.compile("([Tt]he (?:[A-Z][a-z]+ )*[A-Z][a-z]+s)’s")
"""Names with an article that end in s are plurals: the Netherlands, the United Arab Emirates."""

REGISTER = "events"
"""The table for which a user's own register may stand in (see ``phrases/own.yml``)."""


@cache
def phrases() -> dict[str, dict[str, str]]:
    """Return every phrase by key: ``{"en": ..., "ja": ...}``."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((Path(__file__).parent / "phrases").glob("*.yml")):
        found |= paths.content(path)
    return found


class _Counting(string.Formatter):
    """Fills ``{n:event|events}`` with the number and the word for one or for more of them."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        one, counted, more = format_spec.partition("|")
        if not counted:
            return super().format_field(value, format_spec)
        return f"{value} {one if markup.plain(value) == '1' else more}"


_COUNTING = _Counting()


def filled(text: str, parts: Mapping[str, str]) -> str:
    """Return a phrase with its blanks filled; ``{n:event|events}`` is the number with the word for one or for more."""
    return _COUNTING.vformat(text, (), parts) if "|" in text else text.format(**parts)


@cache
def blanks(text: str) -> frozenset[str]:
    """Return the names in braces that a phrase wants filled."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


@dataclass(frozen=True, eq=False)
class Voice:
    """One language with the names of places and partners in it.

    Parameters
    ----------
    lang : str
        ``en`` or ``ja``.
    names : mapping
        Code of a partner, group, state or mission to its name in that language.
    origins : Origins, optional
        What is known of tables and sources; without it no number on the page is traced completely.
    day : str, optional
        The day as of which the page is made (ISO date; empty: everything in ``data/``).
    """

    lang: str
    names: Mapping[str, str]
    origins: Origins | None = None
    day: str = ""

    @property
    def own(self) -> frozenset[str]:
        """The tables for which the user's own file stands in."""
        return getattr(self.origins, "own", frozenset())

    def say(self, key: str, **parts: str) -> str:
        """Return a phrase with its blanks filled by words that are already in the language (see `filled`).

        In Japanese, Japan as a counterpart is 対日 and its companies are 日系. Brackets never stand in brackets. What
        belongs to a country in the plural is the Netherlands’. Where the register of events is its user's own,
        ``own.<key>`` is said where there is one.

        Raises
        ------
        AnalysisError
            For an unknown key or a blank that is not given.
        """
        known = phrases()
        if REGISTER in self.own and f"own.{key}" in known:
            key = f"own.{key}"
        if key not in known:
            raise AnalysisError(
                compose("phrase", "a key of phrases/", repr(key), "Add it in both languages.")
            )
        text = known[key][self.lang]
        lacking = sorted(blanks(text) - set(parts))
        if lacking:
            raise AnalysisError(
                compose(f"phrase {key}", "every blank filled", f"none for {listed(lacking)}", "Pass it.")
            )
        said = ranks.flattened(filled(text, parts))
        if self.lang == "ja":
            return said.replace("対日本", "対日").replace("日本系", "日系")
        return _OF_A_PLURAL.sub(r"\1’", said)

    def name(self, code: str) -> str:
        """Return the name of a partner, group, state or mission, safe to stand in a marked text."""
        if code not in self.names:
            raise AnalysisError(
                compose(
                    "name",
                    "a code of the reference tables",
                    repr(code),
                    "Add it to partners, aggregates or states.",
                )
            )
        return markup.escape(self.names[code])

    def the(self, code: str) -> str:
        """Return the name as it stands inside a sentence (*the* United Kingdom, *other* territories)."""
        name = self.name(code)
        if code == OTHERS:
            return name[:1].lower() + name[1:]
        return f"the {name}" if self.lang == "en" and code in WITH_ARTICLE else name

    def opening(self, code: str) -> str:
        """Return the name as it opens a sentence or a title."""
        words = self.the(code)
        return words[:1].upper() + words[1:]

    def join(self, items: list[str], *, comma: bool = False) -> str:
        """Return clauses as a list in a sentence; `comma`: the last one follows a comma too."""
        if comma and self.lang == "en":
            return ", ".join(items)
        return numbers.join(items, self.lang) if self.lang == "en" else "、".join(items)

    def trace(self, lineage: Lineage, unit: str) -> Trace:
        """Return where a number of this unit comes from, in words."""
        key = f"trace.basis.{lineage.basis or _basis(lineage)}"
        basis = self.say(key) if key in phrases() else ""
        method = lineage.universe.more.get("method", {}) if lineage.universe is not None else {}
        family = again.family(str(method.get("name", "")))
        paper = self.say(f"trace.how.{lineage.how}")
        words = self.say(f"trace.how.{lineage.how}.{family}") if family else paper
        return trace.of(
            self.origins,
            self.lang,
            lineage,
            basis=basis,
            unit=unit,
            text=words,
            paper=paper if family else "",
        )

    # numbers, in the language
    def amount(self, reading: Reading, value: float | None = None, part: str = "") -> str:
        """Return a value in the unit of the reading: dollars in words, or a plain count of persons.

        It is marked as the reading's value, or as the `part` that `value` is (``total``, ``above.gap``).
        """
        figure = reading.value if value is None else value
        name = f"{reading.id}.{part or 'value'}" if part or value is None else ""
        if reading.unit == "persons":
            return markup.number(name, self.persons(figure))
        return markup.number(name, self.dollars(figure * (1e6 if reading.unit == "million USD" else 1)))

    def part(self, reading: Reading, part: str, share: float | None) -> str:
        """Return a fraction that belongs to a reading (``share``, ``above.gap_share``) in percent."""
        return markup.number(f"{reading.id}.{part}", self.percent(share or 0.0))

    def dollars(self, usd: float) -> str:
        """Return US dollars in words."""
        return numbers.dollars(usd, self.lang)

    def persons(self, count: Any) -> str:
        """Return a number of persons: ``47,500`` or ``4万7,500人``."""
        return numbers.count(count, self.lang) + ("" if self.lang == "en" else "人")

    def percent(self, share: float) -> str:
        """Return a fraction in percent."""
        return numbers.percent(share, self.lang)

    def nth(self, rank: int, *, tied: bool = False) -> str:
        """Return a rank as an ordinal: ``joint 4th``, ``第4位``."""
        return numbers.rank(rank, self.lang, tied=tied)

    def year(self, year: int) -> str:
        """Return a calendar year."""
        return numbers.year(year, self.lang)

    def fiscal(self, year: Any) -> str:
        """Return a Japanese fiscal year."""
        return numbers.fiscal_year(int(year), self.lang)

    def tick(self, year: Any) -> str:
        """Return a Japanese fiscal year for an axis: ``FY21``, ``R3``."""
        return numbers.fiscal_year(int(year), self.lang, style="tick")

    # ranks in words
    def rank(self, reading: Reading, *, band: bool = True, listed: bool = False) -> str:
        """Return the rank with its universe, and its band where more than one rank is possible.

        `listed`: the universe is a list, however much of the total it holds.
        """
        place = reading.standing
        if reading.rank is None:
            return self.say("rank.none")
        nth = self.nth(reading.rank, tied=place.tied)
        if reading.printed_rank is not None:
            return self.say("rank.printed", nth=markup.number(f"{reading.id}.rank", nth))
        if reading.universe == "all" and not listed:
            text = numbers.rank(place.rank, self.lang, tied=place.tied, of=place.of)
        else:
            of = numbers.count(place.of, self.lang, "country") if self.lang == "ja" else str(place.of)
            text = self.say("rank.of_leading", nth=nth, of=of)
        if band and place.best != place.worst:
            edges = numbers.band(place.best, place.worst, self.lang)
            opened = text.removesuffix("）")
            text = (
                f"{text} ({edges})"
                if self.lang == "en"
                else f"{opened}{'（' if opened == text else '、'}{edges}）"
            )
        return markup.number(f"{reading.id}.rank", text)

    def place(self, reading: Reading, *, listed: bool = False) -> str:
        """Return the rank with its band and the distance to the neighbours, as one clause."""
        parts = (self.rank(reading, listed=listed), self.gaps(reading))
        return self.join([part for part in parts if part], comma=True)

    def largest(self, reading: Reading) -> str:
        """Return *largest*, *second-largest* ... or 第1位, 第2位 ..., joint where tied."""
        rank, tied = reading.rank or 0, reading.standing.tied
        name = f"{reading.id}.rank"
        if self.lang == "ja":
            return markup.number(name, self.nth(rank, tied=tied))
        if rank == 1:
            return markup.number(name, self.say("largest.one_tied" if tied else "largest.one"))
        word = numbers.ordinal_word(rank, self.lang)
        return markup.number(name, self.say("largest.tied" if tied else "largest.nth", nth=word))

    def gaps(self, reading: Reading) -> str:
        """Return the distance to the neighbours above and below, as far as they are in hand."""
        place = reading.standing
        parts = [
            self._gap("note.behind", "above", place.above, reading),
            self._gap("note.ahead", "below", place.below, reading),
        ]
        return self.join([p for p in parts if p])

    def nearest(self, reading: Reading) -> str:
        """Return the distance to the nearer of the two neighbours; '' where none is in hand."""
        above, below = reading.standing.above, reading.standing.below
        if above is not None and (below is None or above.gap <= below.gap):
            return self._gap("note.behind", "above", above, reading)
        return self._gap("note.ahead", "below", below, reading)

    def behind(self, reading: Reading) -> str:
        """Return the distance to the neighbour above, or to the one below for the first; '' without a rank."""
        place = reading.standing
        if reading.rank is None:
            return ""
        behind = self._gap("note.behind", "above", place.above, reading)
        return behind or self._gap("note.ahead", "below", place.below, reading)

    def _gap(self, key: str, side: str, other: Neighbour | None, reading: Reading) -> str:
        if other is None:
            return ""
        key = key if other.gap_share is not None else f"{key}.absolute"
        share = (
            self.part(reading, f"{side}.gap_share", other.gap_share) if other.gap_share is not None else ""
        )
        gap = self.amount(reading, other.gap, f"{side}.gap")
        if reading.unit == "persons":
            gap = markup.number(f"{reading.id}.{side}.gap", numbers.count(other.gap, self.lang, "job"))
        parts = {"gap": gap, "name": self.the(other.entity), "pct": share}
        return self.say(key, **{k: v for k, v in parts.items() if k in blanks(phrases()[key][self.lang])})


def _basis(lineage: Lineage) -> str:
    """Return the key of the basis of a lineage: table and, where it has them, flow or basis of its first cell."""
    where: Mapping[str, Any] = {}
    if lineage.cells:
        table, where = lineage.cells[0].table, lineage.cells[0].where
    elif lineage.universe is not None:
        table, where = lineage.universe.table, lineage.universe.where
    else:
        return ""
    flow = "difference" if lineage.how == "difference" or len(_flows(lineage)) > 1 else where.get("flow")
    return ".".join(str(part) for part in (table, flow or where.get("basis")) if part)


def _flows(lineage: Lineage) -> set[Any]:
    found = {cell.where.get("flow") for cell in lineage.cells if "flow" in cell.where}
    terms = lineage.universe.more.get("terms", ()) if lineage.universe is not None else ()
    return found | {term["where"].get("flow") for term in terms}
