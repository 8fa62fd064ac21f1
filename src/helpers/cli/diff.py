"""``briefs diff``: two built editions number by number, each number that differs with its cause."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from helpers.cli.terminal import console as _console
from helpers.cli.terminal import plain as _plain

if TYPE_CHECKING:
    from rich.console import Console

    from helpers.display.comparison import Pair
    from helpers.display.prose import Voice


def diff(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="The earlier edition, such as fy2021.")],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="The later edition, such as latest.")],
    state: Annotated[
        list[str] | None,
        typer.Option(
            "--state",
            "--only",
            metavar="WHAT",
            help="Only this brief: a state's code or name (TN, Tennessee) or a slug (national). "
            "May be given several times.",
        ),
    ] = None,
    lang: Annotated[str, typer.Option("--lang", metavar="LANG", help="en or ja.")] = "en",
    all: Annotated[
        bool, typer.Option("--all", help="List also what is the same, new or dropped, not only count it.")
    ] = False,
) -> None:
    """List every number that differs between two built editions, with its cause; count the others.

    The cause comes from what the two editions record: period, vintage, definition, digest of the table.
    """
    from helpers.data import catalog, editions
    from helpers.display import comparison, prose

    _known(before, after)
    old, new = (_chosen(editions.briefs(name, _language(lang)), state or ()) for name in (before, after))
    _anything(old | new, state or (), before, after, lang)
    voice = prose.Voice(lang, catalog.names(lang))
    console = _console()
    pairs = []
    for slug in (slug for slug in sorted(new, key=_order) if slug in old):
        found = comparison.pair(slug, editions.read(old[slug]), editions.read(new[slug]))
        pairs.append(found)
        _print(console, voice, found, (before, after), everything=all)
    _summary(console, voice, pairs)
    for name, only in ((before, sorted(old.keys() - new.keys())), (after, sorted(new.keys() - old.keys()))):
        if only:
            console.print(f"only in {name}: {', '.join(only)}", markup=False, soft_wrap=True)


def _known(*names: str) -> None:
    """Raise BookError for an edition that is neither built nor in the book; one that left the book may be read."""
    from helpers.data import editions
    from helpers.press import book as books

    for name in set(names) - set(editions.built()):
        books.read().edition(name)


def _language(lang: str) -> str:
    from helpers.errors import ParameterError, compose

    if lang not in ("en", "ja"):
        raise ParameterError(compose("--lang", "'en' or 'ja'", repr(lang), "Choose one of them."))
    return lang


def _order(slug: str) -> tuple[bool, str]:
    """Sort the pages of the nation before those of the states."""
    return "/" in slug, slug


def _chosen(found: dict[str, Path], asked: Sequence[str]) -> dict[str, Path]:
    """Return the briefs that were asked for by slug, or by the code or name of a state."""
    from helpers.data import catalog

    if not asked:
        return found
    states = catalog.load("states")
    slugs = {slug: slug for slug in found}
    for column in ("usps", "slug", "name_en", "name_ja"):
        slugs |= {
            name.casefold(): f"state/{slug}"
            for name, slug in zip(states[column], states["slug"], strict=True)
        }
    wanted = {slugs.get(item.casefold(), item) for item in asked}
    return {slug: path for slug, path in found.items() if slug in wanted}


def _anything(found: dict[str, Path], asked: Sequence[str], before: str, after: str, lang: str) -> None:
    from helpers.errors import ParameterError, compose, listed

    if not found:
        where = f"briefs diff {before} {after} --lang {lang}"
        expected = f"a brief in {lang} of one of the editions"
        names = f"`briefs list --lang {lang}` shows the names. " if asked else ""
        commands = [
            f"`briefs build --edition {name} --lang {lang}`" for name in dict.fromkeys((before, after))
        ]
        todo = f"{names}Build what is missing: {' and '.join(commands)}."
        raise ParameterError(compose(where, expected, listed(asked) if asked else "none", todo))


def _print(console: Console, voice: Voice, found: Pair, names: tuple[str, str], *, everything: bool) -> None:
    """Print the numbers of one brief that differ, by cause."""
    from rich.table import Table

    from helpers.analysis import changes
    from helpers.display import comparison

    rows = changes.grouped(found.frame, everything=everything)
    counts = found.counts
    console.print(f"{found.place}: {_counted(voice, counts)}", markup=False, soft_wrap=True)
    if rows.empty:
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in ("number", *names, "cause", "what differs"):
        table.add_column(head, overflow="fold")
    for row in rows.itertuples():
        name = str(row.id)
        cells: tuple[Any, ...] = (
            name,
            *comparison.figures(voice, found.before.get(name), found.after.get(name)),
            voice.say(f"changes.status.{row.status}"),
            comparison.evidence(voice, row),
        )
        table.add_row(*(_plain(cell) for cell in cells))
    console.print(table)
    console.print()


def _summary(console: Console, voice: Voice, pairs: Sequence[Pair]) -> None:
    """Print how many numbers of all briefs have each status."""
    from helpers.analysis import changes

    total = {status: sum(one.counts[status] for one in pairs) for status in changes.STATUSES}
    what = f"{len(pairs)} briefs" if len(pairs) != 1 else "1 brief"
    text = f"{what} in both: {_counted(voice, total)}" if pairs else "no brief in both"
    console.print(text, markup=False, soft_wrap=True)


def _counted(voice: Voice, counts: dict[str, int]) -> str:
    return ", ".join(f"{n:,} {voice.say(f'changes.status.{status}')}" for status, n in counts.items() if n)
