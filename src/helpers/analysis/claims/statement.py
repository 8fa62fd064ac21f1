"""What a ledger says, one figure at a time: a claim with a value and a rank makes two statements."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

SPAN = re.compile(r"(?:FY)?(\d{4})(?:-\d{2})?(?:-(?:FY)?(\d{4}))?")
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

    @property
    def group(self) -> str:
        """The part of the ledger in which the statement is shown."""
        if self.measure == "jobs" and self.place != "US":
            return "states"
        return GROUPS[self.measure]

    @property
    def league(self) -> tuple[str, str, int, int]:
        """What partners are compared in: measure, place, first and last year."""
        return self.measure, self.place, self.first, self.last

    def fits(self, low: float, high: float, factor: float = 1.0) -> bool:
        """Return whether a figure in this interval rounds to the printed one times ``factor``."""
        printed, step = self.printed * factor, self.half_step * factor
        return low - step - 1e-9 <= printed <= high + step + 1e-9


def statements(ledger: pd.DataFrame) -> tuple[Statement, ...]:
    """Return every figure of a ledger (columns of the table ``claims``), in its order."""
    found = []
    for row in ledger.to_dict("records"):
        first, last = _years(str(row["period"]), str(row["released"]))
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


def _years(period: str, released: str) -> tuple[int, int]:
    match = SPAN.fullmatch(period)
    if match is None:
        year = int(released[:4]) - 1
        return year, year
    first = int(match.group(1))
    return first, int(match.group(2) or first)
