"""A gradient check: each number of a small network is nudged, and the loss has to answer with its slope.

Source: I. Goodfellow, Y. Bengio and A. Courville, Deep Learning (MIT Press 2016), section 11.5, "Debugging strategies".
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scenes.maths.neural_networks.network import Example, Layer, Layers

Floats = NDArray[np.float64]


def flat(weights: tuple[Floats, ...], bias: tuple[Floats, ...]) -> Floats:
    """Numbers of layers one after the other (n,): unit by unit, the weights into it and then its bias."""
    return np.concatenate([np.vstack([w, b]).T.ravel() for w, b in zip(weights, bias, strict=True)])


def numbers(layers: Layers) -> Floats:
    """Weights and biases (n,) in the order of :func:`flat`."""
    return flat(tuple(each.weights for each in layers), tuple(each.bias for each in layers))


def slopes(example: Example) -> Floats:
    """Slopes (n,) of the loss by backpropagation, in the order of :func:`flat`."""
    return flat(example.blame.weights, example.blame.bias)


def with_numbers(layers: Layers, given: Floats) -> Layers:
    """Layers of the same shapes that hold ``given`` (n,), in the order of :func:`flat`."""
    made, begin = [], 0
    for layer in layers:
        n_in, n_out = layer.weights.shape
        block = given[begin : begin + (n_in + 1) * n_out].reshape(n_out, n_in + 1).T
        made.append(Layer(block[:-1], block[-1]))
        begin += block.size
    return tuple(made)


def nudged(example: Example, number: int, by: float) -> Example:
    """The same example with one of its numbers larger by ``by``."""
    moved = numbers(example.layers)
    moved[number] += by
    return Example(with_numbers(example.layers, moved), example.x, example.truth)


def rises(example: Example, by: float = 1e-3) -> Floats:
    """By how much the loss rises (n,) when each number in turn grows by ``by``: one more forward pass for each."""
    count = len(numbers(example.layers))
    return np.array([nudged(example, number, by).loss - example.loss for number in range(count)])
