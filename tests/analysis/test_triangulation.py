"""Figures side by side: Ohio's as they were published, and the rules on small frames."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import triangulation
from helpers.data import catalog


def ohio(as_of=""):
    load = catalog.loader(as_of)
    frames = (load(name, state="OH") for name in ("jobs_state", "state_jobs_other", "jobs_state_1990s"))
    return triangulation.jobs(*frames, "JPN", as_of)


def other(**columns):
    row = {
        "state": "OH", "year": 2016.0, "partner": "JPN", "measure": "jobs", "definition": "consulate_survey",
        "value": 100.0, "qualifier": "", "rank": None, "rank_qualifier": "", "unit": "persons", "certainty": "high",
        "published": "2017-03-07", "source": "a", "note_en": "", "note_ja": "",
    }  # fmt: skip
    return row | columns


def only(*rows):
    empty = pd.DataFrame(columns=["partner", "value", "year", "measure"])
    return triangulation.jobs(empty, pd.DataFrame(list(rows)), empty, "JPN")


def test_ohio_has_the_bureau_and_the_consulate_side_by_side():
    # 71,300: BEA 2019 in the task force's deck; 73,434: Consulate-General in Detroit, survey of 1 October 2016.
    found = ohio().set_index(["definition", "year"])["value"]
    assert found[("bea_majority", 2019)] == 71_300
    assert found[("consulate_survey", 2016)] == 73_434


def test_the_range_of_ohio_leaves_out_the_1990s_and_places_in_a_list():
    # Lowest and highest printed: 65,690 (survey of 2012) and more than 77,000 (survey of 2017).
    span = triangulation.span(ohio())
    assert (span.low, span.high, span.definitions) == (65_690, 77_000, 3)
    assert triangulation.EARLIER in set(ohio()["definition"])


def test_what_was_published_later_or_without_a_date_is_not_in_a_past_edition():
    found = ohio("2014-01-01")
    assert found.loc[found["definition"] == "consulate_survey", "year"].tolist() == [2012]
    assert "stated" not in set(found.loc[found["measure"] == "jobs", "definition"])
    assert triangulation.BEA not in set(found["definition"])


@pytest.mark.parametrize(
    ("published", "there"),
    [("2017-03-07", True), ("2017-03", False), ("2017", False), ("2016", True), ("", False)],
)
def test_a_month_or_a_year_counts_from_its_last_day(published, there):
    rows = pd.DataFrame([other(published=published)])
    assert (len(triangulation.published_by(rows, "2017-03-20")) == 1) is there


def test_figures_stand_by_definition_and_year_and_undated_ones_last():
    found = only(
        other(definition="stated", year=None, source="c"),
        other(definition="stated", year=2020.0, source="b"),
        other(definition="bea_quoted", year=2021.0, source="d"),
    )
    assert found["source"].tolist() == ["d", "b", "c"]


def test_what_is_quoted_of_the_bureau_is_no_other_definition():
    # By hand: three figures, two of them majority-owned affiliates counted by BEA, one the state's own count.
    found = only(
        other(definition=triangulation.BEA, value=75_100.0),
        other(definition="bea_quoted", value=34_400.0, year=2010.0, source="b"),
        other(definition="state_count", value=80_000.0, source="c"),
    )
    span = triangulation.span(found)
    assert (span.figures, span.definitions) == (3, 2)
    assert triangulation.by_definition(found)["source"].tolist() == [found["source"].iloc[0], "c"]


def test_one_figure_makes_no_range():
    assert triangulation.span(only(other())) is None
    assert triangulation.span(only(other(), other(measure="order", value=None, rank=1, source="b"))) is None


def test_rows_without_a_value_make_no_range():
    found = only(other(), other(value=None, source="b"), other(value=None, source="c"))
    assert triangulation.span(found) is None
    assert triangulation.left_out(found) == ["empty"]


def test_another_country_is_never_mixed_in():
    found = only(other(), other(partner="DEU", value=900.0, source="b"))
    assert found["value"].tolist() == [100.0]


def test_counts_of_companies_are_kept_and_ranks_and_shares_are_not():
    sites = triangulation.sites(catalog.load("company_sites", state="CA"), "JPN")
    # Teikoku Databank 1,517 and 1,719; JETRO 2,491; BEA via JETRO 516 affiliates.
    assert sorted(sites["value"]) == [516, 1517, 1719, 2491]
    assert triangulation.sites(catalog.load("company_sites", state="CA"), "DEU").empty
    assert sorted(
        triangulation.sites(catalog.load("company_sites", state="CA"), "JPN", "2020-06-30")["value"]
    ) == [516, 1517]
