"""A picture of a brief's first page, for a README or a slide: ``python -m helpers.press.picture IN.ipynb OUT.png``."""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

import nbformat
from PIL import Image

from helpers.press import typesetting
from helpers.press.exporters import BriefPDFExporter

COLOURS = 48
"""Colours kept: enough for type and charts, and a file of less than 300 KB."""


def first_page(notebook: Path, *, ppi: float = 110) -> bytes:
    """Return the first page of an executed brief as a PNG.

    Raises
    ------
    RenderError
        As the PDF exporter.
    """
    nb = nbformat.read(notebook, as_version=4)
    source, _ = BriefPDFExporter().to_typst(nb, {"metadata": {"name": notebook.stem}})
    with tempfile.TemporaryDirectory() as folder:
        pages = str(Path(folder) / "{p}.png")
        typesetting.compiled(source, notebook.stem, format="png", pdf_standards=[], ppi=ppi, output=pages)
        small = Image.open(Path(folder) / "1.png").convert("RGB").quantize(COLOURS)
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(first_page(Path(sys.argv[1])))
