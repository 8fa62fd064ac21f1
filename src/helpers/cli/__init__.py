"""The command ``briefs``: list, build and look at the briefs, and check the tables they are made from."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from helpers.cli import activities as registers
from helpers.cli import diff, tables, trace
from helpers.cli.terminal import console as _console
from helpers.cli.terminal import many as _many
from helpers.cli.terminal import plain as _plain
from helpers.cli.terminal import shown as _shown

if TYPE_CHECKING:
    from rich.console import Console

    from helpers.press.book import Book, Edition
    from helpers.press.build import Result
    from helpers.press.plan import Brief

app = typer.Typer(
    name="briefs",
    help="Make the briefs on Japan's economic place in the nation and in every state.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(tables.app, name="data")
app.add_typer(registers.app, name="activities")
app.command("trace")(trace.trace_number)
app.command("diff")(diff.diff)

EditionOption = Annotated[
    str, typer.Option("--edition", metavar="NAME", help="Which edition: latest (the default), fy2021, ...")
]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="WHAT",
        help="Only these briefs: a state's code or name (TN, Tennessee, テネシー州), a slug (state/tennessee), a "
        "title or a family (state, national). May be given several times.",
    ),
]
LangOption = Annotated[
    list[str] | None,
    typer.Option("--lang", metavar="LANG", help="Only this language: en or ja."),
]
FormatOption = Annotated[
    list[str] | None,
    typer.Option("--format", metavar="FORMAT", help="Only this format: html, pdf, json or ipynb."),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Make also what is up to date.")]
JobsOption = Annotated[
    int, typer.Option("--jobs", "-j", min=0, help="Briefs made at the same time; 0: one per processor core.")
]
EngineOption = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="ENGINE",
        help="How notebooks are run: warm (forked from a warm process) or stock (a kernel each); "
        "the book's setting when not given.",
    ),
]
SchedulerOption = Annotated[
    str,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="Make the briefs on the workers of this dask scheduler (tcp://HOST:8786) in place of this machine.",
    ),
]
ActivitiesOption = Annotated[
    str,
    typer.Option(
        "--activities",
        metavar="PATH",
        help="Your own register of activities (CSV or XLSX) in place of the one in data/; checked whole first, and "
        "never copied. `briefs activities` makes an empty one.",
    ),
]


def _asked(
    edition: str,
    only: list[str] | None,
    lang: list[str] | None,
    formats: list[str] | None = None,
    activities: str = "",
    option: str = "--only",
) -> tuple[Book, Edition, tuple[Brief, ...]]:
    """Return the book, the edition, and the briefs that were asked for, with the user's own register if any."""
    from helpers.press import book as books
    from helpers.press import plan

    book = books.read()
    chosen = book.edition(edition)
    everything = plan.expand(book, chosen)
    briefs = plan.choose(everything, only=only or (), lang=lang or (), formats=formats or (), option=option)
    briefs = registers.given(briefs, activities) if activities else briefs
    registers.checked(briefs)
    return book, chosen, briefs


def _engine(name: str) -> str:
    from helpers.errors import BookError, compose, listed
    from helpers.press.book import ENGINES

    if name and name not in ENGINES:
        raise BookError(compose("--engine", f"one of {listed(ENGINES)}", repr(name), "Choose one of them."))
    return name


@app.command("list")
def list_briefs(edition: EditionOption = "", only: OnlyOption = None, lang: LangOption = None) -> None:
    """List the briefs of an edition: what `briefs build` would make."""
    from rich.table import Table

    _, _, briefs = _asked(edition, only, lang)
    table = Table("brief", "title", "language", "notebook", "formats", box=None, pad_edge=False)
    for brief in briefs:
        table.add_row(brief.slug, brief.title, brief.lang, brief.notebook.name, " ".join(brief.formats))
    console = _console()
    console.print(table)
    name = briefs[0].edition if briefs else edition
    console.print(f"{_many(len(briefs), 'brief')} in edition {name}", markup=False)


@app.command()
def build(
    edition: EditionOption = "",
    only: OnlyOption = None,
    lang: LangOption = None,
    format: FormatOption = None,
    jobs: JobsOption = 0,
    engine: EngineOption = "",
    force: ForceOption = False,
    scheduler: SchedulerOption = "",
    activities: ActivitiesOption = "",
) -> None:
    """Build the briefs of an edition into reports/, all of them or those asked for: what is not up to date.

    A brief that fails keeps its last good files; the others go on. The command ends with 1 when one failed.
    """
    from helpers.press import build as press
    from helpers.press import progress

    book, chosen, briefs = _asked(edition, only, lang, format, activities)
    console = _console()
    result = press.build(
        book,
        chosen,
        briefs,
        progress.choose(console),
        jobs=jobs,
        engine=_engine(engine),
        force=force,
        reread=_reread,
        scheduler=scheduler,
    )
    if activities and result.made:
        registers.say(console, activities)
    _finish(result, console)


@app.command("plan")
def show_plan(
    edition: EditionOption = "",
    only: OnlyOption = None,
    lang: LangOption = None,
    format: FormatOption = None,
    activities: ActivitiesOption = "",
) -> None:
    """Say which briefs `briefs build` would make, and why; nothing is built."""
    from helpers.press import build as press
    from helpers.press import freshness

    book, chosen, briefs = _asked(edition, only, lang, format, activities)
    found = press.survey(book, chosen, briefs, reread=_reread)
    for line in freshness.told(found):
        typer.echo(line)
    count = sum(not item.fresh for item in found)
    typer.echo(
        f"{count} of {_many(len(found), 'brief')} to build in edition {chosen.name}, {len(found) - count} up to date"
    )


