"""A user's own file among the parameters: its name is published, where it lies is not, and going back is seen."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from helpers.errors import BuildError
from helpers.press import book, inputs, own, plan, site, work
from helpers.press.build import _sendable, build, survey
from helpers.press.domains import Domain

WHERE = "机の上 desk"
NAME = "台帳 own.csv"


class Silent:
    """A progress that says nothing."""

    def start(self, total: int) -> None: ...
    def done(self, outcome) -> None: ...
    def end(self) -> None: ...


@pytest.fixture
def file(project, tmp_path) -> Path:
    """A register outside the project; the notebook of the nation takes one, that of the states does not."""
    project.edit("  national:\n    notebook: toy.ipynb", "  national:\n    notebook: takes_a_register.ipynb")
    project.edit('parameters: {as_of: ""}', "parameters: {}")
    path = tmp_path / WHERE / NAME
    path.parent.mkdir()
    path.write_text("title\nx\n", encoding="utf-8")
    return path


def asked(path: Path | None):
    """Return book, edition and briefs, with the user's own register if one is given."""
    found = book.read()
    edition = found.edition("latest")
    briefs = plan.expand(found, edition)
    return found, edition, plan.given(briefs, "activities", str(path)) if path else briefs


def made(path: Path | None):
    return build(*asked(path), Silent())


def why(path: Path | None) -> dict[str, tuple[str, ...]]:
    return {item.brief.stem: item.reasons for item in survey(*asked(path)) if not item.fresh}


def test_only_briefs_whose_notebook_takes_a_register_are_given_it(file) -> None:
    _, _, briefs = asked(file)
    assert {b.family for b in briefs if dict(b.parameters).get("activities")} == {"national"}


def test_the_manifest_names_the_file_and_not_its_folder(file, project, quick) -> None:
    assert made(file).whole
    text = (project.reports / "latest" / "manifest.json").read_text(encoding="utf-8")
    assert json.loads(text)["briefs"]["en/national"]["parameters"]["activities"] == NAME
    assert WHERE not in text
    assert str(file.parent) not in text


def test_going_back_to_the_shipped_register_makes_just_those_briefs_again(file, quick) -> None:
    made(file)
    assert why(file) == {}
    reason = (f"parameter activities was '{NAME}' and is ''",)
    assert why(None) == {"en/national": reason, "ja/national": reason}
    quick.taken()
    made(None)
    assert sorted(quick.taken()) == ["en/national", "ja/national"]
    assert why(None) == {}


def test_a_register_that_has_moved_is_the_same_and_one_that_has_changed_is_not(file, tmp_path, quick) -> None:
    read = {
        "what": "register",
        "name": NAME,
        "path": NAME,
        "sha256": inputs.digest(file),
        "part": "",
        "how": {},
    }
    quick.reads = {"en/national": (read,), "ja/national": (read,)}
    made(file)
    moved = tmp_path / NAME
    file.rename(moved)
    assert why(moved) == {}
    moved.write_text("title\ny\n", encoding="utf-8")
    assert set(why(moved)) == {"en/national", "ja/national"}
    assert why(moved)["en/national"] == (f"register of events ({NAME}) changed",)


@pytest.mark.parametrize("in_part", [False, True])
def test_two_briefs_that_are_given_files_of_one_name_are_each_held_against_their_own(
    file, quick, in_part: bool
) -> None:
    other = file.parent.parent / NAME
    other.write_text("title\ny\n", encoding="utf-8")

    def split(en: Path, ja: Path):
        found, edition, briefs = asked(None)
        given = [plan.given([brief], "activities", str({"en": en, "ja": ja}[brief.lang])) for brief in briefs]
        return found, edition, [brief for pair in given for brief in pair]

    def read(path: Path) -> dict:
        part = path.read_text(encoding="utf-8") if in_part else ""
        digest = inputs.digest(path)
        return {"what": "register", "name": NAME, "path": NAME, "part": part, "how": {}, "sha256": digest}

    def reread(read, folder) -> str:
        return (folder / read["name"]).read_text(encoding="utf-8")

    quick.reads = {"en/national": (read(file),), "ja/national": (read(other),)}
    build(*split(file, other), Silent())
    assert [item.brief.stem for item in survey(*split(file, other)) if not item.fresh] == []
    looked = survey(*split(other, file), reread=reread)
    changed = {item.brief.stem: item.reasons for item in looked if not item.fresh}
    reason = (f"register of events ({NAME}) changed",)
    assert changed == {"en/national": reason, "ja/national": reason}


