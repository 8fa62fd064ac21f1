"""A number computed again from the rows of its trace: expected values worked by hand."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from helpers import paths
from helpers.analysis import derive, lineage, tallies, universes
from helpers.analysis.lookup import Lookup
from helpers.errors import AnalysisError

GOODS = pd.DataFrame(
    [
        (2021, "WLD", "exports", 200.0, "2026"),
        (2021, "CAN", "exports", 60.0, "2026"),
        (2021, "JPN", "exports", 40.0, "2026"),
        (2021, "JPN", "exports", 39.0, "2023-03"),
        (2021, "JPN", "imports", 70.0, "2026"),
        (2020, "WLD", "exports", 100.0, "2026"),
        (2020, "JPN", "exports", 25.0, "2026"),
    ],
    columns=["year", "partner", "flow", "value_musd", "vintage"],
).assign(source="census")
TABLES = {
    "goods_trade": GOODS,
    "aggregates": pd.DataFrame({"code": ["WLD"]}),
    "events": pd.DataFrame(
        {
            "event_id": ["a", "b", "c"],
            "date_start": ["2021-04", "2021-05-01", "2022-07-06"],
            "state": ["VA", "DC", "TN"],
            "other_states": ["DC; MD", "", ""],
        }
    ),
}


def row(role: str, year: int, partner: str, flow: str = "exports", sign: int = 1) -> dict:
    where = {"year": year, "partner": partner, "flow": flow}
    named = {"as": role, "table": "goods_trade", "column": "value_musd", "where": where}
    return named | {"vintage": "2026", "source": "census", "sign": sign}


AMONG = {
    "table": "goods_trade",
    "column": "value_musd",
    "by": "partner",
    "where": {"year": 2021, "flow": "exports"},
    "vintage": "2026",
    "without": "aggregates",
    "above": 0,
}
NOW = [row("value", 2021, "JPN"), row("total", 2021, "WLD")]
PAST = [row("before", 2020, "JPN"), row("total_before", 2020, "WLD")]


@pytest.mark.parametrize(
    ("how", "rows", "universe", "expected"),
    [
        ("value", NOW[:1], None, 40),
        ("share", NOW, None, 0.2),  # 40 of 200
        ("change", NOW + PAST, None, -0.05),  # 0.2 less 25 of 100
        ("growth", NOW[:1] + PAST[:1], None, 0.6),  # 40 / 25 - 1
        ("difference", [row("value", 2021, "JPN", "imports"), row("value", 2021, "JPN", sign=-1)], None, 30),
        ("gap", [*NOW[:1], row("other", 2021, "CAN")], None, 20),
        ("gap_share", [*NOW[:1], row("other", 2021, "CAN")], None, 20 / 60),
        ("rank", NOW[:1], AMONG, 2),
        ("sum_of", [], AMONG, 100),  # 60 and 40, the world left out
        ("share_of", NOW[:1], AMONG, 0.4),
        ("mean", [], AMONG, 50),
        ("per_thousand", NOW, None, 200),
        ("listed", NOW, None, 2),
    ],
)
def test_an_operation_gives_what_it_says(how, rows, universe, expected) -> None:
    trace = {"how": how, "rows": rows, "universe": universe}
    assert derive.recompute(trace, TABLES.__getitem__) == pytest.approx(expected, rel=1e-12)


def test_events_are_counted_by_day_and_by_state_alone_or_with_others() -> None:
    within = {"columns": ["state", "other_states"], "code": "DC"}
    made = lineage.count("events", within=within, until={"date_start": "2021-04-30"}).plain()
    assert derive.recompute(made, TABLES.__getitem__) == 1
    assert derive.recompute(lineage.count("events", within=within).plain(), TABLES.__getitem__) == 2


# Made up: a to e, with a form, a month and a day, two of them without a form and one without a day.
LETTERS = pd.DataFrame(
    [
        ("a", "online", 2021, 3, "2021-03-01"),
        ("b", None, 2021, 4, ""),
        ("c", "", 2022, 3, "2022-03-31"),
        ("d", "unknown", 2022, 4, "2021-12-31"),
        ("e", "hybrid", 2021, 12, "2022-01-01"),
    ],
    columns=["letter", "form", "year", "month", "day"],
)


@pytest.mark.parametrize(
    ("condition", "letters"),
    [
        ({"where": {"form": ["online", "hybrid"]}}, "ae"),
        ({"filled": {"columns": ["form"], "but": ["unknown"]}}, "ae"),
        ({"filled": {"columns": ["form", "day"]}}, "acde"),
        ({"held": ["form"]}, "ade"),
        ({"held": ["form", "day"]}, "ade"),
        ({"empty": ["form"]}, "bc"),
        ({"but": {"form": ["online"]}}, "bcde"),
        ({"left_out": ["a", "e"]}, "bcd"),
        ({"span": {"columns": ["year", "month"], "from": [2021, 4], "to": [2022, 3]}}, "bce"),
        ({"until": {"day": "2021-12-31"}}, "abd"),
        ({"within": {"columns": ["day", "letter"], "code": "e"}}, "e"),
    ],
    ids=lambda case: next(iter(case)) if isinstance(case, dict) else case,
)
def test_a_condition_keeps_the_rows_that_meet_it(condition, letters) -> None:
    universe = {"table": "t", "column": "", "by": "letter", "where": {}} | condition
    found = universes.rows_of(universe, Lookup({"t": LETTERS}.__getitem__))
    assert "".join(found["letter"]) == letters


def test_places_in_which_the_subject_ranks_from_here_to_there() -> None:
    # Made up. Japan is second in TN, first in GA, has nothing in OH, is fourth in TX and third after a tie in AL.
    traded = {
        "TN": {"JPN": 10, "CAN": 30},
        "GA": {"JPN": 50, "CAN": 20},
        "OH": {"JPN": 0, "CAN": 5},
        "TX": {"JPN": 1, "CAN": 2, "MEX": 3, "GBR": 4},
        "AL": {"JPN": 5, "CAN": 9, "MEX": 9},
    }
    rows = [(state, partner, value) for state, own in traded.items() for partner, value in own.items()]
    table = pd.DataFrame(rows, columns=["state", "partner", "value"])
    ranked = {"each": "partner", "subject": "JPN", "from": 2, "to": 3}
    universe = {"table": "t", "column": "value", "by": "state", "where": {}, "ranked": ranked}
    found = universes.members(universe, Lookup({"t": table}.__getitem__))
    assert found["value"].to_dict() == {"TN": 1.0, "AL": 1.0}


def test_a_row_that_is_not_there_and_an_unknown_operation_are_errors() -> None:
    with pytest.raises(AnalysisError, match=r"table goods_trade, year 2019.*expected one row, got 0 rows"):
        derive.recompute({"how": "value", "rows": [row("value", 2019, "JPN")]}, TABLES.__getitem__)
    with pytest.raises(AnalysisError, match="'guess'"):
        derive.recompute({"how": "guess", "rows": []}, TABLES.__getitem__)


def test_the_keys_of_a_row_are_the_primary_keys_of_the_descriptor_without_the_vintage() -> None:
    descriptor = json.loads((paths.data_dir() / "datapackage.json").read_text(encoding="utf-8"))
    keys = {
        r["name"]: tuple(k for k in r["schema"]["primaryKey"] if k != "vintage")
        for r in descriptor["resources"]
    }
    assert {name: keys[name] for name in lineage.KEYS} == dict(lineage.KEYS)


JOBS = pd.DataFrame(  # made up: one country's cell is confidential, and the total leaves it 30 at most
    [("WLD", 100.0, ""), ("DEU", 60.0, ""), ("GBR", 10.0, ""), ("JPN", float("nan"), "(D)")],
    columns=["partner", "value", "flag"],
).assign(year=2097, state="ZZ", vintage="2098", source="s", rank_printed=float("nan"))
JOBS = JOBS.assign(low=JOBS["value"], high=JOBS["value"])


def of_jobs(part: str, **more: object) -> dict:
    where = {"year": 2097, "state": "ZZ"}
    told = {"table": "jobs_state", "column": "value", "by": "partner", "where": where, "vintage": "2098"}
    return {"how": "bounded", "rows": [], "universe": told | {"part": part, "subject": "JPN", **more}}


def test_a_hidden_cell_has_the_band_that_intervals_and_total_leave() -> None:
    tables = {"jobs_state": JOBS, "aggregates": TABLES["aggregates"]}.__getitem__
    assert derive.band(of_jobs("rank"), tables) == [2, 3]  # 60 is above 30 for certain, 10 perhaps
    assert str(derive.recompute(of_jobs("rank"), tables)) == "nan"
    parts = {part: derive.recompute(of_jobs(part), tables) for part in ("best", "worst", "of", "suppressed")}
    assert parts == {"best": 2, "worst": 3, "of": 3, "suppressed": 1}
    known = JOBS.assign(value=[100.0, 60.0, 10.0, 30.0], flag="")
    tables = {"jobs_state": known.assign(low=known["value"], high=known["value"])}.__getitem__
    assert derive.recompute(of_jobs("ranked", place=2), tables) == 1
    assert derive.band(of_jobs("best"), tables) is None
    with pytest.raises(AnalysisError, match="trace, part"):
        derive.recompute(
            of_jobs("guess"), {"jobs_state": JOBS, "aggregates": TABLES["aggregates"]}.__getitem__
        )


@pytest.mark.parametrize(
    ("frame", "column", "end", "day", "months"),
    [
        ({"year": [2020, 2021]}, "year", "2021-12-31", "2022-07-05", 6),
        ({"fiscal_year": [2021, 2020]}, "fiscal_year", "2022-03-31", "2022-02-28", 0),
        ({"year": [2021, 2021, 2020], "month": [5, 6, 9]}, "year", "2021-06-30", "2021-08-31", 2),
        ({"date": ["2024-02-29", ""]}, "date", "2024-02-29", "2024-03-28", 0),
        ({"date": ["2021"]}, "date", "2021-12-31", "2022-07-05", 6),
        ({"date": ["2021-06"]}, "date", "2021-06-30", "2021-12-31", 6),
    ],
)
def test_the_age_of_a_table_is_counted_from_the_end_of_its_newest_period(frame, column, end, day, months):
    universe = {"table": "t", "column": column, "by": "", "where": {}, "end": end, "to": day}
    trace = {"how": "months", "rows": [], "universe": universe}
    tables = {"t": pd.DataFrame(frame)}.__getitem__
    assert derive.recompute(trace, tables) == months
    with pytest.raises(AnalysisError, match="an end of 1999-12-31"):
        derive.recompute(trace | {"universe": universe | {"end": "1999-12-31"}}, tables)


def test_checks_are_counted_among_their_results() -> None:
    results = pd.DataFrame(
        {"name": ["load.a", "load.b", "sums"], "loads": [True, True, False], "ok": [True, False, True]}
    )
    for where, n in (({}, 3), ({"ok": True}, 2), ({"loads": True, "ok": True}, 1)):
        made = tallies.checks(["a", "b"], where).plain()
        assert derive.recompute(made, {"checks": results}.__getitem__) == n
