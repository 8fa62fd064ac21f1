"""A replayed publisher, pauses that take no time, and a look for the key wherever it might have got to."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Callable, Iterator

import httpx
import pytest
import replay
from replay import KEY, Replay

from helpers.data import catalog

MARKER = re.compile(r"(?i)marker-0000")


@pytest.fixture
def server() -> Iterator[Replay]:
    """Return a server that answers nothing until told what."""
    with Replay() as running:
        yield running


@pytest.fixture
def pauses() -> list[float]:
    """Return the list that ``ask`` puts the pauses into instead of sleeping."""
    return []


@pytest.fixture
def ask(server: Replay, pauses: list[float]) -> Iterator[Callable[..., object]]:
    """Give a function that calls a client against the server: ``ask(bea.jobs_state, [2091])``."""
    with httpx.Client(timeout=5) as client:
        defaults = {"key": KEY, "base_url": server.url, "client": client, "sleep": pauses.append}
        yield lambda fetch, years, **more: fetch(years, **{**defaults, **more})


@pytest.fixture
def fips() -> dict[str, str]:
    """Return FIPS -> name of the states and DC."""
    states = catalog.load("states")
    assert " ".join(sorted(states["fips"])) == replay.STATES
    return dict(zip(states["fips"], states["name_en"], strict=True))


@pytest.fixture
def no_key(caplog: pytest.LogCaptureFixture) -> Callable[..., None]:
    """Return a function that looks for the marker key in errors with their chains, texts and the whole log."""
    caplog.set_level(logging.DEBUG)

    def look(*things: object) -> None:
        texts = [record.getMessage() for record in caplog.records] + [caplog.text]
        for thing in things:
            texts += [repr(thing), str(thing)]
            for link in _chain(thing):
                texts += [repr(link), str(link), repr(vars(link)), "".join(traceback.format_exception(link))]
        found = [text for text in texts if MARKER.search(text)]
        assert not found, found[0][:500]

    return look


def _chain(thing: object) -> Iterator[BaseException]:
    """Yield an error and whatever hangs on it, shown by a traceback or not."""
    seen: set[int] = set()
    waiting = [thing]
    while waiting:
        link = waiting.pop()
        if isinstance(link, BaseException) and id(link) not in seen:
            seen.add(id(link))
            yield link
            waiting += [link.__cause__, link.__context__]
