"""Which code a brief is made with: the modules a notebook can reach, those that render it, their files.

Imports are read from the sources (at the top or inside functions), not run. A module brings along the
packages above it. Files that are not modules (phrases, style sheets, templates) go with their room.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
"""The package whose modules are followed; other packages are known by their versions."""

RENDERING = ("helpers.press.work", "helpers.press.warm", "helpers.press.template")
"""Where the press's own part in the content of a brief begins: rendering, the engine, its template process."""

COMPARED = ("book", "domains", "parameters", "place", "plan", "strict")
"""Modules of the press that decide what is asked for and where it goes: their results are compared instead."""

APART = ("press/templates/site/",)
"""Files that have no part in a brief."""


def digests(notebooks: Iterable[Path], package: Path | None = None) -> dict[str, str]:
    """Return the digest of every file of the package, and of the modules and packages beside the notebooks.

    Parameters
    ----------
    notebooks
        The notebooks of the book.
    package
        The package's folder, if not this one.

    Returns
    -------
    dict
        Path below the package, `display/prose.py`, or beside a notebook, `notebooks/own.py`, to its SHA-256;
        files of one name beside notebooks in several folders count together.
    """
    files = _files(package or PACKAGE)
    found = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files}
    for folder in sorted({path.parent for path in notebooks}):
        for name, path in _beside(folder):
            found[name] = hashlib.sha256(found.get(name, "").encode() + path.read_bytes()).hexdigest()
    return found


def _files(package: Path) -> list[tuple[str, Path]]:
    paths = sorted(path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return [(path.relative_to(package).as_posix(), path) for path in paths]


def _beside(folder: Path) -> list[tuple[str, Path]]:
    """Return the modules in a folder and the files of the packages there, by their names."""
    # An editor's lock is a link to nowhere.
    paths = sorted(path for path in folder.glob("*.py") if path.is_file())
    paths += [path for first in sorted(folder.glob("*/__init__.py")) for _, path in _files(first.parent)]
    return [(f"notebooks/{path.relative_to(folder).as_posix()}", path) for path in paths]


def reached(notebook: Path, package: Path | None = None) -> frozenset[str]:
    """Return the files, as `digests` names them, that can change what a notebook's brief looks like.

    A notebook whose cells are not plain Python (a magic, say), or that has such a module beside it, is taken to reach
    every room but the press.
    """
    package = package or PACKAGE
    modules = _modules(package)
    beside = dict(_beside(notebook.parent))
    sources = [path for path in beside.values() if path.suffix == ".py"]
    texts = [_code(notebook), *(path.read_bytes() for path in sources)]  # bytes: Python knows the encoding
    try:
        roots = {name for text in texts for name in _imports(text, "", False)}
    except (SyntaxError, ValueError):  # a null byte, in Python 3.11
        roots = {name for name in modules if name.split(".")[1:2] not in (["press"], ["cli"])}
    ran = _closure(roots, modules)
    rendered = _closure(RENDERING, modules) - {f"helpers.press.{name}" for name in COMPARED}
    found = {path.relative_to(package).as_posix() for name in ran | rendered for path in [modules[name]]}
    rooms = {name.split("/")[0] for name in found}
    others = [name for name, _ in _files(package) if not name.endswith(".py") and not name.startswith(APART)]
    return frozenset(found | {name for name in others if name.split("/")[0] in rooms} | set(beside))


def _code(notebook: Path) -> str:
    content = json.loads(notebook.read_text(encoding="utf-8"))
    cells = (cell for cell in content["cells"] if cell["cell_type"] == "code")
    return "\n".join("".join(cell["source"]) for cell in cells)


def _modules(package: Path) -> dict[str, Path]:
    """Return every module of the package by its dotted name."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def _closure(roots: Iterable[str], modules: Mapping[str, Path]) -> set[str]:
    """Return the modules that the roots import, and what these import, with the packages above them."""
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        parts = waiting.pop().split(".")
        for length in range(1, len(parts) + 1):
            name = ".".join(parts[:length])
            if name in modules and name not in found:
                found.add(name)
                path = modules[name]
                text = path.read_text(encoding="utf-8")
                waiting += _imports(text, name, path.name == "__init__.py")
    return found


@lru_cache(maxsize=512)
def _imports(text: str | bytes, module: str, package: bool) -> tuple[str, ...]:
    return tuple(_named(text, module, package))


def _named(text: str | bytes, module: str, package: bool) -> Iterator[str]:
    """Yield the dotted names that a source imports; of `from a import b` both `a` and `a.b`."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = module.split(".")
                above = above[: len(above) - node.level + package]
                base = ".".join([*above, base] if base else above)
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)
