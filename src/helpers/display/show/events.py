"""What was done in one state or district: the register's events by fiscal year, in a table, how much of it is known.

An event that was only online counts in its district and in no state (`helpers.analysis.counting`): the table of a
state lists and marks those registered under it, and no number of events in the state counts them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from helpers.analysis import activity, lineage
from helpers.analysis.district import District
from helpers.analysis.lineage import Lineage
from helpers.display import charts, cities, facts, markup, numbers
from helpers.display.block import Value
from helpers.display.blocks import KPI, Block, Column, Figure, Finding, Note, Row, Table
from helpers.display.markup import escape
from helpers.display.prose import Voice

FIRST_YEAR = 2017
SHOWN = 20
"""Rows of the table; what is cut off is counted."""


JAPAN = "JPN"
"""The register holds Japan's outreach; the page of another partner says so and shows none of it."""

Place = str | District
"""A state by its code, or a consular district."""


def named(voice: Voice, place: Place) -> str:
    """Return a state or a district as it stands inside a sentence."""
    if isinstance(place, str):
        return voice.the(place)
    return voice.say(f"mission.district.{place.kind}", city=escape(place.city[voice.lang]))


def counted(voice: Voice, place: Place, here: pd.DataFrame, field: str = "", **where: object) -> Lineage:
    """Return how the events of a place are counted: by a condition in a state, one by one in a district.

    Parameters
    ----------
    here
        The events of the place.
    field
        Only those that have this field of :func:`helpers.analysis.activity.coverage`.
    where
        Column to value: only those.
    """
    if isinstance(place, str):
        every = activity.counted(voice.day, place, **where)
        return activity.with_field(every, field) if field else every
    for column, wanted in where.items():
        here = here[here[column] == wanted]
    held = activity.having(here, field) if field else here
    return lineage.listed(held, "events", "event_id", date_start=voice.day)


def _held_in(place: Place, here: pd.DataFrame) -> pd.DataFrame:
    """Return those of the events that count in the place."""
    return activity.in_rooms(here) if isinstance(place, str) else here


def card(
    voice: Voice, place: Place, subject: str, here: pd.DataFrame, events: pd.DataFrame, fiscal_year: int
) -> KPI | None:
    """Return the number of registered events in the place as a key figure; None for another partner.

    The years are those of the whole register, so that no event in a year counts as one looked for.
    """
    if subject != JAPAN:
        return None
    here = _held_in(place, here)
    in_year = int((here["fiscal_year"] == fiscal_year).sum())
    words = voice.say("kpi.events")
    last = int(events["fiscal_year"].max()) if len(events) else fiscal_year
    return KPI(
        label=words,
        figure=markup.number("events.total", _many(voice, len(here))),
        unit=numbers.fiscal_range(FIRST_YEAR, max(last, fiscal_year), voice.lang),
        rank=voice.say(
            "note.in_year",
            n=markup.number("events.in_year", _many(voice, in_year)),
            year=voice.fiscal(fiscal_year),
        ),
        note=voice.say("note.sample"),
        value=_total(voice, words, place, here),
        others=(_in_year(voice, words, place, here, fiscal_year),),
    )


def _total(voice: Voice, label: str, place: Place, here: pd.DataFrame) -> Value:
    made = counted(voice, place, here)
    return facts.value(voice, "events.total", label, len(here), "events", "register", made)


def _in_year(voice: Voice, label: str, place: Place, here: pd.DataFrame, fiscal_year: int) -> Value:
    count = int((here["fiscal_year"] == fiscal_year).sum())
    made = counted(voice, place, here, fiscal_year=fiscal_year)
    return facts.value(voice, "events.in_year", label, count, "events", f"FY{fiscal_year}", made)


def sentence(
    voice: Voice, place: str, subject: str, here: pd.DataFrame, fiscal_year: int, missions: Sequence[str]
) -> Finding:
    """Return how many events the register holds for the state and year, and who serves the state."""
    if subject != JAPAN:
        return Finding(voice.lang, voice.say("events.other_subject", subject=voice.the(subject)))
    here = _held_in(place, here)
    in_year = int((here["fiscal_year"] == fiscal_year).sum())
    text = voice.say(
        "events.sentence" if len(here) else "events.sentence_none",
        n=markup.number("events.total", _many(voice, len(here))),
        m=markup.number("events.in_year", _many(voice, in_year) if voice.lang == "ja" or in_year else "none"),
        state=voice.the(place),
        opening=voice.opening(place),
        year=voice.fiscal(fiscal_year),
        missions=voice.join([voice.say("events.mission", mission=voice.name(one)) for one in missions]),
    )
    return Finding(
        voice.lang,
        text,
        values=(
            _total(voice, text, place, here),
            _in_year(voice, text, place, here, fiscal_year),
        ),
    )


