"""The pages on activity: sampled, without advice or causes, Japan's only."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from printed import NAMES

from helpers.display import blocks

pytestmark = pytest.mark.slow
both = pytest.mark.parametrize("name", ["activity_presence", "priority_regions"])
ADVICE = re.compile(
    r"\b(should|ought|must|because of|due to|(?:leads?|led) to|drives?|drove|driven by|effects? of|thanks to|"
    r"caus(?:es|ed|ing)|result(?:s|ed)? in|as a result of|boost(?:s|ed)?|contribut(?:es?|ed) to|impact(?:s|ed)?)\b"
    r"|べき|せいで|おかげ|影響を与え|もたらし|につなが|に寄与|により[^。]{0,12}増え|が原因|効果があ"
)
"""Words of advice and of cause."""
END = ("sources", "cards", "trace-notes")


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("activity_presence", {}),
        ("priority_regions", {}),
        *(("state", {"state": code}) for code in ("TN", "MO")),
        *(("mission", {"mission": code}) for code in ("chicago", "los-angeles", "hagatna")),
    ],
)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_page_says_neither_advice_nor_cause(run, name, parameters, lang):
    shown = [block for block in run(name, lang=lang, **parameters).blocks if block.kind not in END]
    said = [written(block) for block in shown]
    assert [text for text in said if ADVICE.search(text)] == []


def test_the_scan_finds_a_cause_and_advice_in_both_languages():
    for text in ("The events led to more trade.", "Exports grew because of it.", "They should go there."):
        assert ADVICE.search(text)
    for text in ("行事により輸出が増えた。", "輸出増につながった。", "訪問すべきである。"):
        assert ADVICE.search(text)


def written(block):
    """Return the words of a block that are ours: titles of events, names and addresses of the data left out."""
    if isinstance(block, blocks.Row):
        return "\n".join(map(written, block.items))
    if isinstance(block, blocks.Table):
        named = (*NAMES.get(block.id, ()), "evidence", "who")
        block = replace(
            block, rows=tuple(row | dict.fromkeys(set(named) & set(row), "") for row in block.rows)
        )
    return block.plain()


@both
def test_the_page_of_another_partner_says_whose_the_register_is(run, name):
    page = run(name, partner="GBR")
    assert "The register holds Japan’s public events" in page.text
    assert page.values == {}


@both
def test_before_the_first_event_nothing_is_compared(run, name):
    text = run(name, as_of="2017-01-01").text
    assert "Too few figures or events are in hand by this day to set activity beside presence." in text


def test_coverage_is_the_rows_of_the_register_over_the_published_total(run):
    values = run("activity_presence").values
    rows, total = (values[f"register.2017-2021.{key}"].value for key in ("register", "published"))
    assert total == 1027  # the task force's deck of 5 July 2022: projects of fiscal years 2017 to 2021
    assert values["register.2017-2021.share"].value == pytest.approx(rows / 1027)


def test_weight_moves_the_league(run):
    equal, moved = (run("priority_regions", **w) for w in ({}, {"gap_weight": 60, "growth_weight": 0}))
    assert moved.values["priority.weight.gap"].value == 60
    assert equal.values["priority.OH.points"].value != moved.values["priority.OH.points"].value


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_nation_shows_activity_beside_the_economy_as_five_points_and_no_statistic(run, lang):
    page = run("national", lang=lang)
    points = {i: v.value for i, v in page.values.items() if i.startswith("beside.")}
    assert {i.split(".")[1] for i in points} == {"2017", "2018", "2019", "2020", "2021"}
    # the task force's deck of 5 July 2022: participants of fiscal years 2017 and 2020, the pandemic year
    assert points["beside.2020.participants"] == 881_224 > points["beside.2017.participants"]
    said = [block for id, block in page.shown if id == "national-22"]
    assert [block.kind for block in said] == ["figure", "findings"]
    words = {
        "en": ("no trend line is drawn, no correlation is computed", "in a pandemic"),
        "ja": ("傾向線は引かず、相関も計算しない", "コロナ禍"),
    }
    assert all(word in said[1].plain() for word in words[lang])
    assert not [v for block in said for v in block.numbers() if v.unit in ("rho", "p")]
