"""The task force's figures of FY2021, audited: what a reader with the publications at hand finds."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

from helpers.analysis import claims, derive, lookup
from helpers.data import catalog, traced

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


def test_every_figure_of_the_audit_is_recomputed_from_its_trace(found):
    load = lookup.Lookup(traced.Tables({}))
    figures = [figure for finding in found.values() for figure in finding.tried if not figure.bound]
    assert len(figures) > 100
    for figure in figures:
        again = derive.recompute(figure.lineage.plain(), load)
        assert again == pytest.approx(figure.value, rel=1e-9), (figure.basis, figure.period, figure.vintage)


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
    verdicts = {f.statement.id: (f.verdict, f.lacking) for f in claims.audit(ledger, some, groups=groups)}
    assert verdicts == {
        "jobs.il.value": ("slip", ""), "jobs.il.rank": ("not_checkable", "own"),
        "jobs.il.leader.value": ("slip", ""), "jobs.il.leader.rank": ("not_checkable", "own"),
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


def made_up(*rows):
    """Return synthetic goods trade of 2097 from (vintage, partner, exports, imports), in million dollars."""
    cells = [(vintage, partner, flow, value) for vintage, partner, *values in rows
             for flow, value in zip(("exports", "imports"), values, strict=True)]  # fmt: skip
    frame = pd.DataFrame(cells, columns=["vintage", "partner", "flow", "value_musd"])
    return frame.assign(year=2097, source="made-up")


def judged(tables, measure, unit="", **figure):
    """Return the finding on one claim about Japan in 2097."""
    (finding,) = claims.audit(claimed(measure, unit, **figure), tables, groups=())
    return finding


def claimed(measure, unit="", **figure):
    """Return a ledger of one claim about Japan in 2097."""
    row = catalog.load("claims").iloc[0].to_dict() | {
        "id": "a",
        "measure": measure,
        "place": "US",
        "basis": "",
    }
    row |= {
        "partner": "JPN",
        "period": "2097",
        "unit": unit,
        "value": None,
        "rank": None,
        "precision": 0.05,
    } | figure
    return pd.DataFrame([row]).astype({"value": float, "rank": float})


def test_the_newest_vintage_is_the_one_that_is_shown():
    goods = made_up(("2098", "JPN", 3.0, 4.0), ("2099", "JPN", 3.04, 4.0))
    found = judged({"goods_trade": goods}, "exports", "million USD", value=3.0)
    assert (found.verdict, found.shown.vintage) == ("reproduced", "2099")


def test_a_year_of_which_one_flow_is_in_hand_is_not_judged():
    goods = made_up(("2098", "JPN", 3.0, 4.0))
    found = judged({"goods_trade": goods[goods["flow"] == "exports"]}, "exports", "million USD", value=3.0)
    assert (found.verdict, found.lacking) == ("not_checkable", "none")


def test_a_partner_with_a_surplus_has_no_rank_among_the_deficits():
    goods = made_up(("2098", "JPN", 5.0, 3.0), ("2098", "CHN", 1.0, 3.0))
    assert judged({"goods_trade": goods}, "deficit", rank=2).verdict == "not_checkable"


def test_the_balance_of_the_accounts_is_that_of_their_newest_vintage():
    # 10 of 80 million is 12.5% on the Census basis; of 200 million in the accounts of 2099 5%, of 100 in 2098 10%.
    goods = made_up(("2098", "JPN", 5.0, 15.0), ("2098", "CHN", 1.0, 71.0), ("2098", "WLD", 6.0, 86.0))
    accounts = pd.DataFrame({"vintage": ["2099", "2098"], "value_busd": [-0.2, -0.1]})
    accounts = accounts.assign(year=2097, flow="balance", source="made-up")
    found = judged({"goods_trade": goods, "nipa_goods": accounts}, "deficit", "percent", value=5.0)
    assert (found.verdict, found.axis, found.shown.value) == ("only", "basis", 12.5)
    assert [held.value for held in found.holds] == [5.0]


def employed(*rows):
    """Return synthetic jobs by state of 2097 from (vintage, state, partner, persons or none)."""
    frame = pd.DataFrame(rows, columns=["vintage", "state", "partner", "value"]).astype({"value": float})
    frame = frame.assign(low=frame["value"] - 50, high=frame["value"] + 50, year=2097, source="made-up")
    return frame.assign(flag=frame["value"].isna().map({True: "(D)", False: ""}))


def test_jobs_in_a_state_are_held_against_every_vintage_of_that_state():
    table = employed(("2098", "TN", "JPN", 5_000), ("2099", "TN", "JPN", 5_200), ("2099", "OH", "JPN", 9_000))
    found = judged({"jobs_state": table}, "jobs", "persons", value=5_000, precision=50, place="TN")
    assert (found.verdict, found.axis) == ("only", "vintage")
    assert [(one.vintage, one.value) for one in found.tried] == [("2099", 5_200), ("2098", 5_000)]


def test_jobs_that_are_confidential_in_a_state_cannot_be_checked_though_others_are_published():
    table = employed(("2098", "WY", "JPN", None), ("2098", "WY", "GBR", 400), ("2098", "TN", "JPN", 5_000))
    found = judged({"jobs_state": table}, "jobs", "persons", value=5_000, precision=50, place="WY")
    assert (found.verdict, found.lacking) == ("not_checkable", "none")


def test_a_rank_that_the_table_took_from_a_document_is_that_of_the_state_and_confirms_nothing():
    table = employed(("2098", "OH", "JPN", 5_000), ("2098", "TN", "JPN", 4_000), ("2098", "TN", "GBR", 4_500))
    table["rank_printed"] = [3.0, 2.0, 1.0]
    found = judged({"jobs_state": table}, "jobs", rank=2, place="TN")
    assert (found.verdict, found.lacking) == ("not_checkable", "own")
    assert [(one.value, one.own) for one in found.tried] == [(2, True)]


@pytest.mark.parametrize(
    ("unit", "value", "verdict", "factor", "shown"),
    [
        ("percent", 30.0, "reproduced", None, 30.0),  # 600 of 2,000
        ("billion USD", 0.6, "reproduced", None, 0.6),
        ("million USD", 600.0, "reproduced", None, 600.0),
        ("billion USD", 6.0, "slip", 0.1, 0.6),
    ],
)
def test_a_position_is_held_against_its_value_and_its_share(unit, value, verdict, factor, shown):
    rows = [("JPN", 600.0), ("GBR", 500.0), ("WLD", 2_000.0)]
    table = pd.DataFrame(rows, columns=["partner", "value_musd"])
    table = table.assign(year=2097, basis="ubo", flag="", rounding_musd=100, vintage="2098", source="made-up")
    found = judged({"fdi_position": table}, "fdi_position", unit, value=value)
    assert (found.verdict, found.factor, found.shown.value) == (verdict, factor, pytest.approx(shown))
    again = derive.recompute(found.shown.lineage.plain(), lambda name: table)
    assert again == pytest.approx(shown)


@pytest.mark.parametrize(
    ("printed", "verdict"), [(5_000, "reproduced"), (5_040, "rounding"), (5_150, "contradicted")]
)
def test_a_quotation_may_be_off_by_half_of_what_it_is_rounded_to(printed, verdict):
    # 5,000 to the nearest hundred is 4,950 to 5,050; 5,150 is farther.
    quoted = pd.DataFrame([(2097, "TN", "JPN", 5_000.0, 1.0, 100.0, "made-up")])
    quoted.columns = ["year", "state", "partner", "value", "rank", "rounding", "source"]
    found = judged({"jobs_state_quoted": quoted}, "jobs", "persons", value=printed, precision=5, place="TN")
    assert found.verdict == verdict


def test_published_counts_are_those_of_the_same_measure_and_span():
    rows = [("participants", 2097, 2097, 10), ("projects", 2097, 2097, 99), ("participants", 2096, 2096, 20),
            ("participants", 2096, 2097, 30), ("participants", 2097, 2098, 40)]  # fmt: skip
    table = pd.DataFrame(rows, columns=["measure", "fiscal_year_from", "fiscal_year_to", "value"])
    table = table.assign(scope="task_force", source="made-up")
    for period, value in (("FY2097", 10), ("FY2096-FY2097", 30)):
        found = judged({"activity": table}, "participants", "persons", value=value, period=period)
        assert (found.verdict, [one.value for one in found.tried]) == ("reproduced", [value])


def test_sites_are_those_of_the_state_in_the_year_and_beside_it():
    rows = [("TN", year, "mofa_sites", 10.0 + year) for year in (2099, 2098, 2097, 2096, 2095)]
    rows += [("OH", 2097, "mofa_sites", 5.0), ("TN", 2097, "companies", 6.0)]
    table = pd.DataFrame(rows, columns=["state", "year", "definition", "value"]).assign(source="made-up")
    found = judged({"company_sites": table}, "mofa_sites", "sites", value=2_107, place="TN")
    assert found.verdict == "reproduced"
    assert [(one.value, one.axis) for one in found.tried] == [
        (2_106, "period"),
        (2_107, ""),
        (2_108, "period"),
    ]


def test_cases_are_counted_in_their_fiscal_year_by_document():
    rows = [(2097, 1, "one"), (2097, 2, "one"), (2097, 1, "other"), (2096, 1, "one")]
    table = pd.DataFrame(rows, columns=["fiscal_year", "number", "source"])
    found = judged({"best_practice": table}, "cases", "cases", value=2, period="FY2097")
    assert (found.verdict, found.axis, [one.value for one in found.tried]) == ("only", "vintage", [2, 1])


def employing(*rows):
    """Return synthetic jobs in the nation of 2097 from (partner, persons), as `employed`."""
    return employed(*(("2098", "US", *row) for row in rows)).drop(columns="state")


def test_jobs_in_the_nation_need_no_table_of_the_states():
    table = employing(("JPN", 5_000), ("GBR", 6_000), ("WLD", 12_000))
    found = judged({"jobs_national": table}, "jobs", "persons", value=5_000, precision=50, rank=None)
    assert (found.verdict, found.shown.value) == ("reproduced", 5_000)
    assert judged({"jobs_national": table}, "jobs", rank=2).verdict == "reproduced"


@pytest.mark.parametrize(
    ("printed", "source", "verdict"),
    [
        (5_900, "made-up", "not_checkable"),  # second with less than the first's 6,000
        (66_000, "made-up", "contradicted"),  # second with more, and with more by a tenth of it
        (66_000, "", "not_checkable"),  # which only the document itself says
    ],
)
def test_a_figure_is_bounded_by_what_others_say_of_who_stands_above(printed, source, verdict):
    table = employing(("GBR", 6_000), ("CAN", 1_000), ("WLD", 7_500))
    ledger = pd.concat(
        [
            claimed("jobs", "persons", value=printed, precision=50, rank=2),
            claimed("jobs", "persons", value=70_000, precision=500, rank=1, id="b", partner="GBR"),
        ]
    )
    table = table.assign(source=source or ledger["source"].iloc[0])
    found = {f.statement.id: f for f in claims.audit(ledger, {"jobs_national": table}, groups=())}
    assert found["a.value"].verdict == verdict
    assert found["a.rank"].verdict == "not_checkable"


def test_two_claims_that_exclude_each_other_where_no_table_has_the_figure_say_what_is_lacking(tables, groups):
    # Goods exports of Guam to Japan are in no table; one of 75 and 80 billion dollars is wrong.
    row = catalog.load("claims").query("id == 'fdi.position'").iloc[0]
    told = row.to_dict() | {"measure": "exports", "place": "GU", "period": "2021", "unit": "billion USD"}
    ledger = pd.DataFrame([told | {"id": "a", "value": 75.0}, told | {"id": "b", "value": 80.0}])
    ledger = ledger.assign(precision=0.5, rank=float("nan"))
    first, second = claims.audit(ledger, tables, groups=groups)
    assert (first.verdict, first.shown, first.lacking) == ("inconsistent", None, "none")
    assert second.against == ("a.value",)
