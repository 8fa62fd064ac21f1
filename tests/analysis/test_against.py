"""Activity beside presence as one result: what takes part, how each number is counted, and when there is none."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.analysis import against, counting, derive

STATES = ["AK", "CA", "DC", "IL", "NC", "TX"]
AMOUNTS = [1.0, 50.0, 2.0, 20.0, 10.0, 40.0]


def synthetic_trade():
    """Return made-up trade of six states in both flows."""
    rows = {"year": 2018, "state": STATES, "partner": "JPN", "value_usd": AMOUNTS, "source": "synthetic"}
    return pd.concat([pd.DataFrame(rows | {"flow": flow}) for flow in ("exports", "imports")])


def synthetic_context():
    """Return made-up population and gross domestic product."""
    rows = {"year": 2018, "state": STATES, "source": "synthetic"}
    people = pd.DataFrame(rows | {"measure": "population", "value": [1.0, 9, 3, 5, 4, 8]})
    return pd.concat([people, people.assign(measure="gdp_current_musd")])


def synthetic_events():
    """Return a made-up register: three events in Alaska, four in California, one in two states, one online."""
    return pd.DataFrame(
        {
            "event_id": [f"SYN{n}" for n in range(9)],
            "date_start": "2021-05-01",
            "mission": "",
            "state": ["AK", "AK", "AK", "CA", "CA", "CA", "CA", "TX", "IL"],
            "other_states": ["", "", "", "", "", "", "", "DC; NC", ""],
            "format": ["in_person"] * 6 + ["unknown", "hybrid", "online"],
            "participants": np.nan,
            "source_url": "https://example.org/made-up",
        }
    )


@pytest.fixture(scope="module")
def found():
    presences = against.measures(synthetic_trade(), synthetic_context(), STATES)
    counted = counting.by_state(synthetic_events(), STATES)
    return against.against(
        synthetic_events(), counted, presences, "imports", day="2022-01-01", resamples=99, permutations=99
    )


def test_every_measure_but_the_control_is_tried_given_the_control(found):
    assert list(found.associations) == ["exports", "imports", "gdp"]
    assert {one.controls for one in found.associations.values()} == {("population",)}


def test_the_events_of_each_state_are_counted_again_by_their_trace(found):
    tables = {"events": synthetic_events()}
    again = {p: derive.recompute(made.plain(), tables.__getitem__) for p, made in found.made.items()}
    # by hand: the event in TX, DC and NC counts in each, the online one in none
    assert again == {"AK": 3, "CA": 4, "DC": 1, "IL": 0, "NC": 1, "TX": 1}
    assert dict(zip(found.ratios["place"], found.ratios["observed"], strict=True)) == again


def test_what_is_estimated_names_both_tables_and_is_not_computed_again(found):
    trace = found.estimate.plain()
    assert trace["universe"]["until"] == {"date_start": "2022-01-01"}
    assert trace["universe"]["beside"] == {
        "table": "state_trade",
        "column": "value_usd",
        "by": "state",
        "where": {"year": 2018, "partner": "JPN", "flow": "imports"},
    }
    assert np.isnan(derive.recompute(trace, {}.__getitem__))
    assert np.isnan(derive.recompute(against.setting("").plain(), {}.__getitem__))


def test_the_share_of_a_published_number_is_computed_from_rows_and_cell():
    tables = {
        "events": synthetic_events(),
        "activity": pd.DataFrame({"year": [2021], "value": [36.0]}),
    }
    row = {"as": "total", "table": "activity", "column": "value", "where": {"year": 2021}}
    universe = {"table": "events", "column": "", "by": "", "where": {}}
    trace = {"how": "per_published", "rows": [row], "universe": universe}
    assert derive.recompute(trace, tables.__getitem__) == pytest.approx(9 / 36)


@pytest.mark.parametrize("events", [synthetic_events().iloc[:0], synthetic_events().iloc[-1:]])
def test_without_an_event_in_a_state_nothing_is_compared(events):
    presences = against.measures(synthetic_trade(), synthetic_context(), STATES)
    assert against.by_state(events, presences, "imports", "JPN") is None


def test_nothing_is_compared_with_too_few_figures_or_for_another_partner():
    presences = against.measures(synthetic_trade(), synthetic_context(), [*STATES, "NY"])
    assert against.by_state(synthetic_events(), presences, "imports", "JPN") is None
    presences = against.measures(synthetic_trade(), synthetic_context(), STATES)
    assert against.by_state(synthetic_events(), presences, "imports", "GBR") is None


def test_a_page_that_marks_its_place_has_the_ratios_of_the_page_on_all(found):
    own = against.measures(synthetic_trade(), synthetic_context(), STATES)["imports"]
    alone = against.states(synthetic_events(), own, "JPN", day="2022-01-01")
    pd.testing.assert_frame_equal(alone.ratios, found.ratios)
    pd.testing.assert_frame_equal(alone.shrunk.frame, found.shrunk.frame)
    assert alone.estimate == found.estimate
    assert against.states(synthetic_events(), own, "GBR") is None


def test_shares_within_a_district_are_of_the_district_alone():
    own = against.measures(synthetic_trade(), synthetic_context(), STATES)["imports"]
    whole = against.states(synthetic_events(), own, "JPN")
    inside = against.within(whole, synthetic_events(), ["AK", "CA"], "")
    rows = inside.ratios.set_index("place")
    # by hand: 3 and 4 of 7 events; 1 and 50 of 51 dollars; expected 7/51 and 350/51
    assert rows["activity_share"].to_dict() == pytest.approx({"AK": 3 / 7, "CA": 4 / 7})
    assert rows["presence_share"].to_dict() == pytest.approx({"AK": 1 / 51, "CA": 50 / 51})
    assert rows["ratio"].to_dict() == pytest.approx({"AK": 3 * 51 / 7, "CA": 4 * 51 / 350})
    assert rows["gap"].to_dict() == pytest.approx({"AK": np.log(153 / 7), "CA": np.log(204 / 350)})


@pytest.mark.parametrize("places", [["CA"], ["IL"], []])
def test_within_fewer_than_two_states_nothing_is_compared(places):
    own = against.measures(synthetic_trade(), synthetic_context(), STATES)["imports"]
    whole = against.states(synthetic_events(), own, "JPN")
    assert against.within(whole, synthetic_events(), places, "") is None
    assert against.within(None, synthetic_events(), STATES, "") is None
