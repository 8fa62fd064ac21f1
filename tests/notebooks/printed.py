"""Find the numbers on a page that stand behind no value of its ``.json``.

Every value is written in each way the pages write its unit; these writings, then dates and years, then the
names that hold digits, are struck out of the page's text. Digits that are left were typed or forgotten.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from helpers.display import numbers
from helpers.display.block import Block, Value
from helpers.display.blocks import Cards, Figure, Finding, Row, Sources, Table, TraceNotes
from helpers.display.markup import unmarked

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
CALENDAR = re.compile(
    rf"\d{{1,2}} (?:{MONTHS}) \d{{4}}|FY\d{{4}}|(?:平成|令和)(?:\d+|元)年度?|(?:平成|令和)(?:\d+|元)"
    r"|\d{4}年\d{1,2}月(?:\d{1,2}日)?|(?<![\d,.])(?:19|20)\d{2}(?![\d,.]\d)(?:-\d{2})?"
)
"""Dates, years, fiscal years and the editions of figures."""

WORDING = (
    "every 1,000 employed residents",
    "1,000人当たり",
    "rounded to 100 by BEA",
    "100人単位",
    "10分の1",
    "10倍",
    "¥100 million",
    "HS2桁",
    "うち第1位が",
    "州、第2位が",
    "上位10か国・地域",
    "上位3か国・地域",
    "1st–3rd",
    "4th–5th",
    "6th or lower",
    "1～3位",
    "4～5位",
    "6位以下",
    "12か月",
    "5時点",
    "うち1つはコロナ禍",
    "5年度の値の合計",
    "4月～3月",
    "3 charts over",
    "3つの指標",
    "1件1点",
    "exhibit 19",
    "別表19",
    "FT-900",
    "Data608",
    "15か国",
    "掲げるのは8か国で",
    "上位5位以内",
    "10％以上",
    "それぞれ1件",
    "管轄地域ごとに1件",
    "1に近づく",
    "scores from 0 to 100",
    "0～100点",
    "scores 100, an office 0",
    "州は100点、所在する州は0点",
    "9割を超える",
    "濃色は3位以内、淡色は10位以内",
    "1地域を除いた",
    "50人未満",
    "whole numbers from 0 to 100 are",
    "0～100の整数のみ",
    "重みがすべて0",
    "9割超で",
    "上位10州に",
    "1割に満たない",
    "3位以内",
    "10位以内",
    "11位以下",
    "1地域除外",
    "いずれか1地域",
    "2年を超えて前",
    "2年より古い",
    "1年以内",
)
"""Digits of a definition or of a key, typed in the phrases and the same on every page."""

CLAIMS = ("", "-differ", "-activity", "-trade", "-investment", "-jobs", "-states")
NAMES = {
    "events": ("event", "place"),
    "best-practice": ("what", "kind"),
    "served": ("covers",),
    "district-shared": ("covers",),
    **{f"claims{part}": ("evidence",) for part in CLAIMS},
    "quality-checks": ("check",),
    "quality-needs": ("needs",),
    "triangulation-jobs": ("who",),
    "triangulation-sites": ("who",),
    "exports-commodities": ("code", "commodity"),
    "imports-commodities": ("code", "commodity"),
}
"""Columns of tables that hold names, titles and addresses from the data."""

NUMBERED = re.compile(
    r"(?:Meeting|Follow-up) \d+|(?:フォローアップ)?第\d+回|plan \d\.\d|行動計画\d\.\d|; rows: \d\.|グラフ（\d+項目）"
)
"""Meetings and action plans go by number; an alternative text counts the bars."""

REMARK = re.compile(r"\[[a-z]\] .+")
"""The note of a row under its table: words of the data, like a name."""

CLOSER = (2, 3)
"""Decimals of two figures that would print alike."""

UNSEEN = r"<style>.*?</style>|<script.*?</script>"
"""What stands in the HTML of a block and is not read: its look, its data and what moves it."""

STRUCK = "\0"
"""What stands where a number was struck out, so that its neighbours do not become one."""

SMALL = re.compile(r"[+−]?\d{1,3}(?:st|nd|rd|th)?|第\d{1,3}位")
"""Numbers that occur by chance."""


def unbacked(blocks: Sequence[Block], lang: str) -> list[str]:
    """Return every line of the page that prints a number without a value, with what is left of it.

    A whole number below a thousand must be a value of the line's own block, because on a page with a thousand
    values every small number is one of them by chance; any other number may be one of another block.
    """
    written = [writings(block.numbers(), lang) for block in blocks]
    small = [{text for text in own if SMALL.fullmatch(text)} for own in written]
    anywhere = _pattern(set().union(*written) - set().union(*small))
    found = []
    for block, own in zip(blocks, map(_pattern, small), strict=True):
        for line in _pieces(block):
            if REMARK.fullmatch(line):
                continue
            left = CALENDAR.sub("", NUMBERED.sub("", line))
            for words in WORDING:
                left = left.replace(words, " ")
            left = own.sub("", anywhere.sub(STRUCK, left)).replace(STRUCK, "")
            if re.search(r"\d", left):
                found.append(f"{line}   <<< {left}")
    return found


def _pattern(texts: Iterable[str]) -> re.Pattern[str]:
    """Return what finds one of some numbers where it is no part of a longer one."""
    known = "|".join(map(re.escape, sorted(texts, key=len, reverse=True))) or "(?!)"
    return re.compile(rf"(?<![\d,.])(?:{known})(?!\d|[,.]\d)")


def _without_panels(page: str) -> str:
    """Return the HTML of a block without what opens (it says where numbers are from) and what keeps words on a line."""
    page = re.sub(r'<div class="brief brief-trace".*?</dl></div>', "", page, flags=re.S)
    together = re.compile(r'<span class="brief-w">((?:(?!</?span).)*)</span>', re.S)
    while (looser := together.sub(r"\1", page)) != page:
        page = looser
    return page


def unmarked_numbers(block: Block) -> list[str]:
    """Return the lines of a block, but for names and dates, in which a number stands outside a control."""
    if isinstance(block, Row):
        return [line for item in block.items for line in unmarked_numbers(item)]
    if isinstance(block, Sources | Cards | TraceNotes):
        return []
    if isinstance(block, Figure):
        block = Finding(block.lang, f"{block.title}\n{block.subtitle}", values=block.values)
    if isinstance(block, Table):
        named = (*NAMES.get(block.id, ()), "year", "month", "date", "definition", "claim")
        block = replace(
            block, rows=tuple(row | dict.fromkeys(set(named) & set(row), "") for row in block.rows)
        )
    page = re.sub(rf"{UNSEEN}|<button.*?</button>", "", _without_panels(block.html()), flags=re.S)
    found = []
    for line in filter(None, map(str.strip, html.unescape(re.sub(r"<[^>]+>", "\n", page)).splitlines())):
        left = "" if REMARK.fullmatch(line) else CALENDAR.sub("", NUMBERED.sub("", line))
        for words in WORDING:
            left = left.replace(words, " ")
        if re.search(r"\d", left):
            found.append(line)
    return found


def writings(values: Iterable[Value], lang: str) -> set[str]:
    """Return every way in which a page may write the values."""
    return {text for value in values for text in _written(value, lang)} - {""}


def _written(value: Value, lang: str) -> Iterator[str]:
    for whole in (value.rank, value.of, *(value.band or ())):
        if whole is not None:
            yield from (str(int(whole)), numbers.ordinal(int(whole), lang))
    if value.value is None or value.value != value.value:
        return
    figure = float(value.value)
    if value.unit == "fraction":
        yield from (numbers.percent(figure, lang), numbers.percent(figure, lang, signed=True))
        yield numbers.points(figure, lang)
        for places in CLOSER:
            yield from (numbers.percent(figure, lang, places), numbers.points(figure, lang, places))
    elif value.unit in ("million USD", "USD", "billion USD"):
        usd = figure * {"million USD": 1e6, "USD": 1, "billion USD": 1e9}[value.unit]
        yield from (numbers.dollars(usd, lang), numbers.billions(usd, lang), numbers.number(usd / 1e6, lang))
        yield numbers.number(usd / (1e9 if lang == "en" else 1e8), lang)
        yield from (numbers.dollars(usd, lang, places=places) for places in CLOSER)
    elif value.unit == "rank":
        yield from (str(int(figure)), numbers.ordinal(int(figure), lang))
    elif value.unit == "percent" and value.period == "method":
        yield f"{figure:g}%"
    elif value.unit.startswith("percent"):
        yield from (numbers.percent(figure / 100, lang), f"{numbers.number(figure, lang)}%")
    elif value.unit == "100 million yen":
        yield from (
            numbers.number(figure, lang, 2),
            *(numbers.yen(figure * 1e8, lang, places=n) for n in (1, 2)),
        )
    elif value.unit in ("ratio", "log ratio", "rho", "expected events"):
        yield from (numbers.number(figure, lang, 2), numbers.number(figure, lang, 2, signed=True))
    elif value.unit == "score":
        yield numbers.number(figure, lang, 1)
    elif value.unit == "p":
        small = "<0.001" if lang == "en" else "0.001未満"
        yield small if figure < 0.001 else numbers.number(figure, lang, 3)
    elif value.unit == "seed":
        yield str(int(figure))
    elif value.unit.startswith("per "):
        yield numbers.number(figure, lang, 1)
    else:
        yield from (numbers.number(figure, lang), numbers.count(figure, lang), numbers.compact(figure, lang))
        yield from (numbers.number(figure / 1000, lang), numbers.number(figure / 1000, lang, 1))
        yield numbers.number(figure, lang, signed=True)


def _pieces(block: Block) -> Iterator[str]:
    """Return the texts of a block: of figures title, subtitle and alternative text, of the rest its HTML."""
    if isinstance(block, Row):
        for item in block.items:
            yield from _pieces(item)
    elif isinstance(block, Figure):
        yield from (unmarked(block.title), unmarked(block.subtitle), *block.alt.splitlines())
    elif not isinstance(block, Sources | Cards):
        if isinstance(block, Table):
            named = NAMES.get(block.id, ())
            rows = tuple(row | dict.fromkeys(named, "") for row in block.rows)
            block = type(block)(**(vars(block) | {"rows": rows}))
        text = re.sub(UNSEEN, "", _without_panels(block.html()), flags=re.S)
        text = re.sub(r"</?button[^>]*>", "", text)
        yield from filter(None, map(str.strip, html.unescape(re.sub(r"<[^>]+>", "\n", text)).splitlines()))
