"""A number of two editions in words: what it measures, how it was and is printed, and why it differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from helpers.analysis import changes
from helpers.display import markup, numbers, trace
from helpers.display.block import Value
from helpers.display.markup import escape
from helpers.display.prose import Voice, phrases

PAST = "past"
"""Part of the id of a number of a series; what follows it is the period."""

DIGITS = (1, 2, 3)
"""Decimals that are tried, one after the other, until two figures no longer print alike."""

LATEST = "latest"
"""Stands for the day of an edition of everything in hand."""

LONG = 60
"""Letters of a description that are printed as evidence."""

Number = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Pair:
    """The numbers of one place, or of one brief, in two editions.

    Attributes
    ----------
    place : str
        ``US``, the code of a state, or the slug of a brief.
    frame : DataFrame
        As :func:`helpers.analysis.changes.compare`.
    before, after : mapping
        Id to the number, as the ``.json`` of the two editions holds it.
    shown : tuple of mapping
        Id to the number with its trace, before and after, where they were recomputed for a page.
    partner : str
        Whose numbers they are, where they were recomputed.
    days : tuple of str
        The two days for which they were.
    """

    place: str
    frame: pd.DataFrame = field(repr=False)
    before: Mapping[str, Number] = field(repr=False)
    after: Mapping[str, Number] = field(repr=False)
    shown: tuple[Mapping[str, Value], Mapping[str, Value]] = field(default=({}, {}), repr=False)
    partner: str = ""
    days: tuple[str, str] = ("", "")

    @property
    def counts(self) -> dict[str, int]:
        """How many numbers have each status."""
        return changes.counts(self.frame)

    @property
    def shared(self) -> int:
        """How many numbers stand in both editions."""
        return len(self.before.keys() & self.after.keys())

    @property
    def differ(self) -> int:
        """How many of them differ."""
        return self.shared - self.counts["same"]

    def status(self, name: str) -> str:
        """Return what became of one number; empty where neither edition holds it."""
        found = self.frame.loc[self.frame["id"] == name, "status"]
        return str(found.iloc[0]) if len(found) else ""

    def name(self, side: str, number: str) -> str:
        """Return the id that a number of one side (``before``, ``after``) has on a page of both."""
        return f"{side}.{self.place}.{number}"

    def values(self, number: str) -> list[Value]:
        """Return one number as it was and as it is, with ids that tell the two apart."""
        sides = zip(("before", "after"), self.shown, strict=True)
        return [replace(of[number], id=self.name(side, number)) for side, of in sides if number in of]


def pair(place: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Pair:
    """Return two editions of one brief set beside each other; see :func:`helpers.analysis.changes.compare`."""
    old, new = ({value["id"]: value for value in side["values"]} for side in (before, after))
    return Pair(place, changes.compare(before, after), old, new)


def of_days(
    place: str,
    partner: str,
    before: Mapping[str, Value],
    after: Mapping[str, Value],
    days: tuple[str, str],
) -> Pair:
    """Return the numbers of two days, recomputed from the same tables, set beside each other."""
    old, new = (_document(values, day) for values, day in zip((before, after), days, strict=True))
    return replace(pair(place, old, new), shown=(before, after), partner=partner, days=days)


def _document(values: Mapping[str, Value], day: str) -> dict[str, Any]:
    """Return numbers in the form of the ``.json`` of a brief."""
    tables = tables_of(values.values())
    return {
        "values": [value.to_json() for value in values.values()],
        "tables": {name: {"sha256": table.sha256} for name, table in tables.items()},
        "parameters": {"as_of": day},
    }


def tables_of(values: Iterable[Value]) -> dict[str, trace.Table]:
    """Return the tables that the traces of some numbers name."""
    ways = [value.trace for value in values if isinstance(value.trace, trace.Trace)]
    return {name: table for way in ways for name, table in way.tables.items()}


def label(voice: Voice, number: Number) -> str:
    """Return what a number measures: its label, and which part of a reading it is (rank, share, total)."""
    parts = str(number["id"]).split(".")
    rest = parts[3:] if PAST in parts[:2] else parts[1:]
    what, part = str(number["label"]), "_".join(rest)
    for key in (f"changes.part.{parts[0]}_{part}", f"changes.part.{part}"):
        if key in phrases():
            return voice.say(key, what=what)
    return what


def figures(voice: Voice, old: Number | None, new: Number | None) -> tuple[str, str]:
    """Return a number as it was and is printed, with its period and rank.

    Two figures that differ and would print alike are given with more digits, up to three decimals.
    """
    for places in DIGITS:
        was, now = (_figure(voice, side, places) for side in (old, new))
        if was != now or old is None or new is None or changes.same(old, new):
            break
    return was, now


def _figure(voice: Voice, number: Number | None, places: int) -> str:
    if number is None or number["value"] is None:
        return voice.say("changes.absent")
    said = {"figure": _amount(voice, number, places), "period": _period(voice, str(number["period"]))}
    if not any(letter.isdigit() for letter in said["period"]):
        return said["figure"]
    if number["rank"] is None or number["unit"] == "rank":
        return voice.say("changes.figure", **said)
    return voice.say("changes.ranked", **said, nth=voice.nth(int(number["rank"])))


def _amount(voice: Voice, number: Number, places: int) -> str:
    value, unit, name = number["value"], number["unit"], str(number["id"])
    if unit == "rank":
        return voice.nth(int(value))
    if unit in ("million USD", "USD"):
        return numbers.dollars(value * (1e6 if unit == "million USD" else 1), voice.lang, places=places)
    if unit == "persons":
        return voice.persons(value)
    if unit == "fraction" and name.endswith("share_change"):
        return numbers.points(value, voice.lang, places)
    if unit == "fraction":
        return numbers.percent(value, voice.lang, places, signed=name.endswith("growth"))
    if unit.startswith("percent"):
        return numbers.percent(value / 100, voice.lang, places)
    if isinstance(value, str) or float(value).is_integer():
        return escape(value) if isinstance(value, str) else numbers.count(value, voice.lang)
    return numbers.number(value, voice.lang, places)


def _period(voice: Voice, period: str) -> str:
    if not period.startswith("FY"):
        return voice.year(int(period)) if period.isdigit() else period
    first, _, last = period.replace("FY", "").partition("-")
    return numbers.fiscal_range(int(first), int(last or first), voice.lang)


def day(voice: Voice, as_of: str) -> str:
    """Return the day of an edition, or the last year of a series, in words; the tables in hand where it has none."""
    if not as_of:
        return voice.say("changes.day.all")
    said = [
        voice.year(int(one)) if one.isdigit() else numbers.date(one, voice.lang) for one in as_of.split(", ")
    ]
    return voice.join(list(dict.fromkeys(said)))


def evidence(voice: Voice, row: Any) -> str:
    """Return what differs between two numbers of one id, of a row of the comparison; empty where nothing does."""
    if not row.kind:
        return ""
    sides = (row.was, row.now)
    if row.kind == "as_of":
        was, now = (day(voice, str(side)) for side in sides)
    elif row.kind == "period":
        was, now = (_period(voice, str(side)) for side in sides)
    else:
        was, now = (escape(_cut(str(side))) for side in sides)
    parts = {"was": was, "now": now} | ({"table": table(voice, row.subject)} if row.subject else {})
    return voice.say(f"changes.kind.{row.kind}", **parts)


def _cut(text: str) -> str:
    """Return a description of rows, the end of a long one left out: the trace of the number has it whole."""
    return text if len(text) <= LONG else f"{text[:LONG].rstrip()} …"


def table(voice: Voice, name: str) -> str:
    """Return what a table is called in a sentence; its own name where there are no words for it."""
    for key in (f"table.{name}", f"changes.table.{name}"):
        if key in phrases():
            return voice.say(key)
    return escape(name)


def causes(voice: Voice, counts: Mapping[str, int], place: str) -> str:
    """Return how many numbers of a place differ from which cause, those without a number left out; '' for none."""
    said = {cause: count(place, cause, counts[cause]) for cause in changes.CAUSES if counts[cause]}
    clauses = [voice.say(f"changes.clause.{cause}", n=n) for cause, n in said.items()]
    return voice.join(clauses) if clauses else ""


def count(place: str, name: str, n: int) -> str:
    """Return a number of numbers, marked as the value ``changes.<place>.<name>`` that it is."""
    return markup.number(f"changes.{place}.{name}", f"{n}")
