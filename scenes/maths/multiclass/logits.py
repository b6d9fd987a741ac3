"""Softmax, cross-entropy and their descent, in plain numbers.

Source: C. Bishop, Pattern Recognition and Machine Learning (2006), section 4.3.4.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray

from scenes.maths.multiclass import schemes
from scenes.maths.multiclass.regions import Floats
from scenes.maths.multiclass.schemes import Labels, Lines

HAND: Final[Floats] = np.log([6.0, 3.0, 1.0])
"""Three logits whose exponentials are 6, 3 and 1."""
BOTH: Final[Floats] = np.log([9.0, 9.0])
"""Logits of two labels that are both true."""
RATE: Final = 0.5
"""Learning rate of the descent."""
STEPS: Final = 120


def softmax(logits: npt.ArrayLike) -> Floats:
    """Probabilities (…, K) of ``logits`` (…, K): exponentials over their sum; the largest logit is taken off first."""
    z = np.asarray(logits, dtype=float)
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def sigmoid(difference: npt.ArrayLike) -> Floats:
    """1 / (1 + e^−z)."""
    return np.asarray(1 / (1 + np.exp(-np.asarray(difference, dtype=float))))


def calibrated(given: float, cases: int) -> NDArray[np.bool_]:
    """Which of so many ``cases`` are true (n,), where probabilities of ``given`` hold; the true ones come first."""
    return np.asarray(np.arange(cases) < round(given * cases))


def loss(logits: Floats, true: int) -> float:
    """Cross-entropy −ln p of the ``true`` class, in nats, of logits (K,)."""
    return float(-np.log(softmax(logits)[true]))


def gradient(logits: Floats, true: int) -> Floats:
    """Slope (K,) of :func:`loss` by each logit: p − 1 for the true class, p for the others."""
    return np.asarray(softmax(logits) - np.eye(len(logits))[true])


def descend(points: Floats, labels: Labels, steps: int = STEPS) -> list[Lines]:
    """Gradient descent from zero on the mean cross-entropy of linear logits: all steps + 1 states."""
    wide = np.column_stack([points, np.ones(len(points))])
    truth = np.eye(labels.max() + 1)[labels]
    found = np.zeros((truth.shape[1], wide.shape[1]))
    states = [found]
    for _ in range(steps):
        found = found - RATE * (softmax(wide @ found.T) - truth).T @ wide / len(wide)
        states.append(found)
    return [Lines(each[:, :-1], each[:, -1]) for each in states]


def trained(classes: int = 3) -> list[Lines]:
    """The descent on the blobs that are shown."""
    return descend(*schemes.blobs(classes))
