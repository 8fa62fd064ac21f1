"""What is in the tables at a glance: headline, key figures, the map of coverage, three findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import pandas as pd

from helpers.analysis import tallies as made_of
from helpers.analysis.lineage import Lineage
from helpers.display import charts, facts, markup, numbers, prose
from helpers.display.block import Value
from helpers.display.blocks import KPI, Block, Figure, Findings, Headline, KPIRow, Note
from helpers.display.charts.heatmap import levels, runs
from helpers.display.markup import escape
from helpers.display.prose import Voice

RECENT, OLD = 12, 24
"""Months up to which a table is recent, and beyond which it is old."""

LOADS = "load."
"""What the names of the checks begin with that read one table each."""

KINDS = ("confidential", "small", "size", "other", "unmarked")
"""Why a cell holds no number, in the order of the page (see :mod:`helpers.data.quality`)."""


class Check(Protocol):
    """What this page needs of a check of the tables."""

    @property
    def name(self) -> str: ...
    @property
    def name_en(self) -> str: ...
    @property
    def name_ja(self) -> str: ...
    @property
    def ok(self) -> bool: ...


class Described(Protocol):
    """What this page needs of a table's description."""

    @property
    def title(self) -> Mapping[str, str]: ...


def name(voice: Voice, table: str, titles: Mapping[str, Described], part: str = "") -> str:
    """Return a table's short name, its title where it has none, with the series if it holds several."""
    key = f"quality.name.{table}"
    short = voice.say(key) if key in prose.phrases() else escape(titles[table].title[voice.lang])
    return voice.say(f"quality.part.{part}", name=short) if part else short


def counted(row: Any, where: Mapping[str, Any] | None = None, *, empty: Sequence[str] = ()) -> Lineage:
    """Return the lineage of a number of rows of one table (a row of ``quality.ages`` says as of when)."""
    return made_of.rows(row.table, {**row.pages, **(where or {})}, until=row.until, empty=empty)


def lacking(row: Any, held: Any, kind: str) -> Lineage:
    """Return the lineage of a number of cells of a table (a row of ``quality.gaps``, and of ``quality.ages``)."""
    where = {"flag": list(row.flags[kind])} if kind in row.flags else {}
    return counted(held, where, empty=[] if kind == "cells" else [row.column])


def tallies(voice: Voice, ages: pd.DataFrame, gaps: pd.DataFrame) -> dict[str, Value]:
    """Return the numbers that several blocks of the page show, by id."""
    timed, held = ages[ages["months"].notna()], {r.table: r for r in facts.rows(ages)}
    lists = ages[ages["months"].isna()]
    own = {table: counted(row) for table, row in held.items()}
    rows = voice.say("quality.kpi.rows")
    found = [
        facts.value(voice, f"quality.rows.{t}", rows, held[t].rows, "rows", "", way) for t, way in own.items()
    ]
    total, way = int(ages["rows"].sum()), made_of.added(list(own.values()))
    found.append(facts.value(voice, "quality.rows", rows, total, "rows", "", way))
    for kind in ("cells", "missing", *KINDS):
        way = made_of.added(_parts(gaps, held, kind))
        label = voice.say("quality.label.cells" if kind == "cells" else f"quality.head.{kind}")
        found.append(facts.value(voice, f"quality.{kind}", label, int(gaps[kind].sum()), "cells", "", way))
    for part, label, frame in (
        ("tables", "kpi.tables", ages),
        ("timed", "label.timed", timed),
        ("lists", "label.lists", lists),
        ("old", "kpi.old", timed[timed["months"] > OLD]),
        ("recent", "label.recent", timed[timed["months"] <= RECENT]),
    ):
        way, words = made_of.tables(frame["table"]), voice.say(f"quality.{label}")
        found.append(facts.value(voice, f"quality.{part}", words, len(frame), "tables", "", way))
    return {value.id.removeprefix("quality."): value for value in found}


def _parts(gaps: pd.DataFrame, held: Mapping[str, Any], kind: str) -> list[Lineage]:
    tables = having(gaps, kind)
    return [lacking(r, held[r.table], kind) for r in facts.rows(gaps) if r.table in tables]


def having(gaps: pd.DataFrame, kind: str) -> list[str]:
    """Return the tables whose empty cells can be of a kind: without a column of markers, only of the last."""
    return [
        table
        for table, flags in zip(gaps["table"], gaps["flags"], strict=True)
        if flags or kind in ("cells", "missing", KINDS[-1])
    ]


