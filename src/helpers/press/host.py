"""Where the template process of this process is, started when it is first needed, and ended with it."""

from __future__ import annotations

import atexit
import contextlib
import json
import logging
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from helpers import paths

_SHORT = 80
"""Longest folder name that leaves room for a socket's path (the system's limit is about 104)."""
ERRORS = "stderr"
"""The file beside the socket that the template process writes its own errors to."""
_START = "import sys; '' in sys.path and sys.path.remove(''); from helpers.press.template import main; main()"
"""Nothing is imported from where the user stands; with -P the notebooks would lack their own folder too."""
_log = logging.getLogger("papermill")


class Host:
    """The template process of this process: where it listens, or why there is none.

    Attributes
    ----------
    address
        The path of its socket; empty when there is none.
    notes
        Why a notebook did not run in a forked process, each reason once, until somebody takes them.
    """

    def __init__(self) -> None:
        self.address = ""
        self.notes: list[str] = []
        self._said: set[str] = set()

    def find(self, notebook: str | None) -> str:
        """Return the address of the template process, starting one for this process if there is none yet."""
        if not self.address:
            stack = contextlib.ExitStack()
            uses: Uses = [(notebook, {}, False)] if notebook and str(notebook).endswith(".ipynb") else []
            self.address = stack.enter_context(template(uses))
            atexit.register(stack.close)
        return self.address

    def say(self, why: str) -> None:
        """Say once why papermill's own engine is at work."""
        if why not in self._said:
            self._said.add(why)
            self.notes.append(f"papermill's own engine is used, not the warm one: {why}")
            _log.warning(self.notes[-1])

    def take(self) -> str:
        """Return what is to be said, and forget it."""
        text = "; ".join(self.notes)
        self.notes.clear()
        return text


host = Host()


Uses = Iterable[tuple[str | Path, Mapping[str, Any], bool]]
"""What a template process gets warm with: (notebook, parameters, whole); not whole: only the imports."""


class Template:
    """A template process: it has begun to start, and goes on once it is told what to get warm with.

    Attributes
    ----------
    address
        The path of its socket; empty where there can be none.
    """

    def __init__(self, address: str, hears: IO[bytes] | None) -> None:
        self.address, self._hears = address, hears

    def warm(self, uses: Uses, room: int = 1) -> None:
        """Tell it what to run to get warm, and how many notebooks may run at a time meanwhile."""
        wanted = [(str(Path(name).resolve()), dict(values), whole) for name, values, whole in uses]
        if self._hears:
            with contextlib.suppress(BrokenPipeError):
                self._hears.write((json.dumps([room, wanted]) + "\n").encode())
                self._hears.flush()


@contextlib.contextmanager
def template(uses: Uses, room: int = 1) -> Iterator[str]:
    """Run a template process; yield the path of its socket. See `Template.warm`."""
    with begun() as process:
        process.warm(uses, room)
        yield process.address


def _listening(path: str) -> socket.socket:
    """Return a socket that listens, under a number above those of the standard streams, of which one may be closed."""
    import fcntl

    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen(64)
        return socket.socket(fileno=fcntl.fcntl(door.fileno(), fcntl.F_DUPFD_CLOEXEC, 3))


@contextlib.contextmanager
def begun() -> Iterator[Template]:
    """Start a template process; it ends with the block."""
    if sys.platform != "linux":
        yield Template("", None)
        return
    from helpers.press import folders, following, kernels

    base = tempfile.gettempdir()
    folder = folders.new(base if len(base) < _SHORT else "/tmp")
    path = str(folder / "door")
    with _listening(path) as door, (folder / ERRORS).open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-c", _START, str(door.fileno()), str(folder)],
            env=kernels.environment(folder)
            | paths.told()  # it works in a folder of its own
            | {following.VARIABLE: os.devnull},  # nobody's reads, noted to be ready for the children's
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            pass_fds=(door.fileno(),),
            start_new_session=True,
        )
    try:
        yield Template(path, process.stdin)
    finally:
        process.terminate()
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()  # type: ignore[union-attr]
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(folder, ignore_errors=True)
