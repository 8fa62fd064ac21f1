"""Counts of Japanese companies: the unit that the published sentence names."""

from __future__ import annotations

import pytest

from helpers.data import catalog


@pytest.mark.parametrize(
    ("mission", "year", "value", "unit"),
    [
        # Consulate-General in Chicago, greeting of Consul General Tajima, who took up his post on 10 September
        # 2021: up to 1,600 Japanese companies in the ten states
        # https://www.chicago.us.emb-japan.go.jp/itpr_en/cg_tajima_greeting_en.html
        ("chicago", 2021, 1600, "companies"),
        # Consulate-General in Chicago, greeting of Consul General Iwado: nearly 1,300 business facilities
        # https://www.chicago.us.emb-japan.go.jp/cgaisatsu.html
        ("chicago", 2015, 1300, "facilities"),
    ],
)
def test_a_stated_count_has_the_unit_of_its_sentence(mission, year, value, unit):
    sites = catalog.load("company_sites")
    row = sites[
        (sites["mission"] == mission) & (sites["year"] == year) & (sites["definition"] == "stated_companies")
    ]
    assert list(zip(row["value"], row["unit"], strict=True)) == [(value, unit)]


def test_the_coverage_of_sites_names_the_states_with_numbers_and_counts_those_with_a_rank():
    # JETRO, 15 January 2020, quoting BEA for 2017: 516 affiliates in California, 317 in Illinois, 308 in Texas, and 36
    # states with Japan first, of which the page in hand names 25
    # https://www.jetro.go.jp/biz/areareports/2020/8c5dc93b1357afd6.html
    # Teikoku Databank, November 2016: 1,517 companies in California, 626 in New York
    # http://www.lisalisa50.com/research20170112_11.html
    sites = catalog.load("company_sites")
    states = sites[~sites["state"].isin(["", "US", "GU", "PR"])]
    numbers = states[states["unit"].isin(["companies", "affiliates"])]
    assert sorted(set(numbers["state"])) == ["CA", "IL", "NY", "TX"]
    assert states.loc[states["unit"] == "rank", "state"].nunique() == 25
    coverage = catalog.describe("company_sites").coverage["en"]
    assert "California, Illinois, New York and Texas in numbers" in coverage
    assert "25 states by rank (2017)" in coverage


def test_the_vintages_of_the_quoted_state_jobs_are_those_of_the_tables_they_quote():
    # BEA published employment by state for 2019 in August 2021 and for 2020 in August 2022:
    # JETRO, 23 August 2021 https://www.jetro.go.jp/biznews/2021/08/58d5ce666fdae1b7.html
    # JETRO, 22 August 2022 https://www.jetro.go.jp/biznews/2022/08/95f0395ede3bc504.html
    assert sorted(set(catalog.load("jobs_state_quoted")["year"])) == [2019, 2020]
    assert catalog.describe("jobs_state_quoted").vintage == "2021-08, 2022-08"


def test_state_jobs_of_2020_are_totals_of_three_states_and_the_card_says_so():
    # JETRO, 22 August 2022, quoting BEA: 828,600 in California, 669,900 in Texas and 513,000 in New York, all owners
    # https://www.jetro.go.jp/biznews/2022/08/95f0395ede3bc504.html
    jobs = catalog.load("jobs_state", vintage="all", year=2020)
    assert dict(zip(jobs["state"], jobs["value"], strict=True)) == {"CA": 828600, "NY": 513000, "TX": 669900}
    assert set(jobs["partner"]) == {"WLD"}
    assert (
        "2020 only the total of all owners in three states"
        in catalog.method_cards()["state_jobs"]["coverage"]["en"]
    )
