"""``briefs trace --all``: every number of every brief of an edition, and what a number that does not hold is told."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from helpers.cli import app, walk
from helpers.errors import CatalogError
from helpers.press import book as books
from helpers.press import plan

pytestmark = pytest.mark.slow

TENNESSEE = "latest/en/state/tennessee.json"
COMMAND = [sys.executable, "-m", "helpers.cli"]


@pytest.fixture
def reports(edition, tmp_path, monkeypatch):
    """A folder of reports with the numbers of two briefs of the test edition, to be tampered with."""
    home = tmp_path / "latest"
    for brief in ("en/state/tennessee", "ja/national"):
        (home / brief).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(edition.file(brief, "json"), home / f"{brief}.json")
    shutil.copy(edition.folder / "manifest.json", home)
    monkeypatch.setenv("BRIEFS_REPORTS", str(tmp_path))
    return tmp_path


def walked(*words):
    result = CliRunner().invoke(app, ["trace", "--all", *words])
    assert isinstance(result.exception, (SystemExit, type(None))), result.exception
    return result.exit_code, result.output


def tampered(reports, change):
    file = reports / TENNESSEE
    content = json.loads(file.read_text(encoding="utf-8"))
    change(content, {value["id"]: value for value in content["values"]})
    file.write_text(json.dumps(content), encoding="utf-8")


def test_every_number_of_every_brief_of_the_latest_edition_is_computed_again(tmp_path):
    """In English: that the languages of a brief carry the same values, `test_numbers_are_backed` holds."""
    book = books.read()
    expected = [brief for brief in plan.expand(book, book.edition("latest")) if brief.lang == "en"]
    environment = {**os.environ, "BRIEFS_REPORTS": str(tmp_path)}
    for words in (["build", "--lang", "en", "--format", "json", "--jobs", "2"], ["trace", "--all"]):
        done = subprocess.run(
            [*COMMAND, *words], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    files = [path for path in (tmp_path / "latest").rglob("*.json") if path.name != "manifest.json"]
    assert len(files) == len(expected)
    count = sum(len(json.loads(path.read_text(encoding="utf-8"))["values"]) for path in files)
    assert f"edition latest: {count:,} numbers of {len(files)} briefs" in done.stdout
    # whatever is not computed again is of an operation that no row gives, and together they are all the rest
    rest = dict(re.findall(r"^(\w+) +([\d,]+) +no row gives it$", done.stdout, re.M))
    assert rest.keys() <= {"setting", "none"}
    again = re.search(r"^all +[\d,]+ +([\d,]+)$", done.stdout, re.M)
    assert again is not None
    whole, *parts = (int(n.replace(",", "")) for n in (again[1], *rest.values()))
    assert whole + sum(parts) == count
    assert re.search(r" 0 fail\b", done.stdout)
    assert re.search(r"^claims: \d+ figures, reproduced \d+, only \d+", done.stdout, re.M)


def test_what_is_computed_again_is_counted_by_operation(reports):
    code, said = walked("latest")
    assert code == 0
    count = sum(len(json.loads(p.read_text("utf-8"))["values"]) for p in reports.rglob("??/**/*.json"))
    assert f"edition latest: {count:,} numbers of 2 briefs" in said
    assert re.search(r"^compared +(\d+) +\1$", said, re.M)
    assert re.search(r"^share +(\d+) +\1$", said, re.M)
    assert re.search(r"^estimated +(\d+) +\1$", said, re.M)
    assert "What fails" not in said


TAMPERED = {
    "exports.value": (lambda v: v.update(value=v["value"] * 1.001), "from the rows, not"),
    "imports.value": (lambda v: v.update(value=None), "from the rows, not None"),
    "exports.share": (lambda v: v["trace"].update(basis=""), "its trace lacks basis"),
    "imports.share": (lambda v: v["trace"]["rows"][0].update(source=""), "its trace lacks source"),
    "exports.total": (
        lambda v: v["trace"]["rows"][0]["where"].update(year=1850),
        "expected one row, got 0 rows",
    ),
    "imports.total": (lambda v: v["trace"].update(how="guess"), "'guess'"),
    "against.imports.TN.ratio": (lambda v: v.update(value=v["value"] * 1.0001), "from the rows, not"),
    "against.imports.TN.low": (
        lambda v: v["trace"]["universe"]["beside"]["where"].update(year=2017),
        "from the rows, not",
    ),
    "against.imports.TN.shrunk": (
        lambda v: v["trace"]["universe"]["method"].update(
            shape=2 * v["trace"]["universe"]["method"]["shape"]
        ),
        "the shape of the largest likelihood",
    ),
    "against.imports.TN.gap": (lambda v: v["trace"]["universe"].update(method={}), "trace, method"),
    "exports.rank": (lambda v: v["trace"]["rows"][0]["where"].update(state="KY"), "from the rows, not 4"),
}


def test_every_number_that_does_not_hold_is_named_with_what_is_wrong_and_no_other(reports):
    def change(content, values):
        for name, (alter, _) in TAMPERED.items():
            alter(values[name])
        content["tables"]["sister_counts"]["sha256"] = "0" * 64
        del content["sources"]["bls-laus"]
        for name, band in (("imports.rank", [2, 5]), ("exports.below.gap", [1, 9]), ("jobs.rank", [2, 2])):
            values[name]["band"] = band

    whole = walk.over([reports / TENNESSEE])
    assert whole.failed == []
    tampered(reports, change)
    found = walk.over([reports / TENNESSEE])
    told = {name: what for _, name, what in found.failed}
    known = {name: what for name, (_, what) in TAMPERED.items()}
    known["presence.sister_city.2021"] = "the file of sister_counts is another than the one it was made from"
    known["jobs.per_thousand"] = "no words for the source bls-laus"
    assert told.keys() == known.keys()
    assert [(name, told[name]) for name, what in known.items() if what not in told[name]] == []
    assert {brief for brief, *_ in found.failed} == {"en/state/tennessee"}
    assert found.ranks == whole.ranks
    assert found.wide.total() == whole.wide.total() + 1  # of the three bands one is of a rank and wide


def test_what_fails_is_printed_and_the_command_ends_with_1(reports):
    tampered(reports, lambda _, values: values["exports.value"].update(value=1.0))
    for path in (reports / "latest" / "ja").rglob("*.json"):
        path.unlink()
    code, said = walked()
    assert code == 1
    fails = said.split("What fails")[1]
    assert "en/state/tennessee" in fails
    assert "exports.value" in fails
    assert "1 fail" in fails


def test_an_edition_that_is_not_built_is_answered_with_the_command(tmp_path, monkeypatch):
    monkeypatch.setenv("BRIEFS_REPORTS", str(tmp_path))
    with pytest.raises(CatalogError, match="briefs build --edition latest"):
        CliRunner().invoke(app, ["trace", "--all"], catch_exceptions=False)


def test_neither_a_file_nor_all_is_a_wrong_call():
    result = CliRunner().invoke(app, ["trace"])
    assert result.exit_code == 2
    assert "--all" in result.output
