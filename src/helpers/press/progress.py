"""Say how a build is going: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from helpers.press.work import Outcome


def clock(seconds: float) -> str:
    """Return a duration as minutes and seconds.

    Examples
    --------
    >>> clock(75.4)
    '1:15'
    """
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def remaining(elapsed: float, done: int, total: int) -> float:
    """Return the seconds left if the rest goes as what is done.

    Examples
    --------
    >>> remaining(30, 10, 40)
    90.0
    """
    return elapsed / done * (total - done) if done else 0.0


class Spoken:
    """What was said of the way briefs are made; the same is not said twice."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.said: set[str] = set()

    def _say(self, note: str) -> None:
        if note and note not in self.said:
            self.said.add(note)
            self.console.print(f"note: {note}", markup=False, highlight=False, soft_wrap=True)


class Lines(Spoken):
    """One line a brief: which of how many, how long it took, elapsed and remaining."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self.count = 0
        self.total = 0
        self.begun = time.monotonic()

    def start(self, total: int) -> None:
        """The build starts, with so many briefs."""
        self.total, self.begun = total, time.monotonic()

    def done(self, outcome: Outcome) -> None:
        """One more brief is made or has failed."""
        self.count += 1
        elapsed = time.monotonic() - self.begun
        left = remaining(elapsed, self.count, self.total)
        what = f"FAILED ({outcome.stage})" if outcome.stage else f"{outcome.seconds:.1f} s"
        text = f"brief {self.count} of {self.total}: {outcome.brief.stem}: {what}"
        times = f"elapsed {clock(elapsed)}, about {clock(left)} left"
        self.console.print(f"{text} ({times})", markup=False, highlight=False, soft_wrap=True)
        self._say(outcome.note)

    def end(self) -> None:
        """Nothing more will come."""


class Live(Spoken):
    """A bar that moves, with the brief just finished, elapsed and remaining; failures stay above it."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self.count = 0
        self.total = 0
        self.begun = time.monotonic()
        self.bar = Bar(
            TextColumn("brief"),
            MofNCompleteColumn(),
            BarColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[left]}"),
            TextColumn("{task.description}", markup=False),
            console=console,
            transient=True,
        )

    def start(self, total: int) -> None:
        """The build starts, with so many briefs."""
        self.total, self.begun = total, time.monotonic()
        self.bar.start()
        self.task = self.bar.add_task("starting", total=total, left="")

    def done(self, outcome: Outcome) -> None:
        """One more brief is made or has failed."""
        self.count += 1
        elapsed = time.monotonic() - self.begun
        left = f"about {clock(remaining(elapsed, self.count, self.total))} left"
        self.bar.update(self.task, advance=1, description=outcome.brief.stem, left=left)
        if outcome.stage:
            self.bar.console.print(f"failed: {outcome.brief.stem} ({outcome.stage})", markup=False)
        self._say(outcome.note)

    def end(self) -> None:
        """Nothing more will come."""
        self.bar.stop()


def choose(console: Console) -> Lines | Live:
    """Return the bar on a terminal and the lines elsewhere (a log, a pipe)."""
    return Live(console) if console.is_terminal else Lines(console)
