"""What a worker of a cluster does for a build: hold its notebooks and tables, make briefs, hand back the files.

A brief is made in a process of its own beside the worker (the same one as in a build on one machine, with a
template process of its own), because a worker runs many threads and a brief needs an environment to itself. A
worker of several threads has as many such processes. They end with the build, and with the worker.
"""

from __future__ import annotations

import contextlib
import io
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from distributed import WorkerPlugin

from helpers.press import folders, host, inputs, kernels, place, workers
from helpers.press.work import Job, Outcome, kept_path

SHARED = ("package", "versions", "lock", "code")
"""What of `inputs.now` has to be the same on the machine that plans and on every worker."""

Use = tuple[str, Mapping[str, Any], bool]
"""A notebook's path below the notebooks folder, parameters, and whether to run it whole to get warm."""

_START = "import sys; from helpers.press import remote; remote.tend(*sys.argv[1:])"
_shelves: dict[str, Shelf] = {}


@dataclass(frozen=True)
class Delivery:
    """A brief as it comes back: its outcome, its files by format, and the notebook kept when it failed."""

    outcome: Outcome
    files: Mapping[str, bytes]
    kept: bytes = b""


READ_RAW = ("raw", "statehs")
"""The part of a publisher's answers that briefs read; the others are only kept."""


def pack(folders: Mapping[str, Path]) -> bytes:
    """Return folders as one ZIP archive, each under its new name.

    What is hidden or compiled stays behind, and of ``raw/`` all but the partitions that briefs read.
    """
    parcel = io.BytesIO()
    with zipfile.ZipFile(parcel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, folder in folders.items():
            for path in sorted(folder.rglob("*")):
                inside = path.relative_to(folder)
                if inside.parts[:1] == ("raw",) and inside.parts[:2] != READ_RAW:
                    continue
                if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in inside.parts):
                    archive.write(path, f"{name}/{inside.as_posix()}")
    return parcel.getvalue()


