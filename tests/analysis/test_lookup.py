"""Rows by their key, as a mask over the whole table would find them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.analysis.lookup import Lookup
from helpers.errors import AnalysisError

FRAME = pd.DataFrame(
    {
        "year": [2020, 2021, 2021, 2021],
        "partner": ["JPN", "JPN", "CAN", "JPN"],
        "kind": ["", None, "a", "a"],
        "value": [1.0, 2.0, np.nan, 4.0],
        "vintage": ["x", "x", "x", "y"],
    },
    index=[7, 7, 9, 11],
)


@pytest.fixture
def load():
    return Lookup({"t": FRAME}.__getitem__)


@pytest.mark.parametrize(
    ("where", "vintage", "rows"),
    [
        ({"year": 2021, "partner": "JPN"}, "", [1, 3]),
        ({"year": 2021, "partner": "JPN"}, "y", [3]),
        ({"year": 2021, "partner": ["JPN", "CAN"]}, "x", [1, 2]),
        ({"partner": ["CAN"]}, "", [2]),
        ({"kind": None}, "", [1]),
        ({"kind": ""}, "", [0]),
        ({"value": None}, "", [2]),
        ({"year": 2021.0, "value": 4}, "", [3]),
        ({"year": "2021"}, "", []),
        ({}, "", [0, 1, 2, 3]),
        ({}, "y", [3]),
    ],
)
def test_rows_are_those_whose_columns_hold_what_is_asked(load, where, vintage, rows):
    for _ in range(2):  # from the table, then from its index
        assert load.rows("t", where, vintage).index.tolist() == rows


def test_a_table_without_editions_has_rows_of_any(load):
    plain = Lookup({"t": FRAME.drop(columns="vintage")}.__getitem__)
    assert plain.rows("t", {"year": 2020}, "z").index.tolist() == [0]


def test_a_column_that_is_not_there_is_named(load):
    with pytest.raises(AnalysisError, match=r"a column of 'year'.*'years'"):
        load.rows("t", {"years": 2021})


def test_a_table_is_read_once_and_what_is_kept_is_made_once():
    asked = []

    def read(name):
        asked.append(name)
        return FRAME

    load = Lookup(read)
    load.rows("t", {"year": 2021})
    load.rows("t", {"partner": "JPN"})
    assert asked == ["t"]
    assert load.keep("k", lambda: FRAME) is FRAME
    assert load.keep("k", lambda: pytest.fail("made twice")) is FRAME
