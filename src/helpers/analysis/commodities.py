"""The commodities a state trades most of with a partner: rank, share, and how much the first few are of it all."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.analysis import ranking
from helpers.analysis.lineage import Cell, Lineage, Universe

COLUMN = "value_ytd_usd"
"""Column of a partition: the value from January to the month of its row."""


def ranked(top: pd.DataFrame) -> pd.DataFrame:
    """Return commodities with their rank and share of the state's trade with the partner in that flow.

    Parameters
    ----------
    top
        As ``helpers.data.commodities.top``: the largest ones, with ``total_usd`` of all and ``next_usd``, the value of
        the first one that is left out.

    Returns
    -------
    DataFrame
        The rows with ``chapter`` (the first two digits of the code), ``rank``, ``tied`` (with one that is
        left out, too) and ``share`` (a fraction).
    """
    if top.empty:
        return top.assign(chapter="", rank=0, tied=False, share=0.0)
    total = float(top["total_usd"].iloc[0])
    found = ranking.league(top, value="value_usd", entity="commodity", total=total if total > 0 else None)
    beyond = found["value_usd"] == found["next_usd"]
    return found.assign(
        chapter=found["commodity"].str[:2], rank=found["rank"].astype(int), tied=found["tied"] | beyond
    )


def part(top: pd.DataFrame) -> float:
    """Return how much of the state's trade with the partner the commodities shown are, as a fraction."""
    return float(top["value_usd"].sum() / top["total_usd"].iloc[0])


def lineage(rows: pd.DataFrame, part: str, row: Any = None) -> Lineage:
    """Return where a number of the commodities shown comes from.

    Parameters
    ----------
    rows
        As :func:`ranked` returns them.
    part
        ``value``, ``share`` or ``rank`` of one commodity; ``total`` and ``count`` of all; ``part`` and ``shown``: how
        much of it all, and how many, ``rows`` are.
    row
        The commodity, a row of ``rows`` with its fields as attributes.
    """
    first = rows.iloc[0]
    where = {"partner": first["partner"], "month": int(first["month"])}
    column = "" if part in ("count", "shown") else COLUMN
    by = Universe(str(first["table"]), column, "commodity", where)
    named = [row] if row is not None else list(rows.itertuples()) if part in ("part", "shown") else []
    cells = tuple(_cell(one) for one in named)
    how = {"total": "sum_of", "share": "share_of", "part": "share_of", "shown": "listed"}.get(part, part)
    return Lineage(how, cells, None if part == "value" else by)


def _cell(row: Any) -> Cell:
    where = {name: getattr(row, name) for name in ("state", "partner", "flow", "commodity")}
    where |= {"year": int(row.year), "month": int(row.month)}
    return Cell("value", str(row.table), COLUMN, where, str(row.vintage), str(row.source))
