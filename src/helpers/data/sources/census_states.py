"""The states as the Census trade API codes them, and queries that are asked state by state."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.data import catalog
from helpers.data.sources import census_api
from helpers.data.sources.answer import Raw
from helpers.data.sources.transport import Server, ServerFailure
from helpers.errors import DataCheckError, compose, listed

BESIDE = {"PR": "PR", "VI": "VI", "XX": "US_UNKNOWN"}
"""Codes of the API beside the USPS codes of the states, and ours: XX is the state that is not known."""

AT_ONCE = 2
"""Tries for all states together: each may take the minutes in which the server gives up."""


def asked() -> dict[str, str]:
    """Return every code of the API and ours: the states and DC, Puerto Rico, the Virgin Islands, the unknown."""
    return {code: code for code in sorted(catalog.load("states")["usps"])} | BESIDE


def codes(written: pd.Series) -> pd.Series:
    """Return our codes of states.

    Raises
    ------
    DataCheckError
        With every code that is none.
    """
    found = written.map(asked())
    if found.isna().any():
        wrong = listed(written[found.isna()].drop_duplicates())
        raise DataCheckError(
            compose("Census API, states", "the codes of the states", wrong, "Tell us what these stand for.")
        )
    return found


def pinned(
    server: Server, flow: str, endpoint: str, columns: list[str], where: Mapping[str, str], name: str
) -> list[tuple[pd.DataFrame, Raw]]:
    """Return one query for all states, or one for each where the server cannot answer that at once."""
    try:
        return [census_api.ask(server, flow, endpoint, columns, where, f"{name}.json", AT_ONCE)]
    except ServerFailure:
        pass
    return [
        census_api.ask(server, flow, endpoint, columns, {**where, "STATE": state}, f"{name}-{state}.json")
        for state in ("-", *asked())
    ]
