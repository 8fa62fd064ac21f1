"""One register in many forms: the same frame, whatever the file, the language of its headers, and its layout."""

from __future__ import annotations

import datetime as dt
import gc
import re

import pandas as pd
import pytest
from openpyxl import Workbook
from registers import EN, JA, ROWS_EN, ROWS_JA, as_csv, as_xlsx

from helpers.data import register
from helpers.data.register import columns, template, words
from helpers.data.register.problems import Refused
from helpers.errors import CatalogError


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    return register.read(as_xlsx(tmp_path_factory.mktemp("own") / "own.xlsx", JA, ROWS_JA))


def same(path, expected) -> None:
    pd.testing.assert_frame_equal(register.read(path), expected)


def test_the_cells_become_typed_fields(expected):
    """By hand from `ROWS_JA`: 令和3年 is 2021; 31 March 2022 is still FY2021; 平成31年度 is FY2019."""
    kept = [
        "date_start",
        "date_end",
        "fiscal_year",
        "mission",
        "state",
        "other_states",
        "participants",
        "format",
    ]
    rows = expected[kept].fillna(-1).to_numpy().tolist()
    assert rows == [
        ["2021-04-01", "2021-04-03", 2021, "nashville", "TN", "", 1200, "in_person"],
        ["2022-03-31", "", 2021, "atlanta", "", "", 12_000, "online"],
        ["", "", 2019, "embassy", "DC", "VA", -1, "unknown"],
    ]
    assert expected["title_ja"].tolist() == ["架空の行事一", "架空の行事二", "架空の行事三"]
    assert set(expected["title"]) | set(expected["theme"]) | set(expected["source_url"]) == {""}


@pytest.mark.parametrize("column", columns.COLUMNS, ids=lambda column: column.name)
def test_every_name_of_a_column_leads_to_it_whatever_its_case_and_width(column):
    names = (column.name, column.en, column.ja, *column.aliases)
    assert {columns.recognise(name) for name in names} == {column.name}
    assert {columns.recognise(name.upper()) for name in names} == {column.name}


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("案件名 / Title (Japanese)", "title_ja"),
        ("実施日\nDate", "date_start"),
        ("実施日／Date", "date_start"),
        ("Date // 実施日", "date_start"),
        ("Phone / Date", "date_start"),
        ("Date / Phone", "date_start"),
        ("ＤＡＴＥ", "date_start"),
        ("参加者数［人］", "participants"),
        ("Date / State", ""),
        ("案件名/", "title_ja"),
        ("/", ""),
        ("Phone / Fax", ""),
        ("Phone", ""),
        ("", ""),
    ],
)
def test_a_header_in_both_languages_names_one_column(header, name):
    assert columns.recognise(header) == name


def test_columns_and_types_are_those_of_the_shipped_register(expected):
    shipped = register.read()
    assert list(expected.columns) == list(shipped.columns) == list(columns.BY_NAME)
    assert expected.dtypes.equals(shipped.dtypes)


def test_the_shipped_register_reads_as_a_users_own_and_is_the_same(tmp_path):
    from helpers import paths

    same(str(paths.data_dir() / "taskforce" / "events.csv"), register.read())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_csv_is_the_same_in_each_encoding(tmp_path, expected, encoding):
    same(as_csv(tmp_path / "own.csv", JA, ROWS_JA, encoding), expected)


def test_english_headers_and_forms_are_the_same(tmp_path, expected):
    same(as_csv(tmp_path / "own.csv", EN, ROWS_EN), expected)
    same(as_xlsx(tmp_path / "own.xlsx", EN, ROWS_EN), expected)


def test_headers_in_both_languages_are_the_same(tmp_path, expected):
    same(
        as_xlsx(tmp_path / "own.xlsx", [f"{ja}\n{en}" for ja, en in zip(JA, EN, strict=True)], ROWS_JA),
        expected,
    )


def test_columns_in_another_order_with_others_between_are_the_same(tmp_path, expected):
    head = [*reversed(JA), "担当電話"]
    rows = [[*reversed(row), "000"] for row in ROWS_JA]
    path = as_xlsx(tmp_path / "own.xlsx", head, rows)
    same(path, expected)
    assert register.own(path).unread == ("担当電話 (K)",)


def test_a_title_above_the_head_and_empty_rows_are_not_read(tmp_path, expected):
    def change(book: Workbook) -> None:
        book.active.insert_rows(1, 2)
        book.active["A1"] = "令和3年度 案件一覧"
        book.active.merge_cells("A1:D1")
        book.active.insert_rows(5)

    path = as_xlsx(tmp_path / "own.xlsx", JA, ROWS_JA, change)
    same(path, expected)
    assert register.own(path).lines == (4, 6, 7)


