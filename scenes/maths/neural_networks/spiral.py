"""Two spirals that a small network learns to part by plain descent: one run, what its units add, twenty starts.

Source for the task: K. Lang and M. Witbrock, Learning to tell two spirals apart (Proceedings of the 1988 Connectionist
Models Summer School); the data here are simulated.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from scenes.maths.neural_networks.network import (
    TANH,
    Layer,
    Layers,
    Training,
    blame,
    forward,
    log_loss,
    step,
    train,
)
from scenes.maths.shared.memo import remembered

Floats = NDArray[np.float64]

SIZES: Final = (2, 8, 8, 1)
RATE: Final = 0.5
STEPS: Final = 1000
STARTS: Final = 20


@dataclass(frozen=True, slots=True)
class Spirals:
    """``points`` (n, 2) without units and ``arm`` (n,), 0 or 1."""

    points: Floats
    arm: NDArray[np.intp]

    @property
    def truth(self) -> Floats:
        """Labels (n, 1) as numbers."""
        return self.arm[:, None].astype(float)


def spirals(count: int = 100, noise: float = 0.04, seed: int = 0) -> Spirals:
    """Two arms of ``count`` points, one the other turned by half a turn, with normal noise."""
    rng = np.random.default_rng(seed)
    along = np.linspace(0.3, 3.2, count) * 1.1
    arms = []
    for arm in (0, 1):
        angle = 1.6 * along + np.pi * arm
        way = (along / 3.5)[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
        arms.append(way + rng.normal(0, noise, (count, 2)))
    return Spirals(np.concatenate(arms), np.repeat(np.array([0, 1], dtype=np.intp), count))


def start(seed: int) -> Layers:
    """Random layers of :data:`SIZES`: normal weights of variance 1/n_in, biases 0."""
    rng = np.random.default_rng(seed)
    return tuple(
        Layer(rng.normal(0, np.sqrt(1 / n_in), (n_in, n_out)), np.zeros(n_out))
        for n_in, n_out in itertools.pairwise(SIZES)
    )


@remembered
def unwind(keep: tuple[int, ...]) -> Training:
    """The spirals learned from the first start, all points in each step, without momentum; ``keep`` names steps."""
    data = spirals()
    return train(start(0), data.points, data.truth, TANH, rate=RATE, steps=STEPS, keep=keep)


def straight() -> Layer:
    """The line of logistic regression that was fitted to the spirals."""
    data = spirals()
    fitted = LogisticRegression().fit(data.points, data.arm)
    return Layer(fitted.coef_.T, fitted.intercept_)


def straight_share() -> float:
    """Share of fresh points that it gets right."""
    fresh = spirals(1000, seed=1)
    return float(((straight()(fresh.points)[:, 0] > 0) == (fresh.arm == 1)).mean())


@remembered
def descend(epochs: int = 60, seed: int = 0) -> Floats:
    """Mean log loss (epochs + 1,) of all points when each step takes all of them, from the start of ``seed``."""
    data = spirals()
    return train(start(seed), data.points, data.truth, TANH, rate=RATE, steps=epochs).loss


BATCH: Final = 20
"""Points of a mini-batch."""


@remembered
def descend_by_batches(epochs: int = 60, seed: int = 0) -> Floats:
    """Mean log loss of all points before the first step and after each, when a step follows each mini-batch.

    As many steps as there are batches in ``epochs`` epochs, from the start of ``seed``, at the same rate.
    """
    data, layers, rng = spirals(), start(seed), np.random.default_rng(seed)
    loss = [float(log_loss(forward(layers, data.points, TANH).outputs, data.truth))]
    for _ in range(epochs):
        for part in np.array_split(rng.permutation(len(data.points)), len(data.points) // BATCH):
            layers = step(layers, blame(layers, data.points[part], data.truth[part], TANH), RATE)
            loss.append(float(log_loss(forward(layers, data.points, TANH).outputs, data.truth)))
    return np.array(loss)


@dataclass(frozen=True, slots=True)
class Repeated:
    """Twenty starts after the last step: points right of the 200 that were ``seen`` (20,), share right of 2,000 that
    were not, ``unseen`` (20,)."""

    seen: NDArray[np.intp]
    unseen: Floats


@remembered
def repeat() -> Repeated:
    """The same training from each of :data:`STARTS` starts, judged on its points and on fresh ones."""
    data, fresh = spirals(), spirals(1000, seed=1)
    starts = [start(seed) for seed in range(STARTS)]
    together = tuple(
        Layer(np.stack([each.weights for each in row]), np.stack([each.bias for each in row]))
        for row in zip(*starts, strict=True)
    )
    training = train(together, data.points, data.truth, TANH, rate=RATE, steps=STEPS)
    outputs = forward(training.layers[-1], fresh.points, TANH).outputs[..., 0]
    seen = np.rint(len(data.points) * training.right[-1]).astype(np.intp)
    return Repeated(seen, ((outputs > 0) == (fresh.arm == 1)).mean(axis=-1))
