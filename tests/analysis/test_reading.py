"""A reading knows how much of the whole is in hand, and prints a rank only where the list allows one."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from helpers.analysis import ranking
from helpers.analysis.lineage import Cell
from helpers.analysis.reading import Reading, growth, origin, year_before
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
        ({"GBR": 60, "JPN": 25, "FRA": -10}, 100, "all", 2),
        ({"GBR": 60, "JPN": 24.5, "FRA": 0.2}, 100, "leading", 2),
        ({"GBR": 60, "JPN": 25}, None, "selected", None),
        ({"JPN": 25}, 100, "sole", None),
    ],
    ids=["85 of 100", "84 of 100", "one below zero", "84.7 of 100", "no total", "alone"],
)
def test_the_rank_follows_from_how_much_is_listed(values, total, universe, rank):
    found = reading(values, total)
    assert (found.universe, found.rank) == (universe, rank)


def test_the_rank_that_the_source_prints_goes_first():
    assert reading({"JPN": 25}, printed=1).rank == 1


def test_a_printed_rank_comes_from_its_own_column_and_is_of_the_subject_alone():
    cells = {code: (Cell("value", "t", "value", {"partner": code}, "v", "s"),) for code in ("GBR", "JPN")}
    printed, counted = (
        replace(reading({"GBR": 60, "JPN": 25}, 100, rank), cells=cells) for rank in (2, None)
    )
    made = [printed.lineage("rank"), printed.lineage("rank", "GBR"), counted.lineage("rank")]
    assert [(one.how, one.cells[0].column) for one in made] == [
        ("value", "rank_printed"),
        ("rank", "value"),
        ("rank", "value"),
    ]


def test_every_part_of_a_reading_is_made_in_its_own_way():
    found = reading({"GBR": 60, "JPN": 25, "FRA": 5}, 100)
    made = {"gross": "sum_of", "share_gross": "share_of", "share": "share", "total": "value", "growth": "growth",
            "share_change": "change", "above.gap": "gap", "below.gap_share": "gap_share"}  # fmt: skip
    assert {part: found.lineage(part).how for part in made} == made


def test_a_suppressed_value_is_an_error_that_says_to_print_the_band():
    with pytest.raises(AnalysisError, match="Print the band"):
        _ = reading({"GBR": 60.0, "JPN": float("nan")}, total=100.0).value


def test_the_origin_of_a_row_is_its_vintage_and_source():
    rows = pd.DataFrame(
        {"partner": ["GBR", "JPN"], "vintage": ["2022-08", "2021-08"], "source": ["bea", "jetro"]}
    )
    assert origin(rows, "JPN") == ("2021-08", "jetro")


EDITIONS = pd.DataFrame(
    {
        "partner": "JPN",
        "year": [2022, 2023, 2023, 2024],
        "vintage": ["2024-07", "2024-07", "2025-07", "2025-07"],
        "value": [50.0, 80.0, 100.0, 110.0],
    }
)


@pytest.mark.parametrize(
    ("year", "vintage", "values"),
    [(2024, "2025-07", [100.0]), (2023, "2024-07", [50.0]), (2023, "2025-07", []), (2024, "2024-07", [80.0])],
)
def test_the_year_before_is_that_of_the_same_edition(year, vintage, values):
    assert year_before(EDITIONS, year, vintage)["value"].tolist() == values


def test_growth_is_against_a_positive_figure_of_the_year_before_or_nothing():
    before = pd.DataFrame(
        {"partner": ["JPN", "DEU", "FRA", "ITA"], "value": [100.0, 0.0, -5.0, float("nan")]}
    )
    assert growth(110.0, before, "JPN", column="value") == pytest.approx(0.1)
    assert growth(None, before, "JPN", column="value") is None
    for partner in ("DEU", "FRA", "ITA", "GBR"):
        assert growth(110.0, before, partner, column="value") is None
