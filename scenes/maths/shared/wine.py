"""The wines of Aeberhard and Forina: 178 of them, 13 measures, three growers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_wine

Array: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Wines:
    """178 wines: ``measures`` (178, 13) in their own units, their ``names``, and ``cultivar`` (178,) 0 to 2.

    Source: Aeberhard & Forina, Wine (UCI repository), as shipped with scikit-learn.
    """

    measures: Array
    cultivar: Rows
    names: tuple[str, ...]

    @property
    def spread(self) -> Array:
        """(13,) standard deviation of each measure, in its own unit."""
        return np.asarray(self.measures.std(axis=0))


def wines() -> Wines:
    """The wines in the order of the table."""
    bunch = load_wine()
    return Wines(bunch.data, bunch.target.astype(np.intp), tuple(bunch.feature_names))
