"""What the pages say once later figures are in hand; the later figures are fictitious."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from helpers.analysis import investment, trade
from helpers.data import catalog, origins, told
from helpers.display import markup, show
from helpers.display.markup import plain
from helpers.display.prose import Voice
from helpers.display.show import beside, endmatter, places, taskforce


def speaking(lang):
    return Voice(lang, catalog.names(lang), origins.Origins())


def totals():
    """Return the published totals with those of a second source: 131 projects in 2024, 1,388 from 2017 to 2024."""
    shipped = catalog.load("activity")
    own = shipped[shipped["measure"] == "projects"].head(1).assign(source="kantei-tf")
    year = own.assign(fiscal_year_from=2024, fiscal_year_to=2024, value=131.0)
    people = year.assign(measure="participants", value=1_200_000.0)
    return pd.concat([shipped, year, people, year.assign(fiscal_year_from=2017, value=1388.0)])


# Task force deck of 5 July 2022: 97 projects in fiscal year 2021, 3,512,323 participants in fiscal years 2017 to 2021.
@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "97 projects in FY2021, 1,388 in FY2017–FY2024; 3,512,323 participants in FY2017–FY2021. The yearly "
               "figures of participants add up to 3,512,323."),
        ("ja", "令和3年度の案件は97件、平成29～令和6年度の累計は1,388件。平成29～令和3年度の延べ参加者は351万2,323人、"
               "各年度の値の合計は351万2,323人。"),
    ],
)  # fmt: skip
def test_running_totals_of_two_spans_are_each_told_with_their_own(lang, words):
    assert plain(taskforce.sums(speaking(lang), totals(), 2021).items[0]) == words
    _, table = taskforce.years(speaking(lang), totals(), 2021).items
    last = [
        tuple(plain(markup.unmarked(row[key])) for key in ("participants", "projects"))
        for row in table.rows[-2:]
    ]
    assert last == [("3,512,323", "–"), ("–", "1,388")]


@pytest.mark.parametrize(
    ("lang", "first", "both"),
    [
        ("en", "Task force summary of FY2021 (5 July 2022)", "Task force, summary of FY2021 and FY2024"),
        ("ja", "タスクフォース令和3年度総括（2022年7月5日）", "タスクフォース総括（令和3年度、令和6年度）"),
    ],
)
def test_the_line_under_a_chart_names_every_deck(lang, first, both):
    shipped = catalog.load("activity")
    assert [taskforce.decks(speaking(lang), table, "taskforce") for table in (shipped, totals())] == [
        first,
        both,
    ]


@pytest.mark.parametrize(
    ("lang", "five", "few"), [("en", "Five points", "Few points"), ("ja", "5時点", "時点は少なく")]
)
def test_points_are_counted_only_where_they_are_as_many_as_is_said(lang, five, few):
    monthly = catalog.load("goods_trade_monthly", partner="JPN")
    events = catalog.load("events")
    found = [
        plain(beside.years(speaking(lang), "JPN", table, monthly, events)[-1].items[-1])
        for table in (catalog.load("activity"), totals())
    ]
    assert [text.startswith(start) for text, start in zip(found, (five, few), strict=True)] == [True, True]


# Commerce Department's fact sheets of 2015: 33,765 million dollars from Japan in 2014.
@pytest.mark.parametrize(
    ("lang", "old", "new"),
    [
        ("en", "$33.8 billion in 2014. Later flows by country are not in the tables.",
         "$33.8 billion in 2014 and $25.0 billion in 2025."),
        ("ja", "2014年338億ドル。以後の国別フローは未収録。", "2014年338億ドル、2025年250億ドル。"),
    ],
)  # fmt: skip
def test_flows_of_a_later_year_are_not_said_to_be_missing(lang, old, new):
    table = catalog.load("fdi_flow")
    one = table[(table["partner"] == "JPN") & (table["year"] == 2014)]
    later = one.assign(year=2025, value_musd=25_000.0, vintage="2026-07", source="bea-mne-2021")
    found = [
        plain(show.investment.flows(speaking(lang), "JPN", rows, catalog.load("new_fdi").iloc[:0]).items[0])
        for rows in (table, pd.concat([table, later]))
    ]
    assert [text.endswith(end) for text, end in zip(found, (old, new), strict=True)] == [True, True]


# BEA, new direct investment in 2024: 151.0 billion dollars from all countries, 23.9 billion from Canada.
@pytest.mark.parametrize(
    ("lang", "partner", "end"),
    [
        ("en", "JPN", "$151.0 billion in 2024 (preliminary); no figure for Japan is in hand."),
        ("en", "CAN", "$151.0 billion in 2024 (preliminary); from Canada it was $23.9 billion (2024)."),
        ("ja", "CAN", "2024年に1,510億ドル（速報）。カナダ分は239億ドル（2024年）。"),
    ],
)
def test_new_investment_of_the_subject_is_told_where_it_is_in_hand(lang, partner, end):
    flows, new = catalog.load("fdi_flow").iloc[:0], catalog.load("new_fdi")
    assert plain(show.investment.flows(speaking(lang), partner, flows, new).items[-1]).endswith(end)


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "The same question on two bases, end of 2019"),
        ("ja", "二つのベースで見る同じ問い（2019年末）"),
    ],
)
def test_two_bases_of_one_year_name_it_once(lang, title):
    table, groups = catalog.load("fdi_position"), set(catalog.load("aggregates")["code"])
    both = [
        investment.reading(table, basis, "JPN", groups=groups, year=2019)
        for basis in ("ubo", "foreign_parent")
    ]
    assert plain(show.investment.bases(speaking(lang), "JPN", *both).title) == title


def test_a_partner_without_trade_in_the_newest_year_is_still_drawn_to_its_last():
    # Census Bureau: North Dakota's exports of 2018; that the state sent Japan nothing in that year is fictitious.
    table, groups = catalog.load("state_trade", state="ND"), set(catalog.load("aggregates")["code"])
    table = table[(table["partner"] != "JPN") | (table["year"] < 2018)]
    past = [trade.history(table, flow, groups=groups, value="value_usd") for flow in ("exports", "imports")]
    exports, _ = show.trade.shares(speaking("en"), "JPN", *past, place="ND").items
    assert plain(exports.title).startswith("Exports: Japan’s share 0.7% in 2014, ")
    assert plain(exports.title).endswith(" in 2017")
    assert {"exports.history.JPN.2014.share", "exports.history.JPN.2017.share"} <= {
        v.id for v in exports.numbers()
    }


@pytest.mark.parametrize(
    ("state", "lang", "months"),
    [
        ("TN", "en", "in December 2019, later"),
        ("VA", "en", "in December 2019, later"),  # since 2015 with the Embassy, and so in the list
        ("OR", "en", "in April 2026, later"),
        ("CA", "en", "in December 2019 and April 2026, later"),
        ("CA", "ja", "2019年12月、2026年4月の公表"),
    ],
)
def test_jurisdictions_are_dated_by_the_lists_that_they_are_taken_from(state, lang, months):
    # Fictitious: in April 2026 Oregon passes to Seattle, and the part of California of one mission is drawn anew.
    table = catalog.load("jurisdictions")
    moved = (table["area"] == "OR") | ((table["area"] == "CA") & (table["mission"] == "los-angeles"))
    table.loc[moved, "as_of"] = "2026-04-01"
    assert months in places.jurisdiction(speaking(lang), table, table[table["area"] == state])


@pytest.mark.parametrize(
    ("lang", "nation", "state"),
    [
        ("en", "In 2024 (imports: 2023) Japan took ", "In 2018 (imports: 2017) Tennessee sent "),
        ("ja", "輸出2024年・輸入2023年の米国の対日輸出は", "輸出2018年・輸入2017年、テネシー州の対日輸出は"),
    ],
)
def test_a_flow_that_is_a_year_behind_is_told_with_its_own_year(lang, nation, state):
    # Fictitious: the imports of the newest year are not in hand yet.
    groups, voice = set(catalog.load("aggregates")["code"]), speaking(lang)
    goods, traded = catalog.load("goods_trade"), catalog.load("state_trade", state="TN")
    goods, traded = (
        rows[(rows["flow"] == "exports") | (rows["year"] < rows["year"].max())] for rows in (goods, traded)
    )
    at = {"groups": groups, "value": "value_usd", "name": "state_trade", "place": "TN"}
    both = [trade.reading(traded, flow, "JPN", **at) for flow in ("exports", "imports")]
    assert plain(show.trade.amounts(voice, "JPN", *both, place="TN").text).startswith(state)
    exports, imports, _ = trade.readings(goods, "JPN", groups=groups)
    assert plain(show.trade.amounts(voice, "JPN", exports, imports).text).startswith(nation)


def test_the_places_of_a_state_are_told_with_the_year_of_each_flow():
    groups, states = set(catalog.load("aggregates")["code"]), catalog.load("states")
    traded = catalog.load("state_trade")
    behind = traded[(traded["flow"] == "exports") | (traded["year"] < traded["year"].max())]
    ranked = {
        flow: trade.states_standing(behind, flow, "JPN", groups=groups) for flow in ("exports", "imports")
    }
    lists = (states, catalog.load("jurisdictions"), catalog.load("missions"))
    found = show.standing.finding(speaking("en"), "TN", "JPN", *lists, **ranked)
    assert plain(found.text).startswith("By exports to Japan in 2018 (imports: 2017) Tennessee stands ")


@pytest.mark.parametrize(
    ("lang", "start"),
    [
        ("en", "Figures as of 5 February 2026 and July 2026 came in after this card was written"),
        ("ja", "このカードの記載後に2026年2月5日、2026年7月時点の値を取り込んだ。"),
    ],
)
def test_a_card_tells_that_a_refresh_brought_what_it_does_not_know(monkeypatch, lang, start):
    # Fictitious: two refreshes of the annual trade, as they would stand in its description.
    assert told.MARKS["vintage"] == endmatter.REFRESHED
    voice = speaking(lang)
    cards = catalog.method_cards()
    ((_, before),) = endmatter.method_cards(voice, cards, ["exports"]).items
    table = voice.origins.table("goods_trade")
    later = replace(table, vintage=f"{table.vintage}; refreshed: 2026-02-05, 2026-07")
    monkeypatch.setattr(origins.Origins, "table", lambda _, name: later)
    ((_, after),) = endmatter.method_cards(voice, cards, ["exports"]).items
    assert after[:-1] == before
    assert after[-1][1].startswith(start)
