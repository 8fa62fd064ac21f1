"""Make the briefs of a plan: check, run, render, place, record; go on after a failure."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, Protocol

from helpers import paths
from helpers.errors import BookError, ParameterError
from helpers.press import manifest, parameters, place, site, workers
from helpers.press.book import Book, Edition
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

    `folder` is the edition's folder; `made` and `failed` are the briefs; `total` how many were asked for;
    `interrupted` says that the user stopped it; `seconds` is the wall time.
    """

    folder: Path
    made: tuple[Brief, ...]
    failed: tuple[Outcome, ...]
    total: int
    interrupted: bool
    seconds: float

    @property
    def whole(self) -> bool:
        """Whether every brief that was asked for is made."""
        return len(self.made) == self.total


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
) -> Result:
    """Make briefs and put them into place; what fails leaves the last good brief where it was.

    Parameters
    ----------
    book, edition
        The book and the edition that the briefs belong to.
    briefs
        The briefs to make, see `plan.expand` and `plan.choose`.
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

    Raises
    ------
    BuildError
        The reports folder cannot be written to, or another build is at work in it.
    """
    start = time.monotonic()
    folder = (reports or paths.reports_dir()) / (PREVIEW if preview else edition.name)
    with place.ready(folder), Interrupt() as interrupt:
        before = manifest.read(folder)
        source = manifest.inputs((entry.notebook for entry in book.entries), paths.data_dir())
        todo, failed = _prepare(book, folder, briefs, preview, engine or book.settings.engine)
        known = {job.brief.stem: job.values for job in todo}
        made: list[manifest.Made] = []
        progress.start(len(briefs))
        try:
            for outcome in failed:
                progress.done(outcome)
            for outcome in _run(todo, _count(book, jobs), interrupt):
                progress.done(outcome)
                if outcome.stage:
                    failed.append(outcome)
                else:
                    values = known[outcome.brief.stem]
                    made.append(manifest.Made(outcome.brief, values, outcome.files))
        finally:
            progress.end()
        if made and not preview:
            everything = expand(book, edition)
            content = manifest.merge(before, edition, everything, made, source)
            manifest.write(folder, content)
            site.write(book, folder, edition, everything, content)
        done = tuple(item.brief for item in made)
        cut = interrupt.asked and len(made) + len(failed) < len(briefs)
        order = {brief.stem: at for at, brief in enumerate(briefs)}
        failed.sort(key=lambda outcome: order[outcome.brief.stem])
        return Result(folder, done, tuple(failed), len(briefs), cut, time.monotonic() - start)


def _run(todo: Sequence[Job], count: int, interrupt: Interrupt) -> Iterator[Outcome]:
    """Yield the outcome of each job, its files in place; stop where going on would be in vain."""
    known = {job.brief.stem: job for job in todo}
    with contextlib.closing(workers.run(todo, count, lambda: interrupt.asked)) as outcomes:
        for outcome in outcomes:
            settled = outcome if outcome.stage else _settle(known[outcome.brief.stem], outcome)
            yield settled
            if settled.hopeless:
                return


def _count(book: Book, jobs: int) -> int:
    return jobs or book.settings.jobs or os.cpu_count() or 1


def _prepare(
    book: Book, folder: Path, briefs: Sequence[Brief], preview: bool, engine: str
) -> tuple[list[Job], list[Outcome]]:
    """Return the jobs, and the briefs whose parameters or notebook do not pass: before any kernel starts."""
    jobs, failed = [], []
    for brief in briefs:
        try:
            values = parameters.check(brief.notebook, dict(brief.parameters), book.domains)
        except (ParameterError, BookError) as error:
            failed.append(Outcome(brief, "parameters", str(error)))
            continue
        shown = resources(brief, values, preview=preview)
        limits = (book.settings.time_limit, book.settings.memory_limit)
        jobs.append(Job(brief, values, folder, shown, *limits, engine))
    return jobs, failed


def resources(brief: Brief, values: Mapping[str, Any], *, preview: bool = False) -> dict[str, Any]:
    """Return what the exporters are told of a brief: its place, and relative links to its relatives.

    Links go to what the whole book has, whether or not it is made in this run, so that a brief's page does
    not depend on the order of work; a preview stands alone and links only to what is made with it.
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
        "parameters": dict(values),
    }


def _settle(job: Job, outcome: Outcome) -> Outcome:
    """Move a made brief's files into place, and forget an earlier failure of it."""
    try:
        place.move(job.folder / place.PARTIAL, job.folder, [name for _, name in job.brief.outputs])
        kept_path(job).unlink(missing_ok=True)
    except OSError as error:
        hopeless = error.errno in place.HOPELESS
        return Outcome(job.brief, "write", place.explain(error, job.folder), hopeless=hopeless)
    return outcome
