"""What is made once for all tests: a small edition of real briefs, for those that look at finished pages."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.console import Console

from helpers.press import book as books
from helpers.press import build, plan, progress
from shared import Shared

NATION = "national"
STATES = {"CA": "california", "IL": "illinois", "MO": "missouri", "TN": "tennessee"}
"""Illinois is the fullest page; Missouri stands for the states without a figure of jobs and without an event."""

LANGUAGES = ("en", "ja")
BRIEFS = tuple(
    f"{lang}/{slug}"
    for lang in LANGUAGES
    for slug in (NATION, *(f"state/{name}" for name in STATES.values()))
)
WIDE = ("en/mission/portland", "ja/mission/portland", "en/state/north-dakota", "ja/state/north-dakota")
"""Pages with the longest numbers: ranks shared with others, with their bands (looked at in a narrow window)."""
FORMATS = ("html", "pdf", "json", "ipynb")


LONG = ("test_whole_edition.py", "test_environment.py", "test_warm_equality.py", "test_interrupted.py")
"""Files with tests of a minute or so: they begin first, so that at the end no process waits for one of them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long tests first and leave the order of the others."""
    items.sort(key=lambda item: item.path.name not in LONG)


@dataclass(frozen=True)
class Built:
    """The folder of a built edition, and what the press said of the build."""

    folder: Path
    briefs: tuple[str, ...] = BRIEFS + WIDE

    def file(self, brief: str, kind: str) -> Path:
        """Return a file of a brief such as `en/state/tennessee`."""
        return self.folder / f"{brief}.{kind}"

    def text(self, brief: str, kind: str = "html") -> str:
        """Return a file of a brief as text."""
        return self.file(brief, kind).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """What is made once for all test processes of this session."""
    base = tmp_path_factory.getbasetemp()
    return Shared((base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "shared")


@pytest.fixture(scope="session")
def edition(shared: Shared) -> Built:
    """The nation, four states and the widest pages, in both languages and all formats."""
    return Built(shared.once("edition", _build) / "latest")


def _build(reports: Path) -> None:
    book = books.read()
    chosen = book.edition("latest")
    briefs = plan.choose(plan.expand(book, chosen), only=[NATION, *STATES, "portland", "ND"])
    result = build.build(book, chosen, briefs, progress.Lines(Console()), jobs=2, reports=reports)
    assert result.whole, [(failed.brief.stem, failed.stage, failed.cause) for failed in result.failed]
