"""The tables that the traces of a brief name, as they are on disk now."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import paths
from helpers.data import catalog, checks, commodities, ledger, register
from helpers.data import tables as files
from helpers.errors import CatalogError, compose

OPTIONS = {register.TABLE: "--activities", ledger.TABLE: "--claims"}
"""How a table of the reader's own is named to ``briefs trace``."""

RESULTS = "checks"
"""The results of the checks, which are no table: they are made anew."""


class Tables:
    """Every row and vintage of a table by its name; a brief's own register and ledger stand in for the shipped ones.

    Parameters
    ----------
    parameters
        Those of the brief: ``activities`` and ``claims`` hold the name of the reader's own file, not where it lies.
    activities, claims
        Paths of the reader's own register and ledger.
    """

    def __init__(self, parameters: Mapping[str, Any], activities: str = "", claims: str = "") -> None:
        told = {register.TABLE: parameters.get("activities"), ledger.TABLE: parameters.get("claims")}
        self._own = {name: str(file) for name, file in told.items() if file}
        self._found = {register.TABLE: activities, ledger.TABLE: claims}

    @property
    def own(self) -> tuple[tuple[str, str], ...]:
        """The tables that the reader's own files stand in for, with their names."""
        return tuple(self._own.items())

    def __call__(self, name: str) -> pd.DataFrame:
        """Return a table as it is kept: not to be changed.

        Raises
        ------
        CatalogError
            If no table has this name, its file is missing, or it is the reader's own and was not named.
        DataCheckError
            If its content breaks the schema.
        """
        if file := self._own.get(name):
            if not (path := self._found.get(name)):
                todo = f"Name it with {OPTIONS[name]}."
                raise CatalogError(compose(f"{name} {file}", "the path of the user's own file", "none", todo))
            return register.read(path) if name == register.TABLE else ledger.read(path)
        if name == RESULTS:
            return _results()
        return commodities.partition(name) if commodities.is_partition(name) else catalog.whole(name)

    def sha256(self, name: str, path: str) -> str:
        """Return the digest of the file that a brief names for a table; empty where there is none."""
        if name not in self._own:
            return _sha256(paths.data_dir() / path)
        found = self._found.get(name)
        return _sha256(Path(found).expanduser()) if found else ""


def _results() -> pd.DataFrame:
    found = [(check.name, check.name.startswith("load."), check.ok) for check in checks.run()]
    return pd.DataFrame(found, columns=["name", "loads", "ok"])


@cache
def _sha256(path: Path) -> str:
    return files.digest(path) if path.is_file() else ""
