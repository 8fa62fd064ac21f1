"""Decide apart from do: the briefs of an edition, and which of them were asked for."""

from __future__ import annotations

import itertools
import os
import re
import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from helpers.errors import BookError, ParameterError, compose, listed
from helpers.press import parameters, strict
from helpers.press.book import FORMATS, Book, Edition, Entry

_PATH = re.compile(r"[a-z0-9_-]+(/[a-z0-9_-]+)*")


@dataclass(frozen=True)
class Brief:
    """One brief to make: a notebook, its parameters, and the files that come of it.

    Attributes
    ----------
    slug
        The brief whatever its language, `state/tennessee`; stable, and never a position in a list.
    family
        The entry of the book it comes from, `state`.
    notebook
        The notebook's path.
    parameters
        (name, value) of what is given to the notebook.
    edition, lang
        Where it belongs.
    title
        Its short title in its own language, for lists.
    codes
        The parameter values that tell it from its siblings, language aside (`TN`).
    names
        What else it may be asked for by (`Tennessee`, `テネシー州`).
    titles
        Its titles in both languages, by which it may be asked for where no name is meant.
    formats
        The formats to make now.
    whole
        All formats that the book makes of it.
    paper
        `a4` or `letter`.
    twins
        Languages in which the book has the same brief.
    """

    slug: str
    family: str
    notebook: Path
    parameters: tuple[tuple[str, Any], ...]
    edition: str
    lang: str
    title: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    formats: tuple[str, ...]
    whole: tuple[str, ...]
    paper: str = "a4"
    twins: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """Its files inside the edition's folder, without their endings: `en/state/tennessee`."""
        return f"{self.lang}/{self.slug}"

    @property
    def outputs(self) -> tuple[tuple[str, str], ...]:
        """(format, path inside the edition's folder) of the files to make now."""
        return tuple((kind, f"{self.stem}.{kind}") for kind in self.formats)

    def link(self, target: str) -> str:
        """Return the relative link from this brief's page to a path inside the edition's folder.

        Examples
        --------
        >>> brief.link("ja/state/tennessee.html")  # doctest: +SKIP
        '../../ja/state/tennessee.html'
        """
        return os.path.relpath(target, os.path.dirname(self.stem)).replace(os.sep, "/")


def expand(book: Book, edition: Edition) -> tuple[Brief, ...]:
    """Return every brief of an edition, in the order of the book.

    Raises
    ------
    BookError
        A path or title pattern cannot be filled, or two briefs would have the same path.
    """
    briefs = tuple(brief for entry in book.entries for brief in _entry(book, edition, entry))
    stems = [brief.stem for brief in briefs]
    twice = sorted({stem for stem in stems if stems.count(stem) > 1})
    if twice:
        todo = "Put every parameter of the grid into the path."
        raise BookError(
            compose("book.yml, briefs", "a path of its own for each brief", f"{listed(twice)} twice", todo)
        )
    langs: dict[str, list[str]] = {}
    for brief in briefs:
        langs.setdefault(brief.slug, []).append(brief.lang)
    return tuple(
        replace(brief, twins=tuple(lang for lang in langs[brief.slug] if lang != brief.lang))
        for brief in briefs
    )


def _entry(book: Book, edition: Edition, entry: Entry) -> Iterable[Brief]:
    paper = dict(book.settings.paper)
    names = [name for name, _ in entry.grid]
    for values in itertools.product(*(values for _, values in entry.grid)):
        point = dict(zip(names, values, strict=True))
        lang = str(point["lang"])
        rows = {
            name: book.domains[name].rows.get(str(point[name]), {})
            for name in names
            if name in book.domains and book.domains[name].rows
        }
        where = f"book.yml, briefs: {entry.name}"
        stem = _fill(f"{where}: path", entry.path, point, rows)
        if not _PATH.fullmatch(stem):
            todo = "Use small letters, digits, - and _ in each part."
            raise BookError(compose(f"{where}: path", "a plain relative path", repr(stem), todo))
        others = tuple(str(point[name]) for name in names if name != "lang")
        called = (_called(rows[name], book.domains[name].name) for name in rows if name != "lang")
        titles = tuple(_fill(f"{where}: title", pattern, point, rows) for pattern in entry.title)
        yield Brief(
            slug=stem.removeprefix(f"{lang}/"),
            family=entry.name,
            notebook=entry.notebook,
            parameters=tuple((dict(edition.parameters) | dict(entry.parameters) | point).items()),
            edition=edition.name,
            lang=lang,
            title=titles[lang == "ja"],
            codes=others,
            names=tuple(itertools.chain.from_iterable(called)),
            formats=entry.formats,
            whole=entry.formats,
            paper=paper.get(lang, "a4"),
            titles=titles,
        )


def _called(row: Mapping[str, str], column: str) -> list[str]:
    """Return the names in a row, that of `column` (`name_en`) and its like in the other language (`name_ja`)."""
    twin = f"{column.removesuffix('_en')}_ja"
    return [row[name] for name in dict.fromkeys((column, twin)) if row.get(name)]


