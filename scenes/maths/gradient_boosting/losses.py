"""Losses, their negative gradients, and the path of two rows down a bowl.

Source: J. Friedman, Greedy function approximation: a gradient boosting machine, The Annals of Statistics 29 (2001),
section 2 and algorithm 1; T. Hastie, R. Tibshirani & J. Friedman, The Elements of Statistical Learning (2009),
section 10.10.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit

from scenes.maths.gradient_boosting.stairs import HAND_STEPS, HAND_X, HAND_Y, Floats, by_hand

Loss = Literal["squared", "absolute", "log"]

PAIR: Final = slice(0, 2)
"""The rows whose predictions are the two axes."""


def loss(kind: Loss, y: ArrayLike, model: ArrayLike) -> Floats:
    """The cost of each prediction: ½(y − F)², |y − F|, or for labels 0 and 1 the log loss of log-odds F."""
    truth, total = np.asarray(y, dtype=float), np.asarray(model, dtype=float)
    match kind:
        case "squared":
            return np.asarray((truth - total) ** 2 / 2)
        case "absolute":
            return np.asarray(np.abs(truth - total))
        case "log":
            return np.asarray(np.logaddexp(0.0, total) - truth * total)


def downhill(kind: Loss, y: ArrayLike, model: ArrayLike) -> Floats:
    """Minus the derivative of the loss by the prediction: the residual, its sign, or y − p."""
    truth, total = np.asarray(y, dtype=float), np.asarray(model, dtype=float)
    match kind:
        case "squared":
            return np.asarray(truth - total)
        case "absolute":
            return np.asarray(np.sign(truth - total))
        case "log":
            return np.asarray(truth - expit(total))


def bowl(first: ArrayLike, second: ArrayLike) -> Floats:
    """Loss of the first two rows, half the squared errors summed, at predictions ``first`` and ``second``."""
    aims = HAND_Y[PAIR]
    return np.asarray(loss("squared", aims[0], first) + loss("squared", aims[1], second))


def path(rate: float = 1.0) -> Floats:
    """(4, 2): predictions of the first two rows, from the mean on, as the stumps of all four rows move them."""
    stairs = by_hand(rate)
    return np.array([stairs.at(HAND_X, steps)[PAIR] for steps in range(HAND_STEPS + 1)])


def shadow() -> Floats:
    """(2,): of the first negative gradient, what a leaf that holds both rows can do: both by its mean."""
    arrow = downhill("squared", HAND_Y, by_hand().at(HAND_X, 0))[PAIR]
    return np.full(2, arrow.mean())
