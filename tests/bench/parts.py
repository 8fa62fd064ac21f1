"""What a brief is made of, one brief at a time: its cells alone, running it, and writing each format.

    python tests/bench/parts.py BRIEFS JOBS      BRIEFS: [[notebook, parameters, title], ...] as JSON
    python tests/bench/parts.py BRIEFS JOBS book       the cells of each alone, nothing else

Prints the mean seconds of each part as JSON. `cells` is the floor: a process is forked from a warm one, runs
the cells in its shell and ends (`cells together`: wall time a brief with JOBS at once; `cells busy`: processor
seconds); no papermill, no client, nothing is sent and nothing rendered. The parts of the press are processor
seconds, which other work on the machine disturbs less than it does the clock: `client` is what running a notebook
takes outside the notebook's own process.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any


def cells(briefs: list[Any], jobs: int, *, together: bool) -> dict[str, list[float]]:
    """Return the seconds of each brief's cells, one brief at a time, and those a brief with some at once."""
    from helpers.press import forked, warmup

    app: Any = forked.fresh()
    notebooks = {name: json.loads(Path(name).read_text(encoding="utf-8"))["cells"] for name, *_ in briefs}
    for name, values in {(name, values["lang"]): (name, values) for name, values, _ in briefs}.values():
        warmup.warm(app.shell, Path(name), values, whole=True)
    app = forked.fresh()
    gc.collect()
    gc.freeze()

    def begin(name: str, values: dict[str, Any]) -> None:
        """Fork a process that runs the cells and ends."""
        if os.fork():
            return
        os.chdir(Path(name).parent)
        for cell in notebooks[name]:
            if cell["cell_type"] == "code":
                if not app.shell.run_cell("".join(cell["source"])).success:
                    os._exit(1)
                if "parameters" in cell["metadata"].get("tags", []):
                    app.shell.user_ns.update(values)
        os._exit(0)

    def end() -> float:
        """Wait for one of them; return its processor seconds."""
        _, status, used = os.wait4(-1, 0)
        if status:
            raise RuntimeError("the cells of a brief failed")
        return used.ru_utime + used.ru_stime

    alone, busy = [], []
    for name, values, _ in briefs:
        start = time.perf_counter()
        begin(name, values)
        busy.append(end())
        alone.append(time.perf_counter() - start)
    if not together:
        return {"cells": alone, "cells busy": busy}
    start, waiting = time.perf_counter(), [*briefs, *briefs]
    for number, (name, values, _) in enumerate(waiting):
        if number >= jobs:
            end()
        begin(name, values)
    for _ in range(min(jobs, len(waiting))):
        end()
    return {"cells": alone, "cells together": [(time.perf_counter() - start) / len(waiting)]}


def stages(briefs: list[Any]) -> dict[str, list[float]]:
    """Return the processor seconds of each stage of the press, brief by brief, once everything is warm."""
    from helpers.press import book as books
    from helpers.press import build, engine, host, plan, work

    book = books.read()
    known = {brief.stem: brief for brief in plan.expand(book, book.edition())}
    found: dict[str, list[float]] = {"client": [], "html": [], "pdf": [], "json": [], "ipynb": []}
    uses = {(name, values["lang"]): (name, values, True) for name, values, _ in briefs}
    with host.template(uses.values()) as address:
        host.host.address = address
        for again in (False, True):
            _forget()
            for name, values, stem in briefs:
                brief = known[stem]
                start = time.process_time()
                notebook = engine.execute(Path(name), values, timeout=120, memory=2000, engine="warm")
                spent = {"client": time.process_time() - start}
                shown = build.resources(brief, values)
                job = work.Job(brief, values, Path(tempfile.gettempdir()), shown, 120)
                for kind in ("html", "pdf", "json", "ipynb"):
                    start = time.process_time()
                    work._render(kind, notebook, job)
                    spent[kind] = time.process_time() - start
                if again:
                    for part, seconds in spent.items():
                        found[part].append(seconds)
    return found


def _forget() -> None:
    """Let the PDF compiler forget the pages of the sample: it keeps what it laid out for ten compilations."""
    from helpers.press import typesetting

    for number in range(11):
        typesetting.compiled(f'#set document(title: "page")\n= Page {number}', "page")


def main() -> None:
    """Measure all parts; the stages in a process that is started afresh, because the floor forks."""
    if len(sys.argv) > 3:
        print(
            json.dumps(cells(json.loads(sys.argv[1]), int(sys.argv[2]), together=sys.argv[3] == "cells")),
            file=sys.__stdout__,  # the kernel holds stdout
        )
        return
    import subprocess

    briefs = json.loads(sys.argv[1])
    floor = subprocess.run(
        [sys.executable, __file__, *sys.argv[1:3], "cells"], capture_output=True, text=True, check=True
    )
    seconds = json.loads(floor.stdout.splitlines()[-1]) | stages(briefs)
    print(json.dumps({part: statistics.mean(times) for part, times in seconds.items()}))


if __name__ == "__main__":
    main()
