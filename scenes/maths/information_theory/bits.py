"""Surprise, entropy, cross-entropy and KL divergence, all in bits."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

P: Final = (0.5, 0.25, 0.125, 0.125)
"""Probabilities of the four letters that are worked by hand."""
Q: Final = (0.125, 0.5, 0.25, 0.125)
"""What the wrong price list believes of them; no permutation that mirrors P, or both divergences would agree."""


def distribution(p: ArrayLike) -> Floats:
    """``p`` (n,) as an array.  Raises ``ValueError`` unless it is non-negative and sums to 1."""
    shares = np.asarray(p, dtype=float)
    if shares.ndim != 1 or (shares < 0).any() or not np.isclose(shares.sum(), 1.0, atol=1e-9):
        raise ValueError(f"no probabilities that sum to 1: {shares}")
    return shares


def surprisal(p: ArrayLike) -> Floats:
    """Information content −log₂ p in bits of outcomes of probability ``p`` (…); infinite where p is 0.

    Source: C. E. Shannon, A mathematical theory of communication (1948), section 6.
    """
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log2(np.asarray(p, dtype=float)) + 0.0)


def terms(p: ArrayLike, q: ArrayLike | None = None) -> Floats:
    """The terms (n,) −p log₂ q in bits of a cross-entropy (of an entropy without ``q``), with 0 log 0 = 0."""
    happens = distribution(p)
    prices = surprisal(happens if q is None else distribution(q))
    with np.errstate(invalid="ignore"):
        return np.where(happens > 0, happens * prices, 0.0)


def entropy(p: ArrayLike) -> float:
    """Entropy H(p) in bits of ``p`` (n,).  Source: Cover and Thomas (2006), section 2.1."""
    return float(terms(p).sum())


def cross_entropy(p: ArrayLike, q: ArrayLike) -> float:
    """The average price in bits when ``p`` (n,) happens and the prices are −log₂ ``q`` (n,); may be infinite."""
    return float(terms(p, q).sum())


def kl(p: ArrayLike, q: ArrayLike) -> float:
    """Kullback–Leibler divergence of ``p`` from ``q`` in bits: what q's prices cost on top; may be infinite.

    Source: Cover and Thomas (2006), section 2.3.
    """
    return cross_entropy(p, q) - entropy(p)
