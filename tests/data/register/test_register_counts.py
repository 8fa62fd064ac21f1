"""Headcounts as they are typed, and those that are no exact number of persons."""

from __future__ import annotations

import pytest

from helpers.data.register import counts
from helpers.data.register.problems import Refused


@pytest.mark.parametrize(
    ("cell", "persons"),
    [
        (120, 120),
        (120.0, 120),
        (0, 0),
        ("0", 0),
        ("1200", 1200),
        ("1,200", 1200),
        ("１，２００", 1200),
        ("1200人", 1200),
        ("1,200名", 1200),
        ("1万2,000", 12_000),
        ("1.2万人", 12_000),
        ("３万", 30_000),
        ("1億2万3", 100_020_003),
        ("1億", 100_000_000),
        ("1億9,999万9,999", 199_999_999),
        ("1,234万5,678", 12_345_678),
        ("12 persons", 12),
        ("5 People", 5),
        ("１ Ｐｅｒｓｏｎ", 1),
        ("1.2345万", 12_345),
        ("120.0", 120),
    ],
)
def test_a_headcount_is_read_in_each_of_its_forms(cell, persons):
    assert counts.headcount(cell) == persons


@pytest.mark.parametrize(
    "cell",
    [
        "約200",
        "およそ1万",
        "about 200",
        "200人以上",
        "200余名",
        "数百",
        "多数",
        "many",
        "人",
        "100～200",
        "1,2000",
        "12,00",
        "1.5",
        "1.23456万",
        "1万20,000",
        "1億12,000万",
        "1億10,000万",
        "1万10,000",
        "-5",
        "▲5",
        -5,
        120.5,
        True,
        "1e3",
    ],
)
def test_words_parts_of_persons_and_negative_numbers_are_refused(cell):
    with pytest.raises(Refused, match="a whole number of persons, zero or more"):
        counts.headcount(cell)


def test_what_is_wrong_with_words_is_said():
    with pytest.raises(Refused, match="a whole number of persons") as caught:
        counts.headcount("約200")
    assert "約" in caught.value.todo
    for cell in ("-5", "▲1,200", "△5", "−5"):
        with pytest.raises(Refused, match="a whole number of persons") as caught:
            counts.headcount(cell)
        assert caught.value.todo == "Correct it."
