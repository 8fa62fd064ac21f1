"""Confidential cells under published totals, worked by hand, and who may see what the totals say about them."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import helpers
from helpers.analysis import suppression
from helpers.analysis.suppression import Total
from helpers.errors import AnalysisError

PACKAGE = Path(helpers.__file__).parent
NOTEBOOKS = PACKAGE.parents[1] / "notebooks"

# A made-up state: two countries are printed, two are confidential, one of them under the size letter F (500-999).
STATE = pd.DataFrame(
    [
        ("all", 5_000, 4_950, 5_050),
        ("JPN", 1_500, 1_450, 1_550),
        ("GBR", 1_200, 1_150, 1_250),
        ("CAN", np.nan, np.nan, np.nan),
        ("FRA", np.nan, 500, 999),
    ],
    columns=["partner", "value", "low", "high"],
).set_index("partner", drop=False)
PARTS = ("JPN", "GBR", "CAN", "FRA")
WHOLE = Total("all", PARTS)


def bands(cells: pd.DataFrame, *totals: Total) -> dict[str, tuple[int, int]]:
    ranks = suppression.league(cells, totals, PARTS).set_index("partner")
    return {code: (ranks.loc[code, "best"], ranks.loc[code, "worst"]) for code in PARTS}


def test_without_totals_a_confidential_country_may_stand_anywhere() -> None:
    assert bands(STATE) == {"JPN": (1, 2), "GBR": (2, 3), "CAN": (1, 4), "FRA": (3, 4)}


def test_a_total_says_that_the_confidential_country_is_first() -> None:
    # At least 4,950 - 1,550 - 1,250 - 999 = 1,151 and at most 5,050 - 1,450 - 1,150 - 500 = 1,950: above France
    # (999 at most) for certain, beside Japan and the United Kingdom either way.
    assert bands(STATE, WHOLE) == {"JPN": (1, 2), "GBR": (2, 3), "CAN": (1, 3), "FRA": (4, 4)}
    assert suppression.bounds(STATE, [WHOLE]).loc["CAN"].tolist() == [1_151, 1_950]


def test_an_incomplete_list_bounds_from_above_only() -> None:
    region = Total("all", PARTS, complete=False)
    assert suppression.bounds(STATE, [region]).loc["CAN"].tolist() == [0, 1_950]


def test_a_published_cell_keeps_its_own_interval() -> None:
    # 250 in all and b 150 at least would leave 100 for a; but a is published, and what its rounding says stays.
    cells = pd.DataFrame(
        {"value": [250, 100, 200], "low": [250, 50, 150], "high": [250, 150, 250]}, index=["ab", "a", "b"]
    )
    assert suppression.bounds(cells, [Total("ab", ("a", "b"))]).loc["a"].tolist() == [50, 150]


def test_totals_are_not_worked_on_to_the_narrowest_bounds() -> None:
    # b is 4 at most by the second total; fed back into the first, a would be 6 at least. It is not.
    cells = pd.DataFrame(
        {"value": [10, 4, np.nan, np.nan], "low": np.nan, "high": np.nan}, index=["ab", "b+", "a", "b"]
    )
    reach = suppression.bounds(cells, [Total("ab", ("a", "b")), Total("b+", ("b",), complete=False)])
    assert reach.loc["a"].tolist() == [0, 10]
    assert reach.loc["b"].tolist() == [0, 4]


def test_what_the_totals_say_is_in_the_band_and_in_no_row() -> None:
    ranks = suppression.league(STATE, [WHOLE], PARTS).set_index("partner")
    assert ranks.loc["CAN", ["value", "low", "high"]].isna().all()
    assert ranks.loc["FRA", ["low", "high"]].tolist() == [500, 999]
    assert ranks["rank"].astype(object).where(ranks["rank"].notna(), None).to_dict() == {
        "JPN": 1,
        "GBR": 2,
        "CAN": None,
        "FRA": None,
    }


@pytest.mark.parametrize(
    ("totals", "universe", "message"),
    [
        ([Total("all", ("JPN", "USA"))], PARTS, "keys of the table, got 'USA'"),
        ([], ("JPN", "USA"), "universe: expected keys of the table, got 'USA'"),
        ([Total("GBR", ("JPN", "CAN"))], PARTS, "total GBR: expected parts that can add up to it"),
        ([Total("all", ("JPN", "GBR"))], PARTS, "total all: expected parts that can add up to it"),
    ],
    ids=["no part", "not in the universe", "too much", "too little"],
)
def test_totals_that_do_not_fit_the_table_are_refused(totals: list, universe: tuple, message: str) -> None:
    with pytest.raises(AnalysisError, match=message):
        suppression.league(STATE, totals, universe)


def test_a_cell_that_two_totals_leave_no_value_is_refused() -> None:
    cells = pd.DataFrame(
        {"value": [10, 1, 2, np.nan], "low": np.nan, "high": np.nan}, index=["ab", "b+", "a", "b"]
    )
    totals = [Total("ab", ("a", "b")), Total("b+", ("b",), complete=False)]
    with pytest.raises(AnalysisError, match="a value that fits them all, got none for 'b'"):
        suppression.bounds(cells, totals)


def test_a_table_with_a_cell_twice_is_refused() -> None:
    with pytest.raises(AnalysisError, match="each cell once, got some twice"):
        suppression.bounds(pd.concat([STATE, STATE]), [])


def users(source: str) -> set[str]:
    """Return what a source takes from the module of confidential cells."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith("suppression"):
            found.add(node.attr)
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("suppression"):
            found |= {alias.name for alias in node.names}
    return found


def test_no_other_module_and_no_notebook_sees_the_bounds_of_a_confidential_cell() -> None:
    sources = {str(p.relative_to(PACKAGE)): p.read_text(encoding="utf-8") for p in PACKAGE.rglob("*.py")}
    for path in NOTEBOOKS.glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources[path.name] = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
    seen = {name: users(source) for name, source in sources.items() if users(source)}
    assert seen == {f"analysis/{name}": {"league", "Total"} for name in ("jobs.py", "jobs_1990s.py")}


def test_the_check_of_who_sees_the_bounds_notices_both_ways_of_asking() -> None:
    assert users("from helpers.analysis.suppression import bounds") == {"bounds"}
    assert users("from helpers.analysis import suppression\nsuppression.bounds(1, 2)") == {"bounds"}
