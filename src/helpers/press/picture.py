"""Pictures for a README or a slide: a page of a brief, or what a command prints.

python -m helpers.press.picture reports/latest/en/national.ipynb OUT.png --page 2 --from 0.1 --to 0.6
python -m helpers.press.picture "briefs diff fy2021 latest" OUT.png
"""

from __future__ import annotations

import argparse
import io
import shlex
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import Any

import nbformat
from PIL import Image

from helpers.errors import RenderError, compose
from helpers.press import typesetting
from helpers.press.exporters import BriefPDFExporter
from helpers.press.markdown import string as literal

COLOURS = 48
"""Colours kept: enough for type and charts, and a file of less than 150 KB."""

WIDTH = 142
"""Letters of a line on the terminal; longer ones are broken."""

TERMINAL = """\
#set page(width: auto, height: auto, margin: 12pt, fill: rgb("#1b2229"))
#set text(font: "DejaVu Sans Mono", size: 8pt, fill: rgb("#dfe5ea"))
#show raw: set text(font: "DejaVu Sans Mono", size: 8pt)
#set par(leading: 0.55em)
#raw(block: true, {text})
"""


def page(
    notebook: Path, *, number: int = 1, part: tuple[float, float] = (0.0, 1.0), ppi: float = 110
) -> bytes:
    """Return one page of an executed brief as a PNG.

    Parameters
    ----------
    number
        Which page, from 1.
    part
        What to keep of its height, from the top: (0.1, 0.6).

    Raises
    ------
    RenderError
        As the PDF exporter, or if the brief has no such page.
    """
    nb = nbformat.read(notebook, as_version=4)
    source, _ = BriefPDFExporter().to_typst(nb, {"metadata": {"name": notebook.stem}})
    images = _drawn(source, notebook.stem, ppi)
    if not 1 <= number <= len(images):
        raise RenderError(
            compose(str(notebook), f"a page from 1 to {len(images)}", str(number), "Name one of them.")
        )
    whole = images[number - 1]
    top, bottom = (round(edge * whole.height) for edge in part)
    return _small(whole.crop((0, top, whole.width, bottom)))


def terminal(command: str, *, lines: int = 40, ppi: float = 120) -> bytes:
    """Return what a command of this environment prints, under the command, as a PNG.

    Parameters
    ----------
    command
        Such as ``briefs diff fy2021 latest``; it is run where one stands.
    lines
        How many are shown; of a longer output the first and the last ones.

    Raises
    ------
    RenderError
        If the command fails.
    """
    words = shlex.split(command)
    run = subprocess.run(
        [str(Path(sys.executable).with_name(words[0])), *words[1:]],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise RenderError(compose(command, "a command that ends well", run.stderr.strip(), "Run it by hand."))
    told = [f"$ {command}"]
    for line in run.stdout.rstrip().splitlines():
        indent = " " * (len(line) - len(line.lstrip()) + 4)
        told += textwrap.wrap(line, WIDTH, subsequent_indent=indent, drop_whitespace=False) or [""]
    half = lines // 2
    shown = told if len(told) <= lines else [*told[:half], "…", *told[half - lines :]]
    text = "\n".join(line.rstrip() for line in shown)
    return _small(_drawn(TERMINAL.format(text=literal(text)), words[0], ppi)[0])


def _drawn(source: str, name: str, ppi: float) -> list[Image.Image]:
    with tempfile.TemporaryDirectory() as folder:
        pages = str(Path(folder) / "{0p}.png")
        typesetting.compiled(source, name, format="png", pdf_standards=[], ppi=ppi, output=pages)
        return [Image.open(path).convert("RGB") for path in sorted(Path(folder).iterdir())]


def _small(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _asked(words: list[str] | None = None) -> Any:
    parser = argparse.ArgumentParser(prog="python -m helpers.press.picture", description=__doc__)
    parser.add_argument("what", help="an executed brief (.ipynb), or a command")
    parser.add_argument("out", type=Path, help="the PNG")
    parser.add_argument("--page", type=int, default=1, help="page of the brief")
    parser.add_argument("--from", dest="top", type=float, default=0.0, help="upper edge, 0 to 1")
    parser.add_argument("--to", dest="bottom", type=float, default=1.0, help="lower edge, 0 to 1")
    parser.add_argument("--lines", type=int, default=40, help="lines of a command's output")
    return parser.parse_args(words)


def main(words: list[str] | None = None) -> None:
    """Write the picture that was asked for."""
    asked = _asked(words)
    if asked.what.endswith(".ipynb"):
        made = page(Path(asked.what), number=asked.page, part=(asked.top, asked.bottom))
    else:
        made = terminal(asked.what, lines=asked.lines)
    asked.out.write_bytes(made)


if __name__ == "__main__":
    main()