def test_a_part_is_looked_at_again_in_the_users_own_file(file, quick) -> None:
    how = {"state": "TN", "columns": []}
    read = {"what": "register", "name": NAME, "path": NAME, "sha256": "other", "part": "same", "how": how}
    quick.reads = {"en/national": (read,)}
    made(file)
    seen = []

    def reread(read, folder):
        seen.append((read["name"], folder))
        return "same"

    found = survey(*asked(file), reread=reread)
    assert [item.brief.stem for item in found if not item.fresh] == []
    assert [Path(folder) / name for name, folder in seen] == [file]


def test_the_index_says_which_briefs_show_the_users_own_file(file, project, quick) -> None:
    made(file)
    page = (project.reports / "latest" / site.NAME).read_text(encoding="utf-8")
    assert f"<code>{NAME}</code>" in page
    assert "1 of 5 briefs (United States)." in page
    assert "全5件中1件（全米）" in page
    assert WHERE not in page
    made(None)
    assert NAME not in (project.reports / "latest" / site.NAME).read_text(encoding="utf-8")


def test_a_name_that_is_code_is_text_in_the_index(file, project, quick) -> None:
    hostile = file.with_name("<b>own & x.csv")
    file.rename(hostile)
    made(hostile)
    assert "&lt;b&gt;own &amp; x.csv" in (project.reports / "latest" / site.NAME).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["/srv/田中/机/台帳.xlsx", "../desk/own.csv", r"C:\desk\own.csv"])
def test_an_executed_notebook_keeps_the_name_in_parameters_sources_and_outputs(path) -> None:
    from papermill.parameterize import parameterize_notebook

    cell = nbformat.v4.new_code_cell('activities: str = ""', metadata={"tags": ["parameters"]})
    shown = nbformat.v4.new_code_cell("show()", metadata={"tags": []})
    faces = {"text/plain": f"read {path} twice: {path}", "application/json": {"deep": [path]}}
    shown.outputs = [nbformat.v4.new_output("display_data", data=faces)]
    notebook = nbformat.v4.new_notebook(cells=[cell, shown])
    notebook.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "Python 3"}
    notebook.metadata["papermill"] = {}
    values = {"activities": path, "lang": "en"}
    notebook = parameterize_notebook(notebook, values, kernel_name="python3", language="python")
    own.hide(notebook, values, ("activities", "claims"), Path("/srv/notebooks"))
    name = own.name(path)
    assert notebook.metadata.papermill.parameters["activities"] == name
    injected = next(c for c in notebook.cells if "injected-parameters" in c.metadata.get("tags", []))
    assert f'activities = "{name}"' in injected.source
    assert notebook.cells[-1].outputs[0].data["text/plain"] == f"read {name} twice: {name}"
    text = nbformat.writes(notebook)
    assert all(part not in text for part in ("田中", "u7530", "desk"))


def test_the_whole_path_behind_a_relative_one_is_hidden_and_other_cells_keep_their_words(tmp_path) -> None:
    home, name = tmp_path / "notebooks", 'my "own"\tregister.csv'
    injected = nbformat.v4.new_code_cell(
        "activities = '../desk/x'\nlang = 'en'", metadata={"tags": ["injected-parameters"]}
    )
    other = nbformat.v4.new_code_cell("activities = 'kept'")
    text = f"read {tmp_path / 'desk' / name} and claims.csv"
    other.outputs = [nbformat.v4.new_output("stream", text=text)]
    notebook = nbformat.v4.new_notebook(cells=[injected, other])
    own.hide(
        notebook,
        {"activities": f"../desk/{name}", "claims": "claims.csv"},
        ("activities", "claims"),
        home,
    )
    assert [cell.source for cell in notebook.cells] == [
        'activities = "my \\"own\\"\\tregister.csv"\nlang = \'en\'',
        "activities = 'kept'",
    ]
    assert notebook.cells[1].outputs[0].text == f"read {name} and claims.csv"


