"""The command line: what a desk officer types, and what it answers."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import types
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from helpers import cli
from helpers.press import build

STATES = "usps,slug,name_en,name_ja,tile_col,tile_row\nTN,tennessee,Tennessee,テネシー州,6,5\n"
BOOK = """\
domains:
  lang: {values: [en, ja]}
  state: {table: reference/states.csv, code: usps, name: name_en}
editions:
  latest: {title: {en: Latest, ja: 最新版}}
briefs:
  state:
    notebook: toy.ipynb
    heading: {en: The states, ja: 各州}
    title: {en: "{state.name_en}", ja: "{state.name_ja}"}
    grid: {state: all, lang: [en, ja]}
    path: "{lang}/state/{state.slug}"
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one state, in which the command stands."""
    toy = Path(__file__).parent / "press" / "notebooks" / "toy.ipynb"
    contents = {
        "notebooks/book.yml": BOOK,
        "notebooks/toy.ipynb": toy.read_text(encoding="utf-8"),
        "data/reference/states.csv": STATES,
    }
    for name, content in contents.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    for name in ("notebooks", "data", "reports"):
        monkeypatch.setenv(f"BRIEFS_{name.upper()}", str(tmp_path / name))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def briefs(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does."""
    command = [sys.executable, "-m", "helpers.cli", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_help_names_every_command() -> None:
    said = briefs("--help")
    assert said.returncode == 0
    for command in ("list", "plan", "build", "preview", "open", "diff", "data"):
        assert f"\n  {command} " in said.stdout


def test_help_imports_neither_papermill_nor_pandas() -> None:
    code = "import sys, helpers.cli; print([m for m in ('papermill', 'pandas', 'nbconvert') if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "words", [(), ("list",), ("plan",), ("build",), ("preview",), ("open",), ("diff",), ("data", "check")]
)
def test_every_command_has_help(words: tuple[str, ...]) -> None:
    said = CliRunner().invoke(cli.app, [*words, "--help"])
    assert said.exit_code == 0
    assert len(said.stdout.splitlines()) >= 4


def test_list_shows_the_briefs(project: Path) -> None:
    said = CliRunner().invoke(cli.app, ["list"])
    assert said.exit_code == 0
    assert said.stdout.count("state/tennessee") == 2
    assert "テネシー州" in said.stdout
    assert "2 briefs in edition latest" in said.stdout


def test_an_error_of_ours_is_one_message_without_traceback(project: Path) -> None:
    said = briefs("build", "--only", "ZZ")
    assert said.returncode == 1
    assert said.stderr.startswith("briefs: --only ZZ: expected 'TN', 'Tennessee'")
    assert "Traceback" not in said.stderr


def test_a_missing_book_is_one_message(project: Path) -> None:
    (project / "notebooks/book.yml").unlink()
    said = briefs("list")
    assert said.returncode == 1
    assert "notebooks/book.yml: expected a readable file" in said.stderr


