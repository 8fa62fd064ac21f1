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
    ],
)
def test_markdown_has_two_faces_from_one_parse(source: str, html: str, typst: str) -> None:
    assert markdown.to_html(source, top=2) == html
    assert markdown.to_typst(source, top=2) == typst


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
