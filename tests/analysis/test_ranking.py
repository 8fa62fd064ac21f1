"""Leagues and standings on tables small enough to rank by hand."""

from __future__ import annotations

import doctest

import pandas as pd
import pytest

from helpers.analysis import ranking
from helpers.analysis.ranking import Neighbour, league, standing
from helpers.errors import AnalysisError

# Jobs at majority-owned affiliates in California, 2019, persons, rounded to 100: BEA as quoted by the
# grassroots task force in its summary of FY2021 (Japan 124,700, second to the United Kingdom, 126,000).
CALIFORNIA = pd.DataFrame(
    {
        "partner": ["JPN", "GBR"],
        "value": [124_700, 126_000],
        "low": [124_650, 125_950],
        "high": [124_750, 126_050],
    }
)

# US general imports of goods 2021, customs value, Census basis, million dollars: US Census Bureau, country
# file of early 2023 (first) and the revised figures of the international trade API (second).
IMPORTS_2021 = pd.DataFrame(
    {
        "partner": ["CHN", "MEX", "CAN", "DEU", "JPN", "VNM"],
        "early_2023": [504_935.4, 384_648.9, 357_787.5, 135_215.5, 134_860.3, 101_895.6],
        "revised": [504_246.3, 382_569.3, 357_274.7, 134_652.6, 134_799.6, 101_938.9],
    }
)


def table(**values: float | None) -> pd.DataFrame:
    return pd.DataFrame({"partner": list(values), "value": list(values.values())})


def test_california_2019_puts_japan_second_with_a_band_of_one_rank() -> None:
    japan = standing(league(CALIFORNIA, low="low", high="high"), "JPN")
    assert (japan.rank, japan.best, japan.worst, japan.of, japan.tied) == (2, 2, 2, 2, False)
    assert japan.above is not None
    assert (japan.above.entity, japan.above.gap) == ("GBR", 1_300)
    assert round(100 * (japan.above.gap_share or 0), 1) == 1.0
    assert japan.below is None


@pytest.mark.parametrize(("vintage", "rank", "ahead_of"), [("early_2023", 5, "VNM"), ("revised", 4, "DEU")])
def test_imports_2021_put_japan_fourth_or_fifth_by_vintage(vintage: str, rank: int, ahead_of: str) -> None:
    japan = standing(league(IMPORTS_2021, value=vintage), "JPN", value=vintage)
    assert japan.rank == rank
    assert japan.below is not None
    assert japan.below.entity == ahead_of


def test_tied_partners_share_the_better_rank_and_the_next_rank_is_skipped() -> None:
    ranks = league(table(d=1, c=5, b=5, a=9)).set_index("partner")
    assert ranks["rank"].to_dict() == {"a": 1, "b": 2, "c": 2, "d": 4}
    assert ranks["tied"].to_dict() == {"a": False, "b": True, "c": True, "d": False}
    assert ranks["worst"].to_dict() == {"a": 1, "b": 2, "c": 2, "d": 4}


def test_ties_are_listed_by_entity_whatever_the_order_of_the_rows() -> None:
    assert league(table(c=5, b=5, a=9))["partner"].tolist() == ["a", "b", "c"]
    assert league(table(b=5, a=9, c=5))["partner"].tolist() == ["a", "b", "c"]


def test_values_a_hair_apart_do_not_tie() -> None:
    ranks = league(table(a=0.1 + 0.2, b=0.3)).set_index("partner")
    assert ranks["rank"].to_dict() == {"a": 1, "b": 2}
    assert not ranks["tied"].any()


def test_intervals_that_only_touch_cost_nobody_a_rank() -> None:
    frame = table(a=5_700, b=5_600).assign(low=[5_650, 5_550], high=[5_750, 5_650])
    ranks = league(frame, low="low", high="high").set_index("partner")
    assert ranks[["best", "worst"]].to_numpy().tolist() == [[1, 1], [1, 2]]


def test_two_partners_with_the_same_rounded_value_may_stand_either_way() -> None:
    frame = table(a=5_600, b=5_600).assign(low=5_550, high=5_650)
    ranks = league(frame, low="low", high="high")
    assert ranks["rank"].tolist() == [1, 1]
    assert ranks[["best", "worst"]].to_numpy().tolist() == [[1, 2], [1, 2]]


def test_a_size_letter_counts_in_the_band_and_gets_no_rank() -> None:
    # BEA size class G is 1,000 to 2,499 employees.
    frame = table(a=2_000, b=500, g=None).assign(low=[None, None, 1_000], high=[None, None, 2_499])
    ranks = league(frame, low="low", high="high").set_index("partner")
    assert ranks.index.tolist() == ["a", "b", "g"]
    assert ranks["rank"].tolist()[0] == 1
    assert ranks.loc["a", ["best", "worst"]].tolist() == [1, 2]
    assert ranks.loc["b", ["rank", "best", "worst"]].tolist() == [
        3,
        3,
        3,
    ]  # the hidden one is above for certain
    assert pd.isna(ranks.loc["g", "rank"])
    assert ranks.loc["g", ["best", "worst"]].tolist() == [1, 2]
    assert ranks["of"].tolist() == [3, 3, 3]


