"""Numbers as English and Japanese pages print them; the one door to counts, money, shares, ranks and periods.

Both languages print the same rounded amount: the precision is chosen once, from the English form, and the
Japanese form writes that amount in 万, 億 and 兆 with its carries (99,999,999 to the nearest 万 is 1億, not
10000万). Rounding is exact and half away from zero, see `helpers.display.rounding`. Shares and changes of
shares are fractions (0.06 is 6%). A missing value is an error here; `missing` has the words for it.
"""

from __future__ import annotations

from decimal import Decimal

from helpers.display.periods import (
    date,
    date_range,
    fiscal_range,
    fiscal_year,
    month,
    period,
    year,
    year_range,
)
from helpers.display.ranks import band, ordinal, ordinal_word, rank
from helpers.display.rounding import MINUS, exact, grouped, rounded, sign
from helpers.display.words import counter, join, missing, say
from helpers.errors import AnalysisError, compose

__all__ = [
    "MINUS",
    "approximate",
    "band",
    "billions",
    "compact",
    "count",
    "date",
    "date_range",
    "dollars",
    "fiscal_range",
    "fiscal_year",
    "join",
    "missing",
    "month",
    "myriad",
    "number",
    "ordinal",
    "ordinal_word",
    "percent",
    "period",
    "points",
    "rank",
    "year",
    "year_range",
    "yen",
]

_MILLION, _BILLION, _TRILLION = Decimal(10) ** 6, Decimal(10) ** 9, Decimal(10) ** 12
_MYRIADS = ((Decimal(10) ** 12, "兆"), (Decimal(10) ** 8, "億"), (Decimal(10) ** 4, "万"))


def number(value: object, lang: str, places: int = 0, *, signed: bool = False) -> str:
    """Return digits for a table, the same in both languages: ``47,500``, ``−1.7``, ``+0.3``."""
    digits = grouped(exact(value), places, signed=signed)
    return say(lang, digits, digits)


def myriad(value: object, unit: int = 1) -> str:
    """Return a whole number in Japanese units, rounded to `unit` (1, or 10_000 for 万).

    Examples
    --------
    >>> myriad(973_800), myriad(47_500), myriad(99_999_999, 10_000), myriad(1_080_000_000_000)
    ('97万3,800', '4万7,500', '1億', '1兆800億')
    """
    amount = rounded(value, unit)
    rest, text = abs(amount), ""
    for size, name in _MYRIADS:
        whole, rest = divmod(rest, size)
        text += f"{whole:,.0f}{name}" if whole else ""
    return sign(amount) + (text + f"{rest:,.0f}" if rest or not text else text)


def count(value: object, lang: str, thing: str = "") -> str:
    """Return an exact count, with what is counted if a key of `helpers.display.words.COUNTERS` is given.

    Examples
    --------
    >>> count(47_500, "en", "job"), count(47_500, "ja", "job"), count(1, "en", "event"), count(973_800, "ja")
    ('47,500 jobs', '4万7,500人', '1 event', '97万3,800')
    """
    amount = rounded(value)
    return _counted(amount, lang, thing, grouped(amount), myriad(amount))


def approximate(value: object, lang: str, thing: str = "", *, significant: int = 3) -> str:
    """Return a count for a sentence, rounded to significant figures.

    Examples
    --------
    >>> approximate(3_512_323, "en", "participant"), approximate(3_512_323, "ja", "participant")
    ('3.51 million participants', '351万人')
    """
    amount = rounded(value, max(Decimal(1), _significant_quantum(exact(value), significant)))
    quantum = max(Decimal(1), _significant_quantum(amount, significant))
    english = grouped(amount)
    for size, name in ((_TRILLION, "trillion"), (_BILLION, "billion"), (_MILLION, "million")):
        if abs(amount) >= size:
            english = f"{grouped(amount / size, _places(quantum / size))} {name}"
            break
    return _counted(amount, lang, thing, english, myriad(amount))


def compact(value: object, lang: str) -> str:
    """Return a count that fits a tile or an axis, with two or three figures.

    Examples
    --------
    >>> compact(47_500, "en"), compact(47_500, "ja"), compact(5_600, "en"), compact(5_600, "ja")
    ('48k', '4.8万', '5.6k', '5,600')
    """
    steps = (
        (Decimal(1), Decimal(1), ""),
        (Decimal(1000), Decimal(100), "k"),
        (Decimal(10_000), Decimal(1000), "k"),
        (_MILLION, _MILLION / 10, "m"),
        (_BILLION, _BILLION / 10, "bn"),
        (_TRILLION, _TRILLION / 10, "tn"),
    )
    amount, quantum, suffix = _scaled(value, steps)
    size = {"": Decimal(1), "k": Decimal(1000), "m": _MILLION, "bn": _BILLION, "tn": _TRILLION}[suffix]
    english = grouped(amount / size, _places(quantum / size), strip=True) + suffix
    return say(lang, english, _largest_myriad(amount, quantum))


