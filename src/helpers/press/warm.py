"""The papermill engine `warm`: a notebook runs in a process forked from one that is warm already.

`papermill --engine warm in.ipynb out.ipynb` and `briefs build` use it. Where a process cannot be forked safely (not
on Linux, a template process with more than one thread, a failed fork) papermill's own engine takes over and it is
said once, in the log and in the progress of a build.
"""

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
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines

from helpers.errors import BuildError

NAME = "warm"
_SHORT = 80
"""Longest folder name that leaves room for a socket's path (the system's limit is about 104)."""
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
            uses: list[tuple[str | Path, Mapping[str, Any], bool]] = []
            if notebook and str(notebook).endswith(".ipynb"):
                uses.append((notebook, {}, False))
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


@contextlib.contextmanager
def template(uses: Iterable[tuple[str | Path, Mapping[str, Any], bool]]) -> Iterator[str]:
    """Run a template process; yield the path of its socket (empty where there can be none).

    Parameters
    ----------
    uses
        (notebook, parameters, whole): what it runs to get warm; not whole: only the imports.
    """
    if sys.platform != "linux":
        yield ""
        return
    from helpers.press import kernels

    base = tempfile.gettempdir()
    folder = Path(tempfile.mkdtemp(prefix="briefs-", dir=base if len(base) < _SHORT else "/tmp"))
    path = str(folder / "door")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen(64)
        process = subprocess.Popen(
            [sys.executable, "-m", "helpers.press.template", str(door.fileno()), str(folder)],
            env=kernels.environment(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=(folder / "stderr").open("wb"),
            pass_fds=(door.fileno(),),
            start_new_session=True,
        )
    try:
        assert process.stdin is not None
        wanted = [(str(Path(name).resolve()), dict(values), whole) for name, values, whole in uses]
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write((json.dumps(wanted) + "\n").encode())
            process.stdin.flush()
        yield path
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


class WarmEngine(Engine):
    """Papermill's own way of running a notebook, in a process forked from the template process."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        time_limit: float = 0,
        memory_limit: int = 0,
        **options: Any,
    ) -> None:
        """Run all cells of the managed notebook (papermill's contract for an engine).

        Parameters
        ----------
        time_limit
            Seconds from the first cell to the last, given by the press; papermill gives none.
        memory_limit
            Megabytes over what the process shares with the template.
        options
            As papermill's own engine has them.
        """
        from helpers.press import client

        folder = options.get("resources", {}).get("metadata", {}).get("path") or os.getcwd()
        try:
            forked = _connect(nb_man, kernel_name, folder, memory_limit, options.get("input_path"))
        except client.NoFork as error:
            host.say(str(error))
            if time_limit:
                options |= {"time_limit": time_limit, "memory_limit": memory_limit}
            other = papermill_engines.get_engine("brief" if time_limit else "nbclient")
            other.execute_managed_notebook(nb_man, kernel_name, **options)
            return
        try:
            runner = _runner(nb_man, client.owner(forked), kernel_name, time_limit, options)
            runner.kc = forked
            runner.execute()
        except TimeoutError:
            raise
        except Exception as error:
            said = forked.last_words()
            message = f"{type(error).__name__}: {error}" + (f" ({said})" if said else "")
            if time_limit:
                raise BuildError(message) from error
            raise
        finally:
            forked.close()


def _connect(nb_man: Any, kernel_name: str, folder: str, memory: int, notebook: str | None) -> Any:
    from helpers.press import client

    if sys.platform != "linux":
        raise client.NoFork("this system is not Linux")
    language = nb_man.nb.metadata.get("kernelspec", {}).get("language", "python")
    if language != "python" or kernel_name not in ("python3", "python", "", None):
        raise client.NoFork(f"the kernel {kernel_name!r} is not this environment's Python")
    return client.WireClient(host.find(notebook), folder, memory)


def _runner(nb_man: Any, manager: Any, kernel_name: str, limit: float, options: dict[str, Any]) -> Any:
    """Return nbclient's runner: with the press's settings within a time limit, else with papermill's."""
    deadline = time.monotonic() + limit
    if limit:
        quiet = logging.getLogger("helpers.press.engine")
        quiet.setLevel(logging.CRITICAL)
        settings = {
            "resources": options.get("resources"),
            "timeout_func": lambda cell: max(0.1, deadline - time.monotonic()),
            "record_timing": False,
            "coalesce_streams": True,
            "log": quiet,
        }
    else:
        known = {"log_output": False, "stdout_file": None, "stderr_file": None}
        settings = {key: options.get(key, value) for key, value in known.items()}
        others = ("input_path", "timeout", "startup_timeout", "start_timeout", "execution_timeout")
        settings |= {key: value for key, value in options.items() if key not in others}
        settings |= {"timeout": options.get("execution_timeout") or options.get("timeout"), "log": _log}
    return PapermillNotebookClient(nb_man, km=manager, kernel_name=kernel_name, **settings)
