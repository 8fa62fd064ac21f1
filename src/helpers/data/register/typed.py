"""Turn the cells of a register into the columns of ``events``, each value once, every problem noted."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any, cast

from helpers.data.register import columns, counts, dates, words
from helpers.data.register.places import Places
from helpers.data.register.problems import SHOWN, TODO, Hint, Problems, Refused, letters, shown
from helpers.data.register.sheet import Head, Sheet, filled

IDENTITY = ("date_start", "fiscal_year", "mission", "state", "other_states", "city", "title", "title_ja")
"""What a missing id is made from."""


def table(
    sheet: Sheet, head: Head, places: Places, problems: Problems
) -> tuple[dict[str, list[Any]], list[int]]:
    """Return the columns of ``events`` (None where a number is missing) and the row of the sheet of each entry.

    Rows without anything in a column that is read are left out.
    """
    rows = sheet.rows[head.row + 1 :]
    if not sheet.name:
        _spilled(rows, head, problems)
    every = [*zip_longest(*rows, fillvalue="")]
    cells: dict[str, Sequence[object]] = {
        name: every[at] if at < len(every) else ("",) * len(rows) for name, at in head.at.items()
    }
    skipped = {line - head.row - 1 for line in head.again} | set(_bare(cells.values(), len(rows)))
    if skipped:
        kept = [at for at in range(len(rows)) if at not in skipped]
        cells = {name: [column[at] for at in kept] for name, column in cells.items()}
    else:
        kept = [*range(len(rows))]
    lines = [at + head.row + 2 for at in kept]
    read = _Reader(cells, lines, head, problems)

    found: dict[str, list[Any]] = {name: read.texts(name) for name in columns.BY_NAME if name in _TEXTS}
    found["event_id"] = read("event_id", words.identifier, "", nothing=True)
    spans = read("date_start", dates.span, ("", ""), nothing=True)
    found["date_start"] = [first for first, _ in spans]
    last = read("date_end", dates.span, ("", ""), nothing=True)
    found["date_end"] = [end or start for start, end in last]
    own = [end for _, end in spans]
    found["fiscal_year"] = read("fiscal_year", dates.fiscal_year, None, nothing=True)
    found["mission"] = read("mission", places.mission, "", nothing=True)
    states = read("state", places.state, (), nothing=True)
    others = read("other_states", places.state, (), nothing=True)
    found["participants"] = read("participants", counts.headcount, None, nothing=True)
    found["format"] = read(
        "format", words.choice(words.FORMATS, "in person, online, hybrid or unknown"), "unknown", nothing=True
    )
    found["theme"] = read("theme", words.theme, "")
    found["certainty"] = read("certainty", words.choice(words.CERTAINTY, "high or medium"), "", nothing=True)
    found["title_ja_by"] = read("title_ja_by", words.choice(words.JA_BY, "source or ours"), "", nothing=True)
    several = _each(lambda one, more: (*dict.fromkeys((*one, *more)),), states, others)
    found["state"] = [codes[0] if codes else "" for codes in several]
    found["other_states"] = ["; ".join(codes[1:]) for codes in several]
    _between(found, own, read)
    _year(found, read)
    _needed(found, read)
    _ids(found, read)
    return {name: found[name] for name in columns.BY_NAME}, lines


_TEXTS = frozenset(
    {"city", "title", "title_ja", "programme", "organiser", "source_url", "source_url_2", "note"}
)


class _Reader:
    """Reads a column, each different cell once."""

    def __init__(
        self, cells: Mapping[str, Sequence[object]], lines: list[int], head: Head, problems: Problems
    ) -> None:
        self.cells, self.lines, self.head, self.problems = cells, lines, head, problems
        self.wrong: dict[str, set[int]] = defaultdict(set)

    def texts(self, name: str) -> list[str]:
        """Return the cells of a column of text as they stand, without blanks at their ends."""
        try:
            return [*map(str.strip, cast("Sequence[str]", self.cells[name]))]
        except (KeyError, TypeError):  # no such column, or numbers and dates among the texts
            return self(name, words.text, "")

    def __call__(
        self, name: str, parse: Callable[[object], Any], empty: Any, *, nothing: bool = False
    ) -> list[Any]:
        """Return what ``parse`` makes of each cell; ``empty`` for an empty one, or with ``nothing`` for a dash."""
        if name not in self.cells:
            return [empty] * len(self.lines)
        cells = self.cells[name]
        mixed = len({*map(type, cells)} - {str}) > 1  # of which some are equal: 1, 1.0 and True
        keys = [(type(cell), cell) for cell in cells] if mixed else cells
        known, wrong = {}, {}
        is_empty = words.is_nothing if nothing else words.is_blank
        for key in set(keys):
            cell = key[1] if isinstance(key, tuple) else key
            try:
                known[key] = empty if is_empty(cell) else parse(cell)
            except Refused as refused:
                known[key] = empty
                wrong[key] = refused.with_traceback(None)  # which would keep a frame a cell alive
        entries = [at for at, key in enumerate(keys) if key in wrong] if wrong else []
        for entry in entries[:SHOWN]:
            why = wrong[keys[entry]]
            self.refuse(name, entry, why.expected, shown(cells[entry]), why.todo, why.hint)
        self.wrong[name].update(entries)
        self.problems.untold += len(entries[SHOWN:])
        return [*map(known.__getitem__, keys)]

    def refuse(
        self, name: str, entry: int, expected: str, got: str, todo: str = TODO, hint: Hint = str
    ) -> None:
        """Note a problem in a column of an entry; of a column that is not there, in the row."""
        self.wrong[name].add(entry)
        at = self.head.at.get(name, -1)
        self.problems.add(self.lines[entry], at, self.head.header(at), expected, got, todo, hint)


def _bare(cells: Iterable[Sequence[object]], count: int) -> Sequence[int]:
    """Return the entries that hold nothing in any of the columns."""
    bare: Sequence[int] = range(count)
    for column in cells:
        bare = [at for at in bare if words.is_blank(column[at])]
    return bare


def _each(make: Callable[..., Any], *values: list[Any]) -> list[Any]:
    """Return what ``make`` makes of each entry of some columns, each different combination once."""
    entries = [*zip(*values, strict=True)]
    made = {entry: make(*entry) for entry in set(entries)}
    return [*map(made.__getitem__, entries)]


def _spilled(rows: list[list[object]], head: Head, problems: Problems) -> None:
    """Note rows of a CSV that are longer than the header: a comma in a cell without quotes moves the rest."""
    width = len(head.headers)
    for at, row in enumerate(rows):
        if len(row) > width and (more := [place for place in filled(row) if place >= width]):
            todo = "Put cells with a comma in quotes."
            got = shown(str(row[more[0]]))
            expected = f"no cell beyond column {letters(width - 1)}"
            problems.add(at + head.row + 2, more[0], "", expected, got, todo)


def _between(found: dict[str, list[Any]], own: list[str], read: _Reader) -> None:
    """Put the end of a span into its column, and note an end before the start."""
    spans = zip(found["date_start"], found["date_end"], own, strict=True)
    for entry, (start, end, other) in enumerate(spans):
        if not end and not other:
            continue
        if other and end and other != end:
            read.refuse("date_end", entry, f"the end of the span, {other}", end, "Keep one of the two.")
        end = end or other
        found["date_end"][entry] = "" if end == start else end
        length = min(len(start), len(end))
        if end[:length] < start[:length]:
            name = "date_start" if other else "date_end"
            read.refuse(name, entry, f"an end on or after the start, {start}", end)
        elif not start and entry not in read.wrong["date_start"]:
            read.refuse("date_start", entry, "a start beside the end", "none", "Fill in the first day.")


def _year(found: dict[str, list[Any]], read: _Reader) -> None:
    """Derive the fiscal year from the date, and compare it with the one that is given."""
    starts, given = found["date_start"], found["fiscal_year"]
    found["fiscal_year"] = _each(lambda start, year: dates.year_of(start) if start else year, starts, given)
    for entry, (start, own, year) in enumerate(zip(starts, given, found["fiscal_year"], strict=True)):
        if not start:
            continue
        if own is not None and own != year:
            todo = "Correct the year or the date: a fiscal year runs from 1 April to 31 March."
            read.refuse("fiscal_year", entry, f"{year}, the fiscal year of {start}", str(own), todo)
        try:
            dates.inside(year)
        except Refused as refused:
            read.refuse("date_start", entry, f"a date in {refused.expected}", start, refused.todo)


def _needed(found: dict[str, list[Any]], read: _Reader) -> None:
    """Note rows that lack what is needed, unless what stands there has been refused already."""
    for pair in columns.NEEDED:
        one, other = (columns.BY_NAME[name] for name in pair)
        expected = f"{one.en} ({one.ja}) or {other.en} ({other.ja})"
        for entry, (first, second) in enumerate(zip(found[one.name], found[other.name], strict=True)):
            if first or second or any(entry in read.wrong[name] for name in pair):
                continue
            name = next((name for name in pair if name in read.head.at), pair[0])
            read.refuse(name, entry, expected, "neither", "Fill in one of them.")


def _ids(found: dict[str, list[Any]], read: _Reader) -> None:
    """Give an id to rows without one, and note ids that occur twice.

    The id is ``own-`` and ten hexadecimal digits of the SHA-256 of `IDENTITY`; equal rows get ``-2``, ``-3`` ... in
    their order. It stays the same when rows are moved, added or removed, and when a headcount is filled in.
    """
    ids = found["event_id"]
    given = set(ids)
    if len(given) < len(ids):
        first: dict[str, int] = {}
        for entry, own in enumerate(ids):
            if own and own in first:
                todo = "Give each event an id of its own, or leave the column out."
                got = f"{shown(own)} again (first in row {first[own]})"
                read.refuse("event_id", entry, "each id once", got, todo)
            first.setdefault(own, read.lines[entry])
    if "" in given:
        made: Counter[str] = Counter()
        for entry, key in enumerate(zip(*(found[name] for name in IDENTITY), strict=True)):
            if ids[entry]:
                continue
            content = "\x1f".join("" if part is None else str(part) for part in key)
            name = f"own-{hashlib.sha256(content.encode()).hexdigest()[:10]}"
            made[name] += 1
            ids[entry] = name if made[name] == 1 else f"{name}-{made[name]}"