def test_a_path_that_ends_another_one_leaves_nothing_of_it(tmp_path) -> None:
    shown = nbformat.v4.new_code_cell("show()")
    text = f"read {tmp_path.resolve() / 'desk' / 'own.csv'}, that is desk/own.csv"
    shown.outputs = [nbformat.v4.new_output("stream", text=text)]
    notebook = nbformat.v4.new_notebook(cells=[shown])
    own.hide(notebook, {"activities": "desk/own.csv"}, ("activities",), tmp_path)
    assert notebook.cells[0].outputs[0].text == "read own.csv, that is own.csv"


def test_values_without_a_file_are_published_as_they_are() -> None:
    domains = {"activities": Domain(file=True), "state": Domain(codes=("TN",))}
    assert own.parameters(domains) == ("activities",)
    assert own.published({"state": "TN", "activities": ""}, ("activities",)) == {
        "state": "TN",
        "activities": "",
    }


@pytest.mark.slow
def test_no_published_file_says_where_the_register_lies(file, project) -> None:
    found, edition, briefs = asked(file)
    briefs = [brief for brief in briefs if brief.stem == "ja/national"]
    result = build(found, edition, briefs, Silent(), engine="stock", jobs=1)
    assert result.whole, result.failed
    content = {path.suffix: path.read_bytes() for path in (project.reports / "latest").rglob("*.*")}
    assert {".html", ".json", ".ipynb", ".pdf"} <= set(content)
    for kind, data in content.items():
        assert WHERE.encode() not in data, kind
        assert str(file.parent.parent).encode() not in data, kind
    assert f"利用者のファイル「{NAME}」による" in content[".html"].decode()


def test_a_job_shows_names_and_runs_with_paths() -> None:
    brief = plan.Brief("n", "n", Path("n.ipynb"), (), "latest", "en", "N", (), (), ("html",), ("html",))
    values = {"activities": "/a/own.csv", "claims": ""}
    job = work.Job(brief, values, Path(), {}, 1.0, own=("activities", "claims"))
    assert job.shown == {"activities": "own.csv", "claims": ""}
    assert job.values["activities"] == "/a/own.csv"


def test_the_index_has_both_titles_of_a_brief_that_is_made_in_one_language(file) -> None:
    found, _, briefs = asked(file)
    content = {"briefs": {"en/national": {"parameters": {"activities": NAME}}}}
    assert site.own_files(found, briefs, content) == {NAME: (("United States", "全米"),)}


def test_the_index_counts_the_briefs_of_a_users_file_among_all_not_their_languages(file, tmp_path) -> None:
    found, edition, briefs = asked(file)
    national = [brief for brief in briefs if brief.slug == "national"]
    made = {"parameters": {"activities": NAME}, "files": {}}
    content = {"briefs": {brief.stem: made for brief in national}}
    assert len(national) == 2
    text = site.page(found, tmp_path, edition, national, content)
    assert "</code>: 1 of 1 briefs (United States).</span>" in text
    assert "：全1件中1件（全米）。</span>" in text


@pytest.mark.parametrize(
    ("path", "refused"),
    [("own.csv", False), ("desk/own.csv", False), ("../own.csv", True), ("/own.csv", True)],
)
def test_only_a_file_inside_the_notebooks_folder_can_be_sent(path, refused, project) -> None:
    brief = plan.Brief("n", "n", Path("n.ipynb"), (), "latest", "en", "N", (), (), ("html",), ("html",))
    jobs = [work.Job(brief, {"activities": path}, Path(), {}, 1.0, own=("activities",))]
    if not refused:
        _sendable(jobs)
        return
    with pytest.raises(
        BuildError,
        match=rf"--scheduler: expected files inside the notebooks folder, got '{path}'\. Put it there",
    ):
        _sendable(jobs)


def test_a_whole_path_is_not_sent_even_from_inside_the_notebooks_folder(project) -> None:
    brief = plan.Brief("n", "n", Path("n.ipynb"), (), "latest", "en", "N", (), (), ("html",), ("html",))
    path = str(project.notebooks.resolve() / "own.csv")
    with pytest.raises(BuildError, match="expected files inside the notebooks folder"):
        _sendable([work.Job(brief, {"activities": path}, Path(), {}, 1.0, own=("activities",))])
