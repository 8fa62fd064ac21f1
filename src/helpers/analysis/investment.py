"""The direct investment position in the United States: two bases, two series, never joined."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from helpers.analysis import lineage, ranking
from helpers.analysis.lineage import Universe
from helpers.analysis.reading import Reading, growth, origin, year_before

TOTAL = "WLD"
BASES = {
    "ubo": "historical cost, by country of ultimate beneficial owner (UBO)",
    "foreign_parent": "historical cost, by country of foreign parent",
}


def years(table: pd.DataFrame, basis: str, subject: str) -> list[int]:
    """Return the years in which ``subject`` has a printed position on ``basis``, oldest first."""
    rows = table[(table["basis"] == basis) & (table["partner"] == subject) & table["value_musd"].notna()]
    return sorted(int(y) for y in rows["year"].unique())


def reading(
    table: pd.DataFrame,
    basis: str,
    subject: str,
    *,
    groups: Collection[str],
    year: int | None = None,
    editions: pd.DataFrame | None = None,
) -> Reading | None:
    """Return where ``subject`` stands on one basis in ``year`` (default: its newest), or None without a figure.

    The universe is the countries printed for that year: all of them on the foreign-parent basis, only the
    leading ones on the UBO basis from 2017 on. Suppressed cells, ``(D)``, stay in the universe without a rank
    and widen the bands as far as the published total allows (`_room`), and so does rounding. The share is of that total
    where it is in hand. Growth is from the year before in the same vintage, looked up in ``editions`` (the table with
    all its vintages; default: ``table``).
    """
    in_hand = years(table, basis, subject)
    if not in_hand:
        return None
    when = in_hand[-1] if year is None else year
    rows = table[(table["basis"] == basis) & (table["year"] == when)]
    whole = _whole(rows)
    league = ranked(rows[~rows["partner"].isin(set(groups) - {TOTAL})])
    vintage, source = origin(rows, subject)
    every = table if editions is None else editions
    own = every[(every["basis"] == basis) & (every["partner"] == subject) & every["value_musd"].notna()]
    past = year_before(own, when, vintage)
    standing = ranking.standing(league, subject)
    return Reading(
        id="fdi" if basis == "ubo" else "fdi_parent",
        standing=standing,
        league=league,
        year=when,
        unit="million USD",
        table="fdi_position",
        basis=BASES[basis],
        vintage=vintage,
        source=source,
        total=whole,
        growth=growth(standing.value, past, subject, column="value_musd"),
        cells=lineage.by_code(rows, "fdi_position", "value_musd"),
        before=lineage.by_code(past, "fdi_position", "value_musd"),
        among=Universe(
            "fdi_position", "value_musd", "partner", {"year": when, "basis": basis}, vintage, "aggregates"
        ),
    )


def ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the league of the countries of one year on one basis; ``rows`` may hold the total, and no other group."""
    countries, whole = _ranged(rows[rows["partner"] != TOTAL]), _whole(rows)
    found = ranking.league(
        countries,
        value="value_musd",
        low="low",
        high="high",
        total=whole,
        hidden=(float("-inf"), _room(countries, rows[rows["partner"] == TOTAL])),
    )
    found = found.assign(value=found["value_musd"])
    return found if whole is not None else found.assign(share=float("nan"))


def _whole(rows: pd.DataFrame) -> float | None:
    total = rows.loc[rows["partner"] == TOTAL, "value_musd"].dropna()
    return float(total.iloc[0]) if len(total) else None


def _ranged(countries: pd.DataFrame) -> pd.DataFrame:
    """Return the countries with what rounding leaves open as ``low`` and ``high``.

    A figure lies within half of the unit it is rounded to; ``(*)`` within half a million of zero; ``--`` did not
    exist and is none. A confidential cell, ``(D)``, and one that is not available, ``*`` and ``N/A*``, have no interval
    of their own.
    """
    half = countries["rounding_musd"] / 2 if "rounding_musd" in countries else 0.0
    flag, value = countries["flag"], countries["value_musd"]
    tiny = flag.isin(["(*)", "--"])
    reach = flag.map({"(*)": 0.5, "--": 0.0}).astype(float)
    return countries.assign(low=(value - half).mask(tiny, -reach), high=(value + half).mask(tiny, reach))


def _room(ranged: pd.DataFrame, total: pd.DataFrame) -> float:
    """Return the most that one country without a figure can hold; no limit where the year has no total.

    It is what the total leaves beside the printed positions, negative ones with their sign. One of several such
    countries can hold more, as far as the others are below zero: all together they are taken to be no further below
    zero than the printed negative positions of the year together. What is not listed by country is taken to be, all
    together, not below zero.
    """
    whole = _ranged(total)["high"].dropna()
    if whole.empty:
        return float("inf")
    several = ranged["high"].isna().sum() > 1
    negative = float(ranged["low"].clip(upper=0).sum()) if several else 0.0
    return float(whole.iloc[0] - ranged["low"].sum() - negative)


def readings(
    table: pd.DataFrame, subject: str, *, groups: Collection[str], editions: pd.DataFrame | None = None
) -> tuple[Reading | None, Reading | None]:
    """Return the readings by ultimate owner and by foreign parent, each in its own newest year (see `reading`)."""
    owners, parents = (
        reading(table, basis, subject, groups=groups, editions=editions)
        for basis in ("ubo", "foreign_parent")
    )
    return owners, parents


def by_year(table: pd.DataFrame, basis: str, partners: list[str]) -> pd.DataFrame:
    """Return the printed positions of ``partners``: year, partner, basis, value (million USD), vintage, source."""
    rows = table[(table["basis"] == basis) & table["partner"].isin(partners) & table["value_musd"].notna()]
    kept = rows.rename(columns={"value_musd": "value"}).sort_values(["year", "partner"])
    return kept.reindex(columns=["year", "partner", "basis", "value", "vintage", "source"])
