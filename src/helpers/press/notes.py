"""Number the notes of a page on paper: which note a title cites, in the order of the page, and each note once.

The notes of one table stand together, where the first of them is cited.
"""

from __future__ import annotations

import re
from typing import Any

from nbformat import NotebookNode

from helpers.press.markdown import string as literal

JSON_FACE = "application/vnd.brief+json"
CITE = re.compile(r'#brief-cite\("([0-9a-f ]*)"\);')
"""How a block cites notes by id. Quotes are escaped in every text from data, so that none can look like this."""

PUBLISHED = re.compile(r'"@published ([^"]*)"')
"""Where a line of the sources takes the numbers of its table's publications; empty where no note is of the table."""

HERE = '#brief-notes-here("");'
"""Where the notes stand."""

SEPARATORS = {"en": (", ", "; "), "ja": ("、", "；")}
"""What stands between the parts of a note, and between the transforms."""

LISTS = ("keys", "vintages", "units", "hows", "sources")


def numbered(source: str, notebook: NotebookNode, lang: str) -> str:
    """Return the Typst source of a page with its citations numbered and its notes in place.

    Parameters
    ----------
    source
        The page as the blocks gave it.
    notebook
        The executed notebook: its outputs say what is known of each note.
    lang
        Of the page: its notes have that language's commas.
    """
    notes = _known(notebook)
    order = [id for cited in CITE.findall(source) for id in cited.split()]
    cited_first = list(dict.fromkeys(id for id in order if id in notes))
    tables = list(dict.fromkeys(notes[id]["path"] for id in cited_first))
    together = sorted(cited_first, key=lambda id: tables.index(notes[id]["path"]))
    place = {id: n for n, id in enumerate(together, 1)}

    def cited(found: re.Match[str]) -> str:
        numbers = sorted({place[id] for id in found.group(1).split() if id in place})
        return f'#brief-cite("{runs(numbers)}");' if numbers else ""

    listed = [notes[id] for id in place]
    publications = _publications(listed)

    def published(found: re.Match[str]) -> str:
        own = {publications[one] for note in listed if note["path"] == found.group(1) for one in _of(note)}
        return f'"{runs(sorted(own))}"'

    return PUBLISHED.sub(published, CITE.sub(cited, source)).replace(
        HERE, _listing(listed, publications, *SEPARATORS[lang])
    )


def runs(numbers: list[int]) -> str:
    """Return ascending numbers as they stand behind a word; three or more in a row from the first to the last.

    Examples
    --------
    >>> runs([1, 2, 4, 5, 6, 9])
    '1,2,4–6,9'
    """
    parts: list[list[int]] = []
    for n in numbers:
        if parts and parts[-1][-1] == n - 1:
            parts[-1].append(n)
        else:
            parts.append([n])
    told = [f"{p[0]}–{p[-1]}" if len(p) > 2 else ",".join(map(str, p)) for p in parts]
    return ",".join(told)


def _known(notebook: NotebookNode) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            for note in output.get("data", {}).get(JSON_FACE, {}).get("notes", ()):
                have = found.setdefault(note["id"], {**note, **{part: [] for part in LISTS}})
                for part in LISTS:
                    have[part] += [item for item in note[part] if item not in have[part]]
    return found


def _of(note: dict[str, Any]) -> list[tuple[str, str]]:
    return [(text, url) for text, url in note["sources"]]


def _publications(notes: list[dict[str, Any]]) -> dict[tuple[str, str], int]:
    """Return the number of each publication that the notes name, text and address."""
    named = dict.fromkeys(one for note in notes for one in _of(note))
    return {source: n for n, source in enumerate(named, 1)}


def _listing(
    notes: list[dict[str, Any]], numbers: dict[tuple[str, str], int], comma: str, semicolon: str
) -> str:
    """Return the call that draws the notes, those of one table under its title.

    Transforms are said once, before the notes, and cited by letter; publications once, behind them, by number.
    """
    hows = list(dict.fromkeys(how for note in notes for how in note["hows"]))
    letters = {how: chr(ord("a") + n) for n, how in enumerate(hows)}
    lines, before = [], ""
    for note in notes:
        keys = " × ".join(note["keys"])
        head = (
            f"{literal(note['title'])}, {literal(note['path'])}, {literal(note['digest'])}, {literal(keys)}"
        )
        parts = [comma.join(note["vintages"]), note["basis"], comma.join(note["units"])]
        parts.append(comma.join(sorted(letters[one] for one in note["hows"])))
        told = literal(" · ".join(part for part in parts if part))
        from_ = literal(runs(sorted(numbers[one] for one in _of(note))))
        new = note["path"] != before
        lines.append(f"  (head: ({head if new else ''}), told: {told}, sources: {from_}),")
        before = note["path"]
    said = "".join(f"({literal(letter)}, {literal(how)}), " for how, letter in letters.items())
    named = "".join(f"({literal(text)}, {literal(url)}), " for text, url in numbers)
    return "\n".join([f"#brief-notes({literal(semicolon)}, ({said}), ({named}), (", *lines, "));"])
