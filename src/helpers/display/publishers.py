"""Who published what, on a Japanese page in Japanese: the names that the publishers themselves use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from helpers import paths

EACH_ROW = {"en": "The address in each row", "ja": "各行に記した掲載ページ"}
"""What stands for the publications of a table whose rows name one each; the English is the descriptor's."""

MORE = {"en": "{n} more in data/sources.csv", "ja": "ほか{n}件（data/sources.csv）"}
"""What stands behind the publications of a table that are named, where it has others."""

_BETWEEN = re.compile(r"; (?![^()]*\))")
"""What stands between two publications; a title has it in brackets only."""


@cache
def _japanese() -> dict[str, dict[str, str]]:
    return paths.content(Path(__file__).with_name("publishers.yml"))


def agency(name: str, lang: str) -> str:
    """Return the name of a publisher in the language of the page, as it stands where it has no Japanese name."""
    return _japanese()["agencies"].get(name, name) if lang == "ja" else name


def publication(text: str, lang: str) -> str:
    """Return ``agency: title`` in the language of the page, each part as it stands where it has no Japanese form.

    Several, with ``; `` between them, are told one by one. Where every row has a publication of its own, that is said.

    Examples
    --------
    >>> publication("JETRO: Survey of Japanese companies in California, 2022", "ja")
    'ジェトロ：カリフォルニア州の日系企業の実態調査、2022年'
    >>> publication("Site Selection: Article (2020; 2021); JETRO: Report", "ja")
    'Site Selection: Article (2020; 2021)；ジェトロ：Report'
    """
    if text == EACH_ROW["en"]:
        return EACH_ROW[lang]
    return several(map(_one, _BETWEEN.split(text)), 0, lang) if lang == "ja" else text


def several(told: Iterable[str], more: int, lang: str) -> str:
    """Return publications one after the other, and how many more there are."""
    rest = [MORE[lang].format(n=more)] if more > 0 else []
    return ("; " if lang == "en" else "；").join([*told, *rest])


def _one(text: str) -> str:
    name, colon, title = text.partition(": ")
    if not colon:
        return text
    told = agency(name, "ja")
    return f"{told}{colon if told == name else '：'}{_japanese()['titles'].get(title, title)}"
