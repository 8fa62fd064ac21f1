"""A file finds its reader by what stands in it, and a table its client."""

from __future__ import annotations

import re

import pytest
from test_bea_table import JOBS, POSITION
from test_census_country import EVEN, book
from test_usa_trade import PLAIN, TITLED

from helpers.data import catalog
from helpers.data.sources import bea_table, census_country, detect, usa_trade
from helpers.data.sources.answer import SourceError
from helpers.data.sources.registry import TABLES


@pytest.mark.parametrize(
    ("content", "reader"),
    [
        (book([(2091, "5880", "Japan", EVEN, EVEN)]), census_country.read),
        (PLAIN.encode(), usa_trade.read),
        (TITLED.encode(), usa_trade.read),
        (POSITION.encode(), bea_table.read),
        (POSITION.encode("cp1252", errors="ignore"), bea_table.read),
        (JOBS.encode(), bea_table.read),
    ],
    ids=["country", "plain", "titled", "position", "windows", "jobs"],
)
def test_a_file_is_known_by_its_content_whatever_its_name(tmp_path, content, reader):
    path = tmp_path / "download"
    path.write_bytes(content)
    assert detect.reader_for(path) is reader
    assert len(reader(path, vintage="2092-07", released="2092-07-31").frame)


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"\x00\x01\x02", b"<html></html>", b"PK\x03\x04"])
def test_a_file_that_nobody_reads_is_told_what_is_read(tmp_path, content):
    path = tmp_path / "download.csv"
    path.write_bytes(content)
    with pytest.raises(
        SourceError, match=r"country\.xlsx.*USA Trade Online.*BEA's interactive tables.*another form"
    ):
        detect.reader_for(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            PLAIN.replace("Time,Exports", "Time,Vessel Exports"),
            "got 'State', 'Country', 'Time', 'Vessel Exports'",
        ),
        (f"Commodity: 87 Vehicles\n{PLAIN}", "all trade in dollars, got 'Commodity: 87 Vehicles'"),
        (f'{PLAIN}Texas,Japan,2091,"1', "a whole CSV, got row 13 with a quotation mark that is not closed"),
        (JOBS.replace("Majority-Owned ", ""), "got 'Employment of U.S. Affiliates by Country of UBO'"),
        (f'{JOBS}France,"1', "a whole CSV, got row 8 with a quotation mark that is not closed"),
    ],
    ids=["vessel", "commodity", "cut-trade", "affiliates", "cut-jobs"],
)
def test_a_file_of_a_publisher_that_is_refused_is_told_why(tmp_path, content, said):
    path = tmp_path / "download.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=re.escape(said)):
        detect.reader_for(path)(path, vintage="2092-07", released="2092-07-31")


def test_a_missing_or_empty_file_is_told_as_such(tmp_path):
    with pytest.raises(SourceError, match="no such file"):
        detect.reader_for(tmp_path / "none.csv")
    (tmp_path / "empty.csv").write_bytes(b"\n")
    with pytest.raises(SourceError, match="an empty file"):
        detect.reader_for(tmp_path / "empty.csv")


def test_every_client_is_for_a_table_we_have_and_says_where_keys_are_given():
    assert set(TABLES) <= set(catalog.tables())
    assert {client.variable for client in TABLES.values()} == {"BEA_API_KEY", "CENSUS_API_KEY"}
    assert all(client.signup.startswith("https://") for client in TABLES.values())


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_client_asks_for_its_key_before_anything_else(table, monkeypatch):
    client = TABLES[table]
    monkeypatch.delenv(client.variable, raising=False)
    with pytest.raises(SourceError, match=rf"{client.publisher} needs a key: .* set {client.variable} to it"):
        client.fetch([2091])
