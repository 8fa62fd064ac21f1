"""Goods trade: shares, ranks, the two denominators of a deficit, states; by hand and against published figures."""

from __future__ import annotations

import inspect

import pandas as pd
import pytest

from helpers.analysis import trade
from helpers.data import catalog

GROUPS = {"EUU"}


def goods(*rows):
    frame = pd.DataFrame(rows, columns=["year", "partner", "flow", "value_musd"])
    return frame.assign(vintage="2026", source="census")


# Imports less exports: China 60 - 20 = 40, Japan 30 - 20 = 10, Canada 10 - 30 = -20; with the world 100 - 80 = 20.
TABLE = goods(
    (2021, "WLD", "exports", 80.0),
    (2021, "EUU", "exports", 10.0),
    (2021, "CAN", "exports", 30.0),
    (2021, "CHN", "exports", 20.0),
    (2021, "JPN", "exports", 20.0),
    (2021, "WLD", "imports", 100.0),
    (2021, "CHN", "imports", 60.0),
    (2021, "JPN", "imports", 30.0),
    (2021, "CAN", "imports", 10.0),
    (2020, "WLD", "exports", 50.0),
    (2020, "JPN", "exports", 10.0),
)


@pytest.fixture(scope="module")
def shipped():
    return catalog.load("goods_trade"), set(catalog.load("aggregates")["code"])


def test_a_reading_divides_by_the_world_and_leaves_groups_out_of_the_ranks():
    found = trade.reading(TABLE, "exports", "JPN", groups=GROUPS)
    assert (found.year, found.value, found.total, found.standing.share) == (2021, 20.0, 80.0, 0.25)
    assert found.league["partner"].tolist() == ["CAN", "CHN", "JPN"]
    assert (found.rank, found.standing.tied) == (2, True)
    assert round(found.share_change, 12) == 0.05  # 20/80 less 10/50


# 2020 as the edition of 2023 has it (20 of 80 exported, a deficit of 5 of 10), and as that of 2026 has it.
FIRST = [(2020, "WLD", "exports", 80.0), (2020, "JPN", "exports", 20.0), (2020, "WLD", "imports", 90.0),
         (2020, "JPN", "imports", 25.0)]  # fmt: skip
REVISED = [(2020, "WLD", "exports", 50.0), (2020, "JPN", "exports", 10.0), (2020, "WLD", "imports", 60.0),
           (2020, "JPN", "imports", 14.0)]  # fmt: skip


def test_a_share_changes_against_the_year_before_in_its_own_edition():
    now = TABLE[TABLE["year"] == 2021]
    table = pd.concat([now, goods(*FIRST).assign(vintage="2023")])
    assert trade.reading(table, "exports", "JPN", groups=GROUPS).share_change is None
    assert trade.deficit_reading(table, "JPN", groups=GROUPS).share_change is None
    at = {"groups": GROUPS, "editions": pd.concat([table, goods(*REVISED)])}
    exports = trade.reading(table, "exports", "JPN", **at)
    assert round(exports.share_change, 12) == 0.05  # 20/80 less 10/50, not 20/80 less 20/80
    assert {cell.vintage for cell in exports.lineage("share_change").cells} == {"2026"}
    deficit = trade.deficit_reading(table, "JPN", **at)
    assert round(deficit.share_change, 12) == 0.1  # 10/20 less 4/10


def test_without_a_world_row_there_is_no_share():
    found = trade.reading(TABLE[TABLE["partner"] != "WLD"], "exports", "JPN", groups=GROUPS)
    assert (found.value, found.total, found.standing.share, found.share_change) == (20.0, None, None, None)
    assert found.league["share"].isna().all()
    of_2020 = TABLE[(TABLE["partner"] != "WLD") | (TABLE["year"] == 2020)]
    assert trade.reading(of_2020, "exports", "JPN", groups=GROUPS).share_change is None


@pytest.mark.parametrize("year", [2019, 2022])
def test_there_is_no_reading_of_a_year_or_partner_that_is_not_in_hand(year):
    assert trade.reading(TABLE, "exports", "JPN", groups=GROUPS, year=year) is None
    assert trade.deficit_reading(TABLE, "JPN", groups=GROUPS, year=year) is None
    assert trade.reading(TABLE, "exports", "GBR", groups=GROUPS) is None
    assert trade.reading(TABLE.iloc[:0], "exports", "JPN", groups=GROUPS) is None


