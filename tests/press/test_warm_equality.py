"""The warm engine gives the notebook that a kernel of its own gives, cell by cell and face by face."""

from __future__ import annotations

import itertools
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from papermill import execute_notebook
from papermill.exceptions import PapermillExecutionError

from helpers import paths
from helpers.press import book as books
from helpers.press import engine, host, plan
from helpers.press.plan import Brief

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only"),
]

STATES = ("MO", "CA")
"""States whose briefs differ most in what they can show."""


def of_the_book() -> dict[str, tuple[Path, dict[str, Any]]]:
    """Return notebook and parameters of a brief of every notebook, of two of the states', by turns in each language."""
    book = books.read()
    found: dict[str, dict[str, Brief]] = {}
    for brief in plan.expand(book, book.edition()):
        state = dict(brief.parameters).get("state", "")
        if not state or state in STATES:
            found.setdefault(f"{brief.notebook.stem}{state}", {}).setdefault(brief.lang, brief)
    chosen = {
        f"{which}-{lang}": briefs[lang]
        for (which, briefs), lang in zip(found.items(), itertools.cycle(("en", "ja")))
    }
    return {name: (brief.notebook, dict(brief.parameters)) for name, brief in chosen.items()}


BOOK = of_the_book()
KERNEL = {"name": "python3", "language": "python", "display_name": "Python 3"}

CELLS: dict[str, list[str]] = {
    "streams": [
        "print('one'); print('two', end='')",
        "import sys; print('a'); print('b', file=sys.stderr); print('c'); print('d', file=sys.stderr)",
        "print('before'); display('shown'); print('after')",
        "for i in range(3): print(i, end='\\r')",
        "print('x' * 70_000)",
        "import sys; print(sys.stdout.isatty(), sys.stdout.encoding, sys.stdin.isatty())",
    ],
    "displays": [
        "1 + 1",
        "display({'text/plain': 'p', 'text/html': '<b>h</b>', 'application/json': {'a': [1, None]}}, raw=True)",
        "from IPython.display import HTML, Markdown, clear_output, update_display\nHTML('<i>x</i>')",
        "_",
        "display('first', display_id='here'); display('second', display_id='there')",
        "update_display('changed', display_id='here')",
        "display('third', display_id='here')",
        "print('gone'); display(1); clear_output(); print('kept')",
        "print('gone'); clear_output(wait=True); display(Markdown('*kept*'))",
        "print('kept'); clear_output(wait=True)",
        "display(display_id=True) is not None",
        "display(1, 2, HTML('<p>3</p>'))",
        "Out[1], In[1], _i",
        "display({'image/png': b'\\x89PNG'}, raw=True, metadata={'image/png': {'width': 3}})",
    ],
    "odd JSON": [
        "display({'text/plain': 'n', 'application/json': {'a': float('nan'), 'b': [float('inf')]}}, raw=True)",
        "display({'text/plain': 'n', 'application/json': {'tiny': 1e-7, 'big': 2**53, 'zero': -0.0}}, raw=True)",
        "display({'text/plain': 'n', 'application/json': {'huge': 2**70}}, raw=True)",
        "display({'text/plain': 'n', 'application/json': {1: 'one', None: 'none'}}, raw=True)",
    ],
    "figures": [
        "import matplotlib.pyplot as plt\nfigure, ax = plt.subplots(figsize=(2, 1)); ax.plot([1, 3, 2])",
        "plt.plot([1, 2]); plt.title('t')\n'last'",
        "figure",
        "%config InlineBackend.figure_formats = ['png']\nplt.plot([3, 1]); plt.show(); print('shown')",
        "import pandas as pd\npd.DataFrame({'a': [1, 2], 'b': ['x', None]})",
    ],
    "exceptions": [
        "raises: def f(x):\n    return 1 / x\nf(0)",
        "raises: import json\njson.loads('{')",
        "raises: undefined",
        "raises: 1 +",
        "raises: try:\n    {}['a']\nexcept KeyError as error:\n    raise ValueError('日本 <b>') from error",
        "raises: class Odd:\n    def __repr__(self):\n        raise RuntimeError('no face')\nOdd()",
        "raises: raise ExceptionGroup('two', [ValueError(1), TypeError(2)])",
        "raises: print('before'); assert False, 'no'",
        "raises: input('who? ')",
        "raises: import getpass; getpass.getpass()",
        "raises: %no_such_magic",
        "raises: %%timeit_not\nx",
        "raises: from helpers.data import catalog\ncatalog.load('no_such_table')",
        "raises: raise KeyboardInterrupt",
        "raises: import sys; sys.exit(3)",
        "'still here'",
    ],
    "what is read otherwise": [
        "'a'",
        "shell = get_ipython()\ndef louder(lines):\n    return [line.replace(\"'a'\", \"'A'\") for line in lines]",
        "shell.input_transformers_cleanup.append(louder)",
        "'a'",
        "shell.input_transformers_cleanup.remove(louder)",
        "'a'",
        "shell.input_transformers_post.append(louder)",
        "'a'",
        "%autoawait False",
        "raises: import asyncio\nawait asyncio.sleep(0)",
    ],
    "an error that stops": ["1", "print('x'); 1 / 0", "'never'"],
    "an error after something shown": ["display('kept'); display('too', display_id='it'); 1 / 0", "'never'"],
    "a syntax error that stops": ["1", "for", "'never'"],
    "sys.exit that stops": ["1", "import sys; sys.exit(0)", "'never'"],
    "magics": [
        "%precision 3\n3.14159265",
        "%%capture kept\nprint('quiet')",
        "kept.stdout",
        "!echo from a shell",
        "files = !echo a b\nfiles",
        # ipykernel reads what others write in a thread of its own: without the pause its order is a matter of luck
        "import os, time; print('py'); os.system('echo from the system'); time.sleep(0.5); print('end')",
        "%who_ls",
        "%xmode Plain",
        "raises: 1 / 0",
        "?len",
        "get_ipython().__class__.__name__, __name__",
        "%env HOME",
        "%run -i no_such_file.py",
        "%history -n 1-2",
        "import warnings; warnings.warn('mind this')",
        "%load_ext autoreload",
    ],
    "await": [
        "import asyncio\nawait asyncio.sleep(0.01); 'slept'",
        "async def f():\n    await asyncio.sleep(0)\n    return 5\nawait f()",
        "task = asyncio.create_task(f())",
        "await task",
        "raises: asyncio.run(f())",
        "raises: await asyncio.wait_for(asyncio.sleep(5), 0.01)",
    ],
    "odd cells": ["", "   ", "# only a comment", "raw: no code", "text: words", "None", "x = 1;", "x;", "x"],
    "multiprocessing and threads": [
        "import threading\nt = threading.Thread(target=lambda: print('from a thread')); t.start(); t.join()",
        "import subprocess; subprocess.run(['echo', 'hi'], capture_output=True).stdout",
        "from concurrent.futures import ThreadPoolExecutor\nlist(ThreadPoolExecutor(2).map(abs, [-1, -2]))",
        "import pickle\nclass Here: pass\npickle.loads(pickle.dumps(Here())).__class__",
        "import logging; logging.getLogger('x').warning('mind'); logging.warning('root')",
    ],
}