def results(voice: Voice, checks: Sequence[Check]) -> tuple[Value, Value]:
    """Return how many checks were made, and how many hold."""
    passed = [check for check in checks if check.ok]
    return (
        result(voice, "checks", "quality.label.made", checks, len(checks)),
        result(voice, "checks_passed", "quality.kpi.checks", checks, len(passed), ok=True),
    )


def result(voice: Voice, part: str, label: str, checks: Sequence[Check], n: int, **where: bool) -> Value:
    """Return a number of checks, those that ``where`` says, made of the tables that they read one by one."""
    tables = [check.name.removeprefix(LOADS) for check in checks if check.name.startswith(LOADS)]
    way = made_of.checks(tables, where)
    return facts.value(voice, f"quality.{part}", voice.say(label), n, "checks", "", way)


def headline(
    voice: Voice, ages: pd.DataFrame, gaps: pd.DataFrame, checks: Sequence[Check], day: str
) -> Headline:
    """Return the title, and in one sentence how much there is, how much of it holds, and how old it is."""
    known, (made, passed) = tallies(voice, ages, gaps), results(voice, checks)
    used = [known[i] for i in ("tables", "rows", "old", "timed")]
    words = {i: _number(voice, known[i]) for i in ("rows", "old", "timed")}
    return Headline(
        voice.lang,
        voice.say("quality.title"),
        voice.say(
            "quality.headline",
            tables=voice.say("quality.tables", n=_number(voice, known["tables"])),
            checks=_number(voice, made),
            passed=_number(voice, passed),
            date=numbers.date(day, voice.lang),
            **words,
        ),
        voice.say("quality.running"),
        values=(*used, made, passed),
    )


def cards(voice: Voice, ages: pd.DataFrame, gaps: pd.DataFrame, checks: Sequence[Check]) -> KPIRow:
    """Return the key figures: tables, rows, checks, cells without a number, old tables."""
    known, (made, passed) = tallies(voice, ages, gaps), results(voice, checks)
    items = [
        _card(voice, "tables", known["tables"], known["lists"], lists=_number(voice, known["lists"])),
        _card(voice, "rows", known["rows"], *(v for i, v in known.items() if i.startswith("rows."))),
        _card(voice, "checks", passed, made, n=_number(voice, made)),
    ]
    if known["cells"].value:
        share = float(known["missing"].value or 0) / float(known["cells"].value)
        held = {r.table: r for r in facts.rows(ages)}
        way = made_of.ratio(_parts(gaps, held, "missing"), _parts(gaps, held, "cells"))
        label = voice.say("quality.label.share")
        part = facts.value(voice, "quality.missing_share", label, share, "fraction", "", way)
        words = markup.number(part.id, numbers.percent(share, voice.lang))
        items.append(_card(voice, "gaps", known["missing"], part, share=words))
    items.append(_card(voice, "old", known["old"], known["timed"], n=_number(voice, known["timed"])))
    return KPIRow(voice.lang, tuple(items))


def coverage(
    voice: Voice,
    years: pd.DataFrame,
    ages: pd.DataFrame,
    titles: Mapping[str, Described],
    fiscal_year: int,
    day: str,
) -> Block:
    """Return the map of the tables by year, or the sentence that there is none."""
    if years.empty:
        return Note(voice.lang, voice.say("quality.none", date=numbers.date(day, voice.lang)), kind="missing")
    shown = years.assign(
        row=[f"{t}.{p}" if p else t for t, p in zip(years["table"], years["part"], strict=True)],
        x=years["year"],
        level=levels(years["share"]),
    )
    labels = {r.row: name(voice, r.table, titles, r.part) for r in facts.rows(shown)}
    sums = shown.groupby("row", sort=False)["rows"].sum()
    ends = {str(row): numbers.number(n, voice.lang) for row, n in sums.items()}
    whole = [str(row) for row, own in shown.groupby("row")["x"] if len(runs(sorted(own))) == 1]
    values = _coverage_values(voice, shown, sums, ages.set_index("table", drop=False), whole)
    subtitle = voice.say("quality.coverage_subtitle")
    key = [voice.say(f"quality.coverage_key.{level}") for level in ("none", "some", "most")]
    marked = (fiscal_year, voice.say("quality.coverage_marked"))
    return Figure(
        voice.lang,
        svg=charts.heatmap(shown, labels, key, ends=ends, marked=marked),
        title=voice.say(
            "quality.coverage_title",
            whole=markup.number("quality.series_whole", str(len(whole))),
            n=markup.number("quality.series", str(len(sums))),
        ),
        subtitle=subtitle,
        alt=charts.alt_heatmap(shown, labels, lang=voice.lang, measure=subtitle),
        source=voice.say("quality.coverage_source"),
        values=values,
    )


