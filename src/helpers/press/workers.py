"""Worker processes that make briefs: started afresh (never forked), kept for many briefs, ended together.

A worker that dies takes one brief with it, not the batch. Workers end when the one that started them does.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Protocol

from helpers.press import folders, host, leave_out
from helpers.press.work import Job, Outcome, make, ready

GRACE = 60.0
"""Seconds beyond a brief's time limit for starting its kernel and rendering it."""

WORTHWHILE = 4
"""Briefs of one notebook from which on running it once more, to get warm, pays."""

LIFE = 150
"""Briefs after which a worker is replaced: its memory creeps up, by a sixth of a megabyte a brief."""

LEFT_OUT = ("pyarrow", "html5lib", "lxml", "isoduration", "rfc3986_validator")
"""What papermill, nbconvert and nbformat import where it is there: for HDFS, web pages, formats of durations and URIs.

No brief has any of it: a quarter of a worker's start, and 45 of its megabytes. Cells run in other processes.
"""

_TICK = 0.2
_SAFE, _OURS = "PYTHONSAFEPATH", "while a worker starts"
"""The variable that keeps Python from importing what lies in the working directory, and what we set it to."""


class Process(Protocol):
    """What a worker needs of a process that multiprocessing did not start."""

    @property
    def exitcode(self) -> int | None:
        """How it ended, None while it runs."""

    def is_alive(self) -> bool:
        """Return whether it runs."""

    def join(self, seconds: float | None = None) -> None:
        """Wait for its end, so long at most."""

    def terminate(self) -> None:
        """Ask it to end."""

    def kill(self) -> None:
        """End it."""


def serve(connection: Connection, parent: int, folder: str, address: str) -> None:
    """Make the briefs that come over the connection until it closes (the body of a worker).

    Parameters
    ----------
    connection
        Jobs come in, outcomes go out.
    parent
        The process that started this one.
    folder
        For temporary files: what was left there goes when the worker does.
    address
        Of the template process; empty when there is none.
    """
    from helpers.press import kernels

    if os.environ.get(_SAFE) == _OURS:  # or the kernels would have it
        del os.environ[_SAFE]
    tempfile.tempdir = folder
    host.host.address = address

    def leave(*_: object) -> None:
        kernels.end_all()
        for _attempt in range(20):  # a process that is being ended may still write there
            shutil.rmtree(folder, ignore_errors=True)
            if not os.path.exists(folder):
                break
            time.sleep(0.05)
        os._exit(130)

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the builder's affair: it ends us
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # see `_sheltered`
    signal.signal(signal.SIGTERM, leave)
    _die_with_parent()
    if os.getppid() != parent:
        leave()
    leave_out(LEFT_OUT)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        job = connection.recv()
        gc.disable()  # while the exporters are imported
        ready([kind for kind, _ in job.brief.outputs])
        gc.freeze()
        gc.enable()
        # A notebook is a tree of thousands of nodes, none of them garbage: -4 % of the time of what is Python here.
        gc.set_threshold(20_000, 10, 50)
        while True:
            outcome = make(job)
            connection.send(replace(outcome, note=host.host.take()))
            job = connection.recv()


@contextlib.contextmanager
def _sheltered() -> Iterator[None]:
    """Start a process inside: it imports nothing from where the user stands, and no Ctrl-C reaches its imports."""
    before = os.environ.get(_SAFE)
    os.environ[_SAFE] = before or _OURS
    try:
        with _held_back():
            yield
    finally:
        if before is None:
            del os.environ[_SAFE]
        else:
            os.environ[_SAFE] = before


@contextlib.contextmanager
def _held_back() -> Iterator[None]:
    """Let Ctrl-C wait, for this process and those that it starts."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # starting it later would let the signal come again
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _die_with_parent() -> None:
    """Ask Linux to end this process when its parent ends, however that happens; elsewhere the pipe tells."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


