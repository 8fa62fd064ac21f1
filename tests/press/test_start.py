"""What the processes of the press leave out when they start, and that nothing asks for it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import nbformat

STARTED = "import sys, helpers.press.exporters; print('nbformat' in sys.modules, 'lark' in sys.modules)"


def test_no_grammar_is_built_to_read_a_notebook() -> None:
    done = subprocess.run([sys.executable, "-c", STARTED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]


def formats(schema: object) -> list[object]:
    """Return every format that a schema asks for."""
    if isinstance(schema, list):
        return [found for part in schema for found in formats(part)]
    if not isinstance(schema, dict):
        return []
    own = [schema["format"]] if isinstance(schema.get("format"), str) else []
    return own + formats(list(schema.values()))


def test_no_schema_of_a_notebook_asks_for_a_format() -> None:
    files = list(Path(nbformat.__file__).parent.rglob("*.schema.json"))
    assert len(files) >= 5
    found = {path.name: formats(json.loads(path.read_text(encoding="utf-8"))) for path in files}
    assert {name: some for name, some in found.items() if some} == {}
    assert formats({"items": [{"type": "string", "format": "iri"}]}) == ["iri"]
