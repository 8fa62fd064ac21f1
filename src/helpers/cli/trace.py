"""``briefs trace``: follow a number of a built brief, or all of an edition, back to the rows they were made of."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from helpers.analysis.lookup import Lookup

NEEDED = {"brief": str, "lang": str, "parameters": dict, "values": list, "tables": dict, "sources": dict}
"""What the .json beside a brief holds."""

OF_A_VALUE = ("id", "label", "value", "unit", "period", "rank", "band", "of", "trace")
"""What each of its values holds."""

NEAR = 5
"""Ids that an unknown one is answered with."""


def trace_number(
    brief: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="The .json beside a brief; with --all an edition (the default: latest)."
        ),
    ] = "",
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
    claims: Annotated[
        str,
        typer.Option("--claims", metavar="PATH", help="Your own ledger of claims, of a brief made with it."),
    ] = "",
    all: Annotated[
        bool,
        typer.Option(
            "--all",
            help="Compute every number of every brief of an edition again.",
        ),
    ] = False,
) -> None:
    """Follow a number back to its rows: table, vintage, key, value, source, transform; and compute it again.

    Ends with 1 where a table is not the file that a number was made from, or the rows do not give it again.
    """
    _there("--activities", activities)
    _there("--claims", claims)
    if all:
        if number:
            raise typer.BadParameter("--all looks at every number: leave the id out", param_hint="ID")
        _edition(brief, activities, claims)
        return
    if not brief:
        raise typer.BadParameter("name the .json beside a brief, or ask for --all", param_hint="FILE")
    content = read(Path(brief))
    values = {value["id"]: value for value in content["values"]}
    if not number:
        for value in values.values():
            typer.echo(f"{value['id']:40} {_figure(value['value'])} {value['unit']}, {value['period']}")
        return
    if number not in values:
        from helpers.errors import CatalogError, compose, listed

        near = difflib.get_close_matches(number, values, n=NEAR, cutoff=0.3) or list(values)[:NEAR]
        todo = "Correct it; without an id the command lists them all."
        raise CatalogError(compose(brief, f"an id such as {listed(near)}", repr(number), todo))
    told, holds = lines(values[number], content, activities, claims)
    for line in told:
        typer.echo(line)
    if not holds:
        raise typer.Exit(1)


def _there(option: str, path: str) -> None:
    """Raise CatalogError for a file of the user's own that does not exist."""
    from helpers.errors import CatalogError, compose

    file = Path(path).expanduser()
    if path and not file.is_file():
        got = f"{path}, a folder" if file.is_dir() else f"{path}, which is not there"
        raise CatalogError(compose(option, "the path of a file", got, "Correct the path."))


def _edition(name: str, activities: str, claims: str) -> None:
    from helpers.cli import walk
    from helpers.data import editions
    from helpers.press import book as books

    edition = name or books.read().edition("").name
    files = sorted(
        path for path in editions.folder(edition).rglob("*.json") if path.name != editions.MANIFEST
    )
    walk.report(edition, [path for path in files if ".failed" not in path.parts], activities, claims)


def read(path: Path) -> dict[str, Any]:
    """Return the content of the ``.json`` beside a brief.

    Raises
    ------
    CatalogError
        If there is no such file, it cannot be read, or it holds no values with traces.
    """
    from helpers.data.editions import MANIFEST
    from helpers.errors import CatalogError, compose

    name = "Name the .json beside a brief, such as reports/latest/en/national.json."
    again = "Build the brief again with `briefs build --force`."
    expected, todo = "the .json beside a brief", again if path.suffix == ".json" else name
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        got, todo = _refused(error, name)
        raise CatalogError(compose(str(path), expected, got, todo)) from error
    except UnicodeDecodeError as error:
        got = f"bytes that are not UTF-8 (at {error.start:,})"
        raise CatalogError(compose(str(path), expected, got, todo)) from error
    except (ValueError, RecursionError) as error:
        raise CatalogError(compose(str(path), expected, f"no JSON ({error})", todo)) from error
    if path.name == MANIFEST:
        raise CatalogError(compose(str(path), expected, "the manifest of an edition", name))
    if lacking := _lacking(content):
        raise CatalogError(compose(str(path), "values with traces", f"a file without {lacking}", again))
    return dict(content)


def _refused(error: OSError, name: str) -> tuple[str, str]:
    """Return why a file could not be opened, and what to do about it."""
    if isinstance(error, FileNotFoundError):
        return "no such file", "Build the brief first, or correct the path."
    if isinstance(error, IsADirectoryError):
        return "a folder", name
    return error.strerror or str(error), "Allow reading it, or name another file."


