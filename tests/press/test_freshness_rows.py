"""With the shipped notebooks and tables: one edited row makes only the briefs stale that read it."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from helpers.data import descriptor, dictionary, reread
from helpers.press import book, manifest, plan
from helpers.press.build import build, survey

REPOSITORY = Path(__file__).parents[2]
OF_ONE_STATE = {
    "company_sites": "taskforce/company_sites.csv",
    "sister_pairs": "taskforce/sister_pairs.csv",
    "sister_counts": "taskforce/sister_counts.csv",
    "state_offices": "taskforce/state_offices.csv",
    "honorary_consuls": "reference/honorary_consuls.csv",
}


class Silent:
    """A progress that says nothing."""

    def start(self, total: int) -> None: ...
    def done(self, outcome) -> None: ...
    def end(self) -> None: ...


MISSIONS = ("nashville", "chicago")


def pages(found, edition, missions=()) -> list:
    """Return the national and the state briefs of an edition, and those of some missions."""
    every = plan.expand(found, edition)
    return [
        brief for brief in every if brief.family in ("national", "state") or set(brief.codes) & set(missions)
    ]


def why(missions=()) -> dict[str, tuple[str, ...]]:
    """Return the reasons by brief, of the nation, all states and some missions."""
    found = book.read()
    edition = found.edition("latest")
    looked = survey(found, edition, pages(found, edition, missions), reread=reread.digest)
    return {item.brief.stem: item.reasons for item in looked if not item.fresh}


def edit_csv(path: Path, column: str, value: str, state: str) -> bool:
    """Replace a cell in the first row of a state; False when there is none."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    row = next((row for row in rows if row["state"] == state), None)
    if row is None:
        return False
    row[column] = value
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    dictionary.refresh()
    return True


def reads_of(reads: list[dict], old: str, new: str) -> list[dict]:
    """Return what the same notebook reads for another state: the same, but for the state it asks for."""
    moved = json.loads(json.dumps(reads).replace(f'"{old}"', f'"{new}"'))
    return [{**read, "part": reread.digest(read, Path())} if read["part"] else read for read in moved]


FOLDERS = ("notebooks", "data", "reports")


@pytest.fixture(scope="module")
def built(shared) -> Path:
    """The state brief of Tennessee, two missions' and the national one made for real, in English, JSON only."""
    return shared.once("rows", _built)


def _built(root: Path) -> None:
    for name in ("notebooks", "data"):
        shutil.copytree(REPOSITORY / name, root / name)
    with pytest.MonkeyPatch.context() as patch:
        for name in FOLDERS:
            patch.setenv(f"BRIEFS_{name.upper()}", str(root / name))
        found = book.read()
        edition = found.edition("latest")
        wanted = plan.choose(
            plan.expand(found, edition), only=["TN", "national", *MISSIONS], lang=["en"], formats=["json"]
        )
        assert build(found, edition, wanted, Silent()).whole


@pytest.fixture(scope="module")
def reads(built) -> dict[str, tuple]:
    """What the nation, each state and two missions read, by slug: what the real ones did, or the real state."""
    content = manifest.read(built / "reports" / "latest")
    real = {
        stem.partition("/")[2]: content["reads"][record["files"]["json"]["reads"]]
        for stem, record in content["briefs"].items()
    }
    with pytest.MonkeyPatch.context() as patch:
        for name in FOLDERS:
            patch.setenv(f"BRIEFS_{name.upper()}", str(built / name))
        found = book.read()
        briefs = {brief.slug: brief for brief in pages(found, found.edition("latest"), MISSIONS)}
        return {
            slug: tuple(
                real[slug] if slug in real else reads_of(real["state/tennessee"], "TN", brief.codes[0])
            )
            for slug, brief in briefs.items()
        }


