"""The small examples that are followed by hand."""

from __future__ import annotations

from typing import Final

import numpy as np

from scenes.maths.partial_dependence import curves
from scenes.maths.partial_dependence.curves import Floats

LOW: Final = np.array([1.0, 3.0, 8.0])
HIGH: Final = np.array([2.0, 5.0, 14.0])
"""Prices of three stones in thousand dollars, forced to SI2 and to VVS1."""

CROSS: Final = np.array([[-4.0, 4.0], [4.0, -4.0]])
"""Predictions for two rows at both ends of a feature: one gains what the other loses."""

LOCAL: Final = (np.array([2.0, 4.0]), np.array([1.0, 3.0]))
"""Local effects of two rows in each of two intervals."""


def forced() -> Floats:
    """Prices (3, 2) of three stones, forced to SI2 and to VVS1."""
    return np.column_stack([LOW, HIGH])


def steps() -> Floats:
    """Mean local effects (2,) of the intervals."""
    return np.array([each.mean() for each in LOCAL])


def stairs() -> tuple[Floats, Floats]:
    """Sums (3,) of the steps, and the same after centring."""
    sums = np.concatenate([[0.0], np.cumsum(steps())])
    return sums, curves.accumulated(steps(), np.array([len(each) for each in LOCAL]))
