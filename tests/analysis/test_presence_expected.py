"""O/E with exact limits, the funnel, shrinkage and the gap index, against published tables and the libraries."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.discrete.discrete_model import NegativeBinomial

from helpers.analysis import counting, expected, presence
from helpers.errors import AnalysisError

# Lip cancer in the 56 counties of Scotland, 1975-1980 (Clayton and Kaldor, Biometrics 43, 1987, table 1; the rounded
# expected counts are those of Breslow and Clayton, JASA 88, 1993, and of the GeoBUGS example).
CASES = [
    9, 39, 11, 9, 15, 8, 26, 7, 6, 20, 13, 5, 3, 8, 17, 9, 2, 7, 9, 7, 16, 31, 11, 7, 19, 15, 7, 10, 16, 11,
    5, 3, 7, 8, 11, 9, 11, 8, 6, 4, 10, 8, 2, 6, 19, 3, 2, 3, 28, 6, 1, 1, 1, 1, 0, 0,
]  # fmt: skip
EXPECTED = [
    1.4, 8.7, 3.0, 2.5, 4.3, 2.4, 8.1, 2.3, 2.0, 6.6, 4.4, 1.8, 1.1, 3.3, 7.8, 4.6, 1.1, 4.2, 5.5, 4.4, 10.5,
    22.7, 8.8, 5.6, 15.5, 12.5, 6.0, 9.0, 14.4, 10.2, 4.8, 2.9, 7.0, 8.5, 12.3, 10.1, 12.7, 9.4, 7.2, 5.3, 18.8,
    15.8, 4.3, 14.6, 50.7, 8.2, 5.6, 9.3, 88.7, 19.6, 3.4, 3.6, 5.7, 7.0, 4.2, 1.8,
]  # fmt: skip
LIP = pd.DataFrame({"place": [f"{n:02}" for n in range(56)], "observed": CASES, "expected": EXPECTED})


def counted(**events):
    places = pd.DataFrame({"place": list(events), "events": list(events.values())})
    empty = pd.DataFrame()
    return counting.Counted("state", (), places, empty, empty, int(places["events"].sum()))


def measured(**amounts):
    values = pd.Series(amounts, dtype=float)
    frame = pd.DataFrame(
        {"place": values.index, "presence": values.to_numpy(), "share": (values / values.sum()).to_numpy()}
    )
    return presence.Presence("exports", "goods", "USD", 2018, "state", frame, {}, frame.iloc[:0], "t", "c")  # fmt: skip


def test_expected_is_the_total_by_the_share_and_the_gap_is_the_log_of_the_ratio():
    found = expected.beside(counted(A=6, B=2, C=0), measured(A=1, B=2, C=1)).set_index("place")
    assert found["expected"].tolist() == [2, 4, 2]
    assert found["ratio"].tolist() == [3, 0.5, 0]
    assert found.loc["A", "gap"] == pytest.approx(math.log(3))
    assert math.isnan(found.loc["C", "gap"])  # zero has no logarithm


def test_events_in_a_place_without_a_figure_take_no_part():
    found = expected.beside(counted(A=6, B=2, C=7), measured(A=1, B=1))
    assert found["expected"].tolist() == [4, 4]


def test_a_place_with_no_presence_has_no_ratio():
    found = expected.ratios(expected.beside(counted(A=6, B=2), measured(A=1, B=0))).set_index("place")
    assert found.loc["B", ["ratio", "gap", "low", "high"]].isna().all()


def test_levels_must_agree_and_an_event_must_be_there():
    districts = presence.by_district(measured(A=1), pd.DataFrame({"mission": ["m"], "area": ["A"]}))
    with pytest.raises(AnalysisError, match="activity beside presence: expected state, got group"):
        expected.beside(counted(A=1), districts)
    with pytest.raises(AnalysisError, match="expected at least one event, got none"):
        expected.beside(counted(A=0), measured(A=1))


def test_exact_limits_are_those_of_the_published_table():
    """Haenszel, Loveland and Sirken 1962, reprinted by Breslow and Day (IARC 1987, II, ch. 2): factors of O."""
    low, high = expected.exact_limits([1, 5, 10, 20])
    assert np.round(low / [1, 5, 10, 20], 3).tolist() == [0.025, 0.325, 0.48, 0.611]
    assert np.round(high / [1, 5, 10, 20], 2).tolist() == [5.57, 2.33, 1.84, 1.54]


def test_a_count_of_zero_has_the_limits_zero_and_three_point_seven():
    low, high = expected.exact_limits(0)
    assert (float(low), round(float(high), 3)) == (0.0, 3.689)  # -ln(0.025)


def test_a_split_count_has_no_exact_limits():
    frame = pd.DataFrame({"place": ["A", "B"], "observed": [2.5, 2.0], "expected": [2.0, 2.5]})
    assert expected.ratios(frame)["low"].isna().tolist() == [True, False]


def test_exact_limits_cover_at_least_at_their_level_for_every_mean():
    counts = np.arange(0, 400)
    low, high = expected.exact_limits(counts)
    for mean in np.concatenate([np.linspace(0.02, 20, 250), np.linspace(21, 200, 60)]):
        inside = (low <= mean) & (mean <= high)
        assert stats.poisson.pmf(counts[inside], mean).sum() >= 0.95 - 1e-12


@pytest.mark.parametrize(
    ("observed", "outside"),
    # Poisson with mean 10: P(X <= 3) = 0.0103, P(X <= 4) = 0.0293, P(X >= 17) = 0.0270, P(X >= 18) = 0.0143,
    # P(X <= 1) = 0.0005, P(X <= 2) = 0.0028, P(X >= 21) = 0.0016, P(X >= 22) = 0.0007 (Molina's tables).
    [(1, "far_below"), (2, "below"), (3, "below"), (4, ""), (17, ""), (18, "above"), (21, "above"), (22, "far_above")],
)  # fmt: skip
def test_a_place_lies_outside_the_funnel_by_its_exact_tail(observed, outside):
    frame = pd.DataFrame({"place": ["A"], "observed": [observed], "expected": [10.0]})
    assert expected.ratios(frame)["outside"].tolist() == [outside]


@pytest.mark.parametrize("level", expected.LEVELS)
def test_the_curve_of_the_funnel_parts_whole_counts_as_the_exact_tails_do(level):
    curve = expected.funnel(0.01, 60, levels=[level])
    assert (curve["low"] <= 1).all()
    assert (curve["high"] >= 1).all()
    for row in curve.itertuples():
        counts = np.arange(0, 120)
        few = stats.poisson.cdf(counts, row.expected) < (1 - level) / 2
        many = stats.poisson.sf(counts - 1, row.expected) < (1 - level) / 2
        assert (few == (counts < row.low * row.expected - 1e-9)).all()
        assert (many == (counts > row.high * row.expected + 1e-9)).all()


def test_limits_of_the_ratio_leave_out_one_just_where_the_funnel_does():
    rng = np.random.Generator(np.random.PCG64(1))
    frame = pd.DataFrame({"place": [f"{n:03}" for n in range(300)], "expected": rng.uniform(0.2, 40, 300)})
    found = expected.ratios(frame.assign(observed=rng.poisson(frame["expected"])))
    crosses = (found["low"] > 1) | (found["high"] < 1)
    assert (crosses == (found["outside"] != "")).all()


def test_the_gamma_poisson_fit_is_the_negative_binomial_of_statsmodels():
    model = NegativeBinomial(LIP["observed"], np.ones((56, 1)), exposure=LIP["expected"]).fit(disp=0)
    found = expected.shrink(LIP, centre=None)
    assert found.shape == pytest.approx(1 / model.params.iloc[1], rel=1e-5)
    assert math.log(found.mean) == pytest.approx(model.params.iloc[0], abs=1e-5)
    assert found.loglike == pytest.approx(model.llf, abs=1e-8)


def test_the_posterior_is_gamma_with_shape_plus_observed_and_rate_plus_expected():
    found = expected.shrink(LIP, centre=None)
    first = found.frame.iloc[0]
    assert first["shrunk"] == pytest.approx((found.shape + 9) / (found.rate + 1.4))
    assert stats.gamma.cdf(first["shrunk_low"] * (found.rate + 1.4), found.shape + 9) == pytest.approx(0.025)
    assert stats.gamma.cdf(first["shrunk_high"] * (found.rate + 1.4), found.shape + 9) == pytest.approx(0.975)


def test_by_default_a_place_is_drawn_towards_one_and_the_more_so_the_less_is_expected():
    found = expected.shrink(LIP)
    ratio, shrunk = LIP["observed"] / LIP["expected"], found.frame["shrunk"]
    assert found.shape == found.rate
    moved = ratio != 1
    assert ((shrunk - 1).abs() < (ratio - 1).abs())[moved].all()
    zero = found.frame.iloc[[54, 55]]  # no case with 4.2 and with 1.8 expected
    assert zero["shrunk"].iloc[0] < zero["shrunk"].iloc[1] < 1


def test_the_centred_fit_is_the_highest_point_of_the_likelihood():
    found = expected.shrink(LIP)
    grid = np.exp(np.linspace(-3, 4, 3001))
    logs = [
        stats.nbinom.logpmf(LIP["observed"], size, size / (size + LIP["expected"])).sum() for size in grid
    ]
    assert found.shape == pytest.approx(grid[int(np.argmax(logs))], rel=0.003)
    assert found.loglike == pytest.approx(max(logs), abs=1e-4)


@pytest.mark.parametrize("centre", [1.0, None])
def test_without_spread_beyond_chance_every_place_gets_the_same_ratio(centre):
    even = pd.DataFrame({"place": list("ABCD"), "observed": [10, 10, 10, 10], "expected": [10.0] * 4})
    found = expected.shrink(even, centre=centre)
    assert (found.differ, found.frame["shrunk"].tolist()) == (False, [1.0] * 4)
