"""The one source of chance: a documented seed, a generator made of it, and draws that are whole numbers.

Everything random here starts from ``generator(seed)`` with a seed that the caller passes (pages pass ``SEED``), from
rows put in order first, and from integers and uniform numbers only, which NumPy gives bit for bit on every machine;
no logarithm or gamma function stands between the seed and a count.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SEED = 20170426
"""The seed of every page: the day of the task force's first meeting, 26 April 2017."""


def generator(seed: int) -> np.random.Generator:
    """Return a generator of the PCG64 stream of ``seed``."""
    return np.random.Generator(np.random.PCG64(seed))


def multinomial(
    rng: np.random.Generator, count: int, shares: NDArray[np.float64], draws: int
) -> NDArray[np.int64]:
    """Return ``draws`` rows of ``count`` events thrown into places by their shares (which sum to one).

    Inversion of uniform numbers: the cumulative shares are cut points, so that the same seed gives the same
    counts everywhere.
    """
    cuts = np.cumsum(shares)[:-1]
    places = np.searchsorted(cuts, rng.random((draws, count)), side="right")
    flat = places + np.arange(draws)[:, None] * len(shares)
    return np.bincount(flat.ravel(), minlength=draws * len(shares)).reshape(draws, len(shares))


def simplex(rng: np.random.Generator, parts: int, draws: int, *, whole: int = 1_000_000) -> NDArray[np.int64]:
    """Return ``draws`` rows of ``parts`` whole numbers that sum to ``whole``, all divisions equally likely.

    The spacings of ordered uniform numbers are Dirichlet(1, ..., 1) distributed (Devroye, *Non-Uniform Random
    Variate Generation*, 1986, V.2); here in millionths, so that sums of weights times whole scores are exact.
    """
    cuts = np.sort(rng.integers(0, whole + 1, size=(draws, parts - 1)), axis=1)
    edges = np.concatenate([np.zeros((draws, 1), int), cuts, np.full((draws, 1), whole)], axis=1)
    return np.diff(edges, axis=1)
