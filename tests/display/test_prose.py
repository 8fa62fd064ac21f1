"""The voice of a brief: articles, 対日 and 日系, lists, ordinals, ranks with their band, distances."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import ranking
from helpers.analysis.reading import Reading
from helpers.display import markup
from helpers.display.markup import plain
from helpers.display.prose import Voice
from helpers.errors import AnalysisError

EN = Voice(
    "en",
    {
        "GBR": "United Kingdom",
        "JPN": "Japan",
        "CAN": "Canada",
        "DEU": "Germany",
        "DC": "District of Columbia",
    },
)
JA = Voice("ja", {"GBR": "英国", "JPN": "日本", "CAN": "カナダ", "DEU": "ドイツ"})


def reading(values, subject="JPN", *, total=None, printed=None, unit="persons", **bounds):
    frame = pd.DataFrame({"partner": list(values), "value": list(values.values())})
    for name, column in bounds.items():
        frame[name] = column
    league = ranking.league(frame, total=total, **{name: name for name in bounds})
    return Reading(
        id="jobs",
        standing=ranking.standing(league, subject),
        league=league,
        year=2019,
        unit=unit,
        table="jobs_national",
        basis="",
        vintage="2021-08",
        source="s",
        total=total,
        printed_rank=printed,
    )


LEADERS = {"GBR": 1_252_300, "JPN": 973_800, "CAN": 871_300}


def test_names_take_the_article_inside_a_sentence_only():
    assert (EN.name("GBR"), EN.the("GBR"), EN.opening("GBR")) == (
        "United Kingdom",
        "the United Kingdom",
        "The United Kingdom",
    )
    assert EN.the("JPN") == "Japan"
    assert EN.the("DC") == "the District of Columbia"
    assert JA.the("GBR") == JA.opening("GBR") == "英国"


def test_a_name_that_is_no_proper_name_begins_small_inside_a_sentence():
    voice = Voice("en", {"OTHER": "Other territories"})
    assert (voice.name("OTHER"), voice.the("OTHER"), voice.opening("OTHER")) == (
        "Other territories",
        "other territories",
        "Other territories",
    )


@pytest.mark.parametrize(
    ("subject", "trade", "jobs"),
    [("JPN", "米国の対日財輸出", "日系企業の雇用"), ("GBR", "米国の対英国財輸出", "英国系企業の雇用")],
)
def test_japan_as_a_counterpart_is_tainichi_and_its_companies_nikkei(subject, trade, jobs):
    assert JA.say("kpi.exports", subject=JA.the(subject)) == trade
    assert JA.say("kpi.state_jobs", subject=JA.name(subject)) == jobs


@pytest.mark.parametrize(
    ("counted", "words"), [("1", "1 event"), ("2", "2 events"), ("11", "11 events"), ("0", "0 events")]
)
def test_one_is_followed_by_the_singular_marked_or_not(counted, words):
    said = EN.say("events.coverage_title", n=markup.number("events.total", counted))
    assert plain(said) == f"What the register knows of its {words}"
    assert EN.say("events.coverage_title", n=counted) == f"What the register knows of its {words}"
    assert JA.say("events.coverage_title", n=counted) == f"登録{counted}件の記載状況"


def test_an_unknown_key_a_forgotten_blank_and_an_unknown_code_are_named():
    with pytest.raises(AnalysisError, match=r"phrase.*'no\.such'"):
        EN.say("no.such")
    with pytest.raises(AnalysisError, match="subject"):
        EN.say("kpi.exports")
    with pytest.raises(AnalysisError, match="'ZZZ'"):
        EN.name("ZZZ")


def test_a_name_from_the_data_cannot_mark_up_a_sentence():
    assert Voice("en", {"X": "a **b**"}).name("X") == r"a \*\*b\*\*"


def test_lists_are_joined_as_each_language_does():
    assert EN.join(["a", "b", "c"]) == "a, b and c"
    assert JA.join(["a", "b", "c"]) == "a、b、c"


@pytest.mark.parametrize(
    ("values", "english", "japanese"),
    [
        ({"JPN": 5, "GBR": 4}, "largest", "第1位"),
        ({"GBR": 5, "JPN": 4}, "second-largest", "第2位"),
        ({"JPN": 5, "GBR": 5}, "joint largest", "1位タイ"),
        ({"GBR": 5, "JPN": 4, "CAN": 4}, "joint second-largest", "2位タイ"),
    ],
    ids=["first", "second", "tied first", "tied second"],
)
def test_largest_says_the_place_and_the_tie(values, english, japanese):
    place = reading(values, total=9)
    assert plain(JA.largest(place)) == japanese
    assert plain(EN.largest(place)) == english


def test_a_rank_in_a_list_of_leaders_says_that_it_is_one():
    # 3,097,400 of 7,950,000 jobs are listed: far from all of them.
    place = reading(LEADERS, total=7_950_000)
    assert plain(EN.rank(place)) == "2nd of 3 listed"
    assert plain(JA.rank(place)) == "第2位（掲載3か国中）"


def test_a_rank_among_all_says_of_how_many_and_prints_its_band():
    # 124,700 +-50 may be above or below 124,750 +-50: second or first.
    place = reading(
        {"GBR": 124_750, "JPN": 124_700, "CAN": 10},
        total=249_460,
        low=[124_700, 124_650, 10],
        high=[124_800, 124_750, 10],
    )
    assert plain(EN.rank(place)) == "2nd of 3 (1st–2nd possible)"
    assert plain(EN.rank(place, band=False)) == "2nd of 3"


# Jobs in California in 2019, as the task force prints them, with a made-up third country just below Japan.
CALIFORNIA = reading(
    {"GBR": 126_000, "JPN": 124_700, "DEU": 124_650},
    total=375_350,
    low=[125_950, 124_650, 124_600],
    high=[126_050, 124_750, 124_700],
)


def test_a_place_is_the_rank_its_band_and_both_distances():
    assert plain(EN.place(CALIFORNIA)) == (
        "2nd of 3 (2nd–3rd possible), 1,300 jobs or 1.0% behind the United Kingdom and 50 jobs ahead of Germany"
    )
    assert plain(JA.place(CALIFORNIA)) == (
        "3か国・地域中第2位（第2～3位の可能性）、英国に1,300人（1.0%）差、ドイツを50人上回る"
    )


def test_a_distance_to_a_neighbour_at_zero_has_no_percentage():
    place = reading({"GBR": 0, "JPN": -5, "DEU": -9}, total=10, unit="million USD")
    assert (
        plain(EN.gaps(place)) == "$5.00 million behind the United Kingdom and $4.00 million ahead of Germany"
    )
    assert plain(JA.behind(place)) == "英国に500万ドル差"


def test_a_universe_and_a_band_share_one_bracket_and_none_stands_in_another():
    # Of a total of 900,000 the list holds less than half: the leading ones.
    leading = reading(
        {"GBR": 126_000, "JPN": 124_700, "DEU": 124_650},
        total=900_000,
        low=[125_950, 124_650, 124_600],
        high=[126_050, 124_750, 124_700],
    )
    assert plain(JA.rank(leading)) == "第2位（掲載3か国中、第2～3位の可能性）"
    told = {"subject": "x", "ubo": "y", "ubo_year": "2019", "parent": "z", "parent_year": "2019"}
    ranks = {"ubo_rank": EN.rank(CALIFORNIA), "parent_rank": EN.rank(leading)}
    assert "y by ultimate owner at the end of 2019 (2nd of 3, 2nd–3rd possible), and z" in plain(
        EN.say("fdi.finding", **told, **ranks)
    )
    parts = {"year": "2019年", "state": "カリフォルニア州", "subject": "日本", "exports": "a", "imports": "b"}
    shares = {"exports_share": "1.0%", "imports_share": "2.0%"}
    ranks = {"exports_rank": JA.rank(CALIFORNIA), "imports_rank": JA.rank(leading)}
    said = plain(JA.say("trade.state_finding", **parts, **shares, **ranks))
    assert "（州の輸出の1.0%、3か国・地域中第2位、第2～3位の可能性）" in said
    assert "（州の輸入の2.0%、第2位、掲載3か国中、第2～3位の可能性）" in said


@pytest.mark.parametrize(
    ("code", "owners"),
    [("NLD", "The Netherlands’"), ("ARE", "The United Arab Emirates’"), ("GBR", "The United Kingdom’s")],
)
def test_what_belongs_to_a_country_in_the_plural_has_no_second_s(code, owners):
    voice = Voice("en", {"NLD": "Netherlands", "ARE": "United Arab Emirates", "GBR": "United Kingdom"})
    said = voice.say("jobs.finding_unranked", subject=voice.opening(code), value="1", year="2020")
    assert said.startswith(f"{owners} majority-owned affiliates")


def test_a_rank_that_the_source_prints_is_called_so_and_none_is_said_to_be_none():
    assert plain(EN.rank(reading({"JPN": 47_500}, printed=1))) == "1st, as the source prints it"
    assert plain(EN.rank(reading({"JPN": 47_500}))) == "rank not recomputable here"


def test_distances_name_the_neighbours_in_absolute_and_relative_terms():
    # 1,252,300 - 973,800 = 278,500, which is 22.2% of 1,252,300; 973,800 - 871,300 = 102,500.
    place = reading(LEADERS, total=7_950_000)
    assert (
        plain(EN.gaps(place))
        == "278,500 jobs or 22.2% behind the United Kingdom and 102,500 jobs ahead of Canada"
    )
    assert plain(JA.gaps(place)) == "英国に27万8,500人（22.2%）差、カナダを10万2,500人上回る"
    assert plain(EN.behind(place)) == "278,500 jobs or 22.2% behind the United Kingdom"
    assert plain(EN.behind(reading(LEADERS, "GBR", total=7_950_000))) == "278,500 jobs ahead of Japan"
    assert plain(EN.behind(reading(LEADERS))) == ""


def test_amounts_follow_the_unit_of_the_reading():
    assert plain(EN.amount(reading({"JPN": 74_565}, unit="million USD"))) == "$74.6 billion"
    assert plain(JA.amount(reading({"JPN": 47_500}))) == "4万7,500人"
