"""Where an event counts: several states, unknown states, online, divided states, territories."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import counting
from helpers.errors import AnalysisError

JURISDICTIONS = pd.DataFrame(
    [
        ("embassy", "DC", "full"),
        ("embassy", "VA", "full"),
        ("los-angeles", "CA", "partial"),
        ("los-angeles", "AZ", "full"),
        ("san-francisco", "CA", "partial"),
        ("san-francisco", "NV", "full"),
        ("chicago", "IL", "full"),
        ("hagatna", "GU", "full"),
    ],
    columns=["mission", "area", "coverage"],
)
STATES = ["AZ", "CA", "DC", "IL", "NV", "VA"]


def register(*rows):
    """Return a synthetic register from (mission, state, other_states, format), one id a row."""
    frame = pd.DataFrame(rows, columns=["mission", "state", "other_states", "format"])
    return frame.assign(event_id=[f"E{n}" for n in range(len(frame))], date_start="2021-04-01")


def counts(counted):
    return {p: n for p, n in zip(counted.places["place"], counted.places["events"], strict=True) if n}


def reasons(counted):
    return dict(zip(counted.unplaced["event_id"], counted.unplaced["reason"], strict=True))


def test_an_event_in_several_states_counts_in_full_in_each_and_once_in_the_nation():
    found = counting.by_state(register(("embassy", "DC", "VA; IL", "in_person")), STATES)
    assert (counts(found), found.nation, found.placed) == ({"DC": 1, "IL": 1, "VA": 1}, 1, 1)


def test_an_event_in_several_states_can_be_split_equally_as_a_sensitivity():
    found = counting.by_state(
        register(("embassy", "DC", "VA", "in_person"), ("chicago", "IL", "", "in_person")),
        STATES,
        several=counting.SPLIT,
    )
    assert counts(found) == {"DC": 0.5, "VA": 0.5, "IL": 1.0}


def test_states_of_one_district_count_there_once():
    found = counting.by_district(register(("embassy", "DC", "VA; IL", "in_person")), JURISDICTIONS)
    assert counts(found) == {"chicago": 1, "embassy": 1}


def test_an_event_of_no_mission_of_a_divided_state_counts_in_the_districts_together_only():
    # E0 names Los Angeles, E1 nobody, E2 the Embassy, E3, online, nobody; E4 is in Nevada too, all San Francisco's.
    events = register(
        ("los-angeles", "CA", "", "in_person"),
        ("", "CA", "", "in_person"),
        ("embassy", "CA", "", "in_person"),
        ("", "CA", "", "online"),
        ("", "CA", "NV", "in_person"),
        ("embassy", "DC", "", "in_person"),
    )
    found = {
        mission: counting.in_no_part(events, JURISDICTIONS, mission)["event_id"].tolist()
        for mission in ("los-angeles", "san-francisco", "chicago")
    }
    assert found == {"los-angeles": ["E1", "E2", "E3"], "san-francisco": ["E1", "E2", "E3"], "chicago": []}


def test_every_place_has_a_row_also_without_an_event():
    found = counting.by_state(register(("embassy", "DC", "", "in_person")), STATES)
    assert found.places["place"].tolist() == STATES
    assert counting.by_district(register(), JURISDICTIONS).places["events"].tolist() == [0] * 5


def test_an_unknown_state_counts_in_the_district_of_the_mission_and_in_no_state():
    events = register(("chicago", "", "", "in_person"), ("", "", "", "in_person"))
    states, districts = counting.by_state(events, STATES), counting.by_district(events, JURISDICTIONS)
    assert (counts(states), reasons(states)) == ({}, {"E0": "state_unknown", "E1": "state_unknown"})
    assert (counts(districts), reasons(districts)) == ({"chicago": 1}, {"E1": "mission_unknown"})


@pytest.mark.parametrize(
    ("rule", "in_states", "in_districts"),
    [
        (counting.ONLINE_DISTRICT, {}, {"chicago": 1, "embassy": 1}),
        (counting.ONLINE_STATE, {"DC": 1, "IL": 1}, {"chicago": 1, "embassy": 1}),
        (counting.ONLINE_OUT, {}, {}),
    ],
)
def test_an_online_event_follows_its_own_rule(rule, in_states, in_districts):
    events = register(("embassy", "DC", "", "online"), ("", "IL", "", "online"))
    assert counts(counting.by_state(events, STATES, online=rule)) == in_states
    assert counts(counting.by_district(events, JURISDICTIONS, online=rule)) == in_districts


def test_an_event_left_out_for_being_online_says_so_and_another_does_not():
    events = register(("", "GU", "", "online"), ("", "", "", "in_person"), ("", "IL", "", "online"))
    assert reasons(counting.by_state(events, STATES)) == {
        "E0": "online",
        "E1": "state_unknown",
        "E2": "online",
    }
    assert reasons(counting.by_state(events, STATES, online=counting.ONLINE_STATE)) == {
        "E0": "territory",
        "E1": "state_unknown",
    }
    assert reasons(counting.by_district(events, JURISDICTIONS, online=counting.ONLINE_OUT)) == {
        "E0": "online",
        "E1": "mission_unknown",
        "E2": "online",
    }


def test_an_online_event_counts_with_the_mission_that_held_it_and_by_the_sensitivity_where_it_is_registered():
    events = register(("embassy", "IL", "", "online"))
    assert counts(counting.by_district(events, JURISDICTIONS)) == {"embassy": 1}
    by_state = counting.by_district(events, JURISDICTIONS, online=counting.ONLINE_STATE)
    assert counts(by_state) == {"chicago": 1}


def test_a_hybrid_event_counts_where_it_was_held():
    events = register(("chicago", "IL", "", "hybrid"))
    assert counts(counting.by_state(events, STATES)) == {"IL": 1}


def test_an_event_counts_where_it_took_place_and_not_with_the_mission_that_came():
    assert counts(counting.by_district(register(("embassy", "IL", "", "in_person")), JURISDICTIONS)) == {
        "chicago": 1
    }


def test_in_a_divided_state_the_mission_that_serves_a_part_decides():
    events = register(
        ("los-angeles", "CA", "", "in_person"),
        ("", "CA", "", "in_person"),
        ("embassy", "CA", "", "in_person"),
    )
    found = counting.by_district(events, JURISDICTIONS)
    assert (counts(found), reasons(found)) == (
        {"los-angeles": 1},
        {"E1": "mission_unknown", "E2": "mission_unknown"},
    )


def test_districts_that_share_a_state_are_one_group_which_needs_no_mission():
    events = register(("los-angeles", "CA", "NV", "in_person"), ("", "CA", "", "in_person"))
    found = counting.by_district(events, JURISDICTIONS, grouped=True)
    assert (found.level, counts(found)) == ("group", {"los-angeles+san-francisco": 2})


def test_groups_reach_across_a_chain_of_shared_states():
    chain = pd.DataFrame({"mission": ["a", "b", "b", "c"], "area": ["X", "X", "Y", "Y"]})
    assert counting.groups(chain) == {"a": "a+b+c", "b": "a+b+c", "c": "a+b+c"}


def test_a_territory_counts_in_its_district_and_is_no_state():
    events = register(("hagatna", "GU", "", "in_person"), ("", "GU", "IL", "in_person"))
    states = counting.by_state(events, STATES)
    assert (counts(states), reasons(states)) == ({"IL": 1}, {"E0": "territory"})
    assert counts(counting.by_district(events, JURISDICTIONS)) == {"chicago": 1, "hagatna": 2}


def test_the_events_of_a_district_say_who_held_them():
    events = register(
        ("chicago", "IL", "", "in_person"), ("embassy", "IL", "", "in_person"), ("", "IL", "", "in_person")
    )
    found = counting.in_district(events, JURISDICTIONS, "chicago")
    assert found["held_by"].tolist() == ["mission", "other", "unknown"]


def test_an_unknown_rule_and_a_repeated_id_are_refused():
    events = register(("chicago", "IL", "", "in_person"))
    with pytest.raises(AnalysisError, match=r"rule of counting: expected one of 'several_states.each'"):
        counting.by_state(events, STATES, several="half")
    with pytest.raises(AnalysisError, match=r"column event_id: expected each id once, got again 'E0'"):
        counting.by_district(pd.concat([events, events]), JURISDICTIONS)
