"""The plan is decided apart from the work: which briefs, with which parameters, into which files."""

from __future__ import annotations

import pytest

from helpers.errors import BookError, ParameterError
from helpers.press import book, plan


@pytest.fixture
def everything(project):
    found = book.read()
    return plan.expand(found, found.edition("latest"))


def test_the_grid_is_multiplied_out_in_the_order_of_the_book(everything) -> None:
    assert [brief.stem for brief in everything[:4]] == [
        "en/national", "ja/national", "en/state/alaska", "ja/state/alaska",
    ]  # fmt: skip
    assert len(everything) == 2 + 4 * 2
    assert all(brief.twins == (("ja",) if brief.lang == "en" else ("en",)) for brief in everything)


def test_a_brief_knows_its_files_titles_and_relatives(everything) -> None:
    brief = next(item for item in everything if item.stem == "ja/state/tennessee")
    assert brief.slug == "state/tennessee"
    assert brief.title == "テネシー州"
    assert dict(brief.parameters) == {"as_of": "", "state": "TN", "lang": "ja"}
    assert brief.outputs[:2] == (("html", "ja/state/tennessee.html"), ("pdf", "ja/state/tennessee.pdf"))
    assert brief.twins == ("en",)
    assert brief.link("index.html") == "../../index.html"
    assert brief.link("en/state/tennessee.html") == "../../en/state/tennessee.html"
    assert brief.link("ja/state/tennessee.pdf") == "tennessee.pdf"


def test_a_title_may_hold_every_column_of_the_table(project) -> None:
    project.edit("{state.name_en}", "{state.usps} {state.name_en} {state.tile_row}")
    found = book.read()
    assert plan.expand(found, found.edition())[2].title == "AK Alaska 0"


def test_an_edition_gives_its_parameters_to_every_brief(project) -> None:
    found = book.read()
    for brief in plan.expand(found, found.edition("fy2021")):
        assert dict(brief.parameters)["as_of"] == "2022-07-05"
        assert brief.edition == "fy2021"


def test_the_language_is_no_code_and_a_number_is_one_as_it_is_written(project) -> None:
    project.edit("grid: {lang: [en, ja]}", "grid: {lang: [en, ja], fiscal_year: [2021, 2022]}")
    project.edit("{lang}/national", "{lang}/national/{fiscal_year}")
    found = book.read()
    everything = plan.expand(found, found.edition())
    assert [brief.codes for brief in everything[:5]] == [("2021",), ("2022",), ("2021",), ("2022",), ("AK",)]
    assert dict(everything[0].parameters)["fiscal_year"] == 2021
    assert [brief.stem for brief in plan.choose(everything, only=["2022"])] == [
        "en/national/2022",
        "ja/national/2022",
    ]


def test_the_paper_is_that_of_the_briefs_language(project) -> None:
    project.edit("settings: {", "settings: {paper: {en: letter, ja: a4}, ")
    found = book.read()
    papers = [brief.paper for brief in plan.expand(found, found.edition())[:4]]
    assert papers == ["letter", "a4", "letter", "a4"]


@pytest.mark.parametrize(
    "asked",
    ["TN", "tn", "Tennessee", "tennessee", "テネシー州", "state/tennessee", "en/state/tennessee"],
)
def test_a_state_is_found_by_code_name_and_slug(everything, asked: str) -> None:
    assert [brief.stem for brief in plan.choose(everything, only=[asked], lang=["en"])] == [
        "en/state/tennessee"
    ]


@pytest.mark.parametrize("asked", ["United States", "united states", "全米"])
def test_a_page_is_found_by_its_title_in_either_language(everything, asked: str) -> None:
    chosen = plan.choose(everything, only=[asked])
    assert [brief.stem for brief in chosen] == ["en/national", "ja/national"]


