"""The investment position: two bases that are never joined, hidden cells in the band, shares of the total."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import investment
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


@pytest.mark.parametrize("basis", ["ubo", "foreign_parent"])
def test_no_series_holds_a_row_of_the_other_basis(basis):
    table = catalog.load("fdi_position")
    own = table[(table["basis"] == basis) & (table["partner"] == "JPN")].dropna(subset=["value_musd"])
    expected = dict(zip(own["year"], own["value_musd"], strict=True))
    series = investment.series(table, basis, "JPN")
    assert series["year"].is_unique
    assert dict(zip(series["year"], series["value"], strict=True)) == expected
    years = investment.by_year(table, basis, ["JPN"])
    assert dict(zip(years["year"], years["value"], strict=True)) == expected


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


def test_a_year_without_a_figure_is_no_year_of_the_series():
    assert investment.years(TABLE, "ubo", "JPN") == [2019]
    assert investment.reading(TABLE, "ubo", "FRA", groups=()) is None


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
