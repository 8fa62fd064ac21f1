"""The age of a table in whole months: from the end of its newest period to the day of the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.analysis.lookup import Lookup
from helpers.analysis.universes import rows_of
from helpers.errors import AnalysisError, compose

FISCAL = ("fiscal_year", "fiscal_year_from")
"""Columns of Japanese fiscal years, which end in March of the year after."""


def months(universe: Mapping[str, Any], load: Lookup) -> int:
    """Return the whole months from the newest period of ``column`` among the rows to the day ``to``; at least 0.

    Raises
    ------
    AnalysisError
        If that period does not end on the day that the trace names.
    """
    end, day = ended(rows_of(universe, load), universe["column"]), pd.Timestamp(universe["to"])
    if end != universe["end"]:
        todo = "Build the brief again."
        raise AnalysisError(compose(f"table {universe['table']}", f"an end of {universe['end']}", end, todo))
    first = pd.Timestamp(end)
    n = 12 * (day.year - first.year) + day.month - first.month
    return max(0, n - (first + pd.DateOffset(months=n) > day))


def ended(rows: pd.DataFrame, column: str) -> str:
    """Return the last day of the newest period of a column: a day, a month, a year or a fiscal year."""
    times = rows.loc[rows[column].notna() & (rows[column] != ""), column]
    newest = times.max()
    if isinstance(newest, str):
        end = pd.Timestamp(newest) + {4: pd.offsets.YearEnd(0), 7: pd.offsets.MonthEnd(0)}.get(
            len(newest), pd.Timedelta(0)
        )
        return str(end.date())
    if column in FISCAL:
        return f"{int(newest) + 1}-03-31"
    month = next((name for name in ("month", "months") if name in rows), "")
    last = int(rows.loc[times.index[times == newest], month].max()) if month else 12
    return str((pd.Timestamp(int(newest), last, 1) + pd.offsets.MonthEnd(1)).date())
