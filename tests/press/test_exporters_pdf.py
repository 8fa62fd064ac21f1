"""The PDF exporter: tagged, titled, in its language, the same bytes twice, and clear about what it cannot set."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

import nbformat
import pikepdf
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.display import blocks, markup
from helpers.display.markup import escape
from helpers.errors import RenderError
from helpers.press import fonts, typesetting
from helpers.press.exporters import BriefPDFExporter

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path style="fill: #bc002d" d="M0 0h9v9z"/></svg>'
EVIL = '<script>alert(1)</script> #read("key.txt") *b* _i_ $m$ @r \\ // x'


def shown(block: blocks.Block) -> nbformat.NotebookNode:
    output = new_output("execute_result", data=block._repr_mimebundle_(), execution_count=1)
    return new_code_cell("show(it)", outputs=[output], execution_count=1)


def brief(lang: str = "en", *more: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a brief with one block of each kind."""
    title = "Tennessee and Japan" if lang == "en" else "テネシー州と日本"
    name = "North Carolina" if lang == "en" else "ノースカロライナ州"
    column = [blocks.Column("s", "State"), blocks.Column("v", "Share", "decimal")]
    rows = [{"s": name, "v": "6.0%"}, {"s": escape(EVIL), "v": "(D)"}]
    figure = blocks.Figure(lang, SVG, "One bar", "2019", "A bar of 47,500 jobs", "BEA")
    return new_notebook(
        cells=[
            shown(blocks.Headline(lang, title, "**47,500** jobs", "Japan in Tennessee")),
            shown(blocks.KPIRow(lang, [blocks.KPI("Jobs", "47,500", "2019", "1st", "note")] * 5)),
            new_markdown_cell("## What was done?\n\n- a *b*\n- `c`\n\n| x | y |\n|---|---|\n| 1 | 2 |"),
            shown(blocks.Row(lang, (figure, figure))),
            shown(blocks.Table(lang, "t", "Shares", column, rows, (0,), ("(D): withheld",), caption="2019")),
            shown(blocks.Finding(lang, "A finding.")),
            shown(blocks.Findings(lang, ["a", "b"])),
            shown(blocks.Note(lang, "Missing.", "missing")),
            shown(blocks.Sources(lang, "", [blocks.SourceLine("BEA", "https://www.bea.gov/")])),
            shown(blocks.Cards(lang, [("Jobs", [("Unit", "persons"), ("", "free text")])])),
            *more,
        ]
    )


def made(notebook: nbformat.NotebookNode, **known: object) -> bytes:
    resources = {"metadata": {"name": "tennessee"}, "brief": known}
    pdf, extra = BriefPDFExporter().from_notebook_node(notebook, resources)
    assert extra["output_extension"] == ".pdf"
    return pdf


_OPEN: list[pikepdf.Pdf] = []


def opened(pdf: bytes) -> pikepdf.Pdf:
    """Return the opened file, kept alive: its objects die with it."""
    _OPEN.append(pikepdf.open(io.BytesIO(pdf)))
    return _OPEN[-1]


