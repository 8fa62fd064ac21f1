"""What is read is noted, at the grain at which it was asked for, when somebody wants to know."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.data import catalog, descriptor, reads, register, reread
from helpers.errors import CatalogError


@pytest.fixture
def noted(tmp_path_factory, monkeypatch):
    """Return a function that gives what was noted since its last call."""
    path = tmp_path_factory.mktemp("reads") / "reads.jsonl"
    monkeypatch.setenv("BRIEFS_READS", str(path))

    def taken() -> list[dict]:
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        path.unlink(missing_ok=True)
        return [json.loads(line) for line in lines]

    return taken


def only(found: list[dict], what: str) -> dict:
    (one,) = [read for read in found if read["what"] == what]
    return one


def test_nothing_is_noted_when_nobody_wants_to_know(folder, monkeypatch) -> None:
    monkeypatch.delenv("BRIEFS_READS", raising=False)
    before = sorted(folder.path.rglob("*"))
    catalog.load("jobs_state")
    reads.note("file", "methods.yml", "methods.yml", "")
    assert sorted(folder.path.rglob("*")) == before


def test_a_table_loaded_whole_is_noted_by_its_file(folder, noted) -> None:
    catalog.load("jobs_state")
    found = noted()
    assert only(found, "table") == {
        "what": "table",
        "name": "jobs_state",
        "path": "employment/jobs_state.csv",
        "sha256": catalog.find("jobs_state").sha256,
        "part": "",
        "how": {},
    }
    assert only(found, "description")["path"] == descriptor.FILE


def test_rows_of_a_state_are_noted_by_their_own_digest(folder, noted) -> None:
    frame = catalog.load("jobs_state", state="TN")
    read = only(noted(), "table")
    assert read["part"] == reads.rows(frame)
    assert read["how"] == {"where": {"state": "TN"}, "as_of": "", "vintage": "preferred"}


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ({"TN", "CA", "OH", "KY", "AL"}, ["AL", "CA", "KY", "OH", "TN"]),
        (["TN", "CA"], ["TN", "CA"]),
        (("TN",), ["TN"]),
    ],
    ids=["set", "list", "tuple"],
)
def test_a_filter_of_several_values_is_noted_as_json_writes_it(folder, noted, asked, written) -> None:
    catalog.load("jobs_state", state=asked)
    assert only(noted(), "table")["how"]["where"] == {"state": written}


def test_a_filter_by_a_number_of_a_column_is_noted_without_its_type(folder, noted) -> None:
    year = catalog.whole("jobs_state")["year"].iloc[0]
    catalog.load("jobs_state", year=year)
    assert only(noted(), "table")["how"]["where"] == {"year": int(year)}


def test_another_days_figures_are_another_read(folder, noted) -> None:
    catalog.load("jobs_state", as_of="1990-01-01")
    read = only(noted(), "table")
    assert read["how"]["as_of"] == "1990-01-01"
    assert read["part"] == reads.rows(catalog.whole("jobs_state").iloc[:0])


def part_now(read: dict) -> str:
    return reread.digest(read, Path())


def test_an_edited_row_changes_the_digest_of_its_state_and_of_no_other(folder, noted) -> None:
    seen = {}
    for state in ("TN", "CA"):
        catalog.load("jobs_state", state=state)
        seen[state] = only(noted(), "table")
    assert {state: part_now(read) for state, read in seen.items()} == {
        state: read["part"] for state, read in seen.items()
    }
    row = next(
        line for line in folder.file("jobs_state").read_text(encoding="utf-8").splitlines() if ",TN," in line
    )
    folder.edit("jobs_state", row, row[: row.rindex(",")] + ",looked at again")
    assert part_now(seen["TN"]) != seen["TN"]["part"]
    assert part_now(seen["CA"]) == seen["CA"]["part"]


def test_a_table_whose_file_was_not_accepted_is_refused_with_what_to_do(folder, noted) -> None:
    catalog.load("jobs_state", state="TN")
    read = only(noted(), "table")
    folder.edit("jobs_state", ",TN,", ",CA,", accept=False)
    with pytest.raises(CatalogError, match=r"table jobs_state .*: expected sha256"):
        part_now(read)


def test_a_part_of_what_has_no_parts_is_refused() -> None:
    read = {"what": "ledger", "name": "claims.csv", "part": "aa", "how": {}}
    with pytest.raises(CatalogError, match="a read: expected a part of a table, got 'ledger'"):
        part_now(read)


def test_the_digest_of_a_frame_tells_values_types_columns_and_order_apart(folder) -> None:
    frame = catalog.whole("states")
    variants = [
        frame,
        frame.iloc[::-1],
        frame.iloc[1:],
        frame.rename(columns={"slug": "slugs"}),
        frame.rename(columns={frame.columns[0]: "code"}),
        frame.assign(tile_col=frame["tile_col"].astype("float64")),
        frame.assign(slug=frame["slug"].str.upper()),
    ]
    assert len({reads.rows(variant) for variant in variants}) == len(variants)
    assert reads.rows(frame.set_axis(range(100, 151))) == reads.rows(frame)


def test_a_description_is_followed_by_its_words_and_not_by_its_counts(folder, noted) -> None:
    assert catalog.describe("jobs_state").title["en"]
    (read,) = noted()
    resource = next(r for r in folder.package["resources"] if r["name"] == "jobs_state")
    resource["rows"] += 1
    folder.save()
    assert part_now(read) == read["part"]
    resource["lacks"] = "Most states"
    folder.save()
    assert part_now(read) != read["part"]


def test_a_description_that_is_gone_is_refused(folder, noted) -> None:
    catalog.describe("jobs_state")
    (read,) = noted()
    folder.package["resources"] = [r for r in folder.package["resources"] if r["name"] != "jobs_state"]
    folder.save()
    with pytest.raises(CatalogError, match=r"got 'jobs_state'"):
        part_now(read)


@pytest.mark.parametrize("shown", ["rows", "sha256"])
def test_a_description_whose_counts_are_shown_is_a_read_of_the_table(folder, noted, shown: str) -> None:
    assert getattr(catalog.describe("jobs_state"), shown)
    read = only(noted(), "table")
    assert (read["name"], read["part"]) == ("jobs_state", "")


def test_the_list_of_tables_is_a_read(folder, noted) -> None:
    catalog.tables()
    (read,) = noted()
    assert part_now(read) == read["part"]
    folder.package["resources"] = [r for r in folder.package["resources"] if r["name"] != "jobs_state"]
    folder.save()
    assert part_now(read) != read["part"]


def test_names_and_method_cards_are_reads(noted) -> None:
    catalog.names("ja")
    catalog.method_cards()
    found = noted()
    assert {read["name"] for read in found if read["what"] == "table"} == set(catalog.NAMED)
    assert only(found, "file")["path"] == "methods.yml"


def test_events_of_a_state_are_those_in_it_alone_or_with_others(noted) -> None:
    every = register.read()
    others = every["other_states"].str.contains("VA")
    assert others.any()
    events = register.read(state="VA")
    assert len(events) == ((every["state"] == "VA") | others).sum()
    read = noted()[-1]
    assert read["part"] == reads.rows(events)
    assert part_now(read) == read["part"]


def test_some_columns_of_the_register_are_read_alone(folder, noted) -> None:
    days = register.read(columns=["date_start", "fiscal_year"])
    assert list(days.columns) == ["date_start", "fiscal_year"]
    read = only(noted(), "register")
    title = register.read()["title"].iloc[0]
    folder.edit("events", title, title + " (corrected)")
    assert part_now(read) == read["part"]
    day = days["date_start"].iloc[0]
    folder.edit("events", day, "2017-04-02")
    assert part_now(read) != read["part"]


def test_an_unknown_column_of_the_register_is_named() -> None:
    with pytest.raises(CatalogError, match=r"register of events: expected columns of .*got 'day'"):
        register.read(columns=["day"])


def test_a_readers_own_register_is_noted_under_its_name_without_its_folder(folder, noted, tmp_path) -> None:
    own = tmp_path / "own.csv"
    shipped = folder.file("events").read_text(encoding="utf-8")
    own.write_text("\n".join(shipped.splitlines()[:3]) + "\n", encoding="utf-8")
    register.read(str(own), state="TN")
    read = only(noted(), "register")
    assert (read["name"], read["path"]) == ("own.csv", "own.csv")
    assert read["sha256"] == reads._file(own, 0)
    assert reread.digest({**read, "name": "own.csv"}, tmp_path) == read["part"]
