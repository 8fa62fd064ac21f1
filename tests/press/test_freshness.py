"""A brief is made again when something it is made from has other content, and only then; the plan says why."""

from __future__ import annotations

import errno
import json
import os
import shutil
import time
from pathlib import Path

import pytest

from helpers.errors import BuildError, DataCheckError
from helpers.press import book, freshness, inputs, journal, manifest, plan, reach
from helpers.press.build import build, survey

REPOSITORY = Path(__file__).parents[2]
SHIPPED = book.read(REPOSITORY / "notebooks/book.yml", data=REPOSITORY / "data")
BRIEFS = len(plan.expand(SHIPPED, SHIPPED.edition("latest")))
"""How many briefs the shipped book has."""


class Silent:
    """A progress that says nothing."""

    def start(self, total: int) -> None: ...
    def done(self, outcome) -> None: ...
    def end(self) -> None: ...


def run(edition: str = "latest", *, force: bool = False, reread=None, **choice):
    found = book.read()
    chosen = found.edition(edition)
    briefs = plan.choose(plan.expand(found, chosen), **choice)
    return build(found, chosen, briefs, Silent(), force=force, reread=reread)


def why(edition: str = "latest", *, reread=None, **choice) -> dict[str, tuple[str, ...]]:
    """Return the reasons by brief, of those that are not up to date."""
    found = book.read()
    chosen = found.edition(edition)
    briefs = plan.choose(plan.expand(found, chosen), **choice)
    looked = survey(found, chosen, briefs, reread=reread)
    return {item.brief.stem: item.reasons for item in looked if not item.fresh}


def table_read(project, name: str = "sites", part: str = "", **how):
    """Return a read of a table of the project, as the data room notes it."""
    path = f"{name}.csv"
    sha256 = inputs.digest(project.root / "data" / path)
    return {"what": "table", "name": name, "path": path, "sha256": sha256, "part": part, "how": how}


def test_what_was_never_built_is_built_and_then_left_alone(project, quick) -> None:
    assert set(why().values()) == {("never built",)}
    assert len(run().made) == len(quick.taken()) == 10
    again = run()
    assert (again.made, again.fresh, again.whole) == ((), 10, True)
    assert quick.taken() == []
    assert why() == {}


def test_touching_every_file_makes_nothing_stale(project, quick) -> None:
    quick.reads["en/national"] = (table_read(project),)
    (project.root / "data/sites.csv").write_text("state\n", encoding="utf-8")
    quick.reads["en/national"] = (table_read(project),)
    run()
    quick.taken()
    later = time.time() + 1000
    for path in project.root.rglob("*"):
        os.utime(path, (later, later))
    assert why() == {}
    run()
    assert quick.taken() == []


def test_force_makes_all(project, quick) -> None:
    run()
    quick.taken()
    assert len(run(force=True).made) == len(quick.taken()) == 10


def test_a_template_begins_before_the_plan_is_known_only_where_there_is_something_to_make(
    project, quick, begun
) -> None:
    run()
    assert begun == ["begun", "ended"]  # nothing was ever built
    run()
    assert len(begun) == 2  # all up to date, or not: the plan says
    run(force=True)
    assert begun[2:] == ["begun", "ended"]


def test_a_changed_notebook_is_the_reason_for_its_briefs_only(project, quick) -> None:
    shutil.copy(project.notebooks / "toy.ipynb", project.notebooks / "other.ipynb")
    project.edit(
        "notebook: toy.ipynb\n    heading: {en: The n", "notebook: other.ipynb\n    heading: {en: The n"
    )
    run()
    text = (project.notebooks / "toy.ipynb").read_text(encoding="utf-8")
    assert "A toy brief" in text
    (project.notebooks / "toy.ipynb").write_text(text.replace("A toy brief", "A plaything"), encoding="utf-8")
    found = why()
    assert set(found.values()) == {("notebook toy.ipynb changed",)}
    assert len(found) == 8
    assert not any("national" in stem for stem in found)


def test_another_notebook_is_the_reason_whatever_it_holds(project, quick) -> None:
    shutil.copy(project.notebooks / "toy.ipynb", project.notebooks / "other.ipynb")
    run()
    project.edit(
        "notebook: toy.ipynb\n    heading: {en: The n", "notebook: other.ipynb\n    heading: {en: The n"
    )
    reasons = ("made from notebook toy.ipynb, not other.ipynb",)
    assert why() == {"en/national": reasons, "ja/national": reasons}


