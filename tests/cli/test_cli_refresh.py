"""``briefs data refresh`` end to end against a replayed server: written whole, or the tables are what they were.

The year 2097 is fictitious, as are all its figures.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
import replay
from replay import KEY, Answer, Replay
from rich.console import Console

from helpers.analysis.moves import Move, Place
from helpers.cli import refresh as command
from helpers.data import catalog, checks, refresh, swap
from helpers.data.sources.answer import SourceError

YEAR = 2097


@pytest.fixture
def server(monkeypatch):
    with Replay() as found:
        monkeypatch.setenv("BRIEFS_BEA_URL", found.url)
        monkeypatch.setenv("BRIEFS_CENSUS_URL", found.url)
        yield found


@pytest.fixture
def keys(monkeypatch):
    monkeypatch.setenv("BEA_API_KEY", KEY)
    monkeypatch.setenv("CENSUS_API_KEY", KEY)


def states_of(cells=None, year=YEAR):
    """Return the replayed state table of a fictitious year: FIPS -> column -> printed cell, where it differs."""
    names = dict(zip(catalog.load("states")["fips"], catalog.load("states")["name_en"], strict=True))
    return replay.bea_states(names, [year], cells)


ASK = ("data", "refresh", "jobs_state", "--year", str(YEAR))


def test_without_a_key_one_sentence_says_where_to_get_one_and_nothing_is_touched(tables, briefs, digests):
    before = digests(tables)
    code, out, err = briefs(*ASK, "--yes")
    assert (code, out) == (1, "")
    assert err == (
        "briefs: refresh of jobs_state: expected a key in BEA_API_KEY, got none. Get one free of charge from the "
        "US Bureau of Economic Analysis at https://apps.bea.gov/API/signup/ and set BEA_API_KEY.\n"
    )
    assert digests(tables) == before


def test_without_a_key_statehs_says_so_too(tables, briefs, digests):
    before = digests(tables)
    code, _, err = briefs("data", "refresh", "statehs", "--state", "TN", "--year", str(YEAR))
    assert code == 1
    assert "expected a key in CENSUS_API_KEY" in err
    assert "https://api.census.gov/data/key_signup.html" in err
    assert digests(tables) == before


def test_a_table_without_a_publisher_to_ask_is_refused_by_name(tables, briefs):
    code, _, err = briefs("data", "refresh", "activity", "--yes")
    assert code == 1
    assert "a table whose publisher can be asked: one of 'goods_trade'" in err


def test_a_state_is_only_for_statehs(tables, briefs):
    code, _, err = briefs("data", "refresh", "jobs_state", "--state", "TN", "--yes")
    assert code == 1
    assert "--state: expected the table statehs, got jobs_state" in err


def test_a_vintage_is_only_for_a_file(tables, briefs, keys):
    code, out, err = briefs("data", "refresh", "goods_trade", "--vintage", "2098-03", "--yes")
    assert (code, out) == (1, "")
    assert "--vintage: expected a file to read (--from), got none. Leave it out" in err


def test_a_disk_that_refuses_is_said_and_changes_nothing(tables, briefs, digests, server, keys, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    before = digests(tables)
    server.answer([replay.bea_answer(states_of())])
    monkeypatch.setattr(swap.os, "fsync", full)
    code, _, err = briefs(*ASK, "--yes")
    assert code == 1
    assert "expected room and leave to write, got [Errno 28] No space left on device" in err
    assert digests(tables) == before, "the answer is not kept either: no table is made of it"


def test_a_disk_that_has_no_room_for_the_rehearsal_is_said(
    tables, briefs, digests, server, keys, monkeypatch
):
    """A folder is copied on when a file fails; what is told is why the first did."""

    def full(*_, **__):
        why = "[Errno 28] No space left on device"
        raise shutil.Error([("a.csv", "b.csv", f"{why}: 'b.csv'"), ("c.csv", "d.csv", why)])

    before = digests(tables)
    server.answer([replay.bea_answer(states_of())])
    monkeypatch.setattr(refresh.shutil, "copytree", full)
    code, _, err = briefs(*ASK, "--yes")
    assert code == 1
    assert (
        f"a copy of {tables}: expected room and leave to write, got [Errno 28] No space left on device: 'b.csv'. "
        "The tables are as they were." in err
    )
    assert digests(tables) == before


FAILURES = {
    "error-in-a-200": [replay.bea_error("40", "parameters are missing")],
    "error-as-a-list": [replay.bea_error("1", "the key is not known", place="Results", listed=True)],
    "web-page": [replay.page("Maintenance")],
    "empty-204": [replay.EMPTY],
    "too-many-requests": [replay.Answer(b"", 429, headers={"Retry-After": "3600"})],
    "server-error": [replay.page("Internal error", 500)],
    "cut-line": [Answer(b'{"BEAAPI": {"Results": {"Data": []}}}' * 50, cut=True)],
    "time-out": [Answer(b"{}", late=0.7)],
    "no-json": [Answer(b"not json")],
    "other-form": [replay.as_json({"Other": {}})],
    "no-rows": [replay.bea_answer([])],
}


@pytest.mark.parametrize("answers", FAILURES.values(), ids=FAILURES)
def test_after_every_failure_the_tables_are_byte_for_byte_what_they_were(
    tables, briefs, digests, server, keys, hasty, answers
):
    before = digests(tables)
    server.answer(answers)
    code, out, err = briefs(*ASK, "--yes")
    assert code == 1
    assert err.startswith("briefs: BEA API")
    assert KEY not in out + err
    assert digests(tables) == before


CENSUS_HEADER = ["CTY_CODE", "CTY_NAME", "ALL_VAL_YR", "YEAR", "MONTH", "YEAR"]
CENSUS_FAILURES = {
    "two-years-in-one-answer": replay.as_json([CENSUS_HEADER, ["-", "X", "1", "2097", "12", "2090"]]),
    "error-as-a-list": replay.as_json(["error of the test"]),
    "web-page": replay.page("Invalid Key"),
    "empty-204": replay.EMPTY,
}


@pytest.mark.parametrize("answer", CENSUS_FAILURES.values(), ids=CENSUS_FAILURES)
def test_after_a_failure_of_the_other_publisher_they_are_so_too(
    tables, briefs, digests, server, keys, hasty, answer
):
    before = digests(tables)
    server.answer([answer])
    code, out, err = briefs("data", "refresh", "goods_trade", "--year", str(YEAR), "--yes")
    assert code == 1
    assert err.startswith("briefs: Census API")
    assert KEY not in out + err
    assert digests(tables) == before


BROKEN = {
    "another-year": (lambda: states_of(year=2098), r"expected the years 2097, got 2098"),
    "a-state-is-missing": (
        lambda: [row for row in states_of() if row["RowCode"] != "47"],
        r"expected every state.*'TN'",
    ),
    "parts-above-the-total": (
        lambda: states_of({"47": {"Japan": "9,000.0"}}),
        r"partners add up to no more than their total.*by up to 8.*'2097 TN",
    ),
    "an-unknown-country": (
        lambda: [row | {"Column": "Ruritania"} if row["Column"] == "Japan" else row for row in states_of()],
        r"Ruritania",
    ),
}


@pytest.mark.parametrize(("rows", "message"), BROKEN.values(), ids=BROKEN)
def test_an_answer_that_does_not_hold_is_refused_and_changes_nothing(
    tables, briefs, digests, server, keys, hasty, rows, message
):
    before = digests(tables)
    server.answer([replay.bea_answer(rows())])
    code, _, err = briefs(*ASK, "--yes")
    assert code == 1
    assert re.search(message, err), err
    assert digests(tables) == before


@pytest.mark.parametrize("already", [False, True], ids=["by-the-refresh", "already"])
def test_a_check_that_a_refresh_would_break_refuses_it_and_one_that_fails_already_does_not(
    tables, briefs, digests, server, keys, monkeypatch, already
):
    """Every check is run on a copy with the refresh in it; where one fails, on the tables as they are too."""
    before, run, looked = digests(tables), checks.run, []

    def broken():
        found = run()
        looked.append(len(catalog.load("jobs_state", year=YEAR)))
        bad = replace(found[0], name="x", name_en="sums of the test", got="1", detail="two", ok=False)
        return [*found, bad] if already or looked[-1] else found

    monkeypatch.setattr(checks, "run", broken)
    server.answer([replay.bea_answer(states_of())])
    code, out, err = briefs(*ASK, "--yes")
    assert looked == [357, 0]
    assert os.environ["BRIEFS_DATA"] == str(tables)
    assert code == (0 if already else 1)
    assert ("written: employment/jobs_state.csv" in out) == already
    if not already:
        assert (
            "refresh of jobs_state: expected sums that hold, got sums of the test: 1 (two). The table on"
            in err
        )
        assert digests(tables) == before


def test_without_a_terminal_nothing_is_written_unless_yes_is_said(tables, briefs, digests, server, keys):
    before = digests(tables)
    server.answer([replay.bea_answer(states_of())])
    code, out, err = briefs(*ASK)
    assert code == 1
    assert "357 added, 0 revised, 0 dropped" in out  # 51 states, seven columns
    assert "there is no terminal to ask on. With --yes it is written" in err
    assert digests(tables) == before


@pytest.mark.parametrize("said", [False, True], ids=["no", "yes"])
def test_on_a_terminal_the_user_decides(tables, briefs, digests, server, keys, monkeypatch, said):
    asked = []
    monkeypatch.setattr(command, "_terminal", lambda: True)
    monkeypatch.setattr("typer.confirm", lambda words: asked.append(words) or said)
    before = digests(tables)
    server.answer([replay.bea_answer(states_of())])
    code, _, _ = briefs(*ASK)
    assert asked == ["Write table jobs_state?"]
    assert code == (0 if said else 1)
    assert (digests(tables) == before) == (not said)


def test_a_refresh_fills_all_states_and_says_what_it_changed(tables, briefs, digests, server, keys):
    before = digests(tables)
    server.answer([replay.bea_answer(states_of({"56": {"Japan": "(D)"}}))])
    code, out, _ = briefs(*ASK, "--yes")
    assert code == 0
    assert KEY not in out
    assert "Tennessee             1st, as printed (2019)" in out
    assert "suppressed, among" in out
    changed = {name for name, digest in digests(tables).items() if before.get(name) != digest}
    assert {name for name in changed if not name.startswith("raw/")} == {
        "README.md",
        "datapackage.json",
        "employment/jobs_state.csv",
    }
    frame = catalog.load("jobs_state", year=YEAR, partner="JPN")
    assert len(frame) == 51
    # 250.3 thousand in the replayed answer, one decimal of a thousand: 250,300, 50 off at most
    assert frame.set_index("state").loc["TN", ["value", "low", "high"]].tolist() == [
        250_300,
        250_250,
        250_350,
    ]
    assert frame.set_index("state").loc["WY", "flag"] == "(D)"
    assert catalog.load("jobs_state", year=2019)["vintage"].unique().tolist() == ["2021-08"]
    code, out, _ = briefs("data", "check")
    assert code == 0
    assert ", 0 failed" in out


def test_the_answer_is_kept_with_its_digest_and_the_key_is_nowhere(tables, briefs, server, keys):
    server.answer([replay.bea_answer(states_of())])
    briefs(*ASK, "--yes")
    package = json.loads((tables / "datapackage.json").read_text(encoding="utf-8"))
    (entry,) = next(r for r in package["resources"] if r["name"] == "jobs_state")["raw"]
    kept = (tables / entry["path"]).read_bytes()
    assert hashlib.sha256(kept).hexdigest() == entry["sha256"]
    assert b'"Data"' in kept
    assert entry["url"].startswith(server.url)
    for path in (p for p in tables.rglob("*") if p.is_file()):
        content = path.read_bytes().lower()
        assert b"marker-0000" not in content, path
        assert "MARKER" not in path.name


def test_the_same_answer_a_second_time_changes_nothing(tables, briefs, digests, server, keys):
    server.answer([replay.bea_answer(states_of())])
    briefs(*ASK, "--yes")
    after = digests(tables)
    code, out, _ = briefs(*ASK, "--yes")
    assert code == 0
    assert "0 added, 0 revised, 0 dropped, 357 the same" in out
    assert "Nothing to write." in out
    assert digests(tables) == after


def test_a_new_figure_of_the_same_vintage_is_a_revision(tables, briefs, server, keys):
    server.answer([replay.bea_answer(states_of())])
    briefs(*ASK, "--yes")
    server.answer([replay.bea_answer(states_of({"47": {"Japan": "250.9"}, "01": {"Japan": "(D)"}}))])
    code, out, _ = briefs(*ASK, "--yes")
    assert code == 0
    assert "0 added, 2 revised, 0 dropped, 355 the same" in out
    lines = [line.split() for line in out.splitlines() if line.startswith(f"{YEAR} ")]
    assert [(line[1], line[-2], line[-1]) for line in lines] == [
        ("AL", "250,300", "(D)"),
        ("TN", "250,300", "250,900"),
    ]
    assert catalog.load("jobs_state", year=YEAR, state="TN", partner="JPN")["value"].tolist() == [250_900]


def test_one_table_that_fails_does_not_keep_the_others_back(tables, briefs, server, keys, monkeypatch, hasty):
    from helpers.data.sources import registry

    two = {name: registry.TABLES[name] for name in ("jobs_national", "jobs_state")}
    monkeypatch.setattr(registry, "TABLES", two)
    server.answer([replay.bea_error("40", "parameters are missing"), replay.bea_answer(states_of())])
    code, out, err = briefs("data", "refresh", "--year", str(YEAR), "--yes")
    assert code == 1
    assert "parameters are missing" in err
    assert "written: employment/jobs_state.csv" in out


@pytest.mark.parametrize(("said", "code"), [((False, True), 1), ((True, True), 0)], ids=["no", "yes"])
def test_one_table_that_is_declined_does_not_keep_the_others_back(monkeypatch, briefs, said, code):
    from helpers.data.sources import registry

    asked, written = [], []
    monkeypatch.setattr(registry, "TABLES", dict.fromkeys(("first", "second")))
    monkeypatch.setattr(refresh, "key", lambda table: KEY)
    monkeypatch.setattr(refresh, "ask", lambda table, years, progress: table)
    changes = SimpleNamespace(none=False)
    monkeypatch.setattr(
        refresh, "prepare", lambda table, *_, **__: SimpleNamespace(table=table, changes=changes)
    )
    monkeypatch.setattr(refresh, "write", lambda plan, secrets: written.append((plan.table, secrets)) or [])
    monkeypatch.setattr(command, "summary", lambda console, plan: None)
    monkeypatch.setattr(command, "_terminal", lambda: True)
    monkeypatch.setattr("typer.confirm", lambda words: asked.append(words) or said[len(asked) - 1])
    found, _, _ = briefs("data", "refresh")
    assert asked == ["Write table first?", "Write table second?"]
    assert written == [(t, (KEY,)) for t, yes in zip(("first", "second"), said, strict=True) if yes]
    assert found == code


@pytest.fixture
def noted(monkeypatch):
    """Stand in for asking, reading, comparing and writing; return what each of them was given."""
    calls = []

    def ask(table, years, *, progress):
        progress("asking [b]")
        calls.append(("ask", table, list(years)))
        return SimpleNamespace(table=table)

    def read(file, *, vintage):
        calls.append(("read", file.name, vintage))
        return SimpleNamespace(table="made_up")

    def prepare(fetched, years, *, whole):
        calls.append(("prepare", fetched.table, list(years), whole))
        return SimpleNamespace(table=fetched.table, changes=SimpleNamespace(none=False))

    def write(plan, *, secrets):
        calls.append(("write", plan.table, secrets))
        return ["raw/" + "x" * 150]  # longer than a line of a log

    monkeypatch.setattr(refresh, "key", lambda table: KEY)
    for function in (ask, read, prepare, write):
        monkeypatch.setattr(refresh, function.__name__, function)
    monkeypatch.setattr(command, "summary", lambda console, plan: calls.append(("summary", plan.table)))
    return calls


SAID = ["written: raw/" + "x" * 150, "`briefs plan` says which briefs that touches."]


def test_what_is_asked_for_is_whole_and_written_with_the_key_left_out(noted, briefs):
    code, out, err = briefs("data", "refresh", "made_up", "--year", "2096", "--year", "2097", "--yes")
    assert (code, err) == (0, "")
    assert out.splitlines() == ["asking [b]", *SAID]
    assert noted == [
        ("ask", "made_up", [2096, 2097]),
        ("prepare", "made_up", [2096, 2097], True),
        ("summary", "made_up"),
        ("write", "made_up", (KEY,)),
    ]


def test_a_file_is_part_of_what_the_publisher_has_and_no_key_is_looked_for(noted, briefs, monkeypatch):
    monkeypatch.setattr(refresh, "key", lambda table: pytest.fail("a key was looked for"))
    code, out, err = briefs("data", "refresh", "--from", "a.csv", "--vintage", "2098", "--year", "2097", "-y")
    assert (code, err) == (0, "")
    assert out.splitlines() == SAID
    assert noted == [
        ("read", "a.csv", "2098"),
        ("prepare", "made_up", [2097], False),
        ("summary", "made_up"),
        ("write", "made_up", ()),
    ]


def test_a_file_whose_figures_are_declined_ends_with_1_and_is_not_written(noted, briefs, monkeypatch):
    monkeypatch.setattr(command.sys, "stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("typer.confirm", lambda words: False)
    code, out, err = briefs("data", "refresh", "--from", "a.csv")
    assert (code, out, err) == (1, "Nothing is written; the table is as it was.\n", "")
    assert [call[0] for call in noted] == ["read", "prepare", "summary"]


def test_what_changes_nothing_is_told_and_neither_asked_about_nor_written(noted, briefs, monkeypatch):
    same = SimpleNamespace(table="made_up", changes=SimpleNamespace(none=True))
    monkeypatch.setattr(refresh, "prepare", lambda fetched, years, whole: same)
    assert briefs("data", "refresh", "made_up") == (0, "asking [b]\n", "")
    assert noted == [("ask", "made_up", []), ("summary", "made_up")]


def test_a_file_in_place_of_state_trade_by_commodity_is_read_and_refused(noted, briefs):
    code, out, err = briefs("data", "refresh", "statehs", "--from", "a.csv", "--yes")
    assert (code, out) == (1, "")
    assert err == (
        "briefs: --from: expected a file for the table statehs, got one for made_up. "
        "Name the table made_up, or another file.\n"
    )
    assert noted == [("read", "a.csv", "")]


def test_every_table_that_fails_is_told_where_several_are_asked_for(noted, briefs, monkeypatch):
    from helpers.data.sources import registry

    def ask(table, years, *, progress):
        raise SourceError(f"{table} was refused")

    monkeypatch.setattr(registry, "TABLES", dict.fromkeys(("first", "second")))
    monkeypatch.setattr(refresh, "ask", ask)
    told = "briefs: first was refused\nbriefs: second was refused\n"
    assert briefs("data", "refresh") == (1, "", told)
    assert briefs("data", "refresh", "first") == (1, "", "briefs: first was refused\n")


def test_a_state_without_a_table_is_refused_as_every_table(briefs):
    code, out, err = briefs("data", "refresh", "--state", "TN")
    assert (code, out) == (1, "")
    assert err.startswith("briefs: --state: expected the table statehs, got every table. Leave it out")


def test_a_file_of_another_table_than_the_named_one_is_refused(tables, briefs, tmp_path, digests):
    file = tmp_path / "states.csv"
    file.write_text(
        '"USA Trade Online"\n"State exports"\n'
        '"Commodity","State","Country","Time","Total Exports Value ($US)"\n'
        '"All Commodities","Tennessee","Japan","2018","1,000"\n',
        encoding="utf-8",
    )
    before = digests(tables)
    code, _, err = briefs("data", "refresh", "goods_trade", "--from", str(file), "--yes")
    assert code == 1
    assert "expected a file for the table goods_trade, got one for state_trade" in err
    assert digests(tables) == before


def test_a_file_is_read_with_its_vintage_and_stands_beside_the_older_one(tables, briefs, tmp_path):
    # Two rows of a fictitious year in the form of USA Trade Online; all other years stay as they are.
    file = tmp_path / "states.csv"
    file.write_text(
        '"Commodity","State","Country","Time","Total Exports Value ($US)"\n'
        '"All Commodities","Tennessee","Japan","2097","1,000"\n'
        '"All Commodities","Tennessee","World Total","2097","5,000"\n',
        encoding="utf-8",
    )
    code, out, err = briefs("data", "refresh", "--from", str(file), "--vintage", "2098-03", "--yes")
    assert code == 0, err
    assert "2 rows of 2097, vintage 2098-03: 2 added" in out
    found = catalog.load("state_trade", year=2097, partner="JPN")
    assert found[["value_usd", "vintage"]].to_numpy().tolist() == [[1000, "2098-03"]]
    assert len(catalog.load("state_trade", vintage="all")) == 91_053 + 2


def state_trade(path: Path, rows: str) -> Path:
    """Write exports of Tennessee in dollars, in the form of USA Trade Online: lines of partner, year and value."""
    lines = [f"Tennessee,{row}" for row in rows.split("; ")]
    path.write_text("\n".join(["State,Country,Time,Exports", *lines, ""]), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("Japan,2018,1", "none for '2018 TN exports WLD', '2018 TN exports: "),
        ("World Total,2018,9", "none for '2018 TN exports JPN', '2018 TN exports: "),
        ("World Total,2018,9; Japan,2018,1", "none for '2018 TN exports: ABW, "),
    ],
    ids=["no-total", "no-japan", "no-others"],
)
def test_a_file_without_partners_that_are_in_hand_does_not_take_their_place(
    tables, briefs, tmp_path, digests, rows, said
):
    """The table has the exports of Tennessee in 2018 to every partner; the values of the file are made up."""
    before = digests(tables)
    file = state_trade(tmp_path / "states.csv", rows)
    code, _, err = briefs("data", "refresh", "--from", str(file), "--vintage", "2098-03", "--yes")
    assert code == 1
    assert "refresh of state_trade: expected Japan, the total and the partners that are in hand, got " in err
    assert said in err
    assert "Nothing was written; draw or download the whole table, with every partner." in err
    assert digests(tables) == before


@pytest.mark.parametrize(
    ("scale", "refused"), [(1, False), (10, False), (11, True), (1000, True), (0.01, True)]
)
def test_totals_in_another_unit_than_those_in_hand_are_refused(
    tables, briefs, tmp_path, digests, scale, refused
):
    """The exports of Tennessee in 2018 as they are in hand, 32,703,145,963 dollars, times a scale."""
    before = digests(tables)
    held = catalog.load("state_trade", state="TN", year=2018, flow="exports")
    names = catalog.load("partner_aliases").query("source_family == 'usatrade'").set_index("code")["alias"]
    kept = held[~held["partner"].eq("PSE") & (held["value_usd"] > 50)]
    rows = [f'"{names[row.partner]}",2018,{int(row.value_usd * scale)}' for row in kept.itertuples()]
    file = state_trade(tmp_path / "states.csv", "; ".join(rows))
    code, _, err = briefs("data", "refresh", "--from", str(file), "--vintage", "2098-03")
    assert digests(tables) == before
    told = "refresh of state_trade: expected totals near those in hand, got "
    assert code == 1, "nobody is there to be asked, so nothing is written either way"
    assert (told in err) == refused, err
    assert (f"{int(32703145963 * scale):,} after 32,703,145,963 in 2018 TN exports" in err) == refused


def test_small_partners_that_a_file_does_not_have_are_told(tables, briefs, tmp_path):
    """Aruba had 0.005 percent of Tennessee's exports of 2018; the other rows are those in hand."""
    held = catalog.load("state_trade", state="TN", year=2018, flow="exports")
    names = catalog.load("partner_aliases").query("source_family == 'usatrade'").set_index("code")["alias"]
    kept = held[held["partner"] != "ABW"]
    rows = [
        f'"{names[row.partner]}",2018,{row.value_usd}' for row in kept.itertuples() if row.partner != "PSE"
    ]
    file = state_trade(tmp_path / "states.csv", "; ".join(rows))
    code, out, err = briefs("data", "refresh", "--from", str(file), "--vintage", "2098-03", "--yes")
    assert code == 0, err
    assert "note: partners in hand that this does not have: 'ABW'" in out


