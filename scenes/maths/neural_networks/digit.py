"""Ten classes: handwritten digits learned by a small network with softmax, judged on digits that it has not seen.

Data: 8 × 8 pictures of handwritten digits (Alpaydin and Kaynak 1998), as shipped with scikit-learn: the first half of
the rows is learned, the second half is not seen.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score

from scenes.maths.neural_networks.network import RELU, Layer, Layers, forward, guess, log_loss, train
from scenes.maths.shared.memo import remembered

Floats = NDArray[np.float64]

SIZES: Final = (64, 32, 10)
RATE: Final = 0.5
STEPS: Final = 500
"""After which the network is judged: all seen digits are right by then."""
PENALTIES: Final = (0.1, 1.0, 10.0, 100.0)
"""Inverse strengths among which that of the linear model is chosen."""
SEEN: Final = 898
"""Rows that are learned; the other 899 are not."""


@dataclass(frozen=True, slots=True)
class Halves:
    """``pictures`` (n, 8, 8) from 0 to 16, ``x`` (n, 64) centred on the seen rows and divided by 16, ``kind`` (n,)."""

    pictures: Floats
    x: Floats
    kind: NDArray[np.intp]

    @property
    def truth(self) -> Floats:
        """(n, 10) of zeros and ones."""
        return np.eye(SIZES[-1])[self.kind]


@cache
def halves() -> Halves:
    """All 1,797 digits in their order."""
    pixels, kind = load_digits(return_X_y=True)
    return Halves(pixels.reshape(-1, 8, 8), (pixels - pixels[:SEEN].mean(axis=0)) / 16, kind.astype(np.intp))


@dataclass(frozen=True, slots=True)
class Learned:
    """One training: ``steps`` (m,) at which it was looked at, and then the mean log loss (m,) and the share right (m,)
    of seen and unseen digits; ``logits`` (m, 899, 10) of the unseen."""

    steps: NDArray[np.intp]
    loss: Floats
    unseen_loss: Floats
    right: Floats
    unseen_right: Floats
    logits: Floats

    @property
    def chances(self) -> Floats:
        """Probabilities (m, 899, 10) of the unseen digits' classes."""
        return guess(self.logits)

    @property
    def validation_loss(self) -> Floats:
        """Mean log loss (m,) of the :func:`validation` digits, which are neither learned nor test digits."""
        rows = validation()
        return log_loss(self.logits[:, rows], halves().truth[SEEN + rows])


def validation() -> NDArray[np.intp]:
    """A random half (449,) of the digits that are not learned, by their number among these."""
    count = len(halves().x) - SEEN
    return np.random.default_rng(0).permutation(count)[: count // 2]


@cache
def watched(starts: int = 5) -> tuple[Learned, ...]:
    """The same training from several starts."""
    return tuple(learn(seed) for seed in range(starts))


def start(seed: int) -> Layers:
    """Random layers of :data:`SIZES` by He's rule, biases 0."""
    rng = np.random.default_rng(seed)
    return tuple(
        Layer(rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out)), np.zeros(n_out))
        for n_in, n_out in itertools.pairwise(SIZES)
    )


@remembered
def learn(seed: int, steps: int = 2000, looks: int = 60) -> Learned:
    """Full batches, ReLU, He's start from ``seed``; looked at about ``looks`` times, evenly by the logarithm."""
    data, layers = halves(), start(seed)
    keep = np.unique([1, STEPS, *np.geomspace(1, steps, looks).round().astype(int)])
    seen, rest = slice(None, SEEN), slice(SEEN, None)
    training = train(layers, data.x[seen], data.truth[seen], RELU, rate=RATE, steps=steps, keep=keep.tolist())
    outputs = np.stack([forward(each, data.x[rest], RELU).outputs for each in training.layers])
    at = list(training.kept)
    return Learned(
        steps=np.array(at, dtype=np.intp),
        loss=training.loss[at],
        unseen_loss=log_loss(outputs, data.truth[rest]),
        right=training.right[at],
        unseen_right=(outputs.argmax(axis=-1) == data.kind[rest]).mean(axis=-1),
        logits=outputs,
    )


@remembered
def rivals(count: int = 20) -> Floats:
    """Share of unseen digits right (count, 2), for as many random halves of all digits: by a linear model, which is
    softmax regression whose penalty is chosen on the seen half (five folds), and by the network after
    :data:`STEPS` steps."""
    data, found = halves(), []
    for seed in range(count):
        rows = np.random.default_rng(seed).permutation(len(data.x))
        seen, rest = rows[:SEEN], rows[SEEN:]
        x = data.x - data.x[seen].mean(axis=0)
        folds = StratifiedKFold(5, shuffle=True, random_state=seed)
        tries = [
            cross_val_score(LogisticRegression(C=c, max_iter=5000), x[seen], data.kind[seen], cv=folds).mean()
            for c in PENALTIES
        ]
        c = PENALTIES[int(np.argmax(tries))]
        linear = LogisticRegression(C=c, max_iter=5000).fit(x[seen], data.kind[seen])
        layers = train(start(seed), x[seen], data.truth[seen], RELU, rate=RATE, steps=STEPS).layers[-1]
        said = forward(layers, x[rest], RELU).outputs.argmax(axis=-1)
        found.append([(each == data.kind[rest]).mean() for each in (linear.predict(x[rest]), said)])
    return np.array(found)
