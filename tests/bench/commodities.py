"""Measure state trade by commodity: two million replayed rows fetched into partitions, and the first five read back.

Every figure is synthetic: random numbers under real codes of partners, replayed by a server of this machine in the
form of the Census API. Prints seconds and the peak of resident memory of the process that fetches and of the one that
reads. Run from the repository: ``python -u tests/bench/commodities.py [--rows 2000000]``.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import resource
import shutil
import statistics
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

TESTS = Path(__file__).parents[1]
LARGE = {"CA": 0.05, "TX": 0.05, "NY": 0.05}
"""Part of all rows that one direction of a large state has; the rest is shared by the others evenly."""
PARTNERS = 80
YEAR, KEY = 2097, "synthetic-key"
LIMIT_MB, LIMIT_SECONDS = 1000, 1.0


def peak_mb() -> float:
    """Return the most memory this process has held so far."""
    scale = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


def serve(rows: int, line: Connection) -> None:
    """Replay synthetic answers of the Census API until the parent ends this process."""
    sys.path.insert(0, str(TESTS / "data" / "sources"))
    import pandas as pd
    from replay import Replay, census_answer

    from helpers.data import catalog

    partners = catalog.load("partners")
    known = partners[partners["census_code"].str.fullmatch(r"\d{4}")]
    known = pd.concat([known[known["iso3"] == "JPN"], known[known["iso3"] != "JPN"].head(PARTNERS - 1)])
    codes = list(zip(known["census_code"], known["name_en"], strict=True))
    usps = list(catalog.load("states")["usps"])
    rest = (rows / 2 - sum(LARGE.values()) * rows) / (len(usps) - len(LARGE))

    def answer(path: str, asked: dict[str, str]):  # type: ignore[no-untyped-def]
        names = asked["get"].split(",")
        predicates = {name: value for name, value in asked.items() if name not in ("get", "key")}
        state = asked["STATE"]
        count = round(LARGE[state] * rows if state in LARGE else rest)
        chance = random.Random(f"{path} {state}")
        per = -(-count // len(codes))
        found = []
        for at in range(count):
            code, name = codes[at // per]
            value = int(chance.paretovariate(0.8) * 1000)
            commodity = f"{(at % per) * 7 + 10_000:06d}"
            words = f"SYNTHETIC ARTICLES {commodity}"
            cell = {"CTY_CODE": code, "CTY_NAME": name, "STATE": state}
            found.append([cell.get(n) or _cell(n, commodity, words, value) for n in names])
        return census_answer(names, found, predicates)

    with Replay(answer) as server:
        line.send(server.url)
        line.recv()


def _cell(name: str, commodity: str, words: str, value: int) -> str:
    if name.endswith("_COMMODITY"):
        return commodity
    return words if name.endswith("DESC") else str(value * 12 if name.endswith("_YR") else value)


def fetch(line: Connection) -> None:
    """Fetch every partition, and send seconds, rows and the peak of memory."""
    from helpers.data import partitions

    start, rows = time.perf_counter(), 0
    for entry in partitions.fetch(YEAR, partitions.lacking(YEAR), key=KEY):
        rows += entry["rows"]
    line.send((time.perf_counter() - start, rows, peak_mb()))


def read(line: Connection) -> None:
    """Read the first five of the largest state, both flows: the first time and again; send seconds and memory."""
    start = time.perf_counter()
    from helpers.data import commodities

    loaded, times = time.perf_counter() - start, []
    for state in ("CA", "CA", "TX", "NY", "TN", "WY"):
        start = time.perf_counter()
        found = commodities.tops(state, "JPN")
        times.append(time.perf_counter() - start)
        assert [len(frame) for frame in found.values()] == [5, 5], state
    line.send((loaded, times, peak_mb()))


def apart(work, *arguments):  # type: ignore[no-untyped-def]
    """Run work in a process of its own and return what it sends."""
    here, there = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=work, args=(*arguments, there))
    process.start()
    return process, here


def main() -> None:
    """Measure, print, and end with 1 where a limit is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument(
        "--keep", type=Path, default=None, help="a folder that stays, in place of a temporary one"
    )
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="bench-commodities-"))
    data = folder / "data"
    if not data.is_dir():
        shutil.copytree(TESTS.parent / "data", data, ignore=shutil.ignore_patterns("raw"))
    os.environ["BRIEFS_DATA"] = str(data)
    server, line = apart(serve, options.rows)
    os.environ["BRIEFS_CENSUS_URL"] = line.recv()
    try:
        fetcher, answers = apart(fetch)
        seconds, rows, memory = answers.recv()
        fetcher.join()
        reader, answers = apart(read)
        loaded, times, reading = answers.recv()
        reader.join()
    finally:
        line.send("end")
        server.join(5)
        server.terminate()
        size = sum(path.stat().st_size for path in (data / "raw").rglob("*") if path.is_file())
        if options.keep is None:
            shutil.rmtree(folder)
    print(
        f"{rows:,} synthetic rows fetched in {seconds:.0f} s, {size / 1e6:.0f} MB on disk, peak {memory:.0f} MB"
    )
    print(
        f"first five to and from Japan: CA the first time {times[0]:.3f} s, again {times[1]:.3f} s, "
        f"median of TX, NY, TN, WY {statistics.median(times[2:]):.3f} s, imports {loaded:.2f} s, peak {reading:.0f} MB"
    )
    kept = max(memory, reading) < LIMIT_MB and max(times) < LIMIT_SECONDS
    print(
        json.dumps({"rows": rows, "seconds": seconds, "fetch_mb": memory, "read_mb": reading, "times": times})
    )
    sys.exit(0 if kept else 1)


if __name__ == "__main__":
    main()
