"""The claim table: what the deck prints beside what the tables give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from helpers.analysis.claims import Check
from helpers.analysis.lineage import Lineage
from helpers.display import facts, markup, numbers
from helpers.display.block import Value
from helpers.display.blocks import Block, Column, Finding, Note, Table
from helpers.display.markup import escape
from helpers.display.prose import Voice
from helpers.display.show.taskforce import not_yet

MARKS = {"reproduced": "✓", "differs": "≠", "not_checkable": "–"}


def audit(voice: Voice, subject: str, checks: Sequence[Check]) -> tuple[Block, ...]:
    """Return the claim table and its count; one sentence on another partner's page or before the deck."""
    if subject != "JPN":
        return (Note(voice.lang, voice.say("claims.only_japan", subject=voice.the(subject))),)
    if not checks:
        return (not_yet(voice),)
    return table(voice, checks), finding(voice, checks)


def table(voice: Voice, checks: Sequence[Check]) -> Table:
    """Return one row a claim: worded by us, as printed, recomputed, and how the two compare."""
    rows = [
        {
            "claim": voice.say(f"claim.{c.measure}", **_period(voice, c)),
            "printed": markup.number(f"{_name(c)}.printed", _figure(voice, c, c.printed)),
            "recomputed": "–"
            if c.recomputed is None
            else markup.number(f"{_name(c)}.recomputed", _figure(voice, c, c.recomputed)),
            "reading": f"{MARKS[c.verdict]} {voice.say(f'claims.{c.verdict}')}",
            "definition": voice.say(f"evidence.{c.evidence}", **_evidence(voice, c)),
        }
        for c in checks
    ]
    label = voice.say("claims.title")
    return Table(
        voice.lang,
        id="claims",
        title=label,
        caption=voice.say("claims.caption"),
        columns=(
            Column("claim", voice.say("head.claim")),
            Column("printed", voice.say("head.printed"), "right"),
            Column("recomputed", voice.say("head.recomputed"), "right"),
            Column("reading", voice.say("head.reading")),
            Column("definition", voice.say("head.definition")),
        ),
        rows=tuple(rows),
        notes=(voice.say("claims.note"),),
        values=tuple(v for c in checks for v in _values(voice, c, label)),
    )


def finding(voice: Voice, checks: Sequence[Check]) -> Finding:
    """Return how many claims hold, differ and cannot be checked."""
    counts = {v: sum(c.verdict == v for c in checks) for v in MARKS}
    counts["all"] = len(checks)
    said = {name: markup.number(f"claims.{name}", str(n)) for name, n in counts.items()}
    text = voice.say(
        "claims.finding",
        n=said["all"],
        reproduced=said["reproduced"],
        differs=said["differs"],
        unchecked=said["not_checkable"],
    )
    values = []
    for name, n in counts.items():
        rows = (cell for c in checks if name in (c.verdict, "all") for cell in c.printed_at.cells)
        made = Lineage("listed", tuple(rows))
        values.append(facts.value(voice, f"claims.{name}", text, n, "claims", "deck", made))
    return Finding(voice.lang, text, values=tuple(values))


def _name(check: Check) -> str:
    return f"claims.{check.id}.{check.measure}"


def _values(voice: Voice, check: Check, label: str) -> list[Value]:
    name, when = _name(check), check.year or check.period
    made = check.made if check.recomputed is not None else replace(check.printed_at, how="none")
    return [
        facts.value(
            voice, f"{name}.printed", label, check.printed, check.unit, check.period, check.printed_at
        ),
        facts.value(voice, f"{name}.recomputed", label, check.recomputed, check.unit, when, made),
    ]


def _figure(voice: Voice, check: Check, value: float) -> str:
    if check.unit == "rank":
        return voice.nth(int(value))
    if check.unit == "percent":
        return numbers.percent(value / 100, voice.lang)
    if check.unit == "billion USD":
        return voice.dollars(value * 1e9)
    return voice.persons(value) if check.unit == "persons" else numbers.number(value, voice.lang)


def _period(voice: Voice, check: Check) -> dict[str, str]:
    text = check.period
    if text.startswith("FY") and "-" in text:
        first, last = (int(p.removeprefix("FY")) for p in text.split("-"))
        return {"period": numbers.fiscal_range(first, last, voice.lang)}
    return {"period": voice.fiscal(int(text[2:])) if text.startswith("FY") else text}


def _evidence(voice: Voice, check: Check) -> dict[str, str]:
    return {"year": check.year, "vintage": escape(check.vintage)}
