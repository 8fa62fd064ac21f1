"""Reading files of USA Trade Online from small excerpts; numbers and the year 2091 are made up."""

from __future__ import annotations

import pytest

from helpers.data import catalog, schemas
from helpers.data.sources import usa_trade
from helpers.data.sources.answer import SourceError
from helpers.errors import DataCheckError

PLAIN = """State,Country,Time,Exports
All States,World Total,2091,"1,004,007"
All States,Georgia,2091,"4,007"
All States,Japan,2091,"1,000,000"
Georgia,World Total,2091,"1,000,007"
Georgia,Georgia,2091,7
Georgia,Japan,2091,"1,000,000"
Dist of Columbia,World Total,2091,"1,000"
Dist of Columbia,Georgia,2091,"1,000"
Unknown,World Total,2091,"3,000"
Unknown,Georgia,2091,"3,000"
US Virgin Islands,Japan,2091,0
"""
TITLED = """"State Imports by HS Commodities"
"Measures: Customs Value (Gen) ($US)"
"Commodity","State","Country","Time","Customs Value (Gen) ($US)",
"All Commodities","Puerto Rico","Japan","2091","12,345",
"All Commodities","Puerto Rico","Korea, South","December 2091 YTD","5",
"""


def read(text: str, reader=usa_trade.read):
    return reader(text.encode(), vintage="2092-03", released="2092-03-06")


def values(found, *keys):
    return found.frame.set_index(list(keys))["value_usd"].to_dict()


def test_the_rows_are_those_of_state_trade_and_georgia_is_two_things():
    found = read(PLAIN)
    table = catalog.describe("state_trade")
    schemas.check(found.frame, table)
    catalog.check_codes(found.frame, table)
    assert values(found, "state", "partner", "flow") == {
        ("GA", "WLD", "exports"): 1_000_007,
        ("GA", "GEO", "exports"): 7,
        ("GA", "JPN", "exports"): 1_000_000,
        ("DC", "WLD", "exports"): 1000,
        ("DC", "GEO", "exports"): 1000,
        ("US_UNKNOWN", "WLD", "exports"): 3000,
        ("US_UNKNOWN", "GEO", "exports"): 3000,
    }
    assert set(found.frame["released"]) == {"2092-03-06"}
    assert found.notes == ("exports only: the other direction is in another file",)


def test_the_line_of_all_states_is_a_table_of_its_own():
    found = read(PLAIN, usa_trade.read_nation)
    schemas.check(found.frame, catalog.describe("state_trade_us"))
    assert found.table == "state_trade_us"
    assert values(found, "partner") == {"WLD": 1_004_007, "GEO": 4007, "JPN": 1_000_000}


def test_title_rows_and_a_column_of_all_commodities_are_passed_over():
    found = read(TITLED)
    assert values(found, "state", "partner", "flow") == {
        ("PR", "JPN", "imports"): 12345,
        ("PR", "KOR", "imports"): 5,
    }
    with pytest.raises(SourceError, match="the line 'All States', got the states only"):
        read(TITLED, usa_trade.read_nation)


