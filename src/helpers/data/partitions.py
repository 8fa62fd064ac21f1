"""Fetch state trade by commodity, state by state, into partitions of which each is whole or absent."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from helpers import paths
from helpers.data import catalog, commodities
from helpers.data.commodities import BATCH, FOLDER, INDEX
from helpers.data.sources.answer import Raw
from helpers.errors import CatalogError, DataCheckError, compose, listed

NEEDED = ("year", "month", "state", "partner", "flow", "commodity", "description", "value_ytd_usd")
KEPT = ("partner", "commodity", "month", "description", "value_usd", "value_ytd_usd")
WORDS = ("partner", "commodity", "description")


def lacking(
    year: int, states: Sequence[str] = (), flows: Sequence[str] = commodities.FLOWS, *, month: int = 12
) -> list[tuple[str, str]]:
    """Return the (state, flow) pairs of a year that are not in hand up to `month`; states empty: all of them.

    Raises
    ------
    CatalogError
        If a state is unknown.
    """
    known = list(catalog.load("states")["usps"])
    wrong = [state for state in states if state not in known]
    if wrong:
        raise CatalogError(compose("--state", "USPS codes such as TN", listed(wrong), "Correct them."))
    return [
        (state, flow) for state in states or known for flow in flows if not _held(state, year, flow, month)
    ]


def _held(state: str, year: int, flow: str, month: int) -> bool:
    return any(
        (entry["year"], entry["flow"]) == (year, flow)
        and entry["month"] >= month
        and (paths.data_dir() / entry["path"]).is_file()
        for entry in commodities.index(state)
    )


def fetch(
    year: int,
    pairs: Sequence[tuple[str, str]],
    *,
    key: str,
    month: int = 12,
    progress: Callable[[str], None] | None = None,
) -> Iterator[dict[str, Any]]:
    """Fetch (state, flow) pairs one after the other, and yield the entry of each partition once it is in its place.

    What stops it (a refusal, a cut line, Ctrl-C) leaves the finished partitions; :func:`lacking` names the rest.

    Raises
    ------
    SourceError
        If the Census Bureau refuses or answers with something else.
    CatalogError
        If the disk refuses.
    DataCheckError
        If an answer holds another state, year or flow than was asked for, or a commodity twice.
    """
    from helpers.data.sources import census

    for state, flow in pairs:
        answers = census.statehs(
            year, month=month, states=(state,), flows=(flow,), key=key, progress=progress
        )
        for _, _, raw, frame in answers:
            try:
                entry = store(state, year, flow, frame, raw, secrets=(key,))
            except OSError as error:
                where, expected = str(paths.data_dir() / FOLDER), "room and leave to write"
                todo = "What was fetched is kept: make room or allow writing, then run it again for the rest."
                raise CatalogError(compose(where, expected, str(error), todo)) from error
            yield entry


def store(
    state: str,
    year: int,
    flow: str,
    frame: pd.DataFrame,
    raw: Raw,
    *,
    secrets: Sequence[str] = (),
    today: str = "",
) -> dict[str, Any]:
    """Write one partition and its entry in the state's index, and return the entry.

    Parameters
    ----------
    frame
        year, month, state, partner, flow, commodity, description, value_usd, value_ytd_usd, vintage, source.
    raw
        The answer; its digest and its address are kept, the bytes are not (the rows are all it holds).
    """
    _check(state, year, flow, frame)
    today = today or datetime.now(UTC).date().isoformat()
    folder = paths.data_dir()
    name = f"{FOLDER}/state={state}/year={year}/flow={flow}/part.parquet"
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    rows = frame[list(KEPT)].sort_values(["partner", "commodity", "month"], kind="stable")
    with _placed(target) as new:
        _write(rows, new)
        sha256 = _digest(new)
    entry = {
        "state": state,
        "year": year,
        "month": int(frame["month"].max()),
        "flow": flow,
        "path": name,
        "sha256": sha256,
        "rows": len(rows),
        "level": f"HS{len(str(frame['commodity'].iloc[0]))}",
        "released": min(today, f"{year + 1}-12-31"),
        "vintage": str(frame["vintage"].iloc[0]),
        "source": str(frame["source"].iloc[0]),
        "retrieved": today,
        "url": _hidden(raw.url, secrets),
        "answer_sha256": hashlib.sha256(raw.content).hexdigest(),
    }
    others = [old for old in commodities.index(state) if (old["year"], old["flow"]) != (year, flow)]
    with _placed(folder / FOLDER / f"state={state}" / INDEX) as new:
        new.write_text(json.dumps({"partitions": [*others, entry]}, indent=1) + "\n", encoding="utf-8")
    return entry


def _check(state: str, year: int, flow: str, frame: pd.DataFrame) -> None:
    where = f"statehs, {state} {year} {flow}"
    missing = [name for name in (*NEEDED, "value_usd", "vintage", "source") if name not in frame]
    if missing or frame.empty:
        got = f"no {listed(missing)}" if missing else "no rows"
        raise DataCheckError(compose(where, "rows of state trade by commodity", got, "Ask again later."))
    problems = [
        f"{name} {listed(strange)}"
        for name, wanted in (("state", state), ("year", year), ("flow", flow))
        if len(strange := sorted(set(frame[name]) - {wanted}))
    ]
    twice = frame[frame.duplicated(["partner", "commodity", "month"])]
    problems += (
        [f"{twice['partner'].iloc[0]} {twice['commodity'].iloc[0]} a second time"] if len(twice) else []
    )
    problems += ["a negative value"] if (frame["value_ytd_usd"] < 0).any() else []
    if problems:
        raise DataCheckError(
            compose(where, "each commodity of it once", "; ".join(problems), "Nothing was kept.")
        )


def _write(rows: pd.DataFrame, path: Path) -> None:
    schema = pa.schema(
        [
            pa.field(name, pa.string() if name in WORDS else pa.int8() if name == "month" else pa.int64())
            for name in KEPT
        ]
    )
    table = pa.Table.from_pandas(rows, schema, preserve_index=False, nthreads=1)
    parquet.write_table(table, path, row_group_size=BATCH, compression="zstd")


class _placed:
    """A new file beside its place, moved there when the block ends well, removed when it does not."""

    def __init__(self, target: Path) -> None:
        self.target, self.new = target, target.with_name(f".{target.name}.new")

    def __enter__(self) -> Path:
        return self.new

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            self.new.unlink(missing_ok=True)
            return
        try:
            with self.new.open("rb") as file:
                os.fsync(file.fileno())
            os.replace(self.new, self.target)
        except OSError:
            self.new.unlink(missing_ok=True)
            raise


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hidden(url: str, secrets: Sequence[str]) -> str:
    from helpers.data.raw import HIDDEN

    for secret in filter(None, secrets):
        url = url.replace(secret, HIDDEN)
    return url
