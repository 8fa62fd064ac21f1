"""Text from data stays text in every face."""

from __future__ import annotations

import re

import pytest

from helpers.display import markup

HOSTILE = [
    pytest.param("<script>alert(1)</script>", id="script"),
    pytest.param('#read("key.txt")', id="typst code"),
    pytest.param("*bold* _it_ $x$ @ref `raw` = heading", id="typst markup"),
    pytest.param("a\\b \\* ** \\", id="backslashes and stars"),
    pytest.param("] #[ { } ; // comment /* */", id="typst brackets and comments"),
    pytest.param("\"quoted\" 'single' & <b>", id="quotes"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_from_data_prints_as_it_stands(text: str) -> None:
    assert markup.plain(markup.escape(text)) == text
    assert markup.pieces(markup.escape(text)) == [(text, False)]


@pytest.mark.parametrize("text", HOSTILE)
def test_typst_gets_nothing_but_string_literals(text: str) -> None:
    source = markup.to_typst(markup.escape(text))
    assert source.startswith('#"')
    assert source.endswith('";')
    inside = source[2:-2].replace("\\\\", "").replace('\\"', "")
    assert '"' not in inside


def test_only_double_stars_mean_emphasis() -> None:
    assert markup.to_html("up **5.5%** *x*") == "up <strong>5.5%</strong> *x*"
    assert markup.to_typst("up **5.5%**") == '#"up ";#brief-em[#"5.5%";];'


def test_an_argument_is_a_string_where_it_is_one_string_and_content_where_it_is_more() -> None:
    assert markup.content('say "no" \\\\ #x') == '"say \\"no\\" \\\\ #x"'
    assert markup.content("up **5.5%**") == '[#"up ";#brief-em[#"5.5%";];]'
    assert markup.content("a\nb") == '[#"a";#linebreak();#"b";]'
    assert markup.content("Japan", '#brief-cite("1");') == '[#"Japan";#brief-cite("1");]'
    assert markup.content('a";#"b') == '"a\\";#\\"b"'
    assert markup.content("") == "[]"


def test_a_double_star_without_its_partner_is_literal() -> None:
    assert markup.plain("one ** two") == "one ** two"
    assert markup.to_html("**a** ** b") == "<strong>a</strong> ** b"


def test_escaped_star_is_a_star() -> None:
    assert markup.plain(r"5 \* 3") == "5 * 3"


def test_html_is_escaped_inside_emphasis_too() -> None:
    assert markup.to_html("**<b>&**") == "<strong>&lt;b&gt;&amp;</strong>"


def test_line_ends_are_kept_in_both_faces() -> None:
    assert markup.to_html("a\r\nb") == "a<br>b"
    assert markup.to_typst("a\nb") == '#"a";#linebreak();#"b";'


def test_unprintable_characters_are_shown_by_number() -> None:
    assert markup.plain("a\x00b\u202ec\ud800d") == "a[U+0000]b[U+202E]c[U+D800]d"


def test_attribute_has_no_quotes_or_line_ends() -> None:
    assert markup.attribute('a "b"\n<c>') == "a &quot;b&quot; &lt;c&gt;"


def test_a_number_carries_its_id_into_html_and_nowhere_else():
    text = "up **" + markup.number("x.value", "5.5%") + "** since"
    assert markup.plain(text) == "up 5.5% since"
    assert markup.to_typst(text) == markup.to_typst("up **5.5%** since")
    assert markup.to_html(text) == "up <strong>5.5%</strong> since"
    assert (
        markup.to_html(text, lambda id, html: f"[{id}|{html}]") == "up [x.value|<strong>5.5%</strong>] since"
    )
    assert markup.numbers_in(text) == ["x.value"]


def test_data_cannot_bring_the_marks_of_a_number_along():
    hostile = markup.number("x.value", "1")
    assert markup.escape(hostile) == "x.value1"
    assert markup.visible(hostile) == "x.value1"


def test_a_bracket_or_a_stop_stays_with_the_control_beside_it():
    text = f"up ({markup.number('a', '5.5%')}), to {markup.number('b', '7')}. Then {markup.number('c', '8')} more"
    kept = '<span class="brief-w">{}</span>'
    wanted = f"up {kept.format('([a]),')} to {kept.format('[b].')} Then [c] more"
    assert markup.to_html(text, lambda id, html: f"[{id}]") == wanted
    assert markup.to_html(text) == markup.plain(text)
    japanese = f"（{markup.number('a', '第2位')}）。"
    assert markup.to_html(japanese, lambda id, html: "[a]") == kept.format("（[a]）。")


KEPT = '<span class="brief-w">{}</span>'


def test_a_japanese_number_and_its_counter_stay_on_one_line():
    text = "2024年の12万4,700人と第11～13位、年に3割"
    year, people, rank = (KEPT.format(word) for word in ("2024年", "12万4,700人", "第11～13位"))
    assert markup.to_html(text) == f"{year}の{people}と{rank}、年に3割"
    assert markup.to_html("2nd of 12 in 2024 (5.5%)") == "2nd of 12 in 2024 (5.5%)"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("the district between 8th and 11th of 16", "the district between [8th] and [11th] of [16]"),
        ("管轄地域としては16中第8位から第11位の間", "管轄地域としては[16]中[第8位]から[第11位]の間"),
        ("第11～13位（掲載28か国中、実質的に同順位）", "[第11～13位]（掲載[28か国]中、実質的に同順位）"),
        (
            "22位タイ（掲載28か国中、第21～25位の可能性）",
            "[22位]タイ（掲載[28か国]中、[第21～25位]の可能性）",
        ),
        ("$819.2 billion (2024), 1st", "[$819.2 billion (2024), 1st]"),
        ("a number of many words, and no digit in it", "[a number of many words, and no digit in it]"),
    ],
)
def test_in_a_number_as_long_as_a_line_each_figure_opens(text, wanted):
    made = markup.to_html(markup.number("a", text), lambda id, html: f"[{html}]")
    assert re.sub("<[^>]+>", "", made) == wanted


