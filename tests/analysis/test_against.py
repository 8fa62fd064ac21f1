"""Activity beside presence as one result: what takes part, how each number is counted, and when there is none."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.analysis import against, against_lineage, association, counting, derive
from helpers.analysis.lookup import Lookup
from helpers.errors import AnalysisError

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


def test_every_measure_is_tried_and_all_but_the_control_given_the_control(found):
    assert list(found.associations) == ["exports", "imports", "gdp", "population"]
    given = {name: one.controls for name, one in found.associations.items()}
    assert given.pop("population") == ()
    assert set(given.values()) == {("population",)}


def wide(places):
    """Return made-up trade, context and register of many states, and jobs, sites and pairs of some."""
    n, rng = len(places), np.random.Generator(np.random.PCG64(3))
    rows = {
        "year": 2018,
        "state": places,
        "partner": "JPN",
        "value_usd": rng.integers(1, 99, n),
        "source": "synthetic",
    }
    traded = pd.concat([pd.DataFrame(rows | {"flow": flow}) for flow in ("exports", "imports")])
    people = {"year": 2018, "state": places, "measure": "population", "source": "synthetic"}
    context = pd.DataFrame(people | {"value": rng.integers(1, 99, n)})
    context = pd.concat([context, context.assign(measure="gdp_current_musd")])
    jobs = {"year": 2019, "state": places[:12], "partner": "JPN", "source": "synthetic"}
    sites = {
        "year": 2020,
        "state": places[:3],
        "definition": "mofa_sites",
        "unit": "sites",
        "source": "synthetic",
    }
    pairs = {"state": places[5:16], "kind": "sister_city", "source": "synthetic"}
    states = np.repeat(places, [1 + i % 7 for i in range(n)])
    events = {"event_id": [f"SYN{i}" for i in range(len(states))], "state": states, "mission": ""}
    return {
        "traded": traded,
        "context": context,
        "jobs": pd.DataFrame(jobs | {"value": rng.permutation(12) + 1.0}),
        "sites": pd.DataFrame(sites | {"value": 5.0}),
        "pairs": pd.concat([pd.DataFrame(pairs), pd.DataFrame(pairs).head(4)]),
        "events": pd.DataFrame(events | {"other_states": "", "format": "in_person"}),
    }


def test_a_measure_of_some_places_is_compared_over_these_alone_and_one_of_too_few_is_not():
    places = [f"S{n:02}" for n in range(51)]
    tables = wide(places)
    events = tables.pop("events")
    presences = against.measures(states=places, **tables)
    assert list(presences) == ["exports", "imports", "jobs", "sites", "sister_pairs", "gdp", "population"]
    known = {name: (one.known, one.enough, one.restricted) for name, one in presences.items()}
    assert known["exports"] == (51, True, False)
    assert known["jobs"] == (12, True, True)
    assert known["sites"] == (3, False, True)
    assert known["sister_pairs"] == (11, True, True)
    counted = counting.by_state(events, places)
    found = against.against(events, counted, presences, "jobs", resamples=99, permutations=99)
    # the twelve states with a figure of jobs have 1 to 7 and 1 to 5 events
    assert (found.whole.n, found.whole.events, found.ratios["expected"].sum()) == (12, 43, pytest.approx(43))
    assert {name: one.n for name, one in found.associations.items()} == {
        "exports": 51, "imports": 51, "jobs": 12, "sister_pairs": 11, "gdp": 51, "population": 51,
    }  # fmt: skip
    assert against.against(events, counted, presences, "sites", resamples=99, permutations=99) is None
    beside = {name: made.plain()["universe"]["beside"] for name, made in found.estimates.items()}
    assert beside["jobs"]["where"] == {"year": 2019, "partner": "JPN"}
    assert beside["sites"]["where"] == {
        "year": 2020,
        "definition": "mofa_sites",
        "unit": ["sites", "facilities", "companies", "affiliates"],
    }
    assert beside["sister_pairs"]["where"] == {"kind": ["sister_city", "sister_state"]}


def test_the_events_of_each_state_are_counted_again_by_their_trace(found):
    tables = {"events": synthetic_events()}
    again = {p: derive.recompute(made.plain(), tables.__getitem__) for p, made in found.made.items()}
    # by hand: the event in TX, DC and NC counts in each, the online one in none
    assert again == {"AK": 3, "CA": 4, "DC": 1, "IL": 0, "NC": 1, "TX": 1}
    assert dict(zip(found.ratios["place"], found.ratios["observed"], strict=True)) == again


def test_what_is_estimated_names_both_tables_and_a_setting_gives_no_number(found):
    trace = found.estimate.plain()
    assert trace["universe"]["until"] == {"date_start": "2022-01-01"}
    assert trace["universe"]["beside"] == {
        "table": "state_trade",
        "column": "value_usd",
        "by": "state",
        "where": {"year": 2018, "partner": "JPN", "flow": "imports"},
        "open": "partner",
    }
    assert np.isnan(derive.recompute(against_lineage.setting("").plain(), {}.__getitem__))
    with pytest.raises(AnalysisError, match="trace, method"):
        derive.recompute(trace, {}.__getitem__)  # as long as no method is named


DISTRICTS = pd.DataFrame(
    [("west", "CA"), ("west", "AK"), ("south", "TX"), ("south", "NC"), ("middle", "IL"), ("middle", "NC"),
     ("embassy", "DC")],
    columns=["mission", "area"],
)  # fmt: skip


def held(events, traded, context, **others):
    """Return the tables as they lie on disk."""
    named = {"events": events, "state_trade": traded, "state_context": context, "jurisdictions": DISTRICTS}
    return {**named, "states": pd.DataFrame({"usps": sorted(set(traded["state"]))}), **others}


def test_what_is_said_of_each_place_is_computed_again_from_the_tables(found):
    tables = held(synthetic_events(), synthetic_trade(), synthetic_context())
    presences = against.measures(synthetic_trade(), synthetic_context(), STATES)
    online = synthetic_events().assign(mission=["west"] * 4 + ["embassy"] * 5)
    grouped = against.districts(online, presences["imports"], "JPN", DISTRICTS.assign(coverage="full"))
    for each, own in ((found, tables), (grouped, {**tables, "events": online})):
        load = Lookup(own.__getitem__)
        rows = each.ratios.merge(each.shrunk.frame, on="place").to_dict("records")
        assert len(rows) == (6 if each is found else 3)
        for row in rows:
            for name in (
                "observed",
                "expected",
                "ratio",
                "low",
                "high",
                "gap",
                "shrunk",
                "activity_share",
                "presence_share",
            ):
                if row[name] == row[name]:
                    again = derive.recompute(each.of_place(row, name).plain(), load)
                    assert again == pytest.approx(row[name], rel=1e-9), (row["place"], name)


def test_what_is_said_of_the_whole_is_computed_again_from_the_tables():
    places = [f"S{n:02}" for n in range(51)]
    tables = wide(places)
    presences = against.measures(states=places, **{name: tables[name] for name in tables if name != "events"})
    counted = counting.by_state(tables["events"], places)
    found = against.against(tables["events"], counted, presences, "jobs", resamples=99, permutations=99)
    load = Lookup(
        held(
            tables["events"], tables["traded"], tables["context"], jobs_state=tables["jobs"],
            sister_pairs=tables["pairs"], company_sites=tables["sites"],
        ).__getitem__
    )  # fmt: skip
    for name in ("n", "events", "d", "gini", "d_low", "gini_high", "d_chance", "p"):
        again = derive.recompute(found.of_whole(name).plain(), load)
        assert again == pytest.approx(getattr(found.whole, name), rel=1e-9), name
    grid = association.holm(found.associations).set_index("measure")
    for measure, row in grid.iterrows():
        for name in (
            "n",
            "rho",
            "low",
            "high",
            "p",
            "p_holm",
            "partial",
            "detectable",
            "left_low",
            "left_high",
        ):
            if row[name] is not None and row[name] == row[name]:
                again = derive.recompute(found.associated(name, measure).plain(), load)
                assert again == pytest.approx(row[name], rel=1e-9), (measure, name)


def test_the_share_of_a_published_number_is_computed_from_rows_and_cell():
    tables = {
        "events": synthetic_events(),
        "activity": pd.DataFrame({"year": [2021], "value": [36.0]}),
    }
    row = {"as": "total", "table": "activity", "column": "value", "where": {"year": 2021}}
    universe = {"table": "events", "column": "", "by": "", "where": {}}
    trace = {"how": "per_published", "rows": [row], "universe": universe}
    assert derive.recompute(trace, tables.__getitem__) == pytest.approx(9 / 36)


def test_the_events_with_and_without_a_place_are_counted_again_by_their_traces():
    counted = counting.by_state(synthetic_events(), STATES)
    made = against.placed(synthetic_events(), counted, "2022-01-01")
    tables = {"events": synthetic_events()}
    again = {key: derive.recompute(one.plain(), tables.__getitem__) for key, one in made.items()}
    assert again == {"nation": 9, "placed": 8, "online": 1}


@pytest.mark.parametrize("events", [synthetic_events().iloc[:0], synthetic_events().iloc[-1:]])
def test_without_an_event_in_a_state_nothing_is_compared(events):
    presences = against.measures(synthetic_trade(), synthetic_context(), STATES)
    assert against.by_state(events, presences, "imports", "JPN") is None


def test_nothing_is_compared_where_nobody_is_present():
    nothing = synthetic_trade().assign(value_usd=0.0)
    presences = against.measures(nothing, synthetic_context(), STATES)
    assert against.by_state(synthetic_events(), presences, "imports", "JPN") is None


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
