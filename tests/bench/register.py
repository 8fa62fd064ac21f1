"""Measure the check of a user's own register: 100,000 synthetic rows as workbook and CSV, and with a slip in each.

No event in it took place. Prints wall and processor seconds for each and the peak of resident memory; each file is
checked in a process of its own, from opening to the typed frame. Run from the repository:
``python -u tests/bench/register.py [--rows 100000] [--rounds 3]``.
"""

from __future__ import annotations

import argparse
import csv
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

LIMIT = 5.0
"""Seconds in which 100,000 rows have to be checked."""

HEAD = [
    "番号",
    "案件名",
    "実施日",
    "年度",
    "公館",
    "州",
    "都市",
    "参加者数",
    "形式",
    "テーマ",
    "主催",
    "出典",
    "備考",
]
STATES = ["テネシー州", "Georgia", "CA", "TX", "DC、VA", "ニューヨーク州", "オハイオ州", ""]
MISSIONS = ["ナッシュビル", "在アトランタ日本国総領事館", "embassy"]


def rows(count: int, *, bad: bool = False) -> Iterator[list[object]]:
    """Yield synthetic rows; ``bad``: with a state that nobody knows in each."""
    for at in range(count):
        year, month, day = 2020 + at % 5, 1 + at % 12, 1 + at % 28
        date = f"令和{year - 2018}年{month}月{day}日" if at % 2 else f"{year}-{month:02d}-{day:02d}"
        fiscal = f"FY{year if month >= 4 else year - 1}"
        state = f"架空州{at}" if bad else STATES[at % len(STATES)]
        form = ("対面", "オンライン", "hybrid")[at % 3]
        place = [MISSIONS[at % len(MISSIONS)], state, "City"]
        yield [
            f"S{at}",
            f"架空の行事 {at}",
            date,
            fiscal,
            *place,
            f"{at % 5000:,}人",
            form,
            "文化",
            "架空団体",
            f"資料{at}",
            "x",
        ]


def write(folder: Path, count: int) -> dict[str, Path]:
    """Write the three files and return them by what they are."""
    import openpyxl

    found = {
        "XLSX": folder / "own.xlsx",
        "CSV": folder / "own.csv",
        "XLSX, a slip a row": folder / "bad.xlsx",
    }
    for name, path in found.items():
        every = rows(count, bad="slip" in name)
        if path.suffix == ".csv":
            with path.open("w", encoding="utf-8", newline="") as lines:
                csv.writer(lines).writerows([HEAD, *every])
            continue
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("登録簿")
        for row in (HEAD, *every):
            sheet.append(row)
        book.save(path)
    return found


def check(path: str, line: Connection) -> None:
    """Check one file, and send wall and processor seconds, megabytes and how many rows or problems it had."""
    from helpers.data import register
    from helpers.errors import DataCheckError

    register.read()  # what every brief has loaded before
    start, used = time.perf_counter(), time.process_time()
    try:
        told = f"{len(register.own(path).events):,} rows"
    except DataCheckError as error:
        told = str(error).splitlines()[0].split(": ")[1].split(";")[0]
    seconds, processor = time.perf_counter() - start, time.process_time() - used
    scale = 2**20 if sys.platform == "darwin" else 2**10
    line.send((seconds, processor, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale, told))


def main() -> None:
    """Write, check, print; end with 1 when the median of a good file is over the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    slow = False
    with tempfile.TemporaryDirectory() as folder:
        for name, path in write(Path(folder), asked.rows).items():
            found = []
            for _ in range(asked.rounds):
                ours, theirs = multiprocessing.Pipe()
                process = multiprocessing.get_context("spawn").Process(target=check, args=(str(path), theirs))
                process.start()
                found.append(ours.recv())
                process.join()
            wall, processor, memory = (statistics.median(one[at] for one in found) for at in range(3))
            print(
                f"{name}: {found[0][3]}, {path.stat().st_size / 1e6:.1f} MB: {wall:.1f} s ({processor:.1f} s of the "
                f"processor), peak {memory:.0f} MB"
            )
            slow |= wall > LIMIT and "slip" not in name
    print(f"limit {LIMIT:g} s: {'not kept' if slow else 'kept'}")
    sys.exit(slow)


if __name__ == "__main__":
    main()