def test_a_new_year_of_the_nation_has_the_total_and_japan(tables, briefs, tmp_path, digests):
    file = tmp_path / "position.csv"
    head = "Direct investment position on a historical-cost basis\n[Millions of dollars]\n,2097\n"
    file.write_text(f"{head}All countries,9\nFrance,1\n", encoding="utf-8")
    before = digests(tables)
    code, _, err = briefs("data", "refresh", "--from", str(file), "--vintage", "2098-07", "--yes")
    assert code == 1
    assert "got none for '2097 foreign_parent JPN'. Nothing was written" in err
    assert digests(tables) == before


@pytest.mark.parametrize("vintage", ["2096", "2097-12", "2097-12-31", ""])
def test_a_vintage_before_the_end_of_a_year_in_the_file_is_refused(
    tables, briefs, tmp_path, digests, vintage
):
    """Without one it is the day of the file, here in 2096."""
    file = state_trade(tmp_path / "states.csv", "World Total,2097,9; Japan,2097,1")
    changed = dt.datetime(2096, 3, 6, tzinfo=dt.UTC).timestamp()
    os.utime(file, (changed, changed))
    before = digests(tables)
    words = ["--vintage", vintage] if vintage else []
    code, _, err = briefs("data", "refresh", "--from", str(file), *words, "--yes")
    assert code == 1
    got = f"got '2097 in vintage {vintage or '2096-03-06'}'. Name the day on which"
    assert f"refresh of state_trade: expected a vintage after the years in it, {got}" in err
    assert digests(tables) == before


