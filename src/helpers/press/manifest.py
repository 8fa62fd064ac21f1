"""The manifest of an edition: for every file, from which parameters, notebooks, tables and versions it came.

No time, no path and no name of a machine is in it: the same inputs give the same manifest.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import helpers
from helpers.errors import BuildError, compose
from helpers.press import place
from helpers.press.book import Edition
from helpers.press.plan import Brief

NAME = "manifest.json"
PACKAGE = "grassroots-briefs"

VERSIONS = (
    "font-source-sans-pro",
    "ipykernel",
    "ipython",
    "jinja2",
    "matplotlib",
    "matplotlib-fontja",
    "nbclient",
    "nbconvert",
    "nbformat",
    "numpy",
    "pandas",
    "papermill",
    "pyarrow",
    "scipy",
    "seaborn",
    "typst",
)
"""The packages that have a say in what a brief looks like or which numbers it shows."""


@dataclass(frozen=True)
class Made:
    """A brief that is in its place: its checked parameters and (format, sha256, bytes) of its files."""

    brief: Brief
    values: Mapping[str, Any]
    files: tuple[tuple[str, str, int], ...]


def inputs(notebooks: Iterable[Path], data: Path) -> dict[str, Any]:
    """Return what every brief of a build is made from: package, versions, tables and notebooks.

    Parameters
    ----------
    notebooks
        The notebooks of the book.
    data
        The folder with `datapackage.json`, whose resources carry the digests of the tables.
    """
    return {
        "package": {"name": PACKAGE, "version": helpers.__version__},
        "versions": {"python": platform.python_version()} | {name: _version(name) for name in VERSIONS},
        "tables": _tables(data / "datapackage.json"),
        "notebooks": {path.name: f"sha256:{digest(path)}" for path in sorted(set(notebooks))},
    }


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _tables(path: Path) -> dict[str, str | None]:
    if not path.is_file():
        return {}
    resources = json.loads(path.read_text(encoding="utf-8")).get("resources", [])
    return {item["name"]: item.get("hash") for item in sorted(resources, key=lambda item: item["name"])}


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read(folder: Path) -> dict[str, Any]:
    """Return the manifest in an edition's folder, or an empty one when there is none yet.

    Raises
    ------
    BuildError
        The file is there and is not a manifest.
    """
    path = folder / NAME
    if not path.is_file():
        return {"edition": folder.name, "inputs": {}, "briefs": {}}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        _ = content["inputs"], content["briefs"]
        return dict(content)
    except (ValueError, KeyError, TypeError) as error:
        todo = "Delete it and build the edition again."
        where = f"reports/{folder.name}/{NAME}"
        raise BuildError(compose(where, "a manifest", f"{type(error).__name__}: {error}", todo)) from error


def merge(
    old: Mapping[str, Any],
    edition: Edition,
    everything: Sequence[Brief],
    made: Iterable[Made],
    source: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the manifest after a build that may have made only part of the edition.

    Each file names the inputs it was made from, so that a file of an earlier build keeps saying the truth.
    Briefs that the book no longer has are dropped; so are the other formats of a brief that has been made
    anew with other parameters.

    Parameters
    ----------
    old
        The manifest before.
    edition
        The edition.
    everything
        All briefs of the edition, in the book's order.
    made
        What was made now.
    source
        What it was made from, see `inputs`.
    """
    key = hashlib.sha256(json.dumps(source, sort_keys=True).encode()).hexdigest()[:12]
    fresh = {item.brief.stem: item for item in made}
    briefs = {}
    for brief in everything:
        record = old["briefs"].get(brief.stem)
        if brief.stem in fresh:
            record = _record(fresh[brief.stem], record, key)
        if record:
            briefs[brief.stem] = record
    used = {file["made_from"] for record in briefs.values() for file in record["files"].values()}
    sources = dict(old["inputs"]) | {key: dict(source)}
    return {
        "edition": edition.name,
        "title": dict(zip(("en", "ja"), edition.title, strict=True)),
        "parameters": dict(edition.parameters),
        "inputs": {name: sources[name] for name in sorted(used) if name in sources},
        "briefs": briefs,
    }


def _record(item: Made, old: Mapping[str, Any] | None, key: str) -> dict[str, Any]:
    brief, values = item.brief, dict(item.values)
    kept = dict(old["files"]) if old and old["parameters"] == values else {}
    files = kept | {
        kind: {"path": f"{brief.stem}.{kind}", "sha256": sha, "bytes": size, "made_from": key}
        for kind, sha, size in item.files
    }
    return {
        "brief": brief.slug,
        "lang": brief.lang,
        "title": brief.title,
        "notebook": brief.notebook.name,
        "parameters": values,
        "files": {kind: files[kind] for kind in sorted(files)},
    }


def write(folder: Path, content: Mapping[str, Any]) -> None:
    """Write the manifest into an edition's folder.

    Raises
    ------
    BuildError
        It cannot be written; the one before is left.
    """
    place.replace(folder / NAME, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())