@dataclass
class Worker:
    """One process, the pipe to it, its folder for temporary files; its job, since when, and how many it was given."""

    process: BaseProcess | Process
    pipe: Connection
    folder: str
    job: Job | None = None
    since: float = 0.0
    given: int = 0

    @classmethod
    def start(cls, address: str) -> Worker:
        """Start a worker."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        folder = str(folders.new())
        process = context.Process(target=serve, args=(theirs, os.getpid(), folder, address), daemon=True)
        with _sheltered():
            process.start()
        theirs.close()
        return cls(process, ours, folder)

    def give(self, job: Job) -> None:
        """Hand over a job."""
        self.job, self.since, self.given = job, time.monotonic(), self.given + 1
        with contextlib.suppress(
            BrokenPipeError, ConnectionResetError
        ):  # a dead worker: `result` will say so
            self.pipe.send(job)

    def end(self) -> None:
        """End the process and its kernel."""
        self.process.terminate()
        self.process.join(5)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.pipe.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def result(self) -> Outcome | None:
        """Return the outcome of its job, or of its death or delay; None while it is at work."""
        assert self.job is not None
        seconds = time.monotonic() - self.since
        try:
            if self.pipe.poll():
                return self.pipe.recv()
        except (EOFError, ConnectionResetError):
            self.process.join(5)
            cause = f"the process that made the brief ended by itself ({_reason(self.process.exitcode)})"
            return Outcome(self.job.brief, "execute", cause, seconds=seconds)
        if seconds > self.job.time_limit + GRACE:
            self.end()
            cause = f"no end after {seconds:.0f} seconds, rendering included; the process was ended"
            return Outcome(self.job.brief, "execute", cause, seconds=seconds)
        return None


def _reason(code: int | None) -> str:
    if code is not None and code < 0:
        name = signal.Signals(-code).name
        return name + (", perhaps for want of memory" if name == "SIGKILL" else "")
    return f"exit code {code}"


def run(
    jobs: Sequence[Job], count: int, stopped: Callable[[], bool], begun: host.Template | None = None
) -> Generator[Outcome, None, None]:
    """Yield the outcome of each job as it comes, made by so many workers at a time.

    Parameters
    ----------
    jobs
        The briefs to make.
    count
        Number of workers.
    stopped
        Asked several times a second; when it says yes, workers and kernels are ended and no more is yielded.
    begun
        A template process that has been started for this run already.
    """
    warm, many = uses(jobs), min(count, len(jobs))
    waiting = list(reversed(_ordered(jobs, many)))
    workers: list[Worker] = []
    stack = contextlib.ExitStack()
    try:
        address = _template(stack, warm, many - 1, begun)
        for _ in range(many):
            workers.append(Worker.start(address))
            workers[-1].give(waiting.pop())
        while workers and not stopped():
            wait([worker.pipe for worker in workers], timeout=_TICK)
            for worker in tuple(workers):
                outcome = worker.result()
                if outcome is None:
                    continue
                if not waiting or not worker.process.is_alive() or worker.given >= LIFE:
                    workers.remove(worker)
                    worker.end()
                if waiting:
                    if worker not in workers:
                        worker = Worker.start(address)
                        workers.append(worker)
                    worker.give(waiting.pop())
                yield outcome
    finally:
        for worker in workers:
            worker.end()
        stack.close()


def _template(stack: contextlib.ExitStack, warm: host.Uses, room: int, begun: host.Template | None) -> str:
    """Return the address of the template process of a run, nothing where no job asks for one; `room` as it has it."""
    if not warm:
        return ""
    process = begun or stack.enter_context(host.begun())
    process.warm(warm, room)
    return process.address


def _ordered(jobs: Sequence[Job], first: int) -> list[Job]:
    """Return the jobs in the order they are begun: notebooks that are run seldom first, they take longest.

    Only the `first` ones, one a worker, are of the notebook that is run most, as it loses least by a template that is
    not yet warm.
    """
    often = Counter(job.brief.notebook for job in jobs)
    ordered = sorted(jobs, key=lambda job: often[job.brief.notebook])
    most = max(often.values(), default=0)
    at = sum(often[job.brief.notebook] < most for job in jobs)
    return [*ordered[at : at + first], *ordered[:at], *ordered[at + first :]]


def uses(jobs: Sequence[Job], templates: int = 1) -> list[tuple[Path, Mapping[str, Any], bool]]:
    """Return what a template process gets warm with, see `host.Uses`; nothing when none is asked for.

    The notebook that is run for most briefs is run once there, in each language's first brief; the others only
    import there what they will need, and are as quick then: it is one code that gets warm.

    Parameters
    ----------
    jobs
        The briefs of the run.
    templates
        How many template processes share them.
    """
    if not any(job.engine == "warm" for job in jobs):
        return []
    ((most, times),) = Counter(job.brief.notebook for job in jobs).most_common(1)
    found: dict[tuple[Path, str], tuple[Mapping[str, Any], bool]] = {}
    for job in jobs:
        whole = job.brief.notebook == most and times >= WORTHWHILE * templates
        found.setdefault((job.brief.notebook, job.brief.lang if whole else ""), (job.values, whole))
    return [(path, values, whole) for (path, _), (values, whole) in found.items()]
