"""What has to add up: the tables against the totals that their publishers print.

Each check says what was expected and what came, in a form that can be printed as it is; a known shortfall is
checked against its published bounds and named as such.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pandas as pd

from helpers.data import catalog
from helpers.data.reconcile import Check, differences, equal
from helpers.errors import BriefsError, listed

TOTALS = {
    "participants": ("Participants", "参加者数"),
    "projects": ("Projects", "実施案件数"),
}
"""Measures of the task force of which a running total over fiscal years is published, with their names."""
FLOWS_JA = {"exports": "輸出", "imports": "輸入"}
ERAS = (
    ("2023-03", 1987, 1991, 0.9, 2.8),
    ("2023-03", 1992, 2021, 0.0, 0.0001),
    ("2023-03", 2022, 2022, 0.0, 0.02),
    ("2026", 2013, 2024, 0.0, 0.0001),
)
"""Vintage, first and last year, and the bounds of the gap between partners and the world, in percent."""
LATER = ((1991, 2.8), (9999, 0.02))
"""Last year and the widest gap, in percent, of what a refresh brought and `ERAS` does not name: the widest known."""

MONTHS = 12
CHAPTERS_OF = ("JPN", "WLD")
"""Partners whose chapters are in hand."""
CHAPTERS = "2026"
"""Vintage of the annual table that the chapters are held against: a later one revises the years."""
DECK = "2021-08"
"""Vintage of the jobs by state that the task force's deck prints."""


def run() -> list[Check]:
    """Return every check, in the order of the tables; a table that cannot be read fails its checks."""
    found = [_loads(table) for table in catalog.tables()]
    for check in CHECKS:
        try:
            found += check()
        except BriefsError as error:
            name = check.__name__.strip("_")
            found.append(Check(name, name, name, False, "readable tables", "none", str(error)))
    return found


def _loads(table: str) -> Check:
    names = (f"load.{table}", f"{table}: digest, schema and codes", f"{table}：ハッシュ・スキーマ・コード")
    try:
        rows = len(catalog.load(table, vintage="all"))
    except BriefsError as error:
        return Check(*names, False, "a table that keeps its descriptor", "an error", str(error))
    expected = catalog.describe(table).rows
    return Check(*names, rows == expected, f"{expected:,} rows", f"{rows:,} rows")


def _partners_to_world() -> list[Check]:
    """Compare the sum over partners and unidentified countries with the published world total."""
    frame = catalog.load("goods_trade", vintage="all")
    kinds = catalog.load("aggregates").set_index("code")["kind"]
    kind = frame["partner"].map(kinds).fillna("partner")
    keys = ["vintage", "flow", "year"]
    parts = frame[kind.isin(["partner", "unknown"])].groupby(keys)["value_musd"].sum()
    world = frame[kind == "world"].set_index(keys)["value_musd"]
    gaps = ((1 - parts / world) * 100).dropna()
    found = [_era(gaps, flow, *era) for era in ERAS for flow in ("exports", "imports")]
    named = {(era[0], year) for era in ERAS for year in range(era[1], era[2] + 1)}
    later = gaps.rename("gap").reset_index()
    later = later[[key not in named for key in zip(later["vintage"], later["year"], strict=True)]]
    return found + [_later(own) for _, own in later.groupby(["vintage", "flow"])]


def _later(rows: pd.DataFrame) -> Check:
    """Compare the years of a vintage that `ERAS` does not name: their gaps are no wider than in `LATER`."""
    vintage, flow = str(rows["vintage"].iloc[0]), str(rows["flow"].iloc[0])
    gaps = {int(year): float(gap) for year, gap in zip(rows["year"], rows["gap"], strict=True)}
    over = {year: abs(gap) - next(high for last, high in LATER if year <= last) for year, gap in gaps.items()}
    worst = max(over, key=lambda year: over[year])
    period = "-".join(dict.fromkeys([str(min(gaps)), str(max(gaps))]))
    return Check(
        f"trade.world.{vintage}.{flow}.{period}",
        f"{flow.title()} {period}, vintage {vintage}: partners add up to the world",
        f"{FLOWS_JA[flow]} {period.replace('-', '～')}年（{vintage}版）：国別の合計と世界計",
        over[worst] <= 0,
        f"a gap of at most {abs(gaps[worst]) - over[worst]:g} percent",
        f"{min(gaps.values()):.4f} to {max(gaps.values()):.4f} percent",
        f"largest gap in {worst}",
    )


