"""Numbers of notes behind a word: three or more in a row stand as a run."""

from __future__ import annotations

import pytest

from helpers.press import notes


@pytest.mark.parametrize(
    ("numbers", "told"),
    [([7], "7"), ([1, 2], "1,2"), ([1, 2, 3], "1–3"), ([1, 3, 4, 5, 9], "1,3–5,9"), ([], "")],
)
def test_three_or_more_in_a_row_are_told_from_the_first_to_the_last(numbers, told):
    assert notes.runs(numbers) == told
