"""What an audit holds its claims against: the tables, and what was read from them for an earlier claim."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pandas as pd

Made = TypeVar("Made")


@dataclass(frozen=True)
class Held:
    """The tables of one audit by name, the codes that are groups of partners, and what is known by now."""

    tables: Mapping[str, pd.DataFrame]
    groups: Collection[str]
    known: dict[tuple[Hashable, ...], Any] = field(default_factory=dict)

    def get(self, name: str) -> pd.DataFrame | None:
        """Return a table; None where it is not in hand."""
        return self.tables.get(name)

    def once(self, make: Callable[..., Made], *key: Hashable) -> Made:
        """Return ``make(held, *key)``, made at the first call: many claims rest on one year's league."""
        if (make, *key) not in self.known:
            self.known[make, *key] = make(self, *key)
        made: Made = self.known[make, *key]
        return made
