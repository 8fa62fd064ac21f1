"""Universes: the rows that a rank, a count, a sum or a statistic is taken from, selected from the tables on hand.

A universe is one figure (the sum of ``column``; one, where no column is named) for each ``by`` (each row, where none
is named) among the rows that meet its conditions:

``where``
    column to a value or a list of values
``vintage``
    the edition, where the table has that column
``without``
    ``aggregates``: codes of that table are left out
``left_out``
    codes that are left out besides
``until``
    column to the last day or year: none later, and rows without one (of a row with a fiscal year: see
    :func:`helpers.analysis.activity.days`)
``span``
    ``{"columns": [year, month], "from": [...], "to": [...]}``, both ends included
``within``
    ``{"columns": [...], "code": ...}``: the code stands in one of these columns, alone or in a list (``DC; VA``)
``filled``
    ``{"columns": [...], "but": [...]}``: one of the columns is neither empty nor one of ``but``
``but``
    column to values: rows that hold none of them
``held``
    columns that are not empty, each of them
``empty``
    columns that are empty, each of them
``with``, ``of``
    of what is added up: further universes whose rows are counted too; of a ratio: those it is divided by
``terms``
    ``[{"where": {...}, "sign": -1}, ...]``: the figure is the sum of these (a deficit: imports less exports)
``above``
    only figures greater than this
``groups``
    code to codes of ``by``: the sum over these is the figure of a group (a district), which stands in their place
``low``
    column with the least a hidden figure can be: it ranks above what is certainly smaller
``equals``, ``ranked``
    of a count: only figures equal to this; only entities in which ``subject`` ranks from ... to ... by ``each``
``each``, ``places``
    of what is held: traces of ranks, and the last place at which the statement holds (none: all are counted)
``less``
    of a count: a second universe whose count is taken away
``beside``, ``control``, ``grid``
    of what is estimated: the universe of presence, of what is held constant, of every measure that is tried
    (``alone``: with nothing held constant)
``also``
    names of further tables that the method reads, lists of codes (``states``, ``aggregates``) aside
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from helpers.analysis.activity import days
from helpers.analysis.lookup import Lookup

PARTS = ("less", "beside", "control", "with", "of", "grid")
"""Conditions that are universes themselves, or lists of them."""


def tables(universe: Mapping[str, Any]) -> list[str]:
    """Return the tables that a universe names, its own first, each once."""
    return list(dict.fromkeys(_tables(universe)))


def _tables(universe: Mapping[str, Any]) -> Iterator[str]:
    yield str(universe["table"])
    for name in PARTS:
        part = universe.get(name) or ()
        for one in (part,) if isinstance(part, Mapping) else part:
            yield from _tables(one)
    yield from universe.get("also", ())


def members(universe: Mapping[str, Any], load: Lookup) -> pd.DataFrame:
    """Return the figures of a universe: ``by`` as the index, columns ``value`` and ``low``."""
    return load.keep(repr(universe), lambda: _members(universe, load))


def _members(universe: Mapping[str, Any], load: Lookup) -> pd.DataFrame:
    rows = rows_of(universe, load)
    by, column = universe["by"], universe["column"]
    if not (by or column or "ranked" in universe):
        return pd.DataFrame({"value": 1.0, "low": 1.0}, index=rows.index)
    if "ranked" in universe:
        return _ranked(rows, universe)
    figures = rows[column].astype(float) if column else pd.Series(1.0, index=rows.index)
    low = rows[universe["low"]].astype(float) if universe.get("low") else figures
    plain = pd.DataFrame(
        {"by": rows[by] if by else rows.index, "value": figures, "low": low.where(low.notna(), figures)}
    )
    for term in universe.get("terms", ()):
        hit = _mask(rows, term["where"])
        plain.loc[hit, ["value", "low"]] *= term.get("sign", 1)
    found = plain.groupby("by", dropna=False)[["value", "low"]].sum(min_count=1)
    if groups := universe.get("groups"):
        sums = {name: found[found.index.isin(codes)].sum() for name, codes in groups.items()}
        found = pd.DataFrame(sums).T.rename_axis("by")
    if "above" in universe:
        found = found[found["value"] > universe["above"]]
    return found[found["value"] == universe["equals"]] if "equals" in universe else found


def rank(value: float, universe: Mapping[str, Any], load: Lookup) -> int:
    """Return one more than the number of entities certainly above ``value``."""
    found = members(universe, load)
    figures, low = found["value"].to_numpy(dtype=float), found["low"].to_numpy(dtype=float)
    return 1 + int((np.where(np.isnan(figures), low, figures) > value).sum())


def rows_of(universe: Mapping[str, Any], load: Lookup) -> pd.DataFrame:
    """Return the rows of a universe."""
    rows = load.rows(universe["table"], universe["where"], universe.get("vintage") or "")
    if universe.get("without") == "aggregates":
        codes = universe["ranked"]["each"] if "ranked" in universe else universe["by"]
        rows = rows[~rows[codes].isin(set(load("aggregates")["code"]))]
    if left := universe.get("left_out"):
        rows = rows[~rows[universe["by"]].isin(left)]
    for column, day in (universe.get("until") or {}).items():
        found = days(rows, column)
        known = found.notna() & (found != "")
        rows = rows[~known | (found.where(known, day) <= day)]
    if span := universe.get("span"):
        stamp = 100 * rows[span["columns"][0]].astype(int) + rows[span["columns"][1]].astype(int)
        rows = rows[stamp.between(*(100 * year + month for year, month in (span["from"], span["to"])))]
    if within := universe.get("within"):
        lists = [rows[name].astype(str).str.split(";") for name in within["columns"]]
        hits = [column.map(lambda codes: within["code"] in [c.strip() for c in codes]) for column in lists]
        rows = rows[pd.concat(hits, axis=1).any(axis=1)] if len(rows) else rows
    if filled := universe.get("filled"):
        held = [
            rows[name].notna() & ~rows[name].isin(["", *filled.get("but", [])]) for name in filled["columns"]
        ]
        rows = rows[pd.concat(held, axis=1).any(axis=1)]
    for name, values in (universe.get("but") or {}).items():
        rows = rows[~rows[name].isin(values)]
    for name in universe.get("held", ()):
        rows = rows[rows[name].notna() & (rows[name] != "")]
    for name in universe.get("empty", ()):
        rows = rows[rows[name].isna() | (rows[name] == "")]
    return rows


def _ranked(rows: pd.DataFrame, universe: Mapping[str, Any]) -> pd.DataFrame:
    wanted = universe["ranked"]
    kept = rows[rows[universe["column"]] > 0]
    order = kept.groupby(universe["by"])[universe["column"]].rank(ascending=False, method="min")
    own = kept[wanted["each"]] == wanted["subject"]
    inside = own & order.between(wanted["from"], wanted["to"])
    return pd.DataFrame({"value": 1.0, "low": 1.0}, index=kept.loc[inside, universe["by"]])


def _mask(rows: pd.DataFrame, where: Mapping[str, Any]) -> pd.Series:
    hit = pd.Series(True, index=rows.index)
    for column, wanted in where.items():
        hit &= rows[column].isin(wanted if isinstance(wanted, list) else [wanted])
    return hit
