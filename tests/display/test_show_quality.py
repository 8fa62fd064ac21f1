"""The blocks of the data quality page on small frames: what they print and what stands behind it."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from helpers.data import catalog
from helpers.data.quality import KINDS
from helpers.display import markup, prose, show

TITLES = {"activity": SimpleNamespace(title={"en": "Activity", "ja": "活動"}),
          "extra": SimpleNamespace(title={"en": "An extra table", "ja": "別の表"})}  # fmt: skip
DAY = "2025-12-31"


def voice(lang="en"):
    return prose.Voice(lang, catalog.names(lang))


def ages():
    row = {"until": {}, "pages": {}, "own": "", "vintage": "2025", "bound": False}
    return pd.DataFrame(
        [
            {"table": "state_trade", "rows": 90, "column": "year", "first": "2014", "newest": "2018",
             "released": "2019-03-06", "end": "2018-12-31", "months": 84.0} | row | {"own": "2018"},
            {"table": "events", "rows": 10, "column": "fiscal_year", "first": "2017", "newest": "2025",
             "released": "", "end": "2026-03-31", "months": 0.0} | row,
            {"table": "extra", "rows": 5, "column": "", "first": "", "newest": "", "released": "", "end": "",
             "months": float("nan")} | row,
        ]
    )  # fmt: skip


def gaps(**kinds):
    counts = dict.fromkeys(KINDS, 0) | kinds
    row = {
        "table": "state_trade",
        "column": "value_usd",
        "cells": 50,
        "missing": sum(counts.values()),
        **counts,
    }
    return pd.DataFrame([row | {"flags": {kind: ["x"] for kind in counts}}])


def checks(*passed):
    return [
        SimpleNamespace(
            name=f"{'load.' if n == 0 else ''}{n}", name_en=f"check {n}", name_ja=f"検証{n}", ok=ok
        )
        for n, ok in enumerate(passed)
    ]


def values(block):
    return {value.id: value.value for value in block.numbers()}


def test_the_headline_counts_tables_rows_checks_and_old_tables():
    block = show.quality.headline(voice(), ages(), gaps(), checks(True, True, False), DAY)
    assert markup.unmarked(block.sentence).startswith(
        "3 tables hold 105 rows; **2 of 3 checks pass**; 1 of 2 dated tables"
    )
    assert values(block)["quality.checks_passed"] == 2


def test_the_key_figures_tell_cells_without_a_number_as_a_share():
    block = show.quality.cards(voice(), ages(), gaps(confidential=4, size=1), checks(True))
    assert values(block)["quality.missing"] == 5
    assert values(block)["quality.missing_share"] == 0.1
    assert "10.0% of the cells for figures" in block.plain()


def test_the_oldest_table_stands_first_and_a_list_has_no_age():
    table, told = show.quality_tables.ages(voice(), ages(), TITLES, "JPN", DAY, "")
    assert [row["table"] for row in table.rows] == ["State trade by partner", "Public events"]
    assert [row["covers"] for row in table.rows] == ["2014–2018", "FY2017–FY2025"]
    assert [markup.unmarked(row["months"]) for row in table.rows] == ["84", "0"]
    assert tuple(map(markup.unmarked, table.notes)) == ("1 table is a list without dates and has no age.",)
    assert "the day by which every figure with a day of release had been published" in told.text
    assert (
        "as of which the edition is made"
        in show.quality_tables.ages(voice(), ages(), TITLES, "JPN", DAY, DAY)[1].text
    )


@pytest.mark.parametrize(
    ("lang", "day", "bound"),
    [("en", "6 March 2019", "by 31 March 2019"), ("ja", "2019年3月6日", "2019年3月31日までに")],
)
def test_a_release_known_only_as_the_end_of_a_month_is_told_as_by(lang, day, bound):
    exact, ended = ages().head(1), ages().head(1).assign(released="2019-03-31", bound=True)
    told = [
        show.quality_tables.ages(voice(lang), frame, TITLES, "JPN", DAY, "")[0].rows[0]["released"]
        for frame in (exact, ended)
    ]
    assert told == [day, bound]


def test_a_table_without_a_short_name_goes_by_its_title():
    assert show.quality.name(voice(), "extra", TITLES) == "An extra table"
    assert show.quality.name(voice("ja"), "fdi_position", TITLES, "ubo") == "直接投資残高（UBO）"


def test_a_check_that_fails_is_marked_and_named():
    table = show.quality_tables.checks(voice(), checks(True, True, False))
    assert [markup.unmarked(row["result"]) for row in table.rows] == ["1 of 1 passed", "passed", "failed"]
    assert table.marked == (2,)
    assert "check 2" in table.notes[0]


def test_cells_without_a_number_are_told_by_their_reason():
    table = show.quality_tables.gaps(voice(), gaps(confidential=3, unmarked=2), ages(), TITLES)
    (row,) = ({key: markup.unmarked(text) for key, text in row.items()} for row in table.rows)
    assert (row["cells"], row["missing"], row["confidential"], row["small"], row["unmarked"]) == (
        "50",
        "5",
        "3",
        "–",
        "2",
    )
    none = show.quality_tables.gaps(voice(), gaps(), ages(), TITLES)
    assert none.text == "No cell for a figure is empty in the tables in hand."


def test_without_a_row_in_hand_a_sentence_stands_for_the_map():
    empty = pd.DataFrame(columns=["table", "part", "year", "rows", "share", "where"])
    block = show.quality.coverage(voice(), empty, ages(), TITLES, 2021, "1980-01-01")
    assert block.text == "No table holds a row that had been published by 1 January 1980."


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            {"how": "api", "key": "BEA_API_KEY", "command": True},
            "briefs data refresh state_trade, key BEA_API_KEY",
        ),
        (
            {"how": "api", "key": "CENSUS_API_KEY", "command": False},
            "API with key CENSUS_API_KEY; then by hand",
        ),
        ({"how": "page", "key": "", "command": False}, "public pages; by hand"),
    ],
    ids=["command", "api", "page"],
)
def test_a_refresh_says_how_it_is_done(row, told):
    words = {"publisher_en": "P", "publisher_ja": "P", "needs_en": "N", "needs_ja": "N", "url": ""}
    table = show.quality_tables.needs(
        voice(), pd.DataFrame([row | words | {"table": "state_trade"}]), ages(), TITLES
    )
    assert [r["how"] for r in table.rows] == [told]


def test_every_number_has_a_way_back_in_the_form_of_a_trace():
    block = show.quality_tables.gaps(voice(), gaps(confidential=3), ages(), TITLES)
    for value in block.numbers():
        assert {"how", "rows", "universe", "basis", "unit", "text"} <= set(value.trace.to_json())
    own = {value.id: value.trace.to_json() for value in block.numbers()}
    assert own["quality.gaps.state_trade.confidential"]["universe"]["empty"] == ["value_usd"]
    assert own["quality.gaps.state_trade.confidential"]["universe"]["where"] == {"flag": ["x"]}


def test_every_printed_number_is_marked_with_its_value():
    block = show.quality_tables.gaps(voice(), gaps(confidential=3), ages(), TITLES)
    assert markup.numbers_in(block.rows[0]["confidential"]) == ["quality.gaps.state_trade.confidential"]
    assert markup.numbers_in(block.title) == ["quality.missing"]
