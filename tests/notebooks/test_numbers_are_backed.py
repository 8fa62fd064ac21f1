"""Every number on a page is a value of its ``.json``, and the two languages of a brief carry the same values."""

from __future__ import annotations

import re

import pytest
from printed import unbacked, writings

from helpers.display import blocks, wording
from helpers.display.block import Value
from helpers.display.markup import plain

# Missouri has no event and no count of jobs, North Dakota no Japanese mission, West Virginia a leader other than
# the British one, Illinois a leader without a figure; the District of Columbia is no state. Of the missions Chicago has
# the most states, Los Angeles a shared one, New York territories, Hagatna no state.
BRIEFS = [("national", {})] + [("state", {"state": s}) for s in ("TN", "CA", "DC", "MO", "WV", "IL", "ND")]
OTHERS = [
    ("national", {"as_of": "2022-07-05"}),
    ("national", {"as_of": "2019-01-01"}),
    ("national", {"partner": "GBR"}),
    ("national", {"partner": "BMU"}),
    ("national", {"fiscal_year": 2018}),
    ("state", {"as_of": "2022-07-05"}),
    ("what_changed", {}),
    ("what_changed", {"earlier": "2019-01-01", "as_of": "2022-07-05"}),
    ("what_changed", {"partner": "GBR"}),
    ("state", {"partner": "GBR", "state": "CA"}),
    ("data_quality", {}),
    ("data_quality", {"as_of": "2022-07-05"}),
    ("data_quality", {"as_of": "1999-01-01"}),
    ("data_quality", {"as_of": "1980-01-01"}),
    ("priority_regions", {}),
    ("priority_regions", {"gap_weight": 60, "growth_weight": 0}),
    ("activity_presence", {}),
    ("activity_presence", {"measure": "exports"}),
    ("activity_presence", {"measure": "jobs"}),
    ("activity_presence", {"measure": "sites"}),
    ("activity_presence", {"as_of": "2022-07-05"}),
    *(("mission", {"mission": name}) for name in ("chicago", "los-angeles", "new-york", "hagatna")),
    ("mission", {"mission": "embassy", "as_of": "2022-07-05"}),
    ("mission", {"mission": "honolulu", "partner": "GBR"}),
    ("mission", {"mission": "seattle", "as_of": "1999-01-01"}),
]


def named(brief):
    name, parameters = brief
    return "-".join([name, *map(str, parameters.values())])


every_brief = pytest.mark.parametrize("brief", [*BRIEFS, *OTHERS], ids=named)


@pytest.mark.slow
@every_brief
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_printed_number_is_a_value(run, brief, lang):
    name, parameters = brief
    page = run(name, lang=lang, **parameters)
    assert unbacked(page.blocks, lang) == []


@pytest.mark.slow
@every_brief
def test_language_twins_carry_the_same_values(run, brief):
    name, parameters = brief
    english, japanese = (run(name, lang=lang, **parameters) for lang in ("en", "ja"))
    assert list(english.values) == list(japanese.values)
    assert [facts_of(v) for v in english.values.values()] == [facts_of(v) for v in japanese.values.values()]
    assert [block.kind for block in english.blocks] == [block.kind for block in japanese.blocks]


@pytest.mark.slow
@every_brief
def test_every_value_has_a_label_and_its_unit_and_period_in_words(run, brief):
    name, parameters = brief
    for lang, foreign in (("ja", r"[A-Za-z]{2}"), ("en", r"_|[a-z]\.[a-z]")):
        values = [v for block in run(name, lang=lang, **parameters).blocks for v in block.numbers()]
        assert values or name == "what_changed"
        assert sorted({v.id for v in values if not plain(v.label).strip()}) == []
        told = {wording.unit(v.unit, lang) for v in values} | {wording.period(v.period, lang) for v in values}
        assert sorted(words for words in told if re.search(foreign, words)) == []


@pytest.mark.slow
@every_brief
def test_an_id_stands_for_one_value_wherever_it_is_shown(run, brief):
    name, parameters = brief
    seen = {}
    for value in (v for block in run(name, **parameters).blocks for v in block.numbers()):
        assert seen.setdefault(value.id, facts_of(value)) == facts_of(value), value.id


def facts_of(value):
    """Return a value as its file has it, without the label and without the way back."""
    return [item for key, item in value.to_json().items() if key not in ("label", "trace")]


def test_the_checker_finds_a_typed_number():
    value = Value("jobs.value", "jobs", 47_500, "persons", "2019")
    told = blocks.Finding("en", "47,500 jobs in 2019, 48,000 a year later, on 5 July 2022.", values=(value,))
    (line,) = unbacked([told], "en")
    assert line.endswith("<<<  jobs in , 48,000 a year later, on .")


def test_the_checker_wants_a_small_number_in_its_own_block():
    rank = Value("exports.rank", "rank", 4, "rank", "2021", rank=4, band=(4, 5), of=231)
    there = blocks.Finding("en", "4th of 231 (4th–5th possible)", values=(rank,))
    assert unbacked([there], "en") == []
    assert len(unbacked([there, blocks.Finding("en", "4th")], "en")) == 1


def test_values_are_written_as_the_pages_write_them():
    position = Value("fdi.value", "position", 679_000, "million USD", "2020")
    assert {"$679.0 billion", "679.0"} <= writings([position], "en")
    assert {"6,790億ドル", "6,790"} <= writings([position], "ja")
