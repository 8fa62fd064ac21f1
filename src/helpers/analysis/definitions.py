"""The same question under each definition in hand: universe, basis, denominator and vintage, one beside the other.

A rank may move because the world moved or because the question did. Here only the question moves: the period stays
the same, one thing is changed at a time, and each answer says what was changed. Bands from rounding and confidential
cells belong to one definition (see `helpers.analysis.ranking`); what vintage and basis do to a rank is shown apart.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from helpers.analysis import investment, trade
from helpers.analysis.reading import Reading

SELECTED = (
    "BRA",
    "CAN",
    "CHN",
    "DEU",
    "FRA",
    "GBR",
    "HKG",
    "IND",
    "ITA",
    "JPN",
    "KOR",
    "MEX",
    "SAU",
    "SGP",
    "TWN",
)
"""The fifteen countries that the monthly release of the Census Bureau and BEA (FT-900) showed one by one in exhibit 19,
"U.S. Trade in Goods by Selected Countries and Areas, Census Basis", for February 2018. The exhibit
was read in a public copy that holds its rows and figures,
https://github.com/andrewlulyj/Data608/blob/c138fd8188750a97c62b2ffe9edee82cbde3c106/Module6/test2.txt (read on
29 November 2026); the release itself was not at hand. Vietnam, Ireland and Switzerland are not among them; later
releases list more countries. Which list the task force's summary rests on is not printed there."""

WHOLES = ("net", "nipa", "gross")
"""What a deficit can be set against: the net goods deficit on Census basis, the net goods deficit of the national
accounts (near the balance of payments, so that two bases meet in one fraction), and the sum of all bilateral goods
deficits on Census basis."""


@dataclass(frozen=True)
class Definition:
    """One answer: what was measured, under which definition, and the reading.

    Attributes
    ----------
    measure : str
        ``exports``, ``imports``, ``deficit`` or ``fdi``.
    universe : str
        ``all`` partners, the ``selected`` list, or the countries ``printed`` in the source.
    basis : str
        ``census``, ``ubo`` or ``foreign_parent``.
    reading : Reading
        With the year, the vintage and the standing; its ``id`` is ``definitions.`` and the id of the definition.
    """

    measure: str
    universe: str
    basis: str
    reading: Reading

    @property
    def id(self) -> str:
        """Stable name, such as ``deficit.all.census.2023-03``."""
        return f"{self.measure}.{self.universe}.{self.basis}.{self.reading.vintage}"

    @property
    def rank(self) -> int | None:
        """The rank as it is printed elsewhere; None where the list in hand allows none."""
        return self.reading.rank


@dataclass(frozen=True)
class Share:
    """A part of the goods deficit on one denominator.

    Attributes
    ----------
    whole : str
        Which denominator: one of `WHOLES`.
    vintage, whole_vintage, source, whole_source : str
        State and source of the numerator's and of the denominator's figures.
    part, total : float
        Numerator and denominator, million US dollars, both as deficits (positive).
    year : int
    """

    whole: str
    vintage: str
    whole_vintage: str
    source: str
    whole_source: str
    part: float
    total: float
    year: int

    @property
    def id(self) -> str:
        """Stable name, such as ``deficit.share.net.2023-03``."""
        return f"deficit.share.{self.whole}.{self.vintage}"

    @property
    def value(self) -> float:
        """The share as a fraction."""
        return self.part / self.total

    @property
    def mixed(self) -> bool:
        """Whether numerator and denominator are on two bases: a sensitivity, not a share in the plain sense."""
        return self.whole == "nipa"


@dataclass(frozen=True)
class Answers:
    """Every definition in hand for one subject and year: the ranks and the shares of the goods deficit."""

    year: int
    ranks: tuple[Definition, ...]
    shares: tuple[Share, ...]

    def of(self, measure: str) -> tuple[Definition, ...]:
        """Return the definitions of one measure."""
        return tuple(one for one in self.ranks if one.measure == measure)


@dataclass(frozen=True)
class Held:
    """In how many definitions a statement holds.

    ``certain``: whichever rank of the band is the true one; ``possible``: for one of them at least; ``of``: all
    definitions that give a rank.
    """

    certain: int
    possible: int
    of: int


def asked(
    load: Callable[..., pd.DataFrame], subject: str, *, groups: Collection[str], year: int, as_of: str = ""
) -> Answers:
    """Return every answer for one subject and year from the tables that `load` gives by name.

    Parameters
    ----------
    load : callable
        Table by name and, as keywords, ``vintage="all"`` and the year to keep: ``goods_trade``, ``nipa_goods`` and
        ``fdi_position`` are asked for. Others as in `ranks`.
    """
    goods = load("goods_trade", vintage="all", year=year)
    tables = goods, load("nipa_goods", year=year), load("fdi_position")
    return answers(*tables, subject, groups=groups, year=year, as_of=as_of)


def answers(
    goods: pd.DataFrame,
    nipa: pd.DataFrame,
    fdi: pd.DataFrame,
    subject: str,
    *,
    groups: Collection[str],
    year: int,
    as_of: str = "",
) -> Answers:
    """Return ranks and shares under each definition in hand; parameters as in `ranks` and `deficit_shares`."""
    given: dict[str, Any] = {"groups": groups, "year": year, "as_of": as_of}
    return Answers(year, ranks(goods, fdi, subject, **given), deficit_shares(goods, nipa, subject, **given))


