"""How much of Japan is in a place: one measure at a time, with its definition, its year and what it lacks.

A share is of the sum over the places that have a figure. A place without a figure is named in ``missing`` with the
reason, never counted as zero. A measure that covers less than ``ENOUGH`` of the places gives no pattern of the
nation: it is `restricted`, everything is over the places that have a figure, and the page says so; with fewer than
``FEWEST`` places nothing is compared (`require`). A state that several missions share is never split: its districts
are read as one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from helpers.analysis import counting
from helpers.errors import AnalysisError, compose, listed

ENOUGH = 0.9
"""Share of the places that need a figure before shares of the nation, O/E, Lorenz curve or rho are given."""

FEWEST = 10
"""Places that need a figure before these are given over them alone."""

SITES = "mofa_sites"
"""The one definition of company sites that presence is measured by: the survey that the task force's deck maps."""

PAIRS = ("sister_city", "sister_state")
"""The kinds of sister relations that presence is counted by."""

NO_FIGURE = "no_figure"
DIVIDED = "divided"
"""Why a place has no presence: no figure is in hand; a state of it is shared with another mission."""

COUNTED = ("sites", "facilities", "companies", "affiliates")
"""Units of ``company_sites`` that are counts; the others are ranks and percentages."""


@dataclass(frozen=True)
class Presence:
    """One measure of presence over the places of one level.

    Attributes
    ----------
    measure, definition, unit : str
        Key of the measure (``exports``, ``imports``, ``jobs``, ``sites``, ``sister_pairs``, ``population``,
        ``gdp``), the definition within it, and the unit of ``presence``.
    year : int or None
        The year of the figures; None where the table has none.
    level : str
        ``state``, ``district`` or ``group``.
    frame : DataFrame
        place, presence, share (of the sum over the places with a figure), in order of place.
    missing : mapping
        Place without a figure to the reason (``NO_FIGURE`` or ``DIVIDED``).
    beyond : DataFrame
        place, presence: areas that are no state (Puerto Rico), which count in a district only.
    table, column, source : str
        Where the figures stand (no column: rows are counted), and the key of their source.
    vintage : str
        The edition of the figures; empty where the table has none, or more than one holds them.
    first : tuple of int and str, or None
        The first year of a flow of trade in hand, with its edition: what growth is measured from.
    """

    measure: str
    definition: str
    unit: str
    year: int | None
    level: str
    frame: pd.DataFrame = field(repr=False)
    missing: Mapping[str, str] = field(repr=False)
    beyond: pd.DataFrame = field(repr=False)
    table: str
    column: str
    source: str = ""
    vintage: str = ""
    first: tuple[int, str] | None = None

    @property
    def known(self) -> int:
        """How many places have a figure."""
        return len(self.frame)

    @property
    def of(self) -> int:
        """How many places there are."""
        return len(self.frame) + len(self.missing)

    @property
    def coverage(self) -> float:
        """Share of the places that have a figure."""
        return self.known / self.of if self.of else 0.0

    @property
    def restricted(self) -> bool:
        """Whether too few places have a figure for a pattern of the nation."""
        return self.coverage < ENOUGH

    @property
    def enough(self) -> bool:
        """Whether anything is compared: over the nation, or over the places that have a figure."""
        return self.known >= FEWEST or not self.restricted


def require(presence: Presence) -> Presence:
    """Return the measure if it covers enough places.

    Raises
    ------
    AnalysisError
        If fewer than ``ENOUGH`` of the places have a figure and fewer than ``FEWEST``, or they add up to nothing.
    """
    if not presence.enough:
        raise AnalysisError(
            compose(
                f"presence by {presence.measure} ({presence.definition})",
                f"a figure for at least {100 * ENOUGH:.0f}% of the places, or for {FEWEST} of them",
                f"{presence.known} of {presence.of}",
                "Choose another measure, or bring in the table that lacks.",
            )
        )
    if not presence.frame["presence"].sum() > 0:
        raise AnalysisError(
            compose(f"presence by {presence.measure}", "a positive sum", "none", "Choose another measure.")
        )
    return presence


