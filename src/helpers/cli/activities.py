"""``briefs activities``: an empty register of activities to fill in, and the check of one's own."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from helpers.cli.terminal import many
from helpers.cli.terminal import shown as _shown

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from helpers.data.register import Own
    from helpers.press.plan import Brief

app = typer.Typer(help="Your own register of activities: an empty one, or a check.", no_args_is_help=True)

NAMED = 12
"""States, sources or columns that a line names; the rest are counted."""


@app.command("template")
def template(
    path: Annotated[
        Path, typer.Argument(metavar="[PATH]", help="The file to write.", show_default=True)
    ] = Path("activities.xlsx"),
    lang: Annotated[
        str,
        typer.Option("--lang", metavar="LANG", help="Headers in en, ja, or both languages (the default)."),
    ] = "both",
    force: Annotated[bool, typer.Option("--force", help="Replace a file of this name.")] = False,
) -> None:
    """Write an empty register (XLSX) with its headers, lists to choose from, and a guide."""
    from helpers.data.register import template as blank

    blank.write(path, lang, replace=force)
    command = f"briefs activities check {shlex.quote(_shown(path))}"
    typer.echo(f"{_shown(path)}: fill in the first sheet, then `{command}`")


@app.command("check")
def check(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Your register, CSV or XLSX.", show_default=False)
    ],
) -> None:
    """Check a register whole: a summary, or every problem by row and column (then ends with 1). Nothing is written."""
    from helpers.data import register

    for line in summary(register.own(str(file)), file.name):
        typer.echo(line)


def summary(own: Own, name: str) -> list[str]:
    """Return what a register holds, in lines: rows, years, places, what is known, and what was not read."""
    from helpers import fiscal

    events = own.events
    count = len(events)
    told = [f"{name} ({own.form}): {many(count, 'row')}, no problem"]

    def line(label: str, text: str) -> None:
        told.append(f"  {label:16} {text}")

    years = events["fiscal_year"].value_counts().sort_index()
    line(
        "fiscal years",
        ", ".join(f"{fiscal.label(year)} {n:,}" for year, n in zip(years.index.tolist(), years, strict=True))
        or "none",
    )
    together = events.groupby(["state", "other_states"]).size().reset_index(name="rows")
    together["code"] = (together["state"] + ";" + together["other_states"]).str.split(";")
    each = together.explode("code").assign(code=lambda frame: frame["code"].str.strip())
    places = (
        each[each["code"] != ""].groupby("code")["rows"].sum().sort_values(ascending=False, kind="stable")
    )
    line("states", _counted(places))
    several = int((events["other_states"] != "").sum())
    placeless = int((events["state"] == "").sum())
    line(
        "several states",
        f"{many(several, 'row')}; each counts in every one of its states and once in the nation",
    )
    line("no state", f"{many(placeless, 'row')}; each counts in the district of its mission")
    missions = events.loc[events["mission"] != "", "mission"].value_counts()
    line("missions", _counted(missions))
    formats = events["format"].value_counts()
    line("format", ", ".join(f"{str(kind).replace('_', ' ')} {n:,}" for kind, n in formats.items()) or "none")
    lengths = events["date_start"].str.len()
    line("date", f"{int((lengths == 10).sum()):,} with a day, {int((lengths == 7).sum()):,} with a month, "
         f"{int((lengths == 0).sum()):,} with the fiscal year only")  # fmt: skip
    line("headcount", f"{int(events['participants'].notna().sum()):,} of {count:,} (never added up)")
    twice = events["event_id"].str.fullmatch(r"own-[0-9a-f]{10}-\d+")
    alike = [f"row {own.lines[at]}" for at in twice.to_numpy().nonzero()[0]]
    for label, text in (
        (
            "looks twice",
            f"{_some(alike)}: like an earlier one in date, place and title" if alike else "",
        ),
        ("above the head", f"{many(own.above, 'row')}, not read" if own.above else ""),
        ("not read", _some(list(own.unread))),
        ("hidden rows", f"{own.hidden:,}, read like the others" if own.hidden else ""),
    ):
        if text:
            line(label, text)
    return told


def _counted(rows: pd.Series) -> str:
    """Return how many codes there are, and the rows of each."""
    return f"{len(rows)}: {_some([f'{code} {n:,}' for code, n in rows.items()])}" if len(rows) else "none"


def given(briefs: Sequence[Brief], path: str) -> tuple[Brief, ...]:
    """Return the briefs with the user's own register; its path is as seen from where the user stands."""
    from helpers import paths
    from helpers.press import plan

    file = Path(path).expanduser().resolve()
    home = paths.notebooks_dir()
    inside = file.relative_to(home).as_posix() if file.is_relative_to(home) else str(file)
    return plan.given(briefs, "activities", inside)


def checked(briefs: Sequence[Brief]) -> None:
    """Check the users' own registers among the parameters (an edition of the book may name one), each whole and once.

    Raises
    ------
    CatalogError, DataCheckError
        As `helpers.data.register.own`.
    """
    from helpers import paths

    for path in sorted({str(dict(brief.parameters).get("activities") or "") for brief in briefs} - {""}):
        from helpers.data import register

        register.own(str(paths.notebooks_dir() / path))


def say(console: Console, path: str) -> None:
    """Say which register the briefs now show, what of it was not read, and how to go back."""
    from helpers.data import register

    text = f"Made with your own register {Path(path).name}: the index and each page say so."
    if unread := register.own(path).unread:
        text += f" Columns that were not read: {_some(list(unread))}."
    back = "Without --activities, `briefs build` makes these briefs again with the register in data/."
    console.print(f"{text} {back}", markup=False, soft_wrap=True)


def _some(items: list[str]) -> str:
    head = ", ".join(items[:NAMED])
    return head if len(items) <= NAMED else f"{head} and {len(items) - NAMED} more"
