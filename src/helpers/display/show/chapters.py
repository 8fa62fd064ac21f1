"""What is traded with a partner: the largest chapters of the Harmonized System in both flows."""

from __future__ import annotations

import pandas as pd

from helpers.analysis import trade
from helpers.display import charts, facts, markup, numbers
from helpers.display.blocks import Block, Figure, Note, Row
from helpers.display.prose import Voice
from helpers.display.show import origins


def goods(voice: Voice, subject: str, table: pd.DataFrame, chapters: pd.DataFrame) -> Block:
    """Return what is traded: the largest HS chapters of both flows in the newest full year.

    Parameters
    ----------
    table
        ``japan_hs2``.
    chapters
        ``hs2``: chapter, name_en, name_ja.
    """
    names = dict(zip(chapters["hs2"], chapters[f"name_{voice.lang}"], strict=True))
    panels = [
        ("exports", trade.commodities(table, "exports", count=6, partner=subject)),
        ("imports", trade.commodities(table, "imports_for_consumption", count=6, partner=subject)),
    ]
    if any(frame.empty for _, frame in panels):
        return Note(voice.lang, voice.say("trade.goods_missing", subject=voice.the(subject)), kind="missing")
    return Row(voice.lang, tuple(_goods(voice, subject, flow, frame, names) for flow, frame in panels))


def _goods(voice: Voice, subject: str, flow: str, top: pd.DataFrame, chapters: dict[str, str]) -> Figure:
    frame = top.rename(columns={"hs2": "label"})[["label", "value"]]
    year = str(top["year"].iloc[0])
    subtitle = voice.say(f"trade.goods_subtitle.{flow}", year=year)

    def fmt(usd: float) -> str:
        return numbers.billions(usd, voice.lang)

    return Figure(
        voice.lang,
        svg=charts.bars_h(frame, str(frame["label"].iloc[0]), chapters, fmt),
        title=voice.say(
            f"trade.goods_title.{flow}",
            top=chapters[str(top["hs2"].iloc[0])],
            subject=voice.the(subject),
            part=markup.number(f"{flow}.goods.{top['hs2'].iloc[0]}.part", voice.percent(top["part"].iloc[0])),
        ),
        subtitle=subtitle,
        alt=charts.alt_bars_h(frame, "", chapters, fmt, lang=voice.lang, measure=subtitle),
        source=voice.say("source.census_hs", subject=voice.the(subject)),
        values=facts.of_rows(
            voice,
            top,
            prefix=f"{flow}.goods",
            key="hs2",
            columns={"value": "USD", "part": "fraction"},
            label=subtitle,
            period=year,
            lineage=origins.chapter,
        ),
    )
