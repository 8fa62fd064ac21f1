"""The direct investment position in the United States: two bases, two series, never joined."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from helpers.analysis import lineage, ranking
from helpers.analysis.lineage import Universe
from helpers.analysis.reading import Reading, growth, origin

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
    table: pd.DataFrame, basis: str, subject: str, *, groups: Collection[str], year: int | None = None
) -> Reading | None:
    """Return where ``subject`` stands on one basis in ``year`` (default: its newest), or None without a figure.

    The universe is the countries printed for that year: all of them on the foreign-parent basis, only the
    leading ones on the UBO basis from 2017 on. Suppressed cells, ``(D)``, stay in the universe without a rank
    and widen the bands. The share is of the published total of all countries where that is in hand.
    """
    in_hand = years(table, basis, subject)
    if not in_hand:
        return None
    when = in_hand[-1] if year is None else year
    rows = table[(table["basis"] == basis) & (table["year"] == when)]
    total = rows.loc[rows["partner"] == TOTAL, "value_musd"].dropna()
    whole = float(total.iloc[0]) if len(total) else None
    countries = rows[~rows["partner"].isin(set(groups) | {TOTAL})]
    printed = float(countries["value_musd"].clip(lower=0).sum())
    room = (-1.0 * (whole or printed), max((whole or printed) - printed, 0.0))
    league = ranking.league(countries, value="value_musd", total=whole, hidden=room)
    league = league.assign(value=league["value_musd"])
    if whole is None:
        league = league.assign(share=float("nan"))
    vintage, source = origin(rows, subject)
    past = table[(table["basis"] == basis) & (table["year"] == when - 1) & (table["partner"] == subject)]
    return Reading(
        id="fdi" if basis == "ubo" else "fdi_parent",
        standing=ranking.standing(league, subject),
        league=league,
        year=when,
        unit="million USD",
        table="fdi_position",
        basis=BASES[basis],
        vintage=vintage,
        source=source,
        total=whole,
        growth=growth(table[table["basis"] == basis], subject, when, value="value_musd"),
        cells=lineage.by_code(rows, "fdi_position", "value_musd"),
        before=lineage.by_code(past, "fdi_position", "value_musd"),
        among=Universe(
            "fdi_position", "value_musd", "partner", {"year": when, "basis": basis}, vintage, "aggregates"
        ),
    )


def series(table: pd.DataFrame, basis: str, subject: str) -> pd.DataFrame:
    """Return ``subject``'s position by year on one basis.

    Returns
    -------
    DataFrame
        year, value (million USD, historical cost), vintage.
    """
    rows = table[(table["basis"] == basis) & (table["partner"] == subject) & table["value_musd"].notna()]
    return rows.rename(columns={"value_musd": "value"})[["year", "value", "vintage"]].sort_values("year")


def readings(
    table: pd.DataFrame, subject: str, *, groups: Collection[str]
) -> tuple[Reading | None, Reading | None]:
    """Return the readings by ultimate owner and by foreign parent, each in its own newest year."""
    owners, parents = (reading(table, basis, subject, groups=groups) for basis in ("ubo", "foreign_parent"))
    return owners, parents


def by_year(table: pd.DataFrame, basis: str, partners: list[str]) -> pd.DataFrame:
    """Return the printed positions of ``partners``: year, partner, basis, value (million USD), vintage, source."""
    rows = table[(table["basis"] == basis) & table["partner"].isin(partners) & table["value_musd"].notna()]
    kept = rows.rename(columns={"value_musd": "value"}).sort_values(["year", "partner"])
    return kept.reindex(columns=["year", "partner", "basis", "value", "vintage", "source"])
