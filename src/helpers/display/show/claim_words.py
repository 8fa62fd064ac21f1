"""One claim in words: the figure, the definition on which it holds, the verdict and the row it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.analysis.claims import Finding, Recomputed, Row, Statement
from helpers.analysis.claims.evidence import LEDGER
from helpers.analysis.lineage import Cell, Lineage
from helpers.display import facts, markup, numbers
from helpers.display.block import Value
from helpers.display.markup import escape
from helpers.display.prose import Voice

MARKS = {
    "reproduced": "✓",
    "only": "△",
    "rounding": "≈",
    "inconsistent": "≠",
    "slip": "≠",
    "contradicted": "≠",
    "not_checkable": "–",
}
"""A sign beside each verdict, so that it is told by more than words."""

SHOWN = 3
"""Rows of the ledger that the evidence names one by one; of more the first and the last."""

COUNTED = {"projects": "project", "cases": "case", "sites": "site", "states": "state"}
SCALE = {"USD": 1.0, "million USD": 1e6, "billion USD": 1e9}


def claim(voice: Voice, statement: Statement) -> str:
    """Return what is claimed, with the period, and that it is the rank where the claim has a value too."""
    text = escape(statement.text[voice.lang])
    ranked = statement.aspect == "rank" and statement.both
    return voice.say("claims.rank_of", text=text) if ranked else text


def documents(voice: Voice, findings: Sequence[Finding]) -> str:
    """Return the names of the documents in the language; a name for both languages has a stroke in it."""
    names = dict.fromkeys(
        f.statement.document.split(" / ")[0 if voice.lang == "en" else -1] for f in findings
    )
    return escape(voice.join(list(names)))


def figure(voice: Voice, statement: Statement, value: float) -> str:
    """Return a figure in the unit of the statement."""
    unit = statement.unit
    if unit == "rank" and statement.measure == "other" and value == 1:
        return voice.say("claims.first_ever")  # the first of its kind, not a place among others
    if unit == "rank":
        return voice.nth(int(value))
    if unit == "percent":
        return numbers.percent(value / 100, voice.lang)
    if unit in SCALE:
        return voice.dollars(value * SCALE[unit])
    if unit == "100 million yen":
        places = 2 if round(value * 10, 6) % 1 else 1
        return numbers.yen(value * 1e8, voice.lang, places=places)
    return voice.persons(value) if unit == "persons" else numbers.count(value, voice.lang, COUNTED[unit])


def printed(voice: Voice, statement: Statement) -> str:
    """Return the figure as printed, marked."""
    return markup.number(f"claims.{statement.id}.printed", figure(voice, statement, statement.printed))


def printed_at(statement: Statement) -> Cell:
    """Return the cell of the ledger that holds the figure."""
    return Cell("value", LEDGER, statement.aspect, {"id": statement.claim}, "", statement.source)


def recomputed(voice: Voice, finding: Finding) -> str:
    """Return the figure beside the claim, marked; ``at least`` or ``at most`` where only a bound is known."""
    shown, name = finding.shown, f"claims.{finding.statement.id}.recomputed"
    if shown is None:
        return "–"
    if shown.value is not None:
        return markup.number(name, figure(voice, finding.statement, shown.value))
    key, edge = ("claims.at_most", shown.high) if shown.low <= 0 else ("claims.at_least", shown.low)
    return voice.say(key, value=markup.number(name, figure(voice, finding.statement, edge)))


def verdict(voice: Voice, finding: Finding) -> str:
    """Return the verdict with its sign; of one that holds on some definitions only, in what these differ."""
    key = f"claims.only_{finding.axis}" if finding.verdict == "only" else f"claims.{finding.verdict}"
    return f"{MARKS[finding.verdict]} {voice.say(key)}"


def definition(voice: Voice, figures: Sequence[Recomputed]) -> str:
    """Return the definition of figures that differ in nothing but the vintage, and those vintages."""
    first = figures[0]
    text = voice.say(f"claims.basis.{first.basis}", period=numbers.period(first.period, voice.lang))
    if first.left_out:
        left = voice.join([voice.the(code) for code in first.left_out])
        text = voice.say("claims.without", text=text, left=left)
    editions = [f.vintage for f in figures if f.vintage]
    if editions:
        text = voice.say("claims.vintage", text=text, vintages=escape(_list(voice, editions)))
    return text


def reason(voice: Voice, finding: Finding) -> str:
    """Return on which definition a claim holds, what it would take to be true, or why nothing can be said."""
    shown = finding.shown
    if finding.verdict == "not_checkable" or shown is None:
        return _open(voice, finding)
    parts = [definition(voice, alike) for alike in _alike(finding.holds)]
    if finding.verdict == "only":
        if finding.axis == "vintage":
            fails = [f.vintage for f in finding.tried if not (f.axis or f.own or f in finding.holds)]
            parts.append(voice.say("claims.fails", vintages=escape(_list(voice, fails))))
    elif finding.factor is not None:
        way = "up" if finding.factor > 1 else "down"
        parts = [voice.say(f"claims.factor_{way}"), definition(voice, (shown,))]
    elif finding.verdict != "reproduced":
        parts = [definition(voice, (shown,))]
    if finding.against:
        parts.append(voice.say("claims.against", ids=escape(voice.join(list(finding.against)))))
    return _sentences(voice, parts)


def evidence(voice: Voice, finding: Finding) -> str:
    """Return table and key, vintage and source of the rows that decided.

    Where a claim holds on one definition or vintage only, the rows of the figure beside it come first, then those
    on which it holds.
    """
    decided = (finding.shown, *finding.holds[:1]) if finding.verdict == "only" else finding.holds[:1]
    known = [f for f in decided or (finding.shown,) if f] or [f for f in finding.tried if f.own][:1]
    return "; ".join(dict.fromkeys(text for figures in known for text in _rows(figures))) or "–"


def _rows(figures: Recomputed) -> list[str]:
    """Return the rows of a recomputed figure, the first of each table; of the ledger's own its ids."""
    if figures.inside:
        ids = [str(row.where["id"]) for row in figures.rows]
        return [escape(f"{LEDGER}: {', '.join(ids if len(ids) <= SHOWN else [ids[0], '…', ids[-1]])}")]
    first = {row.table: row for row in reversed(figures.rows)}
    return [_row(row, _last_month(row, figures.rows)) for row in reversed(first.values())]


