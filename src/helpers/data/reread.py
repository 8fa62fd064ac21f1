"""Look again at what was read, and say what its digest is now."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from helpers import paths
from helpers.data import catalog, descriptor, reads, register
from helpers.errors import CatalogError, compose


def digest(read: Mapping[str, Any], folder: Path) -> str:
    """Return what the ``part`` of a read (see :mod:`helpers.data.reads`) would be if it were read now.

    Parameters
    ----------
    read
        A read with a ``part``.
    folder
        The folder that the path of a reader's own register (``name``) starts from: the notebook's.

    Raises
    ------
    CatalogError
        If the table is gone or its file is not the one that the descriptor names.
    DataCheckError
        If its content breaks the schema.
    """
    name, how = read["name"], read["how"]
    if read["what"] == "tables":
        return reads.text(list(descriptor.package(paths.data_dir())))
    if read["what"] == "description":
        catalog.describe(name)
        return reads.description(paths.data_dir(), name)
    if read["what"] == "register":
        path = "" if name == register.TABLE else str(folder / Path(name).expanduser())
        part = {"state": how["state"], "mission": how.get("mission", ""), "columns": how["columns"]}
        return reads.rows(register.read(path, **part))
    if read["what"] == "table":
        options = {"as_of": how["as_of"], "vintage": how["vintage"]}
        return reads.rows(catalog.load(name, **options, **how["where"]))
    raise CatalogError(compose("a read", "a part of a table", repr(read["what"]), "Build with --force."))