@pytest.mark.parametrize(
    ("text", "old", "new", "said"),
    [
        (PLAIN, 'Georgia,Japan,2091,"1,000,000"', 'Georgia,Japan,2091,"999,999"', "got 'JPN 2091 by -1'"),
        (PLAIN, "Unknown,Georgia,2091", "Unknown,Germany,2091", "got 'GEO 2091 by -3,000', 'DEU 2091 by 3,000'"),
        (PLAIN, "Georgia,Georgia,2091,7", "Georgia,Georgia,2091,7\nGeorgia,Georgia,2091,7",
         "each row once, got twice 'Georgia Georgia 2091'"),
        (PLAIN, "Georgia,Georgia,2091,7", "Georgia,Georgia,2091,7\nGeorgia,Georgia,2091 through December,7",
         "each row once, got twice 'Georgia Georgia 2091'"),
        (PLAIN, "Georgia,Georgia,2091,7", "Georgia,Georgia,December 2091,7", "whole years, got 'December 2091'"),
        (PLAIN, "Time,Exports", "Time,Vessel Total Exports Value ($US)", "expected a CSV with the columns State, "),
        (PLAIN, "Time,Exports", "Time,Total Exports SWT (kg)", "expected a CSV with the columns State, Country, "),
        (PLAIN, "Time,Exports", "Time,Domestic Exports", "expected a CSV with the columns State, Country, Time"),
        (PLAIN, '"1,000,007"', '"1,000,00"', "expected whole numbers, got '1,000,00'"),
        (PLAIN, "Georgia,Georgia,2091,7", "Georgia,Georgia,March 2091,7", "whole years, got 'March 2091'"),
        (PLAIN, "Georgia,Georgia,2091,7", "Georgia,Georgia", "rows as long as the header, got 1 shorter"),
        (PLAIN, "Time,Exports", "Time,Weight", "expected a CSV with the columns State, Country, Time and one of"),
        (PLAIN, "Time,Exports", "Time,Exports ($US millions)", "expected a CSV with the columns State, Country,"),
        (PLAIN, "Time,Exports", "Time,Exports (% change)", "expected a CSV with the columns State, Country, Time"),
        (PLAIN, "Time,Exports", "Time,Import Charges ($US)", "expected a CSV with the columns State, Country,"),
        (PLAIN, "Time,Exports", "Time,Dutiable Imports", "expected a CSV with the columns State, Country, Time"),
        (PLAIN, "State,C", "In millions of dollars\nState,C", "all trade in dollars, got 'In millions of dollars'"),
        (PLAIN, "State,C", "Commodity:,87 Vehicles\nState,C", "all trade in dollars, got 'Commodity: 87 Vehicles'"),
        (PLAIN, "State,Country,Time,Exports", "State,Country,Time,Exports,Time", "each column once, got two"),
        (PLAIN, '"1,004,007"', "1,004,007", "rows as long as the header, got 1 longer rows such as"),
        (TITLED.replace('"Puerto Rico",', '"Puerto Rico","San Juan",'), '"State",', '"State","Port",',
         "all trade of a state, got Port 'San Juan'. Draw it without Port"),
        (PLAIN, "US Virgin Islands,Japan,2091,0", 'District of Columbia,World Total,2091,"1,000"',
         "each row once, got twice 'District of Columbia World Total 2091'"),
        (PLAIN, "US Virgin Islands,Japan,2091,0", "Georgia,JAPAN,2091,1", "got twice 'Georgia JAPAN 2091'"),
        (PLAIN, PLAIN, "State,Country,Time,Exports\nAll States,Japan,2091,5\n", "states, got 'All States' only"),
        (PLAIN, PLAIN, "State,Country,Time,Exports\nTexas,Japan,2091,0\n", "amounts of trade, got zeros only"),
        (PLAIN, PLAIN, "State,Country,Time,Exports\n", "rows as long as the header, got no rows"),
        (PLAIN, PLAIN, "<html>Please sign in</html>", "a web page or a binary file"),
        (TITLED, '"All Commodities","Puerto Rico","Japan"', '"01 Live Animals","Puerto Rico","Japan"',
         "all commodities together, got '01 Live Animals'"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_whole_is_refused(text, old, new, said):
    assert old in text
    with pytest.raises(SourceError, match=said):
        read(text.replace(old, new, 1))


@pytest.mark.parametrize("time", ["2091", "2091 through December", "December 2091 YTD"])
def test_a_whole_year_is_told_in_each_of_its_forms_and_a_dollar_is_kept(time):
    found = read(f"State,Country,Time,Total Exports Value ($US)\nTennessee,Japan,{time},1\n")
    assert found.frame[["year", "value_usd"]].to_numpy().tolist() == [[2091, 1]]


def test_columns_and_titles_that_say_all_and_other_measures_are_passed_over():
    head = "Commodity: All Commodities\nState,Port,Country,Time,Exports,Vessel Exports\n"
    found = read(head + "Tennessee,All Ports,Japan,2091,7,5\n")
    assert found.frame[["state", "partner", "value_usd"]].to_numpy().tolist() == [["TN", "JPN", 7]]


def test_unknown_states_and_partners_are_named_together():
    odd = PLAIN.replace("Unknown,", "Nowhere,").replace("Dist of Columbia", "Cockaigne")
    with pytest.raises(DataCheckError, match="got 'Cockaigne', 'Nowhere'"):
        read(odd)
    with pytest.raises(DataCheckError, match="got 'Utopia', 'Narnia'"):
        read(PLAIN.replace(",Japan", ",Narnia").replace(",Georgia,2091", ",Utopia,2091"))
