"""The book is read strictly: every problem at once, each with the nearest known name."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.errors import BookError
from helpers.press import book, domains, strict


def test_the_book_gives_settings_editions_and_briefs(project) -> None:
    found = book.read()
    assert found.settings == book.Settings(2, 60, paper=(("en", "a4"), ("ja", "a4")))
    assert [edition.name for edition in found.editions] == ["latest", "fy2021"]
    assert [entry.name for entry in found.entries] == ["national", "state"]
    assert dict(found.entries[1].grid)["state"] == ("AK", "CA", "TN", "TX")


def test_a_date_needs_no_quotes(project) -> None:
    assert dict(book.read().edition("fy2021").parameters) == {"as_of": "2022-07-05", "fiscal_year": 2021}


def test_a_date_in_a_list_needs_no_quotes_either(project) -> None:
    project.edit(
        'grid: {lang: [en, ja]}\n    path: "{lang}/national"',
        'grid: {lang: [en, ja], as_of: [2022-07-05, ""]}\n    path: "{lang}/national"',
    )
    assert dict(book.read().entries[0].grid)["as_of"] == ("2022-07-05", "")


def test_the_first_edition_is_the_default(project) -> None:
    assert book.read().edition().name == "latest"


def test_an_unknown_edition_is_answered_with_the_known_ones(project) -> None:
    with pytest.raises(BookError, match=r"'latest', 'fy2021', got 'fy2012'.*Did you mean 'fy2021'"):
        book.read().edition("fy2012")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("settings: {jobs", "setings: {jobs", "'setings'.*Did you mean 'settings'"),
        ("jobs: 2", "job: 2", "settings: expected only 'jobs'.*got 'job'.*Did you mean 'jobs'"),
        ("jobs: 2", "jobs: many", "jobs: expected a whole number of at least 0, got 'many'"),
        ("time_limit: 60", "time_limit: 0", "time_limit: expected a whole number of at least 1, got 0"),
        ("jobs: 2", "jobs: 2, paper: a5", "paper: expected only 'a4', 'letter', got 'a5'"),
        ("notebook: toy.ipynb\n    heading: {en: The n", "notebook: toi.ipynb\n    heading: {en: The n",
         "got 'toi.ipynb'.*Did you mean 'toy.ipynb'"),
        ("path: \"{lang}/national\"", "path: national", "begins with {lang}/, got 'national'"),
        ("title: {en: United States, ja: 全米}", "title: {en: United States}", "one text for en and one for ja"),
        ("title: {en: Latest edition, ja: 最新版}", "titel: {en: Latest}", "'titel'.*Did you mean 'title'"),
        ("grid: {state: all, lang: [en, ja]}", "grid: {state: all}", "grid: expected the parameter 'lang'"),
        ("notebook: toy.ipynb\n    heading: {en: The n", "heading: {en: The n",
         r"^book\.yml, briefs: national: expected the key 'notebook', got none\. Add it\.$"),
        ('path: "{lang}/national"', 'path: "{lang}/national"\n    formats: []',
         r"briefs: national: formats: expected a list of 'html', .*got \[\]"),
        ("grid: {state: all,", "grid: {state: [],", r"grid: state: expected .*got \[\]"),
        ("grid: {state: all,", "grid: {state: every,", "`all` where the domain is a list.*got 'every'"),
        ("code: usps", "code: ups", "a column 'ups' in data/reference/states.csv.*Did you mean 'usps'"),
        ("reference/states.csv", "reference/provinces.csv", "the table data/reference/provinces.csv"),
        ("code: usps,", "code: usps, holds: reference/states.csv,",
         "holds: expected a table and its column of codes, got 'reference/states.csv'"),
        ("code: usps,", "code: usps, holds: {table: reference/states.csv, code: slgu},",
         "holds: expected a column 'slgu' in data/reference/states.csv.*Did you mean 'slug'"),
        ("lang: {values: [en, ja]}", "lang: {vlues: [en, ja]}", "'vlues'.*Did you mean 'values'"),
        ("lang: {values: [en, ja]}", "lang: {values: en}", "lang: values: expected a list of values, got 'en'"),
        ("{minimum: 2017,", "{minimum: a,", "fiscal_year: minimum: expected a whole number, got 'a'"),
        ("{minimum: 2017,", "{minimum: 2017.5,", "fiscal_year: minimum: expected a whole number, got 2017.5"),
        ("maximum: 2035}", "maximum: true}", "fiscal_year: maximum: expected a whole number, got True"),
        ("as_of: {date: true, empty: true}", "as_of: {date: maybe, empty: 7}",
         "(?s)date: expected true or false, got 'maybe'.*empty: expected true or false, got 7"),
        ("{table: reference/states.csv, code: usps, name: name_en}", "{table: 5}", "table: expected the path.*got 5"),
        ("  fy2021:\n", "  preview:\n", "not 'preview'.*Rename the edition"),
        ("editions:\n", "edition:\n", "'edition'.*Did you mean 'editions'"),
        ("  national:\n", "  state:\n", "block that starts in line 16: expected each key once, got 'state' twice"),
        ("settings: {jobs: 2", "settings: {jobs: [2", "book.yml, line 1: expected YAML"),
        ('ja: "{state.name_ja}"', "ja: {{state.name_ja}}",
         r"book\.yml, line 25: expected YAML, got a key in brackets or braces \(text with braces stands in quotes\)"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_book_is_named(project, old: str, new: str, message: str) -> None:
    project.edit(old, new)
    with pytest.raises(BookError, match=message):
        book.read()


def test_a_day_that_never_was_is_left_to_who_reads_the_value(project) -> None:
    project.edit("as_of: 2022-07-05", "as_of: 2022-13-05")
    assert dict(book.read().edition("fy2021").parameters)["as_of"] == "2022-13-05"


def test_a_notebook_that_is_missing_in_a_folder_is_named_with_it(project) -> None:
    for folder in ("own", ".ipynb_checkpoints"):
        (project.notebooks / folder).mkdir()
        (project.notebooks / folder / "mine.ipynb").touch()
    project.edit(
        "notebook: toy.ipynb\n    heading: {en: The n", "notebook: own/nine.ipynb\n    heading: {en: The n"
    )
    with pytest.raises(
        BookError, match=r"'own/mine\.ipynb', .*got 'own/nine\.ipynb'.*mean 'own/mine\.ipynb'"
    ) as told:
        book.read()
    assert "checkpoints" not in str(told.value)


def test_notebooks_of_one_name_in_two_folders_are_refused(project) -> None:
    (project.notebooks / "more").mkdir()
    for name in ("toy.ipynb", "other.ipynb"):
        (project.notebooks / "more" / name).write_bytes((project.notebooks / "toy.ipynb").read_bytes())
    first = "notebook: {}\n    heading: {{en: The n"
    project.edit(first.format("toy.ipynb"), first.format("more/other.ipynb"))
    assert [entry.notebook.name for entry in book.read().entries] == ["other.ipynb", "toy.ipynb"]
    project.edit(first.format("more/other.ipynb"), first.format("more/../toy.ipynb"))
    assert [entry.notebook.name for entry in book.read().entries] == ["toy.ipynb", "toy.ipynb"]
    project.edit(first.format("more/../toy.ipynb"), first.format("more/toy.ipynb"))
    with pytest.raises(
        BookError,
        match=r"^book\.yml, briefs: expected a name of its own for each notebook, "
        r"got 'toy\.ipynb' in 2 folders\. Rename one\.$",
    ):
        book.read()


def test_all_mistakes_are_reported_at_once(project) -> None:
    project.edit("jobs: 2", "jbos: 2")
    project.edit("values: [en, ja]", "valeus: [en, ja]")
    with pytest.raises(BookError, match=r"(?s)'jbos'.*'valeus'"):
        book.read()


def test_a_missing_book_is_said_plainly(project) -> None:
    project.book.unlink()
    with pytest.raises(BookError, match=r"notebooks/book.yml: expected a readable file, got No such file"):
        book.read()


def test_a_state_that_is_in_the_table_twice_is_refused(project) -> None:
    table = project.root / "data/reference/states.csv"
    table.write_text(table.read_text(encoding="utf-8") + "TN,tenn,Tenn,テネシー,1,1\n", encoding="utf-8")
    with pytest.raises(BookError, match="each usps once, got 'TN' twice"):
        book.read()


def test_a_name_unlike_all_others_gets_no_suggestion() -> None:
    assert strict.nearest("xyzzy", ["formats", "briefs"]) == ""


@pytest.mark.parametrize(("asked", "known"), [("FORMTS", "formats"), ("formts", "FORMATS")])
def test_the_nearest_name_is_found_whatever_its_case(asked: str, known: str) -> None:
    assert strict.nearest(asked, [known, "briefs"]) == f" Did you mean '{known}'?"


def test_a_table_saved_with_a_mark_of_byte_order_is_read(project) -> None:
    table = project.root / "data/reference/states.csv"
    table.write_text(table.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert book.read().domains["state"].codes == ("AK", "CA", "TN", "TX")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("usps,name_ja\nTN,テネシー州\n".encode("cp932"),
         r"domains: state: expected a CSV in UTF-8 in data/reference/states\.csv, "
         r"got bytes that are not UTF-8 \(at 16\)\. Save it again as “CSV UTF-8”"),
        (b"", r"a table with a header in data/reference/states\.csv, got an empty file\. Restore it"),
    ],
)  # fmt: skip
def test_a_table_that_is_no_csv_in_utf8_is_named(project, content: bytes, message: str) -> None:
    (project.root / "data/reference/states.csv").write_bytes(content)
    with pytest.raises(BookError, match=message):
        book.read()


def test_a_book_in_another_encoding_is_named(project) -> None:
    project.book.write_bytes("# 日本\n".encode("cp932"))
    with pytest.raises(BookError, match=r"notebooks/book\.yml: expected text in UTF-8, got bytes .*\(at 2\)"):
        book.read()


def test_domains_that_are_no_mapping_are_named(project) -> None:
    start, end = "domains:\n", "editions:\n"
    text = project.book.read_text(encoding="utf-8")
    head, tail = text.split(start)[0], text.split(end)[1]
    project.book.write_text(f"{head}domains: [lang]\n{end}{tail}", encoding="utf-8")
    with pytest.raises(
        BookError, match=r"book\.yml, domains: expected a mapping of parameters, got \['lang'\]"
    ):
        book.read()


def test_a_number_is_asked_of_a_parameter_with_bounds() -> None:
    found = domains.Domain(minimum=1, maximum=3).problem("two", Path())
    assert found == ("a number from 1 to 3", "'two'", "Correct the domain or the parameter.")
