"""Rounding as a reader does it by hand, exactly.

The rule: a number is rounded **once**, from the value as it is written, half **away from zero** (0.05 to one
decimal is 0.1, 2.5 is 3, -2.5 is -3). A float is taken as the shortest decimal that names it, so that 2.675
rounds to 2.68; binary remainders never decide.
"""

from __future__ import annotations

import numbers
from decimal import ROUND_HALF_UP, Decimal

from helpers.errors import AnalysisError, compose

MINUS = "−"
"""The sign U+2212, as wide as a figure, never a hyphen."""


def exact(value: object) -> Decimal:
    """Return a number as the decimal it is written as.

    Raises
    ------
    AnalysisError
        For a missing or infinite value and for what is no number: nothing missing is printed as a number.
    """
    if isinstance(value, Decimal):
        number = value
    elif isinstance(value, numbers.Real) and not isinstance(value, bool):
        number = Decimal(str(value))
    else:
        raise _no_number(value)
    if not number.is_finite():
        raise _no_number(value)
    return number


def rounded(value: object, quantum: object = 1) -> Decimal:
    """Return the multiple of `quantum` nearest to `value`, half away from zero.

    Examples
    --------
    >>> rounded(2.675, Decimal("0.01")), rounded(-2.5), rounded(99_999_999, 10_000)
    (Decimal('2.68'), Decimal('-3'), Decimal('100000000'))
    """
    step = exact(quantum)
    return (exact(value) / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step


def grouped(value: Decimal, places: int = 0, *, signed: bool = False, strip: bool = False) -> str:
    """Return digits in groups of three, such as ``−1,234.50``; zero never has a sign.

    Parameters
    ----------
    value : Decimal
    places : int
        Decimals, rounded half away from zero.
    signed : bool
        Put a plus before what is above zero.
    strip : bool
        Drop zeros at the end of the decimals.
    """
    shown = rounded(value, Decimal(1).scaleb(-places))
    digits = f"{abs(shown):,.{places}f}"
    if strip and "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return sign(shown, signed=signed) + digits


def sign(value: Decimal, *, signed: bool = False) -> str:
    """Return the sign of a rounded value: a minus, nothing, or on demand a plus."""
    if value < 0:
        return MINUS
    return "+" if signed and value > 0 else ""


def _no_number(value: object) -> AnalysisError:
    todo = "Say in words what is missing (numbers.missing)."
    return AnalysisError(compose("number to print", "a finite number", repr(value), todo))
