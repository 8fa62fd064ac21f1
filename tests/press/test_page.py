"""What an executed notebook says about its own page: title, language, edition, links, and what is refused."""

from __future__ import annotations

import base64
import hashlib

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.errors import RenderError
from helpers.press import page
from helpers.press.page import JSON_FACE, Page


def shown(
    html: str = "<p>x</p>", source: str = "show()", tags: tuple[str, ...] = (), **face: object
) -> NotebookNode:
    """Return an executed cell that shows a block, told of by its face; without one, by its HTML only."""
    data = {"text/html": html} | ({JSON_FACE: face} if face else {})
    output = new_output("display_data", data=data)
    return new_code_cell(source, outputs=[output], metadata={"tags": list(tags)})


def read(*cells: NotebookNode, name: str = "toy", parameters: dict | None = None, **brief: object) -> Page:
    notebook = new_notebook(cells=list(cells))
    if parameters:
        notebook.metadata["papermill"] = {"parameters": parameters}
    return page.read(notebook, name, brief)


HEADLINE = {"kind": "headline", "lang": "en", "title": "A title", "values": [{"period": "2019"}]}


def test_a_light_copy_keeps_what_a_page_asks_and_each_period_once():
    asked = {
        "kind": "figure",
        "lang": "ja",
        "title": "A title",
        "subtitle": "A sentence.",
        "running": "Short",
        "data_to": "2018",
    }
    values = [{"id": "a", "period": "2019"}, {"id": "b", "period": "2017"}, {"id": "c", "period": "2019"}]
    cells = [shown(**asked, values=values, notes=["x"]), shown("<p>y</p>"), shown(kind="table")]
    copied = page.light(new_notebook(cells=[*cells, new_markdown_cell("## a")]))
    assert [output["data"] for _, output in page.outputs(copied)] == [
        {"text/html": "<p>x</p>", JSON_FACE: asked | {"values": [{"period": "2019"}, {"period": "2017"}]}},
        {"text/html": "<p>y</p>"},
        {"text/html": "<p>x</p>", JSON_FACE: {"kind": "table", "values": []}},
    ]
    assert copied.cells[3].source == "## a"


def test_a_page_leaves_out_hidden_cells_and_the_other_language():
    assert page.dropped("en") == {"hide", "lang-ja"}
    assert page.dropped("ja") == {"hide", "lang-en"}


def test_code_that_ran_and_shows_nothing_has_run():
    page.check(new_notebook(cells=[new_code_cell("a = 1", execution_count=1)]), "toy")


def test_a_cell_is_named_by_its_number_and_its_first_words():
    sixty = "x" * 60
    sources = [" \n  a = 1  \nb", sixty, f"{sixty}y", " \n"]
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    assert [page.place(notebook, at) for at in range(4)] == [
        "cell 1 (a = 1)",
        f"cell 2 ({sixty})",
        f"cell 3 ({'x' * 57}...)",
        "cell 4",
    ]


def test_every_failed_cell_is_named_once_with_the_first_line_of_each_error():
    errors = [
        new_output("error", ename="ValueError", evalue="first\nsecond", traceback=[]),
        new_output("error", ename="KeyboardInterrupt", evalue="", traceback=[]),
    ]
    last = new_output("error", ename="KeyError", evalue="'x'", traceback=[])
    cells = [new_code_cell("a", outputs=errors), shown(), new_code_cell("c", outputs=[last])]
    with pytest.raises(
        RenderError,
        match=r"^toy, cell 1 \(a\), cell 3 \(c\): expected cells that ran, "
        r"got ValueError: first; KeyboardInterrupt; KeyError: 'x'\. Mend the cell",
    ):
        page.check(new_notebook(cells=cells), "toy")


def test_cells_without_code_are_not_counted_among_those_that_did_not_run():
    cells = [new_code_cell("a"), new_code_cell(" \n"), new_code_cell("c"), new_markdown_cell("# b")]
    with pytest.raises(RenderError, match=r"notebook toy: .* got none in its 2 code cells\. Run it first"):
        page.check(new_notebook(cells=cells), "toy")


