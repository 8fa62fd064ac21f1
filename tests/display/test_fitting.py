"""How wide the columns of a table are on paper, worked out by hand: 8.64 pt an em, 481.89 pt a page, 232.44 pt half."""

from __future__ import annotations

import math

import pytest

from helpers.display.fitting import Fitting, Words, fitted, on_one_line, shared


def close(*columns: float | str) -> list[object]:
    return [one if isinstance(one, str) else pytest.approx(one, abs=0.01) for one in columns]


def test_a_table_that_fits_has_columns_as_wide_as_their_widest_words() -> None:
    """(10 + 0.75) and (4 + 1.5) and (6 + 0.75) em of 8.64 pt, and 1 pt more in each."""
    found = fitted([Words([10, 3], 3), Words([4, 4], 1, left=False), Words([5, 5], 6)], "full")
    assert list(found.columns) == close(93.88, 48.52, 59.32)
    assert (found.size, found.breaks) == (1, False)


def test_a_table_that_just_fits_has_less_slack_and_ends_where_the_page_does() -> None:
    """55.75 em are 481.68 pt: of the 481.89 pt 0.21 are left, half of it for each column."""
    found = fitted([Words([27], 1), Words([27.25], 1)], "full")
    assert list(found.columns) == close(27.75 * 8.64 + 0.105, 28 * 8.64 + 0.105)


def test_in_half_a_page_the_first_column_of_words_takes_what_is_left() -> None:
    table = [Words([1], 2, left=False), Words([8], 1), Words([3], 1)]
    assert list(fitted(table, "half").columns) == close(2.75 * 8.64 + 1, "1fr", 3.75 * 8.64 + 1)
    numbers = [words._replace(left=False) for words in table]
    assert list(fitted(numbers, "half").columns) == close(2.75 * 8.64 + 1, 9.5 * 8.64 + 1, 3.75 * 8.64 + 1)


def test_in_a_table_that_is_too_wide_short_columns_stay_whole_and_long_heads_go_on_two_lines() -> None:
    """Short ones: 2 em under a head of 6 em, 6 * 8.64 / 2 + 6 = 31.92 pt, with 1 pt and 1.5 em 45.88 pt; and 4 em.

    4 * 8.64 + 1 + 12.96 = 48.52 pt; the long column has the rest. A head of 5 em stays whole: 57.16 pt.
    """
    found = fitted([Words([2], 6), Words([60], 3), Words([4], 5.5 / 2)], "full")
    assert list(found.columns) == close(45.88, 481.89 - 45.88 - 48.52, 48.52)
    assert found.size == 1
    assert list(fitted([Words([2], 5), Words([60], 3)], "full").columns) == close(57.16, 481.89 - 57.16)


def test_a_table_with_a_word_too_many_for_every_size_is_left_to_the_compiler() -> None:
    """Twenty columns of 8 em are 160 em; a page has 64 of the smallest."""
    found = fitted([Words([8], 1)] * 20, "full")
    assert found == (("auto",) * 20, 0.87, False)
    assert fitted([Words([8] * 12, 1)] * 20, "full") == (("auto",) * 20, 0.87, False)
    assert fitted([Words([8] * 13, 1)] * 20, "full") == (("auto",) * 20, 0.87, True)


@pytest.mark.parametrize(("rows", "breaks"), [(0, False), (12, False), (13, True)])
def test_a_table_of_more_than_twelve_rows_may_go_on_on_the_next_page(rows: int, breaks: bool) -> None:
    assert fitted([Words([4] * rows, 2)], "full").breaks is breaks


@pytest.mark.parametrize(("rows", "breaks"), [(3, False), (4, True)])
def test_a_table_of_more_than_about_twelve_lines_may_too(rows: int, breaks: bool) -> None:
    """The long column has (481.89 - 48.52 - 12.96) / 8.64 = 48.66 em, 46.46 a line: 130 em are three lines.

    Three rows and the head are ten lines, four and the head thirteen.
    """
    assert fitted([Words([4] * rows, 3), Words([130] * rows, 3)], "full").breaks is breaks


@pytest.mark.parametrize(
    ("rows", "long", "size", "last"), [(2, 50, 0.93, 122.54), (1, 50, 1, 95.86), (1, 57, 0.93, 122.54)]
)
def test_the_type_gets_smaller_where_long_columns_are_narrow_and_three_lines_are_saved(
    rows: int, long: int, size: float, last: float
) -> None:
    """Four columns of 8.9 em and one of 1 em leave 9.59 em, under a fifth of the page: 7.39 a line, 50 em are seven.

    At 0.93 they leave 13.75 em, 11.55 a line: five. Two rows and the head are 15 lines, then 11 * 0.93 = 10.2; one row
    and the head are 8, then 6 * 0.93 = 5.6, not three fewer. 57 em are eight lines, then five: 9, then 5.6, are.
    """
    short = [Words([8.9] * rows, 1)] * 4 + [Words([1] * rows, 1)]
    found = fitted([*short, Words([long] * rows, 1)], "full")
    assert found.size == size
    assert found.columns[-1] == pytest.approx(last, abs=0.01)


def test_long_columns_share_the_room_so_that_the_lines_are_few_and_even() -> None:
    """32 em in sixteenths, cells of 4 and 48 em. A column of w em holds w on one line, else w - 2.2 a line.

    8 + 24, 10 + 22 and 12 + 20 em take three lines a row (48 / 21.8, 19.8, 17.8), 14 + 18 four; of the three the first
    is the most even: 4 / 8 + 48 / 24 = 2.5, before 2.58 and 2.73. 6 em are too narrow. The heads take one line.
    """
    assert shared([Words([4, 4], 2), Words([48, 48], 2)], 32) == ([8, 24], 7)


def test_a_hair_more_than_a_line_is_no_line_more() -> None:
    """A single column of 10 em holds 7.8 em a line: 15.6 em are two lines, and so are 15.64; 15.66 are three."""
    assert shared([Words([15.64], 2)], 10) == ([10], 3)
    assert shared([Words([15.66], 2)], 10) == ([10], 4)


def test_a_long_column_is_as_wide_as_its_longest_name_where_that_can_be() -> None:
    """32 em in sixteenths: a name of 9 em leaves 10 + 22 as the first of the three ways with the fewest lines.

    Names of 20 and 14 em have no room together: the columns are as they would be without them.
    """
    assert shared([Words([4, 4], 2, least=9), Words([48, 48], 2)], 32) == ([10, 22], 7)
    assert shared([Words([4, 4], 2, least=20), Words([48, 48], 2, least=14)], 32) == ([8, 24], 7)


def test_columns_too_narrow_for_their_words_share_evenly_and_count_as_no_answer() -> None:
    assert shared([Words([9], 2)] * 3, 20) == ([pytest.approx(20 / 3)] * 3, math.inf)


def test_a_cell_stands_on_one_line_if_its_words_are_no_wider_than_its_column() -> None:
    """Of 100 pt the first column has 93.52 for words (0.75 em are 6.48 pt), the last likewise, the middle one 87.04."""
    table = [Words([10.8, 10.9], 1), Words([10.0, 10.1], 1), Words([10.8, 10.9], 1)]
    assert on_one_line(table, Fitting((100.0, 100.0, 100.0), 1, False)) == [[True, False]] * 3
    assert on_one_line(table[:2], Fitting(("1fr", "auto"), 1, False)) == [[True, True], [False, False]]
