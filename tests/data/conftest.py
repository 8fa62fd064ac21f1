"""A small data folder of a test's own, so that tables can be broken without touching the shipped ones."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

SHIPPED = Path(__file__).parents[2] / "data"
SMALL = (
    "states",
    "areas",
    "partners",
    "aggregates",
    "partner_aliases",
    "missions",
    "jobs_state",
    "events",
    "sources",
)


class Folder:
    """A copy of a few tables; `edit` changes one and, unless told not to, accepts its new digest."""

    def __init__(self, path: Path) -> None:
        self.path = path
        package = json.loads((SHIPPED / "datapackage.json").read_text(encoding="utf-8"))
        package["resources"] = [r for r in package["resources"] if r["name"] in SMALL]
        for resource in package["resources"]:
            target = path / resource["path"]
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(SHIPPED / resource["path"], target)
        self.package = package
        self.save()

    def save(self) -> None:
        (self.path / "datapackage.json").write_text(json.dumps(self.package), encoding="utf-8")

    def file(self, name: str) -> Path:
        return self.path / next(r["path"] for r in self.package["resources"] if r["name"] == name)

    def edit(self, name: str, old: str, new: str, *, accept: bool = True) -> None:
        text = self.file(name).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}: the test needs another row"
        self.file(name).write_text(text.replace(old, new, 1), encoding="utf-8")
        if accept:
            self.accept(name)

    def accept(self, name: str) -> None:
        digest = hashlib.sha256(self.file(name).read_bytes()).hexdigest()
        next(r for r in self.package["resources"] if r["name"] == name)["hash"] = f"sha256:{digest}"
        self.save()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """Return a small data folder that the product reads instead of the shipped one."""
    monkeypatch.setenv("BRIEFS_DATA", str(tmp_path))
    return Folder(tmp_path)
