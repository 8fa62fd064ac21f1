"""Make the briefs of a plan that are not up to date: check, run, render, place, record; go on after a failure."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, Protocol

from helpers import paths
from helpers.errors import BookError, BuildError, ParameterError, compose, listed
from helpers.press import (
    cluster,
    folders,
    host,
    inputs,
    journal,
    manifest,
    own,
    parameters,
    place,
    site,
    workers,
)
from helpers.press.book import FORMATS, LANGUAGES, Book, Edition
from helpers.press.freshness import Found, Inspector, Reread, Subject
from helpers.press.plan import Brief, expand
from helpers.press.work import Job, Outcome, kept_path

PREVIEW = "preview"
"""The folder under reports/ that previews go to: not an edition, not in an index."""


class Progress(Protocol):
    """Whoever wants to hear how the build is going."""

    def start(self, total: int) -> None:
        """The build starts, with so many briefs."""

    def done(self, outcome: Outcome) -> None:
        """One more brief is made or has failed."""

    def end(self) -> None:
        """Nothing more will come."""


@dataclass(frozen=True)
class Result:
    """What a build did.

    `folder` is the edition's folder; `made` and `failed` are the briefs; `total` how many were asked for, of
    which `fresh` were up to date; `interrupted` says that the user stopped it; `seconds` is the wall time;
    `left_over` are files in the folder from earlier builds, of briefs or formats that the book no longer has.
    """

    folder: Path
    made: tuple[Brief, ...]
    failed: tuple[Outcome, ...]
    total: int
    interrupted: bool
    seconds: float
    fresh: int = 0
    left_over: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether every brief that was asked for is made or was up to date."""
        return len(self.made) + self.fresh == self.total


class Interrupt:
    """Turn Ctrl-C and SIGTERM into a flag, so that nothing is cut off between two renames."""

    def __init__(self) -> None:
        self.asked = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Interrupt:
        if threading.current_thread() is threading.main_thread():
            self._before = {sign: signal.signal(sign, self._ask) for sign in (signal.SIGINT, signal.SIGTERM)}
        return self

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked = True

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)


def build(
    book: Book,
    edition: Edition,
    briefs: Sequence[Brief],
    progress: Progress,
    *,
    jobs: int = 0,
    engine: str = "",
    preview: bool = False,
    reports: Path | None = None,
    force: bool = False,
    reread: Reread | None = None,
    scheduler: str = "",
) -> Result:
    """Make the briefs that are not up to date and put them into place; what fails leaves the last good brief.

    Parameters
    ----------
    book, edition
        The book and the edition that the briefs belong to.
    briefs
        The briefs that are wanted, see `plan.expand` and `plan.choose`.
    progress
        Told of every brief.
    jobs
        Briefs at the same time; 0 for the book's setting, which may be 0 for one per processor core.
    engine
        `warm` or `stock`; empty for the book's setting.
    preview
        Build into `reports/preview`, with links only to what is made now, and without manifest and index.
    reports
        Another reports folder than the usual one.
    force
        Make them all, up to date or not (a preview always does).
    reread
        Looks again at a part of a table whose file has changed; without it the part counts as changed.
    scheduler
        Address of a dask scheduler whose workers make the briefs, see `cluster`; empty for this machine.

    Raises
    ------
    BuildError
        The reports folder cannot be written to, another build is at work in it, or the cluster is no use.
    """
    start = time.monotonic()
    folders.clear()
    folder = (reports or paths.reports_dir()) / (PREVIEW if preview else edition.name)
    engine = engine or book.settings.engine
    with place.ready(folder), Interrupt() as interrupt, contextlib.ExitStack() as stack:
        content = _taken_over(folder)
        if not preview:
            _own(content, edition, folder)
        begun = None
        if engine == "warm" and not scheduler and (force or preview or not content["briefs"]):
            begun = stack.enter_context(host.begun())  # something is to be made, whatever the plan will say
        source = inputs.now(entry.notebook for entry in book.entries)
        todo, failed = _prepare(book, folder, briefs, preview, engine)
        fresh: set[str] = set()
        if not (preview or force):
            inspector = Inspector(folder, content, source, paths.data_dir(), reread)
            fresh = {job.brief.stem for job in todo if inspector.look(_subject(job)).fresh}
            manifest.renew(content, inspector.renewed)
        todo = [job for job in todo if job.brief.stem not in fresh]
        made: list[Brief] = []
        progress.start(len(todo) + len(failed))
        try:
            for outcome in failed:
                progress.done(outcome)
            if scheduler:
                _sendable(todo)
                outcomes = cluster.run(todo, scheduler, source, lambda: interrupt.asked)
            else:
                outcomes = workers.run(todo, _count(book, jobs), lambda: interrupt.asked, begun)
            for outcome in _run(todo, outcomes, None if preview else (content, source)):
                progress.done(outcome)
                if outcome.stage:
                    failed.append(outcome)
                else:
                    made.append(outcome.brief)
        finally:
            progress.end()
        left_over: tuple[str, ...] = ()
        if content["briefs"] and not preview:
            everything = expand(book, edition)
            settled = manifest.settled(content, edition, everything)
            if made or failed or settled != content:
                manifest.write(folder, settled)
            journal.forget(folder)
            site.write(book, folder, edition, everything, settled)
            left_over = _left_over(folder, everything)
        cut = interrupt.asked and len(made) + len(failed) + len(fresh) < len(briefs)
        order = {brief.stem: at for at, brief in enumerate(briefs)}
        failed.sort(key=lambda outcome: order[outcome.brief.stem])
        seconds = time.monotonic() - start
        return Result(folder, tuple(made), tuple(failed), len(briefs), cut, seconds, len(fresh), left_over)


