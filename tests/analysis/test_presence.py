"""Measures of presence: which figure, of which year, over which places, and what is missing."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import presence
from helpers.errors import AnalysisError

STATES = ["AZ", "CA", "IL", "NV"]
TRADE = pd.DataFrame(
    [
        (2017, "IL", "JPN", "exports", 90),
        (2018, "IL", "JPN", "exports", 10),
        (2018, "CA", "JPN", "exports", 30),
        (2018, "CA", "JPN", "imports", 7),
        (2018, "AZ", "DEU", "exports", 50),
        (2018, "PR", "JPN", "exports", 4),
        (2018, "US_UNKNOWN", "JPN", "exports", 99),
    ],
    columns=["year", "state", "partner", "flow", "value_usd"],
).assign(source="made-up")
JURISDICTIONS = pd.DataFrame(
    [
        ("la", "CA", "partial"),
        ("la", "AZ", "full"),
        ("sf", "CA", "partial"),
        ("sf", "NV", "full"),
        ("chicago", "IL", "full"),
        ("ny", "PR", "full"),
        ("hagatna", "GU", "full"),
    ],
    columns=["mission", "area", "coverage"],
)


def shares(found):
    return dict(zip(found.frame["place"], found.frame["share"], strict=True))


def test_trade_takes_the_newest_year_and_a_listed_state_without_the_partner_is_zero():
    found = presence.trade(TRADE, "exports", STATES)
    assert (found.year, found.unit, shares(found)) == (2018, "USD", {"AZ": 0.0, "CA": 0.75, "IL": 0.25})
    assert (found.missing, found.known, found.of) == ({"NV": "no_figure"}, 3, 4)


def test_what_is_no_state_stands_apart_and_the_unknown_state_is_nowhere():
    found = presence.trade(TRADE, "exports", STATES)
    assert found.beyond.to_dict("records") == [{"place": "PR", "presence": 4.0}]


def test_jobs_leave_a_confidential_cell_missing():
    jobs = pd.DataFrame(
        {
            "year": 2019,
            "state": ["CA", "IL", "IL"],
            "partner": ["JPN", "JPN", "GBR"],
            "value": [100.0, None, 5.0],
            "source": "made-up",
        }
    )
    found = presence.jobs(jobs, STATES)
    assert (shares(found), sorted(found.missing)) == ({"CA": 1.0}, ["AZ", "IL", "NV"])


def test_a_measure_of_too_few_places_gives_no_pattern_of_the_nation():
    found = presence.trade(TRADE, "exports", STATES)
    assert (found.coverage, found.enough) == (0.75, False)
    with pytest.raises(
        AnalysisError, match=r"presence by exports \(goods\): expected a figure for at least 90%"
    ):
        presence.require(found)
    assert presence.require(presence.trade(TRADE, "exports", ["CA", "IL"])).enough


def test_a_measure_without_any_presence_is_refused():
    with pytest.raises(AnalysisError, match=r"presence by exports: expected a positive sum"):
        presence.require(presence.trade(TRADE, "exports", ["AZ"]))


def test_sites_keep_to_one_definition_one_unit_of_counts_and_states():
    sites = pd.DataFrame(
        [
            ("CA", 2017, "bea_affiliates", 516.0, "affiliates"),
            ("IL", 2017, "bea_affiliates", 317.0, "affiliates"),
            ("AZ", 2017, "bea_affiliates", 1.0, "rank"),
            ("US", 2017, "bea_affiliates", 36.0, "states_first"),
            ("CA", 2022, "jetro_companies", 2491.0, "companies"),
        ],
        columns=["state", "year", "definition", "value", "unit"],
    ).assign(source="made-up")
    found = presence.sites(sites, STATES, "bea_affiliates")
    assert found.frame["presence"].tolist() == [516.0, 317.0]
    assert (found.definition, found.unit, found.year) == ("bea_affiliates", "affiliates", 2017)
    with pytest.raises(AnalysisError, match="expected one of 'bea_affiliates', 'jetro_companies', got 'all'"):
        presence.sites(sites, STATES, "all")


def test_a_state_without_a_listed_sister_pair_is_missing_and_not_zero():
    pairs = pd.DataFrame(
        {"state": ["CA", "CA", "IL"], "kind": ["sister_city", "sister_state", "sister_port"], "source": "x"}
    )
    found = presence.sister_pairs(pairs, STATES)
    assert (shares(found), sorted(found.missing)) == ({"CA": 1.0}, ["AZ", "IL", "NV"])


def test_controls_come_from_the_newest_year_without_the_nation():
    table = pd.DataFrame(
        [
            (2023, "CA", "population", 9.0),
            (2024, "CA", "population", 3.0),
            (2024, "IL", "population", 1.0),
            (2024, "US", "population", 4.0),
        ],
        columns=["year", "state", "measure", "value"],
    ).assign(source="made-up")
    found = presence.context(table, "population", ["CA", "IL"])
    assert (shares(found), found.year, found.beyond.empty) == ({"CA": 0.75, "IL": 0.25}, 2024, True)


def test_districts_that_share_a_state_are_summed_as_one_and_territories_added():
    full = TRADE[TRADE["year"] == 2018]
    found = presence.by_district(presence.trade(full, "exports", ["AZ", "CA", "IL"]), JURISDICTIONS)
    values = dict(zip(found.frame["place"], found.frame["presence"], strict=True))
    assert values == {"chicago": 10.0, "la+sf": 30.0, "ny": 4.0}
    assert found.missing == {"hagatna": "no_figure"}


def test_a_divided_state_is_never_split():
    found = presence.by_district(
        presence.trade(TRADE, "exports", ["AZ", "CA", "IL"]), JURISDICTIONS, grouped=False
    )
    assert found.missing == {"hagatna": "no_figure", "la": "divided", "sf": "divided"}
    assert found.frame["place"].tolist() == ["chicago", "ny"]


def test_a_district_lacks_its_figure_when_one_of_its_states_does():
    found = presence.by_district(presence.trade(TRADE, "exports", STATES), JURISDICTIONS)
    assert found.missing == {"hagatna": "no_figure", "la+sf": "no_figure"}


def test_a_state_with_two_figures_is_refused_and_named():
    row = {"year": 2020, "definition": "stated_companies", "unit": "companies", "source": "a"}
    counts = pd.DataFrame([row | {"state": s, "value": 10.0} for s in ("TX", "CA", "TX")])
    with pytest.raises(AnalysisError, match=r"expected one figure for each state, got several for .*TX"):
        presence.sites(counts, ["TX", "CA"], "stated_companies")
    people = pd.DataFrame(
        [{"year": 2020, "measure": "population", "state": "TX", "value": 1.0, "source": "a"}] * 2
    )
    with pytest.raises(AnalysisError, match="population"):
        presence.context(people, "population", ["TX"])


def test_a_district_without_a_state_may_have_several_counts():
    row = {"year": 2020, "partner": "JPN", "source": "a", "value": 5.0}
    jobs = pd.DataFrame([row | {"state": s} for s in ("", "", "CA")])
    assert presence.jobs(jobs, ["CA"]).frame["place"].tolist() == ["CA"]


def test_among_some_places_the_shares_and_the_missing_are_of_these():
    table = pd.DataFrame(
        {"state": ["AL", "GA", "OH", "TN"], "value": [10.0, 30.0, float("nan"), float("nan")]}
    )
    table = table.assign(year=2097, partner="JPN", source="synthetic")
    whole = presence.jobs(table, ["AL", "GA", "OH", "TN"])
    some = presence.among(whole, ["AL", "OH"])
    assert dict(zip(some.frame["place"], some.frame["share"], strict=True)) == {"AL": 1.0}
    assert (list(some.missing), list(whole.missing)) == (["OH"], ["OH", "TN"])
