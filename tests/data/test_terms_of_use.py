"""The terms of use against the sources of the rows: whose figure a row is stands in the line of that publisher."""

from __future__ import annotations

import pytest

from helpers import paths
from helpers.data import catalog


def _line(publisher: str) -> str:
    text = (paths.data_dir() / "LICENCES.md").read_text(encoding="utf-8")
    return next(line for line in text.splitlines() if line.split("|")[2:3] == [f" {publisher} "])


@pytest.mark.parametrize(
    ("publisher", "keys"),
    [
        # https://www.bea.gov/news/2023/activities-us-affiliates-foreign-multinational-enterprises-2021
        ("US Bureau of Economic Analysis", {"bea-api-sample", "bea-mne-2021"}),
        # https://www.jetro.go.jp/biznews/2022/08/95f0395ede3bc504.html and its like of 2019 and 2021
        (
            "JETRO, quoting the Bureau of Economic Analysis",
            {"jetro-jobs-2016", "jetro-jobs-2019", "jetro-jobs-2020"},
        ),
    ],
)
def test_the_years_of_jobs_stand_in_the_line_of_who_published_them(publisher, keys):
    jobs = catalog.load("jobs_national", vintage="all")
    years = sorted(set(jobs.loc[jobs["source"].isin(keys), "year"]))
    part = next(part for part in _line(publisher).split("|")[1].split(";") if "jobs_national" in part)
    assert part.strip() == "jobs_national " + ", ".join(map(str, years))


def test_the_totals_of_2020_by_state_are_named_as_jetro_s():
    jobs = catalog.load("jobs_state", vintage="all", year=2020)
    assert set(jobs["source"]) == {"jetro-jobs-2020"}
    assert "totals of 2020 in jobs_state" in _line("JETRO, quoting the Bureau of Economic Analysis")
