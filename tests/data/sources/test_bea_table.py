"""Reading BEA's interactive tables from small excerpts; numbers are made up unless a test cites them."""

from __future__ import annotations

import csv
import io
import math

import pytest
import replay

from helpers.data import catalog, schemas
from helpers.data.sources import bea_table
from helpers.data.sources.answer import SourceError
from helpers.errors import DataCheckError

POSITION = """\ufeff"Foreign Direct Investment in the United States: Selected Items by Detailed Country, 2018–2019",,,,
[Millions of dollars],,,,
,Direct investment position on a historical-cost basis,,,
All countries,2018,2019,,
,"4,127,175","4,458,362",,
,,,,
Canada,"442,802","495,720",,
,,,,
Europe 1,"2,794,561","2,871,431",,
France,"268,169","282,226",,
Other,"63,726",(D),,
Albania,(*),0,,
Georgia,0,-3,,
,,,,
"Latin America and Other Western Hemisphere",1,2,,
South and Central America,3,4,,
Other,5,6,,
Other Western Hemisphere,7,8,,
"Netherlands Antilles 3",--,--,,
"United Kingdom Islands, Caribbean  4",9,10,,
Other,11,12,,
,,,,
Asia and Pacific,13,14,,
Japan,15,16,,
Addenda:,,,,
OPEC,17,18,,
,,,,
1. A note of the test about Europe.,,,,
"""
JOBS = """Employment of Majority-Owned U.S. Affiliates by Country of UBO
[Thousands of employees]
,2090,2091
All countries total,"9,000.1","9,100.2"
Europe,"5,000.0","5,100.0"
Other,K,(D)
Japan,900.5,(*)
"""


def by_state(names: dict[str, str]) -> str:
    """Return a table of the states for one year, countries across."""
    head = ["", "All countries total", "Canada", "Europe", "Other", "Japan"]
    rows = [[name, "10.0", "1.0", "5.0", "0.5", "H" if name == "Ohio" else "2.5"] for name in names.values()]
    out = io.StringIO()
    out.write("Employment of Majority-Owned U.S. Affiliates by State and Country of UBO, 2091\n")
    out.write("[Thousands of employees]\n,Country of UBO\n")
    csv.writer(out).writerows([head, ["United States", *["99.0"] * 5], *rows, ["Puerto Rico", *["1.0"] * 5]])
    return out.getvalue()


def read(text: str):
    return bea_table.read(text.encode(), vintage="2092-07", released="2092-07-31")


def test_positions_by_country_are_read_down_and_across():
    """The total and Canada as BEA's table of July 2020 prints them for 2018 and 2019."""
    found = read(POSITION)
    table = catalog.describe("fdi_position")
    schemas.check(found.frame, table)
    catalog.check_codes(found.frame, table)
    assert (found.table, found.period) == ("fdi_position", "2018-2019")
    assert found.notes == ("the addenda of the file are left out",)
    wide = found.frame.pivot(index="partner", columns="year", values="value_musd")
    assert wide.loc["WLD"].tolist() == [4_127_175, 4_458_362]
    assert wide.loc["CAN"].tolist() == [442_802, 495_720]
    assert wide.loc[["B_OEU", "B_OSC", "B_OWO"], 2018].tolist() == [63_726, 5, 11]
    assert wide.loc[["B_OWH", "B_UKC", "GEO"], 2019].tolist() == [8, 10, -3]
    assert set(found.frame["basis"]) == {"foreign_parent"}
    flags = found.frame.set_index(["partner", "year"])["flag"]
    assert flags["B_OEU", 2019] == "(D)"
    assert flags["ALB", 2018] == "(*)"
    assert flags["ANT", 2019] == "--"
    assert math.isnan(wide.loc["B_OEU", 2019])
    kinds = found.frame.set_index("partner")["row_type"].to_dict()
    assert [kinds[code] for code in ("WLD", "B_EUR", "B_SCA", "B_OSC", "GEO")] == [
        "total",
        "region",
        "subregion",
        "residual",
        "country",
    ]


