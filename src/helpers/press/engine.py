"""Run one notebook through papermill and return it executed, in a form that does not depend on when or where.

`execute` is the seam: whatever engine papermill is told to use, the rest of the press sees only a notebook.
The engine `brief` starts a kernel a notebook; `warm` (see the module of that name) forks a process a notebook.
"""

from __future__ import annotations

import functools
import json
import logging
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbformat import from_dict
from papermill.engines import Engine, papermill_engines
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from helpers import paths
from helpers.errors import BuildError, compose
from helpers.press import printed, stock, warm

ENGINES = {"warm": warm.NAME, "stock": "brief"}
"""What book.yml and `--engine` call an engine, and what papermill calls it."""

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_LINES = 12
_LOOK = "Open the kept notebook, or run the cell in JupyterLab with these parameters."
_LESS = (
    "Print less in it, or set print_limit higher (book.yml: settings). The kept notebook holds the beginning."
)


class CellError(BuildError):
    """A cell failed, hung, or took the kernel with it.

    Attributes
    ----------
    notebook
        The notebook as far as it came, with its outputs.
    """

    def __init__(self, message: str, notebook: Any) -> None:
        super().__init__(message)
        self.notebook = notebook


def execute(
    notebook: Path,
    parameters: Mapping[str, Any],
    *,
    timeout: float,
    memory: int = 0,
    prints: int = 0,
    engine: str = "stock",
) -> Any:
    """Return the notebook run with the parameters, its outputs in it.

    Parameters
    ----------
    notebook
        The notebook's path; its folder is the working directory, as in JupyterLab.
    parameters
        Checked values (see `parameters.check`).
    timeout
        Seconds from the first cell to the last.
    memory
        Megabytes it may take (`warm`: over what it shares with the template process); 0 for no limit.
    prints
        Characters that each cell may print; 0 for no limit.
    engine
        `warm` or `stock`.

    Raises
    ------
    CellError
        A cell raised or printed too much, the time was over, or the kernel died: which cell, its source, the error.
    """
    node = from_dict(json.loads(_loaded(str(notebook), notebook.stat().st_mtime_ns)))
    node = parameterize_notebook(node, dict(parameters), kernel_name="python3", language="python")
    failure, expected, todo = "", "the cell to run", _LOOK
    try:
        papermill_engines.execute_notebook_with_engine(
            ENGINES[engine],
            node,
            kernel_name="python3",
            progress_bar=False,
            time_limit=timeout,
            memory_limit=memory,
            print_limit=prints,
            resources={"metadata": {"path": str(notebook.parent)}},
        )
    except TimeoutError:
        failure = f"no end after {timeout:g} seconds (book.yml: settings: time_limit)"
    except printed.TooMuch as error:
        failure, expected, todo = str(error), f"at most {error.limit:,} characters printed", _LESS
    except Exception as error:  # a kernel that died or never started: whatever it is belongs to this brief
        failure = str(error) if isinstance(error, BuildError) else f"{type(error).__name__}: {error}"
    at, raised = _failed_cell(node)
    if failure or raised:
        got = (failure or raised) + _of_memory(failure or raised, memory)
        raise CellError(_message(notebook, node, at, (expected, got, todo)), settle(node))
    return settle(node)


@functools.lru_cache(maxsize=16)
def _loaded(notebook: str, changed: int) -> str:
    """Return a notebook as papermill reads, upgrades and checks it, as JSON: a hundred briefs have the same one."""
    node = load_notebook_node(notebook)
    ids = [cell.get("id") for cell in json.loads(Path(notebook).read_text(encoding="utf-8"))["cells"]]
    for index, (cell, own) in enumerate(zip(node.cells, ids, strict=True)):
        if cell.id != own:  # there was none (format 4.4), or the same twice: a random one was put there
            cell["id"] = f"cell-{index}"
    return json.dumps(node)


class BriefEngine(Engine):
    """Papermill's own way of running a notebook, in a `BriefKernelManager` and within a time limit."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        time_limit: float,
        resources: dict[str, Any],
        memory_limit: int = 0,
        print_limit: int = 0,
        **_: Any,
    ) -> None:
        """Run all cells of the managed notebook (papermill's contract for an engine)."""
        logger = logging.getLogger("helpers.press.engine")
        logger.setLevel(logging.CRITICAL)
        deadline = time.monotonic() + time_limit
        manager = stock.BriefKernelManager(memory_limit)
        client = printed.Client(
            nb_man,
            km=manager,
            kernel_name=kernel_name,
            resources=resources,
            timeout_func=lambda cell: max(0.1, deadline - time.monotonic()),
            shutdown_kernel="immediate",
            record_timing=False,
            joins=True,
            print_limit=print_limit,
            stop=manager.stop,
            log=logger,
        )
        try:
            client.execute(cleanup_kc=True)
        except (TimeoutError, printed.TooMuch):
            raise
        except Exception as error:
            said = manager.last_words()
            raise BuildError(f"{type(error).__name__}: {error}" + (f" ({said})" if said else "")) from error
        finally:
            stock.end(manager)


papermill_engines.register(ENGINES["stock"], BriefEngine)
papermill_engines.register(ENGINES["warm"], warm.WarmEngine)


def _failed_cell(node: Any) -> tuple[int, str]:
    """Return the index of the last cell that was started, and the error it raised if it did."""
    at = 0
    for index, cell in enumerate(node.cells):
        state = cell.metadata.get("papermill", {})
        if state.get("exception"):
            errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
            said = [text for error in errors[-1:] for text in (error.ename, error.evalue) if text]
            return index, ": ".join(said) or "an error"
        if state.get("start_time"):
            at = index
    return at, ""


def _of_memory(failure: str, limit: int) -> str:
    """Return the limit of memory as the likely reason of a failure, if it is one."""
    if not limit or not re.search(r"MemoryError|SIGKILL|SIGABRT|Unable to allocate", failure):
        return ""
    return f"; the limit is {limit} MB (book.yml: settings: memory_limit)"


def _message(notebook: Path, node: Any, at: int, what: tuple[str, str, str]) -> str:
    """Return what is said of a cell, given what was expected of it, what came and what to do."""
    expected, got, todo = what
    cell = node.cells[at]
    injected = [i for i, c in enumerate(node.cells) if "injected-parameters" in c.metadata.get("tags", [])]
    number = at + 1 - sum(i < at for i in injected)
    place = "the injected parameters" if at in injected else f"cell {number}"
    lines = "".join(cell.source).splitlines()
    source = "\n".join(f"    {line}" for line in lines[:_LINES]) + (
        "\n    ..." if len(lines) > _LINES else ""
    )
    head = compose(
        f"{paths.of_notebook(notebook)}, {place}",
        expected,
        _COLOUR.sub("", got).strip(),
        todo,
    )
    return f"{head}\n{source}"


def settle(node: Any) -> Any:
    """Return the notebook without what differs from run to run: timings, paths, random cell names."""
    parameters = node.metadata.get("papermill", {}).get("parameters", {})
    node.metadata["papermill"] = {"parameters": parameters}
    for cell in node.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = "injected-parameters"
    return node
