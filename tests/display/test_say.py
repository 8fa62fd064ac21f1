"""Say and don't say: what the audit of a state's claims lets a desk repeat."""

from __future__ import annotations

import pytest

from helpers.analysis import claims, trade
from helpers.data import catalog, ledger
from helpers.display import prose, show
from helpers.display.markup import unmarked


def table(state, subject="JPN", lang="en"):
    groups = set(catalog.load("aggregates")["code"])
    tables = {name: catalog.load(name, vintage="all", state=state) for name in claims.STATE_TABLES}
    audited = claims.audit(ledger.read(place=state), tables, groups=groups)
    goods = catalog.load("state_trade", state=state)
    at = {"groups": groups, "value": "value_usd", "name": "state_trade", "place": state}
    flows = [trade.reading(goods, flow, subject, **at) for flow in ("exports", "imports")]
    voice = prose.Voice(lang, catalog.names(lang))
    return show.say.state(voice, state, subject, audited, *flows)


def told(block, sign):
    return {unmarked(row["text"]): row["why"] for row in block.rows if row["kind"].startswith(sign)}


def test_a_figure_that_another_text_quotes_may_be_said():
    # Ohio: 71,300, printed by the task force (5 July 2022) and by JETRO (23 August 2021), both quoting BEA
    why = told(table("OH"), "○")["Jobs at Japanese affiliates in Ohio: 71,300 (2019)."]
    assert why.startswith("A second source prints it too.")


# Census Bureau, USA Trade Online: Ohio 2018, exports to Canada, Mexico, China, the United Kingdom, then Japan.
@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "In 2018, Japan was Ohio’s fifth-largest market for goods exports ($1.7 billion)."),
        ("ja", "2018年、オハイオ州の財輸出先として日本は第5位（17億ドル）。"),
    ],
)
def test_a_rank_in_trade_is_said_as_one_by_size(lang, words):
    assert words in told(table("OH", lang=lang), "○")


def test_a_figure_that_only_the_document_prints_is_said_with_its_source():
    why = told(table("TN"), "△")["Jobs at Japanese affiliates in Tennessee: 47,500 (2019)."]
    assert "not independently confirmed" in why


def test_a_slip_is_not_repeated_and_the_quoted_figure_stands_in_its_place():
    # Indiana: 5,600 printed, 56,000 by JETRO
    block = table("IN")
    assert "ten times" in told(block, "×")["Jobs at Japanese affiliates in Indiana: 5,600 (2019)."]
    assert "Jobs at Japanese affiliates in Indiana: 56,000 (2019)." in told(block, "○")


def test_the_leader_of_another_country_is_not_on_the_page_of_japan():
    assert not [row for row in table("IL").rows if "British" in row["text"]]
    assert "Jobs at British affiliates in Illinois: 6,240 (2019)." in told(table("IL", "GBR"), "×")


@pytest.mark.parametrize("state", ["TN", "MO", "DC"])
def test_no_state_is_given_a_balance_or_a_position(state):
    never = " ".join(told(table(state), "×"))
    assert "trade balance" in never
    assert "investment position" in never


def test_created_jobs_are_spoken_of_only_where_there_is_a_figure():
    assert any("created" in text for text in told(table("TN"), "×"))
    assert not any("created" in text for text in told(table("MO"), "×"))


def test_both_languages_say_the_same_lines():
    english, japanese = table("IL"), table("IL", lang="ja")
    assert [row["kind"][0] for row in english.rows] == [row["kind"][0] for row in japanese.rows]
    assert [v.id for v in english.values] == [v.id for v in japanese.values]
    assert "桁の誤りの疑い" in " ".join(told(japanese, "×").values())