def survey(
    book: Book, edition: Edition, briefs: Sequence[Brief], *, reread: Reread | None = None
) -> list[Found]:
    """Return for each brief why `build` would make it, nothing for those up to date; nothing is written.

    A brief whose parameters or notebook do not pass is named with what is wrong.
    """
    folder = paths.reports_dir() / edition.name
    source = inputs.now(entry.notebook for entry in book.entries)
    todo, failed = _prepare(book, folder, briefs, False, book.settings.engine)
    content = journal.recorded(folder)
    inspector = Inspector(folder, content, source, paths.data_dir(), reread)
    looked = {job.brief.stem: inspector.look(_subject(job)) for job in todo}
    wrong = {item.brief.stem: Found(item.brief, (item.cause.splitlines()[0],)) for item in failed}
    return [(looked | wrong)[brief.stem] for brief in briefs]


def _left_over(folder: Path, everything: Sequence[Brief]) -> tuple[str, ...]:
    """Return the files in the languages' folders that no brief of the book makes."""
    made = {f"{brief.stem}.{kind}" for brief in everything for kind in brief.whole}
    there = {path.relative_to(folder) for lang in LANGUAGES for path in (folder / lang).rglob("*.*")}
    return tuple(sorted({path.as_posix() for path in there if path.suffix.lstrip(".") in FORMATS} - made))


def _taken_over(folder: Path) -> dict[str, Any]:
    """Return the manifest, with what a build that was killed had finished."""
    content = journal.recorded(folder)
    if (folder / journal.NAME).is_file():
        manifest.write(folder, content)
        journal.forget(folder)
    return content


def _own(content: Mapping[str, Any], edition: Edition, folder: Path) -> None:
    """Raise BuildError where the folder holds another edition, such as a kept copy under a new name."""
    if content.get("edition", edition.name) != edition.name:
        todo = "Rename one of the two: a kept edition is read where it is, and never built over."
        where = f"{folder.parent.name}/{folder.name}"
        raise BuildError(compose(where, f"the edition {edition.name!r}", repr(content["edition"]), todo))


def _subject(job: Job) -> Subject:
    files = tuple((own.name(path), path) for path in own.given(job.values, job.own).values())
    return Subject(job.brief, job.shown, _page(job), files)


def _page(job: Job) -> str:
    """Return the digest of what the page is told of its surroundings."""
    return manifest.key({name: told for name, told in job.resources.items() if name != "parameters"})


