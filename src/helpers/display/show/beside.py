"""Activity beside the economy, year by year, with what so few points cannot tell."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.analysis import activity
from helpers.analysis.lineage import Lineage, Universe
from helpers.analysis.monthly import fiscal_sums
from helpers.display import charts, facts, markup, numbers
from helpers.display.block import Value
from helpers.display.blocks import Block, Figure, Findings
from helpers.display.prose import Voice
from helpers.display.show import register
from helpers.display.show.taskforce import BREAK_YEAR, JAPAN, decks, not_the_subject, not_yet

COLUMNS = ("date_start", "fiscal_year")
"""What has to be known of every event to count them by year."""

FIVE = 5
"""Points that the phrases count: the fiscal years of the first deck."""

FLOWS = ("exports", "imports")
"""Both have to be whole for a total of a year."""


def years(
    voice: Voice, subject: str, table: pd.DataFrame, monthly: pd.DataFrame, events: pd.DataFrame
) -> tuple[Block, ...]:
    """Return that the register is a sample, activity beside the economy by year, and what so few points cannot tell."""
    if subject != JAPAN:
        return (not_the_subject(voice, subject),)
    if table.empty:
        return (not_yet(voice),)
    return (
        *register.sample(voice, events, table),
        _panels(voice, subject, table, monthly, events),
        _findings(voice, subject, table, monthly, events),
    )


def _panels(
    voice: Voice, subject: str, table: pd.DataFrame, monthly: pd.DataFrame, events: pd.DataFrame
) -> Figure:
    """Return participants, trade with the subject and registered events in one column of panels, year by year.

    Parameters
    ----------
    monthly
        ``goods_trade_monthly``: summed to exact Japanese fiscal years.
    """
    joined = _beside(subject, table, monthly, events)
    long = joined.melt(id_vars="x", var_name="panel", value_name="value")
    panels = {p: voice.say(f"taskforce.beside_{p}") for p in ("participants", "trade", "events")}
    fmts = {
        "participants": lambda v: numbers.number(v / 1000, voice.lang),
        "trade": lambda v: numbers.billions(v, voice.lang),
        "events": lambda v: numbers.number(v, voice.lang),
    }
    first, last = int(joined["x"].min()), int(joined["x"].max())
    subtitle = voice.say("taskforce.beside_subtitle", first=voice.fiscal(first), last=voice.fiscal(last))
    return Figure(
        voice.lang,
        svg=charts.small_multiples(
            long,
            panels,
            fmts,
            subject=["participants"],
            broken=["participants", "events"],
            panel_height=13,
            breaks=[(BREAK_YEAR, voice.say("taskforce.break_2020"))],
            x_fmt=voice.tick,
            missing=numbers.missing(voice.lang),
        ),
        title=voice.say(_counted("taskforce.beside_title", joined)),
        subtitle=subtitle,
        alt=charts.alt_small_multiples(long, panels, fmts, lang=voice.lang, x_fmt=voice.fiscal),
        source=decks(voice, table, "taskforce_census"),
        values=_values(voice, subject, table, joined, subtitle),
    )


def _values(
    voice: Voice, subject: str, table: pd.DataFrame, joined: pd.DataFrame, label: str
) -> tuple[Value, ...]:
    """Return the numbers of the three series."""

    def made(row: Any, part: str) -> Lineage:
        year = int(row["x"])
        if part == "participants":
            return activity.of_year(table, part, year)
        if part == "events":
            return activity.counted(voice.day, fiscal_year=year)
        months = {"columns": ["year", "month"], "from": [year, 4], "to": [year + 1, 3]}
        among = Universe(
            "goods_trade_monthly", "value_usd", "partner", {"partner": subject}, more={"span": months}
        )
        return Lineage("sum_of", universe=among)

    return facts.of_rows(
        voice,
        joined,
        prefix="beside",
        key="x",
        columns={"participants": "participants", "trade": "USD", "events": "events"},
        label=label,
        period_column="x",
        lineage=made,
    )


def _findings(
    voice: Voice, subject: str, table: pd.DataFrame, monthly: pd.DataFrame, events: pd.DataFrame
) -> Findings:
    """Return the range of both series, and what so few points cannot tell."""
    joined = _beside(subject, table, monthly, events).set_index("x")
    people, money = joined["participants"], joined["trade"]

    def point(column: str, year: Any) -> str:
        figure = joined.loc[year, column]
        text = voice.persons(figure) if column == "participants" else voice.dollars(figure)
        return markup.number(f"beside.{year}.{column}", text)

    text = voice.say(
        "taskforce.beside_finding",
        low=point("participants", people.idxmin()),
        low_year=voice.fiscal(people.idxmin()),
        high=point("participants", people.idxmax()),
        high_year=voice.fiscal(people.idxmax()),
        trade_low=point("trade", money.idxmin()),
        trade_low_year=voice.fiscal(money.idxmin()),
        trade_high=point("trade", money.idxmax()),
        trade_high_year=voice.fiscal(money.idxmax()),
    )
    values = _values(voice, subject, table, joined.reset_index(), text)
    return Findings(voice.lang, (text, voice.say(_counted("taskforce.beside_note", joined))), values=values)


def _counted(phrase: str, joined: pd.DataFrame) -> str:
    """Return the phrase that counts the points, or, where they are not as many as it says, the one that does not."""
    return phrase if len(joined) == FIVE else f"{phrase}_few"


def _beside(subject: str, table: pd.DataFrame, monthly: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Return participants, two-way trade and events by fiscal year; without a month of a flow there is no total."""
    people = (
        activity.by_fiscal_year(table)
        .dropna(subset=["participants"])
        .set_index("fiscal_year")["participants"]
    )
    own = monthly[monthly["partner"] == subject]
    flows = fiscal_sums(own).groupby("fiscal_year")["value_usd"].agg(["sum", "size"])
    money = flows.loc[flows["size"] == len(FLOWS), "sum"]
    held = events["fiscal_year"].value_counts()
    return pd.DataFrame(
        {
            "x": people.index,
            "participants": people.to_numpy(),
            "trade": money.reindex(people.index).to_numpy(),
            "events": held.reindex(people.index).fillna(0).to_numpy(),
        }
    )
