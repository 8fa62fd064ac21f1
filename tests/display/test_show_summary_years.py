"""The headline names the year of each figure, once for neighbours of the same year, and whose a printed rank is."""

from __future__ import annotations

import pytest

from helpers.analysis import investment, jobs, trade
from helpers.data import catalog, origins
from helpers.display import show
from helpers.display.markup import plain
from helpers.display.prose import Voice


def state_headline(place, lang):
    load, groups = catalog.loader(""), set(catalog.load("aggregates")["code"])
    at = {"groups": groups, "value": "value_usd", "name": "state_trade", "place": place}
    imports, exports = (
        trade.reading(load("state_trade", state=place), flow, "JPN", **at) for flow in ("imports", "exports")
    )
    workers = jobs.reading(load("jobs_state", state=place), "JPN", groups=groups, place=place)
    voice = Voice(lang, catalog.names(lang), origins.Origins())
    found = show.summary.state(voice, place, "JPN", jobs=workers, imports=imports, exports=exports)
    return plain(found.sentence)


def headline(partner, lang):
    load, groups = catalog.loader(""), set(catalog.load("aggregates")["code"])
    every = {n: {"groups": groups, "editions": load(n, vintage="all")} for n in show.desk.EDITIONS}
    exports, imports, _ = trade.readings(load("goods_trade"), partner, **every["goods_trade"])
    owners, _ = investment.readings(load("fdi_position"), partner, **every["fdi_position"])
    workers = jobs.reading(load("jobs_national"), partner, **every["jobs_national"])
    voice = Voice(lang, catalog.names(lang), origins.Origins())
    found = show.summary.nation(voice, partner, fdi=owners, jobs=workers, imports=imports, exports=exports)
    return plain(found.sentence)


# Commerce Department's fact sheets of 2015: the Netherlands 185,053 million dollars at the end of 2014 (sixth), 410,400
# jobs in 2013 (seventh); its trade is of 2024. Japan's position is of 2024 (JETRO), its jobs of 2020.
@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "sixth-largest direct investor with $185.1 billion (2014), the seventh-largest foreign employer with "
               "410,400 jobs (2013), the"),
        ("ja", "直接投資残高1,851億ドルで第6位（2014年）、外国企業による雇用41万400人で第7位（2013年）、"),
    ],
)  # fmt: skip
def test_a_figure_of_ten_years_ago_is_named_with_its_year(lang, words):
    assert words in headline("NLD", lang)


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        (
            "en",
            "In the United States, Japan is the largest direct investor with $819.2 billion (2024), the "
            "second-largest foreign employer with 931,900 jobs (2020), the fifth-largest source of goods imports and "
            "the sixth-largest market for goods exports (2024).",
        ),
        (
            "ja",
            "米国にとって日本は、直接投資残高8,192億ドルで第1位（2024年）、外国企業による雇用93万1,900人で第2位"
            "（2020年）、財の輸入相手として第5位、財の輸出先として第6位（2024年）。",
        ),
    ],
)
def test_figures_of_different_years_are_each_named_with_theirs(lang, sentence):
    assert headline("JPN", lang) == sentence


# Task force summary of FY2021, quoting BEA: Tennessee 47,500 in 2019, first. Census Bureau, USA Trade Online: 2018.
@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        (
            "en",
            "In Tennessee, Japan is the largest foreign employer with 47,500 jobs (2019; rank as printed), "
            "the second-largest source of goods imports and the fourth-largest market for goods exports (2018).",
        ),
        (
            "ja",
            "テネシー州にとって日本は、外国企業による雇用4万7,500人で第1位（2019年、出典の順位）、"
            "財の輸入相手として第2位、財の輸出先として第4位（2018年）。",
        ),
    ],
)
def test_a_rank_that_only_its_source_prints_is_said_to_be_the_source_s(lang, sentence):
    assert state_headline("TN", lang) == sentence


# Census Bureau, USA Trade Online, 2018: Wyoming's imports from Japan 9,880,990 dollars, exports to it 62,456,290.
@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        (
            "en",
            "In Wyoming, Japan is the sixth-largest source of goods imports ($9.88 million in 2018) and the "
            "seventh-largest market for goods exports ($62.5 million in 2018).",
        ),
        (
            "ja",
            "ワイオミング州にとって日本は、財の輸入相手として第6位（2018年988万ドル）、"
            "財の輸出先として第7位（2018年6,250万ドル）。",
        ),
    ],
)
def test_an_amount_of_trade_in_the_headline_stands_with_its_year(lang, sentence):
    assert state_headline("WY", lang) == sentence
