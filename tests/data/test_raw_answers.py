"""The publisher's answers are kept as they came, but for the key, which stands nowhere."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from helpers.data import raw
from helpers.data.sources.answer import Raw
from helpers.errors import DataCheckError

KEY = "Secret-36+chars/of a key"


def answer(
    content: bytes, name: str = "jobs 2097.json", url: str = "https://example.org/data?Year=2097"
) -> Raw:
    return Raw(name, content, url, "application/json")


def test_an_answer_is_kept_byte_for_byte_with_its_digest(tmp_path):
    (told,) = raw.keep(tmp_path, "jobs_state", [answer(b"\xe9 as it came")], "2097-01-02", [KEY])
    kept = (tmp_path / told["path"]).read_bytes()
    assert kept == b"\xe9 as it came"
    assert told["sha256"] == hashlib.sha256(kept).hexdigest()
    assert told["path"].startswith("raw/jobs_state/2097-01-02-")
    assert told["path"].endswith("-jobs-2097.json")
    assert (told["url"], told["retrieved"]) == ("https://example.org/data?Year=2097", "2097-01-02")


def test_a_key_that_was_repeated_is_taken_out_in_every_form(tmp_path):
    quoted = "Secret-36%2Bchars%2Fof%20a%20key"
    content = f'{{"UserID": "{KEY.upper()}", "url": "{quoted}", "again": "{KEY}"}}'.encode()
    found = raw.keep(
        tmp_path, "t", [answer(content, f"{KEY}.json", f"https://e.org/?k={quoted}")], "2097-01-02", [KEY]
    )
    assert (
        tmp_path / found[0]["path"]
    ).read_bytes() == b'{"UserID": "[key]", "url": "[key]", "again": "[key]"}'
    assert found[0]["url"] == "https://e.org/?k=[key]"
    assert "Secret" not in found[0]["path"]


def test_an_answer_in_which_a_key_would_stay_is_not_kept(tmp_path):
    with pytest.raises(DataCheckError, match="expected one without the key"):
        raw.keep(tmp_path, "t", [answer(b"fine"), answer(b"sECRET-36+chars/of a key")], "2097-01-02", [KEY])
    assert list(tmp_path.rglob("*.json")) == []


def test_a_name_cannot_leave_its_folder(tmp_path):
    (told,) = raw.keep(tmp_path, "t", [answer(b"x", "../../../etc/passwd")], "2097-01-02")
    assert (tmp_path / told["path"]).resolve().parent == (tmp_path / "raw" / "t").resolve()


def test_an_answer_that_is_kept_already_is_not_written_over(tmp_path, monkeypatch):
    """To open it for writing would empty it, and a full disk would leave it so."""
    first = raw.keep(tmp_path, "t", [answer(b"as it came")], "2097-01-02")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert raw.keep(tmp_path, "t", [answer(b"as it came")], "2097-01-02") == first
    with pytest.raises(OSError, match="No space left"):
        raw.keep(tmp_path, "t", [answer(b"another")], "2097-01-02")
