"""The checks hold on the shipped tables, and fail when something no longer adds up."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest

from helpers.data import catalog, checks


@pytest.fixture(scope="module")
def found():
    return {check.name: check for check in checks.run()}


def test_every_check_holds_and_has_two_names(found):
    assert [name for name, check in found.items() if not check.ok] == []
    assert all(check.name_en and check.name_ja and check.expected and check.got for check in found.values())


def test_every_table_is_among_the_checks(found):
    assert [f"load.{table}" for table in catalog.tables()] == [n for n in found if n.startswith("load.")]


@pytest.mark.parametrize("flow", ["exports", "imports"])
def test_the_known_shortfall_of_1987_to_1991_is_reported_as_such(found, flow):
    check = found[f"trade.world.2023-03.{flow}.1987-1991"]
    assert "known shortfall" in check.name_en
    assert check.expected == "0.9 to 2.8 percent short"
    later = found[f"trade.world.2026.{flow}.2013-2024"]
    assert (later.expected, "shortfall" in later.name_en) == ("a gap of at most 0.0001 percent", False)


def test_a_shortfall_that_is_an_excess_fails(monkeypatch):
    # 1.7 to 2.7 percent short of the world's exports, the partners are 1.3 to 2.4 percent more than 96 percent of them.
    def less(frame):
        world = (frame["partner"] == "WLD") & frame["year"].between(1987, 1991)
        frame.loc[world, "value_musd"] *= 0.96
        return frame

    assert not altered(monkeypatch, "goods_trade", less)["trade.world.2023-03.exports.1987-1991"].ok


def test_five_years_of_participants_are_the_printed_sum(found):
    check = found["activity.participants.2017-2021"]
    assert (check.expected, check.got) == ("3,512,323", "3,512,323 in 5 of 5 years")
    check = found["activity.projects.2017-2021"]
    assert (check.expected, check.got) == ("at most 1,027", "97 in 1 of 5 years")
    assert found["missions.districts"].got == "51"


def altered(monkeypatch, table, change):
    """Let one table come out of the catalogue changed."""
    load = catalog.load

    def other(name: str, **how: object) -> pd.DataFrame:
        frame = load(name, **how)
        return change(frame.copy()) if name == table else frame

    monkeypatch.setattr(catalog, "load", other)
    return {check.name: check for check in checks.run()}


def test_a_missing_partner_fails_the_sum_and_names_the_year(monkeypatch):
    def without(frame):
        return frame[~((frame["partner"] == "CAN") & (frame["year"] == 2019))]

    check = altered(monkeypatch, "goods_trade", without)["trade.world.2026.exports.2013-2024"]
    assert not check.ok
    assert check.detail == "largest gap in 2019"


def test_a_missing_year_fails_the_sum(monkeypatch):
    check = altered(monkeypatch, "goods_trade", lambda frame: frame[frame["year"] != 1995])
    assert not check["trade.world.2023-03.exports.1992-2021"].ok


def test_a_state_that_is_off_fails_the_sum_and_names_the_partner(monkeypatch):
    def off(frame):
        wrong = (frame["partner"] == "JPN") & (frame["state"] == "TN") & (frame["year"] == 2016)
        frame.loc[wrong, "value_usd"] += 1
        return frame

    check = altered(monkeypatch, "state_trade", off)["trade.states.JPN"]
    assert (check.ok, check.detail) == (False, "'exports 2016', 'imports 2016'")


def test_a_region_that_is_off_fails_the_total(monkeypatch):
    def off(frame):
        frame.loc[(frame["partner"] == "B_EUR") & (frame["year"] == 2012), "value_musd"] += 10
        return frame

    check = altered(monkeypatch, "fdi_position", off)["fdi.regions"]
    assert (check.detail, check.expected[:28]) == ("'2012'", "differences of at most 2 in ")


def test_a_mistyped_headcount_fails_the_printed_sum(monkeypatch):
    def off(frame):
        frame.loc[frame["value"] == 396068, "value"] = 396086
        return frame

    assert not altered(monkeypatch, "activity", off)["activity.participants.2017-2021"].ok


@pytest.mark.parametrize(("total", "ok"), [(3_512_423, True), (3_512_424, False)])
def test_the_next_fiscal_year_is_held_against_the_running_total_that_holds_it(monkeypatch, total, ok):
    # 3,512,323 in the five years to fiscal 2021 and 100 in fiscal 2022.
    def longer(frame):
        own = frame[(frame["measure"] == "participants") & (frame["scope"] == "task_force")]
        year = own.tail(1).assign(fiscal_year_from=2022, fiscal_year_to=2022, value=100)
        return pd.concat([frame, year, year.assign(fiscal_year_from=2017, value=total)])

    found = altered(monkeypatch, "activity", longer)
    assert found["activity.participants.2017-2021"].ok
    assert found["activity.participants.2017-2022"].ok == ok


@pytest.mark.parametrize(("total", "ok"), [(97, True), (96, False)])
def test_a_running_total_is_no_less_than_the_years_that_are_printed(monkeypatch, total, ok):
    # 97 projects in fiscal 2021; the other years are not printed.
    def smaller(frame):
        frame.loc[frame["value"] == 1027, "value"] = total
        return frame

    assert altered(monkeypatch, "activity", smaller)["activity.projects.2017-2021"].ok == ok


def test_a_running_total_that_is_not_there_fails(monkeypatch):
    found = altered(
        monkeypatch, "activity", lambda frame: frame[frame["fiscal_year_to"] == frame["fiscal_year_from"]]
    )
    assert not found["activity.participants"].ok
    assert not found["activity.projects"].ok


@pytest.mark.parametrize("lost", [{"partner": "CAN"}, {"year": 2016}, {"partner": "DEU", "year": 2019}])
def test_months_that_are_all_missing_fail_the_year(monkeypatch, lost):
    def without(frame):
        return frame[~(frame[list(lost)] == pd.Series(lost)).all(axis=1)]

    assert not altered(monkeypatch, "goods_trade_monthly", without)["trade.months"].ok


def with_2025(monkeypatch, last, *, printed):
    """Check with fictitious figures of 2025, a copy of 2024: months up to ``last``, and the year where printed."""
    load = catalog.load

    def longer(name: str, **how: object) -> pd.DataFrame:
        frame = load(name, **how)
        if name not in ("goods_trade", "goods_trade_monthly") or (name == "goods_trade" and not printed):
            return frame
        year = frame[(frame["year"] == 2024) & (frame["vintage"] == "2026")].assign(year=2025)
        if name == "goods_trade_monthly":
            return pd.concat([frame, year[year["month"] <= last]], ignore_index=True)
        return pd.concat([frame, year, year.assign(year=2024, vintage="2027-03", value_musd=1.0)])

    monkeypatch.setattr(catalog, "load", longer)
    return checks._months_to_year()[0]


@pytest.mark.parametrize(("last", "printed", "ok"), [(9, False, True), (12, True, True), (9, True, False)])
def test_months_of_a_year_that_still_runs_are_no_difference(monkeypatch, last, printed, ok):
    check = with_2025(monkeypatch, last, printed=printed)
    assert (check.ok, check.name_en) == (
        ok,
        f"Months of 2013-{2025 if printed else 2024} add up to the years",
    )


def test_months_are_held_against_the_year_of_their_own_vintage(monkeypatch):
    def later(frame):
        return pd.concat([frame, frame[frame["year"] == 2024].assign(vintage="2027-03", value_musd=1.0)])

    monkeypatch.setattr(checks, "CHECKS", (checks._months_to_year,))
    assert altered(monkeypatch, "goods_trade", later)["trade.months"].ok


@pytest.mark.parametrize(("part", "ok"), [(0.9999, True), (0.9997, False)])
def test_a_vintage_that_no_era_names_is_held_against_the_world_too(monkeypatch, part, ok):
    # Fictitious: 2025 as 2024, of a later vintage, in which every partner has 0.01 or 0.03 percent less.
    def later(frame):
        year = frame[(frame["year"] == 2024) & (frame["vintage"] == "2026")].assign(
            year=2025, vintage="2027-03"
        )
        year.loc[year["partner"] != "WLD", "value_musd"] *= part
        return pd.concat([frame, year])

    monkeypatch.setattr(checks, "CHECKS", (checks._partners_to_world,))
    check = altered(monkeypatch, "goods_trade", later)["trade.world.2027-03.exports.2025"]
    assert (check.ok, check.expected) == (ok, "a gap of at most 0.02 percent")


@pytest.mark.parametrize("lost", [{"partner": "JPN"}, {"year": 2016}])
def test_chapters_that_are_all_missing_fail_the_total(monkeypatch, lost):
    ((column, value),) = lost.items()
    without = altered(monkeypatch, "japan_hs2", lambda frame: frame[frame[column] != value])
    assert not without["trade.hs2"].ok


def test_a_state_without_a_mission_is_named(monkeypatch):
    check = altered(monkeypatch, "jurisdictions", lambda frame: frame[frame["area"] != "TN"])
    assert check["missions.districts"].detail == "not so: 'TN'"


def test_a_table_that_cannot_be_read_fails_its_check_and_not_the_run(folder):
    folder.edit("jobs_state", "20900", "20901", accept=False)
    found = {check.name: check for check in checks.run()}
    assert "sha256" in found["load.jobs_state"].detail
    assert found["load.partners"].ok
    assert not found["deck_states"].ok


def test_a_table_is_checked_without_the_library_that_would_make_test_data():
    """Pandera imports it with the first check of a process, for nothing; who wants it can still import it."""
    code = (
        "import sys; from helpers.data import catalog; catalog.load('states'); "
        "assert 'hypothesis' not in sys.modules; import hypothesis.strategies"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
