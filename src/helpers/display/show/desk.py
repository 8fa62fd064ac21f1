"""The numbers that lay on the desk on one day, recomputed from the tables: of the nation and of every state.

They are the numbers of the briefs that speak of the subject itself: each reading with its rank, share, total,
change and distances, its history, and what was done. Two days of the same tables, set beside each other by
:mod:`helpers.analysis.changes`, give what changed between two editions without either of them being built.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from helpers.analysis import activity, investment, jobs, lineage, trade
from helpers.analysis.lineage import Lineage
from helpers.analysis.reading import Reading
from helpers.display import facts
from helpers.display.block import Value
from helpers.display.prose import Voice

JAPAN = "JPN"
FLOWS = ("exports", "imports")
NATION = ("goods_trade", "fdi_position", "jobs_national", "activity")
STATES = ("state_trade", "jobs_state")
"""The tables that the numbers of the nation and of the states are made of, the register of events aside."""

TABLE = {"exports": "state_trade", "imports": "state_trade", "jobs": "jobs_state", "events": "events"}
"""The table of each measure of a state."""

OUTREACH = ("activity", "events")
"""Tables of Japan's own outreach: of no other partner."""

PAST = {"value": "million USD", "share": "fraction", "rank": "rank"}
"""What the history of a flow holds, with its unit."""

EDITIONS = ("goods_trade", "fdi_position", "jobs_national")
"""Tables of the nation whose figures are set beside the year before in the same edition."""

Tables = Mapping[str, pd.DataFrame]
Numbers = dict[str, Value]
"""Id to number."""


