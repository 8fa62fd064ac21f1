"""What a visitor finds: a tidy top level, small and clean files, commands and links that are what they say."""

from __future__ import annotations

import importlib.metadata
import json
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
import typer.main
import yaml

import helpers
from helpers.cli import app

ROOT = Path(helpers.__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")

TOP = {
    ".ci", ".gitignore", ".pre-commit-config.yaml", "CITATION.cff", "LICENSE", "Makefile", "README.md", "data",
    "environment.yml", "notebooks", "pyproject.toml", "reports", "requirements.lock", "src", "tests",
}  # fmt: skip
TARGETS = {
    "help",
    "briefs",
    "test",
    "lab",
    "check",
    "format",
    "data",
    "pictures",
    "bench",
    "bench-scale",
    "bench-commodities",
    "bench-register",
    "clean",
}
MACHINE = re.compile(
    r"(?<![\w.}])/(?:home|Users|root|work|tmp|mnt)/(?!bash)\w|[A-Z]:\\Users"  # somebody's folder
    r"|pypi\.org/simple|pythonhosted|conda\.anaconda\.org|--(?:extra-)?index-url|trusted-host"
    r"|https?://(?:localhost|127\.|10\.|192\.168\.|\[::1\])"
)
BLOCKS = re.compile(r"```.*?```", re.DOTALL)


def git(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)


@cache
def tracked() -> tuple[Path, ...]:
    """Return the files of the repository that are there, as paths relative to it."""
    listed = git("ls-files", "-z")
    if listed.returncode:
        pytest.skip("this copy of the repository has no git history to say which files belong to it")
    names = (Path(name) for name in listed.stdout.split("\0") if name)
    return tuple(name for name in names if (ROOT / name).is_file())


def text_of(name: Path) -> str:
    """Return a file's text, or nothing for a file of bytes."""
    content = (ROOT / name).read_bytes()
    return "" if b"\0" in content else content.decode("utf-8")


def code_of(page: str) -> str:
    """Return the lines of code of a Markdown page, fenced or indented."""
    return "\n".join([*BLOCKS.findall(page), *re.findall(r"^    .+$", page, re.MULTILINE)])


def targets() -> dict[str, str]:
    """Return the documented targets of the Makefile and what each says of itself."""
    return dict(re.findall(r"^([a-z-]+):.*?## (.+)$", MAKEFILE, re.MULTILINE))


def test_the_top_level_holds_what_the_design_names() -> None:
    assert {name.parts[0] for name in tracked()} == TOP


def test_the_repository_is_small() -> None:
    sizes = {name: (ROOT / name).stat().st_size for name in tracked()}
    assert sum(sizes.values()) < 15e6
    assert {name for name, size in sizes.items() if size > 3e6} == set()


@pytest.mark.parametrize(
    ("path", "ignored"),
    [
        ("reports/README.md", False),
        ("reports/latest/en/state/tennessee.html", True),
        ("reports/fy2021/manifest.json", True),
        ("reports/example-ledger.png", False),
        ("notebooks/state.ipynb", False),
        ("notebooks/.ipynb_checkpoints/state-checkpoint.ipynb", True),
        (".venv/bin/python", True),
        ("src/helpers/__pycache__/cli.cpython-311.pyc", True),
        ("data/trade/goods_trade.parquet", False),
    ],
)
def test_what_is_built_stays_out_of_git(path: str, ignored: bool) -> None:
    tracked()
    assert (git("check-ignore", "--quiet", "--no-index", path).returncode == 0) is ignored


def test_nothing_that_is_ignored_has_been_committed() -> None:
    tracked()
    assert git("ls-files", "--cached", "--ignored", "--exclude-standard").stdout == ""


def test_notebooks_are_committed_without_outputs() -> None:
    notebooks = [name for name in tracked() if name.suffix == ".ipynb"]
    assert Path("notebooks/state.ipynb") in notebooks
    for name in notebooks:
        for cell in json.loads(text_of(name))["cells"]:
            if cell["cell_type"] == "code":
                assert (cell["outputs"], cell["execution_count"]) == ([], None), name


def test_no_file_names_a_machine_or_a_package_index() -> None:
    found = {
        str(name): [match.group() for match in MACHINE.finditer(text_of(name))]
        for name in tracked()
        if name.suffix != ".parquet" and name != Path("tests/test_repository.py")
    }
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_make_help_lists_every_documented_target() -> None:
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(targets()) == TARGETS
    for name, says in targets().items():
        assert f"make {name} " in shown
        assert says in shown


def test_check_looks_and_edits_nothing() -> None:
    shown = subprocess.run(
        ["make", "-n", "check"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    ran = [line for line in shown.splitlines() if re.match(r"\S*bin/(ruff|mypy|nbstripout)", line)]
    assert [re.findall(r"bin/(\w+)", line)[0] for line in ran] == ["ruff", "ruff", "mypy", "nbstripout"]
    for line in ran:
        if "ruff format" in line:
            assert "--check" in line or "--diff" in line
        elif "nbstripout" in line:
            assert "--verify" in line
        assert not re.search(r"--(unsafe-)?fix\b|--fix-only|--add-noqa", line)


def test_ci_runs_what_a_person_runs() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    lines = [line for line in script.splitlines() if line and not line.startswith("#")]
    assert lines[:2] == ["set -euo pipefail", 'cd "$(dirname "$0")/.."']
    assert lines[-1] == "make -j2 check test"
    browser = " ".join(lines[2:-4])  # Debian's own, where there is none and it can be installed
    assert browser.startswith("fetched= if ! command -v chromium ")
    assert "apt-get install -qy --no-install-recommends chromium" in browser
    assert lines[-4] == 'export CI="${CI:-true}"'  # without a browser its tests fail here, and do not skip
    assert lines[-3:-1] == ["make env", '[ -z "$fetched" ] || wait "$fetched"']
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_the_readme_gives_the_two_commands() -> None:
    code = code_of(README)
    assert re.search(r"\bmake briefs\b", code)
    assert re.search(r"\bmake test\b", code)


def test_every_link_and_picture_of_the_readme_is_there() -> None:
    prose = BLOCKS.sub("", README)
    links = re.findall(r"\]\(([^)\s]+)[^)]*\)", prose) + re.findall(r"(?:src|href)=\"([^\"]+)\"", prose)
    local = [link.partition("#")[0] for link in links if not re.match(r"https?:|mailto:|#", link)]
    assert [link for link in local if Path(link) not in tracked() and not (ROOT / link).is_dir()] == []


def test_pictures_of_the_readme_have_words_and_stay_small() -> None:
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)\s]+)\)", README)
    for drawn in re.findall(r"<img [^>]*>", README):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', drawn))
        pictures.append((attributes.get("alt", ""), attributes["src"]))
    assert pictures
    for words, path in pictures:
        assert len(words) > 15, path
        assert (ROOT / path).stat().st_size < 150_000, path


