"""Bands against brute force: every reading of the intervals on a grid, ranked by counting."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from helpers.analysis.ranking import league

# (published value or None, low, high), all on a grid of whole numbers
TABLES = {
    "exact": [(3, 3, 3), (1, 1, 1), (2, 2, 2)],
    "rounded": [(4, 3, 5), (5, 4, 6), (2, 1, 3)],
    "equal values": [(4, 3, 5), (4, 3, 5), (4, 4, 4)],
    "touching": [(4, 3, 5), (6, 5, 7), (1, 1, 3)],
    "hidden overlaps": [(4, 4, 4), (None, 2, 6), (3, 3, 3), (6, 6, 6)],
    "hidden above": [(2, 1, 3), (None, 4, 6), (None, 5, 6), (1, 1, 1)],
    "hidden below": [(5, 5, 6), (None, 0, 2), (3, 3, 3)],
    "nested": [(4, 0, 8), (4, 3, 5), (None, 4, 4), (5, 5, 5)],
    "negative": [(-2, -3, -1), (-2, -2, -2), (1, -1, 2)],
}


def frame_of(rows: list[tuple[int | None, int, int]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["value", "low", "high"]).assign(partner=list("abcdef"[: len(rows)]))


def possible_ranks(rows: list[tuple[int | None, int, int]]) -> list[set[int]]:
    found: list[set[int]] = [set() for _ in rows]
    for reading in itertools.product(*(range(low, high + 1) for _, low, high in rows)):
        for i, own in enumerate(reading):
            found[i].add(1 + sum(other > own for other in reading))
    return found


@pytest.mark.parametrize("rows", TABLES.values(), ids=TABLES)
def test_a_band_runs_from_the_best_to_the_worst_rank_of_any_reading(rows: list) -> None:
    ranks = league(frame_of(rows), low="low", high="high").sort_values("partner")
    expected = [(min(possible), max(possible)) for possible in possible_ranks(rows)]
    assert list(zip(ranks["best"], ranks["worst"], strict=True)) == expected


@pytest.mark.parametrize("rows", TABLES.values(), ids=TABLES)
def test_a_rank_lies_in_its_band_and_only_hidden_values_lack_one(rows: list) -> None:
    ranks = league(frame_of(rows), low="low", high="high")
    assert (ranks["rank"].isna() == ranks["value"].isna()).all()
    ranked = ranks.dropna(subset="rank")
    assert ranked["rank"].between(ranked["best"], ranked["worst"]).all()


@pytest.mark.parametrize("rows", TABLES.values(), ids=TABLES)
def test_ranks_do_not_depend_on_the_order_of_the_rows(rows: list) -> None:
    frame = frame_of(rows)
    expected = league(frame, low="low", high="high")
    for order in itertools.permutations(range(len(frame))):
        shuffled = league(frame.iloc[list(order)], low="low", high="high")
        pd.testing.assert_frame_equal(shuffled, expected)


@pytest.mark.parametrize("unit", [1_000_000, 0.001, 0.1], ids=str)
@pytest.mark.parametrize("rows", TABLES.values(), ids=TABLES)
def test_ranks_do_not_depend_on_the_unit(rows: list, unit: float) -> None:
    frame = frame_of(rows)
    scaled = frame.assign(**{c: frame[c] * unit for c in ("value", "low", "high")})
    columns = ["partner", "rank", "tied", "best", "worst", "of"]
    pd.testing.assert_frame_equal(
        league(scaled, low="low", high="high")[columns], league(frame, low="low", high="high")[columns]
    )


@pytest.mark.parametrize("rows", TABLES.values(), ids=TABLES)
def test_ties_go_both_ways(rows: list) -> None:
    ranks = league(frame_of(rows), low="low", high="high")
    for row in ranks.itertuples():
        partners = (ranks["value"] == row.value).sum() - 1
        assert row.tied == (partners > 0)
    pairs = ranks[ranks["tied"]].merge(ranks, on="value")
    assert (pairs["rank_x"] == pairs["rank_y"]).all()
