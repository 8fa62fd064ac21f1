"""Turn a publisher's partners into our codes: by its numbers where it has them, else by name."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from helpers.data import catalog, names
from helpers.data.sources.answer import SourceError
from helpers.errors import DataCheckError, compose, listed

FOOTNOTE = re.compile(r"\s+\d(,\s*\d)*$")
OTHERS = {
    "B_EUR": "Other Europe",
    "B_SCA": "Other South and Central America",
    "B_OWH": "Other Western Hemisphere, other",
    "B_AFR": "Other Africa",
    "B_MDE": "Other Middle East",
    "B_APA": "Other Asia and Pacific",
}
"""Region -> name of the rest of it, which the publisher prints as "Other" below the region."""


NO_COUNTRY = {"8220": "UNIDENT", "8500": "INTORG"}
"""Census codes of what is no country, and which its API leaves without a name."""
BEA_GROUPS = re.compile(
    r"European Union( \(\d+\))?|European Communities \(\d+\)|OPEC|Eastern Europe|Other EC|Central America|"
    r"South America|Denmark, Greece, and Ireland|Australia, New Zealand, and South Africa|"
    r"Other Africa, Asia, and Pacific|International( - Drilling Rigs)?"
)
"""Groups that BEA prints beside its regions and that our tables do not keep."""
NO_REST = {"WLD", "CAN", "B_LAC"}
"""What ends a region and has no "Other" of its own: that of Latin America stands below its parts."""


def is_group(codes: pd.Series) -> pd.Series:
    """Return which Census country codes are groups: the total ``-``, a leading zero, or an X in the code."""
    return codes.str.fullmatch(r"-|0\w*|\w*X\w*")


def census(codes: pd.Series, written: pd.Series) -> pd.Series:
    """Return our codes of Census partners: by country code where ``partners`` knows it, else by name.

    Raises
    ------
    DataCheckError
        With every name that neither list knows.
    SourceError
        If a code and a name that are both known mean different partners.
    """
    known = catalog.load("partners")
    numbered = known[known["census_code"] != ""].drop_duplicates("census_code", keep=False)
    numbers = dict(zip(numbered["census_code"], numbered["iso3"], strict=True)) | NO_COUNTRY
    by_code = codes.str.strip().map(numbers)
    written = written.fillna("").astype("str")
    pairs = pd.DataFrame({"code": codes, "name": written, "ours": by_code}).drop_duplicates()
    by_name = _known(pairs["name"], "census")
    apart = pairs[by_name.notna() & pairs["ours"].notna() & (by_name != pairs["ours"])]
    if len(apart):
        raise SourceError(
            compose(
                "Census partners",
                "codes and names of the same partner",
                listed(apart["code"] + " " + apart["name"]),
                "Correct census_code in data/reference/partners.csv or the name in partner_aliases.csv.",
            )
        )
    rest = by_code.isna()
    return by_code.where(~rest, names.harmonise(written[rest], "census").reindex(codes.index))


def in_groups(written: pd.Series, family: str) -> pd.Series:
    """Return our codes of the names that the family's list has, NaN for the others (groups we do not keep)."""
    return _known(written, family)


def together(frame: pd.DataFrame, value: str) -> pd.DataFrame:
    """Return trade rows with the publisher's parts of one of our partners added up (West Bank and Gaza Strip).

    All columns but ``value`` are the key.
    """
    keys = [name for name in frame.columns if name != value]
    return frame.groupby(keys, sort=True)[value].sum().reset_index()


def bea(written: pd.Series) -> pd.Series:
    """Return our codes of BEA names, footnote numbers taken off; the index is kept.

    Raises
    ------
    SourceError
        If an "Other" does not say of what.
    DataCheckError
        With every name that the list does not know.
    """
    listing = written.map(plain)
    if listing.str.casefold().eq("other").any():
        got, todo = "one below none of them", "Download the whole table, with its regions."
        raise SourceError(compose("partners of BEA", "each 'Other' below its region", got, todo))
    return names.harmonise(listing, "bea")


def plain(name: str) -> str:
    """Return a name without the number of its footnote.

    Examples
    --------
    >>> plain("United Kingdom Islands, Caribbean  4")
    'United Kingdom Islands, Caribbean'
    """
    return FOOTNOTE.sub("", name.strip())


def in_place(written: Iterable[str]) -> list[str]:
    """Return BEA names read from top to bottom, where "Other" is the rest of the region last named above it.

    An "Other" below none of the regions, or below a group that is none of them, stays as it is.
    """
    listing = [plain(name) for name in written]
    codes = _known(pd.Series(listing, dtype="str"), "bea").tolist()
    region, placed = "", []
    for name, code in zip(listing, codes, strict=True):
        if code in OTHERS:
            region = code
        elif code in NO_REST or BEA_GROUPS.fullmatch(name):
            region = ""
        placed.append(OTHERS.get(region, name) if name.casefold() == "other" else name)
    return placed


def _known(written: pd.Series, family: str) -> pd.Series:
    """Return codes of known names and NaN for the rest."""
    distinct = pd.Series(written.unique(), dtype="str")
    try:
        found = names.harmonise(distinct, family)
    except DataCheckError:
        found = distinct.map(lambda name: _one(name, family))
    return written.map(dict(zip(distinct, found, strict=True)))


def _one(name: str, family: str) -> str | None:
    try:
        return str(names.harmonise(pd.Series([name], dtype="str"), family).iloc[0])
    except DataCheckError:
        return None