def _fill(where: str, pattern: str, point: Mapping[str, Any], rows: Mapping[str, Mapping[str, str]]) -> str:
    fields = {str(name): str(value) for name, value in point.items()}
    fields |= {f"{name}.{column}": text for name, row in rows.items() for column, text in row.items()}
    filled = ""
    try:
        pieces = list(string.Formatter().parse(pattern))
    except ValueError as error:
        raise BookError(compose(where, "a pattern", f"{pattern!r} ({error})", "Close the braces.")) from error
    for text, name, _, _ in pieces:
        if name is not None and name not in fields:
            unset = [str(point[key]) for key in rows if name.startswith(f"{key}.") and not rows[key]]
            if unset:  # the value is outside its domain: the check of the parameters will say so
                fields[name] = unset[0].casefold()
            else:
                todo = "Correct the pattern." + strict.nearest(name, fields)
                raise BookError(compose(where, f"fields {listed(fields)}", f"{{{name}}}", todo))
        filled += text + (fields[name] if name is not None else "")
    return filled


def given(briefs: Sequence[Brief], name: str, value: Any) -> tuple[Brief, ...]:
    """Return the briefs with a value for one parameter, those whose notebooks do not declare it as they were."""
    takes = {path for path in {brief.notebook for brief in briefs} if name in _declared(path)}
    more = {name: value}
    return tuple(
        replace(brief, parameters=tuple((dict(brief.parameters) | more).items()))
        if brief.notebook in takes
        else brief
        for brief in briefs
    )


def _declared(notebook: Path) -> set[str]:
    try:
        return {line.name for line in parameters.declared(notebook)}
    except BookError:  # what is wrong with it is said when the brief is prepared
        return set()


def choose(
    briefs: Sequence[Brief],
    *,
    only: Iterable[str] = (),
    lang: Iterable[str] = (),
    formats: Iterable[str] = (),
    option: str = "--only",
) -> tuple[Brief, ...]:
    """Return the briefs that were asked for, with only the formats that were asked for.

    Parameters
    ----------
    briefs
        The whole edition, from `expand`.
    only
        Slugs (`state/tennessee`), families (`state`), codes (`TN`), names in either language (`Tennessee`,
        `テネシー州`) or titles, whatever their case; empty for all. What is a code is not taken for a name, and what
        is a name not for a title: `New York` is the state.
    lang, formats
        Languages and formats; empty for all. A brief that the book makes in none of these formats is left out.
    option
        How messages name what `only` was given by.

    Raises
    ------
    ParameterError
        Something asked for is in no brief of the edition, or names briefs of several families; all of it is
        named, with the nearest known. Or no brief is left in these languages or formats.
    """
    asked, langs, kinds = list(only), list(lang), list(formats)
    meant = {item: _meant(item, briefs) for item in asked}
    spoken = {brief.lang for brief in briefs}
    handles = {handle for brief in briefs for level in _handles(brief) for handle in level}
    problems = _unknown(option, [item for item in asked if not meant[item]], set(), sorted(handles))
    problems += [problem for item, found in meant.items() if (problem := _ambiguous(option, item, found))]
    wanted = {brief.stem for found in meant.values() for brief in found}
    problems += _unknown("--lang", langs, spoken, sorted(spoken))
    problems += _unknown("--format", kinds, set(FORMATS), FORMATS)
    if problems:
        raise ParameterError("\n".join(problems))
    chosen = [
        brief
        for brief in briefs
        if (not asked or brief.stem in wanted) and (not langs or brief.lang in langs)
    ]
    if asked and not chosen:
        there = sorted({brief.lang for brief in briefs if brief.stem in wanted})
        where, todo = f"{option} {', '.join(asked)}", "Ask for another language."
        raise ParameterError(compose(where, f"a brief in {listed(langs)}", f"one in {listed(there)}", todo))
    if not kinds:
        return tuple(chosen)
    narrowed = (replace(b, formats=tuple(kind for kind in b.whole if kind in kinds)) for b in chosen)
    made = tuple(brief for brief in narrowed if brief.formats)
    if chosen and not made:
        there = [kind for kind in FORMATS if any(kind in brief.whole for brief in chosen)]
        where, todo = "--format", "Ask for another format, or add it to the brief's in book.yml."
        raise ParameterError(compose(where, listed(there), listed(kinds), todo))
    return made


def _handles(brief: Brief) -> tuple[tuple[str, ...], ...]:
    """Return what a brief may be asked for by: its keys, then its names, then its titles."""
    return (brief.slug, brief.stem, brief.family, *brief.codes), brief.names, brief.titles


def _meant(item: str, briefs: Sequence[Brief]) -> list[Brief]:
    """Return the briefs that are asked for: by a key, or else by a name, or else by a title."""
    folded = item.casefold()
    for level in range(3):
        found = [b for b in briefs if folded in (handle.casefold() for handle in _handles(b)[level])]
        if found:
            return found
    return []


def _ambiguous(option: str, item: str, found: Sequence[Brief]) -> str:
    """Return what to say of a name or title that stands for briefs of several families, else nothing."""
    keys = {key.casefold() for brief in found for key in _handles(brief)[0]}
    if item.casefold() in keys or len({brief.family for brief in found}) < 2:
        return ""
    slugs = dict.fromkeys(brief.slug for brief in found)
    todo = f"Ask for {listed(slugs)}."
    return compose(f"{option} {item}", "a name of one brief", f"one of {len(slugs)}", todo)


def _unknown(option: str, asked: Iterable[str], known: set[str], shown: Sequence[str]) -> list[str]:
    return [
        compose(
            f"{option} {item}",
            listed(shown) if len(shown) <= 12 else "a family, slug, code or name that `briefs list` shows",
            repr(item),
            "Correct it." + strict.nearest(item, shown),
        )
        for item in asked
        if item not in known
    ]
