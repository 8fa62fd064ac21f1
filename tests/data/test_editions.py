"""Built editions are read back from their files; what is not built is said, with the command that builds it."""

from __future__ import annotations

import json

import pytest

from helpers.data import editions
from helpers.errors import CatalogError

BRIEF = {"brief": "national", "edition": "fy2021", "lang": "en", "parameters": {}, "values": []}


@pytest.fixture
def reports(tmp_path, monkeypatch):
    monkeypatch.setenv("BRIEFS_REPORTS", str(tmp_path))
    files = {
        "fy2021/manifest.json": {},
        "fy2021/en/national.json": BRIEF,
        "fy2021/en/state/tennessee.json": BRIEF,
        "fy2021/ja/national.json": BRIEF,
        "fy2021/.failed/en/state/ohio.json": BRIEF,
        "preview/en/national.json": BRIEF,
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(json.dumps(content), encoding="utf-8")
    return tmp_path


def test_the_briefs_of_an_edition_are_found_in_one_language(reports):
    assert list(editions.briefs("fy2021", "en")) == ["national", "state/tennessee"]
    assert list(editions.briefs("fy2021", "ja")) == ["national"]
    assert editions.read(editions.briefs("fy2021", "en")["national"]) == BRIEF


def test_a_preview_is_no_edition(reports):
    assert editions.built() == ["fy2021"]
    with pytest.raises(
        CatalogError, match=r"reports/preview: expected a built edition, got no manifest\.json"
    ):
        editions.briefs("preview", "en")


def test_an_edition_that_is_not_built_is_named_with_the_command_that_builds_it(reports):
    with pytest.raises(
        CatalogError, match=r"no such folder \(built: 'fy2021'\)\. Build it: briefs build --edition latest"
    ):
        editions.folder("latest")


@pytest.mark.parametrize("text", ["{", "[]", '{"brief": "national"}'], ids=["cut off", "a list", "no values"])
def test_a_damaged_file_is_named_with_the_command_that_makes_it_again(reports, text):
    path = reports / "fy2021/en/national.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(
        CatalogError, match=r"reports/fy2021/en/national\.json: .*briefs build --edition fy2021 --force"
    ):
        editions.read(path)
