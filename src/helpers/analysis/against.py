"""Activity beside one measure of presence, complete: counts, ratios, concentration, association, and their lineage."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from helpers.analysis import (
    activity,
    against_lineage,
    association,
    chance,
    concentration,
    counting,
    expected,
    lineage,
    presence,
    priority,
    trade,
)
from helpers.analysis.against_lineage import JAPAN
from helpers.analysis.association import Association
from helpers.analysis.concentration import Concentration
from helpers.analysis.counting import Counted
from helpers.analysis.expected import Shrinkage
from helpers.analysis.lineage import Lineage
from helpers.analysis.presence import Presence

IN_A_ROOM = ["in_person", "hybrid", "unknown", ""]
"""Formats that count in a state: all but online."""

CONTROL = "population"
"""The measure held constant in the partial correlation of the others."""


@dataclass(frozen=True)
class Compared:
    """Activity beside presence over the places of one level, place by place.

    Attributes
    ----------
    counted : Counted
        The events by place.
    presence : Presence
        The measure of the page.
    ratios : DataFrame
        From `expected.ratios`.
    shrunk : Shrinkage
    made : mapping
        Place to how its events are counted.
    estimates : mapping
        Measure to the lineage of what is estimated from it and the register.
    """

    counted: Counted
    presence: Presence
    ratios: pd.DataFrame = field(repr=False)
    shrunk: Shrinkage
    made: Mapping[str, Lineage] = field(repr=False)
    estimates: Mapping[str, Lineage] = field(repr=False)

    @property
    def estimate(self) -> Lineage:
        """The lineage of what is estimated from the measure of the page."""
        return self.estimates[self.presence.measure]

    @property
    def shape(self) -> float | None:
        """The shape of the fit behind the shrunken ratios; None where the places differ by chance alone."""
        return float(self.shrunk.shape) if self.shrunk.differ else None

    def by(self, name: str, **arguments: Any) -> Lineage:
        """Return the lineage of a number by one method (`helpers.analysis.again`) over the measure of the page."""
        shape: dict[str, Any] = {"shape": self.shape} if name in ("shrunk", "nth") else {}
        return lineage.by_method(self.estimate, name, **arguments, **shape)

    def of_place(self, row: Any, name: str) -> Lineage:
        """Return where one figure of a place comes from: its events are counted, the rest is estimated."""
        return self.made[row["place"]] if name == "observed" else self.by(name, place=row["place"])


@dataclass(frozen=True)
class Against(Compared):
    """Activity against presence as a whole too.

    Attributes
    ----------
    whole : Concentration
    associations : mapping
        Measure to its association with the events.
    years : mapping
        Measure to the year of its figures; None where the table has none.
    """

    whole: Concentration
    associations: Mapping[str, Association]
    years: Mapping[str, int | None]

    def of_whole(self, name: str) -> Lineage:
        """Return where a figure of the concentration comes from."""
        if name in ("d", "gini", "events", "n"):
            return self.by("places" if name == "n" else name)
        known = {"p": "p_chance"}
        return self.by(known.get(name, name), seed=self.whole.seed, resamples=self.whole.resamples)

    def associated(self, name: str, measure: str = "") -> Lineage:
        """Return where a figure of the association with a measure (default: that of the page) comes from."""
        measure = measure or self.presence.measure
        one, made = self.associations[measure], self.estimates[measure]
        if made.universe is None:
            return made
        more = dict(made.universe.more)
        grid = name in ("p_holm", "measures")
        if one.controls or (grid and any(each.controls for each in self.associations.values())):
            more["control"] = against_lineage.beside(self.estimates[CONTROL])
        if grid:
            more["grid"] = [
                against_lineage.beside(self.estimates[name]) | ({} if each.controls else {"alone": True})
                for name, each in self.associations.items()
            ]
        made = replace(made, universe=replace(made.universe, more=more))
        known = {"low": "rho_low", "high": "rho_high"}
        arguments: dict[str, Any] = {"place": one.moves_most} if name == "left_out" else {}
        if name in ("low", "high", "p", "p_holm", "partial", "partial_p"):
            arguments |= {"seed": one.seed, "resamples": one.resamples}
        return lineage.by_method(made, known.get(name, name), **arguments)

    @property
    def weighed(self) -> Lineage:
        """The lineage of priority: what its scores need beside presence and the register."""
        return against_lineage.weighed(self.estimate, self.shape, self.presence.first)


def measures(
    traded: pd.DataFrame,
    context: pd.DataFrame,
    states: Iterable[str],
    *,
    jobs: pd.DataFrame | None = None,
    sites: pd.DataFrame | None = None,
    pairs: pd.DataFrame | None = None,
) -> dict[str, Presence]:
    """Return presence by state: exports to and imports from Japan, what else is given, and both controls.

    Parameters
    ----------
    traded, context
        The tables ``state_trade`` and ``state_context``.
    jobs, sites, pairs
        The tables ``jobs_state``, ``company_sites`` (its definition `presence.SITES` alone) and ``sister_pairs``.
    """
    places = sorted(set(states))
    found = {flow: presence.trade(traded, flow, places, partner=JAPAN) for flow in ("exports", "imports")}
    found |= {} if jobs is None else {"jobs": presence.jobs(jobs, places, partner=JAPAN)}
    found |= {} if sites is None else {"sites": presence.sites(sites, places, presence.SITES)}
    found |= {} if pairs is None else {"sister_pairs": presence.sister_pairs(pairs, places)}
    return found | {
        "gdp": presence.context(context, "gdp_current_musd", places),
        CONTROL: presence.context(context, CONTROL, places),
    }


def by_state(
    events: pd.DataFrame, presences: Mapping[str, Presence], measure: str, partner: str, *, day: str = ""
) -> Against | None:
    """Return activity against presence by state; None for another partner than Japan, and as `against`."""
    own = presences[measure]
    if partner != JAPAN:
        return None
    counted = counting.by_state(events, [*own.frame["place"], *own.missing])
    return against(events, counted, presences, measure, day=day)


def by_district(
    events: pd.DataFrame,
    presences: Mapping[str, Presence],
    measure: str,
    partner: str,
    jurisdictions: pd.DataFrame,
    *,
    day: str = "",
) -> Against | None:
    """Return activity against presence by consular district, those that share a state as one; None as `by_state`."""
    if partner != JAPAN:
        return None
    counted = counting.by_district(events, jurisdictions, grouped=True)
    grouped = {name: presence.by_district(one, jurisdictions) for name, one in presences.items()}
    return against(events, counted, grouped, measure, day=day)


def scored(
    found: Against | None, traded: pd.DataFrame, missions: pd.DataFrame, groups: Collection[str]
) -> pd.DataFrame | None:
    """Return the scores of the five components of priority by state (`priority.components`); None without a result.

    Parameters
    ----------
    traded, missions
        The tables ``state_trade`` and ``missions``.
    groups
        Codes of aggregates, which are no partners.
    """
    if found is None:
        return None
    flow = found.presence.measure
    figures = priority.figures(
        found.presence.frame,
        ranks=trade.states_standing(traded, flow, JAPAN, groups=groups),
        shrunk=found.shrunk.frame,
        seats=set(missions["state"]),
        moved=priority.growth(traded, flow),
    )
    return priority.components(figures)


def against(
    events: pd.DataFrame,
    counted: Counted,
    presences: Mapping[str, Presence],
    measure: str,
    *,
    day: str = "",
    seed: int = chance.SEED,
    resamples: int = concentration.RESAMPLES,
    permutations: int = association.RESAMPLES,
) -> Against | None:
    """Return activity beside presence; None where the measure has too few figures or no event has a place.

    Parameters
    ----------
    events, counted
        The register, and its events by place.
    presences
        Measure to presence at the same level, ``population`` (the control) among them or not.
    measure
        The measure of the page.
    day
        The day as of which the register is read (for the lineage).
    """
    found = compare(events, counted, presences[measure], day=day)
    if found is None:
        return None
    control = presences.get(CONTROL)
    held_constant = control is not None and control.enough
    associations = {}
    for name, one in presences.items():
        if one.enough:
            given = held_constant and name != CONTROL
            associations[name] = association.associate(
                _together(counted, one, control if given else None),
                "observed",
                "presence",
                seed=seed,
                controls=[CONTROL] if given else [],
                resamples=permutations,
            )
    return Against(
        counted=counted,
        presence=found.presence,
        ratios=found.ratios,
        shrunk=found.shrunk,
        made=found.made,
        estimates={name: against_lineage.estimated(day, one) for name, one in presences.items()},
        whole=concentration.concentration(found.ratios, seed=seed, resamples=resamples),
        associations=associations,
        years={name: presences[name].year for name in associations},
    )


def compare(events: pd.DataFrame, counted: Counted, own: Presence, *, day: str = "") -> Compared | None:
    """Return activity beside one measure of presence place by place; None as `against`.

    Nothing is drawn by lot here: a page that only marks its place among the others needs no more.
    """
    held = counted.places.loc[counted.places["place"].isin(own.frame["place"]), "events"].sum()
    if not own.enough or not own.frame["presence"].sum() > 0 or not held > 0:
        return None
    found = expected.ratios(expected.beside(counted, own))
    return Compared(
        counted=counted,
        presence=own,
        ratios=found,
        shrunk=expected.shrink(found),
        made=observed(events, counted, day),
        estimates={own.measure: against_lineage.estimated(day, own)},
    )


def states(events: pd.DataFrame, own: Presence, partner: str, *, day: str = "") -> Compared | None:
    """Return the states beside each other by one measure; None as `by_state`."""
    if partner != JAPAN:
        return None
    counted = counting.by_state(events, [*own.frame["place"], *own.missing])
    return compare(events, counted, own, day=day)


def districts(
    events: pd.DataFrame,
    own: Presence,
    partner: str,
    jurisdictions: pd.DataFrame,
    *,
    day: str = "",
) -> Compared | None:
    """Return the consular districts beside each other by a measure of states; None as `by_district`."""
    if partner != JAPAN:
        return None
    counted = counting.by_district(events, jurisdictions, grouped=True)
    grouped = presence.by_district(own, jurisdictions)
    return compare(events, counted, grouped, day=day)


def within(
    found: Compared | None, events: pd.DataFrame, places: Collection[str], day: str
) -> Compared | None:
    """Return some of the states beside each other, activity and presence as shares among just these.

    None where fewer than two of them have a figure, or no event has its place in them.
    """
    if found is None:
        return None
    own = presence.among(found.presence, places)
    kept = found.counted.places["place"].isin(own.frame["place"])
    counted = replace(found.counted, places=found.counted.places[kept].reset_index(drop=True))
    return compare(events, counted, own, day=day) if own.known > 1 else None


def observed(events: pd.DataFrame, counted: Counted, day: str) -> dict[str, Lineage]:
    """Return how the events of each place are counted: by a condition in a state, one by one in a district."""
    if counted.level == "state" and counting.ONLINE_DISTRICT in counted.rules:
        return {p: activity.counted(day, p, format=IN_A_ROOM) for p in counted.places["place"]}
    own = {str(place): set(rows["event_id"]) for place, rows in counted.placements.groupby("place")}
    return {
        place: _listed(events[events["event_id"].isin(own.get(place, set()))], day)
        for place in counted.places["place"]
    }


def placed(events: pd.DataFrame, counted: Counted, day: str) -> dict[str, Lineage]:
    """Return how the placed, the unplaced by reason and all events are counted."""
    own = counted.placements["event_id"].unique()
    found = {
        "nation": activity.counted(day),
        "placed": _listed(events[events["event_id"].isin(own)], day),
    }
    for reason, rows in counted.unplaced.groupby("reason"):
        found[str(reason)] = _listed(events[events["event_id"].isin(rows["event_id"])], day)
    return found


def _listed(held: pd.DataFrame, day: str) -> Lineage:
    return lineage.listed(held, "events", "event_id", date_start=day)


def _together(counted: Counted, presence: Presence, control: Presence | None) -> pd.DataFrame:
    counts = counted.places.rename(columns={"events": "observed"})
    frame = counts.merge(presence.frame[["place", "presence"]], on="place")
    if control is None:
        return frame
    held = control.frame[["place", "presence"]].rename(columns={"presence": CONTROL})
    return frame.merge(held, on="place")