def tags(node: Any) -> Iterator[Any]:
    """Yield every element of the structure tree, in reading order."""
    if isinstance(node, pikepdf.Array):
        for child in node:  # type: ignore[attr-defined]
            yield from tags(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from tags(node.K)


@pytest.mark.parametrize(
    ("lang", "title", "code"), [("en", "Tennessee and Japan", "en-US"), ("ja", "テネシー州と日本", "ja-JP")]
)
def test_the_pdf_is_tagged_titled_and_in_its_language(lang: str, title: str, code: str) -> None:
    pdf = opened(made(brief(lang)))
    assert pdf.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in pdf.Root
    assert str(pdf.Root.Lang) == code
    assert str(pdf.docinfo.Title) == title
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == title


@pytest.mark.parametrize(
    ("lang", "text", "marked"),
    [
        ("ja", "米国商務省：U.S. Trade in Goods by Country", [b"en-US"]),
        ("ja", "米国商務省：USA Trade", []),  # two words, as names of companies have
        ("en", "米国商務省：U.S. Trade in Goods by Country", []),
    ],
)
def test_an_english_title_among_the_sources_of_a_japanese_page_is_marked_as_english(
    lang: str, text: str, marked: list[bytes]
) -> None:
    sources = blocks.Sources(lang, "", [blocks.SourceLine(text, "https://www.bea.gov/")])
    cells = [shown(blocks.Headline(lang, "t", "s", "r")), shown(sources)]
    page = opened(made(new_notebook(cells=cells))).pages[0]
    assert re.findall(rb"/Lang\(([^)]*)\)", page.Contents.read_bytes()) == marked


def test_structure_names_headings_tables_and_pictures() -> None:
    found = list(tags(opened(made(brief())).Root.StructTreeRoot.K))
    kinds = [str(tag.S) for tag in found]
    assert [kind for kind in kinds if kind in ("/H1", "/H2", "/H3")] == ["/H1", "/H2", "/H3"]
    assert kinds.count("/Table") == 2
    assert kinds.count("/TH") == 4
    assert [str(tag.Alt) for tag in found if str(tag.S) == "/Figure"] == ["A bar of 47,500 jobs"] * 2
    assert "/Link" in kinds


def test_bookmarks_hold_the_questions() -> None:
    with opened(made(brief())).open_outline() as outline:
        assert [item.title for item in outline.root] == ["Tennessee and Japan"]
        assert [item.title for item in outline.root[0].children] == ["What was done?"]


@pytest.mark.parametrize(("paper", "width", "height"), [("a4", 595.28, 841.89), ("letter", 612, 792)])
def test_paper_is_a4_or_letter(paper: str, width: float, height: float) -> None:
    box = opened(made(brief(), paper=paper)).pages[0].mediabox
    assert [float(edge) for edge in box][2:] == pytest.approx([width, height], abs=0.01)


def test_other_paper_is_refused() -> None:
    with pytest.raises(RenderError, match=r"paper: expected 'a4' or 'letter', got 'a5'"):
        made(brief(), paper="a5")


def test_the_same_brief_is_the_same_bytes() -> None:
    pdf = made(brief("ja"))
    assert pdf == made(brief("ja"))
    assert str(opened(pdf).docinfo.CreationDate) == "D:20000101000000Z"


def test_a_long_table_runs_over_pages_and_repeats_its_head() -> None:
    rows = [{"s": f"row {n}"} for n in range(140)]
    table = blocks.Table("en", "long", "Long", [blocks.Column("s", "State")], rows)
    pdf = opened(made(new_notebook(cells=[shown(blocks.Headline("en", "t", "s", "r")), shown(table)])))
    heads = [tag for tag in tags(pdf.Root.StructTreeRoot.K) if str(tag.S) == "/TH"]
    assert len(pdf.pages) == 3
    assert len(heads) == 1


def test_text_from_data_is_set_not_run() -> None:
    source, _ = BriefPDFExporter().to_typst(brief())
    assert '"<script>alert(1)</script> #read(\\"key.txt\\") *b* _i_ $m$ @r \\\\ // x"' in source
    assert '#read("key.txt")' not in source
    assert made(brief()).startswith(b"%PDF")


def test_a_markdown_cell_cannot_run_typst_either() -> None:
    hostile = new_markdown_cell('#read("key.txt") \\ $x$ <script> #{1} ]')
    source, _ = BriefPDFExporter().to_typst(brief("en", hostile))
    assert '#read(\\"key.txt\\")' in source
    code = [line for line in source.splitlines() if not line.startswith("// @cell ")]
    assert not any('#read("key.txt")' in line for line in code)
    made(brief("en", hostile))


def test_a_character_no_font_has_is_printed_by_number_and_reported(caplog: pytest.LogCaptureFixture) -> None:
    exporter = BriefPDFExporter()
    exporter.log = logging.getLogger("test.press")
    with caplog.at_level(logging.WARNING, "test.press"):
        source, _ = exporter.to_typst(brief("en", shown(blocks.Finding("en", "smile \U0001f600"))))
    assert "smile [U+1F600]" in source
    assert "no font has U+1F600 (cell 11 (show(it))); printed by number" in caplog.text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        pytest.param("辻\U000e0100さん", "辻さん", id="form of a kanji"),
        pytest.param("e\u0301", "é", id="combining accent"),
        pytest.param("か\u3099", "が", id="decomposed kana"),
        pytest.param("10\u2009000", "10 000", id="narrow spaces"),
        pytest.param("髙島屋 Ōsaka — “x” · ・", "髙島屋 Ōsaka — “x” · ・", id="covered"),
        pytest.param("领", "[U+9886]", id="no glyph"),
    ],
)
def test_letters_print_as_near_as_the_fonts_allow(text: str, printed: str) -> None:
    assert fonts.printable(text)[0] == printed


