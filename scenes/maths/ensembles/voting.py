"""A majority vote of models, by hand and with independent errors.

Sources: T. G. Dietterich, Ensemble methods in machine learning (2000); L. I. Kuncheva et al., Limits on the majority
vote accuracy in classifier fusion, Pattern Analysis and Applications 6 (2003).
"""

from __future__ import annotations

from math import comb
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]

CASES: Final = 10
"""Cases on which the three models of the opening are asked."""
SAME: Final = ((1, 2, 3), (1, 2, 3), (1, 2, 3))
"""Cases, from 1, that each of three models gets wrong: all the same."""
APART: Final = ((1, 2, 3), (4, 5, 6), (7, 8, 9))
"""No case is wrong for two of them."""
PAIRS: Final = ((1, 2, 3), (1, 2, 4), (1, 3, 4))
"""Errors overlap in pairs: four cases are lost."""


def marks(wrong: tuple[tuple[int, ...], ...]) -> Bools:
    """(models, 10): whether a model errs on a case; ``wrong`` are its wrong cases, counted from 1."""
    table = np.zeros((len(wrong), CASES), dtype=bool)
    for model, cases in enumerate(wrong):
        table[model, np.array(cases) - 1] = True
    return table


def vote_fails(errs: Bools) -> Bools:
    """(cases,): whether more than half of the models, the rows of ``errs`` (models, cases), are wrong."""
    return np.asarray(errs.sum(axis=0) * 2 > len(errs))


def independent(count: int, right: float) -> float:
    """Chance that a majority of ``count`` models is right, each with chance ``right``, errors independent.

    Raises ``ValueError`` for an even count, where votes tie.
    """
    if count % 2 == 0:
        raise ValueError(f"a vote of {count} may tie; the count has to be odd")
    return sum(
        comb(count, k) * right**k * (1 - right) ** (count - k) for k in range(count // 2 + 1, count + 1)
    )
