"""A register of the reader's own: from a workbook, empty, or with titles that try to be code; notebooks in a kernel."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import nbformat
import openpyxl
import pikepdf
import pytest
from nbclient import NotebookClient
from running import cells

from helpers import paths
from helpers.analysis import derive
from helpers.analysis.lookup import Lookup
from helpers.data import catalog, register
from helpers.press import engine, exporters

HEAD = "event_id,date_start,fiscal_year,mission,state,city,title,title_ja,theme,format,certainty,source_url,headcount"
WORKBOOK = [
    ["令和3年度 案件一覧（架空）"],
    ["案件名", "実施日", "年度", "公館", "州", "都市", "参加者数（人）", "形式", "担当電話"],
    [
        "架空の日本週間",
        "令和3年4月1日～3日",
        "",
        "ナッシュビル",
        "テネシー州",
        "ナッシュビル",
        "１，２００人",
        "対面",
        "000-1",
    ],
    ["架空の講演", "2021年6月", "令和3年度", "ナッシュビル", "TN", "", "1万2,000", "オンライン", "000-2"],
    ["架空の年度のみ", "", "R3", "在ナッシュビル総領事館", "Tennessee", "", 30, "", "000-3"],
    ["架空の公館のみ", dt.datetime(2022, 5, 1), "", "アトランタ", "", "", "", "", "000-4"],
    ["架空の二州", dt.date(2023, 5, 1), "", "", "DC、VA", "", "", "ハイブリッド", "000-5"],
]
"""Synthetic events: none of them took place."""

HOSTILE = '<script>alert(1)</script> #read("key.txt") **bold** [link](x) $1'
FIELDS = "{title},2021-11-02,2021,nashville,TN,{title},{title},{title},other,in_person,high,{title},5"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    book = openpyxl.Workbook()
    for row in WORKBOOK:
        book.active.append(row)
    path = tmp_path_factory.mktemp("desk") / "台帳.xlsx"
    book.save(path)
    return str(path)


def again(page, path) -> list[str]:
    """Return the ids of numbers on a page that its traces do not give from the tables and the user's register."""

    tables = Lookup(lambda name: register.read(path) if name == register.TABLE else catalog.whole(name))
    wrong = []
    for value in page.values.values():
        if value.id.startswith(("events.", "register.", "counted.", "beside.")):
            got = derive.recompute(value.trace.to_json(), tables)
            if got != value.value:
                wrong.append(value.id)
    return wrong


@pytest.mark.slow
def test_the_page_of_a_state_shows_a_workbook_of_the_users_own(run, workbook):
    """By hand from ``WORKBOOK``: three events of Tennessee in FY2021, one of them only online."""
    pages = {lang: run("state", activities=workbook, lang=lang) for lang in ("en", "ja")}
    for page in pages.values():
        assert page.values["events.listed"].value == 3
        assert (page.values["events.total"].value, page.values["events.in_year"].value) == (2, 2)
        heads = {id: v.value for id, v in page.values.items() if id.startswith("events.headcount")}
        assert sorted(heads.values()) == [30, 1200, 12_000]
        assert again(page, workbook) == []
        assert "架空の日本週間" in page.text
        assert "架空の公館のみ" not in page.text  # of no state
        assert "000-1" not in page.html
        assert str(Path(workbook).parent) not in page.html
    own = "The register is the user’s own, a sample of 5 events (FY2021–FY2023): in the years of the 1,027 projects"
    assert own in pages["en"].text
    assert "found on the web" not in pages["en"].text
    assert "登録簿は利用者のもので、行事5件（令和3～5年度）の標本である" in pages["ja"].text
    assert "ウェブ上で確認" not in pages["ja"].text


@pytest.mark.slow
def test_the_page_of_activity_says_whose_register_it_is_and_how_it_is_counted(run, workbook):
    """By hand: DC and VA count each; no state for the mission-only row and the online one."""
    page = run("activity_presence", activities=workbook)
    assert page.values["register.rows"].value == 5
    assert page.values["counted.state.placed"].value == 3
    assert again(page, workbook) == []
    assert "A sample of 5 events: of FY2017 to FY2021 the user’s register holds" in page.text
    assert "An event in several states counts in full in each of them and once in each district." in page.text


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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "register holds no event in Tennessee"), ("ja", "登録簿にテネシー州での行事はない")],
)
def test_a_state_with_an_online_event_only_lists_it_and_counts_none(run, tmp_path, lang, words):
    """A synthetic register of one event, held on line."""
    path = tmp_path / "online.csv"
    line = FIELDS.format(title="Synthetic webinar").replace("in_person", "online")
    assert "online" in line
    path.write_text(f"{HEAD}\n{line}\n", encoding="utf-8")
    page = run("state", activities=str(path), lang=lang)
    assert page.values["events.total"].value == 0
    assert page.values["events.listed"].value == 1
    assert words in page.text
    assert "Synthetic webinar" in page.text
    assert again(page, str(path)) == []
