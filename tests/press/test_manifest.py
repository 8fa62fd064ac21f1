"""The manifest says for every file what it was made from, also when only part of an edition is rebuilt."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path

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
        ([1], "'inputs', 'reads', 'briefs'"),
        ({"inputs": {}, "briefs": []}, "'briefs'"),
        ({"inputs": {}, "reads": 1, "briefs": {}}, "'reads'"),
        ({"inputs": {"aa": 1}, "reads": {"bb": [{}]}, "briefs": {}}, "'inputs aa', 'reads bb'"),
        ({"inputs": {}, "reads": {"bb": 1}, "briefs": {}}, "'reads bb'"),
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


def stands(read: dict, record: dict, file: dict) -> dict:
    """Return a manifest with one read and one file."""
    return {
        "inputs": {},
        "reads": {"bb": [read]},
        "briefs": {"en/national": record | ({"files": {"html": file}} if "files" in record else {})},
    }


@pytest.mark.parametrize(
    ("part", "name"),
    [(0, name) for name in READ] + [(1, name) for name in RECORD] + [(2, name) for name in FILE],
)
def test_a_manifest_that_lacks_one_thing_that_is_looked_up_is_refused(tmp_path, part: int, name: str) -> None:
    parts = [READ, RECORD, FILE]
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(stands(*parts)), encoding="utf-8")
    assert manifest.read(tmp_path) == stands(*parts)
    parts[part] = {key: value for key, value in parts[part].items() if key != name}
    path.write_text(json.dumps(stands(*parts)), encoding="utf-8")
    with pytest.raises(BuildError, match="'briefs en/national'" if part else "'reads bb'"):
        manifest.read(tmp_path)


@pytest.mark.parametrize(
    ("text", "error"), [("{", "JSONDecodeError"), ("[" * 100_000, "RecursionError")], ids=["cut", "deep"]
)
def test_a_manifest_that_is_no_json_is_named_with_what_to_do(tmp_path, text: str, error: str) -> None:
    (tmp_path / "latest").mkdir()
    (tmp_path / "latest/manifest.json").write_text(text, encoding="utf-8")
    message = rf"^reports/latest/manifest\.json: expected a manifest, got {error}: .*Delete it and build"
    with pytest.raises(BuildError, match=message):
        manifest.read(tmp_path / "latest")


def test_where_no_manifest_is_an_empty_one_names_the_edition(tmp_path) -> None:
    assert manifest.read(tmp_path / "fy2021") == NOTHING | {"edition": "fy2021"}


def test_a_key_is_short_and_does_not_depend_on_the_order_of_names() -> None:
    # sha256 of {"a": 1, "b": 2}
    assert manifest.key({"b": 2, "a": 1}) == manifest.key({"a": 1, "b": 2}) == "d8497d9d8277"


def test_a_manifest_says_which_edition_it_is_of_and_ends_with_a_line(project, tmp_path) -> None:
    found = book.read()
    edition = found.edition("fy2021")
    content = manifest.merge(NOTHING, edition, plan.expand(found, edition), [], SOURCE)
    assert content == NOTHING | {
        "edition": "fy2021",
        "title": {"en": "Fiscal year 2021", "ja": "2021年度版"},
        "parameters": {"as_of": "2022-07-05", "fiscal_year": 2021},
    }
    manifest.write(tmp_path, content)
    assert (tmp_path / "manifest.json").read_bytes().endswith(b"}\n")


@pytest.mark.parametrize("change", ["notebook", "page", "page of before"])
def test_a_format_from_another_notebook_or_surrounding_is_forgotten(edition, everything, change: str) -> None:
    first = manifest.merge(NOTHING, edition, everything, made(everything), SOURCE)
    before = copy.deepcopy(first)
    (item,) = made(everything[:1], formats=["html"])
    if change == "notebook":
        item = replace(item, brief=replace(item.brief, notebook=Path("other.ipynb")))
    elif change == "page":
        item = replace(item, page="qq")
    old = copy.deepcopy(first)
    if change == "page of before":  # an earlier version did not record it
        del old["briefs"]["en/national"]["page"]
    record = manifest.merge(old, edition, everything, [item], SOURCE)["briefs"]["en/national"]
    assert list(record["files"]) == ["html"]
    manifest.merge(first, edition, everything, [item], LATER)
    assert first == before  # what was before is left as it was


def test_formats_stand_in_one_order_whichever_is_made_first(edition, everything) -> None:
    content = manifest.merge(NOTHING, edition, everything, made(everything, formats=["pdf", "html"]), SOURCE)
    assert list(content["briefs"]["en/national"]["files"]) == ["html", "pdf"]


def test_what_is_in_the_manifest_is_not_added_again_and_what_differs_is(edition, everything) -> None:
    (item,) = made(everything[:1])
    content = manifest.merge(NOTHING, edition, everything, [item], SOURCE)
    again = manifest.addition(content, item, SOURCE)
    assert (again["inputs"], again["reads"]) == ({}, {})
    other = {**READ, "sha256": "dd"}
    more = manifest.addition(content, replace(item, reads=(dict(READ), other)), LATER)
    assert list(more["inputs"].values()) == [LATER]
    assert list(more["reads"].values()) == [[READ, other]]


def test_files_from_before_reads_were_recorded_stay_as_they_are(edition, everything) -> None:
    old = {"edition": "latest", "inputs": {}, "reads": {}}
    content = old | {"briefs": {"en/national": RECORD | {"files": {"html": dict(FILE)}}}}
    manifest.renew(content, {})
    settled = manifest.settled(content, edition, everything)
    assert settled["briefs"]["en/national"]["files"]["html"] == FILE | {"reads": ""}
    assert (settled["inputs"], settled["reads"]) == ({}, {})


def test_reads_that_were_not_found_anew_keep_their_name(edition, everything) -> None:
    content = manifest.merge(NOTHING, edition, everything, made(everything), SOURCE)
    before = copy.deepcopy(content)
    manifest.renew(content, {})
    assert content == before