def test_a_formula_above_the_head_and_a_word_like_a_header_do_no_harm(tmp_path, expected):
    def change(book: Workbook) -> None:
        book.active.insert_rows(1)
        book.active["B1"] = "=TODAY()"

    path = as_xlsx(tmp_path / "own.xlsx", [*JA, "Partner"], [[*row, "x"] for row in ROWS_JA], change)
    same(path, expected)
    assert (register.own(path).above, register.own(path).unread) == (1, ("Partner (K)",))


def test_hidden_rows_are_read_and_counted(tmp_path, expected):
    def change(book: Workbook) -> None:
        book.active.row_dimensions[3].hidden = True

    path = as_xlsx(tmp_path / "own.xlsx", JA, ROWS_JA, change)
    same(path, expected)
    assert register.own(path).hidden == 1
    assert register.own(as_xlsx(tmp_path / "shown.xlsx", JA, ROWS_JA)).hidden == 0


def test_dates_and_numbers_of_the_spreadsheet_are_the_same(tmp_path, expected):
    rows = [list(row) for row in ROWS_JA]
    rows[0][1:3], rows[0][7] = [dt.datetime(2021, 4, 1), dt.date(2021, 4, 3)], 1200
    rows[1][1], rows[1][7] = dt.date(2022, 3, 31), 12000.0

    def change(book: Workbook) -> None:
        book.active["B2"].number_format = '[$-ja-JP-x-gannen]ggge"年"m"月"d"日"'

    same(as_xlsx(tmp_path / "own.xlsx", JA, rows, change), expected)


def test_a_span_in_one_cell_is_the_same_as_two_columns(tmp_path, expected):
    rows = [list(row) for row in ROWS_JA]
    rows[0][1:3] = ["令和3年4月1日～3日", ""]
    same(as_csv(tmp_path / "own.csv", JA, rows), expected)


def test_a_dash_or_unknown_is_nothing_where_it_is_no_text(tmp_path):
    head = [*JA, "その他の州", "確度", "邦題の出所", "番号"]
    row = [
        "架空",
        "－",
        "不明",
        "令和3年度",
        "ナッシュビル",
        "未定",
        "－",
        "なし",
        "N/A",
        "",
        "－",
        "—",
        "ー",
        "-",
    ]
    (found,) = register.read(as_csv(tmp_path / "own.csv", head, [row])).fillna(-1).to_dict("records")
    empty = ("date_start", "date_end", "state", "other_states", "certainty", "title_ja_by")
    assert [found[name] for name in empty] == [""] * 6
    assert (found["fiscal_year"], found["mission"], found["participants"]) == (2021, "nashville", -1)
    assert (found["format"], found["city"]) == ("unknown", "－")
    assert re.fullmatch(r"own-[0-9a-f]{10}", found["event_id"])


@pytest.mark.parametrize(
    ("first", "last", "end"),
    [
        ("2021-06-25", "2021-06-27～28", "2021-06-28"),
        ("2021-06-25", "2021-06-25", ""),
        ("2021-06-25～28", "2021-06-28", "2021-06-28"),
        ("2021-06-25～28", "", "2021-06-28"),
        ("2021-06-25", "2021-06", "2021-06"),
    ],
)
def test_the_last_day_is_that_of_its_column_or_of_the_span(tmp_path, first, last, end):
    rows = [["架空", first, last, "大使館"]]
    found = register.read(as_csv(tmp_path / "own.csv", ["案件名", "実施日", "終了日", "公館"], rows))
    assert found[["date_start", "date_end"]].to_numpy().tolist() == [["2021-06-25", end]]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" Memphis ", "Memphis"),
        (38103, "38103"),
        (38103.0, "38103"),
        (1.5, "1.5"),
        (dt.datetime(2021, 4, 1), "2021-04-01"),
        (dt.datetime(2021, 4, 1, 10, 30), "2021-04-01 10:30:00"),
        (dt.date(2021, 4, 1), "2021-04-01"),
    ],
)
def test_a_number_or_a_date_in_a_column_of_text_is_text(cell, text):
    assert words.text(cell) == text


def test_an_id_has_at_most_eighty_signs():
    assert words.identifier("x" * 80) == "x" * 80
    with pytest.raises(Refused, match="an id of at most 80 printable signs"):
        words.identifier("x" * 81)


