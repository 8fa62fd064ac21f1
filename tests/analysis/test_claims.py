"""The task force's figures of FY2021, audited: what a reader with the publications at hand finds."""

from __future__ import annotations

from collections import Counter

import pytest

from helpers.analysis import claims
from helpers.data import catalog

# What is claimed: task force, summary of fiscal year 2021 (slides for the follow-up meeting of 5 July 2022).
# Trade: U.S. Census Bureau, U.S. Trade in Goods by Country, the file of March 2023 (vintage 2023-03), and the
# International Trade API (vintage 2026). Goods balance of the national accounts: BEA, NIPA table 4.1. Positions and
# national jobs: JETRO, briefs of 27 August 2021 and 23 August 2021, quoting BEA. States: the latter, too.


@pytest.fixture(scope="module")
def tables():
    return {name: catalog.load(name, vintage="all") for name in claims.TABLES}


@pytest.fixture(scope="module")
def groups():
    return set(catalog.load("aggregates")["code"])


@pytest.fixture(scope="module")
def found(tables, groups):
    return {f.statement.id: f for f in claims.audit(catalog.load("claims"), tables, groups=groups)}


def test_every_figure_of_the_ledger_has_one_verdict(found):
    assert len(found) == 74
    assert Counter(f.verdict for f in found.values()) == {
        "reproduced": 22, "only": 6, "slip": 3, "not_checkable": 43,
    }  # fmt: skip


def test_participants_add_up(found):
    # 775,495 + 1,108,741 + 396,068 + 881,224 + 350,795
    total = found["activity.participants.total.value"]
    assert (total.verdict, total.shown.value, total.shown.how) == ("reproduced", 3_512_323, "sum")
    assert [row.where["id"][-4:] for row in total.shown.rows] == ["2017", "2018", "2019", "2020", "2021"]


def test_a_document_does_not_confirm_itself(found):
    # The table activity took 775,495 from the same slides; jobs_state took Tennessee's 47,500 from them.
    for name in ("activity.participants.2017.value", "activity.projects.2021.value", "jobs.tn.value"):
        assert (found[name].verdict, found[name].lacking) == ("not_checkable", "own")


def test_japan_is_the_fourth_export_market_in_both_vintages(found):
    # 2021: Canada, Mexico, China, Japan 74,565 (74,730 revised), Korea 65,942 (65,807)
    exports = found["exports.rank.rank"]
    assert exports.verdict == "reproduced"
    assert {(h.vintage, h.value) for h in exports.holds} == {("2023-03", 4), ("2026", 4)}


def test_fourth_in_imports_holds_in_the_later_vintage_only(found):
    # 2021: Germany 135,216 and Japan 134,860 in early 2023; Japan 134,800 and Germany 134,653 as revised.
    imports = found["imports.rank.rank"]
    assert (imports.verdict, imports.axis, imports.shown.vintage, imports.shown.value) == (
        "only", "vintage", "2023-03", 5)  # fmt: skip
    assert [(h.vintage, h.value) for h in imports.holds] == [("2026", 4)]


def test_the_share_of_the_deficit_holds_on_a_balance_of_payments_type_total_only(found):
    # Census basis: 60,296 / 1,076,... = 5.6%. National accounts: 60,296 / 1,092,400 = 5.52%, revised 60,070: 5.50%.
    share = found["deficit.share.value"]
    assert (share.verdict, share.axis, round(share.shown.value, 1)) == ("only", "basis", 5.6)
    assert {(h.basis, round(h.value, 2)) for h in share.holds} == {
        ("deficit_accounts", 5.52), ("deficit_accounts", 5.5)}  # fmt: skip
    assert {row.table for row in share.holds[0].rows} == {"goods_trade", "nipa_goods"}


def test_fourth_in_the_deficit_holds_without_vietnam_and_ireland_only(found):
    # 2021, early 2023: China, Mexico, Vietnam, Germany, Japan, Ireland; revised: ... Germany, Ireland, Japan.
    rank = found["deficit.share.rank"]
    assert (rank.verdict, rank.axis) == ("only", "universe")
    assert {(t.vintage, t.value) for t in rank.tried if not t.axis} == {("2023-03", 5), ("2026", 6)}
    assert {(h.vintage, h.left_out) for h in rank.holds} == {("2023-03", ("VNM",)), ("2026", ("VNM", "IRL"))}
    germany = found["deficit.rank.deu.rank"]
    assert (germany.verdict, {h.left_out for h in germany.holds}) == ("only", {("VNM",)})


def test_the_order_of_the_list_is_that_of_both_flows_together(found):
    # 2021 imports: China, Mexico, Canada; exports and imports together: Canada, Mexico, China.
    order = {c: found[f"imports.rank.{c}.rank"] for c in ("can", "mex", "chn")}
    assert {c: (f.verdict, f.shown.value) for c, f in order.items()} == {
        "can": ("only", 3), "mex": ("reproduced", 2), "chn": ("only", 1)}  # fmt: skip
    assert {h.basis for h in order["can"].holds} == {"two_way"}


