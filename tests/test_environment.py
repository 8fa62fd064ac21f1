"""One list of dependencies: what pyproject.toml asks for, requirements.lock pins and environment.yml repeats."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
import venv
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


@pytest.mark.slow
def test_the_pip_section_makes_a_bare_environment_that_runs_the_command(tmp_path: Path) -> None:
    project = _copy_of_the_repository(tmp_path / "project")
    venv.create(tmp_path / "bare", with_pip=True)
    python = tmp_path / "bare" / "bin" / "python"
    bare = {
        name: value for name, value in os.environ.items() if not re.match("PYTHON|VIRTUAL_ENV|BRIEFS", name)
    }
    (project / "conda.requirements.txt").write_text("\n".join(pip_section()) + "\n", encoding="utf-8")

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        command = [str(word) for word in words]
        return subprocess.run(command, cwd=project, env=bare, capture_output=True, text=True, check=False)

    made = run(python, "-m", "pip", "install", "--quiet", "--no-compile", "-r", "conda.requirements.txt")
    if made.returncode and UNREACHED.search(made.stderr):
        pytest.skip("no network to install packages from")
    assert made.returncode == 0, made.stderr[-3000:]
    found = run(python, "-c", "import helpers; print(helpers.__file__)")
    assert Path(found.stdout.strip()) == project / "src" / "helpers" / "__init__.py"
    shown = run(python.with_name("briefs"), "--help")
    assert shown.returncode == 0, shown.stderr
    assert "build" in shown.stdout
    agreed = run(python, "-m", "pip", "check")
    assert agreed.returncode == 0, agreed.stdout
