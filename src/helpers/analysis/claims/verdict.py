"""The verdict on one statement: it follows from figures, their definitions and the printed precision alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from helpers.analysis.claims.evidence import AXES, Recomputed
from helpers.analysis.claims.statement import Statement

VERDICTS = ("reproduced", "only", "rounding", "inconsistent", "slip", "contradicted", "not_checkable")
"""Every verdict, from the one that clears a statement to the one that leaves it open."""

FACTORS = (10.0, 0.1)
"""What a slip of the decimal point, or of one digit, multiplies a figure by."""


@dataclass(frozen=True)
class Finding:
    """One statement with what the tables say of it.

    Attributes
    ----------
    statement : Statement
        What is claimed.
    verdict : str
        One of ``VERDICTS``.
    shown : Recomputed or None
        The figure to print beside the claim: on its own definition, or else what bounds it.
    holds : tuple of Recomputed
        The definitions on which the statement is true.
    axis : str
        In what these differ from the claim's own: ``basis``, ``universe``, ``vintage``, ``period`` or "".
    tried : tuple of Recomputed
        Everything it was held against.
    factor : float or None
        For a suspected slip: what the printed figure has to be multiplied by.
    against : tuple of str
        Statements of the ledger that contradict it.
    lacking : str
        Why a statement cannot be checked against a table: ``own`` (only the document's own figure is there),
        ``none`` (no figure at all), ``period`` (the tables tell the measure by another kind of time) or ``months`` (not
        every month of its time is in hand).
    """

    statement: Statement
    verdict: str
    shown: Recomputed | None = None
    holds: tuple[Recomputed, ...] = ()
    axis: str = ""
    tried: tuple[Recomputed, ...] = ()
    factor: float | None = None
    against: tuple[str, ...] = ()
    lacking: str = ""

    @property
    def nearby(self) -> tuple[Recomputed, ...]:
        """Figures of the years beside, where those of the claim's own are lacking."""
        return tuple(r for r in self.tried if r.axis == "period" and not r.own)


def judge(
    statement: Statement,
    figures: Sequence[Recomputed],
    *,
    bounds: Sequence[Recomputed] = (),
    inside: Recomputed | None = None,
    against: Sequence[str] = (),
    lacking: str = "",
) -> Finding:
    """Return the verdict on a statement.

    In this order: it holds in every vintage of its own definition; in some; on another basis; in another
    universe; in another period; it is one step of its last digit, or one rank of its band, away; it holds ten
    times larger or smaller; it contradicts its own ledger; it contradicts the tables. A statement that only
    its own document prints is held against bounds and against the ledger's own sums, else it is not checkable.

    Parameters
    ----------
    figures
        Recomputed on the claim's own definition and on others; the document's own figures confirm nothing.
    bounds
        What other figures leave for it.
    inside
        What the parts of the same ledger add up to.
    against
        Statements of the ledger that cannot be true beside it.
    lacking
        What is missing for a figure of its own time, if that is known.
    """
    free = [f for f in figures if not f.own]
    own = [f for f in free if not f.axis]
    tried, clash = (*figures, *bounds, *([inside] if inside else [])), tuple(against)

    def found(verdict: str, shown: Recomputed | None, **more: object) -> Finding:
        return Finding(statement, verdict, shown, tried=tried, against=clash, **more)  # type: ignore[arg-type]

    if own:
        hits = tuple(f for f in own if _fits(statement, f))
        if len(hits) == len(own):
            return found("reproduced", own[0], holds=hits)
        if hits:
            misses = [f for f in own if f not in hits]
            return found("only", misses[0], holds=hits, axis="vintage")
        for axis in AXES:
            hits = tuple(f for f in free if f.axis == axis and _fits(statement, f))
            if hits:
                return found("only", own[0], holds=hits, axis=axis)
        near = tuple(f for f in own if _near(statement, f))
        if near:
            return found("rounding", near[0], holds=near)
        if factor := _slip(statement, lambda x: any(statement.fits(f.low, f.high, x) for f in own)):
            return found("slip", own[0], factor=factor)
        return found("inconsistent" if clash else "contradicted", own[0])
    broken = [b for b in bounds if not statement.fits(b.low, b.high)]
    if broken:
        if factor := _slip(statement, lambda x: all(_restored(statement, b, x) for b in broken)):
            return found("slip", broken[0], factor=factor)
        return found("inconsistent" if clash else "contradicted", broken[0])
    if inside is not None:
        return found("inconsistent", inside) if clash else found("reproduced", inside, holds=(inside,))
    why = "own" if any(f.own for f in figures) else lacking or "none"
    return found("inconsistent" if clash else "not_checkable", None, lacking=why)


def _fits(statement: Statement, figure: Recomputed) -> bool:
    """Return whether a figure rounds to the printed one; a rank has to be the same."""
    if figure.value is None or statement.aspect == "rank":
        return figure.value == statement.printed
    return statement.fits(figure.value, figure.value)


def _near(statement: Statement, figure: Recomputed) -> bool:
    """Return whether a rank lies in the band, or a value within its own rounding or one printed step."""
    if figure.value is None or statement.aspect == "rank":
        return figure.low <= statement.printed <= figure.high
    near = abs(figure.value - statement.printed) <= 2 * statement.half_step + 1e-9
    return near or statement.fits(figure.low, figure.high)


def _slip(statement: Statement, fits: Callable[[float], bool]) -> float | None:
    """Return the factor by which the printed value would fit, if there is one."""
    return None if statement.aspect == "rank" else next(filter(fits, FACTORS), None)


def _restored(statement: Statement, bound: Recomputed, factor: float) -> bool:
    """Return whether a factor brings the printed value within a bound that it breaks, and nearer to it.

    Ten times a value lies above any lower bound that it just misses: nearer, it is less than a third of the bound, or
    more than three times an upper one.
    """
    edge = bound.low if statement.printed < bound.low else bound.high
    off = statement.printed / edge if edge else 0.0
    nearer = off > 0 and abs(math.log(off * factor)) < abs(math.log(off))
    return nearer and statement.fits(bound.low, bound.high, factor)
