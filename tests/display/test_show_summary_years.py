"""The headline names the year of a figure that is much older than the newest one beside it."""

from __future__ import annotations

import pytest

from helpers.analysis import investment, jobs, trade
from helpers.data import catalog, origins
from helpers.display import show
from helpers.display.markup import plain
from helpers.display.prose import Voice


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


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_figures_of_the_same_few_years_are_named_without(lang):
    assert "(20" not in headline("JPN", lang)
    assert "年）" not in headline("JPN", lang)
