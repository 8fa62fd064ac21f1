"""The deck's headline claims beside what the tables give, on one stated basis each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from helpers.analysis import activity, investment, jobs, lineage, trade
from helpers.analysis.lineage import Lineage
from helpers.analysis.reading import Reading

HEADLINES = (
    "activity.participants.total",
    "activity.projects.2021",
    "activity.projects.total",
    "exports.rank",
    "imports.rank",
    "deficit.share",
    "fdi.position",
    "jobs.national",
    "jobs.national.rounded",
    "jobs.greenfield.rank",
    "jobs.states.first",
    "jobs.states.second",
)
"""Ids in ``deck_figures`` of the claims a national brief opens with, in the order of the page."""


@dataclass(frozen=True)
class Check:
    """One claim beside the recomputed figure.

    Attributes
    ----------
    id, measure, period : str
        The claim: its id, a key that names what is claimed, and the period it speaks of.
    unit : str
        ``persons``, ``projects``, ``billion USD``, ``percent``, ``rank`` or ``states``.
    printed : float
        The figure as printed.
    recomputed : float or None
        The figure from the tables in the same unit; None where they cannot give one.
    half_step : float
        Half of the printed precision: what the recomputed figure may differ by and still round to the claim.
    evidence, year, vintage : str
        Key of the basis it was recomputed on, with its year and edition.
    printed_at, made : Lineage
        Where the printed and the recomputed figure come from.
    """

    id: str
    measure: str
    period: str
    unit: str
    printed: float
    recomputed: float | None
    half_step: float
    evidence: str
    year: str = ""
    vintage: str = ""
    printed_at: Lineage = field(default=Lineage("value"), repr=False)
    made: Lineage = field(default=Lineage("value"), repr=False)

    @property
    def verdict(self) -> str:
        """``reproduced`` where the recomputed figure rounds to the printed one; ``differs``; ``not_checkable``."""
        if self.recomputed is None:
            return "not_checkable"
        return "reproduced" if abs(self.recomputed - self.printed) <= self.half_step + 1e-9 else "differs"


def headline_checks(
    deck: pd.DataFrame,
    *,
    goods: pd.DataFrame,
    fdi: pd.DataFrame,
    jobs_national: pd.DataFrame,
    jobs_state: pd.DataFrame,
    totals: pd.DataFrame,
    groups: Collection[str],
    subject: str = "JPN",
    trade_year: int = 2021,
) -> tuple[Check, ...]:
    """Return every headline claim beside its recomputed figure; none where the deck was not yet published.

    Parameters
    ----------
    deck
        ``deck_figures``: figures as printed.
    goods, fdi, jobs_national, jobs_state, totals
        The tables in one vintage a period; ``totals`` is ``activity``.
    trade_year
        The deck prints no year for its trade ranks; the last full year before it (2021) is taken.
    """
    if deck.empty or totals.empty:
        return ()
    printed: dict[Any, Any] = deck.set_index("id").to_dict("index")
    flows = {
        flow: trade.reading(goods, flow, subject, groups=groups, year=trade_year)
        for flow in ("exports", "imports")
    }
    deficit = trade.deficit_reading(goods, subject, groups=groups, year=trade_year)
    position = investment.reading(fdi, "ubo", subject, groups=groups, year=2020)
    employed = jobs.reading(jobs_national, subject, groups=groups, year=2019)
    by_state = jobs.by_state(jobs_state, subject, year=2019)
    first, last, _ = activity.cumulative(totals, "participants")
    yearly = activity.by_fiscal_year(totals).set_index("fiscal_year")["participants"].loc[first:last]

    def value(claim: str) -> float:
        return float(printed[claim]["value"])

    def rank(claim: str) -> float:
        return float(printed[claim]["rank"])

    def period(claim: str) -> str:
        return str(printed[claim]["period"])

    year = str(trade_year)
    share = None if deficit is None or deficit.standing.share is None else 100 * deficit.standing.share
    made = {"participants": activity.of_years(totals, "participants", map(int, yearly.index))}
    for name, reading, part, factor in (
        *((flow, reading, "rank", 1) for flow, reading in flows.items()),
        ("deficit_share", deficit, "share", 100),
        ("deficit_rank", deficit, "rank", 1),
        ("fdi_position", position, "value", 1 / 1000),
        ("fdi_rank", position, "rank", 1),
        ("jobs", employed, "value", 1),
        ("jobs_rank", employed, "rank", 1),
    ):
        if reading is not None:
            made[name] = reading.lineage(part).scaled(factor)
    if len(by_state):
        states_year = int(by_state["year"].iloc[0])
        made |= {
            f"states_{name}": _from_states(states_year, subject, rank)
            for name, rank in (("first", 1), ("second", 2))
        }
    found = [
        Check(
            "activity.participants.total",
            "participants",
            period("activity.participants.total"),
            "persons",
            value("activity.participants.total"),
            float(yearly.sum()),
            0.5,
            "sum",
        ),
        Check(
            "activity.projects.2021",
            "projects",
            period("activity.projects.2021"),
            "projects",
            value("activity.projects.2021"),
            None,
            0.5,
            "once",
        ),
        Check(
            "activity.projects.total",
            "projects",
            period("activity.projects.total"),
            "projects",
            value("activity.projects.total"),
            None,
            0.5,
            "once",
        ),
        *(
            Check(
                f"{flow}.rank",
                flow,
                period(f"{flow}.rank"),
                "rank",
                rank(f"{flow}.rank"),
                _rank(reading),
                0.5,
                "trade",
                year,
                _vintage(reading),
            )
            for flow, reading in flows.items()
        ),
        Check(
            "deficit.share",
            "deficit_share",
            period("deficit.share"),
            "percent",
            value("deficit.share"),
            share,
            0.05,
            "deficit",
            year,
            _vintage(deficit),
        ),
        Check(
            "deficit.share",
            "deficit_rank",
            period("deficit.share"),
            "rank",
            rank("deficit.share"),
            _rank(deficit),
            0.5,
            "deficit_rank",
            year,
            _vintage(deficit),
        ),
        Check(
            "fdi.position",
            "fdi_position",
            period("fdi.position"),
            "billion USD",
            value("fdi.position"),
            None if position is None else position.value / 1000,
            0.05,
            "fdi",
            "2020",
            _vintage(position),
        ),
        Check(
            "fdi.position",
            "fdi_rank",
            period("fdi.position"),
            "rank",
            rank("fdi.position"),
            None if position is None else _rank(position),
            0.5,
            "fdi_alone" if position is None or position.rank is None else "fdi",
            "2020",
            _vintage(position),
        ),
        Check(
            "jobs.national",
            "jobs",
            period("jobs.national"),
            "persons",
            value("jobs.national"),
            None if employed is None else employed.value,
            500,
            "jobs",
            "2019",
            _vintage(employed),
        ),
        Check(
            "jobs.national.rounded",
            "jobs_rank",
            period("jobs.national.rounded"),
            "rank",
            rank("jobs.national.rounded"),
            _rank(employed),
            0.5,
            "jobs",
            "2019",
            _vintage(employed),
        ),
        Check(
            "jobs.greenfield.rank",
            "greenfield",
            period("jobs.greenfield.rank"),
            "rank",
            rank("jobs.greenfield.rank"),
            None,
            0.5,
            "greenfield",
        ),
        Check(
            "jobs.states.first",
            "states_first",
            period("jobs.states.first"),
            "states",
            value("jobs.states.first"),
            _count(by_state, 1),
            0.5,
            "states",
            "2019",
        ),
        Check(
            "jobs.states.second",
            "states_second",
            period("jobs.states.second"),
            "states",
            value("jobs.states.second"),
            _count(by_state, 2),
            0.5,
            "states",
            "2019",
        ),
    ]
    return tuple(_traced(check, deck, made) for check in found)


def _traced(check: Check, deck: pd.DataFrame, made: dict[str, Lineage]) -> Check:
    row = deck[deck["id"] == check.id].iloc[0]
    printed = lineage.cell(row, "deck_figures", "rank" if check.unit == "rank" else "value")
    return replace(
        check, printed_at=Lineage("value", (printed,)), made=made.get(check.measure, Lineage("value"))
    )


def _from_states(year: int, subject: str, rank: int) -> Lineage:
    where = {"year": year, "partner": subject, "rank_printed": rank}
    return lineage.count("jobs_state", where, held=["value"])


def _count(by_state: pd.DataFrame, rank: int) -> float | None:
    return None if by_state.empty else float((by_state["rank"] == rank).sum())


def _rank(reading: Reading | None) -> float | None:
    return None if reading is None or reading.rank is None else float(reading.rank)


def _vintage(reading: Reading | None) -> str:
    return "" if reading is None else reading.vintage
