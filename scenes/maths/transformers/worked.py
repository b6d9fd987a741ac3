"""What the lesson on transformers works by hand, and what it shows of the trained model before its second layer.

Sources: Vaswani et al., Attention is all you need (NeurIPS 2017), section 3.2.1 and its footnote on the variance of
the dot product.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scenes.maths.transformers import attention, transformer
from scenes.maths.transformers.transformer import Tokens, Trained

Array: TypeAlias = NDArray[np.float64]

ANSWERS: Final = ("hat", "Cleo", "jam")
"""The earlier tokens of the worked example; the last Ben asks."""
QUERY: Final = np.array([1.0, 1.0, 0.0, 2.0])
KEYS: Final = np.array([[2.0, 0.0, 1.0, 1.0], [0.0, 0.0, 1.0, 0.0], [0.0, 2.0, 3.0, 0.0]])
VALUES: Final = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
AHEAD: Final = np.array([2.0, 1.0, 5.0])
"""Scores of the example of the mask; the third token lies ahead."""


@dataclass(frozen=True, slots=True)
class Look:
    """One query against some keys: ``scores``, their exponentials ``powers`` and ``weights`` (n,), and what is
    ``mixed`` (e,) of the values."""

    scores: Array
    powers: Array
    weights: Array
    mixed: Array


def look(scaled: bool = False) -> Look:
    """The worked example, with scores as they are or divided by the root of the width of a key."""
    scores = KEYS @ QUERY / (np.sqrt(len(QUERY)) if scaled else 1.0)
    powers = np.exp(scores)
    weights = powers / powers.sum()
    return Look(scores, powers, weights, weights @ VALUES)


def masked_weights(scores: Array, seen: int) -> Array:
    """Attention weights (n,) of ``scores`` (n,) when only the first ``seen`` tokens may be read."""
    return attention.softmax(scores + np.where(np.arange(len(scores)) < seen, 0.0, attention.BLOCKED))


def coin_sums(coins: int) -> Array:
    """Sums (2 ** coins,) of products that are −1 or +1, one for each outcome of that many coins."""
    return np.array([sum(each) for each in product((-1.0, 1.0), repeat=coins)])


def typical_row(spread: attention.Spread, answers: int = 16) -> Array:
    """Of the sampled rows the undivided scores (widths, answers) whose largest weights are nearest to the medians."""
    rows = spread.sample.reshape(len(spread.width), -1, answers)
    top = attention.softmax(rows).max(axis=2)
    apart = np.abs(top - np.median(top, axis=1, keepdims=True)).sum(axis=0)
    return np.asarray(rows[:, apart.argmin()])


def score_counts(lengths: Sequence[int]) -> NDArray[np.intp]:
    """How many scores a head computes for texts of these ``lengths`` (n,): one for each pair of tokens."""
    return np.asarray(np.square(np.array(lengths)), dtype=np.intp)


def surprise(chance: float) -> float:
    """Loss in nats of a prediction that gave ``chance`` to the true token."""
    return float(-np.log(chance))


# --- Embeddings ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Map:
    """Embeddings seen along the directions in which they spread most: ``points`` (n, directions), and the ``share``
    of the whole variance that the directions hold."""

    points: Array
    share: float


def principal_map(embeddings: Array, directions: int = 3) -> Map:
    """Principal components of ``embeddings`` (n, width), the first component's largest entry positive."""
    centred = embeddings - embeddings.mean(axis=0)
    left, size, _ = np.linalg.svd(centred, full_matrices=False)
    points = left[:, :directions] * size[:directions]
    points = points * np.sign(points[np.abs(points).argmax(axis=0), np.arange(directions)])
    return Map(points, float(np.square(size[:directions]).sum() / np.square(size).sum()))


def untrained_embeddings(model: Trained, seed: int = 0) -> Array:
    """Embeddings (vocabulary, width) from which a training with this ``seed`` starts."""
    return transformer.begin(model.shape, np.random.default_rng(seed))["embed"]


# --- One head of the trained model, with and without its mask -----------------------------------------------


@dataclass(frozen=True, slots=True)
class Head:
    """What a head does with a text: ``scores`` (n, n) before any mask, ``weights`` (n, n), ``outputs`` (n, e)."""

    scores: Array
    weights: Array
    outputs: Array


def first_head(model: Trained, text: Tokens, causal: bool) -> Head:
    """The first head of the first layer on ``text`` (n,), numbers of tokens."""
    looked = transformer.run(model.weights, model.shape, text[None]).looked[0]
    query, key, value = (getattr(looked, name)[0, 0] for name in ("query", "key", "value"))
    mask = attention.no_peeking(len(text)) if causal else 0.0
    done = attention.attend(query, key, value, mask)
    return Head(query @ key.T / np.sqrt(query.shape[1]), done.weights, done.mixed)


def stirred(before: Array, after: Array) -> NDArray[np.bool_]:
    """Which rows (n,) of outputs (n, e) have changed in any digit."""
    return np.asarray((before != after).any(axis=1))
