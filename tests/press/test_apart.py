"""A source in several files: the same PDF as in one, and nothing left behind."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import typst

from helpers.display import blocks
from helpers.display.markup import literal
from helpers.press import apart, typesetting

DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M 0 0 L 9 9" style="stroke: #000"/></svg>'
HEAD = '#set document(title: "x")\n'


def test_drawings_are_read_from_files_that_go_afterwards(tmp_path: Path) -> None:
    source = f"a {literal(DRAWN)} b {literal(DRAWN.replace('9 9', '8 8'))} c"
    with apart.files(source, tmp_path) as main:
        assert main == 'a read("/0.svg") b read("/1.svg") c'
        assert (tmp_path / "0.svg").read_text() == DRAWN
        assert (tmp_path / "1.svg").read_text() == DRAWN.replace("9 9", "8 8")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(literal("<svg "), id="no end"),
        pytest.param(f"{literal('<svg a')} and {literal('</svg>')}", id="two strings"),
        pytest.param(literal("<svg a\\b></svg>"), id="backslash"),
        pytest.param(literal("<svg a\nb></svg>"), id="line end"),
        pytest.param(f"{literal('<svg ')}{literal('</svg>')}x", id="two strings, one behind the other"),
    ],
)
def test_a_string_that_only_looks_like_a_drawing_stays(source: str, tmp_path: Path) -> None:
    with apart.files(source, tmp_path) as main:
        assert main == source
    assert not list(tmp_path.iterdir())


def test_a_drawing_behind_a_string_that_only_looks_like_one_is_found(tmp_path: Path) -> None:
    with apart.files(f"{literal('<svg a')} {literal(DRAWN)}", tmp_path) as main:
        assert main == f'{literal("<svg a")} read("/0.svg")'
        assert (tmp_path / "0.svg").read_text() == DRAWN


def test_what_is_shared_stays_in_a_file_of_its_own_that_knows_those_before_it(tmp_path: Path) -> None:
    for body in ("once", "twice"):
        source = f"x\n// @shared\n#let a = 1\n// @end\n{body}\n// @shared\n#let b = a\n// @end\ny"
        with apart.files(source, tmp_path) as main:
            assert typst.compile(f"{HEAD}{main}".encode(), root=str(tmp_path))
        first, second = (line[10:-4] for line in main.splitlines() if line.startswith("#import"))
        assert (tmp_path / first).read_text() == "#let a = 1\n"
        assert (tmp_path / second).read_text() == f'#import "/{first}": *\n#let b = a\n'
        assert main == f'x\n#import "/{first}": *\n{body}\n#import "/{second}": *\ny'
    assert len(list(tmp_path.iterdir())) == 2


def test_a_mark_without_an_end_changes_nothing(tmp_path: Path) -> None:
    with apart.files("x\n// @shared\n#let a = 1\n", tmp_path) as main:
        assert main == "x\n// @shared\n#let a = 1\n"


def shared(text: str) -> str:
    return f"// @shared\n{text}\n// @end\n"


def test_each_part_knows_all_parts_before_it_and_is_written_once(tmp_path: Path) -> None:
    source = "".join(map(shared, ("#let a = 1", "#let b = a", "#let c = a + b")))
    with apart.files(source, tmp_path) as main:
        first, second, third = main.splitlines()
    names = [line[10:-4] for line in (first, second, third)]
    assert (tmp_path / names[2]).read_text() == f"{first}\n{second}\n#let c = a + b\n"
    for name in names:
        (tmp_path / name).write_text("as it was")
    with apart.files(source, tmp_path) as again:
        assert again == main
    assert [(tmp_path / name).read_text() for name in names] == ["as it was"] * 3


def test_a_part_behind_a_mark_without_an_end_is_found(tmp_path: Path) -> None:
    with apart.files(f"// @shared\n#let a = 1\n{shared('#let b = 2')}y", tmp_path) as main:
        (path,) = tmp_path.iterdir()
        assert main == f'// @shared\n#let a = 1\n#import "/{path.name}": *\ny'
    assert path.read_text() == "#let b = 2\n"


def test_a_drawing_that_is_gone_already_holds_nothing_up(tmp_path: Path) -> None:
    with apart.files(literal(DRAWN), tmp_path):
        (tmp_path / "0.svg").unlink()
    assert not list(tmp_path.iterdir())


def page(word: str) -> str:
    """Return a page of every kind of part that leaves the source; the drawing depends on the word's length."""
    parts = (
        blocks.Headline("en", word, f"A sentence about {word}.", "running"),
        blocks.Figure("en", DRAWN.replace("9 9", f"{len(word)} 9"), word, "unit", "alt", "source"),
        blocks.Sources("en", "Sources", (blocks.SourceLine("One source", "https://example.org"),)),
        blocks.Cards("en", (("Term", (("", f"Told of {word}"),)),)),
        blocks.Cards("en", (("Other", (("", "the same on every page"),)),)),
    )
    return HEAD + "\n\n".join(part.typst() for part in parts)


def test_the_pdf_is_the_same_in_one_piece_and_after_other_pages() -> None:
    whole = {word: _in_one_piece(page(word)) for word in ("one", "three")}
    for word in ("one", "three", "one"):
        assert typesetting.compiled(page(word), word) == (whole[word], [])


def test_where_no_file_can_be_written_the_pdf_is_made_in_one_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "_root", lambda: tmp_path / "gone")
    assert typesetting.compiled(page("lost"), "lost") == (_in_one_piece(page("lost")), [])


def test_pages_that_are_set_in_threads_at_once_keep_their_own_drawings() -> None:
    words = ["w" * length for length in range(1, 9)]
    whole = [_in_one_piece(page(word)) for word in words]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda word: typesetting.compiled(page(word), word)[0], words))
    assert made == whole


def _in_one_piece(source: str) -> bytes:
    """Return the PDF of a source that no other compilation has gone before."""
    from helpers.press import fonts

    wanted = {"format": "pdf", "pdf_standards": ["ua-1"], "timestamp": typesetting.EPOCH}
    made = typst.compile(source.encode(), font_paths=fonts.book(), **wanted)
    assert isinstance(made, bytes)
    return made
