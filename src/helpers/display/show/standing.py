"""Where a state or a district stands on the map of the states; a state also in its district and census division."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from helpers.analysis import lineage, trade
from helpers.analysis.district import District
from helpers.analysis.lineage import Lineage, Universe
from helpers.display import facts, markup, tiles
from helpers.display.block import Value
from helpers.display.blocks import Block, Figure, Finding, Findings, Note, Row
from helpers.display.prose import Voice
from helpers.display.show.events import named
from helpers.display.show.presence import place_names
from helpers.display.show.trade import no_trade, years
from helpers.errors import AnalysisError, compose

TABLE, COLUMN = "state_trade", "value_usd"
PLACES = {"first": (1, 3), "second": (4, 5), "other": (6, 10_000)}
"""The colours of the map and the first and last rank that each stands for."""


def districts(place: str, jurisdictions: pd.DataFrame, states: pd.DataFrame) -> dict[str, list[str]]:
    """Return the missions that serve the state, each with the states of its district, the state among them.

    One for most states; of a state served in parts, every mission that shares it.

    Raises
    ------
    AnalysisError
        If there is no such state.
    """
    if place not in set(states["usps"]):
        todo = "Correct the code."
        known = f"one of the codes {', '.join(states['usps'])}"
        raise AnalysisError(compose("parameter 'state'", known, repr(place), todo))
    found = {}
    for mission in sorted(jurisdictions[jurisdictions["area"] == place]["mission"]):
        areas = jurisdictions[jurisdictions["mission"] == mission]["area"]
        found[mission] = sorted(set(areas) & set(states["usps"]))
    return found


def maps(
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
    groups = list(districts(place, jurisdictions, states).values())
    return Row(
        voice.lang,
        tuple(
            _tiles(voice, place, subject, flow, frame, states, groups)
            for flow, frame in (("exports", exports), ("imports", imports))
        ),
    )


def _tiles(
    voice: Voice,
    place: str,
    subject: str,
    flow: str,
    ranked: pd.DataFrame,
    states: pd.DataFrame,
    groups: list[list[str]],
) -> Block:
    ranked = ranked[ranked["state"].isin(states["usps"])]
    own = ranked[ranked["state"] == place]
    if own.empty:
        return no_trade(voice, subject, flow, voice.the(place))
    subtitle = voice.say(
        "place.tiles_subtitle" if len(groups) == 1 else "place.tiles_subtitle_shared",
        subject=voice.opening(subject),
        year=str(own["year"].iloc[0]),
    )
    group = sorted(set().union(*groups))
    return _map(
        voice, flow, ranked, states, group, (_one(voice, flow, subject, own.iloc[0]), subtitle), (), (place,)
    )


def _one(voice: Voice, flow: str, subject: str, own: pd.Series) -> str:
    """Return the title of a map of one state: where the subject stands among its partners."""
    nth = markup.number(f"{flow}.states.{own['state']}.rank", voice.nth(int(own["rank"])))
    name, state = voice.opening(subject), voice.the(str(own["state"]))
    return voice.say(f"place.map_title.{flow}", subject=name, nth=nth, state=state)


def district_maps(
    voice: Voice,
    district: District,
    subject: str,
    *,
    exports: pd.DataFrame,
    imports: pd.DataFrame,
    states: pd.DataFrame,
) -> Block:
    """Return two tile maps with a district outlined: the subject's rank among the partners of every state.

    One sentence stands instead of both for a district without a state, and of one where none of its states
    has such trade.
    """
    areas = [*district.states, *district.shared]
    if not areas:
        name = named(voice, district)
        return Note(voice.lang, voice.say("mission.map_none", district=name[:1].upper() + name[1:]))
    return Row(
        voice.lang,
        (
            _district_tiles(voice, district, subject, "exports", exports, states, areas),
            _district_tiles(voice, district, subject, "imports", imports, states, areas),
        ),
    )


def _district_tiles(
    voice: Voice,
    district: District,
    subject: str,
    flow: str,
    ranked: pd.DataFrame,
    states: pd.DataFrame,
    areas: list[str],
) -> Block:
    ranked = ranked[ranked["state"].isin(states["usps"])]
    own = ranked[ranked["state"].isin(areas)]
    if own.empty:
        return no_trade(voice, subject, flow, named(voice, district))
    year = str(own["year"].iloc[0])
    first = int((own["rank"] <= PLACES["first"][1]).sum())
    counts = {"first": first, "states": len(areas)}
    said = {name: markup.number(f"{flow}.district_{name}", str(n)) for name, n in counts.items()}
    name = voice.opening(subject)
    if len(areas) == 1:
        title = _one(voice, flow, subject, own.iloc[0])
    else:
        key = f"mission.map_title.{flow}" if first else f"mission.map_title_none.{flow}"
        title = voice.say(key, subject=name, n=said["first"], m=said["states"])
    subtitle = voice.say("mission.map_subtitle", subject=voice.opening(subject), year=year)
    where = states[states["usps"].isin(areas)]
    made = {
        "first": _ranked(own.iloc[0], where, *PLACES["first"]),
        "states": lineage.count("jurisdictions", {"mission": district.mission, "area": areas}),
    }
    values = tuple(
        facts.value(voice, f"{flow}.district_{name}", title, n, "states", year, made[name])
        for name, n in counts.items()
    )
    return _map(voice, flow, ranked, states, areas, (title, subtitle), values)


def _map(
    voice: Voice,
    flow: str,
    ranked: pd.DataFrame,
    states: pd.DataFrame,
    group: list[str],
    heads: tuple[str, str],
    values: tuple[Value, ...],
    marked: tuple[str, ...] = (),
) -> Figure:
    """Return the map of the states, coloured by the subject's rank, with a group outlined and states framed."""
    title, subtitle = heads
    edges = [0, *(last for _, last in PLACES.values())]
    category = pd.cut(ranked["rank"], edges, labels=list(PLACES)).astype(str)
    shown = pd.DataFrame({"usps": ranked["state"], "category": category, "text": ranked["rank"].astype(str)})
    key = {
        "first": voice.say("place.key.top3"),
        "second": voice.say("place.key.top5"),
        "other": voice.say("place.key.rest"),
    }
    year, framed = int(ranked["year"].iloc[0]), marked or tuple(u for u in shown["usps"] if u in group)
    return Figure(
        voice.lang,
        svg=tiles.tile_map(states, shown, key, marked=marked, groups=(group,)),
        title=title,
        subtitle=subtitle,
        alt=tiles.alt_tile_map(shown, key, voice.names, lang=voice.lang, measure=subtitle, marked=framed),
        source=voice.say("source.usa_trade"),
        values=(
            *facts.of_rows(
                voice,
                ranked,
                prefix=f"{flow}.states",
                key="state",
                columns={"rank": "rank"},
                label=subtitle,
                period=year,
                lineage=_rank,
            ),
            *(
                facts.value(
                    voice,
                    f"{flow}.states_{name}",
                    key[name],
                    int((category == name).sum()),
                    "states",
                    year,
                    _ranked(ranked.iloc[0], states, *PLACES[name]),
                )
                for name in key
            ),
            *values,
        ),
    )


