"""Points that visitors of the site have a network part, and the random numbers from which it starts."""

from __future__ import annotations

import numpy as np

from scenes.maths.neural_networks import network, perceptron, spiral

SEEDS = (0, 1, 2, 3, network.OPEN_SEED)
"""Of starts: the lesson's spirals begin at the first, its fold of XOR at the last."""
NUMBERS = 2 * 8 + 8 * 8 + 8 * 8 + 8
"""Weights of the largest network that can be chosen."""


def figure() -> dict[str, object]:
    """``corners`` (4, 2) with ``and`` and ``xor`` (4,); ``spirals`` (200, 2) with ``arms`` (200,), classes from 0.

    ``normals`` (5, 152): standard normal numbers for the weights of each start.
    """
    data = spiral.spirals()
    return {
        "corners": perceptron.CORNERS,
        "and": perceptron.AND,
        "xor": perceptron.XOR,
        "spirals": data.points,
        "arms": data.arm,
        "normals": np.array([np.random.default_rng(seed).normal(size=NUMBERS) for seed in SEEDS]),
    }
