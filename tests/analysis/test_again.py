"""What is estimated, computed again from the rows: expected values worked by hand on made-up tables."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from helpers.analysis import association, concentration, derive, expected
from helpers.errors import AnalysisError

PLACES = ("AA", "BB", "CC", "DD")
"""Made-up states."""

EVENTS = pd.DataFrame(
    [
        ("e1", "2021-04-01", "north", "AA", "", "in_person"),
        ("e2", "2021-04-02", "north", "AA", "", "hybrid"),
        ("e3", "2021-04-03", "", "AA", "", ""),
        ("e4", "2021-04-04", "north", "AA", "BB", "in_person"),  # in both
        ("e5", "2021-04-05", "east", "BB", "", "unknown"),
        ("e6", "2021-04-06", "east", "AA", "", "online"),  # in no state; in the district of its mission
        ("e7", "2021-04-07", "", "PR", "", "in_person"),  # in no state; in the district that serves it
        ("e8", "2021-04-08", "", "", "", "in_person"),  # nowhere
        ("e9", "2022-01-01", "north", "AA", "", "in_person"),  # after the day
    ],
    columns=["event_id", "date_start", "mission", "state", "other_states", "format"],
)
TRADE = pd.DataFrame(
    [
        (2018, "AA", "JPN", 30.0),
        (2018, "AA", "DEU", 40.0),
        (2018, "AA", "WLD", 100.0),
        (2018, "BB", "JPN", 10.0),
        (2018, "BB", "DEU", 5.0),
        (2018, "CC", "DEU", 7.0),  # listed without Japan: zero
        (2018, "PR", "JPN", 5.0),
        (2018, "US_UNKNOWN", "JPN", 9.0),
        (2014, "AA", "JPN", 20.0),
        (2014, "BB", "JPN", 10.0),
    ],
    columns=["year", "state", "partner", "value_usd"],
).assign(flow="imports", vintage="2019")
TABLES = {
    "events": EVENTS,
    "state_trade": TRADE,
    "states": pd.DataFrame({"usps": ["AA", "BB", "CC"]}),
    "aggregates": pd.DataFrame({"code": ["WLD"]}),
    "missions": pd.DataFrame({"mission": ["north", "east"], "state": ["AA", "BB"]}),
    "jurisdictions": pd.DataFrame(
        {"mission": ["north", "south", "south", "east", "east"], "area": ["AA", "AA", "CC", "BB", "PR"]}
    ),
    "claims": pd.DataFrame(
        {"id": ["c1", "c2"], "place": ["BB", "US"], "page": ["6", "6"], "rank": [1.0, 2.0]}
    ),
}
BESIDE = {
    "table": "state_trade",
    "column": "value_usd",
    "by": "state",
    "open": "partner",
    "vintage": "2019",
} | {"where": {"year": 2018, "partner": "JPN", "flow": "imports"}}
FLAT = {"shape": None, "first": [2014, "2019"]}


def again(name, *, tables=TABLES, level="state", more=(), **arguments):
    universe = {"table": "events", "column": "", "by": "", "where": {}, "until": {"date_start": "2021-12-31"}}
    universe |= {"level": level, "beside": BESIDE, **dict(more), "method": {"name": name, **arguments}}
    return derive.recompute({"how": "estimated", "rows": [], "universe": universe}, tables.__getitem__)


# Events: four in AA, two in BB, none in CC. Presence: 30, 10 and 0 of 40, so that 4.5, 1.5 and 0 are expected.
@pytest.mark.parametrize(
    ("name", "place", "value"),
    [
        ("expected", "AA", 4.5),
        ("expected", "CC", 0.0),
        ("ratio", "BB", 4 / 3),
        ("gap", "BB", math.log(4 / 3)),
        ("activity_share", "AA", 2 / 3),
        ("presence_share", "AA", 0.75),
        # Garwood's limits of a Poisson mean, as printed in tables: of two 0.2422 to 7.2247, of four 1.0899 to 10.2416
        ("low", "BB", 0.2422 / 1.5),
        ("high", "BB", 7.2247 / 1.5),
        ("low", "AA", 1.0899 / 4.5),
        ("high", "AA", 10.2416 / 4.5),
    ],
)
def test_a_place_is_set_beside_its_share_of_presence(name, place, value):
    assert again(name, place=place) == pytest.approx(value, rel=2e-4 if name in ("low", "high") else 1e-12)


# The Lorenz curve runs from (0, 0) to (0.75, 2/3) and (1, 1): under it 0.25 + 0.208333, so that Gini is 0.083333.
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("places", 3),
        ("events", 6),
        ("inside", 3),
        ("above", 0),
        ("below", 0),
        ("d", 1 / 12),
        ("gini", 1 / 12),
        ("lower_half", 4 / 9),
        ("known", 3),
        ("all", 3),
    ],
)
def test_the_whole_is_added_up(name, value):
    assert again(name) == pytest.approx(value, abs=1e-12)


# North and south share AA and are read as one: AA and CC, 30 dollars; east: BB and PR, 15. Events: e1 to e4 and none
# online; in the east e4, e5, e6 (held online by its mission) and e7.
def test_districts_that_share_a_state_are_one_place():
    assert again("presence_share", level="group", place="north+south") == pytest.approx(30 / 45)
    assert again("activity_share", level="group", place="east") == pytest.approx(4 / 8)
    assert again("events", level="group") == 8
    assert again("all", level="group") == again("known", level="group") == 2


def test_a_district_lacks_its_figure_where_one_of_its_states_does():
    fewer = TABLES | {"state_trade": TRADE[TRADE["state"] != "CC"]}
    assert again("known", tables=fewer) == 2
    assert (again("known", tables=fewer, level="group"), again("all", tables=fewer, level="group")) == (1, 2)


def test_among_some_places_everything_is_a_share_of_their_own_sum():
    assert again("expected", more={"among": ["BB"]}, place="BB") == 2
    assert again("presence_share", more={"among": ["AA", "BB"]}, place="BB") == 0.25


def test_many_more_events_than_expected_lie_above_the_funnel():
    crowd = pd.concat([EVENTS, *[EVENTS.iloc[[4]].assign(event_id=f"x{n}") for n in range(20)]])
    found = {name: again(name, tables=TABLES | {"events": crowd}) for name in ("above", "below", "inside")}
    assert found == {
        "above": 1,
        "below": 1,
        "inside": 1,
    }  # BB has 22 for 6.5, AA 4 for 19.5, CC none for none


def test_a_shrunken_ratio_holds_at_the_likeliest_shape_only():
    # 22 and 4 events for 6.5 and 19.5 expected: the places differ by more than chance
    crowd = pd.concat([EVENTS, *[EVENTS.iloc[[4]].assign(event_id=f"x{n}") for n in range(20)]])
    tables = TABLES | {"events": crowd}
    frame = pd.DataFrame({"place": ["AA", "BB", "CC"], "observed": [4, 22, 0], "expected": [19.5, 6.5, 0]})
    shape = expected.shrink(frame).shape
    assert again("shrunk", tables=tables, place="BB", shape=shape) == pytest.approx(
        (shape + 22) / (shape + 6.5)
    )
    assert again("nth", tables=tables, place="BB", shape=shape) == 1
    assert again("nth", tables=tables, place="AA", shape=shape) == 3
    for other in (1.05 * shape, 0.95 * shape, None):
        with pytest.raises(AnalysisError, match="largest likelihood"):
            again("shrunk", tables=tables, place="BB", shape=other)
    assert again("shrunk", place="BB", shape=None) == 1  # 4 and 2 for 4.5 and 1.5 differ by chance alone


def test_intervals_and_chance_are_drawn_again_from_the_seed():
    frame = pd.DataFrame({"place": ["AA", "BB", "CC"], "observed": [4, 2, 0], "presence": [30.0, 10, 0]})
    drawn = concentration.concentration(frame, seed=7, resamples=99)
    for name in ("d_low", "d_high", "gini_low", "gini_high", "d_chance", "gini_chance"):
        assert again(name, seed=7, resamples=99) == getattr(drawn, name)
    assert again("p_chance", seed=7, resamples=99) == drawn.p
    assert again("d_chance", seed=8, resamples=99) != drawn.d_chance


SIZES = pd.DataFrame({"state": PLACES, "value": [1.0, 2.0, 4.0, 3.0], "measure": "people"})
FOUR = TABLES | {
    "states": pd.DataFrame({"usps": PLACES}),
    "state_context": SIZES,
    "events": pd.concat(
        [
            EVENTS.iloc[[0]].assign(event_id=f"{p}{n}", state=p)
            for k, p in enumerate(PLACES)
            for n in range(k + 1)
        ]
    ),
}
PEOPLE = {"table": "state_context", "column": "value", "by": "state", "where": {"measure": "people"}}


# One to four events where there are 1, 2, 4 and 3 people: rho is 1 - 6 x 2 / (4 x 15) = 0.8, without AA or BB
# 1 - 6 x 2 / (3 x 8) = 0.5, without CC or DD 1. The smallest rho that 4 places find: tanh(1.9600 + 0.8416) = 0.99265.
def test_an_association_is_computed_again():
    more = {"beside": PEOPLE}
    found = {n: again(n, tables=FOUR, more=more) for n in ("rho", "n", "left_low", "left_high", "detectable")}
    known = {"rho": 0.8, "n": 4, "left_low": 0.5, "left_high": 1.0, "detectable": 0.99265}
    assert found == pytest.approx(known, abs=5e-5)
    assert again("left_out", tables=FOUR, more=more, place="AA") == pytest.approx(0.5)
    frame = pd.DataFrame({"place": PLACES, "observed": [1, 2, 3, 4], "presence": SIZES["value"]})
    drawn = association.associate(frame, "observed", "presence", seed=7, resamples=99)
    assert again("p", tables=FOUR, more=more, seed=7, resamples=99) == drawn.p
    assert again("rho_low", tables=FOUR, more=more, seed=7, resamples=99) == drawn.low


def test_a_p_is_adjusted_over_the_grid_by_holm():
    other = {**PEOPLE, "where": {"measure": "other"}}
    sizes = pd.concat([SIZES, SIZES.assign(measure="other", value=[1.0, 3.0, 2.0, 4.0])])
    tables, arguments = FOUR | {"state_context": sizes}, {"seed": 7, "resamples": 99}
    grid = {"grid": [PEOPLE, other]}
    first, second = (again("p", tables=tables, more={"beside": one}, **arguments) for one in (PEOPLE, other))
    adjusted = again("p_holm", tables=tables, more={"beside": PEOPLE} | grid, **arguments)
    assert first == second  # both have a rho of 0.8
    assert adjusted == min(1.0, 2 * first)
    assert again("measures", tables=tables, more={"beside": PEOPLE} | grid) == 2


# Presence 30, 10, 0: 100, 50, 0. Rank: AA 2nd, BB 1st, CC without: 0 and 100. Nothing beyond chance: gap 50 for all.
# Seats in AA and BB: 0, 0, 100. Growth: 0.5 and 0: 100 and 0, CC without.
def test_the_scores_of_priority_are_computed_again():
    def score(name, place):
        return again(f"score_{name}", place=place, **FLAT)

    assert [score("presence", place) for place in ("AA", "BB", "CC")] == [100, 50, 0]
    assert [score("rank", place) for place in ("AA", "BB")] == [0, 100]
    assert [score("gap", place) for place in ("AA", "BB", "CC")] == [50, 50, 50]
    assert [score("office", place) for place in ("AA", "BB", "CC")] == [0, 0, 100]
    assert [score("growth", place) for place in ("AA", "BB")] == [100, 0]


def test_weights_make_points_and_places_of_the_scores():
    one = {"weights": [1, 2, 0, 1, 0], **FLAT}  # AA (100 + 0 + 0) / 4, BB (50 + 200 + 0) / 4
    assert again("points", place="AA", **one) == 25.0
    assert again("points", place="BB", **one) == 62.5
    assert [again("position", place=place, **one) for place in ("AA", "BB")] == [2, 1]
    assert again("ranked", **one) == 2  # CC lacks a rank
    assert again("between", **one, **{"from": 1, "to": 1}) == 1
    assert again("listed_inside", claims={"page": "6"}, **one) == 1
    assert again("shown", most=1, **one) == 1


# AA scores 100 by presence and by growth, BB by rank, with 50 by presence and both 50 by the gap: AA is ahead where
# half the weight of presence and that of growth are more than that of rank.
def test_random_weights_are_drawn_again_from_the_seed():
    one = {"seed": 7, "draws": 400, "top": 1, **FLAT}
    first, second = (again("top_share", place=place, **one) for place in ("AA", "BB"))
    assert first + second == pytest.approx(1)  # no draw ties
    assert again("first_share", **one) == max(first, second)
    assert [again(name, place="AA", **one) for name in ("best", "worst")] == [1, 2]
    assert again("median", place="AA", **one) == (1 if first >= 0.5 else 2)
    assert (again("ever", **one), again("sure", **one)) == (2, 0)
    assert again("listed_seldom", claims={"page": "6"}, **one) == 0
    # P(x/2 + z > y) of a flat Dirichlet is 1 - P(y > x/2 + z); y ahead of both: integral 1/((1 + 1/2)(1 + 1)) = 1/3
    assert first == pytest.approx(2 / 3, abs=0.06)


def test_an_unknown_method_and_two_figures_of_one_state_are_told():
    with pytest.raises(AnalysisError, match="trace, method"):
        again("guess", place="AA")
    twice = TABLES | {"state_trade": pd.concat([TRADE, TRADE.iloc[:1]])}
    with pytest.raises(AnalysisError, match="one figure for each state, got several for AA"):
        again("ratio", tables=twice, place="AA")
