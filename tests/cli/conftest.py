"""The command line against a copy of the tables and a server of the test's own: no key, no network."""

from __future__ import annotations

import hashlib
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS / "data" / "sources"), str(TESTS / "notebooks")]

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def digests() -> Callable[[Path], dict[str, str]]:
    """Return a function that gives every file below a folder with its digest."""

    def of(folder: Path) -> dict[str, str]:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {
            str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
        }

    return of


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the shipped data folder, which the product reads instead; no key is set."""
    folder = tmp_path / "data"
    shutil.copytree(TESTS.parent / "data", folder, ignore=shutil.ignore_patterns("raw", ".*"))
    monkeypatch.setenv("BRIEFS_DATA", str(folder))
    for name in ("BEA_API_KEY", "CENSUS_API_KEY", "BRIEFS_BEA_URL", "BRIEFS_CENSUS_URL"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def briefs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the command and gives its exit code, what it said and what it complained of."""
    from helpers import cli

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["briefs", *arguments])
        capsys.readouterr()
        handler = signal.getsignal(signal.SIGINT)
        try:
            cli.main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            signal.signal(signal.SIGINT, handler)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clients give up after two tries, without a pause, and wait for an answer for half a second only."""
    import httpx

    from helpers.data.sources import transport

    monkeypatch.setattr(transport, "ATTEMPTS", 2)
    monkeypatch.setattr(transport, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(transport, "LONGEST_PAUSE", 0.02)
    monkeypatch.setattr(transport, "TIMEOUT", httpx.Timeout(0.5))
