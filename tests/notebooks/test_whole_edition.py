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

from helpers.cli import app
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
    book = books.read()
    expected = plan.expand(book, book.edition("latest"))
    environment = {**os.environ, "BRIEFS_REPORTS": str(tmp_path)}
    for words in (["build", "--format", "json", "--jobs", "2"], ["trace", "--all"]):
        done = subprocess.run(
            [*COMMAND, *words], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    files = [path for path in (tmp_path / "latest").rglob("*.json") if path.name != "manifest.json"]
    assert len(files) == len(expected)
    count = sum(len(json.loads(path.read_text(encoding="utf-8"))["values"]) for path in files)
    assert f"edition latest: {count:,} numbers of {len(files)} briefs" in done.stdout
    again = re.search(r"^all +[\d,]+ +([\d,]+)$", done.stdout, re.M)
    assert again is not None
    assert int(again[1].replace(",", "")) > 0.9 * count
    assert ", 0 fail" in done.stdout
    assert re.search(r"^claims: \d+ figures, reproduced \d+, only \d+", done.stdout, re.M)


def test_what_is_computed_again_is_counted_by_operation(reports):
    code, said = walked("latest")
    assert code == 0
    count = sum(len(json.loads(p.read_text("utf-8"))["values"]) for p in reports.rglob("??/**/*.json"))
    assert f"edition latest: {count:,} numbers of 2 briefs" in said
    assert re.search(r"^compared +\d+ +no row gives it$", said, re.M)
    assert re.search(r"^share +(\d+) +\1$", said, re.M)
    assert "What fails" not in said


def test_the_ranks_with_a_band_are_counted(reports):
    # Of Tennessee's ranks in the two files three are given such bands here; the shipped ones are counted first.
    before = int(re.search(r"ranks, ([\d,]+) with a band", walked()[1])[1])

    def change(content, values):
        for name, band in (("exports.rank", [1, 9]), ("imports.rank", [2, 5]), ("jobs.rank", [2, 2])):
            values[name]["band"] = band

    tampered(reports, change)
    code, said = walked()
    assert code == 0
    assert int(re.search(r"ranks, ([\d,]+) with a band", said)[1]) == before + 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda c, v: v["exports.value"].update(value=v["exports.value"]["value"] * 1.001),
            "from the rows, not",
        ),
        (lambda c, v: v["exports.value"].update(value=None), "from the rows, not"),
        (lambda c, v: v["exports.value"]["trace"].update(basis=""), "its trace lacks basis"),
        (lambda c, v: v["exports.value"]["trace"]["rows"][0].update(source=""), "its trace lacks source"),
        (lambda c, v: v["exports.value"]["trace"]["rows"][0]["where"].update(year=1850), "got 0 rows"),
        (lambda c, v: v["exports.value"]["trace"].update(how="guess"), "'guess'"),
        (lambda c, v: c["tables"]["state_trade"].update(sha256="0" * 64), "another than the one"),
        (lambda c, v: c["sources"].clear(), "no words for the source"),
    ],
    ids=["value", "gone", "basis", "source", "row", "operation", "digest", "words"],
)
def test_a_number_that_does_not_hold_is_named_with_what_is_wrong(reports, change, told):
    tampered(reports, change)
    code, said = walked()
    assert code == 1
    fails = said.split("What fails")[1]
    assert "en/state/tennessee" in fails
    assert "exports.value" in fails
    assert told in re.sub(r"\s*│\s*\n\s*│[\s│]*", " ", fails)
    assert not re.search(r", 0 fail", said)


def test_an_edition_that_is_not_built_is_answered_with_the_command(tmp_path, monkeypatch):
    monkeypatch.setenv("BRIEFS_REPORTS", str(tmp_path))
    with pytest.raises(CatalogError, match="briefs build --edition latest"):
        CliRunner().invoke(app, ["trace", "--all"], catch_exceptions=False)


def test_neither_a_file_nor_all_is_a_wrong_call():
    result = CliRunner().invoke(app, ["trace"])
    assert result.exit_code == 2
    assert "--all" in result.output
