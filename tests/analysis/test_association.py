"""Spearman's rho with permutation p, BCa interval, leave-one-out, partial and Holm, against worked examples."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from helpers.analysis import association, chance
from helpers.errors import AnalysisError

# Intelligence and hours of television of ten persons, the worked example of the textbooks: rho = -29/165.
IQ = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110]
HOURS = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17]


def frame(x, y, **more):
    return pd.DataFrame({"place": [f"{n:03}" for n in range(len(x))], "x": x, "y": y, **more})


def found(x, y, *, seed=1, resamples=999, **more):
    return association.associate(
        frame(x, y, **more), "x", "y", seed=seed, controls=tuple(more), resamples=resamples
    )


def test_rho_is_that_of_the_textbook():
    assert association.spearman(frame(IQ, HOURS), "x", "y") == pytest.approx(-29 / 165)


def test_rho_with_ties_is_the_documented_one_of_scipy():
    """Documentation of scipy.stats.spearmanr: 0.8207826816681233."""
    assert association.spearman(frame([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]), "x", "y") == pytest.approx(
        0.8207826816681233, abs=1e-15
    )


def test_doubled_ranks_are_whole_and_centred():
    assert association.doubled_ranks(pd.Series([7, 9, 9, 11])).tolist() == [-3, 0, 0, 3]


@pytest.mark.parametrize(
    ("second", "rho", "p"),
    # Exact table of Spearman's rho at n = 5 (Kendall, Rank Correlation Methods, appendix table 2): of 120 orders one
    # gives 1.0 and five give 0.9 or more; both tails.
    [([1, 2, 3, 4, 5], 1.0, 2 / 120), ([1, 2, 3, 5, 4], 0.9, 10 / 120)],
)
def test_for_few_places_p_is_exact(second, rho, p):
    one = found([1, 2, 3, 4, 5], second)
    assert (one.exact, one.rho, one.p) == (True, pytest.approx(rho), pytest.approx(p))


def test_exact_p_with_ties_counts_all_orders():
    x, y = [1, 2, 2, 4, 5, 6], [2, 1, 3, 3, 6, 5]
    one = found(x, y, resamples=999)
    a, b = stats.rankdata(x), stats.rankdata(y)
    sums = np.array([np.dot(order, b) for order in itertools.permutations(a)])
    own = np.dot(a, b)
    tails = np.mean(sums >= own - 1e-9), np.mean(sums <= own + 1e-9)
    assert one.p == pytest.approx(min(1.0, 2 * min(tails)))


def test_permutation_p_is_near_the_exact_one_where_not_all_orders_are_tried():
    # n = 10, rho = -0.1758: P(rho <= -0.1758) lies near 0.31 (exact tables), so two-sided near 0.63.
    one = found(IQ, HOURS, resamples=9999)
    assert not one.exact
    assert one.p == pytest.approx(0.63, abs=0.02)
    assert one.p != stats.spearmanr(IQ, HOURS).pvalue


def test_the_interval_is_the_bca_interval_of_scipy():
    one = found(IQ, HOURS, seed=7, resamples=999)
    plain = stats.bootstrap(
        (np.array(IQ, float), np.array(HOURS, float)),
        lambda x, y: stats.spearmanr(x, y).statistic,
        paired=True,
        vectorized=False,
        n_resamples=999,
        batch=2000,
        method="BCa",
        rng=chance.generator(7),
    ).confidence_interval
    assert (one.low, one.high) == (pytest.approx(plain.low), pytest.approx(plain.high))


def test_where_all_resamples_agree_there_is_no_interval():
    one = found([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6])
    assert (one.rho, one.low, one.high) == (1.0, None, None)


def test_leave_one_out_names_the_place_that_moves_rho_most():
    # Without the last place the two orders are each other's reverse; with it rho = 1 - 6 x 20 / (5 x 24) = 0.
    one = found([1, 2, 3, 4, 9], [4, 3, 2, 1, 9])
    assert one.rho == pytest.approx(0)
    assert one.moves_most == "004"
    assert one.left_out.iloc[0][["rho", "change"]].tolist() == pytest.approx([-1, -1])
    assert len(one.left_out) == 5


def test_partial_is_the_formula_of_three_rank_correlations():
    x, y, z = [1, 3, 2, 5, 4, 7, 6, 8], [2, 1, 4, 3, 6, 5, 8, 7], [1, 2, 3, 4, 5, 6, 7, 8]
    xy, xz, yz = (stats.spearmanr(a, b).statistic for a, b in ((x, y), (x, z), (y, z)))
    by_formula = (xy - xz * yz) / math.sqrt((1 - xz**2) * (1 - yz**2))
    one = found(x, y, z=z)
    assert one.controls == ("z",)
    assert one.partial == pytest.approx(by_formula)
    assert 0 < one.partial_p <= 1


def test_partial_takes_out_what_both_follow():
    rng = chance.generator(4)
    size = rng.permutation(60).astype(float)
    x, y = size + rng.random(60) * 4, size + rng.random(60) * 4
    one = found(x.tolist(), y.tolist(), size=size.tolist())
    assert one.rho > 0.98
    assert abs(one.partial) < 0.4


def test_without_controls_there_is_no_partial():
    assert (found(IQ, HOURS).partial, found(IQ, HOURS).partial_p) == (None, None)


def test_what_the_control_explains_wholly_has_no_partial():
    assert found(IQ, HOURS, z=HOURS).partial is None


@pytest.mark.parametrize(("rho", "n"), [(0.1, 783), (0.3, 85)])
def test_smallest_detectable_gives_the_published_numbers(rho, n):
    """Cohen, A power primer (Psychological Bulletin 112, 1992), table 2: N for r at power 0.80, two-sided 0.05."""
    assert association.smallest_detectable(n) <= rho < association.smallest_detectable(n - 1)


def test_smallest_detectable_at_the_numbers_of_places_at_hand():
    found_at = {n: round(association.smallest_detectable(n), 2) for n in (51, 17, 14, 13)}
    assert found_at == {51: 0.38, 17: 0.63, 14: 0.69, 13: 0.71}


def test_smallest_detectable_is_found_in_four_of_five_draws():
    rng, n = chance.generator(9), 51
    rho = association.smallest_detectable(n)
    x = rng.standard_normal((4000, n))
    y = rho * x + math.sqrt(1 - rho**2) * rng.standard_normal((4000, n))
    found_share = np.mean([stats.pearsonr(a, b).pvalue < 0.05 for a, b in zip(x, y, strict=True)])
    assert found_share == pytest.approx(0.80, abs=0.02)


def test_holm_gives_the_worked_example():
    """Holm 1979 as worked in the textbooks: p 0.01, 0.04, 0.03, 0.005 become 0.03, 0.06, 0.06, 0.02."""
    base = found(IQ, HOURS)
    grid = {
        k: association.Association(**{**vars(base), "p": p})
        for k, p in zip("abcd", (0.01, 0.04, 0.03, 0.005), strict=True)
    }
    table = association.holm(grid)
    assert table["p_holm"].tolist() == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert table["rejected"].tolist() == [True, False, False, True]


def test_an_empty_grid_is_an_empty_table():
    assert association.holm({}).empty


def test_the_same_seed_gives_the_same_numbers_in_whatever_order_the_rows_come():
    rows = frame(IQ, HOURS)
    one = association.associate(rows, "x", "y", seed=3, resamples=499)
    other = association.associate(rows.sample(frac=1, random_state=1), "x", "y", seed=3, resamples=499)
    assert (one.p, one.low, one.high) == (other.p, other.low, other.high)
    assert one.left_out.equals(other.left_out)
    assert found(IQ, HOURS, seed=4, resamples=499).low != one.low


def test_a_row_with_a_gap_takes_no_part():
    assert found([*IQ, None], [*HOURS, 3]).n == 10


def test_a_partial_correlation_needs_a_place_more_for_each_control():
    """Rho of x and y 0.8, x and size 0.9, y and size 0.6: 0.26 / sqrt(0.19 * 0.64). Its p counts all 120 orders.

    Less what the centred ranks of the size (-2, -1, 0, 2, 1) explain, those of x are -0.2, -0.1, 0, -0.8, 1.1 and those
    of y 0.2, -1.4, 1, -1.2, 1.4, with a sum of products of 2.6.
    """
    x, y, size = [1, 2, 3, 4, 5], [2, 1, 4, 3, 5], [1, 2, 3, 5, 4]
    one = found(x, y, size=size)
    assert one.partial == pytest.approx(0.26 / math.sqrt(0.19 * 0.64))
    of_y = (0.2, -1.4, 1, -1.2, 1.4)
    orders = itertools.permutations((-0.2, -0.1, 0, -0.8, 1.1))
    reached = sum(sum(a * b for a, b in zip(order, of_y, strict=True)) >= 2.6 - 1e-9 for order in orders)
    assert one.partial_p == pytest.approx(2 * reached / 120)
    with pytest.raises(
        AnalysisError, match=r"partial correlation: expected more places, got 4\. Drop a control"
    ):
        found(x[:4], y[:4], size=[1, 3, 2, 4])


def test_of_places_that_move_rho_alike_the_first_comes_first():
    """Rho is 0.9; of the four left without one of the first three places 0.8, without one of the others 1."""
    left = found([1, 2, 3, 4, 5], [1, 2, 3, 5, 4]).left_out
    assert left["place"].tolist() == ["000", "001", "002", "003", "004"]
    assert left["rho"].tolist() == pytest.approx([0.8, 0.8, 0.8, 1, 1])
    assert left["change"].tolist() == pytest.approx([-0.1, -0.1, -0.1, 0.1, 0.1])


def test_a_measure_of_two_values_varies():
    assert found([1, 2, 3, 4], [0, 1, 0, 1]).n == 4


def test_of_three_places_no_rho_can_be_detected():
    with pytest.raises(AnalysisError, match="smallest detectable rho: expected four places or more, got 3"):
        association.smallest_detectable(3)


def test_too_few_places_a_place_twice_and_a_flat_measure_are_refused():
    with pytest.raises(AnalysisError, match=r"association of x and y: expected 4 places or more .*, got 3"):
        found([1, 2, 3], [1, 2, 3])
    twice = pd.concat([frame(IQ, HOURS)] * 2)
    with pytest.raises(AnalysisError, match="expected each place once, got again '000', '001'"):
        association.associate(twice, "x", "y", seed=1)
    with pytest.raises(AnalysisError, match="expected figures that vary, got one value in 'y'"):
        found([1, 2, 3, 4], [5, 5, 5, 5])


def test_no_association_is_found_no_more_often_than_the_level():
    """500 draws of 17 places without association: at a level of 0.05 at most 25 plus 2.6 standard errors."""
    rng = chance.generator(11)
    p = [
        association._permuted(  # the p that `associate` gives, without its bootstrap
            association.doubled_ranks(pd.Series(rng.random(17))),
            association.doubled_ranks(pd.Series(rng.integers(0, 40, 17))),
            draw,
            199,
        )
        for draw in range(500)
    ]
    assert sum(value <= 0.05 for value in p) <= 37
    assert np.mean(p) == pytest.approx(0.5, abs=0.05)
