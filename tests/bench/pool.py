"""A pool of processes, each running whole briefs with a library: papermill or ploomber-engine, then HTMLExporter.

    python tests/bench/pool.py LIBRARY JOBS FOLDER BRIEFS      BRIEFS: [[notebook, parameters], ...] as JSON

Prints the seconds from the first brief handed out to the last page written. The pool has started and imported
everything before that: it is given what it would save on a whole book.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any


@cache
def tools(library: str) -> tuple[Any, Any]:
    """Return the function that runs a notebook, and an exporter that is kept."""
    from nbconvert.exporters import HTMLExporter

    if library == "papermill":
        from papermill import execute_notebook
    else:
        from ploomber_engine import execute_notebook
    return execute_notebook, HTMLExporter()


def ready(library: str) -> None:
    """Import everything, and leave time for the other processes of the pool to take their turn."""
    tools(library)
    time.sleep(1)


def make(library: str, notebook: str, values: dict[str, Any], target: Path) -> None:
    """Run one brief and write it as a notebook and as a page."""
    execute, exporter = tools(library)
    folder = str(Path(notebook).parent)
    node = execute(notebook, str(target), parameters=values, progress_bar=False, cwd=folder)
    target.with_suffix(".html").write_text(exporter.from_notebook_node(node)[0], encoding="utf-8")


def main() -> None:
    """Make all briefs."""
    library, jobs, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    briefs = json.loads(sys.argv[4])
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        list(pool.map(ready, [library] * jobs))
        start = time.perf_counter()
        waiting = [
            pool.submit(make, library, notebook, values, folder / f"{number}.ipynb")
            for number, (notebook, values) in enumerate(briefs)
        ]
        for one in waiting:
            one.result()
        print(time.perf_counter() - start)


if __name__ == "__main__":
    import pool  # what is sent to the processes must not belong to __main__: ploomber-engine takes that name

    pool.main()
