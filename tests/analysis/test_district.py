"""A consular district: what it serves, its sums over the areas served whole, and the rank that these leave open."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import derive, district
from helpers.analysis.lookup import Lookup
from helpers.data import catalog
from helpers.errors import AnalysisError

# Made up: A and B share Y; C serves Z and the territory T. The table lists every area but U.
MISSIONS = pd.DataFrame(
    {
        "mission": ["a", "b", "c", "d"],
        "kind": ["embassy", "consulate_general", "consulate_general", "consular_office"],
        "city_en": ["Aye", "Bee", "Cee", "Dee"],
        "city_ja": ["エー", "ビー", "シー", "ディー"],
        "state": ["X", "Y", "Z", "U"],
    }
)
JURISDICTIONS = pd.DataFrame(
    [
        ("a", "X", "full"),
        ("a", "Y", "partial"),
        ("b", "W", "full"),
        ("b", "Y", "partial"),
        ("c", "Z", "full"),
        ("c", "T", "full"),
        ("d", "U", "full"),
    ],
    columns=["mission", "area", "coverage"],
)
STATES = pd.DataFrame({"usps": ["W", "X", "Y", "Z"], "name_en": ["Wye", "Ex", "Why", "Zed"]})
AMOUNTS = {"W": 10.0, "X": 30.0, "Y": 100.0, "Z": 45.0, "T": 5.0}


def trade(amounts):
    frame = pd.DataFrame({"state": list(amounts), "value_usd": list(amounts.values())})
    return frame.assign(year=2018, partner="JPN", flow="imports", vintage="made up", source="synthetic")


NATION = pd.DataFrame(
    [
        (2017, "JPN", "imports", 400.0),
        (2018, "WLD", "imports", 900.0),
        (2018, "JPN", "exports", 800.0),
        (2018, "JPN", "imports", 200.0),
    ],
    columns=["year", "partner", "flow", "value_usd"],
).assign(vintage="made up", source="synthetic")


def of(mission):
    return district.of(mission, MISSIONS, JURISDICTIONS, STATES)


def total(mission, amounts=AMOUNTS):
    return district.total(trade(amounts), NATION, "imports", "JPN", of(mission), JURISDICTIONS)


def test_a_district_knows_what_it_serves_whole_in_part_and_besides_states():
    one = of("c")
    assert (one.states, one.territories, one.shared) == (("Z",), ("T",), ())
    assert (of("a").states, of("a").shared, of("a").areas) == (("X",), ("Y",), ("X", "Y"))
    assert (one.kind, one.city["ja"]) == ("consulate_general", "シー")


def test_an_unknown_mission_is_named_with_the_known_ones():
    with pytest.raises(AnalysisError, match="one of the codes a, b, c, d, got 'z'"):
        of("z")


def test_a_state_served_in_part_is_in_no_sum():
    # X alone: 30 of the nation's 200; Y's 100 go to nobody.
    one = total("a")
    assert (one.value, one.share, one.added) == (30.0, 0.15, ("X",))
    assert total("c").value == 50.0  # the territory counts in its district: 45 + 5


def test_a_rank_is_open_where_the_division_of_a_shared_state_could_change_it():
    # By whole areas: c 50, a 30, b 10; a and b have Y's 100 between them. With all of it either is first. With none of
    # it a is third (b has 110), b too. c is never first: a and b hold at most 50 each only where they take in 20 + 40.
    assert [(total(m).rank, total(m).best, total(m).worst) for m in "abc"] == [
        (None, 1, 3),
        (None, 1, 3),
        (None, 2, 3),
    ]
    assert total("a").of == 3  # no figure of d


def test_two_districts_cannot_both_have_what_only_one_of_them_can():
    # c has 110: a lacks 80 and b 100 of Y's 100, so one of the two can stand above c, never both.
    one = total("c", AMOUNTS | {"Z": 105.0})
    assert (one.rank, one.best, one.worst) == (None, 1, 2)


def test_a_tie_stands_above_nobody():
    # c has 70: a lacks 40 and b 60, Y's 100 to the dollar. Both at 70 tie with c; both above it would take more.
    one = total("c", AMOUNTS | {"Z": 65.0})
    assert (one.best, one.worst) == (1, 2)


def test_a_place_is_one_where_every_division_gives_it():
    # c has 50; Y's 5 lift neither a's 30 nor b's 10 to it, nor change their order: 30 against 15, 35 against 10.
    found = [total(m, AMOUNTS | {"Y": 5.0}) for m in "abc"]
    assert [(one.rank, one.best, one.worst) for one in found] == [(2, 2, 2), (3, 3, 3), (1, 1, 1)]


def test_a_district_of_which_no_area_is_listed_has_no_sum():
    assert total("d") is None


def test_an_area_that_the_table_does_not_list_is_in_no_sum_and_is_named():
    one = total("c", {area: value for area, value in AMOUNTS.items() if area != "T"})
    assert (one.value, one.added, one.lacking) == (45.0, ("Z",), ("T",))
    assert total("c").lacking == ()


def test_a_shared_state_that_the_table_does_not_list_is_not_divided():
    one = total("a", {area: value for area, value in AMOUNTS.items() if area != "Y"})
    assert (one.rank, one.value) == (2, 30.0)  # c 50, a 30, b 10


def test_an_area_without_a_row_for_the_partner_had_no_trade_with_it():
    rows = trade(AMOUNTS)
    other = rows[rows["state"] == "T"].assign(partner="WLD")
    table = pd.concat([rows[rows["state"] != "T"], other], ignore_index=True)
    one = district.total(table, NATION, "imports", "JPN", of("c"), JURISDICTIONS)
    assert (one.value, one.added) == (45.0, ("Z", "T"))


@pytest.mark.parametrize("mission", ["a", "b", "c"])
def test_the_ends_of_a_rank_are_computed_again_from_the_rows(mission):
    one = total(mission)
    tables = {"state_trade": trade(AMOUNTS), "state_trade_us": NATION, "missions": MISSIONS}
    again = {key: derive.recompute(way.plain(), tables.__getitem__) for key, way in one.made.items()}
    assert again == {key: getattr(one, key) for key in ("value", "share", "best", "worst", "of")}


def test_groups_of_a_universe_are_sums_over_their_codes():
    groups = {"g": ["W", "X"], "h": ["Z"]}
    universe = {"table": "state_trade", "column": "value_usd", "by": "state", "where": {}, "groups": groups}
    found = derive.members(universe, Lookup({"state_trade": trade(AMOUNTS)}.__getitem__))
    assert found["value"].to_dict() == {"g": 40.0, "h": 45.0}


# USA Trade Online, edition of March 2019: exports to Japan in 2018, in dollars, of Michigan 1,433,152,642, of Ohio
# 1,680,163,298; of Washington and Montana, without Idaho, which Portland shares.
def published(state):
    rows = catalog.load("state_trade", state=state, year=2018, partner="JPN", flow="exports")
    return float(rows["value_usd"].iloc[0])


def shipped(mission):
    tables = {name: catalog.load(name) for name in ("missions", "jurisdictions", "states", "state_trade_us")}
    own = district.of(mission, tables["missions"], tables["jurisdictions"], tables["states"])
    table = catalog.load("state_trade", year=2018)
    return own, district.total(
        table, tables["state_trade_us"], "exports", "JPN", own, tables["jurisdictions"]
    )


def test_detroit_is_michigan_and_ohio():
    own, one = shipped("detroit")
    assert own.states == ("MI", "OH")
    assert round(one.value / 1e6) == 3113  # 1,433.2 + 1,680.2 million
    assert one.value == published("MI") + published("OH")


def test_seattle_counts_washington_and_montana_and_no_part_of_idaho():
    own, one = shipped("seattle")
    assert (own.states, own.shared, one.added) == (("MT", "WA"), ("ID",), ("MT", "WA"))
    assert round(one.value / 1e6) == 6145  # 55.8 + 6,089.4 million; Idaho's 215.2 are not in it


def test_the_embassy_serves_the_district_maryland_and_virginia():
    own, one = shipped("embassy")
    assert (own.kind, own.states, own.shared) == ("embassy", ("DC", "MD", "VA"), ())
    assert round(one.value / 1e6) == 1635  # 7.8 + 1,121.5 + 505.7 million


def test_new_york_has_its_territories_and_no_part_of_connecticut():
    own, one = shipped("new-york")
    assert (own.territories, own.shared) == (("PR", "VI"), ("CT",))
    assert set(one.added) == {"DE", "NJ", "NY", "PA", "WV", "PR", "VI"}


def test_every_mission_has_a_district_and_sixteen_of_them_a_figure():
    found = {mission: shipped(mission)[1] for mission in catalog.load("missions")["mission"]}
    assert len(found) == 17
    assert [mission for mission, one in found.items() if one is None] == ["hagatna"]
    assert {one.of for one in found.values() if one} == {16}
