"""Every published figure for the same thing in a state, why they differ, and the range they span."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from helpers.analysis import triangulation
from helpers.analysis.lineage import KEYS, Cell, Lineage, Universe
from helpers.display import facts, markup, numbers, publishers
from helpers.display.block import Value
from helpers.display.blocks import Block, Column, Finding, Note, Table
from helpers.display.markup import escape
from helpers.display.prose import Voice
from helpers.display.show.remarks import Remarks, qualified

TABLES = ("jobs_state", "state_jobs_other", "jobs_state_1990s", "company_sites")
"""The tables whose rows of a state are compared, in the order of ``triangulation.figures``."""

OWN = (
    "consulate_survey", "german_industry", "tdb_companies", "mofa_sites", "jetro_companies", "consulate_facilities",
)  # fmt: skip
"""Definitions whose source names who counts, so that only its ``via`` quotes."""

REMARKED = "state_jobs_other"
"""The table whose notes are told; the printed slips of the deck are told elsewhere."""


def state(
    voice: Voice, place: str, subject: str, load: Callable[..., pd.DataFrame], as_of: str = ""
) -> tuple[Block, ...]:
    """Return :func:`block` for a state, its rows and their sources read with ``load`` (``catalog.loader``)."""
    bea, other, earlier, counts = (load(name, state=place) for name in TABLES)
    told = triangulation.figures(bea, other, earlier, counts, subject, as_of)
    return block(voice, place, subject, *told, load("sources", key=triangulation.keys(*told)))


def block(
    voice: Voice,
    place: str,
    subject: str,
    jobs: pd.DataFrame,
    sites: pd.DataFrame,
    sources: pd.DataFrame,
) -> tuple[Block, ...]:
    """Return the figures for jobs, the range with why they differ, and the counts of companies and sites.

    Parameters
    ----------
    jobs, sites
        See :func:`helpers.analysis.triangulation.jobs` and :func:`~helpers.analysis.triangulation.sites`.
    sources
        Rows of ``sources`` with the keys of both frames: key, agency, kind.

    Returns
    -------
    tuple of Block
        A table of jobs where anything is printed; the finding, or the sentence on what is missing; a table of
        companies and sites where at least two counts are in hand.
    """
    told = sources.set_index("key")
    found: list[Block] = [_table(voice, place, subject, "jobs", jobs, told)] if len(jobs) else []
    found.append(finding(voice, place, subject, jobs))
    if len(sites) > 1:
        found.append(_table(voice, place, subject, "sites", sites, told))
    return tuple(found)


def finding(voice: Voice, place: str, subject: str, jobs: pd.DataFrame) -> Finding | Note:
    """Return the range of the figures in words, or that there is only one, or none."""
    parts = {"subject": voice.name(subject), "state": voice.the(place)}
    span, counted = triangulation.span(jobs), triangulation.comparable(jobs)
    if counted.empty:
        lacking = "triangulation.none_today" if len(jobs) else "triangulation.none"
        return Note(voice.lang, voice.say(lacking, **parts), kind="missing")
    if span is None:
        row = next(facts.rows(counted))
        told = voice.say(f"triangulation.what.{row.definition}")
        figure = _qualified(voice, row, markup.number(_id("jobs", row), voice.persons(row.value)))
        said = voice.say("triangulation.one", figure=figure, definition=told, **parts)
        return Note(voice.lang, said, kind="missing", values=(_value(voice, place, subject, "jobs", row),))
    ends = {"low": counted.loc[[counted["value"].idxmin()]], "high": counted.loc[[counted["value"].idxmax()]]}
    edges = {end: next(facts.rows(row)) for end, row in ends.items()}
    words = {
        end: _qualified(voice, row, markup.number(f"triangulation.jobs.{end}", voice.persons(row.value)))
        for end, row in edges.items()
    }
    words |= {"n": _count("jobs", "figures", span.figures), "rows": _count("jobs", "shown", len(jobs))}
    kinds = [voice.say(f"triangulation.left.{kind}") for kind in triangulation.left_out(jobs)]
    words["left"] = voice.say("triangulation.left", kinds=voice.join(kinds)) if kinds else ""
    text = (
        voice.say(
            "triangulation.range",
            definitions=_count("jobs", "definitions", span.definitions),
            **words,
            **parts,
        )
        if span.definitions > 1
        else voice.say("triangulation.range_one_definition", **words, **parts)
    )
    values = [
        _value(voice, place, subject, "jobs", row, name=f"triangulation.jobs.{end}")
        for end, row in edges.items()
    ]
    return Finding(voice.lang, text, values=(*values, *_counts(voice, place, subject, "jobs", jobs)))


def _table(
    voice: Voice, place: str, subject: str, kind: str, figures: pd.DataFrame, sources: pd.DataFrame
) -> Table:
    names = ("figure", "year", "definition", "who", "why", *(["certainty"] if kind == "jobs" else []))
    remarks, again = Remarks(voice.lang), figures["definition"].eq(figures["definition"].shift())
    rows = [
        {
            "figure": _figure(voice, kind, row) + (remarks.mark(row) if row.table == REMARKED else ""),
            "year": voice.say("triangulation.undated") if pd.isna(row.year) else str(int(row.year)),
            "definition": voice.say(f"triangulation.what.{row.definition}"),
            "who": _who(voice, row, sources),
            "why": voice.say("triangulation.as_above" if same else f"triangulation.why.{row.definition}"),
            "certainty": voice.say(f"triangulation.certainty.{row.certainty}") if row.certainty else "–",
        }
        for row, same in zip(facts.rows(figures), again, strict=True)
    ]
    parts = {
        "subject": voice.name(subject),
        "state": voice.the(place),
        "n": _count(kind, "shown", len(figures)),
    }
    notes = list(remarks.lines())
    notes += [voice.say("triangulation.orders")] if (figures["measure"] == "order").any() else []
    return Table(
        voice.lang,
        id=f"triangulation-{kind}",
        title=voice.say(f"triangulation.{kind}_title", **parts),
        caption=voice.say("triangulation.jobs_caption"),
        columns=tuple(
            Column(n, voice.say(f"triangulation.head.{n}"), "right" if n == "figure" else "left")
            for n in names
        ),
        rows=tuple(rows),
        notes=tuple(notes),
        values=(
            *(_value(voice, place, subject, kind, row) for row in facts.rows(figures)),
            *_counts(voice, place, subject, kind, figures),
        ),
    )


def _count(kind: str, name: str, n: int) -> str:
    return markup.number(f"triangulation.{kind}.{name}", str(n))


def _figure(voice: Voice, kind: str, row: Any) -> str:
    """Return a figure as it is qualified in the source, or in which place the source names the country."""
    if row.measure == "order":
        if pd.isna(row.rank):
            return "–"
        place, told = int(row.rank), _id(kind, row)
        if row.rank_qualifier:
            n = markup.number(told, str(place))
            return voice.say(f"triangulation.order.{row.rank_qualifier}", n=n)
        nth = markup.number(told, numbers.ordinal(place, "en") if voice.lang == "en" else f"{place}番目")
        return voice.say("triangulation.order.named", nth=nth)
    words = numbers.number(row.value, voice.lang)
    if row.measure == "share":
        share = markup.number(_id(kind, row), f"{words}%")
        return _qualified(voice, row, voice.say("triangulation.share", value=share))
    words = markup.number(_id(kind, row), words)
    return _qualified(voice, row, words)


def _qualified(voice: Voice, row: Any, words: str) -> str:
    if row.qualifier == "derived":
        return voice.say("triangulation.derived", value=words)
    return qualified(voice, row.qualifier, words)


def _who(voice: Voice, row: Any, sources: pd.DataFrame) -> str:
    """Return who counts, and who quotes that where the figure is at second hand."""
    source = sources.loc[row.source]
    named, via = (str(source[name]).split(",")[0] for name in ("agency", "via"))
    agency, quoting = (escape(publishers.agency(name, voice.lang)) for name in (named, via))
    if row.definition.startswith("stated"):
        return agency
    who = voice.say(f"triangulation.who.{row.definition}")
    first_hand = source["kind"] == "official" and not named.startswith(("Consulate", "Government of Japan"))
    quoter = quoting or ("" if row.definition in OWN or first_hand else agency)
    return voice.say("triangulation.quoted", who=who, agency=quoter) if quoter else who


def _id(kind: str, row: Any) -> str:
    when = "undated" if pd.isna(row.year) else str(int(row.year))
    return f"triangulation.{kind}.{row.definition}.{row.measure}.{when}.{row.source}"


def _cell(place: str, subject: str, row: Any) -> Cell:
    """Return the cell of one figure; the place in a list is a figure of its own kind."""
    own = {"state": place, "partner": subject, "measure": row.measure, "unit": row.unit}
    own |= {"definition": row.definition, "source": row.source, "mission": row.mission}
    own |= {"year": None if pd.isna(row.year) else int(row.year)}
    own |= {"measure": "all_industries"} if row.table == "jobs_state_1990s" else {}
    where = {key: own[key] for key in KEYS[row.table]}
    column = "rank" if row.measure == "order" else "value"
    return Cell("value", row.table, column, where, row.vintage, row.source)


def _value(voice: Voice, place: str, subject: str, kind: str, row: Any, *, name: str = "") -> Value:
    """Return one figure with the way to its row."""
    figure = row.rank if row.measure == "order" else row.value
    label = voice.say(f"triangulation.{kind}_value", subject=voice.name(subject))
    when = "undated" if pd.isna(row.year) else str(int(row.year))
    how = "none" if pd.isna(figure) else "value"
    way = Lineage(how, (_cell(place, subject, row),), basis=f"triangulation.{row.definition}")
    told, shown = name or _id(kind, row), None if pd.isna(figure) else figure
    return facts.value(voice, told, label, shown, row.unit, when, way)


def _counts(voice: Voice, place: str, subject: str, kind: str, figures: pd.DataFrame) -> tuple[Value, ...]:
    """Return how many figures are shown, how many of them stand side by side, and by how many definitions."""
    counted = triangulation.comparable(figures)
    wanted = {
        "shown": (figures, "rows"),
        "figures": (counted, "figures"),
        "definitions": (triangulation.by_definition(counted), "definitions"),
    }
    found = []
    for name, (rows, unit) in wanted.items():
        named = tuple(_cell(place, subject, row) for row in facts.rows(rows))
        until = {"until": {"published": voice.day}} if voice.day else {}
        own = Universe(named[0].table if named else "state_jobs_other", "", "", {}, more=until)
        label = voice.say(f"triangulation.label.{name}")
        way = Lineage("listed", named, own)
        found.append(facts.value(voice, f"triangulation.{kind}.{name}", label, len(rows), unit, "", way))
    return tuple(found)