def test_a_register_without_a_row_is_an_empty_frame_with_types(tmp_path):
    events = register.read(as_csv(tmp_path / "own.csv", JA, []))
    assert events.empty
    assert events.dtypes.equals(register.read().dtypes)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({}, "一二三"),
        ({"state": "TN"}, "一"),
        ({"state": "VA"}, "三"),
        ({"state": ["TN", "VA"]}, "一三"),
        ({"state": ["", "DC"]}, "三"),
        ({"state": "OH"}, ""),
        ({"mission": "atlanta"}, "二"),
        ({"state": "DC", "mission": "atlanta"}, "二三"),
        ({"mission": "boston"}, ""),
    ],
)
def test_a_register_is_read_by_state_and_mission(tmp_path, asked, kept):
    """By hand from `ROWS_JA`: the second event has no state, the third is in DC and Virginia."""
    found = register.read(as_csv(tmp_path / "own.csv", JA, ROWS_JA), columns=["title_ja"], **asked)
    assert found.columns.tolist() == ["title_ja"]
    assert found.index.tolist() == [*range(len(kept))]
    assert found["title_ja"].tolist() == [f"架空の行事{number}" for number in kept]


def test_reading_leaves_the_garbage_collector_as_it_was(tmp_path):
    path = as_csv(tmp_path / "own.csv", JA, ROWS_JA)
    gc.disable()
    try:
        register.own(path)
        assert not gc.isenabled()
    finally:
        gc.enable()
    register._own.cache_clear()
    register.own(path)
    assert gc.isenabled()


def test_only_title_date_and_place_are_needed(tmp_path):
    events = register.read(
        as_csv(tmp_path / "own.csv", ["title", "fiscal year", "mission"], [["x", 2021, "Boston"]])
    )
    assert events[["title", "fiscal_year", "mission", "format"]].to_numpy().tolist() == [
        ["x", 2021, "boston", "unknown"]
    ]


def test_an_id_stays_when_rows_move_and_a_headcount_is_filled_in(tmp_path, expected):
    rows = [list(row) for row in reversed(ROWS_JA)]
    rows[0][7] = 55
    moved = register.read(as_csv(tmp_path / "own.csv", JA, rows))
    assert moved["event_id"].tolist() == expected["event_id"].tolist()[::-1]
    assert expected["event_id"].is_unique


def test_rows_that_are_alike_get_ids_of_their_own(tmp_path):
    ids = register.read(as_csv(tmp_path / "own.csv", JA, [ROWS_JA[0]] * 3))["event_id"].tolist()
    assert [name[14:] for name in ids] == ["", "-2", "-3"]
    assert len({name[:14] for name in ids}) == 1


def test_a_theme_is_a_code_where_it_is_known_and_text_where_it_is_the_desks_own(tmp_path):
    head = [*JA[:2], "公館", "テーマ"]
    rows = [["a", "2021/4/1", "大使館", theme] for theme in ("文化", "culture", "日本酒", "")]
    assert register.read(as_csv(tmp_path / "own.csv", head, rows))["theme"].tolist() == [
        "culture",
        "culture",
        "日本酒",
        "",
    ]


def test_the_register_is_the_one_sheet_with_the_headers(tmp_path, expected):
    def change(book: Workbook) -> None:
        book.create_sheet("説明", 0)["A1"] = "記入要領"

    same(as_xlsx(tmp_path / "own.xlsx", JA, ROWS_JA, change), expected)


def test_two_sheets_with_headers_are_refused(tmp_path):
    def change(book: Workbook) -> None:
        book.create_sheet("令和4年度").append(JA)

    with pytest.raises(
        CatalogError, match=r"one sheet with the headers of a register, got 'Sheet', '令和4年度'"
    ):
        register.read(as_xlsx(tmp_path / "own.xlsx", JA, ROWS_JA, change))


