"""Direct investment: the position on both bases side by side, flows where known."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.analysis import investment, lineage
from helpers.analysis.lineage import Lineage
from helpers.analysis.reading import Reading
from helpers.display import charts, facts, markup, numbers
from helpers.display.block import Value
from helpers.display.blocks import Block, Column, Figure, Finding, Findings, Note, Row, Table
from helpers.display.prose import Voice
from helpers.display.show import attribution

SHOWN = 5
FACT_SHEETS = "selectusa-sheets"
"""Source of the flows of which a sentence says that no later ones are in hand."""


def positions(
    voice: Voice, subject: str, table: pd.DataFrame, ubo: Reading | None, parent: Reading | None
) -> Row:
    """Return the position by ultimate owner (bars, newest year) beside the one by foreign parent (lines)."""
    return Row(voice.lang, (_bars(voice, subject, ubo), _lines(voice, subject, table, parent)))


def _bars(voice: Voice, subject: str, reading: Reading | None) -> Block:
    if reading is None:
        return Note(voice.lang, voice.say("fdi.missing", subject=voice.the(subject)), kind="missing")
    ranked = reading.league[reading.league["rank"].notna()].head(8)
    frame = ranked.rename(columns={"partner": "label"})[["label", "value"]]
    names = {code: voice.name(code) for code in frame["label"]}
    parts = {"subject": voice.opening(subject), "value": voice.amount(reading), "year": str(reading.year)}
    title = (
        voice.say("fdi.bars_title_unranked", **parts)
        if reading.rank is None
        else voice.say("fdi.bars_title", rank=voice.rank(reading, band=False), **parts)
    )
    subtitle = voice.say("fdi.bars_subtitle")
    return Figure(
        voice.lang,
        svg=charts.bars_h(
            frame,
            subject,
            names,
            lambda v: numbers.billions(v * 1e6, voice.lang),
            missing=numbers.missing(voice.lang),
        ),
        title=title,
        subtitle=subtitle,
        alt=charts.alt_bars_h(
            frame,
            subject,
            names,
            lambda v: numbers.billions(v * 1e6, voice.lang),
            lang=voice.lang,
            measure=subtitle,
        ),
        source=attribution.bureau(voice, reading.source),
        values=(
            *facts.said(facts.of_reading(voice, reading, voice.say("kpi.fdi")), title),
            *facts.of_rows(
                voice,
                ranked.assign(rank=ranked["rank"].astype(int)),
                prefix="fdi.league",
                key="partner",
                columns={"value": reading.unit, "rank": "rank"},
                label=subtitle,
                period=reading.year,
                lineage=facts.of_league(reading),
            ),
        ),
    )


def _lines(voice: Voice, subject: str, table: pd.DataFrame, reading: Reading | None) -> Block:
    if reading is None:
        return Note(voice.lang, voice.say("fdi.missing", subject=voice.the(subject)), kind="missing")
    ranked = reading.league[reading.league["rank"].notna()]["partner"].tolist()
    codes = ranked[:SHOWN] if subject in ranked[:SHOWN] else [*ranked[: SHOWN - 1], subject]
    past = investment.by_year(table, "foreign_parent", codes)
    frame = past.rename(columns={"year": "x", "partner": "series", "value": "y"})
    names = {code: voice.name(code) for code in codes}
    subtitle = voice.say("fdi.parent_subtitle", first=str(past["year"].min()), last=str(past["year"].max()))

    title = voice.say(
        "fdi.parent_title", subject=voice.the(subject), rank=voice.rank(reading), year=str(reading.year)
    )

    def fmt(value: float) -> str:
        return numbers.number(value / (1000 if voice.lang == "en" else 100), voice.lang)

    return Figure(
        voice.lang,
        svg=charts.lines(frame, subject, names, fmt),
        title=title,
        subtitle=subtitle,
        alt=charts.alt_lines(frame, subject, names, fmt, lang=voice.lang, measure=subtitle),
        source=attribution.bureau(voice, reading.source, reading.vintage),
        values=(
            *facts.said(facts.of_reading(voice, reading, voice.say("kpi.fdi")), title),
            *facts.of_rows(
                voice,
                past,
                prefix="fdi_parent.history",
                key="partner",
                columns={"value": "million USD"},
                label=subtitle,
                period_column="year",
                lineage=lambda row, _: _printed(row, "fdi_position"),
            ),
        ),
    )


def _printed(row: Any, table: str) -> Lineage:
    return Lineage("value", (lineage.cell(row, table, "value_musd"),))


def bases(
    voice: Voice, subject: str, ubo: Reading | None, parent: Reading | None, *, count: int = 6
) -> Block:
    """Return the leading countries under each basis, in columns that are never joined."""
    readings = [(r, h) for r, h in ((ubo, "head.ubo"), (parent, "head.parent")) if r is not None]
    if not readings:
        return Note(voice.lang, voice.say("fdi.missing", subject=voice.the(subject)), kind="missing")
    heads = {r.id: r.league[r.league["rank"].notna()].head(count) for r, _ in readings}
    order = list(dict.fromkeys(code for top in heads.values() for code in top["partner"]))
    if subject not in order:
        order.append(subject)
    columns, rows = (
        [Column("partner", voice.say("head.partner"))],
        [{"partner": voice.name(c)} for c in order],
    )
    for reading, head in readings:
        when = voice.say("unit.year_end", year=str(reading.year))
        columns += [
            Column(f"{reading.id}_value", voice.join([voice.say(head), when], comma=True), "right"),
            Column(f"{reading.id}_share", voice.say("head.share"), "right"),
            Column(f"{reading.id}_rank", voice.say("head.rank"), "right"),
        ]
        by_code: dict[str, Any] = {r.partner: r for r in facts.rows(reading.league)}
        for code, row in zip(order, rows, strict=True):
            found: Any = by_code.get(code)
            shown = found is not None and found.rank is not pd.NA
            name = f"{reading.id}.league.{code}"
            row[f"{reading.id}_value"] = (
                markup.number(f"{name}.value", numbers.billions(found.value * 1e6, voice.lang))
                if shown
                else _marker(found)
            )
            row[f"{reading.id}_share"] = (
                markup.number(f"{name}.share", voice.percent(found.share))
                if shown and found.share == found.share
                else "–"
            )
            row[f"{reading.id}_rank"] = (
                markup.number(
                    f"{name}.rank",
                    numbers.rank(int(found.rank), voice.lang, tied=bool(found.tied), style="table"),
                )
                if shown and reading.rank is not None
                else "–"
            )
    ends = dict.fromkeys(str(r.year) for r, _ in readings)
    years = ("・" if voice.lang == "ja" else " and ").join(ends)
    return Table(
        voice.lang,
        id="fdi-bases",
        title=voice.say("fdi.table_title", year=years),
        caption=voice.say("fdi.table_caption"),
        columns=tuple(columns),
        rows=tuple(rows),
        marked=(order.index(subject),),
        values=facts.gathered(
            *(
                facts.of_rows(
                    voice,
                    r.league[r.league["partner"].isin(order) & r.league["rank"].notna()].assign(
                        rank=lambda d: d["rank"].astype(int)
                    ),
                    prefix=f"{r.id}.league",
                    key="partner",
                    columns={"value": r.unit, "share": "fraction"}
                    | ({"rank": "rank"} if r.rank is not None else {}),
                    label=voice.say("fdi.table_title", year=years),
                    period=r.year,
                    lineage=facts.of_league(r),
                )
                for r, _ in readings
            )
        ),
    )


def _marker(found: object) -> str:
    flag = getattr(found, "flag", None)
    return str(flag) if flag else "–"


def both_bases(voice: Voice, subject: str, ubo: Reading | None, parent: Reading | None) -> Finding | Note:
    """Return the position on both bases in one sentence; what one basis lacks is said."""
    known = [r for r in (ubo, parent) if r is not None]
    if ubo is None or parent is None:
        missing = Note(voice.lang, voice.say("fdi.missing", subject=voice.the(subject)), kind="missing")
        return (
            missing
            if not known
            else Finding(
                voice.lang, missing.text, values=facts.of_reading(voice, known[0], voice.say("kpi.fdi"))
            )
        )
    text = voice.say(
        "fdi.finding",
        subject=voice.opening(subject),
        ubo=voice.amount(ubo),
        ubo_rank=voice.rank(ubo),
        ubo_year=str(ubo.year),
        parent=voice.amount(parent),
        parent_rank=voice.rank(parent),
        parent_year=str(parent.year),
    )
    values = (facts.of_reading(voice, r, voice.say("kpi.fdi")) for r in known)
    return Finding(voice.lang, text, values=facts.gathered(*values))


def _spent(voice: Voice, row: pd.Series) -> str:
    return markup.number(f"new_fdi.{row['partner']}", voice.dollars(row["value_musd"] * 1e6))


def flows(voice: Voice, subject: str, table: pd.DataFrame, new: pd.DataFrame) -> Findings:
    """Return the flows that are known: printed inflows from the subject, and new investment from all countries."""
    items: list[str] = []
    values: list[Value] = []
    own = table[(table["partner"] == subject) & table["value_musd"].notna()].sort_values("year")
    if len(own):
        words = [
            voice.say(
                "fdi.flow_item",
                value=markup.number(f"fdi_flow.{r.year}.value_musd", voice.dollars(r.value_musd * 1e6)),
                year=str(r.year),
            )
            for r in facts.rows(own)
        ]
        sheets = set(own["source"]) <= {FACT_SHEETS}
        phrase = "fdi.flow_finding" if sheets else "fdi.flow_finding_released"
        items.append(voice.say(phrase, subject=voice.the(subject), flows=voice.join(words)))
        values += facts.of_rows(
            voice,
            own,
            prefix="fdi_flow",
            key="year",
            columns={"value_musd": "million USD"},
            label=items[-1],
            period_column="year",
            lineage=lambda row, _: _printed(row, "fdi_flow"),
        )
    spent = new[(new["state"] == "US") & (new["measure"] == "first_year_expenditures")]
    spent = spent[spent["value_musd"].notna()].sort_values(["year", "vintage"])
    newest = {code: spent[spent["partner"] == code].tail(1) for code in ("WLD", subject)}
    known = {code: row.iloc[0] for code, row in newest.items() if len(row)}
    if "WLD" in known:
        whole, mine = known["WLD"], known.get(subject)
        flag = whole["flag"] if whole["flag"] in ("preliminary", "revised") else "release"
        told = {} if mine is None else {"own": _spent(voice, mine), "own_year": str(mine["year"])}
        items.append(
            voice.say(
                "fdi.new_finding_own" if told else "fdi.new_finding",
                value=_spent(voice, whole),
                year=str(whole["year"]),
                flag=voice.say(f"flag.{flag}"),
                subject=voice.the(subject),
                **told,
            )
        )
        values += [
            facts.value(
                voice,
                f"new_fdi.{code}",
                items[-1],
                row["value_musd"],
                "million USD",
                row["year"],
                _printed(row, "new_fdi"),
            )
            for code, row in known.items()
        ]
    return Findings(voice.lang, items=tuple(items), values=tuple(values))
