"""What is in the tables, one by one: age, checks, cells without a number, what a refresh needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.display import facts, markup, numbers
from helpers.display.blocks import Block, Column, Note, Table
from helpers.display.markup import escape
from helpers.display.prose import Voice
from helpers.display.show.quality import (
    KINDS,
    LOADS,
    Check,
    Described,
    having,
    lacking,
    months_value,
    name,
    result,
    results,
    tallies,
)


def ages(
    voice: Voice, found: pd.DataFrame, titles: Mapping[str, Described], subject: str, day: str, as_of: str
) -> tuple[Block, ...]:
    """Return how old each table is, the oldest first, and the sentence on the day that this is told by."""
    date = numbers.date(day, voice.lang)
    told = Note(voice.lang, voice.say("quality.day.as_of" if as_of else "quality.day.newest", date=date))
    timed = found[found["months"].notna()].sort_values(["months", "table"], ascending=[False, True])
    if timed.empty:
        return (told, Note(voice.lang, voice.say("quality.none", date=date), kind="missing"))
    lists = tallies(
        voice, found, found.iloc[:0].reindex(columns=["table", "cells", "missing", *KINDS, "flags"])
    )["lists"]
    rows = [
        {
            "table": name(voice, r.table, titles),
            "covers": covers(voice, r.column, r.first, r.newest),
            "own": covers(voice, r.column, r.own, r.own) if r.own else "–",
            "released": _released(voice, r.released, r.bound),
            "months": _marked(voice, f"quality.months.{r.table}", r.months),
        }
        for r in facts.rows(timed)
    ]
    table = Table(
        voice.lang,
        id="quality-ages",
        title=voice.say("quality.age_title"),
        caption=voice.say("quality.age_caption", date=date),
        columns=(
            Column("table", voice.say("quality.head.table")),
            Column("covers", voice.say("quality.head.covers")),
            Column("own", voice.say("quality.head.own", subject=voice.the(subject))),
            Column("released", voice.say("quality.head.released")),
            Column("months", voice.say("quality.head.months"), "right"),
        ),
        rows=tuple(rows),
        notes=(voice.say("quality.age_lists", n=_marked(voice, lists.id, lists.value)),),
        values=(*months_value(voice, timed, day), lists),
    )
    return (table, told)


def covers(voice: Voice, column: str, first: str, newest: str) -> str:
    """Return the periods from the first to the newest: calendar years, or fiscal years."""
    a, b = int(first[:4]), int(newest[:4])
    fiscal = column.startswith("fiscal")
    return numbers.fiscal_range(a, b, voice.lang) if fiscal else numbers.year_range(a, b, voice.lang)


def checks(voice: Voice, found: Sequence[Check]) -> Table:
    """Return the checks: those that read one table each in one line, the others by name."""
    made, passed = results(voice, found)
    loads = [check for check in found if check.name.startswith(LOADS)]
    others = [check for check in found if not check.name.startswith(LOADS)]
    whole = sum(check.ok for check in loads)
    own = (
        result(voice, "checks_loads", "quality.checks_loads", found, len(loads), loads=True),
        result(voice, "checks_loads_passed", "quality.checks_loads", found, whole, loads=True, ok=True),
    )
    parts = {k: _marked(voice, v.id, v.value) for k, v in zip(("n", "passed"), own, strict=True)}
    rows = [
        {"check": voice.say("quality.checks_loads"), "result": voice.say("quality.check.of", **parts)},
        *({"check": _title(voice, c), "result": _result(voice, c)} for c in others),
    ]
    failed = [_title(voice, check) for check in found if not check.ok]
    return Table(
        voice.lang,
        id="quality-checks",
        title=voice.say(
            "quality.checks_title",
            passed=_marked(voice, passed.id, passed.value),
            n=_marked(voice, made.id, made.value),
        ),
        caption=voice.say("quality.checks_caption"),
        columns=(
            Column("check", voice.say("quality.head.check")),
            Column("result", voice.say("quality.head.result")),
        ),
        rows=tuple(rows),
        marked=tuple(n for n, check in enumerate(others, 1) if not check.ok),
        notes=(voice.say("quality.checks_failed", names=voice.join(failed)),) if failed else (),
        values=(made, passed, *own),
    )


def gaps(voice: Voice, found: pd.DataFrame, held: pd.DataFrame, titles: Mapping[str, Described]) -> Block:
    """Return the tables with cells that hold no number, by the reason; `held` is the frame of ages."""
    columns, by_table = ("cells", "missing", *KINDS), held.set_index("table", drop=False)
    total = tallies(voice, held, found)["missing"]
    rows, values = [], [total]
    for r in facts.rows(found):
        values += [
            facts.value(
                voice, f"quality.gaps.{r.table}.{column}", voice.say(f"quality.head.{column}"),
                getattr(r, column), "cells", "", lacking(r, by_table.loc[r.table], column),
            )
            for column in columns
            if r.table in having(found, column)
        ]  # fmt: skip
    some = found[found["missing"] > 0]
    if some.empty:
        return Note(voice.lang, voice.say("quality.gaps_none"), values=tuple(values))
    for r in facts.rows(some):
        cells = {
            c: _marked(voice, f"quality.gaps.{r.table}.{c}", getattr(r, c)) if getattr(r, c) else "–"
            for c in columns
        }
        rows.append({"table": name(voice, r.table, titles)} | cells)
    return Table(
        voice.lang,
        id="quality-gaps",
        title=voice.say("quality.gaps_title", missing=_marked(voice, total.id, total.value)),
        caption=voice.say("quality.gaps_caption"),
        columns=(
            Column("table", voice.say("quality.head.table")),
            *(Column(c, voice.say(f"quality.head.{c}"), "right") for c in columns),
        ),
        rows=tuple(rows),
        notes=(voice.say("quality.gaps_note"),),
        values=tuple(values),
    )


def needs(voice: Voice, listed: pd.DataFrame, held: pd.DataFrame, titles: Mapping[str, Described]) -> Table:
    """Return what the next refresh of each table about years needs, and from whom, the oldest first."""
    timed = held[held["months"].notna()].sort_values(["months", "table"], ascending=[False, True])
    wanted = timed[["table"]].merge(listed, on="table")
    rows = [
        {
            "table": name(voice, r.table, titles),
            "publisher": escape(getattr(r, f"publisher_{voice.lang}")),
            "needs": escape(getattr(r, f"needs_{voice.lang}")),
            "how": voice.say("quality.how.command", table=escape(r.table), variable=r.key)
            if r.command
            else voice.say(f"quality.how.{r.how}", **({"variable": r.key} if r.how == "api" else {})),
        }
        for r in facts.rows(wanted)
    ]
    heads = ("table", "publisher", "needs", "how")
    return Table(
        voice.lang,
        id="quality-needs",
        title=voice.say("quality.needs_title"),
        caption=voice.say("quality.needs_caption"),
        columns=tuple(Column(c, voice.say(f"quality.head.{c}")) for c in heads),
        rows=tuple(rows),
        notes=(voice.say("quality.needs_note", bea="BEA_API_KEY", census="CENSUS_API_KEY"),),
    )


def _released(voice: Voice, day: str, bound: bool) -> str:
    """Return a day of release; one that is known only as the end of its month or year with ``by``."""
    if not day:
        return "–"
    date = numbers.date(day, voice.lang)
    return voice.say("quality.by", date=date) if bound else date


def _marked(voice: Voice, name: str, figure: Any) -> str:
    return markup.number(name, numbers.number(figure, voice.lang))


def _title(voice: Voice, check: Check) -> str:
    return escape(check.name_en if voice.lang == "en" else check.name_ja)


def _result(voice: Voice, check: Check) -> str:
    return voice.say("quality.check.passed" if check.ok else "quality.check.failed")
