"""Refresh a table from its publisher: ask or read, compare, check, and only then write, all files or none."""

from __future__ import annotations

import copy
import hashlib
import io
import os
import shutil
import tempfile
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from helpers import paths
from helpers.data import (
    catalog,
    changes,
    checks,
    descriptor,
    dictionary,
    plausible,
    raw,
    schemas,
    sums,
    swap,
    told,
)
from helpers.data import tables as files
from helpers.data.changes import Changes
from helpers.data.descriptor import Table
from helpers.data.reconcile import Check
from helpers.data.sources.answer import Fetched
from helpers.errors import CatalogError, DataCheckError, compose, listed


@dataclass(frozen=True, eq=False)
class Plan:
    """What a refresh would write: decided and checked, nothing done.

    Attributes
    ----------
    fetched
        What the publisher gave, of the years asked for.
    changes
        What that changes in the table.
    checks
        The sums that were checked, all of which hold.
    based_on
        SHA-256 of the table's file that the plan was made for.
    """

    fetched: Fetched
    changes: Changes
    checks: tuple[Check, ...]
    based_on: str

    @property
    def table(self) -> str:
        """The table's name."""
        return self.fetched.table


def key(table: str) -> str:
    """Return the key of a table's publisher from its environment variable.

    Raises
    ------
    CatalogError
        If the table has no publisher that can be asked, or the variable is not set; it says where to get one.
    """
    from helpers.data.sources import registry

    client = registry.TABLES.get(table)
    if client is None:
        known = f"one of {listed(registry.TABLES)}"
        todo = "Name one of them, or read a file with --from."
        raise CatalogError(
            compose("data refresh", f"a table whose publisher can be asked: {known}", repr(table), todo)
        )
    found = os.environ.get(client.variable, "").strip()
    if not found:
        raise CatalogError(missing_key(table, client.publisher, client.variable, client.signup))
    return found


def missing_key(what: str, publisher: str, variable: str, signup: str) -> str:
    """Return the sentence that says which key is missing and where to get it."""
    todo = f"Get one free of charge from the {publisher} at {signup} and set {variable}."
    return compose(f"refresh of {what}", f"a key in {variable}", "none", todo)


def ask(table: str, years: Sequence[int], *, progress: Callable[[str], None] | None = None) -> Fetched:
    """Return what the publisher's API gives for a table and years (empty: the newest that is to be expected).

    Raises
    ------
    CatalogError
        Without a key (see :func:`key`).
    SourceError
        If the publisher does not answer, refuses, or answers with something else.
    """
    from helpers.data.sources import registry

    found = key(table)
    return registry.TABLES[table].fetch(tuple(years) or (expected(table),), key=found, progress=progress)


def expected(table: str) -> int:
    """Return the newest whole year that a publisher has out: the last one, or the one before for employment."""
    from helpers.data.sources.released import YEARS_LATER

    return datetime.now(UTC).year - YEARS_LATER.get(table, 1)


def read(path: Path, *, vintage: str = "") -> Fetched:
    """Return what a publisher's file holds; its vintage is the day it was last changed unless given.

    Raises
    ------
    CatalogError
        If there is no such file, or it is a folder; if the vintage is no year, month or day.
    SourceError
        If it is no file of a kind that has a reader.
    DataCheckError
        If a name in it stands in no list, or a year in it was not over at the vintage.
    """
    from helpers.data.sources import detect

    if vintage:
        _dated(vintage)
    if not path.is_file():
        got, todo = (
            ("a folder", "Name a file in it.") if path.is_dir() else ("no such file", "Correct the path.")
        )
        raise CatalogError(compose(str(path), "a file of the publisher", got, todo))
    day = datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat()
    state = vintage or day
    found = detect.reader_for(path)(path, vintage=state, released=_last_day(state, day))
    plausible.over(found.frame, found.table)
    return found


