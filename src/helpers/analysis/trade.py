"""Goods trade by partner: shares, ranks and the bilateral deficit, on one basis at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from helpers.analysis import lineage, ranking
from helpers.analysis.lineage import Universe
from helpers.analysis.reading import Reading, origin, year_before

WORLD = "WLD"
HISTORY = ("year", "partner", "value", "total", "share", "rank", "of", "vintage", "source", "total_source")
COMMODITIES = ("year", "partner", "flow", "hs2", "value", "part", "share", "source")
BASES = {"exports": "Census basis, f.a.s.", "imports": "Census basis, general imports, customs value"}


def history(
    table: pd.DataFrame, flow: str, *, groups: Collection[str], value: str = "value_musd"
) -> pd.DataFrame:
    """Return every partner's value, share and rank in every year for one flow.

    Parameters
    ----------
    table
        Columns year, partner, flow and ``value``; one vintage a year; groups and the world as rows.
    flow
        ``exports`` (f.a.s.) or ``imports`` (general imports, customs value).
    groups
        Codes that are groups of partners; none of them is ranked.
    value
        The column that is ranked, in any unit.

    Returns
    -------
    DataFrame
        year, partner, value, total (published world total), share (of that total; missing in years without
        one), rank (competition), of (partners with trade in that year), vintage, source and total_source.
    """
    rows = _only(table, flow=flow)
    whole = rows[rows["partner"] == WORLD].set_index("year")
    world = whole[value]
    partners = _partners(rows, groups, value)
    by_year = partners.groupby("year")[value]
    return (
        partners.assign(
            total=partners["year"].map(world).astype(float),
            rank=by_year.rank(ascending=False, method="min").astype(int),
            of=by_year.transform("size"),
            total_source=partners["year"].map(whole["source"]) if "source" in whole else "",
        )
        .assign(share=lambda d: d[value] / d["total"])
        .rename(columns={value: "value"})
        .sort_values(["year", "rank", "partner"])
        .reset_index(drop=True)
        .reindex(columns=[*HISTORY])
    )


def reading(
    table: pd.DataFrame,
    flow: str,
    subject: str,
    *,
    groups: Collection[str],
    value: str = "value_musd",
    year: int | None = None,
    name: str = "goods_trade",
    place: str = "US",
    editions: pd.DataFrame | None = None,
) -> Reading | None:
    """Return where ``subject`` stands in one flow in ``year`` (default: the newest).

    None where there is no trade with the subject, or no year at all (none was published by ``as_of``).

    The share is of the published world total; none where that is not in hand. Its change is against the year before in
    the same vintage, looked up in ``editions`` (the table with all its vintages; default: ``table``).
    """
    rows = _only(table, flow=flow)
    when = newest(rows) if year is None else year
    if when is None:
        return None
    now = _only(rows, year=when)
    partners = _partners(now, groups, value)
    if subject not in set(partners["partner"]):
        return None
    total = _world(now, value)
    league = ranking.league(partners, value=value, total=total).assign(value=lambda d: d[value])
    if total is None:
        league = league.assign(share=float("nan"))
    standing = ranking.standing(league, subject)
    vintage, source = origin(now, subject)
    before = year_before(_only(table if editions is None else editions, flow=flow), when, vintage)
    earlier, whole = before.loc[before["partner"] == subject, value], _world(before, value)
    change = None
    if len(earlier) and whole and standing.share is not None:
        change = standing.share - float(earlier.iloc[0]) / whole
    return Reading(
        id=flow,
        standing=standing,
        league=league,
        year=when,
        unit="million USD" if value == "value_musd" else "USD",
        table=name,
        basis=BASES[flow],
        vintage=vintage,
        source=source,
        place=place,
        total=total,
        share_change=change,
        cells=lineage.by_code(now, name, value),
        before=lineage.by_code(before[before["partner"].isin([subject, WORLD])], name, value),
        among=ranked_among(
            name,
            value,
            {"year": when, "flow": flow} | ({} if place == "US" else {"state": place}),
            vintage,
        ),
    )


def ranked_among(table: str, column: str, where: Mapping[str, object], vintage: str = "") -> Universe:
    """Return the partners with trade in one flow of one year: what a rank is taken among."""
    return Universe(table, column, "partner", dict(where), vintage, "aggregates", {"above": 0})


def deficits(table: pd.DataFrame, year: int, *, groups: Collection[str]) -> pd.DataFrame:
    """Return the partners with which the reporter has a goods deficit, in order of its size.

    A share of a *net* deficit is not a share in the plain sense, because surpluses hide in the total; so both
    denominators are given.

    Returns
    -------
    DataFrame
        As :func:`helpers.analysis.ranking.league` with ``value`` the deficit (imports less exports, million
        USD) and ``share`` its ratio to the *net* deficit with the world; plus ``share_gross``, its share of
        the sum of all bilateral deficits, and the two denominators ``net`` and ``gross``.
    """
    wide = (
        _only(table, year=year)
        .pivot_table(index="partner", columns="flow", values="value_musd", aggfunc="sum", fill_value=0.0)
        .assign(value=lambda d: d["imports"] - d["exports"])
    )
    net = float(wide["value"][WORLD])
    bilateral = wide[~wide.index.isin(set(groups) | {WORLD}) & (wide["value"] > 0)].reset_index()
    gross = float(bilateral["value"].sum())
    return ranking.league(bilateral, total=net).assign(
        share_gross=lambda d: d["value"] / gross, net=net, gross=gross
    )


def deficit_reading(
    table: pd.DataFrame,
    subject: str,
    *,
    groups: Collection[str],
    year: int | None = None,
    editions: pd.DataFrame | None = None,
) -> Reading | None:
    """Return where ``subject`` stands among the bilateral goods deficits.

    None where there is a surplus, or where the year is not in hand. ``editions`` as of :func:`reading`.
    """
    when = newest(table) if year is None else year
    if when is None or not _both_flows(table, when):
        return None
    league = deficits(table, when, groups=groups)
    if subject not in set(league["partner"]):
        return None
    standing = ranking.standing(league, subject)
    vintage, source = origin(_only(table, year=when), subject)
    past = year_before(table if editions is None else editions, when, vintage)
    before = deficits(past, when - 1, groups=groups) if _both_flows(past, when - 1) else league.iloc[:0]
    earlier = before.loc[before["partner"] == subject, "share"]
    return Reading(
        id="deficit",
        standing=standing,
        league=league,
        year=when,
        unit="million USD",
        table="goods_trade",
        basis="Census basis, general imports (customs value) less exports (f.a.s.)",
        vintage=vintage,
        source=source,
        total=float(league["net"].iloc[0]),
        share_change=None
        if earlier.empty or standing.share is None
        else standing.share - float(earlier.iloc[0]),
        cells=_differences(_only(table, year=when)),
        before=_differences(past[past["partner"].isin([subject, WORLD])]),
        among=Universe(
            "goods_trade",
            "value_musd",
            "partner",
            {"year": when},
            vintage,
            "aggregates",
            {
                "terms": [
                    {"where": {"flow": "imports"}, "sign": 1},
                    {"where": {"flow": "exports"}, "sign": -1},
                ],
                "above": 0,
            },
        ),
    )


def _differences(rows: pd.DataFrame) -> dict[str, tuple[lineage.Cell, ...]]:
    """Return imports and, taken away, exports of each partner in ``rows``."""
    bought, sold = (
        lineage.by_code(_only(rows, flow=flow), "goods_trade", "value_musd")
        for flow in ("imports", "exports")
    )
    return {code: bought.get(code, ()) + lineage.turned(sold.get(code, ())) for code in {**bought, **sold}}


def newest(table: pd.DataFrame) -> int | None:
    """Return the newest year that is in hand of each flow of a table, or None of an empty one."""
    return min(newest_years(table), default=None)


def newest_years(table: pd.DataFrame) -> list[int]:
    """Return the years that are the newest of one flow or of several: one of them alone may have been refreshed."""
    return sorted(int(year) for year in table.groupby("flow")["year"].max().unique())


def readings(
    table: pd.DataFrame, subject: str, *, groups: Collection[str], editions: pd.DataFrame | None = None
) -> tuple[Reading | None, Reading | None, Reading | None]:
    """Return the nation's readings of exports, imports and deficit in the newest year; ``editions`` as of `reading`."""
    at: Any = {"groups": groups, "editions": editions}
    exports, imports = (reading(table, flow, subject, **at) for flow in ("exports", "imports"))
    return exports, imports, deficit_reading(table, subject, **at)


