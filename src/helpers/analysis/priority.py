"""Where next, under whose weights: a composite of five scores, and how far the order depends on the weights.

The arithmetic is whole, so that a page's script and Python print the same digits:

* **Scores** are whole tenths from 0 to 1000 (shown as 0.0 to 100.0). A figure is scored by its percentile among the
  places that have one, (mean rank - 1) / (n - 1); a yes or no is 100 or 0.
* **Weights** are whole numbers from 0 to 100.
* **Composite** of a place: N = sum of weight x score, W = sum of weights; places are ranked by N (competition ranks,
  equal N tie) and shown as floor((2N + W) / (2W)) tenths, which is N/W rounded half up. In a script:
  ``Math.floor((2 * N + W) / (2 * W)) / 10``.
* **Missing**: a place that lacks a component with a weight has no composite and no rank, and is listed. Nothing is
  put in its place, and the weights of the others are not stretched over the hole.
* **Stability**: the same under weights drawn at random, all divisions equally likely (`chance.simplex`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from helpers.analysis import chance
from helpers.errors import AnalysisError, compose, listed

COMPONENTS = ("presence", "rank", "gap", "office", "growth")
"""In the order of the page: presence; Japan's rank among partners; activity short of presence; no resident office;
growth."""

RISING = {"presence": True, "rank": False, "gap": False, "office": False, "growth": True}
"""Whether a larger figure scores higher: a first rank, little activity for the presence and no office score high."""

YES_NO = ("office",)
WEIGHTS: dict[str, int] = dict.fromkeys(COMPONENTS, 20)
"""The default: equal weights."""
LARGEST_WEIGHT = 100
TOP = 10
DRAWS = 5000
SURE = 0.9
"""Share of the weightings above which a place is called sure to be in the top, and below its rest seldom there."""

DECK, DECK_PAGE = "tf-deck-fy2021", "6"
"""Source and page of the deck's own list: jobs by state under the heading 重点地域について, on the priority regions."""


ON_DECK = {"source": DECK, "page": DECK_PAGE, "measure": "jobs", "partner": "JPN"}
"""What the claims of that list have in common."""


def figures(
    presence: pd.DataFrame,
    *,
    ranks: pd.DataFrame,
    shrunk: pd.DataFrame,
    seats: Collection[str],
    moved: pd.DataFrame,
) -> pd.DataFrame:
    """Return the five figures of each state, as `components` wants them.

    Parameters
    ----------
    presence
        place, presence (the frame of a `presence.Presence` by state): these are the places.
    ranks
        state, rank: Japan's rank among the partners of each state (`trade.states_standing`).
    shrunk
        place, shrunk_gap (the frame of `expected.shrink`).
    seats
        States in which a Japanese mission has its seat.
    moved
        place, growth (from `growth`).
    """
    rows = presence[["place", "presence"]].sort_values("place").reset_index(drop=True)
    place = rows["place"]
    return rows.assign(
        rank=place.map(ranks.set_index("state")["rank"].astype(float)),
        gap=place.map(shrunk.set_index("place")["shrunk_gap"]),
        office=place.isin(list(seats)).astype(int),
        growth=place.map(moved.set_index("place")["growth"]),
    )


