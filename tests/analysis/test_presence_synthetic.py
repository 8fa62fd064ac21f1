"""A synthetic register of 1,027 rows: planted gaps are found, chance is called chance, limits cover."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.analysis import chance, concentration, counting, expected, presence

ROWS = 1027
"""As many as the task force has published."""
STATES = [f"S{n:02}" for n in range(51)]
AMOUNTS = np.round(1e9 * np.exp(np.linspace(-3, 2, 51)))
SHARES = AMOUNTS / AMOUNTS.sum()
FACTORS = {"S50": 0.5, "S45": 2.0, "S40": 0.2, "S30": 3.0}
"""Planted: activity as a multiple of what presence gives."""

TRADE = pd.DataFrame(
    {"year": 2018, "state": STATES, "partner": "JPN", "flow": "exports", "value_usd": AMOUNTS, "source": "synthetic"}
)  # fmt: skip
MEASURE = presence.trade(TRADE, "exports", STATES)


def synthetic_register(seed, factors):
    """Return 1,027 made-up events, drawn by presence times the factors."""
    weights = SHARES * np.array([factors.get(state, 1.0) for state in STATES])
    counts = chance.multinomial(chance.generator(seed), ROWS, weights / weights.sum(), 1)[0]
    states = np.repeat(STATES, counts)
    return pd.DataFrame({"event_id": [f"SYN{n:04}" for n in range(ROWS)], "state": states}).assign(
        mission="", other_states="", format="in_person"
    )


@pytest.fixture(scope="module")
def planted():
    counted = counting.by_state(synthetic_register(1, FACTORS), STATES)
    found = expected.ratios(expected.beside(counted, MEASURE))
    return found.merge(expected.shrink(found).frame).set_index("place")


def test_planted_gaps_are_found_in_their_direction(planted):
    assert planted.loc["S50", "outside"] == "far_below"
    assert planted.loc["S45", "outside"] == "far_above"
    assert planted.loc["S40", "outside"] == "far_below"
    assert planted.loc["S30", "outside"] in ("above", "far_above")


def test_shrunken_ratios_of_planted_gaps_lie_off_one_with_their_interval(planted):
    assert (planted.loc[["S50", "S40"], "shrunk_high"] < 1).all()
    assert (planted.loc[["S45", "S30"], "shrunk_low"] > 1).all()


def test_planted_gaps_are_more_than_chance():
    counted = counting.by_state(synthetic_register(1, FACTORS), STATES)
    found = concentration.concentration(expected.beside(counted, MEASURE), seed=1, resamples=999)
    assert found.p == 1 / 1000
    assert found.d > found.d_chance_high


def test_limits_of_the_ratio_cover_the_true_one_at_their_level():
    """100 registers: O/E lies about factor / sum(share x factor); the exact interval holds it in 95% or more."""
    true = np.array([FACTORS.get(state, 1.0) for state in STATES])
    true = true / (SHARES * true).sum()
    inside = []
    for seed in range(100):
        counts = counting.by_state(synthetic_register(seed, FACTORS), STATES)
        found = expected.ratios(expected.beside(counts, MEASURE))
        inside.append(((found["low"] <= true) & (true <= found["high"])).mean())
    assert np.mean(inside) >= 0.95


def test_activity_in_proportion_to_presence_is_not_called_a_gap_more_often_than_the_level():
    """500 registers drawn by presence alone: D against chance at 0.05, and places beyond the funnel's 95% line."""
    registers = chance.multinomial(chance.generator(2), ROWS, SHARES, 500)
    thrown = concentration.thrown_by_presence(ROWS, AMOUNTS, seed=3, draws=4999)
    by_chance = concentration.dissimilarity(thrown, AMOUNTS)
    observed = concentration.dissimilarity(registers, AMOUNTS)
    p = [concentration.p_by_chance(float(d), by_chance) for d in observed]
    assert sum(value <= 0.05 for value in p) <= 37  # 25 and 2.6 standard errors
    assert np.mean(p) == pytest.approx(0.5, abs=0.05)
    frame = pd.DataFrame(
        {
            "place": [f"{n:05}" for n in range(registers.size)],
            "observed": registers.ravel(),
            "expected": np.tile(ROWS * SHARES, 500),
        }
    )
    assert (expected.ratios(frame)["outside"] != "").mean() <= 0.05
