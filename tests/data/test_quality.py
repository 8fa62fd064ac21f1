"""What is in the tables and how old: by hand on small frames, and held against the files themselves."""

from __future__ import annotations

import csv

import pandas as pd
import pytest

from helpers import paths
from helpers.analysis.again import ages
from helpers.data import catalog, holdings, quality, vintages
from helpers.errors import CatalogError


def held(as_of="", day="2022-07-05", **frames):
    return holdings.Holdings(frames, as_of, day)


@pytest.mark.parametrize(
    ("earlier", "later", "months"),
    [
        ("2021-12-31", "2022-07-05", 6),
        ("2018-12-31", "2025-12-31", 84),
        ("2021-02-28", "2021-03-28", 1),
        ("2021-03-31", "2021-04-30", 1),
        ("2026-03-31", "2025-12-31", 0),
    ],
)
def test_an_age_is_told_in_whole_months_and_is_never_negative(earlier, later, months):
    assert quality.months_between(earlier, later) == months


@pytest.mark.parametrize(
    ("flag", "kind"),
    [("(D)", "confidential"), ("(*)", "small"), ("*", "other"), ("A", "size"), ("<499", "size"), ("5000-9999", "size"),
     ("--", "other"), ("N/A*", "other"), ("", "unmarked")],
)  # fmt: skip
def test_a_marker_says_why_a_cell_holds_no_number(flag, kind):
    assert quality.kind(flag) == kind


def test_suppressed_cells_are_counted_and_a_zero_is_a_number():
    frame = pd.DataFrame({"value": [0.0, None, None, None, None], "flag": ["", "(D)", "F", "(*)", ""]})
    (row,) = quality.gaps(held(jobs_state_1990s=frame)).to_dict("records")
    assert (row["cells"], row["missing"]) == (5, 4)
    assert [row[kind] for kind in quality.KINDS] == [1, 1, 1, 0, 1]
    assert row["flags"]["size"] == ["F"]


