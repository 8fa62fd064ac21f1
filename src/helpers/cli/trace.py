"""``briefs trace``: follow a number of a built brief back to the rows it was made of."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    import pandas as pd

NEAR = 5
"""Ids that an unknown one is answered with."""

CLOSE = 1e-9
"""Relative difference up to which a recomputed number agrees."""


def trace_number(
    brief: Annotated[
        Path, typer.Argument(metavar="FILE", help="The .json beside a brief.", show_default=False)
    ],
    number: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="Id of a number such as exports.share; all ids when none is given."
        ),
    ] = "",
    activities: Annotated[
        str,
        typer.Option(
            "--activities",
            metavar="PATH",
            help="Your own register, of a brief that was made with it: a brief does not say where it lies.",
        ),
    ] = "",
) -> None:
    """Follow a number back to its rows: table, vintage, key, value, source, transform; and compute it again."""
    content = _read(brief)
    values = {value["id"]: value for value in content["values"]}
    if not number:
        for value in values.values():
            typer.echo(f"{value['id']:40} {_figure(value['value'])} {value['unit']}, {value['period']}")
        return
    if number not in values:
        from helpers.errors import CatalogError, compose, listed

        near = difflib.get_close_matches(number, values, n=NEAR, cutoff=0.3) or list(values)[:NEAR]
        todo = "Correct it; without an id the command lists them all."
        raise CatalogError(compose(str(brief), f"an id such as {listed(near)}", repr(number), todo))
    for line in lines(values[number], content, activities):
        typer.echo(line)


def _read(path: Path) -> dict[str, Any]:
    from helpers.errors import CatalogError, compose

    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        todo = "Build the brief first, or correct the path."
        raise CatalogError(compose(str(path), "the .json beside a brief", "no such file", todo)) from error
    except ValueError as error:
        todo = "Name the .json file, not the page."
        raise CatalogError(compose(str(path), "the .json beside a brief", str(error), todo)) from error
    if "values" not in content or "tables" not in content:
        todo = "Build the brief again with `briefs build --force`."
        raise CatalogError(compose(str(path), "values with traces", "a file without them", todo))
    return content


def lines(value: dict[str, Any], content: dict[str, Any], activities: str = "") -> list[str]:
    """Return what is printed of one number.

    Parameters
    ----------
    value, content
        An entry of ``values``, and the whole file.
    activities
        Where the register is, of a brief that was made with its user's own.
    """
    from helpers.analysis import derive

    trace = value["trace"]
    told = [f"{value['id']}: {value['label']}", f"  value      {_figure(value['value'])} {value['unit']}"]
    told.append(f"  period     {value['period']}")
    if value["rank"] is not None:
        band = value["band"]
        wide = f", possible {band[0]}-{band[1]}" if band and band[0] != band[1] else ""
        of = f" of {value['of']}" if value["of"] else ""
        told.append(f"  rank       {value['rank']}{of}{wide}")
    told += [
        f"  transform  {trace['text']}",
        f"  basis      {trace['basis']}",
        f"  unit       {trace['unit']}",
    ]
    tables = _Tables(content, activities)
    for row in trace["rows"]:
        key = ", ".join(f"{name} {item}" for name, item in row["where"].items())
        told.append(f"  {'- ' if row.get('sign', 1) < 0 else ''}{row['as']}: {key}; vintage {row['vintage']}")
        told.append(f"    {row['column']} = {tables.cell(row)}")
        source = content["sources"].get(row["source"], {"text": row["source"], "url": ""})
        told.append(f"    source {source['text']} {source['url']}".rstrip())
    if (universe := trace.get("universe")) is not None:
        told.append(f"  among {json.dumps(universe, ensure_ascii=False)}")
    for name in tables.named(trace):
        told.append(f"  table {name}: {tables.told(name)}")
    try:
        again = derive.recompute(trace, tables)
    except Exception as error:  # a row that is gone, a table that cannot be read: said, not raised
        return [*told, f"  recomputed: not possible ({str(error).splitlines()[0]})"]
    return [
        *told,
        f"  recomputed {_figure(again)}: {'agrees' if _same(again, value['value']) else 'differs'}",
    ]


class _Tables:
    """The tables on disk, every row and vintage, as the brief's file names them."""

    def __init__(self, content: dict[str, Any], activities: str = "") -> None:
        self._content, self._own = content, activities

    def __call__(self, name: str) -> pd.DataFrame:
        from helpers.data import catalog, register

        if name == register.TABLE and (file := self._content["parameters"].get("activities")):
            return register.read(self._found(str(file)))
        return catalog.whole(name)

    def _found(self, file: str) -> str:
        """Return the path of the user's own register; the brief knows its name."""
        from helpers.errors import CatalogError, compose

        if not self._own:
            todo = "Name it with --activities."
            raise CatalogError(compose(f"register {file}", "the path of the user's own file", "none", todo))
        return self._own

    def cell(self, row: dict[str, Any]) -> str:
        from helpers.analysis import derive
        from helpers.errors import BriefsError

        try:
            return _figure(derive.find(row, self)[row["column"]])
        except BriefsError as error:
            return f"not there ({str(error).splitlines()[0]})"

    def named(self, trace: dict[str, Any]) -> list[str]:
        universe = trace.get("universe") or {}
        found = [row["table"] for row in trace["rows"]]
        found += [part["table"] for part in (universe, universe.get("less") or {}) if part]
        return list(dict.fromkeys(found))

    def told(self, name: str) -> str:
        from helpers import paths
        from helpers.data import register, tables

        table = self._content["tables"][name]
        own = name == register.TABLE and self._content["parameters"].get("activities")
        file = Path(self._own).expanduser() if own else paths.data_dir() / table["path"]
        now = tables.digest(file) if file.is_file() else ""
        still = "is the same" if now == table["sha256"] else "has changed since"
        if own and not self._own:
            still = "was not named"
        return f"{table['title']} ({table['path']}), sha256 {table['sha256']}; the file on disk {still}"


def _figure(value: Any) -> str:
    if value is None or value != value:
        return "none"
    if isinstance(value, str):
        return value
    return f"{float(value):,.12g}"


def _same(one: float, other: float | None) -> bool:
    if other is None or one != one:
        return other is None and one != one
    return abs(one - other) <= CLOSE * max(abs(other), 1e-12)
