"""One check of the tables, and the two ways most of them are made."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from helpers.errors import listed


@dataclass(frozen=True)
class Check:
    """One check: its id and names, whether it holds, what was expected, what came, and where to look."""

    name: str
    name_en: str
    name_ja: str
    ok: bool
    expected: str
    got: str
    detail: str = ""


def differences(gap: pd.Series, name: str, name_en: str, name_ja: str, most: float) -> Check:
    """Return whether every sum is at most `most` away from its total; the detail names those that are not."""
    wrong = gap[gap > most]
    return Check(
        name,
        name_en,
        name_ja,
        bool(wrong.empty and len(gap)),
        f"differences of at most {most:g} in {len(gap):,} sums",
        f"at most {gap.max():g}; {len(wrong)} beyond",
        listed(_plain(index) for index in wrong.index) if len(wrong) else "",
    )


def equal(
    name: str, name_en: str, name_ja: str, expected: tuple[int, ...], got: tuple[int, ...], detail: str = ""
) -> Check:
    """Return whether the numbers that came are the expected ones."""
    wanted, came = (" and ".join(f"{number:,}" for number in numbers) for numbers in (expected, got))
    return Check(name, name_en, name_ja, expected == got, wanted, came, detail)


def _plain(index: object) -> str:
    return " ".join(map(str, index)) if isinstance(index, tuple) else str(index)
