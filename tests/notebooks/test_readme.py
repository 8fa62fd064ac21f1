"""What the README counts is what there is: its first sentences, its tables, its briefs, the register."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest

from helpers import paths
from helpers.press import book as books
from helpers.press import plan

README = (paths.ROOT / "README.md").read_text(encoding="utf-8")
FIRST = README.partition("## Start")[0]
WITHOUT_SPEED = re.sub(r"## Speed\n.*?\n## ", "## ", README, flags=re.S)
WORDS = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
}
ORDINALS = ("largest", "second-largest", "third-largest")
NAMES = ("fdi", "jobs", "imports", "exports")
NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8}


def resources():
    return json.loads((paths.data_dir() / "datapackage.json").read_text(encoding="utf-8"))["resources"]


def number(word):
    return WORDS.get(word.lower(), int(word) if word.isdigit() else -1)


def test_the_readme_names_every_table_and_no_other():
    part = README.partition("## What is in `data/`")[2].partition("\n## ")[0]
    rows = [line.split("|")[2] for line in part.splitlines() if line.startswith("| ")]
    named = set(re.findall(r"`(\w+)`", " ".join(rows)))
    assert named == {resource["name"] for resource in resources()}


def test_the_readme_states_no_other_number_of_briefs_tables_or_events():
    # Few are stated, so that a new brief or table does not make the page wrong; those that are must be right.
    book = books.read()
    counts = {
        "briefs": len(plan.expand(book, book.edition(""))),
        "tables": len(resources()),
        "events": len(pd.read_csv(paths.data_dir() / "taskforce" / "events.csv")),
    }
    stated = re.findall(r"\b(\d[\d,]*) (briefs|tables|events)\b", WITHOUT_SPEED)
    assert "events" in {what for _, what in stated}
    assert [(n, what) for n, what in stated if int(n.replace(",", "")) != counts[what]] == []


def test_the_tables_are_no_larger_than_the_readme_says():
    limit = re.search(r"less than (\d+) MB", README)
    assert limit is not None
    size = sum((paths.data_dir() / resource["path"]).stat().st_size for resource in resources())
    assert size < int(limit[1]) * 1e6


@pytest.mark.slow
def test_the_first_sentences_of_the_readme_are_those_of_the_national_brief(run):
    told = re.search(
        r"Japan is the (largest) direct investor.*?end of (\d{4})\), its\s+(\S+) foreign employer \((\d{4})\), "
        r"its (\w+) source of goods\s+imports and its (\w+) market for goods exports \((\d{4})\)",
        FIRST,
        re.S,
    )
    assert told is not None
    investor, held, employer, counted, source, market, traded = told.groups()
    page = run("national", lang="en")
    values = {value.id: value for block in page.blocks for value in block.numbers()}
    found = {name: (values[f"{name}.rank"].value, values[f"{name}.rank"].period) for name in NAMES}
    assert found == {
        "fdi": (1 + ORDINALS.index(investor), held),
        "jobs": (1 + ORDINALS.index(employer), counted),
        "imports": (NTH[source], traded),
        "exports": (NTH[market], traded),
    }


@pytest.mark.slow
def test_the_claims_by_verdict_of_the_readme_are_those_of_the_audit(run):
    told = re.search(
        r"of the (\d+) figures .*?, (\w+) are\s+reproduced, (\w+) hold on one definition or vintage only, (\w+) are "
        r"likely slips of the decimal point, and (\w+) have no\s+independent figure",
        FIRST,
        re.S,
    )
    assert told is not None
    page = run("claims_audit", lang="en")
    values = {value.id: value for block in page.blocks for value in block.numbers()}
    verdicts = ("all", "reproduced", "only", "slip", "not_checkable")
    assert [number(word) for word in told.groups()] == [values[f"claims.{name}"].value for name in verdicts]
    assert all(values[f"claims.{name}"].value == 0 for name in ("rounding", "inconsistent", "contradicted"))
