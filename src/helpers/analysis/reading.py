"""A reading: where the subject of a brief stands in one measure, with what it takes to trace the number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from helpers.analysis import lineage
from helpers.analysis.lineage import Cell, Lineage, Universe
from helpers.analysis.ranking import Standing
from helpers.errors import AnalysisError, compose

WORLD = "WLD"
"""Code of the world, or of all countries together."""


@dataclass(frozen=True, eq=False)
class Reading:
    """One measure of one subject in one period.

    Attributes
    ----------
    id : str
        Stable name of the measure (``exports``, ``imports``, ``deficit``, ``fdi``, ``jobs``).
    standing : Standing
        Value, share, rank, band and neighbours of the subject.
    league : DataFrame
        The universe the standing was read from, in order.
    year : int
        Calendar year of a flow; year at whose end a stock is counted.
    unit : str
        ``million USD``, ``USD`` or ``persons``.
    table, basis, vintage, source : str
        The table in ``data/``, the definition, the edition of the figure and the key of its source.
    place : str
        ``US`` or the code of a state.
    total : float or None
        The published whole the share is taken of, in the same unit.
    share_change : float or None
        Change of the share against the year before, as a fraction; None where that year is not in hand in the same
        vintage.
    printed_rank : int or None
        The rank the source itself prints, where the whole universe is not in hand to recompute it.
    growth : float or None
        Change of the value against the year before, as a fraction of it; None where that year is not in hand in the
        same vintage, or was not positive.
    cells, before : mapping
        Where the figure of each partner, and of the world, comes from: this year's, and the year before's in the same
        vintage.
    among : Universe or None
        The rows the rank is taken from.
    """

    id: str
    standing: Standing
    league: pd.DataFrame = field(repr=False)
    year: int
    unit: str
    table: str
    basis: str
    vintage: str
    source: str
    place: str = "US"
    total: float | None = None
    share_change: float | None = None
    printed_rank: int | None = None
    growth: float | None = None
    cells: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict, repr=False)
    before: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict, repr=False)
    among: Universe | None = field(default=None, repr=False)

    @property
    def value(self) -> float:
        """The subject's published value."""
        if self.standing.value is None:
            raise AnalysisError(
                compose(
                    f"reading {self.id} {self.year}",
                    "a published value",
                    "a suppressed cell",
                    "Print the band.",
                )
            )
        return self.standing.value

    @property
    def hidden(self) -> bool:
        """Whether the subject's cell is suppressed: it has a band of ranks and no value."""
        return self.standing.value is None

    @cached_property
    def universe(self) -> str:
        """How much of the whole is in hand: ``all`` partners, the ``leading`` ones, a selection, or one.

        ``all`` means that the figures listed add up to at least 85% of the published total; the rest is in
        confidential cells and residual groups, which the bands account for. Sources that print the total
        print the ``leading`` countries under it. Without a total a list is ``selected``: larger ones may be
        absent. ``sole``: the subject alone.
        """
        if len(self.league) < 2:
            return "sole"
        if not self.total:
            return "selected"
        listed = float(self.league["value"].clip(lower=0).sum())
        return "all" if listed >= 0.85 * self.total else "leading"

    @property
    def rank(self) -> int | None:
        """The rank to print: recomputed where the universe allows it, else the source's own, else none."""
        if self.printed_rank is not None:
            return self.printed_rank
        return None if self.universe in ("sole", "selected") else self.standing.rank

    def lineage(self, part: str = "value", partner: str = "") -> Lineage:
        """Return where one of the reading's numbers comes from.

        Parameters
        ----------
        part
            ``value``, ``rank``, ``share``, ``total``, ``growth``, ``share_change``, ``low``, ``high``,
            ``above.gap``, ``above.gap_share``, ``below.gap``, ``below.gap_share``, or, of a deficit, ``gross`` and
            ``share_gross``.
        partner
            Of another entity of the league; default the subject.
        """
        code = partner or self.standing.subject
        own, whole = self.cells.get(code, ()), lineage.as_role(self.cells.get(WORLD, ()), "total")
        made = "difference" if len(own) > 1 else "value"
        if part == "value":
            return Lineage(made, own)
        if part == "total":
            return Lineage(made, lineage.as_role(whole, "value"))
        if part in ("low", "high"):
            return Lineage(part, tuple(replace(one, column=part) for one in own))
        if part == "rank" and self.printed_rank is not None and not partner:
            return Lineage("value", tuple(replace(one, column="rank_printed") for one in own))
        if part == "gross":
            return Lineage("sum_of", universe=self.among)
        if part in ("rank", "share_gross"):
            return Lineage("rank" if part == "rank" else "share_of", own, self.among)
        if part == "share":
            return Lineage("share", own + whole)
        earlier = lineage.as_role(self.before.get(code, ()), "before")
        if part == "growth":
            return Lineage("growth", own + earlier)
        if part == "share_change":
            past = lineage.as_role(self.before.get(WORLD, ()), "total_before")
            return Lineage("change", own + whole + earlier + past)
        side, _, which = part.partition(".")
        other = {"above": self.standing.above, "below": self.standing.below}[side]
        cells = () if other is None else lineage.as_role(self.cells.get(other.entity, ()), "other")
        return Lineage(which, own + cells)


def year_before(editions: pd.DataFrame, year: int, vintage: str) -> pd.DataFrame:
    """Return the rows of the year before ``year`` in the edition ``vintage``; none where it does not hold that year.

    A figure is compared with the year before as its own edition has it: a revised figure less the first release of the
    year before is no growth.
    """
    return editions[(editions["year"] == year - 1) & (editions["vintage"] == vintage)]


def growth(value: float | None, before: pd.DataFrame, subject: str, *, column: str) -> float | None:
    """Return how far ``subject``'s value moved from its figure in ``before``, as a fraction of that figure.

    None where either is not in hand, or the earlier one is not positive.
    """
    earlier = before.loc[before["partner"] == subject, column].dropna()
    if value is None or earlier.empty or earlier.iloc[0] <= 0:
        return None
    return float(value / earlier.iloc[0] - 1)


def origin(rows: pd.DataFrame, subject: str) -> tuple[str, str]:
    """Return vintage and source key of ``subject``'s row in ``rows``."""
    row = rows[rows["partner"] == subject].iloc[0]
    return str(row["vintage"]), str(row["source"])
