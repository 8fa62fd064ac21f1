"""Where an event counts: in which state, in which consular district, and what cannot be placed.

The rules, in one place. Each is a constant here and a sentence of the page (phrase ``counting.<rule>``):

* **The nation** counts every event once.
* **Several states** (``EACH``): an event that took place in several states counts in full in each of them, and
  once in each district that they belong to. So the states add up to more than the nation. ``SPLIT`` is the
  sensitivity: one event in all, in equal parts.
* **State unknown** (``STATE_UNKNOWN``): counted in the district of the mission it names, in no state.
* **Online** (``ONLINE_DISTRICT``): an audience on line is in no one state. The event counts in the district of the
  mission that held it (without one: in that of the state it is registered under), in no state. The
  sensitivities: ``ONLINE_STATE`` counts it where it is registered, ``ONLINE_OUT`` nowhere but in the nation.
  A hybrid event was also held in a room, and counts there.
* **Mission elsewhere** (``ELSEWHERE``): an event counts where it took place, also if another district's mission
  held it (the Ambassador in Chicago counts in Chicago).
* **Divided state** (``DIVIDED``): in a state that several missions share (California, Connecticut, Idaho) an event
  counts in the district of the mission that it names, if that mission serves a part of the state. Otherwise it counts
  only where the districts that share the state are read as one.
* **Territories** (``TERRITORY``): Guam, the Northern Mariana Islands, Puerto Rico and others count in the nation
  and in their district, and are no state.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from helpers.analysis.activity import states_of
from helpers.errors import AnalysisError, compose, listed

EACH = "several_states.each"
SPLIT = "several_states.split"
STATE_UNKNOWN = "state_unknown"
ONLINE_DISTRICT = "online.district"
ONLINE_STATE = "online.state"
ONLINE_OUT = "online.left_out"
ELSEWHERE = "mission_elsewhere"
DIVIDED = "divided_state"
TERRITORY = "territory"

SEVERAL = (EACH, SPLIT)
ONLINE = (ONLINE_DISTRICT, ONLINE_STATE, ONLINE_OUT)
"""The rules that a reader may choose between; the first of each is the default."""

REASONS = ("online", "state_unknown", "mission_unknown", "territory")
"""Why an event has no place at a level."""

JOINED = "+"
"""Between the missions in the code of a group of districts (``boston+new-york``)."""


@dataclass(frozen=True)
class Counted:
    """Events by place.

    Attributes
    ----------
    level : str
        ``state``, ``district`` or ``group`` (districts that share a state, read as one).
    rules : tuple of str
        The rules used, as keys of phrases ``counting.<rule>``.
    places : DataFrame
        place, events: one row a place, zeros included, in order of place. Whole numbers but under ``SPLIT``.
    placements : DataFrame
        event_id, place, weight: which event counts where, and how much.
    unplaced : DataFrame
        event_id, reason (one of ``REASONS``): the events that count in the nation only.
    nation : int
        All events, each once.
    """

    level: str
    rules: tuple[str, ...]
    places: pd.DataFrame = field(repr=False)
    placements: pd.DataFrame = field(repr=False)
    unplaced: pd.DataFrame = field(repr=False)
    nation: int

    @property
    def placed(self) -> int:
        """How many events have at least one place."""
        return self.nation - len(self.unplaced)


def by_state(
    events: pd.DataFrame, states: Iterable[str], *, several: str = EACH, online: str = ONLINE_DISTRICT
) -> Counted:
    """Return the events counted by state.

    Parameters
    ----------
    events
        The register: event_id, mission, state, other_states, format.
    states
        USPS codes of the universe; every other code is a territory.
    several, online
        One of ``SEVERAL``, one of ``ONLINE``.

    Raises
    ------
    AnalysisError
        For an unknown rule, or an event id that occurs twice.
    """
    _check(events, several, online)
    universe = sorted(set(states))
    rows = _areas(events)
    away = rows["online"] & (online != ONLINE_STATE)
    found = rows[~away & rows["area"].isin(universe)].rename(columns={"area": "place"})
    last = rows.sort_values("area").drop_duplicates("event_id", keep="last")[["event_id", "area"]]
    unplaced = events.loc[~events["event_id"].isin(found["event_id"]), ["event_id", "format"]].merge(
        last, on="event_id", how="left"
    )
    reason = pd.Series("territory", index=unplaced.index)
    reason = reason.mask(unplaced["area"] == "", "state_unknown")
    if online != ONLINE_STATE:
        reason = reason.mask(unplaced["format"] == "online", "online")
    rules = (several, online, STATE_UNKNOWN, TERRITORY)
    return _counted("state", rules, universe, found, several, unplaced.assign(reason=reason), len(events))


def by_district(
    events: pd.DataFrame,
    jurisdictions: pd.DataFrame,
    *,
    grouped: bool = False,
    several: str = EACH,
    online: str = ONLINE_DISTRICT,
) -> Counted:
    """Return the events counted by consular district.

    Parameters
    ----------
    events
        As in `by_state`.
    jurisdictions
        mission, area, coverage (``full`` or ``partial``).
    grouped
        Read districts that share a state as one, as `presence.by_district` does: what a comparison with
        presence needs, since a state's presence is never split.
    several, online
        As in `by_state`; ``ONLINE_STATE`` counts an online event in the district of its state.

    Raises
    ------
    AnalysisError
        As in `by_state`.
    """
    _check(events, several, online)
    district = groups(jurisdictions) if grouped else {m: m for m in jurisdictions["mission"].unique()}
    serving = {str(area): set(own) for area, own in jurisdictions.groupby("area")["mission"]}
    places = [
        _district(area, mission, serving, district, to_mission=on and online == ONLINE_DISTRICT)
        for area, mission, on in _rows(_areas(events), "area", "mission", "online")
    ]
    rows = _areas(events).assign(place=places)
    if online == ONLINE_OUT:
        rows.loc[rows["online"], "place"] = ""
    found = rows[rows["place"] != ""].drop_duplicates(["event_id", "place"])
    unplaced = events.loc[~events["event_id"].isin(found["event_id"]), ["event_id", "format"]]
    reason = pd.Series("mission_unknown", index=unplaced.index)
    if online == ONLINE_OUT:
        reason = reason.mask(unplaced["format"] == "online", "online")
    rules = (several, online, STATE_UNKNOWN, ELSEWHERE, DIVIDED, TERRITORY)
    level = "group" if grouped else "district"
    universe = sorted(set(district.values()))
    return _counted(level, rules, universe, found, several, unplaced.assign(reason=reason), len(events))


def groups(jurisdictions: pd.DataFrame) -> dict[str, str]:
    """Return each mission's group: the missions that share a state with it, directly or by another.

    Examples
    --------
    >>> table = pd.DataFrame({"mission": ["a", "b", "b", "c"], "area": ["CA", "CA", "NV", "TX"]})
    >>> groups(table)
    {'a': 'a+b', 'b': 'a+b', 'c': 'c'}
    """
    together = {mission: {mission} for mission in sorted(set(jurisdictions["mission"]))}
    for _, sharing in sorted(jurisdictions.groupby("area")["mission"]):
        joint = set().union(*(together[mission] for mission in sharing))
        together |= dict.fromkeys(joint, joint)
    return {mission: JOINED.join(sorted(joint)) for mission, joint in together.items()}


def in_district(events: pd.DataFrame, jurisdictions: pd.DataFrame, mission: str) -> pd.DataFrame:
    """Return the events that count in a mission's district, in order of date, with ``held_by``.

    ``held_by`` is ``mission`` (the register names the district's own mission), ``other`` or ``unknown``.
    """
    counted = by_district(events, jurisdictions).placements
    own = counted.loc[counted["place"] == mission, "event_id"]
    rows = events[events["event_id"].isin(own)]
    held = rows["mission"].map(lambda m: "mission" if m == mission else "other" if m else "unknown")
    return rows.assign(held_by=held).sort_values(["date_start", "event_id"])


def in_no_part(events: pd.DataFrame, jurisdictions: pd.DataFrame, mission: str) -> pd.DataFrame:
    """Return the events that count in a mission's group and in none of its districts, in order of date.

    They took place in a state that missions share, or are registered under one, and name none of these missions.
    """
    group = groups(jurisdictions)[mission]
    together = by_district(events, jurisdictions, grouped=True).placements
    singly = by_district(events, jurisdictions).placements
    single = singly.loc[singly["place"].isin(group.split(JOINED)), "event_id"]
    joint = together.loc[together["place"] == group, "event_id"]
    rows = events[events["event_id"].isin(joint) & ~events["event_id"].isin(single)]
    return rows.sort_values(["date_start", "event_id"])


def _district(
    area: str, mission: str, serving: Mapping[str, set[str]], district: Mapping[str, str], *, to_mission: bool
) -> str:
    """Return the district of one event in one area, or nothing."""
    if mission in district and (to_mission or area not in serving):
        return district[mission]
    candidates = {district[m] for m in serving.get(area, set())}
    if len(candidates) == 1:
        return next(iter(candidates))
    return district[mission] if mission in serving.get(area, set()) else ""


def _areas(events: pd.DataFrame) -> pd.DataFrame:
    """Return one row an event and area it took place in, one with an empty area where none is known."""
    areas = states_of(events).map(lambda codes: sorted(set(codes)) or [""])
    rows = events[["event_id", "mission", "format"]].assign(area=areas).explode("area", ignore_index=True)
    return rows.assign(online=rows["format"] == "online")


def _counted(
    level: str,
    rules: tuple[str, ...],
    universe: list[str],
    found: pd.DataFrame,
    several: str,
    unplaced: pd.DataFrame,
    nation: int,
) -> Counted:
    parts = found.groupby("event_id")["place"].transform("size")
    weight = 1 / parts if several == SPLIT else pd.Series(1.0, index=found.index)
    placements = found.assign(weight=weight.astype(float))[["event_id", "place", "weight"]]
    placements = placements.sort_values(["event_id", "place"]).reset_index(drop=True)
    totals = placements.groupby("place")["weight"].sum().reindex(universe).fillna(0.0)
    places = totals.rename("events").rename_axis("place").reset_index()
    if several == EACH:
        places["events"] = places["events"].astype(int)
    left = unplaced[["event_id", "reason"]].sort_values("event_id").reset_index(drop=True)
    return Counted(level, rules, places, placements, left, nation)


def _check(events: pd.DataFrame, several: str, online: str) -> None:
    todo = "Name one of the rules of helpers.analysis.counting."
    for rule, known in ((several, SEVERAL), (online, ONLINE)):
        if rule not in known:
            raise AnalysisError(compose("rule of counting", f"one of {listed(known)}", repr(rule), todo))
    twice = sorted(set(events.loc[events["event_id"].duplicated(), "event_id"]))
    if twice:
        todo = "Give each event its own id."
        raise AnalysisError(
            compose("register, column event_id", "each id once", f"again {listed(twice)}", todo)
        )


def _rows(frame: pd.DataFrame, *columns: str) -> Iterable[tuple[str, str, bool]]:
    return zip(*(frame[column] for column in columns), strict=True)
