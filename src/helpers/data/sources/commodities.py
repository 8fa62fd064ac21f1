"""Ask for the states' goods trade by commodity and country, one state at a time, never all in memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date

import httpx
import pandas as pd

from helpers.data.sources import cells, census_api, partners
from helpers.data.sources.answer import Raw, SourceError
from helpers.data.sources.census_api import FLOWS
from helpers.data.sources.census_states import BESIDE, asked
from helpers.data.sources.transport import Progress, Server, connected
from helpers.errors import compose, listed

SOURCE = "census-api-statehs"
LEVELS = ("HS2", "HS4", "HS6")
COLUMNS = (
    "year",
    "month",
    "state",
    "partner",
    "flow",
    "commodity",
    "description",
    "value_usd",
    "value_ytd_usd",
    "vintage",
    "source",
)


def statehs(
    year: int,
    *,
    month: int = 12,
    states: Sequence[str] = (),
    flows: Sequence[str] = tuple(FLOWS),
    level: str = "HS6",
    key: str = "",
    base_url: str = "",
    client: httpx.Client | None = None,
    progress: Progress | None = None,
    vintage: str = "",
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[tuple[str, str, Raw, pd.DataFrame]]:
    """Yield state, direction, answer and rows, one state and direction at a time.

    Parameters
    ----------
    year, month
        Month asked for; its year to date comes with it, so December holds the year.
    states
        Our codes of states; empty: all, with PR, VI and US_UNKNOWN.
    flows
        ``exports``, ``imports`` or both.
    level
        Depth of the Harmonized System: HS2, HS4 or HS6.
    key, base_url, client, progress, vintage, sleep
        As in :func:`helpers.data.sources.census.goods_trade`.

    Yields
    ------
    tuple of str, str, Raw, DataFrame
        Our code of the state; direction; the answer; rows with year and month (int64), state, partner (our
        codes; WLD is all countries, groups are left out), flow, commodity (text, leading zeros kept),
        description, value_usd and value_ytd_usd (int64), vintage, source; sorted by partner and commodity.

    Raises
    ------
    SourceError
        Without a key; if the server fails or refuses; if a state has no data for the month (yet).
    DataCheckError
        With every country that no list knows.

    Notes
    -----
    Source: US Census Bureau, International Trade API, exports and imports by state and Harmonized System.
    """
    known = {ours: theirs for theirs, ours in asked().items()}
    wrong = [state for state in states if state not in known]
    wrong += [flow for flow in flows if flow not in FLOWS] + ([] if level in LEVELS else [level])
    if wrong:
        raise SourceError(
            compose(
                "trade by commodity", "states, directions and levels", listed(wrong), "Correct the request."
            )
        )
    with connected(client) as open_client:
        server = census_api.server(key, base_url, open_client, progress, sleep)
        for state in states or list(known):
            for flow in flows:
                raw, frame = _one(server, year, month, known[state], flow, level)
                if frame.empty and known[state] in BESIDE:
                    continue
                if frame.empty:
                    where = f"Census API, {flow} of {state}, {year}-{month:02d}"
                    raise SourceError(
                        compose(where, "rows", "no data (yet)", "Ask for a month that is published.")
                    )
                tidy = frame.assign(state=state, vintage=vintage or date.today().isoformat(), source=SOURCE)
                yield state, flow, raw, tidy[list(COLUMNS)]


def _one(
    server: Server, year: int, month: int, state: str, flow: str, level: str
) -> tuple[Raw, pd.DataFrame]:
    letter, stem = flow[0].upper(), FLOWS[flow]
    commodity, words = f"{letter}_COMMODITY", f"{letter}_COMMODITY_SDESC"
    columns = ["CTY_CODE", "CTY_NAME", commodity, words, f"{stem}_MO", f"{stem}_YR"]
    where = {"YEAR": str(year), "MONTH": f"{month:02d}", "STATE": state, "COMM_LVL": level}
    name = f"census-statehs-{level.lower()}-{flow}-{state}-{year}-{month:02d}"
    found, raw = census_api.ask(server, flow, "statehs", columns, where, f"{name}.json")
    group = partners.is_group(found["CTY_CODE"])
    found = found[~group | (found["CTY_CODE"] == "-")].reset_index(drop=True)
    total = found["CTY_CODE"] == "-"
    if found.empty:
        return raw, found
    _check(found, commodity, level, name)
    ours = pd.Series("WLD", index=found.index, dtype="object")
    ours[~total] = partners.census(found.loc[~total, "CTY_CODE"], found.loc[~total, "CTY_NAME"])
    frame = pd.DataFrame(
        {
            "year": year,
            "month": month,
            "partner": ours.astype("str"),
            "flow": flow,
            "commodity": found[commodity],
            "description": found[words],
            "value_usd": cells.whole(found[f"{stem}_MO"], f"Census API, {name}"),
            "value_ytd_usd": cells.whole(found[f"{stem}_YR"], f"Census API, {name}"),
        }
    )
    keys = ["year", "month", "partner", "flow", "commodity", "description"]
    added = frame.groupby(keys, as_index=False, sort=False).sum()
    return raw, added.sort_values(["partner", "commodity"], ignore_index=True)


def _check(found: pd.DataFrame, commodity: str, level: str, name: str) -> None:
    """Raise unless every commodity has the digits of its level and stands once for each country."""
    digits = found[commodity].str.fullmatch(rf"\d{{{level[2:]}}}")
    twice = found.duplicated(["CTY_CODE", commodity])
    wrong = [
        *found.loc[~digits, commodity].unique(),
        *(found["CTY_CODE"] + " " + found[commodity])[twice].unique(),
    ]
    if wrong:
        expected = f"commodities of {level[2:]} digits, each once for a country"
        raise SourceError(
            compose(f"Census API, {name}", expected, listed(wrong), "Nothing was kept; ask again.")
        )
