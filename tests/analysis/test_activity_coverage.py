"""The register beside the published number of projects, and when it stops being a sample."""

from __future__ import annotations

import pandas as pd

from helpers.analysis import activity

TOTALS = pd.DataFrame(
    [(2021, 2021, "projects", 10.0), (2020, 2021, "projects", 20.0), (2020, 2020, "participants", 7.0)],
    columns=["fiscal_year_from", "fiscal_year_to", "measure", "value"],
)


def register(years):
    """Return a synthetic register with one event in each of the years given; every second has a headcount."""
    return pd.DataFrame(
        {
            "fiscal_year": years,
            "date_start": "2021-04-01",
            "state": "CA",
            "other_states": "",
            "format": ["in_person", "unknown"] * (len(years) // 2) + ["online"] * (len(years) % 2),
            "participants": [5.0, None] * (len(years) // 2) + [None] * (len(years) % 2),
        }
    )


def test_rows_stand_beside_the_published_number_where_there_is_one():
    found = activity.register_coverage(register([2020, 2021, 2021, 2022]), TOTALS)
    assert found[["first", "last", "register"]].to_numpy().tolist() == [
        [2020, 2020, 1], [2021, 2021, 2], [2022, 2022, 1], [2020, 2021, 3],
    ]  # fmt: skip
    assert found["share"].fillna(-1).tolist() == [-1, 0.2, -1, 0.15]
    assert found["participants"].tolist() == [1, 1, 0, 2]
    assert found["format"].tolist() == [1, 1, 0, 2]


def test_a_published_year_without_a_row_is_there_with_none():
    found = activity.register_coverage(register([2022]), TOTALS)
    assert found.loc[found["first"] == 2021, "register"].tolist() == [0]


def test_years_come_in_order_and_a_year_without_a_project_has_no_share():
    totals = pd.DataFrame(
        [(2019, 2019, "projects", 0.0), (2018, 2018, "projects", 1.0)], columns=TOTALS.columns
    )
    found = activity.register_coverage(register([2022, 2018, 2020, 2019, 2021, 2017]), totals)
    assert found["first"].tolist() == [2017, 2018, 2019, 2020, 2021, 2022]
    assert found["share"].fillna(-1).tolist() == [-1, 1, -1, -1, -1, -1]


def test_the_longest_period_is_that_of_the_projects():
    wider = [(2018, 2021, "participants", 70.0), (2017, 2021, "projects", 0.0)]
    totals = pd.concat([TOTALS, pd.DataFrame(wider, columns=TOTALS.columns)])
    assert activity.covered(register([2019, 2020, 2021]), totals) == (2020, 2021, 20.0, 0.1)


def test_a_register_is_a_sample_until_it_covers_ninety_percent():
    assert activity.is_sample(register([2021] * 17), TOTALS)
    assert not activity.is_sample(register([2021] * 18), TOTALS)
    assert activity.is_sample(register([2022] * 99), TOTALS)


def test_without_a_published_number_it_is_a_sample():
    assert activity.is_sample(register([2021] * 500), TOTALS.iloc[:0])
    assert activity.register_coverage(register([2021]), TOTALS.iloc[:0])["published"].isna().all()