@pytest.mark.parametrize(
    "data",
    [
        {"image/png": "x"},
        {"text/html": '<p><img src="x.png"></p>'},
        {"text/html": '<img alt="a"><img class="b">'},
        {"text/html": '<IMG SRC="x.png">'},
        {"text/html": '<img src="x.png" data-alt="A bar">'},
        {"text/plain": "x", "image/svg+xml": "<svg/>", JSON_FACE: {"kind": "x"}},
    ],
)
def test_a_picture_that_nobody_can_read_aloud_is_refused(data):
    output = new_output("display_data", data=data)
    cells = [shown(), new_code_cell("plot()", outputs=[output])]
    with pytest.raises(RenderError, match=r"got none in 'cell 2 \(plot\(\)\)'\. Show it through"):
        page.check(new_notebook(cells=cells), "toy")


@pytest.mark.parametrize(
    "data",
    [
        {"text/html": '<img src="x.png" alt="A bar">'},
        {"text/html": '<IMG ALT = "A bar" SRC="x.png">'},
        {"text/html": "<table></table>", "image/png": "x"},  # the page shows the HTML
        {"text/html": '<img src="x.png">', JSON_FACE: {"kind": "figure"}},  # a block answers for itself
        {"text/plain": "x"},
    ],
)
def test_what_can_be_read_aloud_passes(data):
    stream = new_output("stream", text="printed")
    cells = [new_code_cell("plot()", outputs=[new_output("display_data", data=data), stream])]
    page.check(new_notebook(cells=cells), "toy")


def test_the_headline_says_what_the_page_is_called():
    told = {"subtitle": "A sentence.", "running": "Short"}
    found = read(shown(**HEADLINE, **told))
    assert (found.title, found.subtitle, found.running) == ("A title", "A sentence.", "Short")
    assert (found.top, found.untitled, found.paper, found.lang) == (2, False, "a4", "en")
    bare = read(shown(**HEADLINE))
    assert (bare.subtitle, bare.running) == ("", "A title")


def test_without_a_headline_the_notebooks_own_name_and_heading_stand_in():
    found = read(shown(kind="table"), new_markdown_cell("## A question"))
    assert (found.title, found.running, found.top, found.untitled) == ("toy", "toy", 2, True)
    found = read(new_markdown_cell("## A question\n\n# Mine"))
    assert (found.top, found.untitled) == (1, False)
    other = [new_markdown_cell("# Fremd", metadata={"tags": [tag]}) for tag in ("hide", "lang-ja")]
    found = read(*other, new_code_cell("# not a heading"))
    assert (found.top, found.untitled) == (2, True)
    found = read(new_markdown_cell("# Mine"), shown(**HEADLINE))
    assert (found.top, found.untitled) == (2, False)


def test_the_language_is_the_headlines_then_the_parameters_then_the_presss_then_the_default():
    default = new_code_cell('state = "TN"\nlang: str = "ja"', metadata={"tags": ["parameters"]})
    assert read(shown(**HEADLINE), parameters={"lang": "ja"}).lang == "en"
    assert read(default, parameters={"lang": "en"}).lang == "en"
    assert read(default).lang == "ja"
    notebook = new_notebook(cells=[default])
    assert page.read(notebook, "toy", {"parameters": {"lang": "en"}}).lang == "en"
    assert read().lang == "en"


@pytest.mark.parametrize(
    ("parameters", "brief", "message"),
    [
        (
            {"lang": "fr"},
            {},
            r"^notebook toy, parameter lang: expected 'en' or 'ja', got 'fr'\. Correct it and",
        ),
        ({"lang": 7}, {}, r"^notebook toy, parameter lang: expected 'en' or 'ja', got '7'\. Correct it and"),
        (None, {"paper": "a5"}, r"^brief toy, paper: expected 'a4' or 'letter', got 'a5'\. Correct it in"),
    ],
)
def test_a_language_or_paper_that_no_page_has_is_refused(parameters, brief, message):
    with pytest.raises(RenderError, match=message):
        read(parameters=parameters, **brief)