def _last_month(row: Row, rows: Sequence[Row]) -> str:
    """Return the last month of the figure that a row begins, where that is summed over months; else ""."""
    if "month" not in row.where:
        return ""
    fixed = {k: v for k, v in row.where.items() if k not in ("year", "month")}
    same = [one.where for one in rows if one.role == row.role and fixed.items() <= one.where.items()]
    last = max((int(where["year"]), int(where["month"])) for where in same)
    return "" if last == (row.where["year"], row.where["month"]) else f" – {last[0]}, {last[1]}"


def values(voice: Voice, finding: Finding) -> tuple[Value, ...]:
    """Return the printed and the recomputed figure, and those on which it would hold, with their traces."""
    statement = finding.statement
    name, when = f"claims.{statement.id}", statement.period or str(statement.first)
    label, unit = statement.text[voice.lang], statement.unit
    own = Lineage("value", (printed_at(statement),))
    found = [facts.value(voice, f"{name}.printed", label, statement.printed, unit, when, own)]
    if (shown := finding.shown) is not None:
        edge = shown.value
        if edge is None:
            edge = shown.high if shown.low <= 0 else shown.low
        made = shown.lineage
        found.append(facts.value(voice, f"{name}.recomputed", label, edge, unit, shown.period, made))
    for near in finding.nearby[:1] if finding.verdict == "not_checkable" else ():
        if near.value is not None:
            found.append(
                facts.value(voice, f"{name}.nearby", label, near.value, unit, near.period, near.lineage)
            )
    return tuple(found)


def _row(row: Row, until: str = "") -> str:
    key = [str(v) + (until if k == "month" else "") for k, v in row.where.items() if k != "source"]
    return escape(f"{row.table}: {', '.join([*key, *filter(None, [row.vintage, row.source])])}")


def _open(voice: Voice, finding: Finding) -> str:
    parts = [voice.say(f"claims.lacking.{finding.lacking}")]
    for near in finding.nearby[:1]:
        if near.value is not None:
            name = f"claims.{finding.statement.id}.nearby"
            said = markup.number(name, figure(voice, finding.statement, near.value))
            parts.append(
                voice.say("claims.nearby", period=numbers.period(near.period, voice.lang), value=said)
            )
    return _sentences(voice, parts)


def _alike(figures: Sequence[Recomputed]) -> list[list[Recomputed]]:
    """Return figures in groups that differ in nothing but the vintage."""
    found: dict[tuple[object, ...], list[Recomputed]] = {}
    for one in figures:
        found.setdefault((one.basis, one.period, one.left_out), []).append(one)
    return list(found.values())


def _list(voice: Voice, items: Sequence[str]) -> str:
    return (", " if voice.lang == "en" else "、").join(items)


def _sentences(voice: Voice, parts: Sequence[str]) -> str:
    return ("; " if voice.lang == "en" else "。").join(parts)
