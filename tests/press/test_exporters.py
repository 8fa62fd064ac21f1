"""The HTML exporter: one page, complete in itself, in one language, for every reader."""

from __future__ import annotations

import base64
import copy
import hashlib
import re
import subprocess
import sys
import warnings
from pathlib import Path

import nbformat
import pytest
from jupyter_server.nbconvert.handlers import _format_regex
from nbconvert.exporters import ExporterDisabledError, get_export_names, get_exporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import Config

from helpers.display import blocks
from helpers.errors import RenderError
from helpers.press import work
from helpers.press.exporters import BriefHTMLExporter, BriefPDFExporter
from helpers.press.page import JSON_FACE, light, outputs
from shared import tree

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path style="fill: #bc002d" d="M0 0h9v9z"/></svg>'
EVIL = '<script>alert(1)</script> #read("key.txt")'


def shown(block: blocks.Block, **metadata: object) -> nbformat.NotebookNode:
    """Return an executed cell that shows a block."""
    output = new_output("execute_result", data=block._repr_mimebundle_(), execution_count=1)
    return new_code_cell("show(it)", outputs=[output], execution_count=1, metadata=metadata)


def brief(lang: str = "en") -> nbformat.NotebookNode:
    """Return a small executed brief in one language, as papermill leaves it."""
    name = "Tennessee and Japan" if lang == "en" else "テネシー州と日本"
    value = blocks.Value("jobs", "Jobs", 47500, "jobs", "2019")
    column = blocks.Column("t", "Event")
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# For the analyst only", metadata={"tags": ["hide"]}),
            new_code_cell(
                'lang: str = "en"  # en or ja', metadata={"tags": ["parameters"]}, execution_count=1
            ),
            shown(blocks.Headline(lang, name, "**47,500** jobs & more", "Japan in Tennessee", [value])),
            shown(blocks.KPIRow(lang, [blocks.KPI("Jobs", "47,500", "2019", "1st", "", value)])),
            new_markdown_cell("## What was *done* here?", metadata={"tags": ["lang-en"]}),
            new_markdown_cell("## 何が行われたか", metadata={"tags": ["lang-ja"]}),
            shown(blocks.Figure(lang, SVG, "One bar", "2019", "A bar of 47,500 jobs", "BEA")),
            shown(blocks.Table(lang, "events", "Events", [column], [{"t": EVIL}, {"t": "b"}], (1,))),
            shown(blocks.Sources(lang, "", [blocks.SourceLine("BEA", "https://www.bea.gov/")])),
            shown(blocks.Cards(lang, [("Jobs", [("Unit", "persons")])])),
        ]
    )
    notebook.metadata["papermill"] = {"parameters": {"lang": lang, "state": "TN"}}
    return notebook


def page(notebook: nbformat.NotebookNode, **known: object) -> str:
    resources = {"metadata": {"name": "tennessee"}, "brief": known}
    return BriefHTMLExporter().from_notebook_node(notebook, resources)[0]


def test_the_page_is_valid_html_in_the_language_of_the_brief() -> None:
    for lang, title in (("en", "Tennessee and Japan"), ("ja", "テネシー州と日本")):
        root = tree(page(brief(lang)))
        assert root.get("lang") == lang
        assert root.findtext("head/title") == title


def test_the_page_has_its_landmarks_and_a_way_past_the_head() -> None:
    body = tree(page(brief(), home="../index.html")).find("body")
    assert body is not None
    assert [child.tag for child in body] == ["a", "header", "main", "footer"]
    assert body[0].get("href") == "#content"
    assert body[2].get("id") == "content"


def test_headings_go_down_one_level_at_a_time() -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", page(brief()))]
    assert levels == [1, 2, 3]


def test_every_drawing_is_named() -> None:
    root = tree(page(brief()))
    drawings = [element for element in root.iter() if str(element.tag).endswith("svg")]
    assert [drawing.get("aria-label") for drawing in drawings] == ["A bar of 47,500 jobs"]
    assert [drawing.get("role") for drawing in drawings] == ["img"]


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    html = page(brief(), home="../index.html", downloads=["tennessee.pdf"])
    root = tree(html)
    for element in root.iter():
        if element.tag != "a":
            for name in (
                "src",
                "href",
                "{http://www.w3.org/1999/xlink}href",
                "srcset",
                "data",
                "poster",
                "action",
            ):
                assert (element.get(name) or "#").startswith("#"), (element.tag, element.get(name))
        assert element.tag not in ("script", "link", "iframe", "object", "embed", "base")
    assert not re.search(r"@import|url\(\s*['\"]?(?!#|data:)", html)
    assert "default-src 'none'" in html


