"""Ask the BEA API (dataset MNE) for jobs and positions by country of owner."""

from __future__ import annotations

from collections.abc import Sequence

import httpx

from helpers.data.sources.answer import Fetched
from helpers.data.sources.transport import Progress


def jobs_state(
    years: Sequence[int],
    *,
    key: str = "",
    base_url: str = "",
    client: httpx.Client | None = None,
    progress: Progress | None = None,
) -> Fetched:
    raise NotImplementedError


def jobs_national(
    years: Sequence[int],
    *,
    key: str = "",
    base_url: str = "",
    client: httpx.Client | None = None,
    progress: Progress | None = None,
) -> Fetched:
    raise NotImplementedError


def fdi_position(
    years: Sequence[int],
    *,
    key: str = "",
    base_url: str = "",
    client: httpx.Client | None = None,
    progress: Progress | None = None,
) -> Fetched:
    raise NotImplementedError
