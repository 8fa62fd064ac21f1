"""A consular district: which areas it serves whole or in part, and what is summed over those served whole.

A state that several missions share is never split. A sum takes the areas served whole only; the rank among the
districts goes by every division of the shared states, so it is one place or lies between two.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.analysis import lineage, splits, trade
from helpers.analysis.lineage import Lineage, Universe
from helpers.errors import AnalysisError, compose

TABLE, COLUMN = "state_trade", "value_usd"


@dataclass(frozen=True)
class District:
    """What one mission serves.

    Attributes
    ----------
    mission, kind : str
        Code of the mission; ``embassy``, ``consulate_general`` or ``consular_office``.
    city : mapping
        Its seat by language.
    states, shared : tuple of str
        States (the District of Columbia among them) served whole, and in part.
    territories : tuple of str
        Areas served whole that are no state (Puerto Rico).
    """

    mission: str
    kind: str
    city: Mapping[str, str]
    states: tuple[str, ...]
    shared: tuple[str, ...]
    territories: tuple[str, ...]

    @property
    def whole(self) -> tuple[str, ...]:
        """The areas served whole, states first."""
        return (*self.states, *self.territories)

    @property
    def areas(self) -> tuple[str, ...]:
        """Every area, those served in part last."""
        return (*self.whole, *self.shared)


def of(mission: str, missions: pd.DataFrame, jurisdictions: pd.DataFrame, states: pd.DataFrame) -> District:
    """Return the district of a mission.

    Parameters
    ----------
    missions, jurisdictions, states
        The tables of these names.

    Raises
    ------
    AnalysisError
        If there is no such mission.
    """
    rows = missions[missions["mission"] == mission]
    if rows.empty:
        known = f"one of the codes {', '.join(missions['mission'])}"
        raise AnalysisError(compose("parameter 'mission'", known, repr(mission), "Correct the code."))
    row = rows.iloc[0]
    own = jurisdictions[jurisdictions["mission"] == mission]
    universe = set(states["usps"])
    spelled = dict(zip(states["usps"], states["name_en"], strict=True))
    whole, part = (
        sorted(own.loc[own["coverage"] == kind, "area"], key=lambda area: spelled.get(area, area))
        for kind in ("full", "partial")
    )
    return District(
        mission=mission,
        kind=str(row["kind"]),
        city={lang: str(row[f"city_{lang}"]) for lang in ("en", "ja")},
        states=tuple(area for area in whole if area in universe),
        shared=tuple(part),
        territories=tuple(area for area in whole if area not in universe),
    )


@dataclass(frozen=True)
class Sum:
    """Goods trade of one district with the subject in one flow and year.

    Attributes
    ----------
    flow : str
        ``exports`` or ``imports``.
    year : int
    value : float
        US dollars over the areas served whole that the table lists.
    share : float or None
        Of the nation's trade with the subject; None where the nation's is not in hand.
    best, worst, of : int
        The best and the worst place among the districts with a figure (ties joint) over every division of the shared
        states among the missions that share them, and how many districts have a figure.
    added, lacking : tuple of str
        Areas served whole that are in the sum; those the table does not list.
    vintage, table : str
        The edition of the figures, and the table they are of.
    made : mapping
        ``value``, ``share``, ``best``, ``worst``, ``of`` to where the number comes from.
    """

    flow: str
    year: int
    value: float
    share: float | None
    best: int
    worst: int
    of: int
    added: tuple[str, ...]
    lacking: tuple[str, ...]
    vintage: str
    made: Mapping[str, Lineage]
    table: str = TABLE

    @property
    def rank(self) -> int | None:
        """The place that every division gives; None where they give different ones."""
        return self.best if self.best == self.worst else None


def total(
    table: pd.DataFrame,
    nation: pd.DataFrame,
    flow: str,
    subject: str,
    district: District,
    jurisdictions: pd.DataFrame,
) -> Sum | None:
    """Return the district's trade with the subject in the newest year; None where no area served whole is listed.

    Parameters
    ----------
    table, nation
        ``state_trade`` and ``state_trade_us``. An area that the table lists without a row for the subject had
        no trade with it: zero.
    jurisdictions
        mission, area, coverage.
    """
    rows = table[table["flow"] == flow]
    now = rows[rows["year"] == trade.newest(rows)]
    own = now[now["partner"] == subject]
    figures = own.groupby("state")[COLUMN].sum().reindex(sorted(now["state"].unique())).fillna(0.0)
    ends = bounds(figures, jurisdictions)
    mine = ends[ends["mission"] == district.mission]
    if mine.empty:
        return None
    year, here = int(now["year"].iloc[0]), mine.iloc[0]
    added = tuple(area for area in district.whole if area in figures.index)
    cells = lineage.cells(own[own["state"].isin(added)], TABLE, COLUMN)
    more = lineage.cells(own[own["state"].isin(district.shared)], TABLE, COLUMN)
    where = {"year": year, "partner": subject, "flow": flow}
    vintage = str(own["vintage"].iloc[0]) if len(own) else ""

    low = dict(zip(ends["mission"], ends["low"], strict=True))
    parts = divided(figures, jurisdictions, low)
    above = {
        "best": splits.fewest_above(district.mission, low, parts),
        "worst": splits.most_above(district.mission, low, parts),
    }

    def among(end: str) -> Universe:
        groups = _sums_of(ends[ends["mission"] != district.mission], above[end])
        return Universe(TABLE, COLUMN, "state", where, vintage, more={"groups": groups})

    whole = nation[(nation["year"] == year) & (nation["partner"] == subject) & (nation["flow"] == flow)]
    share = here["low"] / float(whole[COLUMN].iloc[0]) if len(whole) else None
    return Sum(
        flow=flow,
        year=year,
        value=float(here["low"]),
        share=share,
        best=1 + len(above["best"]),
        worst=1 + len(above["worst"]),
        of=len(ends),
        added=added,
        lacking=tuple(area for area in district.whole if area not in figures.index),
        vintage=vintage,
        made={
            "value": Lineage("sum", cells),
            "share": Lineage("share", cells + lineage.cells(whole, "state_trade_us", COLUMN, "total")),
            "best": Lineage("rank", cells + more, among("best")),
            "worst": Lineage("rank", cells, among("worst")),
            "of": lineage.count("missions", {"mission": ends["mission"].tolist()}),
        },
    )


def _sums_of(others: pd.DataFrame, above: Collection[str]) -> dict[str, list[str]]:
    """Return the areas by which each other district is ranked: all of them where it is above, else the whole ones."""
    rows = zip(others["mission"], others["whole"], others["every"], strict=True)
    return {mission: every if mission in above else whole for mission, whole, every in rows}


def divided(figures: pd.Series, jurisdictions: pd.DataFrame, ranked: Collection[str]) -> list[splits.Part]:
    """Return the areas with a figure that missions share, in order of their code.

    Parameters
    ----------
    figures, jurisdictions
        As in :func:`bounds`.
    ranked
        The missions with a figure. What another one shares, or one alone serves in part, is not divided in full among
        them.
    """
    found = []
    held = figures.to_dict()
    shared = jurisdictions[jurisdictions["coverage"] == "partial"]
    for area, missions in sorted(shared.groupby("area")["mission"].agg(frozenset).items()):
        own = missions & set(ranked)
        if area in held and own:
            closed = len(own) == len(missions) > 1
            found.append(splits.Part(float(held[area]), own, closed=closed))
    return found


def bounds(figures: pd.Series, jurisdictions: pd.DataFrame) -> pd.DataFrame:
    """Return what each district has of a figure of states without any part of a shared one.

    Parameters
    ----------
    figures
        By area, none negative; an area that is not there has no figure.
    jurisdictions
        mission, area, coverage.

    Returns
    -------
    DataFrame
        mission, low (over the areas served whole), whole, every (these areas, and with the shared ones, lists):
        one row a mission with a figure, in order of the code.
    """
    held, served = figures.to_dict(), dict[str, dict[str, str]]()
    columns = (jurisdictions[name] for name in ("mission", "area", "coverage"))
    for mission, area, coverage in zip(*columns, strict=True):
        if area in held:
            served.setdefault(mission, {})[area] = coverage
    found = []
    for mission, areas in sorted(served.items()):
        every = sorted(areas)
        whole = [area for area in every if areas[area] == "full"]
        if whole:
            low = float(sum(held[area] for area in whole))
            found.append({"mission": mission, "low": low, "whole": whole, "every": every})
    return pd.DataFrame(found, columns=["mission", "low", "whole", "every"])
