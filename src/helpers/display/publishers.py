"""Who published what, on a Japanese page in Japanese: the names that the publishers themselves use."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from helpers import paths

EACH_ROW = {"en": "The address in each row", "ja": "各行に記した掲載ページ"}
"""What stands for the publications of a table whose rows name one each; the English is the descriptor's."""


@cache
def _japanese() -> dict[str, dict[str, str]]:
    return paths.content(Path(__file__).with_name("publishers.yml"))


def agency(name: str, lang: str) -> str:
    """Return the name of a publisher in the language of the page, as it stands where it has no Japanese name."""
    return _japanese()["agencies"].get(name, name) if lang == "ja" else name


def publication(text: str, lang: str) -> str:
    """Return ``agency: title`` in the language of the page, each part as it stands where it has no Japanese form.

    Where every row has a publication of its own, that is said.

    Examples
    --------
    >>> publication("JETRO: Survey of Japanese companies in California, 2022", "ja")
    'ジェトロ：カリフォルニア州の日系企業の実態調査、2022年'
    >>> publication("Site Selection: Article", "ja"), publication("JETRO: Survey", "en")
    ('Site Selection: Article', 'JETRO: Survey')
    """
    if text in EACH_ROW.values():
        return EACH_ROW[lang]
    name, colon, title = text.partition(": ")
    if lang != "ja" or not colon:
        return text
    told = agency(name, lang)
    return f"{told}{colon if told == name else '：'}{_japanese()['titles'].get(title, title)}"
