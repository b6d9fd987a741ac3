"""Learning rates and early stopping on 442 patients with diabetes.

Source: J. Friedman, Greedy function approximation: a gradient boosting machine, The Annals of Statistics 29 (2001),
section 5.  Data: B. Efron et al., Least Angle Regression, The Annals of Statistics 32 (2004), as kept by scikit-learn:
ten features, and a measure of the disease's progression after a year.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.model_selection import KFold

from scenes.maths.gradient_boosting.stairs import Floats
from scenes.maths.shared.memo import remembered

RATES: Final = (1.0, 0.1, 0.03)
TREES: Final = 600
DEPTH: Final = 2
FOLDS: Final = 5
SHUFFLES: Final = 3
PATIENCE: Final = 10
"""Rounds without a better validation error after which training is stopped."""


@dataclass(frozen=True, slots=True)
class Course:
    """Root mean squared errors after 1 to 600 trees, (shuffles, 600): on rows that were fitted, and on unseen folds."""

    rate: float
    fitted: Floats
    unseen: Floats

    @property
    def best(self) -> Floats:
        """(shuffles,): number of trees with the least unseen error."""
        return np.asarray(self.unseen.argmin(axis=1) + 1)

    @property
    def least(self) -> float:
        """The least unseen error, mean of the shuffles."""
        return float(self.unseen.min(axis=1).mean())


def patients() -> tuple[Floats, Floats]:
    """Features (442, 10) and the progression (442,)."""
    features, target = load_diabetes(return_X_y=True)
    return np.asarray(features), np.asarray(target)


def model(rate: float, trees: int = TREES) -> GradientBoostingRegressor:
    """scikit-learn's, with trees of two levels and squared loss."""
    return GradientBoostingRegressor(n_estimators=trees, learning_rate=rate, max_depth=DEPTH, random_state=0)


@remembered
def course(rate: float) -> Course:
    """Three shuffles of five folds; roots of mean errors of the folds."""
    features, target = patients()
    fitted, unseen = [], []
    for seed in range(SHUFFLES):
        inside: list[list[float]] = []
        outside: list[list[float]] = []
        for train, rest in KFold(FOLDS, shuffle=True, random_state=seed).split(features):
            fit = model(rate).fit(features[train], target[train])
            for rows, told in ((train, inside), (rest, outside)):
                told.append(
                    [((target[rows] - guess) ** 2).mean() for guess in fit.staged_predict(features[rows])]
                )
        fitted.append(np.sqrt(np.mean(inside, axis=0)))
        unseen.append(np.sqrt(np.mean(outside, axis=0)))
    return Course(rate, np.array(fitted), np.array(unseen))


@remembered
def guessing() -> float:
    """Root mean squared error on unseen folds of who predicts the mean of the fitted rows; mean of the shuffles."""
    features, target = patients()
    return float(
        np.mean(
            [
                np.sqrt(
                    np.mean(
                        [
                            ((target[rest] - target[train].mean()) ** 2).mean()
                            for train, rest in KFold(FOLDS, shuffle=True, random_state=seed).split(features)
                        ]
                    )
                )
                for seed in range(SHUFFLES)
            ]
        )
    )


def stopped(errors: Floats, patience: int = PATIENCE) -> tuple[int, int]:
    """Early stopping on validation ``errors`` (m,): the best number of trees, and that at which training ends.

    It ends when ``patience`` rounds have brought nothing better, or at the last round.
    """
    best = 0
    for number in range(len(errors)):
        if errors[number] < errors[best]:
            best = number
        if number - best >= patience:
            return best + 1, number + 1
    return best + 1, len(errors)


@remembered
def residuals(rate: float = 0.1, trees: int = 50) -> tuple[Floats, Floats]:
    """(442,) each: residuals of patients whom the model was fitted to, and of the same patients unseen (first shuffle).

    A fitted residual is that in the model of the next fold's training rows, so that each patient has one of both kinds.
    """
    features, target = patients()
    folds = list(KFold(FOLDS, shuffle=True, random_state=0).split(features))
    inside, outside = np.zeros(len(target)), np.zeros(len(target))
    fits = [model(rate, trees).fit(features[train], target[train]) for train, _ in folds]
    for number, (_, rest) in enumerate(folds):
        outside[rest] = target[rest] - fits[number].predict(features[rest])
        inside[rest] = target[rest] - fits[(number + 1) % FOLDS].predict(features[rest])
    return inside, outside
