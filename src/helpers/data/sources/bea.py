"""Ask the BEA API (dataset MNE) for jobs and positions by country of owner."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import httpx
import pandas as pd

from helpers.data.sources import bea_rows, released, rows, secret
from helpers.data.sources.answer import Fetched, Raw, SourceError
from helpers.data.sources.transport import Again, Progress, Reply, Server, connected
from helpers.errors import compose, listed

PUBLISHER = "US Bureau of Economic Analysis"
VARIABLE, SIGNUP = "BEA_API_KEY", "https://apps.bea.gov/API/signup/"
BASE, BASE_VARIABLE = "https://apps.bea.gov/api/data", "BRIEFS_BEA_URL"
SOURCE = "bea-mne-api"
COMMON = {"method": "GetData", "DataSetName": "MNE", "GetFootnotes": "yes", "ResultFormat": "json"}
JOBS = {"SeriesID": "8", "OwnershipLevel": "0", "NonbankAffiliatesOnly": "0", "Country": "all"}
POSITION = {"SeriesID": "22", "DirectionOfInvestment": "Inward", "Country": "all"}
BASES = {"ubo": "CountryofUBO", "foreign_parent": "Country"}
"""Basis of a position -> classification that gives it."""
COLD = {"204"}
"""Error codes that large first queries meet by chance, and that a second one often does not."""
KEY = {"1", "2", "3", "4"}
"""Error codes about the key."""


def jobs_state(
    years: Sequence[int],
    *,
    key: str = "",
    base_url: str = "",
    client: httpx.Client | None = None,
    progress: Progress | None = None,
    vintage: str = "",
    sleep: Callable[[float], None] = time.sleep,
) -> Fetched:
    """Return jobs at majority-owned affiliates by state and country of owner, as rows of ``jobs_state``.

    Parameters
    ----------
    years
        Years; all must be there, or none is returned.
    key
        Key of the BEA API; empty: ``BEA_API_KEY``.
    base_url
        Another address of the API; empty: ``BRIEFS_BEA_URL``, else BEA's.
    client
        HTTP client to use; none: a new one.
    progress
        Called with a line of words before each request.
    vintage
        State of the figures; empty: today.
    sleep
        Waits between tries.

    Returns
    -------
    Fetched
        Persons; the publisher's thousands have one decimal, so low and high stand 50 off. A suppressed cell
        has its marker in ``flag``, NaN as value, and the bounds of its size letter, if it has one.

    Raises
    ------
    SourceError
        Without a key; if the server fails or refuses; if a year, a state or the total is missing.
    DataCheckError
        With every country or state that no list knows.

    Notes
    -----
    Source: US Bureau of Economic Analysis, Activities of U.S. affiliates of foreign multinational enterprises.
    """
    query = JOBS | {"DirectionOfInvestment": "State", "Classification": "StatebyCountryofUBO", "State": "all"}
    with connected(client) as open_client:
        server = _server(key, base_url, open_client, progress, sleep)
        return _fetched("jobs_state", [(query, "")], years, server, vintage)


def jobs_national(
    years: Sequence[int],
    *,
    key: str = "",
    base_url: str = "",
    client: httpx.Client | None = None,
    progress: Progress | None = None,
    vintage: str = "",
    sleep: Callable[[float], None] = time.sleep,
) -> Fetched:
    """Return jobs at majority-owned affiliates by country of owner, as rows of ``jobs_national``.

    Parameters, units and errors as in :func:`jobs_state`.
    """
    query = JOBS | {"DirectionOfInvestment": "Inward", "Classification": "CountryofUBO"}
    with connected(client) as open_client:
        server = _server(key, base_url, open_client, progress, sleep)
        return _fetched("jobs_national", [(query, "")], years, server, vintage)


def fdi_position(
    years: Sequence[int],
    *,
    key: str = "",
    base_url: str = "",
    client: httpx.Client | None = None,
    progress: Progress | None = None,
    vintage: str = "",
    sleep: Callable[[float], None] = time.sleep,
    bases: Sequence[str] = ("ubo", "foreign_parent"),
) -> Fetched:
    """Return positions at historical cost on each basis, million dollars, as rows of ``fdi_position``.

    Parameters and errors as in :func:`jobs_state`; ``bases`` are the bases to ask for.
    """
    queries = [(POSITION | {"Classification": BASES[basis]}, basis) for basis in bases]
    with connected(client) as open_client:
        server = _server(key, base_url, open_client, progress, sleep)
        return _fetched("fdi_position", queries, years, server, vintage)


def _server(
    key: str, base_url: str, client: httpx.Client, progress: Progress | None, sleep: Callable[[float], None]
) -> Server:
    base = base_url or os.environ.get(BASE_VARIABLE) or BASE
    own = secret.key(key, VARIABLE, SIGNUP, PUBLISHER)
    return Server("BEA API", base, own, "UserID", client, progress, sleep)


def _fetched(
    table: str, queries: list[tuple[dict[str, str], str]], years: Sequence[int], server: Server, vintage: str
) -> Fetched:
    wanted = sorted(set(years))
    if not wanted:
        raise SourceError(compose(f"years of {table}", "at least one year", "none", "Name the years."))
    today = date.today().isoformat()
    frames, raws, notes = [], [], []
    for query, basis in queries:
        found, raw = _rows(server, query | {"Year": ",".join(map(str, wanted))}, table, basis, wanted)
        name, frame, more = bea_rows.tabled(found, f"BEA API, {raw.name}", basis)
        if name != table:
            raise SourceError(
                compose(f"BEA API, {raw.name}", f"rows of {table}", f"rows of {name}", "Nothing was kept.")
            )
        frames.append(frame)
        raws.append(raw)
        notes += more
    fitted = rows.fitted(table, pd.concat(frames), vintage=vintage or today, known=today, source=SOURCE)
    return Fetched(table, fitted, tuple(raws), released.span(wanted), tuple(dict.fromkeys(notes)))


def _rows(
    server: Server, query: Mapping[str, str], table: str, basis: str, wanted: list[int]
) -> tuple[pd.DataFrame, Raw]:
    """Return the rows of one query, all wanted years in them, and the answer."""
    years = released.span(wanted).replace(", ", "_")
    name = "-".join(["bea-mne", table, *([basis] if basis else []), years]) + ".json"
    data, raw = server.ask("", {**COMMON, **query}, _data, name)
    found = pd.DataFrame(data).astype("object")
    found = found.where(found.notna(), "").astype("str")
    held = set(found["Year"].str.slice(0, 4)) if "Year" in found else set()
    missing = [year for year in wanted if str(year) not in held]
    if missing:
        got = released.span(int(year) for year in held if year.isdigit()) or "none"
        raise SourceError(
            compose(
                f"BEA API, {table}",
                f"the years {released.span(wanted)}",
                got,
                "Ask for the years that are published.",
            )
        )
    return found[found["Year"].str.slice(0, 4).isin([str(year) for year in wanted])], raw


def _data(reply: Reply) -> list[dict[str, Any]]:
    """Return the rows of an answer; errors stand inside it, in two places and two forms."""
    if not reply.content.strip():
        raise Again("an empty answer", "The query was too slow: try again, or ask for fewer years.")
    if reply.is_page:
        raise Again(f"a web page ({reply.heading})", "Try again later.")
    try:
        envelope = json.loads(reply.text)
    except ValueError:
        raise Again("no JSON, or half of one", "Try again later.") from None
    inner = envelope.get("BEAAPI") if isinstance(envelope, dict) else None
    results = _one(inner.get("Results") if isinstance(inner, dict) else None)
    if not isinstance(inner, dict):
        raise SourceError(
            compose(
                "BEA API",
                "an answer with BEAAPI and Results",
                reply.heading,
                "The form may have changed: tell us.",
            )
        )
    problems = [*_errors(inner.get("Error")), *_errors(results.get("Error"))]
    if problems:
        _complain(problems)
    data = results.get("Data")
    found = [data] if isinstance(data, dict) else data
    if not isinstance(found, list) or not found or not all(isinstance(row, dict) for row in found):
        raise SourceError(
            compose(
                "BEA API",
                "rows in Results.Data",
                "none",
                "Ask for years that are published; see the raw answer.",
            )
        )
    return found


def _one(results: object) -> dict[str, Any]:
    """Return the results, which some datasets put into a list of one."""
    first = results[0] if isinstance(results, list) and results else results
    return first if isinstance(first, dict) else {}


def _errors(found: object) -> list[dict[str, Any]]:
    several = found if isinstance(found, list) else [found]
    return [error for error in several if isinstance(error, dict) and error]


def _complain(problems: list[dict[str, Any]]) -> None:
    codes = {str(error.get("APIErrorCode", "")).strip() for error in problems}
    said = listed(" ".join(_words(error)) for error in problems)
    if codes <= COLD:
        raise Again(f"an error {said}", "Check the years; if they are published, try again later.")
    todo = (
        f"Check {VARIABLE}; a key is to be had at {SIGNUP}." if codes & KEY else "Nothing was kept; tell us."
    )
    raise SourceError(compose("BEA API", "rows", f"an error {said}", todo))


def _words(error: Mapping[str, Any]) -> list[str]:
    """Return code, description and detail of an error; the detail may be text or another mapping."""
    detail = error.get("ErrorDetail") or error.get("AdditionalDetail") or ""
    told = detail.get("Description", "") if isinstance(detail, dict) else detail
    return [str(part) for part in (error.get("APIErrorCode"), error.get("APIErrorDescription"), told) if part]
