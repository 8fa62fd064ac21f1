"""The numbers of a page as they go into the ``.json`` beside it, with stable ids and the way back to the row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from helpers.analysis.reading import Reading
from helpers.display.block import Value


def of_reading(reading: Reading, label: str, *, prefix: str = "") -> tuple[Value, ...]:
    """Return value, share, rank, total and neighbours' values of a reading.

    Parameters
    ----------
    reading
        What is shown.
    label
        What is measured, in the language of the brief.
    prefix
        Stands before the id (``exports.value`` becomes ``prefix.exports.value``).
    """
    name, place, period = f"{prefix}{reading.id}", reading.standing, str(reading.year)
    trace = trace_of(reading, partner=place.subject)
    ranked: dict[str, Any] = {"rank": reading.rank}
    if reading.printed_rank is None and reading.rank is not None:
        ranked |= {"band": (place.best, place.worst), "of": place.of}
    values = [Value(f"{name}.value", label, place.value, reading.unit, period, trace=trace, **ranked)]
    if reading.rank is not None:
        values.append(Value(f"{name}.rank", label, reading.rank, "rank", period, trace=trace, **ranked))
    if place.share is not None:
        values.append(Value(f"{name}.share", label, place.share, "fraction", period, trace=trace))
    if reading.total is not None:
        values.append(
            Value(
                f"{name}.total",
                label,
                reading.total,
                reading.unit,
                period,
                trace=trace_of(reading, partner="WLD"),
            )
        )
    if reading.growth is not None:
        values.append(Value(f"{name}.growth", label, reading.growth, "fraction", period, trace=trace))
    if reading.share_change is not None:
        values.append(
            Value(f"{name}.share_change", label, reading.share_change, "fraction", period, trace=trace)
        )
    for side, other in (("above", place.above), ("below", place.below)):
        if other is not None:
            values += [
                Value(f"{name}.{side}.gap", label, other.gap, reading.unit, period, trace=trace),
            ]
            if other.gap_share is not None:
                values.append(
                    Value(f"{name}.{side}.gap_share", label, other.gap_share, "fraction", period, trace=trace)
                )
    return tuple(values)


def trace_of(reading: Reading, **key: object) -> dict[str, Any]:
    """Return the way back: table, row key, vintage, basis and source."""
    where = {"year": reading.year, "place": reading.place, **key}
    return {
        "table": reading.table,
        "key": where,
        "vintage": reading.vintage,
        "basis": reading.basis,
        "source": reading.source,
    }


def of_rows(
    frame: pd.DataFrame,
    *,
    prefix: str,
    key: str,
    columns: Mapping[str, str],
    label: str,
    period: str | int | None = None,
    period_column: str = "",
    trace: Mapping[str, Any] | None = None,
) -> tuple[Value, ...]:
    """Return one number a cell of ``columns``, with ids ``prefix.<key>[.<period>].<column>``; missing cells left out.

    Parameters
    ----------
    frame
        What a table or chart shows, before formatting.
    key
        Column whose value names the row in the id.
    columns
        Column to unit.
    period, period_column
        One period for all rows, or the column that holds it (then it is part of the id).
    trace
        The way back, to which the row's key is added.
    """
    values = []
    for record in frame.to_dict("records"):
        when = record[period_column] if period_column else period
        middle = f"{record[key]}.{when}" if period_column and period_column != key else f"{record[key]}"
        way = (
            None
            if trace is None
            else {**trace, "key": {**trace.get("key", {}), key: record[key], "period": str(when)}}
        )
        values += [
            Value(f"{prefix}.{middle}.{column}", label, record[column], unit, str(when), trace=way)
            for column, unit in columns.items()
            if not pd.isna(record[column])
        ]
    return tuple(values)


def rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Return the rows as named tuples whose fields have the frame's own types."""
    return iter(frame.itertuples())


def single(
    name: str,
    label: str,
    value: float | int | None,
    unit: str,
    period: str | int,
    table: str,
    /,
    **key: object,
) -> Value:
    """Return one number from one row of one table."""
    return Value(name, label, value, unit, str(period), trace={"table": table, "key": key})


def gathered(*groups: Iterable[Value]) -> tuple[Value, ...]:
    """Return the numbers of several groups, the first of each id only."""
    seen: dict[str, Value] = {}
    for group in groups:
        for value in group:
            seen.setdefault(value.id, value)
    return tuple(seen.values())
