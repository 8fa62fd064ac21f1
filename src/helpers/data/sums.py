"""Whether the rows a refresh brings add up to the totals that came with them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.data import catalog
from helpers.data.changes import MEMBERS, Changes, measure
from helpers.data.reconcile import Check
from helpers.errors import listed

WORLD = "WLD"
EXACT = "value_usd"
"""The column that is published to the dollar; figures in millions and persons are rounded."""
ABOVE = 0.0002
"""Part of the total by which partners may exceed it: those of 2022 do in the country file of March 2023."""
SHORT = 0.03
"""Most that listed partners may lack to the world where nothing is suppressed; 2.8 percent is the widest gap known."""


def of(changes: Changes, *, whole: bool) -> list[Check]:
    """Return the checks of the periods that a refresh touches; none for a table without partners and their total.

    Partners may not exceed the total by more than rounding; a suppressed cell counts as its lowest number, never as
    0 where its size is known. Where the publisher gave everything (`whole`) and the table knows no suppression, they
    may not fall short of it either: an answer that was cut short would.
    """
    table, value = changes.table, measure(changes.table)
    lowest = next(field.minimum for field in table.fields if field.name == value)
    if "partner" not in table.columns or lowest is None or lowest < 0:
        return []
    scope = [name for name in table.primary_key if name not in MEMBERS]
    scope += ["vintage"] if "vintage" in table.columns else []
    touched = pd.concat([changes.added, changes.revised, changes.dropped])[scope].drop_duplicates()
    rows = changes.after.merge(touched, on=scope)
    rows = rows.assign(low=_edge(rows, "low", value, -0.5), high=_edge(rows, "high", value, 0.5))
    kinds = catalog.load("aggregates").set_index("code")["kind"]
    kind = rows["partner"].map(kinds).fillna("partner")
    parts = rows[kind.isin(["partner", "unknown"])].groupby(scope)
    total = rows[rows["partner"] == WORLD].set_index(scope)
    low, high = parts["low"].sum().reindex(total.index), parts["high"].sum().reindex(total.index)
    found = [
        _check(
            table.name,
            "above",
            low - total["high"] * (1 + ABOVE),
            "partners add up to no more than their total",
        )
    ]
    if whole and "flag" not in table.columns:
        short = total["low"] * (1 - SHORT) - high
        found.append(_check(table.name, "short", short, "partners reach their total"))
    return found if len(total) else []


def _edge(rows: pd.DataFrame, column: str, value: str, rounding: float) -> pd.Series:
    """Return the low or high end of each figure: as published, else the figure with its rounding, else no bound."""
    edge = rows[value].astype("float64") + (0.0 if value == EXACT else rounding)
    given = rows[column] if column in rows else pd.Series(np.nan, index=rows.index)
    return given.astype("float64").fillna(edge).fillna(0.0 if rounding < 0 else np.inf)


def _check(table: str, name: str, beyond: pd.Series, words: str) -> Check:
    """Return whether no sum is beyond its bound; `beyond` is by how much each one is."""
    wrong = beyond[beyond > 1e-3]
    where = listed(" ".join(map(str, key if isinstance(key, tuple) else (key,))) for key in wrong.index)
    return Check(
        f"refresh.{table}.{name}",
        f"{table}: {words}",
        f"{table}：国別の合計と合計値",
        wrong.empty,
        f"0 of {len(beyond):,} sums beyond",
        f"{len(wrong)} beyond" + (f", by up to {wrong.max():,.0f}" if len(wrong) else ""),
        where if len(wrong) else "",
    )
