"""The pages on activity against presence and on where next: sampled, without advice or causes, Japan's only."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.slow
both = pytest.mark.parametrize("name", ["activity_presence", "priority_regions"])
ADVICE = re.compile(
    r"\b(should|ought|must|because of|due to|leads? to|drives?|effect of|thanks to)\b"
    r"|べき|せいで|おかげ|影響を与え|もたらし"
)
"""Words of advice and of cause."""
END = ("sources", "cards", "trace-notes")


@both
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_page_says_neither_advice_nor_cause(run, name, lang):
    said = [block.plain() for block in run(name, lang=lang).blocks if block.kind not in END]
    assert [text for text in said if ADVICE.search(text)] == []


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