def scripted(kind: str, script: str) -> nbformat.NotebookNode:
    """Return a brief with one more block, of a kind, that ends with a script."""
    notebook = brief()
    face = {"kind": kind, "lang": "en", "values": []}
    data = {
        "text/html": f"<p>Moves</p><script>{script}</script>",
        "text/plain": "x",
        "application/vnd.brief+json": face,
    }
    cell = new_code_cell("show", execution_count=9, outputs=[new_output("display_data", data=data)] * 2)
    notebook.cells.append(cell)
    return notebook


def test_a_blocks_own_script_closes_the_page_once_and_the_policy_names_it_alone() -> None:
    html = page(scripted("weights", "let a = 1 < 2"))
    assert html.count("<script>let a = 1 < 2</script>\n</body>") == html.count("<script") == 1
    digest = base64.b64encode(hashlib.sha256(b"let a = 1 < 2").digest()).decode()
    assert f"default-src 'none'; script-src 'sha256-{digest}'; style-src" in html
    assert "script-src" not in page(brief())


def test_a_script_of_another_block_is_not_allowed_to_run() -> None:
    assert "script-src" not in page(scripted("note", "let a = 1"))


def test_text_from_data_stays_text() -> None:
    html = page(brief())
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; #read(&quot;key.txt&quot;)" in html


def test_only_the_cells_of_the_language_and_no_hidden_ones_are_shown() -> None:
    english, japanese = page(brief("en")), page(brief("ja"))
    assert "What was <em>done</em> here?" in english
    assert "何が行われたか" not in english
    assert "何が行われたか" in japanese
    assert "here?" not in japanese
    assert "For the analyst" not in english


def test_one_exporter_serves_both_languages_in_turn() -> None:
    exporter = BriefHTMLExporter()
    pages = [exporter.from_notebook_node(brief(lang), {})[0] for lang in ("en", "ja", "en")]
    assert pages[0] == pages[2]
    assert "何が行われたか" in pages[1]
    assert "何が行われたか" not in pages[2]


def test_code_is_never_shown() -> None:
    html = page(brief())
    assert "show(it)" not in html
    assert "en or ja" not in html


def test_the_head_links_home_twin_and_downloads() -> None:
    html = page(
        brief(), home="../../index.html", twin="../../ja/state/tennessee.html", downloads=["tennessee.pdf"]
    )
    assert '<a href="../../index.html">All briefs</a>' in html
    assert '<a href="../../ja/state/tennessee.html" lang="ja" hreflang="ja">日本語</a>' in html
    assert '<a href="tennessee.pdf" download>PDF</a>' in html


def test_the_foot_names_edition_and_parameters() -> None:
    foot = page(brief(), edition="latest", foot=["commit abc"]).split("<footer>")[1]
    assert "latest edition · data to 2019" in foot
    assert "commit abc" in foot
    assert "lang=en · state=TN" in foot


@pytest.mark.parametrize(
    ("note", "headline", "said"),
    [
        (
            "2021",
            True,
            "latest edition · data to 2021",
        ),  # the note names a later year than the headline's 2019
        ("2018", True, "latest edition · data to 2019"),
        ("", False, "latest edition"),  # no figure: the years of other numbers are not those of the data
    ],
)
def test_the_data_go_to_the_newest_year_of_the_headline_and_of_the_note_of_editions(
    note, headline, said
) -> None:
    notebook = brief()
    notebook.cells.append(shown(blocks.Editions("en", "Figures.", newest=note)))
    if not headline:
        notebook.cells[2] = shown(blocks.Headline("en", "Guam", "No figure.", "Guam"))
    foot = page(notebook, edition="latest").split("<footer>")[1]
    assert re.search(r"latest edition(?: · data to \d+)?", foot).group() == said


def test_language_falls_back_to_parameters_then_to_their_default() -> None:
    notebook = brief("ja")
    del notebook.cells[2]
    assert '<html lang="ja">' in page(notebook)
    notebook.metadata.pop("papermill")
    assert '<html lang="en">' in page(notebook)
    notebook.cells[1].source = 'lang: str = "ja"'
    assert '<html lang="ja">' in page(notebook)


def test_an_unknown_language_is_refused() -> None:
    notebook = brief()
    del notebook.cells[2]
    notebook.metadata["papermill"]["parameters"]["lang"] = "fr"
    with pytest.raises(
        RenderError, match=r"notebook tennessee, parameter lang: expected 'en' or 'ja', got 'fr'"
    ):
        page(notebook)


def test_a_notebook_that_failed_is_refused_with_its_cell() -> None:
    notebook = brief()
    error = new_output("error", ename="KeyError", evalue="'JPN'", traceback=[])
    notebook.cells.append(new_code_cell("\nleague.loc['JPN']", outputs=[error]))
    with pytest.raises(RenderError, match=r"cell 11 \(league\.loc\['JPN'\]\).*got KeyError: 'JPN'"):
        page(notebook)


