"""`briefs build --edition fy2021`: what the deck of 5 July 2022 could say, in a folder of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow


def test_the_edition_of_fiscal_2021_prints_the_figures_of_that_day(tmp_path) -> None:
    # The deck of 5 July 2022: 679.0 billion dollars at the end of 2020, 973,800 jobs in 2019.
    command = [sys.executable, "-m", "helpers.cli", "build", "--edition", "fy2021", "--only", "national"]
    wanted = ["--lang", "en", "--lang", "ja", "--format", "html", "--format", "json", "--jobs", "1"]
    environment = {**os.environ, "BRIEFS_REPORTS": str(tmp_path)}
    done = subprocess.run([*command, *wanted], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["fy2021"]
    pages = {lang: tmp_path / f"fy2021/{lang}/national.html" for lang in ("en", "ja")}
    said = {lang: re.sub("<[^>]+>", "", page.read_text(encoding="utf-8")) for lang, page in pages.items()}
    for figure in (
        "$679.0 billion",
        "973,800",
        "goods trade 2021 (edition 2023-03)",
        "investment position 2020",
    ):
        assert figure in said["en"]
    for figure in ("6,790億ドル", "97万3,800人", "財貿易 2021年（2023-03版）"):
        assert figure in said["ja"]
    content = json.loads((tmp_path / "fy2021/en/national.json").read_text(encoding="utf-8"))
    values = {value["id"]: (value["value"], value["period"], value["rank"]) for value in content["values"]}
    assert values["fdi.value"] == (679_000, "2020", 1)
    assert values["jobs.value"] == (973_800, "2019", 2)
    assert content["parameters"]["as_of"] == "2022-07-05"
    manifest = json.loads((tmp_path / "fy2021/manifest.json").read_text(encoding="utf-8"))
    assert (manifest["edition"], sorted(manifest["briefs"])) == ("fy2021", ["en/national", "ja/national"])