def test_anchors_of_the_readme_are_headings() -> None:
    heads = re.findall(r"^#+ (.+)$", BLOCKS.sub("", README), re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
    assert set(re.findall(r"\]\(#([^)]+)\)", README)) <= slugs


def test_the_readme_speaks_of_targets_and_commands_that_exist() -> None:
    code = "\n".join([code_of(README), *re.findall(r"`([^`\n]+)`", README)])
    made = set(re.findall(r"\bmake ([a-z-]+)", code))
    assert made <= set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
    command = typer.main.get_command(app)
    known = set(command.commands)  # type: ignore[attr-defined]
    asked = set(re.findall(r"\bbriefs ([a-z]+)\b", code)) - made
    assert asked <= known
    data = set(re.findall(r"\bbriefs data ([a-z]+)", code))
    assert data <= set(command.commands["data"].commands)  # type: ignore[attr-defined]


def test_the_tree_of_the_readme_is_the_repository() -> None:
    """A line of code that begins with a path and at least two spaces is taken for a line of a tree."""
    lines = [line.strip() for line in code_of(README).splitlines()]
    named = [
        line.split()[0].rstrip("/") for line in lines if re.match(r"[\w.][\w./-]*(/|\.\w+)\s{2,}\S", line)
    ]
    assert named
    there = {str(part) for name in tracked() for part in (name, *name.parents)}
    assert [name for name in named if name not in there] == []


def test_the_citation_names_this_version() -> None:
    card = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"cff-version", "message", "title", "authors", "version", "license"} <= set(card)
    assert card["version"] == project["version"] == helpers.__version__
    assert card["license"] == project["license"] == "MIT"
    assert "MIT License" in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_the_terms_of_use_name_every_table() -> None:
    text = (ROOT / "data" / "LICENCES.md").read_text(encoding="utf-8")
    tables = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    named = set(re.findall(r"\w+", text))
    assert {table["name"] for table in tables} - named - {"sources"} == set()
    assert "sources.csv" in text


def test_every_file_of_data_is_described() -> None:
    described = {
        Path("data") / table["path"]
        for table in json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    }
    beside = {Path("data") / name for name in ("README.md", "LICENCES.md", "datapackage.json", "methods.yml")}
    assert {name for name in tracked() if name.parts[0] == "data"} == described | beside


def test_the_installed_package_offers_its_command_and_its_exporters() -> None:
    points = importlib.metadata.distribution("grassroots-briefs").entry_points
    offered = {(point.group, point.name): point.value for point in points}
    assert offered[("console_scripts", "briefs")] == "helpers.start:main"
    for kind in ("HTML", "PDF"):
        for mark, whose in (("-", "Command"), ("_", "Exporter")):
            made = f"helpers.press.exporters:Brief{kind}{whose}"
            assert offered[("nbconvert.exporters", f"brief{mark}{kind.lower()}")] == made
    assert offered[("papermill.engine", "warm")] == "helpers.press.entry:Warm"
    for point in points:
        assert callable(point.load())
