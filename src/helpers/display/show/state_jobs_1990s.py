"""Foreign employers in a state in the early 1990s: confidential cells as printed, and the band of ranks they allow."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.analysis import jobs_1990s
from helpers.analysis.lineage import Cell
from helpers.analysis.reading import Reading
from helpers.display import evidence, facts, numbers
from helpers.display.block import Value
from helpers.display.blocks import Block, Column, Finding, Table
from helpers.display.markup import escape
from helpers.display.prose import Voice

PERSONS = "persons"
LEAGUE = "jobs_1990s.league"
KEY = {"measure": "all_industries"}
FEW = "(*)"
"""Fewer than fifty: a size, and no cell that was withheld."""


def blocks(
    voice: Voice, place: str, subject: str, table: pd.DataFrame, *, year: int = 1992
) -> tuple[Block, ...]:
    """Return the countries listed for a state and the subject's place among them; none where it is not listed.

    Parameters
    ----------
    table : DataFrame
        ``jobs_state_1990s``, all states of the year.
    """
    reading = jobs_1990s.reading(table, subject, place=place, year=year)
    if reading is None:
        return ()
    return league(voice, reading, subject), sentence(voice, reading, subject)


def league(voice: Voice, reading: Reading, subject: str) -> Table:
    """Return the countries listed by their best possible rank, each with its count or the mark printed instead."""
    listed = reading.league.sort_values(["best", "worst"], kind="stable")
    rows = [
        {
            "partner": voice.name(r.partner),
            "jobs": _jobs(voice, r),
            "rank": _rank(voice, r),
            "band": _band(voice, r),
        }
        for r in facts.rows(listed)
    ]
    return Table(
        voice.lang,
        id="jobs-1990s",
        title=voice.say("nineties.title", state=voice.the(reading.place), year=str(reading.year)),
        caption=voice.say("nineties.caption"),
        columns=(
            Column("partner", voice.say("head.partner")),
            Column("jobs", voice.say("head.jobs"), "right"),
            Column("rank", voice.say("head.rank"), "right"),
            Column("band", voice.say("head.band"), "right"),
        ),
        rows=tuple(rows),
        marked=tuple(i for i, code in enumerate(listed["partner"]) if code == subject),
        notes=(
            *([voice.say("nineties.note_marks")] if listed["value"].isna().any() else []),
            voice.say("nineties.note_list"),
            voice.say("nineties.source"),
        ),
        values=tuple(value for r in facts.rows(listed) for value in _values(voice, reading, r)),
    )


def sentence(voice: Voice, reading: Reading, subject: str) -> Finding:
    """Return the subject's count, its rank with band and both distances; of a count not printed the band only."""
    row: Any = next(r for r in facts.rows(reading.league) if r.partner == subject)
    place, parts = reading.standing, {"year": str(reading.year), "state": voice.the(reading.place)}
    parts["subject"] = voice.name(subject)
    values = _values(voice, reading, row, reading.id)
    if place.value is None:
        band = evidence.shown(f"{reading.id}.rank", numbers.band(place.best, place.worst, voice.lang))
        kind = "few" if row.flag == FEW else "hidden"
        text = voice.say(
            f"nineties.finding_{kind}", mark=escape(row.flag), band=band, of=str(place.of), **parts
        )
        return Finding(voice.lang, text, values=values)
    text = voice.say(
        "nineties.finding", value=voice.amount(reading), place=voice.place(reading, listed=True), **parts
    )
    for side, other in (("above", place.above), ("below", place.below)):
        if other is not None:
            cells = [_cell(reading, subject), _cell(reading, other.entity, role="other")]
            for how, figure, unit in (
                ("gap", other.gap, PERSONS),
                ("gap_share", other.gap_share, "fraction"),
            ):
                if figure is not None:
                    way = evidence.trace(voice, how, cells, unit=unit)
                    name = f"{reading.id}.{side}.{how}"
                    values = (*values, evidence.value(name, text, figure, unit, reading.year, way))
    return Finding(voice.lang, text, values=values)


def printed(voice: Voice, row: Any) -> str:
    """Return what the source prints instead of a count: ``(D)``, ``(*)``, or a size letter with its range."""
    if row.flag.startswith("(") or row.high != row.high:
        return escape(row.flag)
    low, high = (
        evidence.shown(f"{LEAGUE}.{row.partner}.{end}", numbers.number(getattr(row, end), voice.lang))
        for end in ("low", "high")
    )
    return voice.say("nineties.range", mark=row.flag, low=low, high=high)


def _jobs(voice: Voice, row: Any) -> str:
    if row.value != row.value:
        return printed(voice, row)
    return evidence.shown(f"{LEAGUE}.{row.partner}.value", numbers.number(row.value, voice.lang))


def _rank(voice: Voice, row: Any) -> str:
    if row.rank is pd.NA:
        return "–"
    text = numbers.rank(int(row.rank), voice.lang, tied=bool(row.tied), style="table")
    return evidence.shown(f"{LEAGUE}.{row.partner}.rank", text)


def _band(voice: Voice, row: Any) -> str:
    best, worst = (numbers.rank(int(edge), voice.lang, style="table") for edge in (row.best, row.worst))
    both = f"{best}–{worst}" if voice.lang == "en" else f"{int(row.best)}～{worst}"
    return evidence.shown(f"{LEAGUE}.{row.partner}.rank", best if best == worst else both)


def _values(voice: Voice, reading: Reading, row: Any, name: str = "") -> tuple[Value, ...]:
    """Return the count, or the ends of its printed range, and the rank with its band, of one country."""
    name, label = name or f"{LEAGUE}.{row.partner}", voice.name(row.partner)
    band, year = (int(row.best), int(row.worst)), reading.year
    ranked: dict[str, Any] = {"band": band, "of": int(row.of)}
    if row.rank is not pd.NA:
        ranked["rank"] = int(row.rank)
    found = []
    for how, column in (("value", "value"), ("low", "low"), ("high", "high")):
        figure = getattr(row, column)
        ranged = row.value != row.value and not row.flag.startswith("(")
        if (column == "value" or ranged) and figure == figure:
            cell = _cell(reading, row.partner, column=column)
            way = evidence.trace(voice, how, [cell], unit=PERSONS)
            more = ranked if column == "value" else {}
            found.append(evidence.value(f"{name}.{column}", label, figure, PERSONS, year, way, **more))
    own = _cell(reading, row.partner)
    rank = ranked.get("rank")
    how = "bounded" if rank is None else "rank"
    more = {"low": "low"} | ({"part": "rank", "subject": row.partner} if rank is None else {})
    among = evidence.universe(
        jobs_1990s.TABLE, "value", _where(reading, list(jobs_1990s.COUNTRIES)), without="", **more
    )
    way = evidence.trace(voice, how, [own], among=among, unit="rank")
    return (*found, evidence.value(f"{name}.rank", label, rank, "rank", year, way, **ranked))


def _cell(reading: Reading, partner: str, *, role: str = "value", column: str = "value") -> Cell:
    where = _where(reading, partner)
    return evidence.cell(jobs_1990s.TABLE, column, where, role=role, source=reading.source)


def _where(reading: Reading, partner: str | list[str]) -> dict[str, Any]:
    return {"year": reading.year, "state": reading.place, "partner": partner, **KEY}
