"""Tables with indexes: the rows of a key, of tens of thousands of keys one after the other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype as _is_numeric

from helpers.errors import AnalysisError, compose, listed

T = TypeVar("T")

NOWHERE = np.empty(0, dtype=int)


class Lookup:
    """The tables that traces name, each read once and indexed by the columns it is asked for.

    Parameters
    ----------
    load
        Gives a table by name, every row and vintage of it.
    """

    def __init__(self, load: Callable[[str], pd.DataFrame]) -> None:
        self._load = load
        self._frames: dict[str, pd.DataFrame] = {}
        self._indexes: dict[tuple[str, ...], dict[tuple[Hashable, ...], np.ndarray]] = {}
        self._kept: dict[str, Any] = {}

    def __call__(self, name: str) -> pd.DataFrame:
        """Return a whole table, its rows numbered from 0."""
        if name not in self._frames:
            frame = self._load(name).reset_index(drop=True)
            words = {column: object for column in frame if not _is_numeric(frame[column])}
            self._frames[name] = frame.astype(
                words
            )  # rows are taken out of plain objects several times faster
        return self._frames[name]

    def rows(self, name: str, where: Mapping[str, Any], vintage: str = "") -> pd.DataFrame:
        """Return the rows of a table whose columns hold what ``where`` says.

        Parameters
        ----------
        where
            Column to a value, to a list of values, or to None for an empty cell.
        vintage
            The edition, where the table has that column. Empty: any.

        Raises
        ------
        AnalysisError
            If a column is not in the table.
        """
        found = self(name).iloc[self.places(name, where, vintage)]
        for column, item in where.items():
            if isinstance(item, list):
                found = found[found[column].isin(item)]
        return found

    def places(self, name: str, where: Mapping[str, Any], vintage: str = "") -> np.ndarray:
        """Return the numbers of the rows that :meth:`rows` gives, lists of values aside.

        Raises
        ------
        AnalysisError
            As :meth:`rows`.
        """
        frame = self(name)
        if unknown := [column for column in where if column not in frame]:
            expected = f"a column of {listed(frame.columns)}"
            raise AnalysisError(compose("trace", expected, listed(unknown), "Correct the trace."))
        single = {column: item for column, item in where.items() if not isinstance(item, list)}
        if vintage and "vintage" in frame:
            single["vintage"] = vintage
        return self._indexed(name, single) if single else np.arange(len(frame))

    def keep(self, key: str, make: Callable[[], T]) -> T:
        """Return what was made under a key before, or make it: not to be changed."""
        if key not in self._kept:
            self._kept[key] = make()
        kept: T = self._kept[key]
        return kept

    def _indexed(self, name: str, where: Mapping[str, Any]) -> np.ndarray:
        columns = tuple(where)
        index = self._indexes.get((name, *columns))
        if index is None:
            index = self._indexes[(name, *columns)] = _index(self(name), columns)
        return index.get(tuple(where.values()), NOWHERE)


def _index(frame: pd.DataFrame, columns: Sequence[str]) -> dict[tuple[Hashable, ...], np.ndarray]:
    """Return the numbers of the rows by what their columns hold; an empty cell is None."""
    keys = zip(*(_plain(frame[column]) for column in columns), strict=True)
    places: dict[tuple[Hashable, ...], list[int]] = {}
    for place, key in enumerate(keys):
        places.setdefault(key, []).append(place)
    return {key: np.array(rows) for key, rows in places.items()}


def _plain(column: pd.Series) -> list[Hashable]:
    items = column.tolist()
    return [None if empty else item for item, empty in zip(items, column.isna().tolist(), strict=True)]
