"""Employment of majority-owned US affiliates: the nation's and a state's foreign employers."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from helpers.analysis import lineage, ranking, suppression
from helpers.analysis.lineage import Universe
from helpers.analysis.reading import Reading, growth, origin
from helpers.analysis.suppression import Total

BASIS = "majority-owned US affiliates (MOUSA), by country of ultimate beneficial owner"


def reading(
    table: pd.DataFrame, subject: str, *, groups: Collection[str], year: int | None = None, place: str = "US"
) -> Reading | None:
    """Return where ``subject`` stands among the foreign employers of the nation or of one state.

    Parameters
    ----------
    table
        ``jobs_national``, or ``jobs_state`` with ``place`` the code of a state: year, partner, value, low,
        high. A size range or a confidential cell has no rank of its own but counts in the bands of the others,
        as far as the published total of all countries allows; a figure rounded to a hundred stands for 50
        either way.
    year
        Default: the newest year in which the subject has a figure and at least one other country too.

    Returns
    -------
    Reading or None
        None where no figure of the subject is in hand.
    """
    rows = table if place == "US" else table[table["state"] == place]
    rows = rows[~rows["partner"].isin(set(groups) - {"WLD"})]
    own = rows[(rows["partner"] == subject) & rows["value"].notna()]
    if own.empty:
        return None
    if year is None:
        others = rows[(rows["partner"] != subject) & (rows["partner"] != "WLD")]
        shared = own[own["year"].isin(others["year"])]
        year = int((own if shared.empty else shared)["year"].max())
    now = rows[rows["year"] == year]
    total = now.loc[now["partner"] == "WLD", "value"].dropna()
    whole = float(total.iloc[0]) if len(total) else None
    league = _league(now, whole)
    if whole is None:
        league = league.assign(share=float("nan"))
    vintage, source = origin(now, subject)
    name = "jobs_national" if place == "US" else "jobs_state"
    past = rows[(rows["year"] == year - 1) & (rows["partner"] == subject)]
    here: dict[str, object] = {"year": year} | ({} if place == "US" else {"state": place})
    return Reading(
        id="jobs",
        standing=ranking.standing(league, subject),
        league=league,
        year=year,
        unit="persons",
        table=name,
        basis=BASIS,
        vintage=vintage,
        source=source,
        place=place,
        total=whole,
        growth=growth(rows, subject, year, value="value"),
        printed_rank=_printed_rank(now, subject),
        cells=lineage.by_code(now, name, "value"),
        before=lineage.by_code(past, name, "value"),
        among=Universe(name, "value", "partner", here, without="aggregates", more={"low": "low"}),
    )


def _league(now: pd.DataFrame, whole: float | None) -> pd.DataFrame:
    """Return the countries ranked; a confidential one has no more jobs than the published total leaves."""
    countries = now[now["partner"] != "WLD"]
    if whole is None:
        return ranking.league(countries, low="low", high="high", hidden=(0.0, float("inf")))
    cells = now.set_index("partner", drop=False)
    universe = tuple(countries["partner"])
    return suppression.league(cells, [Total("WLD", universe, complete=False)], universe, total=whole)


def by_state(table: pd.DataFrame, subject: str) -> pd.DataFrame:
    """Return ``subject``'s jobs and printed rank in every state with a figure in the newest such year.

    Returns
    -------
    DataFrame
        state, year, partner, value (persons), rank (as printed in the source, among the countries in that
        state), vintage, source.
    """
    rows = table[(table["partner"] == subject) & table["value"].notna() & table["rank_printed"].notna()]
    rows = rows[rows["year"] == rows["year"].max()].rename(columns={"rank_printed": "rank"})
    columns = ["state", "year", "partner", "value", "rank", "vintage", "source"]
    return rows.reindex(columns=columns).astype({"rank": int}).reset_index(drop=True)


def per_thousand(jobs: float, employed: float) -> float:
    """Return jobs for every thousand employed persons."""
    return 1000 * jobs / employed


def _printed_rank(rows: pd.DataFrame, subject: str) -> int | None:
    if "rank_printed" not in rows:
        return None
    printed = rows.loc[rows["partner"] == subject, "rank_printed"].dropna()
    return int(printed.iloc[0]) if len(printed) else None
