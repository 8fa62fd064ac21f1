"""The errors a reader of a brief or a user of the commands can meet, named by the problem they have."""

from __future__ import annotations

from collections.abc import Iterable

SHOWN = 10
"""How many offending values a message prints before it only counts the rest."""


class BriefsError(Exception):
    """Base of all errors of this project; the command line prints them without a traceback."""


class CatalogError(BriefsError):
    """The descriptor, a table's file or its digest is missing or wrong."""


class DataCheckError(BriefsError):
    """A table's content breaks its schema, or holds a name that no list knows."""


class AnalysisError(BriefsError):
    """A calculation was asked for that the frame cannot answer (an empty universe, an absent subject)."""


class ParameterError(BriefsError):
    """A parameter of a brief is unknown, missing, mistyped or outside its domain."""


class BookError(BriefsError):
    """The book or one of its notebooks is not in a form that the press can run."""


class BuildError(BriefsError):
    """One or more briefs of a build failed."""


class RenderError(BriefsError):
    """An executed notebook could not be turned into HTML or PDF."""


def listed(values: Iterable[object]) -> str:
    """Return up to ten values in quotes, then how many more there are."""
    items = [repr(v) if isinstance(v, str) else str(v) for v in values]
    head = ", ".join(items[:SHOWN])
    return head if len(items) <= SHOWN else f"{head} and {len(items) - SHOWN} more"


def compose(where: str, expected: str, got: str, todo: str) -> str:
    """Return one message in four parts: where, what was expected, what came, what to do.

    Examples
    --------
    >>> compose("table states, column usps", "51 codes", "50", "Restore the missing row.")
    'table states, column usps: expected 51 codes, got 50. Restore the missing row.'
    """
    stop = "" if got.endswith(".") else "."
    return f"{where}: expected {expected}, got {got}{stop} {todo}"
