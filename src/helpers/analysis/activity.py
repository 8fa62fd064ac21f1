"""What was done: the task force's published totals by fiscal year, and the register of public events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from helpers.analysis import lineage
from helpers.analysis.lineage import Cell, Lineage

FISCAL = "fiscal_year"
MEASURES = ("participants", "projects", "budget_oku_yen")
DECKS: Mapping[str, str] = {"tf-deck-fy2021": "2022-07-05"}
"""The decks that totals are taken from, by the key of the source, with the day of the meeting each was made for.

The next deck needs a line here: until it has one, its rows are in no edition of a day.
"""
PUBLISHED = min(DECKS.values())
"""Day of the first of them: before it no total in hand was public."""


def published(table: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Return a table taken from the decks, with the rows of those alone that were out on ``as_of`` (empty: all)."""
    return table[table["source"].map(DECKS) <= as_of] if as_of else table


def by_fiscal_year(activity: pd.DataFrame) -> pd.DataFrame:
    """Return the published totals, one row a Japanese fiscal year; what was not published is missing.

    Returns
    -------
    DataFrame
        fiscal_year, participants, projects, budget_oku_yen (100 million yen).
    """
    single = activity[activity["fiscal_year_from"] == activity["fiscal_year_to"]]
    wide = single.pivot_table(index="fiscal_year_from", columns="measure", values="value", aggfunc="first")
    return wide.reindex(columns=list(MEASURES)).rename_axis(index="fiscal_year", columns=None).reset_index()


def cumulative(activity: pd.DataFrame, measure: str) -> tuple[int, int, float]:
    """Return first year, last year and value of the longest published running total of ``measure``."""
    spans = activity[
        (activity["measure"] == measure) & (activity["fiscal_year_from"] < activity["fiscal_year_to"])
    ]
    widest = spans.iloc[(spans["fiscal_year_to"] - spans["fiscal_year_from"]).argmax()]
    return int(widest["fiscal_year_from"]), int(widest["fiscal_year_to"]), float(widest["value"])


def cell(activity: pd.DataFrame, measure: str, first: int, last: int, role: str = "value") -> Cell:
    """Return the cell of ``measure`` for the fiscal years ``first`` to ``last`` (the same year: that one)."""
    rows = activity[
        (activity["measure"] == measure)
        & (activity["fiscal_year_from"] == first)
        & (activity["fiscal_year_to"] == last)
    ]
    return lineage.cell(rows.iloc[0], "activity", "value", role)


def of_year(activity: pd.DataFrame, measure: str, year: int) -> Lineage:
    """Return where the published figure of one fiscal year comes from."""
    return Lineage("value", (cell(activity, measure, year, year),))


def of_span(activity: pd.DataFrame, measure: str) -> Lineage:
    """Return where the longest published running total comes from."""
    first, last, _ = cumulative(activity, measure)
    return Lineage("value", (cell(activity, measure, first, last),))


def of_years(activity: pd.DataFrame, measure: str, years: Iterable[int]) -> Lineage:
    """Return where the sum of the published yearly figures comes from."""
    return Lineage("sum", tuple(cell(activity, measure, year, year) for year in years))


def counted(day: str, state: str = "", **where: object) -> Lineage:
    """Return how the register's events are counted: those begun by ``day`` (empty: all).

    In a ``state`` those that were only online are left out (see `in_rooms`).
    """
    every = registered(day, state, **where)
    if not state or every.universe is None:
        return every
    return replace(
        every, universe=replace(every.universe, more={**every.universe.more, "but": dict(IN_NO_STATE)})
    )


def registered(day: str, state: str = "", **where: object) -> Lineage:
    """Return how the events are counted that the register has begun by ``day`` under ``state``, online ones too."""
    more: dict[str, Any] = {"until": {"date_start": day}} if day else {}
    if state:
        more["within"] = {"columns": ["state", "other_states"], "code": state}
    return lineage.count("events", where, **more)


IN_NO_STATE: Mapping[str, list[str]] = {"format": ["online"]}
"""Events that count in no state, by column (the rule ``ONLINE_DISTRICT`` of `helpers.analysis.counting`)."""


FILLED: Mapping[str, Mapping[str, list[str]]] = {
    "date": {"columns": ["date_start"]},
    "state": {"columns": ["state", "other_states"]},
    "format": {"columns": ["format"], "but": ["unknown"]},
    "participants": {"columns": ["participants"]},
}
"""The fields of :func:`coverage` and the columns of the register that hold them."""


def with_field(events: Lineage, field: str) -> Lineage:
    """Return how those of the counted events are counted that have a field of :func:`coverage`."""
    every = events.universe
    if every is None:
        return events
    return replace(events, universe=replace(every, more={**every.more, "filled": dict(FILLED[field])}))


def states_of(events: pd.DataFrame) -> pd.Series:
    """Return each event's list of state codes: its state and the others it touched (``DC; VA``)."""
    joined = events["state"] + ";" + events["other_states"]
    return joined.map(lambda text: [s.strip() for s in text.split(";") if s.strip()])


def in_state(events: pd.DataFrame, state: str) -> pd.DataFrame:
    """Return the events registered under ``state``, alone or with others, in order of date, online ones too."""
    inside = states_of(events).map(lambda codes: state in codes)
    return events[inside.astype(bool)].sort_values(["date_start", "event_id"])


def in_rooms(events: pd.DataFrame) -> pd.DataFrame:
    """Return the events that count in a state: all but those that were only online."""
    for column, values in IN_NO_STATE.items():
        events = events[~events[column].isin(values)]
    return events