def _dated(vintage: str) -> None:
    try:
        day = f"{vintage}-01-01"[:10]
        if len(vintage) not in (4, 7, 10) or date.fromisoformat(day).isoformat() != day:
            raise ValueError  # a week (2019-W01-1) is also ISO, and no vintage
    except ValueError:
        expected = "a year, month or day of the calendar (2019, 2019-07, 2019-07-24)"
        raise CatalogError(compose("--vintage", expected, repr(vintage), "Correct it.")) from None


def _last_day(vintage: str, day: str) -> str:
    """Return the last day that a vintage can mean, where that is before ``day``; a day is what it is."""
    if len(vintage) == 10:
        return vintage
    year, month = int(vintage[:4]), int(vintage[5:] or 12)
    return min(date(year, month, monthrange(year, month)[1]).isoformat(), day)


def prepare(fetched: Fetched, years: Sequence[int] = (), *, whole: bool = True) -> Plan:
    """Return what a refresh would change, after every check that the table has to pass.

    Parameters
    ----------
    fetched
        What was asked or read.
    years
        Only these; empty: all of them.
    whole
        Whether the publisher gave all it has for these years, so that partners have to reach their total.

    Raises
    ------
    CatalogError
        If nothing is left, or the descriptor and the table on disk do not agree; if the disk refuses.
    DataCheckError
        If the table would break its schema, hold a code that no list knows, or no longer add up; if the answer
        lacks partners that count.
    """
    folder = paths.data_dir()
    swap.repair(folder)
    table = catalog.find(fetched.table)
    frame = changes.normal(fetched.frame, table)
    frame = frame[frame["year"].isin(list(years))] if years else frame
    if frame.empty:
        wanted = f"rows of {listed(years)}" if years else "rows"
        raise CatalogError(
            compose(f"refresh of {table.name}", wanted, "none", "Ask for other years (--year).")
        )
    found = changes.compare(table, files.read(folder, table), frame)
    schemas.check(found.after, table)
    catalog.check_codes(found.after, table)
    notes = (*fetched.notes, *plausible.check(found, frame))
    frame = frame.reset_index(drop=True)
    fetched = replace(fetched, frame=frame, period=told.span(frame["year"]), notes=notes)
    made = sums.of(found, whole=whole)
    _refuse(table.name, [check for check in made if not check.ok])
    plan = Plan(fetched, found, tuple(made), table.sha256)
    if not found.none:
        _rehearse(folder, plan)
    return plan


def write(plan: Plan, *, secrets: Sequence[str] = (), today: str = "") -> list[str]:
    """Write the table, its description and the dictionary as one, and keep the answers; return what was written.

    Raises
    ------
    CatalogError
        If the table on disk is no longer the one that the plan was made for, or the disk refuses.
    """
    folder, today = paths.data_dir(), today or datetime.now(UTC).date().isoformat()
    path = folder / plan.changes.table.path
    now = files.digest(path) if path.is_file() else "no such file"
    if now != plan.based_on:
        where = f"table {plan.table} ({plan.changes.table.path})"
        todo = "Somebody has changed it meanwhile: run the refresh again."
        raise CatalogError(compose(where, f"sha256 {plan.based_on}", now, todo))
    if plan.changes.none:
        return []
    todo = "The tables are as they were, or the next refresh finishes what was decided. Make room first."
    with _room(str(folder), todo), _answers(folder, plan):
        kept = raw.keep(folder, plan.table, plan.fetched.raws, today, secrets)
        content = contents(folder, plan, kept, today)
        swap.put(folder, content)
    return [*content, *(item["path"] for item in kept)]


@contextmanager
def _room(where: str, todo: str) -> Iterator[None]:
    """Say what to do where the disk refuses; of a folder that is copied, why the first file of it fails."""
    try:
        yield
    except OSError as error:
        got = str(error.args[0][0][2] if isinstance(error, shutil.Error) else error)
        raise CatalogError(compose(where, "room and leave to write", got, todo)) from error


