"""``briefs activities`` and ``briefs build --activities``: what a desk types, what it is told, what stays untouched."""

from __future__ import annotations

import errno
import io
import os
import resource
import shutil
import sys
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from helpers import cli, paths
from helpers.cli import terminal
from helpers.data import register

sys.path.insert(0, str(Path(__file__).parents[1] / "data" / "register"))
from registers import JA, ROWS_JA, as_csv, as_xlsx

BAD = [*ROWS_JA, ["架空の行事四", "2021-04-31", "", "", "", "ZZ", "", "約200", "", ""]]


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Path:
    """A folder of the user's, with reports elsewhere."""
    monkeypatch.setenv("BRIEFS_REPORTS", str(tmp_path / "reports"))
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def said(*words: str):
    """Run the command as ``briefs`` does: an error of ours is printed and ends with 1."""
    found = CliRunner().invoke(cli.app, list(words))
    return found.exit_code, found.output if found.exception is None else str(found.exception)


def test_the_template_is_written_where_the_user_stands_and_can_be_checked(desk) -> None:
    assert said("activities", "template") == (
        0,
        "activities.xlsx: fill in the first sheet, then `briefs activities check activities.xlsx`\n",
    )
    code, text = said("activities", "check", "activities.xlsx")
    assert code == 0
    assert text.startswith("activities.xlsx (XLSX, sheet 登録簿 Register): 0 rows, no problem\n")
    assert said("activities", "template")[0] == 1
    assert said("activities", "template", "--force")[0] == 0


def test_the_template_may_be_read_by_others_and_its_name_is_quoted(desk) -> None:
    before = os.umask(0o022)
    try:
        _, text = said("activities", "template", "my register.xlsx")
    finally:
        os.umask(before)
    assert "`briefs activities check 'my register.xlsx'`" in text
    assert (desk / "my register.xlsx").stat().st_mode & 0o777 == 0o644


def test_a_template_that_cannot_be_written_leaves_nothing_behind(desk, monkeypatch) -> None:
    (desk / "folder.xlsx").mkdir()
    code, text = said("activities", "template", "folder.xlsx", "--force")
    assert code == 1
    assert "folder.xlsx: expected a file that can be written, got Is a directory" in text
    write = Path.write_bytes

    def fill(path: Path, content: bytes) -> int:
        write(path, content[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", fill)
        assert (
            "can be written, got No space left on device. Choose another" in said("activities", "template")[1]
        )
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, limits[1]))
    try:
        code, text = said("activities", "template")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert code == 1
    assert "activities.xlsx: expected a file that can be written, got a temporary folder that" in text
    assert [path.name for path in desk.iterdir()] == ["folder.xlsx"]


def test_a_good_register_is_summed_up(desk) -> None:
    """By hand from ``ROWS_JA``."""
    as_xlsx(desk / "own.xlsx", [*JA, "担当電話"], [[*row, "000"] for row in ROWS_JA])
    code, text = said("activities", "check", "own.xlsx")
    assert code == 0
    for line in (
        "own.xlsx (XLSX, sheet Sheet): 3 rows, no problem",
        "  fiscal years     FY2019 1, FY2021 2",
        "  states           3: DC 1, TN 1, VA 1",
        "  several states   1 row; each counts in every one of its states and once in the nation",
        "  no state         1 row; each counts in the district of its mission",
        "  date             2 with a day, 0 with a month, 1 with the fiscal year only",
        "  headcount        2 of 3 (never added up)",
        "  not read         担当電話 (K)",
    ):
        assert f"{line}\n" in text
    assert "000" not in text


def test_a_long_register_is_summed_up_by_its_largest_and_the_number_of_the_rest(desk) -> None:
    """By hand: two events in Tennessee and one in each of twelve other states, all of June 2021, at the embassy."""

    def change(book) -> None:
        book.active.insert_rows(1)
        book.active["A1"] = "一覧"
        book.active.row_dimensions[4].hidden = True
        book.active.row_dimensions[5].hidden = True

    states = ["IA", "HI", "GA", "FL", "DE", "CT", "CO", "CA", "AZ", "AR", "AL", "AK", "TN", "TN"]
    rows = [
        [f"架空{at}", "2021-06", "大使館", state, "対面" if at else ""] for at, state in enumerate(states)
    ]
    as_xlsx(desk / "own.xlsx", ["案件名", "実施日", "公館", "州", "形式"], rows, change)
    code, text = said("activities", "check", "own.xlsx")
    assert code == 0
    for line in (
        "own.xlsx (XLSX, sheet Sheet): 14 rows, no problem",
        "  fiscal years     FY2021 14",
        "  states           13: TN 2, AK 1, AL 1, AR 1, AZ 1, CA 1, CO 1, CT 1, DE 1, FL 1, GA 1, HI 1 and 1 more",
        "  several states   0 rows; each counts in every one of its states and once in the nation",
        "  no state         0 rows; each counts in the district of its mission",
        "  missions         1: embassy 14",
        "  format           in person 13, unknown 1",
        "  date             0 with a day, 14 with a month, 0 with the fiscal year only",
        "  headcount        0 of 14 (never added up)",
        "  above the head   1 row, not read",
        "  hidden rows      2, read like the others",
    ):
        assert f"{line}\n" in text
    assert "looks twice" not in text
    assert "not read  " not in text


