"""Which of our tables has a publisher that answers to a key, and where that key is to be had."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from helpers.data.sources import bea, census
from helpers.data.sources.answer import Fetched

BEA_SIGNUP = "https://apps.bea.gov/API/signup/"
CENSUS_SIGNUP = "https://api.census.gov/data/key_signup.html"


@dataclass(frozen=True)
class Client:
    """Who publishes a table, the function that asks for it, and the key that function needs."""

    publisher: str
    fetch: Callable[..., Fetched]
    variable: str
    signup: str


TABLES: dict[str, Client] = {
    "goods_trade": Client("US Census Bureau", census.goods_trade, "CENSUS_API_KEY", CENSUS_SIGNUP),
    "state_trade": Client("US Census Bureau", census.state_trade, "CENSUS_API_KEY", CENSUS_SIGNUP),
    "fdi_position": Client("US Bureau of Economic Analysis", bea.fdi_position, "BEA_API_KEY", BEA_SIGNUP),
    "jobs_national": Client("US Bureau of Economic Analysis", bea.jobs_national, "BEA_API_KEY", BEA_SIGNUP),
    "jobs_state": Client("US Bureau of Economic Analysis", bea.jobs_state, "BEA_API_KEY", BEA_SIGNUP),
}
"""Our table -> its client: ``TABLES[name].fetch(years, key=...)``."""
