"""The task force: published totals by fiscal year and best practice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from helpers.analysis import activity, lineage
from helpers.analysis.lineage import Lineage
from helpers.display import charts, facts, markup, numbers
from helpers.display.block import Value
from helpers.display.blocks import KPI, Block, Column, Figure, Findings, Note, Row, Table
from helpers.display.markup import escape
from helpers.display.prose import Voice
from helpers.display.show.meetings import meeting_line

BREAK_YEAR = 2020
"""The pandemic year from which on online audiences are likely to be counted."""

FIRST_DECK = "tf-deck-fy2021"
"""The deck that the line under a chart names with its day."""


JAPAN = "JPN"


def record(
    voice: Voice,
    subject: str,
    table: pd.DataFrame,
    meetings: pd.DataFrame,
    cases: pd.DataFrame,
    fiscal_year: int,
    *,
    as_of: str = "",
) -> tuple[Block, ...]:
    """Return what the task force published: totals, meetings and action plans, best practice.

    On the page of another partner this is one sentence: the task force is Japan's.
    """
    if subject != JAPAN:
        return (not_the_subject(voice, subject),)
    held = activity.held_by(meetings, as_of)
    line = [meeting_line(voice, held)] if (held["date"] != "").any() else []
    if table.empty:
        return not_yet(voice), *line
    return (
        years(voice, table, fiscal_year),
        sums(voice, table, fiscal_year),
        *line,
        best_practice(voice, cases, fiscal_year),
    )


def not_yet(voice: Voice) -> Note:
    """Return the sentence that stands on a page made as of a day before the deck."""
    words = voice.say("taskforce.not_yet", date=numbers.date(activity.PUBLISHED, voice.lang))
    return Note(voice.lang, words, kind="missing")


def not_the_subject(voice: Voice, subject: str) -> Note:
    """Return the sentence that stands on the page of another partner."""
    return Note(voice.lang, voice.say("taskforce.other_subject", subject=voice.the(subject)))


def cards(voice: Voice, subject: str, table: pd.DataFrame, fiscal_year: int) -> list[KPI]:
    """Return projects and participants of the year under review with their running totals."""
    if subject != JAPAN or table.empty:
        return []
    years = activity.by_fiscal_year(table).set_index("fiscal_year")
    found = []
    for measure, thing in (("projects", "project"), ("participants", "participant")):
        value = years[measure].get(fiscal_year)
        first, last, total = activity.cumulative(table, measure)
        name = f"activity.{measure}"
        words = voice.say(f"kpi.{measure}")
        known = value is not None and not pd.isna(value)
        found.append(
            KPI(
                label=words,
                figure=markup.number(name, _exact(voice, value, measure)) if known else "–",
                unit=voice.fiscal(fiscal_year),
                rank="" if known else numbers.missing(voice.lang),
                note=voice.say(
                    "note.total_to_date",
                    total=markup.number(f"{name}_total", numbers.count(total, voice.lang, thing)),
                    years=numbers.fiscal_range(first, last, voice.lang),
                ),
                value=_of_year(voice, table, measure, fiscal_year, words),
                others=(_to_date(voice, table, measure, words),),
            )
        )
    return found


def _of_year(voice: Voice, table: pd.DataFrame, measure: str, year: int, label: str) -> Value:
    """Return the published figure of a year; None, and what was looked for, where there is none."""
    figure = activity.by_fiscal_year(table).set_index("fiscal_year")[measure].get(year)
    name, period = f"activity.{measure}", f"FY{year}"
    if figure is None or pd.isna(figure):
        where = {"fiscal_year_from": year, "fiscal_year_to": year, "measure": measure}
        nothing = lineage.count("activity", where)
        return facts.value(voice, name, label, None, measure, period, replace(nothing, how="none"))
    return facts.value(voice, name, label, figure, measure, period, activity.of_year(table, measure, year))


def _to_date(voice: Voice, table: pd.DataFrame, measure: str, label: str) -> Value:
    """Return the longest published running total."""
    first, last, total = activity.cumulative(table, measure)
    made, span = activity.of_span(table, measure), f"FY{first}-FY{last}"
    return facts.value(voice, f"activity.{measure}_total", label, total, measure, span, made)


def by_year(voice: Voice, table: pd.DataFrame, columns: Mapping[str, str], label: str) -> tuple[Value, ...]:
    """Return every published figure of these measures, year by year."""
    return facts.of_rows(
        voice,
        activity.by_fiscal_year(table),
        prefix="activity.years",
        key="fiscal_year",
        columns=columns,
        label=label,
        period_column="fiscal_year",
        lineage=lambda row, measure: activity.of_year(table, measure, int(row["fiscal_year"])),
    )


def marked(year: object, measure: str, text: str) -> str:
    """Return a published figure as it is printed, marked as what :func:`by_year` gives."""
    return markup.number(f"activity.years.{year}.{measure}", text)


def years(voice: Voice, table: pd.DataFrame, fiscal_year: int) -> Row:
    """Return participants by fiscal year with the pandemic break marked, beside all published totals."""
    return Row(voice.lang, (_participants(voice, table, fiscal_year), _totals(voice, table, fiscal_year)))


def _participants(voice: Voice, table: pd.DataFrame, fiscal_year: int) -> Figure:
    published = activity.by_fiscal_year(table).dropna(subset=["participants"])
    frame = published.rename(columns={"fiscal_year": "x", "participants": "value"})[["x", "value"]]
    people = published.set_index("fiscal_year")["participants"]
    last = fiscal_year if fiscal_year in people.index else int(people.index.max())
    subtitle = voice.say("taskforce.participants_subtitle")
    title, changed = _grown(voice, table, people, last, subtitle)
    breaks = [(BREAK_YEAR, voice.say("taskforce.break_2020"))]
    return Figure(
        voice.lang,
        svg=charts.bars_v(
            frame,
            [last],
            breaks,
            lambda v: numbers.compact(v, voice.lang),
            height=34,
            x_fmt=voice.tick,
            missing=numbers.missing(voice.lang),
        ),
        title=title,
        subtitle=subtitle,
        alt=charts.alt_bars_v(
            frame,
            lambda v: numbers.count(v, voice.lang),
            breaks,
            lang=voice.lang,
            measure=subtitle,
            x_fmt=voice.fiscal,
        ),
        source=decks(voice, table, "taskforce"),
        values=(*by_year(voice, table, {"participants": "participants"}, subtitle), *changed),
    )


def decks(voice: Voice, table: pd.DataFrame, name: str) -> str:
    """Return the line under a chart of the totals: the first deck by name, or where there are others, their years."""
    own = table[table["measure"].isin(("participants", "projects"))]
    if set(own["source"]) <= {FIRST_DECK}:
        return voice.say(f"source.{name}")
    years = sorted(own.groupby("source")["fiscal_year_to"].max().unique())
    return voice.say(f"source.{name}_of", years=voice.join([voice.fiscal(int(year)) for year in years]))


def _grown(
    voice: Voice, table: pd.DataFrame, people: pd.Series, last: int, label: str
) -> tuple[str, tuple[Value, ...]]:
    """Return the title of the chart of participants, and the change on the year before where that is in hand."""
    told = {
        "value": marked(last, "participants", voice.persons(people[last])),
        "year": voice.fiscal(last),
    }
    if last - 1 not in people.index:
        return voice.say("taskforce.participants_first", **told), ()
    change = people[last] / people[last - 1] - 1
    cells = (
        activity.cell(table, "participants", last, last),
        activity.cell(table, "participants", last - 1, last - 1, "before"),
    )
    name = "activity.participants_change"
    value = facts.value(voice, name, label, change, "fraction", f"FY{last}", Lineage("growth", cells))
    said = markup.number(name, numbers.percent(change, voice.lang, signed=True))
    return voice.say("taskforce.participants_title", change=said, **told), (value,)


def _totals(voice: Voice, table: pd.DataFrame, fiscal_year: int) -> Table:
    published = activity.by_fiscal_year(table)
    none = "[x]"
    rows = [
        {
            "year": voice.fiscal(int(r.fiscal_year)),
            **{
                name: none
                if pd.isna(figure := getattr(r, measure))
                else marked(r.fiscal_year, measure, numbers.number(figure, voice.lang, places))
                for name, measure, places in (
                    ("participants", "participants", 0),
                    ("projects", "projects", 0),
                    ("budget", "budget_oku_yen", 2),
                )
            },
        }
        for r in facts.rows(published)
    ]
    spans: dict[tuple[int, int], dict[str, str]] = {}
    for measure in ("participants", "projects"):
        first, last, total = activity.cumulative(table, measure)
        shown = markup.number(f"activity.{measure}_total", numbers.number(total, voice.lang))
        spans.setdefault((first, last), {})[measure] = shown
    for (first, last), told in sorted(spans.items()):
        years = numbers.fiscal_range(first, last, voice.lang)
        rows.append({"year": years, "participants": "–", "projects": "–", "budget": "–"} | told)
    label = voice.say("taskforce.table_title")
    columns = {"participants": "participants", "projects": "projects", "budget_oku_yen": "100 million yen"}
    return Table(
        voice.lang,
        id="taskforce-years",
        title=label,
        caption=voice.say("taskforce.table_caption"),
        columns=(
            Column("year", voice.say("head.fiscal_year")),
            Column("participants", voice.say("head.participants"), "right"),
            Column("projects", voice.say("head.projects"), "right"),
            Column("budget", voice.say("head.budget"), "right"),
        ),
        rows=tuple(rows),
        marked=tuple(i for i, y in enumerate(published["fiscal_year"]) if y == fiscal_year),
        notes=(voice.say("taskforce.unpublished_note"), voice.say("taskforce.budget_note")),
        values=(
            *by_year(voice, table, columns, label),
            _to_date(voice, table, "participants", label),
            _to_date(voice, table, "projects", label),
        ),
    )


def sums(voice: Voice, table: pd.DataFrame, fiscal_year: int) -> Findings:
    """Return the totals in words, whether the yearly figures add up, and what the break forbids."""
    yearly = activity.by_fiscal_year(table).set_index("fiscal_year")
    first, last, participants = activity.cumulative(table, "participants")
    since, until, projects = activity.cumulative(table, "projects")
    total = float(yearly.loc[first:last, "participants"].sum())
    items, values = [], []
    if not pd.isna(yearly["projects"].get(fiscal_year)):
        spans = (
            {"span": numbers.fiscal_range(since, until, voice.lang)}
            if (since, until) != (first, last)
            else {}
        )
        items.append(
            voice.say(
                "taskforce.finding_spans" if spans else "taskforce.finding",
                **spans,
                projects=markup.number(
                    "activity.projects", _exact(voice, yearly.loc[fiscal_year, "projects"], "projects")
                ),
                year=voice.fiscal(fiscal_year),
                total=markup.number("activity.projects_total", _exact(voice, projects, "projects")),
                years=numbers.fiscal_range(first, last, voice.lang),
                participants=markup.number("activity.participants_total", voice.persons(participants)),
                sum=markup.number("activity.participants_sum", voice.persons(total)),
            )
        )
        added = activity.of_years(table, "participants", map(int, yearly.loc[first:last].index))
        span = f"FY{first}-FY{last}"
        values += [
            facts.value(voice, "activity.participants_sum", items[0], total, "participants", span, added),
            _of_year(voice, table, "projects", fiscal_year, items[0]),
            *(_to_date(voice, table, measure, items[0]) for measure in ("projects", "participants")),
        ]
    if BREAK_YEAR in yearly.index:
        items.append(
            voice.say(
                "taskforce.break_note",
                year=voice.fiscal(BREAK_YEAR),
                value=marked(
                    BREAK_YEAR, "participants", voice.persons(yearly.loc[BREAK_YEAR, "participants"])
                ),
            )
        )
        values += by_year(voice, table, {"participants": "participants"}, items[-1])
    return Findings(voice.lang, tuple(items), values=tuple(values))


def best_practice(voice: Voice, table: pd.DataFrame, fiscal_year: int) -> Block:
    """Return the year's best-practice cases, or what is missing."""
    cases = table[table["fiscal_year"] == fiscal_year].sort_values("number")
    if cases.empty:
        return Note(
            voice.lang, voice.say("taskforce.best_missing", year=voice.fiscal(fiscal_year)), kind="missing"
        )

    rows = [
        {
            "month": numbers.month(int(r.month[:4]), int(r.month[5:7]), voice.lang),
            "what": escape(str(getattr(r, f"title_{voice.lang}"))),
            "place": voice.name(r.mission),
            "kind": escape(str(getattr(r, f"category_{voice.lang}"))),
        }
        for r in facts.rows(cases)
    ]
    return Table(
        voice.lang,
        id="best-practice",
        title=voice.say("taskforce.best_title", year=voice.fiscal(fiscal_year)),
        caption=voice.say("taskforce.best_caption"),
        columns=(
            Column("month", voice.say("head.month")),
            Column("what", voice.say("head.what")),
            Column("place", voice.say("head.mission")),
            Column("kind", voice.say("head.kind")),
        ),
        rows=tuple(rows),
    )


def _exact(voice: Voice, value: Any, measure: str) -> str:
    """Return a card's figure, with the Japanese counter of what is counted."""
    thing = {"projects": "project", "participants": "participant"}[measure]
    return numbers.count(value, voice.lang, thing) if voice.lang == "ja" else numbers.count(value, voice.lang)