def test_a_name_goes_before_a_title(project) -> None:
    project.edit("title: {en: United States, ja: 全米}", "title: {en: Texas, ja: テキサス}")
    found = book.read()
    everything = plan.expand(found, found.edition())
    assert [brief.slug for brief in plan.choose(everything, only=["Texas"], lang=["en"])] == ["state/texas"]
    assert [brief.slug for brief in plan.choose(everything, only=["テキサス"], lang=["en"])] == ["national"]


def test_a_title_of_pages_of_several_families_is_refused_with_their_slugs(project) -> None:
    project.edit("{state.name_en}", "United States")
    found = book.read()
    message = (
        r"--only United States: expected a name of one brief, got one of 5\. Ask for 'national', 'state/al"
    )
    with pytest.raises(ParameterError, match=message):
        plan.choose(plan.expand(found, found.edition()), only=["United States"])


@pytest.mark.parametrize("asked", ["Tennessee", "テネシー州"])
def test_a_name_is_found_in_either_language_where_no_title_has_it(project, asked: str) -> None:
    project.edit('title: {en: "{state.name_en}", ja: "{state.name_ja}"}', "title: {en: A state, ja: 州}")
    found = book.read()
    chosen = plan.choose(plan.expand(found, found.edition()), only=[asked])
    assert [brief.stem for brief in chosen] == ["en/state/tennessee", "ja/state/tennessee"]


@pytest.mark.parametrize("asked", ["TN", "tn"])
def test_a_code_stands_for_the_briefs_of_every_family_that_has_it(project, asked: str) -> None:
    project.edit("grid: {lang: [en, ja]}", "grid: {state: [TN, TX], lang: [en, ja]}")
    project.edit("{lang}/national", "{lang}/trade/{state.slug}")
    found = book.read()
    chosen = plan.choose(plan.expand(found, found.edition()), only=[asked], lang=["en"])
    assert [brief.slug for brief in chosen] == ["trade/tennessee", "state/tennessee"]


def test_a_value_is_given_where_it_is_declared_and_a_broken_notebook_is_left_for_later(project) -> None:
    project.edit("  national:\n    notebook: toy.ipynb", "  national:\n    notebook: takes_a_register.ipynb")
    found = book.read()
    everything = plan.expand(found, found.edition())
    (project.notebooks / "toy.ipynb").write_text("no notebook", encoding="utf-8")
    given = plan.given(everything, "activities", "own.csv")
    assert [dict(brief.parameters).get("activities") for brief in given] == ["own.csv"] * 2 + [None] * 8


def test_a_family_is_all_its_briefs_in_all_languages(everything) -> None:
    assert len(plan.choose(everything, only=["state"])) == 8
    assert len(plan.choose(everything, only=["national", "CA"])) == 4


def test_asking_for_nothing_is_asking_for_everything(everything) -> None:
    assert plan.choose(everything) == everything


def test_formats_narrow_what_is_made_but_not_what_the_book_has(everything) -> None:
    (brief,) = plan.choose(everything, only=["TN"], lang=["ja"], formats=["pdf", "html"])
    assert brief.formats == ("html", "pdf")
    assert brief.whole == ("html", "pdf", "json", "ipynb")


def test_no_format_is_made_that_the_book_does_not_make_of_a_brief(project) -> None:
    project.edit('path: "{lang}/national"', 'path: "{lang}/national"\n    formats: [html, json]')
    found = book.read()
    everything = plan.expand(found, found.edition())
    chosen = plan.choose(everything, only=["national", "TN"], lang=["en"], formats=["pdf", "html"])
    assert [brief.formats for brief in chosen] == [("html",), ("html", "pdf")]
    chosen = plan.choose(everything, only=["national", "TN"], formats=["pdf"])
    assert [brief.stem for brief in chosen] == ["en/state/tennessee", "ja/state/tennessee"]
    with pytest.raises(
        ParameterError, match=r"^--format: expected 'html', 'json', got 'pdf'\. Ask for another"
    ):
        plan.choose(everything, only=["national"], formats=["pdf"])


