"""How alike the handwritten digits are by cosine, with their mean picture and without it.

Source of the digits: E. Alpaydin & C. Kaynak, Optical recognition of handwritten digits (UCI 1998), as shipped with
scikit-learn.  Cosine similarity: Manning, Raghavan & Schütze, Introduction to Information
Retrieval (2008), section 6.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scenes.maths.linear_algebra.picture import Array, cosine, digits
from scenes.maths.shared.memo import remembered

EDGES: Final[Array] = np.linspace(-1.0, 1.0, 81)
"""Edges of the bins in which cosines of pairs are counted."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Cosines of all pairs of digits: the least, their mean, and ``share`` (80,) of pairs in each bin of EDGES."""

    least: float
    mean: float
    share: Array


@remembered
def pairs(away: float = 0.0) -> Alike:
    """Cosines of all pairs of two different digits, ``away`` (0 to 1) of the mean picture taken from each first."""
    unit = _unit(_without(away))
    rows, columns = np.triu_indices(len(unit), 1)
    found = (unit @ unit.T)[rows, columns]
    counts, _ = np.histogram(found, EDGES)
    return Alike(float(found.min()), float(found.mean()), counts / len(found))


def of_pair(one: int, other: int, away: float = 0.0) -> float:
    """The cosine of two digits, by their rows in the file, as :func:`pairs` has it."""
    values = _without(away)
    return float(cosine(values[one], values[[other]])[0])


def _without(away: float) -> Array:
    values = digits().values
    return np.asarray(values - away * values.mean(axis=0))


def _unit(values: Array) -> Array:
    return np.asarray(values / np.linalg.norm(values, axis=1, keepdims=True))