def test_the_position_and_the_jobs_of_the_nation_are_reproduced(found):
    # End of 2020, first release: Japan 679.0, Canada 569.8. 2019: United Kingdom 1,252,300, Japan 973,800.
    position, rank = found["fdi.position.value"], found["fdi.position.rank"]
    assert (position.verdict, position.shown.value, rank.verdict) == ("reproduced", 679.0, "reproduced")
    for name, value in (("jobs.national.rounded.value", 973_800), ("jobs.national.rounded.rank", 2)):
        assert (found[name].verdict, found[name].shown.value) == ("reproduced", value)


@pytest.mark.parametrize(("state", "quoted"), [("in", 56_000), ("il", 58_000)])
def test_indiana_and_illinois_are_ten_times_too_small(found, state, quoted):
    # JETRO, 23 August 2021, on the same BEA table: Illinois 58,000, Indiana 56,000 (printed: 5,800, 5,600).
    slip = found[f"jobs.{state}.value"]
    assert (slip.verdict, slip.factor, slip.shown.value) == ("slip", 10, quoted)
    assert slip.shown.rows[0].source == "jetro-jobs-2019"


def test_the_british_figure_in_illinois_is_ten_times_too_small_beside_the_japanese_one(found):
    # Printed first with 6,240; Japan, printed second, has 58,000 by the quotation; 62,400 would fit.
    slip = found["jobs.il.leader.value"]
    assert (slip.verdict, slip.factor, slip.shown.low) == ("slip", 10, 58_000)
    assert slip.shown.bound


@pytest.mark.parametrize(("state", "quoted"), [("ca", 124_700), ("tx", 75_100), ("oh", 71_300)])
def test_the_other_states_that_are_quoted_elsewhere_are_reproduced(found, state, quoted):
    held = found[f"jobs.{state}.value"]
    assert (held.verdict, held.shown.value, held.shown.rows[0].source) == (
        "reproduced", quoted, "jetro-jobs-2019")  # fmt: skip


def test_ten_firsts_and_four_seconds_are_counted_in_the_ledger(found):
    for name, value in (("first", 10), ("second", 4)):
        states = found[f"jobs.states.{name}.value"]
        assert (states.verdict, states.shown.value, states.shown.how) == ("reproduced", value, "count")


def test_the_greenfield_rank_cannot_be_checked(found):
    rank = found["jobs.greenfield.rank.rank"]
    assert (rank.verdict, rank.lacking, rank.shown) == ("not_checkable", "none", None)


def test_a_state_is_audited_with_the_tables_of_states_alone(tables, groups):
    some = {name: tables[name] for name in claims.STATE_TABLES}
    ledger = catalog.load("claims", place="IL")
    verdicts = {f.statement.id: f.verdict for f in claims.audit(ledger, some, groups=groups)}
    assert verdicts == {
        "jobs.il.value": "slip", "jobs.il.rank": "not_checkable",
        "jobs.il.leader.value": "slip", "jobs.il.leader.rank": "not_checkable",
    }  # fmt: skip


def test_a_second_ledger_is_audited_the_same_way(tables, groups):
    # Korea in 2021: 5th export market after Japan; 65,807 of 1,757.7 billion is 3.74% as revised, 3.76% in early 2023.
    # Position of Germany: third at the end of 2020 (564.3 billion), second a year later (636.5 after Japan's 721.0).
    # Jobs: Germany 859,900 in 2019.
    row = catalog.load("claims").iloc[0].to_dict() | {"released": "2022-07-05", "source": "a speech"}
    none = {"value": float("nan"), "rank": float("nan"), "unit": "", "precision": float("nan"), "place": "US"}
    said = [
        {"id": "a", "measure": "exports", "partner": "KOR", "period": "2021", "rank": 5.0},
        {"id": "b", "measure": "exports", "partner": "KOR", "period": "2021", "value": 3.7, "unit": "percent",
         "precision": 0.05},
        {"id": "c", "measure": "fdi_position", "partner": "DEU", "period": "2020", "rank": 2.0},
        {"id": "d", "measure": "jobs", "partner": "DEU", "period": "2019", "value": 85_990.0, "unit": "persons",
         "precision": 5.0},
        {"id": "e", "measure": "jobs", "partner": "DEU", "period": "2019", "value": 859_800.0, "unit": "persons",
         "precision": 50.0},
    ]  # fmt: skip
    ledger = catalog.load("claims").iloc[:0]
    ledger = type(ledger)([row | none | some for some in said], columns=ledger.columns)
    verdicts = {f.statement.claim: (f.verdict, f.axis) for f in claims.audit(ledger, tables, groups=groups)}
    assert verdicts == {
        "a": ("reproduced", ""), "b": ("only", "vintage"), "c": ("only", "period"), "d": ("slip", ""),
        "e": ("rounding", ""),
    }  # fmt: skip


def test_a_quotation_does_not_confirm_the_text_it_was_taken_from(tables, groups):
    # Site Selection lists the United Kingdom first in Texas; the task force prints it first, too.
    ledger = catalog.load("claims", place="TX", partner="GBR").assign(source="siteselection-gba-2019")
    found = {f.statement.aspect: f for f in claims.audit(ledger, tables, groups=groups)}
    assert (found["rank"].verdict, found["rank"].lacking) == ("not_checkable", "own")
    assert found["value"].verdict == "reproduced"  # by the task force, which is another text than this one
