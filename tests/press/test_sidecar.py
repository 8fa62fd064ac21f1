"""The values beside a brief: each once, in the page's order, the same bytes for the same values."""

from __future__ import annotations

import json
import math

import nbformat
import pytest

from helpers.errors import BuildError
from helpers.press import sidecar


def value(name: str, number: object, **more: object) -> dict:
    empty = dict.fromkeys(sidecar.KEYS)
    return empty | {"id": name, "label": "Share", "value": number, "unit": "percent", "period": "2021"} | more


def notebook(*cells: list[dict]):
    made = nbformat.v4.new_notebook()
    for shown in cells:
        face = {sidecar.FACE: {"kind": "finding", "lang": "en", "values": shown}}
        output = nbformat.v4.new_output("display_data", data=face)
        made.cells.append(nbformat.v4.new_code_cell(outputs=[output]))
    return made


def test_values_come_in_the_order_of_the_page() -> None:
    found = sidecar.values(notebook([value("fdi.rank", 1)], [value("exports.share", 4.3)]))
    assert [item["id"] for item in found] == ["fdi.rank", "exports.share"]


def test_a_value_shown_twice_is_written_once() -> None:
    shown = [
        value("exports.share", 4.3, label="Exports"),
        value("exports.share", 4.3, label="Share of exports"),
    ]
    assert sidecar.values(notebook(shown)) == [value("exports.share", 4.3, label="Exports")]


def test_one_id_for_two_values_is_an_error_that_names_both() -> None:
    message = "cell 2, value 'exports.share': expected one value an id, got value 4.3 and 4.4"
    with pytest.raises(BuildError, match=message):
        sidecar.values(notebook([value("exports.share", 4.3)], [value("exports.share", 4.4)]))


def test_a_value_with_a_key_too_few_is_refused() -> None:
    short = value("exports.share", 4.3)
    del short["trace"]
    with pytest.raises(BuildError, match=r"value 'exports.share': expected the keys id, label"):
        sidecar.values(notebook([short]))


def test_a_value_with_a_key_too_many_or_without_an_id_is_refused() -> None:
    with pytest.raises(BuildError, match=r"value 'jobs': expected the keys id, label, .*, got .*'colour'"):
        sidecar.values(notebook([value("jobs", 1, colour="red")]))
    with pytest.raises(BuildError, match=r"cell 1, value '': expected the keys id, label"):
        sidecar.values(notebook([value("", 1)]))


def test_every_refused_value_of_a_cell_is_named() -> None:
    shown = [value("jobs", 1, colour="red"), value("trade", 2, colour="red")]
    with pytest.raises(BuildError, match=r"(?s)value 'jobs': expected the keys.*value 'trade': expected"):
        sidecar.values(notebook(shown))


def test_a_value_traced_in_two_ways_is_one_and_keeps_its_first_trace() -> None:
    shown = [value("jobs", 1, trace={"rows": 1}), value("jobs", 1, trace={"rows": 2})]
    assert sidecar.values(notebook(shown)) == [value("jobs", 1, trace={"rows": 1})]


@pytest.mark.parametrize("key", ["unit", "period", "rank", "band", "of"])
def test_one_id_with_another_unit_year_or_rank_is_an_error(key: str) -> None:
    with pytest.raises(BuildError, match=f"expected one value an id, got {key} 'x' and 'y'"):
        sidecar.values(notebook([value("jobs", 1, **{key: "x"}), value("jobs", 1, **{key: "y"})]))


def test_tables_and_sources_are_named_once_as_the_first_block_tells_them() -> None:
    page = notebook([value("a", 1)], [value("b", 2)], [value("c", 3)])
    told = (
        {"tables": {"jobs": {"title": "Jobs"}}, "sources": {"bea": ["BEA", "https://example.org/"]}},
        {"tables": {"jobs": {"title": "other words"}, "trade": {"title": "Trade"}}},
        {"sources": {"bea": ["other words", ""], "census": ["Census Bureau", ""]}},
    )
    for cell, more in zip(page.cells, told, strict=True):
        cell.outputs[0].data[sidecar.FACE] |= more
    assert sidecar.named(page) == (
        {"jobs": {"title": "Jobs"}, "trade": {"title": "Trade"}},
        {"bea": ["BEA", "https://example.org/"], "census": ["Census Bureau", ""]},
    )


def test_cells_without_the_face_count_for_nothing() -> None:
    made = nbformat.v4.new_notebook()
    made.cells.append(nbformat.v4.new_markdown_cell("words"))
    output = nbformat.v4.new_output("stream", name="stdout", text="4.3")
    made.cells.append(nbformat.v4.new_code_cell(outputs=[output]))
    assert sidecar.values(made) == []


def test_the_file_says_which_brief_it_belongs_to() -> None:
    text = sidecar.text("state/tennessee", "latest", "ja", {"state": "TN"}, [value("jobs.rank", None)])
    content = json.loads(text)
    assert list(content) == ["brief", "edition", "lang", "parameters", "tables", "sources", "values"]
    assert content["brief"] == "state/tennessee"
    assert content["parameters"] == {"state": "TN"}
    assert list(content["values"][0]) == list(sidecar.KEYS)


def test_tables_sources_and_values_have_a_line_each() -> None:
    tables, sources = {"jobs": {"sha256": "aa"}, "trade": {"sha256": "bb"}}, {"bea": ["BEA", ""]}
    shown = [{"id": "a"}, {"id": "b"}]
    assert sidecar.text("national", "latest", "en", {"lang": "en"}, shown, tables, sources) == (
        '{\n "brief": "national",\n "edition": "latest",\n "lang": "en",\n "parameters": {"lang": "en"},\n'
        ' "tables": {\n  "jobs": {"sha256": "aa"},\n  "trade": {"sha256": "bb"}\n },\n'
        ' "sources": {\n  "bea": ["BEA", ""]\n },\n'
        ' "values": [\n  {"id": "a"},\n  {"id": "b"}\n ]\n}\n'
    )


def test_without_tables_and_sources_their_lines_are_empty() -> None:
    text = sidecar.text("national", "latest", "en", {}, [{"id": "a"}])
    assert text.endswith(' "tables": {},\n "sources": {},\n "values": [\n  {"id": "a"}\n ]\n}\n')


def test_japanese_stays_readable_and_the_bytes_are_the_same_every_time() -> None:
    shown = [value("jobs.count", 973_800, label="雇用")]
    first = sidecar.text("national", "latest", "ja", {}, shown)
    assert "雇用" in first
    assert first == sidecar.text("national", "latest", "ja", {}, shown)


def test_a_change_of_one_value_is_a_change_of_one_line() -> None:
    before = sidecar.text("national", "latest", "en", {}, [value("a", 1), value("b", 2)]).splitlines()
    after = sidecar.text("national", "latest", "en", {}, [value("a", 1), value("b", 3)]).splitlines()
    assert [old == new for old, new in zip(before, after, strict=True)].count(False) == 1


def test_not_a_number_is_refused_with_its_id() -> None:
    with pytest.raises(BuildError, match=r"finite numbers.*'jobs.count'.*value as None"):
        sidecar.text("national", "latest", "en", {}, [value("jobs.count", math.nan)])


def test_infinity_is_refused_too() -> None:
    with pytest.raises(
        BuildError, match=r"en/national\.json: expected finite numbers, got Out of range[^(]*\. Say"
    ):
        sidecar.text("national", "latest", "en", {}, [value("jobs.ratio", math.inf)])