def test_a_deficit_has_two_denominators():
    found = trade.deficits(TABLE, 2021, groups=GROUPS).set_index("partner")
    assert found["value"].to_dict() == {"CHN": 40.0, "JPN": 10.0}
    # Net 100 - 80 = 20: China's 40 is 200% of it. Gross 40 + 10 = 50: Japan's part is a fifth.
    assert found["share"].to_dict() == {"CHN": 2.0, "JPN": 0.5}
    assert found["share_gross"].to_dict() == {"CHN": 0.8, "JPN": 0.2}
    assert (found["net"].unique().tolist(), found["gross"].unique().tolist()) == ([20.0], [50.0])


def test_a_partner_with_which_there_is_a_surplus_has_no_deficit_reading():
    assert trade.deficit_reading(TABLE, "CAN", groups=GROUPS) is None
    assert trade.deficit_reading(TABLE, "JPN", groups=GROUPS).rank == 2


def test_the_first_deficit_has_no_change_where_the_year_before_is_not_in_hand():
    found = trade.deficit_reading(TABLE, "CHN", groups=GROUPS)
    assert (found.rank, found.share_change) == (1, None)


def test_history_ranks_every_year_and_leaves_groups_out():
    past = trade.history(TABLE, "exports", groups=GROUPS)
    assert past[["year", "partner", "rank", "of"]].to_numpy().tolist() == [
        [2020, "JPN", 1, 1],
        [2021, "CAN", 1, 3],
        [2021, "CHN", 2, 3],
        [2021, "JPN", 2, 3],
    ]
    assert trade.history(TABLE.iloc[:0], "exports", groups=GROUPS).empty


def test_who_has_no_trade_is_no_partner():
    table = pd.concat([TABLE, goods((2021, "FRA", "exports", 0.0))])
    assert trade.history(table, "exports", groups=GROUPS)["of"].tolist() == [1, 3, 3, 3]
    assert trade.reading(table, "exports", "JPN", groups=GROUPS).standing.of == 3
    assert trade.reading(table, "exports", "FRA", groups=GROUPS) is None


def test_the_subject_is_among_the_leaders_in_any_case():
    past = trade.history(TABLE, "imports", groups=GROUPS)
    assert trade.leaders(past, 2021, 1, subject="CAN") == ["CAN"]
    assert trade.leaders(past, 2021, 2, subject="CAN") == ["CHN", "CAN"]
    assert trade.leaders(past, 2021, 2, subject="JPN") == ["CHN", "JPN"]
    assert trade.leaders(past, 2021, 2, subject="CHN") == ["CHN", "JPN"]


@pytest.mark.parametrize(
    ("flow", "million", "rank"), [("exports", 74_730, 4), ("imports", 134_800, 4)], ids=["exports", "imports"]
)
def test_trade_with_japan_in_2021_is_as_the_census_bureau_publishes_it(shipped, flow, million, rank):
    # US Census Bureau, International Trade API, ALL_VAL_YR and GEN_VAL_YR of December 2021, read in 2026
    # (https://api.census.gov/data/timeseries/intltrade/exports/hs); fourth in both flows in that edition.
    table, groups = shipped
    found = trade.reading(table, flow, "JPN", groups=groups, year=2021)
    assert (round(found.value), found.rank) == (million, rank)


@pytest.mark.parametrize(
    ("as_of", "vintage", "imports", "deficit"), [("", "2026", 4, 6), ("2022-07-05", "2023-03", 5, 5)]
)
def test_rank_by_imports_and_deficit_in_2021_depend_on_the_edition(as_of, vintage, imports, deficit):
    # Country file of March 2023: Germany 135,216 and Japan 134,860 million of imports; Census API 2026: 134,653
    # and 134,800. China, Mexico, Vietnam and Germany come before Japan by deficit in both.
    table, groups = catalog.load("goods_trade", as_of=as_of), set(catalog.load("aggregates")["code"])
    found = trade.reading(table, "imports", "JPN", groups=groups, year=2021)
    gap = trade.deficit_reading(table, "JPN", groups=groups, year=2021)
    assert (found.vintage, found.rank, gap.rank) == (vintage, imports, deficit)
    assert {"CHN", "MEX", "VNM", "DEU"} <= set(gap.league["partner"].head(deficit - 1))
    assert round(100 * gap.standing.share, 1) == 5.6


def test_georgia_the_state_and_georgia_the_country_are_two_things(shipped):
    _, groups = shipped
    table = catalog.load("state_trade", state="GA")
    at = {"groups": groups, "value": "value_usd", "name": "state_trade", "place": "GA"}
    with_country = trade.reading(table, "exports", "GEO", **at)
    with_japan = trade.reading(table, "exports", "JPN", **at)
    assert with_country.place == with_japan.place == "GA"
    assert with_japan.among.where == {"year": with_japan.year, "flow": "exports", "state": "GA"}
    assert with_country.value < with_japan.value / 10
    assert "GEO" not in set(catalog.load("state_trade")["state"])
    assert "GA" not in set(catalog.load("goods_trade")["partner"])


