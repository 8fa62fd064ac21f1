"""Employment in the states in the early 1990s: real tables with confidential cells, on a definition of their own.

The tables of 1991 and 1992 count nonbank affiliates of which a foreigner owns a tenth or more. From 2012 on the
tables here count affiliates owned to more than half, so that nothing of these years is compared with them.
Eight countries are printed one by one; the rest of each region is in the region's total. A rank is therefore one
*of the countries listed*.
"""

from __future__ import annotations

from collections.abc import Hashable
from itertools import product

import numpy as np
import pandas as pd

from helpers.analysis import ranking, suppression
from helpers.analysis.reading import Reading
from helpers.analysis.suppression import Total

BASIS = "nonbank US affiliates owned to ten percent or more, by country of ultimate beneficial owner"
TABLE = "jobs_state_1990s"
REGIONS = {
    "CAN": (),
    "B_EUR": ("CHE", "DEU", "FRA", "GBR", "NLD"),
    "B_LAC": (),
    "B_AFR": (),
    "B_MDE": (),
    "B_APA": ("AUS", "JPN"),
    "USA": (),
}
"""What the table prints under its total, and the countries printed under each region (not all of the region)."""

COUNTRIES = ("AUS", "CAN", "CHE", "DEU", "FRA", "GBR", "JPN", "NLD")
"""The owners printed one by one. ``USA``, owners in the United States itself, is no foreign employer."""


def reading(
    table: pd.DataFrame, subject: str, *, place: str, year: int = 1992, measure: str = "all_industries"
) -> Reading | None:
    """Return where ``subject`` stands among the countries listed for one state, with its band.

    Parameters
    ----------
    table : DataFrame
        ``jobs_state_1990s``: year, state, partner, measure, value (persons; missing where confidential), low, high,
        flag, source. All states of the year help: a cell is no larger than what the nation's row leaves.
    place : str
        State, DC or US.
    year, measure
        1991 or 1992 (1995 and 1996 have two countries and the total only); ``all_industries`` or
        ``manufacturing``.

    Returns
    -------
    Reading or None
        None where the state or the subject is not in the table. ``standing.value`` and ``rank`` are None where
        the subject's own cell is confidential; its band is there all the same.
    """
    rows = table[(table["year"] == year) & (table["measure"] == measure)]
    here = rows[(rows["state"] == place) & rows["partner"].isin(COUNTRIES)]
    if subject not in set(here["partner"]):
        return None
    cells = rows.set_index(["state", "partner"], drop=False)
    total = cells["value"].get((place, "WLD"))
    whole = None if total is None or np.isnan(float(total)) else float(total)
    universe = [(place, code) for code in here["partner"]]
    league = suppression.league(cells, totals(cells.index), universe, total=whole)
    return Reading(
        id="jobs_1990s",
        standing=ranking.standing(league, subject),
        league=league,
        year=year,
        unit="persons",
        table=TABLE,
        basis=BASIS,
        vintage="1994",
        source=str(here["source"].iloc[0]),
        place=place,
        total=whole,
    )


def totals(index: pd.Index) -> tuple[Total, ...]:
    """Return the sums that the tables print, as far as their cells are in hand.

    Each state's total is the sum of its regions, Canada and the United States; a region is at least the sum of
    its countries that are printed; and the nation's row is at least the sum of the states in hand.
    """
    keys = set(index)
    states = sorted({str(state) for state, _ in keys})
    found = []
    for state in states:
        if all((state, part) in keys for part in ("WLD", *REGIONS)):
            found.append(Total((state, "WLD"), tuple((state, part) for part in REGIONS)))
        for region, countries in REGIONS.items():
            listed = tuple((state, c) for c in countries if (state, c) in keys)
            if listed and (state, region) in keys:
                found.append(Total((state, region), listed, complete=False))
    owners = sorted({str(partner) for _, partner in keys})
    for owner in owners:
        parts: tuple[Hashable, ...] = tuple(
            key for key in product(states, [owner]) if key in keys and key[0] != "US"
        )
        if ("US", owner) in keys and parts:
            found.append(Total(("US", owner), parts, complete=False))
    return tuple(found)
