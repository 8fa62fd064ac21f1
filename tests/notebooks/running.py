"""The notebooks run inside the test's own process: the same cells, the blocks kept instead of drawn."""

from __future__ import annotations

import ast
import hashlib
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat

from helpers import paths
from helpers.display.block import Block, Value

if TYPE_CHECKING:
    from shared import Shared


@dataclass(frozen=True)
class Page:
    """The blocks of one brief, in the order of the page, each with the id of its cell."""

    lang: str
    shown: tuple[tuple[str, Block], ...]

    @property
    def blocks(self) -> list[Block]:
        """Every block."""
        return [block for _, block in self.shown]

    @property
    def values(self) -> dict[str, Value]:
        """Every number beside the page, by id."""
        return {value.id: value for block in self.blocks for value in block.numbers()}

    @property
    def text(self) -> str:
        """What a terminal prints of the whole page."""
        return "\n".join(block.plain() for block in self.blocks)

    @property
    def html(self) -> str:
        """The blocks in HTML."""
        return "\n".join(block.html() for block in self.blocks)


def cells(name: str) -> list[Any]:
    """Return the cells of a notebook as committed."""
    return list(nbformat.read(paths.notebooks_dir() / f"{name}.ipynb", as_version=4).cells)


@cache
def defaults(name: str) -> dict[str, Any]:
    """Return the parameters of a notebook with the values that stand in it."""
    (cell,) = (cell for cell in cells(name) if "parameters" in cell.metadata.get("tags", []))
    space: dict[str, Any] = {}
    exec(compile(cell.source, cell.id, "exec"), space)
    return {key: value for key, value in space.items() if not key.startswith("__")}


def run_notebook(name: str, **parameters: object) -> Page:
    """Run a notebook's cells from top to bottom and return what they show."""
    shown: list[tuple[str, Block]] = []
    space: dict[str, Any] = {}
    for cell in cells(name):
        if cell.cell_type != "code":
            continue
        space["display"] = lambda *blocks, cell=cell: shown.extend((cell.id, block) for block in blocks)
        tree = ast.parse(cell.source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, cell.id, "exec"), space)
        result = None if last is None else eval(compile(ast.Expression(last.value), cell.id, "eval"), space)
        if result is not None:
            shown.append((cell.id, result))
        if "parameters" in cell.metadata.get("tags", []):
            unknown = set(parameters) - set(space)
            assert not unknown, f"{name} has no parameter {unknown}"
            space |= parameters
    return Page(space["lang"], tuple(shown))


def run_once(shared: Shared) -> Callable[..., Page]:
    """Return `run_notebook` for the tables and notebooks of the repository: each page is run once a session.

    Every caller gets a copy of its own. A test that changes tables or code calls `run_notebook` itself.
    """

    def run(name: str, **parameters: object) -> Page:
        def keep(folder: Path) -> None:
            (folder / "page").write_bytes(pickle.dumps(run_notebook(name, **parameters)))

        asked = repr((name, sorted((defaults(name) | parameters).items())))
        folder = f"pages/{hashlib.sha256(asked.encode()).hexdigest()[:16]}"
        return pickle.loads((shared.once(folder, keep) / "page").read_bytes())

    return run