def test_an_empty_register_is_summed_up_too(desk) -> None:
    as_csv(desk / "own.csv", JA, [])
    code, text = said("activities", "check", "own.csv")
    assert code == 0
    for line in (
        "own.csv (CSV, UTF-8): 0 rows, no problem",
        "  fiscal years     none",
        "  states           none",
        "  missions         none",
    ):
        assert f"{line}\n" in text
    assert "  format           none\n" in text


def test_rows_without_a_state_are_summed_up_as_in_none(desk) -> None:
    as_csv(desk / "own.csv", ["案件名", "実施日", "公館"], [["架空", "2021-06", "大使館"]])
    assert "  states           none\n" in said("activities", "check", "own.csv")[1]


def test_rows_that_look_like_an_earlier_one_are_named(desk) -> None:
    as_csv(desk / "own.csv", JA, [*ROWS_JA, ROWS_JA[0]])
    assert (
        "  looks twice      row 5: like an earlier one in date, place and title\n"
        in said("activities", "check", "own.csv")[1]
    )


def test_a_bad_register_ends_with_1_and_every_problem(desk) -> None:
    as_csv(desk / "own.csv", JA, BAD)
    code, text = said("activities", "check", "own.csv")
    assert code == 1
    assert text.startswith("register own.csv: 3 problems; nothing was read or written.")
    assert [line.split(" (")[0].strip() for line in text.splitlines()[1:]] == [
        "row 5, column B",
        "row 5, column F",
        "row 5, column H",
    ]


@pytest.mark.parametrize("words", [("build", "--only", "TN"), ("preview", "TN"), ("plan",)])
def test_a_bad_register_stops_everything_before_anything_runs(desk, tmp_path, monkeypatch, words) -> None:
    monkeypatch.setattr("helpers.press.workers.run", lambda *_: pytest.fail("a worker was started"))
    as_csv(desk / "own.csv", JA, BAD)
    code, text = said(*words, "--activities", "own.csv")
    assert (code, text.splitlines()[0]) == (1, "register own.csv: 3 problems; nothing was read or written.")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["desk", "own.csv"]


def test_the_path_is_seen_from_where_the_user_stands_and_the_file_is_checked_once(desk, monkeypatch) -> None:
    asked = []

    def build(book, edition, briefs, progress, **_):
        asked.extend(dict(brief.parameters)["activities"] for brief in briefs)
        raise KeyboardInterrupt

    as_csv(desk / "own.csv", JA, ROWS_JA)
    monkeypatch.setattr("helpers.press.build.build", build)
    register._own.cache_clear()
    said("build", "--only", "TN", "--activities", "own.csv")
    assert asked == [str(desk / "own.csv")] * 2
    assert register._own.cache_info().misses == 1


def test_a_register_that_the_book_names_is_checked_before_anything_runs_too(
    desk, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr("helpers.press.workers.run", lambda *_: pytest.fail("a worker was started"))
    shutil.copytree(paths.notebooks_dir(), tmp_path / "notebooks")
    monkeypatch.setenv("BRIEFS_NOTEBOOKS", str(tmp_path / "notebooks"))
    book = tmp_path / "notebooks" / "book.yml"
    text = book.read_text(encoding="utf-8").replace('{as_of: ""}', '{as_of: "", activities: ../desk/own.csv}')
    book.write_text(text, encoding="utf-8")
    as_csv(desk / "own.csv", JA, BAD)
    code, text = said("build", "--only", "TN")
    assert (code, text.splitlines()[0]) == (1, "register own.csv: 3 problems; nothing was read or written.")


def test_a_register_in_the_notebooks_folder_is_named_as_seen_from_there(tmp_path, monkeypatch) -> None:
    """So that it can be sent to the workers of a cluster, which have that folder."""
    from helpers.press import book as books
    from helpers.press import plan

    found = books.read()
    briefs = plan.choose(plan.expand(found, found.edition("")), only=["TN"])
    monkeypatch.setattr(paths, "notebooks_dir", lambda: tmp_path)
    path = as_csv(tmp_path / "own.csv", JA, ROWS_JA)
    given = cli.registers.given(briefs, path)
    assert {dict(brief.parameters)["activities"] for brief in given} == {"own.csv"}


def test_a_register_below_the_home_folder_is_found(desk, monkeypatch) -> None:
    from helpers.press import book as books
    from helpers.press import plan

    found = books.read()
    briefs = plan.choose(plan.expand(found, found.edition("")), only=["TN"])
    monkeypatch.setenv("HOME", str(desk))
    path = as_csv(desk / "own.csv", JA, ROWS_JA)
    given = cli.registers.given(briefs, "~/own.csv")
    assert {dict(brief.parameters)["activities"] for brief in given} == {path}


def test_after_a_build_the_register_and_the_columns_that_were_not_read_are_named(desk) -> None:
    plain = as_csv(desk / "own.csv", JA, ROWS_JA)
    more = as_csv(desk / "more.csv", [*JA, "担当[b]電話"], [[*row, "000"] for row in ROWS_JA])
    back = "Without --activities, `briefs build` makes these briefs again with the register in data/.\n"
    for path, unread in ((plain, ""), (more, " Columns that were not read: 担当[b]電話 (K).")):
        out = io.StringIO()
        cli.registers.say(Console(file=out, width=40), path)
        name = Path(path).name
        assert out.getvalue() == (
            f"Made with your own register {name}: the index and each page say so.{unread} {back}"
        )


def test_a_path_is_shown_as_seen_from_where_the_user_stands(desk) -> None:
    assert terminal.shown(desk / "a" / "own.csv") == os.path.join("a", "own.csv")
    assert terminal.shown(desk.parent / "own.csv") == str(desk.parent / "own.csv")