def test_the_markers_of_the_bureau_are_counted_as_they_stand_in_the_file():
    with (paths.data_dir() / "employment" / "jobs_state_1990s.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    gaps = quality.gaps(holdings.in_hand()).set_index("table")
    assert gaps.loc["jobs_state_1990s", "confidential"] == sum(row["flag"] == "(D)" for row in rows)
    assert gaps.loc["jobs_state_1990s", "missing"] == sum(row["value"] == "" for row in rows)
    assert gaps.loc["goods_trade", "missing"] == 0


def test_coverage_counts_the_fullest_of_editions_that_overlap():
    frame = pd.DataFrame(
        {
            "year": [2020, 2020, 2020, 2021],
            "flow": ["exports"] * 4,
            "partner": ["JPN", "DEU", "JPN", "JPN"],
            "value_musd": [1.0, 2.0, 1.1, 3.0],
            "vintage": ["2023-03", "2023-03", "2026", "2026"],
            "released": ["2021-02-05"] * 3 + ["2022-02-08"],
        }
    )
    found = quality.coverage(held(goods_trade=frame)).to_dict("records")
    assert [(r["year"], r["rows"], r["share"], r["where"]["vintage"]) for r in found] == [
        (2020, 2, 1.0, "2023-03"),
        (2021, 1, 0.5, "2026"),
    ]


def test_series_that_are_never_joined_have_a_row_each():
    found = quality.coverage(holdings.in_hand())
    own = found[found["table"] == "fdi_position"]
    # BEA, foreign parent 2008-2019 in full; by owner 2010-2014 and leading countries 2017-2024.
    assert own.loc[own["part"] == "foreign_parent", "year"].tolist() == list(range(2008, 2020))
    assert own.loc[own["part"] == "ubo", "year"].tolist() == [*range(2010, 2015), *range(2017, 2025)]


def test_a_running_total_covers_no_single_year_and_a_date_of_a_tie_is_no_observation():
    totals = pd.DataFrame(
        {"fiscal_year_from": [2017, 2017], "fiscal_year_to": [2017, 2021], "value": [1.0, 5.0]}
    )
    pairs = pd.DataFrame({"date": ["1955-05-07"], "state": ["MN"]})
    found = quality.coverage(held(activity=totals, sister_pairs=pairs))
    assert found[["table", "year", "rows"]].to_numpy().tolist() == [["activity", 2017, 1]]


@pytest.mark.parametrize(
    ("frame", "as_of", "left"),
    [
        ({"year": [2020, 2021, 2022, None]}, "2022-07-05", [2020, 2021, None]),
        ({"fiscal_year": [2020, 2021, 2022]}, "2022-07-05", [2020, 2021]),
        ({"date_start": ["2022-07", "2022-07-06"]}, "2022-07-05", ["2022-07"]),
        ({"published": ["", "2021", "2022", "2022-07-05"]}, "2022-07-05", ["2021", "2022-07-05"]),
        ({"code": ["a"]}, "2022-07-05", ["a"]),
        ({"year": [2020, 2030]}, "", [2020, 2030]),
    ],
    ids=["year", "fiscal year", "day", "published", "list", "no day"],
)
def test_what_was_in_hand_on_a_day_follows_the_best_column_a_table_has(frame, as_of, left):
    (column,) = frame
    kept = holdings.known(pd.DataFrame(frame), as_of)[column]
    assert [None if pd.isna(value) else value for value in kept] == left


def test_ages_are_told_by_the_newest_day_of_release_or_by_the_day_asked_for():
    frames = holdings.in_hand().frames
    newest = max(str(f["released"].max()) for f in frames.values() if "released" in f)
    assert holdings.in_hand().day == newest
    assert holdings.in_hand("2022-07-05").day == "2022-07-05"
    with pytest.raises(CatalogError, match="expected a table with days of release, got none"):
        holdings.newest_release({"hs2": pd.DataFrame({"hs2": ["01"]})})


@pytest.mark.parametrize(
    ("as_of", "told"),
    [("2022-07-05", {"published": ["2021", "2022-07-05"]}), ("", {})],
    ids=["day", "latest"],
)
def test_the_pages_in_hand_are_told_of_an_edition_of_a_day(as_of, told):
    frame = pd.DataFrame({"year": [2021] * 3, "published": ["2022-07-05", "2021", "2021"]})
    (row,) = quality.ages(held(as_of, company_sites=frame)).to_dict("records")
    assert row["pages"] == told


def test_a_rank_without_a_value_is_the_newest_of_a_partner():
    # jobs_state_quoted: Alabama 2020, Japan first, no number of jobs; values of Japan are of 2019.
    frame = pd.DataFrame(
        {"year": [2019, 2020], "partner": ["JPN", "JPN"], "value": [20_900.0, None], "rank": [None, 1.0],
         "released": ["2021-08-31", "2022-12-31"]}
    )  # fmt: skip
    (row,) = quality.ages(held(jobs_state_quoted=frame), "JPN").to_dict("records")
    assert (row["own"], row["released"], row["bound"]) == ("2020", "2022-12-31", True)


def test_the_months_of_a_year_came_out_with_the_year():
    # FT-900 for December 2024: 5 February 2025; the monthly table bounds it by the end of March.
    row = {"year": 2024, "partner": "JPN", "flow": "exports"}
    year = pd.DataFrame([row | {"value_musd": 1.0, "vintage": "2026", "released": "2025-02-05"}])
    month = pd.DataFrame([row | {"value_usd": 1, "vintage": "2026", "released": "2025-03-31", "month": 12}])
    found = quality.ages(held(goods_trade=year, goods_trade_monthly=month)).set_index("table")
    assert found["released"].to_dict() == {"goods_trade": "2025-02-05", "goods_trade_monthly": "2025-02-05"}
    assert not found["bound"].any()


def test_state_trade_of_2018_is_seven_years_old_at_the_end_of_2025():
    told = quality.ages(held(day="2025-12-31", **holdings.in_hand().frames), "JPN").set_index("table")
    assert told.loc["state_trade", ["first", "newest", "months"]].tolist() == ["2014", "2018", 84]
    # chapters end in June 2021; BEA's jobs of 2020 by state are in hand for all countries, of Japan for 2019 only
    assert told.loc["japan_hs2", "end"] == "2021-06-30"
    assert told.loc["jobs_state", ["newest", "own"]].tolist() == ["2020", "2019"]
    assert pd.isna(told.loc["hs2", "months"])


@pytest.mark.parametrize(
    ("newest", "end", "months"),
    [
        ("2021-07-05", "2021-07-05", 5),
        ("2021-07", "2021-07-31", 5),
        ("2021-06", "2021-06-30", 6),
        ("2020", "2020-12-31", 12),
    ],
)
def test_a_month_and_a_year_are_as_old_as_their_last_day(newest, end, months):
    frame = pd.DataFrame({"event_id": ["a", "b"], "date_start": ["2019", newest]})
    (row,) = quality.ages(held(day="2021-12-31", events=frame)).to_dict("records")
    assert (row["end"], row["months"]) == (end, months)
    assert ages.ended(frame, "date_start") == end


def test_the_newest_edition_is_that_which_a_brief_prefers():
    frame = pd.DataFrame({"year": 2021, "partner": "JPN", "flow": "exports", "value_musd": [1.0, 2.0],
                          "vintage": ["2026", "2026-07-15"]})  # fmt: skip
    (row,) = quality.ages(held(goods_trade=frame)).to_dict("records")
    (covered,) = quality.coverage(held(goods_trade=frame)).to_dict("records")
    preferred = vintages.preferred(frame, ("year",))["vintage"].tolist()
    assert [row["vintage"]] == [covered["where"]["vintage"]] == preferred == ["2026-07-15"]


def test_nothing_published_later_is_in_hand_on_a_day():
    past = quality.ages(holdings.in_hand("2022-07-05")).set_index("table")
    assert (past["released"] <= "2022-07-05").all()
    assert past.loc["goods_trade", "newest"] == "2021"
    assert past.loc["goods_trade", "until"] == {"released": "2022-07-05"}
    assert past.loc["company_sites", "until"] == {"year": 2021}
    assert past.loc["best_practice", "until"] == {"fiscal_year": 2021}


def test_a_frame_may_stand_in_for_a_table_that_exists():
    own = catalog.load("events").head(3)
    assert len(holdings.in_hand(events=own).frames["events"]) == 3
    with pytest.raises(CatalogError, match=r"data in hand: expected tables such as .*, got 'event'"):
        holdings.in_hand(event=own)


def test_every_table_says_what_its_next_refresh_needs():
    needs = catalog.load("refresh")
    lacking = sorted(set(catalog.tables()) - set(needs["table"]))
    assert lacking == [], "add a row to data/reference/refresh.csv and run `briefs data accept`"
    assert sorted(set(needs["table"]) - set(catalog.tables())) == []
    assert (needs.loc[needs["how"] == "api", "key"] != "").all()
    assert (needs.loc[needs["command"], "how"] == "api").all()
