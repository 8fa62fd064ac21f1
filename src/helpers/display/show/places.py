"""A state among places: Japanese presence by definition, and who serves it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.analysis import activity, lineage
from helpers.analysis.lineage import Lineage
from helpers.display import facts, markup, numbers
from helpers.display.block import Value
from helpers.display.blocks import Block, Column, Note, Row, Table
from helpers.display.markup import escape
from helpers.display.prose import Voice
from helpers.display.show.remarks import Remarks, qualified

JAPAN = "JPN"
"""Presence and missions are in hand for Japan only; the page of another partner says so."""


def presence(
    voice: Voice,
    place: str,
    subject: str,
    *,
    as_of: str = "",
    company_sites: pd.DataFrame,
    sister_counts: pd.DataFrame,
    sister_pairs: pd.DataFrame,
    state_offices: pd.DataFrame,
) -> Block:
    """Return every count of Japanese presence in the state beside its definition and year, or what is missing.

    Counts of a year that was not over on ``as_of`` are left out.
    """
    if subject != JAPAN:
        return Note(voice.lang, voice.say("presence.other_subject", subject=voice.the(subject)))
    company_sites, sister_counts, state_offices = (
        activity.counted_by(t, as_of) for t in (company_sites, sister_counts, state_offices)
    )
    sister_pairs = activity.until(sister_pairs, as_of, "date")
    own_sites = company_sites[company_sites["state"] == place].sort_values(["definition", "year"])
    own_counts = sister_counts[sister_counts["state"] == place].sort_values(["kind", "year"])
    remarks = Remarks(voice.lang)
    lines: list[tuple[str, str, str, Value | None]] = [
        *(line(voice, measured(r), r, r.unit, remarks) for r in facts.rows(own_sites)),
        *(line(voice, f"presence.{r.kind}", r, "pairs", remarks) for r in facts.rows(own_counts)),
    ]
    own_pairs = sister_pairs[sister_pairs["state"] == place]
    pairs = len(own_pairs)
    if pairs:
        label = voice.say("presence.pairs")
        lines.append(
            (
                label,
                markup.number("presence.pairs", str(pairs)),
                "–",
                facts.value(
                    voice,
                    "presence.pairs",
                    label,
                    pairs,
                    "pairs",
                    "to date",
                    lineage.listed(own_pairs, "sister_pairs", "us_place", date=as_of),
                ),
            )
        )
    for r in facts.rows(
        state_offices[(state_offices["state"] == place) & (state_offices["status"] != "count")]
    ):
        where = getattr(r, "place" if voice.lang == "en" else "place_ja")
        city = escape(str(where))
        since = "" if pd.isna(r.since) else voice.say("presence.office_since", year=str(int(r.since)))
        told = [t for t in (city, since) if t] or [voice.say("presence.office_yes")]
        lines.append(
            (
                voice.say("presence.office"),
                (", " if voice.lang == "en" else "、").join(told) + remarks.mark(r),
                year_of(r.year),
                None,
            )
        )
    if not lines:
        return Note(voice.lang, voice.say("presence.none", state=voice.the(place)), kind="missing")
    return Table(
        voice.lang,
        id="presence",
        title=voice.say("presence.title", state=voice.the(place)),
        caption=voice.say("presence.caption"),
        columns=(
            Column("measure", voice.say("head.measure")),
            Column("figure", voice.say("head.figure"), "right"),
            Column("year", voice.say("head.year"), "right"),
        ),
        rows=tuple({"measure": m, "figure": f, "year": y} for m, f, y, _ in lines),
        notes=remarks.lines(),
        values=facts.gathered([v for *_, v in lines if v is not None]),
    )


def measured(row: Any) -> str:
    """Return the phrase of what a row of ``company_sites`` counts."""
    if row.unit == "rank":
        return "presence.bea_rank"
    return f"presence.{row.unit if row.unit == 'percent_of_district' else row.definition}"


def stated(voice: Voice, key: str, source: str) -> str:
    """Return the words of a count; of one that a text only states, whether the text is official."""
    if key != "presence.stated_companies" or voice.origins is None:
        return voice.say(key)
    return voice.say(f"{key}.{'official' if voice.origins.official(source) else 'press'}")


def line(
    voice: Voice, key: str, row: Any, unit: str, remarks: Remarks, *, prefix: str = ""
) -> tuple[str, str, str, Value]:
    """Return label, figure with its remark, year and number of a published count; the id begins with `prefix`."""
    value, year = row.value, row.year
    label = stated(voice, key, row.source)
    words = numbers.rank(int(value), voice.lang) if unit == "rank" else numbers.number(value, voice.lang)
    if unit == "percent_of_district":
        words = f"{words}%"
    words = qualified(voice, row.qualifier, words)
    name = f"{prefix}{key}.{int(year)}" if not pd.isna(year) else f"{prefix}{key}"
    table = "company_sites" if hasattr(row, "definition") else "sister_counts"
    made = Lineage("value", (lineage.cell(row._asdict(), table, "value"),))
    return (
        label,
        markup.number(name, words) + remarks.mark(row),
        year_of(year),
        facts.value(voice, name, label, value, unit, year_of(year), made),
    )


def year_of(year: Any) -> str:
    """Return a year that may be missing."""
    return "–" if pd.isna(year) else str(int(float(str(year)[:4])))


def served(
    voice: Voice,
    place: str,
    subject: str,
    jurisdictions: pd.DataFrame,
    missions: pd.DataFrame,
    consuls: pd.DataFrame,
    *,
    as_of: str = "",
) -> Block:
    """Return the missions that serve the state, with the parts they cover."""
    if subject != JAPAN:
        return Note(voice.lang, voice.say("served.other_subject", subject=voice.the(subject)))
    consuls = activity.counted_by(consuls, as_of)
    rows = jurisdictions[jurisdictions["area"] == place].sort_values(["coverage", "mission"])
    if rows.empty:
        return Note(voice.lang, voice.say("served.none", state=voice.the(place)), kind="missing")
    lines = []
    for r in facts.rows(rows):
        words = _covers(voice, r.coverage, escape(str(getattr(r, f"detail_{voice.lang}"))))
        lines.append({"mission": voice.name(r.mission), "covers": words})
    resident = missions[missions["state"] == place]["mission"].tolist()
    notes = [
        voice.say("served.resident", offices=voice.join([voice.name(m) for m in resident]))
        if resident
        else voice.say("served.not_resident", state=voice.the(place))
    ]
    for r in facts.rows(consuls[consuls["state"] == place]):
        notes.append(_consul(voice, r))
    if place not in set(consuls["state"]):
        notes.append(voice.say("served.honorary_unknown", state=voice.the(place)))
    return Table(
        voice.lang,
        id="served",
        title=voice.say("served.title", state=voice.the(place)),
        caption=jurisdiction(voice, jurisdictions, rows),
        columns=(Column("mission", voice.say("head.mission")), Column("covers", voice.say("head.covers"))),
        rows=tuple(lines),
        notes=tuple(notes),
    )


def jurisdiction(voice: Voice, jurisdictions: pd.DataFrame, shown: pd.DataFrame) -> str:
    """Return when what a table shows was published: with the list that most rows of all are from, or later."""
    base = jurisdictions["as_of"].mode().max()
    months = sorted({max(day, base)[:7] for day in shown["as_of"]})
    told = [numbers.month(int(month[:4]), int(month[5:]), voice.lang) for month in months]
    return voice.say("served.caption", month=voice.join(told))


def _covers(voice: Voice, coverage: str, detail: str) -> str:
    """Return what a mission serves of a state, with what is noted on it."""
    if coverage == "partial":
        return voice.say("served.partial", detail=detail or "–")
    return voice.say("served.full_detail", detail=detail) if detail else voice.say("served.full")


def beside(voice: Voice, held: Block, serving: Block) -> tuple[Block, ...]:
    """Return the presence beside those who serve the state; one after the other where both are but a remark."""
    if isinstance(held, Note) and isinstance(serving, Note):
        return held, serving
    return (Row(voice.lang, (held, serving)),)


def _consul(voice: Voice, row: Any) -> str:
    where = escape(str(row.place if voice.lang == "en" else row.place_ja))
    who, year = escape(str(row.holder)), year_of(row.year)
    if row.status == "former":
        return voice.say("served.honorary_former", place=where or "–", year=year)
    if not who:
        return voice.say("served.honorary_unnamed", year=year)
    if not where:
        return voice.say("served.honorary_no_place", who=who, year=year)
    return voice.say("served.honorary", who=who, place=where, year=year)
