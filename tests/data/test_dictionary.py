"""The descriptor and the dictionary are true to the tables, and every table says what it is."""

from __future__ import annotations

import json
import resource

import pytest

from helpers import paths
from helpers.data import catalog, dictionary
from helpers.data import tables as files
from helpers.data.sources import bea, commodities
from helpers.errors import CatalogError

TABLES = [catalog.describe(name) for name in catalog.tables()]


def test_the_data_dictionary_is_up_to_date():
    text = (paths.data_dir() / "README.md").read_text(encoding="utf-8")
    assert text == dictionary.readme(), "run `briefs data accept`"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_says_what_it_is_in_both_languages(table):
    for text in (table.title, table.basis, table.coverage, table.lacks):
        assert all(text[lang] for lang in ("en", "ja"))
    assert table.sources
    assert table.licence
    assert table.vintage
    assert all(field.description for field in table.fields)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_number_has_a_unit_or_is_a_plain_count_or_year(table):
    plain = {
        "year", "month", "months", "number", "page", "rank", "rank_printed", "rounding_musd", "tile_col",
        "tile_row", "fiscal_year", "fiscal_year_from", "fiscal_year_to", "since", "minutes", "offices",
        "participants", "value",
    }  # fmt: skip
    numbers = {field.name for field in table.fields if field.type in ("integer", "number") and not field.unit}
    assert numbers <= plain


def test_every_row_has_a_source():
    without = [
        table.name
        for table in TABLES
        if not {"source", "source_url", "source_family", "url"} & set(table.columns)
    ]
    assert without == []


def test_every_source_is_used_by_a_row_or_is_that_of_a_client():
    used = {bea.SOURCE, commodities.SOURCE}  # of rows that a refresh brings
    for name in catalog.tables():
        frame = catalog.load(name, vintage="all")
        used |= {value for column in ("source", "confirmed_by") if column in frame for value in frame[column]}
    keys = catalog.sources()["key"]
    assert keys[~keys.isin(used)].tolist() == []


def test_every_file_in_the_folder_belongs_to_a_table():
    folder = paths.data_dir()
    own = {"datapackage.json", "methods.yml", "README.md", "LICENCES.md"} | {table.path for table in TABLES}
    found = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and ".ipynb" not in str(p)}
    assert {path for path in found if not path.startswith("raw/")} == own


def test_the_folder_stays_small():
    kept = paths.data_dir() / "raw"  # what refreshes brought is not in version control
    files = [p for p in paths.data_dir().rglob("*") if p.is_file() and kept not in p.parents]
    assert sum(p.stat().st_size for p in files) < 8_000_000


def test_every_method_card_names_a_table_and_speaks_both_languages():
    for card in catalog.method_cards().values():
        assert card["table"] in catalog.tables()
        for key in ("definition", "unit", "basis", "coverage", "missing", "caveats"):
            assert set(card[key]) == {"en", "ja"}


def test_every_licence_of_the_descriptor_has_a_line_in_the_terms_of_use():
    terms = (paths.data_dir() / "LICENCES.md").read_text(encoding="utf-8")
    assert [table.name for table in TABLES if table.name not in terms and table.name != "sources"] == []


def test_describing_an_edited_table_accepts_its_new_digest(folder):
    (folder.path / "README.md").write_text(
        f"Head\n{dictionary.BEGIN}\nold\n{dictionary.END}\nTail\n", encoding="utf-8"
    )
    (folder.path / "methods.yml").write_text("", encoding="utf-8")
    dictionary.refresh()
    folder.edit("jobs_state", "20900", "20920", accept=False)
    assert dictionary.refresh() == ["jobs_state"]
    assert dictionary.refresh() == []
    assert catalog.load("jobs_state", state="AL")["value"].tolist() == [20920]
    text = (folder.path / "README.md").read_text(encoding="utf-8")
    assert text.startswith("Head\n")
    assert text.endswith("\nTail\n")
    assert "| partner | string |" in text


def test_a_readme_without_its_markers_is_not_overwritten(folder):
    (folder.path / "README.md").write_text("my notes", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"data/README\.md: expected the lines .*dictionary: begin"):
        dictionary.refresh()
    assert (folder.path / "README.md").read_text(encoding="utf-8") == "my notes"


