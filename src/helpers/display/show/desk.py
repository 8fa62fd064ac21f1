"""The numbers that lay on the desk on one day, recomputed from the tables: of the nation and of every state.

They are the numbers of the briefs that speak of the subject itself: each reading with its rank, share, total,
change and distances, its history, and what was done. Two days of the same tables, set beside each other by
:mod:`helpers.analysis.changes`, give what changed between two editions without either of them being built.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from helpers.analysis import activity, investment, jobs, trade
from helpers.analysis.reading import Reading
from helpers.display import facts
from helpers.display.block import Value
from helpers.display.prose import Voice

JAPAN = "JPN"
FLOWS = ("exports", "imports")
PAST = {"value": "million USD", "share": "fraction", "rank": "rank"}
"""What the history of a flow holds, with its unit."""

ONE_COPY = "the tables in hand"
"""Stands for the digest of every table: both days are read from one copy, so no correction lies between them."""

Tables = Mapping[str, pd.DataFrame]
Document = dict[str, Any]


def nation(
    voice: Voice, subject: str, tables: Tables, *, groups: Collection[str], as_of: str = ""
) -> Document:
    """Return the nation's numbers as the ``.json`` of a brief holds them.

    Parameters
    ----------
    tables
        ``goods_trade``, ``fdi_position``, ``jobs_national`` and ``activity`` as they were known on ``as_of``.
    groups
        Codes that are groups of partners.
    as_of
        ISO date; empty: everything.
    """
    goods, fdi, employment = (tables[name] for name in ("goods_trade", "fdi_position", "jobs_national"))
    readings = (
        *trade.readings(goods, subject, groups=groups),
        *investment.readings(fdi, subject, groups=groups),
        jobs.reading(employment, subject, groups=groups),
    )
    done = activity.published(tables["activity"], as_of)
    return _document(
        as_of,
        _of_readings(voice, subject, readings),
        *(_trade(voice, subject, goods, flow, groups) for flow in FLOWS),
        *(_positions(voice, subject, fdi, basis) for basis in ("ubo", "foreign_parent")),
        _employed(voice, subject, employment),
        _done(voice, done) if subject == JAPAN and len(done) else (),
    )


def states(
    voice: Voice,
    subject: str,
    tables: Tables,
    places: Iterable[str],
    *,
    groups: Collection[str],
    as_of: str = "",
) -> dict[str, Document]:
    """Return every state's numbers by its code.

    Parameters
    ----------
    tables
        ``state_trade``, ``jobs_state`` and ``events`` (the register) as they were known on ``as_of``.
    places
        Codes of the states.
    """
    goods = dict(iter(tables["state_trade"].groupby("state")))
    local = dict(iter(tables["jobs_state"].groupby("state")))
    days = activity.until(tables["events"], as_of, "date_start")
    none = tables["state_trade"].iloc[:0]
    found = {}
    for place in places:
        at: dict[str, Any] = {"groups": groups, "value": "value_usd", "name": "state_trade", "place": place}
        traded = [trade.reading(goods.get(place, none), flow, subject, **at) for flow in FLOWS]
        employed = local.get(place)
        worked = None if employed is None else jobs.reading(employed, subject, groups=groups, place=place)
        held = _held(voice, place, days) if subject == JAPAN else ()
        found[place] = _document(as_of, _of_readings(voice, subject, [*traded, worked]), held)
    return found


def _document(as_of: str, *groups: Iterable[Value]) -> Document:
    values = facts.gathered(*groups)
    return {
        "values": [value.to_json() for value in values],
        "tables": {row["table"]: {"sha256": ONE_COPY} for value in values for row in _rows(value)},
        "parameters": {"as_of": as_of},
    }


def _rows(value: Value) -> list[Mapping[str, Any]]:
    """Return the rows that a trace names, which may be the trace itself."""
    trace = value.trace or {}
    return list(trace.get("rows") or ([trace] if "table" in trace else []))


def _of_readings(voice: Voice, subject: str, readings: Iterable[Reading | None]) -> Iterator[Value]:
    for reading in readings:
        if reading is not None:
            yield from facts.of_reading(reading, measured(voice, subject, reading.id))


def measured(voice: Voice, subject: str, name: str) -> str:
    """Return what a measure is called: the partner is named in those of trade."""
    return voice.say(f"changes.of.{name}", subject=voice.the(subject))


def _trade(
    voice: Voice, subject: str, table: pd.DataFrame, flow: str, groups: Collection[str]
) -> Iterator[Value]:
    past = trade.history(table, flow, groups=groups)
    own = table[(table["partner"] == subject) & (table["flow"] == flow)].set_index("year")
    for row in facts.rows(past[past["partner"] == subject]):
        at, label = own.loc[row.year], measured(voice, subject, flow)
        for name, unit in PAST.items():
            if not pd.isna(getattr(row, name)):
                key = {"year": row.year, "partner": subject, "flow": flow}
                way = _way("goods_trade", "value_musd", name, key, at, trade.BASES[flow])
                number = getattr(row, name)
                yield Value(f"{flow}.past.{row.year}.{name}", label, number, unit, str(row.year), trace=way)


def _positions(voice: Voice, subject: str, table: pd.DataFrame, basis: str) -> Iterator[Value]:
    name = "fdi" if basis == "ubo" else "fdi_parent"
    label, said = voice.say(f"changes.of.{name}"), investment.BASES[basis]
    rows = table[
        (table["basis"] == basis) & (table["partner"] == subject) & table["value_musd"].notna()
    ].sort_values("year")
    for at in facts.rows(rows):
        key = {"year": at.year, "partner": subject, "basis": basis}
        way = _way("fdi_position", "value_musd", "value", key, at, said)
        yield Value(
            f"{name}.past.{at.year}.value", label, at.value_musd, "million USD", str(at.year), trace=way
        )


def _employed(voice: Voice, subject: str, table: pd.DataFrame) -> Iterator[Value]:
    rows = table[(table["partner"] == subject) & table["value"].notna()].sort_values("year")
    for at in facts.rows(rows):
        way = _way("jobs_national", "value", "value", {"year": at.year, "partner": subject}, at, jobs.BASIS)
        words = voice.say("changes.of.jobs")
        yield Value(f"jobs.past.{at.year}.value", words, at.value, "persons", str(at.year), trace=way)


def _done(voice: Voice, table: pd.DataFrame) -> Iterator[Value]:
    for at in facts.rows(table[table["measure"].isin(("participants", "projects"))]):
        first, last = int(at.fiscal_year_from), int(at.fiscal_year_to)
        period = f"FY{first}" if first == last else f"FY{first}-FY{last}"
        key = {"fiscal_year_from": first, "fiscal_year_to": last, "measure": at.measure}
        way = _way("activity", "value", "value", key, at, "")
        words = voice.say(f"changes.of.{at.measure}")
        yield Value(f"activity.past.{period}.{at.measure}", words, at.value, at.measure, period, trace=way)


def _held(voice: Voice, place: str, days: pd.DataFrame) -> tuple[Value, ...]:
    way = {"how": "count", "rows": [{"as": "each", "table": "events", "where": {"state": place}}]}
    count, words = len(activity.in_state(days, place)), voice.say("changes.of.events")
    return (Value("events.count", words, count, "events", "register", trace=way),)


def _way(table: str, column: str, how: str, key: Mapping[str, object], at: Any, basis: str) -> dict[str, Any]:
    """Return the trace of a number that one row gives, ``at`` being that row."""
    row = {"as": "value", "table": table, "column": column, "where": dict(key)}
    found = {"vintage": getattr(at, "vintage", ""), "source": at.source}
    return {"how": how, "rows": [row | found], "universe": None, "basis": basis}