def test_no_function_takes_a_state_and_gives_a_balance():
    names = [name for name, thing in inspect.getmembers(trade, inspect.isfunction)]
    assert not [name for name in names if "balance" in name]
    takes_place = [
        name
        for name, thing in inspect.getmembers(trade, inspect.isfunction)
        if "place" in inspect.signature(thing).parameters
    ]
    assert takes_place == [
        "reading"
    ]  # one flow at a time; `deficits` and `deficit_reading` know the nation only


def test_states_are_ranked_by_their_trade_with_the_subject():
    rows = [
        (2018, "TN", "WLD", "exports", 100.0),
        (2018, "TN", "JPN", "exports", 10.0),
        (2018, "TN", "CAN", "exports", 30.0),
        (2018, "GA", "WLD", "exports", 200.0),
        (2018, "GA", "JPN", "exports", 50.0),
        (2017, "OH", "JPN", "exports", 99.0),
    ]
    table = pd.DataFrame(rows, columns=["year", "state", "partner", "flow", "value_usd"])
    found = trade.states_standing(table, "exports", "JPN", groups=()).set_index("state")
    assert found["place"].to_dict() == {"TN": 2, "GA": 1}
    assert found["rank"].to_dict() == {"TN": 2, "GA": 1}
    assert found["share"].to_dict() == {"TN": 0.1, "GA": 0.25}


def test_states_and_partners_of_the_same_value_share_the_better_place():
    rows = [
        *((2018, state, "WLD", "exports", 100.0) for state in ("TN", "GA", "OH")),
        *((2018, state, "JPN", "exports", 10.0) for state in ("TN", "GA")),
        (2018, "TN", "CAN", "exports", 10.0),
        (2018, "OH", "JPN", "exports", 5.0),
    ]
    table = pd.DataFrame(rows, columns=["year", "state", "partner", "flow", "value_usd"])
    found = trade.states_standing(table, "exports", "JPN", groups=()).set_index("state")
    assert found["place"].to_dict() == {"TN": 1, "GA": 1, "OH": 3}
    assert found["rank"].to_dict() == {"TN": 1, "GA": 1, "OH": 1}


def test_the_newest_year_is_that_of_the_flow():
    rows = [
        (2018, "TN", "JPN", "exports", 10.0),
        (2018, "TN", "WLD", "exports", 40.0),
        (2019, "TN", "JPN", "imports", 20.0),
    ]
    table = pd.DataFrame(rows, columns=["year", "state", "partner", "flow", "value_usd"])
    found = [trade.states_standing(table, flow, "JPN", groups=()) for flow in ("exports", "imports")]
    assert [frame[["year", "value"]].to_numpy().tolist() for frame in found] == [[[2018, 10]], [[2019, 20]]]
    assert (trade.newest_years(table), trade.newest(table)) == ([2018, 2019], 2018)
    assert (trade.newest_years(table.iloc[:0]), trade.newest(table.iloc[:0])) == ([], None)


def test_a_partner_without_a_row_in_the_newest_full_year_has_no_commodities():
    rows = [(2020, "JPN", "84", 30.0), (2020, "WLD", "84", 90.0), (2021, "WLD", "84", 95.0)]
    table = pd.DataFrame(rows, columns=["year", "partner", "hs2", "value_usd"]).assign(
        flow="exports", months=12
    )
    found = trade.commodities(table, "exports")
    assert (len(found), found.columns.tolist()[:4]) == (0, ["year", "partner", "flow", "hs2"])


def test_commodities_are_those_of_the_newest_full_year():
    rows = [
        (2019, "JPN", "exports", "84", 12, 50.0),
        (2020, "JPN", "exports", "84", 12, 30.0),
        (2020, "JPN", "exports", "27", 12, 10.0),
        (2020, "WLD", "exports", "84", 12, 60.0),
        (2020, "WLD", "exports", "27", 12, 100.0),
        (2021, "JPN", "exports", "27", 5, 99.0),
    ]
    table = pd.DataFrame(rows, columns=["year", "partner", "flow", "hs2", "months", "value_usd"])
    table["source"] = [
        f"{partner} {year}" for year, partner in zip(table["year"], table["partner"], strict=True)
    ]
    found = trade.commodities(table, "exports")[["year", "hs2", "value", "part", "share", "source"]]
    assert found.to_numpy().tolist() == [
        [2020, "84", 30.0, 0.75, 0.5, "JPN 2020"],
        [2020, "27", 10.0, 0.25, 0.1, "JPN 2020"],
    ]
    assert trade.commodities(table, "exports", partner="GBR").empty
