"""The client of the BEA API against a replayed server; the years 2091 and 2092 and their numbers are made up."""

from __future__ import annotations

import math

import httpx
import pytest
import replay
from replay import KEY, Answer

from helpers.data import catalog
from helpers.data.sources import bea
from helpers.data.sources.answer import SourceError
from helpers.errors import BriefsError, DataCheckError

NATION = ("All Countries Total", "Canada", "Europe", "France", "Other", "Asia and Pacific", "Japan", "Other")
CODES = ["WLD", "CAN", "B_EUR", "FRA", "B_OEU", "B_APA", "JPN", "B_OAP"]


def nation(year: int, cells: tuple[str, ...], series: str = "8") -> list[dict[str, object]]:
    """Return a national table: countries below each other, given out of their order."""
    rows = [
        replay.bea_cell(
            year, (f"{at:03d}", name), ("000", "Position"), cell, series=series, order=float(at + 1)
        )
        for at, (name, cell) in enumerate(zip(NATION, cells, strict=True))
    ]
    return rows[::-1]


def one(frame, **where):
    """Return the one row that ``where`` names."""
    for column, value in where.items():
        frame = frame[frame[column] == value]
    assert len(frame) == 1, frame
    return frame.iloc[0]


def test_the_state_table_fills_every_state_in_the_columns_of_ours(server, ask, fips):
    server.answer([replay.bea_answer(replay.bea_states(fips, [2091]))])
    found = ask(bea.jobs_state, [2091], vintage="2092-08")
    table = catalog.describe("jobs_state")
    assert (found.table, found.period) == ("jobs_state", "2091")
    assert found.frame.columns.tolist() == table.columns
    assert sorted(found.frame["state"].unique()) == sorted(catalog.load("states")["usps"])
    assert sorted(found.frame["partner"].unique()) == ["B_APA", "B_EUR", "B_OAP", "CAN", "GBR", "JPN", "WLD"]
    assert set(found.frame["vintage"]) == {"2092-08"}
    assert set(found.frame["source"]) == {"bea-mne-api"}
    catalog.check_codes(found.frame.assign(source="bea-areas"), table)


def test_thousands_with_one_decimal_become_persons_known_to_fifty(server, ask, fips):
    cells = {"47": {"Japan": "47.5", "United Kingdom": "0"}}
    server.answer([replay.bea_answer(replay.bea_states(fips, [2091], cells))])
    frame = ask(bea.jobs_state, [2091]).frame
    japan = one(frame, state="TN", partner="JPN")
    assert (japan["value"], japan["low"], japan["high"], japan["flag"]) == (47500, 47450, 47550, "")
    total = one(frame, state="TN", partner="WLD")
    assert (total["value"], total["low"], total["high"]) == (1_250_400, 1_250_350, 1_250_450)
    none = one(frame, state="TN", partner="GBR")
    assert (none["value"], none["low"], none["high"]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("printed", "flag", "low", "high"),
    [
        ("(D)", "(D)", math.nan, math.nan),
        ("(/D/)", "(D)", math.nan, math.nan),
        ("(*)", "(*)", 0, 49),
        ("A", "A", 1, 499),
        ("H", "H", 2500, 4999),
        ("J", "J", 10000, 24999),
        ("M", "M", 100000, math.nan),
    ],
)
def test_a_suppressed_cell_keeps_its_marker_and_is_never_zero(server, ask, fips, printed, flag, low, high):
    rows = replay.bea_states(fips, [2091], {"39": {"Japan": printed}})
    assert {row["DataValueUnformatted"] for row in rows if row["DataValue"] == printed} == {"0"}
    server.answer([replay.bea_answer(rows)])
    cell = one(ask(bea.jobs_state, [2091]).frame, state="OH", partner="JPN")
    assert cell["flag"] == flag
    assert math.isnan(cell["value"])
    assert cell[["low", "high"]].tolist() == pytest.approx([low, high], nan_ok=True)


def test_the_state_table_is_asked_for_as_documented(server, ask, fips):
    server.answer([replay.bea_answer(replay.bea_states(fips, [2091, 2092]))])
    found = ask(bea.jobs_state, [2092, 2091])
    assert found.raws[0].name == "bea-mne-jobs_state-2091-2092.json"
    _, asked = server.asked[0]
    assert asked.pop("UserID") == KEY
    assert asked == {
        "method": "GetData",
        "DataSetName": "MNE",
        "ResultFormat": "json",
        "GetFootnotes": "yes",
        "DirectionOfInvestment": "State",
        "Classification": "StatebyCountryofUBO",
        "SeriesID": "8",
        "OwnershipLevel": "0",
        "NonbankAffiliatesOnly": "0",
        "Country": "all",
        "State": "all",
        "Year": "2091,2092",
    }
    assert found.period == "2091-2092"


