"""What the figures of one ledger say about each other."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import claims
from helpers.analysis.claims import within

COLUMNS = ("id", "document", "page", "text_en", "text_ja", "measure", "place", "partner", "period", "basis",
           "universe", "value", "unit", "precision", "rank", "released", "source")  # fmt: skip


def ledger(*rows):
    """Return a ledger from (id, measure, place, partner, period, value, precision, rank)."""
    names = ("id", "measure", "place", "partner", "period", "value", "precision", "rank")
    same = {"document": "d", "page": "1", "text_en": "t", "text_ja": "t", "basis": "", "universe": "",
            "unit": "persons", "released": "2022-07-05", "source": "deck"}  # fmt: skip
    frame = pd.DataFrame([same | dict(zip(names, row, strict=True)) for row in rows], columns=list(COLUMNS))
    return frame.astype({"value": float, "precision": float, "rank": float})


def verdicts(*rows):
    return {f.statement.id: f.verdict for f in claims.audit(ledger(*rows), {}, groups=())}


def years(total):
    return (
        ("a", "participants", "US", "JPN", "FY2019", 10, 0.5, None),
        ("b", "participants", "US", "JPN", "FY2020", 20, 0.5, None),
        ("all", "participants", "US", "JPN", "FY2019-FY2020", total, 0.5, None),
    )


def test_a_total_that_is_the_sum_of_its_parts_is_reproduced():
    assert verdicts(*years(30)) == {
        "a.value": "not_checkable", "b.value": "not_checkable", "all.value": "reproduced"}  # fmt: skip


def test_a_total_that_is_not_the_sum_of_its_parts_is_inconsistent():
    assert verdicts(*years(40))["all.value"] == "inconsistent"


def test_a_total_may_differ_from_its_parts_by_what_their_rounding_leaves():
    # Two years within half of one each are 29 to 31 together.
    found = [verdicts(*years(total))["all.value"] for total in (28, 29, 31, 32)]
    assert found == ["inconsistent", "reproduced", "reproduced", "inconsistent"]


def test_ranks_are_not_added_up():
    rows = [(*row[:5], None, None, rank) for row, rank in zip(years(30), (1, 2, 3), strict=True)]
    assert within.totals(claims.statements(ledger(*rows))) == {}


def test_a_total_of_which_a_part_is_missing_is_not_judged():
    assert verdicts(*years(30)[1:])["all.value"] == "not_checkable"


def test_a_count_of_first_places_that_the_listed_ranks_do_not_bear_out_is_inconsistent():
    places = [(f"s{n}", "jobs", place, "JPN", "2019", None, None, rank)
              for n, (place, rank) in enumerate([("TN", 1), ("OH", 1), ("CA", 2)])]  # fmt: skip
    count = ("n", "states_first", "US", "JPN", "2019", 3, 0.5, None)
    found = {f.statement.id: f for f in claims.audit(ledger(*places, count), {}, groups=())}
    assert (found["n.value"].verdict, found["n.value"].shown.value) == ("inconsistent", 2)
    assert found["n.value"].against == ("s0.rank", "s1.rank")


@pytest.mark.parametrize(
    ("rows", "clashing"),
    [
        # second with more than the first
        ((("a", "jobs", "CA", "JPN", "2019", 200, 5, 2), ("b", "jobs", "CA", "GBR", "2019", 100, 5, 1)),
         {"a.value", "b.value"}),
        # the same, with another state between them
        ((("a", "jobs", "CA", "JPN", "2019", 200, 5, 2), ("c", "jobs", "OH", "FRA", "2019", 7, 0.5, 3),
          ("b", "jobs", "CA", "GBR", "2019", 100, 5, 1)),
         {"a.value", "b.value"}),
        # 105 each, perhaps
        ((("a", "jobs", "CA", "JPN", "2019", 110, 5, 2), ("b", "jobs", "CA", "GBR", "2019", 100, 5, 1)), set()),
        # a figure without a place has no order
        ((("a", "jobs", "CA", "JPN", "2019", 100, 5, 5), ("b", "jobs", "CA", "GBR", "2019", 200, 5, None)), set()),
        # rounded alike, so that no order shows
        ((("a", "jobs", "CA", "JPN", "2019", 104, 5, 2), ("b", "jobs", "CA", "GBR", "2019", 100, 5, 1)), set()),
        # two firsts
        ((("a", "jobs", "CA", "JPN", "2019", 200, 5, 1), ("b", "jobs", "CA", "GBR", "2019", 100, 5, 1)),
         {"a.rank", "b.rank"}),
        ((("a", "jobs", "CA", "JPN", "2019", 100, 5, 1), ("b", "jobs", "CA", "GBR", "2019", 200, 5, 1)),
         {"a.rank", "b.rank"}),
        # two firsts without figures, with another state between them
        ((("a", "jobs", "CA", "JPN", "2019", None, None, 1), ("c", "jobs", "OH", "FRA", "2019", None, None, 3),
          ("b", "jobs", "CA", "GBR", "2019", None, None, 1)),
         {"a.rank", "b.rank"}),
        # a first and a figure of one
        ((("a", "jobs", "CA", "JPN", "2019", 200, 5, 1), ("b", "jobs", "CA", "GBR", "2019", 1, 0.5, None)), set()),
        # one thing, two figures; then a coarser rounding of the same
        ((("a", "jobs", "US", "JPN", "2019", 974, 0.5, None), ("b", "jobs", "US", "JPN", "2019", 980, 0.5, None)),
         {"a.value", "b.value"}),
        ((("a", "jobs", "US", "JPN", "2019", 974, 0.5, None), ("b", "jobs", "US", "JPN", "2019", 970, 5, None)),
         set()),
        # 974.5 at most and 974.95 at least
        ((("a", "jobs", "US", "JPN", "2019", 974, 0.5, None), ("b", "jobs", "US", "JPN", "2019", 975, 0.05, None)),
         {"a.value", "b.value"}),
        # another year
        ((("a", "jobs", "US", "JPN", "2018", 974, 0.5, None), ("b", "jobs", "US", "JPN", "2019", 980, 0.5, None)),
         set()),
        # a state with more than the nation
        ((("a", "jobs", "US", "JPN", "2019", 100, 0.5, None), ("b", "jobs", "TN", "JPN", "2019", 200, 0.5, None)),
         {"a.value", "b.value"}),
    ],
    ids=["order", "order among others", "touching", "no place", "too close", "two firsts", "two firsts, larger last",
         "two firsts among others", "first and one", "repeated", "coarser", "finer", "other year",
         "state above nation"],
)  # fmt: skip
def test_figures_that_cannot_both_be_true_are_found(rows, clashing):
    assert set(within.conflicts(claims.statements(ledger(*rows)))) == clashing


def test_a_claim_without_a_year_is_read_as_the_last_full_year_before_its_document():
    row = ("a", "exports", "US", "JPN", "", None, None, 4)
    (one,) = claims.statements(ledger(row))
    assert (one.first, one.last, one.dated) == (2021, 2021, False)


@pytest.mark.parametrize(
    ("period", "first", "last", "month", "fiscal"),
    [
        ("2019", 2019, 2019, 0, False),
        ("2020-10", 2020, 2020, 10, False),
        ("FY2021", 2021, 2021, 0, True),
        ("FY2017-FY2021", 2017, 2021, 0, True),
    ],
)
def test_a_period_is_read_as_it_is_written(period, first, last, month, fiscal):
    (one,) = claims.statements(ledger(("a", "jobs", "US", "JPN", period, 1, 0.5, None)))
    assert (one.first, one.last, one.month, one.fiscal, one.dated) == (first, last, month, fiscal, True)


def test_the_parts_of_a_total_may_stand_in_any_order():
    first, second, total = years(30)
    assert verdicts(total, second, first)["all.value"] == "reproduced"


def test_a_calendar_year_is_no_part_of_a_total_of_fiscal_years():
    first, second, total = years(30)
    calendar = ("b", *second[1:4], "2020", *second[5:])
    assert verdicts(first, calendar, total)["all.value"] == "not_checkable"
