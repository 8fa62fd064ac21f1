"""Write an empty register: a workbook with its headers, lists to choose from, and a guide in both languages."""

from __future__ import annotations

import contextlib
import io
import os
import unicodedata
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.data import catalog
from helpers.data.register import columns, words
from helpers.errors import CatalogError, compose, listed

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LANGUAGES = ("en", "ja", "both")
ROWS = 5000
"""Rows for which lists to choose from are set."""

SHEETS = {
    "en": ("Register", "Guide"),
    "ja": ("登録簿", "記入要領"),
    "both": ("登録簿 Register", "記入要領 Guide"),
}
LISTS = "lists"
HEAD_FONT = {"name": "Calibri", "size": 11, "bold": True}
"""The font of all other cells, in bold."""

LEFT_OUT = ("other_states", "title_ja_by", "certainty", "source_url_2")
"""Columns that may be there, and that a desk does not need."""

WIDTHS = {
    "title": 40,
    "title_ja": 40,
    "source_url": 30,
    "note": 30,
    "organiser": 24,
    "state": 20,
    "mission": 20,
}
FORMATS = {
    "en": ("in person", "online", "hybrid", "unknown"),
    "ja": ("対面", "オンライン", "ハイブリッド", "不明"),
}
AS_TYPED = ("event_id", "date_start", "date_end")
"""Columns of text, in which a spreadsheet changes nothing: it would take the month 2021-04 for its first day."""

GUIDE_WIDTHS = (34, 90)
GUIDE_HEAD = (("Column", "列"), ("What is read in it", "書き方"))
LINE = 16
"""Height of a line in points; not every program finds the height of a row by itself."""

GUIDE = (
    ("One event a row, under the one row of headers. Rows above the headers are not read; hidden rows are.",
     "1行に1件、見出し行は1行のみ。見出しより上の行は読まない。非表示の行は読む。"),
    ("Needed in each row: a title (one language), a date or fiscal year, a mission or state. The rest may be empty.",
     "各行に必須：案件名（日英いずれか）、実施日又は年度、公館又は州。他は空欄可。"),
    ("No merged cells and no formulas: paste values. A dash, n/a or 不明 is read as empty.",
     "セルの結合と数式は不可（値を貼り付ける）。「－」「不明」等は空欄とみなす。"),
    ("Columns may be moved, left out or added; those with other headers are not read.",
     "列の移動・省略・追加は自由。見出しが異なる列は読まない。"),
    ("An event in several states counts in full in each of them, once in each district and once in the nation.",
     "複数州の行事は、各州にそれぞれ1件、管轄地域ごとに1件、全米では1件と数える。"),
    ("An event whose state is unknown, or that is online, counts in the district of its mission and in no state.",
     "州不明の行事とオンライン行事は公館の管轄地域に数え、州には数えない。"),
    ("In California, Connecticut and Idaho, which two missions share, the mission in the row decides the district.",
     "2公館が分担するカリフォルニア、コネチカット、アイダホの各州では、行に記した公館の管轄地域に数える。"),
    ("Headcounts are shown event by event and never added up.",
     "参加者数は行事ごとに示し、合計はしない。"),
    ("The file is not copied: briefs show counts, of a state its newest events (date, title, city, format, headcount), "
     "and the file's name and digest.",
     "ファイルは複製されない。ブリーフに載るのは件数、州ごとの新しい行事（日付・案件名・都市・形式・参加者数）、"
     "ファイル名とハッシュ値のみ。"),
    ("Check: briefs activities check FILE. Use: briefs build --activities FILE.",
     "点検：briefs activities check ファイル名　作成：briefs build --activities ファイル名"),
)  # fmt: skip


def header(column: columns.Column, lang: str) -> str:
    """Return the header of a column; in both languages a line each."""
    return {"en": column.en, "ja": column.ja, "both": f"{column.ja}\n{column.en}"}[lang]


