"""``briefs data refresh statehs``: state trade by commodity, fetched state by state, once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from helpers.cli.terminal import plain as _plain

if TYPE_CHECKING:
    from rich.console import Console


def fetch(console: Console, years: Sequence[int], states: Sequence[str]) -> None:
    """Fetch the partitions of the years (default: the last full one) and states (default: all) that are not in hand.

    Raises
    ------
    CatalogError
        Without a key, for an unknown state, or if the disk refuses; what was fetched before is kept then, too.
    SourceError
        If the Census Bureau refuses; what was fetched before is kept, and the next run goes on from there.
    """
    from helpers.data import partitions, refresh
    from helpers.data.sources import census_api
    from helpers.errors import CatalogError

    variable = census_api.VARIABLE
    key = os.environ.get(variable, "").strip()
    if not key:
        raise CatalogError(refresh.missing_key("statehs", census_api.PUBLISHER, variable, census_api.SIGNUP))
    for year in years or [datetime.now(UTC).year - 1]:
        pairs = partitions.lacking(year, list(dict.fromkeys(state.upper() for state in states)))
        asked = len(pairs)
        console.print(f"statehs {year}: {asked} partitions to fetch", markup=False)
        for entry in partitions.fetch(
            year, pairs, key=key, progress=lambda line: console.print(_plain(line), style="dim")
        ):
            console.print(f"written: {entry['path']} ({entry['rows']:,} rows)", markup=False, soft_wrap=True)
