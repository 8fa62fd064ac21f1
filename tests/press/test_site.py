"""The index: one page, both languages, only what is there, and what is missing said."""

from __future__ import annotations

import re
from dataclasses import replace

import html5lib
import pytest

from helpers.press import book, manifest, plan, site


@pytest.fixture
def built(project):
    """An edition in which everything is there but Texas, whose PDF in English has been deleted."""
    found = book.read()
    edition = found.edition("latest")
    everything = plan.expand(found, edition)
    folder = project.reports / "latest"
    made = []
    for brief in everything:
        for _, name in brief.outputs:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("x", encoding="utf-8")
        files = tuple((kind, "11", 1) for kind in brief.formats)
        made.append(manifest.Made(brief, dict(brief.parameters), files))
    (folder / "en/state/texas.pdf").unlink()
    nothing = {"edition": "latest", "inputs": {}, "briefs": {}}
    content = manifest.merge(nothing, edition, everything, made, {})
    return found, folder, edition, everything, content


@pytest.fixture
def page(built):
    return html5lib.parse(site.page(*built), namespaceHTMLElements=False)


def links(page) -> dict[str, str]:
    """Return the accessible name of each link by its target (the last one wins)."""
    return {a.get("href"): a.get("aria-label") or "".join(a.itertext()) for a in page.iter("a")}


def test_every_tile_is_a_link_named_by_its_state_in_each_language(page) -> None:
    (tiles,) = (ul for ul in page.iter("ul") if ul.get("class") == "map")
    named = {(a.get("href"), a.get("aria-label"), a.get("lang")) for a in tiles.iter("a")}
    assert ("en/state/tennessee.html", "Tennessee (TN)", "en") in named
    assert ("ja/state/tennessee.html", "テネシー州（日本語）", "ja") in named
    assert len(named) == 8


def test_a_tile_has_the_place_that_the_table_gives_it(page) -> None:
    (tiles,) = (ul for ul in page.iter("ul") if ul.get("class") == "map")
    places = {li.find("a").get("href"): li.get("style") for li in tiles.iter("li")}
    assert places["en/state/tennessee.html"] == "grid-column: 7; grid-row: 6"


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """The index of the shipped book, of which nothing is built, and its briefs."""
    monkeypatch.undo()
    found = book.read()
    edition = found.edition("latest")
    everything = plan.expand(found, edition)
    text = site.page(found, tmp_path, edition, everything, {"briefs": {}})
    return html5lib.parse(text, namespaceHTMLElements=False), everything


def section(page, name: str):
    """Return a section's heading in both languages, and the names (en, ja) of its briefs."""
    (found,) = [one for one in page.iter("section") if one.get("aria-labelledby") == name]
    heading = " ".join("".join(found.find("h2").itertext()).split())
    (briefs,) = [ul for ul in found.iter("ul") if str(ul.get("class")).startswith("briefs")]
    return heading, [[p.text for p in li.iter("p") if p.get("class") == "name"] for li in briefs.iter("li")]


def test_each_subject_has_one_heading_and_a_way_to_it_from_the_top(shipped) -> None:
    page, _ = shipped
    ids = [head.get("id") for head in page.iter("h2")]
    assert ids == [
        "section.the-nation",
        "section.the-states-and-the-district-of-columbia",
        "section.the-consular-districts",
        "section.about-the-numbers",
        "page.missing",
    ]
    heading, rows = section(page, "section.the-nation")
    assert heading == "The nation 全米"
    assert [row[0] for row in rows] == [
        "United States",
        "Does activity go where the presence is?",
        "Where next, under whose weights?",
    ]
    (nav,) = page.iter("nav")
    assert [a.get("href") for a in nav.iter("a")] == [f"#{name}" for name in ids[:-1]]


def test_a_state_leads_to_its_districts_and_a_district_to_its_states(shipped) -> None:
    """Los Angeles and San Francisco serve California; Nashville serves five states (consulates, December 2019)."""
    page, _ = shipped
    lines = {li.get("id"): [a.get("href") for a in li.iter("a")] for li in page.iter("li") if li.get("id")}
    assert lines["state/california"] == ["#mission/los-angeles", "#mission/san-francisco"]
    served = ("arkansas", "kentucky", "louisiana", "mississippi", "tennessee")
    assert lines["mission/nashville"] == [f"#state/{name}" for name in served]
    every = {target.removeprefix("#") for found in lines.values() for target in found}
    assert every <= set(lines)


