"""Ranks and bands on tables drawn at random, against every way in which their cells could be filled in.

The tables are small enough to try every completion with whole numbers. They are synthetic, and the same ones every
time (``derandomize``).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.analysis import ranking, suppression
from helpers.analysis.suppression import Total

TOP = 6
"""The largest number in a cell that is drawn."""

often = settings(deadline=None, derandomize=True, max_examples=80)
NAMES = "abcdef"
Cell = tuple[int | None, float, float]
PLACES = ["best", "worst"]


@st.composite
def cells(draw: Any, truth: int, top: int = TOP) -> Cell:
    """Return a cell as it could be published: exact, rounded, under a size letter, or (D)."""
    kind = draw(st.sampled_from(["exact", "exact", "rounded", "letter", "(D)"]))
    if kind == "exact":
        return truth, truth, truth
    if kind == "rounded":
        return truth, max(truth - 1, 0), truth + 1
    if kind == "(D)":
        return None, np.nan, np.nan
    return None, draw(st.integers(0, truth)), draw(st.integers(truth, top))


@st.composite
def rows(draw: Any, *, least: int = 2, most: int = 4) -> list[Cell]:
    """Return one row of cells."""
    truths = draw(st.lists(st.integers(0, TOP), min_size=least, max_size=most))
    return [draw(cells(truth)) for truth in truths]


@st.composite
def tables(draw: Any) -> tuple[pd.DataFrame, list[Total]]:
    """Return a table of two rows and their columns with some of its totals, each exact or rounded."""
    wide = draw(st.integers(2, 3))
    truth = np.array(draw(st.lists(st.integers(0, 2), min_size=2 * wide, max_size=2 * wide))).reshape(2, wide)
    found: dict[tuple[str, str], Cell] = {}
    for (r, c), figure in np.ndenumerate(truth):
        found[f"r{r}", NAMES[c]] = draw(cells(int(figure), top=3))
    totals = []
    for r in range(2):
        if draw(st.booleans()):
            found[f"r{r}", "all"] = rounded(draw, int(truth[r].sum()))
            totals.append(Total((f"r{r}", "all"), tuple((f"r{r}", NAMES[c]) for c in range(wide))))
    for c in range(wide):
        if draw(st.booleans()):
            more = draw(st.integers(0, 2))
            found["all", NAMES[c]] = rounded(draw, int(truth[:, c].sum()) + more)
            totals.append(Total(("all", NAMES[c]), (("r0", NAMES[c]), ("r1", NAMES[c])), complete=False))
    frame = pd.DataFrame(list(found.values()), columns=["value", "low", "high"], dtype=float)
    frame.index = pd.MultiIndex.from_tuples(found)
    return frame.assign(partner=[key[1] for key in found]), totals


def rounded(draw: Any, figure: int) -> Cell:
    half = draw(st.integers(0, 1))
    return figure, max(figure - half, 0), figure + half


def frame_of(row: list[Cell]) -> pd.DataFrame:
    frame = pd.DataFrame(row, columns=["value", "low", "high"], dtype=float)
    return frame.assign(partner=list(NAMES[: len(row)]))


def league(frame: pd.DataFrame, **options: Any) -> pd.DataFrame:
    return ranking.league(frame, low="low", high="high", hidden=(0, TOP), **options)


def fillings(spans: list[tuple[float, float]]) -> np.ndarray:
    """Return every choice of one whole number from each interval: a row a choice."""
    ranges = [np.arange(int(low), int(high) + 1) for low, high in spans]
    return np.stack(np.meshgrid(*ranges, indexing="ij"), axis=-1).reshape(-1, len(spans))


def ranks_of(readings: np.ndarray) -> list[tuple[int, int]]:
    """Return, for each column of the readings, the best and the worst rank that occur."""
    ranks = 1 + (readings[:, None, :] > readings[:, :, None]).sum(axis=2)
    return list(zip(ranks.min(axis=0).tolist(), ranks.max(axis=0).tolist(), strict=True))


def completions(frame: pd.DataFrame, totals: list[Total], limit: int) -> tuple[list[Any], np.ndarray]:
    """Return the keys of the parts, and every filling of them that agrees with all intervals and totals.

    A cell that no total limits goes up to `limit`: further up are completions too, which are not tried.
    """
    wholes = {one.whole for one in totals}
    parts = [key for key in frame.index if key not in wholes]
    spans = []
    for key in parts:
        low, high = frame.loc[key, ["low", "high"]]
        ceilings = [frame.loc[one.whole, "high"] for one in totals if key in one.parts]
        top = min([high, *ceilings]) if high == high else min([limit, *ceilings])
        spans.append((0 if np.isnan(low) else low, top))
    found = fillings(spans)
    for one in totals:
        held = found[:, [parts.index(key) for key in one.parts]].sum(axis=1)
        low, high = frame.loc[one.whole, ["low", "high"]]
        fits = (held <= high) & ((held >= low) | (not one.complete))
        found = found[fits]
    return parts, found


@often
@given(rows())
def test_a_band_has_exactly_the_best_and_the_worst_rank_of_every_completion(row: list[Cell]) -> None:
    ranks = league(frame_of(row)).sort_values("partner")
    spans = [(low, high) if low == low else (0, TOP) for _, low, high in row]
    assert list(zip(ranks["best"], ranks["worst"], strict=True)) == ranks_of(fillings(spans))


@often
@given(tables())
def test_a_band_under_totals_holds_the_rank_of_every_completion(drawn: tuple) -> None:
    frame, totals = drawn
    row = [key for key in frame.index if key[0] == "r0" and key[1] != "all"]
    ranks = suppression.league(frame, totals, row).set_index("partner")
    parts, readings = completions(frame, totals, limit=5)
    assert len(readings)
    possible = ranks_of(readings[:, [parts.index(key) for key in row]])
    for (_, partner), (best, worst) in zip(row, possible, strict=True):
        assert ranks.loc[partner, "best"] <= best <= worst <= ranks.loc[partner, "worst"]


@often
@given(tables())
def test_totals_only_ever_narrow_a_band_and_show_no_bound(drawn: tuple) -> None:
    frame, totals = drawn
    row = [key for key in frame.index if key[0] == "r0" and key[1] != "all"]
    loose = suppression.league(frame, [], row).set_index("partner").sort_index()
    tight = suppression.league(frame, totals, row).set_index("partner").sort_index()
    assert (loose["best"] <= tight["best"]).all()
    assert (tight["worst"] <= loose["worst"]).all()
    pd.testing.assert_frame_equal(loose[["value", "low", "high"]], tight[["value", "low", "high"]])


@often
@given(st.lists(st.integers(0, 3), min_size=2, max_size=3), st.data())
def test_under_a_single_total_the_ends_of_every_bound_are_attained(truth: list[int], data: Any) -> None:
    keys = [("r0", NAMES[n]) for n in range(len(truth))]
    found = {key: data.draw(cells(figure)) for key, figure in zip(keys, truth, strict=True)}
    found["r0", "all"] = rounded(data.draw, sum(truth))
    frame = pd.DataFrame(list(found.values()), columns=["value", "low", "high"], dtype=float)
    frame.index = pd.MultiIndex.from_tuples(found)
    total = Total(("r0", "all"), tuple(keys))
    reach = suppression.bounds(frame, [total])
    parts, readings = completions(frame, [total], limit=10)
    for key in keys:
        if pd.isna(frame.loc[key, "value"]):
            column = readings[:, parts.index(key)]
            assert tuple(reach.loc[key]) == (column.min(), column.max())


@often
@given(rows(), st.randoms(use_true_random=False))
def test_ranks_do_not_depend_on_the_order_of_the_rows(row: list[Cell], chance: Any) -> None:
    frame = frame_of(row)
    order = list(range(len(row)))
    chance.shuffle(order)
    pd.testing.assert_frame_equal(league(frame.iloc[order]), league(frame))


@often
@given(rows(), st.sampled_from([0.001, 0.1, 100.0, 1e6]))
def test_ranks_do_not_depend_on_the_unit(row: list[Cell], unit: float) -> None:
    frame = frame_of(row)
    scaled = frame.assign(**{c: frame[c] * unit for c in ("value", "low", "high")})
    columns = ["partner", "rank", "tied", *PLACES, "of"]
    converted = ranking.league(scaled, low="low", high="high", hidden=(0, TOP * unit))
    pd.testing.assert_frame_equal(converted[columns], league(frame)[columns])


@often
@given(rows())
def test_who_ties_with_another_is_tied_with_by_it_and_both_have_one_rank(row: list[Cell]) -> None:
    ranks = league(frame_of(row))
    standings = {name: ranking.standing(ranks, name) for name in ranks["partner"]}
    for name, one in standings.items():
        for other in one.tied_with:
            assert name in standings[other].tied_with
            assert standings[other].rank == one.rank
        assert one.tied == bool(one.tied_with)


@often
@given(rows(), st.data())
def test_a_rank_lies_in_its_band_and_all_bands_lie_in_the_universe(row: list[Cell], data: Any) -> None:
    ranks = league(frame_of(row))
    assert ranks["best"].between(1, ranks["worst"]).all()
    assert (ranks["worst"] <= len(row)).all()
    ranked = ranks.dropna(subset="rank")
    assert ranked["rank"].between(ranked["best"], ranked["worst"]).all()


@often
@given(st.lists(st.integers(1, TOP), min_size=1, max_size=3))
def test_a_confidential_cell_never_acts_as_zero(published: list[int]) -> None:
    row: list[Cell] = [(figure, figure, figure) for figure in published]
    hidden = league(frame_of([*row, (None, np.nan, TOP + 1.0)])).set_index("partner")
    zero = league(frame_of([*row, (0, 0, 0)])).set_index("partner")
    last = NAMES[len(row)]
    assert pd.isna(hidden.loc[last, "rank"])
    assert (hidden.loc[last, "best"], hidden.loc[last, "worst"]) == (1, len(row) + 1)
    assert (hidden["worst"].drop(last) == zero["worst"].drop(last) + 1).all()
    assert (hidden["rank"].drop(last) == zero["rank"].drop(last)).all()


@often
@given(rows())
def test_distances_are_positive_and_go_both_ways(row: list[Cell]) -> None:
    ranks = league(frame_of(row))
    for name in ranks.dropna(subset="rank")["partner"]:
        one = ranking.standing(ranks, name)
        if one.above is not None:
            other = ranking.standing(ranks, one.above.entity).below
            assert one.above.gap > 0
            assert other is not None
            assert other.gap == one.above.gap
            assert name in (other.entity, *other.also)
