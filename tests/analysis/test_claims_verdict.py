"""The verdict on one statement, from figures made up for each case."""

from __future__ import annotations

import pytest

from helpers.analysis.claims.evidence import Recomputed, Row
from helpers.analysis.claims.statement import Statement
from helpers.analysis.claims.verdict import judge


def said(printed, half_step=0.05, aspect="value"):
    return Statement(
        id="x.value", claim="x", aspect=aspect, document="d", page="1", text={"en": "x", "ja": "x"},
        measure="deficit", place="US", partner="JPN", period="2021", basis="", universe="", printed=printed,
        half_step=half_step, unit="percent", source="deck", first=2021, last=2021, dated=True, both=False,
    )  # fmt: skip


def seen(value, *, axis="", vintage="2026", own=False, low=None, high=None, bound=False):
    rows = (Row("value", "t", "value", {"year": 2021}, vintage, "s"),)
    edges = (value if low is None else low, value if high is None else high)
    return Recomputed(None if bound else value, *edges, "value", rows, "b", "2021", vintage, axis, own=own)


@pytest.mark.parametrize(
    ("printed", "figures", "verdict", "axis"),
    [
        (5.5, [seen(5.54)], "reproduced", ""),
        (5.5, [seen(5.55)], "reproduced", ""),
        (5.5, [seen(5.54), seen(5.46, vintage="2023")], "reproduced", ""),
        (5.5, [seen(5.54), seen(5.63, vintage="2023")], "only", "vintage"),
        (5.5, [seen(5.61), seen(5.52, axis="basis")], "only", "basis"),
        (5.5, [seen(5.61), seen(5.52, axis="universe")], "only", "universe"),
        (5.5, [seen(5.61), seen(5.52, axis="period")], "only", "period"),
        (5.5, [seen(5.61), seen(5.52, axis="period"), seen(5.5, axis="basis")], "only", "basis"),
        (5.5, [seen(5.58)], "rounding", ""),
        (5.5, [seen(5.6)], "rounding", ""),
        (5.5, [seen(5.61)], "contradicted", ""),
        (5.5, [seen(55.2)], "slip", ""),
        (5.5, [seen(0.552)], "slip", ""),
        (5.5, [seen(55.2), seen(57.0, vintage="2023")], "slip", ""),
        (5.5, [seen(56.1)], "contradicted", ""),
        (5.5, [seen(5.5, own=True)], "not_checkable", ""),
        (5.5, [seen(5.5, own=True), seen(9.0)], "contradicted", ""),
        (5.5, [seen(5.5, axis="basis")], "not_checkable", ""),
        (5.5, [], "not_checkable", ""),
    ],
)
def test_a_value_is_judged_by_rounding_then_by_other_definitions(printed, figures, verdict, axis):
    found = judge(said(printed), figures)
    assert (found.verdict, found.axis) == (verdict, axis)


@pytest.mark.parametrize(
    ("band", "verdict"), [((4, 4), "reproduced"), ((3, 5), "reproduced")], ids=["exact", "wide"]
)
def test_a_rank_is_reproduced_where_it_is_the_same(band, verdict):
    assert judge(said(4, 0.0, "rank"), [seen(4, low=band[0], high=band[1])]).verdict == verdict


def test_a_rank_inside_the_band_is_a_matter_of_rounding_and_outside_it_is_not():
    assert judge(said(4, 0.0, "rank"), [seen(5, low=4, high=6)]).verdict == "rounding"
    assert judge(said(4, 0.0, "rank"), [seen(6, low=5, high=7)]).verdict == "contradicted"
    assert judge(said(4, 0.0, "rank"), [seen(40)]).verdict == "contradicted"


def test_the_factor_of_a_slip_is_what_the_printed_figure_has_to_be_multiplied_by():
    assert judge(said(5600, 50), [seen(56_000)]).factor == 10
    assert judge(said(56_000, 50), [seen(5600)]).factor == 0.1


def test_a_bound_refutes_but_never_confirms():
    over = seen(0, low=58_000, high=float("inf"), bound=True)
    assert judge(said(6240, 5), [], bounds=[over]).factor == 10
    assert judge(said(62_400, 50), [], bounds=[over]).verdict == "not_checkable"
    assert judge(said(620, 5), [], bounds=[over]).verdict == "contradicted"


@pytest.mark.parametrize(
    ("printed", "low", "high", "verdict"),
    [
        (50_000, 58_000, float("inf"), "contradicted"),  # short of the bound by a seventh
        (18_000, 58_000, float("inf"), "slip"),  # ten times it is 3.1 times the bound, it is 1 in 3.2 of it
        (19_000, 58_000, float("inf"), "contradicted"),  # 3.3 times and 1 in 3.1
        (6_300, 0, 6_000, "contradicted"),
        (55_000, 0, 6_000, "slip"),
        (6_300, 0, 0, "contradicted"),
    ],
)
def test_a_bound_that_is_just_missed_is_no_slip(printed, low, high, verdict):
    assert judge(said(printed, 5), [], bounds=[seen(0, low=low, high=high, bound=True)]).verdict == verdict


def test_a_slip_has_to_fit_every_bound_that_is_broken():
    over, farther = (seen(0, low=low, high=float("inf"), bound=True) for low in (58_000, 70_000))
    assert judge(said(7_240, 5), [], bounds=[over, farther]).factor == 10
    assert judge(said(6_240, 5), [], bounds=[over, farther]).verdict == "contradicted"


def test_what_is_against_a_statement_counts_where_nothing_clears_it():
    clash = ("y.value",)
    assert judge(said(5.5), [seen(5.5)], against=clash).verdict == "reproduced"
    assert judge(said(5.5), [seen(9.0)], against=clash).verdict == "inconsistent"
    assert judge(said(5.5), [], against=clash).verdict == "inconsistent"
    broken = seen(0, low=6.0, high=7.0, bound=True)
    assert judge(said(5.5), [], bounds=[broken], against=clash).verdict == "inconsistent"
    assert judge(said(5.5), [], inside=seen(5.5)).verdict == "reproduced"


def test_why_a_statement_cannot_be_checked_is_told():
    assert judge(said(5.5), [seen(5.5, own=True)]).lacking == "own"
    others = [seen(6.2, axis="basis"), seen(6.3, axis="period", own=True), seen(5.5, own=True)]
    found = judge(said(5.5), [seen(6.1, axis="period"), *others[:1]])
    assert (found.lacking, [f.value for f in found.nearby]) == ("none", [6.1])
    assert [f.value for f in judge(said(5.5), [seen(6.1, axis="period"), *others]).nearby] == [6.1]


def test_all_that_a_statement_was_held_against_is_kept():
    over = seen(0, low=0.0, high=9.0, bound=True)
    assert judge(said(5.5), [seen(6.1)], bounds=[over], inside=seen(5.5)).tried == (
        seen(6.1),
        over,
        seen(5.5),
    )