def test_on_paper_a_japanese_number_stands_in_a_box_and_in_a_title_a_short_aside_does_too():
    text = "公表値5件（定義別）、令和3年度"
    counted = '#"公表値";#box("5件");'
    assert markup.to_typst(text) == counted + '#"（定義別）、";#box("令和3年度");'
    assert markup.to_typst(text, title=True) == counted + '#box("（定義別）");#"、";#box("令和3年度");'
    open_aside = '#"（うち";#box("令和3年度");#"は";#box("5件");#"で全";#box("件では");'
    assert markup.to_typst("（うち令和3年度は5件で全件では", title=True) == open_aside
    assert markup.to_typst("５（第1位）", title=True) == '#"５";#box("（第1位）");'
    counted = '#"Second in ";#box("4 of the 14 states");#" with ";#box("a figure");'
    assert markup.to_typst("Second in 4 of the 14 states with a figure", title=True) == counted
    assert markup.to_typst("2nd of 12 in 2024 (5%)", title=True) == '#"2nd of 12 in 2024 (5%)";'


def test_an_amount_and_its_unit_and_the_years_of_a_period_stay_on_one_line_on_paper() -> None:
    source = markup.to_typst(
        "Sent **−$1.6 billion** (of $2.1 trillion), 2008–2019 and FY2017–FY2021, not tables 3–5"
    )
    assert re.findall(r'#box\("(.*?)"\)', source) == [
        "−$1.6 billion",
        "$2.1 trillion",
        "2008–2019",
        "FY2017–FY2021",
    ]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("過半数所有の子会社", "子会社"),
        ("州別統計は2018年まで。", "2018年まで。"),  # a number is not broken for it
        ("最終実質所有者別、2019年（2021-08版）", "（2021-08版）"),
        ("データはBEAによる引用", "る引用"),
        ("出典の表はUS Census Bureau（州別）", "（州別）"),  # no line ends with an opening bracket
        ("ドイツに8,410万ドル（7.2%）差", "（7.2%）差"),
        ("年度の表は平成29年度～令和7年度）", None),  # too wide for a narrow column
        ("子会社数での順位（ジェトロ経由）", None),  # nor is a word in katakana
        ("日本系企業の数", None),  # too short for two lines
        ("Jobs at majority-owned affiliates", None),
    ],
)
def test_on_paper_the_last_letters_of_a_japanese_text_stay_together(text, last):
    source = markup.to_typst(text)
    assert source.endswith(f'#box("{last}");' if last else '";')
    assert source.endswith('");') == bool(last)
    assert "".join(re.findall('"([^"]*)"', source)) == text


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Tennessee ranks 3rd of the states by imports from Japan", "from Japan"),
        ("Japan is among the first three markets in 0 of 5 states", "0 of 5 states"),
        ("a **market** for goods from all over the world and exports.", "and exports."),
        ("What the register knows of its characteristic international-organisations", None),  # too wide
        ("Who serves Tennessee", None),
    ],
)
def test_on_paper_the_last_two_words_of_an_english_title_stay_together(text, last):
    source = markup.to_typst(text, title=True)
    assert source.endswith(f'#box("{last}");') if last else "#box" not in source
    assert "#box" not in markup.to_typst(text)


