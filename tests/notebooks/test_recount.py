"""Numbers counted over two editions, counted again from the rows behind both."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from typer.testing import CliRunner

from helpers import paths
from helpers.analysis.lookup import Lookup
from helpers.cli import app, recount, walk
from helpers.data.traced import Tables
from helpers.display import show
from helpers.display.comparison import Pair
from helpers.errors import AnalysisError

pytestmark = pytest.mark.slow

DAYS = ("2022-07-05", "latest")


def asked(number, of="states", **more):
    method = {"name": "compared", "partner": "JPN", "of": of, "days": list(DAYS), "number": number, **more}
    return {"how": "compared", "rows": [], "universe": {"table": "events", "method": method}}


@pytest.fixture(scope="module")
def lookup():
    return Lookup(Tables({}))


def states_of(events):
    """Return each state's number of events that somebody could walk into, by plain pandas."""
    rooms = events[~events["format"].isin(["online"])]
    listed = rooms["state"].fillna("") + ";" + rooms["other_states"].fillna("")
    return listed.str.split(";").explode().str.strip().value_counts()


def test_the_states_whose_events_grew_since_the_day_are_counted_from_the_register_itself(lookup):
    held = pd.read_csv(paths.data_dir() / "taskforce" / "events.csv", dtype=str)
    codes = pd.read_csv(paths.data_dir() / "reference" / "states.csv", dtype=str)["usps"]
    dated = held[held["date_start"].isna() | (held["date_start"] <= "2022-07-05")]
    before, after = (states_of(one).reindex(codes, fill_value=0) for one in (dated, held))
    grew = int((before != after).sum())
    assert 0 < grew < 51
    assert recount.recompute(asked("new_period", measure="events"), lookup) == grew
    assert recount.recompute(asked("same", measure="events"), lookup) == 51 - grew
    assert (
        recount.recompute(asked("moved"), lookup) == grew
    )  # no table of states has a second vintage in hand


def test_the_counts_of_one_comparison_add_up(lookup):
    n = {s: recount.recompute(asked(s, "US"), lookup) for s in show.changes.changes.STATUSES}
    shared, differ = (recount.recompute(asked(s, "US"), lookup) for s in ("shared", "differ"))
    assert shared == sum(n.values()) - n["new"] - n["dropped"]
    assert differ == shared - n["same"] > 0
    assert recount.recompute(asked("places"), lookup) == 51


def test_a_number_of_a_day_that_its_rows_do_not_give_is_told(monkeypatch):
    true = show.desk.events_of_states

    def wrong(*words):
        found = true(*words)
        one = found["TN"]["events.count"]
        return found | {"TN": {"events.count": type(one)(**{**vars(one), "value": one.value + 1})}}

    monkeypatch.setattr(show.desk, "events_of_states", wrong)
    with pytest.raises(
        AnalysisError, match=r"comparison, events\.count: expected \d+, got \d+ from its rows"
    ):
        recount.recompute(asked("same", measure="events"), Lookup(Tables({})))


def test_a_count_that_is_not_what_two_days_give_fails_in_the_walk_and_on_the_terminal(edition, tmp_path):
    content = json.loads(edition.text("ja/national", "json"))
    value = next(v for v in content["values"] if v["id"] == "changes.US.source_revision")
    file = tmp_path / "national.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    told = CliRunner().invoke(app, ["trace", str(file), value["id"]], catch_exceptions=False).output
    assert told.rstrip().endswith("agrees")
    value["value"] += 1
    file.write_text(json.dumps(content), encoding="utf-8")
    assert [name for _, name, _ in walk.over([file]).failed] == ["changes.US.source_revision"]
    told = CliRunner().invoke(app, ["trace", str(file), value["id"]], catch_exceptions=False).output
    assert told.rstrip().endswith("differs")


NAN = float("nan")


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        (200.0, 200.0000001, True),  # 5e-10 of it apart, where 1e-9 is allowed
        (200.0, 200.0000004, False),
        (-200.0, -200.0000001, True),
        (-200.0, 200.0, False),
        (0.0, 0.0, True),
        (1e-9, 0.0, False),
        (NAN, None, True),
        (0.0, None, False),
        (NAN, 0.0, False),
    ],
)
def test_a_number_agrees_up_to_a_billionth_of_it_and_none_only_with_none(one, other, agrees):
    assert recount.same(one, other) is agrees


def test_the_latest_day_has_no_date_wherever_it_stands():
    assert recount._days(["2022-07-05", "latest"]) == ("2022-07-05", "")
    assert recount._days(["latest", "2022-07-05"]) == ("", "2022-07-05")


def pair(**became):
    """Return a place of which each number (a double underscore for its point) became something."""
    rows = [(name.replace("__", "."), status) for name, status in became.items()]
    return Pair("TN", pd.DataFrame(rows, columns=["id", "status"]), {}, {})


PAIRS = [
    pair(exports__value="same", exports__share="source_revision", exports__rank="new", jobs__value="dropped"),
    pair(exports__value="source_revision", exports__past__2019="source_revision", jobs__value="new_period"),
]


@pytest.mark.parametrize(
    ("number", "measure", "count"),
    [
        ("places", "", 2),
        ("shared", "", 5),  # seven, less the new and the dropped one
        ("differ", "", 4),  # and less the one that is the same
        ("same", "", 1),
        ("new", "", 1),
        ("dropped", "", 1),
        ("source_revision", "", 3),
        ("listed.source_revision", "", 1),  # a value and a share are key figures, shown by themselves
        ("new_period", "exports", 0),
        ("new_period", "jobs", 1),
        ("shared", "jobs", 1),
        ("differ", "exports", 3),
    ],
)
def test_numbers_are_counted_by_what_became_of_them_and_by_measure(number, measure, count):
    assert recount._count(PAIRS, number, measure) == count


@pytest.mark.parametrize("number", ["", "move", "listed.", "listed.places", "shown.same", "same.listed"])
def test_a_number_that_no_page_counts_is_no_count_of_none(number):
    with pytest.raises(AnalysisError, match=f"number of a comparison: .*, got '{number}'. Correct it"):
        recount._count(PAIRS, number, "")


@pytest.mark.parametrize(
    ("became", "moved"),
    [
        ({"exports__rank": "same", "exports__value": "source_revision"}, 0),
        ({"exports__value": "source_revision"}, 1),
        ({"exports__rank": "same", "jobs__rank": "dropped"}, 1),
        ({"events__count": "new_period"}, 1),
        ({"exports__share": "source_revision"}, 0),
        ({}, 0),
    ],
)
def test_a_state_moves_with_the_first_figure_in_hand_of_any_measure(became, moved):
    assert recount._count([pair(**became)], "moved", "") == moved
