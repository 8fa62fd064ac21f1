"""What ``briefs trace`` says when it is given something else than the numbers of a brief."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

ROW = {
    "table": "states", "where": {"usps": "TN"}, "column": "tile_col", "vintage": "2020", "source": "s", "as": "value",
}  # fmt: skip
VALUE = {
    "id": "a.number", "label": "A number", "value": 6, "unit": "count", "period": "2020",
    "rank": None, "band": None, "of": None,
    "trace": {"how": "none", "rows": [ROW], "text": "as it is", "basis": "b", "unit": "count"},
}  # fmt: skip
BRIEF = {
    "brief": "national", "lang": "en", "parameters": {}, "values": [VALUE],
    "tables": {"states": {"title": "States", "path": "reference/states.csv", "sha256": "0"}}, "sources": {},
}  # fmt: skip


@pytest.fixture
def reports(tmp_path: Path, tables: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An edition with one brief of one number."""
    folder = tmp_path / "reports"
    (folder / "latest/en").mkdir(parents=True)
    (folder / "latest/en/national.json").write_text(json.dumps(BRIEF), encoding="utf-8")
    (folder / "latest/manifest.json").write_text('{"inputs": {}, "briefs": {}}', encoding="utf-8")
    monkeypatch.setenv("BRIEFS_REPORTS", str(folder))
    return folder


def brief(reports: Path, content: str | None = None) -> str:
    """Return the path of the brief's file, with another content if one is given."""
    file = reports / "latest/en/national.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("5", "expected values with traces, got a file without brief, lang, parameters, values, tables, sources."
         " Build the brief again"),
        ('{"values": [', "got no JSON (Expecting value: line 1 column 13 (char 12)). Build the brief again"),
        (json.dumps(BRIEF | {"values": [{"id": "a.number"}]}), "got a file without id, label, value, unit"),
        (json.dumps(BRIEF | {"values": [VALUE | {"trace": "x"}]}), "rank, band, of, trace in each value. Build the"),
        (json.dumps(BRIEF | {"values": ["x"]}), "got a file without id, label, value, unit, period, rank, band, of,"),
        (json.dumps(BRIEF | {"sources": []}), "got a file without sources. Build the brief again"),
    ],
)  # fmt: skip
def test_a_file_of_another_form_is_named(reports, briefs, content, message):
    file = brief(reports, content)
    code, out, err = briefs("trace", file)
    assert (code, out) == (1, "")
    assert err.startswith(f"briefs: {file}: ")
    assert message in err


def test_bytes_that_are_no_text_and_a_file_that_is_not_there_are_named(reports, briefs):
    file = Path(brief(reports))
    file.write_bytes(b"{\xff}")
    code, out, err = briefs("trace", str(file))
    assert (code, out) == (1, "")
    assert (
        f"{file}: expected the .json beside a brief, got bytes that are not UTF-8 (at 1). Build the brief again"
        in err
    )
    file.unlink()
    code, _, err = briefs("trace", str(file))
    assert code == 1
    assert (
        "expected the .json beside a brief, got no such file. Build the brief first, or correct the path."
        in err
    )


def test_a_folder_and_a_manifest_are_no_numbers_of_a_brief(reports, briefs):
    code, _, err = briefs("trace", str(reports))
    assert code == 1
    assert "expected the .json beside a brief, got a folder. Name the .json beside a brief" in err
    code, _, err = briefs("trace", str(reports / "latest/manifest.json"))
    assert code == 1
    assert "got the manifest of an edition. Name the .json beside a brief" in err


def test_a_file_that_may_not_be_read_is_named(reports, briefs, monkeypatch):
    file = brief(reports)

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied", file)

    monkeypatch.setattr(Path, "read_text", refuse)
    code, _, err = briefs("trace", file)
    assert code == 1
    assert f"{file}: expected the .json beside a brief, got Permission denied. Allow reading it" in err


@pytest.mark.parametrize("option", ["--activities", "--claims"])
def test_a_file_of_ones_own_that_is_not_there_is_refused_also_where_it_is_not_used(reports, briefs, option):
    for words in ([brief(reports), "a.number"], ["--all", "latest"]):
        code, out, err = briefs("trace", *words, option, "/nope.csv")
        assert (code, out) == (1, "")
        assert f"{option}: expected the path of a file, got /nope.csv, which is not there. Correct" in err


def test_all_takes_no_id(reports, briefs):
    code, out, err = briefs("trace", "--all", "latest", "a.number")
    assert (code, out) == (2, "")
    assert "leave the id out" in err


def test_a_table_that_is_gone_is_said_to_be_gone(reports, tables, briefs):
    file = brief(reports)
    (tables / "reference/states.csv").unlink()
    code, out, _ = briefs("trace", file, "a.number")
    assert "the file on disk is not there" in out
    assert code == 1


def test_a_file_that_cannot_be_read_does_not_stop_the_walk(reports, briefs):
    (reports / "latest/en/broken.json").write_text("{", encoding="utf-8")
    (reports / "latest/ja").mkdir()
    (reports / "latest/ja/five.json").write_text("5", encoding="utf-8")
    content = BRIEF | {"tables": {"states": BRIEF["tables"]["states"] | {"sha256": "1"}}}
    brief(reports, json.dumps(content))
    code, out, _ = briefs("trace", "--all", "latest")
    assert code == 1
    assert "broken.json" in out
    assert "five.json" in out
    assert "edition latest: 1 numbers of 1 briefs, 0 computed again from their rows, 1 fail, " in out
    assert "2 files cannot be read" in out


@pytest.mark.parametrize("part", ["table", "column", "where", "vintage", "source"])
@pytest.mark.parametrize("gone", [True, False], ids=["gone", "empty"])
def test_a_row_that_lacks_a_part_is_told_of_its_number_and_does_not_stop_the_walk(
    reports, briefs, part, gone
):
    row = {name: cell for name, cell in ROW.items() if name != part} | ({} if gone else {part: ""})
    lacking = VALUE | {"id": "b.number", "trace": VALUE["trace"] | {"rows": [row]}}
    brief(reports, json.dumps(BRIEF | {"values": [VALUE, lacking]}))
    code, out, _ = briefs("trace", "--all", "latest")
    assert code == 1
    assert f"its trace lacks {part} " in out
    assert "2 numbers of 1 briefs" in out
