"""What the benches say rests on two things: the ratio of pairs, and the comparison of outputs."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

BENCH = Path(__file__).with_name("bench")


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"bench_{name}", BENCH / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def notebook(*outputs: dict[str, Any]) -> dict[str, Any]:
    return {"cells": [{"cell_type": "markdown"}, {"cell_type": "code", "outputs": list(outputs)}]}


def shown(**data: Any) -> dict[str, Any]:
    return {"output_type": "display_data", "metadata": {}, "data": data}


def stream(text: str, name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def test_the_ratio_is_taken_pair_by_pair_before_the_median() -> None:
    assert script("measure").ratio([1.0, 2.0, 4.0], [10.0, 18.0, 8.0]) == 9.0


def test_the_ratio_refuses_a_pair_with_one_half() -> None:
    with pytest.raises(ValueError, match="shorter"):
        script("measure").ratio([1.0, 2.0], [10.0])


def test_counters_addresses_and_the_pieces_of_a_stream_make_no_difference() -> None:
    result = {"output_type": "execute_result", "metadata": {}, "data": {"text/plain": "<a at 0x12>"}}
    one = notebook(stream("a\n"), stream("b\n"), result | {"execution_count": 1})
    other = notebook(
        stream("a\nb\n"), result | {"execution_count": 7, "data": {"text/plain": ["<a at 0x9f>"]}}
    )
    assert script("same").difference(one, other) == ""


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (notebook(shown(a="1", b="3")), "cell 1: b"),
        (notebook(shown(a="1")), "cell 1: b"),
        (notebook(shown(a="1", b="2"), stream("x")), "cell 1: 1 outputs against 2"),
        (notebook(stream("x")), "cell 1: display_data against stream"),
        (notebook(shown(a="1", b="2") | {"metadata": {"w": 1}}), "cell 1: display_data"),
        (notebook(), "1 cells with outputs against 0"),
    ],
)
def test_a_difference_is_named_by_cell_and_face(other: dict[str, Any], told: str) -> None:
    assert script("same").difference(notebook(shown(a="1", b="2")), other) == told


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read as Linux tells it")
def test_memory_is_counted_for_a_process_and_those_below_it() -> None:
    measure = script("measure")
    assert measure.pss(os.getpid()) > 5
    assert measure.tree(os.getpid())[os.getpid()] == "builder"
    ran = measure.run(
        [sys.executable, "-c", "import time; held = bytearray(60 << 20); time.sleep(1.5); print('end')"]
    )
    assert 60 <= sum(ran.memory.peak().values()) < 120
    assert [line for _, line in ran.lines] == ["end"]


def test_the_memory_of_a_command_whose_time_counts_is_not_looked_at() -> None:
    ran = script("measure").run([sys.executable, "-c", "import time; time.sleep(1.2)"], watched=False)
    assert ran.memory.samples == []
    assert ran.seconds > 1.2


def test_a_command_that_fails_is_no_measurement() -> None:
    with pytest.raises(RuntimeError, match="ended with 3:\nwhy"):
        script("measure").run([sys.executable, "-c", "print('why'); raise SystemExit(3)"])


def test_the_bench_lock_keeps_only_what_the_lock_lacks() -> None:
    lock = "a==1 \\\n    --hash=sha256:0\nb-c==2 ; python_version < '3.12' \\\n    --hash=sha256:1\n"
    assert (
        script("lacking").lacking(lock, "a==1 \\\n    --hash=sha256:0") == lock[lock.index("b-c") :].strip()
    )
