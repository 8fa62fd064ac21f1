"""Definitions side by side and the state tables of 1992 on the page: words, marks, values and their traces."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from helpers.analysis import definitions, derive, jobs_1990s
from helpers.analysis.lookup import Lookup
from helpers.data import catalog, origins
from helpers.display import markup, show
from helpers.display.markup import unmarked
from helpers.display.prose import Voice

sys.path.insert(0, str(Path(__file__).parents[1] / "notebooks"))
from printed import unbacked

LANGUAGES = ("en", "ja")


def voice(lang: str) -> Voice:
    return Voice(lang, catalog.names(lang), origins.Origins())


def bare(blocks):
    """Return blocks whose numbers open nothing, so that a page holds its own text only."""
    found = []
    for block in blocks:
        parts = {"values": block.numbers()}
        if hasattr(block, "rows"):
            parts["rows"] = [{key: unmarked(text) for key, text in row.items()} for row in block.rows]
        if hasattr(block, "items"):
            parts["items"] = [unmarked(text) for text in block.items]
        if hasattr(block, "text"):
            parts["text"] = unmarked(block.text)
        found.append(replace(block, **parts))
    return found


@pytest.fixture(scope="module")
def told():
    goods = catalog.load("goods_trade", vintage="all", year=2021)
    groups = set(catalog.load("aggregates")["code"])
    tables = goods, catalog.load("nipa_goods"), catalog.load("fdi_position")
    return {
        code: definitions.answers(*tables, code, groups=groups, year=2021) for code in ("JPN", "GBR", "BMU")
    }


@pytest.fixture(scope="module")
def nineties():
    return catalog.load("jobs_state_1990s", year=1992)


def test_the_finding_says_where_the_rank_moves_and_in_how_many_definitions_a_statement_holds(told):
    english = show.definitions.findings(voice("en"), "JPN", told["JPN"])
    assert (
        "US imports from Japan: 5th in the March 2023 vintage ($355 million or 0.3% behind Germany) and 4th in the "
        "2026 vintage ($147 million ahead of Germany)." in map(unmarked, english.items)
    )
    assert (
        "Japan is among the five largest deficits in 3 of 4 definitions; its rank is between 4th and 6th."
        in map(unmarked, english.items)
    )
    japanese = show.definitions.findings(voice("ja"), "JPN", told["JPN"])
    assert "日本が赤字額の上位5位以内に入るのは、4通りの定義のうち3通り。順位は第4位から第6位の間。" in map(
        unmarked, japanese.items
    )


def test_a_share_of_mixed_bases_names_both_and_says_what_it_is_for(told):
    table = show.definitions.shares(voice("en"), "JPN", told["JPN"])
    mixed = [row for row in table.rows if "national accounts" in row["whole"]]
    assert [unmarked(row["share"]) for row in mixed] == ["5.5%", "5.5%"]
    assert all("two bases in one fraction" in row["whole"] for row in mixed)
    assert any("used nowhere else" in note for note in table.notes)


def test_a_country_with_a_surplus_has_no_deficit_to_define(told):
    blocks = show.definitions.blocks(voice("en"), "GBR", told["GBR"])
    assert [block.kind for block in blocks] == ["table", "findings"]


def test_a_year_without_trade_is_said_in_one_sentence(told):
    nothing = definitions.Answers(2030, told["JPN"].of("fdi"), ())
    (note,) = show.definitions.blocks(voice("en"), "JPN", nothing)
    assert note.text.startswith("No goods trade of 2030 with Japan had been published")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("subject", ["JPN", "GBR", "BMU"])
def test_every_number_of_the_definitions_is_a_value(told, lang, subject):
    blocks = show.definitions.blocks(voice(lang), subject, told[subject])
    assert unbacked(bare(blocks), lang) == []


@pytest.mark.parametrize("subject", ["JPN", "GBR", "BMU"])
def test_both_languages_carry_the_same_values(told, subject):
    def numbers(lang):
        blocks = show.definitions.blocks(voice(lang), subject, told[subject])
        return [(v.id, v.value, v.unit, v.rank, v.band, v.of) for b in blocks for v in b.numbers()]

    assert numbers("en") == numbers("ja")


def test_every_number_is_recomputed_from_what_its_trace_names(told, nineties):
    load = Lookup(lambda name: catalog.load(name, vintage="all"))
    english = voice("en")
    blocks = [block for code in told for block in show.definitions.blocks(english, code, told[code])]
    for state in sorted(set(nineties["state"]) - {"US"}):
        blocks += show.state_jobs_1990s.blocks(english, state, "JPN", nineties)
    values = [v for block in blocks for v in block.numbers() if v.value is not None]
    assert len(values) > 500
    for value in values:
        assert value.value == pytest.approx(derive.recompute(value.trace.to_json(), load), rel=1e-9), value.id


def test_no_trace_lacks_a_part(told, nineties):
    blocks = [
        *show.definitions.blocks(voice("ja"), "JPN", told["JPN"]),
        *show.state_jobs_1990s.blocks(voice("ja"), "DE", "JPN", nineties),
    ]
    assert {v.id: v.trace.lacks() for b in blocks for v in b.numbers() if v.trace.lacks()} == {}


def test_every_number_that_is_marked_is_a_value_of_its_block(told, nineties):
    blocks = [
        *show.definitions.blocks(voice("en"), "JPN", told["JPN"]),
        *show.state_jobs_1990s.blocks(voice("en"), "ND", "JPN", nineties),
        *show.state_jobs_1990s.blocks(voice("en"), "DE", "JPN", nineties),
    ]
    for block in blocks:
        texts = [cell for row in getattr(block, "rows", ()) for cell in row.values()]
        texts += [*getattr(block, "items", ()), getattr(block, "text", "")]
        marked = {name for text in texts for name in markup.numbers_in(text)}
        assert marked
        assert marked <= {v.id for v in block.numbers()}


# ---- the states in 1992 ----
def test_the_trace_of_a_rank_counts_a_size_letter_by_its_lower_end(nineties):
    table, _ = show.state_jobs_1990s.blocks(voice("en"), "DE", "JPN", nineties)
    ranks = [v for v in table.numbers() if v.unit == "rank"]
    assert len(ranks) == 8
    assert {v.trace.to_json()["universe"]["low"] for v in ranks} == {"low"}


def test_a_letter_is_printed_as_its_range_and_a_mark_as_it_is(nineties):
    table, _ = show.state_jobs_1990s.blocks(voice("en"), "DE", "JPN", nineties)
    assert [row["partner"] for row in table.rows][:3] == ["Canada", "United Kingdom", "Germany"]
    jobs = {row["partner"]: tuple(unmarked(row[c]) for c in ("jobs", "rank", "band")) for row in table.rows}
    assert jobs["Canada"] == ("J: 10,000–24,999", "–", "1")
    assert jobs["Australia"] == (r"(\*)", "–", "8")
    assert jobs["Japan"] == ("800", "4", "4")
    assert any("never taken for zero" in note for note in table.notes)


def test_the_sentence_prints_the_band_and_both_distances(nineties):
    # North Dakota 1992: Canada 1,800; France, Japan and the United Kingdom 800; the Netherlands 300.
    _, english = show.state_jobs_1990s.blocks(voice("en"), "ND", "JPN", nineties)
    assert unmarked(english.text) == (
        "In 1992 Japan’s affiliates, on the older definition, employed 800 people in North Dakota: joint 2nd of 8 "
        "listed (2nd–4th possible), 1,000 jobs or 55.6% behind Canada and 500 jobs ahead of the Netherlands."
    )
    _, japanese = show.state_jobs_1990s.blocks(voice("ja"), "ND", "JPN", nineties)
    assert "2位タイ（掲載8か国中、第2～4位の可能性）" in unmarked(japanese.text)


def test_a_withheld_subject_has_its_mark_and_its_band_and_no_number():
    table = catalog.load("jobs_state_1990s", year=1991)
    block, finding = show.state_jobs_1990s.blocks(voice("en"), "NH", "CAN", table, year=1991)
    # New Hampshire 1991: only the United Kingdom, 8,900, is above what the total leaves for Canada, 8,550 at most.
    assert unmarked(finding.text) == (
        "In 1991 the employment of Canada’s affiliates in New Hampshire was withheld and printed as (D). On the older "
        "definition its rank among the 8 countries listed is 2nd–8th possible."
    )
    own = [v for v in block.numbers() if v.id.startswith("jobs_1990s.league.CAN")]
    assert [(v.id, v.value, v.band) for v in own] == [("jobs_1990s.league.CAN.rank", None, (2, 8))]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            r"In 1992 Australia’s affiliates in Delaware employed fewer than fifty people, printed as (\*).",
        ),
        ("ja", r"1992年のデラウェア州におけるオーストラリア系企業の雇用は50人未満で、(\*)と表記されている。"),
    ],
)
def test_fewer_than_fifty_are_not_said_to_be_withheld(nineties, lang, words):
    # BEA, table 23.1, 1992, Delaware: Australia (*), which stands for fewer than fifty employees and hides no firm
    _, finding = show.state_jobs_1990s.blocks(voice(lang), "DE", "AUS", nineties)
    assert unmarked(finding.text).startswith(words)


def test_no_number_on_the_page_or_in_its_file_comes_from_the_totals():
    table = catalog.load("jobs_state_1990s")
    published = {float(v) for c in ("value", "low", "high") for v in table[c].dropna()}
    for year in (1991, 1992):
        for state in sorted(set(table["state"]) - {"US"}):
            for block in show.state_jobs_1990s.blocks(voice("en"), state, "JPN", table, year=year)[:1]:
                counts = {float(v.value) for v in block.numbers() if v.unit == "persons"}
                assert counts <= published


def test_a_state_outside_the_table_shows_nothing(nineties):
    assert show.state_jobs_1990s.blocks(voice("en"), "TN", "JPN", nineties) == ()
    assert show.state_jobs_1990s.blocks(voice("en"), "AL", "KOR", nineties) == ()
    assert show.state_jobs_1990s.blocks(voice("en"), "AL", "JPN", nineties.head(0)) == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_of_every_state_is_a_value(nineties, lang):
    for state in sorted(set(nineties["state"]) - {"US"}):
        blocks = show.state_jobs_1990s.blocks(voice(lang), state, "JPN", nineties)
        assert unbacked(bare(blocks), lang) == []


def test_ranks_with_what_the_totals_say_are_those_of_the_printed_ranges(nineties):
    # The trace of a rank counts what is certainly above by the printed ranges alone. In the shipped tables the totals
    # move ends of bands only, never a rank.
    for state in sorted(set(nineties["state"]) - {"US"}):
        found = jobs_1990s.reading(nineties, "JPN", place=state)
        if found is None:
            continue
        rows = found.league
        standing = rows["value"].where(rows["value"].notna(), rows["low"].fillna(-1))
        for row in rows[rows["value"].notna()].itertuples():
            assert row.rank == 1 + int((standing > row.value).sum()), state
        assert isinstance(rows, pd.DataFrame)