def dollars(value: object, lang: str, *, places: int = 1, style: str = "long") -> str:
    """Return an amount of US dollars (in dollars, not in millions).

    Parameters
    ----------
    value : number
    lang : "en" or "ja"
    places : int
        Decimals of a billion and of a trillion. Millions have three significant figures, smaller amounts are
        in whole dollars.
    style : "long" or "short"
        English units in full (billion) or for a tile (bn).

    Examples
    --------
    >>> dollars(11.59e9, "en"), dollars(11.59e9, "ja"), dollars(679e9, "en"), dollars(679e9, "ja")
    ('$11.6 billion', '116億ドル', '$679.0 billion', '6,790億ドル')
    >>> dollars(720e6, "en"), dollars(720e6, "ja"), dollars(999.95e6, "en"), dollars(1.2e12, "ja")
    ('$720 million', '7.2億ドル', '$1.0 billion', '1.2兆ドル')
    """
    return _money(value, lang, "$", "ドル", places, style)


def yen(value: object, lang: str, *, places: int = 1, style: str = "long") -> str:
    """Return an amount of yen (in yen), as `dollars`: ``¥570 million`` · ``5.7億円``."""
    return _money(value, lang, "¥", "円", places, style)


def billions(value: object, lang: str, *, places: int = 1, signed: bool = False) -> str:
    """Return dollars for a column headed "$ billion" or 億ドル: ``679.0`` · ``6,790`` for 679.0e9.

    What is above zero and would print as zero is ``<0.1`` · ``1未満``.
    """
    step = _BILLION.scaleb(-places)
    amount = rounded(value, step)
    small = amount == 0 and exact(value) > 0 and not signed
    amount = step if small else amount
    english = grouped(amount / _BILLION, places, signed=signed)
    japanese = grouped(amount / 10**8, max(0, places - 1), signed=signed)
    return say(lang, f"<{english}", f"{japanese}未満") if small else say(lang, english, japanese)


def millions(value: object, lang: str) -> str:
    """Return dollars for a column headed "$ million" or 百万ドル: ``36`` for 36.2e6.

    What is above zero and would print as zero is ``<1`` · ``1未満``.
    """
    amount = rounded(exact(value) / _MILLION)
    if amount == 0 and exact(value) > 0:
        return say(lang, "<1", "1未満")
    return say(lang, grouped(amount), grouped(amount))


def percent(share: object, lang: str, places: int = 1, *, signed: bool = False) -> str:
    """Return a fraction as a percentage, 0.06 as ``6.0%`` in both languages.

    What is above zero and would print as zero is ``<0.1%`` · ``0.1%未満``.
    """
    value = exact(share) * 100
    step = Decimal(1).scaleb(-places)
    if value > 0 and rounded(value, step) == 0 and not signed:
        return say(lang, f"<{step}%", f"{step}%未満")
    text = f"{grouped(value, places, signed=signed)}%"
    return say(lang, text, text)


def points(change: object, lang: str, places: int = 1) -> str:
    """Return a difference of two shares: 0.017 is ``+1.7 points`` · ``+1.7ポイント`` (percentage points)."""
    digits = grouped(exact(change) * 100, places, signed=True)
    return say(lang, f"{digits} points", f"{digits}ポイント")


def _money(value: object, lang: str, symbol: str, ja_unit: str, places: int, style: str) -> str:
    names = {"long": (" million", " billion", " trillion"), "short": (" m", " bn", " tn")}
    if style not in names:
        raise AnalysisError(compose("style of money", "'long' or 'short'", repr(style), "Name one of them."))
    million, billion, trillion = names[style]
    steps = (
        (Decimal(1), Decimal(1), ""),
        *((_MILLION * 10**power, _MILLION.scaleb(power - 2), million) for power in range(3)),
        (_BILLION, _BILLION.scaleb(-places), billion),
        (_TRILLION, _TRILLION.scaleb(-places), trillion),
    )
    amount, quantum, name = _scaled(value, steps)
    size = {"": Decimal(1), million: _MILLION, billion: _BILLION, trillion: _TRILLION}[name]
    digits = grouped(abs(amount) / size, _places(quantum / size))
    english = f"{sign(amount)}{symbol}{digits}{name}"
    small = abs(amount) < _MILLION
    japanese = (myriad(amount) if small else _largest_myriad(amount, quantum)) + ja_unit
    return say(lang, english, japanese)


def _scaled(value: object, steps: tuple[tuple[Decimal, Decimal, str], ...]) -> tuple[Decimal, Decimal, str]:
    """Return the rounded value, its quantum and its unit, on the step that the *rounded* value reaches."""
    beyond = [size for size, _, _ in steps[1:]]
    for limit, (_, quantum, name) in zip(beyond, steps, strict=False):
        amount = rounded(value, quantum)
        if abs(amount) < limit:
            return amount, quantum, name
    _, quantum, name = steps[-1]
    return rounded(value, quantum), quantum, name


def _largest_myriad(amount: Decimal, quantum: Decimal) -> str:
    """Return an amount in the largest Japanese unit it reaches, with the decimals of its quantum."""
    for size, name in _MYRIADS:
        if abs(amount) >= size:
            return grouped(amount / size, _places(quantum / size), strip=True) + name
    return grouped(amount)


def _counted(amount: Decimal, lang: str, thing: str, english: str, japanese: str) -> str:
    if not thing:
        return say(lang, english, japanese)
    words = counter(thing)
    return say(lang, f"{english} {words.one if amount == 1 else words.many}", f"{japanese}{words.ja}")


def _significant_quantum(value: Decimal, significant: int) -> Decimal:
    return Decimal(1).scaleb(value.adjusted() - significant + 1)


def _places(quantum: Decimal) -> int:
    return max(0, -quantum.adjusted())
