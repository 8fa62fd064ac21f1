"""Ask a publisher's server, politely and again where that helps, without ever showing the key."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import NoReturn, TypeVar

import httpx
from tenacity import RetryCallState, RetryError, Retrying, retry_if_exception_type, stop_after_attempt

from helpers.data.sources.answer import Raw, SourceError
from helpers.data.sources.secret import Key
from helpers.errors import compose

Progress = Callable[[str], None]
"""Called with one line of words before each request."""

T = TypeVar("T")

ATTEMPTS = 5
"""Requests made for one answer, the first included."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds: pauses double from the first to the longest; a server that asks for more has refused."""
TIMEOUT = httpx.Timeout(180.0, connect=20.0)
"""The Census Bureau gives up on a large query after about 150 seconds."""
TITLE = re.compile(r"(?is)<title[^>]*>(.*?)</title>|<h1[^>]*>(.*?)</h1>")


class ServerFailure(SourceError):
    """The server did not answer, or not in time, however often it was asked."""


class Again(Exception):
    """An answer that may be better next time; ``wait`` are the seconds the server asks for, if it does."""

    def __init__(self, got: str, todo: str, wait: float | None = None) -> None:
        super().__init__(got)
        self.got, self.todo, self.wait = got, todo, wait


@dataclass(frozen=True)
class Reply:
    """Status, media type and bytes of one answer, the key already taken out."""

    status: int
    media: str
    content: bytes

    @property
    def text(self) -> str:
        """Return the bytes as text; BEA does not keep to UTF-8."""
        try:
            return self.content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return self.content.decode("iso-8859-1")

    @property
    def is_page(self) -> bool:
        """Return whether this is a web page, where data was asked for."""
        return self.text.lstrip()[:1] == "<"

    @property
    def heading(self) -> str:
        """Return the first words of a web page or text."""
        found = TITLE.search(self.text)
        words = (found[1] or found[2]) if found else re.sub(r"<[^>]*>", " ", self.text)
        return " ".join(words.split())[:200] or "nothing"


@dataclass(frozen=True)
class Server:
    """A publisher's server as one client of it sees it."""

    name: str
    base: str
    key: Key
    parameter: str
    client: httpx.Client
    progress: Progress | None = None
    sleep: Callable[[float], None] = time.sleep

    def ask(
        self,
        path: str,
        parameters: Mapping[str, str],
        read: Callable[[Reply], T],
        name: str,
        attempts: int = ATTEMPTS,
    ) -> tuple[T, Raw]:
        """Return what ``read`` makes of the answer, and the answer under ``name``.

        Asked again, with growing pauses or after the time the server names, are: no connection, a cut one, a
        time-out, 429, 5xx, and whatever ``read`` meets with :class:`Again`.

        Raises
        ------
        SourceError
            If the last try failed too, the server refuses, or asks for a longer pause than a minute.
        """
        url = f"{self.base.rstrip('/')}/{path}".rstrip("/")
        shown = self.key.hide(f"{url}?{httpx.QueryParams(dict(parameters))}")
        if self.progress:
            self.progress(f"{self.name}: {name}")
        retrying = Retrying(
            retry=retry_if_exception_type(Again),
            stop=lambda state: _is_over(state, attempts),
            wait=_pause,
            sleep=self.sleep,
        )
        got, todo, tries = "", "", 0
        try:
            for attempt in retrying:
                with attempt:
                    reply = self._once(url, parameters, shown)
                    return read(reply), Raw(name, reply.content, shown, reply.media)
        except RetryError as ended:
            last = ended.last_attempt.exception()
            tries = ended.last_attempt.attempt_number
            got, todo = (last.got, last.todo) if isinstance(last, Again) else ("nothing", "Try again later.")
        times = "once" if tries == 1 else f"{tries} times"
        raise ServerFailure(
            compose(f"{self.name}, {shown} ({times})", "an answer", self.key.hide(got), self.key.hide(todo))
        )

    def _once(self, url: str, parameters: Mapping[str, str], shown: str) -> Reply:
        failed, bad = "", False
        try:
            with self.key.out_of_the_log():
                answer = self.client.get(url, params={**parameters, self.parameter: self.key.reveal()})
        except httpx.TimeoutException:
            failed = "no answer in time"
        except (httpx.InvalidURL, httpx.UnsupportedProtocol):
            bad = True
        except httpx.HTTPError as error:
            failed = f"no whole answer ({type(error).__name__})"
        if bad:  # raised here, not above: the library's error carries the address with the key
            self.refuse(shown, "no address of a server", "Correct the variable that names another address.")
        if failed:
            raise Again(failed, "Try again later, or ask for fewer years.")
        media = answer.headers.get("content-type", "").split(";")[0].strip() or "application/octet-stream"
        reply = Reply(answer.status_code, media, self.key.hide_bytes(answer.content))
        self._judge(reply, answer.headers.get("retry-after", ""), shown)
        return reply

    def _judge(self, reply: Reply, retry_after: str, shown: str) -> None:
        status = reply.status
        if status == 429:
            raise Again(
                "too many requests (429)",
                "Come back after an hour: that is how long it may block.",
                _seconds(retry_after),
            )
        if status >= 500:
            raise Again(f"an error of the server ({status})", "Try again later.", _seconds(retry_after))
        if status in (401, 403):
            self.refuse(
                shown, f"a refusal ({status}: {reply.heading})", "Check the key, and that it is activated."
            )
        if status not in (200, 204):
            self.refuse(
                shown, f"{status}: {reply.heading}", "The form of the request may have changed: tell us."
            )

    def refuse(self, shown: str, got: str, todo: str) -> NoReturn:
        """Raise a SourceError that says what came."""
        raise SourceError(compose(f"{self.name}, {shown}", "data", self.key.hide(got), todo))


@contextmanager
def connected(client: httpx.Client | None) -> Iterator[httpx.Client]:
    """Give the client that was handed in, or a new one that is closed afterwards."""
    if client is not None:
        yield client
        return
    with httpx.Client(timeout=TIMEOUT, headers={"User-Agent": "grassroots-briefs"}) as own:
        yield own


def _pause(state: RetryCallState) -> float:
    asked = _asked(state)
    return asked if asked is not None else min(FIRST_PAUSE * 2 ** (state.attempt_number - 1), LONGEST_PAUSE)


def _is_over(state: RetryCallState, attempts: int) -> bool:
    asked = _asked(state)
    return stop_after_attempt(attempts)(state) or (asked is not None and asked > LONGEST_PAUSE)


def _asked(state: RetryCallState) -> float | None:
    error = state.outcome.exception() if state.outcome else None
    return error.wait if isinstance(error, Again) else None


def _seconds(header: str) -> float | None:
    """Return the pause that ``Retry-After`` asks for, in seconds or until a date."""
    if header.strip().isdigit():
        return float(header)
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except (TypeError, ValueError):
        return None
