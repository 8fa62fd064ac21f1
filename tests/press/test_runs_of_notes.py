"""Numbers of notes behind a word: three or more in a row stand as a run; sources are cited by the same numbers."""

from __future__ import annotations

import copy

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from helpers.press import notes


@pytest.mark.parametrize(
    ("numbers", "told"),
    [([7], "7"), ([1, 2], "1,2"), ([1, 2, 3], "1–3"), ([1, 3, 4, 5, 9], "1,3–5,9"), ([], "")],
)
def test_three_or_more_in_a_row_are_told_from_the_first_to_the_last(numbers, told):
    assert notes.runs(numbers) == told


def note(id: str, path: str = "a.csv", **more: object) -> dict:
    told = {"id": id, "title": path[0].upper(), "path": path, "digest": "0", "basis": ""}
    return told | {part: [] for part in notes.LISTS} | more


def page(*cells: list[dict]):
    outputs = ([new_output("display_data", data={notes.JSON_FACE: {"notes": known}})] for known in cells)
    return new_notebook(cells=[new_code_cell("x", outputs=each) for each in outputs])


def test_a_source_cites_the_publications_that_the_notes_of_its_table_name():
    """Two notes of table a rest on publications 1 and 2; no note is of table b, which keeps its whole line."""
    one, two = ["one", ""], ["two", "https://example.org/"]
    known = page([note("aaaa", sources=[one, two]), note("bbbb", sources=[two])])
    source = f'#brief-cite("aaaa bbbb");("@published a.csv", "@published b.csv"){notes.HERE}'
    made = notes.numbered(source, known, "en")
    assert made.startswith('#brief-cite("1,2");("1,2", "")#brief-notes(')
    assert '("one", ""), ("two", "https://example.org/"), ' in made


def test_publications_of_a_table_ascend_whatever_their_order_in_its_notes():
    eight = [[f"source {n}", ""] for n in range(1, 9)]
    known = page([note("aaaa", sources=eight), note("bbbb", "b.csv", sources=[eight[7], eight[0]])])
    source = f'#brief-cite("aaaa bbbb");"@published b.csv"{notes.HERE}'
    made = notes.numbered(source, known, "en")
    assert made.startswith('#brief-cite("1,2");"1,8"#brief-notes(')
    assert made.splitlines()[2] == '  (head: ("B", "b.csv", "0", ""), told: "", sources: "1,8"),'


def test_notes_are_numbered_in_the_order_of_the_page_and_those_of_one_table_together():
    """Cited first: aaaa of table a, aaab of table b. Then bbbb, of table a too: before aaab. The others are unknown."""
    known = page([note("aaaa"), note("bbbb"), note("aaab", "b.csv"), note("dddd")])
    source = f'#brief-cite("aaaa aaab");x#brief-cite("bbbb ffff");y#brief-cite("ffff");z{notes.HERE}'
    made = notes.numbered(source, known, "en")
    assert made.startswith('#brief-cite("1,3");x#brief-cite("2");yz#brief-notes(')
    assert made.splitlines()[1:] == [
        '  (head: ("A", "a.csv", "0", ""), told: "", sources: ""),',
        '  (head: (), told: "", sources: ""),',
        '  (head: ("B", "b.csv", "0", ""), told: "", sources: ""),',
        "));",
    ]


def test_numbers_ascend_whatever_the_order_of_the_citation():
    ids = [f"000{n}" for n in range(1, 9)]
    source = f'#brief-cite("{" ".join(ids)}");#brief-cite("0008 0001");{notes.HERE}'
    made = notes.numbered(source, page([note(id) for id in ids]), "en")
    assert made.startswith('#brief-cite("1–8");#brief-cite("1,8");')


@pytest.mark.parametrize(
    ("lang", "told", "between"),
    [
        ("en", "2021, 2023 · UBO · USD, persons · a, b", "; "),
        ("ja", "2021、2023 · UBO · USD、persons · a、b", "；"),
    ],
)
def test_what_two_cells_tell_of_one_note_is_told_once(lang: str, told: str, between: str):
    first = {"keys": ["state"], "vintages": ["2021"], "units": ["USD"], "hows": ["added"]}
    second = {
        "keys": ["state", "year"],
        "vintages": ["2021", "2023"],
        "units": ["persons"],
        "hows": ["ranked"],
    }
    known = page([note("aaaa", basis="UBO", **first)], [note("aaaa", basis="UBO", **second)])
    before = copy.deepcopy(known)
    made = notes.numbered(f'#brief-cite("aaaa");{notes.HERE}', known, lang)
    assert made == (
        f'#brief-cite("1");#brief-notes("{between}", (("a", "added"), ("b", "ranked"), ), (), (\n'
        f'  (head: ("A", "a.csv", "0", "state × year"), told: "{told}", sources: ""),\n));'
    )
    assert known == before


def test_a_transform_that_several_notes_share_has_one_letter():
    """The first is added, the second ranked, the third both: letters a, b and again a, b."""
    hows = (["added"], ["ranked"], ["ranked", "added"])
    known = page([note(id, hows=how) for id, how in zip(("aaaa", "bbbb", "cccc"), hows, strict=True)])
    known.cells[0].outputs.insert(0, new_output("stream", text="what a cell prints is no note"))
    made = notes.numbered(f'#brief-cite("aaaa bbbb cccc");{notes.HERE}', known, "en")
    assert '(("a", "added"), ("b", "ranked"), )' in made
    assert [line.split("told: ")[1] for line in made.splitlines()[1:4]] == [
        '"a", sources: ""),',
        '"b", sources: ""),',
        '"a, b", sources: ""),',
    ]
