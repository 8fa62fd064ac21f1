"""What changed between 5 July 2022 and now: published figures of both days, each with its cause."""

from __future__ import annotations

import pytest

from helpers.analysis import changes
from helpers.data import catalog, origins
from helpers.display import blocks, markup, prose, show

pytestmark = pytest.mark.slow


def tables(page):
    """Return the rows of every table by its id, without the marks of their numbers."""
    found = [block for block in page.blocks if isinstance(block, blocks.Table)]
    return {t.id: [{key: markup.plain(text) for key, text in row.items()} for row in t.rows] for t in found}


def figure(page, name):
    found = page.values[name]
    return round(found.value, 1), found.period, found.rank


def test_the_key_figures_of_both_days_stand_side_by_side(run):
    # BEA, as quoted by JETRO: Japan's position was 679.0 billion at the end of 2020 and 819.2 billion at the end
    # of 2024, first in both years; 973,800 jobs in 2019 and 931,900 in 2020, second in both years.
    page = run("what_changed")
    assert figure(page, "before.US.fdi.value") == (679_000, "2020", 1)
    assert figure(page, "after.US.fdi.value") == (819_200, "2024", 1)
    assert figure(page, "before.US.jobs.value") == (973_800, "2019", 2)
    assert figure(page, "after.US.jobs.value") == (931_900, "2020", 2)
    rows = {row["number"]: row for row in tables(page)["changes-key"]}
    assert rows["Position, by ultimate owner"]["cause"] == "new period"
    assert rows["Position, by foreign parent"]["cause"] == "the same"


def test_revised_figures_of_one_year_are_revisions_of_the_source(run):
    # Census Bureau, goods exports to Japan in 2021: 74,564.7 million dollars in the country file of early 2023 and
    # 74,730.0 in the figures of 2026; as a source of imports Japan was fifth in the first and fourth in the second.
    page = run("what_changed")
    assert figure(page, "before.US.exports.past.2021.value") == (74_564.7, "2021", None)
    assert figure(page, "after.US.exports.past.2021.value") == (74_730.0, "2021", None)
    revised = tables(page)["changes-source_revision"]
    said = {(row["number"], row["before"], row["after"]): row["evidence"] for row in revised}
    edition = "goods trade, edition 2023-03 → 2026"
    assert said["Exports to Japan", "$74.6 billion (2021)", "$74.7 billion (2021)"] == edition
    assert said["Imports from Japan: rank", "5th (2021)", "4th (2021)"] == edition


def test_numbers_add_up_and_none_is_called_a_correction(run):
    values = {name: value.value for name, value in run("what_changed").values.items()}
    causes = ("new_period", "source_revision", "method", "correction", "unrecorded")
    here = {name: values[f"changes.US.{name}"] for name in ("same", "shared", "differ", *causes)}
    assert here["same"] + sum(here[cause] for cause in causes) == here["shared"]
    assert here["same"] + here["differ"] == here["shared"]
    for place in ("US", "states"):
        assert [values[f"changes.{place}.{cause}"] for cause in causes[2:]] == [0, 0, 0]


def test_a_state_differs_only_in_its_events(run):
    # State trade ends in 2018 and jobs in 2019 for both days; the register goes on after July 2022.
    (row,) = [row for row in tables(run("what_changed"))["changes-states"] if row["state"] == "Tennessee"]
    before, after = row["events"].split(" → ")
    assert (row["exports"], row["imports"], row["jobs"]) == ("=", "=", "=")
    assert int(before) < int(after)
    assert len(tables(run("what_changed"))["changes-states"]) == 51


def test_between_two_earlier_days_the_state_trade_of_2018_is_a_new_period(run):
    page = run("what_changed", earlier="2019-01-01", as_of="2022-07-05")
    assert page.values["before.TN.exports.rank"].period == "2017"
    assert page.values["after.TN.exports.rank"].period == "2018"
    assert "What changed since 1 January 2019" in page.text


@pytest.mark.parametrize("earlier", ["2022-07-05", ""])
@pytest.mark.parametrize(
    ("lang", "words"), [("en", "There is no edition before this one"), ("ja", "これより前の版はない")]
)
def test_the_earliest_edition_says_that_there_is_none_before_it(run, earlier, lang, words):
    page = run("what_changed", as_of="2022-07-05", earlier=earlier, lang=lang)
    assert words in page.text
    assert page.values == {}
    assert not tables(page)


def test_the_figures_that_stand_in_for_the_day_are_named(run):
    # The country file of early 2023 is the oldest in hand for trade; BEA's figures of July and August 2021 were there.
    named = "Standing in for the edition on the desk that day: goods trade 2021 (edition 2023-03)."
    assert named in run("what_changed").text
    assert named in run("national", as_of="2022-07-05").text
    assert "Standing in" not in run("national").text
    assert "当日手元にあった版の代用：財貿易 2021年（2023-03版）" in run("what_changed", lang="ja").text


def test_the_page_of_a_peer_compares_that_peer(run):
    page = run("what_changed", partner="GBR")
    assert "numbers on the United Kingdom" in page.text
    assert not [name for name in page.values if ".activity." in name or ".events." in name]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("", "Since the edition as of 5 July 2022, 50 of 300 numbers on Japan differ"),
        ("2022-07-05", "There is no edition before this one: the earliest is as of 5 July 2022."),
    ],
    ids=["latest", "fy2021"],
)
def test_the_page_of_the_nation_can_say_what_changed_since_the_edition_before(run, day, words):
    voice = prose.Voice("en", catalog.names("en"), origins.Origins(), day)
    groups, days = set(catalog.load("aggregates")["code"]), ("2022-07-05", day)
    old, new = (show.desk.of_nation(catalog.loader(d)) for d in days)
    nation = show.changes.nation(voice, "JPN", old, new, groups=groups, days=days)
    text = "\n".join(block.plain() for block in show.changes.since(voice, "JPN", nation, days))
    assert words in text
    assert ("$679.0 billion (2020), 1st" in text) == (day == "")


def test_every_number_of_the_page_has_a_complete_trace(run):
    lacking = {name: value.trace.lacks() for name, value in run("what_changed").values.items()}
    assert {name: found for name, found in lacking.items() if found} == {}


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("mission", {"mission": "atlanta"}),
        ("activity_presence", {}),
        ("priority_regions", {}),
        ("state", {"state": "TN"}),
    ],
)
def test_what_differs_on_a_page_of_activity_has_a_cause_that_is_recorded_and_is_no_other_method(
    run, name, given
):
    old, new = (document(run(name, as_of=day, **given), day) for day in ("2022-07-05", ""))
    found = changes.compare(old, new)
    assert (found["status"] == "new_period").sum() > 20  # the register grew, and no figure was revised
    odd = found[found["status"].isin(["method", "correction", "unrecorded"])]
    assert odd[["id", "status", "was", "now"]].to_dict("records") == []


def document(page, day):
    """Return what the file beside a page holds."""
    tables, values = {}, {}
    for face in (block.json() for block in page.blocks):
        tables |= face["tables"]
        values |= {value["id"]: value for value in face["values"]}
    return {"values": list(values.values()), "tables": tables, "parameters": {"as_of": day}}
