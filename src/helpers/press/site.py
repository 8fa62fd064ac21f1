"""The first page of an edition: a tile map of the states and lists of all briefs by subject, in both languages.

A district names its states and a state its districts, each a link to the other's line. It lists only files that
are there, and says which are missing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from helpers.press import own, place
from helpers.press.book import LANGUAGES, Book, Edition
from helpers.press.plan import Brief

NAME = "index.html"
TEMPLATES = Path(__file__).with_name("templates") / "site"


@dataclass(frozen=True)
class Line:
    """One brief in all its languages, as the index shows it.

    `titles` and `files` go by language; `files` holds format and path of what is there; `column` and `row`
    are its place on the tile map, counted from one, or None when it has none. `holds` are the codes that belong
    to its own (the states of a district).
    """

    slug: str
    code: str
    titles: Mapping[str, str]
    files: Mapping[str, Mapping[str, str]]
    column: int | None = None
    row: int | None = None
    holds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """The briefs of one subject under its heading (en, ja), in the order of the book."""

    heading: tuple[str, str]
    lines: tuple[Line, ...]

    @property
    def name(self) -> str:
        """Return its place on the page: the heading in small letters, of whatever alphabet.

        The dot keeps it apart from the slugs of briefs, which hold none.
        """
        return "section." + "-".join(re.findall(r"[^\W_]+", self.heading[0].casefold()))

    @property
    def tiled(self) -> bool:
        """Whether every brief of the section has a place on the tile map."""
        return all(line.column is not None for line in self.lines)


def sections(
    book: Book, folder: Path, everything: Sequence[Brief], content: Mapping[str, Any]
) -> list[Section]:
    """Return the briefs by subject, with the files that are both recorded in the manifest and there.

    Parameters
    ----------
    book, folder, everything
        The book, the edition's folder, all briefs of the edition.
    content
        The edition's manifest.
    """
    headings = {entry.name: entry.heading for entry in book.entries}
    found: dict[tuple[str, str], dict[str, Line]] = {}
    for brief in everything:
        record = content["briefs"].get(brief.stem, {"files": {}})
        there = {
            kind: file["path"] for kind, file in record["files"].items() if (folder / file["path"]).is_file()
        }
        lines = found.setdefault(headings[brief.family], {})
        if brief.slug not in lines:
            code = "".join(brief.codes[:1])
            lines[brief.slug] = Line(brief.slug, code, {}, {}, *_tile(book, brief), _holds(book, brief))
        line = lines[brief.slug]
        titles = {**line.titles, brief.lang: brief.title}
        lines[brief.slug] = replace(line, titles=titles, files={**line.files, brief.lang: there})
    return [Section(heading, tuple(lines.values())) for heading, lines in found.items()]


def _holds(book: Book, brief: Brief) -> tuple[str, ...]:
    """Return the codes that belong to the brief's own."""
    return tuple(
        code
        for name, value in brief.parameters
        if name in book.domains and str(value) in brief.codes
        for code in book.domains[name].holds.get(str(value), ())
    )


def _tile(book: Book, brief: Brief) -> tuple[int | None, int | None]:
    """Return the brief's place on the map from its row in the table of the first code's domain."""
    for name, value in brief.parameters:
        row = book.domains[name].rows.get(str(value), {}) if name in book.domains else {}
        column, line = row.get("tile_col"), row.get("tile_row")
        if column and line and str(value) in brief.codes:
            return int(column) + 1, int(line) + 1
    return None, None


def missing(everything: Sequence[Brief], shown: Sequence[Section]) -> list[str]:
    """Return the paths that the whole book has and this edition's folder has not (HTML and PDF)."""
    lines = [line for section in shown for line in section.lines]
    there = {path for line in lines for files in line.files.values() for path in files.values()}
    wanted = [(brief.stem, kind) for brief in everything for kind in brief.whole if kind in ("html", "pdf")]
    return [f"{stem}.{kind}" for stem, kind in wanted if f"{stem}.{kind}" not in there]


def own_files(
    book: Book, everything: Sequence[Brief], content: Mapping[str, Any]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the users' own files that briefs here were made with: file name to the titles (en, ja) of the briefs."""
    held = own.parameters(book.domains)
    titles: dict[str, dict[str, str]] = {}
    found: dict[str, dict[str, None]] = {}
    for brief in everything:
        titles.setdefault(brief.slug, {})[brief.lang] = brief.title
        values = content["briefs"].get(brief.stem, {}).get("parameters", {})
        for name in own.given(values, held).values():
            found.setdefault(name, {})[brief.slug] = None
    return {
        name: tuple((titles[slug].get("en", slug), titles[slug].get("ja", slug)) for slug in slugs)
        for name, slugs in found.items()
    }


def page(
    book: Book, folder: Path, edition: Edition, everything: Sequence[Brief], content: Mapping[str, Any]
) -> str:
    """Return the index of an edition as one HTML page without any request to another host.

    Parameters
    ----------
    book, folder, edition, everything
        The book, the edition's folder, the edition and all its briefs.
    content
        The edition's manifest.
    """
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    shown = sections(book, folder, everything, content)
    lines = {line.code: line for section in shown for line in section.lines}
    others = [
        other for other in book.editions if other != edition and (folder.parent / other.name / NAME).is_file()
    ]
    return environment.get_template("index.html.j2").render(
        edition=edition,
        sections=shown,
        lines=lines,
        holders={code: [line for line in lines.values() if code in line.holds] for code in lines},
        languages=LANGUAGES,
        missing=missing(everything, shown),
        own=own_files(book, everything, content),
        every=len({brief.slug for brief in everything}),
        others=others,
        styles=(TEMPLATES / "site.css").read_text(encoding="utf-8"),
    )


def write(
    book: Book, folder: Path, edition: Edition, everything: Sequence[Brief], content: Mapping[str, Any]
) -> None:
    """Write the index into the edition's folder.

    Raises
    ------
    BuildError
        It cannot be written; the one before is left.
    """
    place.replace(folder / NAME, page(book, folder, edition, everything, content).encode())
