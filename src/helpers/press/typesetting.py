"""From a Typst source to a PDF/UA-1, and from the compiler's complaint back to the cell it is about."""

from __future__ import annotations

import atexit
import datetime
import os
import re
import shutil
import threading
from functools import cache
from pathlib import Path
from typing import Any

os.environ.setdefault("RAYON_NUM_THREADS", "1")  # as quick, and the other core makes another brief meanwhile
import typst

from helpers.errors import RenderError, compose
from helpers.press import apart, folders, fonts

EPOCH = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""Creation date of every PDF unless SOURCE_DATE_EPOCH names one: the same brief is the same bytes."""
_ALONE = threading.Lock()
"""JupyterLab's server exports in threads; the compiler and the folder it reads from are for one page at a time."""
_MARK = re.compile(r"^// @cell (.*)$", re.MULTILINE)


def compiled(source: str, name: str, **options: Any) -> tuple[bytes, list[str]]:
    """Return the PDF and the compiler's warnings; `options` (such as ``pdf_standards``) go to the compiler.

    Raises
    ------
    RenderError
        With the cell that the compiler's message leads back to.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    wanted: dict[str, Any] = {
        "format": "pdf",
        "pdf_standards": ["ua-1"],
        "timestamp": int(epoch) if epoch else EPOCH,
    }
    with _ALONE:
        try:
            made, warnings = _set(source, wanted | options)
        except typst.TypstError as error:
            raise RenderError(_explained(error, source, name)) from error
    return made if isinstance(made, bytes) else b"", [warning.message for warning in warnings]


def _set(source: str, options: dict[str, Any]) -> tuple[Any, list[Any]]:
    """Compile a source in parts or, where that fails or the disk is full, in one piece, whose lines a message names."""
    try:
        with apart.files(source, _root()) as main:
            return _compiler().compile_with_warnings(main.encode(), **options)
    except (typst.TypstError, OSError):
        return _compiler().compile_with_warnings(source.encode(), **options)


@cache
def _root() -> Path:
    """Return the folder that the compiler may read, which ends with this process."""
    folder = folders.new()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _compiler() -> typst.Compiler:
    """Return the compiler, which reads its fonts once a process."""
    return typst.Compiler(root=str(_root()), font_paths=fonts.book())


def cell_at(source: str, line: int) -> str:
    """Return the cell whose output holds a line of the Typst source."""
    above = _MARK.findall("\n".join(source.split("\n")[:line]))
    return above[-1] if above else "the page's head"


def _explained(error: typst.TypstError, source: str, name: str) -> str:
    """Return the compiler's message in four parts."""
    found = re.search(r"\.typ:(\d+):\d+", error.diagnostic)
    cell = cell_at(source, int(found.group(1))) if found else "the page's head"
    if "#brief-headline(" in _outputs(source).get(cell, ""):
        cell = _caller(error, source) or cell
    hints = " ".join(f"Hint: {hint}." for hint in error.hints)
    todo = f"Look at the block that this cell shows. {hints}".strip()
    if "unknown variable: brief-" in error.message:
        todo = "Show a Headline block before any other: it carries the style of the others."
    return compose(f"PDF of {name}, {cell}", "a page that Typst can set", error.message, todo)


def _outputs(source: str) -> dict[str, str]:
    """Return the Typst markup of every cell by the cell's name."""
    parts = _MARK.split(source)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _caller(error: typst.TypstError, source: str) -> str | None:
    """Return the cell that called the function the error is in: the first that fails alone in the same way.

    The compiler names the line inside the function, and no trace of who called it.
    """
    head, outputs = _MARK.split(source)[0], _outputs(source)
    style = next(text for text in outputs.values() if "#brief-headline(" in text)
    for cell, text in outputs.items():
        try:
            _compiler().compile((head + style + (text if text != style else "")).encode())
        except typst.TypstError as again:
            if again.message == error.message:
                return cell
    return None
