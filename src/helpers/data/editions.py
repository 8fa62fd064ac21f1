"""The numbers of built editions, read back from the ``.json`` files under ``reports/<edition>/``.

Editions of past builds stay readable whether or not the book still lists them; a folder without a manifest is
no edition.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from helpers import paths
from helpers.errors import CatalogError, compose, listed

MANIFEST = "manifest.json"
NEEDED = ("brief", "edition", "parameters", "values")
"""What the file of a brief has in any case."""


def built() -> list[str]:
    """Return the editions that have been built, by the name of their folder."""
    return sorted(path.parent.name for path in paths.reports_dir().glob(f"*/{MANIFEST}"))


def folder(edition: str) -> Path:
    """Return the folder of a built edition.

    Raises
    ------
    CatalogError
        If it has not been built; the message says how to build it.
    """
    found = paths.reports_dir() / edition
    if (found / MANIFEST).is_file():
        return found
    have = f"no {MANIFEST} there" if found.is_dir() else "no such folder"
    done = f" (built: {listed(built())})" if built() else ""
    todo = f"Build it: briefs build --edition {edition}"
    raise CatalogError(compose(f"reports/{edition}", "a built edition", f"{have}{done}", todo))


def briefs(edition: str, lang: str) -> dict[str, Path]:
    """Return the ``.json`` file of every brief of an edition in one language, by its slug, in order of slug.

    Raises
    ------
    CatalogError
        If the edition has not been built.
    """
    home = folder(edition) / lang
    return {path.relative_to(home).with_suffix("").as_posix(): path for path in sorted(home.rglob("*.json"))}


def read(path: Path) -> Mapping[str, Any]:
    """Return the content of a brief's ``.json``: its parameters, values and the tables they come from.

    Raises
    ------
    CatalogError
        If the file is not what a build writes.
    """
    where = f"reports/{path.relative_to(paths.reports_dir()).as_posix()}"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogError(compose(where, "the numbers of a brief", str(error), _again(path))) from error
    lacking = [key for key in NEEDED if not isinstance(content, dict) or key not in content]
    if lacking:
        got = f"none of {listed(lacking)}"
        raise CatalogError(compose(where, f"the keys {', '.join(NEEDED)}", got, _again(path)))
    return content


def _again(path: Path) -> str:
    edition = path.relative_to(paths.reports_dir()).parts[0]
    return f"Build it again: briefs build --edition {edition} --force"