def test_a_heading_without_figures_above_the_row_that_has_them_is_passed_over():
    plain = read(POSITION).frame
    for heading in ("Europe:", "Europe 1"):
        found = read(POSITION.replace('"Europe 1","2', f'{heading},,,,\n"Europe 1","2', 1))
        assert found.frame.equals(plain)


def test_other_below_a_heading_without_figures_is_the_rest_of_that_region():
    """By hand: Africa's rest is 1, that of Europe, of which only the heading stands, is 3."""
    rows = "All countries,9\nAfrica,4\nOther,1\nEurope:,\nFrance,2\nOther,3\n"
    found = read(
        f"Direct investment position on a historical-cost basis\n[Millions of dollars]\n,2091\n{rows}"
    )
    values = found.frame.set_index("partner")["value_musd"].to_dict()
    assert values == {"WLD": 9, "B_AFR": 4, "B_OAF": 1, "FRA": 2, "B_OEU": 3}


def test_figures_are_read_below_their_years_with_empty_columns_between():
    found = read(
        "Direct investment position on a historical-cost basis\n[Millions of dollars]\n,2090,,2091\n"
        "All countries,9,,8\nJapan,1,,2\n"
    )
    values = found.frame.set_index(["partner", "year"])["value_musd"].to_dict()
    assert values == {("WLD", 2090): 9, ("WLD", 2091): 8, ("JPN", 2090): 1, ("JPN", 2091): 2}


@pytest.mark.parametrize(
    "title",
    [
        "New Foreign Direct Investment in the United States by Country of UBO",
        "Foreign Direct Investment in the United States: First-Year Expenditures",
        "Foreign Direct Investment in the United States: Total Assets of Affiliates",
        "Foreign Direct Investment in the United States: Position at Market Value",
        "Foreign Direct Investment in the United States: Position at Current Cost",
        "Direct Investment Position Data: Income on a Historical-Cost Basis",
        "Direct Investment Position on a Historical-Cost Basis in Manufacturing",
    ],
)
def test_a_table_of_dollars_that_is_no_whole_position_at_historical_cost_is_refused(title):
    with pytest.raises(SourceError, match=f"'direct investment position' at historical cost.* got '{title}'"):
        read(f'"{title}"\n[Millions of dollars]\n,2091\nAll countries,9\nJapan,1\n')


@pytest.mark.parametrize(
    "title",
    [
        "Employment of U.S. Affiliates by Country of UBO",
        "Manufacturing Employment of Majority-Owned U.S. Affiliates by Country of UBO",
        "Employment of Majority-Owned Nonbank U.S. Affiliates by Country of UBO",
        "Employment of Majority- and Minority-Owned U.S. Affiliates by Country of UBO",
        "Employment of Majority-Owned U.S. Affiliates by Country of Foreign Parent",
    ],
)
def test_employment_of_other_affiliates_or_of_one_industry_is_refused(title):
    with pytest.raises(SourceError, match=f"'employment' of 'majority-owned' affiliates.* got '{title}'"):
        read(JOBS.replace("Employment of Majority-Owned U.S. Affiliates by Country of UBO", title))


def test_employment_of_banks_and_others_together_is_all_of_it():
    text = JOBS.replace("Majority-Owned", "Majority-owned Bank and Nonbank")
    assert read(text).frame.equals(read(JOBS).frame)


def test_a_note_below_the_figures_may_name_other_items():
    assert read(f"{JOBS}Note: sales and income are in other tables.,,\n").frame.equals(read(JOBS).frame)


def test_the_year_of_a_release_is_not_that_of_the_states(fips):
    """Without a year in its title, the figures of 2091 would be those of 2093."""
    dated = by_state(fips).replace("\n,Country", "\nRelease date: November 2093\n,Country", 1)
    assert read(dated).period == "2091"
    with pytest.raises(SourceError, match="expected a CSV of BEA's interactive tables"):
        read(dated.replace("UBO, 2091", "UBO"))