def test_a_folder_that_may_not_be_looked_into_is_one_line(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused() -> None:
        raise PermissionError(13, "Permission denied", "reports/latest/index.html")

    monkeypatch.setattr(cli, "app", refused)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    with pytest.raises(SystemExit, match=r"^1$"):
        cli.main()
    expected = "briefs: reports/latest/index.html: expected leave to use it, got Permission denied. "
    assert capsys.readouterr().err == f"{expected}Allow it, or name another.\n"


def test_open_says_how_to_build_what_is_not_there(project: Path) -> None:
    said = briefs("open")
    assert said.returncode == 1
    assert "Build it first: briefs build --edition latest" in said.stderr


def test_open_opens_the_index(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda page: opened.append(page) or True)
    index = project / "reports/latest/index.html"
    index.parent.mkdir(parents=True)
    index.write_text("x", encoding="utf-8")
    said = CliRunner().invoke(cli.app, ["open"])
    assert said.exit_code == 0
    assert opened == [index.as_uri()]


def test_open_without_a_browser_says_where_the_page_is(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    index = project / "reports/latest/index.html"
    index.parent.mkdir(parents=True)
    index.write_text("x", encoding="utf-8")
    said = CliRunner().invoke(cli.app, ["open"])
    assert said.exit_code == 1
    assert str(said.exception) == (
        f"briefs open: expected a browser that opens the page, got none. Open {index} yourself."
    )


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_signs_that_the_output_lacks_are_question_marks(project: Path, encoding: str, monkeypatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    said = briefs("list", "--lang", "ja")
    assert (said.returncode, said.stderr) == (0, "")
    assert "state/tennessee  ?????  ja" in said.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_output_that_is_full_is_one_line(project: Path, unbuffered: str, monkeypatch) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "helpers.cli", "list"]
        said = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert said.returncode == 1
    assert said.stderr == (
        "briefs: output: expected a place that can be written to, got No space left on device. "
        "Make room, or send it elsewhere.\n"
    )


def test_a_working_directory_that_is_gone_is_one_line(project: Path, monkeypatch) -> None:
    gone = project / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    command = [sys.executable, "-c", "from helpers import cli; cli.main()", "list"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert said.stderr.startswith(
        "briefs: working directory: expected a folder that exists, got one that was"
    )
    assert "Traceback" not in said.stderr


def test_plan_says_what_would_be_built_and_why(project: Path) -> None:
    said = CliRunner().invoke(cli.app, ["plan", "--lang", "ja"])
    assert said.exit_code == 0
    assert said.stdout.splitlines() == [
        "never built: ja/state/tennessee",
        "1 of 1 brief to build in edition latest, 0 up to date",
    ]
    assert not (project / "reports").exists()


@pytest.mark.parametrize(("made", "said"), [(0, False), (1, True)])
def test_the_users_own_register_is_named_only_when_briefs_were_made_with_it(
    made: int, said: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    result = build.Result(tmp_path, (types.SimpleNamespace(outputs=()),) * made, (), 2, True, 1.0)
    named: list[str] = []
    monkeypatch.setattr(cli, "_asked", lambda *_: (None, None, ()))
    monkeypatch.setattr(build, "build", lambda *_, **__: result)
    monkeypatch.setattr(cli.registers, "say", lambda _, path: named.append(path))
    CliRunner().invoke(cli.app, ["build", "--activities", "own.csv"])
    assert named == ["own.csv"] * said


@pytest.mark.slow
def test_a_second_build_has_nothing_to_make_unless_forced(project: Path) -> None:
    asked = ("build", "--lang", "en", "--format", "json")
    assert "1 of 1 brief made (1 file) in" in briefs(*asked).stdout
    again = briefs(*asked)
    assert again.returncode == 0
    assert "Nothing to make" in again.stdout
    assert "1 was up to date" in again.stdout
    assert "1 of 1 brief made" in briefs(*asked, "--force").stdout


@pytest.mark.slow
def test_what_no_brief_of_the_book_makes_any_more_is_named_and_left(project: Path) -> None:
    asked = ("build", "--lang", "en", "--format", "json")
    assert "Left there" not in briefs(*asked).stdout
    old = project / "reports/latest/en/state/tenessee.pdf"
    old.write_bytes(b"of a path that the book had before")
    (project / "reports/latest/notes.pdf").write_bytes(b"of the user, beside the languages")
    assert "of no brief of the book now: 'en/state/tenessee.pdf'. Delete" in briefs(*asked).stdout
    assert old.is_file()


@pytest.mark.slow
def test_build_says_brief_n_of_m_and_ends_with_0(project: Path) -> None:
    said = briefs("build", "--jobs", "1")
    assert said.returncode == 0
    assert "brief 2 of 2: ja/state/tennessee" in said.stdout
    assert "2 of 2 briefs made (8 files)" in said.stdout
    assert (project / "reports/latest/index.html").is_file()


@pytest.mark.slow
def test_a_failed_build_ends_with_a_table_and_1(project: Path) -> None:
    notebook = project / "notebooks/toy.ipynb"
    text = notebook.read_text(encoding="utf-8")
    notebook.write_text(text.replace("display(faces, raw=True)", "display(faces[0])"), encoding="utf-8")
    said = briefs("build", "--jobs", "1")
    assert said.returncode == 1
    for head in ("brief", "stage", "cause", "where to look"):
        assert head in said.stdout
    assert "KeyError" in said.stdout
    assert "reports/latest/.failed/en/state/tennessee.ipynb" in said.stdout
    assert "0 of 2 briefs made" in said.stdout


@pytest.mark.slow
def test_preview_makes_one_page_and_prints_its_path(project: Path) -> None:
    said = briefs("preview", "tennessee", "--lang", "ja")
    assert said.returncode == 0
    assert said.stdout.split() == ["reports/preview/ja/state/tennessee.html"]
    assert (project / said.stdout.strip()).is_file()
    assert not (project / "reports/latest").exists()


def test_preview_of_what_is_in_no_book_names_no_option(project: Path) -> None:
    said = briefs("preview", "XX")
    assert said.returncode == 1
    assert said.stderr.startswith("briefs: preview XX: expected 'TN', 'Tennessee'")


@pytest.mark.parametrize("variable", ["BRIEFS_DATA", "BRIEFS_NOTEBOOKS"])
def test_a_folder_that_is_not_there_names_its_variable(
    project: Path, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(project / "none"))
    said = briefs("list")
    assert said.returncode == 1
    expected = (
        f"briefs: {project / 'none'}: expected a folder, got none. Restore it, or correct {variable}.\n"
    )
    assert said.stderr == expected


@dataclass(frozen=True)
class Check:
    """As the checks of the tables come."""

    name_en: str
    ok: bool
    expected: str
    got: str
    detail: str


@pytest.mark.parametrize(("ok", "code"), [(True, 0), (False, 1)])
def test_data_check_ends_with_1_when_a_check_fails(
    monkeypatch: pytest.MonkeyPatch, ok: bool, code: int
) -> None:
    module = types.SimpleNamespace(run=lambda: [Check("participants", ok, "3,512,323", "[3]", "five years")])
    monkeypatch.setitem(sys.modules, "helpers.data.checks", module)
    monkeypatch.setattr("helpers.data.checks", module, raising=False)
    said = CliRunner().invoke(cli.app, ["data", "check"])
    assert said.exit_code == code
    assert "3,512,323" in said.stdout
    assert "[3]" in said.stdout
    assert f"1 checks, {int(not ok)} failed" in said.stdout
    row = next(line.split() for line in said.stdout.splitlines() if line.startswith("participants"))
    assert row == ["participants", "ok" if ok else "FAILED", "3,512,323", "[3]", "five", "years"]


def test_data_describe_says_what_a_table_holds_and_lacks() -> None:
    said = CliRunner().invoke(cli.app, ["data", "describe", "states"])
    assert said.exit_code == 0
    assert said.stdout.startswith("states: ")
    for label in ("rows     51", "covers ", "licence ", "source ", "column   usps"):
        assert f"  {label}" in said.stdout


def test_data_describe_without_a_name_says_every_table_of_the_descriptor_in_short() -> None:
    text = (Path(__file__).parents[1] / "data/datapackage.json").read_text(encoding="utf-8")
    said = CliRunner().invoke(cli.app, ["data", "describe"])
    assert said.exit_code == 0
    lines = said.stdout.splitlines()
    heads = [line.partition(":")[0] for line in lines if not line.startswith("  ")]
    assert heads == [resource["name"] for resource in json.loads(text)["resources"]]
    assert {line.split()[0] for line in lines if line.startswith("  ")} <= {
        "rows",
        "covers",
        "basis",
        "vintage",
        "lacks",
        "licence",
    }
    assert not [line for line in lines if len(line.split()) < 2], "what a table has no word for is left out"


def test_data_describe_gives_a_column_its_unit_where_it_has_one() -> None:
    said = CliRunner().invoke(cli.app, ["data", "describe", "fdi_position"]).stdout
    assert "  column   value_musd (" in said
    assert "  column   year: " in said


def test_data_describe_of_an_unknown_table_names_the_known_ones() -> None:
    said = briefs("data", "describe", "goods")
    assert said.returncode == 1
    assert "'goods'" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.fixture
def offices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return the function that puts another row in place of Georgia's office, in a copy of the tables."""
    folder = tmp_path / "data"
    shutil.copytree(Path(__file__).parents[1] / "data", folder)
    monkeypatch.setenv("BRIEFS_DATA", str(folder))
    table = folder / "taskforce/state_offices.csv"

    def edit(row: str) -> None:
        text = table.read_text(encoding="utf-8")
        table.write_text(text.replace("GA,Tokyo,東京,1973", row), encoding="utf-8")

    return edit


def test_an_edited_table_is_refused_until_it_is_accepted(
    offices: Callable[[str], None],
) -> None:
    offices("GA,Tokyo,東京,1974")
    refused = CliRunner().invoke(cli.app, ["data", "check"])
    assert refused.exit_code == 1
    assert "state_offices" in refused.output
    accepted = CliRunner().invoke(cli.app, ["data", "accept"])
    assert accepted.exit_code == 0, accepted.output
    assert "accepted: state_offices" in accepted.output
    assert "`briefs data check` says whether" in accepted.output
    assert CliRunner().invoke(cli.app, ["data", "check"]).exit_code == 0
    assert "no table has changed" in CliRunner().invoke(cli.app, ["data", "accept"]).output


def test_accepting_a_table_that_breaks_its_schema_says_so(
    offices: Callable[[str], None],
) -> None:
    offices("ZZ,Tokyo,東京,1973")
    accepted = CliRunner().invoke(cli.app, ["data", "accept"])
    assert accepted.exit_code == 0, accepted.output
    told = "no brief can read it yet: table state_offices: expected codes that its lists know, got column "
    assert told in accepted.output
    assert "'ZZ' (row " in accepted.output
