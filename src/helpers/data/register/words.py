"""The words that a register may use for a format, a theme or nothing at all."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache

from helpers.data.register.columns import plain
from helpers.data.register.problems import Refused

NOTHING = frozenset(
    {"", "-", "–", "—", "―", "－", "ー", "n/a", "na", "none", "nil", "unknown", "tbd",
     "不明", "未定", "なし", "該当なし", "未詳"}
)  # fmt: skip
"""What stands in a cell for nothing, but in a title, a name or a remark."""

FORMATS = {
    "in_person": ("in_person", "onsite", "face to face", "対面", "対面式", "対面開催", "現地", "現地開催", "実地",
                  "会場", "会場開催", "リアル", "来場"),
    "online": ("online", "virtual", "web", "webinar", "remote", "オンライン", "オンライン開催", "ウェブ", "ウェビナー",
               "リモート", "バーチャル", "非対面"),
    "hybrid": ("hybrid", "in person and online", "ハイブリッド", "ハイブリッド開催", "併用", "対面・オンライン併用",
               "対面・オンライン", "対面とオンライン", "対面及びオンライン"),
    "unknown": ("unknown", "不明", "未詳", "-"),
}  # fmt: skip
THEMES = {
    "culture": ("culture", "文化"),
    "economic": ("economic", "economy", "経済"),
    "local_government": ("local_government", "local government", "地方自治体", "自治体", "地方交流"),
    "food": ("food", "食", "日本食", "食文化"),
    "investment_jobs": ("investment_jobs", "investment and jobs", "投資・雇用", "投資", "雇用"),
    "energy_climate": ("energy_climate", "energy and climate", "エネルギー・気候", "エネルギー", "気候変動"),
    "language_education": ("language_education", "language and education", "日本語・教育", "日本語教育", "教育"),
    "tourism": ("tourism", "観光"),
    "science_innovation": ("science_innovation", "science and innovation", "科学技術", "科学・イノベーション"),
    "disaster_prevention": ("disaster_prevention", "disaster prevention", "防災"),
    "health": ("health", "保健", "健康", "医療"),
    "other": ("other", "その他"),
}  # fmt: skip
"""Names of the themes of the shipped register; a theme of the desk's own stays the text it is."""

LONGEST_ID = 80
CERTAINTY = {"high": ("high", "高"), "medium": ("medium", "中")}
JA_BY = {"source": ("source", "出典", "出典どおり"), "ours": ("ours", "仮訳")}


def is_blank(cell: object) -> bool:
    """Return whether a cell is empty."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def is_nothing(cell: object) -> bool:
    """Return whether a cell is empty or says that nothing is known."""
    if not isinstance(cell, str):
        return cell is None
    return unicodedata.normalize("NFKC", cell).strip().casefold() in NOTHING


def text(value: object) -> str:
    """Return a cell as text: a whole number without its point, a date in ISO form, no blanks at the ends."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value)


def identifier(value: object) -> str:
    """Return a cell as an id."""
    found = text(value)
    if not found.isprintable() or len(found) > LONGEST_ID:
        raise Refused(f"an id of at most {LONGEST_ID} printable signs")
    return found


def choice(known: Mapping[str, tuple[str, ...]], expected: str) -> Callable[[object], str]:
    """Return what turns a cell into one of the codes, by any of its words."""
    codes = {plain(word): code for code, words in known.items() for word in words}

    def parse(value: object) -> str:
        code = codes.get(plain(str(value)))
        if code is None:
            raise Refused(expected)
        return code

    return parse


@cache
def _themes() -> dict[str, str]:
    return {plain(word): code for code, names in THEMES.items() for word in names}


def called(code: str, lang: str) -> str:
    """Return the name of a theme in ``en`` or ``ja``.

    Examples
    --------
    >>> called("investment_jobs", "en"), called("investment_jobs", "ja")
    ('investment and jobs', '投資・雇用')
    """
    names = [name for name in THEMES[code] if name.isascii() == (lang == "en") and "_" not in name]
    return names[0]


def theme(value: object) -> str:
    """Return the theme that a cell names, or the text of a theme of the desk's own."""
    return _themes().get(plain(str(value)), text(value))
