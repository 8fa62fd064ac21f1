"""Which of the ranks that a brief prints are certain, and which are one of several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

COLUMNS = ("brief", "id", "period", "rank", "best", "worst", "of")


def wide(briefs: Mapping[str, Iterable[Mapping[str, Any]]]) -> pd.DataFrame:
    """Return the ranks that are printed with a band wider than one place.

    Parameters
    ----------
    briefs : mapping
        Name of a brief to the ``values`` of its ``.json``, each with id, period, unit, rank, band and of.

    Returns
    -------
    DataFrame
        brief, id, period, rank (Int64: missing where the cell is confidential), best, worst, of: a row a rank. A
        value of another unit repeats the rank it stands beside and is not counted again.
    """
    rows = [
        (name, value["id"], value["period"], value["rank"], *value["band"], value["of"])
        for name, values in briefs.items()
        for value in values
        if value["unit"] == "rank" and value["band"] is not None and value["band"][0] != value["band"][1]
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"rank": "Int64"})
