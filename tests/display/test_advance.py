"""How wide words are in print, by the fonts' own tables of advance widths."""

from __future__ import annotations

import pytest

from helpers.display import advance


def test_japanese_characters_are_one_em_wide() -> None:
    assert advance.width("貿易、国内。") == pytest.approx(6.0)


def test_latin_words_add_up_the_advances_of_their_letters() -> None:
    # hmtx of SourceSansPro-Regular.ttf, 1000 units an em: T 536, o 542, n 547 (ttx -t hmtx)
    assert advance.width("Ton") == pytest.approx(1.625)


def test_semibold_is_wider_and_emphasis_counts_as_semibold() -> None:
    assert advance.width("Tennessee", bold=True) > advance.width("Tennessee")
    assert advance.width("**Tennessee**") == pytest.approx(advance.width("Tennessee", bold=True))


def test_the_widest_of_several_lines_counts() -> None:
    assert advance.width("国内\n国内外") == pytest.approx(3.0)


def test_a_character_that_no_font_has_counts_as_one_em() -> None:
    assert advance.width("\U0001f600") == pytest.approx(1.0)
