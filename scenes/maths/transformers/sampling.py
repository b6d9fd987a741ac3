"""Choosing the next word: the same scores, sharpened, flattened or cut off before one word is drawn.

Sources: Ackley, Hinton & Sejnowski, A learning algorithm for Boltzmann machines (Cognitive Science 9, 1985) for the
temperature; Fan, Lewis & Dauphin, Hierarchical neural story generation (ACL 2018), section 5, for top-k; Holtzman et
al., The curious case of neural text degeneration (ICLR 2020), section 3, for top-p.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from scenes.maths.transformers.attention import softmax

Array: TypeAlias = NDArray[np.float64]
Mask: TypeAlias = NDArray[np.bool_]


def warm(logits: Array, temperature: float) -> Array:
    """Chances (n,) of ``logits`` (n,) divided by ``temperature``; ``ValueError`` unless that is positive."""
    if not temperature > 0:
        raise ValueError(f"a temperature is positive, not {temperature}")
    return softmax(logits / temperature)


def keep_top_k(chances: Array, k: int) -> Mask:
    """The ``k`` likeliest of ``chances`` (n,); of equals the earlier one.  ``ValueError`` for k < 1."""
    if k < 1:
        raise ValueError(f"at least one word must be kept, not {k}")
    kept = np.zeros(len(chances), dtype=bool)
    kept[np.argsort(-chances, kind="stable")[:k]] = True
    return kept


def keep_top_p(chances: Array, p: float) -> Mask:
    """The fewest of the likeliest ``chances`` (n,) that hold ``p`` of the chance; ``ValueError`` outside (0, 1]."""
    if not 0 < p <= 1:
        raise ValueError(f"p is a share above 0 and at most 1, not {p}")
    order = np.argsort(-chances, kind="stable")
    before = np.concatenate([[0.0], chances[order].cumsum()[:-1]])
    kept = np.zeros(len(chances), dtype=bool)
    # A hair, so that 0.5 + 0.3 holds 0.8 whatever the last bits say.
    kept[order[before < p - 1e-12]] = True
    return kept


def share_again(chances: Array, kept: Mask) -> Array:
    """Chances (n,) shared out anew among those ``kept``, in their old proportions."""
    left = np.where(kept, chances, 0.0)
    return np.asarray(left / left.sum())


def bits(chances: Array) -> float:
    """Entropy of ``chances`` (n,) in bits: how many yes-or-no questions a draw is worth."""
    some = chances[chances > 0]
    return float(-(some * np.log2(some)).sum())


def draw(chances: Array, count: int, seed: int = 1) -> NDArray[np.intp]:
    """Numbers (count,) of the words that were drawn."""
    rng = np.random.default_rng(seed)
    return np.minimum(np.searchsorted(chances.cumsum(), rng.random(count), side="right"), len(chances) - 1)
