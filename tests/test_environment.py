"""One list of dependencies: what pyproject.toml asks for, requirements.lock pins and environment.yml repeats."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import helpers

ROOT = Path(helpers.__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA: dict[str, Any] = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))

UNREACHED = re.compile(
    r"NewConnectionError|NameResolutionError|ConnectTimeoutError|Temporary failure in name"
)
"""How pip says that there is no network."""


def locked() -> list[tuple[Requirement, list[str]]]:
    """Return every requirement of the lock with its hashes."""
    joined = LOCK.replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    parts = [line.split("--hash=") for line in lines]
    return [(Requirement(head.strip()), [item.strip() for item in hashes]) for head, *hashes in parts]


def pip_section() -> list[str]:
    """Return the lines of environment.yml that conda hands to pip."""
    return next(item["pip"] for item in CONDA["dependencies"] if isinstance(item, dict))


def direct() -> list[Requirement]:
    """Return what pyproject.toml asks for, the tools of development included."""
    extras = [line for lines in PROJECT["optional-dependencies"].values() for line in lines]
    return [Requirement(line) for line in [*PROJECT["dependencies"], *extras]]


def test_conda_and_the_lock_name_the_same_versions_under_the_same_conditions() -> None:
    *pinned, package = pip_section()
    assert package == "-e ."
    assert [str(Requirement(line)) for line in pinned] == [str(requirement) for requirement, _ in locked()]


def test_conda_adds_only_python_and_pip() -> None:
    others = [item for item in CONDA["dependencies"] if isinstance(item, str)]
    assert others == [f"python{PROJECT['requires-python']}", "pip"]
    assert CONDA["name"] == PROJECT["name"]


def test_every_locked_requirement_is_one_version_with_hashes() -> None:
    assert len(locked()) > len(direct())
    for requirement, hashes in locked():
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), requirement
        assert hashes, f"{requirement} has no hash"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", item) for item in hashes), requirement


def test_the_lock_names_no_index() -> None:
    assert "://" not in LOCK
    assert not re.search(r"^\s*-(?!-hash=sha256:)", LOCK, re.MULTILINE)


@pytest.mark.parametrize("python", ["3.11.0", "3.12.0", "3.13.0", "3.14.0"])
def test_every_direct_dependency_is_locked_once_for_each_python(python: str) -> None:
    place = {"python_version": python.rpartition(".")[0], "python_full_version": python}
    here = [found for found, _ in locked() if found.marker is None or found.marker.evaluate(place)]
    for wanted in direct():
        name = canonicalize_name(wanted.name)
        versions = [str(found.specifier)[2:] for found in here if canonicalize_name(found.name) == name]
        assert len(versions) == 1, wanted
        assert wanted.specifier.contains(versions[0]), wanted


def _copy_of_the_repository(target: Path) -> Path:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this copy of the repository has no git history to say which files belong to it")
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)
    return target


@pytest.fixture
def conda(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return what runs pip in a copy of the repository, where `conda.requirements.txt` is what conda hands to pip."""
    project = _copy_of_the_repository(tmp_path / "project")
    (project / "conda.requirements.txt").write_text("\n".join(pip_section()) + "\n", encoding="utf-8")
    bare = {
        name: value for name, value in os.environ.items() if not re.match("PYTHON|VIRTUAL_ENV|BRIEFS", name)
    }

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        command = [str(word) for word in words]
        done = subprocess.run(command, cwd=project, env=bare, capture_output=True, text=True, check=False)
        if done.returncode and UNREACHED.search(done.stderr):
            pytest.skip("no network to ask for packages")
        assert done.returncode == 0, done.stderr[-3000:]
        return done

    return run


@pytest.mark.slow
def test_the_pip_section_asks_for_what_the_lock_has_installed_and_for_nothing_else(conda, tmp_path) -> None:
    """So what conda makes is the environment that every other test runs in."""
    told = tmp_path / "told.json"
    dry = ("install", "--dry-run", "--quiet", "--report", told, "-r", "conda.requirements.txt")
    conda(sys.executable, "-m", "pip", *dry)
    lacking = [item["metadata"]["name"] for item in json.loads(told.read_text(encoding="utf-8"))["install"]]
    assert lacking == [PROJECT["name"]]
    conda(sys.executable, "-m", "pip", "check")


@pytest.mark.slow
def test_the_package_is_built_from_the_files_of_the_repository_and_runs_its_command(conda, tmp_path) -> None:
    venv.create(tmp_path / "bare", with_pip=False)
    python = tmp_path / "bare" / "bin" / "python"
    conda(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "-e", ".")
    own = conda(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout.strip()
    (Path(own) / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    found = conda(python, "-c", "import helpers; print(helpers.__file__)").stdout.strip()
    assert Path(found) == tmp_path / "project" / "src" / "helpers" / "__init__.py"
    assert "build" in conda(python.with_name("briefs"), "--help").stdout
