"""What a state trades with the subject, commodity by commodity, where it was fetched."""

from __future__ import annotations

import pandas as pd

from helpers.analysis import commodities
from helpers.display import facts, numbers
from helpers.display.block import Value
from helpers.display.blocks import Block, Column, Note, Row, Table
from helpers.display.markup import escape, number
from helpers.display.prose import Voice

COMMAND = "briefs data refresh statehs --state {state}"


def block(
    voice: Voice,
    place: str,
    subject: str,
    exports: pd.DataFrame,
    imports: pd.DataFrame,
    *,
    chapters: pd.DataFrame,
) -> tuple[Block, ...]:
    """Return the largest commodities of both flows side by side, or one sentence on what is missing.

    Parameters
    ----------
    exports, imports
        As ``helpers.data.commodities.top``; empty where nothing is in hand.
    chapters
        ``hs2``: hs2, name_en, name_ja; the Japanese page names a commodity by its chapter.
    """
    if exports.empty and imports.empty:
        return (_missing(voice, place, subject),)
    shown = {"exports": exports, "imports": imports}
    names = dict(zip(chapters["hs2"], chapters[f"name_{voice.lang}"], strict=True))
    parts = [
        _missing(voice, place, subject, flow) if frame.empty else _table(voice, place, subject, frame, names)
        for flow, frame in shown.items()
    ]
    return (Row(voice.lang, tuple(parts)),)


def _missing(voice: Voice, place: str, subject: str, flow: str = "") -> Note:
    parts = {
        "state": voice.the(place),
        "subject": voice.the(subject),
        "command": COMMAND.format(state=place),
    }
    if not flow:
        return Note(voice.lang, voice.say("commodities.missing", **parts), kind="missing")
    words = voice.say("commodities.missing_flow", flow=voice.say(f"flow.{flow}"), **parts)
    return Note(voice.lang, words[:1].upper() + words[1:], kind="missing")


def _table(voice: Voice, place: str, subject: str, top: pd.DataFrame, chapters: dict[str, str]) -> Table:
    rows = commodities.ranked(top)
    first = rows.iloc[0]
    flow, year, month = str(first["flow"]), int(first["year"]), int(first["month"])
    full = voice.say("commodities.year", year=str(year))
    period = full if month == 12 else voice.say("commodities.to_month", year=str(year), month=str(month))
    title = voice.say(
        f"commodities.title.{flow}", state=voice.the(place), subject=voice.the(subject), period=period
    )
    small = float(rows["value_usd"].iloc[0]) < 1e9
    when = str(year) if month == 12 else f"{year}-01/{month:02d}"
    name = f"{flow}.commodities"
    return Table(
        voice.lang,
        id=f"{flow}-commodities",
        title=title,
        caption=voice.say(
            "commodities.caption",
            basis=voice.say(f"basis.state_{flow}"),
            n=number(f"{name}.shown", str(len(rows))),
            part=number(f"{name}.part", voice.percent(commodities.part(rows))),
            total=number(f"{name}.total", voice.dollars(float(first["total_usd"]))),
            m=number(f"{name}.count", numbers.number(int(first["commodities"]), voice.lang)),
        ),
        columns=(
            Column("rank", voice.say("head.rank"), "right"),
            Column("code", voice.say("commodities.head.code")),
            Column("commodity", voice.say("commodities.head.commodity")),
            Column("value", voice.say("head.value_mn" if small else "head.value_bn"), "right"),
            Column("share", voice.say("head.share"), "right"),
        ),
        rows=tuple(
            {
                "rank": number(
                    f"{name}.{r.commodity}.rank",
                    numbers.rank(int(r.rank), voice.lang, tied=bool(r.tied), style="table"),
                ),
                "code": _code(r.commodity),
                "commodity": _named(voice, r, chapters),
                "value": number(
                    f"{name}.{r.commodity}.value_usd",
                    numbers.number(r.value_usd / 1e6, voice.lang, 1)
                    if small
                    else numbers.billions(r.value_usd, voice.lang),
                ),
                "share": number(f"{name}.{r.commodity}.share", voice.percent(r.share)),
            }
            for r in facts.rows(rows)
        ),
        notes=_notes(voice, rows),
        values=_values(voice, rows, title, when),
    )


def _values(voice: Voice, rows: pd.DataFrame, title: str, when: str) -> tuple[Value, ...]:
    first = rows.iloc[0]
    name = f"{first['flow']}.commodities"
    found = [
        facts.value(
            voice, f"{name}.{r.commodity}.{id}", title, figure, unit, when, commodities.lineage(rows, part, r)
        )
        for r in facts.rows(rows)
        for id, part, figure, unit in (
            ("value_usd", "value", int(r.value_usd), "USD"),
            ("share", "share", float(r.share), "fraction"),
            ("rank", "rank", int(r.rank), "rank"),
        )
    ]
    found += [
        facts.value(voice, f"{name}.{part}", title, figure, unit, when, commodities.lineage(rows, part))
        for part, figure, unit in (
            ("total", int(first["total_usd"]), "USD"),
            ("part", commodities.part(rows), "fraction"),
            ("count", int(first["commodities"]), "commodities"),
            ("shown", len(rows), "commodities"),
        )
    ]
    return tuple(found)


def _named(voice: Voice, row: object, chapters: dict[str, str]) -> str:
    """Return the commodity: as published in English; by its chapter in Japanese, the wording standing in a note."""
    number, words = str(getattr(row, "chapter")), str(getattr(row, "description"))  # noqa: B009
    if voice.lang == "en" or number not in chapters:
        return escape(words)
    return voice.say("commodities.chapter", number=str(int(number)), chapter=escape(chapters[number]))


def _code(code: str) -> str:
    """Return an HS code as it is printed: ``8703.23``."""
    return code if len(code) <= 4 else f"{code[:4]}.{code[4:]}"


def _notes(voice: Voice, rows: pd.DataFrame) -> tuple[str, ...]:
    first = rows.iloc[0]
    level = f"HS{len(str(first['commodity']))}"
    said = [voice.say("commodities.source", level=level, vintage=str(first["vintage"]))]
    if voice.lang == "ja":
        said += [
            voice.say("commodities.published_as", code=_code(r.commodity), words=escape(r.description))
            for r in facts.rows(rows)
        ]
    return tuple(said)
