"""Breaking words, keeping labels apart, choosing years: answers worked by hand."""

from __future__ import annotations

import pytest

from helpers.display.charts import layout


def test_labels_that_do_not_meet_stay_where_they_are() -> None:
    assert layout.spread([10, 40, 70], [10, 10, 10], 0, 100) == [10, 40, 70]


def test_two_labels_at_one_place_move_half_a_height_each() -> None:
    assert layout.spread([50, 50], [10, 10], 0, 100) == [45, 55]


def test_a_crowd_keeps_its_order_and_its_mean() -> None:
    # three labels of height 10 wanted at 50, 51, 52: centred on 51, ten apart
    assert layout.spread([52, 50, 51], [10, 10, 10], 0, 100) == [61, 41, 51]


def test_labels_of_two_heights_stand_half_their_sum_apart() -> None:
    low, high = layout.spread([50, 50], [10, 20], 0, 100)
    assert high - low == pytest.approx(15)


def test_labels_stay_inside_the_edges() -> None:
    assert layout.spread([99, 100], [10, 10], 0, 100) == [85, 95]
    assert layout.spread([0, 1], [10, 10], 0, 100) == [5, 15]


def test_no_label_gives_no_place() -> None:
    assert layout.spread([], [], 0, 1) == []


def test_english_breaks_at_spaces_only() -> None:
    words = "United Kingdom, Isle of Man"
    broken = layout.wrap(words, 70)
    assert broken.replace("\n", " ") == words
    assert broken.count("\n") == 1
    assert layout.width(broken) <= 70


def test_lines_are_about_equally_long() -> None:
    # filled greedily the second line would hold one letter
    one, two = layout.wrap(
        "対面の参加者が混在する可能性", layout.width("対面の参加者が混在する可能") + 1
    ).split("\n")
    assert abs(len(one) - len(two)) <= 2


def test_a_katakana_word_is_not_broken_if_it_fits_a_line() -> None:
    assert "オンライン" in layout.wrap("第5回会合：オンラインと対面", 70)


def test_a_katakana_word_wider_than_the_room_is_broken() -> None:
    assert layout.width(layout.wrap("ノースカロライナ", 30)) <= 30


@pytest.mark.parametrize("room", [20, 26, 33, 41, 58])
def test_no_line_starts_with_closing_punctuation(room: float) -> None:
    for line in layout.wrap("英国（マン島を含む）、その他。", room).split("\n"):
        assert line[0] not in "）、。ー"
        assert not line.endswith("（")


def test_a_year_and_its_unit_stay_together() -> None:
    assert layout.wrap("令和3年度", 26) == "令和3\n年度"


def test_all_years_are_printed_when_they_fit() -> None:
    assert layout.years_that_fit([2014, 2015, 2016], 200, layout.year) == [2014, 2015, 2016]


def test_a_long_axis_prints_first_last_and_round_years_clear_of_both() -> None:
    years = layout.years_that_fit(list(range(1985, 2025)), 400, layout.year)
    assert years == [1985, 1990, 1995, 2000, 2005, 2010, 2015, 2020, 2024]


def test_a_single_year_is_printed_once() -> None:
    assert layout.years_that_fit([2019], 100, layout.year) == [2019]


def test_levels_start_at_zero_and_reach_above_the_largest() -> None:
    levels = layout.ticks(0, 24.3)
    assert levels[0] == 0
    assert levels[-1] >= 24.3


@pytest.mark.parametrize(
    ("high", "levels"),
    [
        (0.091, [0, 0.05, 0.1]),
        (0.079, [0, 0.02, 0.04, 0.06, 0.08]),
        (0.243, [0, 0.1, 0.2, 0.3]),
        (910, [0, 500, 1000]),
    ],
)
def test_levels_are_ones_twos_or_fives_that_need_no_further_decimal(high: float, levels: list[float]) -> None:
    assert layout.ticks(0, high) == pytest.approx(levels)


@pytest.mark.parametrize(
    ("value", "words"), [(3512323, "3,512,323"), (5.46, "5.5"), (6.0, "6"), (0, "0"), (-1234.5, "-1,234.5")]
)
def test_the_default_format_has_separators_and_one_decimal(value: float, words: str) -> None:
    assert layout.plain(value) == words


@pytest.mark.parametrize("room", [30, 40, 50, 60, 70])
def test_a_number_and_its_counter_stay_together(room: float) -> None:
    assert "第8回" in layout.wrap("フォローアップ第8回、行動計画4.0", room)
