"""Attention: every place receives a mixture of what all places hand over, weighted by how well they match it.

A query (..., d) says what a place needs, a key (..., d) what it offers, a value (..., e) what it hands over.

Sources: Vaswani et al., Attention is all you need (NeurIPS 2017), sections 3.2 and 3.5; the growth of the scores is
its footnote 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from scenes.maths.shared.memo import remembered

Array: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.intp]

BLOCKED = -1e9
"""Score of a place that must not be looked at: exp of it is 0 exactly."""


def softmax(scores: Array) -> Array:
    """Shares (..., n) that sum to 1 along the last axis, each score's in proportion to its exponential."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def no_peeking(places: int) -> Array:
    """The causal mask (places, places): 0 for a place itself and those before it, :data:`BLOCKED` for later ones."""
    return np.where(np.tri(places, dtype=bool), 0.0, BLOCKED)


@dataclass(frozen=True, slots=True)
class Look:
    """The results of attention: ``scores`` and ``weights`` (..., asking, answering), each row of weights sums to 1;
    ``mixed`` (..., asking, e) is what each asking place receives."""

    scores: Array
    weights: Array
    mixed: Array


def attend(queries: Array, keys: Array, values: Array, mask: Array | float = 0.0) -> Look:
    """Scaled dot-product attention: ``softmax(Q Kᵀ / √d + mask) V``."""
    scores = queries @ np.swapaxes(keys, -1, -2) / np.sqrt(queries.shape[-1]) + mask
    weights = softmax(scores)
    return Look(scores, weights, weights @ values)


# --- Why divide by √d ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spread:
    """What sums of more and more random products do to a softmax, for m widths.

    ``width`` (m,); ``raw`` (m,) the standard deviation of undivided scores, ``top`` (m,) the mean of the largest
    share in a row and ``slope`` (m,) the mean of p(1 - p) over a row's shares, all undivided; ``scaled_raw``,
    ``scaled_top`` and ``scaled_slope`` (m,) the same after division by √width.  ``row`` (m, answers) are the
    undivided scores of one row, ``sample`` (m, s) those of many.
    """

    width: Array
    raw: Array
    top: Array
    slope: Array
    scaled_raw: Array
    scaled_top: Array
    scaled_slope: Array
    row: Array
    sample: Array


@remembered
def spread_scores(widths: Sequence[int], rows: int = 2000, answers: int = 16, seed: int = 0) -> Spread:
    """Draw ``rows`` queries and ``answers`` keys for each, entries independent with mean 0 and variance 1.

    A narrower query is the beginning of the same wide one, so that scores grow smoothly with the width.  Raises
    ``ValueError`` for widths that do not rise.
    """
    if list(widths) != sorted(set(widths)) or not widths or widths[0] < 1:
        raise ValueError(f"widths must rise from 1 or more: {list(widths)}")
    rng = np.random.default_rng(seed)
    scores = np.empty((len(widths), rows, answers))
    for row in range(rows):
        products = rng.normal(size=widths[-1]) * rng.normal(size=(answers, widths[-1]))
        parts = np.add.reduceat(products, [0, *widths[:-1]], axis=1)
        scores[:, row] = np.cumsum(parts, axis=1).T
    measures = [_measure(scores), _measure(scores / np.sqrt(np.array(widths))[:, None, None])]
    sample = scores[:, :60].reshape(len(widths), -1)
    return Spread(np.array(widths, dtype=float), *measures[0], *measures[1], scores[:, 0], sample)


def _measure(scores: Array) -> tuple[Array, Array, Array]:
    """Standard deviation, mean largest share and mean slope of scores (m, rows, answers)."""
    shares = softmax(scores)
    return (
        scores.std(axis=(1, 2)),
        shares.max(axis=2).mean(axis=1),
        (shares * (1 - shares)).mean(axis=(1, 2)),
    )


# --- Places -------------------------------------------------------------------------------------------------


def turning_speeds(width: int) -> Array:
    """Frequencies (width / 2,) of the place clocks, in radians per place; the first is the fastest, 1."""
    return np.asarray(10000.0 ** (-np.arange(0, width, 2) / width))


def clocks(places: int, width: int) -> Array:
    """Sinusoidal encoding of places, (places, width): sine and cosine of each clock's angle.  ``width`` is even."""
    angles = np.arange(places)[:, None] * turning_speeds(width)
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(places, width)


def step_turn(width: int, steps: int) -> Array:
    """The rotation (width, width) that takes the clocks of any place to those ``steps`` places later."""
    rotation = np.zeros((width, width))
    for hand, angle in enumerate(turning_speeds(width) * steps):
        here = slice(2 * hand, 2 * hand + 2)
        rotation[here, here] = [[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]
    return rotation