STATES_OF_TWO_YEARS = (
    '"Commodity","State","Country","Time","Total Exports Value ($US)"\n'
    '"All Commodities","Tennessee","Japan","2096","700"\n'
    '"All Commodities","Tennessee","World Total","2096","4,000"\n'
    '"All Commodities","Tennessee","Japan","2097","1,000"\n'
    '"All Commodities","Tennessee","World Total","2097","5,000"\n'
)


@pytest.mark.parametrize(
    ("vintage", "state", "released"),
    [
        ("", "2098-03-06", "2098-03-06"),
        ("2098", "2098", "2098-03-06"),
        ("2098-02", "2098-02", "2098-02-28"),
        ("2098-03", "2098-03", "2098-03-06"),
        ("2098-01-31", "2098-01-31", "2098-01-31"),
    ],
)
def test_a_file_is_of_the_day_it_was_last_changed_unless_told(tmp_path, vintage, state, released):
    file = tmp_path / "states.csv"
    file.write_text(STATES_OF_TWO_YEARS, encoding="utf-8")
    changed = dt.datetime(2098, 3, 6, 23, 30, tzinfo=dt.UTC).timestamp()
    os.utime(file, (changed, changed))
    frame = refresh.read(file, vintage=vintage).frame
    assert set(frame["vintage"]) == {state}
    assert set(frame.loc[frame["year"] == 2097, "released"]) == {released}


