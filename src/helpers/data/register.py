"""The register of outreach events: the shipped one, or a reader's own."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers.data import catalog, schemas
from helpers.data.tables import read_text

TABLE = "events"


def read(path: str = "") -> pd.DataFrame:
    """Return the events, one a row, checked.

    Parameters
    ----------
    path
        CSV file in UTF-8 with the columns of ``data/taskforce/events.csv``, in place of the shipped
        register; columns that may be empty may also be absent. A register without a row is allowed.
        Empty: the shipped one.

    Raises
    ------
    CatalogError
        If the file is missing or is no CSV.
    DataCheckError
        If a column is missing or unknown, a number holds text, a key occurs twice or a code is unknown.
    """
    if not path:
        return catalog.load(TABLE)
    table = catalog.describe(TABLE)
    frame = schemas.check(read_text(Path(path).expanduser(), table), table)
    catalog.check_codes(frame, table)
    return frame