TOGETHER = (
    ("streams", "displays", "odd JSON", "odd cells", "await", "multiprocessing and threads"),
    ("figures", "exceptions", "magics", "what is read otherwise"),
)
"""Cells that run to the last make one notebook, as starting a kernel takes longer than they do."""

FIXTURES = {", ".join(names): [cell for name in names for cell in CELLS[name]] for names in TOGETHER}
FIXTURES |= {name: cells for name, cells in CELLS.items() if name not in itertools.chain(*TOGETHER)}


def notebook(sources: list[str]) -> Any:
    """Return a notebook of these cells; a prefix says that a cell raises or is not code."""
    node = nbformat.v4.new_notebook(metadata={"kernelspec": KERNEL})
    for number, source in enumerate(sources):
        kind, _, rest = source.partition(": ")
        if kind == "raw":
            cell = nbformat.v4.new_raw_cell(rest)
        elif kind == "text":
            cell = nbformat.v4.new_markdown_cell(rest)
        elif kind == "raises":
            cell = nbformat.v4.new_code_cell(rest, metadata={"tags": ["raises-exception"]})
        else:
            cell = nbformat.v4.new_code_cell(source)
        cell["id"] = f"cell-{number}"
        node.cells.append(cell)
    return node


@pytest.fixture(scope="module", autouse=True)
def warm() -> Iterator[None]:
    """One template process for all notebooks here, warm from the book's."""
    notebooks = paths.notebooks_dir()
    uses = [
        (notebooks / "state.ipynb", {"lang": "en"}, True),
        (notebooks / "national.ipynb", {"lang": "ja"}, True),
    ]
    before = host.host.address
    with host.template(uses) as address:
        host.host.address = address
        yield
    host.host.address = before