def test_rows_that_are_no_states_are_left_out_and_named(server, ask, fips):
    server.answer([replay.bea_answer(replay.bea_states(fips, [2091]))])
    found = ask(bea.jobs_state, [2091])
    assert found.notes == ("rows left out, no states: Foreign, Other U.S. areas, Total States and Areas",)


def test_a_row_whose_code_is_no_state_is_left_out_whatever_its_name(server, ask, fips):
    """Row 75 stands for foreign places."""
    rows = replay.bea_states(fips, [2091])
    rows = [{**row, "Row": "Elsewhere"} if row["RowCode"] == "75" else row for row in rows]
    server.answer([replay.bea_answer(rows)])
    assert "Elsewhere" in ask(bea.jobs_state, [2091]).notes[0]


def test_a_code_that_lost_its_leading_zero_is_still_its_state(server, ask, fips):
    rows = replay.bea_states({**fips, "01": "Alabama (1)", "02": "Alaska 2"}, [2091])
    for row in rows:
        row["RowCode"] = row["RowCode"].lstrip("0") or "00"
    server.answer([replay.bea_answer(rows)])
    assert {"AL", "AK"} <= set(ask(bea.jobs_state, [2091]).frame["state"])


def test_a_state_that_is_missing_refuses_the_whole_answer(server, ask, fips):
    del fips["47"]
    server.answer([replay.bea_answer(replay.bea_states(fips, [2091]))])
    with pytest.raises(SourceError, match=r"every state.*got 2091 without 'TN'\."):
        ask(bea.jobs_state, [2091])


def test_a_state_with_fewer_countries_refuses_the_whole_answer(server, ask, fips):
    rows = replay.bea_states(fips, [2091])
    rows = [row for row in rows if not (row["RowCode"] == "47" and row["Column"] == "Japan")]
    server.answer([replay.bea_answer(rows)])
    with pytest.raises(SourceError, match=r"2091 with fewer countries in 'TN'"):
        ask(bea.jobs_state, [2091])


def test_two_values_for_one_cell_refuse_the_whole_answer(server, ask, fips):
    rows = replay.bea_states(fips, [2091])
    again = next(row for row in rows if row["RowCode"] == "47" and row["Column"] == "Japan")
    server.answer([replay.bea_answer([*rows, again, {**again, "DataValue": "1.0"}])])
    with pytest.raises(SourceError, match=r"two for '2091 TN JPN'"):
        ask(bea.jobs_state, [2091])


def test_every_unknown_country_and_every_unknown_row_is_named_at_once(server, ask, fips):
    rows = replay.bea_states(fips, [2091])
    for row in rows:
        row["Column"] = {"Canada": "Narnia", "Japan": "Utopia"}.get(row["Column"], row["Column"])
    server.answer([replay.bea_answer(rows)])
    with pytest.raises(DataCheckError, match=r"got 'Narnia', 'Utopia'"):
        ask(bea.jobs_state, [2091])
    server.answer(
        [replay.bea_answer(replay.bea_states({**fips, "98": "Cockaigne", "99": "Nowhere"}, [2091]))]
    )
    with pytest.raises(DataCheckError, match=r"got 'Cockaigne', 'Nowhere'"):
        ask(bea.jobs_state, [2091])


def test_a_year_that_is_not_published_refuses_all_years(server, ask, fips):
    server.answer([replay.bea_answer(replay.bea_states(fips, [2091]))])
    with pytest.raises(SourceError, match=r"expected the years 2091-2092, got 2091\. Ask for the years"):
        ask(bea.jobs_state, [2091, 2092])


def test_another_unit_is_refused_since_it_decides_the_value(server, ask, fips):
    rows = [{**row, "TableScale": "Number of Employees"} for row in replay.bea_states(fips, [2091])]
    server.answer([replay.bea_answer(rows)])
    with pytest.raises(SourceError, match=r"got 'series 8 in Number of Employees'"):
        ask(bea.jobs_state, [2091])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"SeriesID": "9"}, "got 'series 8 in Thousands of Employees', 'series 9 in Thousands of Employees'"),
        (
            {"TableScale": "Millions of Dollars"},
            "'series 8 in Thousands of Employees', 'series 8 in Millions of Dollars'",
        ),
    ],
)
def test_a_second_series_or_unit_in_an_answer_is_refused(server, ask, changed, said):
    first, *rest = nation(2091, ("9.0", "1.0", "5.0", "2.0", "3.0", "2.0", "1.0", "1.0"))
    server.answer([replay.bea_answer([*rest, {**first, **changed}])])
    with pytest.raises(SourceError, match=said):
        ask(bea.jobs_national, [2091])