def trade(
    state_trade: pd.DataFrame,
    flow: str,
    states: Iterable[str],
    *,
    partner: str = "JPN",
    year: int | None = None,
) -> Presence:
    """Return presence by goods trade with the partner (US dollars) in ``year`` (default: the newest).

    Parameters
    ----------
    state_trade
        year, state, partner, flow, value_usd, source.
    flow
        ``exports`` (origin of movement) or ``imports`` (state of destination). A state that the table lists
        in that year without a row for the partner had no trade with it: zero.
    """
    rows = state_trade[state_trade["flow"] == flow]
    when = _newest(rows, year)
    now, own = rows[rows["year"] == when], rows[rows["partner"] == partner]
    values = own[own["year"] == when].groupby("state")["value_usd"].sum()
    values = values.reindex(sorted(now["state"].unique())).fillna(0).astype(float)
    past = own[own["year"] == own["year"].min()]
    found = _over(values, states, flow, "state_trade", "value_usd", "USD", when, "goods", now)
    return replace(found, first=None if past.empty else (int(past["year"].iloc[0]), _edition(past)))


def jobs(jobs_state: pd.DataFrame, states: Iterable[str], *, partner: str = "JPN") -> Presence:
    """Return presence by jobs at majority-owned affiliates (persons) in the newest year.

    ``jobs_state`` holds year, state, partner, value, source; a confidential cell is missing.
    """
    rows = jobs_state[(jobs_state["partner"] == partner) & jobs_state["value"].notna()]
    when = _newest(rows, None)
    now = rows[rows["year"] == when]
    values = now.set_index("state")["value"].astype(float)
    return _over(values, states, "jobs", "jobs_state", "value", "persons", when, "mousa", now)


def sites(company_sites: pd.DataFrame, states: Iterable[str], definition: str) -> Presence:
    """Return presence by company sites under one definition (``mofa_sites`` ...), in its newest year with a state.

    Raises
    ------
    AnalysisError
        If the table holds no such definition. Definitions are never mixed.
    """
    known = sorted(set(company_sites["definition"]))
    if definition not in known:
        raise AnalysisError(
            compose(
                "table company_sites, definition", f"one of {listed(known)}", repr(definition), "Name one."
            )
        )
    universe = set(states)
    rows = company_sites[
        (company_sites["definition"] == definition)
        & company_sites["unit"].isin(COUNTED)
        & company_sites["state"].isin(universe)
    ]
    when = _newest(rows, None)
    now = rows[rows["year"] == when]
    unit = _first(now, "unit") or "sites"
    values = now.set_index("state")["value"].astype(float)
    return _over(values, universe, "sites", "company_sites", "value", unit, when, definition, now)


def sister_pairs(pairs: pd.DataFrame, states: Iterable[str], *, kinds: Iterable[str] = PAIRS) -> Presence:
    """Return presence by the sister relations that the list names (pairs), all years.

    The list is of pairs that were found. A state without one in it is missing, not zero, and the number of
    another state is a least number.
    """
    rows = pairs[pairs["kind"].isin(list(kinds))]
    values = rows.groupby("state").size().astype(float)
    return _over(values, states, "sister_pairs", "sister_pairs", "", "pairs", None, "pairs_listed", rows)


def context(
    state_context: pd.DataFrame, measure: str, states: Iterable[str], *, year: int | None = None
) -> Presence:
    """Return a control: ``population`` (persons) or ``gdp_current_musd`` (million US dollars), newest year."""
    rows = state_context[state_context["measure"] == measure]
    when = _newest(rows, year)
    now = rows[rows["year"] == when]
    values = now.set_index("state")["value"].astype(float)
    unit = "persons" if measure == "population" else "million USD"
    name = "gdp" if measure.startswith("gdp") else measure
    return _over(values, states, name, "state_context", "value", unit, when, measure, now)


