"""Scores in whole tenths, the league under given weights, and how far it depends on them."""

from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pytest

from helpers.analysis import chance, priority
from helpers.errors import AnalysisError

RAW = pd.DataFrame(
    {
        "place": ["C", "A", "B", "D", "E"],
        "presence": [30.0, 10.0, 20.0, 50.0, 40.0],
        "rank": [1, 3, 1, 2, None],
        "gap": [0.5, -1.0, 0.0, 0.2, 0.1],
        "office": [1, 0, 0, 1, 0],
        "growth": [0.1, 0.1, 0.1, 0.1, 0.1],
    }
)


def scores(name):
    found = priority.components(RAW)
    return dict(zip(found["place"], found[f"score_{name}"], strict=True))


def test_a_figure_is_scored_by_its_percentile_in_tenths():
    assert scores("presence") == {"A": 0, "B": 250, "C": 500, "D": 1000, "E": 750}


def test_a_first_rank_scores_high_and_ties_share_the_mean():
    # Four places: ranks 3, 2, 1, 1 stand at 0, 1/3 and both firsts in the middle of 2/3 and 1.
    found = scores("rank")
    assert {p: found[p] for p in "ABCD"} == {"A": 0, "B": 833, "C": 833, "D": 333}


def test_a_missing_figure_has_no_score():
    assert scores("rank")["E"] is pd.NA


def test_little_activity_for_the_presence_scores_high():
    assert scores("gap") == {"A": 1000, "B": 750, "C": 0, "D": 250, "E": 500}


def test_no_resident_office_is_the_whole_score_and_an_office_none():
    assert scores("office") == {"A": 1000, "B": 1000, "C": 0, "D": 0, "E": 1000}


def test_what_is_alike_everywhere_scores_in_the_middle():
    assert set(scores("growth").values()) == {500}


def test_the_composite_is_the_weighted_mean_rounded_half_up():
    found = priority.score(priority.components(RAW), {"presence": 30, "gap": 10}).set_index("place")
    # A: (30 x 0 + 10 x 1000) / 40 = 250; B: (7500 + 7500) / 40 = 375; D: (30000 + 2500) / 40 = 812.5, so 813.
    assert found["composite"].to_dict() == {"A": 250, "B": 375, "C": 375, "D": 813, "E": 688}
    assert found["rank"].to_dict() == {"D": 1, "E": 2, "B": 3, "C": 3, "A": 5}
    assert found["tied"].to_dict() == {"A": False, "B": True, "C": True, "D": False, "E": False}


def test_the_league_is_in_order_and_a_place_that_lacks_a_component_stands_last_without_a_rank():
    found = priority.score(priority.components(RAW), {"presence": 1, "rank": 1})
    # C: 500 + 833, D: 1000 + 333, which is as much; B: 250 + 833.
    assert found["place"].tolist() == ["C", "D", "B", "A", "E"]
    assert found["tied"].tolist() == [True, True, False, False, False]
    assert found["lacks"].tolist() == ["", "", "", "", "rank"]
    assert found["rank"].isna().tolist() == [False] * 4 + [True]


def test_a_component_without_a_weight_may_be_missing():
    found = priority.score(priority.components(RAW), {"presence": 1, "rank": 0})
    assert found["lacks"].tolist() == [""] * 5


def test_places_that_round_to_the_same_digit_are_still_ranked_apart():
    one = priority.components(RAW)
    one["score_presence"] = pd.array([500, 501, 500, 500, 500], dtype="Int64")
    found = priority.score(one, {"presence": 1, "growth": 99}).set_index("place")
    assert set(found["composite"]) == {500}
    assert found["rank"].to_dict() == {"B": 1, "A": 2, "C": 2, "D": 2, "E": 2}


def test_the_arithmetic_of_a_script_gives_the_same_digits():
    """Doubles divided and floored, as JavaScript does it, against whole-number arithmetic; 20,000 random cases."""
    rng = random.Random(5)
    for _ in range(20_000):
        weights = [rng.randint(0, 100) for _ in range(5)]
        if not sum(weights):
            continue
        points = sum(w * rng.randint(0, 1000) for w in weights)
        total = sum(weights)
        assert int((2.0 * points + total) / (2.0 * total)) == (2 * points + total) // (2 * total)