def test_describing_without_a_file_names_it(folder):
    folder.file("jobs_state").unlink()
    with pytest.raises(CatalogError, match=r"table jobs_state: expected the file employment/jobs_state\.csv"):
        dictionary.refresh()


def test_the_descriptor_is_a_data_package_with_a_digest_for_each_file():
    package = json.loads((paths.data_dir() / "datapackage.json").read_text(encoding="utf-8"))
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert all(r["hash"].startswith("sha256:") and len(r["hash"]) == 71 for r in package["resources"])


@pytest.mark.parametrize(
    ("card", "table", "rows", "years"),
    [
        ("fdi_ubo", "fdi_position", "basis == 'ubo'", range(2010, 2015)),
        ("jobs", "jobs_national", "year > 0", range(2012, 2014)),
    ],
)
def test_how_many_countries_a_card_and_a_table_s_description_name_is_how_many_there_are(
    card, table, rows, years
):
    held = catalog.load(table).query(rows).query("year in @years")
    groups = {*catalog.load("aggregates")["code"], "WLD"}
    found = held[~held["partner"].isin(groups)].groupby("year")["partner"].nunique()
    assert list(found.index) == list(years)
    (count,) = set(found)
    for lang, word in (("en", f"{count} countries"), ("ja", f"{count}か国")):
        assert word in catalog.method_cards()[card]["coverage"][lang]
        assert word in catalog.describe(table).coverage[lang]


@pytest.fixture
def described(folder):
    """A small folder whose README has the markers, so that its tables can be accepted."""
    (folder.path / "README.md").write_text(f"{dictionary.BEGIN}\n{dictionary.END}\n", encoding="utf-8")
    (folder.path / "methods.yml").write_text("", encoding="utf-8")
    return folder


def test_a_full_disk_leaves_the_descriptor_and_the_readme_as_they_were(described):
    described.edit("jobs_state", "20900", "20920", accept=False)
    before = {name: (described.path / name).read_bytes() for name in ("README.md", "datapackage.json")}
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(
            CatalogError, match=r"expected room and leave to write, got File too large\..*Make room"
        ):
            dictionary.refresh()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert {name: (described.path / name).read_bytes() for name in before} == before
    assert [path.name for path in described.path.glob(".*")] == []
    assert dictionary.refresh() == ["jobs_state"]


def test_all_tables_that_cannot_be_read_are_named_and_nothing_is_accepted(described):
    described.edit("jobs_state", "20900", "20920", accept=False)
    described.file("areas").write_bytes(b"")
    described.file("states").write_bytes("usps,name\nTN,テネシー州\n".encode("cp932"))
    before = (described.path / "datapackage.json").read_bytes()
    with pytest.raises(CatalogError, match="states") as raised:
        dictionary.refresh()
    assert str(raised.value).splitlines() == [
        "states.csv: expected a CSV with a header, in UTF-8, got bytes that are not UTF-8 (row 2). "
        "Save it again as “CSV UTF-8”.",
        "areas.csv: expected a CSV with a header, in UTF-8, got an empty file. Restore it.",
    ]
    assert (described.path / "datapackage.json").read_bytes() == before


@pytest.mark.parametrize(
    ("edited", "message"),
    [
        (lambda text: text.replace(",", ";"), r"^jobs_state\.csv: .*got columns that semicolons part"),
        (lambda text: text.replace("\n", ",mine\n"), r"^table jobs_state: .*got unknown 'mine'"),
        (
            lambda text: text.replace("20900", "many"),
            r"^table jobs_state: expected numbers.*'many' \(row 2\)",
        ),
    ],
)
def test_a_table_that_the_check_could_not_read_is_not_accepted(described, edited, message):
    file, package = described.file("jobs_state"), described.path / "datapackage.json"
    file.write_text(edited(file.read_text(encoding="utf-8")), encoding="utf-8")
    before = package.read_bytes()
    with pytest.raises(CatalogError, match=message):
        dictionary.refresh()
    assert package.read_bytes() == before


def test_a_parquet_file_that_was_cut_is_named(tmp_path):
    path = tmp_path / "cut.parquet"
    path.write_bytes((paths.data_dir() / "trade/state_trade.parquet").read_bytes()[:1000])
    with pytest.raises(CatalogError, match=r"^cut\.parquet: expected a whole Parquet file, got .*Restore it"):
        files.count(path, "parquet")
