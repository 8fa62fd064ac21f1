"""Give rows from a publisher the columns, types and order of our table."""

from __future__ import annotations

import pandas as pd

from helpers.data import catalog
from helpers.data.sources import released
from helpers.data.sources.answer import SourceError
from helpers.data.tables import typed
from helpers.errors import compose, listed


def fitted(table: str, frame: pd.DataFrame, *, vintage: str, known: str, source: str) -> pd.DataFrame:
    """Return ``frame`` in exactly the columns of ``table``, sorted by its key.

    Parameters
    ----------
    table
        Name of our table; all columns of its key but ``vintage`` must be in ``frame``.
    frame
        The rows; columns of the table that are absent are filled with "" (text) or NaN (numbers).
    vintage
        State of the figures: a year, month or day.
    known
        ISO day on which the publisher had these figures out; see :func:`helpers.data.sources.released.days`.
    source
        Key in ``data/sources.csv``.

    Raises
    ------
    SourceError
        If two rows have the same key and different values; identical rows are taken once.
    """
    described = catalog.describe(table)
    keys = [name for name in described.primary_key if name != "vintage"]
    rows = frame.drop_duplicates().sort_values(keys).reset_index(drop=True)
    twice = rows[rows.duplicated(keys, keep=False)]
    if len(twice):
        again = twice[keys].astype(str).agg(" ".join, axis=1).drop_duplicates()
        raise SourceError(
            compose(
                f"answer for {table}",
                f"one value for each {', '.join(keys)}",
                f"two for {listed(again)}",
                "Nothing was kept; look at the raw answer.",
            )
        )
    day = released.days(table, rows["year"].unique().tolist(), known)
    rows = rows.assign(vintage=vintage, source=source, released=rows["year"].map(day))
    for field in described.fields:
        if field.name not in rows:
            rows[field.name] = float("nan") if field.type in ("integer", "number") else ""
    return typed(rows[described.columns], described)
