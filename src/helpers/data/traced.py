"""The tables that the traces of a brief name, as they are on disk now."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import paths
from helpers.data import catalog, commodities, ledger, register
from helpers.data import tables as files


class Tables:
    """Every row and vintage of a table by its name; a brief's own register and ledger stand in for the shipped ones.

    Parameters
    ----------
    parameters
        Those of the brief: ``activities`` and ``claims`` are paths as seen from the notebooks folder.
    """

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self._own = {
            name: str(paths.notebooks_dir() / Path(str(path)).expanduser())
            for name, parameter in ((register.TABLE, "activities"), (ledger.TABLE, "claims"))
            if (path := parameters.get(parameter))
        }

    @property
    def own(self) -> tuple[tuple[str, str], ...]:
        """The tables that stand in for shipped ones, with their files."""
        return tuple(self._own.items())

    def __call__(self, name: str) -> pd.DataFrame:
        """Return a table as it is kept: not to be changed.

        Raises
        ------
        CatalogError
            If no table has this name, or its file is missing.
        DataCheckError
            If its content breaks the schema.
        """
        if own := self._own.get(name):
            return (register if name == register.TABLE else ledger).read(own)
        return commodities.partition(name) if commodities.is_partition(name) else catalog.whole(name)

    def sha256(self, name: str, path: str) -> str:
        """Return the digest of the file that a brief names for a table; empty where there is none."""
        return _sha256(Path(self._own.get(name) or paths.data_dir() / path))


@cache
def _sha256(path: Path) -> str:
    return files.digest(path) if path.is_file() else ""
