"""Check that the codes of a table stand in the lists they come from."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pandas as pd

from helpers.data.descriptor import ForeignKey, Table
from helpers.data.tables import at_rows
from helpers.errors import DataCheckError, compose


def check(frame: pd.DataFrame, table: Table, codes: Callable[[str, str], Collection[str]]) -> None:
    """Raise unless every code of ``frame`` is known; ``codes(table, column)`` gives the codes of a list.

    Raises
    ------
    DataCheckError
        With every unknown code and the row of its first occurrence (the header of the file is row 1).
    """
    if found := problems(frame, table, codes):
        raise DataCheckError(
            compose(
                f"table {table.name}",
                "codes that its lists know",
                "; ".join(found),
                "Correct the code, or add it to the list.",
            )
        )


def problems(frame: pd.DataFrame, table: Table, codes: Callable[[str, str], Collection[str]]) -> list[str]:
    """Return, for every column of codes, those that its lists do not know."""
    return [problem for key in table.foreign_keys if (problem := _unknown(frame, key, codes))]


def _unknown(frame: pd.DataFrame, key: ForeignKey, codes: Callable[[str, str], Collection[str]]) -> str:
    first = frame[key.column].drop_duplicates()
    known = set().union(*(codes(*target) for target in key.targets))
    wrong = first[~first.isin([*known, ""])]
    lists = " or ".join(name for name, _ in key.targets)
    return f"column {key.column}, not in {lists}: {at_rows(wrong)}" if len(wrong) else ""
