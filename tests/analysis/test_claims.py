"""Claims: the verdict follows from two numbers and the precision printed, and the deck's claims are recomputed."""

from __future__ import annotations

import pytest

from helpers.analysis import claims
from helpers.data import catalog


def check(printed, recomputed, half_step):
    return claims.Check("x", "x", "2021", "percent", printed, recomputed, half_step, "x")


@pytest.mark.parametrize(
    ("printed", "recomputed", "half_step", "verdict"),
    [
        (5.5, 5.54, 0.05, "reproduced"),
        (5.5, 5.55, 0.05, "reproduced"),
        (5.5, 5.56, 0.05, "differs"),
        (974_000, 973_800, 500, "reproduced"),
        (974_000, 973_400, 500, "differs"),
        (4, 4, 0.5, "reproduced"),
        (4, 5, 0.5, "differs"),
        (97, None, 0.5, "not_checkable"),
        (5600, 56_000, 50, "differs"),
    ],
)
def test_the_verdict_is_computed_from_both_figures(printed, recomputed, half_step, verdict):
    assert check(printed, recomputed, half_step).verdict == verdict


def headline(as_of="", **changes):
    tables = {
        name: catalog.load(table, as_of=as_of)
        for name, table in {
            "goods": "goods_trade", "fdi": "fdi_position", "jobs_national": "jobs_national",
            "jobs_state": "jobs_state", "totals": "activity",
        }.items()
    }  # fmt: skip
    groups = set(catalog.load("aggregates")["code"])
    return claims.headline_checks(catalog.load("deck_figures"), groups=groups, **(tables | changes))


@pytest.mark.parametrize(
    ("as_of", "imports", "deficit_rank"), [("", 4, 6), ("2022-07-05", 5, 5)], ids=["latest", "fy2021"]
)
def test_the_headline_claims_of_the_deck_are_recomputed(as_of, imports, deficit_rank):
    found = {c.measure: c for c in headline(as_of) if c.id != "activity.projects.total"}
    assert (found["exports"].recomputed, found["exports"].verdict) == (4, "reproduced")
    assert found["imports"].recomputed == imports
    share = found["deficit_share"]
    assert (share.printed, round(share.recomputed, 1), share.verdict) == (5.5, 5.6, "differs")
    assert (found["deficit_rank"].recomputed, found["deficit_rank"].verdict) == (deficit_rank, "differs")
    assert found["greenfield"].verdict == found["projects"].verdict == "not_checkable"
    assert (found["participants"].recomputed, found["participants"].verdict) == (3_512_323, "reproduced")
    assert (found["fdi_position"].recomputed, found["fdi_rank"].recomputed) == (679.0, 1)
    assert (found["jobs"].recomputed, found["jobs"].verdict) == (973_800, "reproduced")
    assert (found["states_first"].recomputed, found["states_second"].recomputed) == (10, 4)


def test_a_changed_table_changes_the_verdict():
    jobs = catalog.load("jobs_national")
    raised = jobs.assign(value=jobs["value"].where(jobs["partner"] != "JPN", jobs["value"] + 900), high=9e9)
    found = {c.measure: c for c in headline(jobs_national=raised)}
    assert found["jobs"].verdict == "differs"


def test_tables_without_the_year_make_a_claim_uncheckable_rather_than_wrong():
    goods, state = catalog.load("goods_trade"), catalog.load("jobs_state")
    found = {c.measure: c for c in headline(goods=goods[goods["year"] < 2021], jobs_state=state.iloc[:0])}
    names = ("exports", "imports", "deficit_share", "deficit_rank", "states_first", "states_second")
    assert {found[name].verdict for name in names} == {"not_checkable"}


def test_there_are_no_claims_before_the_deck():
    assert headline(totals=catalog.load("activity").iloc[:0]) == ()
