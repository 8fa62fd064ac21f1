"""Pictures for the README: a page of a brief or a part of it, and what a command prints."""

from __future__ import annotations

import io

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from helpers.errors import RenderError
from helpers.press import picture


@pytest.fixture
def brief(tmp_path):
    path = tmp_path / "brief.ipynb"
    words = new_output("execute_result", data={"text/plain": "words"}, execution_count=1)
    ran = new_code_cell("'words'", execution_count=1, outputs=[words])
    nbformat.write(new_notebook(cells=[new_markdown_cell("# A page"), ran]), path)
    return path


def opened(content):
    return Image.open(io.BytesIO(content))


def test_a_page_and_a_part_of_its_height(brief):
    whole = opened(picture.page(brief, ppi=36))
    assert whole.size == pytest.approx((298, 421), abs=1)  # A4 is 595 x 842 points
    part = opened(picture.page(brief, part=(0.25, 0.75), ppi=36))
    assert part.size == (whole.width, round(0.75 * whole.height) - round(0.25 * whole.height))


def test_a_page_that_is_not_there_is_refused(brief):
    with pytest.raises(RenderError, match=r"a page from 1 to 1, got 2"):
        picture.page(brief, number=2, ppi=36)


def test_what_a_command_prints_stands_under_it_and_a_long_output_is_cut_in_the_middle(monkeypatch):
    drawn = []
    monkeypatch.setattr(
        picture, "_drawn", lambda source, name, ppi: drawn.append(source) or [Image.new("RGB", (9, 9))]
    )
    picture.terminal("python -c 'for n in range(9): print(\"line\", n)'", lines=4)
    (source,) = drawn
    assert "$ python -c" in source
    shown = [n for n in range(9) if f"line {n}" in source]
    assert shown == [0, 7, 8]  # the command and the first line, then the last two
    assert "…" in source


def test_a_command_that_fails_gives_no_picture():
    with pytest.raises(RenderError, match=r"a command that ends well, got .*never"):
        picture.terminal("python -c 'raise SystemExit(\"never\")'")


def test_the_command_line_takes_page_and_part(brief, tmp_path):
    out = tmp_path / "out.png"
    picture.main([str(brief), str(out), "--page", "1", "--to", "0.5"])
    assert Image.open(out).format == "PNG"
