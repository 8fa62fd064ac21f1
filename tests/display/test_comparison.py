"""A number of two editions in words: printed with its period and rank, told apart, and with its cause."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from helpers.display import comparison, markup
from helpers.display.block import Value
from helpers.display.prose import Voice

EN, JA = Voice("en", {"JPN": "Japan"}), Voice("ja", {"JPN": "日本"})


def number(name, value, unit, period, rank=None, label="Exports"):
    return {"id": name, "value": value, "unit": unit, "period": period, "rank": rank, "label": label} | {
        "band": None,
        "of": None,
        "trace": None,
    }


def test_a_figure_is_printed_with_its_year_and_rank():
    # BEA through JETRO: Japan's position, first in 2020 and in 2024.
    old = number("fdi.value", 679_000, "million USD", "2020", 1)
    new = number("fdi.value", 819_200, "million USD", "2024", 1)
    assert comparison.figures(EN, old, new) == ("$679.0 billion (2020), 1st", "$819.2 billion (2024), 1st")
    assert comparison.figures(JA, old, new) == (
        "6,790億ドル（2020年）、第1位",
        "8,192億ドル（2024年）、第1位",
    )


@pytest.mark.parametrize(
    ("name", "unit", "value", "english", "japanese"),
    [
        ("jobs.value", "persons", 973_800, "973,800 (2019)", "97万3,800人（2019年）"),
        ("x.rank", "rank", 4, "4th (2019)", "第4位（2019年）"),
        ("x.share", "fraction", 0.0425, "4.3% (2019)", "4.3%（2019年）"),
        ("x.growth", "fraction", 0.0425, "+4.3% (2019)", "+4.3%（2019年）"),
        ("x.share_change", "fraction", -0.0024, "−0.2 points (2019)", "−0.2ポイント（2019年）"),
        ("x.value", "USD", 2_226_000_000, "$2.2 billion (2019)", "22億ドル（2019年）"),
        ("x.y", "percent of deficit", 5.5, "5.5% (2019)", "5.5%（2019年）"),
        ("x.z", "per 1,000", 15.13, "15.1 (2019)", "15.1（2019年）"),
    ],
    ids=lambda item: item if isinstance(item, str) and "." in item and " " not in item else "",
)
def test_every_unit_is_printed_as_the_pages_print_it(name, unit, value, english, japanese):
    old, new = number(name, value, unit, "2019"), None
    assert comparison.figures(EN, old, new) == (english, "not in hand")
    assert comparison.figures(JA, old, new) == (japanese, "未収録")


def test_a_rank_is_not_told_twice():
    third, fourth = (number("x.rank", place, "rank", "2019", rank=place) for place in (3, 4))
    assert comparison.figures(EN, third, fourth) == ("3rd (2019)", "4th (2019)")


def test_figures_that_differ_and_would_print_alike_get_more_digits():
    # Census Bureau, exports to Japan in 2020: 64,017.7 million in the file of 2023, 64,030.3 in the figures of 2026.
    old, new = (number("exports.past.2020.value", v, "million USD", "2020") for v in (64_017.696, 64_030.308))
    assert comparison.figures(EN, old, new) == ("$64.02 billion (2020)", "$64.03 billion (2020)")
    same = number("exports.share", 0.0448, "fraction", "2020")
    assert comparison.figures(EN, same, same) == ("4.5% (2020)", "4.5% (2020)")


def test_a_period_that_is_no_date_is_left_out_and_a_fiscal_year_is_said():
    events = number("events.count", 17, "events", "register")
    people = number("activity.x", 881_224, "participants", "FY2020")
    total = number("activity.y", 3_512_323, "participants", "FY2017-FY2021")
    assert comparison.figures(EN, events, people) == ("17", "881,224 (FY2020)")
    assert comparison.figures(JA, total, people) == (
        "351万2,323（平成29～令和3年度）",
        "88万1,224（令和2年度）",
    )


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("exports.value", "Exports"),
        ("exports.rank", "Exports: rank"),
        ("exports.past.2021.share", "Exports: share"),
        ("exports.above.gap", "Exports: distance to the next above"),
        ("events.count", "Exports"),
        ("deficit.share", "Exports: of the net deficit"),
        ("jobs.total", "Exports: total of all countries"),
    ],
)
def test_a_part_of_a_reading_is_named(name, label):
    assert comparison.label(EN, number(name, 1, "", "2021")) == label


def evidence(voice, **row):
    return comparison.evidence(voice, SimpleNamespace(**({"subject": ""} | row)))


def test_the_evidence_says_what_differs():
    revised = {"kind": "vintage", "subject": "goods_trade", "was": "2023-03", "now": "2026"}
    assert evidence(EN, **revised) == "goods trade, edition 2023-03 → 2026"
    assert evidence(JA, **revised) == "財貿易：2023-03版 → 2026版"
    assert evidence(EN, kind="period", was="2021", now="2024") == "2021 → 2024"
    assert evidence(EN, kind="period", was="2016-2019", now="2019-2020") == "2016-2019 → 2019-2020"
    assert evidence(EN, kind="", was="", now="") == ""
    followed = {"kind": "as_of", "subject": "events", "was": "2022-07-05", "now": ""}
    assert evidence(EN, **followed) == "register of events, followed to 5 July 2022 → today’s tables"


def test_of_a_long_description_the_beginning_is_printed():
    whole, long = "a" * 60, "b" * 59 + " c"
    assert evidence(EN, kind="basis", was=whole, now=long) == f"basis: {whole} → {'b' * 59} …"


def test_a_table_without_words_goes_by_its_name():
    found = {"kind": "table", "subject": "deck_figures", "was": "a1", "now": "b2"}
    assert evidence(EN, **found) == "deck_figures, table corrected (a1 → b2)"


def test_causes_without_a_number_are_left_out():
    counts = {"new_period": 42, "source_revision": 9, "method": 0, "correction": 1, "unrecorded": 0}
    said = "42 for a new period, 9 by revision of the source and 1 by our correction"
    assert markup.plain(comparison.causes(EN, counts, "US")) == said
    assert markup.plain(comparison.causes(JA, counts, "US")) == "期間の更新42件、出典の改定9件、当方の訂正1件"


def test_a_pair_counts_what_both_editions_hold():
    old = {"values": [number("a", 1, "persons", "2019"), number("b", 1, "persons", "2019")]}
    new = {
        "values": [
            number("a", 1, "persons", "2019"),
            number("b", 2, "persons", "2020"),
            number("c", 1, "", ""),
        ]
    }
    found = comparison.pair("US", old, new)
    assert (found.shared, found.differ, found.counts["new"]) == (2, 1, 1)
    assert (found.status("b"), found.status("z")) == ("new_period", "")
    assert found.values("b") == []


def test_numbers_of_two_days_keep_their_traces_under_two_ids():
    old, new = ({"b": Value("b", "", n, "persons", year)} for n, year in ((1, "2019"), (2, "2020")))
    found = comparison.of_days("TN", "JPN", old, new, ("2022-07-05", ""))
    assert [(value.id, value.value) for value in found.values("b")] == [("before.TN.b", 1), ("after.TN.b", 2)]
    assert found.status("b") == "new_period"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["today’s tables", "5 July 2022", "2021", "2021 and 5 July 2022"]),
        ("ja", ["現在の収録分", "2022年7月5日", "2021年", "2021年"]),
    ],
)
def test_the_day_of_an_edition_may_be_a_year_or_several(lang, said):
    voice = Voice(lang, {})
    days = ("", "2022-07-05", "2021", "2021, 2022-07-05")
    for day, words in zip(days, said, strict=True):
        assert words in comparison.day(voice, day)
