"""Ask a publisher's server, politely and again where that helps, without ever showing the key."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str], None]
"""Called with one line of words before each request."""
