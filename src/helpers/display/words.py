"""The fixed words that numbers need, English and Japanese side by side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from helpers.errors import AnalysisError, ParameterError, compose, listed

LANGUAGES = ("en", "ja")


class Counter(NamedTuple):
    """What is counted: English singular and plural, and the Japanese counter."""

    one: str
    many: str
    ja: str


COUNTERS = {
    "job": Counter("job", "jobs", "人"),
    "person": Counter("person", "people", "人"),
    "participant": Counter("participant", "participants", "人"),
    "project": Counter("project", "projects", "件"),
    "event": Counter("event", "events", "件"),
    "case": Counter("case", "cases", "件"),
    "meeting": Counter("meeting", "meetings", "回"),
    "company": Counter("company", "companies", "社"),
    "site": Counter("site", "sites", "拠点"),
    "state": Counter("state", "states", "州"),
    "partner": Counter("partner", "partners", "か国・地域"),
    "country": Counter("country", "countries", "か国"),
    "mission": Counter("mission", "missions", "公館"),
    "pair": Counter("pair", "pairs", "組"),
    "item": Counter("item", "items", "品目"),
    "year": Counter("year", "years", "年"),
    "month": Counter("month", "months", "か月"),
}
"""Counted things by key."""

MISSING = {
    "not_published": ("not published", "未公表"),
    "suppressed": ("confidential", "秘匿"),
    "not_ranked": ("not ranked", "順位なし"),
    "not_in_hand": ("not in hand", "未収録"),
}
"""Why there is no number: nobody prints it; the agency withholds it; no rank follows; data/ lacks it."""


def say(lang: str, en: str, ja: str) -> str:
    """Return the text in the language asked for.

    Raises
    ------
    ParameterError
        For a language that is neither "en" nor "ja".
    """
    if lang not in LANGUAGES:
        raise ParameterError(
            compose("language", f"one of {listed(LANGUAGES)}", repr(lang), "Set lang to en or ja.")
        )
    return en if lang == "en" else ja


def counter(thing: str) -> Counter:
    """Return the words for what is counted; an unknown key is an AnalysisError that lists the known ones."""
    if thing not in COUNTERS:
        raise AnalysisError(
            compose("counted thing", f"one of {listed(sorted(COUNTERS))}", repr(thing), "Add it to COUNTERS.")
        )
    return COUNTERS[thing]


def missing(lang: str, why: str = "not_published") -> str:
    """Return the words that stand where there is no number; `why` is a key of MISSING.

    Examples
    --------
    >>> missing("en"), missing("ja"), missing("ja", "suppressed")
    ('not published', '未公表', '秘匿')
    """
    if why not in MISSING:
        raise AnalysisError(
            compose("missing number", f"one of {listed(MISSING)}", repr(why), "Name the reason.")
        )
    return say(lang, *MISSING[why])


def join(items: Iterable[str], lang: str, *, conjunction: str = "and") -> str:
    """Return a list in words: ``a, b and c`` or ``a、b、c``; an empty list is an AnalysisError.

    Examples
    --------
    >>> join(["Ohio", "Texas", "Iowa"], "en"), join(["Ohio", "Texas"], "en", conjunction="or")
    ('Ohio, Texas and Iowa', 'Ohio or Texas')
    """
    parts = list(items)
    if not parts:
        raise AnalysisError(compose("list in words", "at least one item", "none", "Say that there is none."))
    english = f" {conjunction} ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
    return say(lang, english, "、".join(parts))
