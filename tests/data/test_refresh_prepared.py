"""What a refresh decides before it writes, and what it writes, on a small folder of tables; all figures are made up."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from helpers.data import catalog, refresh, swap
from helpers.data.sources import registry
from helpers.data.sources.answer import Fetched, Raw
from helpers.errors import CatalogError, DataCheckError

TABLE = "employment/jobs_state.csv"


def answer(*cells, raws=()):
    """Return what a publisher gave of jobs_state: rows of year, partner and value for Tennessee."""
    frame = pd.DataFrame(cells, columns=["year", "partner", "value"])
    frame = frame.assign(state="TN", low=frame["value"] - 50, high=frame["value"] + 50, flag="")
    frame = frame.assign(vintage="2099-01", released="2098-12-31", source="bea-mne-api")
    return Fetched("jobs_state", frame, raws, "of no year", ("a note of the publisher",))


@pytest.fixture
def rehearsed(folder, monkeypatch):
    """Let the rehearsal, for which a small folder is too small, only be counted."""
    found = []
    monkeypatch.setattr(refresh, "_rehearse", lambda where, plan: found.append((where, plan.table)))
    return found


def test_a_plan_says_of_which_years_it_is_and_what_the_publisher_noted(folder, rehearsed):
    plan = refresh.prepare(answer((2096, "JPN", 300), (2097, "JPN", 400)), [2097], whole=False)
    assert plan.fetched.period == "2097"
    assert plan.fetched.frame["value"].tolist() == [400]
    assert list(plan.fetched.frame.columns) == catalog.find("jobs_state").columns
    assert plan.fetched.notes == ("a note of the publisher",)
    assert plan.changes.added["year"].tolist() == [2097]
    assert plan.based_on == hashlib.sha256(folder.file("jobs_state").read_bytes()).hexdigest()
    assert rehearsed == [(folder.path, "jobs_state")]


def test_what_an_earlier_refresh_decided_is_finished_first(folder, rehearsed):
    (folder.path / ".README.md.refresh").write_bytes(b"new words")
    move = {"path": "README.md", "sha256": hashlib.sha256(b"new words").hexdigest()}
    (folder.path / swap.JOURNAL).write_text(json.dumps({"moves": [move]}), encoding="utf-8")
    refresh.prepare(answer((2097, "JPN", 400)), whole=False)
    assert (folder.path / "README.md").read_bytes() == b"new words"
    assert not (folder.path / swap.JOURNAL).exists()


@pytest.mark.parametrize(("years", "asked"), [((), (2096,)), ((2090, 2091), (2090, 2091))])
def test_the_years_that_were_named_are_asked_for_or_else_the_newest(monkeypatch, years, asked):
    def fetch(*words, **more):
        return words, more

    client = SimpleNamespace(variable="BEA_API_KEY", fetch=fetch)
    monkeypatch.setattr(registry, "TABLES", {"jobs_state": client})
    monkeypatch.setattr(refresh, "expected", lambda table: 2096)
    monkeypatch.setenv("BEA_API_KEY", "made-up")
    assert refresh.ask("jobs_state", years) == ((asked,), {"key": "made-up", "progress": None})


def test_an_answer_without_rows_is_refused(folder, rehearsed):
    with pytest.raises(CatalogError, match=r"refresh of jobs_state: expected rows, got none\. Ask for other"):
        refresh.prepare(answer(), whole=False)
    assert rehearsed == []


def test_a_code_that_no_list_knows_is_refused(folder, rehearsed):
    with pytest.raises(DataCheckError, match="'XQZ'"):
        refresh.prepare(answer((2097, "JPN", 400), (2097, "XQZ", 100)), whole=False)
    assert rehearsed == []


def test_a_row_that_breaks_the_schema_is_refused(folder, rehearsed):
    with pytest.raises(DataCheckError, match=r"column low, where at least 0 is expected: -49\.0"):
        refresh.prepare(answer((2097, "JPN", 1)), whole=False)
    assert rehearsed == []


def test_what_is_in_hand_already_is_neither_rehearsed_nor_written(folder, rehearsed):
    held = catalog.load("jobs_state", vintage="all")
    before = {path: path.read_bytes() for path in folder.path.rglob("*") if path.is_file()}
    plan = refresh.prepare(Fetched("jobs_state", held, (), ""), whole=False)
    assert plan.changes.same == len(held)
    assert rehearsed == []
    assert refresh.write(plan) == []
    assert {path: path.read_bytes() for path in folder.path.rglob("*") if path.is_file()} == before


def test_the_table_its_description_and_the_answer_are_written_and_named(folder, rehearsed):
    """The small folder has no dictionary, so none is written."""
    raws = (Raw("a.json", b"as it came", "https://example.org/", "application/json"),)
    rows = len(catalog.load("jobs_state", vintage="all"))
    plan = refresh.prepare(answer((2097, "JPN", 400), raws=raws), whole=False)
    *tables, kept = refresh.write(plan, today="2099-02-03")
    assert tables == [TABLE, "datapackage.json"]
    assert kept.startswith("raw/jobs_state/2099-02-03-")
    assert (folder.path / kept).read_bytes() == b"as it came"
    package = json.loads((folder.path / "datapackage.json").read_text(encoding="utf-8"))
    told = next(r for r in package["resources"] if r["name"] == "jobs_state")
    content = folder.file("jobs_state").read_bytes()
    assert told["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert told["bytes"] == len(content)
    assert told["rows"] == rows + 1
    assert told["raw"][-1]["path"] == kept
    assert told["raw"][-1]["retrieved"] == told["refreshed"][-1]["retrieved"] == "2099-02-03"
    assert catalog.load("jobs_state", year=2097)["value"].tolist() == [400]


@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
def test_an_answer_is_kept_with_its_table_or_not_at_all_where_the_user_stops_it(
    folder, rehearsed, monkeypatch, done
):
    """Ctrl-C ends the process with 130, just before the files are put or just after."""
    put = swap.put

    def stopped(*words):
        if done:
            put(*words)
        raise SystemExit(130)

    plan = refresh.prepare(
        answer((2097, "JPN", 400), raws=(Raw("a.json", b"as it came", "", ""),)), whole=False
    )
    older = folder.path / "raw" / "jobs_state" / "2090-01-01-older.json"
    older.parent.mkdir(parents=True)
    older.write_bytes(b"of another day")
    monkeypatch.setattr(swap, "put", stopped)
    with pytest.raises(SystemExit, match="130"):
        refresh.write(plan)
    assert len(catalog.load("jobs_state", year=2097)) == done
    kept = [path for path in older.parent.iterdir() if path != older]
    assert [path.read_bytes() for path in kept] == [b"as it came"] * done
    assert older.read_bytes() == b"of another day"


def test_a_table_that_is_gone_meanwhile_is_not_made_anew(folder, rehearsed):
    plan = refresh.prepare(answer((2097, "JPN", 400)), whole=False)
    folder.file("jobs_state").unlink()
    with pytest.raises(
        CatalogError, match=rf"table jobs_state \({TABLE}\): expected sha256 {plan.based_on}, got no such"
    ):
        refresh.write(plan)
    assert not folder.file("jobs_state").exists()


@pytest.mark.parametrize("before", [None, "somewhere"])
def test_the_catalogue_reads_its_own_folder_again_after_the_rehearsal(monkeypatch, before):
    if before is None:
        monkeypatch.delenv("BRIEFS_DATA", raising=False)
    else:
        monkeypatch.setenv("BRIEFS_DATA", before)
    inside = []

    def check():
        with refresh._reading(Path("copied")):
            inside.append(os.environ["BRIEFS_DATA"])
            raise DataCheckError("a check of the test")

    with pytest.raises(DataCheckError, match="a check of the test"):
        check()
    assert inside == ["copied"]
    assert os.environ.get("BRIEFS_DATA") == before


def test_blanks_around_a_key_are_no_part_of_it_and_blanks_alone_are_none(monkeypatch):
    monkeypatch.setenv("BEA_API_KEY", " made-up \n")
    assert refresh.key("jobs_state") == "made-up"
    monkeypatch.setenv("BEA_API_KEY", "  ")
    with pytest.raises(CatalogError, match="expected a key in BEA_API_KEY, got none"):
        refresh.key("jobs_state")
