"""Numbers in both languages, worked by hand."""

from __future__ import annotations

import doctest
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from helpers.display import numbers, rounding, words
from helpers.errors import AnalysisError, ParameterError


@pytest.mark.parametrize(
    ("value", "quantum", "expected"),
    [
        (0.5, "1", "1"),
        (1.5, "1", "2"),
        (2.5, "1", "3"),
        (-2.5, "1", "-3"),
        (2.675, "0.01", "2.68"),  # the float is a hair below
        (1.005, "0.01", "1.01"),
        (0.05, "0.1", "0.1"),
        (np.float64(0.25), "0.1", "0.3"),
        (np.int64(25), "10", "30"),
        (Decimal("0.449"), "0.1", "0.4"),
        (1e-9, "0.1", "0"),
    ],
    ids=str,
)
def test_halves_are_rounded_away_from_zero_from_the_number_as_written(
    value: object, quantum: str, expected: str
) -> None:
    assert rounding.rounded(value, Decimal(quantum)) == Decimal(expected)


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), pd.NA, "12", True], ids=repr)
def test_what_is_no_number_is_never_printed_as_one(value: object) -> None:
    with pytest.raises(AnalysisError, match=r"a finite number, got .* Say in words what is missing"):
        numbers.number(value, "en")


def test_missing_has_words_of_its_own() -> None:
    assert [numbers.missing(lang) for lang in ("en", "ja")] == ["not published", "未公表"]
    assert [numbers.missing(lang, "suppressed") for lang in ("en", "ja")] == ["confidential", "秘匿"]
    with pytest.raises(AnalysisError, match=r"one of 'not_published', .* got 'lost'"):
        numbers.missing("en", "lost")


@pytest.mark.parametrize(
    "printed",
    [
        lambda lang: numbers.number(1, lang),
        lambda lang: numbers.dollars(1, lang),
        lambda lang: numbers.rank(1, lang),
        lambda lang: numbers.missing(lang),
        lambda lang: numbers.date("2021-11-02", lang),
        lambda lang: numbers.fiscal_year(2021, lang),
    ],
    ids=["number", "dollars", "rank", "missing", "date", "fiscal year"],
)
def test_a_language_that_is_neither_is_refused(printed) -> None:
    with pytest.raises(ParameterError, match="one of 'en', 'ja', got 'fr'"):
        printed("fr")


@pytest.mark.parametrize(
    ("value", "places", "signed", "expected"),
    [
        (47_500, 0, False, "47,500"),
        (0, 1, True, "0.0"),
        (-0.04, 1, False, "0.0"),
        (-1.65, 1, False, "−1.7"),
        (1.65, 1, True, "+1.7"),
        (0.3, 1, True, "+0.3"),
        (999.95, 1, False, "1,000.0"),
    ],
    ids=str,
)
def test_digits_are_the_same_in_both_languages(
    value: float, places: int, signed: bool, expected: str
) -> None:
    for lang in ("en", "ja"):
        assert numbers.number(value, lang, places, signed=signed) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (0, 1, "0"),
        (9_999, 1, "9,999"),
        (10_000, 1, "1万"),
        (10_001, 1, "1万1"),
        (47_500, 1, "4万7,500"),
        (973_800, 1, "97万3,800"),
        (3_512_323, 1, "351万2,323"),
        (99_999_999, 1, "9,999万9,999"),
        (99_999_999, 10_000, "1億"),
        (99_995_000, 10_000, "1億"),  # 9999.5万
        (99_994_999, 10_000, "9,999万"),
        (9_999_500, 10_000, "1,000万"),
        (4_999, 10_000, "0"),
        (5_000, 10_000, "1万"),
        (100_000_001, 1, "1億1"),
        (999_999_999_999, 10_000, "1兆"),
        (1_080_000_000_000, 1, "1兆800億"),
        (-47_500, 1, "−4万7,500"),
        (-99_999_999, 10_000, "−1億"),
        (9_999.5, 1, "1万"),
    ],
    ids=str,
)
def test_japanese_units_carry(value: float, unit: int, expected: str) -> None:
    assert numbers.myriad(value, unit) == expected


@pytest.mark.parametrize(
    ("value", "thing", "en", "ja"),
    [
        (973_800, "job", "973,800 jobs", "97万3,800人"),
        (1, "job", "1 job", "1人"),
        (0, "event", "0 events", "0件"),
        (881_224, "participant", "881,224 participants", "88万1,224人"),
        (221, "partner", "221 partners", "221か国・地域"),
        (51, "state", "51 states", "51州"),
        (47_500, "", "47,500", "4万7,500"),
    ],
    ids=str,
)
def test_counts_take_their_counter(value: int, thing: str, en: str, ja: str) -> None:
    assert numbers.count(value, "en", thing) == en
    assert numbers.count(value, "ja", thing) == ja