def test_a_changed_parameter_is_told_with_both_values(project, quick) -> None:
    run("fy2021", only=["TN"], lang=["en"])
    project.edit("fiscal_year: 2021}", "fiscal_year: 2022}")
    assert why("fy2021", only=["TN"], lang=["en"]) == {
        "en/state/tennessee": ("parameter fiscal_year was 2021 and is 2022",)
    }


def test_a_changed_title_is_a_reason(project, quick) -> None:
    run()
    project.edit("title: {en: United States, ja: 全米}", "title: {en: The Union, ja: 全米}")
    assert why() == {"en/national": ("its title, its links or its paper changed",)}


def test_a_missing_or_changed_file_is_made_again(project, quick) -> None:
    run()
    (project.reports / "latest/en/national.pdf").unlink()
    (project.reports / "latest/ja/national.html").write_text("tampered", encoding="utf-8")
    assert why() == {"en/national": ("pdf missing",), "ja/national": ("html changed on disk",)}
    assert why(formats=["json"]) == {}
    assert len(run().made) == 2
    assert why() == {}


def test_a_format_that_was_not_asked_for_before_is_still_to_make(project, quick) -> None:
    run(only=["TN"], lang=["en"], formats=["html"])
    assert why(only=["TN"], lang=["en"]) == {
        "en/state/tennessee": ("pdf never built", "json never built", "ipynb never built")
    }


def test_each_format_is_held_against_what_it_was_made_from_itself(project, quick) -> None:
    table, notebook = project.root / "data/sites.csv", project.notebooks / "toy.ipynb"
    table.write_text("state\nTN\n", encoding="utf-8")
    quick.reads["en/national"] = (table_read(project),)
    chosen = {"only": ["national"], "lang": ["en"]}
    run(**chosen, formats=["html", "pdf"])
    table.write_text("state\nTX\n", encoding="utf-8")
    text = notebook.read_text(encoding="utf-8")
    notebook.write_text(text.replace("A toy brief", "A plaything"), encoding="utf-8")
    quick.reads["en/national"] = (table_read(project),)
    run(**chosen, formats=["pdf"])
    assert why(**chosen, formats=["pdf"]) == {}
    reasons = ("notebook toy.ipynb changed", "table sites changed")
    assert why(**chosen, formats=["html", "pdf"]) == {"en/national": reasons}
    notebook.write_text(text.replace("A toy brief", "A third one"), encoding="utf-8")
    assert why(**chosen, formats=["html", "pdf"]) == {"en/national": reasons}  # each reason once


def test_a_format_that_another_notebook_made_is_made_again_though_a_second_one_has_been(
    project, quick
) -> None:
    shutil.copy(project.notebooks / "toy.ipynb", project.notebooks / "other.ipynb")
    project.edit(
        "notebook: toy.ipynb\n    heading: {en: The n", "notebook: other.ipynb\n    heading: {en: The n"
    )
    run()
    project.edit("notebook: other.ipynb", "notebook: toy.ipynb")
    run(only=["national"], lang=["en"], formats=["pdf"])
    assert why(only=["national"], lang=["en"]) == {
        "en/national": ("html never built", "json never built", "ipynb never built")
    }


def test_a_table_that_is_read_whole_counts_whole(project, quick) -> None:
    table = project.root / "data/sites.csv"
    table.write_text("state,value\nTN,1\n", encoding="utf-8")
    quick.reads["en/state/tennessee"] = (table_read(project),)
    run()
    table.write_text("state,value\nTN,2\n", encoding="utf-8")
    assert why() == {"en/state/tennessee": ("table sites changed",)}
    table.unlink()
    assert why() == {"en/state/tennessee": ("table sites: the file is missing",)}