@pytest.mark.parametrize(
    ("source", "tags", "lang"),
    [
        ('lang = "ja"', ["parameters"], "ja"),
        ('lang = "ja"', [], "en"),
        ('lang = "j" + "a"', ["parameters"], "en"),
        ("lang = ja ja", ["parameters"], "en"),
        ('language = "ja"', ["parameters"], "en"),
        ('import os\nos.lang = "ja"', ["parameters"], "en"),
    ],
)
def test_a_default_is_read_where_it_is_plainly_written(source, tags, lang):
    assert read(new_code_cell(source, metadata={"tags": tags})).lang == lang
    assert read(new_markdown_cell(source, metadata={"tags": tags})).lang == "en"


def test_parameters_are_printed_in_order_without_empty_ones():
    assert read(parameters={"state": "TN", "as_of": "", "lang": "en", "year": 0}).parameters == (
        "lang=en · state=TN · year=0"
    )


def test_keywords_and_the_foot_are_what_the_press_knows():
    found = read(slug="tennessee", edition="fy2021", foot=["a", 2], paper="letter")
    assert found.keywords == ("tennessee", "fy2021")
    assert (found.foot, found.paper) == (("a", "2"), "us-letter")
    assert (read(edition="fy2021").keywords, read().keywords, read().foot) == (("fy2021",), (), ())


@pytest.mark.parametrize(
    ("lang", "brief", "said"),
    [
        ("en", {}, ""),
        ("en", {"edition": "fy2021"}, "edition fy2021"),
        ("ja", {"edition": "fy2021"}, "fy2021版"),
        ("en", {"data_to": 2017}, "data to 2017"),
        (
            "en",
            {"own": ["a.csv", "b.csv"]},
            "with its user’s own file a.csv · with its user’s own file b.csv",
        ),
        (
            "ja",
            {"edition": "latest", "data_to": 2017, "own": ["a.csv"]},
            "最新版・2017年までの統計・利用者のファイル「a.csv」による",
        ),
    ],
)
def test_the_edition_is_told_with_its_year_and_the_users_files(lang, brief, said):
    assert read(parameters={"lang": lang}, **brief).edition == said


def test_the_newest_year_is_of_all_numbers_only_where_the_headline_and_the_note_have_none():
    other = shown(kind="table", values=[{"period": "2020-03"}, {"period": "1991 to 1996"}, {}])
    empty = shown(kind="headline", lang="en", title="A title", values=[])
    note = shown(kind="editions", data_to="2018")
    assert read(other).edition == "data to 2020"
    assert read(other, empty).edition == "data to 2020"
    assert read(other, shown(**HEADLINE)).edition == "data to 2019"
    assert read(other, empty, note).edition == "data to 2018"
    assert read(note, shown(**HEADLINE)).edition == "data to 2019"
    assert read(shown(), shown(kind="table", values=[{"period": 2021}])).edition == "data to 2021"
    assert read(other, shown(kind="editions", data_to=2018)).edition == "data to 2018"
    assert read(shown(kind="table", values=[{"period": "1821 or 2199"}])).edition == ""


@pytest.mark.parametrize("tag", ["hide", "hide-output", "lang-ja"])
def test_the_newest_year_is_not_of_numbers_that_the_page_leaves_out(tag):
    other, later = ({"kind": "table", "values": [{"period": year}]} for year in ("2019", "2022"))
    assert read(shown(**other), shown(**later)).edition == "data to 2022"
    assert read(shown(**other), shown(tags=(tag,), **later)).edition == "data to 2019"


def test_links_go_home_to_the_twin_and_to_what_can_be_loaded_down():
    found = read(
        parameters={"lang": "ja"},
        home="../index.html",
        twin="../en/a.html",
        downloads=["a.pdf", "LICENCE", {"href": "a.json", "text": "Values"}],
    )
    assert found.links == (
        {"href": "../index.html", "text": "ブリーフ一覧"},
        {"href": "../en/a.html", "text": "English", "lang": "en"},
        {"href": "a.pdf", "text": "PDF", "download": True},
        {"href": "LICENCE", "text": "LICENCE", "download": True},
        {"href": "a.json", "text": "Values", "download": True},
    )
    assert read(twin="../ja/a.html").links == ({"href": "../ja/a.html", "text": "日本語", "lang": "ja"},)
    assert read().links == ()


