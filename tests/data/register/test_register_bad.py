"""A register with one slip of each kind: every slip is named by row and column, and nothing is written."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from registers import JA, ROWS_JA, as_csv, as_xlsx

from helpers.data import register
from helpers.data.register import problems, workbook
from helpers.errors import CatalogError, DataCheckError

TITLE, DATE, END, YEAR, MISSION, STATE, CITY, COUNT, FORMAT = range(9)
GOOD = ["架空の行事", "2021-06-25", "", "", "ナッシュビル", "TN", "", "120", "対面", ""]


def one(column: int, cell: object) -> list[list[object]]:
    """Return three rows, a slip in the second: row 3 of the file."""
    wrong: list[object] = list(GOOD)
    wrong[column] = cell
    return [list(GOOD), wrong, list(GOOD)]


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        pytest.param(
            STATE,
            "テネッシー",
            r"row 3, column F \(州\): expected states by code or name.*got 'テネッシー'.*Tennessee \(TN\)",
            id="state",
        ),
        pytest.param(
            MISSION, "JETRO", r"row 3, column E \(公館\): expected one mission.*got 'JETRO'", id="mission"
        ),
        pytest.param(
            DATE,
            "2021-04-31",
            r"row 3, column B \(実施日\): expected a day that the calendar has, got '2021-04-31'",
            id="31-april",
        ),
        pytest.param(
            DATE, "平成31年5月1日", r"row 3, column B .*a date of 平成, which ended before", id="era"
        ),
        pytest.param(
            DATE, "June 2021", r"row 3, column B .*expected a date such as.*got 'June 2021'", id="date"
        ),
        pytest.param(
            END,
            "2021-06-24",
            r"row 3, column C \(終了日\): expected an end on or after.*2021-06-25",
            id="end",
        ),
        pytest.param(
            YEAR,
            "令和2年度",
            r"row 3, column D \(年度\): expected 2021, the fiscal year of 2021-06-25, got 2020",
            id="fiscal-year",
        ),
        pytest.param(
            COUNT,
            "-5",
            r"row 3, column H \(参加者数（人）\): expected a whole number .*got '-5'",
            id="negative",
        ),
        pytest.param(COUNT, "約200", r"row 3, column H .*got '約200'\. Write the number alone", id="words"),
        pytest.param(
            FORMAT, "電話", r"row 3, column I \(形式\): expected in person.*got '電話'", id="format"
        ),
        pytest.param(
            TITLE,
            "",
            r"row 3, column A \(案件名\): expected Title .* or Title \(Japanese\) .*, got neither",
            id="title",
        ),
        pytest.param(
            DATE,
            "",
            r"row 3, column B \(実施日\): expected Date .* or Fiscal year .*, got neither",
            id="no-date",
        ),
        pytest.param(
            DATE,
            "2016-04-01",
            r"row 3, column B .*a fiscal year from 2017 to 2035, got 2016-04-01",
            id="early",
        ),
    ],
)
def test_a_slip_is_named_by_row_and_column_in_a_csv_and_in_a_workbook(tmp_path, column, cell, message):
    for path in (
        as_csv(tmp_path / "own.csv", JA, one(column, cell)),
        as_xlsx(tmp_path / "own.xlsx", JA, one(column, cell)),
    ):
        with pytest.raises(DataCheckError, match=rf"1 problem; nothing was read or written\.\n  {message}"):
            register.read(path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["own.csv", "own.xlsx"]


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        (
            {DATE: "2021-06-25～24"},
            r"column B \(実施日\): expected an end on or after the start, 2021-06-25, got",
        ),
        (
            {DATE: "2021-06", END: "2021-05-31"},
            r"column C \(終了日\): expected an end on or after the start, 2021-06",
        ),
        (
            {DATE: "2021-06-25～28", END: "2021-06-29"},
            r"column C .*: expected the end of the span, 2021-06-28, got",
        ),
        (
            {DATE: "", END: "2021-06-29"},
            r"column B .*: expected a start beside the end, got none\. Fill in the",
        ),
        ({DATE: "2021-06-31", END: "2021-07-01"}, r"column B .*: expected a day that the calendar has, got"),
        (
            {MISSION: "JETRO", STATE: ""},
            r"column E .*: expected one mission by code, city or name, got 'JETRO'",
        ),
        ({FORMAT: "電話"}, r"column I .*: expected in person, online, hybrid or unknown, got '電話'"),
    ],
)
def test_a_slip_of_two_cells_is_one_problem_where_it_stands(tmp_path, cells, place):
    rows = one(YEAR, "令和3年度")
    for column, cell in cells.items():
        rows[1][column] = cell
    with pytest.raises(DataCheckError, match=rf"own\.csv: 1 problem; .*\n  row 3, {place}"):
        register.read(as_csv(tmp_path / "own.csv", JA, rows))


def test_a_row_with_neither_mission_nor_state_is_named(tmp_path):
    rows = one(STATE, "")
    rows[1][MISSION] = ""
    with pytest.raises(
        DataCheckError, match=r"row 3, column E \(公館\): expected Mission .* or State .*got neither"
    ):
        register.read(as_csv(tmp_path / "own.csv", JA, rows))


def test_an_id_given_twice_is_named_with_the_row_it_was_first_in(tmp_path):
    rows = [[*row, number] for row, number in zip(ROWS_JA, (1, 2, 1), strict=True)]
    with pytest.raises(
        DataCheckError, match=r"row 4, column K \(番号\): expected each id once, got '1' again.*row 2"
    ):
        register.read(as_xlsx(tmp_path / "own.xlsx", [*JA, "番号"], rows))


@pytest.mark.parametrize(
    "second", [JA, ["", "開始日", "終了日", "会計年度"], ["Title", "Date", "", "", "Mission"]]
)
def test_a_second_row_of_headers_is_one_problem(tmp_path, second):
    with pytest.raises(
        DataCheckError, match=r"1 problem.*\n  row 2: expected one row of headers \(row 1 is one\)"
    ):
        register.read(as_csv(tmp_path / "own.csv", JA, [second, *ROWS_JA]))


def test_a_row_of_headers_repeated_far_below_is_found(tmp_path):
    rows = [GOOD] * 40 + [JA] + [GOOD]
    with pytest.raises(DataCheckError, match=r"1 problem.*\n  row 42: expected one row of headers"):
        register.read(as_csv(tmp_path / "own.csv", JA, rows))


def test_merged_cells_are_named_by_their_range(tmp_path):
    path = as_xlsx(tmp_path / "own.xlsx", JA, ROWS_JA, lambda book: book.active.merge_cells("G2:G3"))
    with pytest.raises(
        DataCheckError, match=r"row 2, column G \(都市\): expected single cells, got merged cells G2:G3"
    ):
        register.read(path)


def test_merged_headers_are_named_too(tmp_path):
    path = as_xlsx(tmp_path / "own.xlsx", JA, ROWS_JA, lambda book: book.active.merge_cells("I1:J1"))
    with pytest.raises(DataCheckError, match=r"merged cells I1:J1"):
        register.read(path)


def test_a_formula_is_named_and_not_read_as_what_it_last_gave(tmp_path):
    with pytest.raises(
        DataCheckError,
        match=r"row 3, column H \(参加者数（人）\): expected a value, got a formula\. Put the value",
    ):
        register.read(as_xlsx(tmp_path / "own.xlsx", JA, one(COUNT, "=100+20")))


def _without_addresses(xml: bytes) -> bytes:
    return re.sub(rb' r="[A-Z]*\d+"', b"", xml)


def _prefixed(xml: bytes) -> bytes:
    named = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", xml)
    return named.replace(b"xmlns=", b"xmlns:x=")


def _single_quotes(xml: bytes) -> bytes:
    return xml.replace(b'"', b"'")


def _as_it_is(xml: bytes) -> bytes:
    return xml


@pytest.mark.parametrize("written", [_as_it_is, _without_addresses, _prefixed, _single_quotes])
def test_formulas_and_errors_are_found_however_the_workbook_is_written(tmp_path, written):
    """By hand: rows 3 and 42 have a formula in H, row 5 an error in G, and row 6 holds text like a sign of one."""
    rows: list[list[object]] = [list(GOOD) for _ in range(41)]
    rows[1][COUNT] = rows[40][COUNT] = "=100+20"
    rows[3][CITY] = "#N/A"
    rows[4][TITLE] = '架空 t="e" <f> :f'

    def change(book) -> None:
        book.active["G5"].data_type = "e"

    path = Path(as_xlsx(tmp_path / "own.xlsx", JA, rows, change))
    with zipfile.ZipFile(path) as parcel:
        parts = {name: parcel.read(name) for name in parcel.namelist()}
    parts["xl/worksheets/sheet1.xml"] = written(parts["xl/worksheets/sheet1.xml"])
    with zipfile.ZipFile(path, "w") as parcel:
        for name, content in parts.items():
            parcel.writestr(name, content)
    with pytest.raises(DataCheckError, match="3 problems") as caught:
        register.read(str(path))
    lines = str(caught.value).splitlines()
    assert lines[0] == "register own.xlsx: 3 problems; nothing was read or written."
    assert [line.split(": ")[0].strip() for line in lines[1:]] == [
        "row 3, column H (参加者数（人）)",
        "row 5, column G (都市)",
        "row 42, column H (参加者数（人）)",
    ]


def _rewritten(path: str, part: str, old: bytes, new: bytes) -> str:
    """Write a workbook again with other bytes in one of its parts, and return its path."""
    with zipfile.ZipFile(path) as parcel:
        parts = {name: parcel.read(name) for name in parcel.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w") as parcel:
        for name, content in parts.items():
            parcel.writestr(name, content)
    return path


def test_formulas_are_found_where_sheets_are_named_from_their_folder(tmp_path):
    path = as_xlsx(tmp_path / "own.xlsx", JA, one(COUNT, "=100+20"))
    path = _rewritten(path, "xl/_rels/workbook.xml.rels", b'Target="/xl/', b'Target="')
    with pytest.raises(DataCheckError, match=r"1 problem.*\n  row 3, column H .*got a formula"):
        register.read(path)


def test_cells_that_the_file_leaves_out_do_not_move_the_others(tmp_path):
    """By hand: the sheet begins at B3; rows 4 and 5 and the cell under 都市 in row 6 are not in the file."""

    def change(book) -> None:
        sheet = book.active
        sheet.insert_rows(2, 2)
        sheet.insert_rows(1, 2)
        sheet.insert_cols(1)
        sheet["I6"] = "=100+20"
        sheet["H6"].value = None
        sheet["G7"] = "ZZ"

    path = as_xlsx(tmp_path / "own.xlsx", JA, [GOOD, GOOD], change)
    with pytest.raises(DataCheckError, match="2 problems") as caught:
        register.read(path)
    assert [line.split(" (")[0].strip() for line in str(caught.value).splitlines()[1:]] == [
        "row 6, column I",
        "row 7, column G",
    ]


def test_a_workbook_that_claims_a_huge_sheet_is_not_opened(tmp_path, monkeypatch):
    path = as_xlsx(tmp_path / "own.xlsx", JA, ROWS_JA)
    with zipfile.ZipFile(path) as parcel:
        size = parcel.getinfo("xl/worksheets/sheet1.xml").file_size
    monkeypatch.setattr(workbook, "LARGEST", size)
    assert len(register.read(path)) == 3
    monkeypatch.setattr(workbook, "LARGEST", size - 1)
    register._own.cache_clear()
    with pytest.raises(CatalogError, match="got a sheet of more than 1 GB"):
        register.read(path)


def test_an_error_is_named_and_not_read_as_nothing(tmp_path):
    def change(book) -> None:
        book.active["H3"].data_type = "e"

    path = as_xlsx(tmp_path / "own.xlsx", JA, one(COUNT, "#N/A"), change)
    with pytest.raises(
        DataCheckError, match=r"1 problem.*\n  row 3, column H .*got an error such as #N/A\. Put"
    ):
        register.read(path)


def test_a_header_that_is_code_for_a_terminal_is_shown_as_text(tmp_path):
    path = as_csv(tmp_path / "own.csv", [*JA, "\x1b[31mred"], [[*GOOD, "x"]])
    assert register.own(path).unread == ("?[31mred (K)",)


def test_a_formula_in_a_column_that_is_not_read_does_no_harm(tmp_path):
    rows = [[*GOOD, "=1+1"]]
    assert len(register.read(as_xlsx(tmp_path / "own.xlsx", [*JA, "担当"], rows))) == 1


def test_shift_jis_without_a_japanese_header_is_refused(tmp_path):
    path = as_csv(tmp_path / "own.csv", ["title", "date", "state"], [["架空", "2021/4/1", "TN"]], "cp932")
    with pytest.raises(
        CatalogError, match=r"own\.csv: expected a CSV with a header, in UTF-8.*“CSV UTF-8”; Shift-JIS"
    ):
        register.read(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "got an empty file", id="empty"),
        pytest.param(b"\xd0\xcf\x11\xe0old", "got an old or protected workbook.*XLSX", id="xls"),
        pytest.param(b"PK\x03\x04nothing", "expected an XLSX workbook, got BadZipFile", id="zip"),
        pytest.param(b"\xff\xfet\x00i\x00", "bytes that are not UTF-8", id="utf-16"),
        pytest.param(
            b'title,date\na,b\n"open,c\nd,e\n',
            "a CSV with a header, in UTF-8, got a quote in row 3 that is not closed",
            id="quote",
        ),
        pytest.param(
            b'title,date\n"a" b,c\n', r"got row 2: ',' expected after '\"'\. Look for a quote", id="quoted"
        ),
        pytest.param(
            b"title,date\n" + b"x" * 131_073 + b",b\n",
            "got a cell of more than 131,072 characters in row 2",
            id="long",
        ),
    ],
)
def test_a_file_that_is_no_register_is_named(tmp_path, content, message):
    path = tmp_path / "own.csv"
    path.write_bytes(content)
    with pytest.raises(CatalogError, match=rf"own\.csv: .*{message}"):
        register.read(str(path))


def test_a_folder_is_named_as_such(tmp_path):
    with pytest.raises(
        CatalogError, match=r"expected a register as CSV or XLSX, got a folder\. Name a file in"
    ):
        register.own(str(tmp_path))


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CatalogError, match=r"own\.csv: expected a register as CSV or XLSX, got no such file"):
        register.read(str(tmp_path / "own.csv"))


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (
            ["名前", "電話"],
            r"expected a row of headers such as 案件名.*got 名前, 電話.*briefs activities template",
        ),
        (["案件名", "実施日"], r"expected a column Mission \(公館\) or State \(州\), got none"),
        (["案件名", "州"], r"expected a column Date \(実施日\) or Fiscal year \(年度\), got none"),
        (["実施日", "州"], r"expected a column Title .* or Title \(Japanese\) \(案件名\), got none"),
        (
            ["案件名", "開始日", "実施日", "州"],
            r"column C \(実施日\): expected one column for date_start, got column B",
        ),
        (["案件名", "実施日", "州", "参加者敷（人）"], None),
        (["Title", "Date", "State", "Participant"], r"Did you mean Participants \(参加者数\)"),
    ],
)
def test_a_head_that_lacks_or_doubles_a_column_is_named(tmp_path, head, message):
    path = as_csv(tmp_path / "own.csv", head, [])
    if message is None:
        assert register.own(path).unread == ("参加者敷（人） (D)",)
    else:
        with pytest.raises(DataCheckError, match=message):
            register.read(path)


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (["名前", "電話"], r"row 3: expected a row of headers such as .*, got 名前, 電話\. "),
        (["案件名", "実施日"], r"row 3: expected a column Mission \(公館\) or State \(州\), got none"),
    ],
)
def test_a_wrong_head_below_empty_rows_is_named_by_its_row(tmp_path, head, message):
    path = as_csv(tmp_path / "own.csv", [""], [["" for _ in head], head])
    with pytest.raises(DataCheckError, match=message):
        register.read(path)


def test_a_comma_without_quotes_is_found_by_the_cell_it_pushes_out(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("title,date,state\nTea, and talk,2021-04-01,TN\n", encoding="utf-8")
    with pytest.raises(DataCheckError, match=r"row 2, column D: expected no cell beyond column C, got 'TN'"):
        register.read(str(path))


def test_fifty_problems_are_named_in_order_and_the_rest_counted(tmp_path):
    rows = [[*GOOD[:STATE], "ZZ", *GOOD[STATE + 1 :]] for _ in range(73)]
    with pytest.raises(DataCheckError, match="73 problems") as caught:
        register.read(as_csv(tmp_path / "own.csv", JA, rows))
    lines = str(caught.value).splitlines()
    assert lines[0] == "register own.csv: 73 problems; nothing was read or written."
    assert [line.split(",")[0].strip() for line in lines[1:51]] == [f"row {n}" for n in range(2, 52)]
    assert lines[51:] == ["  and 23 more"]


def test_the_fifty_are_the_first_of_the_sheet_and_not_of_a_column(tmp_path):
    slips = [("ZZ", "120" if row < 30 else "about 5") for row in range(73)]
    rows = [[*GOOD[:STATE], state, GOOD[CITY], count, *GOOD[FORMAT:]] for state, count in slips]
    with pytest.raises(DataCheckError, match="116 problems") as caught:
        register.read(as_csv(tmp_path / "own.csv", JA, rows))
    first, *lines = str(caught.value).splitlines()
    assert "own.csv: 116 problems;" in first
    below = [f"row {row}, column {column}" for row in range(32, 42) for column in "FH"]
    assert [line.split(" (")[0].strip() for line in lines[30:50]] == below
    assert lines[50:] == ["  and 66 more"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [("x" * 58, f"'{'x' * 58}'"), ("x" * 59, f"'{'x' * 56}..."), (12.0, "12"), (1.5, "1.5"), (True, "True")],
)
def test_a_cell_is_shown_with_at_most_sixty_signs(cell, text):
    assert problems.shown(cell) == text
    assert len(text) <= 60


def test_true_is_no_headcount_beside_a_one(tmp_path):
    rows = [[*GOOD[:COUNT], count, *GOOD[FORMAT:]] for count in (1, True, 1)]
    with pytest.raises(DataCheckError, match=r": 1 problem;[^\n]*\n  row 3, column H .* got True\. [^\n]*$"):
        register.read(as_xlsx(tmp_path / "own.xlsx", JA, rows))


def test_row_numbers_are_those_of_a_spreadsheet_also_below_a_cell_of_several_lines(tmp_path):
    rows = one(STATE, "ZZ")
    rows[0][TITLE] = "二行の\n題名"
    with pytest.raises(DataCheckError, match=r"row 3, column F"):
        register.read(as_csv(tmp_path / "own.csv", JA, rows))


@pytest.mark.parametrize("title", ['<script>alert(1)</script> #read("key.txt")', "=1+1", "@SUM(A1)", "+81"])
def test_a_title_that_looks_like_code_stays_the_text_it_is(tmp_path, title):
    assert register.read(as_csv(tmp_path / "own.csv", JA, one(TITLE, title)))["title_ja"].tolist()[1] == title


def test_an_id_with_signs_that_do_not_print_is_refused(tmp_path):
    rows = [[*GOOD, "a\ue001b"]]
    with pytest.raises(
        DataCheckError, match=r"column K \(番号\): expected an id of at most 80 printable signs"
    ):
        register.read(as_csv(tmp_path / "own.csv", [*JA, "番号"], rows))
