"""What is wrong with a reader's register, over all of it, by row and column as a spreadsheet shows them."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field

from helpers.errors import DataCheckError

SHOWN = 50
"""Problems that a message names; the rest are counted."""


TODO = "Correct it."
Hint = Callable[[], str]
"""Returns a sentence, with a blank before it, or nothing."""


class Refused(ValueError):
    """A cell that cannot be read: what was expected of it, what to do, and a hint that is found only when told."""

    def __init__(self, expected: str, todo: str = TODO, hint: Hint = str) -> None:
        super().__init__(expected)
        self.expected, self.todo, self.hint = expected, todo, hint


def letters(column: int) -> str:
    """Return the letters of a column, counted from zero.

    Examples
    --------
    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def one_line(text: str) -> str:
    """Return a header as one line that a terminal can print."""
    return "".join(sign if sign.isprintable() else "?" for sign in " ".join(text.split()))


def shown(value: object) -> str:
    """Return a cell as a message shows it, cut where it is long."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


@dataclass
class Problems:
    """The problems of one file, in any order; they are told in the order of the sheet.

    ``untold`` is the number of those that are only counted: each stands below fifty others of its column.
    """

    file: str
    found: list[tuple[int, int, int, str, str, str, str, Hint]] = field(default_factory=list)
    untold: int = 0

    def add(
        self,
        row: int,
        column: int,
        header: str,
        expected: str,
        got: str,
        todo: str = TODO,
        hint: Hint = str,
    ) -> None:
        """Note what is wrong with a cell: its row counted from one, its column from zero (-1: the whole row)."""
        self.found.append((row, column, len(self.found), header, expected, got, todo, hint))

    def told(self, count: int) -> list[str]:
        """Return the first problems in the order of the sheet, a line each."""
        lines = []
        for row, column, _, header, expected, got, todo, hint in heapq.nsmallest(count, self.found):
            called = f" ({name})" if (name := one_line(header)) else ""
            place = f", column {letters(column)}{called}" if column >= 0 else ""
            lines.append(f"row {row}{place}: expected {expected}, got {got}. {todo}{hint()}")
        return lines

    def settle(self) -> None:
        """Raise when there is any.

        Raises
        ------
        DataCheckError
            With the first fifty and the number of the others.
        """
        if not self.found:
            return
        count = len(self.found) + self.untold
        lines = self.told(SHOWN)
        more = [f"and {count - SHOWN:,} more"] if count > SHOWN else []
        head = (
            f"register {self.file}: {count:,} problem{'s' if count > 1 else ''}; nothing was read or written."
        )
        raise DataCheckError("\n  ".join([head, *lines, *more]))