@pytest.mark.parametrize(
    ("weights", "got"),
    [
        ({"presence": 101}, "got 'presence = 101'"),
        ({"presence": 0.5}, "got 'presence = 0.5'"),
        ({"gap": -1}, "got 'gap = -1'"),
        ({"presence": True}, "got 'presence = True'"),
        ({"presence": 0}, "got no weight above zero"),
        ({"size": 1}, "got 'size'"),
    ],
    ids=str,
)
def test_weights_are_whole_numbers_of_known_components(weights, got):
    with pytest.raises(AnalysisError, match=f"weights: .*{got}"):
        priority.score(priority.components(RAW), weights)


def test_a_missing_column_a_repeated_place_and_half_an_office_are_refused():
    with pytest.raises(AnalysisError, match="got none for 'growth'"):
        priority.components(RAW.drop(columns="growth"))
    with pytest.raises(AnalysisError, match="expected each once, got again 'A'"):
        priority.components(pd.concat([RAW, RAW.iloc[[1]]]))
    with pytest.raises(AnalysisError, match="priority, office: expected 0 or 1"):
        priority.components(RAW.assign(office=[0.5, 0, 0, 0, 0]))


def test_random_weights_are_whole_sum_to_a_million_and_are_evenly_spread():
    """Dirichlet(1, 1, 1, 1, 1): each weight has mean 1/5 and variance 4/150, and exceeds 1/2 with chance 1/16."""
    drawn = chance.simplex(chance.generator(1), 5, 20_000)
    assert (drawn.sum(axis=1) == 1_000_000).all()
    assert (drawn >= 0).all()
    assert drawn.mean(axis=0) / 1e6 == pytest.approx([0.2] * 5, abs=0.005)
    assert drawn.var(axis=0) / 1e12 == pytest.approx([4 / 150] * 5, rel=0.05)
    assert np.mean(drawn > 500_000) == pytest.approx(1 / 16, abs=0.003)


def test_a_place_that_is_best_in_everything_is_first_in_every_weighting():
    rows = pd.DataFrame({"place": list("ABCD"), "presence": [4, 3, 2, 1], "rank": [1, 2, 3, 4],
                         "gap": [-4, -3, -2, -1], "office": [0, 0, 1, 1], "growth": [4, 3, 2, 1]})  # fmt: skip
    found = priority.stability(priority.components(rows), seed=1, draws=500, top=1).set_index("place")
    assert found.loc["A", ["top_share", "best", "worst"]].tolist() == [1.0, 1, 1]
    assert found.loc["D", ["top_share", "best", "worst"]].tolist() == [0.0, 4, 4]


def test_the_share_in_the_top_is_that_of_the_weights_which_favour_a_place():
    """Two places, each best in one of two components: each is first where its component weighs more, half the time."""
    rows = pd.DataFrame({"place": ["A", "B"], "presence": [2, 1], "rank": [1, 1], "gap": [0, 0],
                         "office": [0, 0], "growth": [1, 2]})  # fmt: skip
    found = priority.stability(
        priority.components(rows), seed=1, draws=4000, top=1, names=("presence", "growth")
    )
    assert found["top_share"].tolist() == pytest.approx([0.5, 0.5], abs=0.03)
    assert found["best"].tolist() == [1, 1]


def test_the_share_in_the_top_is_the_exact_one_of_the_dirichlet_distribution():
    """A is ahead in one of five components and behind by as much in four: it is first where that weight exceeds 1/2.

    Each weight is Beta(1, 4) distributed (Devroye, Non-Uniform Random Variate Generation, 1986, V.2):
    P(w > x) = (1 - x)^4, which is 1/16 at a half.
    """
    rows = pd.DataFrame({"place": ["A", "B"], "presence": [2, 1], "rank": [2, 1], "gap": [1, 0],
                         "office": [1, 0], "growth": [1, 2]})  # fmt: skip
    found = priority.stability(priority.components(rows), seed=3, draws=20_000, top=1).set_index("place")
    assert found.loc["A", "top_share"] == pytest.approx(1 / 16, abs=0.006)
    assert found.loc["B", ["best", "median", "worst"]].tolist() == [1, 1, 2]


def test_random_weights_are_spacings_of_the_documented_stream():
    """By hand from NumPy's own stream: whole numbers put in order, and what lies between them."""
    stream = np.random.Generator(np.random.PCG64(20170426)).integers(0, 1_000_001, size=(3, 4)).tolist()
    by_hand = [
        [b - a for a, b in zip([0, *sorted(cuts)], [*sorted(cuts), 1_000_000], strict=True)]
        for cuts in stream
    ]
    assert chance.simplex(chance.generator(chance.SEED), 5, 3).tolist() == by_hand


