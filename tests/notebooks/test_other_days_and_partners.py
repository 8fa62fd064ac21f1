"""The same notebooks as of another day, for another partner or year, and with a reader's own register."""

from __future__ import annotations

import itertools
import re

import pytest

from helpers.display import blocks

DAYS = ("2022-07-05", "2021-06-01", "2016-01-01", "1999-01-01", "1980-01-01")
PEERS = ("GBR", "DEU", "KOR", "CAN")
LANGUAGES = ("en", "ja")
PAGES = ("national", "state", "mission")

pytestmark = pytest.mark.slow


def by_turns(*axes):
    """Return every combination of some values, each with one language: the first with English, the next Japanese."""
    return [(*values, lang) for values, lang in zip(itertools.product(*axes), itertools.cycle(LANGUAGES))]


def tables(page):
    parts = [p for b in page.blocks for p in (b.items if isinstance(b, blocks.Row) else (b,))]
    return {part.id: part for part in parts if isinstance(part, blocks.Table)}


@pytest.mark.parametrize(("name", "day", "lang"), by_turns(PAGES, DAYS))
def test_every_block_can_be_drawn_as_of_any_day(run, name, day, lang):
    for block in run(name, as_of=day, lang=lang).blocks:
        assert block._repr_mimebundle_()["text/plain"] is not None


def test_the_edition_of_fiscal_2021_reads_as_the_deck_of_that_day(run):
    # Task force deck of 5 July 2022: 679.0 billion at the end of 2020, first; 973,800 jobs in 2019, second.
    page = run("national", as_of="2022-07-05")
    position, jobs = page.values["fdi.value"], page.values["jobs.value"]
    assert (position.value, position.period, position.rank) == (679_000, "2020", 1)
    assert (jobs.value, jobs.period, jobs.rank) == (973_800, "2019", 2)
    assert {page.values[f"{flow}.value"].period for flow in ("exports", "imports")} == {"2021"}


def test_what_happened_after_the_day_is_not_shown(run):
    # Follow-up 5 was held on 5 July 2022, follow-up 6 on 4 August 2023 (Foreign Ministry announcements).
    text = run("national", as_of="2022-07-05").text
    assert "Follow-up 5" in text
    assert "Follow-up 6" not in text
    events = run("state", as_of="2022-07-05").values["events.register"].value
    assert events < run("state").values["events.register"].value
    assert "text of 2026" not in run("state", as_of="2022-07-05").text


def test_the_undated_meeting_after_the_day_is_not_counted(run):
    # Follow-ups 1, 2, 3 and 7 have no public date; the seventh came after the sixth (August 2023).
    assert run("national", as_of="2022-07-05").values["meetings.undated"].value == 3
    assert run("national").values["meetings.undated"].value == 4


def test_before_the_deck_neither_its_totals_nor_its_claims_are_shown(run):
    page = run("national", as_of="2021-06-01")
    assert "published on 5 July 2022, after the day" in page.text
    assert not {"activity.projects", "activity.participants_total", "claims.all"} & set(page.values)
    assert "3,512,323" not in page.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_total_of_all_countries_there_is_no_share_and_no_word_on_the_deficit(run, lang):
    # Of 1985 and 1986 the Census Bureau's file has the countries and no world: exports to Japan 22,630.9 million.
    page = run("national", as_of="1987-06-01", lang=lang)
    assert {"en": "$22.6 billion", "ja": "226億ドル"}[lang] in page.text
    assert {"en": "so that no share is given", "ja": "比率は示さない"}[lang] in page.text
    assert {"en": "has no goods deficit", "ja": "赤字ではない"}[lang] not in page.text
    assert not [name for name in page.values if name.endswith(".share")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_before_the_first_state_figures_a_sentence_stands_in(run, lang):
    page = run("state", as_of="1999-01-01", lang=lang)
    words = {
        "en": "No goods exports between Tennessee and Japan",
        "ja": "テネシー州と日本の間の輸出は収録されていない",
    }
    assert words[lang] in page.text
    assert not [i for i in page.values if i.startswith(("exports", "imports", "jobs"))]


@pytest.mark.parametrize("fiscal_year", [2018, 2023])
def test_a_year_without_published_projects_says_so(run, fiscal_year):
    page = run("national", fiscal_year=fiscal_year)
    assert page.values["activity.projects"].value is None
    assert f"Task force projects: – FY{fiscal_year} · not published" in page.text
    assert f"No best-practice cases of FY{fiscal_year} are in the tables" in page.text


@pytest.mark.parametrize(("partner", "lang"), by_turns(PEERS))
def test_the_page_of_a_peer_shows_neither_task_force_nor_claims(run, partner, lang):
    page = run("national", partner=partner, lang=lang)
    assert not [i for i in page.values if i.startswith(("activity", "claims", "meetings", "beside"))]
    assert not {"claims", "taskforce-years", "best-practice"} & set(tables(page))
    assert ("The task force is Japan’s." if lang == "en" else "タスクフォースは日本政府のもの") in page.text


@pytest.mark.parametrize("partner", PEERS)
@pytest.mark.parametrize(("name", "place"), [("state", {"state": "IL"}), ("mission", {"mission": "chicago"})])
def test_the_page_of_a_peer_shows_no_japanese_presence_or_event(run, partner, name, place):
    page = run(name, partner=partner, **place)
    ours = {"events", "presence", "served", "standing", "within", "district-presence", "district-counts"}
    assert not ours & set(tables(page))
    assert not [
        i for i in page.values if i.startswith(("events", "presence", "against", "within", "sisters"))
    ]
    assert "The register holds Japan’s public events" in page.text


@pytest.mark.parametrize(("name", "partner", "lang"), by_turns(PAGES, PEERS))
def test_key_figures_of_a_peer_do_not_speak_of_japan(run, name, partner, lang):
    (cards,) = [b for b in run(name, partner=partner, lang=lang).blocks if isinstance(b, blocks.KPIRow)]
    assert not re.search("Japan|対日|日系", " ".join(item.label for item in cards.items))


def test_a_name_with_an_article_has_it_only_where_english_wants_it(run):
    nation, state = run("national", partner="GBR").text, run("state", partner="GBR", state="IL").text
    assert "In the United States, the United Kingdom is" in nation
    assert "Jobs at United Kingdom-owned affiliates" in state
    assert not re.search(
        r"[Tt]he United Kingdom-owned|(?<=[a-z] )The United|of United Kingdom", nation + state
    )
    assert "In the District of Columbia, Japan is" in run("state", state="DC").text


def test_countries_picked_from_a_list_without_a_total_get_no_rank(run):
    # JETRO's note on 2016 names six countries, Korea (51,800) as the last: it is no sixth place in the nation.
    jobs = run("national", partner="KOR").values["jobs.value"]
    assert (jobs.value, jobs.period, jobs.rank) == (51_800, "2016", None)


def test_a_correction_is_told_only_where_a_corrected_state_is_shown(run):
    assert "Indiana and Illinois are printed ten times too small" in run("national").text
    assert "Indiana and Illinois" not in run("national", partner="GBR").text


@pytest.mark.parametrize("name", PAGES)
def test_no_number_of_a_state_is_a_trade_balance(run, name):
    page = run(name)
    assert not [i for i in page.values if "balance" in i]
    if name != "national":
        assert not [i for i in page.values if i.startswith("deficit")]
        assert "No state trade balance is shown" in page.text
        sold, bought = page.values["exports.value"].value, page.values["imports.value"].value
        assert not [i for i, v in page.values.items() if v.value in (sold - bought, bought - sold)]
