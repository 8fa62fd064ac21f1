"""What a broken table says: where, what was expected, what came, what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.data import catalog
from helpers.errors import CatalogError, DataCheckError

HEAD = "year,state,partner,value"
ALABAMA = "2019,AL,JPN,20900,20850,20950,"


def test_the_small_folder_is_read_in_place_of_the_shipped_one(folder):
    assert catalog.tables() == [r["name"] for r in folder.package["resources"]]
    assert len(catalog.load("jobs_state")) == 21


def test_an_unknown_table_name_gets_the_nearest_ones(folder):
    with pytest.raises(CatalogError, match=r"a table such as 'jobs_state'.*'job_state'.*Correct the name"):
        catalog.load("job_state")


def test_a_missing_file_is_named_with_its_table(folder):
    folder.file("jobs_state").unlink()
    with pytest.raises(CatalogError, match=r"table jobs_state: expected the file employment/jobs_state\.csv"):
        catalog.load("jobs_state")


def test_a_table_that_may_not_be_read_is_named(folder, monkeypatch):
    def refused(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refused)
    with pytest.raises(CatalogError, match=r"^jobs_state\.csv: .*got Permission denied\. Allow reading it"):
        catalog.load("jobs_state")


def test_a_missing_descriptor_names_the_variable_that_may_be_wrong(folder):
    (folder.path / "datapackage.json").unlink()
    with pytest.raises(CatalogError, match=r"a descriptor datapackage\.json, got none.*BRIEFS_DATA"):
        catalog.tables()


def test_a_descriptor_that_is_not_json_names_the_place(folder):
    (folder.path / "datapackage.json").write_text('{"resources": [}', encoding="utf-8")
    with pytest.raises(CatalogError, match=r"expected valid JSON, got .*line 1 column 16"):
        catalog.tables()


@pytest.mark.parametrize("content", ["[]", "5", "{}", '{"resources": {}}', '{"resources": [1]}'])
def test_a_descriptor_without_resources_is_refused(folder, content):
    (folder.path / "datapackage.json").write_text(content, encoding="utf-8")
    with pytest.raises(CatalogError, match=r"^datapackage\.json: expected a list `resources`.*Restore it"):
        catalog.tables()


def test_a_resource_without_an_entry_is_named_with_the_entry(folder):
    del next(r for r in folder.package["resources"] if r["name"] == "jobs_state")["lacks"]
    folder.save()
    with pytest.raises(CatalogError, match=r"resource jobs_state: expected the entry 'lacks'"):
        catalog.tables()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a: 輸出".encode("cp932"), "expected YAML in UTF-8, got 'utf-8' codec can't decode .*as UTF-8"),
        (b"a: [", "expected YAML in UTF-8, got while parsing"),
        (b"- a", "expected a mapping of cards, got list. Restore it"),
    ],
)
def test_method_cards_that_cannot_be_read_are_named(folder, content, message):
    (folder.path / "methods.yml").write_bytes(content)
    with pytest.raises(CatalogError, match=rf"^methods\.yml: {message}"):
        catalog.method_cards()


def test_changed_bytes_do_not_pass_until_they_are_described(folder):
    folder.edit("jobs_state", "20900", "20901", accept=False)
    with pytest.raises(
        CatalogError, match=r"expected sha256 [0-9a-f]{64}, got [0-9a-f]{64}.*briefs data accept"
    ):
        catalog.load("jobs_state")


def test_a_renamed_column_is_named_both_ways(folder):
    folder.edit("jobs_state", HEAD, "year,state,country,value")
    with pytest.raises(DataCheckError, match=r"missing 'partner'; unknown 'country'"):
        catalog.load("jobs_state")


def test_columns_in_another_order_are_refused(folder):
    folder.edit("jobs_state", HEAD, "year,partner,state,value")
    with pytest.raises(DataCheckError, match="the same in another order"):
        catalog.load("jobs_state")


def test_every_text_in_a_number_is_printed_with_its_row(folder):
    folder.edit("jobs_state", ALABAMA, "2019,AL,JPN,about 21000,20850,n/a,")
    with pytest.raises(
        DataCheckError, match=r"column value: 'about 21000' \(row 2\); column high: 'n/a' \(row 2\)"
    ):
        catalog.load("jobs_state")


def test_a_key_that_occurs_twice_is_printed_with_its_row(folder):
    folder.edit("jobs_state", ALABAMA, f"{ALABAMA},1,,2021-08,2021-08-31,tf-deck-fy2021,,\n{ALABAMA}")
    with pytest.raises(
        DataCheckError,
        match=r"key year, state, partner, vintage a second time: '2019 AL JPN 2021-08' \(row 3\)",
    ):
        catalog.load("jobs_state")


def test_an_unknown_partner_is_named_with_the_lists_it_is_not_in(folder):
    folder.edit("jobs_state", ALABAMA, ALABAMA.replace("JPN", "JAP"))
    with pytest.raises(
        DataCheckError, match=r"column partner, not in partners or aggregates: 'JAP' \(row 2\)"
    ):
        catalog.load("jobs_state")


def test_an_unknown_state_is_named(folder):
    folder.edit("jobs_state", ALABAMA, ALABAMA.replace("AL", "ZZ"))
    with pytest.raises(DataCheckError, match=r"column state, not in states: 'ZZ' \(row 2\)"):
        catalog.load("jobs_state")


def test_an_unknown_source_is_named(folder):
    folder.edit("jobs_state", "tf-deck-fy2021", "tf-deck-fy2020")
    with pytest.raises(DataCheckError, match=r"column source, not in sources: 'tf-deck-fy2020' \(row 2\)"):
        catalog.load("jobs_state")


@pytest.mark.parametrize(
    ("new", "message"),
    [
        pytest.param(
            ",AL,JPN,20900,20850,20950,", r"column year, where a value is expected: nan", id="empty"
        ),
        pytest.param("1918,AL,JPN,20900,20850,20950,", r"at least 1997 is expected: 1918", id="too-small"),
        pytest.param("2019,AL,JPN,20900.5,20850,20950,", r"a whole number is expected: 20900\.5", id="half"),
        pytest.param(
            "2019,AL,JPN,20900,20850,20950,(X)",
            r"one of unverified, \(D\), .* is expected: '\(X\)' \(row 2\)",
            id="list",
        ),
    ],
)
def test_a_value_outside_the_schema_is_printed_with_what_was_expected(folder, new, message):
    folder.edit("jobs_state", ALABAMA, new)
    with pytest.raises(DataCheckError, match=message):
        catalog.load("jobs_state")


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("2019,AL,JPN,99900,20850,20950,", "'20850 99900 20950'"),
        ("2019,AL,JPN,20800,20850,20950,", "'20850 20800 20950'"),
        ("2019,AL,JPN,,20850,20800,", "'20850 nan 20800'"),
    ],
    ids=["over", "under", "bounds the wrong way round"],
)
def test_a_figure_outside_its_bounds_is_printed_with_them(folder, new, told):
    folder.edit("jobs_state", ALABAMA, new)
    message = rf"columns low, value and high, where each is at most the next: {told} \(row 2\)\. Correct"
    with pytest.raises(DataCheckError, match=message):
        catalog.load("jobs_state")


def test_an_empty_cell_is_said_in_words_alone(folder):
    folder.edit("jobs_state", ALABAMA, ",AL,JPN,20900,20850,20950,")
    message = r"keep its schema, got column year, where a value is expected: nan \(row 2\)\. Correct"
    with pytest.raises(DataCheckError, match=message):
        catalog.load("jobs_state")


def test_a_figure_on_its_bounds_is_inside_them(folder):
    folder.edit("jobs_state", ALABAMA, "2019,AL,JPN,20850,20850,20850,")
    assert catalog.load("jobs_state")["high"].iloc[0] == 20850


def test_a_date_that_is_none_is_printed(folder):
    folder.edit("jobs_state", "2021-08-31", "31 August 2021")
    with pytest.raises(DataCheckError, match=r"a date as YYYY-MM-DD is expected: '31 August 2021'"):
        catalog.load("jobs_state")


def test_a_name_that_occurs_twice_in_a_list_of_names_is_printed(folder):
    folder.edit("partners", "Japan,", "Jordan,")
    with pytest.raises(
        DataCheckError, match=r"column name_en, where a value that occurs once is expected: 'Jordan'"
    ):
        catalog.load("partners")


def test_all_problems_of_a_table_come_in_one_message(folder):
    folder.edit("jobs_state", ALABAMA, "1918,AL,JPN,20900,-1,20950,(X)")
    with pytest.raises(DataCheckError, match=r"column year.*column low.*column flag.*Correct these rows"):
        catalog.load("jobs_state")


def test_a_broken_schema_and_an_unknown_code_come_in_one_message(folder):
    folder.edit("jobs_state", ALABAMA, "1918,ZZ,JPN,20900,20850,20950,")
    with pytest.raises(DataCheckError, match=r"column year, where at least .*: 1918 \(row 2\)") as caught:
        catalog.load("jobs_state")
    assert "column state, not in states: 'ZZ' (row 2)" in str(caught.value)


def test_an_edit_is_seen_without_a_new_process(folder):
    assert catalog.load("jobs_state", state="AL")["value"].tolist() == [20900]
    folder.edit("jobs_state", ALABAMA, ALABAMA.replace("20900", "20920"))
    assert catalog.load("jobs_state", state="AL")["value"].tolist() == [20920]


def test_what_was_read_in_another_folder_is_not_read_again_and_bounds_of_this_folder_count(
    folder, monkeypatch
):
    monkeypatch.delenv("BRIEFS_DATA")
    shipped = catalog.whole("jobs_state")
    monkeypatch.setenv("BRIEFS_DATA", str(folder.path))
    assert catalog.whole("jobs_state") is shipped
    jobs = next(r for r in folder.package["resources"] if r["name"] == "jobs_state")
    value = next(field for field in jobs["schema"]["fields"] if field["name"] == "value")
    value["constraints"] = {"maximum": 20_000}
    folder.save()
    with pytest.raises(DataCheckError, match=r"column value, where at most 20000 is expected: .*20900"):
        catalog.load("jobs_state")


def test_a_code_that_only_this_folder_lacks_is_named_though_the_table_was_read_elsewhere(folder, monkeypatch):
    monkeypatch.delenv("BRIEFS_DATA")
    catalog.whole("jobs_state")
    monkeypatch.setenv("BRIEFS_DATA", str(folder.path))
    folder.edit("states", "AL,", "AX,")
    with pytest.raises(DataCheckError, match=r"table jobs_state: .*'AL'"):
        catalog.load("jobs_state")


def test_a_column_to_filter_by_must_exist(folder):
    with pytest.raises(CatalogError, match=r"a column of 'year', 'state'.*got 'mission'"):
        catalog.load("jobs_state", mission="nashville")
