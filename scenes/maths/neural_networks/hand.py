"""What is followed in the head: XOR by two clamped units, the price of a guess, and one wire that learns.

Sources: I. Goodfellow, Y. Bengio and A. Courville, Deep Learning (MIT Press 2016), section 6.1 (XOR) and 6.5 (the
chain rule).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scenes.maths.neural_networks.network import RELU, Floats, Layer, Layers, forward
from scenes.maths.neural_networks.perceptron import CORNERS

RAISED: Final = (1.0, 1.0, 0.5)
"""The weights of AND with a bias that lets everything pass: where Rosenblatt's rule starts in the lesson."""


def and_weights() -> Floats:
    """w₁, w₂ and b (3,) of a perceptron that says yes when both inputs are one."""
    return np.array([1.0, 1.0, -1.5])


def xor_layers() -> Layers:
    """h₁ = max(0, x₁ + x₂), h₂ = max(0, x₁ + x₂ − 1), and the output h₁ − 2h₂."""
    return (
        Layer(np.ones((2, 2)), np.array([0.0, -1.0])),
        Layer(np.array([[1.0], [-2.0]]), np.array([0.0])),
    )


def hidden_corners() -> Floats:
    """(h₁, h₂) of the four corners, (4, 2)."""
    return forward(xor_layers(), CORNERS, RELU).activations[1]


def xor_outputs() -> Floats:
    """h₁ − 2h₂ of the four corners, (4,)."""
    return forward(xor_layers(), CORNERS, RELU).outputs[:, 0]


def price(share: Floats) -> Floats:
    """Log loss in nats when the truth was given the probability ``share``, above 0."""
    return np.asarray(-np.log(share))


def price_slope(guess: float, truth: float) -> float:
    """dL/dŷ of the log loss: −1/ŷ for a truth of 1, and 1/(1 − ŷ) for a truth of 0."""
    return -truth / guess + (1 - truth) / (1 - guess)


def sigmoid_slope(guess: float) -> float:
    """dŷ/dz of a sigmoid by its own answer: ŷ(1 − ŷ)."""
    return guess * (1 - guess)


SUMS: Final[Floats] = np.array([-2.0, -1.0, 1.0, 2.0])
"""Four sums of mean 0 that are as often below zero as above: what ReLU keeps of their square is counted."""


def squares() -> tuple[Floats, Floats]:
    """Squares of :data:`SUMS` before ReLU and after it, (4,) each."""
    return np.square(SUMS), np.square(RELU.of(SUMS))


@dataclass(frozen=True, slots=True)
class Wire:
    """One weight: the guess is w·``x``, and the loss (w·x − ``y``)²."""

    x: float = 2.0
    y: float = 5.0

    def guess(self, w: float) -> float:
        """ŷ = w·x."""
        return w * self.x

    def loss(self, w: Floats | float) -> Floats:
        """(w·x − y)² at one w, or at each of (n,)."""
        return np.asarray((np.asarray(w) * self.x - self.y) ** 2)

    def by_guess(self, w: float) -> float:
        """dL/dŷ = 2(ŷ − y)."""
        return 2 * (self.guess(w) - self.y)

    def slope(self, w: float) -> float:
        """dL/dw = dL/dŷ · dŷ/dw, and dŷ/dw = x."""
        return self.by_guess(w) * self.x

    def descend(self, w: float, rate: float, steps: int) -> Floats:
        """w before the first of ``steps`` steps of gradient descent and after each, (steps + 1,)."""
        ws = [w]
        for _ in range(steps):
            ws.append(ws[-1] - rate * self.slope(ws[-1]))
        return np.array(ws)


START: Final = 3.0
"""The weight at which the wire begins."""
RATE: Final = 0.1
"""A learning rate that suits it."""
SLOW_RATE: Final = 0.01
"""One that crawls."""
WILD_RATE: Final = 0.3
"""One that diverges: each step multiplies the distance to the best weight by 1 − 2x²η = −1.4."""
