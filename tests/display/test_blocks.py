"""Blocks: one value, four faces; each number shown is in the JSON face."""

from __future__ import annotations

import json

import html5lib
import numpy as np
import pytest

from helpers.display import blocks, vector
from helpers.display.blocks import (
    KPI,
    Cards,
    Figure,
    Finding,
    Findings,
    Headline,
    KPIRow,
    Note,
    Row,
    Sources,
    Stack,
)
from helpers.errors import RenderError

SVG = (
    '<?xml version="1.0"?><!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg" width="170mm" height="60mm" '
    'viewBox="0 0 482 170"><metadata>made by</metadata><defs><style>*{stroke-linejoin: round}</style>'
    '<path id="g1" d="M0 0h9"/></defs><g id="axes_1"><use href="#g1"/>'
    '<path clip-path="url(#c1)" d="M0 0L9 9"/></g><clipPath id="c1"><path d="M0 0h9v9z"/></clipPath></svg>'
)
EVIL = '<script>alert(1)</script>#read("key.txt")'
JOBS = blocks.Value("jobs.value", "Jobs", 47500, "jobs", "2019", rank=1, band=(1, 2), of=44)


def figure(**changes: object) -> Figure:
    given = {"lang": "en", "svg": SVG, "title": "t", "subtitle": "s", "alt": "two lines", "source": "BEA"}
    return Figure(**{**given, **changes})  # type: ignore[arg-type]


def every_block(text: str) -> list[blocks.Block]:
    """Return one block of each kind that shows `text` wherever it can."""
    return [
        Headline("en", text, text, text),
        KPIRow("en", [KPI(text, text, text, text, text)]),
        blocks.Table("en", "t", text, [blocks.Column("a", text)], [{"a": text}], (0,), (text,), caption=text),
        figure(title=text, subtitle=text, alt=text, source=text),
        Row("en", (Finding("en", text), Finding("en", text))),
        Finding("en", text),
        Findings("en", [text, text]),
        Note("en", text, "missing"),
        Sources("en", text, [blocks.SourceLine(text, "https://example.org/?a=1&b=2")]),
        Cards("en", [(text, [(text, text)])]),
    ]


@pytest.mark.parametrize("block", every_block(EVIL), ids=lambda block: block.kind)
def test_text_from_data_is_neither_html_nor_typst_code(block: blocks.Block) -> None:
    faces = block._repr_mimebundle_()
    assert "<script" not in faces["text/html"]
    assert "&lt;script&gt;alert(1)" in faces["text/html"]
    typst = faces["text/vnd.typst"].split("#brief-headline(", 1)[-1]
    assert '#read(\\"key.txt\\")' in typst
    assert '#read("key.txt")' not in typst


@pytest.mark.parametrize("block", every_block("Tennessee"), ids=lambda block: block.kind)
def test_every_block_has_four_faces_and_valid_html(block: blocks.Block) -> None:
    faces = block._repr_mimebundle_()
    assert set(faces) == {"text/plain", "text/html", "text/vnd.typst", "application/vnd.brief+json"}
    assert "Tennessee" in faces["text/plain"]
    parser = html5lib.HTMLParser(strict=True)
    body = faces["text/html"].split("</style>")[-1]
    parser.parse(f"<!DOCTYPE html><html lang='en'><head><title>t</title></head><body>{body}</body></html>")
    assert json.loads(json.dumps(faces["application/vnd.brief+json"], allow_nan=False))["lang"] == "en"


def test_value_has_exactly_the_keys_of_the_sidecar() -> None:
    assert JOBS.to_json() == {
        "id": "jobs.value",
        "label": "Jobs",
        "value": 47500,
        "unit": "jobs",
        "period": "2019",
        "rank": 1,
        "band": [1, 2],
        "of": 44,
        "trace": None,
    }


def test_value_turns_numpy_and_nan_into_plain_json() -> None:
    trace = {"table": "jobs_state", "key": {"year": np.int64(2019)}}
    value = blocks.Value("a", "a", np.float64("nan"), "", "2019", rank=np.int64(3), trace=trace)  # type: ignore[arg-type]
    assert value.to_json()["value"] is None
    assert value.to_json()["rank"] == 3
    assert json.dumps(value.to_json()["trace"]) == '{"table": "jobs_state", "key": {"year": 2019}}'


def test_infinite_value_is_refused() -> None:
    with pytest.raises(RenderError, match=r"value 'a': expected a finite number or None, got inf"):
        blocks.Value("a", "a", float("inf"), "", "2019").to_json()