def test_of_a_file_only_the_years_that_were_named_are_taken(tables, briefs, tmp_path, digests):
    file = tmp_path / "states.csv"
    file.write_text(STATES_OF_TWO_YEARS, encoding="utf-8")
    words = ("data", "refresh", "state_trade", "--from", str(file), "--vintage", "2098-03", "--yes")
    before = digests(tables)
    code, _, err = briefs(*words, "--year", "2095")
    assert code == 1
    assert "refresh of state_trade: expected rows of 2095, got none. Ask for other years (--year)" in err
    assert digests(tables) == before
    code, out, err = briefs(*words, "--year", "2096")
    assert code == 0, err
    assert "2 rows of 2096, vintage 2098-03: 2 added" in out
    assert catalog.load("state_trade", year=2096)["value_usd"].sum() == 4700
    assert catalog.load("state_trade", year=2097).empty


def test_the_year_to_be_expected_is_the_last_and_of_jobs_the_one_before(monkeypatch):
    day = dt.datetime(2098, 1, 1, tzinfo=dt.UTC)
    monkeypatch.setattr(refresh, "datetime", SimpleNamespace(now=lambda zone: day))
    tables = ("goods_trade", "fdi_position", "jobs_state", "jobs_national")
    assert [refresh.expected(table) for table in tables] == [2097, 2097, 2096, 2096]