def _era(gaps: pd.Series, flow: str, vintage: str, first: int, last: int, low: float, high: float) -> Check:
    years = gaps.xs((vintage, flow), level=("vintage", "flow")).loc[first:last]
    known = low > 0
    size = years if known else years.abs()
    period = f"{first}-{last}" if last > first else str(first)
    complete = len(size) == last - first + 1
    return Check(
        f"trade.world.{vintage}.{flow}.{period}",
        f"{flow.title()} {period}, vintage {vintage}: partners add up to the world"
        + (" but for the known shortfall" if known else ""),
        f"{FLOWS_JA[flow]} {period.replace('-', '～')}年（{vintage}版）：国別の合計と世界計"
        + ("（既知の不足あり）" if known else ""),
        complete and bool(size.between(low, high).all()),
        f"{low:g} to {high:g} percent short" if known else f"a gap of at most {high:g} percent",
        f"{size.min():.4f} to {size.max():.4f} percent",
        f"largest gap in {size.idxmax()}" + ("" if complete else "; years are missing"),
    )


def _months_to_year() -> list[Check]:
    """Compare the months with the annual table of the same vintage: every year and partner of either, groups aside.

    A year that still runs, of which no annual figure is out, is not compared, nor one before the first month or after
    the last.
    """
    monthly, annual = (catalog.load(name, vintage="all") for name in ("goods_trade_monthly", "goods_trade"))
    edition = ["vintage", "year"]
    span = monthly.groupby("vintage")["year"].agg(["min", "max"])
    annual = annual[annual["vintage"].isin(span.index)]
    annual = annual[
        annual["year"].between(annual["vintage"].map(span["min"]), annual["vintage"].map(span["max"]))
    ]
    whole = monthly.groupby(edition)["month"].transform("nunique") == MONTHS
    known = pd.MultiIndex.from_frame(monthly[edition]).isin(pd.MultiIndex.from_frame(annual[edition]))
    monthly = monthly[known | (whole & monthly["vintage"].isin(annual["vintage"]))]
    keys = ["vintage", "flow", "year", "partner"]
    months = monthly.groupby(keys)["value_usd"].sum().div(1e6)
    kinds = catalog.load("aggregates").set_index("code")["kind"]
    groups = set(kinds[~kinds.isin(["world", "unknown"])].index) - set(monthly["partner"])
    annual = annual[~annual["partner"].isin(groups)]
    gap = _apart(months, annual.set_index(keys)["value_musd"]).droplevel("vintage")
    years = gap.index.get_level_values("year")
    return [
        differences(
            gap,
            "trade.months",
            f"Months of {years.min()}-{years.max()} add up to the years",
            f"{years.min()}～{years.max()}年：月次合計と年次",
            0.001,
        )
    ]


def _apart(parts: pd.Series, whole: pd.Series) -> pd.Series:
    """Return how far sums are from their totals; without end where either is missing."""
    return parts.sub(whole).abs().fillna(float("inf"))


def _states_to_nation() -> list[Check]:
    """Compare the sum over the states, with the unknown, with the published line of all states, vintage by vintage."""
    keys, edition = ["flow", "year", "partner"], ["vintage", "year"]
    line, parts = (catalog.load(name, vintage="all") for name in ("state_trade_us", "state_trade"))
    both = line[edition].drop_duplicates().merge(parts[edition].drop_duplicates())
    states, nation = (
        frame.merge(both, on=edition).groupby([*keys, "vintage"])["value_usd"].sum()
        for frame in (parts, line)
    )
    gap = states.sub(nation, fill_value=0).abs().droplevel("vintage")
    japan = gap.xs("JPN", level="partner")
    return [
        differences(
            japan, "trade.states.JPN", "State trade with Japan adds up", "対日貿易：州の合計と全米", 0
        ),
        differences(gap, "trade.states", "State trade with each partner adds up", "国別：州の合計と全米", 0),
    ]