def record(
    voice: Voice,
    place: Place,
    subject: str,
    here: pd.DataFrame,
    events: pd.DataFrame,
    totals: pd.DataFrame,
    fiscal_year: int,
) -> tuple[Block, ...]:
    """Return the events of a state or district by year, what is known of them, a table, and what the register is.

    One sentence stands instead on the page of another partner.

    Parameters
    ----------
    here, events
        The register's events in the place, and all of them.
    totals
        ``activity``: the published number of projects, with which the register must not be confused.
    """
    if subject != JAPAN:
        return (Note(voice.lang, voice.say("events.other_subject", subject=voice.the(subject))),)
    if events.empty:
        return (Note(voice.lang, voice.say("events.empty"), kind="missing"),)
    sample = _sample_note(voice, events, totals)
    if here.empty:
        held = markup.number("events.register", str(len(events)))
        none = voice.say("events.none", state=named(voice, place), n=held)
        return Note(voice.lang, none, kind="missing", values=sample.values), sample
    inside = _held_in(place, here)
    if inside.empty:
        return _table(voice, place, here), sample
    charts_row = Row(
        voice.lang, (_bars(voice, place, inside, events, fiscal_year), _coverage(voice, place, inside))
    )
    return charts_row, _table(voice, place, here), sample


def _bars(voice: Voice, place: Place, here: pd.DataFrame, events: pd.DataFrame, fiscal_year: int) -> Figure:
    last = int(events["fiscal_year"].max())
    counts = activity.per_year(here, FIRST_YEAR, last)
    frame = here.rename(columns={"fiscal_year": "year"})[["year"]]
    in_year = int((here["fiscal_year"] == fiscal_year).sum())
    subtitle = voice.say("events.bars_subtitle")

    return Figure(
        voice.lang,
        svg=charts.dot_stack(frame, [fiscal_year], years=counts["fiscal_year"].tolist(), x_fmt=voice.tick),
        title=voice.say(
            "events.bars_title",
            n=markup.number("events.total", _many(voice, len(here))),
            m=markup.number("events.in_year", str(in_year)),
            year=voice.fiscal(fiscal_year),
        ),
        subtitle=subtitle,
        alt=charts.alt_dot_stack(frame, lang=voice.lang, measure=subtitle, x_fmt=voice.fiscal),
        source=voice.say("source.register"),
        values=(
            *facts.of_rows(
                voice,
                counts,
                prefix="events.years",
                key="fiscal_year",
                columns={"events": "events"},
                label=subtitle,
                period_column="fiscal_year",
                lineage=lambda row, _: counted(voice, place, here, fiscal_year=row["fiscal_year"]),
            ),
            _total(voice, subtitle, place, here),
            _in_year(voice, subtitle, place, here, fiscal_year),
        ),
    )


def _coverage(voice: Voice, place: Place, here: pd.DataFrame) -> Figure:
    def made(row: Any, part: str) -> Lineage:
        return counted(voice, place, here, "" if part == "of" else row["field"])

    known = activity.coverage(here)
    frame = known.assign(text=[_of(voice, r.known, r.of) for r in facts.rows(known)])
    names = {f: voice.say(f"events.field.{f}") for f in known["field"]}
    subtitle = voice.say("events.coverage_subtitle")
    return Figure(
        voice.lang,
        svg=charts.coverage_strip(frame, names, width="half"),
        title=voice.say("events.coverage_title", n=markup.number("events.total", str(len(here)))),
        subtitle=subtitle,
        alt=charts.alt_coverage_strip(frame, names, lang=voice.lang, measure=subtitle),
        source=voice.say("source.register"),
        values=(
            *facts.of_rows(
                voice,
                known,
                prefix="events.coverage",
                key="field",
                columns={"known": "events", "of": "events"},
                label=subtitle,
                period="register",
                lineage=made,
            ),
            _total(voice, subtitle, place, here),
        ),
    )


