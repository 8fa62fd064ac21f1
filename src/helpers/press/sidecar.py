"""The values beside a brief: every number that its page shows, collected from the executed notebook."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from helpers.errors import BuildError, compose, listed

FACE = "application/vnd.brief+json"
"""The face in which a display block says what it shows."""

KEYS = ("id", "label", "value", "unit", "period", "rank", "band", "of", "trace")
"""The keys of one value, in the order they are written."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)

SAME = tuple(key for key in KEYS if key not in ("label", "trace"))
"""Where two values of one id have to agree; they may be labelled and traced in two ways."""


def values(notebook: Any) -> list[dict[str, Any]]:
    """Return the values that the blocks of an executed notebook show, each id once, in the page's order.

    Parameters
    ----------
    notebook
        The executed notebook.

    Raises
    ------
    BuildError
        A value lacks a key or has one too many, or one id stands for two different values.
    """
    found: dict[str, dict[str, Any]] = {}
    problems = []
    for number, cell in enumerate(notebook.cells, 1):
        for value in (value for face in _faces(cell) for value in face.get("values", ())):
            name = str(value.get("id", ""))
            if set(value) != set(KEYS) or not name:
                where = f"cell {number}, value {name!r}"
                problems.append(
                    compose(where, f"the keys {', '.join(KEYS)}", listed(value), "Use display's Value.")
                )
                continue
            first = found.setdefault(name, {key: value[key] for key in KEYS})
            differ = [key for key in SAME if first[key] != value[key]]
            if differ:
                got = "; ".join(f"{key} {first[key]!r} and {value[key]!r}" for key in differ)
                todo = "Show the same figure, or give one of them an id of its own."
                problems.append(compose(f"cell {number}, value {name!r}", "one value an id", got, todo))
    if problems:
        raise BuildError("\n".join(problems))
    return list(found.values())


def named(notebook: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the tables (title, path, digest, editions) and sources (text, url) that the values' traces name."""
    tables: dict[str, Any] = {}
    sources: dict[str, Any] = {}
    for face in (face for cell in notebook.cells for face in _faces(cell)):
        tables |= {name: told for name, told in face.get("tables", {}).items() if name not in tables}
        sources |= {key: told for key, told in face.get("sources", {}).items() if key not in sources}
    return tables, sources


def _faces(cell: Any) -> list[Any]:
    outputs = [output.get("data", {}) for output in cell.get("outputs", ())]
    return [data[FACE] for data in outputs if FACE in data]


def text(
    brief: str,
    edition: str,
    lang: str,
    parameters: Mapping[str, Any],
    shown: list[dict[str, Any]],
    tables: Mapping[str, Any] | None = None,
    sources: Mapping[str, Any] | None = None,
) -> str:
    """Return the JSON file of a brief, a value, a table and a source a line; the same values give the same bytes.

    Raises
    ------
    BuildError
        A value is not a JSON value (not-a-number among them: a missing figure is null).
    """
    content = {
        "brief": brief,
        "edition": edition,
        "lang": lang,
        "parameters": dict(parameters),
    }
    try:
        lines = [f'"{key}": {_json(item)}' for key, item in content.items()]
        lines += [
            f'"{name}": {_listed(items or {})}' for name, items in (("tables", tables), ("sources", sources))
        ]
        table = ",\n".join(f"  {_json(value)}" for value in shown)
        return "{\n " + ",\n ".join(lines) + ',\n "values": [\n' + table + "\n ]\n}\n"
    except ValueError as error:
        bad = [value["id"] for value in shown if value["value"] != value["value"]]
        todo = "Say what is missing in a sentence and give the value as None."
        got = f"{error} ({listed(bad)})" if bad else str(error)
        raise BuildError(compose(f"{lang}/{brief}.json", "finite numbers", got, todo)) from error


def _listed(items: Mapping[str, Any]) -> str:
    inside = ",\n".join(f"  {_json(name)}: {_json(item)}" for name, item in items.items())
    return "{\n" + inside + "\n }" if inside else "{}"


def _json(value: Any) -> str:
    return _ENCODER.encode(value)
