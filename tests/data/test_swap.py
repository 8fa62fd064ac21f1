"""Several files as one: whatever the moment of a crash, all are the old ones or, after the next look, all the new."""

from __future__ import annotations

import hashlib
import json
import stat
import subprocess
import sys

import pytest

from helpers.data import swap
from helpers.errors import CatalogError

OLD = {"sub/table.csv": b"old table", "README.md": b"old words", "datapackage.json": b"old digest"}
NEW = {"sub/table.csv": b"new table", "README.md": b"new words", "datapackage.json": b"new digest"}

KILLED = """
import os, sys
from pathlib import Path
from helpers.data import swap
folder, at, which = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
real, calls = getattr(os, which), []
def dying(*arguments, **named):
    calls.append(arguments)
    if len(calls) == at:
        os._exit(9)
    return real(*arguments, **named)
setattr(os, which, dying)
swap.put(folder, {"sub/table.csv": b"new table", "README.md": b"new words", "datapackage.json": b"new digest"})
"""


@pytest.fixture
def folder(tmp_path):
    for name, content in OLD.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def contents(folder):
    return {name: (folder / name).read_bytes() for name in OLD}


def leftovers(folder):
    return [path.name for path in folder.rglob(".*")]


def test_all_files_are_new_and_nothing_is_left_beside_them(folder):
    swap.put(folder, NEW)
    assert contents(folder) == NEW
    assert leftovers(folder) == []


# Moves of names: 1 decides (the journal), 2 to 4 put the files into their places; 5 would be a fifth and never comes.
@pytest.mark.parametrize(
    ("at", "after"), [(1, OLD), (2, NEW), (3, NEW), (4, NEW)], ids=["undecided", "first", "second", "third"]
)
def test_a_process_killed_at_a_move_leaves_what_the_next_look_makes_whole(folder, at, after):
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(at), "replace"], check=False)
    assert done.returncode == 9
    swap.repair(folder)
    assert contents(folder) == after
    assert leftovers(folder) == []


@pytest.mark.parametrize("at", range(1, 5), ids=str)
def test_a_process_killed_before_it_decides_leaves_every_file_as_it_was(folder, at):
    # Three new files and the journal are made to last, one call each; then the journal is moved into its place.
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(at), "fsync"], check=False)
    assert done.returncode == 9
    assert contents(folder) == OLD
    assert swap.repair(folder) == []
    assert contents(folder) == OLD
    assert leftovers(folder) == []


def test_what_vouches_for_the_others_is_moved_last(folder, monkeypatch):
    moved, replace = [], swap.os.replace
    monkeypatch.setattr(swap.os, "replace", lambda a, b: moved.append(str(b)) or replace(a, b))
    swap.put(folder, NEW)
    assert [name.rsplit("/", 1)[-1] for name in moved] == [
        ".refresh.json",
        "table.csv",
        "README.md",
        "datapackage.json",
    ]


