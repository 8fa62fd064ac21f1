"""What ``briefs trace`` prints of a number, and what the walk over an edition finds wrong with one.

The number is BEA's: 56,000 jobs at Japanese affiliates in Indiana in 2019 (JETRO, 23 August 2021).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.analysis.claims.verdict import VERDICTS

ROW = {
    "table": "jobs_state", "where": {"year": 2019, "state": "IN", "partner": "JPN"}, "column": "value",
    "vintage": "2021-08", "source": "s", "as": "value",
}  # fmt: skip
TRACE = {
    "how": "value",
    "rows": [ROW],
    "universe": None,
    "text": "as it is",
    "basis": "UBO",
    "unit": "persons",
}
JOBS = {
    "id": "jobs.value", "label": "Jobs", "value": 56_000, "unit": "persons", "period": "2019",
    "rank": 2, "band": [1, 3], "of": 14, "trace": TRACE,
}  # fmt: skip
SET = JOBS | {"id": "set", "unit": "rank", "trace": TRACE | {"how": "setting"}}
NONE = SET | {"id": "none", "value": None, "band": None, "rank": None, "trace": TRACE | {"how": "none"}}

Brief = Callable[..., str]


@pytest.fixture
def brief(tmp_path: Path, tables: Path, monkeypatch: pytest.MonkeyPatch) -> Brief:
    """Return a function that writes an edition with one brief of some values, and gives the path of its file."""
    folder = tmp_path / "reports"
    (folder / "latest/en").mkdir(parents=True)
    (folder / "latest/manifest.json").write_text('{"inputs": {}, "briefs": {}}', encoding="utf-8")
    monkeypatch.setenv("BRIEFS_REPORTS", str(folder))
    digest = hashlib.sha256((tables / "employment/jobs_state.csv").read_bytes()).hexdigest()

    def write(*values: dict[str, Any], sha256: str = digest, source: str = "BEA") -> str:
        table = {"title": "Jobs by state", "path": "employment/jobs_state.csv", "sha256": sha256}
        content = {
            "brief": "national", "lang": "en", "parameters": {}, "values": values,
            "tables": {"jobs_state": table}, "sources": {"s": {"text": source, "url": "https://www.bea.gov"}},
        }  # fmt: skip
        file = folder / "latest/en/national.json"
        file.write_text(json.dumps(content), encoding="utf-8")
        return str(file)

    return write


def test_a_number_is_printed_with_its_row_and_computed_again(brief, briefs):
    code, out, _ = briefs("trace", brief(JOBS), "jobs.value")
    assert code == 0
    lines = out.splitlines()
    assert lines[:10] == [
        "jobs.value: Jobs",
        "  value      56,000 persons",
        "  period     2019",
        "  rank       2 of 14, possible 1-3",
        "  transform  as it is",
        "  basis      UBO",
        "  unit       persons",
        "  value: year 2019, state IN, partner JPN; vintage 2021-08",
        "    value = 56,000",
        "    source BEA https://www.bea.gov",
    ]
    assert lines[10].startswith("  table jobs_state: Jobs by state (employment/jobs_state.csv), sha256 ")
    assert lines[10].endswith("; the file on disk is the same")
    assert lines[11:] == ["  recomputed 56,000: agrees"]


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (JOBS | {"band": [2, 2]}, "  rank       2 of 14"),
        (JOBS | {"band": None, "of": None}, "  rank       2"),
        (JOBS | {"rank": None}, "  transform  as it is"),
    ],
    ids=["one-place", "alone", "no-rank"],
)
def test_a_rank_is_printed_with_what_is_known_of_it(brief, briefs, value, line):
    assert briefs("trace", brief(value), "jobs.value")[1].splitlines()[3] == line


def test_all_ids_are_printed_when_none_is_given(brief, briefs):
    code, out, _ = briefs("trace", brief(JOBS, NONE))
    assert code == 0
    assert [line.split() for line in out.splitlines()] == [
        ["jobs.value", "56,000", "persons,", "2019"],
        ["none", "none", "rank,", "2019"],
    ]


@pytest.mark.parametrize(
    ("value", "written", "last"),
    [
        (JOBS | {"value": 56_000.00001}, {}, "  recomputed 56,000: agrees"),
        (JOBS | {"value": 56_001}, {}, "  recomputed 56,000: differs"),
        (JOBS | {"value": None}, {}, "  recomputed 56,000: differs"),
        (JOBS, {"sha256": "0"}, "  recomputed 56,000: agrees"),
        (SET | {"id": "jobs.value"}, {}, "  recomputed: no row gives it (setting)"),
        (SET | {"id": "jobs.value"}, {"sha256": "0"}, "  recomputed: no row gives it (setting)"),
    ],
    ids=["close", "apart", "none", "changed", "setting", "changed-setting"],
)
def test_what_differs_or_has_changed_ends_with_1(brief, briefs, value, written, last):
    code, out, _ = briefs("trace", brief(value, **written), "jobs.value")
    assert out.splitlines()[-1] == last
    assert ("; the file on disk has changed since\n" in out) == bool(written)
    assert code == (1 if written or "differs" in last else 0)


def test_a_row_that_is_gone_is_said_to_be_gone(brief, briefs):
    where = {"year": 2019, "state": "ZZ", "partner": "JPN"}
    code, out, _ = briefs(
        "trace", brief(JOBS | {"trace": TRACE | {"rows": [ROW | {"where": where}]}}), "jobs.value"
    )
    assert code == 1
    assert "    value = not there (" in out
    assert "  recomputed: not possible (" in out


def test_the_walk_counts_numbers_ranks_and_bands(brief, briefs):
    """By hand: two of three ranks have a place, and one of these two a band of more than one."""
    brief(JOBS, SET, SET | {"id": "one", "band": [2, 2]}, NONE)
    code, out, _ = briefs("trace", "--all", "latest")
    assert code == 0, out
    assert "2 ranks, 1 with a band wider than one place, in 1 of 1 briefs\n" in out
    assert "edition latest: 4 numbers of 1 briefs, 1 computed again from their rows, 0 fail (" in out
    rows = [" ".join(line.split()) for line in out.splitlines()]
    assert {"value 1 1", "setting 2 no row gives it", "none 1 no row gives it", "all 4 1"} <= set(rows)


@pytest.mark.parametrize(
    ("value", "written", "told"),
    [
        (JOBS | {"value": 56_001}, {}, "56000 from the rows, not 56001"),
        (JOBS, {"sha256": "0"}, "the file of jobs_state is another than the one it was made from"),
        (JOBS, {"source": ""}, "no words for the source s"),
        (SET | {"value": None, "band": None}, {}, "has a value or lacks one"),
        (NONE | {"value": 1}, {}, "has a value or lacks one"),
        (JOBS | {"trace": TRACE | {"rows": []}}, {}, "its trace lacks rows"),
        (JOBS | {"trace": TRACE | {"basis": ""}}, {}, "its trace lacks basis"),
    ],
    ids=["apart", "changed", "source", "lacking", "none-with-a-value", "rows", "basis"],
)
def test_the_walk_says_what_is_wrong_with_a_number(brief, briefs, value, written, told):
    brief(value, **written)
    code, out, _ = briefs("trace", "--all", "latest")
    assert code == 1
    assert told in " ".join(out.split())
    assert ", 1 fail (" in out


def test_a_file_that_cannot_be_read_is_enough_to_end_with_1(brief, briefs):
    Path(brief(JOBS)).with_name("broken.json").write_text("{", encoding="utf-8")
    code, out, _ = briefs("trace", "--all", "latest")
    assert code == 1
    assert ", 1 computed again from their rows, 0 fail, 1 files cannot be read (" in out


def test_fifty_failures_are_listed_and_all_are_counted(brief, briefs):
    brief(*(JOBS | {"id": f"jobs.n{number:02d}", "value": 1} for number in range(52)))
    out = briefs("trace", "--all", "latest")[1]
    assert [number for number in range(52) if f"jobs.n{number:02d}" in out] == [*range(50)]
    assert "52 computed again from their rows, 52 fail (" in out


def test_the_verdicts_of_an_audit_are_summed_up_when_all_are_there(brief, briefs):
    counted = [
        SET | {"id": f"claims.{name}", "value": at, "unit": "count"} for at, name in enumerate(VERDICTS, 1)
    ]
    brief(SET | {"id": "claims.all", "value": 99, "unit": "count"}, *counted)
    out = briefs("trace", "--all", "latest")[1]
    told = ", ".join(f"{name} {at}" for at, name in enumerate(VERDICTS, 1))
    assert f"claims: 99 figures, {told}\n" in out
    brief(*counted)
    assert "claims:" not in briefs("trace", "--all", "latest")[1]


def test_the_same_row_in_another_unit_is_computed_for_itself(brief, briefs):
    """56,000 jobs are 56 thousand."""
    thousands = JOBS | {"id": "jobs.thousands", "value": 56, "trace": TRACE | {"scale": 0.001}}
    brief(JOBS, thousands)
    code, out, _ = briefs("trace", "--all", "latest")
    assert code == 0, out
    assert "2 computed again from their rows, 0 fail (" in out


@pytest.mark.parametrize("option", ["--activities", "--claims"])
def test_a_file_of_ones_own_may_be_named_from_the_home_folder(brief, briefs, tmp_path, monkeypatch, option):
    (tmp_path / "own.csv").write_text("x", encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert briefs("trace", brief(JOBS), "jobs.value", option, "~/own.csv")[0] == 0


def test_without_a_name_all_is_the_edition_that_the_book_builds(brief, briefs):
    brief(JOBS)
    code, out, _ = briefs("trace", "--all")
    assert code == 0
    assert "edition latest: 1 numbers of 1 briefs" in out


def test_a_file_of_the_users_own_is_named_once(brief, briefs):
    own = Path(brief(JOBS))
    content = json.loads(own.read_text(encoding="utf-8"))
    row = ROW | {"table": "events", "where": {"id": "1"}, "column": "headcount"}
    content["values"] = [JOBS | {"trace": TRACE | {"rows": [row]}}]
    content["parameters"] = {"activities": "x.csv"}
    content["tables"] = {"events": {"title": "Register of the user (x.csv)", "path": "x.csv", "sha256": "0"}}
    own.write_text(json.dumps(content), encoding="utf-8")
    out = briefs("trace", str(own), "jobs.value")[1]
    assert "table events: Register of the user (x.csv), sha256 0; the file on disk was not named\n" in out
