"""The manifest says for every file what it was made from, also when only part of an edition is rebuilt."""

from __future__ import annotations

import hashlib
import json

import pytest

import helpers
from helpers.press import book, manifest, plan

SOURCE = {
    "package": {"name": "grassroots-briefs", "version": "0.1.0"},
    "tables": {"goods_trade": "sha256:aa"},
}
LATER = {"package": {"name": "grassroots-briefs", "version": "0.1.0"}, "tables": {"goods_trade": "sha256:bb"}}
NOTHING = {"edition": "latest", "inputs": {}, "briefs": {}}


@pytest.fixture
def edition(project):
    return book.read().edition("latest")


@pytest.fixture
def everything(project):
    found = book.read()
    return plan.expand(found, found.edition("latest"))


def made(briefs, sha: str = "11", values: dict | None = None, formats=("html", "pdf")):
    files = tuple((kind, sha, 100) for kind in formats)
    return [manifest.Made(brief, values or {"lang": brief.lang}, files) for brief in briefs]


def test_every_file_is_recorded_with_its_digest_and_inputs(edition, everything) -> None:
    content = manifest.merge(NOTHING, edition, everything, made(everything), SOURCE)
    assert list(content["briefs"]) == [brief.stem for brief in everything]
    (key,) = content["inputs"]
    assert content["inputs"][key] == SOURCE
    assert content["briefs"]["ja/state/tennessee"] == {
        "brief": "state/tennessee",
        "lang": "ja",
        "title": "テネシー州",
        "notebook": "toy.ipynb",
        "parameters": {"lang": "ja"},
        "files": {
            "html": {"path": "ja/state/tennessee.html", "sha256": "11", "bytes": 100, "made_from": key},
            "pdf": {"path": "ja/state/tennessee.pdf", "sha256": "11", "bytes": 100, "made_from": key},
        },
    }


def test_what_is_not_rebuilt_keeps_saying_what_it_was_made_from(edition, everything) -> None:
    first = manifest.merge(NOTHING, edition, everything, made(everything), SOURCE)
    second = manifest.merge(first, edition, everything, made(everything[:1], sha="22"), LATER)
    new, old = (second["briefs"][brief.stem]["files"]["pdf"] for brief in everything[:2])
    assert second["inputs"][new["made_from"]]["tables"] == {"goods_trade": "sha256:bb"}
    assert second["inputs"][old["made_from"]]["tables"] == {"goods_trade": "sha256:aa"}
    assert (new["sha256"], old["sha256"]) == ("22", "11")


def test_one_format_rebuilt_leaves_the_record_of_the_other(edition, everything) -> None:
    first = manifest.merge(NOTHING, edition, everything, made(everything), SOURCE)
    again = made(everything[:1], sha="22", formats=["html"])
    record = manifest.merge(first, edition, everything, again, LATER)["briefs"][everything[0].stem]
    assert {kind: file["sha256"] for kind, file in record["files"].items()} == {"html": "22", "pdf": "11"}


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


def test_inputs_name_package_versions_tables_and_notebooks(project) -> None:
    resources = [{"name": "states", "hash": "sha256:cc"}, {"name": "goods_trade", "hash": "sha256:aa"}]
    descriptor = project.root / "data/datapackage.json"
    descriptor.write_text(json.dumps({"resources": resources}), encoding="utf-8")
    toy = project.notebooks / "toy.ipynb"
    found = manifest.inputs([toy, toy], project.root / "data")
    assert found["package"] == {"name": "grassroots-briefs", "version": helpers.__version__}
    assert found["tables"] == {"goods_trade": "sha256:aa", "states": "sha256:cc"}
    assert list(found["tables"]) == ["goods_trade", "states"]
    assert found["notebooks"] == {"toy.ipynb": "sha256:" + hashlib.sha256(toy.read_bytes()).hexdigest()}
    assert all(found["versions"].values())


def test_what_is_written_can_be_read_again(tmp_path, edition, everything) -> None:
    content = manifest.merge(NOTHING, edition, everything, made(everything), SOURCE)
    manifest.write(tmp_path, content)
    assert manifest.read(tmp_path) == content
    assert "テネシー州" in (tmp_path / "manifest.json").read_text(encoding="utf-8")