def _lacking(content: Any) -> str:
    """Return what a file lacks that the .json beside a brief has; empty where it lacks nothing."""
    if not isinstance(content, dict):
        return ", ".join(NEEDED)
    lacking = [key for key, kind in NEEDED.items() if not isinstance(content.get(key), kind)]
    whole = all(
        isinstance(value, dict) and value.keys() >= {*OF_A_VALUE} and isinstance(value["trace"], dict)
        for value in (() if "values" in lacking else content["values"])
    )
    return ", ".join(lacking + ([] if whole else [f"{', '.join(OF_A_VALUE)} in each value"]))


def lines(
    value: dict[str, Any], content: dict[str, Any], activities: str = "", claims: str = ""
) -> tuple[list[str], bool]:
    """Return what is printed of one number, and whether its tables are as they were and give it again.

    Parameters
    ----------
    value, content
        An entry of ``values``, and the whole file.
    activities, claims
        Where the register and the ledger are, of a brief that was made with its user's own.
    """
    from helpers.analysis import derive
    from helpers.analysis.lookup import Lookup
    from helpers.cli import recount
    from helpers.data.traced import Tables

    trace = value["trace"]
    told = [f"{value['id']}: {value['label']}", f"  value      {_figure(value['value'])} {value['unit']}"]
    told.append(f"  period     {value['period']}")
    if value["rank"] is not None:
        band = value["band"]
        wide = f", possible {band[0]}-{band[1]}" if band and band[0] != band[1] else ""
        of = f" of {value['of']}" if value["of"] else ""
        told.append(f"  rank       {value['rank']}{of}{wide}")
    told.append(f"  transform  {trace['text']}")
    if method := (trace.get("universe") or {}).get("method"):
        told.append(f"  method     {_method(method)}")
    told += [f"  basis      {trace['basis']}", f"  unit       {trace['unit']}"]
    tables = Tables(content["parameters"], activities, claims)
    lookup = Lookup(tables)
    for row in trace["rows"]:
        key = ", ".join(f"{name} {item}" for name, item in row["where"].items())
        told.append(f"  {'- ' if row.get('sign', 1) < 0 else ''}{row['as']}: {key}; vintage {row['vintage']}")
        told.append(f"    {row['column']} = {_cell(row, lookup)}")
        source = content["sources"].get(row["source"], {"text": row["source"], "url": ""})
        told.append(f"    source {source['text']} {source['url']}".rstrip())
    if (universe := trace.get("universe")) is not None:
        told.append(f"  among {json.dumps(universe, ensure_ascii=False)}")
    holds = True
    for name in _named(trace):
        table = content["tables"][name]
        now = tables.sha256(name, table["path"])
        away = "was not named" if name in dict(tables.own) else "is not there"
        holds = holds and now == table["sha256"]
        still = "is the same" if now == table["sha256"] else "has changed since" if now else away
        file = "" if name in dict(tables.own) else f" ({table['path']})"  # the title of the user's own has it
        told.append(
            f"  table {name}: {table['title']}{file}, sha256 {table['sha256']}; the file on disk {still}"
        )
    if trace["how"] in derive.NOT_ROWS:
        return [*told, f"  recomputed: no row gives it ({trace['how']})"], holds
    try:
        again, band = recount.recompute(trace, lookup), derive.band(trace, lookup)
    except Exception as error:  # a row that is gone, a table that cannot be read: said, not raised
        return [*told, f"  recomputed: not possible ({str(error).splitlines()[0]})"], False
    agrees = recount.same(again, value["value"]) and (band is None or band == value["band"])
    figure = _figure(again) if band is None else f"possible {band[0]}-{band[1]}"
    return [*told, f"  recomputed {figure}: {'agrees' if agrees else 'differs'}"], holds and agrees


def _method(method: dict[str, Any]) -> str:
    """Return a method of what is estimated with its arguments: ``ratio (place TN)``."""
    told = ", ".join(f"{name} {json.dumps(item)}" for name, item in method.items() if name != "name")
    return f"{method['name']} ({told})" if told else str(method["name"])


def _cell(row: dict[str, Any], lookup: Lookup) -> str:
    from helpers.analysis import derive
    from helpers.errors import BriefsError

    try:
        return _figure(derive.find(row, lookup))
    except BriefsError as error:
        return f"not there ({str(error).splitlines()[0]})"


def _named(trace: dict[str, Any]) -> list[str]:
    from helpers.analysis import universes

    found = [row["table"] for row in trace["rows"]]
    found += universes.tables(trace["universe"]) if trace.get("universe") else []
    return list(dict.fromkeys(found))


def _figure(value: Any) -> str:
    if value is None or value != value:
        return "none"
    if isinstance(value, str):
        return value
    return f"{float(value):,.12g}"
