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


def test_five_years_of_participants_are_the_printed_sum(found):
    assert found["activity.participants"].got == "3,512,323 and 3,512,323"
    assert found["activity.projects"].got == "1,027"
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

    assert altered(monkeypatch, "fdi_position", off)["fdi.regions"].detail == "'2012'"


def test_a_mistyped_headcount_fails_the_printed_sum(monkeypatch):
    def off(frame):
        frame.loc[frame["value"] == 396068, "value"] = 396086
        return frame

    assert not altered(monkeypatch, "activity", off)["activity.participants"].ok


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
