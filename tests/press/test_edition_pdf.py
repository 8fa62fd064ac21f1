"""The PDFs of a real edition: tagged, titled, in their language, whole, and without a missing glyph."""

from __future__ import annotations

import functools
import io
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont

from shared import tree

pytestmark = pytest.mark.slow

BRIEFS = [
    pytest.param(f"{lang}/{slug}", id=f"{lang}-{slug.rpartition('/')[2]}")
    for lang in ("en", "ja")
    for slug in ("national", "state/california", "state/illinois", "state/missouri", "state/tennessee")
]
every_brief = pytest.mark.parametrize("brief", BRIEFS)
A4 = (595.276, 841.89)
PAGES = {"state": range(2, 7), "national": range(2, 8)}
"""How many pages a brief may have: two to six, and one more for the nation, which has the most blocks."""

TITLES = {
    "en/national": "Japan in the United States",
    "en/state/tennessee": "Tennessee and Japan",
    "ja/national": "米国における日本",
    "ja/state/tennessee": "テネシー州と日本",
}


class Built(Protocol):
    """What the edition's fixture gives (see tests/conftest.py)."""

    def file(self, brief: str, kind: str) -> Path: ...
    def text(self, brief: str, kind: str = "html") -> str: ...


def opened(edition: Built, brief: str) -> pikepdf.Pdf:
    """Return the opened file, kept alive: its objects die with it."""
    return _opened(edition.file(brief, "pdf"))


@functools.cache
def _opened(path: Path) -> pikepdf.Pdf:
    return pikepdf.open(path)


def tags(node: Any) -> Iterator[Any]:
    """Yield every element of the structure tree, in reading order."""
    if isinstance(node, pikepdf.Array):
        for child in node:  # type: ignore[attr-defined]
            yield from tags(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from tags(node.K)


def drawn(holder: Any, fonts: Any = None) -> Iterator[tuple[Any, int]]:
    """Yield (font, code) of every character that a page or a form inside it draws, in drawing order."""
    resources = holder.get("/Resources", pikepdf.Dictionary())
    fonts = resources.get("/Font", fonts)
    forms = resources.get("/XObject", pikepdf.Dictionary())
    font = None
    for operands, operator in pikepdf.parse_content_stream(holder):
        match str(operator):
            case "Tf":
                font = fonts[str(operands[0])]
            case "Do" if str(forms[str(operands[0])].get("/Subtype")) == "/Form":
                yield from drawn(forms[str(operands[0])], fonts)
            case "Tj" | "TJ" | "'" | '"':
                last = operands[-1]
                pieces = last if isinstance(last, pikepdf.Array) else [last]
                for piece in pieces:  # type: ignore[union-attr]
                    if isinstance(piece, pikepdf.String):
                        codes = bytes(piece)
                        yield from (
                            (font, int.from_bytes(codes[at : at + 2])) for at in range(0, len(codes), 2)
                        )


def characters(edition: Built, brief: str) -> list[list[tuple[Any, int]]]:
    """Return (font, code) of every character of a brief, page by page."""
    return _characters(edition.file(brief, "pdf"))


@functools.cache
def _characters(path: Path) -> list[list[tuple[Any, int]]]:
    return [list(drawn(page.obj)) for page in _opened(path).pages]


def letters(font: Any) -> dict[int, str]:
    """Return what each code of a font means, from the font's ToUnicode table."""
    table = font.ToUnicode.read_bytes().decode("ascii")
    found: dict[int, str] = {}

    def text(digits: str) -> str:
        return bytes.fromhex(digits).decode("utf-16-be")

    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, digits in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = text(digits)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, digits in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = text(digits)[:-1] + chr(ord(text(digits)[-1]) + step)
    return found


def glyphs(font: Any) -> int:
    """Return how many glyphs the program inside a font has; the first of them is the missing-glyph box."""
    inside = font.DescendantFonts[0].FontDescriptor
    if "/FontFile2" in inside:
        return len(TTFont(io.BytesIO(inside.FontFile2.read_bytes())).getGlyphOrder())
    program = inside.FontFile3.read_bytes()
    if program[:4] == b"OTTO":
        return len(TTFont(io.BytesIO(program)).getGlyphOrder())
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), None)
    return len(fonts[0].CharStrings)


