"""A user's own files among the parameters (a register, a ledger): what is published of them is their name.

Where a file lies on the user's machine is told to the notebook while it runs and to nobody else: the manifest, the
page, the ``.json`` and the executed notebook name the file, and the traces its digest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PureWindowsPath
from typing import Any

from helpers.press.domains import Domain


def parameters(domains: Mapping[str, Domain]) -> tuple[str, ...]:
    """Return the parameters that hold the path of a file."""
    return tuple(name for name, domain in domains.items() if domain.file)


def name(path: str) -> str:
    """Return the name of a file without its folders.

    Examples
    --------
    >>> name("../desk/own.xlsx"), name("")
    ('own.xlsx', '')
    """
    return PureWindowsPath(path).name


def given(values: Mapping[str, Any], own: Iterable[str]) -> dict[str, str]:
    """Return the paths among the values of a brief, by parameter."""
    return {key: str(values[key]) for key in own if values.get(key)}


def published(values: Mapping[str, Any], own: Iterable[str]) -> dict[str, Any]:
    """Return the values of a brief as they may be published: files by their name."""
    return dict(values) | {key: name(path) for key, path in given(values, own).items()}


def hide(notebook: Any, values: Mapping[str, Any], own: Iterable[str], home: Path) -> None:
    """Replace the paths in an executed notebook by names, in place: parameters, sources, outputs.

    ``home`` is the folder that relative paths start from.
    """
    paths = given(values, own)
    if not paths:
        return
    for cell in notebook.cells:
        if "injected-parameters" in cell.metadata.get("tags", ()):
            for key, path in paths.items():
                line = f"{key} = {json.dumps(name(path), ensure_ascii=False)}".replace("\\", r"\\")
                cell.source = re.sub(rf"^{re.escape(key)} = .*$", line, cell.source, flags=re.MULTILINE)
    forms = {path: name(path) for path in paths.values()}
    forms |= {str((home / path).resolve()): name(path) for path in paths.values()}
    longest = sorted((form for form in forms if form != forms[form]), key=len, reverse=True)
    for key, item in notebook.items():
        notebook[key] = _without(item, {form: forms[form] for form in longest})


def _without(item: Any, forms: Mapping[str, str]) -> Any:
    if isinstance(item, str):
        for form, short in forms.items():
            item = item.replace(form, short)
        return item
    if isinstance(item, dict):
        for key, inner in item.items():
            item[key] = _without(inner, forms)
        return item
    if isinstance(item, list):
        return [_without(inner, forms) for inner in item]
    return item
