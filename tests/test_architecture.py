"""The rooms of the package and the one direction between them, read from the imports."""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

import helpers

PACKAGE = Path(helpers.__file__).parent
NOTEBOOKS = PACKAGE.parents[1] / "notebooks"
MODULES = sorted(PACKAGE.rglob("*.py"))

ALLOWED = {
    "": set(),
    "errors": set(),
    "paths": set(),
    "fiscal": {"errors"},
    "data": {"errors", "fiscal", "paths"},
    "analysis": {"errors", "fiscal"},
    "display": {"analysis", "errors", "fiscal", "paths"},
    "press": {"errors", "paths"},
    "start": {"cli"},
    "cli": {"data", "analysis", "display", "press", "errors", "fiscal", "paths"},
}
"""Which room may import which; a room may import itself, and "" is the package's own __init__."""

FOREIGN = {
    "errors": {"pandas", "numpy", "matplotlib"},
    "paths": {"pandas", "numpy", "matplotlib"},
    "fiscal": {"pandas", "numpy", "matplotlib"},
    "data": {"matplotlib", "seaborn", "papermill", "nbconvert", "typst"},
    "analysis": {"matplotlib", "seaborn", "papermill", "nbconvert", "typst", "os", "io", "pathlib", "shutil",
                 "tempfile", "subprocess", "urllib", "requests", "json", "csv", "yaml", "sqlite3"},
    "display": {"papermill", "nbconvert", "nbclient", "typst", "requests", "urllib"},
    "press": {"pandas", "numpy", "pyarrow", "pandera", "matplotlib", "seaborn", "scipy"},
}  # fmt: skip
"""Libraries a room does without: a calculation reads and draws nothing, the press computes nothing."""

TOUCHES_FILES = re.compile(r"^(open|print|input|read_\w+|to_(csv|excel|parquet|json|pickle|html|sql))$")
VAGUE = {"utils", "util", "common", "misc", "tools", "helper", "helpers", "lib", "stuff"}
LONGEST = 300
LONGER_FOR_A_REASON: dict[str, str] = {}
"""Module -> why its lines of code may exceed LONGEST."""

LAYOUT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}


