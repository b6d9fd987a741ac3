"""The landscape that is searched: how many held-out digits a support vector machine reads, at 81 × 9 settings.

The table (``data/landscape.npz``) was computed once by ``scripts/tuning_tables.py``; :func:`measure` computes one of
its cells.  Source of the data: scikit-learn's ``load_digits``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.datasets import load_digits
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import SVC

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

DATA: Final = Path(__file__).parent / "data"
ROWS: Final = 600
"""Digits that a search may use; the other 1,197 are not touched by it."""
FOLDS: Final = 5
GAMMAS: Final = np.linspace(-6, -1, 81)
"""Powers of ten of gamma, the width of the kernel: the search space, one side."""
COSTS: Final = np.linspace(-1, 3, 9)
"""Powers of ten of C, the price of a violation: the other side."""
NEAR: Final = 0.005
"""As near to the best score as we ask a search to come."""
EPSILON: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Landscape:
    """``right`` (81, 9, 5): held-out digits that were read, by gamma, C and fold; each fold has ``held`` of them."""

    right: Ints
    held: int

    @property
    def folds(self) -> Floats:
        """Accuracy of each fold, (81, 9, 5)."""
        return self.right / self.held

    @property
    def scores(self) -> Floats:
        """The objective function at each setting, the mean over folds, (81, 9)."""
        return np.asarray(self.folds.mean(axis=2))

    @property
    def best(self) -> float:
        """The highest score of the table."""
        return float(self.scores.max())

    def near(self, within: float = NEAR) -> npt.NDArray[np.bool_]:
        """Which settings (81, 9) score at most ``within`` less than the best."""
        return np.asarray(self.scores >= self.best - within - EPSILON)


def digits(seed: int = 0) -> tuple[Floats, Ints, Floats, Ints]:
    """Pictures (600, 64), 0 to 16, and names (600,) of digits that a search may use; the same of the others."""
    images, labels = load_digits(return_X_y=True)
    order = np.random.default_rng(seed).permutation(len(labels))
    own, rest = order[:ROWS], order[ROWS:]
    return images[own], labels[own], images[rest], labels[rest]


def machine(gamma: float, cost: float) -> SVC:
    """An untrained support vector machine, by the powers of ten of its two hyperparameters."""
    return SVC(C=10**cost, gamma=10**gamma)


def measure(gamma: float, cost: float) -> Ints:
    """One trial: how many held-out digits (5,) are right in each of five folds."""
    images, labels, _, _ = digits()
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    return np.array(
        [
            (machine(gamma, cost).fit(images[seen], labels[seen]).predict(images[held]) == labels[held]).sum()
            for seen, held in folds.split(images, labels)
        ]
    )


@cache
def landscape() -> Landscape:
    """The table that is kept."""
    with np.load(DATA / "landscape.npz") as kept:
        return Landscape(kept["right"].astype(np.int64), ROWS // FOLDS)