def test_a_brief_that_is_not_in_the_language_asked_for_is_said_to_be_in_the_other(project) -> None:
    project.edit("grid: {state: all, lang: [en, ja]}", "grid: {state: all, lang: [en]}")
    found = book.read()
    everything = plan.expand(found, found.edition())
    with pytest.raises(
        ParameterError, match=r"^--only TN, CA: expected a brief in 'ja', got one in 'en'\. Ask for another"
    ):
        plan.choose(everything, only=["TN", "CA"], lang=["ja"])
    chosen = plan.choose(everything, only=["TN", "national"], lang=["ja"])
    assert [brief.stem for brief in chosen] == ["ja/national"]


def test_all_unknown_filters_are_named_with_the_nearest(everything) -> None:
    message = (
        r"^--only Tenessee: expected a family, slug, code or name that `briefs list` shows, got 'Tenessee'\. "
        r"Correct it\. Did you mean 'Tennessee'\?\n"
        r"--lang fr: expected 'en', 'ja', got 'fr'\. Correct it\..*\n"
        r"--format docx: expected 'html', 'pdf', 'json', 'ipynb', got 'docx'\. Correct it\."
    )
    with pytest.raises(ParameterError, match=message):
        plan.choose(everything, only=["Tenessee"], lang=["fr"], formats=["docx"])


def test_briefs_of_two_families_never_share_a_path(project) -> None:
    project.edit("grid: {state: all, lang: [en, ja]}", "grid: {state: [TN], lang: [en, ja]}")
    project.edit("{lang}/state/{state.slug}", "{lang}/national")
    found = book.read()
    with pytest.raises(
        BookError, match=r"for each brief, got 'en/national', 'ja/national' twice\. Put every"
    ):
        plan.expand(found, found.edition())


def test_two_briefs_never_share_a_path(project) -> None:
    project.edit("{lang}/state/{state.slug}", "{lang}/state/one")
    found = book.read()
    with pytest.raises(
        BookError, match="a path of its own for each brief, got 'en/state/one', 'ja/state/one'"
    ):
        plan.expand(found, found.edition())


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("{lang}/state/{state.slg}", r"got \{state.slg\}.*Did you mean 'state.slug'"),
        ("{lang}/{lang.slug}/{state.slug}", r"got \{lang.slug\}.*Did you mean 'state.slug'"),
        ("{lang}/../{state.slug}", r"a plain relative path, got 'en/../alaska'"),
        ("{lang}/state/{state.name_en", "expected a pattern"),
    ],
)
def test_a_path_that_cannot_be_filled_is_refused(project, path: str, message: str) -> None:
    project.edit("{lang}/state/{state.slug}", path)
    found = book.read()
    with pytest.raises(BookError, match=message):
        plan.expand(found, found.edition())


def test_a_cell_that_a_row_of_the_table_lacks_is_empty(project) -> None:
    table = project.root / "data" / "reference" / "states.csv"
    table.write_text("usps,slug,name_en,name_ja\nTN,tennessee\nTX\n", encoding="utf-8")
    project.edit("{state.name_ja}", "{state.name_ja}: 州")
    found = book.read()
    with pytest.raises(BookError, match=r"state: path: expected a plain relative path, got 'en/state/'"):
        plan.expand(found, found.edition())
    project.edit("grid: {state: all,", "grid: {state: [TN],")
    found = book.read()
    assert [brief.titles for brief in plan.expand(found, found.edition())[2:]] == [("", ": 州")] * 2


def test_a_state_in_the_grid_that_is_in_no_table_is_left_to_the_check_of_the_parameters(project) -> None:
    project.edit("grid: {state: all,", "grid: {state: [TN, ZZ],")
    found = book.read()
    assert [brief.slug for brief in plan.expand(found, found.edition())[2::2]] == [
        "state/tennessee",
        "state/zz",
    ]
