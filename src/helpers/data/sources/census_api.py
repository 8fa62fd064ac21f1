"""The Census Bureau's international trade API: its address, its arrays of text, its empty answers."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from typing import NoReturn

import httpx
import pandas as pd

from helpers.data.sources import secret
from helpers.data.sources.answer import Raw, SourceError
from helpers.data.sources.transport import ATTEMPTS, Again, Progress, Reply, Server
from helpers.errors import compose, listed

PUBLISHER = "US Census Bureau"
VARIABLE, SIGNUP = "CENSUS_API_KEY", "https://api.census.gov/data/key_signup.html"
BASE, BASE_VARIABLE = "https://api.census.gov/data/timeseries/intltrade", "BRIEFS_CENSUS_URL"
FLOWS = {"exports": "ALL_VAL", "imports": "GEN_VAL"}
"""Direction -> stem of its value: total exports (f.a.s.), general imports (customs value); _MO month, _YR to date."""


def server(
    key: str, base_url: str, client: httpx.Client, progress: Progress | None, sleep: Callable[[float], None]
) -> Server:
    """Return the API behind a key, which must be given or in ``CENSUS_API_KEY``."""
    base = base_url or os.environ.get(BASE_VARIABLE) or BASE
    own = secret.key(key, VARIABLE, SIGNUP, PUBLISHER)
    return Server("Census API", base, own, "key", client, progress, sleep)


def ask(
    server: Server,
    flow: str,
    endpoint: str,
    columns: list[str],
    where: Mapping[str, str],
    name: str,
    attempts: int = ATTEMPTS,
) -> tuple[pd.DataFrame, Raw]:
    """Return the rows of one query, all columns text, and the answer; no rows where there are no data (yet).

    Raises
    ------
    SourceError
        If the server fails or refuses, or the answer is another one than was asked for.
    """
    query = {"get": ",".join(columns), **where}
    found, raw = server.ask(f"{flow}/{endpoint}", query, lambda reply: table(reply, columns), name, attempts)
    for column, value in where.items():
        echoed = found[column] if column in found else pd.Series(dtype="str")
        apart = echoed[echoed.str.lstrip("0") != value.lstrip("0")]
        if len(apart):
            raise SourceError(
                compose(
                    f"Census API, {name}",
                    f"{column} {value}",
                    listed(apart.unique()),
                    "Nothing was kept; ask again.",
                )
            )
    return found, raw


def table(reply: Reply, columns: list[str]) -> pd.DataFrame:
    """Return an array of arrays as text; a column that occurs twice is taken once if both agree."""
    empty = pd.DataFrame({name: pd.Series(dtype="str") for name in columns})
    if reply.status == 204 or not reply.content.strip():
        return empty
    if reply.is_page:
        if "key" in reply.heading.casefold():
            _refuse(
                f"a web page ({reply.heading})", f"Check {VARIABLE}, and that it is activated; see {SIGNUP}."
            )
        raise Again(f"a web page ({reply.heading})", "Try again later.")
    try:
        arrays = json.loads(reply.text)
    except ValueError:
        raise Again("no JSON, or half of one", "Try again later.") from None
    if not isinstance(arrays, list) or not all(isinstance(row, list) for row in arrays):
        said = listed(map(str, arrays)) if isinstance(arrays, list) else reply.heading
        _refuse(f"an error {said}", "Nothing was kept; tell us.")
    if len(arrays) < 2:
        return empty
    header = [str(name) for name in arrays[0]]
    if any(len(row) != len(header) for row in arrays):
        _refuse("rows of another length than the header", "Nothing was kept; ask again.")
    missing = [name for name in columns if name not in header]
    if missing:
        _refuse(f"no {listed(missing)}", "The form of the answer may have changed: tell us.")
    every = pd.DataFrame(arrays[1:], dtype="object")
    found: dict[str, pd.Series] = {}
    for at, name in enumerate(header):
        values = every[at].fillna("").astype("str")
        if name in found and not values.equals(found[name]):
            _refuse(f"two different columns {name}", "Nothing was kept; ask again.")
        found[name] = values
    return pd.DataFrame(found)


def _refuse(got: str, todo: str) -> NoReturn:
    raise SourceError(compose("Census API", "an array of rows below a header", got, todo))
