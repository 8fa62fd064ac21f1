"""Turn the names of a source into the project's codes, once."""

from __future__ import annotations

import pandas as pd

from helpers.data import catalog
from helpers.errors import DataCheckError, compose, listed


def harmonise(series: pd.Series, family: str) -> pd.Series:
    """Return the codes of the names in ``series``, in the same order and index.

    Parameters
    ----------
    series
        Names as the source writes them; case and surrounding or repeated spaces do not matter.
    family
        Family of sources in ``partner_aliases``: census, usatrade, bea or jetro.

    Raises
    ------
    DataCheckError
        If the family is unknown, or a name stands in no list; the message prints every such name.
    """
    aliases = catalog.load("partner_aliases")
    families = sorted(aliases["source_family"].unique())
    if family not in families:
        raise DataCheckError(
            compose("source family", f"one of {listed(families)}", repr(family), "Correct the family.")
        )
    aliases = aliases[aliases["source_family"] == family]
    codes = dict(zip(_plain(aliases["alias"]), aliases["code"], strict=True))
    found = _plain(series).map(codes)
    unknown = series[found.isna()].drop_duplicates()
    if len(unknown):
        raise DataCheckError(
            compose(
                f"names of partners ({family})",
                "names in partner_aliases",
                listed(unknown),
                "Add each to data/reference/partner_aliases.csv with its code.",
            )
        )
    return found


def _plain(names: pd.Series) -> pd.Series:
    return names.astype("str").str.split().str.join(" ").str.casefold()
