"""Where the points of the trade charts come from: shares and ranks by year, chapters of the Harmonized System."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from helpers.analysis import lineage, trade
from helpers.analysis.lineage import Lineage, Universe
from helpers.display import markup
from helpers.display.prose import Voice


def past(voice: Voice, flow: str, row: pd.Series, column: str) -> str:
    """Return a share or a rank of one year, marked as the point of the chart that it is."""
    text = voice.percent(row[column]) if column == "share" else voice.nth(int(row[column]))
    return markup.number(f"{flow}.history.{row['partner']}.{row['year']}.{column}", text)


def years(flow: str, place: str) -> Callable[[Any, str], Lineage]:
    """Return where a share or a rank of :func:`helpers.analysis.trade.history` comes from."""
    table, column = ("goods_trade", "value_musd") if place == "US" else ("state_trade", "value_usd")
    fixed: dict[str, Any] = {"flow": flow} | ({} if place == "US" else {"state": place})

    def made(row: Any, part: str) -> Lineage:
        own = lineage.cell(row, table, column, **fixed)
        if part == "rank":
            among = trade.ranked_among(table, column, {"year": row["year"], **fixed}, row["vintage"])
            return Lineage("rank", (own,), among)
        world = {**row, "partner": trade.WORLD, "source": row["total_source"]}
        return Lineage("share", (own, lineage.cell(world, table, column, "total", **fixed)))

    return made


def chapter(row: Any, part: str) -> Lineage:
    """Return where a chapter's value, or its part of the flow, comes from."""
    own = lineage.cell(row, "japan_hs2", "value_usd")
    if part == "value":
        return Lineage("value", (own,))
    flow = {key: own.where[key] for key in ("year", "partner", "flow")} | {"months": 12}
    return Lineage("share_of", (own,), Universe("japan_hs2", "value_usd", "hs2", flow))
