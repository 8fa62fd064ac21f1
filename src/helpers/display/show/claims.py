"""The claim table: what the deck prints beside what the tables give."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.analysis.claims import Check
from helpers.display import facts, numbers
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
            "printed": _figure(voice, c, c.printed),
            "recomputed": "–" if c.recomputed is None else _figure(voice, c, c.recomputed),
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
        values=tuple(v for c in checks for v in _values(c, label)),
    )


def finding(voice: Voice, checks: Sequence[Check]) -> Finding:
    """Return how many claims hold, differ and cannot be checked."""
    counts = {v: sum(c.verdict == v for c in checks) for v in MARKS}
    text = voice.say(
        "claims.finding",
        n=str(len(checks)),
        reproduced=str(counts["reproduced"]),
        differs=str(counts["differs"]),
        unchecked=str(counts["not_checkable"]),
    )
    values = (
        facts.single(f"claims.{v}", text, n, "claims", "deck", "deck_figures") for v, n in counts.items()
    )
    return Finding(
        voice.lang,
        text,
        values=(facts.single("claims.all", text, len(checks), "claims", "deck", "deck_figures"), *values),
    )


def _values(check: Check, label: str) -> list[Value]:
    name = f"claims.{check.id}.{check.measure}"
    return [
        facts.single(
            f"{name}.printed", label, check.printed, check.unit, check.period, "deck_figures", id=check.id
        ),
        facts.single(
            f"{name}.recomputed",
            label,
            check.recomputed,
            check.unit,
            check.year or check.period,
            check.evidence,
        ),
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
