"""The notebooks read like a memo: short cells, two languages, no output, no typed number, nothing computed."""

from __future__ import annotations

import ast
import re
import statistics

import pytest
from running import cells

from helpers import paths

NOTEBOOKS = sorted(path.stem for path in paths.notebooks_dir().glob("*.ipynb"))
pytestmark = pytest.mark.parametrize("name", NOTEBOOKS)


def code(name):
    return [cell for cell in cells(name) if cell.cell_type == "code"]


def tags(cell):
    return cell.metadata.get("tags", [])


def test_a_notebook_has_fifteen_to_thirty_cells(name):
    assert 15 <= len(cells(name)) <= 30


def test_a_notebook_is_committed_without_outputs(name):
    assert [cell.id for cell in code(name) if cell.outputs or cell.execution_count] == []


def test_one_cell_holds_the_parameters_each_with_type_and_comment(name):
    (cell,) = [cell for cell in cells(name) if "parameters" in tags(cell)]
    wrong = [
        line for line in cell.source.splitlines() if not re.fullmatch(r"\w+: (str|int) = \S.*  # \S.*", line)
    ]
    assert wrong == []


def test_cells_neither_define_nor_loop(name):
    banned = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda)
    found = [
        cell.id for cell in code(name) for n in ast.walk(ast.parse(cell.source)) if isinstance(n, banned)
    ]
    assert found == []


def test_code_cells_are_short(name):
    lines = {cell.id: len(cell.source.splitlines()) for cell in code(name) if "parameters" not in tags(cell)}
    assert {cell: n for cell, n in lines.items() if not 1 <= n <= 8} == {}
    assert statistics.median(lines.values()) <= 3


def test_headings_stand_in_pairs_english_before_japanese(name):
    languages = [tags(cell) for cell in cells(name) if cell.cell_type == "markdown"]
    assert languages == [["lang-en"], ["lang-ja"]] * (len(languages) // 2)
    places = [i for i, cell in enumerate(cells(name)) if cell.cell_type == "markdown"]
    assert all(right == left + 1 for left, right in zip(places[::2], places[1::2], strict=True))


def test_prose_holds_no_typed_number(name):
    prose = [cell.source for cell in cells(name) if cell.cell_type == "markdown"]
    assert [text for text in prose if re.search(r"\d", text)] == []


def test_imports_stand_in_one_cell_right_after_the_parameters(name):
    kinds = (ast.Import, ast.ImportFrom)
    importing = [
        i
        for i, c in enumerate(code(name))
        if any(isinstance(n, kinds) for n in ast.walk(ast.parse(c.source)))
    ]
    assert importing == [1]
