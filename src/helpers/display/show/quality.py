"""What is in the tables at a glance: headline, key figures, the map of coverage, three findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import pandas as pd

from helpers.display import charts, facts, numbers, prose, provenance
from helpers.display.block import Value
from helpers.display.blocks import KPI, Block, Figure, Findings, Headline, KPIRow, Note
from helpers.display.charts.heatmap import levels, runs
from helpers.display.markup import escape
from helpers.display.prose import Voice

RECENT, OLD = 12, 24
"""Months up to which a table is recent, and beyond which it is old."""

KINDS = ("confidential", "small", "size", "other", "unmarked")
"""Why a cell holds no number, in the order of the page (see :mod:`helpers.data.quality`)."""

TEXTS = {"events": "source_url", "partner_aliases": "source_family", "refresh": "table", "sources": "key"}
"""Columns of text by which rows are counted, where it is not ``source``."""


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


def trace(
    voice: Voice, row: Any, where: Mapping[str, Any] | None = None, **conditions: Any
) -> dict[str, Any]:
    """Return the trace of a number of rows of one table (a row of ``quality.ages`` says as of when)."""
    text, until, own = voice.say("quality.count.rows"), dict(row.until), {**row.pages, **(where or {})}
    by = TEXTS.get(row.table, "source")
    return provenance.counted(row.table, by, text, where=own, until=until, **conditions)


def tallies(voice: Voice, ages: pd.DataFrame, gaps: pd.DataFrame) -> dict[str, Value]:
    """Return the numbers that several blocks of the page show, by id."""
    timed = ages[ages["months"].notna()]
    held = [
        Value(
            f"quality.rows.{r.table}",
            voice.say("quality.kpi.rows"),
            r.rows,
            "rows",
            "",
            trace=trace(voice, r),
        )
        for r in facts.rows(ages)
    ]
    sums = [
        ("rows", int(ages["rows"].sum()), "rows", [v.id for v in held]),
        ("cells", int(gaps["cells"].sum()), "cells", [f"quality.gaps.{t}.cells" for t in gaps["table"]]),
        *(
            (kind, int(gaps[kind].sum()), "cells", [f"quality.gaps.{t}.{kind}" for t in having(gaps, kind)])
            for kind in ("missing", *KINDS)
        ),
    ]
    counts = [
        ("tables", len(ages), [v.id for v in held]),
        ("timed", len(timed), _months(timed)),
        ("lists", len(ages) - len(timed), []),
        ("old", int((timed["months"] > OLD).sum()), _months(timed[timed["months"] > OLD])),
        ("recent", int((timed["months"] <= RECENT).sum()), _months(timed[timed["months"] <= RECENT])),
    ]
    text, added = voice.say("quality.count.series"), voice.say("quality.count.sum")
    found = held + [
        Value(f"quality.{i}", added, n, unit, "", trace=provenance.made("sum", ids, added, unit=unit))
        for i, n, unit, ids in sums
    ]
    found += [
        Value(f"quality.{i}", text, n, "tables", "", trace=provenance.made("count", ids, text, unit="tables"))
        for i, n, ids in counts
    ]
    return {value.id.removeprefix("quality."): value for value in found}


def having(gaps: pd.DataFrame, kind: str) -> list[str]:
    """Return the tables whose empty cells can be of a kind: without a column of markers, only of the last."""
    return [
        table
        for table, flags in zip(gaps["table"], gaps["flags"], strict=True)
        if flags or kind in ("cells", "missing", KINDS[-1])
    ]


def results(voice: Voice, checks: Sequence[Check]) -> tuple[Value, Value]:
    """Return how many checks were made, and how many hold."""
    text = voice.say("quality.count.checks")
    way = provenance.made("count", [], text, unit="checks")
    passed = sum(check.ok for check in checks)
    return (
        Value("quality.checks", text, len(checks), "checks", "", trace=way),
        Value("quality.checks_passed", text, passed, "checks", "", trace=way),
    )


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
        KPI(
            voice.say("quality.kpi.checks"),
            _number(voice, passed),
            unit=voice.say("quality.kpi.checks_unit", n=_number(voice, made)),
            note=voice.say("quality.kpi.checks_note"),
            value=passed,
            others=(made,),
        ),
    ]
    if known["cells"].value:
        share = float(known["missing"].value or 0) / float(known["cells"].value)
        text = voice.say("quality.count.share")
        ids = ["quality.missing", "quality.cells"]
        part = Value(
            "quality.missing_share", text, share, "fraction", "",
            trace=provenance.made("share", ids, text, unit="fraction"),
        )  # fmt: skip
        items.append(_card(voice, "gaps", known["missing"], part, share=numbers.percent(share, voice.lang)))
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
    whole = [row for row, own in shown.groupby("row")["x"] if len(runs(sorted(own))) == 1]
    values = _coverage_values(voice, shown, sums, ages.set_index("table", drop=False), len(whole))
    subtitle = voice.say("quality.coverage_subtitle")
    key = [voice.say(f"quality.coverage_key.{level}") for level in ("none", "some", "most")]
    marked = (fiscal_year, voice.say("quality.coverage_marked"))
    return Figure(
        voice.lang,
        svg=charts.heatmap(shown, labels, key, ends=ends, marked=marked),
        title=voice.say("quality.coverage_title", whole=str(len(whole)), n=str(len(sums))),
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
        oldest = timed.iloc[0]
        items.append(
            voice.say(
                "quality.find.age",
                recent=_number(voice, known["recent"]),
                timed=_number(voice, known["timed"]),
                date=numbers.date(day, voice.lang),
                name=name(voice, oldest["table"], titles),
                months=numbers.number(oldest["months"], voice.lang),
            )
        )
        values += [known["recent"], known["timed"], months_value(voice, timed.head(1), day)[0]]
    if len(gaps):
        told = ("cells", "missing", *KINDS)
        items.append(voice.say("quality.find.gaps", **{i: _number(voice, known[i]) for i in told}))
        values += [known[i] for i in told]
    command = needs[needs["command"]]
    keys = {"n": command, "bea": command[command["key"] == "BEA_API_KEY"]}
    keys["census"] = command[command["key"] == "CENSUS_API_KEY"]
    items.append(voice.say("quality.find.refresh", **{k: str(len(rows)) for k, rows in keys.items()}))
    where: dict[str, dict[str, Any]] = {
        "n": {},
        "bea": {"key": "BEA_API_KEY"},
        "census": {"key": "CENSUS_API_KEY"},
    }
    text = voice.say("quality.count.rows")
    values += [
        Value(
            f"quality.refresh.{k}", text, len(rows), "tables", "",
            trace=provenance.counted(
                "refresh", "table", text, where={"command": True} | where[k], unit="tables"
            ),
        )
        for k, rows in keys.items()
    ]  # fmt: skip
    return Findings(voice.lang, items=tuple(items), values=facts.gathered(values))


def months_value(voice: Voice, ages: pd.DataFrame, day: str) -> list[Value]:
    """Return the age of each table with a time, in months."""
    text = voice.say("quality.count.months")
    return [
        Value(
            f"quality.months.{r.table}",
            text,
            int(r.months),
            "months",
            r.newest,
            trace=provenance.made(
                "months", [], text, unit="months", table=r.table, column=r.column, end=r.end, to=day
            ),
        )
        for r in facts.rows(ages)
    ]


def _months(ages: pd.DataFrame) -> list[str]:
    return [f"quality.months.{table}" for table in ages["table"]]


def _number(voice: Voice, value: Value) -> str:
    return numbers.number(value.value, voice.lang)


def _card(voice: Voice, key: str, value: Value, *others: Value, **parts: str) -> KPI:
    return KPI(
        voice.say(f"quality.kpi.{key}"),
        _number(voice, value),
        note=voice.say(f"quality.kpi.{key}_note", **parts),
        value=value,
        others=others,
    )


def _coverage_values(
    voice: Voice, shown: pd.DataFrame, sums: pd.Series, ages: pd.DataFrame, whole: int
) -> tuple[Value, ...]:
    label, text = voice.say("quality.kpi.rows"), voice.say("quality.count.series")
    ids = {str(row): [f"quality.coverage.{row}.{x}" for x in own] for row, own in shown.groupby("row")["x"]}
    values = []
    for r in facts.rows(shown):
        where = dict(r.where)
        way = trace(voice, ages.loc[r.table], where=where)
        values.append(Value(f"quality.coverage.{r.row}.{r.x}", label, r.rows, "rows", str(r.x), trace=way))
    for row, n in sums.items():
        way = provenance.made("sum", ids[str(row)], voice.say("quality.count.sum"), unit="rows")
        values.append(Value(f"quality.coverage.{row}", label, int(n), "rows", "", trace=way))
    way = provenance.made("count", [f"quality.coverage.{row}" for row in sums.index], text, unit="series")
    return (
        *values,
        Value("quality.series", text, len(sums), "series", "", trace=way),
        Value("quality.series_whole", text, whole, "series", "", trace=way),
    )
