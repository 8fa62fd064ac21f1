"""Measure the check of a user's own register: 100,000 synthetic rows as workbook and CSV, with slips and without.

No event in it took place. A slip is a state that nobody knows, in every row, or one formula in the middle. Prints wall
and processor seconds of each check, in a process of its own and from opening to the typed frame or the problems, the
peak of resident memory, and wall seconds of the whole command ``briefs activities check``. Run from the repository:
``python -u tests/bench/register.py [--rows 100000] [--rounds 3]``.
"""

from __future__ import annotations

import argparse
import csv
import multiprocessing
import resource
import statistics
import subprocess
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


CASES = {
    "XLSX": ("own.xlsx", ""),
    "CSV": ("own.csv", ""),
    "XLSX, a slip a row": ("bad.xlsx", "state"),
    "CSV, a slip a row": ("bad.csv", "state"),
    "XLSX, one formula": ("formula.xlsx", "formula"),
}
"""File and slip of each."""


def rows(count: int, slip: str = "") -> Iterator[list[object]]:
    """Yield synthetic rows; ``slip``: with a ``state`` that nobody knows in each, or a ``formula`` in the middle."""
    for at in range(count):
        year, month, day = 2020 + at % 5, 1 + at % 12, 1 + at % 28
        date = f"令和{year - 2018}年{month}月{day}日" if at % 2 else f"{year}-{month:02d}-{day:02d}"
        fiscal = f"FY{year if month >= 4 else year - 1}"
        state = f"架空州{at}" if slip == "state" else STATES[at % len(STATES)]
        form = ("対面", "オンライン", "hybrid")[at % 3]
        place = [MISSIONS[at % len(MISSIONS)], state, "City"]
        heads = "=100+20" if slip == "formula" and at == count // 2 else f"{at % 5000:,}人"
        what = [form, "文化", "架空団体", f"資料{at}", "x"]
        yield [f"S{at}", f"架空の行事 {at}", date, fiscal, *place, heads, *what]


def write(folder: Path, count: int) -> dict[str, Path]:
    """Write the files of `CASES` and return them by what they are."""
    import openpyxl

    found = {name: folder / file for name, (file, _) in CASES.items()}
    for name, path in found.items():
        every = rows(count, CASES[name][1])
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


def command(path: Path) -> float:
    """Return the wall seconds of the whole command."""
    start = time.perf_counter()
    words = [sys.executable, "-m", "helpers.cli", "activities", "check", str(path)]
    subprocess.run(words, capture_output=True, check=False)
    return time.perf_counter() - start


def main() -> None:
    """Write, check, print; end with 1 when the median of a file is over the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    slow = False
    with tempfile.TemporaryDirectory() as folder:
        for name, path in write(Path(folder), asked.rows).items():
            found, whole = [], []
            for _ in range(asked.rounds):
                ours, theirs = multiprocessing.Pipe()
                process = multiprocessing.get_context("spawn").Process(target=check, args=(str(path), theirs))
                process.start()
                found.append(ours.recv())
                process.join()
                whole.append(command(path))
            wall, processor, memory = (statistics.median(one[at] for one in found) for at in range(3))
            print(
                f"{name}: {found[0][3]}, {path.stat().st_size / 1e6:.1f} MB: {wall:.1f} s ({processor:.1f} s of the "
                f"processor), peak {memory:.0f} MB; the whole command {statistics.median(whole):.1f} s"
            )
            slow |= wall > LIMIT
    print(f"limit {LIMIT:g} s: {'not kept' if slow else 'kept'}")
    sys.exit(slow)


if __name__ == "__main__":
    main()
