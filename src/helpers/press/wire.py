"""Messages between a brief's process and whoever runs the brief: length, then JSON, over one Unix socket."""

from __future__ import annotations

import json
import struct
from typing import Any

from jupyter_client.session import orjson_unpacker as unpacked

HEAD = struct.Struct(">I")
"""What stands before each message: its length in bytes."""


def pack(message: dict[str, Any]) -> bytes:
    """Return a message as the bytes that go over the socket."""
    return frame(json.dumps(message, ensure_ascii=False).encode())


def frame(body: bytes) -> bytes:
    """Return the bytes of a message with their length before them."""
    return HEAD.pack(len(body)) + body


class Reader:
    """Cut what arrives into messages, however it is broken up on its way."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> list[dict[str, Any]]:
        """Return the messages that are whole now.

        Parameters
        ----------
        data
            What a read from the socket returned.
        """
        self._held += data
        found = []
        while len(self._held) >= HEAD.size:
            end = HEAD.size + HEAD.unpack_from(self._held)[0]
            if len(self._held) < end:
                break
            found.append(unpacked(bytes(self._held[HEAD.size : end])))
            del self._held[:end]
        return found
