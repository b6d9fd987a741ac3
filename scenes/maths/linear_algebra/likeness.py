"""How alike the handwritten digits are by cosine, with their mean picture and without it.

Source of the digits: E. Alpaydin & C. Kaynak, Optical recognition of handwritten digits (UCI 1998), as shipped with
scikit-learn.  Cosine similarity: Manning, Raghavan & Schütze, Introduction to Information Retrieval (2008), section 6.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scenes.maths.linear_algebra.picture import Array, cosine, digits

HALF: Final = 898
"""Digits of the first half of the file; 899 are in the second, by other writers."""
EDGES: Final[Array] = np.linspace(-1.0, 1.0, 81)
"""Edges of the bins in which cosines of pairs are counted."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Cosines of all pairs of digits: the least, their mean, and ``share`` (80,) of pairs in each bin of EDGES."""

    least: float
    mean: float
    share: Array


def pairs(*, centred: bool) -> Alike:
    """Cosines of all pairs of two different digits; ``centred`` takes the mean picture from each first."""
    unit = _unit(_values(centred, slice(None)))
    rows, columns = np.triu_indices(len(unit), 1)
    found = (unit @ unit.T)[rows, columns]
    counts, _ = np.histogram(found, EDGES)
    return Alike(float(found.min()), float(found.mean()), counts / len(found))


def of_pair(one: int, other: int, *, centred: bool = False) -> float:
    """The cosine of two digits, by their rows in the file."""
    values = _values(centred, slice(None))
    return float(cosine(values[one], values[[other]])[0])


def named_by_first_half(*, centred: bool) -> float:
    """Share of the second half's digits that are of the kind of the most similar one in the first half.

    The mean picture is that of the first half, since the second is unseen.
    """
    unit, kinds = _unit(_values(centred, slice(HALF))), digits().kinds
    nearest = (unit[HALF:] @ unit[:HALF].T).argmax(axis=1)
    return float((kinds[:HALF][nearest] == kinds[HALF:]).mean())


def _values(centred: bool, seen: slice) -> Array:
    values = digits().values
    return values - values[seen].mean(axis=0) if centred else values


def _unit(values: Array) -> Array:
    return np.asarray(values / np.linalg.norm(values, axis=1, keepdims=True))
