"""State trade by commodity: partitions that are whole or absent, read back largest first. All figures are made up."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from pyarrow import parquet

from helpers.data import commodities, partitions
from helpers.data.sources.answer import Raw, SourceError
from helpers.errors import CatalogError, DataCheckError
from helpers.press import freshness

YEAR = 2097
RAW = Raw(
    "answer.json", b"[]", "https://api.example.org/exports/statehs?STATE=TN&key=SECRET", "application/json"
)


def rows(*cells, state="TN", flow="exports", year=YEAR, month=12):
    """Return rows as the client yields them from (partner, commodity, value of the year)."""
    frame = pd.DataFrame(cells, columns=["partner", "commodity", "value_ytd_usd"])
    return frame.assign(
        year=year,
        month=month,
        state=state,
        flow=flow,
        description="ARTICLES " + frame["commodity"],
        value_usd=frame["value_ytd_usd"] // 12,
        vintage="2098-02-10",
        source="census-api-statehs",
    )


VALUES = {"010121": 40, "870323": 900, "880240": 700, "100590": 300, "020130": 300, "300490": 60, "999999": 1}
JAPAN = [("JPN", code, value) for code, value in VALUES.items()]


@pytest.fixture
def tennessee(folder):
    frame = rows(("CHN", "870323", 5000), *JAPAN, ("WLD", "870323", 9000))
    return partitions.store("TN", YEAR, "exports", frame, RAW, secrets=["SECRET"], today="2098-02-10")


def test_the_first_five_come_from_the_largest_down_and_equal_values_by_their_code(tennessee):
    found = commodities.top("TN", "JPN", "exports")
    assert found["commodity"].tolist() == ["870323", "880240", "020130", "100590", "300490"]
    assert found["value_usd"].tolist() == [900, 700, 300, 300, 60]
    # 900 + 700 + 300 + 300 + 60 + 40 + 1
    assert found["total_usd"].unique().tolist() == [2301]
    assert found["commodities"].unique().tolist() == [7]
    assert found["next_usd"].unique().tolist() == [40]
    assert commodities.top("TN", "JPN", "exports", 7)["next_usd"].isna().all()
    assert found.iloc[0][["year", "month", "state", "flow", "description"]].tolist() == [
        YEAR,
        12,
        "TN",
        "exports",
        "ARTICLES 870323",
    ]


def test_a_count_a_year_and_another_partner_can_be_asked_for(tennessee, folder):
    partitions.store("TN", YEAR - 1, "exports", rows(("JPN", "010121", 7), year=YEAR - 1), RAW)
    assert commodities.top("TN", "JPN", "exports", 2)["value_usd"].tolist() == [900, 700]
    assert commodities.top("TN", "JPN", "exports", year=YEAR - 1)["value_usd"].tolist() == [7]
    assert commodities.top("TN", "CHN", "exports")["value_usd"].tolist() == [5000]


@pytest.mark.parametrize(
    ("state", "partner", "flow"),
    [("TN", "DEU", "exports"), ("TN", "JPN", "imports"), ("WY", "JPN", "exports")],
    ids=["no-trade", "other-flow", "other-state"],
)
def test_what_is_not_in_hand_is_an_empty_frame_with_the_same_columns(tennessee, state, partner, flow):
    found = commodities.top(state, partner, flow)
    assert found.empty
    assert list(found.columns) == list(commodities.COLUMNS)


def test_a_page_of_an_earlier_day_does_not_know_a_later_year(tennessee):
    assert len(commodities.top("TN", "JPN", "exports", as_of="2098-02-10")) == 5
    assert commodities.top("TN", "JPN", "exports", as_of="2098-02-09").empty


def test_part_of_a_year_says_to_which_month_it_runs(folder):
    partitions.store("TN", YEAR, "exports", rows(("JPN", "010121", 7), month=6), RAW)
    assert commodities.top("TN")[["month", "value_usd"]].to_numpy().tolist() == [[6, 7]]
    assert partitions.lacking(YEAR, ["TN"], ["exports"]) == [("TN", "exports")]
    assert partitions.lacking(YEAR, ["TN"], ["exports"], month=6) == []


def test_an_unknown_flow_is_named(folder):
    with pytest.raises(CatalogError, match=r"one of 'exports', 'imports'.*'both'"):
        commodities.top("TN", flow="both")


def test_a_partition_that_changed_is_refused_with_the_command_that_fetches_it(tennessee, folder):
    (folder.path / tennessee["path"]).write_bytes(b"other")
    with pytest.raises(CatalogError, match=r"briefs data refresh statehs --state TN --year 2097"):
        commodities.top("TN")


def test_the_index_tells_where_a_partition_is_from_and_never_the_key(tennessee, folder):
    text = (folder.path / "raw/statehs/state=TN/index.json").read_text(encoding="utf-8")
    (entry,) = json.loads(text)["partitions"]
    assert entry == tennessee
    assert entry["path"] == "raw/statehs/state=TN/year=2097/flow=exports/part.parquet"
    assert (entry["rows"], entry["level"], entry["released"]) == (9, "HS6", "2098-02-10")
    assert "SECRET" not in text
    assert entry["url"].endswith("key=[key]")


def test_rows_lie_partner_by_partner_in_groups_of_their_own(folder, monkeypatch):
    monkeypatch.setattr(partitions, "BATCH", 2)
    entry = partitions.store("TN", YEAR, "exports", rows(*JAPAN[:4], ("CHN", "1", 1), ("CHN", "2", 1)), RAW)
    file = parquet.ParquetFile(folder.path / entry["path"])
    assert [file.metadata.row_group(n).num_rows for n in range(3)] == [2, 2, 2]
    assert file.read_row_group(0).column("partner").to_pylist() == ["CHN", "CHN"]
    assert commodities.top("TN", "JPN", count=9)["value_usd"].sum() == 40 + 900 + 700 + 300


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (rows(("JPN", "010121", 1), state="KY"), r"state 'KY'"),
        (rows(("JPN", "010121", 1), flow="imports"), r"flow 'imports'"),
        (rows(("JPN", "010121", 1), ("JPN", "010121", 2)), r"JPN 010121 a second time"),
        (rows(("JPN", "010121", -1)), r"a negative value"),
        (rows(), r"no rows"),
        (rows(("JPN", "010121", 1)).drop(columns="commodity"), r"no 'commodity'"),
    ],
    ids=["other-state", "other-flow", "twice", "negative", "empty", "no-column"],
)
def test_an_answer_that_does_not_hold_is_not_kept(folder, frame, message):
    with pytest.raises(DataCheckError, match=message):
        partitions.store("TN", YEAR, "exports", frame, RAW)
    assert not list((folder.path / "raw").rglob("*.parquet"))
    assert partitions.lacking(YEAR, ["TN"], ["exports"]) == [("TN", "exports")]


def test_a_write_that_fails_leaves_the_partition_that_was_there(tennessee, folder, monkeypatch):
    before = (folder.path / tennessee["path"]).read_bytes()

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(partitions.parquet, "write_table", full)
    with pytest.raises(OSError, match="No space left"):
        partitions.store("TN", YEAR, "exports", rows(("JPN", "010121", 7)), RAW)
    assert (folder.path / tennessee["path"]).read_bytes() == before
    assert len(commodities.top("TN")) == 5


def test_a_fetch_that_breaks_off_keeps_what_is_finished_and_goes_on_from_there(folder, monkeypatch):
    from helpers.data.sources import census

    asked = []

    def statehs(year, *, month, states, flows, key, progress):
        asked.append((states[0], flows[0]))
        if len(asked) == 3:
            raise SourceError("the line was cut")
        yield states[0], flows[0], RAW, rows(("JPN", "010121", 1), state=states[0], flow=flows[0])

    monkeypatch.setattr(census, "statehs", statehs)
    pairs = partitions.lacking(YEAR, ["TN", "KY"])
    assert pairs == [("TN", "exports"), ("TN", "imports"), ("KY", "exports"), ("KY", "imports")]
    with pytest.raises(SourceError, match="the line was cut"):
        list(partitions.fetch(YEAR, pairs, key="k"))
    assert partitions.lacking(YEAR, ["TN", "KY"]) == [("KY", "exports"), ("KY", "imports")]
    list(partitions.fetch(YEAR, partitions.lacking(YEAR, ["TN", "KY"]), key="k"))
    assert partitions.lacking(YEAR, ["TN", "KY"]) == []
    assert len(asked) == 5


def test_an_unknown_state_is_named(folder):
    with pytest.raises(CatalogError, match=r"USPS codes such as TN, got 'ZZ'"):
        partitions.lacking(YEAR, ["TN", "ZZ"])


def test_a_brief_becomes_stale_when_its_states_partition_appears_and_no_other(
    folder, tmp_path_factory, monkeypatch
):
    lines = tmp_path_factory.mktemp("reads") / "reads.jsonl"
    monkeypatch.setenv("BRIEFS_READS", str(lines))
    commodities.tops("TN")
    reads = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    monkeypatch.delenv("BRIEFS_READS")

    def reasons():
        content = {"reads": {"k": reads}}
        inspector = freshness.Inspector(folder.path, content, {}, folder.path)
        return inspector._reads("k", folder.path)

    assert reasons() == []
    partitions.store("KY", YEAR, "exports", rows(("JPN", "010121", 1), state="KY"), RAW)
    assert reasons() == []
    partitions.store("TN", YEAR, "exports", rows(("JPN", "010121", 1)), RAW)
    assert reasons() == ["raw/statehs/state=TN/index.json changed"] * len(reads)


@pytest.mark.parametrize(
    "text", ["{", "[]", "{}", '{"partitions": 5}', '{"partitions": [5]}', '{"partitions": [{"year": 2097}]}']
)
def test_an_index_of_another_form_is_named_with_what_to_do(folder, text):
    path = folder.path / "raw/statehs/state=TN/index.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    message = (
        r"^raw/statehs/state=TN/index\.json: expected a list of partitions, got .*Remove data/raw/statehs"
    )
    with pytest.raises(CatalogError, match=message):
        partitions.lacking(2097, ["TN"])
