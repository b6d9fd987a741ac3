"""What each scheme costs: models, rows and blocks of work; and times that were measured once.

Source: C.-W. Hsu and C.-J. Lin, A comparison of methods for multiclass support vector machines, IEEE Transactions
on Neural Networks 13 (2002).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from sklearn.datasets import load_digits

from scenes.maths.multiclass.regions import Floats
from scenes.maths.multiclass.schemes import Labels

TIMES: Final = Path(__file__).parent / "times.csv"
"""CPU seconds, made by ``scripts/multiclass_times.py``."""
GAMMA: Final = 0.05
"""Of the RBF kernel that is timed, for pixels from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Bill:
    """``models`` of a scheme, the ``rows`` that each is trained on, and the power by which its work grows."""

    models: int
    rows: int

    @property
    def total(self) -> int:
        """Rows of all models together."""
        return self.models * self.rows

    def work(self, power: float) -> float:
        """Work of all models together, if that of one is its rows to this ``power``."""
        return float(self.models * float(self.rows) ** power)


def rest(classes: int, each: int) -> Bill:
    """One-vs-rest on K classes of ``each`` rows: K models of all rows."""
    return Bill(classes, classes * each)


def pairs(classes: int, each: int) -> Bill:
    """One-vs-one: K(K−1)/2 models of the rows of two classes.  Balanced classes."""
    return Bill(classes * (classes - 1) // 2, 2 * each)


@dataclass(frozen=True, slots=True)
class Times:
    """CPU seconds of training, by ``rows`` (n,): ``rest`` and ``pairs`` (n,)."""

    rows: Floats
    rest: Floats
    pairs: Floats

    @property
    def ratio(self) -> Floats:
        """How many times longer one-vs-rest took, (n,)."""
        return self.rest / self.pairs


def measured() -> Times:
    """The times that are kept, one row a size."""
    with TIMES.open(encoding="utf-8") as file:
        table = np.array([[float(cell) for cell in row] for row in list(csv.reader(file))[1:]])
    return Times(*table.T)


def shifted() -> tuple[Floats, Labels]:
    """scikit-learn's digits (8985, 64), from 0 to 1, each also moved one pixel in four ways; and what they show."""
    images, labels = load_digits(return_X_y=True)
    pictures = images.reshape(-1, 8, 8) / 16
    moved = [np.roll(pictures, step, axis) for axis in (2, 1) for step in (1, -1)]
    order = np.random.default_rng(0).permutation(5 * len(labels))
    return np.concatenate([pictures, *moved]).reshape(-1, 64)[order], np.tile(labels, 5)[order].astype(
        np.intp
    )
