"""The manifest says for every file what it was made from, also when only part of an edition is rebuilt."""

from __future__ import annotations

import json

import pytest

from helpers.errors import BuildError
from helpers.press import book, manifest, plan

SOURCE = {"package": {"name": "grassroots-briefs", "version": "0.1.0"}, "notebooks": {"toy.ipynb": "aa"}}
LATER = {"package": {"name": "grassroots-briefs", "version": "0.1.0"}, "notebooks": {"toy.ipynb": "bb"}}
NOTHING = {"edition": "latest", "inputs": {}, "reads": {}, "briefs": {}}
READ = {"what": "table", "name": "states", "path": "states.csv", "sha256": "cc", "part": "", "how": {}}


@pytest.fixture
def edition(project):
    return book.read().edition("latest")


@pytest.fixture
def everything(project):
    found = book.read()
    return plan.expand(found, found.edition("latest"))


def made(briefs, sha: str = "11", values: dict | None = None, formats=("html", "pdf")):
    files = tuple((kind, sha, 100) for kind in formats)
    return [manifest.Made(brief, values or {"lang": brief.lang}, files, (READ,), "pp") for brief in briefs]


def test_every_file_is_recorded_with_its_digest_and_inputs(edition, everything) -> None:
    content = manifest.merge(NOTHING, edition, everything, made(everything), SOURCE)
    assert list(content["briefs"]) == [brief.stem for brief in everything]
    (key,) = content["inputs"]
    assert content["inputs"][key] == SOURCE
    (read,) = content["reads"]
    assert content["reads"][read] == [READ]
    shared = {"bytes": 100, "made_from": key, "reads": read}
    assert content["briefs"]["ja/state/tennessee"] == {
        "brief": "state/tennessee",
        "lang": "ja",
        "title": "テネシー州",
        "notebook": "toy.ipynb",
        "parameters": {"lang": "ja"},
        "page": "pp",
        "files": {
            "html": {"path": "ja/state/tennessee.html", "sha256": "11", **shared},
            "pdf": {"path": "ja/state/tennessee.pdf", "sha256": "11", **shared},
        },
    }


def test_what_is_not_rebuilt_keeps_saying_what_it_was_made_from(edition, everything) -> None:
    first = manifest.merge(NOTHING, edition, everything, made(everything), SOURCE)
    second = manifest.merge(first, edition, everything, made(everything[:1], sha="22"), LATER)
    new, old = (second["briefs"][brief.stem]["files"]["pdf"] for brief in everything[:2])
    assert second["inputs"][new["made_from"]]["notebooks"] == {"toy.ipynb": "bb"}
    assert second["inputs"][old["made_from"]]["notebooks"] == {"toy.ipynb": "aa"}
    assert (new["sha256"], old["sha256"]) == ("22", "11")


def test_one_format_rebuilt_leaves_the_record_of_the_other(edition, everything) -> None:
    first = manifest.merge(NOTHING, edition, everything, made(everything), SOURCE)
    again = made(everything[:1], sha="22", formats=["html"])
    content = manifest.merge(first, edition, everything, again, LATER)
    files = content["briefs"][everything[0].stem]["files"]
    assert {kind: file["sha256"] for kind, file in files.items()} == {"html": "22", "pdf": "11"}
    assert {kind: content["inputs"][file["made_from"]] for kind, file in files.items()} == {
        "html": LATER,
        "pdf": SOURCE,
    }


def test_a_format_made_with_other_parameters_is_forgotten(edition, everything) -> None:
    first = manifest.merge(NOTHING, edition, everything, made(everything), SOURCE)
    again = made(everything[:1], sha="22", values={"lang": "en", "fiscal_year": 2022}, formats=["html"])
    record = manifest.merge(first, edition, everything, again, SOURCE)["briefs"][everything[0].stem]
    assert list(record["files"]) == ["html"]


def test_a_brief_that_left_the_book_leaves_the_manifest(edition, everything) -> None:
    first = manifest.merge(NOTHING, edition, everything, made(everything), SOURCE)
    second = manifest.merge(first, edition, everything[:2], made(everything[:1]), SOURCE)
    assert list(second["briefs"]) == ["en/national", "ja/national"]


def test_inputs_that_no_file_was_made_from_are_dropped(edition, everything) -> None:
    first = manifest.merge(NOTHING, edition, everything, made(everything), SOURCE)
    second = manifest.merge(first, edition, everything, made(everything), LATER)
    assert list(second["inputs"].values()) == [LATER]


def test_reads_that_are_still_the_same_name_the_files_they_are_found_in_now(edition, everything) -> None:
    content = manifest.merge(NOTHING, edition, everything, made(everything), SOURCE)
    (old,) = content["reads"]
    manifest.renew(content, {old: ({**READ, "sha256": "dd"},)})
    content = manifest.settled(content, edition, everything)
    (new,) = content["reads"]
    assert content["reads"][new] == [{**READ, "sha256": "dd"}]
    assert {file["reads"] for brief in content["briefs"].values() for file in brief["files"].values()} == {
        new
    }


def test_what_is_written_can_be_read_again(tmp_path, edition, everything) -> None:
    content = manifest.merge(NOTHING, edition, everything, made(everything), SOURCE)
    manifest.write(tmp_path, content)
    assert manifest.read(tmp_path) == content
    assert "テネシー州" in (tmp_path / "manifest.json").read_text(encoding="utf-8")


RECORD = {"notebook": "toy.ipynb", "parameters": {}, "files": {}}
FILE = {"path": "en/national.html", "sha256": "11", "made_from": "aa"}


@pytest.mark.parametrize(
    ("content", "lacks"),
    [
        ([], "'inputs', 'reads', 'briefs'"),
        ({"inputs": {}, "briefs": []}, "'briefs'"),
        ({"inputs": {}, "reads": 1, "briefs": {}}, "'reads'"),
        ({"inputs": {"aa": 1}, "reads": {"bb": [{}]}, "briefs": {}}, "'inputs aa', 'reads bb'"),
        ({"inputs": {}, "briefs": {"en/national": 1}}, "'briefs en/national'"),
        ({"inputs": {}, "briefs": {"en/national": RECORD | {"files": {"html": []}}}}, "'briefs en/national'"),
        ({"inputs": {}, "briefs": {"en/national": RECORD | {"files": {"html": {"path": "a"}}}}},
         "'briefs en/national'"),
    ],
)  # fmt: skip
def test_a_manifest_of_another_form_is_named_with_what_it_lacks(tmp_path, content, lacks: str) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    message = rf"/manifest\.json: expected a manifest, got a file without {lacks} in its form\. Delete it"
    with pytest.raises(BuildError, match=message):
        manifest.read(tmp_path)


def test_a_manifest_from_before_reads_were_recorded_is_read(tmp_path) -> None:
    content = {"inputs": {}, "briefs": {"en/national": RECORD | {"files": {"html": FILE}}}}
    (tmp_path / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    assert manifest.read(tmp_path) == content | {"reads": {}}


def test_a_manifest_that_may_not_be_read_is_named(tmp_path, monkeypatch) -> None:
    (tmp_path / "manifest.json").touch()

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_text", refuse)
    with pytest.raises(BuildError, match=r"expected a file that can be read, got Permission denied\. Allow"):
        manifest.read(tmp_path)
