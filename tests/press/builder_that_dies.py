"""Builds the project's book in children that kill themselves before a given step on the disk (see test_interrupted).

Lines on standard input: a step's number, or 0 for none. Answer: `killed` or `done`, steps taken, briefs made.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import sys
from pathlib import Path

from helpers import paths
from helpers.press import book, build, host, page, place, plan, site, work, workers  # noqa: F401

WRITING = os.O_WRONLY | os.O_RDWR
MOVES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree")


class Silent:
    """A progress that says nothing."""

    def start(self, total: int) -> None: ...
    def done(self, outcome) -> None: ...
    def end(self) -> None: ...


class Steps:
    """Counts what is about to be done in the reports folder, and kills the process before one of them."""

    def __init__(self, last: int, pipe: int) -> None:
        self.last, self.pipe, self.count, self.folder = last, pipe, 0, str(paths.reports_dir())

    def step(self) -> None:
        self.count += 1
        if self.count == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def heard(self, event: str, details: tuple) -> None:
        writing = event == "open" and isinstance(details[2], int) and details[2] & WRITING
        if (writing or event in MOVES) and self.folder in str(details[0]):
            self.step()


def quick(jobs, count, stopped, begun):
    """Make files at once; each ends with the digest of what stands before, so that half a file is known."""
    for job in jobs:
        text = f"{job.brief.stem} {job.brief.notebook.read_text(encoding='utf-8')}"
        files = []
        for kind, name in job.brief.outputs:
            body = f"{kind} {text}".encode()
            content = body + hashlib.sha256(body).hexdigest().encode()
            place.write(job.folder / place.PARTIAL / name, content)
            files.append((kind, hashlib.sha256(content).hexdigest(), len(content)))
        yield work.Outcome(job.brief, files=tuple(files))


def child(last: int, pipe: int) -> None:
    """Build, and say how it went."""
    steps = Steps(last, pipe)

    def in_halves(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[: len(content) // 2])
            file.flush()
            steps.step()
            return file.write(content[len(content) // 2 :])

    Path.write_bytes = in_halves  # type: ignore[method-assign, assignment]
    workers.run, host.begun = quick, contextlib.nullcontext
    sys.addaudithook(steps.heard)
    found = book.read()
    edition = found.edition("latest")
    result = build.build(found, edition, plan.expand(found, edition), Silent())
    os.write(pipe, f"done {steps.count} {len(result.made)}".encode())


def main() -> None:
    """Fork a child for every line; nothing is imported anew."""
    for line in sys.stdin:
        ours, theirs = os.pipe()
        pid = os.fork()
        if not pid:
            try:
                child(int(line), theirs)
            finally:
                os._exit(0)
        os.close(theirs)
        os.waitpid(pid, 0)
        print(os.read(ours, 100).decode() or "killed 0 0", flush=True)
        os.close(ours)


if __name__ == "__main__":
    main()