def test_the_rest_of_every_region_is_a_residual():
    """By hand: each "Other" has twice the number of its line among the regions."""
    regions = ("Europe", "South and Central America", "Other Western Hemisphere", "Africa", "Middle East",
               "Asia and Pacific")  # fmt: skip
    rows = "".join(f"{name},1\nOther,{2 * at}\n" for at, name in enumerate(regions, 1))
    head = "Direct investment position on a historical-cost basis\n[Millions of dollars]\n,2091\nAll countries,1\n"
    frame = read(head + rows).frame
    rest = frame[frame["row_type"] == "residual"].set_index("partner")["value_musd"].to_dict()
    assert rest == {"B_OEU": 2, "B_OSC": 4, "B_OWO": 6, "B_OAF": 8, "B_OME": 10, "B_OAP": 12}


def test_a_title_that_says_ubo_gives_the_other_basis():
    found = read(POSITION.replace("by Detailed Country", "by Country of UBO"))
    assert set(found.frame["basis"]) == {"ubo"}


def test_the_newest_year_is_out_on_the_day_given_and_an_older_one_on_the_day_of_our_table():
    """Our table has BEA's releases of 24 July 2019 and 31 July 2020 for the positions of 2018 and 2019."""
    days = read(POSITION).frame.groupby("year")["released"].unique()
    assert [list(day) for day in days] == [["2019-07-24"], ["2020-07-31"]]


def test_national_jobs_are_persons_with_their_bounds():
    found = read(JOBS)
    assert found.table == "jobs_national"
    schemas.check(found.frame, catalog.describe("jobs_national"))
    rows = found.frame.set_index(["partner", "year"])
    assert rows.loc[("JPN", 2090), ["value", "low", "high"]].tolist() == [900_500, 900_450, 900_550]
    assert rows.loc[("JPN", 2091), ["low", "high", "flag"]].tolist() == [0, 49, "(*)"]
    assert rows.loc[("B_OEU", 2090), ["low", "high", "flag"]].tolist() == [25_000, 49_999, "K"]


def test_states_are_read_down_with_countries_across(fips):
    found = read(by_state(fips))
    assert (found.table, found.period) == ("jobs_state", "2091")
    rows = found.frame.set_index(["state", "partner"])
    assert rows.loc[("TN", "JPN"), ["value", "low", "high"]].tolist() == [2500, 2450, 2550]
    assert rows.loc[("OH", "JPN"), ["low", "high", "flag"]].tolist() == [2500, 4999, "H"]
    assert set(found.frame["partner"]) == {"WLD", "CAN", "B_EUR", "B_OEU", "JPN"}
    assert len(found.frame) == 51 * 5
    assert found.notes == ("rows left out, no states: Puerto Rico, United States",)


@pytest.mark.parametrize("nothing", ["", "None", "NaN"])
def test_a_file_of_rows_as_the_api_gives_them_is_read_too(fips, nothing):
    rows = replay.bea_states(fips, [2091])
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows({name: nothing if cell is None else cell for name, cell in row.items()} for row in rows)
    found = read(out.getvalue())
    assert found.table == "jobs_state"
    assert set(found.frame["partner"]) == {"WLD", "CAN", "B_EUR", "GBR", "B_APA", "JPN", "B_OAP"}


