"""What every brief of a build is made from, apart from its parameters and the figures it reads."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import platform
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import helpers
from helpers import paths
from helpers.press import reach

PACKAGE = "grassroots-briefs"

LOCK = "requirements.lock"
"""The file of the repository with the version of every package."""

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
"""The packages that have a say in what a brief looks like or which numbers it shows, the fonts' among them."""


def now(notebooks: Iterable[Path]) -> dict[str, Any]:
    """Return package, versions, lock, notebooks and code as they are now, by name and digest.

    Parameters
    ----------
    notebooks
        The notebooks of the book.
    """
    found = sorted(set(notebooks))
    return {
        "package": {"name": PACKAGE, "version": helpers.__version__},
        "versions": {"python": platform.python_version()} | {name: _version(name) for name in VERSIONS},
        "settings": {"SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", "")},
        "lock": digest(paths.ROOT / LOCK),
        "notebooks": {path.name: digest(path) for path in found},
        "code": reach.digests(found),
    }


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits, or "" when it is not there or cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
