"""The table that ends a run: which briefs failed, at which stage, why, and where to look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.press.work import Outcome

SHOWN = 6
"""How many briefs with the same cause are named before they are only counted."""


@dataclass(frozen=True)
class Row:
    """One cause: the briefs it struck, the stage, the words, and a file to look at.

    `kept` is the notebook of the first of them as far as it ran; `notebook` the one it was run from.
    """

    briefs: str
    stage: str
    cause: str
    kept: Path | None
    notebook: Path


def rows(failed: Sequence[Outcome]) -> list[Row]:
    """Return the failures by cause, in the order of the briefs' names; one bad cell that strikes 102 briefs is one row.

    Parameters
    ----------
    failed
        The outcomes of the briefs that failed.
    """
    groups: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in sorted(failed, key=lambda one: one.brief.stem):
        groups.setdefault((outcome.stage, outcome.cause), []).append(outcome)
    found = []
    for (stage, cause), outcomes in groups.items():
        names = [outcome.brief.stem for outcome in outcomes]
        rest = f"\nand {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        kept = next((outcome.kept for outcome in outcomes if outcome.kept), None)
        found.append(Row("\n".join(names[:SHOWN]) + rest, stage, cause, kept, outcomes[0].brief.notebook))
    return found
