"""Find the reader of an official file from what stands in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from helpers.data.sources import bea_table, census_country, opened, usa_trade
from helpers.data.sources.answer import Fetched, SourceError
from helpers.errors import compose

Reader = Callable[..., Fetched]
"""``read(content: bytes | Path, *, vintage: str, released: str) -> Fetched``"""

READERS: tuple[tuple[Callable[[Path], bool], Reader, str], ...] = (
    (census_country.is_it, census_country.read, census_country.EXPECTED),
    (usa_trade.is_it, usa_trade.read, usa_trade.EXPECTED),
    (bea_table.is_it, bea_table.read, bea_table.EXPECTED),
)


def reader_for(path: Path) -> Reader:
    """Return the function that reads a file, found by its content, whatever its name.

    A USA Trade Online file also holds the line of all states: :func:`helpers.data.sources.usa_trade.read_nation`.

    Raises
    ------
    SourceError
        If the file is missing or no reader knows it; the message lists what each expects.
    """
    opened.raw(path, path.name)
    for is_it, read, _ in READERS:
        if is_it(path):
            return read
    expected = "; or ".join(wanted for *_, wanted in READERS)
    raise SourceError(compose(path.name, expected, "a file of another form", "Download the table again."))
