"""What a state trades with a partner, commodity by commodity, from partitions that a refresh fetched.

The Census Bureau's state trade by commodity is too large for a table of ``data/``: it is kept state by state under
``data/raw/statehs/`` (not in version control), one Parquet file a state, year and flow, sorted by partner, so that one
partner's rows are read without the others. ``state=TN/index.json`` says what is in hand of a state.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from pyarrow import parquet

from helpers import paths
from helpers.data import reads
from helpers.data.tables import digest
from helpers.errors import CatalogError, compose, listed

TABLE = "statehs"
FOLDER = f"raw/{TABLE}"
INDEX = "index.json"
FLOWS = ("exports", "imports")
BATCH = 20_000
"""Rows that are held at once, and rows of a group in a file."""

TITLE = {
    "en": "State trade by commodity: {state} {year}, {flow}",
    "ja": "州別・品目別貿易：{state} {year}年 {flow}",
}
BASIS = {
    "exports": {
        "en": "Census basis; exports f.a.s., by origin of movement, January to the month named",
        "ja": "センサス・ベース、輸出はf.a.s.、積出州、1月から当該月までの累計",
    },
    "imports": {
        "en": "Census basis; general imports, customs value, by state of destination, January to the month named",
        "ja": "センサス・ベース、一般輸入、通関額、仕向州、1月から当該月までの累計",
    },
}
"""What a trace says of a partition: its description, as the descriptor gives that of a table."""

COLUMNS = (
    "year",
    "month",
    "state",
    "partner",
    "flow",
    "commodity",
    "description",
    "value_usd",
    "total_usd",
    "commodities",
    "next_usd",
    "vintage",
    "released",
    "source",
    "table",
)


def index(state: str) -> list[dict[str, Any]]:
    """Return the partitions of a state that are in hand, from the oldest year on; noted as read.

    Each has ``year``, ``month`` (figures run from January to it), ``flow``, ``path`` (below ``data/``), ``sha256``,
    ``rows``, ``level``, ``released``, ``vintage``, ``source``, ``retrieved``, ``url`` and ``answer_sha256``.
    """
    name = f"{FOLDER}/state={state}/{INDEX}"
    path = paths.data_dir() / name
    there = path.is_file()
    reads.note("file", name, name, digest(path) if there else "")
    if not there:
        return []
    try:
        found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["partitions"]
        return sorted(found, key=lambda entry: (entry["year"], entry["flow"]))
    except (ValueError, KeyError, TypeError) as error:
        todo = f"Remove data/{name} and fetch the state again."
        raise CatalogError(compose(name, "a list of partitions", str(error), todo)) from error


def table_name(state: str, year: int, flow: str) -> str:
    """Return the name of a partition as a table: ``statehs/TN/2024/exports``."""
    return f"{TABLE}/{state}/{year}/{flow}"


def is_partition(table: str) -> bool:
    """Return whether a table's name is that of a partition."""
    return table.startswith(f"{TABLE}/")


def entry(table: str) -> dict[str, Any]:
    """Return what the index says of a partition that is named as a table (see :func:`index`).

    Raises
    ------
    CatalogError
        If it is not in hand.
    """
    _, state, year, flow = table.split("/")
    for found in index(state):
        if (str(found["year"]), found["flow"]) == (year, flow):
            return found
    todo = f"Run: briefs data refresh statehs --state {state} --year {year}"
    raise CatalogError(compose(table, "a partition that was fetched", "none", todo))


def partition(table: str) -> pd.DataFrame:
    """Return a partition that is named as a table: its rows with year, state, flow, vintage, released and source.

    Raises
    ------
    CatalogError
        If it is not in hand, or not the one that was fetched.
    """
    known = entry(table)
    told = {name: known[name] for name in ("year", "state", "flow", "vintage", "released", "source")}
    return pd.read_parquet(_file(known)).assign(**told)


def top(
    state: str,
    partner: str = "JPN",
    flow: str = "exports",
    count: int = 5,
    year: int | None = None,
    *,
    as_of: str = "",
) -> pd.DataFrame:
    """Return the largest commodities that a state sells to, or buys from, a partner.

    Parameters
    ----------
    state
        USPS code.
    flow
        ``exports`` (origin of movement, f.a.s.) or ``imports`` (state of destination, customs value).
    count
        How many; of equal values the lower code comes first.
    year
        Default: the newest in hand.
    as_of
        ISO date: only years published by then.

    Returns
    -------
    DataFrame
        From the largest: year, month (values run from January to it), state, partner, flow, commodity (HS code, text),
        description (as published), value_usd, total_usd and commodities (sum and number of all commodities with that
        partner), next_usd (value of the first one left out, missing where there is none), vintage, released, source,
        table (the partition's name as a table). Empty where nothing is in hand.

    Raises
    ------
    CatalogError
        If the flow is unknown, or a partition is missing or not the one that was fetched.
    """
    if flow not in FLOWS:
        raise CatalogError(compose("flow", f"one of {listed(FLOWS)}", repr(flow), "Name one of them."))
    known = [
        held
        for held in index(state)
        if held["flow"] == flow
        and (year is None or held["year"] == year)
        and (not as_of or held["released"] <= as_of)
    ]
    if not known:
        return pd.DataFrame(columns=list(COLUMNS))
    newest = known[-1]
    rows = _rows(_file(newest), partner, int(newest["month"]))
    ordered = rows.sort_values(["value_usd", "commodity"], ascending=[False, True])
    first, rest = ordered.head(count), ordered["value_usd"].iloc[count:]
    told = {name: newest[name] for name in ("year", "month", "flow", "vintage", "released", "source")}
    whole: dict[str, Any] = {"total_usd": int(rows["value_usd"].sum()), "commodities": len(rows)}
    whole["next_usd"] = int(rest.iloc[0]) if len(rest) else pd.NA
    told["table"] = table_name(state, newest["year"], flow)
    return first.assign(state=state, partner=partner, **told, **whole)[list(COLUMNS)].reset_index(drop=True)


def tops(state: str, partner: str = "JPN", *, count: int = 5, as_of: str = "") -> dict[str, pd.DataFrame]:
    """Return :func:`top` for both flows, by flow."""
    return {flow: top(state, partner, flow, count, as_of=as_of) for flow in FLOWS}


def _file(entry: Mapping[str, Any]) -> Path:
    path = paths.data_dir() / entry["path"]
    got = digest(path) if path.is_file() else "no such file"
    if got != entry["sha256"]:
        todo = f"Run: briefs data refresh statehs --state {entry['state']} --year {entry['year']}"
        raise CatalogError(compose(entry["path"], f"sha256 {entry['sha256']}", got, todo))
    return path


def _rows(path: Path, partner: str, month: int) -> pd.DataFrame:
    """Return one partner's rows from January to `month`, from the groups of the file that can hold it."""
    wanted = ["partner", "month", "commodity", "description", "value_ytd_usd"]
    found = []
    with parquet.ParquetFile(path, pre_buffer=False) as file:
        place = file.schema_arrow.names.index("partner")
        for group in range(file.metadata.num_row_groups):
            edges = file.metadata.row_group(group).column(place).statistics
            if edges is not None and edges.has_min_max and not edges.min <= partner <= edges.max:
                continue
            rows = file.read_row_group(group, columns=wanted, use_threads=False).to_pandas(use_threads=False)
            found.append(rows[(rows["partner"] == partner) & (rows["month"] == month)])
    empty = pd.DataFrame(columns=wanted)
    rows = (pd.concat(found) if found else empty).drop(columns=["partner", "month"])
    return rows.rename(columns={"value_ytd_usd": "value_usd"})
