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
    numberless = place / f"{folders.PREFIX}of-a-user"
    other.mkdir()
    named.mkdir()
    numberless.mkdir()
    folders.clear()
    assert own.is_dir()
    assert str(os.getpid()) in own.name
    assert other.is_dir()
    assert named.is_dir()
    assert numberless.is_dir()


def test_a_folder_is_made_where_it_is_asked_for(place):
    (place / "elsewhere").mkdir()
    assert folders.new(str(place / "elsewhere")).parent == place / "elsewhere"
    assert folders.new().parent == place


def test_folders_of_another_user_and_of_a_number_that_another_user_has_now_stay(place, monkeypatch):
    left = place / f"{folders.PREFIX}{ended()}-abc"
    left.mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(os, "getuid", lambda: left.stat().st_uid + 1)
        folders.clear()
    assert left.is_dir()

    def forbidden(number: int, sign: int) -> None:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(os, "kill", forbidden)
        folders.clear()
    assert left.is_dir()
    folders.clear()
    assert not left.exists()


def test_what_cannot_be_looked_at_holds_nothing_up(place):
    number = ended()
    names = [f"{folders.PREFIX}{number}-{letter}" for letter in "abcde"]
    for at, name in enumerate(names):
        if at % 2:
            (place / name).mkdir()
        else:
            (place / name).symlink_to(place / "gone")
    folders.clear()
    assert sorted(path.name for path in place.iterdir()) == names[::2]


def test_a_link_with_such_a_name_is_not_followed(place, tmp_path_factory):
    kept = tmp_path_factory.mktemp("kept")
    (kept / "file").write_text("x")
    (place / f"{folders.PREFIX}{ended()}-abc").symlink_to(kept)
    folders.clear()
    assert (kept / "file").is_file()
