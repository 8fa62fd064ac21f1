"""The headcounts of a register: whole numbers as they are typed in English and Japanese."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from helpers.data.register.problems import Refused

FORMS = "a whole number of persons, zero or more (1200, 1,200, 1万2,000, 1.2万人)"
WORDS = "Write the number alone; what qualifies it (約, about, 以上) belongs in the remarks."
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d+"
_NUMBER = re.compile(
    rf"(?:(?P<oku>(?:{_DIGITS})(?:\.\d+)?)億)?(?:(?P<man>(?:{_DIGITS})(?:\.\d+)?)万)?(?P<one>(?:{_DIGITS})(?:\.0+)?)?"
    r"(?:人|名|persons?|people)?"
)


def headcount(value: object) -> int:
    """Return the number that a cell holds.

    Examples
    --------
    >>> headcount("１，２００人"), headcount("1万2,000"), headcount("1.2万")
    (1200, 12000, 12000)

    Raises
    ------
    Refused
        The cell holds words, a negative number or a part of a person.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Refused(FORMS)
    if isinstance(value, int | float):
        if value < 0 or value != int(value):
            raise Refused(FORMS)
        return int(value)
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", value).casefold())
    found = _NUMBER.fullmatch(plain)
    parts = found.groupdict() if found else {}
    if not any(parts.values()):
        negative = re.fullmatch(r"[-−▲△]\d[\d,.]*", plain)
        raise Refused(FORMS, "Correct it." if negative else WORDS)
    amounts = {name: Fraction((text or "0").replace(",", "")) for name, text in parts.items()}
    if (parts["man"] and amounts["one"] >= 10_000) or (parts["oku"] and amounts["man"] >= 10_000):
        raise Refused(FORMS)
    total = amounts["oku"] * 10**8 + amounts["man"] * 10**4 + amounts["one"]
    if total.denominator != 1:
        raise Refused(FORMS)
    return int(total)