def write(path: Path, lang: str = "both", *, replace: bool = False) -> None:
    """Write an empty register.

    Parameters
    ----------
    path
        The file, ending in ``.xlsx``.
    lang
        ``en``, ``ja`` or ``both``: the language of headers and lists.
    replace
        Replace a file of this name.

    Raises
    ------
    CatalogError
        If the language is unknown, the name does not end in ``.xlsx``, or the file is there or cannot be written: no
        part of it is then left behind.
    """
    if lang not in LANGUAGES:
        raise CatalogError(
            compose("--lang", f"one of {listed(LANGUAGES)}", repr(lang), "Choose one of them.")
        )
    if path.suffix.lower() != ".xlsx":
        todo = "Name it like activities.xlsx."
        raise CatalogError(compose(str(path), "a name that ends in .xlsx", repr(path.name), todo))
    if path.exists() and not replace:
        todo = "Choose another name, or replace it with --force."
        raise CatalogError(compose(str(path), "a new file", "one that is there already", todo))
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        beside.write_bytes(_saved(_book(lang)))
        os.replace(beside, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        got = error.strerror or str(error)
        raise CatalogError(
            compose(str(path), "a file that can be written", got, "Choose another.")
        ) from error


def _saved(book: Workbook) -> bytes:
    """Return the bytes of a workbook; its sheets go through files in the temporary folder."""
    from openpyxl.writer.excel import ExcelWriter

    content = io.BytesIO()
    try:
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as parcel:  # closed here also when it fails
            ExcelWriter(book, parcel).save()
    except OSError:
        raise
    except Exception as error:  # the writer of XML, where it is lxml, has errors of its own for a full disk
        raise OSError(f"a temporary folder that cannot be written to ({error})") from error
    return content.getvalue()


def _book(lang: str) -> Workbook:
    import openpyxl
    from openpyxl.worksheet.properties import PageSetupProperties

    book = openpyxl.Workbook()
    register = book.active
    assert register is not None
    register.title = SHEETS[lang][0]
    guide = book.create_sheet(SHEETS[lang][1])
    _guide(guide, lang)
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    _register(register, lists, lang)
    guide.page_setup.orientation = "landscape"
    guide.page_setup.paperSize = guide.PAPERSIZE_A4
    guide.page_setup.fitToHeight = 0
    guide.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return book


def _register(sheet: Worksheet, lists: Worksheet, lang: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    needed = {name for pair in columns.NEEDED for name in pair}
    choices = _choices(lang)
    shown = [column for column in columns.COLUMNS if column.name not in LEFT_OUT]
    for at, column in enumerate(shown, 1):
        letter = get_column_letter(at)
        cell = sheet.cell(1, at, header(column, lang))
        cell.font = Font(**HEAD_FONT)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.fill = PatternFill("solid", fgColor="F6D5DC" if column.name in needed else "EDEDED")
        sheet.column_dimensions[letter].width = WIDTHS.get(column.name, 14)
        if column.name in AS_TYPED:
            sheet.column_dimensions[letter].number_format = "@"
        if column.name not in choices:
            continue
        values = choices[column.name]
        place = get_column_letter(list(choices).index(column.name) + 1)
        for row, value in enumerate(values, 1):
            lists.cell(row, list(choices).index(column.name) + 1, value)
        strict = column.name in ("mission", "format")
        rule = DataValidation(
            type="list", formula1=f"{LISTS}!${place}$1:${place}${len(values)}", allow_blank=True
        )
        rule.showErrorMessage = strict  # several states, and themes of one's own, may be typed
        rule.errorStyle = "warning"  # what is in no list may be read all the same: 在ナッシュビル総領事館
        rule.error = _reads(column, lang)
        rule.add(f"{letter}2:{letter}{ROWS}")
        sheet.add_data_validation(rule)
    sheet.row_dimensions[1].height = LINE * max(_lines(header(column, lang), 99) for column in shown)
    sheet.freeze_panes = "A2"


def _choices(lang: str) -> dict[str, list[str]]:
    """Return what may be chosen, by column, in the language of the headers (both: English)."""
    one = "ja" if lang == "ja" else "en"
    states, areas, missions = (catalog.load(name) for name in ("states", "areas", "missions"))
    territories = areas[areas["kind"] == "territory"]
    themes = [words.called(code, one) for code in words.THEMES]
    return {
        "mission": missions[f"city_{one}"].tolist(),
        "state": [*states[f"name_{one}"], *territories[f"name_{one}"]],
        "format": list(FORMATS[one]),
        "theme": themes,
    }


def _guide(sheet: Worksheet, lang: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    wrap = Alignment(wrap_text=True, vertical="top")
    row = 0
    for texts in GUIDE:
        for text in _chosen(texts, lang):
            row += 1
            sheet.cell(row, 1, text).alignment = wrap
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
            sheet.row_dimensions[row].height = LINE * _lines(text, sum(GUIDE_WIDTHS))
    row += 2
    for at, pair in enumerate(GUIDE_HEAD, 1):
        head = sheet.cell(row, at, " / ".join(_chosen(pair, lang)))
        head.font = Font(**HEAD_FONT)
        head.fill = PatternFill("solid", fgColor="EDEDED")
    for column in columns.COLUMNS:
        row += 1
        name = sheet.cell(row, 1, header(column, lang).replace("\n", " / "))
        name.font = Font(**HEAD_FONT)
        name.alignment = wrap
        reads = _reads(column, lang)
        sheet.cell(row, 2, reads).alignment = wrap
        sheet.row_dimensions[row].height = LINE * _lines(reads, GUIDE_WIDTHS[1])
    for letter, width in zip("AB", GUIDE_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column of the sheet; a sign of full width is two wide."""
    wide = [
        sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)
        for line in text.split("\n")
    ]
    return sum(1 + max(0, one - 1) // width for one in wide)


def _chosen(texts: tuple[str, str], lang: str) -> list[str]:
    """Return a text in the language of the headers, or in English and Japanese."""
    return [text for text, name in zip(texts, ("en", "ja"), strict=True) if lang in (name, "both")]


def _reads(column: columns.Column, lang: str) -> str:
    return "\n".join(_chosen((column.read_en, column.read_ja), lang))
