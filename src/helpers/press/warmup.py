"""Make a process warm: run notebooks in it once, then put back what they changed for everyone.

Imports alone would leave much to do (fonts, style sheets, tables, code that is imported inside functions).
Whatever a notebook changes in its own names goes with them; what it changes elsewhere is put back as far as
anything is known of it: environment, folder, path, warnings, random numbers, settings of figures and of frames.
What its imports changed stays, as they would change it in a process of its own.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import copy
import json
import os
import signal
import sys
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

LIMIT = 60
"""Seconds that the warming of one notebook, or the reading of all tables, may take."""


class _TooLong(BaseException):
    """The time for warming is over."""


def warm(shell: Any, notebook: Path, values: Mapping[str, Any], *, whole: bool) -> None:
    """Run a notebook in a shell, to the first error if it has one, without a word.

    Parameters
    ----------
    shell
        An IPython shell that is thrown away afterwards.
    notebook
        The notebook's path; its folder is the working directory.
    values
        Parameters in place of the notebook's own.
    whole
        Run every cell; otherwise only what it imports.
    """
    with _at_most(LIMIT), contextlib.suppress(Exception, _TooLong):
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        cells = [cell for cell in cells if cell["cell_type"] == "code"]
        for cell in cells:
            shell.run_cell(_imports("".join(cell["source"])), store_history=False)
        if whole:
            with _put_back():
                os.chdir(notebook.parent)
                _run(shell, cells, values)


def read_tables() -> None:
    """Read and check every table where a notebook has imported what reads them: processes forked later share them.

    The national brief, the audit and the page on data quality read more than a state's; a table that does not pass
    is told by the brief that reads it.
    """
    catalog: Any = sys.modules.get("helpers.data.catalog")
    with _at_most(LIMIT), contextlib.suppress(Exception, _TooLong):
        for name in catalog.tables() if catalog else ():
            with contextlib.suppress(Exception):
                catalog.whole(name)


def _run(shell: Any, cells: list[dict[str, Any]], values: Mapping[str, Any]) -> None:
    for cell in cells:
        if not shell.run_cell("".join(cell["source"]), store_history=False).success:
            return
        if "parameters" in cell["metadata"].get("tags", []):
            shell.user_ns.update(values)


def _imports(source: str) -> str:
    """Return the imports that stand at the outermost level of a cell."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return ""
    return "\n".join(ast.unparse(node) for node in body if isinstance(node, ast.Import | ast.ImportFrom))


@contextlib.contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def _put_back() -> Iterator[None]:
    environment, folder, path = dict(os.environ), os.getcwd(), list(sys.path)
    filters, names = list(warnings.filters), dict(vars(builtins))
    frames: Any = sys.modules.get("pandas._config.config")
    options = copy.deepcopy(frames._global_config) if frames else {}
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(folder)
        sys.path[:] = path
        warnings.filters[:] = filters  # type: ignore[index]
        warnings._filters_mutated()  # type: ignore[attr-defined]
        vars(builtins).update(names)
        for name in vars(builtins).keys() - names.keys():
            delattr(builtins, name)
        if frames:
            frames._global_config.update(options)
        _figures()


def _figures() -> None:
    """Set matplotlib's settings to what they were when it was imported."""
    matplotlib: Any = sys.modules.get("matplotlib")
    if matplotlib:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            matplotlib.rcParams.update(matplotlib.rcParamsOrig)
