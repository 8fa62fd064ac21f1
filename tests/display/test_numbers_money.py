"""Money in both languages: one amount, two ways of writing it."""

from __future__ import annotations

import pytest

from helpers.display import numbers
from helpers.errors import AnalysisError


@pytest.mark.parametrize(
    ("value", "en", "ja"),
    [
        (0, "$0", "0ドル"),
        (950_000, "$950,000", "95万ドル"),
        (999_999.5, "$1.00 million", "100万ドル"),
        (7_250_000, "$7.25 million", "725万ドル"),
        (9_995_000, "$10.0 million", "1,000万ドル"),
        (95_430_000, "$95.4 million", "9,540万ドル"),
        (99_950_000, "$100 million", "1億ドル"),
        (720e6, "$720 million", "7.2億ドル"),
        (999.4e6, "$999 million", "9.99億ドル"),
        (999.5e6, "$1.0 billion", "10億ドル"),
        (999.95e6, "$1.0 billion", "10億ドル"),
        (1.05e9, "$1.1 billion", "11億ドル"),
        (11.59e9, "$11.6 billion", "116億ドル"),
        (74_729_967_807, "$74.7 billion", "747億ドル"),
        (679.0e9, "$679.0 billion", "6,790億ドル"),
        (999.94e9, "$999.9 billion", "9,999億ドル"),
        (999.95e9, "$1.0 trillion", "1兆ドル"),
        (1.2e12, "$1.2 trillion", "1.2兆ドル"),
        (-60_069_664_896, "−$60.1 billion", "−601億ドル"),
        (-0.2, "$0", "0ドル"),
    ],
    ids=str,
)
def test_dollars_are_the_same_amount_in_both_languages(value: float, en: str, ja: str) -> None:
    assert numbers.dollars(value, "en") == en
    assert numbers.dollars(value, "ja") == ja


@pytest.mark.parametrize(
    ("value", "en", "ja"),
    [
        (11.59e9, "$11.59 billion", "115.9億ドル"),
        (1.0784e12, "$1.08 trillion", "1.08兆ドル"),
    ],
    ids=str,
)
def test_a_second_decimal_is_given_on_demand(value: float, en: str, ja: str) -> None:
    assert numbers.dollars(value, "en", places=2) == en
    assert numbers.dollars(value, "ja", places=2) == ja


def test_tiles_have_short_units() -> None:
    amounts = [720e6, 11.59e9, 1.2e12]
    assert [numbers.dollars(v, "en", style="short") for v in amounts] == ["$720 m", "$11.6 bn", "$1.2 tn"]
    assert [numbers.dollars(v, "ja", style="short") for v in amounts] == [
        "7.2億ドル",
        "116億ドル",
        "1.2兆ドル",
    ]
    with pytest.raises(AnalysisError, match="'long' or 'short', got 'tiny'"):
        numbers.dollars(1, "en", style="tiny")


def test_yen_stay_in_yen() -> None:
    assert numbers.yen(570e6, "en") == "¥570 million"
    assert numbers.yen(570e6, "ja") == "5.7億円"


@pytest.mark.parametrize(
    ("value", "places", "en", "ja"),
    [
        (679.0e9, 1, "679.0", "6,790"),
        (11.59e9, 1, "11.6", "116"),
        (11.59e9, 2, "11.59", "115.9"),
        (0.04e9, 1, "<0.1", "1未満"),
        (0.004e9, 2, "<0.01", "0.1未満"),
        (0.05e9, 1, "0.1", "1"),
        (0.0, 1, "0.0", "0"),
        (-60.07e9, 1, "−60.1", "−601"),
    ],
    ids=str,
)
def test_table_columns_have_one_unit(value: float, places: int, en: str, ja: str) -> None:
    assert numbers.billions(value, "en", places=places) == en
    assert numbers.billions(value, "ja", places=places) == ja


@pytest.mark.parametrize(
    ("value", "en", "ja"),
    [
        (36_245_000, "36", "36"),
        (5_812.4e6, "5,812", "5,812"),
        (500_000, "1", "1"),
        (499_999, "<1", "1未満"),
        (0, "0", "0"),
    ],
    ids=str,
)
def test_a_column_of_millions_shows_no_zero_for_what_is_more(value: float, en: str, ja: str) -> None:
    assert (numbers.millions(value, "en"), numbers.millions(value, "ja")) == (en, ja)