def test_a_series_that_is_not_ours_is_refused_without_a_unit_too(server, ask):
    rows = nation(2091, ("9.0", "1.0", "5.0", "2.0", "3.0", "2.0", "1.0", "1.0"), series="22")
    server.answer([replay.bea_answer([{**row, "SeriesID": "99", "TableScale": ""} for row in rows])])
    with pytest.raises(SourceError, match=r"got 'series 99 in '\. The unit decides"):
        ask(bea.fdi_position, [2091])


def test_a_cell_of_unknown_form_is_named(server, ask, fips):
    rows = replay.bea_states(fips, [2091], {"47": {"Japan": "1,23"}, "48": {"Japan": "about 5"}})
    server.answer([replay.bea_answer(rows)])
    with pytest.raises(SourceError, match=r"got '1,23', 'about 5'"):
        ask(bea.jobs_state, [2091])


def test_national_jobs_name_the_rest_of_each_region_by_the_region_above_it(server, ask):
    cells = ("9,000.1", "800.0", "5,000.0", "900.5", "(D)", "2,000.0", "1,000.2", "K")
    server.answer([replay.bea_answer(nation(2091, cells))])
    found = ask(bea.jobs_national, [2091])
    assert found.frame.columns.tolist() == catalog.describe("jobs_national").columns
    assert set(found.frame["partner"]) == set(CODES)
    assert set(found.frame["definition"]) == {"mousa"}
    assert one(found.frame, partner="WLD")["value"] == 9_000_100
    assert one(found.frame, partner="JPN")[["low", "high"]].tolist() == [1_000_150, 1_000_250]
    assert one(found.frame, partner="B_OEU")["flag"] == "(D)"
    assert one(found.frame, partner="B_OAP")[["low", "high"]].tolist() == [25_000, 49_999]


def test_national_jobs_with_countries_beside_each_other_are_read_without_their_addenda(server, ask):
    """By hand: Japan's 250.3 thousand stand under Asia and Pacific; what the addenda repeat of it is left out."""
    across = [*zip(replay.COLUMNS, replay.DEFAULT, strict=True)]
    across.append(((("614", "Japan"), ("Addenda:", "Total")), "1.0"))
    rows = [
        replay.bea_cell(2091, ("000", "Employment"), column, printed, parents=parents)
        for (column, parents), printed in across
    ]
    server.answer([replay.bea_answer(rows)])
    found = ask(bea.jobs_national, [2091])
    assert found.notes == ("groups and addenda left out: 'Japan'",)
    assert one(found.frame, partner="JPN")["value"] == 250_300
    assert one(found.frame, partner="B_OAP")["value"] == 54_700
    assert one(found.frame, partner="WLD")["value"] == 1_250_400


def test_national_tables_are_asked_for_as_documented(server, ask):
    """Series 8 is employment, 22 the position; both inward, of years that need not follow each other."""
    jobs = nation(2091, ("9.0", "1.0", "5.0", "2.0", "3.0", "2.0", "1.0", "1.0"))
    server.answer([replay.bea_answer(jobs + [{**row, "Year": "2093"} for row in jobs])])
    found = ask(bea.jobs_national, [2093, 2091])
    common = {
        "UserID": KEY,
        "method": "GetData",
        "DataSetName": "MNE",
        "GetFootnotes": "yes",
        "ResultFormat": "json",
    }
    assert server.asked[0][1] == common | {
        "SeriesID": "8",
        "DirectionOfInvestment": "Inward",
        "Classification": "CountryofUBO",
        "OwnershipLevel": "0",
        "NonbankAffiliatesOnly": "0",
        "Country": "all",
        "Year": "2091,2093",
    }
    assert (found.period, found.raws[0].name) == ("2091, 2093", "bea-mne-jobs_national-2091_2093.json")
    server.answer([replay.bea_answer(nation(2091, ("9", "1", "5", "2", "3", "2", "1", "1"), series="22"))])
    assert ask(bea.fdi_position, [2091], bases=["foreign_parent"]).frame["basis"].unique().tolist() == [
        "foreign_parent"
    ]
    assert server.asked[1][1] == common | {
        "SeriesID": "22",
        "DirectionOfInvestment": "Inward",
        "Classification": "Country",
        "Country": "all",
        "Year": "2091",
    }