def test_a_notebook_that_was_not_run_is_refused() -> None:
    notebook = brief()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    with pytest.raises(
        RenderError, match=r"expected an executed notebook with outputs, got none in its 7 code cells"
    ):
        page(notebook)


def test_a_page_of_prose_whose_code_prints_nothing_was_run_all_the_same() -> None:
    parameters = new_code_cell('lang: str = "en"', metadata={"tags": ["parameters"]}, execution_count=1)
    assert "Only words." in page(new_notebook(cells=[parameters, new_markdown_cell("Only words.")]))


@pytest.mark.parametrize("make", [BriefHTMLExporter, BriefPDFExporter], ids=["html", "pdf"])
def test_a_picture_in_a_text_cell_is_refused_and_not_left_out_in_silence(make) -> None:
    notebook = brief()
    notebook.cells += [
        new_markdown_cell("![A map](attachment:map.png)"),
        new_markdown_cell("- [![Logo](logo.png)](https://www.bea.gov/)"),
        new_markdown_cell("![図](ja.png)", metadata={"tags": ["lang-ja"]}),
    ]
    message = r"expected text cells without pictures, got 'cell 11 .*: attachment:map\.png', 'cell 12 .*: logo\.png'"
    with pytest.raises(RenderError, match=message):
        make().from_notebook_node(notebook, {"metadata": {"name": "tennessee"}})


def test_a_picture_without_alt_text_is_refused() -> None:
    notebook = brief()
    data = {"image/png": "iVBORw0KGgo=", "text/plain": "<Figure>"}
    notebook.cells.append(new_code_cell("ax.plot()", outputs=[new_output("display_data", data=data)]))
    with pytest.raises(
        RenderError, match=r"alt text for every picture, got none in 'cell 11 \(ax\.plot\(\)\)'"
    ):
        page(notebook)


def test_a_heading_that_skips_a_level_is_refused() -> None:
    notebook = brief()
    notebook.cells.insert(3, new_markdown_cell("### Too deep"))
    with pytest.raises(RenderError, match=r"cell 4 \(### Too deep\): level 3 after 1"):
        page(notebook)


def test_a_page_without_a_headline_still_has_one_title() -> None:
    notebook = brief()
    del notebook.cells[2]
    assert "<h1>tennessee</h1>" in page(notebook)
    notebook.cells.insert(2, new_markdown_cell("# My own"))
    assert re.findall("<h1>(.*?)</h1>", page(notebook)) == ["My own"]


def test_cards_without_a_heading_above_them_are_refused() -> None:
    notebook = brief()
    del notebook.cells[4:6]
    with pytest.raises(RenderError, match=r"level 3 after 1"):
        page(notebook)


def test_warnings_of_the_kernel_stay_off_the_page() -> None:
    notebook = brief()
    streams = [
        new_output("stream", name="stderr", text="FutureWarning"),
        new_output("stream", name="stdout", text="\x1b[1m<b>"),
    ]
    notebook.cells.append(new_code_cell("noisy()", outputs=streams))
    html = page(notebook)
    assert "FutureWarning" not in html
    assert "&lt;b&gt;</pre>" in html


def test_raw_html_in_a_markdown_cell_is_text() -> None:
    notebook = brief()
    notebook.cells.append(
        new_markdown_cell('<img src="https://example.org/x.png"> [ok](https://www.bea.gov)')
    )
    html = page(notebook)
    assert "<img" not in html
    assert '<a href="https://www.bea.gov">ok</a>' in html


