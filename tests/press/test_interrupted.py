"""However a build is cut off, no reader sees half a file and the next run finishes the work."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpers.press import book, manifest, plan
from helpers.press.build import survey

BUILDER = Path(__file__).with_name("builder_that_dies.py")
KILLS, LAST = 50, 14


def visible(folder: Path) -> list[Path]:
    """Return the files that a reader can come across: not the hidden ones."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    return [
        path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]


def hidden(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.name.startswith(".")}


def whole(path: Path) -> bool:
    """Return whether a file is as it was written: a brief ends with its own digest."""
    content = path.read_bytes()
    if path.name == manifest.NAME:
        return bool(json.loads(content)["briefs"])
    if path.name == "index.html":
        return content.rstrip().endswith(b"</html>")
    return hashlib.sha256(content[:-64]).hexdigest().encode() == content[-64:]


def stale() -> int:
    found = book.read()
    edition = found.edition("latest")
    return sum(not item.fresh for item in survey(found, edition, plan.expand(found, edition)))


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_a_build_killed_at_any_step_on_the_disk_is_finished_by_the_next_one(project) -> None:
    notebook = project.notebooks / "toy.ipynb"
    toy = notebook.read_text(encoding="utf-8")
    folder = project.reports / "latest"
    with subprocess.Popen(
        [sys.executable, str(BUILDER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as builder:
        assert builder.stdin is not None
        assert builder.stdout is not None

        def build(last: int) -> tuple[str, int, int]:
            print(last, file=builder.stdin, flush=True)
            word, steps, made = builder.stdout.readline().split()
            return word, int(steps), int(made)

        build(0)
        notebook.write_text(toy.replace("A toy brief", "Once more"), encoding="utf-8")
        word, steps, made = build(0)
        assert (word, made) == ("done", 10)
        end = range(steps - LAST + 1, steps + 1)  # journal, manifest and index: killed at every step
        chosen = [*random.Random(2021).sample(range(1, end.start), KILLS - LAST), *end]
        saved = 0
        for number, last in enumerate(chosen):
            notebook.write_text(toy.replace("A toy brief", f"Version {number}"), encoding="utf-8")
            assert build(last)[0] == "killed"
            assert all(whole(path) for path in visible(folder)), last
            left = stale()
            saved += 10 - left
            assert build(0)[::2] == ("done", left), last
            assert all(whole(path) for path in visible(folder)), last
            assert all(
                f"Version {number}" in path.read_text(encoding="utf-8") for path in folder.glob("??/**/*.pdf")
            )
            assert stale() == 0
            assert hidden(folder) == set()
        builder.stdin.close()
    assert saved > 2 * KILLS  # what was finished before the kill is not made again


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills")
def test_real_builds_killed_at_random_times_end_with_the_files_of_an_undisturbed_one(
    project, monkeypatch, tmp_path
) -> None:
    command = [sys.executable, "-m", "helpers.cli", "build", "--only", "TN", "--only", "CA"]
    undisturbed = tmp_path / "undisturbed"
    environment = os.environ | {"BRIEFS_REPORTS": str(undisturbed)}
    start = time.monotonic()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    lasted = time.monotonic() - start
    expected = {path.relative_to(undisturbed): path.read_bytes() for path in visible(undisturbed)}
    chance = random.Random(2022)
    for _ in range(4):
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        ) as process:
            time.sleep(chance.uniform(0.4, 0.9) * lasted)
            process.kill()
        briefs = [path for path in visible(project.reports) if path.parent.name == "state"]
        assert all(path.read_bytes() == expected[path.relative_to(project.reports)] for path in briefs)
    subprocess.run(command, check=True, capture_output=True)
    assert {
        path.relative_to(project.reports): path.read_bytes() for path in visible(project.reports)
    } == expected
