"""The panel of a number on screen: its heading in words, its rows, and the name the number has in the JSON file."""

from __future__ import annotations

import re

import pytest

from helpers.analysis import activity
from helpers.analysis.lineage import Universe
from helpers.data import catalog, origins
from helpers.display import facts, markup, publishers, wording
from helpers.display.blocks import Finding
from helpers.display.prose import Voice

LONG = {
    "en": "Exports: 4th of 201; $563 million or 22.4% behind China and $580 million ahead of the Netherlands.",
    "ja": "登録簿はウェブ上で確認できた公開行事の標本で、各件に出典がある。"
    "タスクフォースの案件一覧ではなく、いずれの行も同一の案件とは断定しない。",
}


def panel(lang, label):
    voice = Voice(lang, {}, origins.Origins())
    number = markup.number("events.register", "320")
    text = {"en": f"The register has {number} events.", "ja": f"登録簿の行事は{number}件。"}[lang]
    held = facts.value(voice, "events.register", label, 320, "events", "register", activity.counted(""))
    page = Finding(lang, text, values=(held,)).html()
    (found,) = re.findall(r'<div class="brief brief-trace".*?</dl></div>', page, re.S)
    rows = dict(re.findall(r"<dt>([^<]*)<dd>(.*?)(?=<dt>|</dl>)", found, re.S))
    return re.search(r'<p class="brief-title">([^<]*)</p>', found)[1], rows


@pytest.mark.parametrize(
    ("lang", "head", "among", "row"),
    [
        ("en", "Public events · register", "all rows of the table", "The address in each row"),
        ("ja", "公開行事 · 登録簿", "表の全行", "各行に記した掲載ページ"),
    ],
)
def test_a_panel_says_what_in_words_and_how_the_json_file_calls_it(lang, head, among, row):
    found, rows = panel(lang, head.split(" · ")[0])
    word = {name: wording.word(name, lang) for name in ("among", "source", "id")}
    assert found == head
    assert rows[word["among"]] == among
    assert rows[word["source"]] == row
    assert rows[word["id"]] == "<code>events.register</code>"


def test_the_heading_of_a_long_sentence_is_its_beginning():
    assert panel("en", LONG["en"])[0] == (
        "Exports: 4th of 201; $563 million or 22.4% behind China and… · register"
    )
    head = panel("ja", LONG["ja"])[0].removesuffix("… · 登録簿")
    assert LONG["ja"].startswith(head)
    assert 50 <= len(head) <= 60


@pytest.mark.parametrize(
    ("period", "english", "japanese"),
    [
        ("2024", "2024", "2024年"),
        ("2014-2018", "2014–2018", "2014～2018年"),
        ("2022-01", "January 2022", "2022年1月"),
        ("2023-10-12", "12 October 2023", "2023年10月12日"),
        ("FY2021", "FY2021", "令和3年度"),
        ("FY2017-FY2021", "FY2017–FY2021", "平成29～令和3年度"),
        ("2022-07-05/latest", "5 July 2022 / latest edition", "2022年7月5日 / 最新版"),
        ("to date", "to date", "現在まで"),
        ("", "", ""),
        ("2022-13", "2022-13", "2022-13"),
        ("2023-02-30", "2023-02-30", "2023-02-30"),
        ("2018-2014", "2018-2014", "2018-2014"),
    ],
)
def test_periods_are_words(period, english, japanese):
    assert wording.period(period, "en") == english
    assert wording.period(period, "ja") == japanese


def test_what_is_put_into_japanese_is_what_the_descriptor_says():
    assert catalog.describe("events").sources[0].text == publishers.EACH_ROW["en"]


def test_an_edition_told_in_words_is_told_in_japanese_and_in_english_as_the_descriptor_has_it():
    editions = [catalog.describe(name).vintage for name in catalog.tables()]
    worded = {edition for edition in editions if re.search("[a-z]{2}", edition)}
    assert {"as read", "2015-09 to 2023, by year"} <= worded
    assert {told for told in worded if re.search("[a-z]{2}", wording.vintage(told, "ja"))} == set()
    assert {told for told in worded if wording.vintage(told, "en") != told} == set()
    assert wording.vintage("2026", "ja") == "2026"


@pytest.mark.parametrize(
    ("figure", "unit", "english", "japanese"),
    [
        (1, "events", "1 event", "1件"),
        (1027, "events", "1,027 events", "1,027件"),
        (1, "companies", "1 company", "1社"),
        (1, "series", "1 series", "1系列"),
        (2, "rank", "rank 2", "2位"),
        (1, "USD", "1 US dollars", "1ドル"),
        (0.5, "fraction", "0.5 fraction", "0.5 比率"),
        (3, "of a kind", "3 of a kind", "3 of a kind"),
    ],
)
def test_a_number_agrees_with_its_unit(figure, unit, english, japanese):
    assert (wording.exact(figure, unit, "en"), wording.exact(figure, unit, "ja")) == (english, japanese)


@pytest.mark.parametrize(
    ("universe", "english", "japanese"),
    [
        (Universe("refresh", "", "", {"command": True}), "command yes", "command 該当"),
        (Universe("t", "", "", {}, more={"empty": ["value_musd"]}), "value_musd empty", "value_musd 空欄"),
        (Universe("t", "", "", {}, more={"held": ["value"]}), "value not empty", "value 空欄でない"),
        (
            Universe("t", "", "", {}, more={"filled": {"columns": ["state"], "but": ["US"]}}),
            "state not empty, ≠ US",
            "state 空欄でない, ≠ US",
        ),
        (
            Universe(
                "t", "", "", {}, more={"method": {"name": "listed", "claims": {"page": "6", "partner": "JPN"}}}
            ),
            "method listed; claims (page 6, partner JPN)",
            "method listed; claims (page 6, partner JPN)",
        ),
        (Universe("t", "", "", {"flag": []}), "flag no value", "flag 該当値なし"),
    ],
)  # fmt: skip
def test_conditions_are_words_and_no_code(universe, english, japanese):
    assert (wording.conditions(universe, "en"), wording.conditions(universe, "ja")) == (english, japanese)