@pytest.mark.parametrize(
    "vintage", ["2098-13", "2098-02-30", "2098-3", "20980301", "July 2098", "2098-03-01T", "2098-W01-1"]
)
def test_a_vintage_that_is_no_date_is_refused_before_the_file_is_read(tables, briefs, digests, vintage):
    before = digests(tables)
    code, out, err = briefs("data", "refresh", "--from", "none.csv", "--vintage", vintage, "--yes")
    assert (code, out) == (1, "")
    assert (
        f"--vintage: expected a year, month or day of the calendar (2019, 2019-07, 2019-07-24), got '{vintage}'"
        in err
    )
    assert digests(tables) == before


def test_a_table_that_was_changed_while_the_user_was_asked_is_not_overwritten(
    tables, briefs, server, keys, monkeypatch
):
    monkeypatch.setattr(command, "_terminal", lambda: True)
    path = tables / "employment" / "jobs_state.csv"

    def change(words: str) -> bool:
        path.write_bytes(path.read_bytes() + b"\n")
        return True

    monkeypatch.setattr("typer.confirm", change)
    server.answer([replay.bea_answer(states_of())])
    code, _, err = briefs(*ASK)
    assert code == 1
    assert "Somebody has changed it meanwhile" in err
    assert path.read_bytes().endswith(b"\n\n")