def test_of_a_table_that_is_read_by_state_only_the_rows_of_the_state_count(project, quick) -> None:
    table = project.root / "data/sites.csv"
    table.write_text("state,value\nTN,1\nTX,1\n", encoding="utf-8")

    def reread(read, folder) -> str:
        rows = table.read_text(encoding="utf-8").splitlines()
        return "; ".join(row for row in rows if row.startswith(read["how"]["where"]["state"]))

    for code, slug in (("TN", "tennessee"), ("TX", "texas")):
        how = {"where": {"state": code}, "as_of": "", "vintage": "preferred"}
        quick.reads[f"en/state/{slug}"] = (table_read(project, part=f"{code},1", **how),)
    run(reread=reread)
    table.write_text("state,value\nTN,1\nTX,2\n", encoding="utf-8")
    assert why(reread=reread) == {"en/state/texas": ("table sites: rows of state TX changed",)}
    assert set(why()) == {"en/state/tennessee", "en/state/texas"}  # without a second look, any row counts


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"where": {"state": "TN", "year": 2021}}, ": rows of state TN, year 2021"),
        ({"where": {"state": ["TN", "TX", "CA"]}}, ": rows of state TN, TX, CA"),
        (
            {"where": {"state": ["TN", "TX", "CA", "AK"]}, "as_of": "2022-07-05"},
            ": rows of state TN, TX, CA and 1 more, published by 2022-07-05",
        ),
        ({"where": {}, "as_of": "2022-07-05"}, ": rows published by 2022-07-05"),
        ({"state": "TN", "mission": "nashville", "columns": []}, ": rows of state TN, mission nashville"),
        ({"state": "TN", "mission": "", "columns": ["a", "b"]}, ": rows of state TN and columns a, b"),
        (
            {"state": "", "mission": "", "columns": ["a"]},
            ": columns a of all events, which the page counts,",
        ),
        ({"state": "", "mission": "", "columns": []}, ""),
    ],
)
def test_the_part_that_changed_is_told(project, quick, how: dict, words: str) -> None:
    table = project.root / "data/sites.csv"
    table.write_text("state\nTX\n", encoding="utf-8")
    quick.reads["en/national"] = (table_read(project, part="then", **how),)
    run()
    table.write_text("state\nTN\n", encoding="utf-8")
    assert why(reread=lambda read, folder: "now") == {"en/national": (f"table sites{words} changed",)}


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"name": "b", "path": "b.csv"}, "table b: rows of state TN changed"),
        ({"what": "register"}, "register of events (a): rows of state TN changed"),
        ({"how": {"where": {"state": "TX"}}}, "table a: rows of state TX changed"),
    ],
)
def test_of_two_parts_that_were_the_same_each_is_looked_at_for_itself(
    project, quick, other: dict, words: str
) -> None:
    tables = [project.root / "data" / f"{name}.csv" for name in "ab"]
    for table in tables:
        table.write_text("state\nCA\n", encoding="utf-8")
    first = table_read(project, "a", part="none", where={"state": "TN"})
    quick.reads["en/national"] = (first, {**first, **other})
    run()
    for table in tables:
        table.write_text("state\nAK\n", encoding="utf-8")

    def reread(read, folder) -> str:
        return "one" if all(read[key] == value for key, value in other.items()) else "none"

    assert why(reread=reread) == {"en/national": (words,)}
    assert why(reread=lambda read, folder: "none") == {}


def test_rows_found_unchanged_in_a_changed_file_are_not_looked_at_a_second_time(project, quick) -> None:
    table = project.root / "data/sites.csv"
    table.write_text("state,value\nTX,1\n", encoding="utf-8")
    how = {"where": {"state": "TN"}, "as_of": "", "vintage": "preferred"}
    quick.reads["en/state/tennessee"] = (table_read(project, part="none", **how),)
    run()
    table.write_text("state,value\nTX,2\n", encoding="utf-8")
    looks = []
    for _ in range(2):
        run(reread=lambda read, folder: looks.append(read["name"]) or "none")
    assert looks == ["sites"]
    assert len(quick.taken()) == 10


def test_a_table_that_cannot_be_read_any_more_is_said_with_its_cause(project, quick) -> None:
    table = project.root / "data/sites.csv"
    table.write_text("state\nTX\n", encoding="utf-8")
    quick.reads["en/state/tennessee"] = (table_read(project, part="none", where={"state": "TN"}),)
    run()
    table.write_text("state\nZZ\n", encoding="utf-8")

    def refuse(read, folder) -> str:
        raise DataCheckError("table sites: expected codes that its lists know, got 'ZZ'.")

    (reason,) = why(reread=refuse)["en/state/tennessee"]
    assert reason == "table sites cannot be read: table sites: expected codes that its lists know, got 'ZZ'."


@pytest.mark.parametrize(
    ("what", "words"), [("register", "register of events"), ("ledger", "ledger of claims")]
)
def test_a_readers_own_file_is_looked_up_from_the_notebooks_folder(project, quick, what, words) -> None:
    own = project.notebooks / "own.csv"
    own.write_text("a\n", encoding="utf-8")
    read = {"what": what, "name": "own.csv", "path": "own.csv", "part": "", "how": {}}
    quick.reads["en/national"] = ({**read, "sha256": inputs.digest(own)},)
    run()
    assert why() == {}
    own.write_text("b\n", encoding="utf-8")
    assert why() == {"en/national": (f"{words} (own.csv) changed",)}


