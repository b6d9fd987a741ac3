"""Neighbours in the poem: what a letter tells of the next, what counting makes up, and text that they write."""

from __future__ import annotations

import itertools
from functools import cache
from typing import Final

import numpy as np

from scenes.maths.information_theory import mutual, texts
from scenes.maths.information_theory.bits import Floats, entropy

SHUFFLES: Final = 20
SEED: Final = 0


def joint(text: str) -> Floats:
    """Joint distribution (27, 27) of a sign of ``text`` and the next, in the order of :data:`texts.SIGNS`."""
    table = np.zeros((len(texts.SIGNS), len(texts.SIGNS)))
    for before, after in itertools.pairwise(text):
        table[texts.SIGNS.index(before), texts.SIGNS.index(after)] += 1
    return np.asarray(table / table.sum())


def told(text: str) -> float:
    """Mutual information in bits of neighbours in ``text``, as its own counts have it: few pairs make it too large."""
    table = joint(text)
    return mutual.information(table[table.sum(axis=1) > 0])


@cache
def shuffled() -> Floats:
    """As :func:`told`, (20,), for the poem's letters in twenty random orders: what counting alone makes up."""
    rng = np.random.default_rng(SEED)
    return np.array([told("".join(rng.permutation(list(texts.poem())))) for _ in range(SHUFFLES)])


@cache
def whole() -> float:
    """Entropy in bits of the poem's letters."""
    return entropy(texts.poem_shares())