def test_style_sheets_of_headlines_leave_them_and_are_returned_once():
    styled = " <style>a{}\nb{}</style><h1>A</h1>"
    cells = [shown(styled, kind="headline"), shown(styled, kind="headline"), shown(styled, kind="table")]
    cells.append(shown("<h1>B</h1><style>c{}</style>", kind="headline"))
    notebook = new_notebook(cells=cells)
    assert page.without_style(notebook) == ("a{}\nb{}",)
    assert [output.data["text/html"] for _, output in page.outputs(notebook)] == [
        "<h1>A</h1>",
        "<h1>A</h1>",
        styled,
        "<h1>B</h1><style>c{}</style>",
    ]


def test_scripts_leave_the_blocks_that_bring_them_and_are_returned_once():
    scripted = "<p>A</p><script>a\nb</script> \n"
    cells = [shown(scripted, kind="weights"), shown(scripted, kind="weights"), shown(scripted, kind="table")]
    cells.append(shown("<script>c</script><p>C</p>", kind="weights"))
    notebook = new_notebook(cells=[*cells, shown(scripted)])
    assert page.without_script(notebook) == ("a\nb",)
    assert [output.data["text/html"] for _, output in page.outputs(notebook)] == [
        "<p>A</p>",
        "<p>A</p>",
        scripted,
        "<script>c</script><p>C</p>",
        scripted,
    ]


def test_the_policy_names_each_script_of_the_page():
    one, two = (base64.b64encode(hashlib.sha256(text).digest()).decode() for text in (b"one", b"two"))
    allowed = Page("en", "A title", scripts=("one", "two")).allowed
    assert allowed == f"script-src 'sha256-{one}' 'sha256-{two}'; "
    assert Page("en", "A title").allowed == ""


def check_headings(*cells: NotebookNode, top: int = 2) -> None:
    page.check_headings(new_notebook(cells=list(cells)), Page("en", "A title", top=top), "toy")


def test_headings_may_go_down_one_level_and_up_any_number():
    levels = ("## a\n\n### b\n\n#### c", "## d", "# e\n\n### f")
    check_headings(*(new_markdown_cell(text) for text in levels), shown(kind="cards"))
    check_headings(new_markdown_cell("# a\n\n## b"), shown(kind="cards"), top=1)
    check_headings(new_markdown_cell("## a"), new_code_cell("#### a remark"))


def test_cards_stand_below_a_heading_and_other_blocks_anywhere():
    check_headings(shown(kind="table"), new_markdown_cell("## a"), shown(kind="cards"))
    with pytest.raises(RenderError, match=r"got 'cell 1 \(show\(\)\): level 3 after 1'\. Use ## for"):
        check_headings(shown(kind="cards"), new_markdown_cell("## a"))


def test_every_heading_that_skips_a_level_is_named_where_it_stood():
    moved = new_markdown_cell("## a\n\n#### b", metadata={"brief_place": "cell 9 (b)"})
    with pytest.raises(
        RenderError,
        match=r"^notebook toy: expected headings that go down one level at a time, "
        r"got 'cell 9 \(b\): level 4 after 2', 'cell 2 \(## c\): level 4 after 2'\. Use ## for",
    ):
        check_headings(moved, new_markdown_cell("## c\n\n#### d"))
    with pytest.raises(RenderError, match=r"cell 1 \(### a\): level 3 after 0"):
        check_headings(new_markdown_cell("### a"), top=1)


def test_every_picture_in_prose_is_named_where_it_stood():
    moved = new_markdown_cell("![a](a.png)", metadata={"brief_place": "cell 9 (a)"})
    cells = [moved, new_code_cell("![c](c.png)"), new_markdown_cell("See ![b](b.png)")]
    with pytest.raises(
        RenderError,
        match=r"^notebook toy: expected text cells without pictures, "
        r"got 'cell 9 \(a\): a\.png', 'cell 3 \(See !\[b\]\(b\.png\)\): b\.png'\. Draw it in",
    ):
        page.check_pictures(new_notebook(cells=cells), "toy")
    page.check_pictures(new_notebook(cells=[new_markdown_cell("A [link](a.png)")]), "toy")
