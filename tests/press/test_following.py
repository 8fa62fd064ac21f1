"""What a notebook reads is followed in a file of its own, which is gone afterwards."""

from __future__ import annotations

import os

import pytest

from helpers.press import following


def test_each_read_is_told_once_whatever_the_order_of_the_cells(tmp_path):
    path = tmp_path / "reads.jsonl"
    path.write_text('{"name": "州"}\n{"name": "b"}\n{"name": "a\u2028"}\n{"name": "b"}\n', encoding="utf-8")
    assert following.gathered(path) == ({"name": "a\u2028"}, {"name": "b"}, {"name": "州"})


def fails_where(name: str) -> None:
    with following.followed() as path:
        assert os.environ[following.VARIABLE] == str(path)
        assert following.variables() == {following.VARIABLE: str(path)}
        assert path.read_text(encoding="utf-8") == ""
        path.with_name(name).symlink_to(path)
        raise KeyError(name)


@pytest.mark.parametrize("before", [None, "elsewhere.jsonl"])
def test_the_variable_is_as_it_was_afterwards_and_the_file_is_gone(before, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.delenv(following.VARIABLE, raising=False)
    if before:
        monkeypatch.setenv(following.VARIABLE, before)
    with pytest.raises(KeyError, match="seen"):
        fails_where("seen")
    assert os.environ.get(following.VARIABLE) == before
    assert following.variables() == ({following.VARIABLE: before} if before else {})
    assert [path.name for path in tmp_path.iterdir()] == ["seen"]
    assert not (tmp_path / "seen").exists()


def test_a_file_that_is_gone_already_holds_nothing_up(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    free = next_number()
    with following.followed() as path:
        assert next_number() == free  # the file is not held open
        path.unlink()
    assert not list(tmp_path.iterdir())


def next_number() -> int:
    """Return the number that the next file opened by this process would have."""
    number = os.open(os.devnull, os.O_RDONLY)
    os.close(number)
    return number
