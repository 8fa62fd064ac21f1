"""``briefs data refresh``: bring a table up to date from its publisher, after showing what that would change."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from helpers.cli.terminal import console as _console
from helpers.cli.terminal import plain as _plain

if TYPE_CHECKING:
    from rich.console import Console

    from helpers.analysis.moves import Move, Place
    from helpers.data.changes import Changes
    from helpers.data.refresh import Plan
    from helpers.data.sources.answer import Fetched

SHOWN = 8
"""Revisions that the summary prints."""
SUBJECT = "JPN"

TableArgument = Annotated[
    str,
    typer.Argument(
        metavar="[TABLE]", help="A table's name, or statehs; every table with a publisher when none."
    ),
]
YearOption = Annotated[
    list[int] | None,
    typer.Option(
        "--year",
        metavar="YEAR",
        help="This year; else the newest to be expected. May be given several times.",
    ),
]
FileOption = Annotated[
    Path | None, typer.Option("--from", metavar="FILE", help="Read this file of the publisher, ask nobody.")
]
VintageOption = Annotated[
    str,
    typer.Option(
        "--vintage",
        metavar="DATE",
        help="State of the figures in the file; else the day it was last changed.",
    ),
]
StateOption = Annotated[
    list[str] | None,
    typer.Option(
        "--state", metavar="STATE", help="statehs only: this state (TN). May be given several times."
    ),
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")]


def refresh_data(
    table: TableArgument = "",
    year: YearOption = None,
    file: FileOption = None,
    vintage: VintageOption = "",
    state: StateOption = None,
    yes: YesOption = False,
) -> None:
    """Fetch a table from its publisher (or read a file), show what would change, and write it when confirmed.

    Keys are read from BEA_API_KEY and CENSUS_API_KEY. What fails leaves the tables as they are; ends with 1.
    """
    console = _console()
    _only_statehs(table, state or [])
    _only_of_a_file(vintage, file)
    if table == "statehs" and file is None:
        from helpers.cli.statehs import fetch

        fetch(console, year or [], state or [])
        return
    if file is not None:
        from helpers.data import refresh

        fetched = refresh.read(file, vintage=vintage)
        _same_table(table, fetched.table)
        if not _one(console, fetched, year or [], yes=yes, whole=False, secrets=()):
            raise typer.Exit(1)
        return
    _each(console, [table] if table else [], year or [], yes)


def _only_statehs(table: str, states: Sequence[str]) -> None:
    from helpers.errors import CatalogError, compose

    if states and table != "statehs":
        todo = "Leave it out: a table is refreshed for every state."
        raise CatalogError(compose("--state", "the table statehs", table or "every table", todo))


def _only_of_a_file(vintage: str, file: Path | None) -> None:
    from helpers.errors import CatalogError, compose

    if vintage and file is None:
        todo = "Leave it out: what is asked for has the vintage of the day."
        raise CatalogError(compose("--vintage", "a file to read (--from)", "none", todo))


def _same_table(asked: str, found: str) -> None:
    from helpers.errors import CatalogError, compose

    if asked and asked != found:
        todo = f"Name the table {found}, or another file."
        raise CatalogError(compose("--from", f"a file for the table {asked}", f"one for {found}", todo))


def _each(console: Console, tables: Sequence[str], years: Sequence[int], yes: bool) -> None:
    """Refresh several tables, each for itself; one that fails or is declined does not keep the others back."""
    from helpers.data import refresh
    from helpers.data.sources import registry
    from helpers.errors import BriefsError

    failed = 0
    for table in tables or list(registry.TABLES):
        try:
            secrets = (refresh.key(table),)
            fetched = refresh.ask(
                table, years, progress=lambda line: console.print(_plain(line), style="dim")
            )
            failed += not _one(console, fetched, years, yes=yes, whole=True, secrets=secrets)
        except BriefsError as error:
            failed += 1
            typer.echo(f"briefs: {error}", err=True)
    if failed:
        raise typer.Exit(1)


def _one(
    console: Console,
    fetched: Fetched,
    years: Sequence[int],
    *,
    yes: bool,
    whole: bool,
    secrets: Sequence[str],
) -> bool:
    """Refresh a table, and return whether it is now what the publisher gave."""
    from helpers.data import refresh

    plan = refresh.prepare(fetched, years, whole=whole)
    summary(console, plan)
    if plan.changes.none:
        return True
    if not (yes or _confirmed(plan.table)):
        return False
    for path in refresh.write(plan, secrets=secrets):
        console.print(f"written: {path}", markup=False, soft_wrap=True)
    console.print("`briefs plan` says which briefs that touches.", markup=False)
    return True


def _terminal() -> bool:
    """Return whether somebody is there to be asked."""
    return sys.stdin.isatty()


def _confirmed(table: str) -> bool:
    if not _terminal():
        typer.echo("Nothing is written: there is no terminal to ask on. With --yes it is written.", err=True)
        return False
    if not typer.confirm(f"Write table {table}?"):
        typer.echo("Nothing is written; the table is as it was.")
        return False
    return True


def summary(console: Console, plan: Plan) -> None:
    """Print what a refresh would change: rows, the largest revisions, and the ranks of Japan that move."""
    found, fetched = plan.changes, plan.fetched
    vintages = ", ".join(sorted(set(fetched.frame["vintage"])))
    console.print(
        f"{plan.table}: {len(fetched.frame):,} rows of {fetched.period}, vintage {vintages}: "
        f"{len(found.added):,} added, {len(found.revised):,} revised, {len(found.dropped):,} dropped, "
        f"{found.same:,} the same",
        markup=False,
        soft_wrap=True,
    )
    for note in fetched.notes:
        console.print(f"  note: {note}", markup=False, soft_wrap=True)
    for check in plan.checks:
        console.print(f"  {check.name_en}: ok ({check.expected})", markup=False, soft_wrap=True)
    if found.none:
        console.print("Nothing to write.", markup=False)
        return
    _revisions(console, found)
    _ranks(console, plan)


def _revisions(console: Console, found: Changes) -> None:
    from rich.table import Table

    if found.revised.empty:
        return
    keys = list(found.table.primary_key)
    table = Table(
        *keys, "was", "is", box=None, pad_edge=False, title="Largest revisions", title_justify="left"
    )
    for row in found.revised.head(SHOWN).to_dict("records"):
        cells = [row[key] for key in keys] + [
            _cell(row["old"], row["old_flag"]),
            _cell(row["new"], row["new_flag"]),
        ]
        table.add_row(*(_plain(cell) for cell in cells))
    console.print(table)
    rest = len(found.revised) - SHOWN
    if rest > 0:
        console.print(f"and {rest:,} more", markup=False)


def _cell(value: float, flag: str) -> str:
    return flag or "–" if value != value else f"{value:,.0f}" if value == int(value) else f"{value:,.3f}"


def _ranks(console: Console, plan: Plan) -> None:
    from rich.table import Table

    from helpers.data import catalog

    names = catalog.names("en")
    found = rank_moves(plan)
    if not found:
        console.print(f"No rank of {names[SUBJECT]} moves.", markup=False)
        return
    table = Table(
        "where", "was", "is", box=None, pad_edge=False, title=f"Ranks of {names[SUBJECT]} that move"
    )
    for move in found:
        where = ", ".join(names.get(part, part) for part in move.at) or "nation"
        table.add_row(*(_plain(cell) for cell in (where, _place(move.before), _place(move.after))))
    console.print(table)


def rank_moves(plan: Plan) -> list[Move]:
    """Return the ranks of Japan that a refresh moves, in the reading of a brief: one vintage a period."""
    from helpers.analysis import moves
    from helpers.data import catalog, changes, refresh

    table = plan.changes.table
    if "partner" not in table.columns:
        return []
    before, after = refresh.preferred(plan)
    by = [name for name in table.primary_key if name not in ("year", "partner", "vintage")]
    kinds = catalog.load("aggregates")
    groups = set(kinds["code"])
    value = changes.measure(table)
    return moves.moves(before, after, SUBJECT, value=value, by=by, groups=groups)


def _place(place: Place | None) -> str:
    from helpers.display.ranks import band, ordinal

    if place is None:
        return "no figure"
    if place.rank is None:
        words = f"suppressed, among {place.of}"
    else:
        words = ordinal(place.rank, "en") + (", as printed" if place.of is None else f" of {place.of}")
    edges = "" if place.best == place.worst else f", {band(place.best, place.worst, 'en')}"
    return f"{words} ({place.year}{edges})"
