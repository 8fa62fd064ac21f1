"""Where things are, independent of the folder one happens to stand in, and what the YAML files among them hold.

The environment variables ``BRIEFS_DATA``, ``BRIEFS_NOTEBOOKS`` and ``BRIEFS_REPORTS`` name other folders.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
"""The repository: the package is installed editable, so its files stay where the analyst edits them."""


def _folder(variable: str, default: str) -> Path:
    return Path(os.environ.get(variable) or ROOT / default).resolve()


def data_dir() -> Path:
    """Return the folder of the tables and their descriptor."""
    return _folder("BRIEFS_DATA", "data")


def notebooks_dir() -> Path:
    """Return the folder of the notebooks and ``book.yml``."""
    return _folder("BRIEFS_NOTEBOOKS", "notebooks")


def reports_dir() -> Path:
    """Return the folder the briefs are built into."""
    return _folder("BRIEFS_REPORTS", "reports")


def of_notebook(path: Path) -> str:
    """Return how messages name a notebook: ``notebooks/own/mine.ipynb``, of one that lies elsewhere the name alone."""
    folder = notebooks_dir()
    inside = path.resolve().relative_to(folder) if path.resolve().is_relative_to(folder) else path.name
    return (Path("notebooks") / inside).as_posix()


def told() -> dict[str, str]:
    """Return the variables that name these folders, as far as they are set, for a process that works elsewhere."""
    names = ("BRIEFS_DATA", "BRIEFS_NOTEBOOKS", "BRIEFS_REPORTS")
    return {name: str(_folder(name, "")) for name in names if os.environ.get(name)}


def content(path: Path) -> Any:
    """Return what a YAML file of the repository holds, read by libyaml, ten times as quick, where it is there."""
    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
