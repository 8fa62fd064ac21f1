"""The papermill engine `warm`: a notebook runs in a process forked from one that is warm already.

`papermill --engine warm in.ipynb out.ipynb` and `briefs build` use it. Where a process cannot be forked safely (not
on Linux, a template process with more than one thread, a failed fork) papermill's own engine takes over and it is
said once, in the log and in the progress of a build.

Why not a kernel as ipykernel starts it, forked: from request to result fourteen cells `i + 1` took 476 ms with one
(404 ms until its sockets and threads were ready) and 49 ms with the same kernel on one socket (`forked`), median of
seven and nine runs from the same warm process on two cores. What a cell does is ipykernel's in both. What becomes of
its messages is nbclient's, but for cells of a brief that only show something (`client.Runner`); the way between them
is ours. A state brief takes 0.45 s, of which its cells 0.40 s, against 3.2 s with a kernel of its own.

Papermill finds this module through its entry point (`entry`); `engine` is what the rest of the press imports.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from typing import Any

from papermill.engines import Engine, papermill_engines

from helpers.errors import BuildError
from helpers.press.host import host
from helpers.press.printed import TooMuch

NAME = "warm"
_log = logging.getLogger("papermill")


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
        print_limit: int = 0,
        **options: Any,
    ) -> None:
        """Run all cells of the managed notebook (papermill's contract for an engine).

        Parameters
        ----------
        time_limit
            Seconds from the first cell to the last, given by the press; papermill gives none.
        memory_limit
            Megabytes over what the process shares with the template.
        print_limit
            Characters that each cell may print.
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
                options |= {
                    "time_limit": time_limit,
                    "memory_limit": memory_limit,
                    "print_limit": print_limit,
                }
            other = papermill_engines.get_engine("brief" if time_limit else "nbclient")
            other.execute_managed_notebook(nb_man, kernel_name, **options)
            return
        try:
            options |= {"print_limit": print_limit, "stop": forked.stop}
            runner = _runner(nb_man, client.owner(forked), kernel_name, time_limit, options)
            runner.kc = forked
            runner.execute()
        except (TimeoutError, TooMuch):
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
    from helpers.press import client

    deadline = time.monotonic() + limit
    if limit:
        quiet = logging.getLogger("helpers.press.engine")
        quiet.setLevel(logging.CRITICAL)
        settings: dict[str, Any] = {
            "resources": options.get("resources"),
            "deadline": deadline,
            "timeout_func": lambda cell: max(0.1, deadline - time.monotonic()),
            "record_timing": False,
            "joins": True,
            "print_limit": options["print_limit"],
            "stop": options["stop"],
            "log": quiet,
        }
    else:
        known = {"log_output": False, "stdout_file": None, "stderr_file": None}
        settings = {key: options.get(key, value) for key, value in known.items()}
        others = ("input_path", "timeout", "startup_timeout", "start_timeout", "execution_timeout")
        settings |= {key: value for key, value in options.items() if key not in others}
        settings |= {"timeout": options.get("execution_timeout") or options.get("timeout"), "log": _log}
    return client.Runner(nb_man, km=manager, kernel_name=kernel_name, **settings)
