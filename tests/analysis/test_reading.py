"""A reading knows how much of the whole is in hand, and prints a rank only where the list allows one."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import ranking
from helpers.analysis.reading import Reading, growth, origin
from helpers.errors import AnalysisError


def reading(values, total=None, printed=None):
    frame = pd.DataFrame({"partner": list(values), "value": list(values.values())})
    league = ranking.league(frame, total=total)
    standing = ranking.standing(league, "JPN")
    return Reading(
        "jobs", standing, league, 2019, "persons", "t", "b", "v", "s", total=total, printed_rank=printed
    )


@pytest.mark.parametrize(
    ("values", "total", "universe", "rank"),
    [
        ({"GBR": 60, "JPN": 25}, 100, "all", 2),
        ({"GBR": 60, "JPN": 24}, 100, "leading", 2),
        ({"GBR": 60, "JPN": 25}, None, "selected", None),
        ({"JPN": 25}, 100, "sole", None),
    ],
    ids=["85 of 100", "84 of 100", "no total", "alone"],
)
def test_the_rank_follows_from_how_much_is_listed(values, total, universe, rank):
    found = reading(values, total)
    assert (found.universe, found.rank) == (universe, rank)


def test_the_rank_that_the_source_prints_goes_first():
    assert reading({"JPN": 25}, printed=1).rank == 1


def test_a_suppressed_value_is_an_error_that_says_to_print_the_band():
    with pytest.raises(AnalysisError, match="Print the band"):
        _ = reading({"GBR": 60.0, "JPN": float("nan")}, total=100.0).value


def test_the_origin_of_a_row_is_its_vintage_and_source():
    rows = pd.DataFrame({"partner": ["JPN"], "vintage": ["2021-08"], "source": ["jetro"]})
    assert origin(rows, "JPN") == ("2021-08", "jetro")


def test_growth_is_against_the_year_before_or_nothing() -> None:
    # JETRO quoting BEA: 973,800 jobs in 2019 and 931,900 in 2020, a fall of 41,900 (4.3%).
    jobs = pd.DataFrame(
        {"partner": ["JPN"] * 3, "year": [2016, 2019, 2020], "value": [860_600, 973_800, 931_900]}
    )
    assert growth(jobs, "JPN", 2020, value="value") == pytest.approx(-41_900 / 973_800)
    assert growth(jobs, "JPN", 2019, value="value") is None
    assert growth(jobs, "GBR", 2020, value="value") is None