def leaders(past: pd.DataFrame, year: int, count: int, *, subject: str) -> list[str]:
    """Return the codes of the first ``count`` partners of a year; ``subject`` is in the list in any case."""
    ordered = past[past["year"] == year].sort_values(["rank", "partner"])["partner"].tolist()
    head = ordered[:count]
    return head if subject in head else [*head[: count - 1], subject]


def commodities(table: pd.DataFrame, flow: str, *, count: int = 8, partner: str = "JPN") -> pd.DataFrame:
    """Return the largest HS chapters of one flow with ``partner`` in the newest full year.

    Returns
    -------
    DataFrame
        year, partner, flow, hs2, value (USD), part (of the flow with the partner), share (the partner's share of
        that chapter's flow with all countries), source; largest first, ``count`` rows; empty where the partner
        has none in that year.
    """
    rows = table[(table["flow"] == flow) & (table["months"] == 12)]
    if rows.empty:
        return pd.DataFrame(columns=list(COMMODITIES))
    year = int(rows["year"].max())
    if partner not in set(_only(rows, year=year)["partner"]):
        return pd.DataFrame(columns=list(COMMODITIES))
    wide = (
        _only(rows, year=year)
        .pivot_table(index="hs2", columns="partner", values="value_usd", aggfunc="sum", fill_value=0.0)
        .assign(
            year=year, part=lambda d: d[partner] / d[partner].sum(), share=lambda d: d[partner] / d[WORLD]
        )
    )
    top = wide.nlargest(count, partner).rename(columns={partner: "value"}).reset_index()
    own = rows[(rows["year"] == year) & (rows["partner"] == partner)]
    top = top.assign(
        partner=partner,
        flow=flow,
        source=top["hs2"].map(own.set_index("hs2")["source"]) if "source" in own else "",
    )
    return top[list(COMMODITIES)]