def test_a_server_offers_the_names_that_its_menu_can_ask_for() -> None:
    r"""JupyterLab's menu asks the server for /nbconvert/NAME/..., whose NAME is `\w+`: a hyphen is not found there.

    This process has loaded the server's own module of that, as a server has.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        names = {name for name in get_export_names() if name.startswith("brief")}
        assert names == {"brief_html", "brief_pdf"}
        assert all(re.fullmatch(_format_regex, name) for name in names)
        with pytest.raises(ExporterDisabledError, match="brief-html"):
            get_exporter("brief-html")
        assert get_exporter("brief_html").export_from_notebook == "Brief (HTML)"
        assert get_exporter("brief_pdf").export_from_notebook == "Brief (PDF)"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["brief-html", "brief-pdf", "brief_pdf"])
def test_nbconvert_alone_makes_the_brief(name: str, tmp_path: Path) -> None:
    kind = name[6:]
    nbformat.write(brief("ja"), tmp_path / "executed.ipynb")
    command = [sys.executable, "-m", "nbconvert", "--to", name, "executed.ipynb"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    made = (tmp_path / f"executed.{kind}").read_bytes()
    assert made.startswith(b"%PDF" if kind == "pdf" else b"<!DOCTYPE html>")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["brief-html", "brief-pdf"])
def test_nbconvert_says_what_is_wrong_in_one_line(name: str, tmp_path: Path) -> None:
    notebook = new_notebook(cells=[new_markdown_cell("# Not run"), new_code_cell("print(6 * 7)")])
    nbformat.write(notebook, tmp_path / "mine.ipynb")
    command = [sys.executable, "-m", "nbconvert", "--to", name, "mine.ipynb"]
    said = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert said.returncode == 1
    assert "Traceback" not in said.stderr
    last = said.stderr.splitlines()[-1]
    assert "notebook mine: expected an executed notebook with outputs, got none in its 1 code cell" in last
    assert [path.name for path in tmp_path.iterdir()] == ["mine.ipynb"]


@pytest.mark.slow
def test_a_notebook_is_run_first_when_nbconvert_is_told_to() -> None:
    told = Config({"ExecutePreprocessor": {"enabled": True}})
    notebook = new_notebook(cells=[new_markdown_cell("# Made now"), new_code_cell("print(6 * 7)")])
    pages = BriefHTMLExporter(config=told), BriefPDFExporter(config=told)
    assert "42" in pages[0].from_notebook_node(notebook)[0]
    assert "42" in pages[1].to_typst(notebook)[0]
    assert notebook.cells[1].outputs == []


def test_a_saved_notebook_renders_to_the_same_page_as_the_one_that_was_never_saved():
    """nbformat writes keys in order: what the page says of the parameters must not follow the order in memory."""
    told = {"brief": {"parameters": {"state": "TN", "lang": "en", "fiscal_year": 2021}}}
    notebook = brief()
    notebook.metadata["papermill"] = {"parameters": {"state": "TN", "lang": "en", "fiscal_year": 2021}}
    saved = nbformat.reads(nbformat.writes(notebook), as_version=4)
    pages = [BriefHTMLExporter().from_notebook_node(node, resources=told)[0] for node in (notebook, saved)]
    assert pages[0] == pages[1]
    assert "fiscal_year=2021 · lang=en · state=TN" in pages[0]


def test_a_page_leaves_the_notebook_as_it_was() -> None:
    notebook = brief()
    before = nbformat.writes(notebook)
    page(notebook)
    assert nbformat.writes(notebook) == before


def test_a_copy_for_a_page_is_light_and_says_what_a_page_asks() -> None:
    faces = [
        output["data"][JSON_FACE]
        for _, output in outputs(light(brief()))
        if output["data"][JSON_FACE]["kind"] in ("headline", "table")
    ]
    assert faces == [
        {
            "kind": "headline",
            "lang": "en",
            "title": "Tennessee and Japan",
            "subtitle": faces[0]["subtitle"],
            "running": faces[0]["running"],
            "values": [{"period": "2019"}],
        },
        {"kind": "table", "lang": "en", "values": []},
    ]
    assert "47,500" in faces[0]["subtitle"]


def test_what_is_done_to_a_page_is_done_to_it_alone() -> None:
    notebook = brief()
    before = nbformat.writes(notebook)
    page, other = light(notebook), light(notebook)
    assert copy.deepcopy(page) is page  # nbconvert's copies cost nothing
    page.cells[0].metadata["tags"] = ["hide"]
    page.cells[-1].outputs[0]["data"]["text/plain"] = "changed"
    page.cells[-1].outputs.clear()
    page.cells.pop()
    assert other == light(notebook)
    assert nbformat.writes(notebook) == before


@pytest.mark.parametrize("exporter", [BriefHTMLExporter, BriefPDFExporter])
def test_exporting_leaves_the_notebook_as_it_was_and_gives_the_same_again(exporter: type) -> None:
    notebook = brief()
    before = nbformat.writes(notebook)
    first, _ = exporter().from_notebook_node(notebook)
    assert nbformat.writes(notebook) == before
    assert exporter().from_notebook_node(notebook)[0] == first


def test_an_executed_notebook_is_saved_a_cell_a_line_and_reads_back_the_same() -> None:
    notebook = brief("ja")
    saved = work.saved(notebook)
    assert saved.count(b"\n") == len(notebook.cells) + 3  # before them, after them, and at the end
    back = nbformat.reads(saved.decode(), as_version=4)
    nbformat.validate(back)
    assert back == notebook


def test_a_whole_number_of_any_size_is_saved_as_it_is() -> None:
    notebook = brief()
    notebook.metadata["huge"] = 2**70
    assert b'"huge":1180591620717411303424' in work.saved(notebook).replace(b" ", b"")