def test_the_decks_list_leaves_out_leaders_the_nation_and_other_pages():
    rows = [
        ("jobs.tx", "6", "jobs", "TX", "JPN", 2.0, "tf-deck-fy2021"),
        ("jobs.tx.leader", "6", "jobs", "TX", "GBR", 1.0, "tf-deck-fy2021"),
        ("jobs.al", "6", "jobs", "AL", "JPN", 1.0, "tf-deck-fy2021"),
        ("jobs.national", "6", "jobs", "US", "JPN", 2.0, "tf-deck-fy2021"),
        ("sites.al", "6", "sites", "AL", "JPN", 1.0, "tf-deck-fy2021"),
        ("jobs.ga", "5", "jobs", "GA", "JPN", 1.0, "tf-deck-fy2021"),
        ("jobs.hi", "6", "jobs", "HI", "JPN", 1.0, "own-ledger"),
    ]
    columns = ["id", "page", "measure", "place", "partner", "rank", "source"]
    claims = pd.DataFrame(rows, columns=columns).assign(period="2019")
    found = priority.deck(claims, ["AL", "GA", "HI", "TX"])
    assert found[["state", "printed", "id"]].to_numpy().tolist() == [
        ["AL", 1.0, "jobs.al"],
        ["TX", 2.0, "jobs.tx"],
    ]


def test_stability_is_the_same_for_the_same_seed_and_any_order_of_rows():
    one = priority.components(RAW)
    first = priority.stability(one, seed=4, draws=300, top=2)
    assert priority.stability(one.iloc[::-1], seed=4, draws=300, top=2).equals(first)
    assert not priority.stability(one, seed=5, draws=300, top=2).equals(first)
    assert "E" not in set(first["place"])  # it lacks a rank


def test_stability_of_nothing_is_refused():
    with pytest.raises(AnalysisError, match="stability: expected a place with every component, got none"):
        priority.stability(priority.components(RAW.assign(rank=None)), seed=1)


def test_the_grid_ranks_each_place_under_each_weighting():
    grid = priority.rank_grid(priority.components(RAW), priority.weightings({"presence": 7}))
    assert grid["weighting"].unique().tolist() == [
        "chosen", "equal", "only_presence", "only_rank", "only_gap", "only_office", "only_growth",
        "without_presence", "without_rank", "without_gap", "without_office", "without_growth",
    ]  # fmt: skip
    alone = grid[grid["weighting"] == "only_gap"].set_index("place")["rank"].to_dict()
    assert alone == {"A": 1, "B": 2, "E": 3, "D": 4, "C": 5}
    assert len(grid) == 60


def test_growth_is_from_the_first_to_the_newest_year():
    trade = pd.DataFrame(
        [(2014, "A", 50), (2016, "A", 99), (2018, "A", 75), (2014, "B", 0), (2018, "B", 4), (2018, "C", 4)],
        columns=["year", "state", "value_usd"],
    ).assign(partner="JPN", flow="exports")
    trade = pd.concat([trade, trade.assign(flow="imports", value_usd=trade["year"])])
    found = priority.growth(trade, "exports").set_index("place")
    assert found.loc["A", "growth"] == 0.5
    assert found.loc[["B", "C"], "growth"].isna().all()
    assert found.loc["A", ["first", "last"]].tolist() == [2014, 2018]


def test_a_state_without_a_row_in_the_newest_year_has_lost_all_its_trade_if_the_table_lists_it():
    trade = pd.DataFrame(
        [(2014, "A", "JPN", 50), (2014, "B", "JPN", 50), (2018, "A", "WLD", 9), (2018, "C", "JPN", 4)],
        columns=["year", "state", "partner", "value_usd"],
    ).assign(flow="exports")
    found = priority.growth(trade, "exports").set_index("place")["growth"]
    assert found["A"] == -1.0
    assert found[["B", "C"]].isna().all()  # B is not in the table of 2018, C not in that of 2014


def test_the_figures_of_a_state_come_together_by_its_code():
    found = priority.figures(
        pd.DataFrame({"place": ["B", "A"], "presence": [2.0, 1.0], "share": [0.6, 0.4]}),
        ranks=pd.DataFrame({"state": ["B"], "rank": [4]}),
        shrunk=pd.DataFrame({"place": ["A", "B"], "shrunk_gap": [-0.1, 0.2]}),
        seats={"A", "GU"},
        moved=pd.DataFrame({"place": ["A"], "growth": [0.5]}),
    )
    assert found.fillna(-1).to_numpy().tolist() == [["A", 1, -1, -0.1, 1, 0.5], ["B", 2, 4, 0.2, 0, -1]]
