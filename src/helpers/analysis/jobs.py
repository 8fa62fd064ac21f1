"""Employment of majority-owned US affiliates: the nation's and a state's foreign employers."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from helpers.analysis import lineage, ranking, suppression
from helpers.analysis.lineage import Universe
from helpers.analysis.reading import Reading, growth, origin, year_before
from helpers.analysis.suppression import Total

ABSENT = "--"
"""Marker of what did not exist: no job, and no figure either."""
SUPPRESSED = ("(D)", "(*)", *"AFGHIJKLM")
"""Markers of the Bureau of Economic Analysis in place of a figure: confidential, below half the unit, size ranges."""
COUNTRY = r"[A-Z]{3}"
"""Codes of countries; the areas of BEA have others."""
BASIS = "majority-owned US affiliates (MOUSA), by country of ultimate beneficial owner"


def reading(
    table: pd.DataFrame,
    subject: str,
    *,
    groups: Collection[str],
    year: int | None = None,
    place: str = "US",
    editions: pd.DataFrame | None = None,
) -> Reading | None:
    """Return where ``subject`` stands among the foreign employers of the nation or of one state.

    Parameters
    ----------
    table
        ``jobs_national``, or ``jobs_state`` with ``place`` the code of a state: year, partner, value, low,
        high. A size range or a confidential cell has no rank of its own but counts in the bands of the others,
        as far as the published total of all countries allows; a figure rounded to a hundred stands for 50
        either way; ``--``, what did not exist, is none.
    year
        Default: the newest year in which the subject has a figure and at least one other country too; where no year
        has both, the subject's newest.
    editions
        The table with all its vintages, for growth from the year before in the same vintage; default: ``table``.

    Returns
    -------
    Reading or None
        None where neither a figure of the subject nor, in a state, the marker of a suppressed one is in hand. Of a
        suppressed one the reading has the band of ranks and no value; for the nation an earlier year is taken.
    """
    rows = table if place == "US" else table[table["state"] == place]
    rows = rows[~rows["partner"].isin(set(groups) - {"WLD"})]
    known = rows["value"].notna() | (suppressed(rows) if place != "US" else False)
    own = rows[(rows["partner"] == subject) & known]
    if own.empty:
        return None
    if year is None:
        others = rows[(rows["partner"] != subject) & (rows["partner"] != "WLD") & rows["value"].notna()]
        shared = own[own["year"].isin(others["year"])]
        year = int((own if shared.empty else shared)["year"].max())
    now = rows[rows["year"] == year]
    whole, league = _whole(now), ranked(now)
    vintage, source = origin(now, subject)
    name = "jobs_national" if place == "US" else "jobs_state"
    every = table if editions is None else editions
    every = every if place == "US" else every[every["state"] == place]
    past = year_before(every[(every["partner"] == subject) & every["value"].notna()], year, vintage)
    standing = ranking.standing(league, subject)
    here: dict[str, object] = {"year": year} | ({} if place == "US" else {"state": place})
    return Reading(
        id="jobs",
        standing=standing,
        league=league,
        year=year,
        unit="persons",
        table=name,
        basis=BASIS,
        vintage=vintage,
        source=source,
        place=place,
        total=whole,
        growth=growth(standing.value, past, subject, column="value"),
        printed_rank=_printed_rank(now, subject),
        cells=lineage.by_code(now, name, "value"),
        before=lineage.by_code(past, name, "value"),
        among=Universe(name, "value", "partner", here, without="aggregates", more={"low": "low"}),
    )


def _bounded(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with 0 as both ends of what did not exist."""
    if "flag" not in rows:
        return rows
    absent = rows["value"].isna() & (rows["flag"] == ABSENT)
    return rows.assign(low=rows["low"].mask(absent, 0), high=rows["high"].mask(absent, 0))


def suppressed(rows: pd.DataFrame) -> pd.Series:
    """Return which rows hold a marker of suppression in place of a figure."""
    if "flag" not in rows:
        return pd.Series(False, index=rows.index)
    return rows["value"].isna() & rows["flag"].isin(SUPPRESSED)


def _whole(rows: pd.DataFrame) -> float | None:
    total = rows.loc[rows["partner"] == "WLD", "value"].dropna()
    return float(total.iloc[0]) if len(total) else None


def ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the league of the countries of one year and place; ``rows`` may hold the total, and no other group.

    A confidential country has no jobs below zero, and no more than the published total leaves.
    """
    now, whole = _bounded(rows), _whole(rows)
    countries = now[now["partner"] != "WLD"]
    if whole is None:
        found = ranking.league(countries, low="low", high="high", hidden=(0.0, float("inf")))
        return found.assign(share=float("nan"))
    cells = now.set_index("partner", drop=False)
    universe = tuple(countries["partner"])
    return suppression.league(cells, [Total("WLD", universe, complete=False)], universe, total=whole)


def by_state(table: pd.DataFrame, subject: str, *, year: int | None = None) -> pd.DataFrame:
    """Return ``subject``'s jobs and rank in every state with a figure, or the marker of one, in the newest such year.

    Parameters
    ----------
    table
        ``jobs_state``, all partners; where only the subject's rows are given, ranks are those of the source.
    year
        Another year than the newest.

    Returns
    -------
    DataFrame
        state, year, partner, value (persons; NaN where suppressed), flag, rank (as printed in the source, else
        among the countries of that state; missing where suppressed or where no other country is in hand), best,
        worst (as in :func:`reading`), of, printed (whether the rank is the source's), leader, leader_value,
        leader_source (the largest other published figure; none where all others are suppressed), vintage, source.
    """
    rows = table[table["partner"].str.fullmatch(COUNTRY) & (table["partner"] != "WLD")]
    rows = _bounded(rows)
    rows = rows.assign(low=rows["low"].fillna(rows["value"]), high=rows["high"].fillna(rows["value"]))
    own = rows[(rows["partner"] == subject) & (rows["value"].notna() | suppressed(rows))]
    own = own[own["year"] == (own["year"].max() if year is None else year)]
    others = rows[rows["partner"] != subject]
    others = others[others["year"].isin(own["year"])].sort_values(["state", "value", "partner"])
    leaders = (
        others[~suppressed(others) & (others["flag"] != ABSENT)]
        .sort_values("value", ascending=False, kind="stable")
        .drop_duplicates("state")
        .set_index("state")
    )
    found = own.set_index("state").join(_against(own, others))
    found = _within_totals(found, table, rows, subject)
    printed = found["rank_printed"]
    ranked = found["above"].add(1).where(found["value"].notna() & (found["others"] > 0))
    return pd.DataFrame(
        {
            "year": found["year"],
            "partner": found["partner"],
            "value": found["value"],
            "flag": found["flag"],
            "rank": printed.where(printed.notna(), ranked).astype("Int64"),
            "best": found["certain"].add(1),
            "worst": found["possible"].add(1),
            "of": found["others"].add(1),
            "printed": printed.notna(),
            "leader": leaders["partner"].reindex(found.index),
            "leader_value": leaders["value"].reindex(found.index),
            "leader_source": leaders.get("source", pd.Series(dtype="str")).reindex(found.index),
            "vintage": found.get("vintage", ""),
            "source": found.get("source", ""),
        }
    ).reset_index()


def _against(own: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Return, by state, how many others there are, stand above, stand certainly above and may stand above."""
    mine = own.set_index("state")[["value", "low", "high"]]
    mine = mine.assign(low=mine["low"].fillna(0.0), high=mine["high"].fillna(float("inf"))).reindex(
        others["state"]
    )
    low = others["low"].fillna(0.0).to_numpy()
    high = others["high"].fillna(float("inf")).to_numpy()
    counts = pd.DataFrame(
        {
            "state": others["state"].to_numpy(),
            "others": 1,
            "above": others["value"].fillna(others["low"]).fillna(0.0).to_numpy() > mine["value"].to_numpy(),
            "certain": low > mine["high"].to_numpy(),
            "possible": high > mine["low"].to_numpy(),
        }
    )
    return counts.groupby("state").sum().reindex(own["state"], fill_value=0).astype(int)


def _within_totals(
    found: pd.DataFrame, table: pd.DataFrame, rows: pd.DataFrame, subject: str
) -> pd.DataFrame:
    """Count who stands certainly and possibly above as :func:`reading` does, where a total bounds hidden cells."""
    found = found.copy()
    whole = table[(table["partner"] == "WLD") & table["value"].notna()]
    bounded = set(zip(whole["state"], whole["year"], strict=True))
    for state, year in found["year"].items():
        if (state, year) not in bounded:
            continue
        now = rows[(rows["state"] == state) & (rows["year"] == year)]
        if suppressed(now).any():
            total = whole[(whole["state"] == state) & (whole["year"] == year)]
            place = ranking.standing(ranked(pd.concat([now, total])), subject)
            found.loc[state, ["certain", "possible"]] = [place.best - 1, place.worst - 1]
    return found


def per_thousand(jobs: float, employed: float) -> float:
    """Return jobs for every thousand employed persons."""
    return 1000 * jobs / employed


def _printed_rank(rows: pd.DataFrame, subject: str) -> int | None:
    if "rank_printed" not in rows:
        return None
    printed = rows.loc[rows["partner"] == subject, "rank_printed"].dropna()
    return int(printed.iloc[0]) if len(printed) else None
