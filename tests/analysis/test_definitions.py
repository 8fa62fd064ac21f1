"""The same question under each definition: vintages, universes, bases and denominators on the shipped tables.

US Census Bureau: country file of early 2023 and figures of the international trade API as of 2026, goods, Census
basis. BEA: national accounts table 4.1, goods; direct investment position, historical cost.
"""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import definitions
from helpers.analysis.definitions import Held
from helpers.data import catalog


@pytest.fixture(scope="module")
def groups() -> set[str]:
    return set(catalog.load("aggregates")["code"])


@pytest.fixture(scope="module")
def goods() -> pd.DataFrame:
    return catalog.load("goods_trade", vintage="all", year=2021)


@pytest.fixture(scope="module")
def answers(goods: pd.DataFrame, groups: set[str]) -> definitions.Answers:
    tables = goods, catalog.load("nipa_goods"), catalog.load("fdi_position")
    return definitions.answers(*tables, "JPN", groups=groups, year=2021)


def test_imports_of_2021_are_fifth_in_the_early_2023_vintage_and_fourth_in_the_later_one(
    answers: definitions.Answers,
) -> None:
    # Early 2023: Germany 135,215.5 and Japan 134,860.3 million, 0.36 billion behind. As of 2026: Japan 134,799.6 and
    # Germany 134,652.6, 0.15 billion ahead.
    early, late = answers.of("imports")
    assert (early.reading.vintage, early.rank, late.reading.vintage, late.rank) == ("2023-03", 5, "2026", 4)
    assert (early.reading.standing.above.entity, round(early.reading.standing.above.gap / 1000, 2)) == (
        "DEU",
        0.36,
    )
    assert (late.reading.standing.below.entity, round(late.reading.standing.below.gap / 1000, 2)) == (
        "DEU",
        0.15,
    )


def test_the_deficit_of_2021_is_fifth_or_sixth_among_all_and_fourth_in_the_list(
    answers: definitions.Answers,
) -> None:
    # After China, Mexico, Vietnam and Germany; as of 2026 Ireland (60.14 billion) too stands above Japan (60.07).
    found = {(one.universe, one.reading.vintage): one.rank for one in answers.of("deficit")}
    assert found == {
        ("all", "2023-03"): 5,
        ("all", "2026"): 6,
        ("selected", "2023-03"): 4,
        ("selected", "2026"): 4,
    }
    assert {"VNM", "IRL", "CHE"}.isdisjoint(definitions.SELECTED)
    assert len(definitions.SELECTED) == len(set(definitions.SELECTED)) == 15


def test_japan_is_among_the_top_five_deficits_in_three_of_four_definitions(
    answers: definitions.Answers,
) -> None:
    assert definitions.within(answers.of("deficit"), 5) == Held(certain=3, possible=3, of=4)


def test_the_share_is_five_and_a_half_percent_only_over_the_national_accounts(
    answers: definitions.Answers,
) -> None:
    # 60,295.7 and 60,069.7 million over 1,076.8 and 1,070.8 billion net (Census), 1,092.4 (national accounts) and
    # 1,246.4 and 1,240.1 (all bilateral deficits).
    found = {(one.whole, one.vintage): round(100 * one.value, 1) for one in answers.shares}
    assert found == {
        ("net", "2023-03"): 5.6,
        ("nipa", "2023-03"): 5.5,
        ("gross", "2023-03"): 4.8,
        ("net", "2026"): 5.6,
        ("nipa", "2026"): 5.5,
        ("gross", "2026"): 4.8,
    }
    assert {one.whole for one in answers.shares if one.mixed} == {"nipa"}
    assert {one.whole_vintage for one in answers.shares if one.mixed} == {"2025-03-27"}


