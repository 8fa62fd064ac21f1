"""Where a state stands among the states, in its consular district and in its census division."""

from __future__ import annotations

import pandas as pd

from helpers.display import facts, tiles
from helpers.display.block import Value
from helpers.display.blocks import Block, Figure, Finding, Findings, Note, Row
from helpers.display.prose import Voice


def district(place: str, jurisdictions: pd.DataFrame, states: pd.DataFrame) -> tuple[str, list[str]]:
    """Return the mission that serves most of the state and the states of its district, the state among them.

    A state served in parts belongs to the district of the mission in it, or else to the first listed.
    """
    here = jurisdictions[jurisdictions["area"] == place].sort_values(["coverage", "mission"])
    mission = str(here["mission"].iloc[0])
    areas = jurisdictions[jurisdictions["mission"] == mission]["area"]
    return mission, sorted(set(areas) & set(states["usps"]))


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


def finding(
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
