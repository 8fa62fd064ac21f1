"""The pages on activity against presence and on where next: sampled, of the measures in hand, Japan's only."""

from __future__ import annotations

import pytest

from helpers.analysis import activity
from helpers.data import catalog, register

pytestmark = pytest.mark.slow
both = pytest.mark.parametrize("name", ["activity_presence", "priority_regions"])


@both
def test_the_page_of_another_partner_says_whose_the_register_is(run, name):
    page = run(name, partner="GBR")
    assert "The register holds Japan’s public events" in page.text
    assert page.values == {}


@both
def test_before_the_first_event_nothing_is_compared(run, name):
    text = run(name, as_of="2017-01-01").text
    assert "Too few figures or events are in hand by this day to set activity beside presence." in text


# The Census Bureau's trade by state has neither Guam nor the Northern Mariana Islands.
@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "Without a figure of goods imports from Japan, and so not compared: Hagatna."),
        ("ja", "対日輸入の数値が未収録のため比較しない地域：ハガッニャ。"),
    ],
)
def test_a_district_that_is_not_compared_is_named(run, lang, words):
    page = run("activity_presence", lang=lang)
    assert words in page.text
    assert "against.imports.anchorage.observed" in page.values
    assert "against.imports.hagatna.observed" not in page.values


def test_coverage_is_the_rows_of_the_register_over_the_published_total(run):
    values = run("activity_presence").values
    rows, total = (values[f"register.2017-2021.{key}"].value for key in ("register", "published"))
    assert total == 1027  # the task force's deck of 5 July 2022: projects of fiscal years 2017 to 2021
    assert values["register.2017-2021.share"].value == pytest.approx(rows / 1027)


RESULTS = {
    "state": {"state": "TN"},
    "mission": {"mission": "nashville"},
    "national": {},
    "activity_presence": {},
    "priority_regions": {},
}
"""Every kind of page with results on activity."""


def synthetic(path, count) -> str:
    """Write a register of synthetic events, a fifth in each of the fiscal years 2017 to 2021, and return its path."""
    places = ["nashville,TN", "nashville,KY", "chicago,IL", "houston,TX", "los-angeles,CA"]
    rows = [f"Synthetic {n},{2017 + n % 5}-06-01,{places[n // 5 % 5]}" for n in range(count)]
    path.write_text("\n".join(["title,date,mission,state", *rows]), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("name", RESULTS)
def test_every_page_of_results_says_that_it_rests_on_a_sample_of_so_many_events(run, name):
    rows = len(register.read())
    assert f"sample of {rows} public events" in run(name, **RESULTS[name]).text


@pytest.mark.parametrize(
    ("name", "count", "said"), [("state", 924, True), *((name, 925, False) for name in RESULTS)]
)
def test_a_register_is_called_a_sample_until_it_covers_ninety_percent(run, tmp_path, name, count, said):
    """Nine tenths of the 1,027 projects published for fiscal years 2017 to 2021 are 924.3."""
    text = run(name, **RESULTS[name], activities=synthetic(tmp_path / "own.csv", count)).text
    assert (f"sample of {count} events" in text) == said
    assert ("sample" in text.replace("resample", "")) == said


def test_the_shipped_register_is_a_sample_as_its_words_say():
    """Headings and cards call it one in words; whoever fills it up to nine tenths has these to word anew."""
    assert activity.is_sample(register.read(), activity.published(catalog.load("activity"), ""))


def test_a_page_on_fourteen_states_says_that_it_is_and_one_without_figures_who_has_them(run):
    jobs, sites = (run("activity_presence", measure=name) for name in ("jobs", "sites"))
    assert "Measured by jobs at Japanese affiliates in the 14 states that have a figure" in jobs.text
    assert "Of 51 states, only 14 have a figure: everything below is over these alone" in jobs.text
    assert "Too few consular districts have a figure for each of their states" in jobs.text
    assert jobs.values["concentration.state.jobs.n"].value == 14
    assert (
        "The Foreign Ministry of Japan publishes the survey’s tables by state; none is in data/."
        in sites.text
    )
    assert "Dissimilarity" not in sites.text


def test_the_grid_holds_every_measure_in_hand_with_its_own_places_and_detectable_rho(run):
    values = run("activity_presence").values
    names = ("exports", "imports", "jobs", "sister_pairs", "gdp", "population")
    assert [values[f"association.state.{name}.n"].value for name in names] == [51, 51, 14, 29, 51, 51]
    assert values["association.state.measures"].value == 6
    # tanh((1.95996 + 0.84162) / sqrt(n - 3)): 0.3837 for 51, 0.5001 for 29, 0.6883 for 14 places
    found = [values[f"association.state.{name}.detectable"].value for name in names]
    assert found == pytest.approx([0.3837, 0.3837, 0.6883, 0.5001, 0.3837, 0.3837], abs=5e-5)
    assert "association.state.sites.n" not in values


def test_the_decks_fourteen_states_stand_beside_the_league(run):
    page = run("priority_regions")
    assert page.values["priority.deck.n"].value == 14
    printed = {key.split(".")[2]: v.value for key, v in page.values.items() if key.endswith(".printed")}
    # Task force summary, FY2021, page 6: first in ten states, second in four
    assert sorted(state for state, rank in printed.items() if rank == 2) == ["CA", "IL", "TX", "WV"]
    assert sorted(printed.values()) == [1] * 10 + [2] * 4
    ranks = [page.values[f"priority.{state}.position"].value for state in printed]
    assert page.values["priority.deck.inside"].value == sum(rank <= 14 for rank in ranks)


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
    assert [block.kind for block in said] == ["caution", "figure", "findings"]
    words = {
        "en": ("no trend line is drawn, no correlation is computed", "in a pandemic"),
        "ja": ("傾向線は引かず、相関も計算しない", "コロナ禍"),
    }
    assert all(word in said[2].plain() for word in words[lang])
    assert not [v for block in said for v in block.numbers() if v.unit in ("rho", "p")]


ONLINE = {
    "en": (
        "16 public events in the register",
        "Online events (1 registered under Tennessee) count in the district of the mission that held them and in no "
        "state: 16 events count in Tennessee.",
        "online, counted in no state",
    ),
    "ja": (
        "登録された公開行事は16件",
        "オンライン行事（テネシー州での登録は1件）は主催公館の管轄地域に数え、州には数えない。テネシー州に数える行事は16件。",
        "オンライン（州に数えない）",
    ),
}


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_an_online_event_is_listed_in_its_state_marked_and_counted_nowhere_on_the_page(run, lang):
    """In data/taskforce/events.csv 17 rows name Tennessee; the webinar of 26 March 2021 was only online."""
    page = run("state", state="TN", lang=lang)
    values = {name: value.value for name, value in page.values.items()}
    assert [values[f"events.{name}"] for name in ("listed", "online", "total")] == [17, 1, 16]
    assert values["against.imports.TN.observed"] == 16
    assert values["events.coverage.state.of"] == 16
    assert sum(v for name, v in values.items() if name.startswith("events.years.")) == 16
    assert values["events.in_year"] == 1
    title, note, mark = ONLINE[lang]
    assert title in page.text
    assert note in page.text
    assert page.text.count(mark) == 1


def test_the_district_counts_the_online_events_of_its_mission_and_marks_none(run):
    page = run("mission", mission="nashville")
    assert page.values["events.listed"].value == page.values["events.total"].value
    assert "counted in no state" not in page.text