def test_the_shipped_book_lists_its_seventeen_missions_in_a_section_of_their_own(shipped) -> None:
    page, everything = shipped
    heading, rows = section(page, "section.the-consular-districts")
    assert heading == "The consular districts 在米公館の管轄"
    assert len(rows) == 17
    assert ["Los Angeles", "ロサンゼルス"] in rows
    assert ["Washington, D.C.", "ワシントンD.C."] in rows
    stems = {brief.stem for brief in everything if brief.family == "mission"}
    assert {"en/mission/los-angeles", "ja/mission/embassy"} <= stems
    assert [brief.stem for brief in plan.choose(everything, only=["chicago"], lang=["ja"])] == [
        "ja/mission/chicago"
    ]


def test_the_nation_has_no_tile(page) -> None:
    assert [ul.get("class") for ul in page.iter("ul")].count("map") == 1


def test_the_list_links_html_and_pdf_in_both_languages(page) -> None:
    found = links(page)
    assert found["en/national.pdf"] == "United States, PDF"
    assert found["ja/state/california.pdf"] == "カリフォルニア州, PDF"
    assert found["manifest.json"] == "manifest.json"


def test_a_file_that_is_not_there_is_not_linked_but_named_as_missing(built, page) -> None:
    assert "en/state/texas.pdf" not in links(page)
    assert "en/state/texas.html" in links(page)
    assert [code.text for code in page.iter("code")] == [
        "briefs build --edition latest",
        "en/state/texas.pdf",
    ]


def test_a_whole_edition_says_nothing_of_missing_files(built) -> None:
    (built[1] / "en/state/texas.pdf").write_text("x", encoding="utf-8")
    assert 'id="page.missing"' not in site.page(*built)


def test_of_an_edition_without_a_brief_every_page_is_missing(built) -> None:
    paths = [f"{lang}/{slug}.{kind}" for slug in ("national", "state/alaska") for lang in ("en", "ja")
             for kind in ("html", "pdf")]  # fmt: skip
    missing = site.missing(built[3], [])
    assert missing[:8] == paths
    assert len(missing) == 20


def test_the_index_is_written_into_the_folder_of_the_edition(built) -> None:
    found, folder, edition, everything, content = built
    site.write(found, folder, edition, everything, content)
    assert (folder / "index.html").read_text(encoding="utf-8") == site.page(*built)


def test_a_file_that_no_manifest_knows_is_not_linked(built) -> None:
    book_, folder, edition, everything, content = built
    briefs = {stem: record for stem, record in content["briefs"].items() if "alaska" not in stem}
    page = site.page(book_, folder, edition, everything, {**content, "briefs": briefs})
    assert 'href="en/state/alaska.html"' not in page


def test_the_page_asks_no_host_for_anything_and_runs_no_script(built) -> None:
    text = site.page(*built)
    assert not re.search(r"https?://|<script|<link|@import|url\(", text)


def test_every_piece_of_japanese_says_that_it_is_japanese(page) -> None:
    japanese = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
    parents = {child: parent for parent in page.iter() for child in parent}

    def language(element) -> str | None:
        while element is not None:
            if element.get("lang"):
                return element.get("lang")
            element = parents.get(element)
        return None

    pieces = [(element, element.text) for element in page.iter() if element.text and element.tag != "style"]
    pieces += [
        (parents[element], element.tail) for element in page.iter() if element.tail and element in parents
    ]
    wrong = [text for element, text in pieces if japanese.search(text) and language(element) != "ja"]
    assert wrong == []


def test_headings_go_down_one_level_at_a_time_and_the_page_has_its_landmarks(page) -> None:
    assert [element.tag for element in page.iter() if re.fullmatch(r"h\d", str(element.tag))] == ["h1"] + [
        "h2"
    ] * 3
    assert {"header", "main", "footer"} <= {element.tag for element in page.iter()}
    assert page.get("lang") == "en"


def test_another_edition_is_linked_when_it_is_there(built) -> None:
    assert "../fy2021/index.html" not in site.page(*built)
    other = built[1].parent / "fy2021" / "index.html"
    other.parent.mkdir()
    other.write_text("x", encoding="utf-8")
    assert 'href="../fy2021/index.html"' in site.page(*built)


