"""A consular district, one row a state: goods trade, Japanese presence, and who serves and sits where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.analysis import activity, lineage, trade
from helpers.analysis.district import COLUMN, TABLE, District, Sum
from helpers.analysis.lineage import Lineage, Universe
from helpers.display import facts, markup, numbers
from helpers.display.block import Value
from helpers.display.blocks import Block, Column, Finding, Note, Table
from helpers.display.markup import escape
from helpers.display.prose import Voice
from helpers.display.show import district as top
from helpers.display.show.events import JAPAN, named
from helpers.display.show.places import jurisdiction
from helpers.display.show.trade import no_balance, years

FLOWS = ("exports", "imports")


def traded(
    voice: Voice,
    subject: str,
    district: District,
    sums: top.Sums,
    ranked: top.Ranked,
    jurisdictions: pd.DataFrame,
) -> tuple[Block, ...]:
    """Return one row an area with the total of those served whole, the states served in part apart, and the ranks.

    Parameters
    ----------
    sums, ranked
        Flow to the district's sum, and to :func:`helpers.analysis.trade.states_standing`.
    """
    exports, imports = sums["exports"], sums["imports"]
    if exports is None or imports is None:
        text = voice.say("mission.trade_none", district=named(voice, district))
        return (Note(voice.lang, text, kind="missing"),)
    blocks: list[Block] = [
        _areas(voice, subject, district, exports, imports, ranked),
        *_largest(voice, exports, imports, ranked),
    ]
    if district.shared:
        blocks.append(_shared(voice, district, exports.year, ranked, jurisdictions))
    return (*blocks, no_balance(voice, exports.year))


def _areas(
    voice: Voice, subject: str, district: District, exports: Sum, imports: Sum, ranked: top.Ranked
) -> Table:
    by_flow = {flow: _rows(frame, exports.added) for flow, frame in ranked.items()}
    first = by_flow["imports"].sort_values("value", ascending=False)["state"].tolist()
    order = [*first, *(area for area in exports.added if area not in first)]
    rows = [_row(voice, area, by_flow) for area in order]
    total = {
        "area": voice.say("mission.trade_total"),
        "exports_rank": "",
        "imports_rank": "",
        **{
            f.flow: markup.number(f"{f.flow}.value", numbers.millions(f.value, voice.lang))
            for f in (exports, imports)
        },
    }
    caption = voice.say(
        "mission.trade_caption", year=years(voice, exports.year, imports.year), subject=voice.the(subject)
    )
    notes = [voice.say("mission.trade_rank_note", of=markup.number("exports.districts", str(exports.of)))]
    if exports.lacking:
        lacking = voice.join([voice.the(area) for area in exports.lacking])
        notes.append(voice.say("mission.trade_lacking", names=lacking))
    return Table(
        voice.lang,
        id="district-trade",
        title=voice.say("mission.trade_title", subject=voice.the(subject)),
        caption=caption,
        columns=_columns(voice),
        rows=(*rows, total) if len(rows) > 1 else tuple(rows),
        marked=(len(rows),) if len(rows) > 1 else (),
        notes=tuple(notes),
        values=facts.gathered(
            _values(voice, by_flow, caption),
            top.figures(voice, exports),
            top.figures(voice, imports),
        ),
    )


def _largest(voice: Voice, exports: Sum, imports: Sum, ranked: top.Ranked) -> tuple[Finding, ...]:
    """Return the part of the area that has most of each flow; nothing where there is one area only."""
    parts: dict[str, str] = {}
    made: list[tuple[str, float, int, Lineage]] = []
    for one in (exports, imports):
        own = _rows(ranked[one.flow], one.added).nlargest(1, "value")
        if own.empty or len(one.added) < 2:
            return ()
        row = own.iloc[0]
        cell = lineage.cell(row, TABLE, COLUMN)
        where = {"year": one.year, "partner": row["partner"], "flow": one.flow, "state": list(one.added)}
        among = Universe(TABLE, COLUMN, "state", where, cell.vintage)
        name, share = f"{one.flow}.largest.share", float(row["value"]) / one.value
        parts |= {
            one.flow: markup.number(name, voice.percent(share)),
            f"top_{one.flow}": voice.the(row["state"]),
        }
        made.append((name, share, one.year, Lineage("share_of", (cell,), among)))
    same = parts["top_exports"] == parts["top_imports"]
    key = "mission.trade_finding_one" if same else "mission.trade_finding"
    text = voice.say(key, top=parts["top_exports"], **parts)
    values = tuple(facts.value(voice, name, text, n, "fraction", year, way) for name, n, year, way in made)
    return (Finding(voice.lang, text, values=values),)


def _shared(
    voice: Voice, district: District, year: int, ranked: top.Ranked, jurisdictions: pd.DataFrame
) -> Table:
    by_flow = {flow: _rows(frame, district.shared) for flow, frame in ranked.items()}
    details = {
        r.area: escape(str(getattr(r, f"detail_{voice.lang}")))
        for r in facts.rows(jurisdictions[jurisdictions["mission"] == district.mission])
    }
    caption = voice.say("mission.shared_caption", year=str(year))
    return Table(
        voice.lang,
        id="district-shared",
        title=voice.say("mission.shared_title"),
        caption=caption,
        columns=(
            Column("area", voice.say("head.state")),
            Column("covers", voice.say("head.covers")),
            Column("exports", voice.say("mission.head.exports"), "right"),
            Column("imports", voice.say("mission.head.imports"), "right"),
        ),
        rows=tuple(
            {**_row(voice, area, by_flow), "covers": details.get(area) or "–"} for area in district.shared
        ),
        values=_values(voice, by_flow, caption),
    )


def _columns(voice: Voice) -> tuple[Column, ...]:
    return (
        Column("area", voice.say("mission.head.area")),
        *(
            Column(f"{flow}{part}", voice.say(f"mission.head.{flow}{part}"), "right")
            for flow in FLOWS
            for part in ("", "_rank")
        ),
    )


def _rows(frame: pd.DataFrame, areas: tuple[str, ...]) -> pd.DataFrame:
    return frame[frame["state"].isin(areas)]


def _row(voice: Voice, area: str, by_flow: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    written = {"area": voice.name(area)}
    for flow, frame in by_flow.items():
        own = frame[frame["state"] == area]
        written |= {flow: "–", f"{flow}_rank": "–"}
        if len(own):
            name, row = f"{flow}.areas.{area}", own.iloc[0]
            place = numbers.rank(int(row["rank"]), voice.lang, style="table")
            written[flow] = markup.number(f"{name}.value", numbers.millions(row["value"], voice.lang))
            written[f"{flow}_rank"] = markup.number(f"{name}.rank", place)
    return written


def _values(voice: Voice, by_flow: Mapping[str, pd.DataFrame], label: str) -> tuple[Value, ...]:
    def made(row: Any, part: str) -> Lineage:
        own = lineage.cell(row, TABLE, COLUMN)
        if part == "value":
            return Lineage("value", (own,))
        where = {key: own.where[key] for key in ("year", "state", "flow")}
        return Lineage("rank", (own,), trade.ranked_among(TABLE, COLUMN, where, own.vintage))

    return tuple(
        value
        for flow, frame in by_flow.items()
        for value in facts.of_rows(
            voice,
            frame,
            prefix=f"{flow}.areas",
            key="state",
            columns={"value": "USD", "rank": "rank"},
            label=label,
            period=None if frame.empty else int(frame["year"].iloc[0]),
            lineage=made,
        )
    )


def served(
    voice: Voice,
    subject: str,
    district: District,
    jurisdictions: pd.DataFrame,
    missions: pd.DataFrame,
    consuls: pd.DataFrame,
) -> tuple[Block, ...]:
    """Return which areas are served whole or in part, with the mission in each, and those without one.

    Parameters
    ----------
    consuls
        ``honorary_consuls`` of the district's areas.
    """
    if subject != JAPAN:
        return (Note(voice.lang, voice.say("served.other_subject", subject=voice.the(subject))),)
    consuls = activity.counted_by(consuls, voice.day)
    seats = missions.groupby("state")["mission"].agg(list).to_dict()
    own = jurisdictions[jurisdictions["mission"] == district.mission].set_index("area")
    rows = [
        {
            "area": voice.name(area),
            "covers": _covers(voice, district, area, own.loc[area], jurisdictions),
            "seat": "–"
            if area not in seats
            else voice.join([_city(voice, missions, mission) for mission in seats[area]]),
            "consul": _consuls(voice, consuls[consuls["state"] == area]),
        }
        for area in district.areas
    ]
    table = Table(
        voice.lang,
        id="served",
        title=voice.say("mission.served_title"),
        caption=jurisdiction(voice, jurisdictions, own),
        columns=(
            Column("area", voice.say("mission.head.area")),
            Column("covers", voice.say("head.covers")),
            Column("seat", voice.say("mission.head.seat")),
            Column("consul", voice.say("mission.head.consul")),
        ),
        rows=tuple(rows),
        notes=(voice.say("mission.served_note"),) if len(consuls) else (),
    )
    return table, _without(voice, district, [area for area in district.areas if area not in seats])


def _without(voice: Voice, district: District, without: list[str]) -> Finding:
    """Return which areas have no mission in them."""
    counts = {"no_seat": without, "areas": list(district.areas)}
    said = {key: markup.number(f"district.{key}", str(len(areas))) for key, areas in counts.items()}
    text = voice.say("mission.every_seat", m=said["areas"])
    if without:
        names = voice.join([voice.the(area) for area in without])
        text = voice.say("mission.no_seat", n=said["no_seat"], m=said["areas"], names=names)
    values = tuple(
        facts.value(
            voice,
            f"district.{key}",
            text,
            len(areas),
            "areas",
            "reference",
            lineage.count("jurisdictions", {"mission": district.mission, "area": areas}),
        )
        for key, areas in counts.items()
    )
    return Finding(voice.lang, text, values=values)


def _covers(voice: Voice, district: District, area: str, row: Any, jurisdictions: pd.DataFrame) -> str:
    detail = escape(str(row[f"detail_{voice.lang}"]))
    if row["coverage"] != "partial":
        return (
            voice.say("mission.served_detail", detail=detail) if detail else voice.say("mission.served_whole")
        )
    part = voice.say("mission.served_part", detail=detail or "–")
    others = jurisdictions[(jurisdictions["area"] == area) & (jurisdictions["mission"] != district.mission)]
    names = [voice.name(mission) for mission in others["mission"]]
    return voice.say("mission.served_with", covers=part, others=voice.join(names)) if names else part


def _city(voice: Voice, missions: pd.DataFrame, mission: str) -> str:
    return escape(str(missions.loc[missions["mission"] == mission, f"city_{voice.lang}"].iloc[0]))


def _consuls(voice: Voice, rows: pd.DataFrame) -> str:
    told = []
    for r in facts.rows(rows.sort_values("year")):
        place = escape(str(r.place if voice.lang == "en" else r.place_ja))
        if r.status == "former":
            who = voice.say("mission.consul_former")
        else:
            who = escape(str(r.holder)) or voice.say("mission.consul_unnamed")
        where = [place] * bool(place) + [voice.year(int(r.year))] * (not pd.isna(r.year))
        told.append(voice.say("mission.consul", who=who, where=voice.join(where, comma=True)))
    return ("; " if voice.lang == "en" else "、").join(told) or "–"
