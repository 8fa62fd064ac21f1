"""The pages of a real edition: complete in themselves, in one language, and in order for every reader."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Protocol
from xml.etree.ElementTree import Element

import pikepdf
import pytest

from helpers import paths
from helpers.press import book as books
from helpers.press import plan
from shared import tree

BRIEFS = [
    pytest.param(f"{lang}/{slug}", id=f"{lang}-{slug.rpartition('/')[2]}")
    for lang in ("en", "ja")
    for slug in ("national", "state/california", "state/missouri", "state/tennessee")
]
every_brief = pytest.mark.parametrize("brief", BRIEFS)
LOADS = ("src", "srcset", "data", "poster", "action", "formaction", "background", "ping", "manifest")
LINKS = ("href", "{http://www.w3.org/1999/xlink}href", "xlink:href")
WORKS = {"script", "iframe", "object", "embed", "base", "form", "link", "img", "video", "audio"}
"""Elements that a brief does without: what runs, what is fetched, what is not drawn here."""


class Built(Protocol):
    """What the edition's fixture gives (see tests/conftest.py)."""

    folder: Path
    briefs: tuple[str, ...]

    def file(self, brief: str, kind: str) -> Path: ...
    def text(self, brief: str, kind: str = "html") -> str: ...


def tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def said(element: Element) -> str:
    """Return the words of an element with single spaces."""
    return " ".join("".join(element.itertext()).split())


def asks(html: str) -> list[str]:
    """Return everything that a browser would fetch by itself when it opens the page."""
    found = []
    for element in tree(html).iter():
        names = LOADS if tag(element) == "a" else (*LOADS, *LINKS)
        found += [
            value for value in map(element.get, names) if value and not value.startswith(("#", "data:"))
        ]
        styles = [element.get("style", "")] + ([element.text or ""] if tag(element) == "style" else [])
        for style in styles:
            found += re.findall(r"@import[^;]+|url\(\s*['\"]?(?!#|data:)[^)]*\)", style)
    return found


@pytest.mark.slow
@every_brief
def test_a_page_asks_nobody_for_anything_and_runs_nothing(edition: Built, brief: str) -> None:
    page = tree(edition.text(brief))
    assert asks(edition.text(brief)) == []
    assert {tag(element) for element in page.iter()} & WORKS == set()
    assert [name for element in page.iter() for name in element.attrib if name.startswith("on")] == []


@pytest.mark.slow
@every_brief
def test_a_page_has_its_language_title_and_landmarks(edition: Built, brief: str) -> None:
    page = tree(edition.text(brief))
    body = page.find("body")
    assert body is not None
    assert page.get("lang") == brief[:2]
    assert len(page.findtext("head/title") or "") > 5
    assert [tag(child) for child in body] == ["a", "header", "main", "footer"]
    assert body[0].get("href") == f"#{body[2].get('id')}"
    assert all(nav.get("aria-label") for nav in page.iter("nav"))
    assert any(meta.get("name") == "viewport" for meta in page.iter("meta"))


@pytest.mark.slow
@every_brief
def test_a_title_of_a_publication_in_another_language_says_so(edition: Built, brief: str) -> None:
    """A voice that reads Japanese reads three English words in a row as English only where it is told."""
    for element in tree(edition.text(brief)).iter("a"):
        if (element.get("href") or "").startswith("http"):
            words = re.findall("[A-Za-z]+ [A-Za-z]+ [A-Za-z]+", element.text or "")
            assert words == [] or brief.startswith("en"), element.text
            assert not re.search("[ぁ-んァ-ヶ]", said(element)) or brief.startswith("ja"), said(element)


@pytest.mark.slow
@every_brief
def test_headings_go_down_a_level_at_a_time_from_the_only_title(edition: Built, brief: str) -> None:
    heads = [element for element in tree(edition.text(brief)).iter() if re.fullmatch(r"h[1-6]", tag(element))]
    levels = [int(tag(head)[1]) for head in heads]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert all(said(head) for head in heads)


@pytest.mark.slow
@every_brief
def test_every_drawing_is_an_image_with_words(edition: Built, brief: str) -> None:
    drawings = [element for element in tree(edition.text(brief)).iter() if tag(element) == "svg"]
    assert len(drawings) >= 3
    for drawing in drawings:
        words = drawing.get("aria-label", "")
        assert drawing.get("role") == "img"
        assert re.search(r"\d", words), words
        assert "\n" not in words
        assert re.search(r"[ぁ-ん一-鿿]" if brief.startswith("ja") else r"[a-z]{3}", words)