def test_the_check_finishes_a_refresh_that_was_interrupted(tables, briefs, server, keys, monkeypatch):
    """The table is in its place, the descriptor is not yet: the next look puts it there."""
    server.answer([replay.bea_answer(states_of())])

    class Killed(BaseException): ...

    replace, moved = swap.os.replace, []

    def dying(source, target):
        moved.append(Path(target).name)
        if moved[-1] == "datapackage.json":
            raise Killed("between the table and its description")
        replace(source, target)

    monkeypatch.setattr(swap.os, "replace", dying)
    with pytest.raises(Killed, match="between the table"):
        briefs(*ASK, "--yes")
    assert "jobs_state.csv" in moved
    monkeypatch.setattr(swap.os, "replace", replace)
    code, out, _ = briefs("data", "check")
    assert code == 0
    assert "finished a refresh that had been interrupted: employment/jobs_state.csv" in out
    assert len(catalog.load("jobs_state", year=YEAR, partner="JPN")) == 51
    assert not list(tables.rglob(".*refresh*"))
    package = json.loads((tables / "datapackage.json").read_text(encoding="utf-8"))
    (entry,) = next(r for r in package["resources"] if r["name"] == "jobs_state")["raw"]
    assert (tables / entry["path"]).is_file()


def test_a_folder_in_place_of_a_file_is_named_as_such(tables, briefs):
    code, _, err = briefs("data", "refresh", "--from", str(tables))
    assert code == 1
    assert f"{tables}: expected a file of the publisher, got a folder. Name a file in it." in err