def components(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the score of each component beside its figure.

    Parameters
    ----------
    frame
        place and the columns of ``COMPONENTS``: presence (any unit), rank (1 is first), gap (ln of activity share over
        presence share, shrunk), office (1 where a Japanese mission has its seat, else 0), growth (a fraction).
        Missing figures stay missing.

    Returns
    -------
    DataFrame
        place, the figures, and ``score_<component>`` in whole tenths (Int64, missing where the figure is), in order
        of place.

    Raises
    ------
    AnalysisError
        If a column lacks, a place occurs twice, or an office is neither 0 nor 1.
    """
    lacking = [c for c in ("place", *COMPONENTS) if c not in frame]
    if lacking:
        todo = "Add it, if only as missing."
        raise AnalysisError(
            compose("priority, columns", listed(COMPONENTS), f"none for {listed(lacking)}", todo)
        )
    twice = sorted(set(frame.loc[frame["place"].duplicated(), "place"]))
    if twice:
        todo = "Pass one row a place."
        raise AnalysisError(compose("priority, places", "each once", f"again {listed(twice)}", todo))
    rows = frame[["place", *COMPONENTS]].sort_values("place").reset_index(drop=True)
    scores = {f"score_{name}": _scored(rows[name], name) for name in COMPONENTS}
    return rows.assign(**scores)


def score(scored: pd.DataFrame, weights: Mapping[str, int]) -> pd.DataFrame:
    """Return the league under given weights.

    Parameters
    ----------
    scored
        From `components`.
    weights
        Component to a whole number from 0 to 100; a component that is not named has none.

    Returns
    -------
    DataFrame
        place, composite (whole tenths, Int64), rank (Int64), tied, lacks (components with a weight that the place
        has no figure for, joined by ``;``); best first, those without a rank last, ties in order of place.
    """
    given = _weights(weights)
    used = [name for name in COMPONENTS if given[name]]
    table = scored[[f"score_{name}" for name in used]]
    gaps = table.isna().to_numpy()
    whole = table.fillna(0).to_numpy(dtype=np.int64)
    points = whole @ np.array([given[name] for name in used], dtype=np.int64)
    total = sum(given.values())
    known = np.asarray(~gaps.any(axis=1))
    composite = (2 * points + total) // (2 * total)
    rank = _ranked(points, known)
    out = pd.DataFrame(
        {
            "place": scored["place"],
            "composite": pd.array(np.where(known, composite, -1), dtype="Int64"),
            "rank": pd.array(rank, dtype="Int64"),
            "tied": known & pd.Series(np.where(known, points, -1)).duplicated(keep=False).to_numpy(),
            "lacks": [";".join(n for n, gap in zip(used, row, strict=True) if gap) for row in gaps],
        }
    )
    out.loc[~known, ["composite", "rank"]] = pd.NA
    order = out.assign(last=~known).sort_values(["last", "rank", "place"])
    return order.drop(columns="last").reset_index(drop=True)


def stability(
    scored: pd.DataFrame,
    *,
    seed: int,
    draws: int = DRAWS,
    top: int = TOP,
    names: tuple[str, ...] = COMPONENTS,
) -> pd.DataFrame:
    """Return how the rank of each place fares under weights drawn at random, all divisions equally likely.

    Returns
    -------
    DataFrame
        place, top_count and top_share (draws in which it is among the first ``top``, ties at the edge all in), best,
        median (lower), worst rank over the draws; best share first. Places that lack a component are left out.
    """
    columns = [f"score_{name}" for name in names]
    whole = scored.dropna(subset=columns).sort_values("place").reset_index(drop=True)
    if whole.empty:
        todo = "Leave out the component that no place has."
        raise AnalysisError(compose("stability", "a place with every component", "none", todo))
    weights = chance.simplex(chance.generator(seed), len(names), draws)
    points = weights @ whole[columns].to_numpy(dtype=np.int64).T
    ranks = len(whole) + 1 - stats.rankdata(points, method="max", axis=1).astype(np.int64)
    inside = (ranks <= top).sum(axis=0)
    found = pd.DataFrame(
        {
            "place": whole["place"],
            "top_count": inside,
            "top_share": inside / draws,
            "best": ranks.min(axis=0),
            "median": np.sort(ranks, axis=0)[(draws - 1) // 2],
            "worst": ranks.max(axis=0),
        }
    )
    return found.sort_values(["top_count", "median", "place"], ascending=[False, True, True]).reset_index(
        drop=True
    )


def weightings(weights: Mapping[str, int] | None = None) -> dict[str, dict[str, int]]:
    """Return the weightings of the rank grid: the reader's, equal ones, each component alone, each left out."""
    named = {"chosen": dict(_weights(weights))} if weights is not None else {}
    equal = {"equal": dict.fromkeys(COMPONENTS, 20)}
    alone = {f"only_{one}": {name: 100 * (name == one) for name in COMPONENTS} for one in COMPONENTS}
    without = {f"without_{one}": {name: 25 * (name != one) for name in COMPONENTS} for one in COMPONENTS}
    return named | equal | alone | without


def rank_grid(scored: pd.DataFrame, grid: Mapping[str, Mapping[str, int]]) -> pd.DataFrame:
    """Return the rank of each place under each weighting.

    Returns
    -------
    DataFrame
        weighting, place, rank (Int64; missing where the place lacks a component), composite (tenths).
    """
    parts = [score(scored, weights).assign(weighting=name) for name, weights in grid.items()]
    return pd.concat(parts, ignore_index=True)[["weighting", "place", "rank", "composite"]]


def deck(claims: pd.DataFrame, states: Collection[str]) -> pd.DataFrame:
    """Return the states that the deck prints under its heading on priority regions, in the order of their codes.

    Parameters
    ----------
    claims
        The table ``claims``.
    states
        Codes of the states.

    Returns
    -------
    DataFrame
        state, printed (Japan's rank among the countries there, as printed), id, page, period, source.
    """
    own = (claims[list(ON_DECK)] == pd.Series(ON_DECK)).all(axis=1)
    rows = claims[own & claims["place"].isin(list(states)) & claims["rank"].notna()]
    found = rows.rename(columns={"place": "state", "rank": "printed"}).sort_values("state")
    return found[["state", "printed", "id", "page", "period", "source"]].reset_index(drop=True)


def growth(state_trade: pd.DataFrame, flow: str, *, partner: str = "JPN") -> pd.DataFrame:
    """Return how far each state's trade with the partner moved from the first to the newest year, as a fraction.

    Returns
    -------
    DataFrame
        place, first (the partner's first year), last (the newest year of the flow), growth; missing where the first
        year had no trade. A state that the table lists in the newest year without a row for the partner had no trade
        with it then: -1.
    """
    rows = state_trade[state_trade["flow"] == flow]
    own = rows[rows["partner"] == partner]
    first, last = int(own["year"].min()), int(rows["year"].max())
    by_year = own.groupby(["year", "state"])["value_usd"].sum().astype(float)
    listed = sorted(rows.loc[rows["year"] == last, "state"].unique())
    after = (
        by_year[by_year.index.get_level_values("year") == last].droplevel("year").reindex(listed).fillna(0.0)
    )
    before = by_year[by_year.index.get_level_values("year") == first].droplevel("year")
    moved = (after / before.where(before > 0)) - 1
    return moved.rename("growth").rename_axis("place").reset_index().assign(first=first, last=last)


def _scored(values: pd.Series, name: str) -> pd.Series:
    """Return whole tenths from 0 to 1000, in whole arithmetic, half up."""
    figures = values.astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    known = ~np.isnan(figures)
    out = np.full(len(figures), -1, dtype=np.int64)
    up = figures if RISING[name] else -figures
    if name in YES_NO:
        if not np.isin(figures[known], (0, 1)).all():
            raise AnalysisError(compose(f"priority, {name}", "0 or 1", "another figure", "Say yes or no."))
        out[known] = np.where(figures[known] == (1 if RISING[name] else 0), 1000, 0)
    elif known.sum() > 1:
        above = np.rint(2 * stats.rankdata(np.round(up[known], 12)) - 2).astype(np.int64)
        steps = 2 * (int(known.sum()) - 1)
        out[known] = (2 * 1000 * above + steps) // (2 * steps)
    elif known.any():
        out[known] = 500
    result = pd.Series(pd.array(out, dtype="Int64"), index=values.index)
    return result.mask(~pd.Series(known, index=values.index))


def _weights(weights: Mapping[str, int]) -> dict[str, int]:
    unknown = sorted(set(weights) - set(COMPONENTS))
    todo = "Give whole numbers from 0 to 100, not all zero."
    if unknown:
        raise AnalysisError(compose("weights", f"some of {listed(COMPONENTS)}", listed(unknown), todo))
    wrong = {
        name: value
        for name, value in weights.items()
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_WEIGHT
    }
    if wrong or not any(weights.values()):
        got = listed(f"{n} = {v}" for n, v in wrong.items()) if wrong else "no weight above zero"
        raise AnalysisError(compose("weights", "whole numbers from 0 to 100, not all zero", got, todo))
    return {name: int(weights.get(name, 0)) for name in COMPONENTS}


def _ranked(points: NDArray[np.int64], known: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return competition ranks of the known places, 0 for the others."""
    ranks = np.zeros(len(points), dtype=np.int64)
    if known.any():
        ranks[known] = int(known.sum()) + 1 - stats.rankdata(points[known], method="max").astype(np.int64)
    return ranks
