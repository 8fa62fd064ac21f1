"""The table block: alignment, marks, and what it refuses."""

from __future__ import annotations

import re

import pytest

from helpers.display.blocks import Column, Row, Stack, Table
from helpers.display.table import decimal_pads
from helpers.errors import RenderError

COLUMNS = (Column("state", "State"), Column("share", "Share", "decimal"), Column("jobs", "Jobs", "right"))
ROWS = (
    {"state": "Tennessee", "share": "6.0%", "jobs": "47,500"},
    {"state": "North Carolina", "share": "12%", "jobs": "(D)"},
)


def table(**changes: object) -> Table:
    given = {"lang": "en", "id": "jobs", "title": "Jobs", "columns": COLUMNS, "rows": ROWS, "marked": (0,)}
    return Table(**{**given, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cells", "pads"),
    [
        pytest.param(["13.4%", "6%", "(D)"], ["", ".4", ""], id="share without decimals"),
        pytest.param(["1,948.2", "612", "98.25"], ["5", ".25", ""], id="uneven decimals"),
        pytest.param(["4万7,500人", "–"], ["", ""], id="Japanese count"),
        pytest.param([], [], id="no rows"),
    ],
)
def test_decimal_points_meet_when_the_unseen_rest_is_added(cells: list[str], pads: list[str]) -> None:
    assert decimal_pads(cells) == pads


def test_subject_is_marked_by_more_than_colour() -> None:
    html = table().html()
    assert html.count('<tr class="brief-marked">') == 1
    assert "▸" in html
    assert "subject of this brief: " in html
    assert "marked: (0, )" in table().typst()
    assert "▸" in table().plain().splitlines()[2]


def test_the_mark_stands_before_the_name_of_its_row_and_nowhere_else() -> None:
    html = table(marked=(1,)).html()
    (before,) = re.findall(r'<tr([^>]*)><th[^>]*><span class="brief-mark"[^>]*>▸</span>', html)
    assert before == ' class="brief-marked"'
    assert html.count('class="brief-mark"') == 1
    assert [line[0] for line in table(marked=(1,)).plain().splitlines()[2:]] == [" ", "▸"]


def test_the_unseen_rest_follows_numbers_of_a_decimal_column_alone() -> None:
    rows = [{"state": "a 1.5", "share": "6.0%", "jobs": "1.5"}, {"state": "b 1", "share": "12%", "jobs": "1"}]
    html, paper = table(rows=rows).html(), table(rows=rows).typst()
    assert '>12%<span class="brief-pad" aria-hidden="true">.0</span></td>' in html
    assert html.count("brief-pad") == 1
    assert '[#"12%";#hide(".0");]' in paper
    assert paper.count("#hide(") == 1


@pytest.mark.parametrize(
    ("letters", "classes"),
    [(20, "brief-left brief-short"), (21, "brief-left"), (32, "brief-left"), (33, "brief-left brief-long")],
)
def test_on_a_phone_a_short_column_stays_whole_and_a_long_one_wide(letters: int, classes: str) -> None:
    rows = [
        {"state": "Ohio", "share": "1%", "jobs": "1"},
        {"state": "x" * letters, "share": "1%", "jobs": "1"},
    ]
    html = table(rows=rows).html()
    assert html.count(f'scope="col" class="{classes}"') == html.count('scope="col" class="brief-left') == 1
    assert html.count('class="brief-right"') == html.count('class="brief-decimal"') == 3


def test_table_has_caption_scopes_and_a_region_that_can_be_scrolled() -> None:
    html = table(caption="2019").html()
    assert "<caption>" in html
    assert html.count('scope="col"') == 3
    assert html.count('scope="row"') == 2
    assert 'role="region" aria-label="Jobs" tabindex="0"' in html


def test_plain_face_lines_up_japanese_and_latin_letters() -> None:
    rows = [
        {"state": "テネシー州", "share": "6.0%", "jobs": "1"},
        {"state": "Ohio", "share": "5.5%", "jobs": "2"},
    ]
    lines = table(lang="ja", rows=rows, marked=()).plain().splitlines()
    assert lines[2] == "  テネシー州   6.0%     1"
    assert lines[3] == "  Ohio         5.5%     2"


def test_row_without_a_cell_is_refused_by_name() -> None:
    with pytest.raises(
        RenderError, match=r"table 'jobs': expected a cell for every column, got none in 'row 0: jobs'"
    ):
        table(rows=[{"state": "Ohio", "share": "1%"}])


def test_numbers_that_nobody_formatted_are_refused_all_at_once() -> None:
    with pytest.raises(RenderError, match=r"row 0, share = 0\.06.*row 0, jobs = 47500"):
        table(rows=[{"state": "Ohio", "share": 0.06, "jobs": 47500}])


def test_mark_on_a_row_that_is_not_there_is_refused() -> None:
    with pytest.raises(RenderError, match=r"marked rows in 0\.\.1, got 2"):
        table(marked=(0, 2))


def test_the_columns_on_paper_are_as_wide_as_their_words_and_in_half_a_page_the_first_gives_way() -> None:
    """By hand: cells of 8.64 pt; 4 em and 2 em of words, 0.75 em beside each on the inside, 1 pt more in each."""
    columns = (Column("a", "国内"), Column("b", "国", "right"))
    given = table(lang="ja", columns=columns, rows=[{"a": "国内外国", "b": "国外"}], marked=())
    assert "columns: (42.04pt, 24.76pt,)" in given.typst()
    assert "size: 1, breaks: false" in given.typst()
    assert "columns: (1fr, 24.76pt,)" in given.beside()


def test_marks_and_heads_wider_than_the_cells_widen_a_column_on_paper() -> None:
    """By hand: heads of 5 em in 0.92 of the type, 4.6 em, with the mark 5.52; 0.75 em beside each, 1 pt more."""
    columns = (Column("a", "国内外国内"), Column("b", "国内外国内", "right"))
    rows = [{"a": "国内外国", "b": "国外"}, {"a": "国", "b": "国"}]
    for marked, first in (((), "47.22pt"), ((1,), "55.17pt")):
        given = table(lang="ja", columns=columns, rows=rows, marked=marked)
        assert f"columns: ({first}, 47.22pt,)" in given.typst()


def test_a_table_in_a_row_and_in_a_stack_in_a_row_has_half_the_page() -> None:
    page = Row("en", (Stack("en", (table(), table(title="More"))), table())).typst()
    assert page.count("columns: (1fr, ") == 3
    assert "1fr" not in Stack("en", (table(),)).typst()


@pytest.mark.parametrize(("rows", "breaks"), [(12, "false"), (13, "true")])
def test_a_row_may_go_on_on_the_next_page_where_one_of_its_tables_may(rows: int, breaks: str) -> None:
    """More than twelve rows are a long table, see tests/display/test_fitting.py."""
    long, short = table(rows=ROWS[:1] * rows), table()
    assert Row("en", (short, long)).typst().startswith(f"#brief-row(breaks: {breaks}, ")
    assert Row("en", (Stack("en", (short, long)), short)).typst().startswith(f"#brief-row(breaks: {breaks}, ")