def lines_of_three(text: str, type_face: str) -> int:
    """Return on how many lines a text stands that is said three times where it has room not quite twice.

    On three where it stays together, on two where it is taken apart.
    """
    call = f"{type_face}[{markup.to_typst(text * 3)}]"
    probe = f"""#context {{
      let high(room) = measure(block(width: room * measure({type_face}[{markup.to_typst(text)}]).width, {call})).height
      panic("lines:", 1 + calc.round(2 * (high(1.9) - high(9)) / (high(1.01) - high(9))))
    }}"""
    source, _ = BriefPDFExporter().to_typst(brief("ja"), {"metadata": {"name": "tennessee"}})
    with pytest.raises(RenderError, match=r"lines:, [123]\.0") as panicked:
        typesetting.compiled(f"{source}\n{probe}", "tennessee")
    return int(str(panicked.value).partition("lines:, ")[2][0])


@pytest.mark.parametrize("type_face", ["text", "page-bold", "brief-bold"])
def test_a_japanese_number_keeps_its_counter_in_every_type_face(type_face: str) -> None:
    kept = ("第2位", "第11～13位", "4万7,500人", "16億ドル", "92か国", "令和3年度", "16管轄地域")
    assert {text: lines_of_three(text, type_face) for text in kept} == dict.fromkeys(kept, 3)
    assert lines_of_three("雇用で", type_face) == 2


def pages_of(block: str, room: str) -> tuple[int, int]:
    """Return the pages of <left> and <right> in a block that stands at the foot of a page with so much room."""
    probe = f"""#pagebreak()
    #layout(area => v(area.height - {room}))
    {block}
    #context panic("pages:", locate(<left>).page(), locate(<right>).page())"""
    notebook = new_notebook(cells=[shown(blocks.Headline("en", "Row", "A row.", "Row"))])
    source, _ = BriefPDFExporter().to_typst(notebook, {"metadata": {"name": "tennessee"}})
    with pytest.raises(RenderError, match=r"pages:, \d+, \d+") as panicked:
        typesetting.compiled(f"{source}\n{probe}", "tennessee")
    left, right = str(panicked.value).partition("pages:, ")[2].partition(".")[0].split(", ")
    return int(left), int(right)


def test_both_sides_of_a_row_stay_on_one_page_unless_one_is_a_long_table() -> None:
    row = """#brief-row(breaks: {}, [#block(height: 30pt)#metadata(none)<left>],
      [#block(height: 30pt)#block(height: 30pt)#metadata(none)<right>])"""
    left, right = pages_of(row.format("false"), "50pt")
    assert left == right
    left, right = pages_of(row.format("true"), "50pt")
    assert left == right - 1