def test_positions_come_on_both_bases_in_millions(server, ask):
    cells = ("5,000,100", "900", "-1,200", "(D)", "(*)", "--", "800,000", "7")

    def route(path, asked):
        basis = {"CountryofUBO": cells, "Country": (*cells[:6], "790,000", "7")}[asked["Classification"]]
        return replay.bea_answer(nation(2091, basis, series="22"))

    server.answer(route)
    found = ask(bea.fdi_position, [2091])
    table = catalog.describe("fdi_position")
    assert found.frame.columns.tolist() == table.columns
    assert one(found.frame, partner="JPN", basis="ubo")["value_musd"] == 800_000
    assert one(found.frame, partner="JPN", basis="foreign_parent")["value_musd"] == 790_000
    ubo = found.frame[found.frame["basis"] == "ubo"].set_index("partner")
    assert ubo["row_type"].to_dict() == {
        "WLD": "total",
        "CAN": "region",
        "B_EUR": "region",
        "FRA": "country",
        "B_OEU": "residual",
        "B_APA": "region",
        "JPN": "country",
        "B_OAP": "residual",
    }
    assert ubo["flag"][["FRA", "B_OEU", "B_APA", "JPN"]].tolist() == ["(D)", "(*)", "--", ""]
    assert ubo["value_musd"][["FRA", "B_OEU", "B_APA"]].isna().all()
    assert ubo.loc["B_EUR", "value_musd"] == -1200
    assert set(ubo["rounding_musd"]) == {1}
    assert [asked["SeriesID"] for _, asked in server.asked] == ["22", "22"]
    assert len(found.raws) == 2


def test_groups_and_addenda_beside_the_regions_are_left_out(server, ask):
    cells = ("9,000.1", "800.0", "5,000.0", "900.5", "(D)", "2,000.0", "1,000.2", "K")
    extra = [
        replay.bea_cell(2091, ("398", "European Union (27)"), ("000", "Position"), "3.0", order=90),
        replay.bea_cell(2091, ("899", "OPEC"), ("000", "Position"), "4.0", order=91),
    ]
    server.answer([replay.bea_answer(nation(2091, cells) + extra)])
    found = ask(bea.jobs_national, [2091])
    assert set(found.frame["partner"]) == set(CODES)
    assert found.notes == ("groups and addenda left out: 'European Union (27)', 'OPEC'",)


@pytest.mark.parametrize("place", ["BEAAPI", "Results"])
@pytest.mark.parametrize("listed", [False, True])
def test_an_error_inside_a_200_is_told_wherever_it_stands(server, ask, no_key, place, listed):
    server.answer([replay.bea_error("40", f"Missing, {KEY}", place=place, listed=listed)])
    with pytest.raises(SourceError, match=r"'40 Missing, \*\*\* of the test'\. Nothing was kept") as caught:
        ask(bea.jobs_state, [2091])
    assert len(server.asked) == 1
    no_key(caught.value)


def test_an_empty_error_beside_rows_is_none(server, ask):
    rows = nation(2091, ("9.0", "1.0", "5.0", "2.0", "3.0", "2.0", "1.0", "1.0"))
    server.answer([replay.as_json({"BEAAPI": {"Error": {}, "Results": {"Error": [{}], "Data": rows}}})])
    assert len(ask(bea.jobs_national, [2091]).frame) == 8


def test_results_in_a_list_of_one_are_read(server, ask, fips):
    rows = replay.bea_states(fips, [2091])
    server.answer([replay.as_json({"BEAAPI": {"Results": [{"Data": rows}]}})])
    assert len(ask(bea.jobs_state, [2091]).frame) == 51 * 7


def test_a_bad_key_is_told_with_the_page_where_keys_are_given(server, ask, no_key):
    server.answer([replay.bea_error("1", "The dataset requested requires a valid key")])
    with pytest.raises(SourceError, match=r"Check BEA_API_KEY; .*apps\.bea\.gov/API/signup") as caught:
        ask(bea.jobs_state, [2091])
    no_key(caught.value)