def test_a_hidden_value_without_an_interval_may_stand_anywhere_unless_it_is_bounded() -> None:
    frame = table(a=90, b=50, hidden=None)
    assert league(frame)["worst"].tolist() == [2, 3, 3]
    assert league(frame, hidden=(0, 40))["worst"].tolist() == [1, 2, 3]


def test_a_hidden_subject_has_a_band_but_neither_rank_nor_neighbours() -> None:
    hidden = standing(league(table(a=90, b=50, x=None), hidden=(0, 60)), "x")
    assert (hidden.value, hidden.rank, hidden.share, hidden.above, hidden.below) == (
        None,
        None,
        None,
        None,
        None,
    )
    assert (hidden.best, hidden.worst) == (2, 3)


def test_excluded_aggregates_leave_the_universe_and_its_whole() -> None:
    frame = table(WLD=100, a=30, b=10)
    ranks = league(frame, exclude=["WLD", "EUU"])
    assert ranks["of"].tolist() == [2, 2]
    assert ranks["share"].tolist() == [0.75, 0.25]
    assert league(frame, exclude=["WLD"], total=100)["share"].tolist() == [0.3, 0.1]


def test_an_entity_with_nothing_leaves_the_shares_of_the_others() -> None:
    assert league(table(a=0.5, b=0.25, c=0))["share"].tolist() == [0.5 / 0.75, 0.25 / 0.75, 0]
    assert league(table(a=0.5, b=0.25, c=0), total=0.8)["share"].tolist() == [0.5 / 0.8, 0.25 / 0.8, 0]


@pytest.mark.parametrize("values", [{"a": 3, "b": -1}, {"a": 3, "b": None}, {"a": 0, "b": 0}], ids=str)
def test_no_share_is_given_where_the_sum_of_the_universe_is_no_whole(values: dict) -> None:
    assert league(table(**values))["share"].isna().all()


def test_neighbours_are_the_nearest_different_values_and_name_all_who_have_them() -> None:
    found = standing(league(table(a=100, b=100, c=80, d=80, e=60, f=10)), "c")
    assert found.above == Neighbour("a", 100, 20, 0.2, ("b",))
    assert found.below == Neighbour("e", 60, 20, 20 / 60)
    assert (found.rank, found.tied, found.tied_with) == (3, True, ("d",))


def test_a_gap_to_a_neighbour_at_or_below_zero_has_no_percentage() -> None:
    below = standing(league(table(a=5, b=0)), "a").below
    assert below is not None
    assert (below.gap, below.gap_share) == (5, None)


def test_nullable_integers_are_ranked_like_other_numbers() -> None:
    frame = pd.DataFrame({"partner": ["a", "b", "c"], "value": pd.array([1, None, 5], dtype="Int64")})
    assert league(frame)["partner"].tolist() == ["c", "a", "b"]
    assert standing(league(frame), "a").value == 1


def test_other_columns_stay_and_old_ranks_are_replaced() -> None:
    ranks = league(table(a=1, b=2).assign(vintage="2023", rank=99))
    assert ranks["vintage"].tolist() == ["2023", "2023"]
    assert ranks["rank"].tolist() == [1, 2]


def test_the_frame_given_is_left_as_it_was() -> None:
    frame = table(a=1, b=2)
    league(frame)
    assert frame.columns.tolist() == ["partner", "value"]


@pytest.mark.parametrize(
    ("frame", "options", "message"),
    [
        (table(), {}, "got none after the exclusions"),
        (table(WLD=1), {"exclude": ["WLD"]}, "got none after the exclusions"),
        (pd.concat([table(a=1, b=2, c=3), table(a=1, c=2)]), {}, "more than one row for 'a', 'c'"),
        (table(a=1), {"value": "jobs", "low": "floor"}, "a frame without 'jobs', 'floor'"),
        (table(a=1, b=2).assign(partner=["a", None]), {}, "a code a row, got 1 empty"),
        (table(a=1).assign(value=["(D)"]), {}, "column value: expected numbers, got 'str'"),
        (table(a=1, b=2).assign(low=[0, 3]), {"low": "low"}, "low <= value <= high, got otherwise for 'b'"),
        (
            table(a=1, b=2).assign(low=[0, 1], high=[0.5, 3]),
            {"low": "low", "high": "high"},
            "low <= value <= high, got otherwise for 'a'",
        ),
        (table(a=1), {"total": 0}, "a positive number, got 0"),
    ],
    ids=["empty", "all excluded", "duplicates", "columns", "no code", "text", "low", "high", "total"],
)
def test_a_frame_that_cannot_be_ranked_says_why(frame: pd.DataFrame, options: dict, message: str) -> None:
    with pytest.raises(AnalysisError, match=message.replace("(", r"\(")):
        league(frame, **options)


def test_an_absent_subject_is_told_who_is_there() -> None:
    with pytest.raises(AnalysisError, match=r"one of 2 entities \('b', 'a'\), got 'XXX'"):
        standing(league(table(a=1, b=2)), "XXX")


def test_a_frame_that_is_no_league_has_no_standings() -> None:
    with pytest.raises(AnalysisError, match="without 'rank', 'tied'"):
        standing(table(a=1), "a")


def test_the_examples_in_the_documentation_hold() -> None:
    assert doctest.testmod(ranking).failed == 0
