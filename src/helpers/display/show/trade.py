"""Trade: shares and ranks over years, leagues of partners, and the deficit."""

from __future__ import annotations

import pandas as pd

from helpers.analysis import trade
from helpers.analysis.reading import Reading
from helpers.display import charts, facts, markup, numbers
from helpers.display.blocks import Block, Column, Figure, Finding, Findings, Note, Row, Table
from helpers.display.prose import Voice
from helpers.display.show import origins

SHOWN = 5
"""Partners drawn beside each other."""


def shares(
    voice: Voice, subject: str, exports: pd.DataFrame, imports: pd.DataFrame, *, place: str = "US"
) -> Row:
    """Return two line charts: the subject's share of exports and of imports among the largest partners.

    Parameters
    ----------
    exports, imports
        As :func:`helpers.analysis.trade.history`.
    place
        ``US`` or the code of a state; names the basis.
    """
    return Row(
        voice.lang,
        (
            _share(voice, subject, exports, "exports", place),
            _share(voice, subject, imports, "imports", place),
        ),
    )


def _share(voice: Voice, subject: str, past: pd.DataFrame, flow: str, place: str) -> Block:
    own = past[(past["partner"] == subject) & past["share"].notna()].sort_values("year")
    if own.empty:
        return no_trade(voice, subject, flow, voice.the(place))
    last = int(past["year"].max())
    drawn = past[
        past["partner"].isin(trade.leaders(past, last, SHOWN, subject=subject)) & past["share"].notna()
    ]
    first, final = own.iloc[0], own.iloc[-1]
    basis = voice.say(f"basis.{'state_' if place != 'US' else ''}{flow}")
    key = "trade.share_title" if place == "US" else "trade.state_share_title"
    key = key if len(own) > 1 else "trade.share_title_single"
    parts = {
        "start": origins.past(voice, flow, first, "share"),
        "end": origins.past(voice, flow, final, "share"),
        "first": str(first["year"]),
        "last": str(final["year"]),
        "subject": voice.the(subject),
    }
    frame = drawn.rename(columns={"year": "x", "share": "y", "partner": "series"})[["x", "y", "series"]]
    names = {code: voice.name(code) for code in frame["series"].unique()}
    subtitle = voice.say(
        f"trade.share_subtitle.{flow}", subject=voice.the(subject), last=str(last), basis=basis
    )
    return Figure(
        voice.lang,
        svg=charts.lines(frame, subject, names, voice.percent, axis_fmt=lambda s: f"{100 * s:.6g}%"),
        title=voice.say(f"{key}.{flow}", **parts),
        subtitle=subtitle,
        alt=charts.alt_lines(frame, subject, names, voice.percent, lang=voice.lang, measure=subtitle),
        source=_source(voice, place),
        values=facts.of_rows(
            voice,
            drawn,
            prefix=f"{flow}.history",
            key="partner",
            columns={"share": "fraction"},
            label=subtitle,
            period_column="year",
            lineage=origins.years(flow, place),
        ),
    )


def ranks(voice: Voice, subject: str, exports: pd.DataFrame, imports: pd.DataFrame) -> Row:
    """Return two bump charts: the subject's rank as a market and as a source, among the largest partners."""
    return Row(
        voice.lang, (_ranks(voice, subject, exports, "exports"), _ranks(voice, subject, imports, "imports"))
    )


def _ranks(voice: Voice, subject: str, past: pd.DataFrame, flow: str) -> Block:
    own = past[past["partner"] == subject].sort_values("year")
    if own.empty:
        return no_trade(voice, subject, flow, voice.the("US"))
    last = int(past["year"].max())
    drawn = past[past["partner"].isin(trade.leaders(past, last, 7, subject=subject))]
    frame = drawn.rename(columns={"partner": "series"})[["year", "series", "rank"]]
    names = {code: voice.name(code) for code in frame["series"].unique()}
    first, final = own.iloc[0], own.iloc[-1]
    worst = max(10, int(own["rank"].max()) + 1)
    subtitle = voice.say("trade.rank_subtitle")
    return Figure(
        voice.lang,
        svg=charts.rank_bump(frame, subject, names, width="half", worst=worst),
        title=voice.say(
            f"trade.rank_title.{flow}",
            start=origins.past(voice, flow, first, "rank"),
            end=origins.past(voice, flow, final, "rank"),
            first=str(first["year"]),
            last=str(final["year"]),
        ),
        subtitle=subtitle,
        alt=charts.alt_rank_bump(frame, subject, names, lang=voice.lang, measure=subtitle),
        source=_source(voice, "US"),
        values=facts.of_rows(
            voice,
            drawn,
            prefix=f"{flow}.history",
            key="partner",
            columns={"rank": "rank"},
            label=subtitle,
            period_column="year",
            lineage=origins.years(flow, "US"),
        ),
    )


