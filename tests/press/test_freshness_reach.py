"""Which files a notebook reaches is read from its imports and theirs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.press import reach

SOURCES = {
    "__init__.py": "",
    "errors.py": "",
    "cli/__init__.py": "from helpers.press import work, site",
    "data/__init__.py": "",
    "data/catalog.py": "from helpers.errors import BriefsError",
    "data/checks.py": "",
    "display/__init__.py": "",
    "display/phrases/brief.yml": "",
    "display/charts/__init__.py": "from helpers.display.charts.bars import bars",
    "display/charts/bars.py": "def bars():\n    from ..numbers import number\n",
    "display/numbers.py": "",
    "display/tiles.py": "",
    "press/__init__.py": "",
    "press/work.py": "from helpers.press import plan\n\ndef make():\n    from helpers.press import exporters\n",
    "press/exporters.py": "import helpers.press.page",
    "press/page.py": "",
    "press/plan.py": "from helpers.press import strict",
    "press/strict.py": "",
    "press/site.py": "",
    "press/templates/brief/index.html.j2": "",
    "press/templates/site/site.css": "",
}
RENDERING = {
    "__init__.py",
    "press/__init__.py",
    "press/work.py",
    "press/exporters.py",
    "press/page.py",
    "press/templates/brief/index.html.j2",
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    for name, text in SOURCES.items():
        path = tmp_path / "helpers" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "helpers"


def notebook(folder: Path, *cells: str) -> Path:
    path = folder / "notebooks" / "some.ipynb"
    path.parent.mkdir(exist_ok=True)
    content = {"cells": [{"cell_type": "code", "source": cell} for cell in cells]}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_notebook_without_imports_reaches_what_renders_it(package, tmp_path) -> None:
    assert reach.reached(notebook(tmp_path, "1 + 1"), package) == RENDERING


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("from helpers.data import catalog", {"data/__init__.py", "data/catalog.py", "errors.py"}),
        ("import helpers.data.checks", {"data/__init__.py", "data/checks.py"}),
        (
            "from helpers.display import charts",  # by its package, a relative import and one in a function
            {f"display/{n}" for n in ("__init__.py", "charts/__init__.py", "charts/bars.py", "numbers.py")}
            | {"display/phrases/brief.yml"},
        ),
    ],
)
def test_imports_are_followed(package, tmp_path, code: str, more: set[str]) -> None:
    assert reach.reached(notebook(tmp_path, "x = 1", code), package) == RENDERING | more


def test_a_notebook_that_is_not_plain_python_reaches_every_room_but_the_press(package, tmp_path) -> None:
    found = reach.reached(notebook(tmp_path, "%matplotlib inline"), package)
    assert found >= {"data/checks.py", "display/tiles.py"}
    assert not found & {"press/site.py", "cli/__init__.py"}


def test_prose_of_a_notebook_is_no_code(package, tmp_path) -> None:
    path = notebook(tmp_path, "from helpers.data import catalog")
    code = reach.reached(path, package)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"].insert(0, {"cell_type": "markdown", "source": ["Which question?"]})
    path.write_text(json.dumps(content), encoding="utf-8")
    assert reach.reached(path, package) == code


def test_a_module_beside_the_notebook_and_what_it_imports_are_reached(package, tmp_path) -> None:
    path = notebook(tmp_path, "import own")
    path.with_name("own.py").write_text("from helpers.display import tiles", encoding="utf-8")
    found = reach.reached(path, package)
    assert found >= {"notebooks/own.py", "display/tiles.py"}
    assert "notebooks/own.py" in reach.digests([path], package)


@pytest.mark.parametrize(
    ("content", "more"),
    [
        ("# -*- coding: cp932 -*-\nfrom helpers.display import tiles\nNAME = '日本'".encode("cp932"), set()),
        ("\ufefffrom helpers.display import tiles".encode(), set()),
        ("NAME = '日本'".encode("cp932"), {"data/checks.py"}),
        (b"NAME = '\0'", {"data/checks.py"}),
    ],
    ids=["its encoding named", "a byte order mark", "its encoding not named", "a null byte"],
)
def test_a_module_in_another_encoding_is_read_as_python_reads_it(
    package, tmp_path, content: bytes, more: set[str]
) -> None:
    path = notebook(tmp_path, "import own")
    path.with_name("own.py").write_bytes(content)
    found = reach.reached(path, package)
    assert found >= {"notebooks/own.py", "display/tiles.py"}
    assert found & {"data/checks.py"} == more  # what Python cannot read is taken to reach everything


def test_an_editors_lock_and_a_folder_beside_the_notebook_are_no_modules(package, tmp_path) -> None:
    path = notebook(tmp_path, "import own")
    (path.parent / "own.py").write_text("", encoding="utf-8")
    (path.parent / ".#own.py").symlink_to("somebody@somewhere.1234")
    (path.parent / "old.py").mkdir()
    beside = {name for name in reach.digests([path], package) if name.startswith("notebooks/")}
    assert beside == {"notebooks/own.py"}
    assert {name for name in reach.reached(path, package) if name.startswith("notebooks/")} == beside


def test_a_package_beside_the_notebook_and_what_it_imports_are_reached(package, tmp_path) -> None:
    path = notebook(tmp_path, "import own")
    for name, text in {
        "own/__init__.py": "from own import deep",
        "own/deep/maps.py": "from helpers.display import tiles",
        "own/deep/words.yml": "a: b",
        "own/__pycache__/deep.pyc": "1",
        "desk/notes.py": "from helpers.data import checks",
    }.items():
        (path.parent / name).parent.mkdir(parents=True, exist_ok=True)
        (path.parent / name).write_text(text, encoding="utf-8")
    found = reach.reached(path, package)
    files = {"notebooks/own/__init__.py", "notebooks/own/deep/maps.py", "notebooks/own/deep/words.yml"}
    assert {name for name in found if name.startswith("notebooks/")} == files
    assert found >= {"display/tiles.py"}
    assert "data/checks.py" not in found
    before = reach.digests([path], package)
    assert {name for name in before if name.startswith("notebooks/")} == files
    (path.parent / "own/deep/maps.py").write_text("x = 1", encoding="utf-8")
    after = reach.digests([path], package)
    assert {name for name in after if after[name] != before[name]} == {"notebooks/own/deep/maps.py"}


@pytest.mark.parametrize("changed", ["a", "b"])
def test_modules_of_one_name_beside_notebooks_in_two_folders_both_count(package, tmp_path, changed) -> None:
    paths = [tmp_path / name / f"{name}.ipynb" for name in ("a", "b")]
    for path in paths:
        path.parent.mkdir()
        path.with_name("own.py").write_text("x = 1\n", encoding="utf-8")
    before = reach.digests(paths, package)
    (tmp_path / changed / "own.py").write_text("x = 2\n", encoding="utf-8")
    after = reach.digests(paths, package)
    assert {name for name in after if after[name] != before[name]} == {"notebooks/own.py"}


def test_compiled_modules_and_folders_are_no_part_of_the_package(package, tmp_path) -> None:
    path = notebook(tmp_path, "from helpers.data import catalog")
    before = reach.digests([path], package)
    assert set(before) == set(SOURCES)
    compiled = package / "data" / "__pycache__" / "catalog.cpython-311.pyc"
    compiled.parent.mkdir()
    compiled.write_bytes(b"1")
    assert reach.digests([path], package) == before
    assert f"data/__pycache__/{compiled.name}" not in reach.reached(path, package)


def test_the_shipped_package_has_the_modules_that_rendering_begins_with() -> None:
    modules = reach._modules(reach.PACKAGE)
    assert set(reach.RENDERING) <= set(modules)
    assert {f"helpers.press.{name}" for name in reach.COMPARED} <= set(modules)
    assert all((reach.PACKAGE / name).is_dir() for name in reach.APART)


def test_any_notebook_reaches_what_renders_it_in_the_shipped_package_but_not_what_is_compared(
    tmp_path,
) -> None:
    path = notebook(tmp_path, "1 + 1")
    found = reach.reached(path)
    assert found >= {f"press/{name}.py" for name in ("work", "warm", "template", "page", "fonts")}
    compared = {f"press/{name}.py" for name in ("book", "domains", "parameters", "place", "plan", "strict")}
    assert not found & compared
    assert set(reach.digests([path])) >= found | compared
