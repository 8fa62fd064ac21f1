"""A small project for the press: four states, two briefs, notebooks named for one behaviour each."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from helpers.press import place, work

NOTEBOOKS = Path(__file__).with_name("notebooks")

STATES = """\
usps,slug,name_en,name_ja,tile_col,tile_row
AK,alaska,Alaska,アラスカ州,0,0
CA,california,California,カリフォルニア州,1,4
TN,tennessee,Tennessee,テネシー州,6,5
TX,texas,Texas,テキサス州,4,7
"""

BOOK = """\
settings: {jobs: 2, time_limit: 60}
domains:
  lang: {values: [en, ja]}
  state: {table: reference/states.csv, code: usps, name: name_en}
  fiscal_year: {minimum: 2017, maximum: 2035}
  as_of: {date: true, empty: true}
  activities: {file: true, empty: true}
editions:
  latest:
    title: {en: Latest edition, ja: 最新版}
    parameters: {as_of: ""}
  fy2021:
    title: {en: Fiscal year 2021, ja: 2021年度版}
    parameters: {as_of: 2022-07-05, fiscal_year: 2021}
briefs:
  national:
    notebook: toy.ipynb
    heading: {en: The nation, ja: 全米}
    title: {en: United States, ja: 全米}
    grid: {lang: [en, ja]}
    path: "{lang}/national"
  state:
    notebook: toy.ipynb
    heading: {en: The states, ja: 各州}
    title: {en: "{state.name_en}", ja: "{state.name_ja}"}
    grid: {state: all, lang: [en, ja]}
    path: "{lang}/state/{state.slug}"
"""


@dataclass(frozen=True)
class Project:
    """Folders of a project and its book."""

    root: Path

    @property
    def notebooks(self) -> Path:
        """The folder of book.yml and the notebooks."""
        return self.root / "notebooks"

    @property
    def reports(self) -> Path:
        """The folder the briefs are built into."""
        return self.root / "reports"

    @property
    def book(self) -> Path:
        """The book's file."""
        return self.notebooks / "book.yml"

    def edit(self, old: str, new: str) -> None:
        """Replace a piece of the book, which must be there."""
        text = self.book.read_text(encoding="utf-8")
        assert old in text
        self.book.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project of its own for one test, to which the commands' folders point."""
    found = Project(tmp_path)
    shutil.copytree(NOTEBOOKS, found.notebooks)
    found.book.write_text(BOOK, encoding="utf-8")
    reference = tmp_path / "data" / "reference"
    reference.mkdir(parents=True)
    (reference / "states.csv").write_text(STATES, encoding="utf-8")
    monkeypatch.setenv("BRIEFS_NOTEBOOKS", str(found.notebooks))
    monkeypatch.setenv("BRIEFS_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("BRIEFS_REPORTS", str(found.reports))
    return found


@dataclass
class Quick:
    """Stands in for the workers: makes files at once from notebook and parameters, and notes what it made.

    `reads` holds what each brief is said to have read, by its stem.
    """

    made: list[str] = field(default_factory=list)
    reads: dict[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)

    def run(self, jobs, count, stopped, begun) -> Iterator[work.Outcome]:
        for job in jobs:
            text = f"{dict(job.values)} {job.brief.notebook.read_text(encoding='utf-8')}"
            files = []
            for kind, name in job.brief.outputs:
                content = f"{kind} of {job.brief.stem}: {text}".encode()
                place.write(job.folder / place.PARTIAL / name, content)
                files.append((kind, hashlib.sha256(content).hexdigest(), len(content)))
            self.made.append(job.brief.stem)
            yield work.Outcome(job.brief, files=tuple(files), reads=self.reads.get(job.brief.stem, ()))

    def taken(self) -> list[str]:
        """Return what was made since the last call."""
        found, self.made = self.made, []
        return found


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Quick:
    """No kernel and no worker: a build is a matter of milliseconds."""
    found = Quick()
    monkeypatch.setattr("helpers.press.workers.run", found.run)
    monkeypatch.setattr("helpers.press.host.begun", contextlib.nullcontext)
    return found


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is noted of the template processes: each is begun and ended, and nothing is started."""
    noted: list[str] = []

    @contextlib.contextmanager
    def begin():
        noted.append("begun")
        yield None
        noted.append("ended")

    monkeypatch.setattr("helpers.press.host.begun", begin)
    return noted
