"""Ranks in words: ordinals, ties, the size of the universe, and the band of possible ranks."""

from __future__ import annotations

import re

from helpers.display.words import counter, missing, say
from helpers.errors import AnalysisError, compose

_MARKER = re.compile(r"\((?:D|\\?\*)\)")
"""The markers of confidential and of very small cells, escaped or not."""

_WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def ordinal(n: int, lang: str, *, ja_counter: str = "位") -> str:
    """Return an ordinal in digits: ``1st``, ``第1位``; `ja_counter` 回 makes ``第1回``.

    Examples
    --------
    >>> ordinal(2, "en"), ordinal(12, "en"), ordinal(112, "en"), ordinal(221, "en"), ordinal(2, "ja")
    ('2nd', '12th', '112th', '221st', '第2位')
    """
    _positive(n)
    ending = "th" if 10 < n % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return say(lang, f"{n:,}{ending}", f"第{n:,}{ja_counter}")


def ordinal_word(n: int, lang: str) -> str:
    """Return an ordinal for a sentence: ``first`` to ``tenth`` in words, then digits; ``第1位``."""
    _positive(n)
    return say(lang, _WORDS[n - 1] if n <= len(_WORDS) else ordinal(n, "en"), ordinal(n, "ja"))


def rank(
    n: int | None,
    lang: str,
    *,
    tied: bool = False,
    of: int | None = None,
    universe: str = "partner",
    style: str = "text",
) -> str:
    """Return a rank as the page prints it.

    Parameters
    ----------
    n : int or None
        Competition rank; None is "not ranked" / 順位なし.
    lang : "en" or "ja"
    tied : bool
        Whether others share the rank.
    of : int, optional
        Size of the universe, printed in text style only.
    universe : str
        What the universe consists of, a key of `helpers.display.words.COUNTERS`; only Japanese prints it.
    style : "text" or "table"
        text: ``joint 2nd of 221`` · ``221か国・地域中2位タイ``. table: ``=2`` · ``2位タイ``.

    Examples
    --------
    >>> rank(4, "en", of=221), rank(4, "ja", of=221), rank(2, "en", tied=True), rank(2, "ja", tied=True)
    ('4th of 221', '221か国・地域中第4位', 'joint 2nd', '2位タイ')
    """
    if style not in ("text", "table"):
        raise AnalysisError(compose("style of a rank", "'text' or 'table'", repr(style), "Name one of them."))
    if n is None:
        return missing(lang, "not_ranked")
    _positive(n)
    if style == "table":
        return say(lang, f"={n}" if tied else f"{n}", f"{n}位タイ" if tied else f"{n}位")
    english = ("joint " if tied else "") + ordinal(n, "en")
    japanese = f"{n}位タイ" if tied else ordinal(n, "ja")
    if of is None:
        return say(lang, english, japanese)
    return say(lang, f"{english} of {of:,}", f"{of:,}{counter(universe).ja}中{japanese}")


def band(best: int, worst: int, lang: str) -> str:
    """Return which ranks are possible: ``2nd–3rd possible`` · ``第2～3位の可能性``; one rank is certain.

    Examples
    --------
    >>> band(2, 3, "en"), band(2, 3, "ja"), band(2, 2, "en"), band(2, 2, "ja")
    ('2nd–3rd possible', '第2～3位の可能性', '2nd for certain', '第2位で確実')
    """
    _positive(best)
    if worst < best:
        raise AnalysisError(compose("band", "best <= worst", f"{best} and {worst}", "Swap the two ends."))
    if best == worst:
        return say(lang, f"{ordinal(best, 'en')} for certain", f"{ordinal(best, 'ja')}で確実")
    return say(lang, f"{ordinal(best, 'en')}–{ordinal(worst, 'en')} possible", f"第{best}～{worst}位の可能性")


def flattened(text: str) -> str:
    """Return a text without brackets inside brackets: what stood in the inner ones follows a comma.

    A rank brings its universe and its band in brackets, and a sentence may set the rank in brackets too. Markers
    such as ``(D)`` keep theirs.

    Examples
    --------
    >>> flattened("$5 million (5th of 43 (5th–7th possible))"), flattened("3%（43か国中第5位（第5～7位の可能性））")
    ('$5 million (5th of 43, 5th–7th possible)', '3%（43か国中第5位、第5～7位の可能性）')
    """
    for opening, closing, comma in (("(", ")", ", "), ("（", "）", "、")):
        if text.count(opening) > 1:
            text = _flattened(text, opening, closing, comma)
    return text


def _flattened(text: str, opening: str, closing: str, comma: str) -> str:
    written = ""
    kept: list[bool] = []
    for n, character in enumerate(text):
        if character == opening:
            kept.append(not any(kept) or bool(_MARKER.match(text, n)))
            written = written + character if kept[-1] else written.rstrip() + comma
        elif character != closing or not kept or kept.pop():
            written += character
    return written


def _positive(n: int) -> None:
    if isinstance(n, bool) or n != int(n) or n < 1:
        raise AnalysisError(compose("ordinal", "a whole number from 1", repr(n), "Pass a rank."))
