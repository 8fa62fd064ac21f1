"""The same inputs give the same bytes, wherever, whenever and by whomever they are built."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.press import engine

REPOSITORY = Path(__file__).parents[2]
ASKED = ("--only", "TN", "--only", "en/national")
HERE = {"TZ": "Pacific/Honolulu", "LC_ALL": "C", "PYTHONHASHSEED": "1", "COLUMNS": "40"}
THERE = {"TZ": "Asia/Tokyo", "LC_ALL": "ja_JP.UTF-8", "PYTHONHASHSEED": "4242", "COLUMNS": "200"}


def built(root: Path, settings: dict[str, str], umask: int, jobs: int) -> dict[str, str]:
    """Return the digests of what a copy of the project builds, as another user on another machine would."""
    for name in ("src", "notebooks", "data"):
        shutil.copytree(
            REPOSITORY / name, root / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        )
    shutil.copy(REPOSITORY / "requirements.lock", root)
    home = root / "home of another user"
    home.mkdir()
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("BRIEFS_", "LC_", "LANG"))
    }
    environment = kept | settings | {"HOME": str(home), "PYTHONPATH": str(root / "src")}
    command = [sys.executable, "-m", "helpers.cli", "build", *ASKED, "--jobs", str(jobs)]
    said = subprocess.run(
        command, cwd=home, env=environment, umask=umask, capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stdout + said.stderr
    folder = root / "reports" / "latest"
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="umask")
def test_two_folders_zones_locales_umasks_and_users_give_the_same_bytes(tmp_path) -> None:
    here = built(tmp_path / "a", HERE, 0o022, jobs=1)
    there = built(tmp_path / "a much longer path" / "ノート", THERE, 0o077, jobs=2)
    assert len(here) == 3 * 4 + 2  # HTML, PDF, JSON and notebook of three briefs, index and manifest
    assert there == here


@pytest.mark.parametrize(
    ("minor", "given", "ids"),
    [(4, [None, None], ["cell-0", "cell-1"]), (5, ["own", "other"], ["own", "other"])],
    ids=["format 4.4 has none", "format 4.5 has its own"],
)
def test_cells_without_ids_get_them_by_their_place(tmp_path, minor: int, given: list, ids: list[str]) -> None:
    cell = {"cell_type": "markdown", "metadata": {}, "source": "Same."}
    cells = [{**cell, "id": name} if name else cell for name in given]
    content = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": minor}
    (tmp_path / "old.ipynb").write_text(json.dumps(content), encoding="utf-8")
    found = json.loads(engine._loaded(str(tmp_path / "old.ipynb"), 0))
    assert [one["id"] for one in found["cells"]] == ids
