"""Ordinals, ranks and bands in words."""

from __future__ import annotations

import doctest

import pytest

from helpers.display import numbers, ranks
from helpers.errors import AnalysisError


@pytest.mark.parametrize(
    ("n", "en"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (10, "10th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (22, "22nd"),
        (101, "101st"),
        (111, "111th"),
        (113, "113th"),
        (221, "221st"),
    ],
)
def test_ordinals_have_their_ending(n: int, en: str) -> None:
    assert numbers.ordinal(n, "en") == en
    assert numbers.ordinal(n, "ja") == f"第{n}位"


def test_an_ordinal_takes_another_japanese_counter() -> None:
    assert numbers.ordinal(3, "ja", ja_counter="回") == "第3回"


def test_sentences_have_words_up_to_the_tenth() -> None:
    assert [numbers.ordinal_word(n, "en") for n in (1, 2, 4, 10, 11)] == [
        "first",
        "second",
        "fourth",
        "tenth",
        "11th",
    ]
    assert numbers.ordinal_word(2, "ja") == "第2位"


@pytest.mark.parametrize(
    ("options", "en", "ja"),
    [
        ({}, "4th", "第4位"),
        ({"of": 221}, "4th of 221", "221か国・地域中第4位"),
        ({"of": 14, "universe": "state"}, "4th of 14", "14州中第4位"),
        ({"tied": True}, "joint 4th", "4位タイ"),
        ({"tied": True, "of": 221}, "joint 4th of 221", "221か国・地域中4位タイ"),
        ({"style": "table"}, "4", "4位"),
        ({"style": "table", "tied": True}, "=4", "4位タイ"),
    ],
    ids=str,
)
def test_ranks_say_ties_and_universe(options: dict, en: str, ja: str) -> None:
    assert numbers.rank(4, "en", **options) == en
    assert numbers.rank(4, "ja", **options) == ja


def test_no_rank_is_said_in_words() -> None:
    assert numbers.rank(None, "en", of=5) == "not ranked"
    assert numbers.rank(None, "ja", of=5) == "順位なし"


def test_an_unknown_style_of_rank_is_refused() -> None:
    with pytest.raises(AnalysisError, match="'text' or 'table', got 'big'"):
        numbers.rank(1, "en", style="big")


@pytest.mark.parametrize(
    ("best", "worst", "en", "ja"),
    [
        (2, 3, "2nd–3rd possible", "第2～3位の可能性"),
        (1, 11, "1st–11th possible", "第1～11位の可能性"),
        (1, 1, "1st for certain", "第1位で確実"),
    ],
)
def test_bands_say_which_ranks_are_possible(best: int, worst: int, en: str, ja: str) -> None:
    assert numbers.band(best, worst, "en") == en
    assert numbers.band(best, worst, "ja") == ja


@pytest.mark.parametrize(
    ("nested", "flat"),
    [
        ("a (b)", "a (b)"),
        ("a (b) and c (d)", "a (b) and c (d)"),
        ("a (b (c)) d", "a (b, c) d"),
        ("a (b (c (d)) e) f", "a (b, c, d e) f"),
        ("a (withheld (D) here)", "a (withheld (D) here)"),
        ("甲（乙（丙））丁", "甲（乙、丙）丁"),
        ("甲（乙(c)）", "甲（乙(c)）"),
        ("a) b (c", "a) b (c"),
    ],
)
def test_no_bracket_stands_in_a_bracket(nested: str, flat: str) -> None:
    assert ranks.flattened(nested) == flat


def test_a_band_that_is_upside_down_is_refused() -> None:
    with pytest.raises(AnalysisError, match="best <= worst, got 3 and 2"):
        numbers.band(3, 2, "en")


@pytest.mark.parametrize("n", [0, -1, 2.5, True])
def test_only_whole_numbers_from_one_are_ranks(n: float) -> None:
    with pytest.raises(AnalysisError, match=f"a whole number from 1, got {n}"):
        numbers.ordinal(n, "en")  # type: ignore[arg-type]


def test_the_examples_in_the_documentation_hold() -> None:
    assert doctest.testmod(ranks).failed == 0