def _run(
    todo: Sequence[Job],
    making: Generator[Outcome, None, None],
    record: tuple[dict[str, Any], Mapping[str, Any]] | None,
) -> Iterator[Outcome]:
    """Yield the outcome of each job, its files in place and recorded; stop where going on would be in vain.

    `making` yields outcomes, their files in the waiting folder. `record` is the manifest, which grows, and what
    briefs are made from now; None where none is kept.
    """
    known = {job.brief.stem: job for job in todo}
    with contextlib.closing(making) as outcomes:
        for outcome in outcomes:
            settled = outcome if outcome.stage else _settle(known[outcome.brief.stem], outcome, record)
            yield settled
            if settled.hopeless:
                return


def _sendable(todo: Sequence[Job]) -> None:
    """Raise BuildError when a brief reads a file of the user's own that would not reach the workers."""
    given = {path for job in todo for path in own.given(job.values, job.own).values()}
    home = paths.notebooks_dir()
    strange = [name for name in sorted(given) if not (home / name).resolve().is_relative_to(home)]
    absolute = [name for name in sorted(given) if Path(name).is_absolute()]
    if found := sorted({*strange, *absolute}):
        advice = "Put it there, from where it is sent to the workers, or build without --scheduler."
        raise BuildError(compose("--scheduler", "files inside the notebooks folder", listed(found), advice))


def _count(book: Book, jobs: int) -> int:
    return jobs or book.settings.jobs or os.cpu_count() or 1


def _prepare(
    book: Book, folder: Path, briefs: Sequence[Brief], preview: bool, engine: str
) -> tuple[list[Job], list[Outcome]]:
    """Return the jobs, and the briefs whose parameters or notebook do not pass: before any kernel starts."""
    jobs, failed = [], []
    held = own.parameters(book.domains)
    for brief in briefs:
        try:
            values = parameters.check(brief.notebook, dict(brief.parameters), book.domains)
        except (ParameterError, BookError) as error:
            failed.append(Outcome(brief, "parameters", str(error)))
            continue
        shown = resources(brief, values, preview=preview, own_files=held)
        limits = (book.settings.time_limit, book.settings.memory_limit, book.settings.print_limit)
        jobs.append(Job(brief, values, folder, shown, *limits, engine, held))
    return jobs, failed


def resources(
    brief: Brief, values: Mapping[str, Any], *, preview: bool = False, own_files: Sequence[str] = ()
) -> dict[str, Any]:
    """Return what the exporters are told of a brief: its place, and relative links to its relatives.

    Links go to what the whole book has, whether or not it is made in this run, so that a brief's page does
    not depend on the order of work; a preview stands alone and links only to what is made with it. `own_files`
    names the parameters that hold a user's own file: the page says which.
    """
    formats = brief.formats if preview else brief.whole
    return {
        "edition": brief.edition,
        "slug": brief.slug,
        "title": brief.title,
        "lang": brief.lang,
        "paper": brief.paper,
        "home": "" if preview else brief.link("index.html"),
        "twin": "" if preview or not brief.twins else brief.link(f"{brief.twins[0]}/{brief.slug}.html"),
        "downloads": [brief.link(f"{brief.stem}.{kind}") for kind in formats if kind != "html"],
        "parameters": own.published(values, own_files),
        "own": sorted({own.name(path) for path in own.given(values, own_files).values()}),
    }


def _settle(job: Job, outcome: Outcome, record: tuple[dict[str, Any], Mapping[str, Any]] | None) -> Outcome:
    """Move a made brief's files into place, record them, and forget an earlier failure of it."""
    try:
        place.move(job.folder / place.PARTIAL, job.folder, [name for _, name in job.brief.outputs])
        if record:
            content, source = record
            item = manifest.Made(job.brief, job.shown, outcome.files, outcome.reads, _page(job))
            more = manifest.addition(content, item, source)
            journal.note(job.folder, more)
            manifest.add(content, more)
        kept_path(job).unlink(missing_ok=True)
    except OSError as error:
        hopeless = error.errno in place.HOPELESS
        return Outcome(job.brief, "write", place.explain(error, job.folder), hopeless=hopeless)
    return outcome
