"""The task force's totals and the register: years, spans, states touched, what is filled in, what was known when."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import activity, derive
from helpers.data import catalog

TOTALS = pd.DataFrame(
    [(2020, 2020, "participants", 10.0), (2021, 2021, "participants", 5.0), (2021, 2021, "projects", 3.0),
     (2020, 2021, "participants", 15.0), (2019, 2021, "participants", 20.0), (2018, 2021, "projects", 9.0)],
    columns=["fiscal_year_from", "fiscal_year_to", "measure", "value"],
)  # fmt: skip
EVENTS = pd.DataFrame(
    [("a", "2021-05-01", 2021, "TN", "", "online", 12.0), ("b", "2020", 2020, "DC", "VA; MD", "unknown", 7.0),
     ("c", "", 2021, "", "", "", None)],
    columns=["event_id", "date_start", "fiscal_year", "state", "other_states", "format", "participants"],
)  # fmt: skip


def test_years_are_rows_and_what_was_not_published_is_missing():
    found = activity.by_fiscal_year(TOTALS).set_index("fiscal_year")
    assert found["participants"].to_dict() == {2020: 10.0, 2021: 5.0}
    assert found["projects"].isna().to_dict() == {2020: True, 2021: False}
    assert found["budget_oku_yen"].isna().all()


def test_the_longest_span_is_the_running_total():
    assert activity.cumulative(TOTALS, "participants") == (2019, 2021, 20.0)


def test_the_five_years_of_the_deck_add_up_to_its_total():
    # Task force deck of 5 July 2022: 3,512,323 participants in fiscal years 2017 to 2021.
    shipped = catalog.load("activity")
    first, last, total = activity.cumulative(shipped, "participants")
    assert (first, last, total) == (2017, 2021, 3_512_323)
    assert activity.by_fiscal_year(shipped)["participants"].sum() == total


def test_a_published_figure_is_traced_to_its_own_years_and_measure():
    # Task force deck of 5 July 2022: 881,224 participants in fiscal year 2020, 3,512,323 in 2017 to 2021.
    shipped = catalog.load("activity")
    made = [
        activity.of_year(shipped, "participants", 2020),
        activity.of_years(shipped, "participants", range(2017, 2022)),
        activity.of_span(shipped, "participants"),
    ]
    found = [derive.recompute(one.plain(), catalog.load) for one in made]
    assert found == [881_224, 3_512_323, 3_512_323]


@pytest.mark.parametrize(("state", "ids"), [("TN", ["a"]), ("VA", ["b"]), ("MD", ["b"]), ("OH", [])])
def test_an_event_is_in_every_state_it_touched(state, ids):
    assert activity.in_state(EVENTS, state)["event_id"].tolist() == ids


def test_an_event_that_was_only_online_counts_in_no_state():
    assert activity.in_rooms(EVENTS)["event_id"].tolist() == ["b", "c"]
    assert activity.in_rooms(EVENTS.iloc[:0]).empty


def test_events_are_counted_again_by_state_by_field_and_in_all():
    made = [
        activity.counted(""),
        activity.counted("2020-12-31"),
        activity.registered("", "TN"),
        activity.counted("", "TN"),  # a, online
        activity.counted("", "VA"),
        activity.with_field(activity.counted(""), "date"),
        activity.with_field(activity.counted(""), "format"),
    ]
    assert [derive.recompute(one.plain(), lambda name: EVENTS) for one in made] == [3, 1, 1, 0, 1, 2, 1]


def test_years_without_an_event_count_zero():
    assert activity.per_year(EVENTS, 2019, 2021)["events"].tolist() == [0, 1, 2]


def test_coverage_counts_the_filled_fields():
    found = activity.coverage(EVENTS).set_index("field")
    assert found["known"].to_dict() == {"date": 2, "state": 2, "format": 1, "participants": 2}
    assert found["share"].tolist() == [2 / 3, 2 / 3, 1 / 3, 2 / 3]
    assert activity.coverage(EVENTS.iloc[:0])["of"].tolist() == [0, 0, 0, 0]


def test_events_after_the_day_are_left_out_and_undated_ones_stay_once_their_year_has_begun():
    assert activity.until(EVENTS, "2020-12-31", "date_start")["event_id"].tolist() == ["b"]
    assert "c" in activity.until(EVENTS, "2021-04-01", "date_start")["event_id"].tolist()
    undated = EVENTS.drop(columns="fiscal_year")
    assert activity.until(undated, "2020-12-31", "date_start")["event_id"].tolist() == ["b", "c"]
    assert len(activity.until(EVENTS, "", "date_start")) == 3


def test_a_deck_is_known_from_its_own_day_on(monkeypatch):
    # Fictitious: a second deck of 1 July 2025; of a third no day is known, so that it is in no edition of a day.
    monkeypatch.setattr(activity, "DECKS", {"one": "2022-07-05", "two": "2025-07-01"})
    table = TOTALS.assign(source=["one"] * 3 + ["two"] * 2 + ["three"])
    days = ("2022-07-04", "2022-07-05", "2025-06-30", "2025-07-01", "")
    assert [len(activity.published(table, day)) for day in days] == [0, 3, 3, 5, 6]


def test_every_deck_that_totals_are_taken_from_has_its_day():
    shipped = {key for name in ("activity", "best_practice") for key in catalog.load(name)["source"]}
    assert shipped <= set(activity.DECKS)


def test_an_undated_meeting_was_held_if_a_later_one_was():
    meetings = pd.DataFrame(
        {"kind": ["follow_up"] * 4, "number": [1, 2, 3, 4], "date": ["", "2021-07-30", "", "2023-08-04"]}
    )
    assert activity.held_by(meetings, "2022-07-05")["number"].tolist() == [1, 2]
    assert activity.held_by(meetings, "2023-08-04")["number"].tolist() == [1, 2, 3, 4]
    assert activity.held_by(meetings, "2020-01-01").empty
    assert len(activity.held_by(meetings, "")) == 4
    swapped = meetings.assign(
        date=["", "2023-08-04", "", "2021-07-30"]
    )  # the second was held after the fourth
    assert activity.held_by(swapped, "2022-07-05")["number"].tolist() == [1, 3, 4]


def test_a_count_is_known_when_its_year_is_over_and_one_without_a_year_always():
    table = pd.DataFrame({"year": [2021, 2022, None]})
    assert activity.counted_by(table, "2022-07-05")["year"].fillna(0).tolist() == [2021, 0]


def test_an_event_known_by_its_fiscal_year_only_counts_from_the_first_of_april():
    """FY2022 began on 1 April 2022, FY2023 after the day; a row with a date is kept or not by that date."""
    days = ["2022-07-05", "2022-07-06", "", "", "2022-07"]
    events = pd.DataFrame({"date_start": days, "fiscal_year": [2022, 2022, 2022, 2023, 2022]})
    assert activity.until(events, "2022-07-05", "date_start").index.tolist() == [0, 2, 4]
    made = activity.counted("2022-07-05").plain()
    assert derive.recompute(made, lambda name: events) == 3
