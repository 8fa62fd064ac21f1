"""What the processes of the press leave out when they start, and that nothing asks for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from helpers.press import engine, host

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


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
@pytest.mark.parametrize("closed", [False, True])
def test_what_lies_where_the_user_stands_is_not_run_and_a_closed_input_does_no_harm(
    project, tmp_path: Path, closed: bool
) -> None:
    stand = tmp_path / "stand"
    (stand / "helpers").mkdir(parents=True)
    for name in ("random.py", "pandas.py", "helpers/__init__.py"):
        (stand / name).write_text("raise SystemExit('a file of the user was run')\n", encoding="utf-8")
    command = "import sys; sys.path.remove(''); sys.argv[0] = 'briefs'; from helpers.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", command, "build", "--only", "national", "--engine", "warm"],
        cwd=stand,
        stdin=subprocess.DEVNULL,
        preexec_fn=(lambda: os.close(0)) if closed else None,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 of 2 briefs made" in done.stdout
    assert "papermill's own engine" not in done.stdout


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
def test_a_notebook_imports_from_where_it_stands_under_either_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = (
        "import json, sys, beside_it\nprint(json.dumps([path for path in sys.path if 'ipython' not in path]))"
    )
    cells = [nbformat.v4.new_code_cell("lang: str = 'en'", metadata={"tags": ["parameters"]})]
    node = nbformat.v4.new_notebook(cells=[*cells, nbformat.v4.new_code_cell(source)])
    node.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "Python 3"}
    nbformat.write(node, tmp_path / "imports.ipynb")
    (tmp_path / "beside_it.py").touch()
    found = []
    with host.template([]) as address:
        monkeypatch.setattr(host.host, "address", address)
        for which in ("warm", "stock"):
            done = engine.execute(tmp_path / "imports.ipynb", {}, timeout=60, engine=which)
            found.append(json.loads(done.cells[-1].outputs[0].text))
    assert found[0] == found[1]
    assert "" in found[0]


def test_ctrl_c_while_the_command_is_being_imported_ends_it_quietly(tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text(
        "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n", encoding="utf-8"
    )
    command = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from helpers.start import main; main()"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "briefs: stopped.\n")