def test_another_version_or_another_lock_makes_all_stale(project, quick, monkeypatch, tmp_path) -> None:
    run(only=["TN"], lang=["en"])
    before = inputs._version
    monkeypatch.setattr(inputs, "_version", lambda name: "0.0" if name == "typst" else before(name))
    (reason,) = why(only=["TN"], lang=["en"])["en/state/tennessee"]
    assert reason == f"typst {before('typst')} is now 0.0"
    monkeypatch.setattr(inputs, "_version", before)
    python = inputs.platform.python_version()
    with monkeypatch.context() as patch:
        patch.setattr(inputs.platform, "python_version", lambda: "3.0")
        assert why(only=["TN"], lang=["en"]) == {"en/state/tennessee": (f"python {python} is now 3.0",)}
    monkeypatch.setattr(inputs.paths, "ROOT", tmp_path)
    (tmp_path / inputs.LOCK).write_text("typst==0.0\n", encoding="utf-8")
    assert why(only=["TN"], lang=["en"]) == {"en/state/tennessee": ("requirements.lock changed",)}


def test_a_fixed_date_of_the_pdf_is_an_input(project, quick, monkeypatch) -> None:
    run(only=["TN"], lang=["en"])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert why(only=["TN"], lang=["en"]) == {
        "en/state/tennessee": ("environment variable SOURCE_DATE_EPOCH changed",)
    }


def test_wrong_parameters_are_in_the_plan(project) -> None:
    project.edit("grid: {state: all,", "grid: {state: [ZZ],")
    reasons = why(only=["state"])["en/state/zz"]
    assert "expected one of the codes AK, CA, TN, TX, got 'ZZ'" in reasons[0]


def test_a_manifest_of_an_earlier_version_makes_its_briefs_stale(project, quick) -> None:
    run(only=["TN"], lang=["en"])
    path = project.reports / "latest" / manifest.NAME
    content = json.loads(path.read_text(encoding="utf-8"))
    del content["reads"]
    for source in content["inputs"].values():
        del source["code"]
    for inputs_then in (content["inputs"], {}):
        path.write_text(json.dumps(content | {"inputs": inputs_then}), encoding="utf-8")
        assert why(only=["TN"], lang=["en"]) == {
            "en/state/tennessee": (
                "built before its inputs were recorded",
                "built before its reads were recorded",
            )
        }


def test_what_is_not_made_again_keeps_its_record(project, quick) -> None:
    run()
    path = project.reports / "latest" / manifest.NAME
    before = json.loads(path.read_text(encoding="utf-8"))
    text = (project.notebooks / "toy.ipynb").read_text(encoding="utf-8")
    (project.notebooks / "toy.ipynb").write_text(text.replace("A toy brief", "A plaything"), encoding="utf-8")
    run(only=["TN"], lang=["en"])
    after = json.loads(path.read_text(encoding="utf-8"))
    stem = "en/state/tennessee"
    assert {n: r for n, r in after["briefs"].items() if n != stem} == {
        n: r for n, r in before["briefs"].items() if n != stem
    }
    old, new = before["briefs"][stem]["files"]["pdf"], after["briefs"][stem]["files"]["pdf"]
    assert set(after["inputs"]) == {old["made_from"], new["made_from"]}
    digest = inputs.digest(project.notebooks / "toy.ipynb")
    assert after["inputs"][new["made_from"]]["notebooks"] == {"toy.ipynb": digest}


def test_the_plan_groups_the_briefs_under_each_reason(project, quick) -> None:
    run(only=["national"])
    (project.reports / "latest/en/national.pdf").unlink()
    found = book.read()
    chosen = found.edition("latest")
    assert list(freshness.told(survey(found, chosen, plan.expand(found, chosen)))) == [
        "pdf missing: en/national",
        "never built: 8 briefs: en/state/alaska, ja/state/alaska, en/state/california and 5 more",
    ]