def _rank(row: Any, part: str = "rank") -> Lineage:
    """Return where the subject's rank among a state's partners comes from."""
    own = lineage.cell(row, TABLE, COLUMN)
    where = {key: own.where[key] for key in ("year", "state", "flow")}
    return Lineage("rank", (own,), trade.ranked_among(TABLE, COLUMN, where, own.vintage))


def _ranked(own: pd.Series, states: pd.DataFrame, first: int, last: int) -> Lineage:
    """Return how the states are counted in which the subject has a rank from ``first`` to ``last``."""
    where = {"year": int(own["year"]), "flow": own["flow"], "state": list(states["usps"])}
    wanted = {"each": "partner", "subject": own["partner"], "from": first, "to": last}
    among = Universe(TABLE, COLUMN, "state", where, own["vintage"], "aggregates", {"ranked": wanted})
    return Lineage("count", universe=among)


def finding(
    voice: Voice,
    place: str,
    subject: str,
    states: pd.DataFrame,
    jurisdictions: pd.DataFrame,
    missions: pd.DataFrame,
    *,
    exports: pd.DataFrame,
    imports: pd.DataFrame,
) -> Finding | Findings:
    """Return the state's place among all states, in its consular district or districts and in its census division."""
    served = districts(place, jurisdictions, states)
    alone = len(served) == 1
    within = {"district" if alone else f"district.{mission}": group for mission, group in served.items()}
    row = states[states["usps"] == place].iloc[0]
    division = states[states["division"] == row["division"]]["usps"].tolist()
    parts: dict[str, str] = {}
    values: list[Value] = []
    for flow, frame in (("exports", exports), ("imports", imports)):
        own = frame[frame["state"] == place]
        if own.empty:
            return Findings(voice.lang, ())
        said = {}
        for name, members in {"place": list(states["usps"]), **within, "division": division}.items():
            stands = _stands(voice, flow, name, own.iloc[0], frame, members, "")
            if name == "place":
                said[name] = _among_all(voice, stands, states, before=values)
            else:
                text = voice.say("place.of", nth=voice.nth(stands.rank or 1), n=str(stands.of))
                said[name] = markup.number(stands.id, text)
            values.append(stands)
        each = [said[name] for name in within]
        if flow == "exports" and not alone:  # the imports follow in the same order
            named = zip(each, place_names(voice, served, missions).values(), strict=True)
            each = [voice.say("place.of_shared", place=one, city=city) for one, city in named]
        parts |= {f"{flow}_place": said["place"], f"{flow}_division": said["division"]}
        parts[f"{flow}_district"] = voice.join(each)
    if any(value.of == len(states) for value in values if value.id.endswith(".place")):
        every = lineage.count("states")
        values.append(facts.value(voice, "states.all", "", len(states), "states", "reference", every))
    text = voice.say(
        "place.finding" if alone else "place.finding_shared",
        subject=voice.the(subject),
        state=voice.the(place),
        year=years(voice, int(exports["year"].iloc[0]), int(imports["year"].iloc[0])),
        **({"district": voice.name(next(iter(served)))} if alone else {}),
        division=str(row["division"] if voice.lang == "en" else row["division_ja"]),
        **parts,
    )
    return Finding(voice.lang, text, values=tuple(replace(value, label=text) for value in values))


