"""Folders for temporary files: those of ended processes go, those of running ones stay."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

import pytest

from helpers.press import folders


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def ended() -> int:
    """Return the number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_what_a_killed_process_left_is_cleared_away(place):
    left = place / f"{folders.PREFIX}{ended()}-abc"
    (left / "deep").mkdir(parents=True)
    (left / "deep" / "file").write_text("x")
    folders.clear()
    assert not left.exists()


def test_folders_of_running_processes_and_of_other_machines_stay(place):
    own = folders.new()
    other = place / f"briefs-00000000-{ended()}-abc"
    named = place / "briefs-of-a-user"
    other.mkdir()
    named.mkdir()
    folders.clear()
    assert own.is_dir()
    assert str(os.getpid()) in own.name
    assert other.is_dir()
    assert named.is_dir()


def test_a_link_with_such_a_name_is_not_followed(place, tmp_path_factory):
    kept = tmp_path_factory.mktemp("kept")
    (kept / "file").write_text("x")
    (place / f"{folders.PREFIX}{ended()}-abc").symlink_to(kept)
    folders.clear()
    assert (kept / "file").is_file()