def of_nation(load: Callable[..., pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the tables of the nation as ``load`` gives them, those of `EDITIONS` in all their editions too."""
    return {name: load(name) for name in NATION} | {
        _all(name): load(name, vintage="all") for name in EDITIONS
    }


def _all(name: str) -> str:
    return f"{name}, all editions"


def nation(
    voice: Voice, subject: str, tables: Tables, *, groups: Collection[str], as_of: str = ""
) -> Numbers:
    """Return the nation's numbers.

    Parameters
    ----------
    tables
        As they were known on ``as_of``, see `of_nation`.
    groups
        Codes that are groups of partners.
    as_of
        ISO date; empty: everything.
    """
    goods, fdi, employment = (tables[name] for name in ("goods_trade", "fdi_position", "jobs_national"))
    every: list[dict[str, Any]] = [{"groups": groups, "editions": tables[_all(name)]} for name in EDITIONS]
    readings = (
        *trade.readings(goods, subject, **every[0]),
        *investment.readings(fdi, subject, **every[1]),
        jobs.reading(employment, subject, **every[2]),
    )
    done = activity.published(tables["activity"], as_of)
    return _gathered(
        _of_readings(voice, subject, readings),
        *(_trade(voice, subject, goods, flow, groups) for flow in FLOWS),
        *(_positions(voice, subject, fdi, basis) for basis in ("ubo", "foreign_parent")),
        _employed(voice, subject, employment),
        _done(voice, done) if subject == JAPAN and len(done) else (),
    )


def trade_of_states(
    voice: Voice, subject: str, table: pd.DataFrame, places: Iterable[str], groups: Collection[str]
) -> dict[str, Numbers]:
    """Return the numbers of every state's trade with the subject, from ``state_trade``."""
    by_state, none = dict(iter(table.groupby("state"))), table.iloc[:0]
    found = {}
    for place in places:
        at: dict[str, Any] = {"groups": groups, "value": "value_usd", "name": "state_trade", "place": place}
        rows = by_state.get(place, none)
        last = trade.newest(rows)
        recent = (
            rows if last is None else rows[rows["year"] >= last - 1]
        )  # a reading looks at a year and the one before
        readings = [trade.reading(recent, flow, subject, **at) for flow in FLOWS]
        found[place] = _gathered(_of_readings(voice, subject, readings))
    return found


def jobs_of_states(
    voice: Voice, subject: str, table: pd.DataFrame, places: Iterable[str], groups: Collection[str]
) -> dict[str, Numbers]:
    """Return the numbers of the jobs at the subject's affiliates in every state, from ``jobs_state``."""
    read = {place: jobs.reading(table, subject, groups=groups, place=place) for place in places}
    return {place: _gathered(_of_readings(voice, subject, [found])) for place, found in read.items()}


def events_of_states(
    voice: Voice, subject: str, events: pd.DataFrame, places: Iterable[str], as_of: str
) -> dict[str, Numbers]:
    """Return the number of registered events in every state that had begun by ``as_of``; Japan's only."""
    if subject != JAPAN:
        return {place: {} for place in places}
    days = activity.until(events, as_of, "date_start")
    return {place: _gathered(_held(voice, place, days, as_of)) for place in places}


def tables(subject: str, names: Iterable[str]) -> list[str]:
    """Return those of some tables that hold numbers of the subject."""
    return [name for name in names if subject == JAPAN or name not in OUTREACH]


def measured(voice: Voice, subject: str, name: str) -> str:
    """Return what a measure is called: the partner is named in those of trade."""
    return voice.say(f"changes.of.{name}", subject=voice.the(subject))


def _gathered(*groups: Iterable[Value]) -> Numbers:
    return {value.id: value for value in facts.gathered(*groups)}


def _of_readings(voice: Voice, subject: str, readings: Iterable[Reading | None]) -> Iterator[Value]:
    for reading in readings:
        if reading is not None:
            yield from facts.of_reading(voice, reading, measured(voice, subject, reading.id))


def _trade(
    voice: Voice, subject: str, table: pd.DataFrame, flow: str, groups: Collection[str]
) -> Iterator[Value]:
    past = trade.history(table, flow, groups=groups)
    label = measured(voice, subject, flow)
    for row in past[past["partner"] == subject].to_dict("records"):
        for part, unit in PAST.items():
            if not pd.isna(row[part]):
                name = f"{flow}.past.{row['year']}.{part}"
                yield facts.value(voice, name, label, row[part], unit, row["year"], _of_year(row, flow, part))


def _of_year(row: Any, flow: str, part: str) -> Lineage:
    """Return where a part of the history of a flow comes from."""
    own = lineage.cell(row, "goods_trade", "value_musd", flow=flow)
    if part == "value":
        return Lineage("value", (own,))
    if part == "rank":
        where = {"year": row["year"], "flow": flow}
        return Lineage("rank", (own,), trade.ranked_among("goods_trade", "value_musd", where, row["vintage"]))
    world = {**row, "partner": trade.WORLD, "source": row["total_source"]}
    return Lineage("share", (own, lineage.cell(world, "goods_trade", "value_musd", "total", flow=flow)))


def _positions(voice: Voice, subject: str, table: pd.DataFrame, basis: str) -> Iterator[Value]:
    name = "fdi" if basis == "ubo" else "fdi_parent"
    own = table[(table["basis"] == basis) & (table["partner"] == subject)]
    yield from _series(voice, name, own, "fdi_position", "value_musd", "million USD")


def _employed(voice: Voice, subject: str, table: pd.DataFrame) -> Iterator[Value]:
    yield from _series(voice, "jobs", table[table["partner"] == subject], "jobs_national", "value", "persons")


def _series(
    voice: Voice, name: str, own: pd.DataFrame, table: str, column: str, unit: str
) -> Iterator[Value]:
    """Yield the figure of every year in hand."""
    for row in own[own[column].notna()].sort_values("year").to_dict("records"):
        made = Lineage("value", (lineage.cell(row, table, column),))
        words = voice.say(f"changes.of.{name}")
        yield facts.value(
            voice, f"{name}.past.{row['year']}.value", words, row[column], unit, row["year"], made
        )


def _done(voice: Voice, table: pd.DataFrame) -> Iterator[Value]:
    for row in table[table["measure"].isin(("participants", "projects"))].to_dict("records"):
        first, last, measure = int(row["fiscal_year_from"]), int(row["fiscal_year_to"]), str(row["measure"])
        period = f"FY{first}" if first == last else f"FY{first}-FY{last}"
        made = Lineage("value", (lineage.cell(row, "activity", "value"),))
        words = voice.say(f"changes.of.{measure}")
        name = f"activity.past.{period}.{measure}"
        yield facts.value(voice, name, words, row["value"], measure, period, made)


def _held(voice: Voice, place: str, days: pd.DataFrame, as_of: str) -> tuple[Value, ...]:
    count, words = len(activity.in_rooms(activity.in_state(days, place))), voice.say("changes.of.events")
    made = activity.counted(as_of, place)
    return (facts.value(voice, "events.count", words, count, "events", "register", made),)
