"""Softmax regression on the digits, trained from zero weights: what it pays for the true class as it learns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from scenes.maths.information_theory.bits import Floats
from scenes.maths.shared.memo import remembered

SPLITS: Final = 20
TRAINED: Final = 1000
"""Digits that the model is trained on; the other 797 are unseen."""
RATE: Final = 0.5
STEPS: Final = tuple(
    np.unique(np.concatenate([[0], np.geomspace(1, 1000, 40).astype(int), [30, 100]])).tolist()
)
"""Steps whose state is kept."""


@dataclass(frozen=True, slots=True)
class Training:
    """One split: what was given to the true class of each unseen digit, step by step."""

    rows: NDArray[np.int_]
    """Rows (797,) of the unseen digits among the 1,797."""
    given: Floats
    """Probabilities (steps, 797, 10)."""
    truth: NDArray[np.int_]
    """Classes (797,)."""
    steps: tuple[int, ...]
    """After how many steps each state was kept."""

    @property
    def prices(self) -> Floats:
        """Loss (steps, 797) in bits of each unseen digit."""
        return -np.log2(self.given[:, np.arange(len(self.truth)), self.truth])

    @property
    def losses(self) -> Floats:
        """Mean loss (steps,) in bits."""
        return np.asarray(self.prices.mean(axis=1))


def softmax(logits: Floats) -> Floats:
    """Probabilities (…, k) of ``logits`` (…, k): e to each, divided by their sum."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


@remembered
def train(split: int) -> Training:
    """Softmax regression on a stratified random split, by whole-batch gradient descent from zero weights.

    Pixels are scaled to 0 … 1 and a bias is learned too.  Source: C. Bishop, Pattern Recognition and Machine Learning
    (2006), section 4.3.4; the digits are those of E. Alpaydin and C. Kaynak (1998).
    """
    pixels, kinds = load_digits(return_X_y=True)
    seen, unseen = train_test_split(
        np.arange(len(kinds)), train_size=TRAINED, stratify=kinds, random_state=split
    )
    inputs = np.column_stack([pixels / 16, np.ones(len(kinds))])
    labels = np.eye(10)[kinds]
    weights = np.zeros((inputs.shape[1], 10))
    given, kept = [], []
    for step in range(STEPS[-1] + 1):
        if step in STEPS:
            given.append(softmax(inputs[unseen] @ weights))
            kept.append(step)
        slope = inputs[seen].T @ (softmax(inputs[seen] @ weights) - labels[seen]) / len(seen)
        weights -= RATE * slope
    return Training(unseen, np.array(given), kinds[unseen], tuple(kept))


@remembered
def losses() -> Floats:
    """Mean loss (20, steps) in bits on unseen digits of each split."""
    return np.array([train(split).losses for split in range(SPLITS)])


@remembered
def scores() -> Floats:
    """Share (20,) of the unseen digits whose class got most after the last step."""
    trained = [train(split) for split in range(SPLITS)]
    return np.array([(each.given[-1].argmax(axis=1) == each.truth).mean() for each in trained])


@remembered
def share_of_errors() -> Floats:
    """Share (20,) of the loss on unseen digits that those of the wrong class make, after the last step."""
    found = []
    for split in range(SPLITS):
        trained = train(split)
        missed = trained.given[-1].argmax(axis=1) != trained.truth
        found.append(trained.prices[-1][missed].sum() / trained.prices[-1].sum())
    return np.array(found)


def typical() -> int:
    """The split whose loss after the last step is the median of the twenty (the upper one of the middle two)."""
    return int(np.argsort(losses()[:, -1])[SPLITS // 2])


def images() -> Floats:
    """Images (1797, 8, 8) of the digits, brightness 0 … 1."""
    return np.asarray(load_digits().images / 16)