def test_on_paper_the_last_letters_of_what_stands_on_one_line_are_set_as_they_come():
    assert markup.to_typst("過半数所有の子会社", one_line=True) == '#"過半数所有の子会社";'
    assert (
        markup.to_typst("表は2018年までの値である", one_line=True)
        == '#"表は";#box("2018年");#"までの値である";'
    )


def test_on_paper_the_last_letters_before_emphasis_are_no_end():
    source = markup.to_typst("期待される件数との比は**0.65**")
    assert source == '#"期待される件数との比は";#brief-em[#"0.65";];'


def test_the_counter_after_a_number_stands_on_its_line():
    def made(text):
        return markup.to_html(text, lambda id, html: f"[{html}]")

    six = markup.number("a", "6")
    assert (
        made(f"**もの{six}件**：なし")
        == f"<strong>もの</strong>{KEPT.format('[<strong>6</strong>]<strong>件</strong>')}：なし"
    )
    assert made(f"（{six}件）。") == KEPT.format(f"（{KEPT.format('[6]件')}）。")
    assert made(f"（{six}～{six}）") == f"{KEPT.format('（[6]～')}{KEPT.format('[6]）')}"
    assert made(f"{six}–{six}") == f"{KEPT.format('[6]–')}[6]"
    assert made(f"計{six}拠点が") == f"計{KEPT.format('[6]拠点')}が"
    assert made(f"{six}日本は{markup.number('b', '7%')}人") == "[6]日本は[7%]人"
    assert markup.plain(f"**もの{six}件**") == "もの6件"
    assert markup.to_html("令和3年度") == KEPT.format("令和3年度")


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("米国商務省：U.S. Trade in Goods by Country（2024）", ["U.S. Trade in Goods by Country"]),
        ("AT&T of the South；JETRO: Report", ["AT&amp;T of the South"]),
        ("ほか3件（data/sources.csv）", []),
        ("BEA, 2024", []),
    ],
)
def test_an_english_title_on_a_japanese_page_is_marked_as_english(text: str, marked: list[str]) -> None:
    found = markup.tongues(markup.to_html(text), "ja")
    assert re.findall('<span lang="en">(.*?)</span>', found) == marked
    assert markup.tongues(markup.to_html(text), "en") == markup.to_html(text)
    linked = f'<a href="https://example.org/a b c">{markup.to_html(text)}</a>'
    assert markup.tongues(linked, "ja").startswith('<a href="https://example.org/a b c">')
