"""``briefs trace --all``: every number of every brief of a built edition, computed again from the tables on disk."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from helpers.cli.terminal import console as _console
from helpers.cli.terminal import plain as _plain
from helpers.cli.terminal import shown as _shown

if TYPE_CHECKING:
    from helpers.analysis.lookup import Lookup
    from helpers.data.traced import Tables

NEEDED = ("how", "basis", "unit", "text")
"""What every trace says."""

OF_A_ROW = ("table", "column", "where", "vintage", "source")
"""What each of its rows says."""

Again = tuple[float, list[int] | None]
"""A number computed again, and its band where the rows give one."""

LISTED = 50
"""Failures that are printed; the rest are counted."""


@dataclass
class Walk:
    """What was seen on the way: numbers by operation, those that fail, ranks and how many of them have a band.

    ``unread`` holds the files that are no brief's numbers, each with what is wrong with it.
    """

    briefs: int = 0
    numbers: Counter[str] = field(default_factory=Counter)
    again: Counter[str] = field(default_factory=Counter)
    failed: list[tuple[str, str, str]] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    ranks: int = 0
    wide: Counter[str] = field(default_factory=Counter)
    claims: dict[str, int] = field(default_factory=dict)


def over(files: Iterable[Path], activities: str = "", claims: str = "") -> Walk:
    """Return what the ``.json`` files of briefs hold, each number computed again.

    A number fails when its trace lacks a part, names a table whose file is not the one on disk, a source without
    words or a row that is not there once, or does not give the number again. Operations that no row can give again
    (``derive.NOT_ROWS``) are counted apart and held to the rest. A file that cannot be read is noted as such.
    """
    from helpers.cli.trace import read
    from helpers.errors import CatalogError

    found, kept = Walk(), _Kept(activities, claims)
    for file in files:
        try:
            content = read(file)
        except CatalogError as error:
            found.unread.append((_shown(file), str(error).removeprefix(f"{file}: ")))
            continue
        found.briefs += 1
        brief = f"{content['lang']}/{content['brief']}"
        kept.turn_to(content)
        for value in content["values"]:
            how = str(value["trace"].get("how"))
            found.numbers[how] += 1
            told, computed = kept.checked(value, content)
            found.again[how] += computed
            if told:
                found.failed.append((brief, value["id"], told))
            if value["unit"] == "rank" and (value["value"] is not None or value["band"]):
                found.ranks += 1
                found.wide[brief] += _wide(value["band"])
        found.claims |= _verdicts(content)
    return found


def _wide(band: list[int] | None) -> bool:
    return bool(band) and band[0] != band[1]  # type: ignore[index]


def _verdicts(content: Mapping[str, Any]) -> dict[str, int]:
    """Return the figures of the ledger by verdict, where the brief is the audit."""
    from helpers.analysis.claims.verdict import VERDICTS

    wanted = {f"claims.{verdict}": verdict for verdict in ("all", *VERDICTS)}
    held = {wanted[v["id"]]: int(v["value"]) for v in content["values"] if v["id"] in wanted}
    return held if len(held) == len(wanted) else {}


class _Kept:
    """The tables with their indexes, and what was computed before: the twins of a brief share their traces."""

    def __init__(self, activities: str, claims: str) -> None:
        self._files = activities, claims
        self._lookups: dict[tuple[tuple[str, str], ...], tuple[Tables, Lookup, dict[str, Again | str]]] = {}

    def turn_to(self, content: Mapping[str, Any]) -> None:
        """Read from the tables of this brief from now on."""
        from helpers.analysis.lookup import Lookup
        from helpers.data.traced import Tables

        tables = Tables(content["parameters"], *self._files)
        self.tables, self.lookup, self.done = self._lookups.setdefault(
            tables.own, (tables, Lookup(tables), {})
        )
        self.same = {
            name: self.tables.sha256(name, told["path"]) == told["sha256"]
            for name, told in content["tables"].items()
        }

    def checked(self, value: Mapping[str, Any], content: Mapping[str, Any]) -> tuple[str, bool]:
        """Return what is wrong with a number, nothing where it holds; and whether rows gave it again."""
        from helpers.analysis import derive
        from helpers.cli import recount

        trace = value["trace"]
        told = self._lacking(trace, content)
        if told:
            return told, False
        if trace["how"] in derive.NOT_ROWS:
            there = value["value"] is not None or bool(value["band"])
            return ("" if there != (trace["how"] == "none") else "has a value or lacks one"), False
        key = json.dumps([trace[part] for part in ("how", "rows", "universe")] + [trace.get("scale")])
        if key not in self.done:
            self.done[key] = self._again(trace)
        found = self.done[key]
        if isinstance(found, str):
            return found, False
        again, band = found
        if not recount.same(again, value["value"]):
            return f"{again:.12g} from the rows, not {value['value']}", True
        if band is not None and band != value["band"]:
            return f"between {band[0]} and {band[1]} from the rows, not {value['band']}", True
        return "", True

    def _again(self, trace: Mapping[str, Any]) -> Again | str:
        from helpers.analysis import derive
        from helpers.cli import recount

        try:
            again = recount.recompute(trace, self.lookup)
            return again, derive.band(trace, self.lookup)
        except Exception as error:  # a row that is gone, a cell that holds words: told of the number
            return str(error).splitlines()[0]

    def _lacking(self, trace: Mapping[str, Any], content: Mapping[str, Any]) -> str:
        from helpers.analysis import universes

        lacks = [part for part in NEEDED if not trace.get(part)]
        rows, universe = trace.get("rows", ()), trace.get("universe")
        if not (rows or universe):
            lacks.append("rows")
        lacks += [part for row in rows for part in OF_A_ROW if not row.get(part)]
        if lacks:
            return f"its trace lacks {', '.join(dict.fromkeys(lacks))}"
        named = dict.fromkeys(
            [row["table"] for row in rows] + (universes.tables(universe) if universe else [])
        )
        if other := [name for name in named if not self.same.get(name)]:
            return f"the file of {', '.join(other)} is another than the one it was made from"
        keys = dict.fromkeys(row["source"] for row in rows) or ([universe["source"]] if universe else [])
        silent = [key for key in keys if not content["sources"].get(key, {}).get("text")]
        return f"no words for the source {', '.join(silent)}" if silent else ""


def report(edition: str, files: list[Path], activities: str = "", claims: str = "") -> None:
    """Print what :func:`over` finds in an edition, and leave with 1 when a number fails or a file cannot be read."""
    from rich.table import Table

    from helpers.analysis.derive import NOT_ROWS

    began = time.perf_counter()
    found = over(files, activities, claims)
    console = _console()
    table = Table("operation", "numbers", "computed again", box=None, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    for how, count in found.numbers.most_common():
        table.add_row(how, f"{count:,}", "no row gives it" if how in NOT_ROWS else f"{found.again[how]:,}")
    table.add_row("all", f"{found.numbers.total():,}", f"{found.again.total():,}")
    console.print(table)
    for file, told in found.unread[:LISTED]:
        console.print(f"{file}: {told}", markup=False, soft_wrap=True)
    if found.failed:
        fails = Table("brief", "number", "what is wrong", title="What fails", show_lines=False)
        for row in found.failed[:LISTED]:
            fails.add_row(*(_plain(cell) for cell in row))
        console.print(fails)
    wide = +found.wide
    lines = [
        f"{found.ranks:,} ranks, {wide.total():,} with a band wider than one place, in {len(wide)} of "
        f"{found.briefs} briefs"
    ]
    if found.claims:
        verdicts = ", ".join(f"{name} {count}" for name, count in found.claims.items() if name != "all")
        lines.append(f"claims: {found.claims['all']} figures, {verdicts}")
    lines.append(
        f"edition {edition}: {found.numbers.total():,} numbers of {found.briefs} briefs, "
        f"{found.again.total():,} computed again from their rows, {len(found.failed):,} fail"
        + (f", {len(found.unread):,} files cannot be read" if found.unread else "")
        + f" ({time.perf_counter() - began:.1f} s)"
    )
    for line in lines:
        console.print(line, markup=False, soft_wrap=True)
    if found.failed or found.unread:
        raise typer.Exit(1)
