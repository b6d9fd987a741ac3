"""How alike the handwritten digits are by cosine: two of the same digit, and two of different ones.

Source of the digits: E. Alpaydin & C. Kaynak, Optical recognition of handwritten digits (UCI 1998), as shipped with
scikit-learn.  Cosine similarity: Manning, Raghavan & Schütze, Introduction to Information
Retrieval (2008), section 6.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scenes.maths.linear_algebra.picture import Array, cosine, digits
from scenes.maths.shared.memo import remembered

EDGES: Final[Array] = np.linspace(-1.0, 1.0, 81)
"""Edges of the bins in which cosines of pairs are counted."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Cosines of pairs of digits: their mean, and ``share`` (80,) of them in each bin of EDGES."""

    mean: float
    share: Array


@remembered
def pairs(same: bool, centred: bool = False) -> Alike:
    """Cosines of all pairs of two pictures of the ``same`` digit, or of all pairs of different digits.

    With ``centred``, of the pictures less the mean picture.
    """
    cosines, alike = _all_pairs(centred)
    found = cosines[alike == same]
    counts, _ = np.histogram(found, EDGES)
    return Alike(float(found.mean()), counts / len(found))


@remembered
def same_from(least: float) -> float:
    """Of all pairs of pictures whose cosine is ``least`` or more, the share that show the same digit."""
    cosines, alike = _all_pairs()
    return float(alike[cosines >= least].mean())


def _all_pairs(centred: bool = False) -> tuple[Array, NDArray[np.bool_]]:
    """Of all pairs of pictures: their cosines, and whether both show the same digit."""
    data = digits()
    values = data.values - data.mean * centred
    unit = values / np.linalg.norm(values, axis=1, keepdims=True)
    rows, columns = np.triu_indices(len(unit), 1)
    return (unit @ unit.T)[rows, columns], data.kinds[rows] == data.kinds[columns]


def of_pair(one: int, other: int) -> float:
    """The cosine of two digits, by their rows in the file."""
    values = digits().values
    return float(cosine(values[one], values[[other]])[0])
