"""The notebook on the data itself: its form, its numbers, both editions, both languages."""

from __future__ import annotations

import ast

import pytest
from printed import unbacked
from running import cells

from helpers.data import catalog, quality

NAME = "data_quality"
DAYS = ("", "2022-07-05", "1999-01-01", "1980-01-01")


def tags(cell):
    return cell.metadata.get("tags", [])


def test_it_reads_like_a_memo():
    found = cells(NAME)
    assert 15 <= len(found) <= 30
    code = [c for c in found if c.cell_type == "code"]
    lines = {c.id: len(c.source.splitlines()) for c in code if "parameters" not in tags(c)}
    assert {cell: n for cell, n in lines.items() if not 1 <= n <= 3} == {}
    banned = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda)
    assert not [c.id for c in code for n in ast.walk(ast.parse(c.source)) if isinstance(n, banned)]
    assert [tags(c) for c in found if c.cell_type == "markdown"] == [["lang-en"], ["lang-ja"]] * 5


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("day", DAYS)
def test_every_printed_number_is_a_value(run, day, lang):
    assert unbacked(run(NAME, as_of=day, lang=lang).blocks, lang) == []


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS)
def test_language_twins_carry_the_same_values(run, day):
    english, japanese = (run(NAME, as_of=day, lang=lang) for lang in ("en", "ja"))
    assert {i: v.value for i, v in english.values.items()} == {i: v.value for i, v in japanese.values.items()}


@pytest.mark.slow
def test_an_id_stands_for_one_value_wherever_it_is_shown(run):
    seen = {}
    for value in (v for block in run(NAME).blocks for v in block.numbers()):
        assert seen.setdefault(value.id, value.value) == value.value, value.id


@pytest.mark.slow
def test_the_page_tells_the_day_that_ages_are_told_by(run):
    told = "Ages are told by 31 December 2025, the day by which every figure with a day of release"
    assert told in run(NAME).text
    assert (
        "told by 5 July 2022, the day as of which the edition is made" in run(NAME, as_of="2022-07-05").text
    )


@pytest.mark.slow
def test_the_edition_of_fiscal_2021_holds_less_than_the_latest(run):
    past, now = run(NAME, as_of="2022-07-05").values, run(NAME).values
    assert past["quality.rows.events"].value < now["quality.rows.events"].value
    assert "quality.coverage.goods_trade.2024" in now
    assert "quality.coverage.goods_trade.2022" not in past


@pytest.mark.slow
def test_a_register_of_ones_own_takes_the_place_of_the_shipped_one(run, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text(",".join(catalog.describe("events").columns) + "\n", encoding="utf-8")
    assert run(NAME, activities=str(own)).values["quality.rows.events"].value == 0


@pytest.mark.slow
def test_a_sum_is_the_sum_of_the_numbers_of_the_tables(run):
    values = run(NAME).values
    rows = [v.value for name, v in values.items() if name.startswith("quality.rows.")]
    assert len(rows) == len(catalog.tables())
    assert values["quality.rows"].value == sum(rows)
    gaps = [
        v.value
        for name, v in values.items()
        if name.startswith("quality.gaps.") and name.endswith(".missing")
    ]
    assert values["quality.missing"].value == sum(gaps)


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS)
def test_the_tables_checked_are_all_tables_and_an_age_names_both_ends(run, day):
    values = run(NAME, as_of=day).values
    assert sorted(values["quality.checks"].trace.table_names()) == sorted(catalog.tables())
    for name, value in values.items():
        if name.startswith("quality.months."):
            more = value.trace.lineage.universe.more
            assert value.value == quality.months_between(more["end"], more["to"]), name
            assert not day or more["to"] == day