def differences(expected: Mapping[str, Any], got: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return (what, expected, got) for each version and file of the package that is not the same."""
    found = []
    for kind in SHARED:
        here, there = expected[kind], got.get(kind, {})
        if isinstance(here, str):
            here, there = {inputs.LOCK: here}, {inputs.LOCK: there}
        for name in sorted({*here, *there}):
            if here.get(name) != there.get(name):
                label = f"{kind} {name}" if kind in ("code", "package") else name
                found.append((label, _short(here.get(name)), _short(there.get(name))))
    return found


def _short(value: str | None) -> str:
    return (value[:12] if len(value) == 64 else value) if value else "none"


class Process:
    """A process started by exec, with the methods of multiprocessing's: a worker may not have those as children."""

    def __init__(self, command: Sequence[str], **options: Any) -> None:
        self._popen = subprocess.Popen(command, **options)
        self.terminate, self.kill = self._popen.terminate, self._popen.kill

    @property
    def exitcode(self) -> int | None:
        """How it ended, None while it runs."""
        return self._popen.poll()

    def is_alive(self) -> bool:
        """Return whether it runs."""
        return self._popen.poll() is None

    def join(self, seconds: float | None = None) -> None:
        """Wait for its end, so long at most."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(seconds)


def tend(descriptor: str, parent: str, folder: str, shelf: str) -> None:
    """Be the process that makes briefs for a worker: get warm once, then serve until the connection closes."""
    import json

    tempfile.tempdir = folder
    try:
        uses = json.loads((Path(shelf) / "uses.json").read_text(encoding="utf-8"))
        there = [(Path(shelf) / "notebooks" / name, values, whole) for name, values, whole in uses]
        with host.template(there, 0) if uses else contextlib.nullcontext("") as address:
            workers.serve(Connection(int(descriptor)), int(parent), folder, address)
    finally:
        shutil.rmtree(
            folder, ignore_errors=True
        )  # its worker may have gone, shelf and all, before it was ready


class Shelf(WorkerPlugin):
    """The things of one build on one worker; the scheduler gives them to workers that come later, too.

    Parameters
    ----------
    name
        The build's own name.
    parcel
        Notebooks and tables, see `pack`.
    uses
        What to get warm with; nothing where no notebook asks for the warm engine.
    settings
        Environment variables that have a say in the briefs, as they are where the build is planned.
    expected
        What the worker has to have installed, see `inputs.now`.
    """

    def __init__(
        self,
        name: str,
        parcel: bytes,
        uses: Iterable[Use],
        settings: Mapping[str, str],
        expected: Mapping[str, Any],
    ) -> None:
        self.name, self.parcel, self.uses = name, parcel, list(uses)
        self.settings, self.expected = dict(settings), dict(expected)

    def setup(self, worker: Any) -> None:
        """Unpack on a worker, into a folder of the worker's own."""
        import json

        self.problems = differences(self.expected, inputs.now(()))
        self.folder = folders.new(worker.local_directory)
        with zipfile.ZipFile(io.BytesIO(self.parcel)) as archive:
            archive.extractall(self.folder)
        (self.folder / "uses.json").write_text(json.dumps(self.uses), encoding="utf-8")
        self.parcel = b""
        self.idle: queue.SimpleQueue[workers.Worker] = queue.SimpleQueue()
        self.all: list[workers.Worker] = []
        self.closed = False
        _shelves[self.name] = self

    def teardown(self, worker: Any) -> None:
        """End what is at work for the build, and remove its folder."""
        _shelves.pop(self.name, None)
        self.closed = True
        for maker in self.all:
            maker.process.terminate()
        for maker in self.all:
            maker.process.join(5)
            maker.process.kill()
            shutil.rmtree(maker.folder, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def take(self) -> workers.Worker:
        """Return a process to make a brief in: an idle one, else a new one."""
        try:
            return self.idle.get_nowait()
        except queue.Empty:
            pass
        ours, theirs = Pipe()
        own = str(folders.new())
        kept = {name: value for name, value in os.environ.items() if not kernels.SECRET.search(name)}
        kept = {name: value for name, value in kept.items() if name not in self.settings}
        given = {name: value for name, value in self.settings.items() if value}
        where = {"BRIEFS_DATA": "data", "BRIEFS_NOTEBOOKS": "notebooks", "BRIEFS_REPORTS": "made"}
        told = {name: str(self.folder / folder) for name, folder in where.items()}
        process = Process(
            [
                sys.executable,
                "-P",
                "-c",
                _START,
                str(theirs.fileno()),
                str(os.getpid()),
                own,
                str(self.folder),
            ],
            env=kept | given | told,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(theirs.fileno(),),
        )
        theirs.close()
        maker = workers.Worker(process, ours, own)
        self.all.append(maker)
        if self.closed:
            process.terminate()
        return maker

    def make(self, job: Job, notebook: str) -> Delivery:
        """Return a brief made here."""
        maker = self.take()
        out = Path(tempfile.mkdtemp(prefix="made-", dir=self.folder))
        try:
            brief = replace(job.brief, notebook=self.folder / "notebooks" / notebook)
            here = replace(job, brief=brief, folder=out)
            maker.give(here)
            while (outcome := maker.result()) is None:
                wait([maker.pipe], timeout=1)
            if maker.process.is_alive():
                self.idle.put(maker)
            else:
                maker.end()
            if outcome.stage == "write":  # the worker's disk, not the brief's fault: another one may do it
                raise RuntimeError(outcome.cause)
            kept = kept_path(here)
            made = {} if outcome.stage else {kind: place.PARTIAL + "/" + name for kind, name in brief.outputs}
            return Delivery(
                replace(outcome, kept=None),
                {kind: (out / name).read_bytes() for kind, name in made.items()},
                kept.read_bytes() if kept.is_file() else b"",
            )
        finally:
            shutil.rmtree(out, ignore_errors=True)


def make(name: str, job: Job, notebook: str) -> Delivery:
    """Return a brief of a build, made on the worker that this is called on (the task of the cluster).

    Parameters
    ----------
    name
        The build's own name.
    job
        The brief; the paths in it are those of the machine that planned it and are not used.
    notebook
        Its notebook's path below the notebooks folder.
    """
    shelf = _shelves.get(name)
    if shelf is None:
        raise RuntimeError("the worker did not get the notebooks and tables of this build; its log says why")
    if shelf.problems:
        what, expected, got = shelf.problems[0]
        raise RuntimeError(f"a worker that came later has another {what}: expected {expected}, got {got}")
    return shelf.make(job, notebook)