def test_a_full_disk_leaves_every_file_as_it_was(folder, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(swap.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        swap.put(folder, NEW)
    assert contents(folder) == OLD
    assert leftovers(folder) == []


def test_a_decided_file_that_is_gone_is_named_with_what_to_do(folder):
    (folder / swap.JOURNAL).write_text('{"moves": [{"path": "README.md", "sha256": "0123456789abcdef"}]}')
    with pytest.raises(
        CatalogError, match=r"README\.md with sha256 0123456789ab.*Restore data/ from version control"
    ):
        swap.repair(folder)
    assert contents(folder) == OLD


def decide(folder, names):
    """Leave the folder as a process does that dies after it has decided on these new files, none of them moved."""
    for name in names:
        swap._hidden(folder / name).write_bytes(NEW[name])
    moves = [{"path": name, "sha256": hashlib.sha256(NEW[name]).hexdigest()} for name in NEW]
    (folder / swap.JOURNAL).write_text(json.dumps({"moves": moves}), encoding="utf-8")


def test_the_files_that_were_finished_are_named(folder):
    decide(folder, NEW)
    assert swap.repair(folder) == ["sub/table.csv", "README.md", "datapackage.json"]
    assert contents(folder) == NEW


def test_where_one_decided_file_is_gone_the_others_are_not_moved_either(folder):
    decide(folder, ["sub/table.csv", "README.md"])
    with pytest.raises(
        CatalogError, match=r"expected datapackage\.json with sha256 \w{12}, got another file"
    ):
        swap.repair(folder)
    assert contents(folder) == OLD


def refuse(*_):
    raise OSError(30, "Read-only file system")


def test_a_disk_on_which_nothing_can_be_decided_keeps_no_new_file_beside_the_old(folder, monkeypatch):
    monkeypatch.setattr(swap.os, "replace", refuse)
    with pytest.raises(OSError, match="Read-only"):
        swap.put(folder, NEW)
    assert contents(folder) == OLD
    assert leftovers(folder) == []


def test_a_disk_that_does_not_let_a_refresh_be_finished_is_told_and_the_next_look_finishes_it(
    folder, monkeypatch
):
    decide(folder, NEW)
    with monkeypatch.context() as broken:
        broken.setattr(swap.os, "replace", refuse)
        with pytest.raises(
            CatalogError,
            match=r"expected leave to finish what was interrupted, got \[Errno 30\] Read-only file system\. Allow",
        ):
            swap.repair(folder)
    swap.repair(folder)
    assert contents(folder) == NEW


def test_what_was_decided_before_is_finished_before_something_else_is_put(folder):
    decide(folder, NEW)
    swap.put(folder, {"README.md": b"third words"})
    assert contents(folder) == NEW | {"README.md": b"third words"}
    assert leftovers(folder) == []


def test_a_file_comes_into_a_folder_that_is_not_there_yet(folder):
    swap.put(folder, {"new/below/table.csv": b"new table"})
    assert (folder / "new" / "below" / "table.csv").read_bytes() == b"new table"
    assert contents(folder) == OLD


def test_a_file_is_on_the_disk_before_it_is_named_and_each_name_before_the_next_step(folder, monkeypatch):
    """What the system is asked to make last: a file by its size, all of which has to be there by then, or a folder."""
    steps, opened = [], set()
    fsync, replace, open_, close = swap.os.fsync, swap.os.replace, swap.os.open, swap.os.close

    def last(handle):
        found = swap.os.fstat(handle)
        steps.append("folder" if stat.S_ISDIR(found.st_mode) else found.st_size)
        fsync(handle)

    def moved(source, target):
        steps.append(target.name)
        replace(source, target)

    def opening(*words):
        handle = open_(*words)
        opened.add(handle)
        return handle

    monkeypatch.setattr(swap.os, "fsync", last)
    monkeypatch.setattr(swap.os, "replace", moved)
    monkeypatch.setattr(swap.os, "open", opening)
    monkeypatch.setattr(swap.os, "close", lambda handle: opened.remove(handle) or close(handle))
    swap.put(folder, {"README.md": b"12345", "datapackage.json": b"1234567"})
    assert steps[:2] == [5, 7]
    assert steps[2] > 0, "the journal"
    assert steps[3:] == [
        swap.JOURNAL,
        "folder",
        "README.md",
        "folder",
        "datapackage.json",
        "folder",
        "folder",
    ]
    assert opened == set()


def test_a_system_that_opens_no_folder_or_cannot_make_one_last_still_gets_the_files(folder, monkeypatch):
    fsync = swap.os.fsync

    def files_only(handle):
        if stat.S_ISDIR(swap.os.fstat(handle).st_mode):
            raise OSError(22, "Invalid argument")
        fsync(handle)

    monkeypatch.setattr(swap.os, "fsync", files_only)
    swap.put(folder, NEW)
    assert contents(folder) == NEW
    monkeypatch.setattr(swap.os, "open", refuse)
    swap.put(folder, OLD)
    assert contents(folder) == OLD
