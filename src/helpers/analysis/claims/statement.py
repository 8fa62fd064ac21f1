"""What a ledger says, one figure at a time: a claim with a value and a rank makes two statements."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

SPAN = re.compile(r"(FY)?(\d{4})(?:-(\d{2}))?(?:-(?:FY)?(\d{4}))?")
"""A period as written in a ledger: 2019, 2020-10, FY2021 or FY2017-FY2021."""

GROUPS = {
    "participants": "activity",
    "projects": "activity",
    "budget_oku_yen": "activity",
    "cases": "activity",
    "other": "activity",
    "exports": "trade",
    "imports": "trade",
    "two_way": "trade",
    "deficit": "trade",
    "fdi_position": "investment",
    "mofa_sites": "investment",
    "jobs": "jobs",
    "jobs_greenfield": "jobs",
    "states_first": "states",
    "states_second": "states",
}
"""Measure to the part of the ledger in which it is shown; jobs in a state stand under the states."""


YEARLY = {"mofa_sites": 10, "fdi_position": 12, "jobs": 0}
"""Measures told once a calendar year, and the month that they are told of (0: of no single month)."""

FISCAL = ("participants", "projects", "budget_oku_yen", "cases")
"""Measures told by Japanese fiscal year."""


@dataclass(frozen=True)
class Span:
    """A calendar year, a month of it or a Japanese fiscal year, as it is written in a ledger."""

    year: int
    month: int = 0
    fiscal: bool = False

    def __str__(self) -> str:
        if self.month:
            return f"{self.year}-{self.month:02d}"
        return f"FY{self.year}" if self.fiscal else str(self.year)

    @property
    def calendar(self) -> bool:
        """Whether it is a calendar year."""
        return not (self.month or self.fiscal)

    @property
    def months(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Year and month of its first and of its last month."""
        if self.month:
            return (self.year, self.month), (self.year, self.month)
        return ((self.year, 4), (self.year + 1, 3)) if self.fiscal else ((self.year, 1), (self.year, 12))

    def shifted(self, years: int) -> Span:
        """Return the same span so many years later."""
        return replace(self, year=self.year + years)


@dataclass(frozen=True)
class Statement:
    """One figure of a claim.

    Attributes
    ----------
    id, claim : str
        The claim's id, and that with ``.value`` or ``.rank`` behind it.
    aspect : str
        ``value`` or ``rank``.
    printed, half_step : float
        The figure as printed, and half of its last printed digit: what it may differ by and still round to it.
    unit : str
        Of the figure; ``rank`` for a rank.
    text : mapping
        What is claimed, in words of the ledger, by language.
    first, last : int
        First and last year of the period; of a claim without one, the last full year before its document.
    dated : bool
        Whether the document states the period.
    both : bool
        Whether the claim has a value and a rank.
    month : int
        The month, where the period is one; else 0.
    fiscal : bool
        Whether the years are Japanese fiscal years.
    """

    id: str
    claim: str
    aspect: str
    document: str
    page: str
    text: Mapping[str, str]
    measure: str
    place: str
    partner: str
    period: str
    basis: str
    universe: str
    printed: float
    half_step: float
    unit: str
    source: str
    first: int
    last: int
    dated: bool
    both: bool
    month: int = 0
    fiscal: bool = False

    @property
    def group(self) -> str:
        """The part of the ledger in which the statement is shown."""
        if self.measure == "jobs" and self.place != "US":
            return "states"
        return GROUPS[self.measure]

    @property
    def league(self) -> tuple[object, ...]:
        """What partners are compared in: measure, place and time."""
        return self.measure, self.place, *self.time

    @property
    def time(self) -> tuple[int, int, int, bool]:
        """First and last year, month, and whether the years are fiscal; the month of a yearly measure is its year."""
        month = 0 if YEARLY.get(self.measure) == self.month else self.month
        return self.first, self.last, month, self.fiscal

    @property
    def span(self) -> Span:
        """The time of a claim about one year or month."""
        return Span(self.first, self.month, self.fiscal)

    @property
    def timely(self) -> bool:
        """Whether the tables tell the measure by such a time; goods trade is told by year and by month."""
        if self.measure in FISCAL:
            return not self.month and (self.fiscal or not self.dated)
        if self.measure in YEARLY:
            in_year = self.first == self.last and not self.fiscal
            return in_year and self.month in (0, YEARLY[self.measure])
        return self.first == self.last

    def fits(self, low: float, high: float, factor: float = 1.0) -> bool:
        """Return whether a figure in this interval rounds to the printed one times ``factor``."""
        printed, step = self.printed * factor, self.half_step * factor
        return low - step - 1e-9 <= printed <= high + step + 1e-9


def statements(ledger: pd.DataFrame) -> tuple[Statement, ...]:
    """Return every figure of a ledger (columns of the table ``claims``), in its order."""
    found = []
    for row in ledger.to_dict("records"):
        first, last, month, fiscal = _time(str(row["period"]), str(row["released"]))
        aspects = [a for a in ("value", "rank") if not pd.isna(row[a])]
        for aspect in aspects:
            ranked = aspect == "rank"
            found.append(
                Statement(
                    id=f"{row['id']}.{aspect}",
                    claim=str(row["id"]),
                    aspect=aspect,
                    printed=float(row[aspect]),
                    half_step=0.0 if ranked else float(row["precision"]),
                    unit="rank" if ranked else str(row["unit"]),
                    text={"en": str(row["text_en"]), "ja": str(row["text_ja"])},
                    first=first,
                    last=last,
                    month=month,
                    fiscal=fiscal,
                    dated=bool(row["period"]),
                    both=len(aspects) > 1,
                    **{
                        c: str(row[c])
                        for c in (
                            "document",
                            "page",
                            "measure",
                            "place",
                            "partner",
                            "period",
                            "basis",
                            "universe",
                            "source",
                        )
                    },
                )
            )
    return tuple(found)


def _time(period: str, released: str) -> tuple[int, int, int, bool]:
    match = SPAN.fullmatch(period)
    if match is None:
        year = int(released[:4]) - 1
        return year, year, 0, False
    first = int(match.group(2))
    return first, int(match.group(4) or first), int(match.group(3) or 0), bool(match.group(1))
