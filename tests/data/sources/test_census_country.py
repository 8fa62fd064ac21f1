"""Reading country.xlsx from small workbooks of its form; their numbers are made up unless a test cites them."""

from __future__ import annotations

import io

import openpyxl
import pytest

from helpers.data import catalog, schemas
from helpers.data.sources import census_country
from helpers.data.sources.answer import SourceError
from helpers.errors import DataCheckError

WORLD = "World, Not Seasonally Adjusted"
EVEN = (1.0,) * 12


def book(rows, columns=census_country.COLUMNS) -> bytes:
    """Return a workbook: (year, code, name, months of imports, months of exports), years added up by hand here."""
    made = openpyxl.Workbook()
    made.active.append(columns)
    for year, code, name, imports, exports in rows:
        made.active.append([year, code, name, *imports, sum(imports), *exports, sum(exports)])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(rows, **more):
    return census_country.read(book(rows), vintage="2093-03", released="2092-02-07", **more)


def values(found) -> dict[tuple[int, str, str], float]:
    return found.frame.set_index(["year", "partner", "flow"])["value_musd"].to_dict()


def test_the_rows_are_those_of_goods_trade():
    """Japan in 2021 as the Census Bureau's file of early 2023 prints it: imports 134.9, exports 74.6 billion."""
    japan_in = (10394.47783, 9239.85627, 12152.107408, 12435.634813, 11458.072796, 11313.588498,
                12243.415606, 12375.854607, 10543.909989, 10454.774269, 10742.771148, 11505.88123)  # fmt: skip
    japan_out = (5934.745174, 5303.223326, 6158.011306, 6317.718205, 6382.311197, 6466.149168,
                 5836.892494, 6218.685568, 5908.466948, 6952.224495, 6597.583209, 6488.680574)  # fmt: skip
    rows = [(2021, "5880", "Japan", japan_in, japan_out), (2021, "0015", WORLD, japan_in, japan_out)]
    found = census_country.read(book(rows), vintage="2023-03", released="2023-02-07")
    frame, table = found.frame, catalog.describe("goods_trade")
    schemas.check(frame, table)
    catalog.check_codes(frame, table)
    assert values(found)[2021, "JPN", "imports"] == 134860.344464
    assert values(found)[2021, "JPN", "exports"] == 74564.691664
    assert set(frame["vintage"]) == {"2023-03"}
    assert set(frame["source"]) == {"census-country-file"}
    assert set(frame["released"]) == {"2022-02-08"}, "the day of the FT-900 that the table already gives"
    assert (found.table, found.period) == ("goods_trade", "2021")


def test_groups_are_left_out_but_the_world_and_the_union():
    rows = [
        (2091, code, name, EVEN, EVEN)
        for code, name in [("0003", "European Union"), ("0015", WORLD), ("0004", "World, Seasonally Adjusted"),
                           ("0016", "Asia"), ("5880", "Japan")]
    ]  # fmt: skip
    found = read(rows)
    assert set(found.frame["partner"]) == {"EUU", "WLD", "JPN"}
    assert found.notes == ("groups left out: Asia, World, Seasonally Adjusted",)


def test_months_that_are_not_out_are_zeros_and_their_year_is_left_out():
    begun = (5.0, 6.0, *[0.0] * 10)
    rows = [(year, "5880", "Japan", months, months) for year, months in ((2091, EVEN), (2092, begun))]
    found = read(rows)
    assert set(found.frame["year"]) == {2091}
    assert found.notes == ("2092 has 2 of 12 months and is left out",)


def test_a_file_without_a_whole_year_is_refused():
    with pytest.raises(SourceError, match="expected a whole year, got 1 months"):
        read([(2092, "5880", "Japan", (5.0, *[0.0] * 11), (5.0, *[0.0] * 11))])


def test_parts_of_a_partner_are_added_up():
    rows = [(2091, "5082", "Gaza Strip admin. by Israel", EVEN, EVEN),
            (2091, "5081", "West Bank admin. by Israel", EVEN, (3.0,) * 12)]  # fmt: skip
    assert values(read(rows))[2091, "PSE", "exports"] == 12 + 36


def test_a_country_without_trade_has_a_zero_and_one_that_is_no_more_has_no_row():
    none = (0.0,) * 12
    rows = [
        (2091, "1220", "Canada", none, EVEN),
        (2091, "5880", "Japan", EVEN, none),
        (2091, "5790", "North Korea", none, none),
        (2091, "4610", "USSR", none, none),
    ]
    assert values(read(rows)) == {
        (2091, "CAN", "exports"): 12,
        (2091, "CAN", "imports"): 0,
        (2091, "JPN", "exports"): 0,
        (2091, "JPN", "imports"): 12,
        (2091, "PRK", "exports"): 0,
        (2091, "PRK", "imports"): 0,
    }


