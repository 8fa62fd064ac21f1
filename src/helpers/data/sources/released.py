"""The day by which a year had first been published, for rows that come from a publisher now."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.data import catalog

YEARS_LATER = {"jobs_state": 2, "jobs_national": 2}
"""Employment of a year is published in the second year after it, everything else in the year after."""


def days(table: str, years: Iterable[int], known: str) -> dict[int, str]:
    """Return for each year the day by which it had been published, in whichever vintage.

    It is the day our table already gives, else the outer bound that table uses (the last day of the first or
    second year after), and never later than ``known``, the ISO day on which the publisher had it.
    """
    held = catalog.load(table, vintage="all").groupby("year")["released"].min()
    bound = {year: f"{year + YEARS_LATER.get(table, 1)}-12-31" for year in years}
    return {year: min(known, str(held.get(year, last))) for year, last in bound.items()}


def span(years: Iterable[int]) -> str:
    """Return years as a period.

    Examples
    --------
    >>> span([2014, 2015, 2016, 2019])
    '2014-2016, 2019'
    """
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