@pytest.mark.slow
@pytest.mark.parametrize(("brief", "names"), [("en/mission/portland", ("Idaho, ", "Oregon, ")),
                                              ("ja/mission/portland", ("アイダホ州、", "オレゴン州、"))])  # fmt: skip
def test_the_words_of_a_map_of_a_district_give_the_rank_in_each_of_its_states(
    edition: Built, brief: str, names: tuple[str, ...]
) -> None:
    values = {value["id"]: value["value"] for value in json.loads(edition.text(brief, "json"))["values"]}
    drawings = [svg.get("aria-label", "") for svg in tree(edition.text(brief)).iter() if tag(svg) == "svg"]
    said_of = [words for words in drawings if re.match("Map of the states|州をタイルで", words)]
    assert len(said_of) == 2
    for flow, words in zip(("exports", "imports"), said_of, strict=True):
        for name, code in zip(names, ("ID", "OR"), strict=True):
            assert re.search(rf"{name}{values[f'{flow}.states.{code}.rank']}(?![0-9])", words)


@pytest.mark.slow
@every_brief
def test_every_table_has_a_caption_and_heads_that_say_what_they_head(edition: Built, brief: str) -> None:
    tables = list(tree(edition.text(brief)).iter("table"))
    assert tables
    for table in tables:
        caption = table.find("caption")
        assert caption is not None
        assert said(caption)
        assert all(head.get("scope") in ("col", "row") and said(head) for head in table.iter("th"))
        assert all(len(row) == len(table.findall("thead/tr/th")) for row in table.findall("tbody/tr"))
        assert all(tag(row[0]) == "th" for row in table.findall("tbody/tr"))


@pytest.mark.slow
@every_brief
def test_the_tables_of_a_chart_have_names_that_tell_them_apart(edition: Built, brief: str) -> None:
    listed = [
        part for part in tree(edition.text(brief)).iter("details") if part.get("class") == "brief-points"
    ]
    assert len(listed) >= 3
    for part in listed:
        names = [table.get("aria-label") for table in part.iter("div")]
        assert len(set(names)) == len(names)


@pytest.mark.slow
@every_brief
def test_no_id_is_given_twice_and_every_reference_finds_its_own(edition: Built, brief: str) -> None:
    html = edition.text(brief)
    given = Counter(element.get("id") for element in tree(html).iter() if element.get("id"))
    assert [name for name, count in given.items() if count > 1] == []
    inside = set(re.findall(r'(?:href="#|url\(#)([^")]+)', html))
    assert inside <= set(given)


@pytest.mark.slow
@every_brief
def test_every_link_between_the_files_of_an_edition_leads_somewhere(edition: Built, brief: str) -> None:
    place = edition.file(brief, "html").parent
    links = [link.get("href", "") for link in tree(edition.text(brief)).iter("a")]
    local = [link for link in links if not re.match(r"https?:|mailto:|#", link)]
    assert [link for link in local if not (place / link).is_file()] == []
    there = {(place / link).resolve().relative_to(edition.folder.resolve()).as_posix() for link in local}
    twin = f"{'ja' if brief.startswith('en') else 'en'}{brief[2:]}.html"
    assert there == {"index.html", twin, f"{brief}.pdf", f"{brief}.json", f"{brief}.ipynb"}


@pytest.mark.slow
@every_brief
def test_words_of_the_machinery_stay_off_the_page(edition: Built, brief: str) -> None:
    """No placeholder left unfilled, no value of Python, no path of whoever built it."""
    body = tree(edition.text(brief)).find("body")
    assert body is not None
    for drawn in [element for element in body.iter() if tag(element) == "style"]:
        drawn.text = ""
    text = said(body)
    assert re.findall(r"\b(?:nan|NaN|None|NaT|Traceback|TODO|undefined)\b|<NA>|\{\w*\}|\[U\+", text) == []
    assert str(paths.ROOT) not in edition.text(brief)
    assert str(Path.home()) not in edition.text(brief)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["national", "state/california", "state/missouri", "state/tennessee"])
def test_the_two_languages_show_the_same_numbers(edition: Built, name: str) -> None:
    pages = [json.loads(edition.text(f"{lang}/{name}", "json"))["values"] for lang in ("en", "ja")]
    english, japanese = (
        [{key: value[key] for key in ("id", "value", "rank", "band")} for value in page] for page in pages
    )
    assert english == japanese
    assert len(english) > 40


