"""Which of our tables has a publisher that answers to a key, and where that key is to be had."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from helpers.data.sources import bea, census, census_api
from helpers.data.sources.answer import Fetched


@dataclass(frozen=True)
class Client:
    """Who publishes a table, the function that asks for it, and the key that function needs."""

    publisher: str
    fetch: Callable[..., Fetched]
    variable: str
    signup: str


def _census(fetch: Callable[..., Fetched]) -> Client:
    return Client(census_api.PUBLISHER, fetch, census_api.VARIABLE, census_api.SIGNUP)


def _bea(fetch: Callable[..., Fetched]) -> Client:
    return Client(bea.PUBLISHER, fetch, bea.VARIABLE, bea.SIGNUP)


TABLES: dict[str, Client] = {
    "goods_trade": _census(census.goods_trade),
    "state_trade": _census(census.state_trade),
    "state_trade_us": _census(census.state_trade_us),
    "fdi_position": _bea(bea.fdi_position),
    "jobs_national": _bea(bea.jobs_national),
    "jobs_state": _bea(bea.jobs_state),
}
"""Our table -> its client: ``TABLES[name].fetch(years, key=...)``."""
