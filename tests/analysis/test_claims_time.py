"""Claims about a Japanese fiscal year or a month: held against its months, never against the calendar year."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import claims, derive, lookup
from helpers.analysis.claims.statement import Span
from helpers.data import catalog, origins, traced
from helpers.display import prose, show

SAME = {
    "document": "d", "page": "1", "text_en": "t", "text_ja": "t", "place": "US", "partner": "JPN", "basis": "",
    "universe": "", "released": "2024-07-05", "source": "census-api-hs",
}  # fmt: skip


def ledger(measure, period, value=None, rank=None, unit="billion USD", precision=0.05):
    """Return a ledger of one claim."""
    row = SAME | {"id": "a", "measure": measure, "period": period, "value": value, "rank": rank}
    row |= {"unit": unit, "precision": precision}
    return pd.DataFrame([row]).astype({"value": float, "rank": float})


@pytest.fixture(scope="module")
def tables():
    return {name: catalog.load(name, vintage="all") for name in claims.TABLES}


@pytest.fixture(scope="module")
def audit(tables):
    groups = set(catalog.load("aggregates")["code"])

    def found(*claim, **more):
        (finding,) = claims.audit(ledger(*claim, **more), tables, groups=groups)
        return finding

    return found


def test_exports_of_a_fiscal_year_are_the_sum_of_its_twelve_months(audit):
    # Census, exports to Japan, April 2021 to March 2022, twelve months added by hand: 77.169 billion dollars.
    # Calendar 2021: 74.565 (file of March 2023) and 74.730 (revised).
    finding = audit("exports", "FY2021", 77.2)
    assert finding.verdict == "reproduced"
    assert (round(finding.shown.value, 3), finding.shown.period) == (77.169, "FY2021")
    months = [(row.where["year"], row.where["month"]) for row in finding.shown.rows]
    assert months == [*((2021, n) for n in range(4, 13)), (2022, 1), (2022, 2), (2022, 3)]
    assert audit("exports", "FY2021", 74.7).verdict == "contradicted"
    assert audit("exports", "2021", 74.7).axis == "vintage"


def test_a_month_is_that_month(audit):
    # Census, exports to Japan in October 2020: 5,345,896,572 dollars; the year 2020 has 63.8 billion.
    finding = audit("exports", "2020-10", 5.3)
    assert (finding.verdict, finding.shown.period) == ("reproduced", "2020-10")


def test_a_vintage_without_all_the_months_gives_no_sum_and_hides_no_other():
    # Made up: a million dollars a month and flow; the vintage of 2099 has eleven months of 2097, that of 2098 all.
    months = [
        (vintage, month, partner, flow)
        for vintage, last in (("2099", 11), ("2098", 12))
        for month in range(1, last + 1)
        for partner in ("JPN", "WLD")
        for flow in ("exports", "imports")
    ]
    monthly = pd.DataFrame(months, columns=["vintage", "month", "partner", "flow"])
    monthly = monthly.assign(year=2097, value_usd=1e6, source="made-up")
    monthly.loc[monthly["month"] < 4, "year"] = 2098
    claim = ledger("exports", "FY2097", 12, unit="million USD")
    (found,) = claims.audit(claim, {"goods_trade_monthly": monthly}, groups=())
    assert (found.verdict, found.shown.value, found.shown.vintage) == ("reproduced", 12, "2098")


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        (("jobs", "FY2019", 974_100), "period"),  # BEA: calendar years
        (("fdi_position", "FY2020", 680), "period"),  # BEA: end of the calendar year
        (("mofa_sites", "2020-09", 8930), "period"),  # the survey is of October
        (("exports", "FY2017-FY2021", 350), "period"),
        (("participants", "2021", 350_795), "period"),  # published by fiscal year
        (("imports", "FY2024", 150), "months"),  # the table ends in December 2024
    ],
)
def test_what_the_tables_tell_by_another_time_is_not_judged(audit, claim, why):
    finding = audit(*claim)
    assert (finding.verdict, finding.lacking) == ("not_checkable", why)


def test_the_survey_of_october_is_the_year_of_the_sites_and_december_that_of_the_position():
    for measure, month in (("mofa_sites", "10"), ("fdi_position", "12")):
        (one,) = claims.statements(ledger(measure, f"2020-{month}", 1))
        (year,) = claims.statements(ledger(measure, "2020", 1))
        assert one.timely
        assert one.league == year.league


@pytest.mark.parametrize(
    ("measure", "period", "timely"),
    [
        ("participants", "FY2021", True),
        ("participants", "", True),  # a document without a period speaks of its own last fiscal year
        ("participants", "FY2021-05", False),
        ("jobs", "2021", True),
        ("jobs", "2021-05", False),
        ("jobs", "2017-2021", False),
        ("exports", "2021-05", True),
    ],
)
def test_each_measure_is_told_by_its_own_kind_of_time(measure, period, timely):
    (one,) = claims.statements(ledger(measure, period, 1))
    assert one.timely == timely


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span(2021), (2021, 1), (2021, 12)),
        (Span(2021, fiscal=True), (2021, 4), (2022, 3)),
        (Span(2021, 10), (2021, 10), (2021, 10)),
    ],
    ids=str,
)
def test_a_span_is_known_by_its_months(span, first, last):
    assert span.months == (first, last)


@pytest.mark.parametrize(
    ("measure", "place", "group"),
    [
        ("jobs", "US", "jobs"),
        ("jobs", "TN", "states"),
        ("exports", "US", "trade"),
        ("mofa_sites", "TN", "investment"),
    ],
)
def test_jobs_in_a_state_stand_under_the_states(measure, place, group):
    (one,) = claims.statements(ledger(measure, "2021", 1).assign(place=place))
    assert one.group == group


@pytest.mark.parametrize(
    ("measure", "unit"),
    [("exports", "billion USD"), ("two_way", "million USD"), ("deficit", "percent"), ("imports", "percent")],
)
def test_every_figure_of_a_fiscal_year_is_recomputed_from_its_trace(audit, measure, unit):
    load = lookup.Lookup(traced.Tables({}))
    findings = [audit(measure, "FY2021", 5, unit=unit), audit(measure, "2021-11", rank=4)]
    for figure in (one for finding in findings for one in finding.tried):
        again = derive.recompute(figure.lineage.plain(), load)
        assert again == pytest.approx(figure.value, rel=1e-9)


@pytest.mark.parametrize(
    ("lang", "period", "reason"),
    [
        ("en", "FY2021", "is not judged by a calendar year"),
        ("ja", "令和3年度", "暦年の値では判定せず"),
    ],
)
def test_the_page_names_the_fiscal_year_the_months_and_the_reason(audit, lang, period, reason):
    voice = prose.Voice(lang, catalog.names(lang), origins.Origins())
    judged = show.claims.ledger(voice, [audit("exports", "FY2021", 77.2)], "a", "t")
    assert period in judged.rows[0]["definition"]
    assert judged.rows[0]["evidence"].startswith("goods_trade_monthly: 2021, 4 – 2022, 3, JPN, exports, 2026")
    left = show.claims.ledger(voice, [audit("jobs", "FY2019", 974_100, unit="persons")], "a", "t")
    assert reason in left.rows[0]["definition"]
