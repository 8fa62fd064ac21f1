"""The investment position: two bases that are never joined, hidden cells in the band, shares of the total."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import derive, investment
from helpers.data import catalog

NAN = float("nan")


def position(*rows):
    return pd.DataFrame(rows, columns=["year", "basis", "partner", "value_musd"]).assign(
        flag="", vintage="2020-07", source="bea"
    )


TABLE = position(
    (2019, "ubo", "JPN", 600.0),
    (2019, "ubo", "WLD", 2000.0),
    (2019, "ubo", "GBR", 500.0),
    (2019, "foreign_parent", "JPN", 500.0),
    (2019, "foreign_parent", "NLD", 550.0),
    (2019, "foreign_parent", "IRL", NAN),
    (2019, "foreign_parent", "WLD", 1100.0),
    (2018, "ubo", "JPN", NAN),
)


def test_the_two_bases_are_two_readings_with_two_ids():
    ubo = investment.reading(TABLE, "ubo", "JPN", groups=())
    parent = investment.reading(TABLE, "foreign_parent", "JPN", groups=())
    assert (ubo.id, ubo.value, ubo.rank, ubo.standing.share) == ("fdi", 600.0, 1, 0.3)
    assert (parent.id, parent.value, parent.rank) == ("fdi_parent", 500.0, 2)
    assert ubo.basis != parent.basis


def test_no_series_holds_a_row_of_the_other_basis():
    both = investment.by_year(TABLE, "ubo", ["JPN"]), investment.by_year(TABLE, "foreign_parent", ["JPN"])
    assert [frame[["year", "value"]].to_numpy().tolist() for frame in both] == [[[2019, 600]], [[2019, 500]]]


@pytest.mark.parametrize(
    ("as_of", "year", "vintage", "growth"),
    [
        # JETRO quoting BEA: 819.2 billion at the end of 2024 beside 793.4 at that of 2023; 775.2 at the end of 2022,
        # 6.3 more than a year before; 783.3 at the end of 2023, and no 2022 of the same release is in hand.
        ("", 2024, "2025-07", 819.2 / 793.4 - 1),
        ("2023-08-01", 2022, "2023-07", 775.2 / 768.9 - 1),
        ("2024-08-01", 2023, "2024-07", None),
    ],
)
def test_growth_is_within_one_release(as_of, year, vintage, growth):
    groups = set(catalog.load("aggregates")["code"])
    every = catalog.load("fdi_position", as_of=as_of, vintage="all")
    table = catalog.load("fdi_position", as_of=as_of)
    found = investment.reading(table, "ubo", "JPN", groups=groups, editions=every)
    assert (found.year, found.vintage) == (year, vintage)
    assert found.growth == (growth and pytest.approx(growth))
    if growth is not None:
        made = found.lineage("growth")
        assert [(c.role, c.where["year"], c.vintage) for c in made.cells] == [
            ("value", year, vintage),
            ("before", year - 1, vintage),
        ]
        again = derive.recompute(made.plain(), lambda name: catalog.load(name, vintage="all"))
        assert again == pytest.approx(growth)


def test_growth_is_on_one_basis():
    before = position((2018, "foreign_parent", "JPN", 400.0), (2018, "ubo", "JPN", 500.0))
    found = investment.reading(pd.concat([before, TABLE.iloc[:3]]), "ubo", "JPN", groups=())
    assert found.growth == pytest.approx(0.2)  # 600 / 500 - 1


def test_a_hidden_cell_stays_in_the_universe_and_widens_the_band():
    parent = investment.reading(TABLE, "foreign_parent", "JPN", groups=())
    # 1,050 of 1,100 are printed: what is left for Ireland, 50, cannot pass Japan's 500.
    assert (parent.standing.of, parent.standing.best, parent.standing.worst) == (3, 2, 2)
    loose = investment.reading(
        TABLE.assign(value_musd=TABLE["value_musd"].replace(1100.0, 2000.0)),
        "foreign_parent",
        "JPN",
        groups=(),
    )
    assert (loose.standing.best, loose.standing.worst) == (2, 3)


def bands(*rows):
    """Return the best and worst rank of every country on one basis in one year."""
    table = position(*((2019, "ubo", *row) for row in rows))
    league = investment.reading(table, "ubo", "JPN", groups=()).league
    return {row.partner: (row.best, row.worst) for row in league.itertuples()}


def test_without_a_total_a_hidden_cell_has_no_upper_end():
    rows = ("GBR", 500.0), ("JPN", 300.0), ("FRA", 100.0), ("DEU", NAN)
    without = {"GBR": (1, 2), "JPN": (2, 3), "FRA": (3, 4), "DEU": (1, 4)}
    assert bands(*rows) == without
    assert bands(("WLD", NAN), *rows) == without


def test_figures_without_a_rounding_are_exact():
    assert bands(("GBR", 300.4), ("JPN", 300.0)) == {"GBR": (1, 1), "JPN": (2, 2)}


def test_what_did_not_exist_is_none_and_no_half_a_million():
    table = position((2019, "ubo", "JPN", 0.4), (2019, "ubo", "FRA", NAN)).assign(flag=["", "--"])
    league = investment.reading(table, "ubo", "JPN", groups=()).league
    assert league[["partner", "best", "worst"]].to_numpy().tolist() == [["JPN", 1, 1], ["FRA", 2, 2]]


def test_a_negative_position_leaves_more_to_the_hidden_cell():
    # 700 - (500 + 290 - 400) = 310 for Germany, more than Japan's 290; without the negative one it would have none.
    rows = ("WLD", 700.0), ("GBR", 500.0), ("JPN", 290.0), ("FRA", -400.0), ("DEU", NAN)
    assert bands(*rows) == {"GBR": (1, 1), "JPN": (2, 3), "FRA": (3, 4), "DEU": (2, 4)}


def test_one_of_several_hidden_cells_can_hold_more_as_others_may_be_negative():
    # 700 - (500 + 191 + 99 - 95) = 5 are left for Germany and Italy together; either may be down to 95 below zero, as
    # France is, so that the other has up to 100: more than Spain's 99, less than Japan's 191.
    rows = (
        ("WLD", 700.0),
        ("GBR", 500.0),
        ("JPN", 191.0),
        ("ESP", 99.0),
        ("FRA", -95.0),
        ("DEU", NAN),
        ("ITA", NAN),
    )
    found = bands(*rows)
    assert (found["JPN"], found["ESP"], found["DEU"]) == ((2, 2), (3, 5), (3, 6))


def test_a_cell_that_is_not_available_is_unknown_and_not_near_zero():
    # BEA as SelectUSA prints it, 2012: United Kingdom 533,806, Japan 309,473 million; Poland "*", the total a misprint.
    groups = set(catalog.load("aggregates")["code"])
    found = investment.reading(catalog.load("fdi_position"), "ubo", "JPN", groups=groups, year=2012)
    assert (found.standing.rank, found.standing.best, found.standing.worst) == (2, 2, 3)


def test_a_year_without_a_figure_is_no_year_of_the_series():
    assert investment.years(TABLE, "ubo", "JPN") == [2019]
    assert investment.reading(TABLE, "ubo", "FRA", groups=()) is None


def test_the_order_of_the_rows_has_no_say_in_which_year_is_the_newest():
    table = position((2020, "ubo", "JPN", 700.0), (2018, "ubo", "JPN", 500.0), (2019, "ubo", "JPN", 600.0))
    assert investment.years(table, "ubo", "JPN") == [2018, 2019, 2020]
    assert investment.reading(table, "ubo", "JPN", groups=()).year == 2020
    series = investment.by_year(table, "ubo", ["JPN"])
    assert series["value"].tolist() == [500, 600, 700]
    assert series.columns.tolist() == ["year", "partner", "basis", "value", "vintage", "source"]


@pytest.mark.parametrize(
    ("basis", "billion", "share"),
    [("ubo", 644.7, 14.5), ("foreign_parent", 619.3, 13.9)],
    ids=["ubo", "parent"],
)
def test_the_share_of_japan_in_2019_is_as_published_on_each_basis(basis, billion, share):
    # By owner: JETRO, business brief of 31 July 2020, quoting BEA: 644.7 of 4,458.4 billion dollars
    # (https://www.jetro.go.jp/biznews/2020/07/c79d7da13ccaeb33.html). By foreign parent: BEA, FDIUS by detailed
    # country 2008-2019, July 2020: 619,259 of 4,458,362 million.
    groups = set(catalog.load("aggregates")["code"])
    found = investment.reading(catalog.load("fdi_position"), basis, "JPN", groups=groups, year=2019)
    assert round(found.value / 1000, 1) == billion
    assert round(100 * found.standing.share, 1) == share
    assert found.rank == 1


def test_rounding_and_a_cell_near_zero_count_in_the_band_as_what_they_are():
    # Rounded to 100: Japan 600 is 550-650, the United Kingdom 640 is 590-690. France's (*) is half a million at most,
    # so that it stands below Tanzania's 1 (0.5-1.5) for certain; the (D) of Peru may stand anywhere below the total.
    rows = [("JPN", 600.0, "", 100), ("GBR", 640.0, "", 100), ("TZA", 1.0, "", 1), ("FRA", NAN, "(*)", 1)]
    frame = pd.DataFrame(
        [*rows, ("WLD", 1250.0, "", 1)], columns=["partner", "value_musd", "flag", "rounding_musd"]
    )
    table = frame.assign(year=2019, basis="ubo", vintage="2020-07", source="bea")
    japan = investment.reading(table, "ubo", "JPN", groups=()).standing
    assert (japan.rank, japan.best, japan.worst) == (2, 1, 2)
    tanzania = investment.reading(table, "ubo", "TZA", groups=())
    assert (tanzania.standing.rank, tanzania.standing.best, tanzania.standing.worst) == (3, 3, 3)
    peru = table.iloc[:1].assign(partner="PER", value_musd=NAN, flag="(D)", rounding_musd=1)
    wider = investment.reading(pd.concat([table, peru]), "ubo", "TZA", groups=())
    assert (wider.standing.rank, wider.standing.best, wider.standing.worst) == (3, 3, 4)