@pytest.mark.parametrize(
    ("value", "flag", "cell"),
    [
        (250_300.0, "", "250,300"),
        (-1200.0, "", "-1,200"),
        (0.0, "", "0"),
        (1060.0625, "", "1,060.062"),
        (float("nan"), "(D)", "(D)"),
        (float("nan"), "", "\u2013"),
    ],
)
def test_a_figure_of_a_revision_is_shown_as_it_is_or_by_its_mark(value, flag, cell):
    assert command._cell(value, flag) == cell


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (None, "no figure"),
        (Place(2097, None, 1, 9, 14), "suppressed, among 14 (2097, 1st\u20139th possible)"),
        (Place(2097, 2, 2, 3, 14), "2nd of 14 (2097, 2nd\u20133rd possible)"),
        (Place(2097, 2, 2, 2, 14), "2nd of 14 (2097)"),
        (Place(2019, 1, 1, 1, None), "1st, as printed (2019)"),
    ],
)
def test_a_rank_that_moves_is_told_with_its_year_and_what_else_is_possible(place, words):
    assert command._place(place) == words


@pytest.mark.parametrize(("count", "more"), [(8, ""), (9, "and 1 more"), (1008, "and 1,000 more")])
def test_the_eight_largest_revisions_are_shown_and_the_rest_counted(count, more):
    rows = [
        {"year": 2097, "partner": f"P{at}", "old": 1.0, "old_flag": "", "new": 2.0, "new_flag": ""}
        for at in range(count)
    ]
    table = SimpleNamespace(primary_key=("year", "partner"))
    out = io.StringIO()
    command._revisions(Console(file=out, width=80), SimpleNamespace(revised=pd.DataFrame(rows), table=table))
    lines = [line.strip() for line in out.getvalue().splitlines()]
    assert [line.split() for line in lines[2:10]] == [["2097", f"P{at}", "1", "2"] for at in range(8)]
    assert lines[10:] == ([more] if more else [])