def findings(
    voice: Voice,
    ages: pd.DataFrame,
    gaps: pd.DataFrame,
    needs: pd.DataFrame,
    titles: Mapping[str, Described],
    day: str,
) -> Findings:
    """Return what stands out: the age, the cells without a number, and what can be fetched."""
    known = tallies(voice, ages, gaps)
    timed = ages[ages["months"].notna()].sort_values("months", ascending=False)
    items, values = [], []
    if len(timed):
        oldest, own = timed.iloc[0], months_value(voice, timed.head(1), day)[0]
        items.append(
            voice.say(
                "quality.find.age",
                recent=_number(voice, known["recent"]),
                timed=_number(voice, known["timed"]),
                date=numbers.date(day, voice.lang),
                name=name(voice, oldest["table"], titles),
                months=_number(voice, own),
            )
        )
        values += [known["recent"], known["timed"], own]
    if len(gaps):
        told = ("cells", "missing", *KINDS)
        items.append(voice.say("quality.find.gaps", **{i: _number(voice, known[i]) for i in told}))
        values += [known[i] for i in told]
    command = needs[needs["command"]]
    keys = {"n": command, "bea": command[command["key"] == "BEA_API_KEY"]}
    keys["census"] = command[command["key"] == "CENSUS_API_KEY"]
    where: dict[str, dict[str, Any]] = {
        "n": {},
        "bea": {"key": "BEA_API_KEY"},
        "census": {"key": "CENSUS_API_KEY"},
    }
    label = voice.say("quality.label.fetched")
    fetched = {
        k: facts.value(
            voice, f"quality.refresh.{k}", label, len(rows), "tables", "",
            made_of.rows("refresh", {"command": True} | where[k]),
        )
        for k, rows in keys.items()
    }  # fmt: skip
    items.append(voice.say("quality.find.refresh", **{k: _number(voice, v) for k, v in fetched.items()}))
    values += fetched.values()
    return Findings(voice.lang, items=tuple(items), values=facts.gathered(values))


def months_value(voice: Voice, ages: pd.DataFrame, day: str) -> list[Value]:
    """Return the age of each table with a time, in months."""
    label = voice.say("quality.label.months")
    return [
        facts.value(
            voice, f"quality.months.{r.table}", label, int(r.months), "months", r.newest,
            made_of.months(counted(r), r.column, r.end, day),
        )
        for r in facts.rows(ages)
    ]  # fmt: skip


def _number(voice: Voice, value: Value) -> str:
    return markup.number(value.id, numbers.number(value.value, voice.lang))


def _card(voice: Voice, key: str, value: Value, *others: Value, **parts: str) -> KPI:
    return KPI(
        voice.say(f"quality.kpi.{key}"),
        _number(voice, value),
        note=voice.say(f"quality.kpi.{key}_note", **parts),
        value=value,
        others=others,
    )


def _coverage_values(
    voice: Voice, shown: pd.DataFrame, sums: pd.Series, ages: pd.DataFrame, whole: Sequence[str]
) -> tuple[Value, ...]:
    label, values = voice.say("quality.kpi.rows"), []
    ways: dict[str, list[Lineage]] = {}
    for r in facts.rows(shown):
        way = counted(ages.loc[r.table], dict(r.where))
        ways.setdefault(r.row, []).append(way)
        values.append(
            facts.value(voice, f"quality.coverage.{r.row}.{r.x}", label, r.rows, "rows", str(r.x), way)
        )
    for row, n in sums.items():
        way = made_of.added(ways[str(row)])
        values.append(facts.value(voice, f"quality.coverage.{row}", label, int(n), "rows", "", way))
    tables = shown.drop_duplicates("row").set_index("row")["table"]
    for part, words, rows in (("series", "series", list(sums.index)), ("series_whole", "whole", list(whole))):
        told, way = voice.say(f"quality.label.{words}"), made_of.tables(tables.loc[rows])
        values.append(facts.value(voice, f"quality.{part}", told, len(rows), "series", "", way))
    return tuple(values)
