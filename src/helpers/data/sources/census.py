"""Ask the Census Bureau's international trade API for goods trade by country, and by state and country."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import httpx
import pandas as pd

from helpers.data.sources import cells, census_api, partners, released, rows
from helpers.data.sources.answer import Fetched, Raw, SourceError
from helpers.data.sources.census_api import FLOWS
from helpers.data.sources.census_states import codes, pinned
from helpers.data.sources.commodities import statehs
from helpers.data.sources.transport import Progress, Server, connected
from helpers.errors import compose, listed

__all__ = ["goods_trade", "state_trade", "state_trade_us", "statehs"]

ALL = "-"
"""Code of all countries together, and of all states together."""
DECEMBER = 12


@dataclass(frozen=True)
class _Asked:
    """One question: endpoint, columns of the key, and whether to fall back on one state at a time."""

    endpoint: str
    keys: tuple[str, ...]
    by_state: bool = False


HS = _Asked("hs", ("CTY_CODE",))
STATEHS = _Asked("statehs", ("STATE", "CTY_CODE"), by_state=True)


def goods_trade(
    years: Sequence[int],
    *,
    key: str = "",
    base_url: str = "",
    client: httpx.Client | None = None,
    progress: Progress | None = None,
    vintage: str = "",
    sleep: Callable[[float], None] = time.sleep,
) -> Fetched:
    """Return whole years of goods trade by country, million dollars, as rows of ``goods_trade``.

    A year is what December says of the year to date. The countries must add up to the printed total; those
    that December leaves out are taken from earlier months until they do.

    Parameters
    ----------
    years
        Years; all must be out to December, or none is returned.
    key
        Key of the Census API; empty: ``CENSUS_API_KEY``.
    base_url
        Another address of the API; empty: ``BRIEFS_CENSUS_URL``, else the Census Bureau's.
    client
        HTTP client to use; none: a new one.
    progress
        Called with a line of words before each request.
    vintage
        State of the figures; empty: today.
    sleep
        Waits between tries.

    Raises
    ------
    SourceError
        Without a key; if the server fails or refuses; if a year has no December yet, or does not add up.
    DataCheckError
        With every country that no list knows.

    Notes
    -----
    Source: US Census Bureau, International Trade API. Census basis; exports f.a.s., general imports at customs
    value.
    """
    with connected(client) as open_client:
        server = census_api.server(key, base_url, open_client, progress, sleep)
        found, raws = _years(server, years, HS)
    ours = _in_our_codes(found, groups=True)
    ours["value_musd"] = ours.pop("value") / 1e6
    return _fetched("goods_trade", ours.assign(months=DECEMBER), raws, vintage, "census-api-hs")


def state_trade(
    years: Sequence[int],
    *,
    key: str = "",
    base_url: str = "",
    client: httpx.Client | None = None,
    progress: Progress | None = None,
    vintage: str = "",
    sleep: Callable[[float], None] = time.sleep,
) -> Fetched:
    """Return whole years of the states' goods trade by country, dollars, as rows of ``state_trade``.

    Parameters and errors as in :func:`goods_trade`. Exports by origin of movement, imports by state of
    destination; a pair without trade has no row.
    """
    with connected(client) as open_client:
        server = census_api.server(key, base_url, open_client, progress, sleep)
        found, raws = _years(server, years, STATEHS)
    return _states(found[found["STATE"] != ALL], raws, vintage, "state_trade")


def state_trade_us(
    years: Sequence[int],
    *,
    key: str = "",
    base_url: str = "",
    client: httpx.Client | None = None,
    progress: Progress | None = None,
    vintage: str = "",
    sleep: Callable[[float], None] = time.sleep,
) -> Fetched:
    """Return the line of all states as rows of ``state_trade_us``; as :func:`state_trade`."""
    with connected(client) as open_client:
        server = census_api.server(key, base_url, open_client, progress, sleep)
        found, raws = _years(server, years, STATEHS)
    return _states(found[found["STATE"] == ALL], raws, vintage, "state_trade_us")


def _states(found: pd.DataFrame, raws: list[Raw], vintage: str, table: str) -> Fetched:
    if found.empty:
        raise SourceError(
            compose(f"Census API, {table}", "rows by state", "none", "Nothing was kept; tell us.")
        )
    ours = _in_our_codes(found, groups=False).rename(columns={"value": "value_usd"})
    if table == "state_trade":
        ours["state"] = codes(ours["STATE"])
    ours = ours[ours["value_usd"] > 0].drop(columns="STATE")
    return _fetched(table, ours, raws, vintage, "census-api-statehs")


def _fetched(table: str, ours: pd.DataFrame, raws: list[Raw], vintage: str, source: str) -> Fetched:
    today = date.today().isoformat()
    frame = rows.fitted(table, ours, vintage=vintage or today, known=today, source=source)
    return Fetched(table, frame, tuple(raws), released.span(ours["year"].unique().tolist()))


def _in_our_codes(found: pd.DataFrame, *, groups: bool) -> pd.DataFrame:
    """Return the rows under our codes of partners; groups that our lists know stay where ``groups`` says so."""
    total, group = found["CTY_CODE"] == ALL, partners.is_group(found["CTY_CODE"])
    ours = pd.Series("WLD", index=found.index, dtype="object")
    ours[group & ~total] = (
        partners.in_groups(found.loc[group & ~total, "CTY_NAME"], "census") if groups else None
    )
    ours[~group] = partners.census(found.loc[~group, "CTY_CODE"], found.loc[~group, "CTY_NAME"])
    kept = found.assign(partner=ours)[ours.notna()].drop(columns=["CTY_CODE", "CTY_NAME"])
    return partners.together(kept.astype({"partner": "str"}), "value")


def _years(server: Server, years: Sequence[int], asked: _Asked) -> tuple[pd.DataFrame, list[Raw]]:
    """Return year, flow, the columns of the key, CTY_NAME and value (dollars), and the answers."""
    wanted = sorted(set(years))
    if not wanted:
        raise SourceError(compose("years of goods trade", "at least one year", "none", "Name the years."))
    parts, raws = [], []
    for year in wanted:
        for flow in FLOWS:
            found, answers = _year(server, year, flow, asked)
            parts.append(found.assign(year=year, flow=flow))
            raws += answers
    return pd.concat(parts, ignore_index=True), raws


def _year(server: Server, year: int, flow: str, asked: _Asked) -> tuple[pd.DataFrame, list[Raw]]:
    found, raws = _month(server, year, DECEMBER, flow, asked)
    if found.empty:
        raise SourceError(
            compose(
                f"Census API, {flow} {year}",
                "a December",
                "no data (yet)",
                "Ask for years that are out to December.",
            )
        )
    for month in range(DECEMBER - 1, 0, -1):
        if not _short(found, asked):
            break
        earlier, more = _month(server, year, month, flow, asked)
        raws += more
        keys = list(asked.keys)
        seen = pd.MultiIndex.from_frame(found[keys])
        found = pd.concat(
            [found, earlier[~pd.MultiIndex.from_frame(earlier[keys]).isin(seen)]], ignore_index=True
        )
    off = _short(found, asked)
    if off:
        raise SourceError(
            compose(
                f"Census API, {flow} {year}",
                "countries that add up to the total",
                listed(off),
                "Ask again later.",
            )
        )
    return found, raws


def _month(server: Server, year: int, month: int, flow: str, asked: _Asked) -> tuple[pd.DataFrame, list[Raw]]:
    value = f"{FLOWS[flow]}_YR"
    columns = [*(name for name in asked.keys if name != "CTY_CODE"), "CTY_CODE", "CTY_NAME", value]
    where = {"YEAR": str(year), "MONTH": f"{month:02d}"}
    name = f"census-{asked.endpoint}-{flow}-{year}-{month:02d}"
    if asked.by_state:
        answers = pinned(server, flow, asked.endpoint, columns, where, name)
    else:
        answers = [census_api.ask(server, flow, asked.endpoint, columns, where, f"{name}.json")]
    found = pd.concat([frame for frame, _ in answers], ignore_index=True)
    twice = found[found.duplicated(list(asked.keys))]
    if len(twice):
        again = twice[list(asked.keys)].agg(" ".join, axis=1)
        raise SourceError(
            compose(
                f"Census API, {name}",
                "each row once",
                f"twice {listed(again)}",
                "Nothing was kept; ask again.",
            )
        )
    amounts = cells.whole(found[value], f"Census API, {name}") if len(found) else pd.Series(dtype="int64")
    return found[[*asked.keys, "CTY_NAME"]].assign(value=amounts), [raw for _, raw in answers]


def _short(found: pd.DataFrame, asked: _Asked) -> list[str]:
    """Return where the countries do not add up to all countries, or the states to all states; none if they do."""
    off = []
    country = ~partners.is_group(found["CTY_CODE"])
    keys = [name for name in asked.keys if name != "CTY_CODE"]
    found = found.assign(all="the United States")
    by = keys or ["all"]
    parts = found[country].groupby(by)["value"].sum()
    total = found[found["CTY_CODE"] == ALL].set_index(by)["value"]
    off += [f"{place}: {gap:,}" for place, gap in _gaps(parts, total)]
    if "STATE" in keys and (found["STATE"] == ALL).any():
        own = found[country]
        states = own[own["STATE"] != ALL].groupby("CTY_CODE")["value"].sum()
        nation = own[own["STATE"] == ALL].set_index("CTY_CODE")["value"]
        off += [f"all states, country {code}: {gap:,}" for code, gap in _gaps(states, nation)]
    return off


def _gaps(parts: pd.Series, total: pd.Series) -> list[tuple[str, int]]:
    gap = parts.reindex(parts.index.union(total.index), fill_value=0).sub(total, fill_value=0)
    if total.empty:
        return [("no printed total", int(parts.sum()))]
    return [(str(place), int(value)) for place, value in gap[gap != 0].items()]
