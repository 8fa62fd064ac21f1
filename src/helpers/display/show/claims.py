"""The ledger of claims in tables: by verdict, each claim beside the tables, of a state, and what cannot be checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from helpers.analysis.claims import VERDICTS, Finding, of_place, worst
from helpers.analysis.claims.evidence import LEDGER
from helpers.analysis.lineage import Lineage, Universe
from helpers.display import facts, markup
from helpers.display.block import Value
from helpers.display.blocks import (
    Block,
    Column,
    Note,
    Table,
)
from helpers.display.prose import Voice
from helpers.display.show import claim_words as words
from helpers.display.show.taskforce import not_yet

WRONG = ("rounding", "inconsistent", "contradicted")
"""Verdicts of a figure that differs from the tables otherwise than by a slip."""

HEADS = ("claim", "printed", "recomputed", "verdict", "definition", "evidence")
"""Columns of a ledger on a page."""

PARTS = ("activity", "trade", "investment", "jobs", "states")
"""Parts of a ledger, in the order of the page."""


def part(voice: Voice, findings: Sequence[Finding], name: str) -> Block:
    """Return one part of the ledger as a table, or that it holds no such claim."""
    some = [f for f in findings if f.statement.group == name]
    if not some:
        return Note(voice.lang, voice.say("claims.part_none", part=voice.say(f"claims.part.{name}")))
    return ledger(voice, some, f"claims-{name}", voice.say(f"claims.title.{name}"))


def ledger(
    voice: Voice, findings: Sequence[Finding], name: str, title: str, *, evidence: bool = True
) -> Table:
    """Return one row a figure: claim, printed, recomputed, verdict, on which definition, and the row it rests on.

    Without `evidence` the last column is left out; the numbers keep their traces.
    """
    heads = HEADS if evidence else HEADS[:-1]
    rows = [
        {
            "claim": words.claim(voice, f.statement),
            "printed": words.printed(voice, f.statement),
            "recomputed": words.recomputed(voice, f),
            "verdict": words.verdict(voice, f),
            "definition": words.reason(voice, f),
            "evidence": words.evidence(voice, f),
        }
        for f in findings
    ]
    return Table(
        voice.lang,
        id=name,
        title=title,
        caption=_caption(voice, findings),
        columns=tuple(
            Column(key, voice.say(f"claims.head.{key}"), "right" if key in heads[1:3] else "left")
            for key in heads
        ),
        rows=tuple(rows),
        notes=tuple(_notes(voice, findings)),
        values=tuple(v for f in findings for v in words.values(voice, f)),
    )


def summary(voice: Voice, subject: str, findings: Sequence[Finding]) -> tuple[Block, ...]:
    """Return the audit for the national brief: counts by part and verdict, and what does not hold as printed."""
    if subject != "JPN":
        return (Note(voice.lang, voice.say("claims.only_japan", subject=voice.the(subject))),)
    if not findings:
        return (not_yet(voice),)
    table = _by_part(voice, findings)
    failing = worst(findings)
    if not failing:
        return (table,)
    return table, ledger(voice, failing, "claims-differ", voice.say("claims.title.differ"), evidence=False)


def of_state(voice: Voice, place: str, subject: str, findings: Sequence[Finding]) -> Block:
    """Return the claims about one state, or that the document prints none about it; what may be said follows."""
    if subject != "JPN":
        return Note(voice.lang, voice.say("claims.only_japan", subject=voice.the(subject)), leads=True)
    some = of_place(findings, place)
    if not some:
        return Note(voice.lang, voice.say("claims.state_none", state=voice.the(place)), leads=True)
    return ledger(voice, some, "claims", voice.say("claims.title.state", state=voice.name(place)))


def unchecked(voice: Voice, findings: Sequence[Finding]) -> Block:
    """Return what cannot be checked, why, and who publishes or keeps the figures it would take."""
    some = [f for f in findings if f.verdict == "not_checkable"]
    if not some:
        return Note(voice.lang, voice.say("claims.all_checked"))
    groups: dict[tuple[str, str], list[Finding]] = {}
    for f in some:
        local = "_state" if f.statement.measure == "jobs" and f.statement.place != "US" else ""
        groups.setdefault((f.statement.measure + local, f.lacking), []).append(f)
    rows = [
        {
            "what": voice.say(f"claims.measure.{measure}"),
            "n": markup.number(f"claims.unchecked.{measure}.{lacking}", str(len(found))),
            "why": voice.say(f"claims.lacking.{lacking}"),
            "who": voice.say(f"claims.who.{measure}"),
        }
        for (measure, lacking), found in groups.items()
    ]
    heads = ("what", "n", "why", "who")
    return Table(
        voice.lang,
        id="claims-unchecked",
        title=voice.say("claims.title.unchecked"),
        caption=_caption(voice, some),
        columns=tuple(
            Column(k, voice.say(f"claims.head.{k}"), "right" if k == "n" else "left") for k in heads
        ),
        rows=tuple(rows),
        values=tuple(
            count(voice, f"claims.unchecked.{measure}.{lacking}", found)
            for (measure, lacking), found in groups.items()
        ),
    )


def counts(voice: Voice, findings: Sequence[Finding]) -> tuple[Value, ...]:
    """Return how many figures the ledger has, in all and by verdict."""
    every = [count(voice, "claims.all", findings)]
    return (
        *every,
        *(count(voice, f"claims.{v}", [f for f in findings if f.verdict == v]) for v in VERDICTS),
        count(voice, "claims.wrong", [f for f in findings if f.verdict in WRONG]),
    )


def _by_part(voice: Voice, findings: Sequence[Finding]) -> Table:
    seen = [v for v in VERDICTS if any(f.verdict == v for f in findings)]
    shown = [p for p in PARTS if any(f.statement.group == p for f in findings)]
    rows, values = [], list(counts(voice, findings))
    for verdict in seen:
        some = [f for f in findings if f.verdict == verdict]
        row = {
            "verdict": f"{words.MARKS[verdict]} {voice.say(f'claims.{verdict}')}",
            "all": markup.number(f"claims.{verdict}", str(len(some))),
        }
        for name in shown:
            here = [f for f in some if f.statement.group == name]
            row[name] = markup.number(f"claims.{verdict}.{name}", str(len(here))) if here else "–"
            values.append(count(voice, f"claims.{verdict}.{name}", here))
        rows.append(row)
    columns = [Column("verdict", voice.say("claims.head.verdict"))]
    columns += [Column(name, voice.say(f"claims.part.{name}"), "right") for name in shown]
    columns.append(Column("all", voice.say("claims.head.all"), "right"))
    return Table(
        voice.lang,
        id="claims",
        title=voice.say("claims.title.summary"),
        caption=_caption(voice, findings),
        columns=tuple(columns),
        rows=tuple(rows),
        notes=(counted(voice, "claims.sentence", findings),),
        values=tuple(values),
    )


def _notes(voice: Voice, findings: Sequence[Finding]) -> Iterator[str]:
    yield voice.say("claims.note")
    years = sorted({f.statement.first for f in findings if not f.statement.dated})
    if years:
        yield voice.say("claims.undated", years=voice.join([voice.year(year) for year in years]))


def _caption(voice: Voice, findings: Sequence[Finding]) -> str:
    return voice.say("claims.caption", documents=words.documents(voice, findings))


def counted(voice: Voice, key: str, findings: Sequence[Finding]) -> str:
    """Return a sentence with the numbers of figures by verdict, each marked."""

    def n(name: str, *verdicts: str) -> str:
        return markup.number(f"claims.{name}", str(sum(f.verdict in verdicts for f in findings)))

    return voice.say(
        key,
        n=n("all", *VERDICTS),
        reproduced=n("reproduced", "reproduced"),
        only=n("only", "only"),
        slip=n("slip", "slip"),
        wrong=n("wrong", *WRONG),
        open=n("not_checkable", "not_checkable"),
    )


def count(voice: Voice, name: str, findings: Sequence[Finding]) -> Value:
    """Return how many figures there are, with the row of the ledger of each."""
    made = Lineage(
        "listed", tuple(words.printed_at(f.statement) for f in findings), Universe(LEDGER, "", "", {})
    )
    return facts.value(voice, name, voice.say("claims.count"), len(findings), "figures", "ledger", made)