def leagues(
    voice: Voice,
    subject: str,
    exports: Reading | None,
    imports: Reading | None,
    *,
    place: str = "US",
    count: int = 10,
) -> Row:
    """Return the largest partners of both flows side by side; a subject further down is added at the foot."""
    return Row(
        voice.lang,
        (
            _league(voice, subject, exports, "exports", place, count),
            _league(voice, subject, imports, "imports", place, count),
        ),
    )


def _league(voice: Voice, subject: str, reading: Reading | None, flow: str, place: str, count: int) -> Block:
    if reading is None:
        return no_trade(voice, subject, flow, voice.the(place))
    ranked = reading.league[reading.league["rank"].notna()]
    head = ranked.head(count)
    rows = (
        head if subject in set(head["partner"]) else pd.concat([head, ranked[ranked["partner"] == subject]])
    )
    scale = 1e6 if reading.unit == "million USD" else 1.0
    low, high = (float(end) * scale for end in (rows["value"].min(), rows["value"].max()))
    small = reading.place != "US" and (low < 1e9 or high < 5e9)
    basis = voice.say(f"basis.{'state_' if reading.place != 'US' else ''}{flow}")
    key = "trade.league_title" if reading.place == "US" else "trade.state_league_title"

    caption = voice.say(
        "trade.league_caption",
        basis=basis,
        total=voice.amount(reading, reading.total, "total") if reading.total else "–",
    )

    def money(value: float) -> str:
        return (numbers.millions if small else numbers.billions)(value * scale, voice.lang)

    return Table(
        voice.lang,
        id=f"{flow}-league",
        title=voice.say(f"{key}.{flow}", year=str(reading.year)),
        caption=caption,
        columns=(
            Column("rank", voice.say("head.rank"), "right"),
            Column("partner", voice.say("head.partner")),
            Column("value", voice.say("head.value_mn" if small else "head.value_bn"), "right"),
            Column("share", voice.say("head.share"), "right"),
        ),
        rows=tuple(
            {
                "rank": markup.number(
                    f"{flow}.league.{r.partner}.rank",
                    numbers.rank(int(r.rank), voice.lang, tied=bool(r.tied), style="table"),
                ),
                "partner": voice.name(r.partner),
                "value": markup.number(f"{flow}.league.{r.partner}.value", money(r.value)),
                "share": "–"
                if pd.isna(r.share)
                else markup.number(f"{flow}.league.{r.partner}.share", voice.percent(r.share)),
            }
            for r in facts.rows(rows)
        ),
        marked=tuple(i for i, code in enumerate(rows["partner"]) if code == subject),
        values=(
            *facts.of_rows(
                voice,
                rows.assign(rank=rows["rank"].astype(int)),
                prefix=f"{flow}.league",
                key="partner",
                columns={"value": reading.unit, "share": "fraction", "rank": "rank"},
                label=voice.say(f"{key}.{flow}", year=str(reading.year)),
                period=reading.year,
                lineage=facts.of_league(reading),
            ),
            *facts.said(facts.of_reading(voice, reading, voice.say(f"flow.{flow}")), caption),
        ),
    )


