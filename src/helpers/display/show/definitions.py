"""The same question under each definition: ranks and shares side by side, and in how many a statement holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from helpers.analysis import definitions
from helpers.analysis.definitions import Answers, Definition, Share
from helpers.analysis.lineage import Cell, Universe
from helpers.display import evidence, numbers, wording
from helpers.display.block import Value
from helpers.display.blocks import Block, Column, Findings, Note, Table
from helpers.display.prose import Voice
from helpers.display.trace import Trace

GOODS, POSITION, ACCOUNTS = "goods_trade", "fdi_position", "nipa_goods"
PLACES = 5
"""The statement that is counted: among the five largest deficits."""

MILLION = "million USD"
MIXED = "definitions.mixed"


def blocks(voice: Voice, subject: str, told: Answers) -> tuple[Block, ...]:
    """Return the ranks under each definition, the shares on each denominator, and what holds in how many.

    One sentence where no trade of that year had been published.
    """
    if not any(told.of(measure) for measure in ("exports", "imports")):
        missing = voice.say("definitions.missing", year=str(told.year), subject=voice.the(subject))
        return (Note(voice.lang, missing, kind="missing"),)
    found: list[Block] = [ranks(voice, subject, told)]
    if told.shares:
        found.append(shares(voice, subject, told))
    return (*found, findings(voice, subject, told))


def ranks(voice: Voice, subject: str, told: Answers) -> Table:
    """Return one row a definition: what is ranked, among whom and on which basis, the vintage, value and rank."""
    rows = [
        {
            "measure": _measure(voice, subject, one),
            "definition": voice.say(f"definitions.{one.measure}.{one.universe}.{one.basis}"),
            "vintage": wording.period(one.reading.vintage, voice.lang),
            "value": voice.amount(one.reading),
            "rank": voice.rank(one.reading),
        }
        for one in told.ranks
    ]
    notes = []
    if any(one.universe == "selected" for one in told.ranks):
        notes.append(voice.say("definitions.note_selected"))
    if told.of("fdi"):
        notes.append(voice.say("definitions.note_bases", year=str(told.of("fdi")[0].reading.year)))
    title = voice.say("definitions.title", year=str(told.year))
    return Table(
        voice.lang,
        id="definitions",
        title=title,
        caption=voice.say("definitions.caption"),
        columns=(
            Column("measure", voice.say("head.measure")),
            Column("definition", voice.say("head.definition")),
            Column("vintage", voice.say("head.vintage")),
            Column("value", voice.say("head.amount"), "right"),
            Column("rank", voice.say("head.rank"), "right"),
        ),
        rows=tuple(rows),
        notes=tuple(notes),
        values=tuple(value for one in told.ranks for value in _values(voice, subject, one)),
    )


def shares(voice: Voice, subject: str, told: Answers) -> Table:
    """Return one row a denominator and vintage: numerator, denominator and share; mixed bases are named so."""
    rows = [
        {
            "whole": voice.say(f"definitions.whole.{one.whole}", **_dated(voice, one)),
            "vintage": wording.period(one.vintage, voice.lang),
            "part": evidence.shown(_name(one, "part"), numbers.billions(one.part * 1e6, voice.lang)),
            "total": evidence.shown(_name(one, "total"), numbers.billions(one.total * 1e6, voice.lang)),
            "share": _percent(voice, one),
        }
        for one in told.shares
    ]
    mixed = any(one.mixed for one in told.shares)
    return Table(
        voice.lang,
        id="definitions-shares",
        title=voice.say("definitions.shares_title", subject=voice.the(subject), year=str(told.year)),
        caption=voice.say("definitions.shares_caption"),
        columns=(
            Column("whole", voice.say("head.definition")),
            Column("vintage", voice.say("head.vintage")),
            Column("part", voice.say("head.numerator"), "right"),
            Column("total", voice.say("head.denominator"), "right"),
            Column("share", voice.say("head.share"), "right"),
        ),
        rows=tuple(rows),
        notes=(voice.say("definitions.note_mixed"),) if mixed else (),
        values=tuple(value for one in told.shares for value in _share_values(voice, subject, one)),
    )


def findings(voice: Voice, subject: str, told: Answers) -> Findings:
    """Return where the rank moves with the vintage or the basis, and in how many definitions a statement holds."""
    items: list[str] = []
    values: list[Value] = []
    for measure in ("exports", "imports", "fdi"):
        found = [one for one in told.of(measure) if one.rank is not None]
        if len(found) > 1:
            items.append(_moves(voice, subject, found))
            values += [value for one in found for value in _values(voice, subject, one)]
            ways = [
                v.trace for v in values if v.id.startswith(f"definitions.{measure}.") and v.unit == "rank"
            ]
            values.append(
                _count(voice, f"definitions.{measure}.count", items[-1], told.year, len(found), ways)
            )
    deficits = told.of("deficit")
    if deficits:
        items.append(_top_five(voice, subject, deficits))
        values += [value for one in deficits for value in _values(voice, subject, one)]
        values += _held_values(voice, subject, deficits, items[-1])
    if told.shares:
        items.append(_share_sentence(voice, told.shares))
        values += [value for one in told.shares for value in _share_values(voice, subject, one)]
        ways = [
            v.trace for v in values if v.id.startswith("definitions.deficit.share.") and v.unit == "fraction"
        ]
        name = "definitions.deficit.share.count"
        values.append(_count(voice, name, items[-1], told.year, len(told.shares), ways))
    return Findings(voice.lang, items=tuple(items), values=tuple({v.id: v for v in values}.values()))


def _measure(voice: Voice, subject: str, one: Definition) -> str:
    words = {"subject": voice.the(subject), "year": str(one.reading.year)}
    return voice.say(f"definitions.measure.{one.measure}", **words)


def _name(one: Share, part: str) -> str:
    return f"definitions.{one.id}.{part}"


def _percent(voice: Voice, one: Share) -> str:
    return evidence.shown(_name(one, "share"), voice.percent(one.value))


def _nth(voice: Voice, one: Definition) -> str:
    nth = voice.nth(one.rank or 0, tied=one.reading.standing.tied)
    return evidence.shown(f"{one.reading.id}.rank", nth)


def _dated(voice: Voice, one: Share) -> dict[str, str]:
    return {"vintage": wording.period(one.whole_vintage, voice.lang)}


def _moves(voice: Voice, subject: str, found: Sequence[Definition]) -> str:
    measure = _measure(voice, subject, found[0])
    if len({one.rank for one in found}) == 1:
        n = evidence.shown(f"definitions.{found[0].measure}.count", str(len(found)))
        return voice.say("definitions.same", measure=measure, nth=_nth(voice, found[0]), n=n)
    places = []
    for one in found:
        where = (
            voice.say(f"definitions.{one.measure}.{one.universe}.{one.basis}")
            if one.measure == "fdi"
            else voice.say("definitions.vintage", vintage=wording.period(one.reading.vintage, voice.lang))
        )
        parts = {"nth": _nth(voice, one), "vintage": where}
        gap = voice.nearest(one.reading)
        key = "definitions.in_vintage" if gap else "definitions.in_vintage_alone"
        places.append(voice.say(key, **parts | ({"gap": gap} if gap else {})))
    return voice.say("definitions.moves", measure=measure, places=voice.join(places))


def _top_five(voice: Voice, subject: str, found: Sequence[Definition]) -> str:
    held = definitions.within(found, PLACES)
    order = sorted((one for one in found if one.rank is not None), key=lambda one: one.rank or 0)
    best, worst = _nth(voice, order[0]), _nth(voice, order[-1])
    between = voice.say("definitions.rank_range", best=best, worst=worst)
    if order[0].rank == order[-1].rank:
        between = voice.say("definitions.rank_one", best=best)
    return voice.say(
        "definitions.top_five",
        subject=voice.opening(subject),
        held=evidence.shown(f"definitions.deficit.top{PLACES}", str(held.certain)),
        n=evidence.shown("definitions.deficit.count", str(held.of)),
        ranks=between,
    )


def _share_sentence(voice: Voice, found: Sequence[Share]) -> str:
    def spelt(kept: Sequence[Share]) -> str:
        said = {voice.percent(one.value): _percent(voice, one) for one in kept}
        first, *others = said.values()
        return voice.say("definitions.or", first=first, second=others[-1]) if others else first

    order = sorted(found, key=lambda one: one.value)
    low, high = _percent(voice, order[0]), _percent(voice, order[-1])
    n = evidence.shown("definitions.deficit.share.count", str(len(found)))
    items = [voice.say("definitions.share_range", low=low, high=high, n=n)]
    census, nipa = ([one for one in found if one.whole == whole] for whole in ("net", "nipa"))
    if census and nipa:
        items.append(voice.say("definitions.share_net", census=spelt(census), nipa=spelt(nipa)))
    return (" " if voice.lang == "en" else "").join(items)


# ---- the values and their traces ----
def _values(voice: Voice, subject: str, one: Definition) -> list[Value]:
    """Return value, rank, share of the total and nearest distances of one definition."""
    reading, name, label = one.reading, one.reading.id, _measure(voice, subject, one)
    place = reading.standing
    own = _cells(one, subject)
    how = "difference" if one.measure == "deficit" else "value"
    ranked = {"rank": one.rank, "band": (place.best, place.worst), "of": place.of} if one.rank else {}
    way = evidence.trace(voice, how, own, unit=reading.unit)
    found = [evidence.value(f"{name}.value", label, place.value, reading.unit, reading.year, way, **ranked)]
    if one.rank is not None:
        way = evidence.trace(voice, "rank", own, among=_universe(one), unit="rank")
        found.append(evidence.value(f"{name}.rank", label, one.rank, "rank", reading.year, way, **ranked))
    for side, other in (("above", place.above), ("below", place.below)):
        if other is None:
            continue
        cells = [*own, *_cells(one, other.entity, role="other")]
        for how, figure, unit in (
            ("gap", other.gap, reading.unit),
            ("gap_share", other.gap_share, "fraction"),
        ):
            if figure is not None:
                way = evidence.trace(voice, how, cells, unit=unit)
                found.append(evidence.value(f"{name}.{side}.{how}", label, figure, unit, reading.year, way))
    return found


def _cells(one: Definition, partner: str, role: str = "value") -> list[Cell]:
    reading = one.reading
    same: dict[str, Any] = {"role": role, "vintage": reading.vintage, "source": reading.source}
    if one.measure == "fdi":
        where = {"year": reading.year, "partner": partner, "basis": one.basis}
        return [evidence.cell(POSITION, "value_musd", where, **same)]
    at = {"year": reading.year, "partner": partner}
    if one.measure != "deficit":
        return [evidence.cell(GOODS, "value_musd", at | {"flow": one.measure}, **same)]
    bought = evidence.cell(GOODS, "value_musd", at | {"flow": "imports"}, **same)
    return [bought, evidence.cell(GOODS, "value_musd", at | {"flow": "exports"}, **same, sign=-1)]


def _universe(one: Definition) -> Universe:
    reading = one.reading
    if one.measure == "fdi":
        where = {"year": reading.year, "basis": one.basis}
        return evidence.universe(POSITION, "value_musd", where, vintage=reading.vintage)
    if one.measure != "deficit":
        where = {"year": reading.year, "flow": one.measure}
        return evidence.universe(GOODS, "value_musd", where, vintage=reading.vintage)
    listed = {"partner": list(definitions.SELECTED)} if one.universe == "selected" else {}
    return _deficits(reading.year, reading.vintage, **listed)


def _deficits(year: int, edition: str, **listed: list[str]) -> Universe:
    terms = [{"where": {"flow": "imports"}, "sign": 1}, {"where": {"flow": "exports"}, "sign": -1}]
    where = {"year": year} | listed
    return evidence.universe(GOODS, "value_musd", where, vintage=edition, terms=terms, above=0)


def _share_values(voice: Voice, subject: str, one: Share) -> list[Value]:
    name, label = f"definitions.{one.id}", voice.say(f"definitions.whole.{one.whole}", **_dated(voice, one))
    at = {"vintage": one.vintage, "source": one.source}
    own = _balance(one.year, subject, "value", **at)
    gross = _deficits(one.year, one.vintage)
    if one.whole == "gross":
        share = evidence.trace(voice, "share_of", own, among=gross, unit="fraction")
        total = evidence.trace(voice, "sum_of", [], among=gross, unit=MILLION)
    elif one.mixed:
        where = {"year": one.year, "flow": "balance"}
        held: dict[str, Any] = {"vintage": one.whole_vintage, "source": one.whole_source, "sign": -1}
        whole = evidence.cell(ACCOUNTS, "value_busd", where, role="total", **held)
        share = evidence.trace(voice, "share", [*own, whole], basis=MIXED, unit="fraction", scale=0.001)
        balance = [replace(whole, role="value")]
        total = evidence.trace(voice, "sum", balance, unit=MILLION, scale=1000)
    else:
        net = _balance(one.year, "WLD", "total", **at)
        share = evidence.trace(voice, "share", [*own, *net], unit="fraction")
        world = _balance(one.year, "WLD", "value", **at)
        total = evidence.trace(voice, "difference", world, unit=MILLION)
    part = evidence.trace(voice, "difference", own, unit=MILLION)
    return [
        evidence.value(f"{name}.share", label, one.value, "fraction", one.year, share),
        evidence.value(f"{name}.part", label, one.part, MILLION, one.year, part),
        evidence.value(f"{name}.total", label, one.total, MILLION, one.year, total),
    ]


def _balance(year: int, partner: str, role: str, *, vintage: str, source: str) -> list[Cell]:
    at = {"year": year, "partner": partner}
    same: dict[str, Any] = {"role": role, "vintage": vintage, "source": source}
    bought = evidence.cell(GOODS, "value_musd", at | {"flow": "imports"}, **same)
    return [bought, evidence.cell(GOODS, "value_musd", at | {"flow": "exports"}, **same, sign=-1)]


def _held_values(voice: Voice, subject: str, found: Sequence[Definition], label: str) -> list[Value]:
    """Return in how many definitions the subject is among the first, of how many; the ways are those of the ranks."""
    held, year = definitions.within(found, PLACES), found[0].reading.year
    ways = [v.trace for one in found for v in _values(voice, subject, one) if v.id.endswith(".rank")]
    named = "definitions.deficit"
    return [
        _count(voice, f"{named}.top{PLACES}", label, year, held.certain, ways, places=PLACES),
        _count(voice, f"{named}.count", label, year, held.of, ways),
    ]


def _count(
    voice: Voice,
    name: str,
    label: str,
    year: int,
    n: int,
    ways: Sequence[object],
    places: int | None = None,
) -> Value:
    """Return a number of definitions; `places`: of those whose rank is no lower."""
    each = [way.lineage for way in ways if isinstance(way, Trace)]
    first = each[0].cells[0]
    more: dict[str, Any] = {"each": [one.plain() for one in each], "places": places}
    among = evidence.universe(first.table, first.column, {"year": year}, without="", **more)
    way = evidence.trace(voice, "held", [], among=among, unit="definitions")
    return evidence.value(name, label, n, "definitions", year, way)
