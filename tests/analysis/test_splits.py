"""Who can stand above a district over every division of the states that missions share: small cases worked by hand."""

from __future__ import annotations

from itertools import product

import pytest

from helpers.analysis import district, splits
from helpers.analysis.splits import Part
from helpers.data import catalog


def part(value, missions, *, closed=True):
    return Part(float(value), frozenset(missions), closed)


def ends(mission, low, parts):
    """Return the best and the worst place."""
    return (1 + len(f(mission, low, parts)) for f in (splits.fewest_above, splits.most_above))


def test_a_mission_that_shares_two_states_leaves_the_one_to_whom_it_is_the_only_one():
    # t has 15. a (10) shares P's 10 with b (9) and Q's 10 with c (0). a takes 6 of Q, b 7 of P: 16 and 16. c lacks 15.
    low = {"t": 15, "a": 10, "b": 9, "c": 0}
    parts = [part(10, "ab"), part(10, "ac")]
    assert splits.most_above("t", low, parts) == {"a", "b"}


def test_a_state_must_go_somewhere():
    # 20 between a (10) and b (9), t has 15: 5 and 6 of it fit, 9 are left over; one of the two takes them, and one can.
    low, parts = {"t": 15, "a": 10, "b": 9}, [part(20, "ab")]
    assert len(splits.fewest_above("t", low, parts)) == 1
    assert splits.fewest_above("t", {**low, "t": 20}, parts) == frozenset()  # 10 + 11 take in 20


def test_what_fits_one_state_at_a_time_need_not_fit_two():
    # t has 15. a has room for 5, b and c for 2 each: P's 6 (a, b) fit and Q's 6 (a, c) fit, both together do not.
    low = {"t": 15, "a": 10, "b": 13, "c": 13}
    assert splits.fewest_above("t", low, [part(6, "ab")]) == frozenset()
    assert len(splits.fewest_above("t", low, [part(6, "ab"), part(6, "ac")])) == 1


def test_a_district_at_its_best_takes_all_it_shares_and_at_its_worst_none():
    # t 5 with 8 of P stands above a's 10; without it a has 18, and b's 6 are above t's 5.
    low, parts = {"t": 5, "a": 10, "b": 6}, [part(8, "ta")]
    assert list(ends("t", low, parts)) == [1, 3]
    assert list(ends("b", low, parts)) == [2, 3]  # a is above b whatever it takes, t with more than 1 of 8


def test_what_is_as_high_is_not_above():
    # t has 10, as a with all of P's 4: no division lifts a above it, nor b, which is there already.
    low, parts = {"t": 10, "a": 6, "b": 10}, [part(4, "ab")]
    assert splits.most_above("t", {"t": 10, "a": 6, "c": 0}, [part(4, "ac")]) == frozenset()
    assert splits.fewest_above("t", low, parts) == frozenset()  # a takes all of it
    assert splits.most_above("t", low, parts) == {"b"}
    assert splits.most_above("t", {"t": 10, "a": 10, "b": 9.5}, []) == frozenset()  # nothing is divided


def test_a_part_that_may_fall_to_nobody_need_lift_nobody():
    low = {"t": 15, "a": 10}
    assert list(ends("t", low, [part(20, "a", closed=False)])) == [1, 2]
    assert list(ends("t", low, [part(20, "a")])) == [2, 2]


@pytest.mark.parametrize(
    ("flow", "known"),
    [
        ("exports", {"embassy": (11, 12), "nashville": (5, 7), "boston": (9, 11), "los-angeles": (1, 15)}),
        ("imports", {"embassy": (9, 10), "nashville": (2, 3), "boston": (10, 11), "anchorage": (16, 16)}),
    ],
)
def test_no_division_of_california_connecticut_and_idaho_gives_another_place(flow, known):
    # Two missions share each: California in fortieths, the two small ones in quarters, every district ranked in each.
    table = catalog.load("state_trade", year=2018)
    table = table[(table["flow"] == flow) & (table["partner"] == "JPN")]
    figures = table.groupby("state")["value_usd"].sum()
    jurisdictions = catalog.load("jurisdictions")
    low = {row.mission: row.low for row in district.bounds(figures, jurisdictions).itertuples()}
    shared = {
        "CA": ("los-angeles", "san-francisco"),
        "CT": ("boston", "new-york"),
        "ID": ("portland", "seattle"),
    }
    places = {mission: set() for mission in low}
    for taken in product([n / 40 for n in range(41)], *2 * [[0, 0.25, 0.5, 0.75, 1]]):
        held = dict(low)
        for (area, (one, other)), share in zip(shared.items(), taken, strict=True):
            held[one] += share * figures[area]
            held[other] += (1 - share) * figures[area]
        for mission, value in held.items():
            places[mission].add(1 + sum(other > value for other in held.values()))
    parts = district.divided(figures, jurisdictions, low)
    found = {mission: tuple(ends(mission, low, parts)) for mission in low}
    assert found == {mission: (min(seen), max(seen)) for mission, seen in places.items()}
    assert known.items() <= found.items()