def ranks(
    goods: pd.DataFrame,
    fdi: pd.DataFrame,
    subject: str,
    *,
    groups: Collection[str],
    year: int,
    as_of: str = "",
    selected: Collection[str] = SELECTED,
) -> tuple[Definition, ...]:
    """Return ``subject``'s rank in exports, imports, deficit and position under each definition in hand.

    Parameters
    ----------
    goods : DataFrame
        ``goods_trade`` in all vintages.
    fdi : DataFrame
        ``fdi_position``, one vintage a year and basis.
    groups : collection of str
        Codes that are groups of partners.
    year : int
        Calendar year of the flows. The position is that of the newest year up to it that both bases have.
    as_of : str
        ISO date: vintages published later are left out (the oldest stays where none is that old).
    selected : collection of str
        The list that is the second universe of the deficit.

    Returns
    -------
    tuple of Definition
        In the order exports, imports, deficit (all partners, then the list), position (owner, then parent);
        oldest vintage first. Empty where nothing is in hand.
    """
    found: list[Definition] = []
    for flow in ("exports", "imports"):
        found += by_vintage(goods, flow, subject, groups=groups, year=year, as_of=as_of)
    found += by_vintage(goods, "deficit", subject, groups=groups, year=year, as_of=as_of)
    if subject in selected:
        kept = goods[goods["partner"].isin([*selected, trade.WORLD])]
        found += by_vintage(
            kept, "deficit", subject, groups=groups, year=year, as_of=as_of, universe="selected"
        )
    return (*found, *by_basis(fdi, subject, groups=groups, year=year))


def by_vintage(
    goods: pd.DataFrame,
    measure: str,
    subject: str,
    *,
    groups: Collection[str],
    year: int,
    as_of: str = "",
    universe: str = "all",
) -> tuple[Definition, ...]:
    """Return the reading of one measure of one year in each vintage that has it, oldest first.

    ``measure`` is ``exports``, ``imports`` or ``deficit``; other parameters as in `ranks`. A vintage in which the
    subject has no trade, or no deficit, gives no reading.
    """
    found = []
    for vintage in vintages(goods, year, as_of):
        rows = goods[goods["vintage"] == vintage]
        one = (
            trade.deficit_reading(rows, subject, groups=groups, year=year)
            if measure == "deficit"
            else trade.reading(rows, measure, subject, groups=groups, year=year)
        )
        if one is not None:
            found.append(_named(Definition(measure, universe, "census", one)))
    return tuple(found)


def by_basis(
    fdi: pd.DataFrame, subject: str, *, groups: Collection[str], year: int
) -> tuple[Definition, ...]:
    """Return the position by ultimate owner and by foreign parent in the newest year up to `year` that both have.

    Where no year has both, what either has up to that year is left out: two years are not one question.
    """
    owner, parent = (set(investment.years(fdi, basis, subject)) for basis in ("ubo", "foreign_parent"))
    both = [y for y in owner & parent if y <= year]
    if not both:
        return ()
    found = []
    for basis in ("ubo", "foreign_parent"):
        one = investment.reading(fdi, basis, subject, groups=groups, year=max(both))
        if one is not None:
            universe = "all" if one.universe == "all" else "printed"
            found.append(_named(Definition("fdi", universe, basis, one)))
    return tuple(found)


def deficit_shares(
    goods: pd.DataFrame,
    nipa: pd.DataFrame,
    subject: str,
    *,
    groups: Collection[str],
    year: int,
    as_of: str = "",
) -> tuple[Share, ...]:
    """Return the subject's part of the goods deficit on each denominator and in each vintage.

    Parameters
    ----------
    nipa : DataFrame
        ``nipa_goods``: year, flow, value_busd (billion US dollars, national accounts), vintage.

    Returns
    -------
    tuple of Share
        For each vintage, in the order of `WHOLES`; without ``nipa`` where that year is not in hand.
    """
    accounts = nipa[(nipa["year"] == year) & (nipa["flow"] == "balance")]
    found = []
    for one in by_vintage(goods, "deficit", subject, groups=groups, year=year, as_of=as_of):
        row, own = one.reading.league.iloc[0], (one.reading.vintage, one.reading.source)
        wholes = {"net": (float(row["net"]), *own), "gross": (float(row["gross"]), *own)}
        for account in accounts.head(1).to_dict("records"):
            wholes["nipa"] = (
                -1000.0 * account["value_busd"],
                str(account["vintage"]),
                str(account["source"]),
            )
        for whole in WHOLES:
            total, vintage, source = wholes.get(whole, (0.0, "", ""))
            if total > 0:
                found.append(Share(whole, own[0], vintage, own[1], source, one.reading.value, total, year))
    return tuple(found)


def within(found: Iterable[Definition], places: int) -> Held:
    """Return in how many definitions the subject stands among the first ``places``."""
    ranked = [one for one in found if one.rank is not None]
    return Held(
        certain=sum(one.reading.standing.worst <= places for one in ranked),
        possible=sum(one.reading.standing.best <= places for one in ranked),
        of=len(ranked),
    )


def vintages(table: pd.DataFrame, year: int, as_of: str = "") -> list[str]:
    """Return the vintages that have a world total of ``year``, oldest first.

    With ``as_of`` those published later are left out, but for the oldest where all were: it stands in.
    """
    known = table[(table["year"] == year) & (table["partner"] == trade.WORLD)]
    every = sorted({str(v) for v in known["vintage"]})
    early = [v for v in every if not as_of or _last_day(v) <= as_of]
    return early or every[:1]


def _named(one: Definition) -> Definition:
    """Return a definition whose reading has an id of its own, so that no number passes for the page's main one."""
    return replace(one, reading=replace(one.reading, id=f"definitions.{one.id}"))


def _last_day(vintage: str) -> str:
    return vintage + "-12-31"[len(vintage) - 4 :] if len(vintage) < 10 else vintage