def amounts(
    voice: Voice, subject: str, exports: Reading | None, imports: Reading | None, *, place: str = "US"
) -> Finding | Note:
    """Return in one sentence what goes to the subject and what comes from it, each with its denominator if in hand."""
    without = exports is None or imports is None or exports.total is None or imports.total is None
    if exports is None or imports is None or (without and place != "US"):
        missing = "exports" if exports is None else "imports"
        return no_trade(voice, subject, missing, voice.the(place))
    values = facts.gathered(
        *(facts.of_reading(voice, r, voice.say(f"flow.{r.id}")) for r in (exports, imports))
    )
    if without:
        words = voice.say(
            "trade.finding_without_total",
            year=years(voice, exports.year, imports.year),
            subject=voice.opening(subject),
            exports=voice.amount(exports),
            imports=voice.amount(imports),
        )
        return Finding(voice.lang, words, values=facts.said(values, words))
    parts = {
        "year": years(voice, exports.year, imports.year),
        "subject": voice.the(subject),
        "exports": voice.amount(exports),
        "exports_share": voice.part(exports, "share", exports.standing.share),
        "imports": voice.amount(imports),
        "imports_share": voice.part(imports, "share", imports.standing.share),
    }
    text = (
        voice.say(
            "trade.finding",
            exports_total=voice.amount(exports, exports.total, "total"),
            imports_total=voice.amount(imports, imports.total, "total"),
            **parts,
        )
        if place == "US"
        else voice.say(
            "trade.state_finding",
            state=voice.the(place),
            exports_rank=voice.rank(exports),
            imports_rank=voice.rank(imports),
            **parts,
        )
    )
    return Finding(voice.lang, text, values=values)


def years(voice: Voice, exports: int, imports: int) -> str:
    """Return the year of a sentence on both flows, with that of the imports where it is another."""
    if exports == imports:
        return str(exports)
    return voice.say("trade.years", year=str(exports), imports=str(imports))


def distances(voice: Voice, *readings: Reading | None) -> Findings:
    """Return each rank with the distance to the neighbours above and below."""
    known = [r for r in readings if r is not None]
    items = [voice.say(f"trade.gap_finding.{r.id}", rank=voice.rank(r), gaps=voice.gaps(r)) for r in known]
    values = (facts.of_reading(voice, r, voice.say(f"flow.{r.id}")) for r in known)
    return Findings(voice.lang, items=tuple(items), values=facts.gathered(*values))


def deficit(
    voice: Voice, subject: str, reading: Reading | None, *, year: int | None
) -> tuple[Finding | Note, ...]:
    """Return the goods deficit as part of the net deficit and of all bilateral deficits, and why both.

    ``year`` is the newest with a total of both flows: the one in which there is a surplus where there is no reading.
    """
    if year is None:
        return (no_trade(voice, subject, "imports", voice.the("US")),)
    if reading is None:
        return (Note(voice.lang, voice.say("trade.surplus", subject=voice.the(subject), year=str(year))),)
    row = reading.league[reading.league["partner"] == subject].iloc[0]
    rank = markup.number("deficit.rank", voice.nth(reading.rank or 1, tied=reading.standing.tied))
    sentence = voice.say(
        "trade.deficit_finding",
        subject=voice.the(subject),
        deficit=voice.amount(reading),
        year=str(reading.year),
        rank=f"the {rank}" if voice.lang == "en" else rank,
        net_share=voice.part(reading, "share", row["share"]),
        net=voice.amount(reading, row["net"], "total"),
        gross_share=voice.part(reading, "share_gross", row["share_gross"]),
        gross=voice.amount(reading, row["gross"], "gross"),
    )
    values = (
        *facts.of_reading(voice, reading, sentence),
        *(
            facts.value(
                voice, f"deficit.{part}", sentence, row[part], unit, reading.year, reading.lineage(part)
            )
            for part, unit in (("share_gross", "fraction"), ("gross", reading.unit))
        ),
    )
    return Finding(voice.lang, sentence, values=values), Note(voice.lang, voice.say("trade.deficit_note"))


def no_balance(voice: Voice, last: int | None) -> Note:
    """Return why a state's exports and imports are not set against each other, and the last year in hand."""
    told = [voice.say("trade.no_balance")]
    if last is not None:
        told.append(voice.say("trade.state_end", last=str(last)))
    return Note(voice.lang, (" " if voice.lang == "en" else "").join(told))


def no_trade(voice: Voice, subject: str, flow: str, where: str) -> Note:
    """Return what stands in place of a flow in which the subject has no trade with a place, given in words."""
    words = voice.say("trade.none", flow=voice.say(f"flow.{flow}"), state=where, subject=voice.the(subject))
    return Note(voice.lang, words, kind="missing")


def _source(voice: Voice, place: str) -> str:
    return voice.say("source.census" if place == "US" else "source.usa_trade")