@contextmanager
def _answers(folder: Path, plan: Plan) -> Iterator[None]:
    """Remove the answers that were kept meanwhile, if the refresh they belong to was never decided."""
    place, table = folder / raw.FOLDER / plan.table, folder / plan.changes.table.path
    before = set(place.glob("*"))
    try:
        yield
    except BaseException:
        if not (folder / swap.JOURNAL).is_file() and files.digest(table) == plan.based_on:
            for path in set(place.glob("*")) - before:
                path.unlink(missing_ok=True)
        raise


def contents(folder: Path, plan: Plan, kept: Sequence[Mapping[str, str]], today: str) -> dict[str, bytes]:
    """Return the files of a refresh by path below the data folder; the descriptor, which vouches for them, last."""
    table, package = plan.changes.table, copy.deepcopy(descriptor.raw(folder))
    data = encoded(folder, plan.changes)
    resource: dict[str, Any] = next(r for r in package["resources"] if r["name"] == table.name)
    resource["hash"] = f"sha256:{hashlib.sha256(data).hexdigest()}"
    resource["bytes"], resource["rows"] = len(data), len(plan.changes.after)
    told.tell(resource, plan.fetched, kept, today)
    found = {table.path: data}
    if (folder / dictionary.README).is_file():
        found[dictionary.README] = dictionary.readme(descriptor.of(package).values()).encode()
    return found | {descriptor.FILE: dictionary.text(package).encode()}


def encoded(folder: Path, found: Changes) -> bytes:
    """Return the bytes of the changed table; in a CSV the rows that stay are the characters they were."""
    path, table = folder / found.table.path, found.table
    if table.format == "parquet":
        buffer = io.BytesIO()
        schema = parquet.read_schema(path)
        parquet.write_table(
            pa.Table.from_pandas(found.after, schema, preserve_index=False), buffer, compression="zstd"
        )
        return buffer.getvalue()
    old = pd.read_csv(path, dtype=str, keep_default_na=False)
    out = changes.written(found.after, table.fields).astype(object)
    stays = found.kept >= 0
    out.loc[stays] = old.iloc[found.kept[stays]].to_numpy(dtype=object)
    return out.to_csv(index=False, lineterminator="\n").encode()


def _refuse(table: str, failed: Sequence[Check]) -> None:
    if failed:
        got = "; ".join(f"{check.name_en}: {check.got} ({check.detail})" for check in failed)
        todo = (
            "The table on disk is as it was. Ask again; if it stays so, the publisher's figures need a look."
        )
        raise DataCheckError(compose(f"refresh of {table}", "sums that hold", got, todo))


def _rehearse(folder: Path, plan: Plan) -> None:
    """Run every check of ``briefs data check`` on a copy with the refresh in it; what fails only there is refused."""
    room = _room(f"a copy of {folder}", "The tables are as they were. Make room for temporary files.")
    with room, tempfile.TemporaryDirectory(prefix="briefs-refresh-") as name:
        copied = Path(name) / "data"
        shutil.copytree(folder, copied, ignore=shutil.ignore_patterns(raw.FOLDER, ".*"))
        for path, content in contents(folder, plan, (), "").items():
            (copied / path).write_bytes(content)
        with _reading(copied):
            after = [check for check in checks.run() if not check.ok]
    before = {check.name for check in checks.run() if not check.ok} if after else set()
    _refuse(plan.table, [check for check in after if check.name not in before])


@contextmanager
def _reading(folder: Path) -> Iterator[None]:
    """Let the catalogue read another folder."""
    before = os.environ.get("BRIEFS_DATA")
    os.environ["BRIEFS_DATA"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["BRIEFS_DATA"]
        else:
            os.environ["BRIEFS_DATA"] = before


def preferred(plan: Plan) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the table before and after as a brief of today would read it: one vintage a period."""
    table: Table = plan.changes.table
    from helpers.data.vintages import preferred as one

    return (
        one(plan.changes.before, table.one_vintage_per),
        one(plan.changes.after, table.one_vintage_per),
    )