def states_standing(table: pd.DataFrame, flow: str, subject: str, *, groups: Collection[str]) -> pd.DataFrame:
    """Return ``subject``'s value, share and rank in every state in the newest year of one flow.

    Returns
    -------
    DataFrame
        state, year, partner, flow, value (USD), share, rank (among the state's partners), of, place (rank of the
        state among the states by value, ties joint), vintage, source.
    """
    rows = _only(table, flow=flow)
    rows = _only(rows, year=newest(rows))
    world = rows[rows["partner"] == WORLD].set_index("state")["value_usd"]
    partners = _partners(rows, groups, "value_usd")
    by_state = partners.groupby("state")["value_usd"]
    ranked = partners.assign(
        rank=by_state.rank(ascending=False, method="min").astype(int), of=by_state.transform("size")
    )
    own = ranked[ranked["partner"] == subject].rename(columns={"value_usd": "value"})
    own = own.assign(
        share=own["value"] / own["state"].map(world).astype(float),
        place=own["value"].rank(ascending=False, method="min").astype(int),
    )
    columns = [
        "state",
        "year",
        "partner",
        "flow",
        "value",
        "share",
        "rank",
        "of",
        "place",
        "vintage",
        "source",
    ]
    return own.reset_index(drop=True).reindex(columns=columns)


def _partners(rows: pd.DataFrame, groups: Collection[str], value: str) -> pd.DataFrame:
    return rows[~rows["partner"].isin(set(groups) | {WORLD}) & (rows[value] > 0)]


def _both_flows(table: pd.DataFrame, year: int) -> bool:
    world = _only(table, year=year, partner=WORLD)
    return {"exports", "imports"} <= set(world["flow"])


def _world(rows: pd.DataFrame, value: str) -> float | None:
    total = rows.loc[rows["partner"] == WORLD, value]
    return float(total.iloc[0]) if len(total) else None


def _only(table: pd.DataFrame, **where: object) -> pd.DataFrame:
    for column, wanted in where.items():
        table = table[table[column] == wanted]
    return table
