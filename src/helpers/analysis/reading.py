"""A reading: where the subject of a brief stands in one measure, with what it takes to trace the number."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from helpers.analysis.ranking import Standing
from helpers.errors import AnalysisError, compose


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
        Change of the share against the year before, as a fraction; None where that year is not in hand.
    printed_rank : int or None
        The rank the source itself prints, where the whole universe is not in hand to recompute it.
    growth : float or None
        Change of the value against the year before, as a fraction of it; None where that year is not in hand.
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

    @property
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


def growth(table: pd.DataFrame, subject: str, year: int, *, value: str) -> float | None:
    """Return how far ``subject``'s value moved from the year before ``year``, as a fraction, if both are in hand."""
    own = table[(table["partner"] == subject) & table[value].notna()].set_index("year")[value]
    if year not in own.index or year - 1 not in own.index:
        return None
    return float(own[year] / own[year - 1] - 1)


def origin(rows: pd.DataFrame, subject: str) -> tuple[str, str]:
    """Return vintage and source key of ``subject``'s row in ``rows``."""
    row = rows[rows["partner"] == subject].iloc[0]
    return str(row["vintage"]), str(row["source"])
