"""The commodities a state trades most of with a partner: rank, share, and how much the first few are of it all."""

from __future__ import annotations

import pandas as pd

from helpers.analysis import ranking


def ranked(top: pd.DataFrame) -> pd.DataFrame:
    """Return commodities with their rank and share of the state's trade with the partner in that flow.

    Parameters
    ----------
    top
        As ``helpers.data.commodities.top``: the largest ones, with ``total_usd`` of all.

    Returns
    -------
    DataFrame
        The rows with ``chapter`` (the first two digits of the code), ``rank``, ``tied`` and ``share`` (a fraction).
    """
    if top.empty:
        return top.assign(chapter="", rank=0, tied=False, share=0.0)
    total = float(top["total_usd"].iloc[0])
    found = ranking.league(top, value="value_usd", entity="commodity", total=total if total > 0 else None)
    return found.assign(chapter=found["commodity"].str[:2], rank=found["rank"].astype(int))


def part(top: pd.DataFrame) -> float:
    """Return how much of the state's trade with the partner the commodities shown are, as a fraction."""
    return float(top["value_usd"].sum() / top["total_usd"].iloc[0])
