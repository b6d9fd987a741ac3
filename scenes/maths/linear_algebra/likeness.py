"""How alike the handwritten digits are by cosine: two of the same digit, and two of different ones.

Source of the digits: E. Alpaydin & C. Kaynak, Optical recognition of handwritten digits (UCI 1998), as shipped with
scikit-learn.  Cosine similarity: Manning, Raghavan & Schütze, Introduction to Information
Retrieval (2008), section 6.3.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from scenes.maths.linear_algebra.picture import Array, cosine, digits
from scenes.maths.shared.memo import remembered

EDGES: Final[Array] = np.linspace(-1.0, 1.0, 81)
"""Edges of the bins in which cosines of pairs are counted."""


@remembered
def counts(same: bool) -> Array:
    """(80,): pairs of pictures of the ``same`` digit, or of different ones, counted by cosine in bins of EDGES."""
    cosines, alike = _all_pairs()
    return np.histogram(cosines[alike == same], EDGES)[0].astype(float)


@remembered
def same_from(least: float) -> float:
    """Of all pairs of pictures whose cosine is ``least`` or more, the share that show the same digit."""
    cosines, alike = _all_pairs()
    return float(alike[cosines >= least].mean())


def _all_pairs() -> tuple[Array, NDArray[np.bool_]]:
    """Of all pairs of pictures: their cosines, and whether both show the same digit."""
    data = digits()
    unit = data.values / np.linalg.norm(data.values, axis=1, keepdims=True)
    rows, columns = np.triu_indices(len(unit), 1)
    return (unit @ unit.T)[rows, columns], data.kinds[rows] == data.kinds[columns]


def of_pair(one: int, other: int) -> float:
    """The cosine of two digits, by their rows in the file."""
    values = digits().values
    return float(cosine(values[one], values[[other]])[0])
