"""What an answer changes in a table: by key and vintage, worked by hand on a few rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from helpers.data import catalog, changes
from helpers.errors import DataCheckError


def rows(*cells, vintage="2090-01", released="2089-12-31", source="bea-mne-api"):
    """Return rows of jobs_state from (year, state, partner, value or marker)."""
    frame = pd.DataFrame(cells, columns=["year", "state", "partner", "value"])
    marker = frame["value"].map(lambda cell: cell if isinstance(cell, str) else "")
    value = pd.to_numeric(frame["value"].where(marker == ""), errors="coerce")
    return frame.assign(
        value=value,
        low=value - 50,
        high=value + 50,
        flag=marker,
        vintage=vintage,
        released=released,
        source=source,
    )


@pytest.fixture
def table(folder):
    return catalog.find("jobs_state")


def compare(table, before, answer):
    return changes.compare(table, changes.normal(before, table), changes.normal(answer, table))


BEFORE = rows((2089, "TN", "GBR", 300), (2089, "TN", "JPN", 500), (2089, "WY", "JPN", 100))


def counts(found):
    return len(found.added), len(found.revised), len(found.dropped), found.same


def test_the_same_figures_change_nothing_even_if_looked_at_another_day(table):
    found = compare(table, BEFORE, BEFORE.assign(released="2090-06-30", note_en="Seen again."))
    assert counts(found) == (0, 0, 0, 3)
    assert found.none
    assert found.after.equals(found.before)


def test_a_new_vintage_stands_beside_the_older_one(table):
    found = compare(table, BEFORE, rows((2089, "TN", "JPN", 510), vintage="2091-01"))
    assert counts(found) == (1, 0, 0, 0)
    own = found.after[(found.after["state"] == "TN") & (found.after["partner"] == "JPN")]
    assert own[["vintage", "value"]].to_numpy().tolist() == [["2090-01", 500.0], ["2091-01", 510.0]]


def test_a_new_figure_of_the_same_vintage_is_a_revision_the_largest_first(table):
    answer = rows((2089, "TN", "GBR", 301), (2089, "TN", "JPN", 700), (2089, "WY", "JPN", "(D)"))
    found = compare(table, BEFORE, answer)
    assert counts(found) == (0, 3, 0, 0)
    shown = found.revised[["state", "partner", "old", "new", "new_flag"]].fillna(-1).to_numpy().tolist()
    assert shown == [
        ["WY", "JPN", 100.0, -1, "(D)"],
        ["TN", "JPN", 500.0, 700.0, ""],
        ["TN", "GBR", 300.0, 301.0, ""],
    ]
    assert np.isnan(found.after["value"].iloc[2])


def test_a_row_that_the_answer_covers_and_no_longer_holds_is_dropped(table):
    found = compare(table, BEFORE, rows((2089, "TN", "JPN", 500)))
    assert counts(found) == (0, 0, 1, 1)
    assert found.dropped[["state", "partner"]].to_numpy().tolist() == [["TN", "GBR"]]
    assert found.after[["state", "partner"]].to_numpy().tolist() == [["TN", "JPN"], ["WY", "JPN"]]


def test_an_answer_does_not_speak_for_another_state_year_vintage_or_source(table):
    before = pd.concat(
        [
            BEFORE,
            rows((2088, "TN", "GBR", 1)),
            rows((2089, "TN", "CAN", 2), vintage="2089-06"),
            rows((2089, "TN", "DEU", 3), source="jetro-jobs-2019"),
        ]
    )
    found = compare(table, before, rows((2089, "TN", "GBR", 300), (2089, "TN", "JPN", 500)))
    assert counts(found) == (0, 0, 0, 2)
    assert len(found.after) == 6


def test_the_day_a_period_was_first_published_is_the_earliest_that_is_known(table):
    found = compare(table, BEFORE, rows((2089, "TN", "JPN", 510), vintage="2091-01", released="2091-01-31"))
    assert found.added["released"].tolist() == ["2089-12-31"]


def test_rows_come_in_the_order_of_the_key_if_the_table_is_in_it(table):
    found = compare(table, BEFORE, rows((2088, "WY", "JPN", 9), (2090, "AL", "JPN", 8)))
    assert found.after["year"].tolist() == [2088, 2089, 2089, 2089, 2090]
    assert found.kept.tolist() == [-1, 0, 1, 2, -1]


def test_rows_that_stay_are_the_characters_they_were(folder, table):
    from helpers.data import refresh, tables

    text = folder.file("jobs_state").read_bytes()
    before = tables.read(folder.path, table)
    answer = changes.normal(rows((2097, "TN", "JPN", 47500)), table)
    new = refresh.encoded(folder.path, changes.compare(table, before, answer))
    assert new.startswith(text)
    assert new[len(text) :] == b"2097,TN,JPN,47500,47450,47550,,,,2090-01,2089-12-31,bea-mne-api,,\n"


def test_a_word_like_na_in_a_row_that_stays_is_kept(folder, table):
    from helpers.data import refresh, tables

    file = folder.file("jobs_state")
    head, first, *others = file.read_bytes().splitlines(keepends=True)
    assert first.endswith(b",\n")
    text = b"".join([head, first.replace(b",\n", b",NA\n"), *others])
    file.write_bytes(text)
    before = tables.read(folder.path, replace(table, sha256=tables.digest(file)))
    answer = changes.normal(rows((2097, "TN", "JPN", 47500)), table)
    assert refresh.encoded(folder.path, changes.compare(table, before, answer)).startswith(text)


def test_a_number_in_the_first_row_stays_in_the_form_in_which_it_was_typed(folder, table):
    from helpers.data import refresh, tables

    file = folder.file("jobs_state")
    head, first, *others = file.read_bytes().splitlines(keepends=True)
    cells = first.split(b",")
    at = next(place for place, cell in enumerate(cells[1:], 1) if cell.isdigit())
    cells[at] += b".0"
    text = b"".join([head, b",".join(cells), *others])
    file.write_bytes(text)
    before = tables.read(folder.path, replace(table, sha256=tables.digest(file)))
    answer = changes.normal(rows((2097, "TN", "JPN", 47500)), table)
    assert refresh.encoded(folder.path, changes.compare(table, before, answer)).startswith(text)


def test_an_answer_with_an_unknown_column_or_without_a_required_one_is_refused(table):
    with pytest.raises(DataCheckError, match=r"missing 'state'; unknown 'place'"):
        changes.normal(BEFORE.rename(columns={"state": "place"}), table)
