"""The panel of a number on screen: its heading in words, its rows, and the name the number has in the JSON file."""

from __future__ import annotations

import re

import pytest

from helpers.analysis import activity
from helpers.analysis.lineage import Cell, Lineage, Universe
from helpers.data import catalog, origins
from helpers.display import facts, markup, publishers, wording
from helpers.display.block import Value
from helpers.display.blocks import Finding
from helpers.display.panel import Panels, points, trace_lines
from helpers.display.prose import Voice
from helpers.display.trace import Table, Trace
from helpers.errors import RenderError

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


def traced(
    *years: int, tables: int = 1, sources: int = 1, unit: str = "million USD", column: str = "value"
) -> Trace:
    """Return the trace of a sum over years, its first cell taken away, with so many tables and publications."""
    cells = [
        Cell(
            "value",
            "t1",
            column,
            {"year": year, "partner": "JPN"},
            "2026",
            sign=-1 if year == years[0] else 1,
        )
        for year in years
    ]
    return Trace(
        Lineage("sum", tuple(cells), Universe("t1", "value", "partner", {"flow": "exports"})),
        "f.a.s. & c.i.f.",
        unit,
        "Added up",
        {f"t{n}": Table(f"T{n}", f"t{n}.csv", f"d{n}", "2026", "") for n in range(1, tables + 1)},
        {f"s{n}": (f"S{n}", f"https://example.org/{n}") for n in range(1, sources + 1)},
    )


def told(trace: Trace, name: str) -> list[str]:
    return [text for word, text in trace_lines(trace, "en") if word == name]


def test_a_trace_is_told_in_its_order() -> None:
    assert trace_lines(traced(2020, 2021), "en") == [
        ("made", "Added up"),
        ("table", "T1 <code>t1.csv</code>"),
        ("row", "− year 2020, partner JPN; column value; Vintage 2026"),
        ("row", "year 2021, partner JPN; column value; Vintage 2026"),
        ("among", "value; flow exports"),
        ("basis", "f.a.s. &amp; c.i.f."),
        ("unit", "million US dollars"),
        ("source", '<a href="https://example.org/1">S1</a>'),
        ("digest", "<code>d1</code>"),
    ]


@pytest.mark.parametrize(("more", "of_tables", "of_sources", "of_rows"), [
    (0, [], [], []),
    (1, ["and 1 more table"], ["and 1 more publication"], ["and 1 more"]),
    (3, ["and 3 more tables"], ["and 3 more publications"], ["and 3 more"]),
])  # fmt: skip
def test_six_of_each_are_named_and_the_rest_is_counted(more: int, of_tables, of_sources, of_rows) -> None:
    trace = traced(*range(2000, 2006 + more), tables=6 + more, sources=6 + more)
    assert told(trace, "table") == [f"T{n} <code>t{n}.csv</code>" for n in range(1, 7)] + of_tables
    assert told(trace, "source")[6:] == of_sources
    assert told(trace, "source")[5] == '<a href="https://example.org/6">S6</a>'
    assert told(trace, "row")[6:] == of_rows
    assert told(trace, "row")[5] == "year 2005, partner JPN; column value; Vintage 2026"
    assert told(trace, "digest") == [f"<code>d{n}</code>" for n in range(1, 7)]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://example.org/?a=1&b=2", '<a href="http://example.org/?a=1&amp;b=2">A &lt;b&gt;</a>'),
        ("https://example.org/a b", "A &lt;b&gt; https://example.org/a b"),
        ("javascript:alert(1)", "A &lt;b&gt; javascript:alert(1)"),
        ("see https://example.org/", "A &lt;b&gt; see https://example.org/"),
        ("", "A &lt;b&gt;"),
    ],
)
def test_only_an_address_of_the_web_is_a_link(url: str, shown: str) -> None:
    trace = Trace(Lineage("value"), "", "", "", {}, {"s": ("A <b>", url)})
    assert told(trace, "source") == [shown]


def test_a_number_that_the_block_does_not_hold_is_refused_by_name() -> None:
    panels = Panels("en", [Value("a", "A", 1, "USD", "2021")], "seed")
    assert panels.control("a", "1").endswith('">1</button>')
    assert panels.control("b", "2") == "2"
    with pytest.raises(RenderError, match=r"block: expected a value for each number, got none for 'b'\."):
        panels.html()


def test_each_number_has_one_panel_however_often_it_is_shown() -> None:
    panels = Panels("en", [Value(name, name.upper(), 1, "USD", "2021") for name in "abc"], "seed")
    shown = [re.findall('popovertarget="(.*?)"', panels.control(name, "1"))[0] for name in "aba"]
    assert shown[0] == shown[2] != shown[1]
    assert re.findall(r'<div class="brief brief-trace" id="(.*?)"', panels.html()) == shown[:2]
    assert re.findall(r"<code>(.*?)</code>", panels.html()) == ["a", "b"]


def test_the_points_of_a_chart_are_listed_by_kind_with_what_differs_in_columns() -> None:
    held = [
        Value("a", "Exports", 1.5, "million USD", "2020", trace=traced(2020)),
        Value("b", "Exports", None, "million USD", "2019", trace=traced(2019)),
        Value("c", "Jobs", 7, "persons", "2019", trace=traced(2019, unit="persons")),
        Value("d", "Exports", 2, "million USD", "2021", trace=traced(2021)),
        Value("e", "Untraced", 3, "million USD", "2021"),
    ]
    table = (
        '<div class="brief-scroll" role="region" aria-label="{}" tabindex="0"><table><caption>'
        "T1 <code>t1.csv</code>, SHA-256 <code>d1</code> · {} · Added up · f.a.s. &amp; c.i.f. · "
        '<a href="https://example.org/1">S1</a></caption><thead><tr><th scope="col">{}<th scope="col">{}'
        "</thead><tbody>{}</tbody></table></div>"
    )
    exports = '<tr><th scope="row">2020<td>1.5<tr><th scope="row">2021<td>2'
    assert points("en", held) == (
        '<details class="brief-points"><summary>Numbers of this chart and where they come from</summary>'
        + table.format(
            "Exports · 1/2", "partner JPN, column value, vintage 2026", "year", "million US dollars", exports
        )
        + table.format(
            "Jobs · 2/2",
            "year 2019, partner JPN, column value, vintage 2026",
            "In the JSON file",
            wording.unit("persons", "en"),
            '<tr><th scope="row">c<td>7',
        )
        + "</details>"
    )
    assert points("en", held[-1:]) == points("en", held[1:2]) == ""