def per_year(events: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Return the number of events in each Japanese fiscal year from ``first`` to ``last``, zeros included.

    Returns
    -------
    DataFrame
        fiscal_year, events.
    """
    counts = events["fiscal_year"].value_counts()
    return pd.DataFrame({"fiscal_year": range(first, last + 1)}).assign(
        events=lambda d: d["fiscal_year"].map(counts).fillna(0).astype(int)
    )


def having(events: pd.DataFrame, field: str) -> pd.DataFrame:
    """Return the events that have a field of :func:`coverage`."""
    if field == "date":
        return events[events["date_start"] != ""]
    if field == "state":
        return events[states_of(events).map(bool).astype(bool)]
    if field == "format":
        return events[~events["format"].isin(["", "unknown"])]
    return events[events["participants"].notna()]


def coverage(events: pd.DataFrame) -> pd.DataFrame:
    """Return which share of the register's rows has each field filled.

    Returns
    -------
    DataFrame
        field (date, state, format, participants), known, of, share.
    """
    of = len(events)
    known = {field: len(having(events, field)) for field in FILLED}
    rows = [
        {"field": f, "known": int(n), "of": of, "share": n / of if of else float("nan")}
        for f, n in known.items()
    ]
    return pd.DataFrame(rows, columns=["field", "known", "of", "share"])


def until(table: pd.DataFrame, as_of: str, column: str) -> pd.DataFrame:
    """Return the rows dated no later than ``as_of`` (ISO date; empty: all) and those without a date (see `days`).

    A text that is missing is empty, and a date known by its month only (``2022-07``) comes before its days.
    """
    if not as_of:
        return table
    return table[days(table, column) <= as_of]


def days(table: pd.DataFrame, column: str) -> pd.Series:
    """Return the days of a column; an empty one stands for the first day of its row's fiscal year, where there is one.

    So an event of which only the fiscal year is known counts from the day on which that year began.
    """
    found = table[column]
    if FISCAL not in table or found.dtype.kind in "if":
        return found
    known = found.notna() & (found != "")
    return found.where(known, table[FISCAL].astype("str") + "-04-01")


def held_by(meetings: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Return the meetings held by ``as_of`` (ISO date; empty: all).

    One without a public date counts where a later one of its kind had been held by then.
    """
    if not as_of:
        return meetings
    dated = meetings[(meetings["date"] != "") & (meetings["date"] <= as_of)]
    last = meetings["kind"].map(dated.groupby("kind")["number"].max()).fillna(0)
    return meetings[
        meetings.index.isin(dated.index) | ((meetings["date"] == "") & (meetings["number"] < last))
    ]


def counted_by(table: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Return the rows whose ``year`` was over on ``as_of`` (ISO date; empty: all), and those without a year."""
    if not as_of:
        return table
    return table[table["year"].isna() | (table["year"].astype("Float64") < float(as_of[:4]))]


WHOLE = 0.9
"""Rows of the register over published projects from which the register is no longer called a sample."""


def register_coverage(events: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Return rows of the register beside published projects, for each period that a number is published for.

    The share compares two numbers; no row is thereby said to be one of the published projects.

    Parameters
    ----------
    events
        The register: fiscal_year and the fields of `coverage`.
    totals
        ``activity``: published totals; empty where none was published yet.

    Returns
    -------
    DataFrame
        first, last (fiscal years), published (projects; missing for years of the register without a number),
        register (rows), share (missing without a number), date, state, format, participants (rows with the field
        known): single years in order, then the published running totals.
    """
    projects = totals[totals["measure"] == "projects"]
    spans = {
        (int(first), int(last)): float(value)
        for first, last, value in zip(
            projects["fiscal_year_from"], projects["fiscal_year_to"], projects["value"], strict=True
        )
    }
    years = {(int(y), int(y)) for y in events["fiscal_year"].unique()} | {s for s in spans if s[0] == s[1]}
    rows = []
    for first, last in [*sorted(years), *sorted(s for s in spans if s[0] < s[1])]:
        inside = events[events["fiscal_year"].between(first, last)]
        published = spans.get((first, last), float("nan"))
        known = coverage(inside).set_index("field")["known"].to_dict()
        share = len(inside) / published if published > 0 else float("nan")
        rows.append(
            {"first": first, "last": last, "published": published, "register": len(inside), "share": share}
            | known
        )
    columns = ["first", "last", "published", "register", "share", "date", "state", "format", "participants"]
    return pd.DataFrame(rows, columns=columns)


def covered(events: pd.DataFrame, totals: pd.DataFrame) -> tuple[int, int, float, float] | None:
    """Return the longest period that a number of projects is published for, the number, and the register's share.

    First and last fiscal year, projects, rows of the register (``fiscal_year``) over projects; None without a number.
    """
    projects = totals[(totals["measure"] == "projects") & (totals["value"] > 0)]
    if projects.empty:
        return None
    widest = projects.iloc[(projects["fiscal_year_to"] - projects["fiscal_year_from"]).argmax()]
    first, last = (int(widest[f"fiscal_year_{end}"]) for end in ("from", "to"))
    published = float(widest["value"])
    return first, last, published, int(events["fiscal_year"].between(first, last).sum()) / published


def is_sample(events: pd.DataFrame, totals: pd.DataFrame) -> bool:
    """Return whether the register must be called a sample: under 90% of the longest published total, or none is."""
    found = covered(events, totals)
    return found is None or found[3] < WHOLE
