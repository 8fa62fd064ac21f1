"""What papermill's entry point names: the engine `warm`, looked up when papermill asks it for something.

Papermill loads its entry points while its own modules are still being imported, so nothing of papermill, and
nothing that imports it, may be imported here at once.
"""

from __future__ import annotations

from typing import Any


class _Late(type):
    """A class whose attributes are those of `helpers.press.warm.WarmEngine`."""

    def __getattr__(cls, name: str) -> Any:
        from helpers.press.warm import WarmEngine

        return getattr(WarmEngine, name)


class Warm(metaclass=_Late):
    """Papermill's engine `warm`."""
