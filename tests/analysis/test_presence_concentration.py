"""Dissimilarity, Lorenz curve and Gini, by hand and against what chance gives."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from helpers.analysis import chance, concentration
from helpers.errors import AnalysisError


def frame(observed, presence):
    places = [f"{n:03}" for n in range(len(observed))]
    return pd.DataFrame({"place": places, "observed": observed, "presence": presence})


def test_dissimilarity_is_the_part_of_the_events_that_would_have_to_move():
    # 6, 3, 1 of ten events beside shares of 0.3, 0.3, 0.4: three of ten events have to move to the last place.
    assert concentration.dissimilarity([6, 3, 1], [3, 3, 4]) == pytest.approx(0.3)
    assert concentration.dissimilarity([1, 2, 3], [10, 20, 30]) == pytest.approx(0)
    assert concentration.dissimilarity([5, 0], [0, 5]) == pytest.approx(1)


def test_dissimilarity_is_the_largest_distance_of_the_lorenz_curve_from_the_diagonal():
    """Duncan and Duncan 1955, p. 211: the index is the maximum vertical distance between the two."""
    rng = chance.generator(8)
    for _ in range(20):
        a, p = rng.integers(0, 40, 17) + (np.arange(17) == 0), rng.integers(1, 40, 17)
        curve = concentration.lorenz(frame(a, p))
        assert (curve["presence"] - curve["activity"]).max() == pytest.approx(
            concentration.dissimilarity(a, p)
        )


def test_the_interval_is_the_basic_interval_of_scipy_over_resampled_events():
    counts, presence = [9, 4, 6, 1], np.array([3.0, 2, 4, 1])

    def by_pairs(sample):
        """Return the Gini coefficient by its other formula, half the mean difference of ratios between places."""
        a, p = np.bincount(sample, minlength=4) / len(sample), presence / presence.sum()
        return sum(p[i] * p[j] * abs(a[i] / p[i] - a[j] / p[j]) for i in range(4) for j in range(4)) / 2

    def moved(sample):
        return np.abs(np.bincount(sample, minlength=4) / len(sample) - presence / presence.sum()).sum() / 2

    events = np.repeat(np.arange(4), counts)
    found = concentration.concentration(frame(counts, presence), seed=7, resamples=299)
    for statistic, own in (
        (by_pairs, (found.gini_low, found.gini_high)),
        (moved, (found.d_low, found.d_high)),
    ):
        plain = stats.bootstrap(
            (events,),
            statistic,
            n_resamples=299,
            batch=1000,
            vectorized=False,
            method="basic",
            rng=chance.generator(7),
        ).confidence_interval
        assert own == (pytest.approx(max(0, plain.low)), pytest.approx(plain.high))


def test_the_lorenz_curve_begins_with_the_least_activity_for_its_presence():
    curve = concentration.lorenz(frame([6, 3, 1], [3, 3, 4]))
    assert curve["place"].tolist() == ["", "002", "001", "000"]
    assert curve["presence"].tolist() == pytest.approx([0, 0.4, 0.7, 1])
    assert curve["activity"].tolist() == pytest.approx([0, 0.1, 0.4, 1])


def test_gini_is_one_less_twice_the_area_under_the_curve():
    # Trapezoids of the curve above: (0.1 x 0.4 + 0.5 x 0.3 + 1.4 x 0.3) / 2 = 0.305; 1 - 2 x 0.305 = 0.39.
    assert concentration.gini([6, 3, 1], [3, 3, 4]) == pytest.approx(0.39)
    curve = concentration.lorenz(frame([6, 3, 1], [3, 3, 4]))
    area = np.trapezoid(curve["activity"], curve["presence"])
    assert concentration.gini([6, 3, 1], [3, 3, 4]) == pytest.approx(1 - 2 * area)


def test_gini_over_equal_presence_is_that_of_incomes():
    # Incomes 1 to 5: the coefficient is 2 x (1 + 4 + 9 + 16 + 25) / (5 x 15) - 6 / 5 = 4/15.
    assert concentration.gini([1, 2, 3, 4, 5], [1] * 5) == pytest.approx(4 / 15)


def test_gini_is_never_below_dissimilarity_and_both_are_zero_together():
    rng = chance.generator(3)
    for _ in range(50):
        a, p = rng.integers(0, 30, 12) + (np.arange(12) == 0), rng.integers(1, 30, 12)
        assert concentration.gini(a, p) >= concentration.dissimilarity(a, p) - 1e-12
    assert concentration.gini([2, 4], [1, 2]) == pytest.approx(0)


def test_activity_without_presence_stands_at_the_end_of_the_curve():
    assert concentration.lorenz(frame([1, 3], [0, 5]))["place"].tolist() == ["", "001", "000"]


def test_many_counts_at_once_give_what_each_gives_alone():
    both = concentration.gini([[6, 3, 1], [1, 1, 1]], [3, 3, 4])
    assert both.tolist() == pytest.approx([0.39, float(concentration.gini([1, 1, 1], [3, 3, 4]))])


def test_the_same_seed_gives_the_same_numbers_in_whatever_order_the_rows_come():
    rows = frame([60, 25, 5, 10, 0], [30, 30, 20, 15, 5])
    first = concentration.concentration(rows, seed=5, resamples=499)
    assert concentration.concentration(rows.iloc[::-1], seed=5, resamples=499) == first
    assert concentration.concentration(rows, seed=6, resamples=499) != first


def test_a_planted_gap_lies_beyond_chance_and_its_interval_holds_it():
    found = concentration.concentration(frame([120, 40, 40], [50, 50, 50]), seed=5, resamples=999)
    assert found.d == pytest.approx(0.6 - 1 / 3)
    assert found.d_low < found.d < found.d_high
    assert found.d_chance_high < found.d_low
    assert found.p == 1 / 1000  # the observed one alone among 999 throws


def test_an_interval_ends_at_zero_where_no_value_lies_below():
    found = concentration.concentration(frame([3, 3, 3], [1, 1, 1]), seed=5, resamples=99)
    assert (found.d, found.d_low, found.d_high) == (0, 0, 0)
    assert (found.gini_low, found.gini_high) == (0, 0)


def test_thrown_events_follow_the_shares_and_are_all_there():
    thrown = concentration.thrown_by_presence(100, [1, 3], seed=1, draws=2000)
    assert (thrown.sum(axis=1) == 100).all()
    assert thrown.mean(axis=0) == pytest.approx([25, 75], abs=0.5)


def test_the_first_throws_of_the_documented_seed_are_the_same_on_every_machine():
    thrown = concentration.thrown_by_presence(10, [1, 2, 3], seed=chance.SEED, draws=3)
    uniform = np.random.Generator(np.random.PCG64(20170426)).random((3, 10)).tolist()
    by_hand = [
        [sum(a <= u < b for u in row) for a, b in ((0, 1 / 6), (1 / 6, 0.5), (0.5, 1))] for row in uniform
    ]
    assert thrown.tolist() == by_hand
    assert thrown.tolist()[0] == [0, 3, 7]


def test_parts_of_events_have_no_interval_and_empty_counts_no_shares():
    with pytest.raises(AnalysisError, match="interval over events: expected whole counts"):
        concentration.concentration(frame([0.5, 2], [1, 1]), seed=1)
    with pytest.raises(AnalysisError, match="shares: expected amounts of zero or more with a positive sum"):
        concentration.dissimilarity([0, 0], [1, 1])


def test_throws_that_only_equal_what_was_observed_reach_it():
    # two of three throws reach 0.5, and the observed itself counts: 3 of 4
    assert concentration.p_by_chance(0.5, np.array([0.5, 0.7, 0.2])) == 0.75
