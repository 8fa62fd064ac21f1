"""Ask the Census Bureau's international trade API for goods trade by country, and by state and country."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import httpx
import pandas as pd

from helpers.data.sources.answer import Fetched, Raw
from helpers.data.sources.transport import Progress


def goods_trade(
    years: Sequence[int],
    *,
    key: str = "",
    base_url: str = "",
    client: httpx.Client | None = None,
    progress: Progress | None = None,
) -> Fetched:
    raise NotImplementedError


def state_trade(
    years: Sequence[int],
    *,
    key: str = "",
    base_url: str = "",
    client: httpx.Client | None = None,
    progress: Progress | None = None,
) -> Fetched:
    raise NotImplementedError


def statehs(
    year: int,
    *,
    month: int = 12,
    states: Sequence[str] = (),
    flows: Sequence[str] = ("exports", "imports"),
    level: str = "HS6",
    key: str = "",
    base_url: str = "",
    client: httpx.Client | None = None,
    progress: Progress | None = None,
) -> Iterator[tuple[str, str, Raw, pd.DataFrame]]:
    """Yield (state, flow, raw, frame) one state at a time.

    frame: year int64, month int64, state USPS (US_UNKNOWN for XX), partner (code), flow, commodity (text, leading
    zeros), level ("HS6"), description, value_usd int64 (that month), value_ytd_usd int64, vintage, source.
    """
    raise NotImplementedError
