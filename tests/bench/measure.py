"""What the benches measure with: a command's wall time, the memory of its processes, ratios of pairs."""

from __future__ import annotations

import contextlib
import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
TICK = 0.5
"""Seconds between two looks at the memory."""


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median of theirs / ours, pair by pair: what disturbs a machine disturbs both of a pair.

    Examples
    --------
    >>> ratio([1, 2, 1], [9, 20, 80])
    10.0
    """
    return statistics.median(other / one for one, other in zip(ours, theirs, strict=True))


def tree(root: int) -> dict[int, str]:
    """Return the processes below a process, itself included, and what each is for."""
    parents: dict[int, int] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError):
                stat = Path(f"/proc/{entry}/stat").read_text(encoding="utf-8", errors="replace")
                parents[int(entry)] = int(stat.rpartition(")")[2].split()[1])
    found = {root: "builder"}
    grown = True
    while grown:
        more = {pid: "" for pid, parent in parents.items() if parent in found and pid not in found}
        found |= more
        grown = bool(more)
    return {pid: role or _role(pid, found, parents) for pid, role in found.items()}


def _role(pid: int, found: Mapping[int, str], parents: Mapping[int, int]) -> str:
    with contextlib.suppress(OSError):
        line = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
        if "helpers.press.template" in line:
            above = Path(f"/proc/{parents[pid]}/cmdline").read_bytes().decode(errors="replace")
            return "notebooks" if "helpers.press.template" in above else "template"
        if "spawn_main" in line:
            return "workers"
    return "others"


def pss(pid: int) -> int:
    """Return the proportional set size of a process in megabytes; 0 when it has gone."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) // 1024
    return 0


@dataclass
class Memory:
    """The memory of a process and of all below it, looked at every `TICK` seconds.

    Attributes
    ----------
    samples
        (seconds since the start, megabytes by role).
    """

    root: int
    samples: list[tuple[float, dict[str, int]]] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Memory:
        self._start = time.perf_counter()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def _watch(self) -> None:
        while not self._over.wait(TICK):
            roles: dict[str, int] = {}
            for pid, role in tree(self.root).items():
                roles[role] = roles.get(role, 0) + pss(pid)
            self.samples.append((time.perf_counter() - self._start, roles))

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def peak(self, begin: float = 0, end: float = float("inf")) -> dict[str, int]:
        """Return the sample with the most memory between two times, in megabytes by role."""
        inside = [roles for at, roles in self.samples if begin <= at <= end]
        return max(inside, key=lambda roles: sum(roles.values()), default={})


@dataclass(frozen=True)
class Ran:
    """A command that has run: its wall time and the processors' time of it and all below it, in seconds; each line of
    its output and when it came; its memory.
    """

    seconds: float
    busy: float
    lines: tuple[tuple[float, str], ...]
    memory: Memory


def run(
    command: Sequence[str | Path],
    environment: Mapping[str, str] | None = None,
    heard: Callable[[str], None] = lambda line: None,
    *,
    watched: bool = True,
) -> Ran:
    """Run a command to its end; it has to succeed.

    To look at the memory takes a fortieth of two processors: a command whose time is set beside that of other ways is
    not `watched`.

    Raises
    ------
    RuntimeError
        It did not; the last lines of what it said.
    """
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines = []
    memory = Memory(process.pid)
    with memory if watched else contextlib.nullcontext():
        assert process.stdout is not None
        for line in process.stdout:
            lines.append((time.perf_counter() - start, line.rstrip()))
            heard(line)
        code = process.wait()
    seconds = time.perf_counter() - start
    if code:
        raise RuntimeError(f"{command[0]} ended with {code}:\n" + "\n".join(line for _, line in lines[-15:]))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ran(seconds, busy, tuple(lines), memory)
