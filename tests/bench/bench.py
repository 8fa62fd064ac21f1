"""`make bench`: this press against what one would do without it, and against the time of the cells alone.

Each round makes the sample (six state briefs) in every other way and the whole book with the press, cold; the
ratios are medians over the rounds. Every other way's outputs are compared with the press's own. Memory is looked at
during one more build, whose time does not count.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import measure
import same

SAMPLE = ("en/state/tennessee", "ja/state/california", "en/state/missouri", "ja/state/texas", "en/state/new-york",
          "ja/state/wyoming")  # fmt: skip
RIVAL = measure.ROOT / "build" / "bench"
"""Where `make bench` puts ploomber-engine."""

NO_CHANGE = """
import time
from rich.console import Console
from helpers.cli import _reread
from helpers.press import book, build, plan, progress
start = time.perf_counter()
read = book.read()
briefs = plan.expand(read, read.edition())
result = build.build(read, read.edition(), briefs, progress.Lines(Console()), reread=_reread)
assert result.fresh == result.total, result
print(time.perf_counter() - start)
"""


class Bench:
    """The folders and the sample of one run, and what each way took in each round."""

    def __init__(self, folder: Path, jobs: int) -> None:
        from helpers.press import book as books
        from helpers.press import parameters, plan

        self.folder, self.jobs = folder, jobs
        self.reports = folder / "reports"
        book = books.read()
        everything = plan.expand(book, book.edition())
        self.edition, self.count = book.edition().name, len(everything)
        known = {brief.stem: brief for brief in everything}
        self.all: dict[str, tuple[str, dict[str, Any]]] = {}
        for stem, brief in known.items():
            values = parameters.check(brief.notebook, dict(brief.parameters), book.domains)
            self.all[stem] = str(brief.notebook), dict(values)
        self.sample = [self.all[stem] for stem in SAMPLE]
        self.seconds: dict[str, list[float]] = {}
        self.troubles: dict[str, str] = {}
        self.builds: list[measure.Ran] = []

    def note(self, way: str, seconds: float) -> None:
        """Keep the seconds of one round: a brief's, or the whole book's where nothing changed."""
        self.seconds.setdefault(way, []).append(seconds)
        print(f"  {way}: {seconds:.2f} s", file=sys.stderr, flush=True)

    def press(self) -> None:
        """The whole book by the press, from nothing; half of its cells alone before, half after, as machines drift."""
        halves = [
            [stem for n, stem in enumerate(self.all) if n // 2 % 2 == half] for half in range(2)
        ]  # of each pair of languages
        first = self.script(halves[0], "book")
        self.build()
        second = self.script(halves[1], "book")
        for way, part in (("floor", "cells"), ("floor busy", "cells busy")):
            self.note(way, statistics.mean(first[part] + second[part]))

    def build(self) -> None:
        """The whole book by the press, and once more."""
        shutil.rmtree(self.reports, ignore_errors=True)
        places = {"BRIEFS_REPORTS": str(self.reports)}
        ran = measure.run([measure.BIN / "briefs", "build", "--jobs", str(self.jobs)], places, watched=False)
        self.builds.append(ran)
        self.note("press", ran.seconds / self.count)
        start = time.perf_counter()
        measure.run([measure.BIN / "briefs", "build"], places, watched=False)
        self.note("no change", time.perf_counter() - start)
        again = measure.run([sys.executable, "-c", NO_CHANGE], places, watched=False)
        self.note("no change, after imports", float(again.lines[-1][1]))

    def peak(self) -> dict[str, int]:
        """Return the most memory that the processes of the whole book take at once, in megabytes by role."""
        words = [measure.BIN / "briefs", "build", "--force", "--jobs", str(self.jobs)]
        return measure.run(words, {"BRIEFS_REPORTS": str(self.reports)}).memory.peak()

    def commands(self) -> None:
        """The two commands, brief after brief, as a shell loop would run them."""
        folder = self.fresh("a")
        start = time.perf_counter()
        for number, (notebook, values) in enumerate(self.sample):
            target = folder / f"{number}.ipynb"
            papermill = ["papermill", "--no-progress-bar", "--cwd", str(Path(notebook).parent)]
            for command in (
                [*papermill, "-y", json.dumps(values), notebook, target],
                ["jupyter", "nbconvert", "--to", "html", "--log-level", "ERROR", target],
            ):  # fmt: skip
                words = [str(measure.BIN / command[0]), *map(str, command[1:])]
                subprocess.run(words, check=True, capture_output=True)
        self.note("a", (time.perf_counter() - start) / len(self.sample))
        self.compare("a")

    def pool(self, way: str, library: str) -> None:
        """A pool of processes that run a library, as many as the press has."""
        folder = self.fresh(way)
        more = {"PLOOMBER_STATS_ENABLED": "false", "PYTHONPATH": str(RIVAL) if way == "c" else ""}
        script = str(Path(__file__).with_name("pool.py"))
        words = [sys.executable, script, library, str(self.jobs), str(folder), json.dumps(self.sample)]
        done = subprocess.run(words, env=os.environ | more, capture_output=True, text=True, check=False)
        if done.returncode:
            self.troubles[way] = f"did not run: {(done.stderr.strip().splitlines() or ['?'])[-1]}"
            return
        self.note(way, float(done.stdout.split()[-1]) / len(self.sample))
        self.compare(way)

    def script(self, stems: Iterable[str], *more: str) -> Any:
        """Return what `parts.py` measures of some briefs."""
        briefs = json.dumps([(*self.all[stem], stem) for stem in stems])
        words = [sys.executable, str(Path(__file__).with_name("parts.py")), briefs, str(self.jobs), *more]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        return json.loads(done.stdout.splitlines()[-1])

    def parts(self) -> dict[str, float]:
        """The parts of a brief of the sample."""
        found = self.script(SAMPLE)
        self.note("sample", found["cells"])
        self.note("sample together", found["cells together"])
        return found

    def fresh(self, way: str) -> Path:
        """Return an empty folder for one way."""
        folder = self.folder / way
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder

    def compare(self, way: str) -> None:
        """Compare a way's notebooks with the press's."""
        for number, stem in enumerate(SAMPLE):
            theirs = json.loads((self.folder / way / f"{number}.ipynb").read_text(encoding="utf-8"))
            ours = json.loads((self.reports / self.edition / f"{stem}.ipynb").read_text(encoding="utf-8"))
            wrong = same.difference(ours, theirs)
            if wrong:
                self.troubles[way] = f"outputs equal: no ({stem}, {wrong})"

    def report(self, parts: list[dict[str, float]]) -> None:
        """Print what was measured beside what was to be reached."""
        ours = self.seconds["press"]
        names = {
            "a": "(a) papermill and jupyter nbconvert commands, HTML",
            "b": f"(b) {self.jobs} processes, papermill + HTMLExporter, HTML",
            "c": f"(c) {self.jobs} processes, ploomber-engine + HTMLExporter, HTML",
            "press": f"(d) this press, {self.jobs} jobs, HTML + PDF + JSON + ipynb, cold",
            "floor": "(e) the cells alone, one brief at a time, of the whole book",
            "sample": "    the cells of the sample alone, one brief at a time",
            "sample together": f"    the same, {self.jobs} briefs at once, wall time a brief",
        }
        print(
            f"\n{len(ours)} rounds; (d) and (e) the book of {self.count} briefs, the others a sample of {len(SAMPLE)}\n"
        )
        print(f"{'':62}{'s a brief':>10}{'to (d)':>8}")
        for way, name in names.items():
            if len(self.seconds.get(way, ())) < len(ours):
                print(f"{name:62}{'-':>10}{'-':>8}  {self.troubles[way]}")
                continue
            times = self.seconds[way]
            said = self.troubles.get(way, "outputs equal: yes") if way in "abc" else ""
            print(f"{name:62}{statistics.median(times):10.3f}{measure.ratio(ours, times):8.2f}  {said}")
        wall = [ours_ * self.count for ours_ in ours]
        floor = [cells * self.count / self.jobs for cells in self.seconds["floor"]]
        quiet, own = self.seconds["no change"], self.seconds["no change, after imports"]
        share = 100 / measure.ratio(own, wall)
        peak = self.peak()
        print(f"\nthe whole book {statistics.median(wall):.1f} s; an unchanged one {statistics.median(quiet):.2f} s, "
              f"of which after imports {statistics.median(own):.2f} s\n")  # fmt: skip
        print(f"{'':50}{'to reach':>12}{'reached':>10}")
        print(
            f"{'times (a), while also making the PDF':50}{'9':>12}{measure.ratio(ours, self.seconds['a']):10.1f}"
        )
        print(f"{'times (b)':50}{'4':>12}{measure.ratio(ours, self.seconds['b']):10.1f}")
        print(f"{'whole wall over floor / jobs':50}{'1.35':>12}{measure.ratio(floor, wall):10.2f}")
        print(f"{'no change, of the full build (after imports)':50}{'1 %':>12}{share:8.2f} %")
        print(
            f"{'no change, of the full build (imports included)':50}{'':>12}{100 / measure.ratio(quiet, wall):8.2f} %"
        )
        print(f"{'peak PSS of all processes, MB':50}{'1500':>12}{sum(peak.values()):10}")
        print(f"    {', '.join(f'{role} {size}' for role, size in peak.items() if size)}")
        self.made_of(parts)

    def made_of(self, parts: list[dict[str, float]]) -> None:
        """Print what the time of the processors of a whole build goes to, in seconds a brief."""
        mean = {part: statistics.median(one[part] for one in parts) for part in parts[0]}
        build, cells = self.builds[-1], self.seconds["floor busy"][-1]
        total, busy = build.seconds * self.jobs / self.count, build.busy / self.count
        rows = {
            "the cells in their forked processes": cells,
            "running them as a notebook, the side of the worker": mean["client"],
            **{kind: mean[kind] for kind in ("html", "pdf", "json", "ipynb")},
        }
        rows["the start, first times, writing, slower at once"] = busy - sum(rows.values())
        rows["idle"] = total - busy
        print(
            f"\nwhat {total:.3f} s a brief ({self.jobs} jobs x wall / briefs) are made of, processor seconds:"
        )
        for name, seconds in rows.items():
            print(f"    {name:56}{seconds:7.3f}{100 * seconds / total:6.0f} %")


def main() -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        bench, parts = Bench(Path(name), chosen.jobs), []
        for number in range(1, chosen.rounds + 1):
            print(f"round {number} of {chosen.rounds}", file=sys.stderr, flush=True)
            bench.press()
            parts.append(bench.parts())
            bench.commands()
            bench.pool("b", "papermill")
            bench.pool("c", "ploomber")
        bench.report(parts)


if __name__ == "__main__":
    main()
