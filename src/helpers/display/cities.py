"""Cities of the register in the language of the page."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from helpers import paths


@cache
def _japanese() -> dict[str, str]:
    return paths.content(Path(__file__).with_name("cities.yml"))


def named(cities: str, lang: str) -> str:
    """Return a city, or several with ``; `` between them; one without a Japanese name stands as it is.

    Examples
    --------
    >>> named("Seattle; Olympia; Elsewhere", "ja"), named("Seattle; Olympia", "en")
    ('シアトル、オリンピア、Elsewhere', 'Seattle; Olympia')
    """
    return "、".join(_japanese().get(city, city) for city in cities.split("; ")) if lang == "ja" else cities