def test_a_revision_has_what_was_and_what_is_and_its_names_as_they_stand():
    row = {"year": 2097, "partner": "[b]", "old": 1.0, "old_flag": "", "new": float("nan"), "new_flag": "(D)"}
    table = SimpleNamespace(primary_key=("year", "partner"))
    out = io.StringIO()
    command._revisions(Console(file=out, width=80), SimpleNamespace(revised=pd.DataFrame([row]), table=table))
    lines = [line.split() for line in out.getvalue().splitlines()]
    assert lines == [["Largest", "revisions"], ["year", "partner", "was", "is"], ["2097", "[b]", "1", "(D)"]]


def summary_of(columns, **found):
    """Return what is printed of a plan for two made-up rows, with a note and a check that have brackets."""
    rows = {name: pd.DataFrame({"year": [2097] * count}) for name, count in found.items() if name != "same"}
    same = found.get("same", 0)
    table = SimpleNamespace(columns=columns, primary_key=("year",))
    none = not any(len(frame) for frame in rows.values())
    changes = SimpleNamespace(**rows, same=same, none=none, table=table)
    frame = pd.DataFrame({"vintage": ["2098-07", "2098-03"]})
    fetched = SimpleNamespace(frame=frame, period="2096-2097", notes=("left out: [b]",))
    check = SimpleNamespace(name_en="sums [of states]", expected="5,000")
    out = io.StringIO()
    plan = SimpleNamespace(table="made_up", changes=changes, fetched=fetched, checks=(check,))
    command.summary(Console(file=out, width=60), plan)
    return out.getvalue().splitlines()


SUMMED = ["  note: left out: [b]", "  sums [of states]: ok (5,000)"]


def test_a_summary_counts_rows_and_gives_notes_and_checks_as_they_stand():
    """A table without partners has no ranks; a line longer than the terminal is one line."""
    said = summary_of(["year"], added=1234, revised=0, dropped=7, same=1000)
    assert said == [
        "made_up: 2 rows of 2096-2097, vintage 2098-03, 2098-07: 1,234 added, 0 revised, 7 dropped, 1,000 the same",
        *SUMMED,
        "No rank of Japan moves.",
    ]


def test_a_summary_of_no_change_ends_with_that():
    said = summary_of(["year"], added=0, revised=0, dropped=0, same=2)
    assert said[0].endswith(": 0 added, 0 revised, 0 dropped, 2 the same")
    assert said[1:] == [*SUMMED, "Nothing to write."]


def test_a_rank_of_the_nation_and_one_of_a_state_stand_in_a_table_with_what_they_were(monkeypatch):
    moves = [
        SimpleNamespace(at=(), before=Place(2096, 2, 2, 2, 14), after=Place(2097, 1, 1, 1, 14)),
        SimpleNamespace(at=("TN", "exports"), before=None, after=Place(2097, 3, 3, 3, 9)),
    ]
    monkeypatch.setattr(command, "rank_moves", lambda plan: moves)
    out = io.StringIO()
    command._ranks(Console(file=out, width=100), SimpleNamespace())
    lines = [re.split(r"\s{2,}", line.strip()) for line in out.getvalue().splitlines()]
    assert lines == [
        ["Ranks of Japan that move"],
        ["where", "was", "is"],
        ["nation", "2nd of 14 (2096)", "1st of 14 (2097)"],
        ["Tennessee, exports", "no figure", "3rd of 9 (2097)"],
    ]


def traded(*cells):
    """Return rows of a year of exports: partner and figure, of one vintage."""
    rows = pd.DataFrame(cells, columns=["year", "state", "partner", "value_usd", "vintage"])
    return rows.assign(flow="exports", released="2098-12-31", source="")


def test_japan_is_ranked_in_each_state_among_countries_by_one_vintage():
    """Japan is 2nd of three in Tennessee before, a group never counting, and 1st after; in Texas it is 1st.

    Revised figures of a later vintage stand beside the older ones, which no longer count.
    """
    old = [
        (2097, "TN", "DEU", 9, "2098"),
        (2097, "TN", "EUU", 40, "2098"),
        (2097, "TN", "JPN", 5, "2098"),
        (2097, "TN", "CAN", 4, "2098"),
        (2097, "TX", "JPN", 5, "2098"),
        (2097, "TX", "CAN", 4, "2098"),
    ]
    later = [(*row[:3], 10 if row[2] == "JPN" else row[3], "2099") for row in old]
    fields = [
        SimpleNamespace(name=name) for name in ("year", "state", "partner", "flow", "vintage", "value_usd")
    ]
    table = SimpleNamespace(
        columns=[field.name for field in fields],
        fields=fields,
        primary_key=("year", "state", "partner", "flow", "vintage"),
        one_vintage_per=("year",),
    )
    changes = SimpleNamespace(table=table, before=traded(*old), after=traded(*old, *later))
    assert command.rank_moves(SimpleNamespace(changes=changes)) == [
        Move(("TN", "exports"), Place(2097, 2, 2, 2, 3), Place(2097, 1, 1, 1, 3))
    ]