def _chapters_to_exports() -> list[Check]:
    """Compare the sum of the chapters with total exports, in the years before the extracts part by revision."""
    chapters = catalog.load("japan_hs2", flow="exports").groupby(["year", "partner"])["value_usd"].sum() / 1e6
    chapters = chapters.loc[2013:2018]
    years = catalog.load("goods_trade", vintage="all", flow="exports")
    total = years[years["vintage"] == CHAPTERS].set_index(["year", "partner"])["value_musd"]
    partners = total.index.get_level_values("partner").isin(CHAPTERS_OF)
    gap = _apart(chapters, total[partners].sort_index().loc[2013:2018])
    return [
        differences(
            gap,
            "trade.hs2",
            "Chapters add up to exports, 2013-2018",
            "HS2桁の合計と輸出総額（2013～2018年）",
            0.001,
        )
    ]


def _regions_to_total() -> list[Check]:
    """Compare the regions of the foreign-parent series, Canada among them, with all countries."""
    frame = (
        catalog.load("fdi_position", basis="foreign_parent").groupby(["row_type", "year"])["value_musd"].sum()
    )
    gap = (frame["region"] - frame["total"]).abs()
    return [
        differences(
            gap,
            "fdi.regions",
            "Position, foreign parent: regions add up (million dollars, rounded)",
            "直接投資残高（外国親会社）：地域の合計と総額（百万ドル、四捨五入）",
            2,
        )
    ]


def _activity() -> list[Check]:
    """Compare every printed running total with the printed years that it is made of."""
    frame = catalog.load("activity", scope="task_force")
    single = frame["fiscal_year_from"] == frame["fiscal_year_to"]
    found = []
    for measure, names in TOTALS.items():
        own = frame["measure"] == measure
        totals = frame[~single & own].sort_values(["fiscal_year_from", "fiscal_year_to"])
        if totals.empty:
            found.append(Check(f"activity.{measure}", *names, False, "a printed running total", "none"))
        for total in totals.to_dict("records"):
            found.append(_running(total, frame[single & own], measure))
    return found


def _running(total: Mapping[Hashable, Any], years: pd.DataFrame, measure: str) -> Check:
    """Compare one running total with its years: the same, or no less where not all of them are printed."""
    first, last, whole = (int(total[name]) for name in ("fiscal_year_from", "fiscal_year_to", "value"))
    within = years[years["fiscal_year_from"].between(first, last)]
    added, n = int(within["value"].sum()), within["fiscal_year_from"].nunique()
    complete = n == last - first + 1
    name_en, name_ja = TOTALS[measure]
    return Check(
        f"activity.{measure}.{first}-{last}",
        f"{name_en} FY{first}-FY{last}: the printed years and the printed running total",
        f"{name_ja}：{first}～{last}年度の各年度の合計と資料の累計",
        added == whole if complete else added <= whole,
        f"{whole:,}" if complete else f"at most {whole:,}",
        f"{added:,} in {n} of {last - first + 1} years",
    )


def _deck_states() -> list[Check]:
    """Count the states of the deck in which Japan is printed first and second."""
    japan = catalog.load("jobs_state", vintage="all", year=2019, partner="JPN")
    japan = japan[japan["vintage"] == DECK]
    ranks = japan["rank_printed"].value_counts()
    return [
        equal(
            "jobs.states",
            "Jobs by state 2019: states, first and second places of Japan",
            "州別雇用（2019年）：州の数、日本の1位・2位",
            (14, 10, 4),
            (len(japan), int(ranks.get(1, 0)), int(ranks.get(2, 0))),
        )
    ]


def _districts() -> list[Check]:
    """Count the states that some mission serves whole, or several in part."""
    area = catalog.load("jurisdictions")
    usps = set(catalog.load("states")["usps"])
    whole = area[area["coverage"] == "full"].groupby("area").size()
    parts = area[area["coverage"] == "partial"].groupby("area").size()
    served = {
        code for code in usps if whole.get(code, 0) == 1 or (parts.get(code, 0) > 1 and code not in whole)
    }
    return [
        equal(
            "missions.districts",
            "Each state is served whole by one mission or in parts by several",
            "各州は、1公館が全域を管轄するか、複数公館が分担して管轄",
            (51,),
            (len(served),),
            f"not so: {listed(sorted(usps - served))}" if usps - served else "",
        )
    ]


CHECKS: tuple[Callable[[], list[Check]], ...] = (
    _partners_to_world,
    _months_to_year,
    _states_to_nation,
    _chapters_to_exports,
    _regions_to_total,
    _activity,
    _deck_states,
    _districts,
)
