"""What rows of the data say beside a figure: a word before it (about, over), a letter behind it and the note below."""

from __future__ import annotations

from string import ascii_lowercase
from typing import Any

from helpers.display.markup import escape
from helpers.display.prose import Voice

QUALIFIERS = ("over", "at_least", "about", "nearly", "up_to")


def qualified(voice: Voice, qualifier: Any, words: str) -> str:
    """Return a figure as its source qualifies it, if it does."""
    return voice.say(f"qualifier.{qualifier}", value=words) if qualifier in QUALIFIERS else words


class Remarks:
    """The notes of the rows of one table, lettered as they come; the same note has one letter."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._letters: dict[str, str] = {}

    def mark(self, row: Any) -> str:
        """Return what stands behind a figure: the letter of the row's note (``note_en``, ``note_ja``), or nothing."""
        note = getattr(row, f"note_{self._lang}", "")
        if not isinstance(note, str) or not note:
            return ""
        return f" [{self._letters.setdefault(note, ascii_lowercase[len(self._letters)])}]"

    def lines(self) -> tuple[str, ...]:
        """Return the notes that stand under the table, escaped."""
        return tuple(f"[{letter}] {escape(note)}" for note, letter in self._letters.items())