def test_an_edition_does_not_lead_to_itself_when_it_is_made_again(built) -> None:
    (built[1] / "index.html").write_text("x", encoding="utf-8")
    assert "../latest/index.html" not in site.page(*built)


def test_a_title_is_text_and_never_markup(built) -> None:
    book_, folder, edition, everything, content = built
    hostile = [replace(brief, title="<script>alert(1)</script>") for brief in everything]
    page = site.page(book_, folder, edition, hostile, content)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_section_of_one_language_has_its_tiles_and_names_no_brief_of_the_other(project) -> None:
    project.edit("grid: {state: all, lang: [en, ja]}", "grid: {state: all, lang: [en]}")
    found = book.read()
    edition = found.edition("latest")
    everything = plan.expand(found, edition)
    text = site.page(found, project.reports / "latest", edition, everything, {"briefs": {}})
    (tiles,) = (
        ul for ul in html5lib.parse(text, namespaceHTMLElements=False).iter("ul") if ul.get("class") == "map"
    )
    marks = [[(span.get("lang"), span.text) for span in li.iter("span")] for li in tiles.iter("li")]
    assert marks == [[("en", code)] for code in ("AK", "CA", "TN", "TX")]
    assert "ja/state" not in text
    assert text.count("未作成</span>") == 1, "of the nation, which the book has in Japanese"
    assert "「日」を選ぶと日本語版が開く" not in text


@pytest.mark.parametrize("heading", ["National", "Briefs", "Missing"])
def test_no_heading_takes_the_place_of_a_brief_or_of_another_part_of_the_page(project, heading: str) -> None:
    project.edit("heading: {en: The nation", f"heading: {{en: {heading}")
    found = book.read()
    edition = found.edition("latest")
    everything = plan.expand(found, edition)
    text = site.page(found, project.reports / "latest", edition, everything, {"briefs": {}})
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert {"national", f"section.{heading.lower()}", "page.briefs", "page.missing"} <= set(ids)
    assert len(ids) == len(set(ids))


def test_only_a_code_of_the_grid_whose_table_is_listed_gives_a_place_on_the_map(project) -> None:
    project.edit('parameters: {as_of: ""}', 'parameters: {note: TN, state: CA, as_of: ""}')
    found = book.read()
    edition = found.edition("latest")
    everything = plan.expand(found, edition)
    nation, states = site.sections(found, project.reports / "latest", everything, {"briefs": {}})
    assert (nation.tiled, states.tiled) == (False, True)


@pytest.mark.parametrize("rest", ["", ",4,", ",,7"], ids=["neither", "no row", "no column"])
def test_a_state_without_a_place_on_the_map_is_in_the_list_and_its_section_has_no_map(project, rest) -> None:
    table = project.root / "data" / "reference" / "states.csv"
    table.write_text(
        table.read_text(encoding="utf-8").replace("テキサス州,4,7", f"テキサス州{rest}"), encoding="utf-8"
    )
    found = book.read()
    edition = found.edition("latest")
    everything = plan.expand(found, edition)
    _, states = site.sections(found, project.reports / "latest", everything, {"briefs": {}})
    assert [(line.code, line.column, line.row) for line in states.lines] == [
        ("AK", 1, 1),
        ("CA", 2, 5),
        ("TN", 7, 6),
        ("TX", None, None),
    ]
    page = site.page(found, project.reports / "latest", edition, everything, {"briefs": {}})
    assert 'class="map"' not in page
    assert "テキサス州" in page


def test_only_the_code_that_names_a_brief_says_what_belongs_to_it(shipped, tmp_path) -> None:
    _, everything = shipped
    found = book.read()
    (district,) = (brief for brief in everything if brief.stem == "en/mission/chicago")
    aside = replace(district, slug="aside", codes=())
    two = replace(district, slug="two", codes=(*district.codes, "IL"))
    (section,) = site.sections(found, tmp_path, [district, aside, two], {"briefs": {}})
    first, second, third = section.lines
    assert "IL" in first.holds
    assert (second.code, second.holds) == ("", ())
    assert (third.code, third.holds) == (first.code, first.holds)


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("The Nation, 2nd part", "section.the-nation-2nd-part"),
        ("各州", "section.各州"),
        ("Año_uno", "section.año-uno"),
    ],
)
def test_a_section_is_named_by_the_words_of_its_heading_in_any_alphabet(heading: str, name: str) -> None:
    assert site.Section((heading, "x"), ()).name == name
