"""The task force: published totals by fiscal year and best practice."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.analysis import activity
from helpers.display import charts, facts, numbers
from helpers.display.blocks import KPI, Block, Column, Figure, Findings, Note, Row, Table
from helpers.display.markup import escape
from helpers.display.prose import Voice
from helpers.display.show.meetings import meeting_line

BREAK_YEAR = 2020
"""The pandemic year from which on online audiences are likely to be counted."""


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
        first, _, total = activity.cumulative(table, measure)
        words = voice.say(f"kpi.{measure}")
        known = value is not None and not pd.isna(value)
        found.append(
            KPI(
                label=words,
                figure=_exact(voice, value, measure) if known else "–",
                unit=voice.fiscal(fiscal_year),
                rank="" if known else numbers.missing(voice.lang),
                note=voice.say(
                    "note.total_to_date",
                    total=numbers.count(total, voice.lang, thing),
                    since=voice.fiscal(first),
                ),
                value=facts.single(
                    f"activity.{measure}",
                    words,
                    value if known else None,
                    measure,
                    f"FY{fiscal_year}",
                    "activity",
                    fiscal_year=fiscal_year,
                    measure=measure,
                ),
            )
        )
    return found


def years(voice: Voice, table: pd.DataFrame, fiscal_year: int) -> Row:
    """Return participants by fiscal year with the pandemic break marked, beside all published totals."""
    return Row(voice.lang, (_participants(voice, table, fiscal_year), _totals(voice, table, fiscal_year)))


def _participants(voice: Voice, table: pd.DataFrame, fiscal_year: int) -> Figure:
    published = activity.by_fiscal_year(table).dropna(subset=["participants"])
    frame = published.rename(columns={"fiscal_year": "x", "participants": "value"})[["x", "value"]]
    by_year = published.set_index("fiscal_year")["participants"]
    last = fiscal_year if fiscal_year in by_year.index else int(by_year.index.max())
    change = by_year[last] / by_year[last - 1] - 1 if last - 1 in by_year.index else 0.0
    subtitle = voice.say("taskforce.participants_subtitle")
    breaks = [(BREAK_YEAR, voice.say("taskforce.break_2020"))]
    return Figure(
        voice.lang,
        svg=charts.bars_v(
            frame,
            [last],
            breaks,
            lambda v: numbers.compact(v, voice.lang),
            height=44,
            x_fmt=voice.tick,
            missing=numbers.missing(voice.lang),
        ),
        title=voice.say(
            "taskforce.participants_title",
            value=voice.persons(by_year[last]),
            year=voice.fiscal(last),
            change=numbers.percent(change, voice.lang, signed=True),
        ),
        subtitle=subtitle,
        alt=charts.alt_bars_v(
            frame,
            lambda v: numbers.count(v, voice.lang),
            breaks,
            lang=voice.lang,
            measure=subtitle,
            x_fmt=voice.fiscal,
        ),
        source=voice.say("source.taskforce"),
        values=(
            *facts.of_rows(
                published,
                prefix="activity.years",
                key="fiscal_year",
                columns={"participants": "participants"},
                label=subtitle,
                period_column="fiscal_year",
                trace={"table": "activity", "key": {}},
            ),
            facts.single(
                "activity.participants_change",
                subtitle,
                change,
                "fraction",
                f"FY{last}",
                "activity",
                measure="participants",
            ),
        ),
    )


def _totals(voice: Voice, table: pd.DataFrame, fiscal_year: int) -> Table:
    published = activity.by_fiscal_year(table)
    none = "[x]"
    rows = [
        {
            "year": voice.fiscal(int(r.fiscal_year)),
            "participants": none if pd.isna(r.participants) else numbers.number(r.participants, voice.lang),
            "projects": none if pd.isna(r.projects) else numbers.number(r.projects, voice.lang),
            "budget": none if pd.isna(r.budget_oku_yen) else numbers.number(r.budget_oku_yen, voice.lang, 2),
        }
        for r in facts.rows(published)
    ]
    first, last, participants = activity.cumulative(table, "participants")
    _, _, projects = activity.cumulative(table, "projects")
    rows.append(
        {
            "year": numbers.fiscal_range(first, last, voice.lang),
            "participants": numbers.number(participants, voice.lang),
            "projects": numbers.number(projects, voice.lang),
            "budget": "–",
        }
    )
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
            *facts.of_rows(
                published,
                prefix="activity.years",
                key="fiscal_year",
                columns=columns,
                label=label,
                period_column="fiscal_year",
                trace={"table": "activity", "key": {}},
            ),
            facts.single(
                "activity.participants_total",
                label,
                participants,
                "participants",
                f"FY{first}-FY{last}",
                "activity",
            ),
            facts.single(
                "activity.projects_total", label, projects, "projects", f"FY{first}-FY{last}", "activity"
            ),
        ),
    )


def sums(voice: Voice, table: pd.DataFrame, fiscal_year: int) -> Findings:
    """Return the totals in words, whether the yearly figures add up, and what the break forbids."""
    by_year = activity.by_fiscal_year(table).set_index("fiscal_year")
    first, last, participants = activity.cumulative(table, "participants")
    _, _, projects = activity.cumulative(table, "projects")
    total = float(by_year.loc[first:last, "participants"].sum())
    items, values = [], []
    if not pd.isna(by_year["projects"].get(fiscal_year)):
        items.append(
            voice.say(
                "taskforce.finding",
                projects=numbers.count(by_year.loc[fiscal_year, "projects"], voice.lang, "project")
                if voice.lang == "ja"
                else numbers.count(by_year.loc[fiscal_year, "projects"], voice.lang),
                year=voice.fiscal(fiscal_year),
                total=numbers.count(projects, voice.lang, "project")
                if voice.lang == "ja"
                else numbers.count(projects, voice.lang),
                since=voice.fiscal(first),
                participants=voice.persons(participants),
                sum=voice.persons(total),
            )
        )
        span, in_year = f"FY{first}-FY{last}", float(by_year["projects"][fiscal_year])
        values += [
            facts.single("activity.participants_sum", items[0], total, "participants", span, "activity"),
            facts.single(
                "activity.projects",
                items[0],
                in_year,
                "projects",
                f"FY{fiscal_year}",
                "activity",
                fiscal_year=fiscal_year,
                measure="projects",
            ),
        ]
    if BREAK_YEAR in by_year.index:
        items.append(
            voice.say(
                "taskforce.break_note",
                year=voice.fiscal(BREAK_YEAR),
                value=voice.persons(by_year.loc[BREAK_YEAR, "participants"]),
            )
        )
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
