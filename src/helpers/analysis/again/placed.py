"""Counts and presence by place, selected anew from the register and the table of presence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.analysis.lookup import Lookup
from helpers.analysis.universes import rows_of
from helpers.errors import AnalysisError, compose

ONLINE = "online"
NATION = ("US", "US_UNKNOWN", "")
"""Codes of a table by state that are no state and no territory."""


def frame(universe: Mapping[str, Any], load: Lookup) -> pd.DataFrame:
    """Return the places with a figure in order: observed, presence, share, expected; place is the index."""

    def make() -> pd.DataFrame:
        held, counts = presence(universe, load), observed(universe, load)
        if among := universe.get("among"):
            held = held[held.index.isin(among)]
        found = pd.DataFrame({"observed": counts.reindex(held.index).fillna(0.0), "presence": held})
        found["share"] = found["presence"] / found["presence"].sum()
        return found.assign(expected=found["observed"].sum() * found["share"]).rename_axis("place")

    return load.keep(f"placed {key(universe)}", make)


def key(universe: Mapping[str, Any]) -> str:
    """Return what tells the frame of one universe from that of another."""
    return repr({name: universe.get(name) for name in ("until", "level", "beside", "among", "control")})


def places(universe: Mapping[str, Any], load: Lookup) -> list[str]:
    """Return all places of the level, with a figure or without."""
    if universe["level"] == "state":
        return sorted(load("states")["usps"])
    return sorted(set(groups(load).values()))


def groups(load: Lookup) -> dict[str, str]:
    """Return each mission's group: those it shares a state with, and those that these share one with."""
    table = load("jurisdictions")
    found = {mission: {mission} for mission in table["mission"]}
    for _, sharing in table.groupby("area")["mission"]:
        joint = set().union(*(found[mission] for mission in sharing))
        found |= dict.fromkeys(joint, joint)
    return {mission: "+".join(sorted(joint)) for mission, joint in found.items()}


def observed(universe: Mapping[str, Any], load: Lookup) -> pd.Series:
    """Return the events by place: in a room, in each state touched; in a district once, online at its mission's."""
    name = f"observed {universe.get('until')!r} {universe['level']}"
    return load.keep(name, lambda: _observed(universe, load))


def _observed(universe: Mapping[str, Any], load: Lookup) -> pd.Series:
    events = rows_of({**universe, "table": "events", "where": {}}, load)
    touched = [
        (row.event_id, row.mission, row.format == ONLINE, area)
        for row in events.itertuples()
        for area in {one.strip() for one in f"{row.state};{row.other_states}".split(";")}
        if area or not f"{row.state}{row.other_states}".strip("; ")
    ]
    if universe["level"] == "state":
        pairs = {(event, area) for event, _, online, area in touched if area and not online}
    else:
        group, serving = groups(load), _serving(load)
        pairs = set()
        for event, mission, online, area in touched:
            if mission in group and (online or area not in serving):
                pairs.add((event, group[str(mission)]))
            elif area in serving:
                pairs.add((event, group[serving[area]]))
    return pd.Series([place for _, place in pairs], dtype=object).value_counts().astype(float)


def _serving(load: Lookup) -> dict[str, str]:
    table = load("jurisdictions")
    return dict(zip(table["area"], table["mission"], strict=True))


def presence(universe: Mapping[str, Any], load: Lookup) -> pd.Series:
    """Return the figure of each place that has one, in order of place."""
    name = f"presence {universe['level']} {universe['beside']!r}"
    return load.keep(name, lambda: _presence(universe, load))


def _presence(universe: Mapping[str, Any], load: Lookup) -> pd.Series:
    figures = areas(universe["beside"], load)
    states = set(load("states")["usps"])
    if universe["level"] == "state":
        return figures[figures.index.isin(states)].sort_index()
    sums = {}
    table, group = load("jurisdictions"), groups(load)
    for place in sorted(set(group.values())):
        served = set(table.loc[table["mission"].map(group) == place, "area"])
        if served & set(figures.index) and served & states <= set(figures.index):
            sums[place] = float(figures[figures.index.isin(served)].sum())
    return pd.Series(sums, dtype=float).sort_index()


def areas(beside: Mapping[str, Any], load: Lookup) -> pd.Series:
    """Return the figure of every state and territory that has one.

    Where ``open`` names a column, a state that the table lists with another entry there stands at zero.
    """
    rows, by = rows_of(beside, load), beside["by"]
    rows = rows[~rows[by].isin(NATION)]
    if not beside["column"]:
        return rows.groupby(by).size().astype(float)
    rows = rows[rows[beside["column"]].notna()]
    if twice := sorted(set(rows.loc[rows[by].duplicated(), by])):
        got = f"several for {twice[0]}"
        todo = "Name the vintage, or the definition, in the trace."
        raise AnalysisError(compose(f"trace, {beside['table']}", f"one figure for each {by}", got, todo))
    figures = rows.set_index(by)[beside["column"]].astype(float)
    if column := beside.get("open"):
        wider = {name: item for name, item in beside["where"].items() if name != column}
        every = set(rows_of({**beside, "where": wider}, load)[by]) - set(NATION)
        figures = figures.reindex(sorted(every)).fillna(0.0)
    return figures