@pytest.fixture
def whole_book(built, reads, tmp_path, monkeypatch, quick) -> Path:
    """Nation, states and two missions recorded with the reads of the real ones."""
    for name in ("notebooks", "data"):
        shutil.copytree(built / name, tmp_path / name)
    for name in FOLDERS:
        monkeypatch.setenv(f"BRIEFS_{name.upper()}", str(tmp_path / name))
    found = book.read()
    edition = found.edition("latest")
    briefs = pages(found, edition, MISSIONS)
    quick.reads |= {brief.stem: reads[brief.slug] for brief in briefs}
    assert build(found, edition, briefs, Silent()).whole
    assert why(MISSIONS) == {}
    return tmp_path


@pytest.mark.slow
def test_a_row_of_one_state_makes_the_two_briefs_of_that_state_stale(whole_book) -> None:
    stems = {"en/state/tennessee", "ja/state/tennessee"}
    for count, (table, path) in enumerate(OF_ONE_STATE.items(), 1):
        if not edit_csv(whole_book / "data" / path, "note_en", "looked at again", "TN"):
            continue
        found = why()
        assert set(found) == stems, table
        assert all(f"table {table}: rows of state TN changed" in reasons for reasons in found.values())
        assert all(len(reasons) <= count for reasons in found.values())


@pytest.mark.slow
def test_a_corrected_event_makes_only_its_states_and_its_missions_stale(whole_book) -> None:
    """No other page prints a title: the nation counts events by year, another mission its own."""
    edit_csv(whole_book / "data/taskforce/events.csv", "title", "A corrected title", "TN")
    found = why(MISSIONS)
    assert {stem.split("/")[-1] for stem in found} == {"tennessee", "nashville"}
    assert found["en/state/tennessee"] == ("register of events (events): rows of state TN changed",)
    (reason,) = found["en/mission/nashville"]
    assert reason.startswith("register of events (events): rows of state ")
    assert reason.endswith(", mission nashville changed")


@pytest.mark.slow
def test_an_event_in_another_state_changes_the_place_of_each_among_all_and_the_plan_says_so(
    whole_book,
) -> None:
    edit_csv(whole_book / "data/taskforce/events.csv", "state", "KY", "TN")
    found = why(MISSIONS)
    assert len(found) == 2 * (51 + len(MISSIONS))  # states and missions in two languages, not the nation
    assert found["en/state/texas"] == (
        "register of events (events): columns event_id, date_start, fiscal_year, mission, state, other_states, "
        "format of all events, which the page counts, changed",
    )


@pytest.mark.slow
@pytest.mark.parametrize(("newest", "count"), [(False, 2), (True, 102)])
def test_trade_of_an_earlier_year_is_its_states_and_of_the_newest_is_on_every_states_map(
    whole_book, newest: bool, count: int
) -> None:
    path = whole_book / "data" / "trade/state_trade.parquet"
    frame = pd.read_parquet(path)
    rows = frame[(frame["state"] == "TN") & (frame["partner"] == "JPN") & (frame["flow"] == "exports")]
    row = rows["year"].idxmax() if newest else rows["year"].idxmin()
    frame.loc[row, "value_usd"] += 1
    frame.to_parquet(path, compression="zstd", index=False)
    dictionary.refresh()
    found = why()
    assert len(found) == count
    assert "en/national" not in found
    assert "table state_trade: rows of state TN changed" in found["en/state/tennessee"]


@pytest.mark.slow
def test_a_table_that_no_state_page_reads_makes_only_the_national_page_stale(whole_book) -> None:
    path = whole_book / "data/investment/fdi_flow.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], *lines[2:]]) + "\n", encoding="utf-8")
    dictionary.refresh()
    assert why() == {f"{lang}/national": ("table fdi_flow changed",) for lang in ("en", "ja")}


@pytest.mark.slow
def test_what_a_table_is_said_to_lack_counts_for_the_pages_that_use_it(whole_book) -> None:
    path = whole_book / "data" / descriptor.FILE
    content = json.loads(path.read_text(encoding="utf-8"))
    resource = next(item for item in content["resources"] if item["name"] == "jobs_national")
    resource["lacks"] += " More."
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    reasons = ("description of table jobs_national changed",)
    assert why() == {f"{lang}/national": reasons for lang in ("en", "ja")}