@pytest.mark.parametrize("code", ["5880", 5880])
def test_a_country_that_is_twice_in_a_year_is_not_added_up(code):
    """By hand: added up, Japan would have 24 for its 12."""
    rows = [(year, "5880", "Japan", EVEN, EVEN) for year in (2091, 2092)]
    assert set(values(read(rows)).values()) == {12.0}
    with pytest.raises(
        SourceError, match=r"one row for each country and year, got two rows for 'Japan 2091'\."
    ):
        read([*rows, (2091, code, "Japan", EVEN, EVEN)])
    with pytest.raises(SourceError, match="got two rows for 'World, Not Seasonally Adjusted 2091'"):
        read([*rows, *[(2091, world, WORLD, EVEN, EVEN) for world in ("0015", 15)]])


def test_a_row_without_a_code_is_not_lost():
    with pytest.raises(
        SourceError, match="a code and one row for each country and year, got none for 'Germany 2091'"
    ):
        read([(2091, "5880", "Japan", EVEN, EVEN), (2091, None, "Germany", EVEN, EVEN)])


def test_a_line_below_the_rows_that_has_only_words_is_passed_over():
    made = openpyxl.load_workbook(io.BytesIO(book([(2091, "5880", "Japan", EVEN, EVEN)])))
    made.active.append(["A note of the test."])
    out = io.BytesIO()
    made.save(out)
    found = census_country.read(out.getvalue(), vintage="2093", released="2092-02-07")
    assert values(found) == {(2091, "JPN", "exports"): 12, (2091, "JPN", "imports"): 12}


def test_the_sheet_that_is_shown_is_read_not_a_hidden_one_before_it():
    made = openpyxl.load_workbook(io.BytesIO(book([(2091, "5880", "Japan", (7.0,) * 12, EVEN)])))
    shown = made.create_sheet("shown")
    shown.append(census_country.COLUMNS)
    shown.append([2091, "5880", "Japan", *EVEN, 12.0, *EVEN, 12.0])
    made.worksheets[0].sheet_state, made.active = "hidden", 1
    out = io.BytesIO()
    made.save(out)
    found = census_country.read(out.getvalue(), vintage="2093", released="2092-02-07")
    assert values(found)[2091, "JPN", "imports"] == 12


def test_a_column_that_is_twice_is_refused():
    made = openpyxl.Workbook()
    made.active.append([*census_country.COLUMNS, "IYR"])
    made.active.append([2091, "5880", "Japan", *EVEN, 12.0, *EVEN, 12.0, 99.0])
    out = io.BytesIO()
    made.save(out)
    with pytest.raises(SourceError, match=r"each column once, got two 'IYR'\. Remove one"):
        census_country.read(out.getvalue(), vintage="2093", released="2092-02-07")


def test_every_unknown_country_is_named_at_once():
    rows = [(2091, f"999{at}", name, EVEN, EVEN) for at, name in enumerate(["Narnia", "Utopia"])]
    with pytest.raises(DataCheckError, match="got 'Narnia', 'Utopia'"):
        read(rows)


def test_months_that_do_not_add_up_to_the_year_are_refused():
    made = openpyxl.Workbook()
    made.active.append(census_country.COLUMNS)
    made.active.append([2091, "5880", "Japan", *EVEN, 13.0, *EVEN, 12.0])
    out = io.BytesIO()
    made.save(out)
    with pytest.raises(SourceError, match=r"add up to the year, got 'Japan 2091 imports'"):
        census_country.read(out.getvalue(), vintage="2093", released="2092-02-07")


def test_a_cell_that_is_no_number_is_told_with_its_column():
    with pytest.raises(SourceError, match="got cells that are none in 'ISEP'"):
        census_country.read(_with_text("ISEP"), vintage="2093", released="2092-02-07")


def _with_text(column: str) -> bytes:
    made = openpyxl.Workbook()
    made.active.append(census_country.COLUMNS)
    row = [2091, "5880", "Japan", *EVEN, 12.0, *EVEN, 12.0]
    row[census_country.COLUMNS.index(column)] = "n/a"
    made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>Not found</html>", "got no Excel file"),
        (b"PK\x03\x04 cut short", "got no Excel file"),
        (b" ", "got an empty file"),
        (book([], [*census_country.COLUMNS[:-1], "other"]), "got no 'EYR'"),
        (book([]), "got no rows"),
    ],
    ids=["html", "cut", "empty", "columns", "rows"],
)
def test_another_file_is_told_what_was_expected(content, said):
    with pytest.raises(SourceError, match=said):
        census_country.read(content, vintage="2093", released="2092-02-07")


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(SourceError, match="expected an official file, got no such file"):
        census_country.read(tmp_path / "country.xlsx", vintage="2093", released="2092-02-07")