def test_an_unknown_counted_thing_lists_the_known_ones() -> None:
    with pytest.raises(AnalysisError, match=r"one of 'case', 'company', .* got 'horse'"):
        numbers.count(3, "en", "horse")


@pytest.mark.parametrize(
    ("value", "en", "ja"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (12.46, "12", "12"),  # once, not by way of 12.5
        (973_800, "974,000", "97万4,000"),
        (999_500, "1.00 million", "100万"),
        (3_512_323, "3.51 million", "351万"),
        (7_950_000, "7.95 million", "795万"),
        (123_456_789, "123 million", "1億2,300万"),
        (999_500_000, "1.00 billion", "10億"),
        (-3_512_323, "−3.51 million", "−351万"),
    ],
    ids=str,
)
def test_counts_in_sentences_have_three_significant_figures(value: int, en: str, ja: str) -> None:
    assert numbers.approximate(value, "en") == en
    assert numbers.approximate(value, "ja") == ja


@pytest.mark.parametrize(
    ("value", "en", "ja"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (5_600, "5.6k", "5,600"),
        (9_950, "10k", "1万"),
        (11_600, "12k", "1.2万"),
        (47_500, "48k", "4.8万"),
        (124_700, "125k", "12.5万"),
        (999_499, "999k", "99.9万"),
        (999_500, "1m", "100万"),
        (3_512_323, "3.5m", "350万"),
        (11.59e9, "11.6bn", "116億"),
        (4.56e12, "4.6tn", "4.6兆"),
        (-47_500, "−48k", "−4.8万"),
    ],
    ids=str,
)
def test_tiles_get_short_forms(value: float, en: str, ja: str) -> None:
    assert numbers.compact(value, "en") == en
    assert numbers.compact(value, "ja") == ja


@pytest.mark.parametrize(
    ("share", "en", "ja"),
    [
        (0, "0.0%", "0.0%"),
        (0.06, "6.0%", "6.0%"),
        (0.0595, "6.0%", "6.0%"),  # half away from zero
        (0.134, "13.4%", "13.4%"),
        (1, "100.0%", "100.0%"),
        (0.9996, "100.0%", "100.0%"),
        (-0.055, "−5.5%", "−5.5%"),
        (0.0005, "0.1%", "0.1%"),
        (0.0004, "<0.1%", "0.1%未満"),
        (-0.0004, "0.0%", "0.0%"),
    ],
    ids=str,
)
def test_shares_are_fractions_printed_with_one_decimal(share: float, en: str, ja: str) -> None:
    assert numbers.percent(share, "en") == en
    assert numbers.percent(share, "ja") == ja


def test_changes_in_percent_carry_their_sign() -> None:
    assert numbers.percent(0.032, "en", signed=True) == "+3.2%"
    assert numbers.percent(0.0001, "en", signed=True) == "0.0%"


@pytest.mark.parametrize(
    ("change", "en", "ja"),
    [
        (0.017, "+1.7 points", "+1.7ポイント"),
        (-0.007, "−0.7 points", "−0.7ポイント"),
        (0, "0.0 points", "0.0ポイント"),
        (-0.0004, "0.0 points", "0.0ポイント"),
    ],
    ids=str,
)
def test_differences_of_shares_are_points(change: float, en: str, ja: str) -> None:
    assert numbers.points(change, "en") == en
    assert numbers.points(change, "ja") == ja


@pytest.mark.parametrize(
    ("items", "en", "ja"),
    [
        (["a"], "a", "a"),
        (["a", "b"], "a and b", "a、b"),
        (["a", "b", "c"], "a, b and c", "a、b、c"),
    ],
    ids=len,
)
def test_lists_are_joined_in_words(items: list[str], en: str, ja: str) -> None:
    assert numbers.join(items, "en") == en
    assert numbers.join(items, "ja") == ja


def test_an_empty_list_is_not_silently_nothing() -> None:
    with pytest.raises(AnalysisError, match="at least one item, got none"):
        numbers.join([], "en")


@pytest.mark.parametrize("module", [numbers, rounding, words], ids=lambda module: module.__name__)
def test_the_examples_in_the_documentation_hold(module) -> None:
    assert doctest.testmod(module).failed == 0