@pytest.mark.slow
def test_the_index_leads_to_every_brief_in_both_languages(edition: Built) -> None:
    html = (edition.folder / "index.html").read_text(encoding="utf-8")
    page = tree(html)
    assert asks(html) == []
    links = {link.get("href", "") for link in page.iter("a")}
    local = {link for link in links if not link.startswith("#")}
    assert {link for link in local if not (edition.folder / link).is_file()} == set()
    wanted = {f"{brief}.{kind}" for brief in edition.briefs for kind in ("html", "pdf")}
    assert local == wanted | {"manifest.json"}
    ids = Counter(element.get("id") for element in page.iter() if element.get("id"))
    assert max(ids.values()) == 1
    assert [tag(element) for element in page.iter()].count("h1") == 1


@pytest.mark.slow
def test_the_manifest_tells_the_truth_about_every_file(edition: Built) -> None:
    content = json.loads((edition.folder / "manifest.json").read_text(encoding="utf-8"))
    files = {
        record["path"]: record for brief in content["briefs"].values() for record in brief["files"].values()
    }
    assert set(files) == {
        f"{name}.{kind}" for name in edition.briefs for kind in ("html", "pdf", "json", "ipynb")
    }
    for path, record in files.items():
        bytes_ = (edition.folder / path).read_bytes()
        assert (record["bytes"], record["sha256"]) == (len(bytes_), hashlib.sha256(bytes_).hexdigest())
        assert record["made_from"] in content["inputs"]
    (source,) = content["inputs"].values()
    assert all(source["versions"].values())
    described = json.loads((paths.data_dir() / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    digests = {table["path"]: table["hash"] for table in described}
    read = {
        entry["path"]: f"sha256:{entry['sha256']}"
        for record in files.values()
        for entry in content["reads"][record["reads"]]
        if entry["what"] == "table"
    }
    assert {"trade/goods_trade.parquet", "trade/state_trade.parquet"} <= set(read)
    assert read == {path: digests[path] for path in read}


@pytest.mark.slow
def test_nothing_but_the_files_of_the_plan_is_in_the_folder(edition: Built) -> None:
    found = {
        path.relative_to(edition.folder).as_posix() for path in edition.folder.rglob("*") if path.is_file()
    }
    briefs = {f"{name}.{kind}" for name in edition.briefs for kind in ("html", "pdf", "json", "ipynb")}
    assert found == briefs | {"index.html", "manifest.json"}


@pytest.mark.slow
def test_english_briefs_can_be_set_on_letter_paper(tmp_path: Path) -> None:
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    for path in paths.notebooks_dir().iterdir():
        if path.suffix in (".ipynb", ".yml"):
            (notebooks / path.name).write_bytes(path.read_bytes())
    text = (notebooks / "book.yml").read_text(encoding="utf-8")
    changed, count = re.subn(r"paper: \{en: a4, ja: a4\}", "paper: {en: letter, ja: a4}", text)
    assert count == 1
    (notebooks / "book.yml").write_text(changed, encoding="utf-8")
    asked = ("--only", "en/state/tennessee", "--format", "pdf")
    command = [sys.executable, "-m", "helpers.cli", "build", *asked]
    places = {"BRIEFS_REPORTS": str(tmp_path), "BRIEFS_NOTEBOOKS": str(notebooks)}
    done = subprocess.run(command, env=os.environ | places, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    with pikepdf.open(tmp_path / "latest" / "en" / "state" / "tennessee.pdf") as pdf:
        sizes = {tuple(round(float(edge)) for edge in page.mediabox) for page in pdf.pages}
        assert sizes == {(0, 0, 612, 792)}
        assert 2 <= len(pdf.pages) <= 9


def test_the_default_edition_has_nation_states_and_missions_once_for_screen_and_print() -> None:
    book = books.read()
    briefs = [b for b in plan.expand(book, book.edition()) if b.family in ("national", "state", "mission")]
    files = [path for brief in briefs for kind, path in brief.outputs if kind in ("html", "pdf")]
    assert book.edition().name == "latest"
    assert len(files) == len(set(files)) == len(briefs) * 2
    families = Counter(brief.family for brief in briefs)
    assert families == {"national": 2, "state": 51 * 2, "mission": 17 * 2}
