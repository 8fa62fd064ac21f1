"""The templates: small, inheriting, and without knowledge of the data."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import typst

from helpers.display import fitting, style
from helpers.press import markdown
from helpers.press.page import TEMPLATES

PAGES = sorted(TEMPLATES.glob("brief*/index.*.j2"))


@pytest.mark.parametrize("template", PAGES, ids=lambda path: path.parent.name)
def test_a_template_overrides_blocks_of_the_base_and_stays_small(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 100
    assert "{%- extends 'base/display_priority.j2' -%}" in text
    assert json.loads((template.parent / "conf.json").read_text()) == {"base_template": "base"}


def test_styles_ask_for_nothing_from_elsewhere() -> None:
    css = (TEMPLATES / "brief" / "static" / "brief.css").read_text(encoding="utf-8")
    assert not re.search(r"@import|url\(|https?:", css)
    assert "@media print" in css


@pytest.mark.parametrize(
    ("source", "html", "typst"),
    [
        pytest.param("a **b**", "<p>a <strong>b</strong></p>", '#par[#"a ";#strong[#"b";];]', id="strong"),
        pytest.param("# A", "<h2>A</h2>", '#heading(level: 2)[#"A";]', id="heading below the page's own"),
        pytest.param("日本\n語", "<p>日本語</p>", '#par[#"日本";#"語";]', id="line end in Japanese"),
        pytest.param("a\nb", "<p>a b</p>", '#par[#"a";#" ";#"b";]', id="line end in English"),
        pytest.param("[x](javascript:y)", "<p>x</p>", '#par[#"x";]', id="address that is no link"),
        pytest.param("1. a", "<ol><li>a</li></ol>", '#enum([#"a";])', id="list"),
        pytest.param("<b>", "<p>&lt;b&gt;</p>", '#par[#"<b>";]', id="raw html"),
        pytest.param(
            "<div>x</div>\n",
            "<p>&lt;div&gt;x&lt;/div&gt;</p>",
            '#par[#"<div>x</div>";]',
            id="raw block of html",
        ),
        pytest.param("### A", "<h3>A</h3>", '#heading(level: 3)[#"A";]', id="heading of a lower level"),
        pytest.param("*a*", "<p><em>a</em></p>", '#par[#emph[#"a";];]', id="emphasis"),
        pytest.param("~~a~~", "<p><del>a</del></p>", '#par[#strike[#"a";];]', id="strikethrough"),
        pytest.param('`a"b`', "<p><code>a&quot;b</code></p>", '#par[#raw("a\\"b");]', id="code in a line"),
        pytest.param("```\na\n```", '<pre tabindex="0">a\n</pre>', '#page-verbatim("a")', id="lines of code"),
        pytest.param(
            "a  \nb", "<p>a<br>b</p>", '#par[#"a";#linebreak();#"b";]', id="line end that is asked for"
        ),
        pytest.param("語\nb", "<p>語 b</p>", '#par[#"語";#" ";#"b";]', id="line end behind Japanese"),
        pytest.param(
            "a語\n語", "<p>a語語</p>", '#par[#"a語";#"語";]', id="line end behind the last Japanese letter"
        ),
        pytest.param(
            "語**a**語\n語",
            "<p>語<strong>a</strong>語語</p>",
            '#par[#"語";#strong[#"a";];#"語";#"語";]',
            id="line end far behind other letters",
        ),
        pytest.param("a\nb\nc", "<p>a b c</p>", '#par[#"a";#" ";#"b";#" ";#"c";]', id="two line ends"),
        pytest.param("a\n語", "<p>a 語</p>", '#par[#"a";#" ";#"語";]', id="line end before Japanese"),
        pytest.param(
            "語**語**\n**語**a",
            "<p>語<strong>語</strong><strong>語</strong>a</p>",
            '#par[#"語";#strong[#"語";];#strong[#"語";];#"a";]',
            id="line end between marks in Japanese",
        ),
        pytest.param(
            "a\n\n---\n\nb", "<p>a</p>\n<p>b</p>", '#par[#"a";]\n#par[#"b";]', id="rule between paragraphs"
        ),
        pytest.param(
            "> a", "<blockquote><p>a</p></blockquote>", '#quote(block: true)[#par[#"a";]]', id="quotation"
        ),
        pytest.param(
            "- a\n- b", "<ul><li>a</li><li>b</li></ul>", '#list([#"a";], [#"b";])', id="list without numbers"
        ),
        pytest.param(
            "|a|b|\n|-|-|\n|1|2|\n|3|4|",
            '<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>'
            "<tbody><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></tbody></table>",
            '#page-table(2, ([#"a";], [#"b";],), ([#"1";], [#"2";], [#"3";], [#"4";],))',
            id="table",
        ),
        pytest.param(
            "|a|\n|-|\n",
            '<table><thead><tr><th scope="col">a</th></tr></thead><tbody></tbody></table>',
            '#page-table(1, ([#"a";],), ())',
            id="table without rows",
        ),
        pytest.param(
            '[x](https://a.jp/?b=1&c="2")',
            '<p><a href="https://a.jp/?b=1&amp;c=%222%22">x</a></p>',
            '#par[#link("https://a.jp/?b=1&c=%222%22")[#"x";];]',
            id="address of a page",
        ),
        pytest.param(
            "[x](http://a.jp)",
            '<p><a href="http://a.jp">x</a></p>',
            '#par[#link("http://a.jp")[#"x";];]',
            id="address of an old page",
        ),
        pytest.param(
            "[x](mailto:a@b.jp)",
            '<p><a href="mailto:a@b.jp">x</a></p>',
            '#par[#link("mailto:a@b.jp")[#"x";];]',
            id="address of a person",
        ),
        pytest.param(
            "[x](other.html)",
            '<p><a href="other.html">x</a></p>',
            '#par[#"x";]',
            id="page beside, not on paper",
        ),
        pytest.param("![a chart](x.png)", "<p>a chart</p>", '#par[#"a chart";]', id="picture is its words"),
    ],
)
def test_markdown_has_two_faces_from_one_parse(source: str, html: str, typst: str) -> None:
    assert markdown.to_html(source, top=2) == html
    assert markdown.to_typst(source, top=2) == typst


def test_headings_keep_their_level_where_the_page_has_no_title_of_its_own() -> None:
    assert markdown.to_html("# A") == "<h1>A</h1>"
    assert markdown.to_typst("# A") == '#heading(level: 1)[#"A";]'
    assert markdown.headings("# A\n\ntext\n\n### B") == [1, 3]


def test_a_string_of_the_compiler_holds_any_text() -> None:
    assert markdown.string('a "b" \\ c') == '"a \\"b\\" \\\\ c"'
    assert markdown.string("a\r\nb\rc\nd\te") == '"a\\nb\\nc\\nd\te"'
    assert markdown.string("\x00\x08\x0b\x1f\x7f ~") == '"' + 5 * "\ufffd" + ' ~"'
    assert markdown.string(5) == '"5"'


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_the_page_has_the_room_and_the_type_that_tables_are_fitted_to(paper: str) -> None:
    look = (TEMPLATES / "brief-pdf" / "page.typ").read_text(encoding="utf-8")
    asked = (
        f'#let page-lang = "en"\n#let page-paper = "{paper}"\n{look}\n#show: page-set\n'
        "#layout(room => [#metadata((room.width / 1mm, 0.9em.to-absolute() / 1pt)) <found>])"
    )
    ((room, size),) = json.loads(typst.query(asked.encode(), "<found>", field="value"))
    assert room == pytest.approx(style.WIDTHS["full"], abs=0.001)
    assert size == pytest.approx(fitting.TYPE)
