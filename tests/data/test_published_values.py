"""The tables against figures that were published, each with where it was published."""

from __future__ import annotations

import pytest

from helpers.data import catalog

NOT_COUNTRIES = ["WLD", "EUU", "OPEC", "ASEAN", "USMCA"]

# Million dollars, Census basis. 2023-03: U.S. Census Bureau, U.S. Trade in Goods by Country, the file of March 2023,
# columns EYR and IYR (https://www.census.gov/foreign-trade/balance/country.xlsx). 2026: International Trade
# API, ALL_VAL_YR and GEN_VAL_YR of December (https://api.census.gov/data/timeseries/intltrade/exports/hs).
TRADE = [
    ("2023-03", 2021, "exports", {"CAN": 307758, "MEX": 276491, "CHN": 151442, "JPN": 74565, "KOR": 65942}),
    ("2023-03", 2021, "imports", {"CHN": 504935, "MEX": 384649, "CAN": 357788, "DEU": 135216, "JPN": 134860}),
    ("2023-03", 2022, "exports", {"CAN": 356113, "MEX": 324378, "CHN": 153837, "JPN": 80317, "GBR": 77301}),
    ("2023-03", 2022, "imports", {"CHN": 536754, "MEX": 454930, "CAN": 437729, "JPN": 148330, "DEU": 146608}),
    ("2026", 2021, "exports", {"CAN": 309604, "MEX": 277195, "CHN": 151439, "JPN": 74730, "KOR": 65807}),
    ("2026", 2021, "imports", {"CHN": 504246, "MEX": 382569, "CAN": 357275, "JPN": 134800, "DEU": 134653}),
    ("2026", 2022, "exports", {"CAN": 359084, "MEX": 327016, "CHN": 153987, "JPN": 80151, "GBR": 76805}),
    ("2026", 2022, "imports", {"CHN": 536269, "MEX": 452015, "CAN": 437418, "JPN": 148002, "DEU": 146608}),
]


@pytest.mark.parametrize(("vintage", "year", "flow", "published"), TRADE, ids=lambda v: str(v)[:8])
def test_trade_with_the_five_largest_partners_is_as_published(vintage, year, flow, published):
    frame = catalog.load("goods_trade", vintage="all", year=year, flow=flow)
    frame = frame[(frame["vintage"] == vintage) & ~frame["partner"].isin(NOT_COUNTRIES)]
    largest = frame.nlargest(5, "value_musd").set_index("partner")["value_musd"]
    assert largest.round().astype(int).to_dict() == published
    assert list(largest.index) == list(published)


# Million dollars. Census Bureau, country.xlsx of March 2023, European Union: 318,489.9 in exports and 486,894.6 in
# imports of 2018. The API of 2026 gives 251,986.1 and 426,154.2: less the United Kingdom's 66,503.9 and 60,740.3.
UNION_2018 = {"exports": (318489.9, 251986.1, 66503.9), "imports": (486894.6, 426154.2, 60740.3)}


def test_the_two_vintages_agree_to_2019_but_for_the_union_without_the_united_kingdom():
    frame = catalog.load("goods_trade", vintage="all")
    frame = frame[frame["year"].between(2013, 2019)]
    both = frame.pivot_table(
        index=["year", "partner", "flow"], columns="vintage", values="value_musd"
    ).dropna()
    apart = both[(both["2026"] - both["2023-03"]).abs() > 1e-6].reset_index()
    assert sorted({*zip(apart["year"], apart["partner"], strict=True)}) == [(2018, "EUU"), (2019, "EUU")]
    for flow, (of_2023, of_2026, kingdom) in UNION_2018.items():
        assert both.loc[(2018, "EUU", flow)].round(1).to_dict() == {"2023-03": of_2023, "2026": of_2026}
        assert round(both.loc[(2018, "GBR", flow), "2026"], 1) == kingdom
    assert "the European Union of 2018 and 2019" in catalog.describe("goods_trade").coverage["en"]


@pytest.mark.parametrize(("flow", "billion"), [("exports", 1757.7), ("imports", 2828.5)])
def test_the_world_total_of_2021_is_the_revised_one(flow, billion):
    world = catalog.load("goods_trade", year=2021, flow=flow, partner="WLD")
    assert world["value_musd"].div(1000).round(1).tolist() == [billion]


