"""Fisher's irises: 150 flowers of three species, measured in centimetres to the nearest millimetre.

Source: R. A. Fisher, The use of multiple measurements in taxonomic problems, Annals of Eugenics 7 (1936),
as shipped with scikit-learn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_iris


class Measure(IntEnum):
    """The columns of Fisher's table, all in centimetres."""

    SEPAL_LENGTH = 0
    SEPAL_WIDTH = 1
    PETAL_LENGTH = 2
    PETAL_WIDTH = 3


class Species(IntEnum):
    """The three species, 50 flowers each."""

    SETOSA = 0
    VERSICOLOR = 1
    VIRGINICA = 2


@dataclass(frozen=True, slots=True)
class Flowers:
    """``points`` (n, d) in cm, one column a measure; ``species`` (n,), values of :class:`Species`."""

    points: NDArray[np.float64]
    species: NDArray[np.intp]
    measures: tuple[Measure, ...]

    @property
    def sides(self) -> NDArray[np.float64]:
        """(n,) labels of a two-group task: -1 for the lower species, +1 for the higher.

        Raises ``ValueError`` unless exactly two species are present.
        """
        present = np.unique(self.species)
        if len(present) != 2:
            raise ValueError(f"two sides need two species; these flowers have {len(present)}")
        return np.where(self.species == present[0], -1.0, 1.0)


def irises(
    measures: Sequence[Measure] = tuple(Measure), species: Sequence[Species] = tuple(Species)
) -> Flowers:
    """The irises of ``species`` in the order of Fisher's table, with only the columns ``measures``."""
    table, kind = load_iris(return_X_y=True)
    wanted = np.isin(kind, np.array(species))
    columns = np.array(measures)
    return Flowers(table[wanted][:, columns], kind[wanted].astype(np.intp), tuple(measures))
