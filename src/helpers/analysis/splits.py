"""Which districts can stand above one, over every division of the states that missions share.

The parts of a shared state are none of them negative and add up to its figure. Whether a division exists that does what
is asked is decided without trying any: a set of districts can take in what is to be divided only where every set of
states fits into the room of the districts that share it, and can be lifted by it only where the states that a set of
them shares hold more than that set lacks (the theorem of Hall and Gale on such flows).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any


@dataclass(frozen=True)
class Part:
    """A state that is divided.

    Attributes
    ----------
    value : float
        Its figure, not negative.
    missions : frozenset of str
        The districts with a figure that share it.
    closed : bool
        Whether these share it among themselves; otherwise a part of any size may fall to nobody of them.
    """

    value: float
    missions: frozenset[str]
    closed: bool = True


def fewest_above(mission: str, low: Mapping[str, float], parts: Sequence[Part]) -> frozenset[str]:
    """Return the districts above one in a division that is best for it: as few as can be, each strictly above.

    Parameters
    ----------
    low
        District to its figure without any part.
    parts
        The states that are divided.
    """
    own, free = _apart(mission, parts)
    reached = low[mission] + sum(part.value for part in own)
    room = {other: reached - figure for other, figure in low.items() if other != mission}
    closed = [part for part in free if part.closed]

    def fits(above: frozenset[str]) -> bool:
        inside = [part for part in closed if not part.missions & above]
        return all(_sum(group) <= sum(room[m] for m in _sharing(group)) for group in _groups(inside))

    certain = frozenset(other for other, left in room.items() if left < 0)
    return _first(certain, sorted(_sharing(closed) - certain), fits, most=False)


def most_above(mission: str, low: Mapping[str, float], parts: Sequence[Part]) -> frozenset[str]:
    """Return the districts above one in a division that is worst for it: as many as can be, each strictly above.

    Parameters
    ----------
    low, parts
        As in :func:`fewest_above`.
    """
    lacks = {other: low[mission] - figure for other, figure in low.items() if other != mission}
    certain = frozenset(other for other, gap in lacks.items() if gap < 0)

    def lifted(above: frozenset[str]) -> bool:
        return all(
            _sum([part for part in parts if part.missions & set(group)]) > sum(lacks[m] for m in group)
            for group in _groups(sorted(above - certain))
        )

    return _first(certain, sorted(_sharing(parts) - certain - {mission}), lifted, most=True)


def _apart(mission: str, parts: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """Return the states that a mission shares, and the others."""
    own = [part for part in parts if mission in part.missions]
    return own, [part for part in parts if mission not in part.missions]


def _first(
    certain: frozenset[str],
    open_: Sequence[str],
    possible: Callable[[frozenset[str]], bool],
    *,
    most: bool,
) -> frozenset[str]:
    """Return the first possible set with what is certain in it, in order of size: the fewest first, or the most."""
    sizes = range(len(open_) + 1)
    tried = (
        certain | set(more)
        for size in (reversed(sizes) if most else sizes)
        for more in combinations(open_, size)
    )
    return next(above for above in tried if possible(above))


def _groups(items: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield every selection of items but the empty one."""
    for size in range(1, len(items) + 1):
        yield from combinations(items, size)


def _sum(parts: Collection[Part]) -> float:
    return sum(part.value for part in parts)


def _sharing(parts: Collection[Part]) -> frozenset[str]:
    return frozenset[str]().union(*(part.missions for part in parts))
