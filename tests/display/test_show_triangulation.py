"""The blocks of block nine: Ohio's figures in both languages, one figure, and none."""

from __future__ import annotations

import pytest

from helpers.data import catalog, origins
from helpers.display import markup, prose, show


def page(state, partner="JPN", lang="en", as_of=""):
    load, voice = catalog.loader(as_of), prose.Voice(lang, catalog.names(lang), origins.Origins(), as_of)
    return show.triangulation.state(voice, state, partner, load, as_of)


def test_ohio_shows_each_figure_with_year_definition_counter_reason_and_certainty():
    table, _ = page("OH")
    rows = {(markup.unmarked(row["figure"]), row["year"]): row for row in table.rows}
    bureau, consulate = rows[("71,300", "2019")], rows[("73,434", "2016")]
    assert bureau["definition"] == "majority-owned affiliates"
    assert bureau["who"] == "BEA, quoted by Government of Japan"
    assert consulate["definition"] == "facilities owned by a tenth or more"
    assert consulate["who"] == "consulate, by survey"
    assert rows[("65,690", "2012")]["why"].startswith("a lower threshold of ownership")
    assert {bureau["certainty"], consulate["certainty"]} == {"high"}


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            "6 of 8 rows are published numbers by 3 current definitions, from 65,690 to over 77,000 "
            "(not among them: an older definition and places in a list).",
        ),
        (
            "ja",
            "8行のうち6行が現在の3種の定義による公表値で、6万5,690人から7万7,000人超の幅がある"
            "（旧定義の値、記載順のみのものを除く）。",
        ),
    ],
)
def test_the_finding_gives_the_range_and_says_that_nothing_is_added_or_ranked(lang, told):
    _, finding = page("OH", lang=lang)
    assert told in finding.plain()
    assert ("neither added nor ranked" if lang == "en" else "合算も順位付けもしない") in finding.text


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "3 of 5 rows are published numbers by one current definition, from 34,400"),
        ("ja", "5行のうち3行が現在の同じ定義による公表値で"),
    ],
)
def test_figures_of_the_bureau_at_second_hand_are_of_one_definition(lang, told):
    # Texas: BEA 75,100 in 2019 in the task force's deck; 34,400 (2010) and 74,300 (2020) quoted by FutureManager.
    _, finding, *_ = page("TX", lang=lang)
    assert told in finding.plain()


@pytest.mark.parametrize("state", ["OH", "IN", "AL"])
def test_the_title_the_table_and_the_sentence_count_the_same_rows(state):
    table, finding, *_ = page(state)
    assert markup.unmarked(table.title).endswith(f": {len(table.rows)} rows")
    assert f" of {len(table.rows)} rows are published numbers" in finding.plain()


@pytest.mark.parametrize(("state", "lowest"), [("IN", "nearly 44,000"), ("IL", "over 44,000")])
def test_what_we_derived_is_not_said_to_be_published(state, lowest):
    # Consulate-General in Chicago 2010: shares of the district only, so that 40,700 and 34,900 are our products.
    _, finding, *_ = page(state)
    assert f"from {lowest} to" in finding.plain()
    assert "what we derived" in finding.plain()


def test_a_number_or_more_is_said_as_that():
    # Consulate-General in Nashville, 2021, after the state: "at least 47,000 people"
    table, *_ = page("KY")
    assert "at least 47,000 [c]" in [markup.plain(row["figure"]) for row in table.rows]


def test_a_state_with_nothing_says_what_is_missing_and_the_command():
    (note,) = page("WY")
    assert note.kind == "missing"
    assert "briefs data refresh jobs_state" in note.plain()


@pytest.mark.parametrize(
    ("lang", "said", "not_said"),
    [
        ("en", "by a current definition", "any definition"),
        ("ja", "現在の定義によるものが未収録", "いずれの定義"),
    ],
)
def test_a_state_with_a_figure_of_the_1990s_alone_is_not_said_to_have_none(lang, said, not_said):
    # The District of Columbia: 2,900 in 1996, none since. BEA, Employment of nonbank U.S. affiliates, 1995-96, 22.2.
    table, note = page("DC", lang=lang)
    assert [markup.unmarked(row["figure"]) for row in table.rows] == ["2,900"]
    assert note.kind == "missing"
    assert said in note.plain()
    assert not_said not in note.plain()


def test_a_state_with_one_figure_has_nothing_to_hold_it_against():
    # Hawaii: BEA 2019 in the deck, 21,200; the Global Business Alliance prints only an order.
    table, note = page("HI")
    assert note.kind == "missing"
    assert "21,200 (majority-owned affiliates)" in note.plain()
    assert [markup.unmarked(row["figure"]) for row in table.rows] == [
        "21,200",
        "no number; 1st country named [a]",
    ]


def test_counts_of_companies_stand_in_a_table_of_their_own():
    jobs, _, sites = page("CA")
    assert (jobs.id, sites.id) == ("triangulation-jobs", "triangulation-sites")
    assert [markup.unmarked(row["figure"]) for row in sites.rows] == ["516", "2,491", "1,517", "1,719"]


def test_companies_of_another_country_are_not_shown():
    assert "triangulation-sites" not in [getattr(block, "id", "") for block in page("CA", "GBR")]


@pytest.mark.parametrize("state", ["OH", "IN", "TX", "NE"])
def test_both_languages_carry_the_same_numbers_with_one_value_an_id(state):
    english, japanese = (
        [(v.id, v.value) for block in page(state, lang=lang) for v in block.numbers()]
        for lang in ("en", "ja")
    )
    assert english == japanese
    assert len({name for name, _ in english}) == len(set(english))


@pytest.mark.parametrize("state", ["IN", "CA", "WY", "NE"])
def test_every_figure_leads_back_to_one_row_of_its_table(state):
    for value in (v for block in page(state) for v in block.numbers()):
        assert value.trace.lacks() == [], value.id
        for row in value.trace.to_json()["rows"]:
            frame = catalog.load(row["table"], vintage="all")
            for column, wanted in row["where"].items():
                frame = frame[frame[column].isna() if wanted is None else frame[column] == wanted]
            assert len(frame) == 1, value.id
            if value.trace.lineage.how == "value":
                assert frame[row["column"]].tolist() == [value.value]


@pytest.mark.parametrize("state", ["OH", "CA", "HI", "TX"])
def test_every_printed_number_is_a_control_with_a_panel(state):
    for block in page(state):
        assert set(markup.numbers_in(str(block))) <= {v.id for v in block.numbers()}
        assert "brief-n" in block.html() or block.kind == "missing"


def test_the_past_edition_knows_only_what_had_been_published():
    table, _ = page("OH", as_of="2022-07-05")
    assert [row["year"] for row in table.rows] == ["2019", "1996", "2012", "2016", "2017", "not stated"]
