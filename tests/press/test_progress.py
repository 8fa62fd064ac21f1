"""How a build is going: a line a brief in a log, a bar with the failures above it on a terminal."""

from __future__ import annotations

import doctest
import io
from types import SimpleNamespace

import pytest
from rich.console import Console

from helpers.press import progress


@pytest.fixture
def clock(monkeypatch) -> SimpleNamespace:
    """Stand in for the clock: `now` is what it shows."""
    found = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(progress, "time", SimpleNamespace(monotonic=lambda: found.now))
    return found


def outcome(stem: str, stage: str = "", note: str = "") -> SimpleNamespace:
    """Return what became of a brief in four and a quarter seconds."""
    return SimpleNamespace(brief=SimpleNamespace(stem=stem), stage=stage, note=note, seconds=4.25)


def test_the_examples_of_durations_are_true() -> None:
    assert doctest.testmod(progress).failed == 0
    assert (progress.clock(59.9), progress.clock(3600)) == ("0:59", "60:00")
    assert progress.remaining(30, 0, 40) == 0


def test_a_log_has_a_line_a_brief_and_each_note_once(clock) -> None:
    """The first of three took 65 s, so that two more take 130 s; the second, at 70 s, leaves 35 s."""
    out = io.StringIO()
    lines = progress.choose(Console(file=out, width=20))
    clock.now = 2000.0
    lines.start(3)
    clock.now = 2065.0
    lines.done(outcome("en/[a]", note="without [b] a fork"))
    clock.now = 2070.0
    lines.done(outcome("en/b", stage="pdf", note="without [b] a fork"))
    clock.now = 2090.0
    lines.done(outcome("en/c"))
    lines.end()
    assert out.getvalue().splitlines() == [
        "brief 1 of 3: en/[a]: 4.2 s (elapsed 1:05, about 2:10 left)",
        "note: without [b] a fork",
        "brief 2 of 3: en/b: FAILED (pdf) (elapsed 1:10, about 0:35 left)",
        "brief 3 of 3: en/c: 4.2 s (elapsed 1:30, about 0:00 left)",
    ]


def test_a_terminal_has_a_bar_with_the_last_brief_and_keeps_failures_and_notes_above_it(clock) -> None:
    """The first of three took 65 s, so that two more take 130 s; the second, at 70 s, leaves 35 s."""
    out = io.StringIO()
    bar = progress.choose(Console(file=out, width=100, force_terminal=True, color_system=None))
    clock.now = 2000.0
    bar.start(3)
    (task,) = bar.bar.tasks
    assert (task.description, task.completed, task.total, task.fields["left"]) == ("starting", 0, 3, "")
    clock.now = 2065.0
    bar.done(outcome("en/[a]"))
    assert (task.description, task.completed, task.fields["left"]) == ("en/[a]", 1, "about 2:10 left")
    bar.bar.refresh()
    assert "brief 1/3 " in out.getvalue()
    assert " about 2:10 left en/[a]" in out.getvalue()
    clock.now = 2070.0
    bar.done(outcome("en/[b]", stage="pdf", note="without a fork"))
    assert (task.description, task.completed, task.fields["left"]) == ("en/[b]", 2, "about 0:35 left")
    bar.end()
    assert "failed: en/[b] (pdf)\n" in out.getvalue()
    assert "note: without a fork\n" in out.getvalue()
    assert "failed: en/[a]" not in out.getvalue()
    assert bar.bar.live.is_started is False
    assert out.getvalue().endswith("\x1b[2K")  # the bar itself goes
