"""``briefs diff``: what a reader of two editions is told, and what is said where one of them is not there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from helpers import cli


def position(value: float, year: int, vintage: str) -> dict[str, object]:
    # BEA through JETRO: Japan's position was 679.0 billion at the end of 2020 and 819.2 billion at the end of 2024.
    where = {"year": year, "partner": "JPN", "basis": "ubo"}
    row = {"as": "value", "table": "fdi_position", "column": "value_musd", "where": where, "vintage": vintage}
    way = {"how": "value", "rows": [row], "universe": None, "basis": "UBO"}
    return number("fdi.value", value, str(year), "million USD", way)


def number(name: str, value: float, period: str, unit: str, trace: object = None) -> dict[str, object]:
    rest = {"label": name, "rank": None, "band": None, "of": None}
    return {"id": name, "value": value, "unit": unit, "period": period, "trace": trace, **rest}


def write(reports: Path, edition: str, slug: str, *values: dict[str, object]) -> None:
    path = reports / edition / "en" / f"{slug}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"brief": slug, "edition": edition, "parameters": {"as_of": ""}, "values": values, "tables": {}}
    path.write_text(json.dumps(content), encoding="utf-8")
    (reports / edition / "manifest.json").touch()


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BRIEFS_REPORTS", str(tmp_path))
    same = number("activity.participants", 881_224, "FY2020", "participants")
    write(tmp_path, "fy2021", "national", position(679_000, 2020, "2021-07"), same)
    write(tmp_path, "latest", "national", position(819_200, 2024, "2025-07"), same)
    write(tmp_path, "fy2021", "state/tennessee", number("events.total", 10, "register", "events"))
    write(tmp_path, "latest", "state/tennessee", number("events.total", 17, "register", "events"))
    write(tmp_path, "latest", "what_changed", same)
    return tmp_path


def said(*words: str) -> str:
    found = CliRunner().invoke(cli.app, ["diff", *words])
    assert found.exit_code == 0, found.output
    return " ".join(found.stdout.split())


def test_every_number_that_differs_stands_with_its_cause_and_the_rest_is_counted(reports: Path) -> None:
    text = said("fy2021", "latest")
    assert "national: 1 the same, 1 new period" in text
    assert "fdi.value $679.0 billion (2020) $819.2 billion (2024) new period 2020 → 2024" in text
    assert "events.total 10 17 cause not recorded" in text
    assert "2 briefs in both: 1 the same, 1 new period, 1 cause not recorded" in text
    assert "activity.participants" not in text
    assert "only in latest: what_changed" in text


@pytest.mark.parametrize("name", ["tn", "Tennessee", "TENNESSEE", "テネシー州", "state/tennessee"])
def test_one_state_is_compared_by_its_code_name_or_slug(reports: Path, name: str) -> None:
    text = said("fy2021", "latest", "--state", name)
    assert text.startswith("state/tennessee: 1 cause not recorded")
    assert text.endswith("1 brief in both: 1 cause not recorded")
    assert "national" not in text


def test_the_nation_comes_first_and_several_briefs_may_be_asked_for(reports: Path) -> None:
    text = said("fy2021", "latest", "--state", "TN", "--state", "national")
    assert text.startswith(
        "national: 1 the same, 1 new period number fy2021 latest cause what differs fdi.value "
    )
    assert "2 briefs in both: 1 the same, 1 new period, 1 cause not recorded" in text
    assert "only in" not in text


def test_pages_of_the_nation_come_before_those_of_states(reports: Path) -> None:
    write(reports, "fy2021", "what_changed", number("events.total", 10, "register", "events"))
    text = said("fy2021", "latest")
    assert text.index("national: ") < text.index("what_changed: ") < text.index("state/tennessee: ")
    assert "3 briefs in both: " in text


def test_a_brief_of_one_edition_alone_leaves_nothing_to_count(reports: Path) -> None:
    assert (
        said("fy2021", "latest", "--only", "what_changed") == "no brief in both only in latest: what_changed"
    )


def test_what_only_the_earlier_edition_holds_is_named_too(reports: Path) -> None:
    text = said("latest", "fy2021")
    assert "fdi.value $819.2 billion (2024) $679.0 billion (2020)" in text
    assert text.endswith("only in latest: what_changed")


def test_what_is_the_same_is_listed_on_demand(reports: Path) -> None:
    assert "activity.participants 881,224 (FY2020) 881,224 (FY2020) the same" in said(
        "fy2021", "latest", "--all"
    )


def test_a_kept_copy_of_an_edition_shows_our_correction(reports: Path) -> None:
    # The task force's deck prints 5,600 for Indiana; the same BEA table gives 56,000 (JETRO, 23 August 2021).
    where = {"year": 2019, "state": "IN", "partner": "JPN"}
    row = {"as": "value", "table": "jobs_state", "column": "value", "where": where, "vintage": "2021-08"}
    way = {"how": "value", "rows": [row], "universe": None, "basis": "MOUSA"}
    for edition, value, digest in (("kept", 5_600, "a1" * 32), ("latest", 56_000, "b2" * 32)):
        write(reports, edition, "state/indiana", number("jobs.value", value, "2019", "persons", way))
        path = reports / edition / "en/state/indiana.json"
        content = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(
            json.dumps(content | {"tables": {"jobs_state": {"sha256": digest}}}), encoding="utf-8"
        )
    text = said("kept", "latest", "--only", "state/indiana")
    assert "jobs.value 5,600 (2019) 56,000 (2019) our correction" in text
    assert "state employment, table corrected (a1a1a1a1a1a1 → b2b2b2b2b2b2)" in text


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("fy2021", "fy2022"), "edition: expected 'latest', 'fy2021', got 'fy2022'. Choose one of them."),
        (("fy2021", "latest", "--lang", "fr"), "--lang: expected 'en' or 'ja', got 'fr'."),
        (("fy2021", "latest", "--state", "ZZ"), "expected a brief in en of one of the editions, got 'ZZ'."),
    ],
    ids=["edition", "language", "state"],
)
def test_what_is_not_there_is_said_in_one_message(
    reports: Path, words: tuple[str, ...], expected: str
) -> None:
    command = [sys.executable, "-m", "helpers.cli", "diff", *words]
    found = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert found.returncode == 1
    assert expected in found.stderr
    assert "Traceback" not in found.stderr


def test_an_edition_of_the_book_that_is_not_built_is_named_with_its_command(reports: Path) -> None:
    (reports / "fy2021/manifest.json").unlink()
    command = [sys.executable, "-m", "helpers.cli", "diff", "fy2021", "latest"]
    found = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert found.returncode == 1
    assert "Build it: briefs build --edition fy2021" in found.stderr


def test_editions_without_a_brief_in_a_language_are_told_how_to_build_it(reports: Path) -> None:
    found = CliRunner().invoke(cli.app, ["diff", "fy2021", "latest", "--lang", "ja"])
    assert str(found.exception) == (
        "briefs diff fy2021 latest --lang ja: expected a brief in ja of one of the editions, got none. Build what "
        "is missing: `briefs build --edition fy2021 --lang ja` and `briefs build --edition latest --lang ja`."
    )
