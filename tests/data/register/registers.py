"""Registers that tests write: the same synthetic events in every form, and one with a slip."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl

JA = ["案件名", "実施日", "終了日", "年度", "公館", "州", "都市", "参加者数（人）", "形式", "主催"]
EN = [
    "Title (Japanese)",
    "Date",
    "Last day",
    "Fiscal year",
    "Mission",
    "State",
    "City",
    "Participants",
    "Format",
]
EN += ["Organiser"]
ROWS_JA: list[list[object]] = [
    ["架空の行事一", "令和3年4月1日", "R3.4.3", "令和3年度", "ナッシュビル", "テネシー州", "ナッシュビル",
     "１，２００人", "対面", "架空協会"],
    ["架空の行事二", "2022/3/31", "", "", "在アトランタ総領事館", "", "", "1.2万人", "オンライン", ""],
    ["架空の行事三", "", "", "平成31年度", "大使館", "DC、バージニア州", "", "", "", ""],
]  # fmt: skip
ROWS_EN: list[list[object]] = [
    ["架空の行事一", "2021-04-01", "2021-04-03", 2021, "nashville", "TN", "ナッシュビル", 1200,
     "in person", "架空協会"],
    ["架空の行事二", "2022-03-31", "", "FY2021", "Atlanta", "", "", "12,000", "online", ""],
    ["架空の行事三", "", "", "FY2019", "Embassy of Japan", "DC; Virginia", "", "n/a", "unknown", ""],
]  # fmt: skip
"""Synthetic events: none of them took place."""


def as_csv(
    path: Path, head: Sequence[object], rows: Sequence[Sequence[object]], encoding: str = "utf-8"
) -> str:
    """Write a CSV and return its path."""
    with path.open("w", encoding=encoding, newline="") as lines:
        csv.writer(lines).writerows([head, *rows])
    return str(path)


def as_xlsx(
    path: Path,
    head: Sequence[object],
    rows: Sequence[Sequence[object]],
    change: Callable[[openpyxl.Workbook], None] = lambda book: None,
) -> str:
    """Write a workbook, changed by ``change`` before it is saved, and return its path."""
    book = openpyxl.Workbook()
    for row in [head, *rows]:
        book.active.append(list(row))
    change(book)
    book.save(path)
    return str(path)
