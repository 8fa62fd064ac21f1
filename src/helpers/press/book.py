"""The book: which notebook is run for which parameters, in which editions and formats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers import paths
from helpers.errors import BookError, compose, listed
from helpers.press import domains, strict
from helpers.press.domains import Domain

LANGUAGES = ("en", "ja")
FORMATS = ("html", "pdf", "json", "ipynb")
PAPERS = ("a4", "letter")
ENGINES = ("warm", "stock")
"""How notebooks are run: in processes forked from a warm one, or in a kernel started for each."""
RESERVED = ("preview",)
"""Folders under reports/ that no edition may be called after."""


@dataclass(frozen=True)
class Settings:
    """How the press works: processes at a time (0 = one per core), limits of a brief, engine, paper by language.

    `time_limit` is in seconds, `memory_limit` in megabytes (0 = none), `print_limit` in characters a cell
    (0 = none), `engine` one of `ENGINES`.
    """

    jobs: int = 0
    time_limit: int = 300
    memory_limit: int = 0
    print_limit: int = 1_000_000
    engine: str = "warm"
    paper: tuple[tuple[str, str], ...] = (("en", "a4"), ("ja", "a4"))


@dataclass(frozen=True)
class Edition:
    """One folder of reports: its name, its titles (en, ja) and the parameters that every brief gets."""

    name: str
    title: tuple[str, str]
    parameters: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Entry:
    """One line of the book: a notebook, and the grid of parameters that it is run for.

    `heading` (en, ja) is what the index calls its briefs; `grid` holds (parameter, values); `path` and
    `title` (en, ja) are patterns over the parameters.
    """

    name: str
    notebook: Path
    heading: tuple[str, str]
    title: tuple[str, str]
    grid: tuple[tuple[str, tuple[Any, ...]], ...]
    path: str
    parameters: tuple[tuple[str, Any], ...]
    formats: tuple[str, ...]


@dataclass(frozen=True)
class Book:
    """Everything that book.yml says, checked."""

    folder: Path
    settings: Settings
    domains: Mapping[str, Domain]
    editions: tuple[Edition, ...]
    entries: tuple[Entry, ...]

    def edition(self, name: str = "") -> Edition:
        """Return the edition of this name, or the first one when no name is given.

        Raises
        ------
        BookError
            No edition has this name.
        """
        if not name:
            return self.editions[0]
        known = {edition.name: edition for edition in self.editions}
        if name not in known:
            todo = "Choose one of them." + strict.nearest(name, known)
            raise BookError(compose("edition", listed(known), repr(name), todo))
        return known[name]


def read(path: Path | None = None, *, data: Path | None = None) -> Book:
    """Return the book, checked: every problem of the file is reported at once.

    Parameters
    ----------
    path
        The file; by default `book.yml` in the notebooks folder.
    data
        The folder of the tables that domains are read from; by default the data folder.

    Raises
    ------
    BookError
        The file is not a book in this form.
    """
    path = path or paths.notebooks_dir() / "book.yml"
    data = data or paths.data_dir()
    for folder, variable in ((path.parent, "BRIEFS_NOTEBOOKS"), (data, "BRIEFS_DATA")):
        if not folder.is_dir():
            todo = f"Restore it, or correct {variable}."
            raise BookError(compose(str(folder), "a folder", "none", todo))
    raw = strict.read(path)
    problems = strict.unknown_keys(
        "book.yml", raw, ("settings", "formats", "domains", "editions", "briefs")
    ) + strict.missing_keys("book.yml", raw, ("editions", "briefs"))
    settings = _settings(raw.get("settings", {}), problems)
    formats = _choices("book.yml, formats", raw.get("formats", FORMATS), FORMATS, problems)
    found = _domains(raw.get("domains", {}), data, problems)
    editions = tuple(_edition(name, item, problems) for name, item in _items(raw, "editions", problems))
    entries = tuple(
        _entry(name, item, path.parent, formats, found, problems)
        for name, item in _items(raw, "briefs", problems)
    )
    problems += _namesakes(entries)
    if problems:
        raise BookError("\n".join(problems))
    return Book(path.parent, settings, found, editions, entries)


def _items(raw: Mapping[str, Any], key: str, problems: list[str]) -> list[tuple[str, dict[str, Any]]]:
    block = raw.get(key, {})
    if not isinstance(block, dict) or not block:
        if key in raw:
            problems.append(compose(f"book.yml, {key}", "at least one named block", repr(block), "Add one."))
        return []
    wrong = [name for name, item in block.items() if not isinstance(item, dict)]
    problems += [
        compose(f"book.yml, {key}: {name}", "keys below it", repr(block[name]), "Write them.")
        for name in wrong
    ]
    return [(name, item) for name, item in block.items() if name not in wrong]


def _settings(raw: Any, problems: list[str]) -> Settings:
    where = "book.yml, settings"
    if not isinstance(raw, dict):
        problems.append(compose(where, "a mapping", repr(raw), "Write for example {jobs: 2}."))
        return Settings()
    problems += strict.unknown_keys(
        where, raw, ("jobs", "time_limit", "memory_limit", "print_limit", "engine", "paper")
    )
    jobs = _whole(f"{where}: jobs", raw.get("jobs", 0), 0, problems)
    limit = _whole(f"{where}: time_limit", raw.get("time_limit", 300), 1, problems)
    memory = _whole(f"{where}: memory_limit", raw.get("memory_limit", 0), 0, problems)
    prints = _whole(f"{where}: print_limit", raw.get("print_limit", Settings.print_limit), 0, problems)
    engine = str(raw.get("engine", ENGINES[0]))
    _choices(f"{where}: engine", [engine], ENGINES, problems)
    paper = raw.get("paper", {})
    paper = paper if isinstance(paper, dict) else dict.fromkeys(LANGUAGES, paper)
    problems += strict.unknown_keys(f"{where}: paper", paper, LANGUAGES)
    chosen = {lang: str(paper.get(lang, "a4")) for lang in LANGUAGES}
    _choices(f"{where}: paper", list(chosen.values()), PAPERS, problems)
    return Settings(jobs, limit, memory, prints, engine, tuple(chosen.items()))


def _whole(where: str, value: Any, least: int, problems: list[str]) -> int:
    if type(value) is int and value >= least:
        return value
    problems.append(compose(where, f"a whole number of at least {least}", repr(value), "Correct it."))
    return least


def _choices(where: str, values: Any, allowed: tuple[str, ...], problems: list[str]) -> tuple[str, ...]:
    if not isinstance(values, list | tuple) or not values:
        problems.append(compose(where, f"a list of {listed(allowed)}", repr(values), "Write a list."))
        return ()
    wrong = [value for value in values if value not in allowed]
    if wrong:
        todo = "Correct the list." + strict.nearest(wrong[0], allowed)
        problems.append(compose(where, f"only {listed(allowed)}", listed(wrong), todo))
    return tuple(item for item in allowed if item in values)


def _domains(raw: Any, data: Path, problems: list[str]) -> dict[str, Domain]:
    if not isinstance(raw, dict):
        todo = "Write for example {lang: {values: [en, ja]}}."
        problems.append(compose("book.yml, domains", "a mapping of parameters", repr(raw), todo))
        return {}
    found = {}
    for name, entry in raw.items():
        try:
            found[name] = domains.read(name, entry, data)
        except BookError as error:
            problems.append(str(error))
    return found


def _title(where: str, raw: Mapping[str, Any], problems: list[str], key: str = "title") -> tuple[str, str]:
    title = raw.get(key, {})
    if not isinstance(title, dict) or set(title) != set(LANGUAGES):
        problems.append(
            compose(f"{where}: {key}", "one text for en and one for ja", repr(title), "Write both languages.")
        )
        return "", ""
    return str(title["en"]), str(title["ja"])


def _edition(name: str, raw: Mapping[str, Any], problems: list[str]) -> Edition:
    where = f"book.yml, editions: {name}"
    problems += strict.unknown_keys(where, raw, ("title", "parameters"))
    if name in RESERVED or not name.replace("-", "").replace("_", "").isalnum() or not name.isascii():
        problems.append(
            compose(
                where,
                f"letters, digits, - and _ (and not {listed(RESERVED)})",
                repr(name),
                "Rename the edition.",
            )
        )
    parameters = _mapping(f"{where}: parameters", raw.get("parameters", {}), problems)
    return Edition(name, _title(where, raw, problems), tuple(parameters.items()))


def _mapping(where: str, raw: Any, problems: list[str]) -> dict[str, Any]:
    if isinstance(raw, dict):
        return raw
    problems.append(compose(where, "a mapping of parameters", repr(raw), "Write for example {lang: en}."))
    return {}


def _entry(
    name: str,
    raw: Mapping[str, Any],
    folder: Path,
    formats: tuple[str, ...],
    found: Mapping[str, Domain],
    problems: list[str],
) -> Entry:
    where = f"book.yml, briefs: {name}"
    keys = ("notebook", "heading", "title", "grid", "path", "parameters", "formats")
    problems += strict.unknown_keys(where, raw, keys)
    problems += strict.missing_keys(where, raw, ("notebook", "grid", "path"))
    notebook = folder / str(raw.get("notebook", ""))
    if "notebook" in raw and not notebook.is_file():
        paths = [item.relative_to(folder) for item in folder.rglob("*.ipynb")]
        here = sorted(item.as_posix() for item in paths if not any(p.startswith(".") for p in item.parts))
        got = str(raw["notebook"])
        todo = "Correct the name." + strict.nearest(got, here)
        problems.append(compose(f"{where}: notebook", listed(here) or "a file", repr(got), todo))
    grid = _grid(where, _mapping(f"{where}: grid", raw.get("grid", {}), problems), found, problems)
    path = str(raw.get("path", ""))
    if "path" in raw and not path.startswith("{lang}/"):
        problems.append(compose(f"{where}: path", "a path that begins with {lang}/", repr(path), "Add it."))
    own = _mapping(f"{where}: parameters", raw.get("parameters", {}), problems)
    if "formats" in raw:
        formats = _choices(f"{where}: formats", raw["formats"], FORMATS, problems)
    heading = _title(where, raw, problems, "heading")
    title = _title(where, raw, problems)
    return Entry(name, notebook, heading, title, grid, path, tuple(own.items()), formats)


def _namesakes(entries: Sequence[Entry]) -> list[str]:
    """Return what to say of notebooks of one name in several folders: what was built is recorded by that name."""
    folders: dict[str, set[Path]] = {}
    for entry in entries:
        folders.setdefault(entry.notebook.name, set()).add(entry.notebook.parent.resolve())
    return [
        compose(
            "book.yml, briefs",
            "a name of its own for each notebook",
            f"{name!r} in {len(found)} folders",
            "Rename one.",
        )
        for name, found in folders.items()
        if len(found) > 1
    ]


def _grid(
    where: str, raw: Mapping[str, Any], found: Mapping[str, Domain], problems: list[str]
) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    grid: dict[str, tuple[Any, ...]] = {}
    for name, values in raw.items():
        if values == "all" and name in found and found[name].codes:
            grid[name] = found[name].codes
        elif isinstance(values, list) and values:
            grid[name] = tuple(values)
        else:
            problems.append(
                compose(
                    f"{where}: grid: {name}",
                    "a list of values, or `all` where the domain is a list of codes",
                    repr(values),
                    "Write the list.",
                )
            )
    if raw and "lang" not in raw:
        problems.append(compose(f"{where}: grid", "the parameter 'lang'", listed(raw), "Add lang: [en, ja]."))
    return tuple(grid.items())
