"""What a trace says of a number, in a form in which two editions can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

PERIODS = (
    "year",
    "fiscal_year",
    "fiscal_year_from",
    "fiscal_year_to",
    "month",
    "date",
    "date_start",
    "date_end",
    "period",
    "published",
)
"""Columns of a row's key that say when; the rest of the key says what."""

EDITIONS = ("vintage", "until", "span", "source", "end", "to", "shape", "first", "days")
"""What a universe says of when and of which edition, or what was fitted to its rows, and not of what it is made up."""

DEFINITIONS = ("basis", "definition")
"""Columns of a row's key that say by which definition it was counted."""


@dataclass(frozen=True)
class Footprint:
    """The rows behind a number, as far as its trace records them.

    Attributes
    ----------
    how, basis, universe, columns : str
        Operation, definition, the league it is ranked in and the columns it is taken from; empty where the
        trace does not say.
    periods : tuple of str
        The periods of its rows, sorted.
    until : str
        The days to which a register is followed; empty: to its end.
    vintages : mapping
        Table to the vintages of its rows; a table whose rows have none has an empty set.
    tables : frozenset of str
        The tables.
    rows : tuple of str
        The rows' keys, sorted.
    """

    how: str = ""
    basis: str = ""
    universe: str = ""
    columns: str = ""
    periods: tuple[str, ...] = ()
    until: str = ""
    vintages: Mapping[str, frozenset[str]] = field(default_factory=dict)
    tables: frozenset[str] = frozenset()
    rows: tuple[str, ...] = ()


def footprint(trace: Mapping[str, Any] | None) -> Footprint:
    """Return what a trace records; an empty footprint where there is none."""
    if not trace:
        return Footprint()
    rows, universe = list(_rows(trace)), trace.get("universe") or {}
    each = universe.get("each") or ()
    nested = [part for one in each for part in (*_rows(one), one.get("universe") or {}) if part]
    sources = [*rows, *([universe] if universe else []), *nested]
    vintages: dict[str, frozenset[str]] = {}
    for source in sources:
        name, vintage = str(source["table"]), _vintages(source.get("vintage"))
        vintages[name] = vintages.get(name, frozenset()) | vintage
    columns = sorted({f"{row['table']}.{row['column']}" for row in rows if row.get("column")})
    bases = sorted({str(row["where"][key]) for row in rows for key in DEFINITIONS if key in row["where"]})
    return Footprint(
        how=str(trace.get("how") or ""),
        basis="; ".join(filter(None, [str(trace.get("basis") or ""), *bases])),
        universe=_universe(universe),
        columns=", ".join(columns),
        periods=tuple(sorted({text for source in sources for text in _periods(source)})),
        until=", ".join(sorted(str(day) for day in (universe.get("until") or {}).values())),
        vintages=vintages,
        tables=frozenset(vintages),
        rows=tuple(sorted(_text([row["table"], row["where"]]) for row in rows)),
    )


def _rows(trace: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for row in trace.get("rows") or ():
        yield {**row, "where": dict(row.get("where") or {})}


def _vintages(vintage: Any) -> frozenset[str]:
    several = vintage if isinstance(vintage, list | tuple) else [vintage]
    return frozenset(str(item) for item in several if item not in (None, ""))


def _periods(source: Mapping[str, Any]) -> Iterator[str]:
    for name, value in (source.get("where") or {}).items():
        if name in PERIODS:
            yield _text(value)
    if source.get("span"):
        yield _text(source["span"])


def _universe(universe: Mapping[str, Any]) -> str:
    """Return how a league is made up, periods and vintages left out at every level; empty where there is none."""
    return _text(_definition(universe)) if universe else ""


def _definition(part: Any) -> Any:
    if isinstance(part, Mapping):
        found = {key: _definition(item) for key, item in part.items() if key not in (*PERIODS, *EDITIONS)}
        if "each" in found:  # the same definition in several vintages is one
            found["each"] = _once(found["each"])
        if "with" in found:  # and so are the same rows of several years, added up
            own = {key: item for key, item in found.items() if key not in ("with", "less", "of")}
            found["with"] = [one for one in _once(found["with"]) if one != own]
        return {key: item for key, item in found.items() if key != "with" or item}
    return [_definition(item) for item in part] if isinstance(part, list | tuple) else part


def _once(parts: list[Any]) -> list[Any]:
    return [part for n, part in enumerate(parts) if part not in parts[:n]]


def _text(value: Any) -> str:
    """Return a value of a trace in one writing, whatever the order of its keys and the type of its sequences."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_text(value[key])}" for key in sorted(value, key=str)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_text, value)) + "]"
    return str(value)
