"""Mutual information: a pixel of a digit, in four shades of grey, and the digit's class."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.datasets import load_digits

from scenes.maths.information_theory.bits import Floats, entropy

Counted = NDArray[np.int_]

EDGES: Final = (4, 8, 12)
"""Grey values, of 0 to 16, that part the four shades."""
SHADES: Final = len(EDGES) + 1
SIDE: Final = 8
SHUFFLES: Final = 20
SEED: Final = 0


@cache
def pixels() -> Counted:
    """Shades (1797, 64), from 0, of the pixels of the digits of E. Alpaydin and C. Kaynak (1998)."""
    return np.asarray(np.digitize(load_digits().data, EDGES))


@cache
def kinds() -> Counted:
    """Classes (1797,) of the digits."""
    return np.asarray(load_digits().target)


def joint(first: ArrayLike, second: ArrayLike) -> Floats:
    """The joint distribution (m, k) of two lists of whole numbers from 0, by counting."""
    one, two = np.asarray(first), np.asarray(second)
    table = np.zeros((int(one.max()) + 1, int(two.max()) + 1))
    np.add.at(table, (one, two), 1)
    return np.asarray(table / table.sum())


def independent(table: Floats) -> Floats:
    """p(x) p(y) (m, k): the table of the same two margins if neither knew of the other."""
    return np.outer(table.sum(axis=1), table.sum(axis=0))


def conditional(table: Floats) -> float:
    """H(Y | X) in bits of a joint ``table`` (m, k) of X and Y: the average entropy within a row.

    Source: Cover and Thomas (2006), section 2.2.
    """
    rows = table.sum(axis=1)
    return float(sum(row.sum() * entropy(row / row.sum()) for row in table[rows > 0]))


def information(table: Floats) -> float:
    """I(X; Y) = H(Y) − H(Y | X) in bits of a joint ``table`` (m, k).  Source: Cover and Thomas (2006), section 2.4."""
    return entropy(table.sum(axis=0)) - conditional(table)


def divergence(table: Floats) -> float:
    """D_KL(p(x, y) ‖ p(x) p(y)) in bits: the same number by another way."""
    seen, other = table[table > 0], independent(table)[table > 0]
    return float((seen * np.log2(seen / other)).sum())


@cache
def by_pixel() -> Floats:
    """Mutual information (8, 8) in bits of each pixel's shade and the class."""
    found = [information(joint(column, kinds())) for column in pixels().T]
    return np.array(found).reshape(SIDE, SIDE)


@cache
def best() -> int:
    """The pixel, 0 to 63, that tells most about the class."""
    return int(by_pixel().argmax())


@cache
def table() -> Floats:
    """The joint distribution (4, 10) of the best pixel's shade and the class."""
    return joint(pixels()[:, best()], kinds())


@cache
def shuffled() -> Floats:
    """As :func:`by_pixel`, (20, 8, 8), for classes that were shuffled twenty times: what counting alone makes up."""
    rng = np.random.default_rng(SEED)
    mixed = [rng.permutation(kinds()) for _ in range(SHUFFLES)]
    found = [[information(joint(column, each)) for column in pixels().T] for each in mixed]
    return np.array(found).reshape(SHUFFLES, SIDE, SIDE)


CARDS: Final = np.array([[0.125] * 4 + [0.0] * 4, [0.0] * 4 + [0.125] * 4])
"""Joint distribution (2, 8) of shape and card: eight cards, four round and four square."""
