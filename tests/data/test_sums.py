"""Partners against the total that came with them: more is wrong always, less where nothing is suppressed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.data import catalog, changes, sums


def jobs(*cells):
    frame = pd.DataFrame(cells, columns=["partner", "value", "low", "high", "flag"])
    return frame.assign(year=2097, state="TN", vintage="2098", released="2098-12-31", source="bea-mne-api")


def found(frame, table="jobs_state", **how):
    card = catalog.find(table)
    empty = changes.normal(frame, card).head(0)
    return sums.of(changes.compare(card, empty, changes.normal(frame, card)), whole=how.get("whole", True))


WORLD = ("WLD", 1000.0, 950.0, 1050.0, "")


@pytest.mark.parametrize(
    ("cells", "ok"),
    [
        (
            [("JPN", 600.0, 550.0, 650.0, ""), ("GBR", 500.0, 450.0, 550.0, "")],
            True,
        ),  # 1,000 at least: within 1,050
        ([("JPN", 600.0, 550.0, 650.0, ""), ("GBR", 600.0, 550.0, 650.0, "")], False),  # 1,100 at least
        (
            [("JPN", 600.0, 550.0, 650.0, ""), ("GBR", np.nan, np.nan, np.nan, "(D)")],
            True,
        ),  # (D) may be small
        ([("JPN", 600.0, 550.0, 650.0, ""), ("GBR", np.nan, 2500, 4999, "H")], False),  # H is 2,500 at least
        (
            [("JPN", 100.0, 50.0, 150.0, "")],
            True,
        ),  # others are suppressed or residual: short is no fault of jobs
    ],
    ids=["rounding", "above", "suppressed", "letter", "short"],
)
def test_jobs_may_not_exceed_their_total(cells, ok):
    checks = found(jobs(*cells, WORLD))
    assert [check.ok for check in checks] == [ok]


def test_a_total_that_is_suppressed_bounds_nothing():
    checks = found(jobs(("JPN", 600.0, 550.0, 650.0, ""), ("WLD", np.nan, np.nan, np.nan, "(D)")))
    assert [check.ok for check in checks] == [True]


def trade(*cells):
    frame = pd.DataFrame(cells, columns=["partner", "value_musd"])
    return frame.assign(
        year=2097, flow="exports", months=12, vintage="2098", released="2098-12-31", source="census-api-hs"
    )


@pytest.mark.parametrize(
    ("japan", "mexico", "whole", "ok"),
    [
        (600.0, 5_000.0, True, [True, True]),
        (500.0, 4_000.0, True, [True, False]),
        (500.0, 4_000.0, False, [True]),
        (700.0, 5_000.0, True, [False, True]),
        (603.0, 5_000.0, True, [True, True]),
    ],
    ids=["adds-up", "cut-short", "part-of-a-file", "above", "a-little-above"],
)
def test_trade_must_reach_its_total_where_the_publisher_gave_everything(japan, mexico, whole, ok):
    frame = trade(("JPN", japan), ("CAN", 4_400.0), ("MEX", mexico), ("WLD", 10_000.0), ("EUU", 999.0))
    checks = found(frame, "goods_trade", whole=whole)
    assert [check.ok for check in checks] == ok
    assert [check.detail for check in checks if not check.ok] == ["'2097 exports 2098'"] * ok.count(False)


def test_a_table_without_a_total_or_with_negative_figures_has_no_such_check():
    assert found(jobs(("JPN", 600.0, 550.0, 650.0, ""))) == []
    for table, year in (("fdi_position", 2019), ("state_context", 2018)):  # positions below zero; no partners
        rows = catalog.load(table, year=year)
        assert len(rows)
        assert found(rows, table) == []


def test_a_sum_beyond_its_total_is_told_with_the_largest_excess():
    # At most 1,050, and 0.02 percent more: 1,050.21. Tennessee has 1,100 at least, Ohio 1,200.
    japan = ("JPN", 600.0, 550.0, 650.0, "")
    both = [
        jobs(japan, ("GBR", value, value - 50, value + 50, ""), WORLD).assign(state=state)
        for state, value in (("TN", 600.0), ("OH", 700.0))
    ]
    (check,) = found(pd.concat(both, ignore_index=True))
    assert (check.ok, check.got) == (False, "2 beyond, by up to 150")
    assert check.detail == "'2097 OH 2098', '2097 TN 2098'"
    (check,) = found(jobs(japan, WORLD))
    assert (check.got, check.detail) == ("0 beyond", "")