def test_the_position_is_compared_in_one_year_on_both_bases(answers: definitions.Answers) -> None:
    # End of 2019: by owner 644.7 billion (JETRO quoting BEA, July 2020), by foreign parent 619,259 million (BEA).
    owner, parent = answers.of("fdi")
    assert (owner.basis, owner.reading.year, owner.reading.value, owner.rank) == ("ubo", 2019, 644_700, 1)
    assert (parent.basis, parent.reading.year, parent.reading.value, parent.rank) == (
        "foreign_parent",
        2019,
        619_259,
        1,
    )
    assert (owner.universe, parent.universe) == ("printed", "all")


def test_a_past_day_leaves_out_later_vintages_and_keeps_the_oldest(
    goods: pd.DataFrame, groups: set[str]
) -> None:
    found = definitions.by_vintage(goods, "imports", "JPN", groups=groups, year=2021, as_of="2022-07-05")
    assert [one.reading.vintage for one in found] == ["2023-03"]
    assert definitions.vintages(goods, 2021) == ["2023-03", "2026"]
    assert definitions.vintages(goods, 2021, "2023-03-31") == ["2023-03"]
    assert definitions.vintages(goods, 2021, "2026-12-31") == ["2023-03", "2026"]


def test_the_tables_may_be_asked_for_by_name(answers: definitions.Answers, groups: set[str]) -> None:
    found = definitions.asked(catalog.loader(""), "JPN", groups=groups, year=2021)
    assert [one.id for one in found.ranks] == [one.id for one in answers.ranks]
    assert found.shares == answers.shares
    past = definitions.asked(
        catalog.loader("2022-07-05"), "JPN", groups=groups, year=2021, as_of="2022-07-05"
    )
    assert {one.reading.vintage for one in past.of("deficit")} == {"2023-03"}
    early = definitions.asked(
        catalog.loader("2019-01-01"), "JPN", groups=groups, year=2021, as_of="2019-01-01"
    )
    assert [one.measure for one in early.ranks] == ["fdi", "fdi"]


def test_a_country_outside_the_list_is_ranked_among_all_only(goods: pd.DataFrame, groups: set[str]) -> None:
    found = definitions.ranks(goods, catalog.load("fdi_position"), "VNM", groups=groups, year=2021)
    assert {one.universe for one in found if one.measure == "deficit"} == {"all"}


def test_a_year_that_is_not_in_hand_and_a_surplus_give_no_definition(
    goods: pd.DataFrame, groups: set[str]
) -> None:
    nothing = {"groups": groups, "year": 2030}
    assert definitions.by_vintage(goods, "exports", "JPN", **nothing) == ()
    assert definitions.deficit_shares(goods, catalog.load("nipa_goods"), "JPN", **nothing) == ()
    # The United States had a surplus with the Netherlands in 2021.
    assert definitions.by_vintage(goods, "deficit", "NLD", groups=groups, year=2021) == ()


def test_without_the_accounts_of_the_year_only_the_two_census_shares_are_left(
    goods: pd.DataFrame, groups: set[str]
) -> None:
    accounts = catalog.load("nipa_goods").query("year != 2021")
    found = definitions.deficit_shares(goods, accounts, "JPN", groups=groups, year=2021)
    assert [one.whole for one in found] == ["net", "gross", "net", "gross"]


def test_a_statement_holds_for_certain_or_possibly() -> None:
    table = pd.DataFrame(
        {"year": 2019, "partner": ["GBR", "JPN", "DEU", "WLD"], "value": [120, 100, 99, 350.0]}
    ).assign(low=lambda d: d["value"] - 5, high=lambda d: d["value"] + 5, vintage="v", source="s")
    from helpers.analysis import jobs

    reading = jobs.reading(table, "JPN", groups={"WLD"})
    assert reading is not None
    one = definitions.Definition("jobs", "all", "mousa", reading)
    # Japan 95-105 is second or third: Germany, 94-104, may stand above; the United Kingdom, 115-125, does.
    assert definitions.within([one], 2) == Held(certain=0, possible=1, of=1)
    assert definitions.within([one], 3) == Held(certain=1, possible=1, of=1)