@pytest.mark.parametrize(
    ("text", "old", "new", "error", "said"),
    [
        (POSITION, "[Millions of dollars]", "[Thousands]", SourceError, "the unit in a line above the figures"),
        (POSITION, "Direct investment position on a historical-cost basis", "x", SourceError, "rows|the total|Direct"),
        (POSITION, '"268,169","282,226"', '"268,169",', SourceError, "a cell in every column, got holes in 'France'"),
        (POSITION, '"268,169","282,226"', ",", SourceError, "got holes in 'France'"),
        (POSITION, "Japan,15,16,,", "Japan,15,16,17,", SourceError, "a head over every figure, got more in the rows"),
        (JOBS, "Japan,", "Sales:,,\nJapan,", SourceError, "figures of one item, got some below 'Sales:'. Draw the"),
        (JOBS, "Japan,", "Manufacturing,,\nJapan,", SourceError, "of one item, got some below 'Manufacturing'"),
        (POSITION, ",2018,2019,", ",2019,2019,", SourceError, "each year once, got twice 2019"),
        (POSITION, 'Other,"63,726",(D)', "Other,,", SourceError, "got holes in 'Other'"),
        (JOBS, JOBS, f"{','.join(replay.bea_cell(2091, ('', ''), ('', ''), ''))}\n\n2091,8\n", SourceError,
         "rows as long as the header, got 1 of other length, from row 2"),
        (JOBS, JOBS, f"{','.join(replay.bea_cell(2091, ('', ''), ('', ''), ''))},Year\n", SourceError,
         "rows as long as the header, got two columns 'Year'"),
        (POSITION, "Japan,15,16,,", "Japan,15", SourceError, "got holes in 'Japan'"),
        (JOBS, ",2090,2091", "2090,Canada,Japan", SourceError, "expected a CSV of BEA's interactive tables"),
        (JOBS, "by Country of UBO", "by State and Country of UBO, 2090 and 2091\n,Canada,Japan", SourceError,
         "expected a CSV of BEA's interactive tables"),
        (POSITION, "All countries,2018,2019", "All countries,Canada,Japan", SourceError, "expected a CSV of BEA's"),
        (POSITION, '"268,169"', '"268,16"', SourceError, "got '268,16'"),
        (POSITION, "All countries,", "Everything,", DataCheckError, "got 'Everything'"),
        (POSITION, "France", "Narnia", DataCheckError, "got 'Narnia'"),
        (POSITION, ",2018,2019,", ",2018,Change,", SourceError, "expected a CSV of BEA's interactive tables"),
        (POSITION, "All countries,", "Portugal,", SourceError, "total of all countries, got none for '2018', '2019'"),
        (JOBS, "All countries total", "Canada", SourceError, "the total of all countries, got none for '2090', '2091'"),
        (POSITION, "Direct investment position on a historical-cost basis",
         "Financial transactions without current-cost adjustment", SourceError, "expected a CSV of BEA's interactive"),
        (POSITION, "Direct investment position on a historical-cost basis",
         "Income without current-cost adjustment", SourceError, "expected a CSV of BEA's interactive tables"),
        (POSITION, "Direct investment position on", "U.S. direct investment position abroad on", SourceError,
         "expected a CSV of BEA's interactive tables"),
        (JOBS, "Majority-Owned U.S. Affiliates", "Majority-Owned Foreign Affiliates", SourceError,
         "expected a CSV of BEA's interactive tables"),
        (JOBS, "Majority-Owned U.S. Affiliates", "All Nonbank U.S. Affiliates", SourceError,
         "expected a CSV of BEA's interactive tables"),
        (JOBS, JOBS, f"{','.join(replay.bea_cell(2091, ('', ''), ('', ''), ''))}\n", SourceError, "got no rows"),
        (JOBS, JOBS, "<html>", SourceError, "a web page"),
        (JOBS, JOBS, "a,b\n1,2\n", SourceError, "expected a CSV of BEA's interactive tables"),
    ],
)  # fmt: skip
def test_a_file_of_another_form_is_refused(text, old, new, error, said):
    assert old in text
    if said.startswith("rows|"):
        assert read(text.replace(old, new, 1)).table == "fdi_position", "the title alone says what it is"
        return
    with pytest.raises(error, match=said):
        read(text.replace(old, new, 1))


def test_a_table_without_a_state_is_refused(fips):
    del fips["47"]
    with pytest.raises(SourceError, match="got 2091 without 'TN'"):
        read(by_state(fips))