def _table(voice: Voice, place: Place, here: pd.DataFrame) -> Table:
    """Return the place's newest events, one a row; titles are data and printed as text."""
    order = here.assign(when=activity.days(here, "date_start"))
    newest = order.sort_values(["when", "event_id"], ascending=False).head(SHOWN)
    years = "FY" + newest["fiscal_year"].astype("str")
    newest = newest.assign(when=newest["date_start"].where(newest["date_start"] != "", years))
    away = set(here["event_id"]) - set(_held_in(place, here)["event_id"])
    rows = [
        {
            "date": numbers.period(str(r.date_start)[:10], voice.lang)
            if r.date_start
            else voice.fiscal(r.fiscal_year),
            "event": _title(voice, r),
            "place": _city(voice, place, r) or "–",
            "format": voice.say(f"format.{'no_state' if r.event_id in away else r.format}"),
            "count": "–"
            if pd.isna(r.participants)
            else markup.number(
                f"events.headcount.{r.event_id}.{r.when}.participants",
                numbers.number(r.participants, voice.lang),
            ),
        }
        for r in facts.rows(newest)
    ]
    cut = len(here) > SHOWN
    caption = (
        voice.say(
            "events.table_caption_cut",
            shown=markup.number("events.shown", str(SHOWN)),
            n=markup.number("events.listed", _many(voice, len(here))),
        )
        if cut
        else voice.say("events.table_caption")
    )
    return Table(
        voice.lang,
        id="events",
        title=voice.say("events.table_title", state=named(voice, place)),
        caption=caption,
        columns=(
            Column("date", voice.say("head.date")),
            Column("event", voice.say("head.event")),
            Column("place", voice.say("head.place")),
            Column("format", voice.say("head.format")),
            Column("count", voice.say("head.count"), "right"),
        ),
        rows=tuple(rows),
        notes=(_online(voice, place, here, len(away)),) if away else (),
        values=(
            *facts.of_rows(
                voice,
                newest,
                prefix="events.headcount",
                key="event_id",
                columns={"participants": "persons"},
                label=voice.say("head.count"),
                period_column="when",
                lineage=lambda row, _: Lineage("value", (lineage.cell(row, "events", "participants"),)),
            ),
            facts.value(
                voice,
                "events.shown",
                caption,
                len(newest),
                "events",
                "register",
                lineage.listed(newest, "events", "event_id", date_start=voice.day),
            ),
            *_counts(voice, caption, place, here),
        ),
    )


def _city(voice: Voice, place: Place, row: Any) -> str:
    """Return where an event was held, with the state where that is one outside the place."""
    city = escape(cities.named(str(row.city), voice.lang))
    elsewhere = row.state and row.state not in ((place,) if isinstance(place, str) else place.areas)
    if not elsewhere or not city or ";" in row.city:
        return city
    return voice.say("events.city_elsewhere", city=city, state=voice.name(row.state))


def _online(voice: Voice, place: Place, here: pd.DataFrame, away: int) -> str:
    """Return how many of the listed events count in no state, and how many in this one."""
    return voice.say(
        "events.online",
        k=markup.number("events.online", _many(voice, away)),
        n=markup.number("events.total", _many(voice, len(_held_in(place, here)))),
        state=named(voice, place),
    )


def _counts(voice: Voice, label: str, place: Place, here: pd.DataFrame) -> tuple[Value, ...]:
    """Return how many events are listed, how many of them count here and, in a state, how many are online."""
    if not isinstance(place, str):
        made = counted(voice, place, here)
        every = facts.value(voice, "events.listed", label, len(here), "events", "register", made)
        return every, _total(voice, label, place, here)
    found = {
        "listed": (len(here), activity.registered(voice.day, place)),
        "online": (
            len(here) - len(activity.in_rooms(here)),
            activity.registered(voice.day, place, **activity.IN_NO_STATE),
        ),
    }
    told = (
        facts.value(voice, f"events.{name}", label, n, "events", "register", made)
        for name, (n, made) in found.items()
    )
    return *told, _total(voice, label, place, _held_in(place, here))


def _sample_note(voice: Voice, events: pd.DataFrame, totals: pd.DataFrame) -> Note:
    """Return what the register is and is not."""
    parts = {
        "n": markup.number("events.register", str(len(events))),
        "years": numbers.fiscal_range(
            int(events["fiscal_year"].min()), int(events["fiscal_year"].max()), voice.lang
        ),
    }
    every = activity.counted(voice.day)
    if totals.empty:
        text = voice.say("events.sample_note_alone", **parts)
        held = facts.value(voice, "events.register", text, len(events), "events", "register", every)
        return Note(voice.lang, text, values=(held,))
    first, last, projects = activity.cumulative(totals, "projects")
    said = markup.number("activity.projects_total", numbers.number(projects, voice.lang))
    kind = "sample" if activity.is_sample(events, totals) else "whole"
    text = voice.say(f"events.{kind}_note", projects=said, **parts)
    span, made = f"FY{first}-FY{last}", activity.of_span(totals, "projects")
    published = facts.value(voice, "activity.projects_total", text, projects, "projects", span, made)
    held = facts.value(voice, "events.register", text, len(events), "events", "register", every)
    return Note(voice.lang, text, values=(held, published))


def _title(voice: Voice, row: Any) -> str:
    """Return the title in the language of the page, or in the other where a register has only that."""
    return escape(str(row.title_ja or row.title if voice.lang == "ja" else row.title or row.title_ja))


def _many(voice: Voice, n: int) -> str:
    return str(n) if voice.lang == "en" else f"{n}件"


def _of(voice: Voice, known: int, of: int) -> str:
    return f"{known} of {of}" if voice.lang == "en" else f"{of}件中{known}件"
