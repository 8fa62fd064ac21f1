"""The ledger of claims: the shipped one, or a reader's own with the same columns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from helpers import paths
from helpers.data import catalog, reads, schemas, vintages
from helpers.data import tables as files
from helpers.data.tables import at_rows
from helpers.errors import DataCheckError, compose

TABLE = "claims"
OPEN = "source"
"""Column that may name any document in a reader's ledger, whether sources.csv lists it or not."""

MONEY = ("percent", "USD", "million USD", "billion USD")
UNITS = {
    "participants": ("persons",),
    "projects": ("projects",),
    "budget_oku_yen": ("100 million yen",),
    "cases": ("cases",),
    "mofa_sites": ("sites",),
    "exports": MONEY,
    "imports": MONEY,
    "two_way": MONEY,
    "deficit": MONEY,
    "fdi_position": MONEY,
    "jobs": ("persons", "percent"),
}
"""Units in which the figures of a measure can be held against the tables; a measure in no table takes any."""


def read(path: str = "", *, place: str = "", as_of: str = "") -> pd.DataFrame:
    """Return the claims, one a row, checked.

    Parameters
    ----------
    path
        CSV file in UTF-8 with the columns of ``data/taskforce/claims.csv``, in place of the shipped ledger;
        columns that may be empty may also be absent, and ``source`` may name any document. Empty: the
        shipped one.
    place
        Code: only the claims about that place. Empty: all.
    as_of
        ISO date: only claims whose document had been published by then; one without a day was not. Empty: all.

    Raises
    ------
    CatalogError
        If the file is missing or is no CSV.
    DataCheckError
        With every problem of the ledger, each with its column and row: a column that is missing or unknown, a
        number that holds text, an unknown measure, unit, place or partner, an id that occurs twice, a claim
        with neither value nor rank, a value without unit or precision or in a unit that its measure does not
        have, a document without a day whose claim names no period.
    """
    if not path:
        return catalog.load(TABLE, as_of=as_of, place=place) if place else catalog.load(TABLE, as_of=as_of)
    table, file = catalog.find(TABLE), Path(path).expanduser()
    problems: list[str] = []
    frame = files.read_text(file, table, problems)
    closed = tuple(key for key in table.foreign_keys if key.column != OPEN)
    problems += schemas.problems(frame, table)
    problems += catalog.unknown_codes(frame, replace(table, foreign_keys=closed)) + _incomplete(frame)
    if problems:
        todo = "Correct these rows; data/README.md describes the columns of claims."
        raise DataCheckError(
            compose(f"ledger of claims ({file.name})", "rows that keep its form", "; ".join(problems), todo)
        )
    if reads.wanted():
        reads.note_description(paths.data_dir(), table)
        reads.note("ledger", file.name, file.name, files.digest(file))  # notes are published: no folder
    found = vintages.known_by(frame, as_of)
    return (found[found["place"] == place] if place else found).reset_index(drop=True)


def _incomplete(frame: pd.DataFrame) -> list[str]:
    """Return the rows in which columns that need each other do not stand together."""
    valued = frame["value"].notna()
    rules = {
        "columns value and rank, where one of them is expected": ~valued & frame["rank"].isna(),
        "column unit, where a value has one": valued & (frame["unit"] == ""),
        "column precision, where a value has one": valued & frame["precision"].isna(),
        "columns period and released, where one of them is expected": (frame["period"] == "")
        & (frame["released"] == ""),
        "column period, where its first year is expected before its last": _backwards(frame["period"]),
    }
    found = [f"{words}: {at_rows(frame.loc[wrong, 'id'])}" for words, wrong in rules.items() if wrong.any()]
    return found + _units(frame)


def _backwards(period: pd.Series) -> pd.Series:
    years = period.str.extract(r"^FY(\d{4})-FY(\d{4})$")
    return years[0].notna() & (years[0] >= years[1])


def _units(frame: pd.DataFrame) -> list[str]:
    """Return the units that are known, but in which no table counts what the claim is about."""
    known = set().union(*UNITS.values())
    wrong = {
        measure: frame.loc[(frame["measure"] == measure) & ~frame["unit"].isin([*units, ""]), "unit"]
        for measure, units in UNITS.items()
    }
    return [
        f"column unit, where {' or '.join(UNITS[measure])} is expected of {measure}: {at_rows(told)}"
        for measure, units in wrong.items()
        if len(told := units[units.isin(known)])
    ]
