"""A small edition of real briefs, built once for all the tests that look at finished pages."""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

NATION = "national"
STATES = {"CA": "california", "IL": "illinois", "MO": "missouri", "TN": "tennessee"}
"""Illinois is the fullest page; Missouri stands for the states without a figure of jobs and without an event."""

LANGUAGES = ("en", "ja")
BRIEFS = tuple(
    f"{lang}/{slug}"
    for lang in LANGUAGES
    for slug in (NATION, *(f"state/{name}" for name in STATES.values()))
)
FORMATS = ("html", "pdf", "json", "ipynb")


@dataclass(frozen=True)
class Built:
    """The folder of a built edition, and what the press said of the build."""

    folder: Path
    briefs: tuple[str, ...] = BRIEFS

    def file(self, brief: str, kind: str) -> Path:
        """Return a file of a brief such as `en/state/tennessee`."""
        return self.folder / f"{brief}.{kind}"

    def text(self, brief: str, kind: str = "html") -> str:
        """Return a file of a brief as text."""
        return self.file(brief, kind).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The nation and four states in both languages and all formats; one build for all test processes."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "edition"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            _build(folder)
            (folder / "done").touch()
    return Built(folder / "latest")


def _build(reports: Path) -> None:
    from rich.console import Console

    from helpers.press import book as books
    from helpers.press import build, plan, progress

    book = books.read()
    chosen = book.edition("latest")
    briefs = plan.choose(plan.expand(book, chosen), only=[NATION, *STATES])
    result = build.build(book, chosen, briefs, progress.Lines(Console()), jobs=2, reports=reports)
    assert result.whole, [(failed.brief.stem, failed.stage, failed.cause) for failed in result.failed]
