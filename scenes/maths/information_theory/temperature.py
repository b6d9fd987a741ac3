"""The softmax and its temperature: on three logits, on the most doubtful digit, and in attention."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression

from scenes.maths.information_theory.bits import Floats, entropy
from scenes.maths.shared.memo import remembered

LOGITS: Final = (1.0, 0.0, -1.0)
"""Worked by hand."""
SEEN: Final = 1000
"""The first digits, on which the classifier is trained; it has not seen the other 797."""
TEMPERATURES: Final = (0.25, 1.0, 5.0)
DIMENSIONS: Final = (4, 16, 64, 256)
KEYS: Final = 16
QUERIES: Final = 500
SEEDS: Final = 5


def softmax(logits: ArrayLike, temperature: float = 1.0) -> Floats:
    """Probabilities (..., k) of ``logits`` (..., k) at a ``temperature`` above 0.

    Raises ``ValueError`` for another temperature.  Source: C. Bishop (2006), section 4.3.4; G. Hinton et al.,
    Distilling the knowledge in a neural network (2015), for the temperature.
    """
    if not temperature > 0:
        raise ValueError(f"a temperature lies above 0, not at {temperature}")
    scaled = np.asarray(logits, dtype=float) / temperature
    raised = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


@dataclass(frozen=True, slots=True)
class Doubt:
    """The unseen digit on which the classifier is least sure."""

    row: int
    """Among all 1,797 digits."""
    kind: int
    image: Floats
    """Brightness (8, 8), 0 to 1."""
    logits: Floats
    """Scores (10,)."""

    def chances(self, temperature: float = 1.0) -> Floats:
        """Probabilities (10,) of the classes."""
        return softmax(self.logits, temperature)

    def entropy(self, temperature: float = 1.0) -> float:
        """Entropy in bits of :meth:`chances`."""
        return entropy(self.chances(temperature))


@remembered
def doubts() -> tuple[Floats, Floats]:
    """Logits (797, 10) of the unseen digits, and the entropy (797,) in bits of the classifier's answers."""
    data, kinds = load_digits(return_X_y=True)
    model = LogisticRegression(C=1, max_iter=3000).fit(data[:SEEN] / 16, kinds[:SEEN])
    logits = np.asarray(model.decision_function(data[SEEN:] / 16), dtype=float)
    return logits, np.array([entropy(each) for each in softmax(logits)])


@cache
def most_doubtful() -> Doubt:
    """The one of greatest entropy at T = 1."""
    logits, entropies = doubts()
    place, digits = int(entropies.argmax()), load_digits()
    row = SEEN + place
    return Doubt(row, int(digits.target[row]), np.asarray(digits.images[row] / 16), logits[place])


# Attention


@cache
def vectors(dimension: int, seed: int) -> tuple[Floats, Floats]:
    """Random queries (500, d) and 16 keys for each (500, 16, d): independent entries of mean 0 and variance 1."""
    rng = np.random.default_rng(seed)
    queries = rng.normal(size=(QUERIES, dimension))
    return queries, rng.normal(size=(QUERIES, KEYS, dimension))


@cache
def scores(dimension: int, seed: int) -> Floats:
    """Dot products (500, 16) of the queries of :func:`vectors` with their keys."""
    return np.asarray(np.einsum("nd,nkd->nk", *vectors(dimension, seed)))


def warmth(dimension: int, seed: int, *, scaled: bool) -> Floats:
    """Entropy (500,) in bits of each query's attention weights, ``scaled`` by √d or not."""
    weights = softmax(scores(dimension, seed), float(np.sqrt(dimension)) if scaled else 1.0)
    return np.array([entropy(each) for each in weights])


@cache
def mean_warmth(dimension: int, *, scaled: bool) -> Floats:
    """Mean entropy in bits (5,) of each seed."""
    return np.array([warmth(dimension, seed, scaled=scaled).mean() for seed in range(SEEDS)])


def slopes(dimension: int) -> Floats:
    """Slope a(1 - a) (2500,) of the unscaled softmax at each query's largest weight, by that score."""
    largest = np.concatenate([softmax(scores(dimension, seed)).max(axis=1) for seed in range(SEEDS)])
    return np.asarray(largest * (1 - largest))


@cache
def median_slope(dimension: int) -> float:
    """The median of :func:`slopes`: half of the queries have a flatter softmax."""
    return float(np.median(slopes(dimension)))


@cache
def typical(dimension: int, *, scaled: bool) -> int:
    """The query of the first seed whose entropy is nearest to the mean over all seeds."""
    aim = float(mean_warmth(dimension, scaled=scaled).mean())
    return int(np.abs(warmth(dimension, 0, scaled=scaled) - aim).argmin())


@cache
def fair(dimension: int) -> int:
    """The query of the first seed whose entropies, with the root and without, are nearest to both means."""
    apart = sum(
        np.abs(warmth(dimension, 0, scaled=scaled) - mean_warmth(dimension, scaled=scaled).mean())
        for scaled in (False, True)
    )
    return int(np.argmin(apart))


def weights(dimension: int, *, scaled: bool) -> Floats:
    """Attention weights (16,) of a query that is typical with and without scaling, ``scaled`` by √d or not."""
    query = scores(dimension, 0)[fair(dimension)]
    return softmax(query, float(np.sqrt(dimension)) if scaled else 1.0)
