"""The ledger of claims: shipped or a reader's own, and what a bad one is told."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from helpers.analysis.claims import METHODS
from helpers.data import ledger
from helpers.errors import CatalogError, DataCheckError

HEAD = (
    "id,document,page,text_en,text_ja,measure,place,partner,period,value,unit,precision,rank,released,source"
)
GOOD = "a.b,Speech,1,Exports,輸出,exports,US,KOR,2021,3.7,percent,0.05,5,2022-07-05,a speech"


@pytest.fixture
def write(tmp_path):
    def written(*rows, head=HEAD):
        path = tmp_path / "ledger.csv"
        path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        return str(path)

    return written


def test_the_shipped_ledger_holds_the_deck_from_its_own_day_on():
    # Follow-up meeting of 5 July 2022
    assert len(ledger.read()) == len(ledger.read(as_of="2022-07-05")) == 53
    assert ledger.read(as_of="2022-07-04").empty


def test_a_ledger_can_be_read_for_one_place():
    # Illinois: Japan second with 5,800, the United Kingdom first with 6,240, as printed
    found = ledger.read(place="IL")
    assert dict(zip(found["partner"], found["value"], strict=True)) == {"JPN": 5800, "GBR": 6240}


def test_every_claim_has_words_in_both_languages_and_every_value_its_step():
    found = ledger.read()
    assert (found[["text_en", "text_ja", "document", "page"]] != "").all(axis=None)
    valued = found[found["value"].notna()]
    assert (valued["precision"] > 0).all()
    # 6,240 has one digit more than the other figures of the states: half a step is 5 and not 50
    steps = valued[valued["id"].str.fullmatch(r"jobs\.[a-z]{2}(\.leader)?")].set_index("id")["precision"]
    assert steps[steps != 50].to_dict() == {"jobs.il.leader": 5}


def test_an_own_ledger_may_leave_out_optional_columns_and_name_any_source(write):
    found = ledger.read(write(GOOD))
    assert found[["partner", "rank", "basis", "source"]].to_numpy().tolist() == [["KOR", 5, "", "a speech"]]


def test_an_own_ledger_keeps_to_the_day_and_the_place(write):
    path = write(GOOD)
    assert ledger.read(path, as_of="2022-07-04").empty
    assert ledger.read(path, place="TN").empty


def test_a_claim_without_a_day_was_known_on_no_day(write):
    path = write(GOOD.replace("2022-07-05", ""))
    assert len(ledger.read(path)) == 1
    assert ledger.read(path, as_of="2030-01-01").empty


def test_a_bad_ledger_gets_one_error_with_every_problem_its_column_and_row(write):
    path = write(
        GOOD,
        GOOD.replace("3.7", "many").replace("a.b", "c"),
        GOOD.replace("exports", "export").replace("a.b", "d"),
        GOOD.replace("KOR", "ZZZ").replace("a.b", "e"),
        GOOD,
        GOOD.replace(",percent,", ",,").replace("a.b", "f"),
        GOOD.replace("3.7,percent,0.05,5", ",,,").replace("a.b", "g"),
        GOOD.replace("2022-07-05", "").replace("2021", "").replace("a.b", "h"),
    )
    with pytest.raises(DataCheckError, match="column value: 'many'") as caught:
        ledger.read(path)
    told = str(caught.value)
    for problem in (
        "column value: 'many' (row 3), where a number is expected",
        "'export' (row 4)",
        "column partner, not in partners: 'ZZZ' (row 5)",
        "key id a second time: 'a.b' (row 6)",
        "column unit, where a value has one: 'f' (row 7)",
        "columns value and rank, where one of them is expected: 'g' (row 8)",
        "columns period and released, where one of them is expected: 'h' (row 9)",
    ):
        assert problem in told


def test_a_file_that_is_not_there_or_lacks_a_column_is_told(write, tmp_path):
    with pytest.raises(CatalogError, match=r"none\.csv: expected a CSV file, got no such file"):
        ledger.read(str(tmp_path / "none.csv"))
    with pytest.raises(DataCheckError, match="missing 'measure'"):
        ledger.read(write(GOOD.replace("exports,", "", 1), head=HEAD.replace("measure,", "")))


def test_an_own_ledger_is_noted_by_its_file(write, tmp_path, monkeypatch):
    monkeypatch.setenv("BRIEFS_READS", str(tmp_path / "reads.jsonl"))
    path = write(GOOD)
    ledger.read(path, place="US")
    lines = [json.loads(line) for line in (tmp_path / "reads.jsonl").read_text(encoding="utf-8").splitlines()]
    (read,) = [line for line in lines if line["what"] == "ledger"]
    assert (read["name"], read["path"], read["part"]) == (Path(path).name,) * 2 + ("",)


@pytest.mark.parametrize(
    ("measure", "unit", "expected"),
    [
        ("exports", "persons", "percent or USD or million USD or billion USD"),
        ("jobs", "billion USD", "persons or percent"),
        ("participants", "billion USD", "persons"),
    ],
)
def test_a_unit_in_which_nothing_of_the_kind_is_counted_is_refused(write, measure, unit, expected):
    path = write(GOOD.replace("exports", measure).replace("percent", unit))
    message = rf"column unit, where {expected} is expected of {measure}: '{unit}' \(row 2\)"
    with pytest.raises(DataCheckError, match=rf"^ledger of claims \(ledger\.csv\): .*{message}"):
        ledger.read(path)


@pytest.mark.parametrize("period", ["FY2021-FY2017", "FY2021-FY2021"])
def test_a_span_that_runs_backwards_or_not_at_all_is_refused(write, period):
    path = write(GOOD.replace(",2021,", f",{period},"))
    with pytest.raises(DataCheckError, match=r"first year is expected before its last: 'a\.b' \(row 2\)"):
        ledger.read(path)


def test_every_shipped_claim_is_in_a_unit_of_its_measure():
    found = ledger.read()
    valued = found[found["measure"].isin(ledger.UNITS) & (found["unit"] != "")]
    assert all(unit in ledger.UNITS[name] for name, unit in valued[["measure", "unit"]].to_numpy())
    assert set(METHODS) == set(ledger.UNITS)


def test_a_figure_without_end_and_a_day_that_never_was_are_refused(write):
    path = write(GOOD.replace("3.7", "inf"), GOOD.replace("a.b", "c").replace("2022-07-05", "2022-02-30"))
    with pytest.raises(DataCheckError, match=r"column value: 'inf' \(row 2\)") as caught:
        ledger.read(path)
    assert "column released, where a day of the calendar is expected: '2022-02-30' (row 3)" in str(
        caught.value
    )


@pytest.mark.parametrize(
    ("head", "row", "got"),
    [
        (HEAD.replace(",", ";"), GOOD.replace(",", ";"), "columns that semicolons part"),
        (HEAD.replace(",", "\t"), GOOD.replace(",", "\t"), "columns that tabs part"),
        (HEAD, f"{GOOD},", "rows with more cells than the header"),
        (HEAD, f"{GOOD},1,2", "rows with more cells than the header"),
    ],
)
def test_cells_that_would_not_stand_under_their_headers_are_refused(write, head, row, got):
    with pytest.raises(CatalogError, match=rf"^ledger\.csv: expected a CSV .*, got {got}\. Save it again"):
        ledger.read(write(row, head=head))


def test_a_ledger_that_may_not_be_read_is_told(write, monkeypatch):
    def refused(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(pd, "read_csv", refused)
    with pytest.raises(CatalogError, match=r"^ledger\.csv: .*got Permission denied\. Allow reading it"):
        ledger.read(write(GOOD))
