"""A state among places: Japanese presence by definition, who serves it, and where it stands."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.analysis import activity
from helpers.display import facts, numbers, tiles
from helpers.display.block import Value
from helpers.display.blocks import Block, Column, Figure, Finding, Findings, Note, Row, Table
from helpers.display.markup import escape
from helpers.display.prose import Voice

QUALIFIERS = ("over", "about", "nearly", "up_to")
JAPAN = "JPN"
"""Presence and missions are in hand for Japan only; the page of another partner says so."""


def presence(
    voice: Voice,
    place: str,
    subject: str,
    *,
    as_of: str = "",
    sites: pd.DataFrame,
    sister_counts: pd.DataFrame,
    sister_pairs: pd.DataFrame,
    offices: pd.DataFrame,
) -> Block:
    """Return every count of Japanese presence in the state beside its definition and year, or what is missing.

    Counts of a year that was not over on ``as_of`` are left out.
    """
    if subject != JAPAN:
        return Note(voice.lang, voice.say("presence.other_subject", subject=voice.the(subject)))
    sites, sister_counts, offices = (activity.counted_by(t, as_of) for t in (sites, sister_counts, offices))
    sister_pairs = activity.until(sister_pairs, as_of, "date")
    lines: list[tuple[str, str, str, Value | None]] = []
    for r in facts.rows(sites[sites["state"] == place].sort_values(["definition", "year"])):
        key = "bea_rank" if r.unit == "rank" else r.unit if r.unit == "percent_of_district" else r.definition
        lines.append(_line(voice, place, f"presence.{key}", r, r.unit))
    for r in facts.rows(sister_counts[sister_counts["state"] == place].sort_values(["kind", "year"])):
        lines.append(_line(voice, place, f"presence.{r.kind}", r, "pairs"))
    pairs = int((sister_pairs["state"] == place).sum())
    if pairs:
        label = voice.say("presence.pairs")
        lines.append(
            (
                label,
                str(pairs),
                "–",
                facts.single(
                    "presence.pairs", label, pairs, "pairs", "list of 2010", "sister_pairs", state=place
                ),
            )
        )
    for r in facts.rows(offices[(offices["state"] == place) & (offices["status"] != "count")]):
        where = getattr(r, "place" if voice.lang == "en" else "place_ja")
        city = escape(str(where))
        since = "" if pd.isna(r.since) else voice.say("presence.office_since", year=str(int(r.since)))
        told = [t for t in (city, since) if t] or [voice.say("presence.office_yes")]
        lines.append(
            (
                voice.say("presence.office"),
                (", " if voice.lang == "en" else "、").join(told),
                _year(voice, r.year),
                None,
            )
        )
    if not lines:
        return Note(voice.lang, voice.say("presence.none", state=voice.the(place)), kind="missing")
    return Table(
        voice.lang,
        id="presence",
        title=voice.say("presence.title", state=voice.the(place)),
        caption=voice.say("presence.caption"),
        columns=(
            Column("measure", voice.say("head.measure")),
            Column("figure", voice.say("head.figure"), "right"),
            Column("year", voice.say("head.year"), "right"),
        ),
        rows=tuple({"measure": m, "figure": f, "year": y} for m, f, y, _ in lines),
        values=facts.gathered([v for *_, v in lines if v is not None]),
    )


def _line(voice: Voice, place: str, key: str, row: Any, unit: str) -> tuple[str, str, str, Value]:
    value, year = row.value, row.year
    label = voice.say(key)
    words = numbers.rank(int(value), voice.lang) if unit == "rank" else numbers.number(value, voice.lang)
    if unit == "percent_of_district":
        words = f"{words}%"
    qualifier = row.qualifier
    if qualifier in QUALIFIERS:
        words = voice.say(f"qualifier.{qualifier}", value=words)
    name = f"{key}.{int(year)}" if not pd.isna(year) else key
    table = "company_sites" if hasattr(row, "definition") else "sister_counts"
    return (
        label,
        words,
        _year(voice, year),
        facts.single(name, label, value, unit, _year(voice, year), table, state=place),
    )


def _year(voice: Voice, year: Any) -> str:
    return "–" if pd.isna(year) else str(int(float(str(year)[:4])))


def served(
    voice: Voice,
    place: str,
    subject: str,
    jurisdictions: pd.DataFrame,
    missions: pd.DataFrame,
    consuls: pd.DataFrame,
    *,
    as_of: str = "",
) -> Block:
    """Return the missions that serve the state, with the parts they cover."""
    if subject != JAPAN:
        return Note(voice.lang, voice.say("served.other_subject", subject=voice.the(subject)))
    consuls = activity.counted_by(consuls, as_of)
    rows = jurisdictions[jurisdictions["area"] == place].sort_values(["coverage", "mission"])
    if rows.empty:
        return Note(voice.lang, voice.say("served.none", state=voice.the(place)), kind="missing")
    lines = []
    for r in facts.rows(rows):
        detail = getattr(r, f"detail_{voice.lang}")
        known = bool(detail)
        words = (
            voice.say("served.partial", detail=escape(detail) if known else "–")
            if r.coverage == "partial"
            else voice.say("served.full")
            + (
                f" ({escape(detail)})"
                if known and voice.lang == "en"
                else f"（{escape(detail)}）"
                if known
                else ""
            )
        )
        lines.append({"mission": voice.name(r.mission), "covers": words})
    resident = missions[missions["state"] == place]["mission"].tolist()
    notes = [
        voice.say("served.resident", offices=voice.join([voice.name(m) for m in resident]))
        if resident
        else voice.say("served.not_resident", state=voice.the(place))
    ]
    for r in facts.rows(consuls[consuls["state"] == place]):
        notes.append(_consul(voice, r))
    if place not in set(consuls["state"]):
        notes.append(voice.say("served.honorary_unknown", state=voice.the(place)))
    return Table(
        voice.lang,
        id="served",
        title=voice.say("served.title", state=voice.the(place)),
        caption=voice.say("served.caption"),
        columns=(Column("mission", voice.say("head.mission")), Column("covers", voice.say("head.covers"))),
        rows=tuple(lines),
        notes=tuple(notes),
    )


def _consul(voice: Voice, row: Any) -> str:
    where = escape(str(row.place if voice.lang == "en" else row.place_ja))
    who, year = escape(str(row.holder)), _year(voice, row.year)
    if row.status == "former":
        return voice.say("served.honorary_former", place=where or "–", year=year)
    if not who:
        return voice.say("served.honorary_unnamed", year=year)
    if not where:
        return voice.say("served.honorary_no_place", who=who, year=year)
    return voice.say("served.honorary", who=who, place=where, year=year)


def district(place: str, jurisdictions: pd.DataFrame, states: pd.DataFrame) -> tuple[str, list[str]]:
    """Return the mission that serves most of the state and the states of its district, the state among them.

    A state served in parts belongs to the district of the mission in it, or else to the first listed.
    """
    here = jurisdictions[jurisdictions["area"] == place].sort_values(["coverage", "mission"])
    mission = str(here["mission"].iloc[0])
    areas = jurisdictions[jurisdictions["mission"] == mission]["area"]
    return mission, sorted(set(areas) & set(states["usps"]))


def standing(
    voice: Voice,
    place: str,
    subject: str,
    *,
    exports: pd.DataFrame,
    imports: pd.DataFrame,
    states: pd.DataFrame,
    jurisdictions: pd.DataFrame,
) -> Row:
    """Return two tile maps: the subject's rank among every state's markets and among its sources of imports."""
    _, group = district(place, jurisdictions, states)
    return Row(
        voice.lang,
        tuple(
            _tiles(voice, place, subject, flow, frame, states, group)
            for flow, frame in (("exports", exports), ("imports", imports))
        ),  # type: ignore[arg-type]
    )


def _tiles(
    voice: Voice,
    place: str,
    subject: str,
    flow: str,
    ranked: pd.DataFrame,
    states: pd.DataFrame,
    group: list[str],
) -> Block:
    ranked = ranked[ranked["state"].isin(states["usps"])]
    own = ranked[ranked["state"] == place]
    if own.empty:
        return Note(
            voice.lang,
            voice.say(
                "trade.none",
                flow=voice.say(f"flow.{flow}"),
                state=voice.the(place),
                subject=voice.the(subject),
            ),
            kind="missing",
        )
    category = pd.cut(ranked["rank"], [0, 3, 5, 10_000], labels=["first", "second", "other"]).astype(str)
    values = pd.DataFrame({"usps": ranked["state"], "category": category, "text": ranked["rank"].astype(str)})
    key = {
        "first": voice.say("place.key.top3"),
        "second": voice.say("place.key.top5"),
        "other": voice.say("place.key.rest"),
    }
    within = 1 + int((ranked["value"] > own["value"].iloc[0]).sum())
    year = int(own["year"].iloc[0])
    subtitle = voice.say("place.tiles_subtitle", subject=voice.opening(subject), year=str(year))
    return Figure(
        voice.lang,
        svg=tiles.tile_map(states, values, key, marked=(place,), groups=(group,)),
        title=voice.say(
            f"place.{flow}_title",
            state=voice.opening(place),
            nth=voice.nth(within),
            subject=voice.the(subject),
        ),
        subtitle=subtitle,
        alt=tiles.alt_tile_map(values, key, voice.names, lang=voice.lang, measure=subtitle, marked=(place,)),
        source=voice.say("source.usa_trade"),
        values=(
            *facts.of_rows(
                ranked,
                prefix=f"{flow}.states",
                key="state",
                columns={"rank": "rank"},
                label=subtitle,
                period=year,
                trace={"table": "state_trade", "key": {"partner": subject, "flow": flow}},
            ),
            *(
                facts.single(
                    f"{flow}.states_{name}",
                    key[name],
                    int((category == name).sum()),
                    "states",
                    year,
                    "state_trade",
                )
                for name in key
            ),
            _stands(flow, "place", within, len(ranked), year, place, subject, list(states["usps"]), subtitle),
        ),
    )


def standing_finding(
    voice: Voice,
    place: str,
    subject: str,
    *,
    exports: pd.DataFrame,
    imports: pd.DataFrame,
    states: pd.DataFrame,
    jurisdictions: pd.DataFrame,
) -> Finding | Findings:
    """Return the state's place among all states, in its consular district and in its census division."""
    mission, group = district(place, jurisdictions, states)
    row = states[states["usps"] == place].iloc[0]
    division = states[states["division"] == row["division"]]["usps"].tolist()
    parts, values = {}, []
    for flow, frame in (("exports", exports), ("imports", imports)):
        amounts = frame[frame["state"].isin(states["usps"])].set_index("state")["value"]
        if place not in amounts.index:
            return Findings(voice.lang, ())
        for name, members in (("place", list(states["usps"])), ("district", group), ("division", division)):
            inside = amounts.reindex(members).dropna()
            rank, of = 1 + int((inside > amounts[place]).sum()), len(inside)
            nth = voice.nth(rank)
            parts[f"{flow}_{name}"] = nth if name == "place" else voice.say("place.of", nth=nth, n=str(of))
            year = int(frame["year"].iloc[0])
            values.append(_stands(flow, name, rank, of, year, place, subject, members, nth))
    values.append(
        facts.single("states.all", voice.name(mission), len(states), "states", "reference", "states")
    )
    return Finding(
        voice.lang,
        voice.say(
            "place.finding",
            subject=voice.the(subject),
            state=voice.the(place),
            n=str(len(states)),
            district=voice.name(mission),
            division=str(row["division"] if voice.lang == "en" else row["division_ja"]),
            **parts,
        ),
        values=tuple(values),
    )


def _stands(
    flow: str,
    name: str,
    rank: int,
    of: int,
    year: int,
    place: str,
    subject: str,
    among: list[str],
    label: str,
) -> Value:
    """Return a state's place by the size of its trade with the subject, among some states."""
    key = {"state": place, "partner": subject, "among": among}
    return Value(
        f"{flow}.{name}",
        label,
        rank,
        "rank",
        str(year),
        rank=rank,
        of=of,
        trace={"table": "state_trade", "key": key},
    )
