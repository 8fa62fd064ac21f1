"""What a publisher gave: the answer as it came, and the rows it makes in one of our tables."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from helpers.errors import BriefsError


class SourceError(BriefsError):
    """A publisher's file or answer cannot be read, is incomplete, or was refused; nothing of it is used."""


@dataclass(frozen=True)
class Raw:
    """One answer, byte for byte.

    Attributes
    ----------
    name
        A safe file name; it never holds a key.
    content
        The bytes as they came.
    url
        The address without its key; the file name where a file was read.
    media
        Media type, such as ``application/json``.
    """

    name: str
    content: bytes
    url: str
    media: str


@dataclass(frozen=True, eq=False)
class Fetched:
    """Rows for one of our tables, whole or not at all.

    Attributes
    ----------
    table
        Name of our table.
    frame
        Rows in exactly the columns of that table, sorted by its key: values in the table's unit, ``vintage``,
        ``released`` and ``source`` filled; text that is missing is empty, a number that is missing NaN.
    raws
        The answers the rows were read from.
    period
        The years in words of digits, such as ``2014-2018`` or ``2019, 2021``.
    notes
        Sentences in English on what was left out or is particular; for the summary of a refresh.
    """

    table: str
    frame: pd.DataFrame
    raws: tuple[Raw, ...]
    period: str
    notes: tuple[str, ...] = ()