@pytest.mark.parametrize("lang", ["en", "ja", "both"])
def test_the_template_is_an_empty_register_that_can_be_filled_in(tmp_path, lang):
    import openpyxl

    path = tmp_path / "activities.xlsx"
    template.write(path, lang)
    assert register.read(str(path)).empty
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = [columns.recognise(str(cell.value)) for cell in sheet[1]]
    assert "" not in head
    lists = {str(rule.sqref).split("2:")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert len(lists) == 4  # mission, state, format, theme
    for column, value in (("title_ja", "架空"), ("date_start", "R3.4.1"), ("mission", "ボストン")):
        sheet.cell(2, head.index(column) + 1, value)
    book.save(path)
    assert register.read(str(path))[["date_start", "mission"]].to_numpy().tolist() == [
        ["2021-04-01", "boston"]
    ]


@pytest.mark.parametrize("lang", ["en", "ja", "both"])
def test_the_template_can_be_read_and_changes_nothing_that_is_typed(tmp_path, lang):
    """The lists stand in one language, a month stays a month, and each row of the guide is as high as its lines."""
    import openpyxl

    path = tmp_path / "activities.xlsx"
    template.write(path, lang)
    sheet, guide, lists = openpyxl.load_workbook(path).worksheets
    offered = [str(cell.value) for row in lists for cell in row if cell.value is not None]
    assert all(text.isascii() == (lang != "ja") for text in offered)
    rules = {rule.formula1: rule for rule in sheet.data_validations.dataValidation}
    assert all(re.fullmatch(r"lists!\$[A-D]\$1:\$[A-D]\$\d+", formula) for formula in rules)
    assert all(rule.error and len(rule.error) <= 255 for rule in rules.values())  # Excel takes no more
    forms = {
        columns.recognise(str(cell.value)): sheet.column_dimensions[cell.column_letter].number_format
        for cell in sheet[1]
    }
    assert {name for name, form in forms.items() if form == "@"} == {"event_id", "date_start", "date_end"}
    assert len(guide["B"]) > len(columns.COLUMNS)
    for cell in guide["B"]:
        lines = str(cell.value).count("\n") + 1 if cell.value else 0
        assert lines < 2 or guide.row_dimensions[cell.row].height >= 15 * lines


def test_the_lists_of_the_template_are_whole_and_bind_where_nothing_else_is_read(tmp_path):
    """By hand: 17 missions, 56 states and territories, four formats, twelve themes; several states may be typed."""
    import openpyxl

    path = tmp_path / "activities.xlsx"
    template.write(path, "en")
    sheet, guide, lists = openpyxl.load_workbook(path).worksheets
    head = {cell.column_letter: columns.recognise(str(cell.value)) for cell in sheet[1]}
    binding, counts = {}, {}
    for rule in sheet.data_validations.dataValidation:
        name = head[str(rule.sqref).split("2:")[0]]
        cells = [row[0].value for row in lists[rule.formula1.removeprefix("lists!").replace("$", "")]]
        assert all(cells)
        assert (rule.allow_blank, rule.errorStyle) == (True, "warning")
        binding[name], counts[name] = rule.showErrorMessage, len(cells)
    assert binding == {"mission": True, "state": False, "format": True, "theme": False}
    assert counts == {"mission": 17, "state": 56, "format": 4, "theme": 12}
    assert lists.max_row == 56
    needed = {head[cell.column_letter] for cell in sheet[1] if cell.fill.fgColor.rgb == "00F6D5DC"}
    assert needed == {"title", "title_ja", "date_start", "fiscal_year", "mission", "state"}
    assert sheet.freeze_panes == "A2"
    told = {cell.value for cell in guide["A"]}
    assert template.GUIDE[0][0] in told
    assert template.GUIDE[0][1] not in told


@pytest.mark.parametrize(
    ("text", "lines"), [("", 1), ("x" * 10, 1), ("x" * 11, 2), ("あ" * 5, 1), ("あ" * 6, 2), ("x\ny" * 2, 3)]
)
def test_a_row_of_the_guide_is_as_high_as_its_lines_of_ten_signs(text, lines):
    """A sign of full width is two wide."""
    assert template._lines(text, 10) == lines


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_whatever_the_lists_of_the_template_offer_can_be_read(tmp_path, lang):
    offered = template._choices(lang)
    head = ["title", "fiscal year", *offered]
    longest = max(map(len, offered.values()))
    rows = [
        [f"x{at}", 2021, *(values[at % len(values)] for values in offered.values())] for at in range(longest)
    ]
    events = register.read(as_csv(tmp_path / "own.csv", head, rows))
    assert events["state"].nunique() == 56  # 50 states, DC and five territories
    assert events["mission"].nunique() == 17
    assert events["format"].nunique() == 4
    assert events["theme"].nunique() == 12


def test_a_template_replaces_a_file_only_when_told(tmp_path):
    path = tmp_path / "activities.xlsx"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"expected a new file, got one that is there already.*--force"):
        template.write(path)
    assert path.read_text(encoding="utf-8") == "mine"
    template.write(path, replace=True)
    assert register.read(str(path)).empty
    assert [file.name for file in tmp_path.iterdir()] == ["activities.xlsx"]


def test_a_template_has_the_ending_of_what_it_is(tmp_path):
    with pytest.raises(CatalogError, match=r"a name that ends in \.xlsx, got 'x\.csv'"):
        template.write(tmp_path / "x.csv")
    with pytest.raises(CatalogError, match=r"--lang: expected one of 'en', 'ja', 'both', got 'fr'"):
        template.write(tmp_path / "x.xlsx", "fr")
