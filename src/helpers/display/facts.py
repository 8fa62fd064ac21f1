"""The numbers of a page as they go into the ``.json`` beside it, with stable ids and the way back to the row."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import pandas as pd

from helpers.analysis.lineage import Lineage
from helpers.analysis.reading import Reading
from helpers.display.block import Value
from helpers.display.markup import numbers_in
from helpers.display.prose import Voice


def value(
    voice: Voice,
    name: str,
    label: str,
    figure: float | int | str | None,
    unit: str,
    period: str | int,
    lineage: Lineage,
    **ranked: Any,
) -> Value:
    """Return one number with its complete trace.

    Parameters
    ----------
    name
        Stable id.
    label
        What is counted, in the language of the brief.
    lineage
        The cells and the operation it is made of.
    ranked
        ``rank``, ``band`` and ``of``.
    """
    return Value(name, label, figure, unit, str(period), trace=voice.trace(lineage, unit), **ranked)


def of_reading(voice: Voice, reading: Reading, label: str, *, prefix: str = "") -> tuple[Value, ...]:
    """Return value, rank, share, total, change and the neighbours' distances of a reading.

    Parameters
    ----------
    reading
        What is shown.
    label
        What is measured, in the language of the brief.
    prefix
        Stands before the id (``exports.value`` becomes ``prefix.exports.value``).
    """
    place, period = reading.standing, str(reading.year)
    ranked: dict[str, Any] = {"rank": reading.rank}
    if reading.printed_rank is None and reading.rank is not None:
        ranked |= {"band": (place.best, place.worst), "of": place.of}
    found: list[tuple[str, float | int | None, str, dict[str, Any]]] = [
        ("value", place.value, reading.unit, ranked)
    ]
    if reading.rank is not None:
        found.append(("rank", reading.rank, "rank", ranked))
    for part, figure, unit in (
        ("share", place.share, "fraction"),
        ("total", reading.total, reading.unit),
        ("growth", reading.growth, "fraction"),
        ("share_change", reading.share_change, "fraction"),
    ):
        if figure is not None:
            found.append((part, figure, unit, {}))
    for side, other in (("above", place.above), ("below", place.below)):
        if other is not None:
            found.append((f"{side}.gap", other.gap, reading.unit, {}))
            if other.gap_share is not None:
                found.append((f"{side}.gap_share", other.gap_share, "fraction", {}))
    return tuple(
        value(
            voice, f"{prefix}{reading.id}.{part}", label, figure, unit, period, reading.lineage(part), **more
        )
        for part, figure, unit, more in found
    )


def of_rows(
    voice: Voice,
    frame: pd.DataFrame,
    *,
    prefix: str,
    key: str,
    columns: Mapping[str, str],
    label: str,
    lineage: Callable[[Any, str], Lineage],
    period: str | int | None = None,
    period_column: str = "",
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
    lineage
        Given a row as a mapping and a column: where the number comes from.
    """
    values = []
    for record in frame.to_dict("records"):
        when = record[period_column] if period_column else period
        middle = f"{record[key]}.{when}" if period_column and period_column != key else f"{record[key]}"
        values += [
            value(
                voice,
                f"{prefix}.{middle}.{column}",
                label,
                record[column],
                unit,
                str(when),
                lineage(record, column),
            )
            for column, unit in columns.items()
            if not pd.isna(record[column])
        ]
    return tuple(values)


def of_league(reading: Reading) -> Callable[[Any, str], Lineage]:
    """Return what :func:`of_rows` wants for rows of a reading's league (``value``, ``share``, ``rank``)."""
    return lambda record, column: reading.lineage(column, record["partner"])


def rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Return the rows as named tuples whose fields have the frame's own types, the first of them ``Index``."""
    columns = (frame[name] for name in frame)
    return map(_row(("Index", *frame.columns))._make, zip(frame.index, *columns, strict=True))


@cache
def _row(fields: tuple[str, ...]) -> Any:
    """Return the class of the rows of a frame: making it takes longer than filling it."""
    return namedtuple("Row", fields, rename=True)


def said(values: Iterable[Value], *texts: str) -> tuple[Value, ...]:
    """Return only those numbers that marked texts show."""
    ids = {id for text in texts for id in numbers_in(text)}
    return tuple(value for value in values if value.id in ids)


def gathered(*groups: Iterable[Value]) -> tuple[Value, ...]:
    """Return the numbers of several groups, the first of each id only."""
    seen: dict[str, Value] = {}
    for group in groups:
        for value in group:
            seen.setdefault(value.id, value)
    return tuple(seen.values())
