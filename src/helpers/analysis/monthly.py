"""Exact sums of monthly figures over Japanese fiscal years, of complete years only."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.errors import AnalysisError, compose, listed

_MONTHS_A_YEAR = 12


def fiscal_sums(
    monthly: pd.DataFrame,
    *,
    value: str = "value_usd",
    by: Sequence[str] = ("partner", "flow"),
    year: str = "year",
    month: str = "month",
    gaps: str = "drop",
) -> pd.DataFrame:
    """Return sums over Japanese fiscal years, of complete years only.

    Parameters
    ----------
    monthly : DataFrame
        One row a key and month, in one vintage.
    value, by, year, month : str
        Columns: the summand, the key, the calendar year and the month (1-12).
    gaps : "drop" or "zero"
        A key without a row in one of the twelve months: "drop" leaves that fiscal year out; "zero" reads the
        absence as no trade, provided that the frame has the month for some other key. (The Census Bureau
        prints no row where nothing was traded.) A row whose value is missing always leaves the year out.

    Returns
    -------
    DataFrame
        `by`, ``fiscal_year`` and `value` in the unit of the input, sorted; one row a key and complete year.

    Raises
    ------
    AnalysisError
        For an absent column, a month outside 1-12, or a month that occurs twice for one key.
    """
    if gaps not in ("drop", "zero"):
        raise AnalysisError(compose("gaps", "one of 'drop', 'zero'", repr(gaps), "Correct the argument."))
    keys = list(by)
    columns = [*keys, year, month, value]
    if absent := [c for c in columns if c not in monthly]:
        raise _monthly_error("columns", listed(columns), f"a frame without {listed(absent)}")
    if not monthly[month].isin(range(1, 13)).all():
        raise _monthly_error(month, "1 to 12", listed(sorted(set(monthly[month]) - set(range(1, 13)))))
    twice = monthly.loc[monthly.duplicated([*keys, year, month]), [*keys, year, month]]
    if not twice.empty:
        again = listed(twice.drop_duplicates().itertuples(index=False, name=None))
        raise _monthly_error("key", "each month once", f"more than one row for {again}")

    rows = monthly[columns].assign(fiscal_year=monthly[year].where(monthly[month] >= 4, monthly[year] - 1))
    groups = rows.groupby([*keys, "fiscal_year"], as_index=False, dropna=False)
    sums = groups.agg(total=(value, "sum"), seen=(value, "size"), given=(value, "count"))
    covered = rows.drop_duplicates([year, month]).groupby("fiscal_year").size()
    present = sums["seen"] if gaps == "drop" else sums["fiscal_year"].map(covered)
    complete = (present == _MONTHS_A_YEAR) & (sums["given"] == sums["seen"])
    kept = sums.loc[complete, [*keys, "fiscal_year", "total"]].rename(columns={"total": value})
    return kept.sort_values([*keys, "fiscal_year"]).reset_index(drop=True)


def _monthly_error(what: str, expected: str, got: str) -> AnalysisError:
    return AnalysisError(
        compose(f"monthly frame, {what}", expected, got, "Pass one row a key and month, in one vintage.")
    )
