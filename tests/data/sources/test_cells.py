"""Cells of the publishers' tables: numbers, markers, letters."""

from __future__ import annotations

import doctest
import math

import pandas as pd
import pytest

from helpers.data.sources import cells, partners, released
from helpers.data.sources.answer import SourceError


@pytest.mark.parametrize("module", [cells, partners, released], ids=lambda module: module.__name__)
def test_the_examples_hold(module):
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize(
    ("text", "number"),
    [("7,862.2", 7862.2), ("0", 0), ("-1,200", -1200), (" 5 ", 5), (".5", 0.5), ("1234567", 1234567)],
)
def test_a_printed_number_is_read_without_its_commas(text, number):
    assert cells.number(text) == number


@pytest.mark.parametrize("text", ["", "1,23", "12,3456", "(D)", "1e5", "nan", "1.2.3", "-", "1 000"])
def test_what_is_no_number_is_none(text):
    assert math.isnan(cells.number(text))


def test_dollars_are_whole_and_a_decimal_is_refused():
    assert cells.whole(pd.Series(["1,621,873,792,910", "0"]), "x").tolist() == [1_621_873_792_910, 0]
    with pytest.raises(SourceError, match=r"x: expected whole numbers, got '1\.5', '1,23', '', '-3'"):
        cells.whole(pd.Series(["1.5", "1,23", "", "-3", "7"]), "x")


def test_jobs_are_persons_within_fifty_and_never_below_zero():
    found = cells.jobs(pd.Series(["20.9", "0.0", "0.1", "0.02"]), "x")
    assert found["value"].tolist() == [20900, 0, 100, 20]
    assert found["low"].tolist() == [20850, 0, 50, 0]
    assert found["high"].tolist() == [20950, 0, 150, 70]


def test_more_decimals_than_are_printed_may_be_thousands_and_are_refused():
    """Read as decimals, 1.234 thousand persons would be 1,234 of them, and 644.733 million 645 of 644,733."""
    with pytest.raises(
        SourceError, match=r"x: expected numbers with at most 2 decimals, got '1\.234'\. Nothing"
    ):
        cells.jobs(pd.Series(["1.23", "1.234", "(D)"]), "x")
    with pytest.raises(
        SourceError, match=r"x: expected numbers with at most 0 decimals, got '644\.733', '-0\.5'"
    ):
        cells.money(pd.Series(["644.733", "-0.5", "7", "(*)"]), "x")


def test_negative_jobs_are_refused():
    with pytest.raises(SourceError, match=r"no negative number of employees, got '-1\.0'"):
        cells.jobs(pd.Series(["-1.0"]), "x")


def test_a_size_letter_has_the_bounds_of_its_class():
    """The classes that the 1991-92 BEA state tables, read into jobs_state_1990s, have: A, F to J."""
    found = cells.jobs(pd.Series(["A", "F", "G", "H", "I", "J"]), "x")
    assert found["low"].tolist() == [1, 500, 1000, 2500, 5000, 10000]
    assert found["high"].tolist() == [499, 999, 2499, 4999, 9999, 24999]
    assert found["value"].isna().all()


def test_the_larger_size_letters_go_on_to_a_class_without_an_upper_bound():
    """K is 25,000 to 49,999, L is 50,000 to 99,999, M is 100,000 or more."""
    found = cells.jobs(pd.Series(["K", "L", "M"]), "x")
    assert found["low"].tolist() == [25_000, 50_000, 100_000]
    assert found["high"].fillna(-1).tolist() == [49_999, 99_999, -1]


def test_every_spelling_of_a_suppressed_cell_is_the_one_that_our_tables_keep():
    found = cells.money(pd.Series(["(D)", "(/D/)", "D", " (D) "]), "x")
    assert found["flag"].tolist() == ["(D)"] * 4
    assert found["value"].isna().all()


def test_amounts_of_money_have_no_letters():
    with pytest.raises(SourceError, match=r"got 'A', 'n\.s\.'"):
        cells.money(pd.Series(["1", "(D)", "A", "n.s."]), "x")


def test_a_small_amount_is_no_zero():
    found = cells.money(pd.Series(["(*)", "0", "(D)", "--", "-3"]), "x")
    assert found["flag"].tolist() == ["(*)", "", "(D)", "--", ""]
    assert found["value"].isna().tolist() == [True, False, True, True, False]