def test_the_journal_of_a_killed_build_is_taken_over_but_for_a_line_cut_off(project, quick) -> None:
    run()
    folder = project.reports / "latest"
    content = json.loads((folder / manifest.NAME).read_text(encoding="utf-8"))
    (folder / manifest.NAME).unlink()
    (folder / "index.html").unlink()
    lines = [
        json.dumps({"inputs": content["inputs"], "reads": content["reads"], "briefs": {stem: record}})
        for stem, record in content["briefs"].items()
    ]
    (folder / journal.NAME).write_text("\n".join([*lines[:3], lines[3][:50]]), encoding="utf-8")
    quick.taken()
    assert len(why()) == 7
    assert len(run().made) == 7
    assert not (folder / journal.NAME).exists()
    assert (folder / "index.html").is_file()
    assert json.loads((folder / manifest.NAME).read_text(encoding="utf-8")) == content


def test_a_journal_is_in_the_manifest_before_a_new_one_begins(project, quick, monkeypatch) -> None:
    run(only=["national"])
    folder = project.reports / "latest"
    content = (folder / manifest.NAME).read_text(encoding="utf-8")
    (folder / manifest.NAME).unlink()
    line = json.dumps({part: json.loads(content)[part] for part in manifest.PARTS})
    (folder / journal.NAME).write_text(f'{line}\n{{"briefs": {{"en', encoding="utf-8")
    seen = []

    def look(*_):
        seen.append(((folder / journal.NAME).exists(), len(manifest.read(folder)["briefs"])))
        return iter(())

    monkeypatch.setattr("helpers.press.workers.run", lambda *asked: (outcome for outcome in look(*asked)))
    run()
    assert seen == [(False, 2)]


def test_an_index_that_is_missing_is_written_though_nothing_is_made(project, quick) -> None:
    run()
    index = project.reports / "latest/index.html"
    before = index.read_bytes()
    index.unlink()
    assert run().made == ()
    assert index.read_bytes() == before


def test_a_full_disk_keeps_what_is_finished_for_the_next_run(project, quick, monkeypatch) -> None:
    def full(folder, content) -> None:
        raise BuildError("writing latest/manifest.json: No space left on device.")

    with monkeypatch.context() as patch:
        patch.setattr(manifest, "write", full)
        with pytest.raises(BuildError, match="No space left on device"):
            run()
    assert why() == {}
    assert run().fresh == 10
    assert manifest.read(project.reports / "latest")["briefs"]


def test_a_full_disk_on_the_way_stops_the_build_and_the_next_one_goes_on(project, quick, monkeypatch) -> None:
    note, count = journal.note, iter(range(10))

    def full_after_three(folder, addition) -> None:
        if next(count) >= 3:
            (folder / journal.NAME).open("a", encoding="utf-8").write('{"briefs": {"en/state')
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        note(folder, addition)

    with monkeypatch.context() as patch:
        patch.setattr(journal, "note", full_after_three)
        result = run()
    assert (len(result.made), [failed.stage for failed in result.failed]) == (3, ["write"])
    assert run().fresh == 3
    assert why() == {}


def every() -> int:
    """Return how many briefs the book's default edition has."""
    found = book.read()
    return len(plan.expand(found, found.edition("latest")))


EVERY = -1
"""Stands for every brief of the book, read when the test runs."""


@pytest.fixture
def shipped(tmp_path, monkeypatch, quick) -> Path:
    """The shipped book with notebooks of its own, all of it built (without kernels)."""
    for name in ("notebooks", "reports"):
        monkeypatch.setenv(f"BRIEFS_{name.upper()}", str(tmp_path / name))
    shutil.copytree(REPOSITORY / "notebooks", tmp_path / "notebooks")
    assert len(run().made) == every()
    return tmp_path


def test_a_prose_cell_of_the_state_notebook_makes_102_briefs_stale(shipped) -> None:
    notebook = shipped / "notebooks/state.ipynb"
    content = json.loads(notebook.read_text(encoding="utf-8"))
    prose = next(cell for cell in content["cells"] if cell["cell_type"] == "markdown")
    prose["source"] = ["## Another question?"]
    notebook.write_text(json.dumps(content), encoding="utf-8")
    found = why()
    assert len(found) == 102
    assert set(found.values()) == {("notebook state.ipynb changed",)}


def test_an_unchanged_book_is_confirmed_by_reading_each_of_its_files_once(shipped, monkeypatch) -> None:
    """How long that takes, ``make bench`` says."""
    read: list[Path] = []
    monkeypatch.setattr(freshness, "digest", lambda path: read.append(path) or inputs.digest(path))
    assert run().fresh == every()
    made = [path for path in (shipped / "reports/latest").glob("??/**/*") if path.is_file()]
    assert len(made) == sum(len(brief.formats) for brief in plan.expand(SHIPPED, SHIPPED.edition("latest")))
    assert sorted(read) == sorted(made)


