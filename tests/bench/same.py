"""Do two executed notebooks show the same, cell by cell and face by face?"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

VARIES = [
    (re.compile(r"ipykernel_\d+"), "ipykernel_N"),
    (re.compile(r"0x[0-9a-f]+"), "0xN"),
]
"""What differs between any two runs: the process's number, addresses."""


def shown(notebook: Mapping[str, Any]) -> list[list[Any]]:
    """Return what each code cell that shows anything shows: streams joined, counters and timings left out."""
    cells = []
    for cell in notebook["cells"]:
        outputs: list[Any] = []
        for output in cell.get("outputs", []):
            kept = {key: value for key, value in output.items() if key != "execution_count"}
            if kept["output_type"] == "stream":
                kept["text"] = "".join(kept["text"])
                last = outputs[-1] if outputs else {}
                if last.get("name") == kept["name"]:
                    last["text"] += kept["text"]
                    continue
            else:
                kept["data"] = {face: _whole(text) for face, text in output.get("data", {}).items()}
            outputs.append(kept)
        if outputs:
            text = json.dumps(outputs, sort_keys=True, ensure_ascii=False)
            for pattern, same in VARIES:
                text = pattern.sub(same, text)
            cells.append(json.loads(text))
    return cells


def _whole(face: Any) -> Any:
    return "".join(face) if isinstance(face, list) and all(isinstance(line, str) for line in face) else face


def difference(one: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """Return how the first cell that differs differs, or nothing."""
    left, right = shown(one), shown(other)
    for number, (mine, theirs) in enumerate(zip(left, right, strict=False), 1):
        if len(mine) != len(theirs):
            return f"cell {number}: {len(mine)} outputs against {len(theirs)}"
        for first, second in zip(mine, theirs, strict=True):
            if first["output_type"] != second["output_type"]:
                return f"cell {number}: {first['output_type']} against {second['output_type']}"
            faces = first.get("data", {}).keys() | second.get("data", {}).keys()
            wrong = sorted(
                face for face in faces if first.get("data", {}).get(face) != second.get("data", {}).get(face)
            )
            if wrong:
                return f"cell {number}: {', '.join(wrong)}"
            if first != second:
                return f"cell {number}: {first['output_type']}"
    return "" if len(left) == len(right) else f"{len(left)} cells with outputs against {len(right)}"