def test_the_position_of_japan_in_2019_is_first_by_owner_and_differs_by_foreign_parent():
    # By owner: JETRO, business brief of 31 July 2020, quoting BEA: Japan 644.7, all countries 4,458.4 billion.
    # https://www.jetro.go.jp/biznews/2020/07/c79d7da13ccaeb33.html
    # By foreign parent: BEA, FDIUS by detailed country 2008-2019, July 2020: 619,259 of 4,458,362 million.
    # The Ministry of Foreign Affairs gives 619.3 billion (https://www.mofa.go.jp/mofaj/area/usa/keizai/index.html).
    frame = catalog.load("fdi_position", year=2019).set_index(["basis", "partner"])["value_musd"]
    assert frame["ubo", "JPN"] == 644_700
    assert frame["foreign_parent", "JPN"] == 619_259
    assert round(100 * frame["ubo", "JPN"] / frame["ubo", "WLD"], 1) == 14.5
    assert round(100 * frame["foreign_parent", "JPN"] / frame["foreign_parent", "WLD"], 1) == 13.9


def test_the_five_largest_owners_of_2020_are_those_of_the_first_release():
    # JETRO, area report of 27 August 2021: Japan 679.0, Canada 569.8, Germany 564.3, United Kingdom 480.8, France
    # 315.0 billion. https://www.jetro.go.jp/biz/areareports/2021/5d3294b9efc8814c.html
    frame = catalog.load("fdi_position", year=2020, basis="ubo", row_type="country")
    found = frame.sort_values("value_musd", ascending=False)
    assert found["partner"].tolist() == ["JPN", "CAN", "DEU", "GBR", "FRA"]
    assert found["value_musd"].tolist() == [679_000, 569_800, 564_300, 480_800, 315_000]


def test_japan_is_the_second_employer_in_2019():
    # JETRO, business brief of 23 August 2021, quoting BEA: United Kingdom 1,252,300, Japan 973,800, Canada
    # 871,300, Germany 859,900, France 765,100. https://www.jetro.go.jp/biznews/2021/08/58d5ce666fdae1b7.html
    frame = catalog.load("jobs_national", year=2019)
    countries = frame[frame["partner"] != "WLD"].sort_values("value", ascending=False)
    assert countries["partner"].tolist() == ["GBR", "JPN", "CAN", "DEU", "FRA"]
    assert countries["value"].tolist() == [1_252_300, 973_800, 871_300, 859_900, 765_100]


def test_jobs_in_the_fourteen_states_are_those_of_the_deck_with_two_slips_mended():
    # Task force, summary of fiscal year 2021 (slides for the follow-up meeting of 5 July 2022), last slide;
    # Indiana and Illinois, printed 5,600 and 5,800, after JETRO's brief of 23 August 2021 (address above).
    japan = catalog.load("jobs_state", year=2019, partner="JPN").set_index("state")
    assert japan["value"].astype(int).to_dict() == {
        "AL": 20900, "CA": 124700, "GA": 38500, "HI": 21200, "IL": 58000, "IN": 56000, "KS": 11600,
        "KY": 44400, "MS": 9900, "NE": 6500, "OH": 71300, "TN": 47500, "TX": 75100, "WV": 3900,
    }  # fmt: skip
    assert japan["printed_value"].dropna().to_dict() == {"IL": 5800, "IN": 5600}
    assert sorted(japan.index[japan["rank_printed"] == 2]) == ["CA", "IL", "TX", "WV"]
    assert (japan["high"] - japan["low"] == 100).all()


def test_the_leaders_of_the_deck_are_kept_and_the_unverified_one_is_empty():
    leaders = catalog.load("jobs_state", year=2019, partner=["GBR", "CAN"]).set_index(["state", "partner"])[
        "value"
    ]
    assert leaders.dropna().to_dict() == {
        ("CA", "GBR"): 126_000,
        ("TX", "GBR"): 118_300,
        ("WV", "CAN"): 5_100,
    }
    assert list(leaders[leaders.isna()].index) == [("IL", "GBR")]


def test_the_nineties_keep_letters_as_intervals_and_confidential_cells_without_one():
    # BEA, employment of nonbank affiliates by state and country of owner (0794iid, tables 23 and 24)
    frame = catalog.load("jobs_state_1990s")
    letters = frame[frame["flag"] == "G"]
    assert letters["value"].isna().all()
    assert set(zip(letters["low"], letters["high"], strict=True)) == {(1000, 2499)}
    secret = frame[frame["flag"] == "(D)"]
    assert len(secret) == 16
    assert secret[["value", "low", "high"]].isna().all(axis=None)


def test_georgia_is_a_country_among_partners_and_a_state_among_states():
    frame = catalog.load("state_trade", state="GA", partner="GEO", year=2018)
    assert len(frame) == 2
    names = catalog.names("ja")
    assert (names["GA"], names["GEO"]) == ("ジョージア州", "ジョージア")


def test_georgia_the_state_sent_japan_what_usa_trade_online_prints():
    # Census Bureau, USA Trade Online, state exports by origin of movement, 2018, read in 2019: exports of all
    # states to Japan 74,966,716,044 dollars.
    frame = catalog.load("state_trade", partner="JPN", year=2018, flow="exports")
    assert frame["value_usd"].sum() == 74_966_716_044
