"""What a trace says of tables and sources: title, path, digest, edition, basis; text and address."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from helpers import paths
from helpers.data import catalog, commodities, ledger, reads, register
from helpers.data import tables as files
from helpers.errors import CatalogError, compose

WHOLE = "table:"
"""What a key begins with that stands for the publications of a whole table."""

NAMED = 2
"""Publications of a whole table that are named; the rest are counted."""

TITLES = {
    register.TABLE: {"en": "Register of the user ({})", "ja": "利用者の登録簿（{}）"},
    ledger.TABLE: {"en": "Ledger of the user ({})", "ja": "利用者の主張台帳（{}）"},
}
GIVEN = {
    "en": "As its user gives it; not part of this repository",
    "ja": "利用者提供の資料（本リポジトリの外）",
}
"""Basis of a reader's own file."""


@dataclass(frozen=True)
class Origin:
    """A table as a trace names it; ``title`` and ``basis`` are ``{"en": ..., "ja": ...}``."""

    title: dict[str, str]
    basis: dict[str, str]
    path: str
    sha256: str
    vintage: str


class Origins:
    """The tables and sources of ``data/``, told one by one as they are asked for.

    A brief depends on the words that are told here, not on the digests: those say what a table was when the brief
    was made, and another state's row must not make it again.

    Parameters
    ----------
    activities
        Path of a register that stands in for the shipped one.
    claims
        Path of a ledger that stands in for the shipped one.
    """

    def __init__(self, activities: str = "", claims: str = "") -> None:
        self._own = {register.TABLE: activities, ledger.TABLE: claims}
        self._tables: dict[str, Origin] = {}
        self._sources: dict[str, tuple[str, str]] = {}

    @property
    def own(self) -> frozenset[str]:
        """The tables for which the reader's own file stands in."""
        return frozenset(name for name, path in self._own.items() if path)

    def table(self, name: str) -> Origin:
        """Return what is known of one table.

        Raises
        ------
        CatalogError
            If no table has this name.
        """
        if name not in self._tables and commodities.is_partition(name):
            self._tables[name] = _partition(name)
        if name not in self._tables:
            table = catalog.find(name)
            if reads.wanted():
                reads.note_description(paths.data_dir(), table)
            told = Origin(table.title, table.basis, table.path, table.sha256, table.vintage)
            self._tables[name] = _own(name, Path(own)) if (own := self._own.get(name)) else told
        return self._tables[name]

    def source(self, key: str) -> tuple[str, str]:
        """Return who published what, and the address, by the key of ``sources.csv``.

        An address stands for itself, and ``table:NAME`` for the first publications of a table (:meth:`more` counts
        the others), with the address of the first.

        Raises
        ------
        CatalogError
            If no source has this key.
        """
        if key.startswith(("https://", "http://")):
            return key, key
        if self._own.get(key.removeprefix(WHOLE)):
            return self.table(key.removeprefix(WHOLE)).path, ""
        if key not in self._sources:
            own = any(self._own.values())  # a reader's own file names its sources as it likes
            self._sources[key] = _publication(key) if key.startswith(WHOLE) else _row(key, own)
        return self._sources[key]

    def more(self, key: str) -> int:
        """Return how many publications of ``table:NAME`` stand behind those that :meth:`source` names; else 0."""
        name = key.removeprefix(WHOLE)
        if name == key or self._own.get(name) or commodities.is_partition(name):
            return 0
        return len(_every(name)[NAMED:])

    def official(self, key: str) -> bool:
        """Return whether a source is a publication of a government, not what others print."""
        return bool((catalog.load("sources", key=key)["kind"] == "official").any())


def _own(name: str, file: Path) -> Origin:
    """Return what is told of a reader's own file: its name and digest, never the folder it lies in."""
    title = {lang: words.format(file.name) for lang, words in TITLES[name].items()}
    return Origin(title, dict(GIVEN), file.name, files.digest(file.expanduser()), file.name)


def _partition(name: str) -> Origin:
    known = commodities.entry(name)
    title = {lang: words.format(**known) for lang, words in commodities.TITLE.items()}
    return Origin(
        title, commodities.BASIS[known["flow"]], known["path"], known["sha256"], str(known["vintage"])
    )


def _publication(key: str) -> tuple[str, str]:
    if commodities.is_partition(key.removeprefix(WHOLE)):
        return _row(str(commodities.entry(key.removeprefix(WHOLE))["source"]), own=False)
    table = catalog.find(key.removeprefix(WHOLE))
    if reads.wanted():
        reads.note_description(paths.data_dir(), table)
    return "; ".join(_every(table.name)[:NAMED]), table.sources[0].url


def _every(name: str) -> list[str]:
    """Return the publications of a table, each once."""
    return list(dict.fromkeys(source.text for source in catalog.find(name).sources))


def _row(key: str, own: bool) -> tuple[str, str]:
    rows = catalog.load("sources", key=key)  # the one row is what the brief reads of that table
    if rows.empty and own:
        return key, ""
    if rows.empty:
        raise CatalogError(compose("sources", "a key of sources.csv", repr(key), "Add it there."))
    return f"{rows['agency'].iloc[0]}: {rows['title'].iloc[0]}", str(rows["url"].iloc[0])
