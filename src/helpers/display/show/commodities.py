"""What a state trades with the subject, commodity by commodity, where it was fetched."""

from __future__ import annotations

import pandas as pd

from helpers.analysis import commodities
from helpers.display import facts, numbers
from helpers.display.blocks import Block, Column, Note, Row, Table
from helpers.display.markup import escape
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
    return (Row(voice.lang, tuple(parts)),)  # type: ignore[arg-type]


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
    key = {"state": place, "partner": subject, "flow": flow, "year": year}
    return Table(
        voice.lang,
        id=f"{flow}-commodities",
        title=title,
        caption=voice.say(
            "commodities.caption",
            basis=voice.say(f"basis.state_{flow}"),
            n=str(len(rows)),
            part=voice.percent(commodities.part(rows)),
            total=voice.dollars(float(first["total_usd"])),
            m=numbers.number(int(first["commodities"]), voice.lang),
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
                "rank": numbers.rank(int(r.rank), voice.lang, tied=bool(r.tied), style="table"),
                "code": _code(r.commodity),
                "commodity": _named(voice, r, chapters),
                "value": numbers.number(r.value_usd / 1e6, voice.lang, 1)
                if small
                else numbers.billions(r.value_usd, voice.lang),
                "share": voice.percent(r.share),
            }
            for r in facts.rows(rows)
        ),
        notes=_notes(voice, rows),
        values=(
            *(
                facts.single(
                    f"{flow}.commodities.{row.commodity}.{name}", title, value, unit, when, "statehs", **key
                )
                for row in facts.rows(rows)
                for name, value, unit in (
                    ("value_usd", int(row.value_usd), "USD"),
                    ("share", float(row.share), "fraction"),
                    ("rank", int(row.rank), "rank"),
                )
            ),
            facts.single(
                f"{flow}.commodities.total",
                title,
                int(first["total_usd"]),
                "USD",
                when,
                "statehs",
                **key,
            ),
            facts.single(
                f"{flow}.commodities.part",
                title,
                commodities.part(rows),
                "fraction",
                when,
                "statehs",
                **key,
            ),
            facts.single(
                f"{flow}.commodities.count",
                title,
                int(first["commodities"]),
                "commodities",
                when,
                "statehs",
                **key,
            ),
        ),
    )


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
