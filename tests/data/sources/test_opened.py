"""An official CSV that cannot be taken apart is named with its row."""

from __future__ import annotations

import pytest

from helpers.data.sources import opened
from helpers.data.sources.answer import Raw, SourceError


def test_a_cell_that_is_too_long_is_named_with_its_row():
    file = Raw(name="table.csv", content=b"a,b\n1," + b"x" * 131_073 + b"\n", url="", media="text/csv")
    with pytest.raises(
        SourceError, match=r"table\.csv: expected a CSV, got row 2: field larger .*\(131072\)"
    ):
        opened.lines(file)


def test_a_folder_is_named_as_such(tmp_path):
    with pytest.raises(SourceError, match=r"expected an official file, got a folder\. Correct the path"):
        opened.raw(tmp_path, "table.csv")
