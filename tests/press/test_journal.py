"""The journal of a build: a line a brief, taken over as far as it is whole."""

from __future__ import annotations

import json

import pytest

from helpers.press import journal, manifest


def addition(stem: str, title: str = "") -> dict:
    """Return what a brief adds to the manifest, in the least."""
    return {part: {} for part in manifest.PARTS} | {"briefs": {stem: {"title": title}}}


def test_what_is_noted_is_recorded_a_line_a_brief_and_then_forgotten(tmp_path):
    journal.note(tmp_path, addition("a", "テネシー州\u2028"))
    journal.note(tmp_path, addition("b"))
    lines = (tmp_path / journal.NAME).read_bytes().decode("utf-8")
    assert [json.loads(line)["briefs"] for line in lines.rstrip("\n").split("\n")] == [
        {"a": {"title": "テネシー州\u2028"}},
        {"b": {"title": ""}},
    ]
    manifest.write(tmp_path, manifest.read(tmp_path) | {"title": {"en": "Latest"}})
    assert set(journal.recorded(tmp_path)["briefs"]) == {"a", "b"}
    assert journal.recorded(tmp_path)["title"] == {"en": "Latest"}
    journal.forget(tmp_path)
    assert not journal.recorded(tmp_path)["briefs"]
    journal.forget(tmp_path)  # that there is none is no error


@pytest.mark.parametrize("cut", ['{"briefs": {"b', "5", '{"briefs": {}}', "\udcff"])
def test_nothing_is_taken_over_from_the_first_line_that_is_not_whole(tmp_path, cut):
    whole = [json.dumps(addition(stem)) for stem in ("a", "z")]
    text = "\n".join([whole[0], cut, whole[1]])
    (tmp_path / journal.NAME).write_bytes(text.encode("utf-8", "surrogateescape"))
    assert set(journal.recorded(tmp_path)["briefs"]) == {"a"}