def test_a_cold_large_query_is_asked_again(server, ask, pauses, fips):
    whole = replay.bea_answer(replay.bea_states(fips, [2091]))
    server.answer([replay.bea_error("204", "Invalid value"), Answer(b""), replay.page("Busy"), whole])
    assert len(ask(bea.jobs_state, [2091]).frame) == 51 * 7
    assert pauses == [1, 2, 4]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (replay.page("Scheduled Maintenance"), r"a web page \(Scheduled Maintenance\)"),
        (Answer(b""), "an empty answer"),
        (Answer(b'{"BEAAPI": {"Results"'), "no JSON, or half of one"),
        (
            replay.bea_error("204", "Invalid value for Year"),
            "an error '204 Invalid value for Year of the test'",
        ),
        (Answer(b'{"BEAAPI": {}}', cut=True), r"no whole answer \(RemoteProtocolError\)"),
        (replay.page("Bad Gateway", 502), r"an error of the server \(502\)"),
    ],
    ids=["html", "empty", "half", "204", "cut", "502"],
)
def test_an_answer_that_stays_bad_is_told_after_five_tries(server, ask, pauses, no_key, answer, said):
    server.answer([answer])
    with pytest.raises(SourceError, match=rf"\(5 times\): expected an answer, got {said}") as caught:
        ask(bea.jobs_state, [2091])
    assert len(server.asked) == 5
    assert pauses == [1, 2, 4, 8]
    no_key(caught.value)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (replay.as_json({"Other": 1}), "an answer with BEAAPI and Results"),
        (replay.as_json({"BEAAPI": {"Results": {}}}), r"rows in Results\.Data"),
        (replay.as_json({"BEAAPI": {"Results": []}}), r"rows in Results\.Data"),
        (replay.as_json({"BEAAPI": {"Results": {"Data": ["2091"]}}}), r"rows in Results\.Data"),
        (replay.as_json({"BEAAPI": {"Error": {"APIErrorCode": "40", "AdditionalDetail": "a sum"}}}), "'40 a sum'"),
        (replay.as_json([1]), "an answer with BEAAPI and Results"),
        (replay.as_json({"BEAAPI": {"Results": {"Data": [{"Year": "2091"}]}}}), "got no 'SeriesID'"),
    ],
)  # fmt: skip
def test_an_answer_of_another_form_is_refused_at_once(server, ask, answer, said):
    server.answer([answer])
    with pytest.raises(SourceError, match=said):
        ask(bea.jobs_state, [2091])
    assert len(server.asked) == 1


def test_no_key_is_told_in_one_sentence_with_the_page(monkeypatch):
    monkeypatch.delenv("BEA_API_KEY", raising=False)
    with pytest.raises(
        BriefsError, match=r"needs a key: .* at https://apps\.bea\.gov/API/signup/ and set BEA_API_KEY"
    ):  # fmt: skip
        bea.jobs_state([2091])


def test_key_and_address_come_from_the_environment(server, fips, monkeypatch):
    monkeypatch.setenv("BEA_API_KEY", KEY)
    monkeypatch.setenv("BRIEFS_BEA_URL", server.url)
    server.answer([replay.bea_answer(replay.bea_states(fips, [2091]))])
    assert bea.jobs_state([2091]).period == "2091"
    assert server.asked[0][1]["UserID"] == KEY


def test_the_key_is_nowhere_in_what_comes_back(server, ask, fips, no_key):
    server.answer([replay.bea_answer(replay.bea_states(fips, [2091]))])
    said: list[str] = []
    found = ask(bea.jobs_state, [2091], progress=said.append)
    assert b'"ParameterValue": "***"' in found.raws[0].content
    assert said == ["BEA API: bea-mne-jobs_state-2091.json"]
    no_key(found, said, found.raws[0].name, found.raws[0].url, found.raws[0].content.decode("iso-8859-1"))


def test_letters_outside_utf_8_are_read(server, ask):
    cells = ("9.0", "1.0", "1.0", "1.0", "1.0", "1.0", "1.0", "1.0")
    rows = [*nation(2091, cells), replay.bea_cell(2091, ("5", "Cura\u00e7ao"), ("000", "x"), "1.0", order=99)]
    server.answer([replay.bea_answer(rows)])
    with pytest.raises(DataCheckError, match="got 'Cura\u00e7ao'"):
        ask(bea.jobs_national, [2091])


def test_no_years_are_an_error_before_anything_is_asked(server, ask):
    with pytest.raises(SourceError, match="at least one year"):
        ask(bea.jobs_state, [])
    assert server.asked == []


def test_a_server_that_is_not_there_is_told_without_the_key(pauses, no_key):
    with (
        httpx.Client(timeout=1) as client,
        pytest.raises(SourceError, match=r"got no whole answer \(ConnectError\)") as caught,
    ):
        bea.jobs_state(
            [2091], key=KEY, base_url=f"http://{replay.HOST}:9", client=client, sleep=pauses.append
        )
    no_key(caught.value)