@pytest.mark.parametrize(
    ("file", "count", "reason"),
    [
        ("display/charts/bars.py", EVERY, "code display/charts/bars.py changed"),
        ("display/phrases/brief.yml", EVERY, "text or style display/phrases/brief.yml changed"),
        ("display/glossary.yml", EVERY, "text or style display/glossary.yml changed"),
        ("analysis/ranking.py", EVERY, "code analysis/ranking.py changed"),
        ("data/catalog.py", EVERY, "code data/catalog.py changed"),
        ("errors.py", EVERY, "code errors.py changed"),
        ("press/exporters.py", EVERY, "code press/exporters.py changed"),
        ("press/templates/brief-pdf/page.typ", EVERY, "template press/templates/brief-pdf/page.typ changed"),
        ("data/checks.py", 2, "code data/checks.py changed"),
        ("press/site.py", 0, ""),
        ("press/manifest.py", 0, ""),
        ("press/templates/site/site.css", 0, ""),
        ("cli/__init__.py", 0, ""),
    ],
)
def test_code_counts_where_a_notebook_or_its_page_can_reach_it(
    shipped, monkeypatch, tmp_path, file: str, count: int, reason: str
) -> None:
    package = tmp_path / "helpers"
    shutil.copytree(reach.PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(reach, "PACKAGE", package)
    assert why() == {}
    with (package / file).open("a", encoding="utf-8") as text:
        text.write("\n# a remark\n")
    found = why()
    assert len(found) == (every() if count == EVERY else count)
    assert set(found.values()) == ({(reason,)} if count else set())


def test_modules_that_come_change_or_go_beside_the_notebooks_make_their_briefs_stale(project, quick) -> None:
    chosen = {"only": ["TN"], "lang": ["en"]}
    reasons = {"en/state/tennessee": ("code notebooks/one.py, notebooks/two.py changed",)}
    modules = [project.notebooks / name for name in ("two.py", "one.py")]
    run(**chosen)
    for text in ("x = 1", "x = 2", None):
        for path in modules:
            path.unlink() if text is None else path.write_text(text, encoding="utf-8")
        assert why(**chosen) == reasons
        run(**chosen)
        assert why(**chosen) == {}


def test_code_that_is_gone_counts_but_for_the_command_line_and_the_index(
    project, quick, monkeypatch, tmp_path
) -> None:
    package = tmp_path / "helpers"
    apart = [package / "cli/old.py", package / "press/templates/site/old.css"]
    gone = package / "data/old.py"
    for path in (*apart, gone, package / "press/work.py"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    monkeypatch.setattr(reach, "PACKAGE", package)
    run(only=["TN"], lang=["en"])
    for path in apart:
        path.unlink()
        assert why(only=["TN"], lang=["en"]) == {}
    gone.unlink()
    assert why(only=["TN"], lang=["en"]) == {"en/state/tennessee": ("code data/old.py changed",)}


def test_files_of_briefs_that_the_book_no_longer_has_are_left_over(project, quick) -> None:
    assert run().left_over == ()
    folder = project.reports / "latest"
    for name in ("en/state/guam.html", "ja/old.pdf", "en/notes.txt", "picture.html"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")
    assert run().left_over == ("en/state/guam.html", "ja/old.pdf")


def test_parameters_that_came_and_went_are_told() -> None:
    assert freshness._parameters({"a": 1, "b": 2}, {"a": 1, "c": 3}) == [
        "parameter c was None and is 3, b was 2 and is None"
    ]
    assert freshness._parameters({"a": 1}, {"a": 1}) == []


def test_what_was_read_and_what_a_file_is_have_their_words() -> None:
    told = [
        freshness._named({"what": what, "name": "sites"}) for what in ("description", "tables", "phrases")
    ]
    assert told == ["description of table sites", "the list of tables", "sites"]
    files = ["data/a.py", "press/templates/brief/a.j2", "display/phrases/a.yml", "data/b.py"]
    assert freshness._sorted_by_kind(files) == {
        "code": ["data/a.py", "data/b.py"],
        "template": ["press/templates/brief/a.j2"],
        "text or style": ["display/phrases/a.yml"],
    }