@pytest.mark.parametrize(("lines", "pages"), [(6, 1), (20, 2)])
def test_a_note_stays_on_one_page_unless_it_is_long(lines: int, pages: int) -> None:
    words = blocks.Note("en", "first " + "word " * 17 * lines + "last").typst()
    note = words.replace("first", '"; #metadata(none)<left> #"').replace(
        "last", '"; #metadata(none)<right> #"'
    )
    left, right = pages_of(note, "60pt")
    assert right - left == pages - 1


@pytest.mark.parametrize("kind", [blocks.Note, blocks.Finding])
@pytest.mark.parametrize(("leads", "pages"), [(True, 1), (False, 2)])
def test_what_leads_goes_with_its_heading_to_the_page_of_the_next_block(
    kind: type, leads: bool, pages: int
) -> None:
    words = kind("en", "None.", leads=leads).typst().replace("None.", '"; #metadata(none)<left> #"')
    heading = "#heading(level: 2)[What can be said?#metadata(none)<heading>]"
    table = "#block(height: 200pt, breakable: false)[#metadata(none)<right>]"
    left, right = pages_of(f"{heading}\n{words}\n{table}", "120pt")
    assert right - left == pages - 1
    above, _ = pages_of(
        f"{heading}\n{words}\n{table}".replace("<left>", "").replace("<heading>", "<left>"), "120pt"
    )
    assert above == left


@pytest.mark.parametrize(("kind", "pages"), [(blocks.Note, 1), (blocks.Editions, 2)])
def test_the_note_before_the_sources_takes_them_along_to_the_next_page(kind: type, pages: int) -> None:
    note = kind("en", "Figures.").typst().replace("Figures.", '"; #metadata(none)<right> #"')
    left, right = pages_of(f"#block(height: 60pt)[#metadata(none)<left>]\n{note}", "120pt")
    assert right - left == pages - 1


def test_no_glyph_of_the_missing_box_is_used() -> None:
    pdf = opened(made(brief("ja", shown(blocks.Finding("ja", "\U0001f600 领 \u0e01")))))
    for tag in tags(pdf.Root.StructTreeRoot.K):
        assert "\ufffd" not in str(tag.get("/ActualText", ""))
    for page in pdf.pages:
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in ("Tj", "TJ"):
                for text in operands[0] if str(operator) == "TJ" else operands:  # type: ignore[union-attr]
                    if isinstance(text, pikepdf.String):
                        codes = bytes(text)
                        assert all(codes[at : at + 2] != b"\x00\x00" for at in range(0, len(codes), 2))


def test_an_error_of_the_compiler_names_the_cell() -> None:
    broken = new_code_cell(
        "mine()", outputs=[new_output("display_data", data={"text/vnd.typst": "#nothing(1)"})]
    )
    with pytest.raises(
        RenderError, match=r"PDF of tennessee, cell 11 \(mine\(\)\): .* got unknown variable: nothing"
    ):
        made(brief("en", broken))


def test_an_error_inside_a_block_names_the_cell_that_shows_it() -> None:
    call = '#brief-figure(alt: "x", svg: "<svg")'
    broken = new_code_cell("mine()", outputs=[new_output("display_data", data={"text/vnd.typst": call})])
    with pytest.raises(RenderError, match=r"PDF of tennessee, cell 11 \(mine\(\)\)"):
        made(brief("en", broken))


def test_a_block_before_the_headline_says_what_to_do() -> None:
    with pytest.raises(RenderError, match="Show a Headline block before any other"):
        made(new_notebook(cells=[shown(blocks.Finding("en", "x"))]))


def test_what_has_no_face_of_ours_prints_as_plain_text() -> None:
    data = {"text/html": "<table></table>", "text/plain": '   a\n0  "1" #x'}
    frame = new_code_cell("frame", outputs=[new_output("execute_result", data=data, execution_count=1)])
    source, _ = BriefPDFExporter().to_typst(brief("en", frame))
    assert '#page-verbatim("   a\\n0  \\"1\\" #x")' in source
    made(brief("en", frame))
