"""A number of two editions in words: what it measures, how it was and is printed, and why it differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from helpers.analysis import changes
from helpers.display import numbers
from helpers.display.block import Value
from helpers.display.markup import escape
from helpers.display.prose import Voice, phrases

PAST = "past"
"""Part of the id of a number of a series; what follows it is the period."""

DIGITS = (1, 2, 3)
"""Decimals that are tried, one after the other, until two figures no longer print alike."""

Number = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Pair:
    """The numbers of one place in two editions.

    Attributes
    ----------
    place : str
        ``US`` or the code of a state.
    frame : DataFrame
        As :func:`helpers.analysis.changes.compare`.
    before, after : mapping
        Id to the number, as the two editions hold it.
    """

    place: str
    frame: pd.DataFrame = field(repr=False)
    before: Mapping[str, Number] = field(repr=False)
    after: Mapping[str, Number] = field(repr=False)

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

    def values(self, name: str) -> list[Value]:
        """Return one number as it was and as it is, with ids that tell the two apart."""
        sides = {"before": self.before.get(name), "after": self.after.get(name)}
        return [_value(f"{side}.{self.place}.{name}", number) for side, number in sides.items() if number]


def pair(place: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Pair:
    """Return the numbers of one place set beside each other; see :func:`helpers.analysis.changes.compare`."""
    old, new = ({value["id"]: value for value in side["values"]} for side in (before, after))
    return Pair(place, changes.compare(before, after), old, new)


def _value(name: str, number: Number) -> Value:
    band = number.get("band")
    own = {key: number[key] for key in ("label", "value", "unit", "period", "rank", "of", "trace")}
    return Value(id=name, **own, band=None if band is None else (band[0], band[1]))


def label(voice: Voice, number: Number) -> str:
    """Return what a number measures: its label, and which part of a reading it is (rank, share, total)."""
    parts = str(number["id"]).split(".")
    rest = parts[3:] if PAST in parts[:2] else parts[1:]
    key = f"changes.part.{'_'.join(rest)}"
    what = str(number["label"])
    return voice.say(key, what=what) if key in phrases() else what


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
    """Return the day of an edition in words; the tables in hand where it has none."""
    return numbers.date(as_of, voice.lang) if as_of else voice.say("changes.day.all")


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
        was, now = (escape(str(side)) for side in sides)
    parts = {"was": was, "now": now} | ({"table": table(voice, row.subject)} if row.subject else {})
    return voice.say(f"changes.kind.{row.kind}", **parts)


def table(voice: Voice, name: str) -> str:
    """Return what a table is called in a sentence; its own name where there are no words for it."""
    for key in (f"table.{name}", f"changes.table.{name}"):
        if key in phrases():
            return voice.say(key)
    return escape(name)


def causes(voice: Voice, counts: Mapping[str, int]) -> str:
    """Return how many numbers differ from which cause, the causes without a number left out."""
    return voice.join(
        [voice.say(f"changes.clause.{c}", n=str(counts[c])) for c in changes.CAUSES if counts[c]]
    )