SAME = [
    (re.compile(r"ipykernel_\d+"), "ipykernel_N"),
    (re.compile(r"0x[0-9a-f]+"), "0xN"),
    (re.compile(r"/tmp/(briefs?-)?[\w/.-]*?/?(?=ipykernel_N)"), ""),
]
"""What differs between any two runs of a kernel: its process number, addresses, its temporary folder."""


def plain(node: Any) -> Any:
    """Return a notebook without what differs from run to run of the same engine."""
    text = json.dumps(node, sort_keys=True, ensure_ascii=False)
    for pattern, same in SAME:
        text = pattern.sub(same, text)
    content = json.loads(text)
    for timed in [content, *content["cells"]]:
        timed["metadata"].pop("execution", None)
        for key in ("start_time", "end_time", "duration", "input_path", "output_path"):
            timed["metadata"].get("papermill", {}).pop(key, None)
    for cell in content["cells"]:
        if {"papermill-error-cell-tag", "injected-parameters"} & set(cell["metadata"].get("tags", [])):
            cell["id"] = "made by papermill"
    return content


def by_papermill(name: str, node: Any, folder: Path) -> tuple[Any, str]:
    """Return what papermill writes with an engine, and the error it ends with."""
    source, target = folder / "in.ipynb", folder / f"{name}.ipynb"
    nbformat.write(node, source)
    said = ""
    try:
        execute_notebook(source, target, engine_name=name, progress_bar=False, cwd=str(folder))
    except PapermillExecutionError as error:
        said = str(error)
    return plain(nbformat.read(target, 4)), plain({"cells": [], "metadata": {}, "said": said})["said"]


def assert_same(warm: Any, stock: Any) -> None:
    """Compare cell by cell, output by output, face by face."""
    for number, (one, other) in enumerate(itertools.zip_longest(warm["cells"], stock["cells"])):
        for left, right in itertools.zip_longest(one.get("outputs", []), other.get("outputs", [])):
            assert left == right, f"cell {number}"
        assert one == other, f"cell {number}"
    assert warm == stock


def joined(node: Any) -> Any:
    """Return a notebook whose neighbouring pieces of one stream are one output (a matter of timing)."""
    for cell in node["cells"]:
        outputs: list[Any] = []
        for output in cell.get("outputs", []):
            last = outputs[-1] if outputs else {}
            if output["output_type"] == "stream" and last.get("name") == output["name"]:
                last["text"] += output["text"]
            else:
                outputs.append(output)
        if "outputs" in cell:
            cell["outputs"] = outputs
    return node


@pytest.mark.parametrize("name", FIXTURES, ids=str)
def test_papermill_writes_the_same_notebook_with_either_engine(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # where it is set, ipykernel does not watch descriptors 1 and 2
    node = notebook(FIXTURES[name])
    warm, warm_error = by_papermill("warm", node, tmp_path)
    stock, stock_error = by_papermill("nbclient", node, tmp_path)
    assert host.host.take() == ""
    assert_same(joined(warm), joined(stock))
    assert warm_error == stock_error


@pytest.mark.parametrize("name", FIXTURES, ids=str)
def test_the_press_gets_the_same_notebook_with_either_engine(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    path = tmp_path / "in.ipynb"
    nbformat.write(notebook(FIXTURES[name]), path)
    warm, stock = (said(path, {}, which) for which in ("warm", "stock"))
    assert host.host.take() == ""
    assert_same(joined(warm[0]), joined(stock[0]))
    assert warm[1] == stock[1]


def said(path: Path, values: dict[str, Any], which: str) -> tuple[Any, str]:
    """Return what the press gets of a notebook with an engine, and what it says if a cell fails."""
    try:
        return plain(engine.execute(path, values, timeout=60, engine=which)), ""
    except engine.CellError as error:
        return plain(error.notebook), str(error)


@pytest.mark.parametrize("name", BOOK)
def test_a_brief_of_the_book_is_the_same_with_either_engine(name: str) -> None:
    path, values = BOOK[name]
    warm = engine.execute(path, values, timeout=120, engine="warm")
    assert host.host.take() == ""
    assert_same(warm, engine.execute(path, values, timeout=120, engine="stock"))


@pytest.mark.parametrize("name", ["fails_in_cell_3_for_california", "one_id_two_values", "toy"])
def test_a_failed_brief_says_the_same_with_either_engine(name: str) -> None:
    path = Path(__file__).with_name("notebooks") / f"{name}.ipynb"
    assert said(path, {"state": "CA"}, "warm") == said(path, {"state": "CA"}, "stock")
