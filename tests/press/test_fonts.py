"""Letters of the PDF: nearest ones where a font lacks one, and the lines on which none stands in."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.errors import RenderError
from helpers.press import fonts


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        pytest.param(
            "a\u202fb\u2002c\u2011d", "a\u202fb\u2002c\u2011d", id="spaces and hyphens that fonts have"
        ),
        pytest.param("▸", "▶", id="small triangle"),
        pytest.param("a\u200b\u00ad\u2060\ufe0f\ufeffb", "ab", id="marks that print nothing"),
        pytest.param("\u2004\u2005\u2006\u2008\u2009\u200a\u205f", 7 * " ", id="spaces of every width"),
        pytest.param("e\u0301\u0301", "é\u0301", id="two accents, one of them combined"),
        pytest.param("\u2009a\u202fb", " a\u202fb", id="a space that fonts have beside one that none has"),
        pytest.param("a\nb\tc~ ", "a\nb\tc~ ", id="plain text"),
    ],
)
def test_what_no_font_has_becomes_the_nearest_that_one_has(text, printed):
    made, lacking = fonts.printable(text)
    assert made == printed.replace("\u0301", "[U+0301]" if "\u0301" not in fonts.covered() else "\u0301")
    assert set(lacking) <= {"\u0301"}


def test_characters_without_a_stand_in_are_named_with_their_lines_in_their_order():
    text = "领 and 😀 and 领\nnone\n\x07😀"
    assert fonts.printable(text) == (
        "[U+9886] and [U+1F600] and [U+9886]\nnone\n[U+0007][U+1F600]",
        {"\x07": [3], "领": [1], "😀": [1, 3]},
    )
    assert list(fonts.printable(text)[1]) == ["\x07", "领", "😀"]


def test_half_a_character_is_printed_by_its_number():
    assert fonts.printable("a\ud800") == ("a[U+D800]", {"\ud800": [1]})


def test_a_package_of_fonts_that_is_not_installed_is_named():
    for package in ("no_such_fonts", "this"):  # the second one is a module without a folder
        with pytest.raises(
            RenderError,
            match=rf"fonts of {package}: expected an installed package, got none\. Run `make briefs`",
        ):
            fonts._folder(package)


def test_every_cut_is_a_file_and_none_is_another():
    found = fonts.files()
    assert set(found) == {"Light", "Regular", "Semibold", "Bold", "It", "BoldIt", "Japanese"}
    assert all(path.is_file() for path in found.values())
    assert len(set(found.values())) == 7


@pytest.mark.parametrize("links", [True, False])
def test_the_compiler_is_given_the_chosen_cuts_alone_linked_or_copied(links, monkeypatch):
    def refuse(self: Path, target: Path) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(fonts, "_HELD", [])
    if not links:
        monkeypatch.setattr(Path, "symlink_to", refuse)
    fonts.book.__wrapped__()
    (folder,) = fonts._HELD
    found = list(Path(folder.name).iterdir())
    assert {path.name for path in found} == {path.name for path in fonts.files().values()}
    assert {path.is_symlink() for path in found} == {links}
