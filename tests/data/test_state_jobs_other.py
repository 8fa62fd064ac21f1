"""Other publications' counts of jobs by state: the values they print, their marks, and what they are kept out of."""

from __future__ import annotations

import re

import pytest

from helpers.data import catalog


@pytest.fixture(scope="module")
def other():
    return catalog.load("state_jobs_other")


@pytest.mark.parametrize(
    ("state", "year", "source", "value"),
    [
        # Consulate-General in Detroit, 7 March 2017: 482 facilities and 73,434 direct jobs in Ohio
        # https://www.detroit.us.emb-japan.go.jp/en/bilateral/News/PR170307JDIOH.html
        ("OH", 2016, "detroit-ohio-2016", 73434),
        # Consulate-General in Detroit, in the Norwalk Reflector of 22 March 2013
        # http://www.norwalkreflector.com/article/2386391
        ("OH", 2012, "detroit-ohio-2012", 65690),
        # https://asiamattersforamerica.org/articles/japan-matters-to-tennessee
        ("TN", 2021, "amfa-tennessee-2021", 54391),
        # JETRO, 2 June 2020 https://www.jetro.go.jp/biznews/2020/06/99b210bf9871be23.html
        ("CA", 2019, "jetro-wtcla-2020", 121223),
    ],
)
def test_a_count_is_the_one_that_was_published(other, state, year, source, value):
    row = other[
        (other["state"] == state)
        & (other["year"] == year)
        & (other["source"] == source)
        & (other["partner"] == "JPN")
    ]
    assert row["value"].tolist() == [value]


@pytest.mark.parametrize(
    ("state", "year", "source", "value", "qualifier"),
    [
        # NH Business Review, December 2021: "About 49,800 workers in New Hampshire"
        # https://www.nhbr.com/report-details-how-global-investment-drives-new-hampshires-economy/
        ("NH", 2019, "nhbr-2021", 49800, "about"),
        # Building Indiana: "about 204,100 workers here in our state"
        # https://buildingindiana.com/stories/out-of-town-dollars-the-world-invests-big-in-indiana
        ("IN", 2020, "buildingindiana-2020", 204100, "about"),
        # Business Alabama, 2023: "The state of Alabama has 116,900 workers employed by international companies"
        # https://businessalabama.com/alabamas-foreign-direct-investment-increases-by-11-8-from-2015-to-2020/
        ("AL", 2020, "businessalabama-2023", 116900, ""),
    ],
)
def test_a_number_keeps_the_word_that_stands_before_it(other, state, year, source, value, qualifier):
    row = other[
        (other["state"] == state)
        & (other["year"] == year)
        & (other["source"] == source)
        & (other["partner"] == "WLD")
    ]
    assert row["value"].tolist() == [value]
    assert row["qualifier"].fillna("").tolist() == [qualifier]


def test_a_row_has_a_number_or_a_place_in_an_order_never_both(other):
    order = other["measure"] == "order"
    assert other.loc[order, "value"].isna().all()
    assert other.loc[~order, "value"].notna().all()
    assert other.loc[~order, "rank"].isna().all()
    assert other.loc[order & other["rank"].isna(), "note_en"].str.contains("Japan third").all()


def test_units_follow_the_measure(other):
    assert dict(zip(other["measure"], other["unit"], strict=True)) == {
        "jobs": "persons",
        "order": "rank",
        "share": "percent",
    }


def test_a_note_stands_in_both_languages_and_holds_no_number(other):
    assert ((other["note_en"] == "") == (other["note_ja"] == "")).all()
    assert not other["note_en"].str.contains(r"\d").any()
    assert not other["note_ja"].str.contains(r"\d").any()


def test_a_figure_of_the_bureau_at_second_hand_is_marked_as_a_quotation(other):
    quoted = other[other["definition"] == "bea_quoted"]["source"].unique()
    sources = catalog.sources().set_index("key").loc[quoted]
    assert (sources["kind"] == "secondary").all()
    assert (sources["url"] != "").all()


def test_the_table_is_read_by_no_ranking():
    names = [p for p in catalog.method_cards().values() if p["table"] == "state_jobs_other"]
    assert names == []
    assert re.search("never a ranking", catalog.describe("state_jobs_other").basis["en"])


@pytest.mark.parametrize(
    ("state", "source", "value"),
    [
        # Consulate-General in Nashville, after the state: "at least 47,000 people"
        # https://www.nashville.us.emb-japan.go.jp/itpr_ja/11_000001_00226.html
        ("KY", "nashville-kentucky-2021", 47000),
        # Kentucky Cabinet for Economic Development: 44,000人以上, https://ced.ky.gov/Japan/About_Asia
        ("KY", "ced-kentucky", 44000),
        # Institute for Rural Journalism, July 2013: "37,000-plus"
        # https://irjci.blogspot.com/2013/07/foreign-firms-investing-heavily-in.html
        ("KY", "irjci-2013", 37000),
        # Sangyo Times, September 2023: 3万9000人以上, https://sangyo-times.jp/article.aspx?ID=8215
        ("MI", "sangyo-2023", 39000),
    ],
)
def test_or_more_is_at_least_and_not_over(other, state, source, value):
    row = other[(other["state"] == state) & (other["source"] == source) & (other["value"] == value)]
    assert row["qualifier"].tolist() == ["at_least"]
