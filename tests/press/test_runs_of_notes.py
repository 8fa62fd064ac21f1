"""Numbers of notes behind a word: three or more in a row stand as a run; sources are cited by the same numbers."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from helpers.press import notes


@pytest.mark.parametrize(
    ("numbers", "told"),
    [([7], "7"), ([1, 2], "1,2"), ([1, 2, 3], "1–3"), ([1, 3, 4, 5, 9], "1,3–5,9"), ([], "")],
)
def test_three_or_more_in_a_row_are_told_from_the_first_to_the_last(numbers, told):
    assert notes.runs(numbers) == told


def test_a_source_cites_the_publications_that_the_notes_of_its_table_name():
    """Two notes of table a rest on publications 1 and 2; no note is of table b, which keeps its whole line."""
    note = {
        "title": "A",
        "path": "a.csv",
        "digest": "0",
        "basis": "",
        "keys": [],
        "vintages": [],
        "units": [],
        "hows": [],
    }
    known = [
        {**note, "id": "aaaa", "sources": [["one", ""], ["two", "https://example.org/"]]},
        {**note, "id": "bbbb", "sources": [["two", "https://example.org/"]]},
    ]
    output = new_output("display_data", data={notes.JSON_FACE: {"notes": known}})
    page = new_notebook(cells=[new_code_cell("x", outputs=[output])])
    source = f'#brief-cite("aaaa bbbb");("@published a.csv", "@published b.csv"){notes.HERE}'
    made = notes.numbered(source, page, "en")
    assert made.startswith('#brief-cite("1,2");("1,2", "")#brief-notes(')
    assert '("one", ""), ("two", "https://example.org/"), ' in made
