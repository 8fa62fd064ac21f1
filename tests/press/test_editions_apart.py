"""An edition has its own folder, manifest and numbers, and no build of another one touches them."""

from __future__ import annotations

import hashlib
import json
import shutil

import pytest

from helpers.errors import BuildError
from helpers.press import book, build, plan


class Silence:
    """Hears of a build and says nothing."""

    def start(self, total): ...
    def done(self, outcome): ...
    def end(self): ...


def make(edition, **more):
    found = book.read()
    chosen = found.edition(edition)
    return build.build(found, chosen, plan.expand(found, chosen), Silence(), **more)


def digests(folder):
    return {
        p.as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()
    }


def test_a_build_of_another_edition_leaves_the_first_byte_for_byte(project, quick) -> None:
    assert make("fy2021").whole
    before = digests(project.reports / "fy2021")
    assert make("latest").whole
    assert make("latest", force=True).whole
    assert digests(project.reports / "fy2021") == before


def test_every_edition_has_a_manifest_and_numbers_of_its_own(project, quick) -> None:
    for name in ("fy2021", "latest"):
        make(name)
    read = [json.loads((project.reports / n / "manifest.json").read_text()) for n in ("fy2021", "latest")]
    assert [content["edition"] for content in read] == ["fy2021", "latest"]
    assert [c["briefs"]["en/national"]["parameters"]["as_of"] for c in read] == ["2022-07-05", ""]
    texts = [(project.reports / n / "en/national.json").read_bytes() for n in ("fy2021", "latest")]
    assert texts[0] != texts[1]


def test_a_folder_that_holds_another_edition_is_not_built_over(project, quick) -> None:
    make("fy2021")
    shutil.copytree(project.reports / "fy2021", project.reports / "latest")
    before = digests(project.reports / "latest")
    with pytest.raises(BuildError, match=r"reports/latest: expected the edition 'latest', got 'fy2021'"):
        make("latest", force=True)
    assert digests(project.reports / "latest") == before
