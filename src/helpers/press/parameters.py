"""The contract of a notebook: what its `parameters` cell declares, and whether given values keep to it.

Papermill itself only logs a name it does not know, lets any type pass, and when the tag is missing lets the
notebook's own value win, so that a typo publishes the default brief under the asked-for name.
"""

from __future__ import annotations

import ast
import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers import paths
from helpers.errors import BookError, ParameterError, compose, listed
from helpers.press import strict
from helpers.press.domains import Domain

TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool}
ADVICE = {
    "str": "Write it in quotes.",
    "int": "Write a whole number.",
    "float": "Write a number.",
    "bool": "Write true or false.",
}


@dataclass(frozen=True)
class Declared:
    """One line of a `parameters` cell: a type, and a default unless the parameter has to be given."""

    name: str
    type: str
    required: bool
    default: Any = None


def declared(notebook: Path) -> tuple[Declared, ...]:
    """Return what the `parameters` cell of a notebook declares, in its order.

    Raises
    ------
    BookError
        The notebook cannot be read, is for a kernel of another language, has not exactly one code cell tagged
        `parameters`, holds a cell that an earlier run injected, or its cell holds something else than
        `name: type = literal`.
    """
    where = paths.of_notebook(notebook)
    cells = _cells(notebook, where)
    stale = [n for n, cell in enumerate(cells, 1) if "injected-parameters" in _tags(cell)]
    if stale:
        todo = "Delete it: the press injects its own."
        raise BookError(compose(where, "no cell tagged 'injected-parameters'", f"cell {listed(stale)}", todo))
    tagged = [n for n, cell in enumerate(cells, 1) if "parameters" in _tags(cell)]
    if len(tagged) != 1:
        got = f"{len(tagged)}" + (f" (cells {listed(tagged)})" if tagged else "")
        todo = "Tag the one cell that holds the parameters (JupyterLab: property inspector, cell tags)."
        raise BookError(compose(where, "exactly one cell tagged 'parameters'", got, todo))
    cell = cells[tagged[0] - 1]
    where = f"{where}, cell {tagged[0]} (parameters)"
    if cell.get("cell_type") != "code":
        raise BookError(compose(where, "a code cell", repr(cell.get("cell_type")), "Change the cell's type."))
    return _lines("".join(cell.get("source", "")), where)


def _cells(notebook: Path, where: str) -> list[dict[str, Any]]:
    try:
        content = json.loads(notebook.read_text(encoding="utf-8"))
        cells = list(content["cells"])
    except OSError as error:
        raise BookError(
            compose(where, "a readable file", error.strerror or str(error), "Restore it.")
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise BookError(
            compose(where, "a notebook of format 4", f"{type(error).__name__}: {error}", "Restore it.")
        ) from error
    if (language := _language(content.get("metadata"))).casefold() != "python":
        todo = "Choose a Python kernel in JupyterLab, and write its cells in Python."
        raise BookError(compose(where, "a notebook for Python", f"one for {language}", todo))
    wrong = [n for n, cell in enumerate(cells, 1) if not _is_cell(cell)]
    if wrong:
        expected = "cells with a type, metadata and a source"
        raise BookError(compose(where, expected, f"another form in cell {listed(wrong)}", "Restore it."))
    return cells


def _language(metadata: Any) -> str:
    """Return the language of a notebook's kernel as its metadata tell it; Python where they do not."""
    kernel = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    return str(kernel.get("language") or "python") if isinstance(kernel, dict) else "python"


def _is_cell(cell: Any) -> bool:
    if not isinstance(cell, dict) or not {"cell_type", "metadata", "source"} <= cell.keys():
        return False
    metadata = cell["metadata"]
    return isinstance(metadata, dict) and isinstance(metadata.get("tags", []), list)


def _tags(cell: Mapping[str, Any]) -> list[str]:
    return list(cell["metadata"].get("tags", []))


@functools.lru_cache(64)  # the briefs of a notebook have one
def _lines(source: str, where: str) -> tuple[Declared, ...]:
    try:
        body = ast.parse(source).body
    except SyntaxError as error:
        raise BookError(
            compose(where, "Python", f"{error.msg} in line {error.lineno}", "Repair it.")
        ) from error
    found, problems = [], []
    for node in body:
        line = _line(node)
        if line is None:
            problems.append(f"line {node.lineno}: {ast.unparse(node)}")
        else:
            found.append(line)
    if problems:
        types = "|".join(TYPES)
        todo = "Move the rest to another cell."
        raise BookError(compose(where, f"lines `name: {types} = literal`", listed(problems), todo))
    return tuple(found)


def _line(node: ast.stmt) -> Declared | None:
    if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
        return None
    if not isinstance(node.annotation, ast.Name) or node.annotation.id not in TYPES:
        return None
    name, kind = node.target.id, node.annotation.id
    if node.value is None:
        return Declared(name, kind, required=True)
    try:
        return Declared(name, kind, required=False, default=ast.literal_eval(node.value))
    except ValueError:
        return None


def check(notebook: Path, given: Mapping[str, Any], domains: Mapping[str, Domain]) -> dict[str, Any]:
    """Return the values a brief runs with (the given ones over the defaults), or say all that is wrong.

    Parameters
    ----------
    notebook
        The notebook; relative file parameters are looked up from its folder.
    given
        Parameter to value.
    domains
        What a parameter may hold, by name; a parameter without a domain is checked for its type.

    Raises
    ------
    BookError
        As `declared`.
    ParameterError
        A name is unknown, a required one is missing, a value has the wrong type or lies outside its domain;
        all such problems in one message.
    """
    where = paths.of_notebook(notebook)
    lines = {line.name: line for line in declared(notebook)}
    problems = [
        compose(
            f"{where}, parameter {name!r}",
            f"one of {listed(lines)}",
            "an unknown name",
            "Correct the name." + strict.nearest(name, lines),
        )
        for name in given
        if name not in lines
    ]
    values: dict[str, Any] = {}
    for name, line in lines.items():
        place = f"{where}, parameter {name!r}"
        if line.required and name not in given:
            problems.append(
                compose(place, f"a value of type {line.type}", "none, and it has no default", "Give it.")
            )
            continue
        values[name] = given.get(name, line.default)
        problem = _wrong_type(line, values[name])
        if problem is None and name in domains:
            problem = domains[name].problem(values[name], notebook.parent)
        if problem is not None:
            problems.append(compose(place, *problem))
    if problems:
        raise ParameterError("\n".join(problems))
    return values


def _wrong_type(line: Declared, value: Any) -> tuple[str, str, str] | None:
    kind = TYPES[line.type]
    fits = type(value) is kind or (kind is float and type(value) is int)
    if fits:
        return None
    todo = "Write it without quotes." if isinstance(value, str) else ADVICE[line.type]
    return f"{line.type}", f"{value!r} ({type(value).__name__})", todo
