"""From a replayed BEA answer to the page: all states filled, the missing-data sentence gone, (D) printed as such.

The year 2097 is fictitious, as are all its figures.
"""

from __future__ import annotations

import re

import pytest
import replay
import running
from replay import KEY, Replay

from helpers.data import catalog

YEAR = 2097


def cells(printed: dict[str, dict[str, str]]) -> list[dict]:
    """Return the answer: in every state a total of 1,250.4 thousand, Canada 120.0, the UK 310.2, Japan 250.3."""
    states = catalog.load("states")
    return replay.bea_states(dict(zip(states["fips"], states["name_en"], strict=True)), [YEAR], printed)


@pytest.fixture
def page(tables, briefs):
    """Return the function that runs a notebook, before and after the refresh."""
    return running.run_notebook


@pytest.fixture
def refreshed(tables, briefs, monkeypatch):
    """Return a function that refreshes the jobs by state from an answer with these cells."""

    def refresh(printed: dict[str, dict[str, str]]) -> None:
        monkeypatch.setenv("BEA_API_KEY", KEY)
        with Replay() as server:
            monkeypatch.setenv("BRIEFS_BEA_URL", server.url)
            server.answer([replay.bea_answer(cells(printed))])
            code, _, err = briefs("data", "refresh", "jobs_state", "--year", str(YEAR), "--yes")
        assert code == 0, err

    return refresh


SHOWN = {
    "en": (
        "No count of jobs",
        "250,300 people in South Carolina",
        r"2nd of 3 listed \(2nd–3rd possible\)",
        "a foreign employer with 250,300 jobs (2nd–3rd possible)",
    ),
    "ja": (
        "雇用者数は未収録",
        "雇用は25万300人",
        r"第2位（掲載3か国中(）（|、)第2～3位の可能性）",
        "外国企業による雇用25万300人（第2～3位の可能性）",
    ),
}
"""Of each language what stands on the page of South Carolina before, and the count, rank and headline after."""


def test_the_missing_sentence_gives_way_to_the_jobs_with_their_band(page, refreshed):
    for lang, (missing, *_) in SHOWN.items():
        assert missing in page("state", state="SC", lang=lang).text
    # By hand: the UK's 310,200 stand above Japan's 250,300 for certain. Canada is suppressed; of 1,250,450 at most the
    # UK and Japan leave it up to 1,250,450 - 310,150 - 250,250 = 690,050, so it may stand above Japan: 2nd or 3rd of 3.
    refreshed({"45": {"Canada": "(D)"}})
    for lang, (missing, count, rank, headline) in SHOWN.items():
        after = page("state", state="SC", lang=lang)
        assert missing not in after.text
        assert count in after.text
        assert re.search(rank, after.text)
        assert headline in after.text
        place = [after.values[f"jobs.{name}"].value for name in ("best", "worst", "of")]
        assert place == [2, 3, 3]
        assert after.values["jobs.value"].value == 250_300


SUPPRESSED = {
    "en": "Employment at Japan-owned affiliates in Wyoming in 2097 is suppressed (D), between rank 1 and 3 of 3",
    "ja": "2097年、ワイオミング州の日系企業の雇用は秘匿(D)で、順位は3か国中1～3位の間にある",
}


def test_a_suppressed_cell_is_printed_as_such_and_never_as_a_number(page, refreshed):
    refreshed({"56": {"Japan": "(D)"}})
    for lang, words in SUPPRESSED.items():
        after = page("state", state="WY", lang=lang)
        assert words in after.text
        assert "jobs.value" not in after.values
        place = {name: after.values[f"jobs.{name}"].value for name in ("best", "worst", "of", "suppressed")}
        assert place == {"best": 1, "worst": 3, "of": 3, "suppressed": 1}
        assert "nan" not in after.text.lower().split()


def test_a_size_letter_is_printed_with_its_range(page, refreshed):
    # H stands for 2,500 to 4,999 persons: below Canada's 120,000 for certain, so Japan is 3rd for certain.
    refreshed({"56": {"Japan": "H"}})
    text = page("state", state="WY", lang="en").text
    assert "is suppressed H, rank 3 of 3 for certain" in text
    assert "The marker stands for 2,500 to 4,999 people." in text


def test_the_national_page_shows_fifty_one_states(page, refreshed):
    refreshed({"56": {"Japan": "(D)"}, "47": {"Japan": "400.0"}})
    after = page("national", lang="en")
    assert "First for certain in 1 and second in 49 of 51 states; 1 suppressed" in after.text
    assert after.values["jobs.states_known"].value == 51
    assert after.values["jobs.states_unknown"].value == 0
    assert after.values["jobs.states.TN.rank"].value == 1
    assert after.values["jobs.states.TN.gap"].value == 400_000 - 310_200
    wyoming = next(line for line in after.text.splitlines() if line.strip().startswith("Wyoming"))
    assert wyoming.split()[1:] == ["(D)", "1–3", "United", "Kingdom", "310,200", "–"]


def test_an_edition_of_the_past_still_has_the_vintage_of_its_day(page, refreshed):
    before = page("state", state="CA", lang="en", as_of="2022-07-05").text
    refreshed({})
    after = page("state", state="CA", lang="en", as_of="2022-07-05").text
    assert "124,700" in after
    assert (
        before.split("Sources, methods")[0].split("2. Jobs")[0]
        == after.split("Sources, methods")[0].split("2. Jobs")[0]
    )
