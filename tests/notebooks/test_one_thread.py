"""The notebooks made in numbers leave their process with one thread, so that the press can fork it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from helpers.press.kernels import FIXED, environment

RUN = """
import os, sys
sys.path.insert(0, sys.argv[1])
from running import cells
for name in ("mission", "state"):
    space = {"display": lambda *blocks: None}
    for cell in cells(name):
        if cell.cell_type == "code":
            exec(compile(cell.source, cell.id, "exec"), space)
            if len(os.listdir("/proc/self/task")) > 1:
                sys.exit(f"a second thread after cell {cell.id}")
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted in /proc")
def test_neither_notebook_starts_a_thread(tmp_path):
    command = [sys.executable, "-c", RUN, str(Path(__file__).parent)]
    assert FIXED["OMP_NUM_THREADS"] == "1"
    done = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, timeout=300)
    assert (done.stderr, done.returncode) == ("", 0)
