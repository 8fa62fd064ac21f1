"""The state tables of 1991 and 1992 as shipped: (D), (*) and size letters in the band, never as zero.

Figures: US Bureau of Economic Analysis, employment of nonbank US affiliates by state and country of ultimate
beneficial owner, 1991-92, tables 23.1, 23.2 (all industries), 24.1 and 24.2 (manufacturing), thousand persons.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.analysis import jobs_1990s
from helpers.data import catalog


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return catalog.load("jobs_state_1990s")


def band(table: pd.DataFrame, state: str, year: int, owner: str = "JPN", **options: str) -> tuple[int, int]:
    found = jobs_1990s.reading(table, owner, place=state, year=year, **options)
    assert found is not None
    return found.standing.best, found.standing.worst


def test_canada_under_a_d_makes_japan_second_or_third_in_delaware_in_1991(table: pd.DataFrame) -> None:
    # Table 23.1, Delaware: United Kingdom 5.7, Japan 1.4, Germany 1.3, the others 0.6 and less; Canada (D). Canada
    # is above or below Japan. Germany, 1.3 +-0.05, only touches Japan's 1.35 at the least.
    japan = jobs_1990s.reading(table, "JPN", place="DE", year=1991)
    assert japan is not None
    assert (japan.standing.rank, japan.standing.best, japan.standing.worst, japan.standing.of) == (2, 2, 3, 8)
    assert (japan.standing.above.entity, japan.standing.above.gap) == ("GBR", 4_300)


def test_canada_under_the_letter_j_is_first_in_delaware_in_1992(table: pd.DataFrame) -> None:
    # Table 23.2, Delaware: Canada J (10,000-24,999), United Kingdom 5.1, Germany 1.3, Japan 0.8, Netherlands 0.6.
    assert band(table, "DE", 1992) == (4, 4)
    canada = jobs_1990s.reading(table, "CAN", place="DE", year=1992)
    assert canada is not None
    assert (canada.standing.rank, canada.standing.value) == (None, None)
    assert (canada.standing.best, canada.standing.worst) == (1, 1)


def test_canada_under_a_d_widens_the_band_in_new_hampshire_and_the_letter_i_closes_it(
    table: pd.DataFrame,
) -> None:
    # New Hampshire 1991: United Kingdom 8.9, Germany 3.4, Japan 1.9, Canada (D); 1992: 8.2, 3.0, 1.8, and Canada I
    # (5,000-9,999), at most 27.75 - 17.25 - 2.75 - 0.75 - 0.55 - 0.001 = 6.4: below the United Kingdom.
    assert band(table, "NH", 1991) == (3, 4)
    assert band(table, "NH", 1992) == (4, 4)
    assert band(table, "NH", 1992, "CAN") == (2, 2)
    assert band(table, "NH", 1992, "GBR") == (1, 1)


def test_australia_under_a_d_and_a_letter_in_minnesota(table: pd.DataFrame) -> None:
    # Minnesota 1991: 23.8, 12.8, 10.3, 6.1, 5.1 above Japan's 4.8, France 3.9 below; Australia (D) either side.
    assert band(table, "MN", 1991) == (6, 7)
    # 1992: 19.4, 12.7, 10.7, 6.1 and Australia J (10,000-24,999) above Japan's 5.2; the Netherlands, 5.3, either way.
    assert band(table, "MN", 1992) == (6, 7)


def test_australia_in_south_dakota_is_less_than_fifty_and_not_nothing(table: pd.DataFrame) -> None:
    australia = jobs_1990s.reading(table, "AUS", place="SD", year=1992)
    assert australia is not None
    row = australia.league.set_index("partner").loc["AUS"]
    assert (row["flag"], row["low"], row["high"]) == ("(*)", 0, 49)
    assert np.isnan(row["value"])
    assert (australia.standing.rank, australia.standing.worst) == (None, 8)


@pytest.mark.parametrize(
    ("state", "year", "owner", "letter", "bounds"),
    [
        ("AL", 1992, "NLD", "F", (500, 999)),
        ("MO", 1992, "NLD", "G", (1_000, 2_499)),
        ("DE", 1992, "GBR", "H", (2_500, 4_999)),
    ],
)
def test_size_letters_of_manufacturing_stand_as_their_intervals(
    table: pd.DataFrame, state: str, year: int, owner: str, letter: str, bounds: tuple[int, int]
) -> None:
    found = jobs_1990s.reading(table, owner, place=state, year=year, measure="manufacturing")
    assert found is not None
    row = found.league.set_index("partner").loc[owner]
    assert (row["flag"], row["low"], row["high"]) == (letter, *bounds)
    assert found.standing.rank is None


def test_rounding_alone_gives_north_dakota_a_band_of_three_ranks(table: pd.DataFrame) -> None:
    # North Dakota 1992: Canada 1.8; Japan, France and the United Kingdom 0.8 each; Germany 0.2.
    japan = jobs_1990s.reading(table, "JPN", place="ND")
    assert japan is not None
    assert (japan.standing.rank, japan.standing.best, japan.standing.worst) == (2, 2, 4)
    assert japan.standing.tied_with == ("FRA", "GBR")


def test_a_confidential_cell_taken_for_zero_would_have_given_another_band(table: pd.DataFrame) -> None:
    zero = table.assign(value=table["value"].mask(table["flag"] == "(D)", 0))
    zero = zero.assign(low=zero["low"].fillna(0), high=zero["high"].fillna(zero["value"]))
    state, partner = zero["state"] == "DE", zero["partner"].isin(["JPN", "CAN", "GBR"])
    rows = zero[(zero["year"] == 1991) & (zero["measure"] == "all_industries") & state & partner]
    assert band(rows, "DE", 1991) == (2, 2)
    assert band(table, "DE", 1991) == (2, 3)


def test_the_share_is_of_the_state_s_total(table: pd.DataFrame) -> None:
    # Alabama 1992: Japan 7.8 of 60.7 thousand.
    japan = jobs_1990s.reading(table, "JPN", place="AL")
    assert japan is not None
    assert japan.standing.share == pytest.approx(7_800 / 60_700)


def test_japan_has_a_band_in_each_of_the_twenty_six_states(table: pd.DataFrame) -> None:
    states = sorted(set(table.loc[table["year"] == 1992, "state"]) - {"US"})
    found = {state: jobs_1990s.reading(table, "JPN", place=state) for state in states}
    places = {state: one.standing for state, one in found.items() if one is not None}
    assert len(places) == 26
    # Indiana 32.0 (France 15.6 next), Michigan 30.0 (United Kingdom 25.4), DC 2.5 (United Kingdom 2.2).
    assert {state for state, place in places.items() if place.best == place.worst == 1} == {"DC", "IN", "MI"}


def test_a_state_an_owner_or_a_year_that_is_not_there_has_no_reading(table: pd.DataFrame) -> None:
    assert jobs_1990s.reading(table, "JPN", place="CA") is None
    assert jobs_1990s.reading(table, "KOR", place="TN") is None
    assert jobs_1990s.reading(table.head(0), "JPN", place="AL") is None
    # The tables of 1995 and 1996 print two countries and the total.
    assert jobs_1990s.reading(table, "JPN", place="OH", year=1996).standing.of == 2


def test_the_parts_of_every_printed_total_can_add_up_to_it(table: pd.DataFrame) -> None:
    for (year, measure), rows in table.groupby(["year", "measure"]):
        for state in sorted(set(rows["state"])):
            assert jobs_1990s.reading(rows, "JPN", place=state, year=int(year), measure=str(measure))


def test_the_printed_sums_are_those_whose_cells_are_in_hand() -> None:
    # Made up: Delaware with all its regions and two of their countries, North Dakota and the nation without a region;
    # the Netherlands in no state.
    regions = ("CAN", "B_EUR", "B_LAC", "B_AFR", "B_MDE", "B_APA", "USA")
    keys = [("DE", code) for code in ("WLD", *regions, "GBR", "JPN")]
    keys += [("ND", "WLD"), ("ND", "JPN"), *(("US", code) for code in ("WLD", "GBR", "JPN", "NLD"))]
    found = {
        one.whole: (set(one.parts), one.complete)
        for one in jobs_1990s.totals(pd.MultiIndex.from_tuples(keys))
    }
    assert found == {
        ("DE", "WLD"): ({("DE", code) for code in regions}, True),
        ("DE", "B_EUR"): ({("DE", "GBR")}, False),
        ("DE", "B_APA"): ({("DE", "JPN")}, False),
        ("US", "WLD"): ({("DE", "WLD"), ("ND", "WLD")}, False),
        ("US", "JPN"): ({("DE", "JPN"), ("ND", "JPN")}, False),
        ("US", "GBR"): ({("DE", "GBR")}, False),
    }
