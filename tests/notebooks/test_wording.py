"""No page advises and none names a cause: the words a reader sees, as HTML, in both languages.

Quoted from the data are titles of events and the wording of claims, and cited are sources, so that these are left out.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from printed import NAMES, UNSEEN
from running import cells

from helpers.display.blocks import Row, Table

ADVICE = {
    "en": r"should|ought to|must|need(?:s|ed)? to|recommend\w*|had better|advis(?:e|es|ed|able)",
    "ja": r"べき|なければならない|必要がある|ねばならない|推奨|望ましい|ことが求められ",
}
CAUSE = {
    "en": (
        r"because of|due to|owing to|thanks to|lead(?:s|ing)? to|led to|driv(?:es|en)|drove|effects? of"
        r"|caus(?:es|ed|ing)|result(?:s|ed)? (?:in|from)|as a result|br(?:ings|ought) about|boost\w*"
        r"|impact\w*|influenc\w+|trigger\w*"
        r"|contribut(?:es|ed|ing) to|attribut\w+ to|explain(?:s|ed) by|stem(?:s|med)? from|spur(?:s|red)"
    ),
    "ja": (
        "せいで|おかげ|影響を(?:与|及ぼ)|もたらし|もたらす|もたらさ|起因|引き起こ|寄与|貢献し|[がを]要因|要因[とでに]|の結果として|を促し|を促す|押し上げ|波及"
        "|効果があ|効果を|に伴って増|を受けて増|につなが[っりるれ]|により[^。]{0,12}増え|原因[でとに]|が原因"
    ),
}
"""Words of advice and of cause; a page says that figures differ, and no more."""

OF_A_DIFFERENCE = {"what_changed": {"en": r"\bcauses\b", "ja": "要因"}}
"""Of two editions a page names what each difference comes from: a period, a revision, a method, a correction."""

END = ("sources", "cards", "trace-notes")
PAGES = [
    ("activity_presence", {}),
    ("priority_regions", {}),
    ("national", {}),
    ("state", {"state": "TN"}),
    ("state", {"state": "CA"}),
    ("state", {"state": "MO"}),
    ("mission", {"mission": "chicago"}),
    ("mission", {"mission": "los-angeles"}),
    ("mission", {"mission": "hagatna"}),
    ("claims_audit", {}),
    ("data_quality", {}),
    ("what_changed", {}),
]


def pattern(lang):
    words = f"{ADVICE[lang]}|{CAUSE[lang]}"
    return re.compile(rf"\b(?:{words})\b" if lang == "en" else words, re.IGNORECASE)


def seen(block):
    """Return the lines of a block that are read on the page; of a drawing its words and its alternative text."""
    if isinstance(block, Row):
        return [line for item in block.items for line in seen(item)]
    if block.kind in END:
        return []
    if isinstance(block, Table):
        quoted = dict.fromkeys((*NAMES.get(block.id, ()), "claim", "evidence", "who"), "")
        rows = tuple(row | {key: "" for key in quoted if key in row} for row in block.rows)
        block = replace(block, rows=rows)
    page = re.sub(r'<div class="brief brief-trace".*?</dl></div>', "", block.html(), flags=re.S)
    page = re.sub(UNSEEN, "", page, flags=re.S)
    labels = re.findall(r'aria-label="([^"]*)"', page)
    text = re.sub(r"</?(?:strong|button|span|a)\b[^>]*>", "", page)
    lines = [*labels, *re.sub(r"<[^>]+>", "\n", text).splitlines()]
    return [html.unescape(line).strip() for line in lines if line.strip()]


def lines_of(run, name, lang, parameters):
    own = [cell.source for cell in cells(name) if f"lang-{lang}" in cell.metadata.get("tags", [])]
    return own + [line for block in run(name, lang=lang, **parameters).blocks for line in seen(block)]


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(
    ("name", "parameters"),
    PAGES,
    ids=str,
)
def test_the_page_neither_advises_nor_names_a_cause(run, name, parameters, lang):
    lines = lines_of(run, name, lang, parameters)
    assert len(lines) > 50
    if subject := OF_A_DIFFERENCE.get(name):
        lines = [re.sub(subject[lang], "", line) for line in lines]
    assert [line for line in lines if pattern(lang).search(line)] == []


ONE = re.compile(
    r"(?<![\w.,–−$])1 (?:[a-z]+ ){0,2}(?:events|states|areas|figures|places|rows|pairs|numbers|cities)\b"
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("state", {"state": "KS"}),  # one event in the register, one figure for jobs by a current definition
        ("mission", {"mission": "honolulu"}),  # one state served whole
    ],
    ids=str,
)
def test_one_is_followed_by_the_singular(run, name, parameters):
    lines = lines_of(run, name, "en", parameters)
    assert any(re.search(r"\b1 (public )?(event|state)\b", line) for line in lines)
    assert [line for line in lines if ONE.search(line)] == []


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "Activity should follow presence."),
        ("en", "Outreach led to more exports."),
        ("en", "The growth was driven by visits"),
        ("en", "Exports rose because of it."),
        ("en", "which boosted jobs"),
        ("ja", "活動を増やすべきである。"),
        ("ja", "行事が輸出の増加をもたらした。"),
        ("ja", "活動が雇用に影響を与えた。"),
        ("ja", "輸出増に寄与した。"),
        ("ja", "行事により輸出が増えた。"),
        ("ja", "輸出増につながった。"),
        ("ja", "追加の活動を行う必要がある。"),
    ],
)
def test_words_of_advice_and_of_cause_are_found(lang, words):
    assert pattern(lang).search(words)


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "Activity and presence differ."), ("ja", "活動とプレゼンスには差がある。")]
)
def test_words_of_a_difference_are_not(lang, words):
    assert not pattern(lang).search(words)
