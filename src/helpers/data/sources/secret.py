"""A key to a publisher's API: used in a request, shown nowhere."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, quote_plus

import httpx

from helpers.data.sources.answer import SourceError

HIDDEN = "***"
LOGGERS = ("httpx", "httpcore", "httpcore.connection", "httpcore.http11")
"""Loggers of the client library, which writes the address of every request."""


class Key:
    """A key that prints as ``***``; :meth:`hide` takes it out of texts and bytes that came back with it."""

    def __init__(self, value: str) -> None:
        self._value = value
        sent = str(httpx.QueryParams({"k": value})).removeprefix("k=")
        asked = httpx.URL("http://host", params={"k": value}).query.decode().removeprefix("k=")
        written = {value, sent, asked, quote(value), quote(value, safe=""), quote_plus(value)} - {""}
        forms = sorted(written, key=len, reverse=True)
        self._text = re.compile("|".join(map(re.escape, forms)) or r"(?!)", re.IGNORECASE)
        self._bytes = re.compile(self._text.pattern.encode(), re.IGNORECASE)

    def __repr__(self) -> str:
        return HIDDEN

    __str__ = __repr__

    def reveal(self) -> str:
        """Return the key itself, for the one place that sends it."""
        return self._value

    def hide(self, text: str) -> str:
        """Return a text with the key, in any case and form, replaced by ``***``."""
        return self._text.sub(HIDDEN, text)

    def hide_bytes(self, content: bytes) -> bytes:
        """Return bytes with the key replaced by ``***``: some publishers repeat it in their answer."""
        return self._bytes.sub(HIDDEN.encode(), content)

    @contextmanager
    def out_of_the_log(self) -> Iterator[None]:
        """Keep the key out of what the client library logs meanwhile."""
        screen = _Screen(self)
        loggers = [logging.getLogger(name) for name in LOGGERS]
        for logger in loggers:
            logger.addFilter(screen)
        try:
            yield
        finally:
            for logger in loggers:
                logger.removeFilter(screen)


class _Screen(logging.Filter):
    """Writes a record anew when the key is in it."""

    def __init__(self, key: Key) -> None:
        super().__init__()
        self._key = key

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        hidden = self._key.hide(said)
        if hidden != said:
            record.msg, record.args = hidden, ()
        return True


def key(given: str, variable: str, signup: str, publisher: str) -> Key:
    """Return the key that was given, else that of the environment variable.

    Raises
    ------
    SourceError
        If there is none; the sentence says where to get one.
    """
    found = (given or os.environ.get(variable, "")).strip()
    if not found:
        raise SourceError(
            f"The API of the {publisher} needs a key: get one without charge at {signup} and set {variable} to it."
        )
    return Key(found)