@every_brief
def test_a_brief_is_tagged_titled_and_in_its_language(edition: Built, brief: str) -> None:
    pdf = opened(edition, brief)
    title = tree(edition.text(brief)).findtext("head/title")
    assert pdf.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in pdf.Root
    assert str(pdf.Root.Lang).startswith(brief[:2])
    assert str(pdf.docinfo.Title) == title
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == title


@pytest.mark.parametrize(("brief", "title"), TITLES.items(), ids=TITLES)
def test_the_title_names_the_place_and_the_partner(edition: Built, brief: str, title: str) -> None:
    assert str(opened(edition, brief).docinfo.Title).startswith(title)


@every_brief
def test_every_page_is_a4_and_there_are_few(edition: Built, brief: str) -> None:
    pages = opened(edition, brief).pages
    assert len(pages) in PAGES[brief.split("/")[1]]
    for page in pages:
        left, bottom, right, top = (float(edge) for edge in page.mediabox)
        assert (left, bottom) == (0, 0)
        assert (right, top) == pytest.approx(A4, abs=0.01)


@every_brief
def test_the_figures_of_the_pdf_say_what_those_of_the_page_say(edition: Built, brief: str) -> None:
    spoken = [str(tag.get("/Alt", "")) for tag in tags(opened(edition, brief).Root.StructTreeRoot.K)
              if str(tag.S) == "/Figure"]  # fmt: skip
    page = tree(edition.text(brief))
    assert spoken == [
        drawing.get("aria-label") for drawing in page.iter() if str(drawing.tag).endswith("svg")
    ]
    assert len(spoken) >= 3
    assert all(len(words) > 30 for words in spoken)


@every_brief
def test_headings_and_bookmarks_are_the_questions_of_the_page(edition: Built, brief: str) -> None:
    pdf = opened(edition, brief)
    levels = [
        int(str(tag.S)[2:]) for tag in tags(pdf.Root.StructTreeRoot.K) if re.fullmatch(r"/H\d", str(tag.S))
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    page = tree(edition.text(brief))
    asked = ["".join(head.itertext()).strip() for head in page.iter("h2")]
    with pdf.open_outline() as outline:
        assert len(outline.root) == 1
        assert [item.title for item in outline.root[0].children] == asked
    assert len(asked) >= 5


@every_brief
def test_every_table_has_heads_that_say_what_they_head(edition: Built, brief: str) -> None:
    tables = [tag for tag in tags(opened(edition, brief).Root.StructTreeRoot.K) if str(tag.S) == "/Table"]
    assert tables
    for table in tables:
        heads = [tag for tag in tags(table.K) if str(tag.S) == "/TH"]
        assert heads
        for head in heads:
            attributes = head.get("/A", [])
            listed = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
            assert any("/Scope" in item for item in listed)


@every_brief
def test_no_missing_glyph_is_drawn_and_every_letter_can_be_copied(edition: Built, brief: str) -> None:
    known: dict[str, tuple[dict[int, str], int]] = {}
    words: dict[str, list[str]] = defaultdict(list)
    for page in characters(edition, brief):
        for font, code in page:
            name = str(font.BaseFont)
            if name not in known:
                known[name] = letters(font), glyphs(font)
            meanings, count = known[name]
            assert 0 < code < count, f"{name}: glyph {code} after {''.join(words[name][-40:])!r}"
            assert meanings.get(code), f"{name}: glyph {code} means nothing"
            words[name].append(meanings[code])
    fonts = {name.partition("+")[2].partition("-")[0] for name in known}
    assert fonts - {"IPAexGothic"} == {"SourceSansPro"}  # an English page has signs such as ○ and △ from it
    text = "".join("".join(found) for found in words.values())
    assert len(text) > 3000
    assert "\ufffd" not in text
    assert "[U+" not in text


@every_brief
def test_every_page_has_its_header_and_its_number(edition: Built, brief: str) -> None:
    pages = characters(edition, brief)
    known: dict[str, dict[int, str]] = {}
    for number, page in enumerate(pages, 1):
        text = ""
        for font, code in page:
            name = str(font.BaseFont)
            known[name] = known.get(name) or letters(font)
            text += known[name].get(code, "")
        assert re.search(rf"{number}\s*(/|of)\s*{len(pages)}", text), text[-200:]
