"""What stays together on paper is no wider than the column of a table that it stands in, or it would leave it."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from helpers.display import advance, fitting, table
from helpers.display.blocks import Row, Table

PAGES = [
    ("national", {}),
    ("state", {"state": "CA"}),
    ("state", {"state": "TN"}),
    ("mission", {"mission": "chicago"}),
    ("claims_audit", {}),
    ("data_quality", {}),
    ("activity_presence", {}),
    ("priority_regions", {}),
]
CELL = re.compile(r'("(?:[^"\\]|\\.)*"|\[(?:#.*?;)*\])(?:,|$)')
BOX = re.compile(r'#box\("((?:[^"\\]|\\.)*)"\);')


def tables(blocks, width="full"):
    """Yield the Typst source of every table, as wide as it stands on the page."""
    for block in blocks:
        if isinstance(block, Row):
            yield from tables(block.items, "half")
        elif isinstance(block, Table):
            yield block.typst() if width == "full" else block.beside()


def boxes(source):
    """Yield each box of a table, its width and that of its column without what stays free at its sides, in points."""
    em = fitting.TYPE * float(re.search(r"size: ([\d.]+)", source)[1])
    columns = re.search(r"columns: \((.*?),\),\n", source)[1].split(", ")
    heads = re.search(r"heads: \((.*?),\), aligns", source, re.S)[1]
    rows = [(CELL.findall(line), 1.0, False) for line in source.split("  rows: (\n")[1].split("\n")]
    for cells, size, bold in chain([(CELL.findall(heads), table.HEAD, True)], rows):
        assert len(cells) in (0, len(columns))
        for at, (cell, column) in enumerate(zip(cells, columns, strict=False)):
            for text in BOX.findall(cell) if column.endswith("pt") else ():
                sides = (at > 0) + (at < len(columns) - 1)
                room = float(column.removesuffix("pt")) - sides * fitting.BETWEEN / 2 * em
                yield text, advance.width(text, bold=bold) * em * size, room


@pytest.mark.slow
@pytest.mark.parametrize(("name", "parameters"), PAGES, ids=str)
def test_no_box_is_wider_than_its_column(run, name, parameters):
    page = run(name, lang="ja", **parameters)
    found = [box for source in tables(page.blocks) for box in boxes(source)]
    assert len(found) > 5
    assert [(text, wide, room) for text, wide, room in found if wide > room + 0.5] == []