def _among_all(voice: Voice, stands: Value, states: pd.DataFrame, before: Sequence[Value]) -> str:
    """Return the place among all states, or among those with trade; of how many, where the flow before did not say."""
    nth = voice.nth(stands.rank or 1)
    if any(value.of == stands.of for value in before if value.id.endswith(".place")):
        return markup.number(stands.id, nth)
    if stands.of == len(states):
        every = markup.number("states.all", str(len(states)))
        return voice.say("place.among_all", nth=markup.number(stands.id, nth), n=every)
    return markup.number(stands.id, voice.say("place.among_traders", nth=nth, n=str(stands.of)))


def _stands(
    voice: Voice, flow: str, name: str, own: pd.Series, frame: pd.DataFrame, among: list[str], label: str
) -> Value:
    """Return a state's place by the size of its trade with the subject, among some states."""
    inside = frame[frame["state"].isin(among)]["value"]
    rank, of = 1 + int((inside > own["value"]).sum()), len(inside)
    cell = lineage.cell(own, TABLE, COLUMN)
    where = {"year": cell.where["year"], "partner": own["partner"], "flow": flow, "state": among}
    universe = Universe(TABLE, COLUMN, "state", where, cell.vintage, more={"above": 0})
    made = Lineage("rank", (cell,), universe)
    year = cell.where["year"]
    return facts.value(voice, f"{flow}.{name}", label, rank, "rank", year, made, rank=rank, of=of)
