"""Turn the cells of a register into the columns of ``events``, each value once, every problem noted."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from helpers.data.register import columns, counts, dates, words
from helpers.data.register.places import Places
from helpers.data.register.problems import TODO, Hint, Problems, Refused, letters, shown
from helpers.data.register.sheet import Head, Sheet, filled

IDENTITY = ("date_start", "fiscal_year", "mission", "state", "other_states", "city", "title", "title_ja")
"""What a missing id is made from."""


def table(
    sheet: Sheet, head: Head, places: Places, problems: Problems
) -> tuple[dict[str, list[Any]], list[int]]:
    """Return the columns of ``events`` (None where a number is missing) and the row of the sheet of each entry.

    Rows without anything in a column that is read are left out.
    """
    body = [(line, row) for line, row in enumerate(sheet.rows[head.row + 1 :], head.row + 2)]
    at = sorted(head.at.values())
    if not sheet.name:
        _spilled(body, head, problems)
    kept = [
        (line, row)
        for line, row in body
        if line - 1 not in head.again and any(a < len(row) and _there(row[a]) for a in at)
    ]
    lines = [line for line, _ in kept]
    cells = {name: [row[a] if a < len(row) else "" for _, row in kept] for name, a in head.at.items()}
    read = _Reader(cells, lines, head, problems)

    found: dict[str, list[Any]] = {
        name: read(name, words.text, "") for name in columns.BY_NAME if name in _TEXTS
    }
    found["event_id"] = read("event_id", words.identifier, "", nothing=True)
    spans = read("date_start", dates.span, ("", ""), nothing=True)
    found["date_start"] = [first for first, _ in spans]
    last = read("date_end", dates.span, ("", ""), nothing=True)
    found["date_end"] = [_last(one) for one in last]
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
    several = [tuple(dict.fromkeys((*one, *more))) for one, more in zip(states, others, strict=True)]
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
        self, cells: Mapping[str, list[object]], lines: list[int], head: Head, problems: Problems
    ) -> None:
        self.cells, self.lines, self.head, self.problems = cells, lines, head, problems
        self.wrong: set[tuple[str, int]] = set()

    def __call__(
        self, name: str, parse: Callable[[object], Any], empty: Any, *, nothing: bool = False
    ) -> list[Any]:
        """Return what ``parse`` makes of each cell; ``empty`` for an empty one, or with ``nothing`` for a dash."""
        if name not in self.cells:
            return [empty] * len(self.lines)
        cells = self.cells[name]
        plain = set(map(type, cells)) == {str}
        keys = cells if plain else [cell if type(cell) is str else (type(cell), cell) for cell in cells]
        different = dict(zip(keys, cells, strict=True))
        known = {key: _parsed(cell, parse, empty, nothing) for key, cell in different.items()}
        wrong = {key: value for key, value in known.items() if isinstance(value, Refused)}
        if wrong:
            for entry, key in enumerate(keys):
                if refused := wrong.get(key):
                    got = shown(cells[entry])
                    self.refuse(name, entry, refused.expected, got, refused.todo, refused.hint)
            known |= dict.fromkeys(wrong, empty)
        return list(map(known.__getitem__, keys))

    def refuse(
        self, name: str, entry: int, expected: str, got: str, todo: str = TODO, hint: Hint = str
    ) -> None:
        """Note a problem in a column of an entry; of a column that is not there, in the row."""
        self.wrong.add((name, entry))
        at = self.head.at.get(name, -1)
        self.problems.add(self.lines[entry], at, self.head.header(at), expected, got, todo, hint)


def _parsed(cell: object, parse: Callable[[object], Any], empty: Any, nothing: bool) -> Any:
    if not _there(cell) or (nothing and isinstance(cell, str) and words.is_nothing(cell)):
        return empty
    try:
        return parse(cell)
    except Refused as refused:
        return refused


def _there(cell: object) -> bool:
    return cell is not None and cell != "" and (not isinstance(cell, str) or bool(cell.strip()))


def _last(span: tuple[str, str]) -> str:
    return span[1] or span[0]


def _spilled(body: list[tuple[int, list[object]]], head: Head, problems: Problems) -> None:
    """Note rows of a CSV that are longer than the header: a comma in a cell without quotes moves the rest."""
    width = len(head.headers)
    for line, row in body:
        if len(row) > width and (more := [at for at in filled(row) if at >= width]):
            todo = "Put cells with a comma in quotes."
            got = shown(str(row[more[0]]))
            problems.add(line, more[0], "", f"no cell beyond column {letters(width - 1)}", got, todo)


def _between(found: dict[str, list[Any]], own: list[str], read: _Reader) -> None:
    """Put the end of a span into its column, and note an end before the start."""
    for entry, (start, end, other) in enumerate(
        zip(found["date_start"], found["date_end"], own, strict=True)
    ):
        if other and end and other != end:
            read.refuse("date_end", entry, f"the end of the span, {other}", end, "Keep one of the two.")
        end = end or other
        found["date_end"][entry] = "" if end == start else end
        length = min(len(start), len(end))
        if length and end[:length] < start[:length]:
            name = "date_end" if found["date_end"][entry] and "date_end" in read.head.at else "date_start"
            read.refuse(name, entry, f"an end on or after the start, {start}", end)
        elif end and not start and ("date_start", entry) not in read.wrong:
            read.refuse("date_start", entry, "a start beside the end", "none", "Fill in the first day.")


def _year(found: dict[str, list[Any]], read: _Reader) -> None:
    """Derive the fiscal year from the date, and compare it with the one that is given."""
    for entry, (start, given) in enumerate(zip(found["date_start"], found["fiscal_year"], strict=True)):
        if not start:
            continue
        year = dates.year_of(start)
        if given is not None and given != year:
            todo = "Correct the year or the date: a fiscal year runs from 1 April to 31 March."
            read.refuse("fiscal_year", entry, f"{year}, the fiscal year of {start}", str(given), todo)
        try:
            found["fiscal_year"][entry] = dates.inside(year)
        except Refused as refused:
            read.refuse("date_start", entry, f"a date in {refused.expected}", start, refused.todo)


def _needed(found: dict[str, list[Any]], read: _Reader) -> None:
    """Note rows that lack what is needed, unless what stands there has been refused already."""
    for pair in columns.NEEDED:
        one, other = (columns.BY_NAME[name] for name in pair)
        expected = f"{one.en} ({one.ja}) or {other.en} ({other.ja})"
        for entry, values in enumerate(zip(*(found[name] for name in pair), strict=True)):
            if any(values) or any((name, entry) in read.wrong for name in pair):
                continue
            name = next((name for name in pair if name in read.head.at), pair[0])
            read.refuse(name, entry, expected, "neither", "Fill in one of them.")


def _ids(found: dict[str, list[Any]], read: _Reader) -> None:
    """Give an id to rows without one, and note ids that occur twice.

    The id is ``own-`` and ten hexadecimal digits of the SHA-256 of `IDENTITY`; equal rows get ``-2``, ``-3`` ... in
    their order. It stays the same when rows are moved, added or removed, and when a headcount is filled in.
    """
    given = Counter(found["event_id"])
    first: dict[str, int] = {}
    made: Counter[str] = Counter()
    keys = zip(*(found[name] for name in IDENTITY), strict=True)
    for entry, (own, key) in enumerate(zip(found["event_id"], keys, strict=True)):
        if not own:
            content = "\x1f".join("" if part is None else str(part) for part in key)
            name = f"own-{hashlib.sha256(content.encode()).hexdigest()[:10]}"
            made[name] += 1
            found["event_id"][entry] = name if made[name] == 1 else f"{name}-{made[name]}"
        elif given[own] > 1 and own in first:
            todo = "Give each event an id of its own, or leave the column out."
            read.refuse(
                "event_id", entry, "each id once", f"{shown(own)} again (first in row {first[own]})", todo
            )
        first.setdefault(own, read.lines[entry])
