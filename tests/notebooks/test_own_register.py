"""A register of the reader's own: empty, or with titles that try to be code; and the notebooks in a kernel."""

from __future__ import annotations

import io

import nbformat
import pikepdf
import pytest
from nbclient import NotebookClient
from running import cells

from helpers import paths
from helpers.press import engine, exporters

HEAD = "event_id,date_start,fiscal_year,mission,state,city,title,title_ja,theme,format,certainty,source_url"
HOSTILE = '<script>alert(1)</script> #read("key.txt") **bold** [link](x) $1'
FIELDS = (
    "x-1,2021-11-02,2021,nashville,TN,Nashville,{title},{title},other,in_person,high,https://example.org/1"
)


@pytest.fixture
def empty(tmp_path):
    path = tmp_path / "empty.csv"
    path.write_text(HEAD + "\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def hostile(tmp_path):
    path = tmp_path / "hostile.csv"
    quoted = '"' + HOSTILE.replace('"', '""') + '"'
    path.write_text(f"{HEAD}\n{FIELDS.format(title=quoted)}\n", encoding="utf-8")
    return str(path)


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "words"), [("en", "The register is empty"), ("ja", "登録簿は空")])
def test_an_empty_register_is_said_to_be_empty_once_in_its_section(run, empty, lang, words):
    page = run("state", activities=empty, lang=lang)
    assert page.text.count(words) == 1
    assert page.values["events.total"].value == 0


@pytest.mark.slow
def test_a_district_can_be_shown_with_an_empty_register(run, empty):
    page = run("mission", activities=empty)
    assert page.values["events.total"].value == 0
    assert "The Chicago district is not set beside presence" in page.text


@pytest.mark.slow
def test_the_nation_can_be_shown_with_an_empty_register(run, empty):
    assert run("national", activities=empty).values["beside.2021.events"].value == 0


@pytest.mark.slow
def test_a_title_that_is_code_is_printed_as_text_in_html_and_pdf(hostile):
    notebook = paths.notebooks_dir() / "state.ipynb"
    executed = engine.execute(notebook, {"activities": hostile}, timeout=300)
    page, _ = exporters.BriefHTMLExporter().from_notebook_node(executed)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; #read(" in page
    assert "**bold** [link](x) $1" in page
    source, _ = exporters.BriefPDFExporter().to_typst(executed)
    assert r"<script>alert(1)</script> #read(\"key.txt\") **bold** [link](x) $1" in source.replace(
        "\\u{200b}", ""
    )
    pdf, _ = exporters.BriefPDFExporter().from_notebook_node(executed)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) >= 2


@pytest.mark.slow
@pytest.mark.parametrize("name", ["national", "state", "mission"])
def test_a_notebook_runs_from_top_to_bottom_as_it_is_and_writes_no_warning(name):
    notebook = nbformat.read(paths.notebooks_dir() / f"{name}.ipynb", as_version=4)
    NotebookClient(
        notebook, timeout=300, resources={"metadata": {"path": str(paths.notebooks_dir())}}
    ).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert [output.text for output in outputs if output.output_type == "stream"] == []
    assert len(notebook.cells) == len(cells(name))
    assert all("text/html" in output.data for output in outputs)
