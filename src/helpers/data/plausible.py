"""Whether what a refresh brings can be: figures are not out before their year ends, nor do partners vanish."""

from __future__ import annotations

import pandas as pd

from helpers.data import catalog
from helpers.data.changes import MEMBERS, Changes, measure
from helpers.data.descriptor import Table
from helpers.data.sums import SHORT, WORLD
from helpers.data.vintages import preferred
from helpers.errors import DataCheckError, compose, listed

SUBJECT = "JPN"
SCALE = 10
"""Times by which no revision moves a total that is in hand: a file in another unit does."""


def check(changes: Changes, answer: pd.DataFrame) -> tuple[str, ...]:
    """Return notes on partners that are in hand for the answer's periods and not in the answer.

    Raises
    ------
    DataCheckError
        If the answer lacks Japan, the total, or partners with more than a small part of the total: a brief would
        rank without them; if a total is so far from the one in hand that it must be in another unit.
    """
    if "partner" not in changes.table.columns or WORLD not in set(changes.before["partner"]):
        return ()
    scope = [name for name in changes.table.primary_key if name not in MEMBERS]
    asked = answer[scope].drop_duplicates()
    held = preferred(changes.before, changes.table.one_vintage_per).merge(asked, on=scope)
    lost = held[~_index(held, [*scope, "partner"]).isin(_index(answer, [*scope, "partner"]))]
    wrong = _needed(answer, asked, held, scope) + _large(held, lost, scope, measure(changes.table))
    if wrong:
        expected = "Japan, the total and the partners that are in hand"
        todo = "Nothing was written; draw or download the whole table, with every partner."
        raise DataCheckError(
            compose(f"refresh of {changes.table.name}", expected, f"none for {listed(wrong)}", todo)
        )
    _same_unit(held, answer, scope, changes.table)
    names = sorted(set(lost["partner"]) - set(answer["partner"]))
    return (f"partners in hand that this does not have: {listed(names)}",) if names else ()


def over(answer: pd.DataFrame, table: str) -> None:
    """Raise unless every year was over in the year of its vintage.

    Raises
    ------
    DataCheckError
        With every year that was not, and the vintage it is said to be of.
    """
    early = answer[answer["year"] >= answer["vintage"].str.slice(0, 4).astype("int64")]
    if len(early):
        pairs = (early["year"].astype("str") + " in vintage " + early["vintage"]).drop_duplicates()
        todo = "Name the day on which the figures stood like this (--vintage)."
        raise DataCheckError(
            compose(f"refresh of {table}", "a vintage after the years in it", listed(pairs), todo)
        )


def _needed(answer: pd.DataFrame, asked: pd.DataFrame, held: pd.DataFrame, scope: list[str]) -> list[str]:
    """Return Japan and the total where they are in hand and, of the nation, in every new period, and not in the answer.

    The Census Bureau's own file by country has no total of 1985 and 1986.
    """
    needed = held.loc[held["partner"].isin([SUBJECT, WORLD]), [*scope, "partner"]]
    if "state" not in scope:
        new = asked[~_index(asked, scope).isin(_index(held, scope))]
        needed = pd.concat([needed, new.merge(pd.DataFrame({"partner": [SUBJECT, WORLD]}), how="cross")])
    found = needed[~_index(needed, [*scope, "partner"]).isin(_index(answer, [*scope, "partner"]))]
    return [" ".join(map(str, row)) for row in found.itertuples(index=False)]


def _large(held: pd.DataFrame, lost: pd.DataFrame, scope: list[str], value: str) -> list[str]:
    """Return the scopes in which partners that are lost had more of the total than lists fall short of it."""
    kinds = catalog.load("aggregates").set_index("code")["kind"]
    alone = lost[lost["partner"].map(kinds).fillna("partner").eq("partner")]
    total = held[held["partner"] == WORLD].set_index(scope)[value]
    gone = alone.groupby(scope)[value].sum().reindex(total.index)
    parts = alone.groupby(scope)["partner"].agg(list).reindex(total.index)
    large = gone > SHORT * total
    return [
        f"{' '.join(map(str, key if isinstance(key, tuple) else (key,)))}: {', '.join(parts[key])}"
        for key in total.index[large]
    ]


def _same_unit(held: pd.DataFrame, answer: pd.DataFrame, scope: list[str], table: Table) -> None:
    """Raise if a total is many times the one in hand, or a small part of it."""
    value = measure(table)
    was, now = (
        rows[rows["partner"] == WORLD].set_index(scope)[value].astype("float64") for rows in (held, answer)
    )
    pairs = pd.DataFrame({"was": was, "now": now}).dropna()
    apart = pairs[(pairs["now"] > pairs["was"] * SCALE) | (pairs["now"] < pairs["was"] / SCALE)]
    if len(apart):
        first = apart.iloc[0]
        where = " ".join(map(str, apart.index[0] if isinstance(apart.index[0], tuple) else (apart.index[0],)))
        got = f"{first['now']:,.0f} after {first['was']:,.0f} in {where}"
        todo = f"Nothing was written; the file is in another unit than {value}, or holds a part only."
        raise DataCheckError(compose(f"refresh of {table.name}", "totals near those in hand", got, todo))


def _index(frame: pd.DataFrame, keys: list[str]) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(frame[keys])
