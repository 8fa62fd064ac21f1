"""``briefs data``: check and describe the tables, and take edited ones as they are."""

from __future__ import annotations

from typing import Annotated

import typer

from helpers.cli.refresh import refresh_data
from helpers.cli.terminal import console as _console
from helpers.cli.terminal import plain as _plain

app = typer.Typer(help="Check and describe the tables in data/.", no_args_is_help=True)
app.command("refresh")(refresh_data)


@app.command("check")
def check_data() -> None:
    """Check the tables against themselves and against published totals; ends with 1 when a check fails."""
    from rich.table import Table

    from helpers import paths
    from helpers.data import checks, swap

    for path in swap.repair(paths.data_dir()):
        typer.echo(f"finished a refresh that had been interrupted: {path}")
    found = checks.run()
    table = Table("check", "result", "expected", "got", "detail", box=None, pad_edge=False)
    for item in found:
        cells = (item.name_en, "ok" if item.ok else "FAILED", item.expected, item.got, item.detail)
        table.add_row(*(_plain(cell) for cell in cells))
    console = _console()
    console.print(table)
    failed = sum(not item.ok for item in found)
    console.print(f"{len(found)} checks, {failed} failed")
    if failed:
        raise typer.Exit(1)


@app.command("describe")
def describe_data(
    name: Annotated[str, typer.Argument(help="A table's name; all tables when none is given.")] = "",
) -> None:
    """Say what a table holds, where it comes from, and what it lacks."""
    from helpers.data import catalog

    for table in [name] if name else catalog.tables():
        card = catalog.describe(table)
        typer.echo(f"{card.name}: {card.title['en']}")
        lines = {
            "rows": f"{card.rows:,}",
            "covers": card.coverage["en"],
            "basis": card.basis["en"],
            "vintage": card.vintage,
            "lacks": card.lacks["en"],
            "licence": card.licence,
        }
        for label, text in lines.items():
            if text:
                typer.echo(f"  {label:8} {text}")
        if name:
            for source in card.sources:
                typer.echo(f"  source   {source.text} {source.url}".rstrip())
            for field in card.fields:
                unit = f" ({field.unit})" if field.unit else ""
                typer.echo(f"  column   {field.name}{unit}: {field.description}")


@app.command("accept")
def accept_data() -> None:
    """Take edited tables as they are: renew their digests and row counts, and the dictionary in data/README.md."""
    from helpers.data import catalog, dictionary
    from helpers.errors import BriefsError

    changed = dictionary.refresh()
    typer.echo(f"accepted: {', '.join(changed)}" if changed else "no table has changed")
    for name in changed:
        try:
            catalog.whole(name)
        except BriefsError as error:
            typer.echo(f"no brief can read it yet: {error}")
    typer.echo("`briefs data check` says whether what should add up still does.")