def room_of(module: str) -> str:
    """Return the room of a dotted module name within ``helpers``; "" for the package itself."""
    return [*module.split("."), ""][1]


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(source: str, module: str, *, is_package: bool = False) -> Iterator[str]:
    """Yield the dotted names a source imports, wherever it does so, relative and dynamic ones resolved."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = module.split(".")[
                    : None if is_package and node.level == 1 else is_package - node.level
                ]
                base = ".".join([*parents, *filter(None, [node.module])])
            yield from (f"{base}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ("import_module", "__import__") and isinstance(node.args[0].value, str):
                yield node.args[0].value


def forbidden(source: str, module: str, *, is_package: bool = False) -> list[str]:
    """Return the imports of a source that its room may not have."""
    room = room_of(module)
    found = []
    for name in imports(source, module, is_package=is_package):
        top = name.split(".")[0]
        if top == "helpers" and room_of(name) not in ALLOWED[room] | {room, "", "__version__"}:
            found.append(name)
        if top in FOREIGN.get(room, set()):
            found.append(name)
    return found


def file_calls(source: str) -> list[str]:
    """Return the calls of a source that read, write or print."""
    calls = [node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    names = [f.attr if isinstance(f, ast.Attribute) else getattr(f, "id", "") for f in calls]
    return [name for name in names if TOUCHES_FILES.match(name)]


def code_lines(source: str) -> int:
    """Count the lines that hold code: no blank lines, comments or docstrings."""
    texts: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            texts.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    code: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in LAYOUT:
            code.update(range(token.start[0], token.end[0] + 1))
    return len(code - texts)


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    module = module_name(path)
    assert room_of(module) in ALLOWED, f"{module} is in no known room: {sorted(ALLOWED)}"
    found = forbidden(path.read_text(encoding="utf-8"), module, is_package=path.name == "__init__.py")
    assert not found, f"{module} may not import {found}"


@pytest.mark.parametrize("path", sorted((PACKAGE / "analysis").rglob("*.py")), ids=module_name)
def test_a_calculation_reads_writes_and_prints_nothing(path: Path) -> None:
    assert file_calls(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_is_named_for_the_domain_and_short(path: Path) -> None:
    module = module_name(path)
    assert not VAGUE & set(module.split(".")[1:]), f"{module}: name what it does"
    if module not in LONGER_FOR_A_REASON:
        length = code_lines(path.read_text(encoding="utf-8"))
        assert length <= LONGEST, f"{module} has {length} lines of code: split it by idea"


def test_a_listed_exception_exists_and_is_still_needed() -> None:
    by_name = {module_name(path): path for path in MODULES}
    for module in LONGER_FOR_A_REASON:
        assert code_lines(by_name[module].read_text(encoding="utf-8")) > LONGEST, f"{module}: drop it"


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_never_imports_the_press(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    names = [name for source in code for name in imports(source, "notebook")]
    assert not [name for name in names if name.startswith(("helpers.press", "helpers.cli"))]


@pytest.mark.parametrize(
    ("module", "source", "found"),
    [
        ("helpers.analysis.x", "from helpers.data import catalog", ["helpers.data.catalog"]),
        ("helpers.analysis.x", "from helpers import display", ["helpers.display"]),
        ("helpers.analysis.x", "def f():\n    import helpers.display.blocks", ["helpers.display.blocks"]),
        ("helpers.analysis.x", "from ..data import catalog", ["helpers.data.catalog"]),
        ("helpers.analysis.x", "from .. import press", ["helpers.press"]),
        ("helpers.analysis.x", "import matplotlib.pyplot as plt", ["matplotlib.pyplot"]),
        ("helpers.analysis.x", "from pathlib import Path", ["pathlib.Path"]),
        ("helpers.display.charts.x", "from ...press import plan", ["helpers.press.plan"]),
        ("helpers.press.x", "import pandas as pd", ["pandas"]),
        ("helpers.press.x", "import_module('helpers.display')", ["helpers.display"]),
        ("helpers.data.x", "from helpers.analysis import trade", ["helpers.analysis.trade"]),
        ("helpers.errors", "from helpers import paths", ["helpers.paths"]),
    ],
    ids=str,
)
def test_a_forbidden_edge_is_found(module: str, source: str, found: list[str]) -> None:
    assert forbidden(source, module) == found


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("helpers.display.x", "from helpers.analysis import trade"),
        ("helpers.display.charts.x", "from .marks import bar\nfrom .. import style"),
        ("helpers.data.x", "import pandas as pd\nfrom helpers import errors, paths"),
        ("helpers.press.x", "from helpers import __version__\nfrom helpers.paths import reports_dir"),
        ("helpers.cli", "from helpers.press import plan\nfrom helpers import data"),
    ],
    ids=str,
)
def test_an_allowed_edge_passes(module: str, source: str) -> None:
    assert forbidden(source, module) == []


def test_a_relative_import_in_a_room_stays_in_the_room() -> None:
    assert list(imports("from . import x", "helpers.data", is_package=True)) == ["helpers.data.x"]
    assert list(imports("from ..press import x", "helpers.data", is_package=True)) == ["helpers.press.x"]


def test_calls_that_touch_files_are_found() -> None:
    assert file_calls("open('x')\npd.read_csv('y')\nframe.to_parquet('z')\nframe.to_numpy()") == [
        "open",
        "read_csv",
        "to_parquet",
    ]


def test_only_lines_of_code_are_counted() -> None:
    source = (
        '"""Doc."""\n\n# why\nimport os\n\n\ndef f(\n    a,\n):\n    """Doc\n    more."""\n    return a\n'
    )
    assert code_lines(source) == 5  # import, three lines of def, return