def test_numbers_of_cards_and_rows_reach_the_json_face() -> None:
    row = KPIRow("en", [KPI("Jobs", "47,500", "2019", value=JOBS), KPI("Note", "–")])
    both = Row("en", (figure(values=[JOBS]), Finding("en", "x", [JOBS])))
    assert [value["id"] for value in row.json()["values"]] == ["jobs.value"]
    assert [value["id"] for value in both.json()["values"]] == ["jobs.value", "jobs.value"]


def test_headline_carries_style_title_and_running_head() -> None:
    headline = Headline("en", "Tennessee and Japan", "**47,500** jobs", "Japan in Tennessee")
    assert headline.json()["title"] == "Tennessee and Japan"
    assert headline.json()["subtitle"] == "47,500 jobs"
    assert headline.json()["running"] == "Japan in Tennessee"
    assert headline.html().startswith("<style>")
    assert "#let brief-kpis(" in headline.typst()


def test_style_touches_only_what_belongs_to_a_brief() -> None:
    css = Headline("en", "t", "s", "r").html().split("</style>")[0]
    rules = [line for line in css.splitlines() if "{" in line and not line.lstrip().startswith("@")]
    heads = [line.split("{")[0].strip() for line in rules]
    assert all("brief" in head for head in heads if head), [head for head in heads if "brief" not in head]


def test_figure_without_alt_text_is_refused() -> None:
    with pytest.raises(RenderError, match=r"figure 't': expected an alt text, got none"):
        figure(alt="  ")


def test_figure_that_is_no_drawing_is_refused() -> None:
    with pytest.raises(RenderError, match="one <svg> element with a viewBox"):
        figure(svg="<p>no</p>")


def test_drawing_that_loads_from_outside_is_refused() -> None:
    with pytest.raises(RenderError, match=r"got 'https://example\.org/a\.png'"):
        figure(svg=SVG.replace("<g id", '<image href="https://example.org/a.png"/><g id'))


def test_figure_is_named_for_who_cannot_see_it_and_scales() -> None:
    html = figure(alt='5% "up"').html()
    assert 'role="img"' in html
    assert 'aria-label="5% &quot;up&quot;"' in html
    assert 'width="170mm"' not in html
    assert "<figcaption>" in html


def test_two_drawings_on_a_page_share_no_id() -> None:
    first, second = vector.tidy(SVG), vector.tidy(SVG.replace("h9v9", "h8v9"))
    ids = [set(_ids(svg)) for svg in (first, second)]
    assert len(ids[0]) == 2
    assert not ids[0] & ids[1]
    assert "axes_1" not in first
    assert "metadata" not in first


def _ids(svg: str) -> list[str]:
    return [part.split('"')[0] for part in svg.split(' id="')[1:]]


def test_two_or_three_findings_stand_in_columns_more_in_a_list() -> None:
    assert "brief-columns" in Findings("en", ["a", "b", "c"]).html()
    assert "brief-list" in Findings("en", ["a", "b", "c", "d"]).html()


def test_finding_that_is_no_string_is_refused() -> None:
    with pytest.raises(RenderError, match=r"finding 1 = 3\.5"):
        Findings("en", ["a", 3.5])  # type: ignore[list-item]


@pytest.mark.parametrize(("lang", "word"), [("en", "Not in the data"), ("ja", "データなし")])
def test_a_missing_block_says_so_in_its_language(lang: str, word: str) -> None:
    assert word in Note(lang, "x", "missing").html()
    assert word in Note(lang, "x", "missing").plain()


def test_only_web_addresses_become_links() -> None:
    lines = [
        blocks.SourceLine("good", "https://www.bea.gov/"),
        blocks.SourceLine("bad", "javascript:alert(1)"),
    ]
    html = Sources("en", "", lines).html()
    assert '<a href="https://www.bea.gov/">good</a>' in html
    assert html.count("<a ") == 1


def test_blocks_under_each_other_are_one_side_of_a_row() -> None:
    left = Stack("en", (Finding("en", "first", [JOBS]), Finding("en", "second")))
    row = Row("en", (left, Finding("en", "third")))
    assert row.html().count("<div>") == 2
    assert row.html().index("first") < row.html().index("second") < row.html().index("third")
    assert row.typst().count("#brief-row") == 1
    assert row.numbers() == [JOBS]
    assert row.plain() == "first\n\nsecond\n\nthird"


def test_a_language_that_is_not_spoken_here_is_refused() -> None:
    with pytest.raises(RenderError, match=r"block finding: expected lang 'en' or 'ja', got 'fr'"):
        Finding("fr", "x")