def _reread(read: Mapping[str, Any], folder: Path) -> str:
    """Look again at rows that a brief read; the data room is imported only when a table has changed."""
    from helpers.data import reread

    return reread.digest(read, folder)


@app.command()
def preview(
    state: Annotated[
        str, typer.Argument(help="A state's code or name (TN, Tennessee), or another brief (national).")
    ],
    edition: EditionOption = "",
    lang: Annotated[str, typer.Option("--lang", metavar="LANG", help="en or ja.")] = "en",
    format: FormatOption = None,
    activities: ActivitiesOption = "",
) -> None:
    """Build one brief quickly into reports/preview/ and print where it is. HTML unless --format says more."""
    from helpers.press import build as press
    from helpers.press import progress

    book, chosen, briefs = _asked(edition, [state], [lang], format, activities, "preview")
    if not format:  # HTML comes first among a brief's formats
        briefs = tuple(replace(brief, formats=brief.whole[:1]) for brief in briefs)
    console = _console(error=True)
    result = press.build(book, chosen, briefs, progress.Lines(console), preview=True)
    if not result.whole:
        _finish(result, console)
    for brief in result.made:
        for _, name in brief.outputs:
            typer.echo(_shown(result.folder / name))


@app.command("open")
def open_index(edition: EditionOption = "") -> None:
    """Open an edition's first page in the browser."""
    import webbrowser

    from helpers import paths
    from helpers.errors import BuildError, compose
    from helpers.press import book as books

    name = books.read().edition(edition).name
    path = paths.reports_dir() / name / "index.html"
    if not path.is_file():
        todo = f"Build it first: briefs build --edition {name}"
        raise BuildError(compose(_shown(path), "the index of a built edition", "no file", todo))
    typer.echo(_shown(path))
    if not webbrowser.open(path.as_uri()):
        todo = f"Open {path} yourself."
        raise BuildError(compose("briefs open", "a browser that opens the page", "none", todo))


def _finish(result: Result, console: Console) -> None:
    """Say how a build ended, with a table of what failed, and leave with the exit code that says it too."""
    from helpers.errors import listed
    from helpers.press.failures import rows
    from helpers.press.progress import clock

    if result.failed:
        from rich.table import Table

        table = Table(title="What failed", show_lines=True)
        for head, share in (("brief", 3), ("stage", 1), ("cause", 8), ("where to look", 4)):
            table.add_column(head, overflow="fold", ratio=share, min_width=len(head))
        for row in rows(result.failed):
            where = _shown(row.kept) if row.kept else _shown(row.notebook)
            table.add_row(*(_plain(cell) for cell in (row.briefs, row.stage, row.cause, where)))
        console.print(table)
    count = sum(len(brief.outputs) for brief in result.made)
    asked = result.total - result.fresh
    text = f"{len(result.made)} of {_many(asked, 'brief')} made ({_many(count, 'file')}) in {clock(result.seconds)}"
    if not asked:
        text = f"Nothing to make (looked in {result.seconds:.1f} s)"
    if result.fresh:
        text += f", {result.fresh} {'was' if result.fresh == 1 else 'were'} up to date"
    console.print(f"{text}, in {_shown(result.folder)}", markup=False, soft_wrap=True)
    if result.left_over:
        text = f"Left there by earlier builds, of no brief of the book now: {listed(result.left_over)}."
        console.print(f"{text} Delete what nobody is to read.", markup=False, soft_wrap=True)
    if result.interrupted:
        text = "Stopped. What is finished is in its place and whole, and no file is half-written."
        console.print(f"{text} Run the command again for the rest.", soft_wrap=True)
        raise typer.Exit(130)
    unmade = asked - len(result.made) - len(result.failed)
    if unmade:
        console.print(f"{_many(unmade, 'brief')} not tried: the next would have failed in the same way.")
    if not result.whole:
        raise typer.Exit(1)


def main() -> None:
    """Run the command line; an error of ours, or of the output, is printed without a traceback and ends with 1."""
    from helpers.cli import terminal
    from helpers.errors import BriefsError, compose

    signal.signal(signal.SIGINT, _stopped)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in the kernels: no thread waits here for a matrix
    atexit.register(gc.freeze)  # what is left goes with the process: to look for cycles in it took 0.2 s
    code: Any = 0
    full = ""
    try:
        terminal.prepare()
        app()
    except BriefsError as error:
        typer.echo(f"briefs: {error}", err=True)
        code = 1
    except SystemExit as end:
        code = end.code
    except OSError as error:
        full = terminal.unwritten("\n")
        if not full:
            if not (isinstance(error, PermissionError) and error.filename):
                raise
            refused = compose(
                error.filename, "leave to use it", str(error.strerror), "Allow it, or name another."
            )
            typer.echo(f"briefs: {refused}", err=True)
            code = 1
    if full := full or terminal.unwritten():
        todo = "Make room, or send it elsewhere."
        typer.echo(f"briefs: {compose('output', 'a place that can be written to', full, todo)}", err=True)
        code = code or 1
    sys.exit(code)


def _stopped(*_: object) -> None:
    """Leave on Ctrl-C outside a build; a build has its own way (see `press.build.Interrupt`)."""
    typer.echo("briefs: stopped.", err=True)
    sys.exit(130)
