"""`make bench-scale`: does a brief cost the same, in time and memory, in a book ten times as large?

The bench book is the state brief of 51 states in 2 languages as of 10 days (1,020 briefs), made by one build.
The days differ and the figures do not, so that every hundred briefs are the same work.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import measure

BOOK = """\
settings: {{jobs: {jobs}, engine: warm, time_limit: 300, memory_limit: 2000}}
formats: [html, pdf, json, ipynb]
domains:
  lang: {{values: [en, ja]}}
  state: {{table: reference/states.csv, code: usps, name: name_en}}
  as_of: {{date: true, empty: true}}
editions:
  bench:
    title: {{en: Bench, ja: Bench}}
    parameters: {{}}
briefs:
  state:
    notebook: state.ipynb
    heading: {{en: The states, ja: 各州}}
    title: {{en: "{{state.name_en}}, {{as_of}}", ja: "{{state.name_ja}}、{{as_of}}"}}
    grid:
      as_of: [{days}]
      state: all
      lang: [en, ja]
    path: "{{lang}}/{{as_of}}/{{state.slug}}"
"""
EACH = 102


def build(editions: int, jobs: int, folder: Path) -> measure.Ran:
    """Build a bench book of so many editions in a folder."""
    notebooks = folder / "notebooks"
    notebooks.mkdir(parents=True)
    shutil.copy(measure.ROOT / "notebooks" / "state.ipynb", notebooks)
    days = ", ".join(f'"2025-12-{day:02d}"' for day in range(1, editions + 1))
    (notebooks / "book.yml").write_text(BOOK.format(days=days, jobs=jobs), encoding="utf-8")
    places = {"BRIEFS_NOTEBOOKS": str(notebooks), "BRIEFS_REPORTS": str(folder / "reports")}
    return measure.run([measure.BIN / "briefs", "build"], places)


def report(ran: measure.Ran, count: int) -> tuple[float, float, int]:
    """Print a build by the hundred; return seconds a brief, without the start too, and the peak of memory."""
    times = [at for at, line in ran.lines if line.startswith("brief ")]
    assert len(times) == count, f"{len(times)} of {count} briefs"
    print(f"\n{count} briefs in {ran.seconds:.0f} s; the first after {times[0]:.1f} s")
    print("  briefs        s a brief   peak PSS (MB): all = builder + template + notebooks + workers")
    for first in range(0, count, EACH):
        begin, end = times[max(first - 1, 0)], times[min(first + EACH, count) - 1]
        number = EACH - (first == 0)
        peak = ran.memory.peak(begin, end)
        parts = " + ".join(str(peak.get(role, 0)) for role in ("builder", "template", "notebooks", "workers"))
        total = sum(peak.values())
        print(f"  {first + 1:4}-{first + EACH:4}     {(end - begin) / number:.3f}       {total:5} = {parts}")
    steady = (times[-1] - times[0]) / (count - 1)
    return ran.seconds / count, steady, sum(ran.memory.peak().values())


def main() -> None:
    """Build 102 briefs and 1,020, and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--editions", type=int, default=10, help="102 briefs each")
    chosen = parser.parse_args()
    found = []
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        for editions in (1, chosen.editions):
            folder = Path(name) / str(editions)
            found.append(report(build(editions, chosen.jobs, folder), editions * EACH))
            shutil.rmtree(folder)
    (small, steady, least), (large, later, most) = found
    print(f"\n{'':24}{EACH:>8}{EACH * chosen.editions:>8}   ratio")
    print(f"{'s a brief, all':24}{small:8.3f}{large:8.3f}   {large / small:.2f}")
    print(
        f"{'s a brief, after start':24}{steady:8.3f}{later:8.3f}   {later / steady:.2f}   (to reach: 0.85 to 1.15)"
    )
    print(f"{'peak PSS, MB':24}{least:8}{most:8}   {most / least:.2f}")


if __name__ == "__main__":
    main()