def by_district(presence: Presence, jurisdictions: pd.DataFrame, *, grouped: bool = True) -> Presence:
    """Return a measure of states summed over consular districts.

    Parameters
    ----------
    presence
        By state.
    jurisdictions
        mission, area, coverage.
    grouped
        Read districts that share a state as one (the default). Otherwise each of them is missing
        (``DIVIDED``): a state's figure is never split.

    Notes
    -----
    A district lacks its figure if one of its states lacks one. Its territories are added where the table has
    them (Puerto Rico and the Virgin Islands in the trade of New York).
    """
    district = counting.groups(jurisdictions) if grouped else {m: m for m in jurisdictions["mission"]}
    every = pd.concat([presence.frame[["place", "presence"]], presence.beyond], ignore_index=True)
    figures = every.set_index("place")["presence"].to_dict()
    universe = set(presence.frame["place"]) | set(presence.missing)
    areas = jurisdictions.assign(place=jurisdictions["mission"].map(district))[["place", "area"]]
    shared = areas.drop_duplicates().groupby("area")["place"].nunique()
    sums: dict[str, float] = {}
    missing: dict[str, str] = {}
    for place, own in areas.drop_duplicates().groupby("place")["area"]:
        held = [area for area in sorted(own) if area in figures]
        if any(shared[area] > 1 for area in own):
            missing[str(place)] = DIVIDED
        elif not held or any(area in universe and area not in figures for area in own):
            missing[str(place)] = NO_FIGURE
        else:
            sums[str(place)] = sum(figures[area] for area in held)
    level = "group" if grouped else "district"
    frame = _shared(pd.Series(sums, dtype=float))
    return replace(presence, level=level, frame=frame, missing=missing, beyond=presence.beyond.iloc[:0])


def among(presence: Presence, places: Collection[str]) -> Presence:
    """Return a measure over some of its places only, its shares taken of their sum."""
    kept = presence.frame[presence.frame["place"].isin(places)].set_index("place")["presence"]
    missing = {place: why for place, why in presence.missing.items() if place in places}
    return replace(presence, frame=_shared(kept), missing=missing, beyond=presence.beyond.iloc[:0])


def _over(
    values: pd.Series,
    states: Iterable[str],
    measure: str,
    table: str,
    column: str,
    unit: str,
    year: int | None,
    definition: str,
    rows: pd.DataFrame,
) -> Presence:
    """Return the measure over the states.

    Raises
    ------
    AnalysisError
        If a state has several figures: they would count each of its events as often.
    """
    universe = sorted(set(states))
    values = values[values.notna()]
    if twice := sorted(set(values.index[values.index.duplicated()]) - {""}):
        told = f"table {table}, {measure} ({definition}){f' in {year}' if year else ''}"
        todo = "Keep one source, edition or definition."
        raise AnalysisError(compose(told, "one figure for each state", f"several for {listed(twice)}", todo))
    known = values[values.index.isin(universe)]
    beyond = values[~values.index.isin([*universe, "US", "US_UNKNOWN", ""])].sort_index()
    return Presence(
        measure=measure,
        definition=definition,
        unit=unit,
        year=year,
        level="state",
        frame=_shared(known),
        missing={state: NO_FIGURE for state in universe if state not in known.index},
        beyond=beyond.rename("presence").rename_axis("place").reset_index(),
        table=table,
        column=column,
        source=_first(rows, "source"),
        vintage=_edition(rows),
    )


def _shared(values: pd.Series) -> pd.DataFrame:
    """Return place, presence, share in order of place; no share where the sum is nothing."""
    ordered = values.astype(float).sort_index()
    total = float(ordered.sum())
    frame = ordered.rename("presence").rename_axis("place").reset_index()
    return frame.assign(share=frame["presence"] / total if total > 0 else float("nan"))


def _newest(rows: pd.DataFrame, year: int | None) -> int | None:
    if year is not None:
        return year
    return None if rows.empty else int(rows["year"].max())


def _edition(rows: pd.DataFrame) -> str:
    """Return the one edition of the rows; empty where they have none, or several."""
    found = list(rows["vintage"].unique()) if "vintage" in rows else []
    return str(found[0]) if len(found) == 1 else ""


def _first(rows: pd.DataFrame, column: str) -> str:
    return "" if rows.empty else str(rows.loc[rows["state"] == rows["state"].min(), column].iloc[0])
