"""Files are put where readers find them whole or not at all, and what a killed build left is cleared away."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from helpers.errors import BuildError
from helpers.press import place


def test_the_same_bytes_are_not_written_again_and_others_are(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "deep" / "index.html"
    place.replace(path, b"old")
    place.replace(path, b"new")
    assert path.read_bytes() == b"new"
    assert [item.name for item in path.parent.iterdir()] == ["index.html"]

    def forbidden(self: Path, content: bytes) -> None:
        raise AssertionError("written again")

    monkeypatch.setattr(Path, "write_bytes", forbidden)
    place.replace(path, b"new")


def test_what_lies_in_the_place_of_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "reports" / "index.html").mkdir(parents=True)
    with pytest.raises(
        BuildError,
        match=r"^writing reports/index\.html: expected a folder that can be written to, got Is a directory\. "
        r"Name another folder in BRIEFS_REPORTS, or repair this one\.$",
    ):
        place.replace(tmp_path / "reports" / "index.html", b"new")
    assert [item.name for item in (tmp_path / "reports").iterdir()] == ["index.html"]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            OSError(errno.ENOSPC, "full"),
            "full. Free some space and run the command again; briefs that were there are untouched.",
        ),
        (
            OSError(errno.EACCES, "closed"),
            "closed. Allow writing to it, or name another folder in BRIEFS_REPORTS.",
        ),
        (OSError(errno.EROFS, "fixed"), "fixed. Name a folder that can be written to in BRIEFS_REPORTS."),
        (OSError("odd"), "odd. Name another folder in BRIEFS_REPORTS, or repair this one."),
    ],
)
def test_an_error_of_the_disk_is_told_with_what_to_do(error: OSError, said: str) -> None:
    assert place.explain(error, Path("/desk/reports/latest")) == (
        f"writing reports/latest: expected a folder that can be written to, got {said}"
    )


def test_no_file_is_moved_before_every_folder_is_there(tmp_path: Path) -> None:
    waiting, edition = tmp_path / "waiting", tmp_path / "latest"
    for name in ("en/state/a.html", "ja/state/a.html"):
        place.write(waiting / name, name.encode())
    place.write(edition / "ja", b"in the way")
    with pytest.raises(NotADirectoryError, match="ja/state"):
        place.move(waiting, edition, ["en/state/a.html", "ja/state/a.html"])
    assert not (edition / "en/state/a.html").exists()
    (edition / "ja").unlink()
    place.move(waiting, edition, ["en/state/a.html", "ja/state/a.html"])
    assert (edition / "ja/state/a.html").read_bytes() == b"ja/state/a.html"
    assert not list(waiting.rglob("*.html"))


def test_what_a_killed_build_left_is_gone_while_another_holds_the_folder_and_after_it(tmp_path: Path) -> None:
    folder = tmp_path / "reports" / "latest"
    place.write(folder / place.PARTIAL / "half.html", b"x")
    place.write(folder / ".manifest.json.new", b"x")
    place.write(folder / "index.html", b"kept")
    with place.ready(folder):
        assert sorted(path.name for path in folder.rglob("*")) == [place.PARTIAL, "index.html"]
        assert "A build holds this file" in (tmp_path / "reports" / ".latest.lock").read_text(
            encoding="utf-8"
        )
        place.write(folder / place.PARTIAL / "half.html", b"x")
        place.write(folder / ".index.html.new", b"x")
        with (
            pytest.raises(
                BuildError,
                match=r"^reports/latest: expected one build at a time, got another one at work\. Wait until",
            ),
            place.ready(folder),
        ):
            pass
        assert (folder / place.PARTIAL).is_dir()
    assert [path.name for path in folder.iterdir()] == ["index.html"]
    with place.ready(folder):
        pass


def test_a_folder_is_free_again_and_no_file_of_it_open_when_a_build_fails(tmp_path: Path) -> None:
    folder = tmp_path / "reports" / "latest"
    probe = os.open(os.devnull, os.O_RDONLY)
    os.close(probe)

    def fail() -> None:
        with place.ready(folder):
            raise KeyError("on the way")

    for _ in range(2):
        with pytest.raises(KeyError, match="on the way"):
            fail()
    assert not (folder / place.PARTIAL).exists()
    after = os.open(os.devnull, os.O_RDONLY)
    os.close(after)
    assert after == probe


def test_one_waiting_file_that_cannot_be_removed_keeps_none_of_the_others(tmp_path: Path) -> None:
    for name in "abcde":
        if name in "ace":
            (tmp_path / f".{name}.new").mkdir()
        else:
            place.write(tmp_path / f".{name}.new", b"x")
    place.discard(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".a.new", ".c.new", ".e.new"]


def test_a_folder_on_a_disk_without_locks_is_not_said_to_be_held_by_another_build(
    tmp_path: Path, monkeypatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    with (
        pytest.raises(
            BuildError,
            match=r"^writing reports/latest: expected a folder that can be written to, got No locks available\. "
            r"Name another folder in BRIEFS_REPORTS",
        ),
        place.ready(tmp_path / "reports" / "latest"),
    ):
        pass


def test_what_was_about_to_be_put_in_place_when_a_build_was_killed_is_removed_by_the_next(
    tmp_path: Path, monkeypatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt("killed")

    place.write(tmp_path / "index.html", b"old")
    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(KeyboardInterrupt, match="killed"):
        place.keep(tmp_path / "index.html", b"new")
    assert len(list(tmp_path.iterdir())) == 2
    place.discard(tmp_path)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("index.html", b"old")]
