"""The chain rule by hand: a line with one weight and one bias, its squared error, and the derivatives on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from math import prod
from typing import Final

WIDE: Final = (1000, 1000)
"""Layers of a net that has very many weights."""


@dataclass(frozen=True, slots=True)
class Line:
    """The graph ŷ = w x + b, e = ŷ - y, L = e², with its derivatives.

    Source: D. Rumelhart, G. Hinton and R. Williams, Learning representations by back-propagating errors (1986).
    """

    x: float = 2.0
    w: float = 5.0
    b: float = 1.0
    y: float = 8.0
    nudge: float = 0.01
    """By how much a weight is nudged."""
    rate: float = 0.05
    """Share of its derivative by which each number is moved down."""

    @property
    def product(self) -> float:
        """w x."""
        return self.w * self.x

    @property
    def prediction(self) -> float:
        """ŷ."""
        return self.product + self.b

    @property
    def error(self) -> float:
        """e."""
        return self.prediction - self.y

    @property
    def loss(self) -> float:
        """L."""
        return self.error**2

    @property
    def shared(self) -> float:
        """∂L/∂ŷ = 2e, the factor that both derivatives share."""
        return 2 * self.error

    @property
    def slope_w(self) -> float:
        """∂L/∂w = 2e · x."""
        return self.shared * self.x

    @property
    def slope_b(self) -> float:
        """∂L/∂b = 2e · 1."""
        return self.shared

    def nudged(self, w: float = 0.0, b: float = 0.0) -> Line:
        """The line with ``w`` and ``b`` added to its own."""
        return replace(self, w=self.w + w, b=self.b + b)

    def stepped(self) -> Line:
        """The line after one step of gradient descent."""
        return self.nudged(-self.rate * self.slope_w, -self.rate * self.slope_b)

    def measured(self) -> float:
        """∂L/∂w by a central difference."""
        return (self.nudged(self.nudge).loss - self.nudged(-self.nudge).loss) / (2 * self.nudge)


def count_weights(sizes: tuple[int, ...]) -> int:
    """Weights of a net whose layers have ``sizes`` units, each joined to all of the next."""
    return sum(before * after for before, after in pairwise(sizes))


def count_runs(weights: int) -> tuple[int, int]:
    """Runs of the net for all slopes: by nudging each of the ``weights``, and sweeps of backpropagation.

    Nudging needs a run for each weight, beside the one that it is compared with.
    """
    return weights, 1


def along(*factors: int) -> int:
    """The derivative along a path: the product of its local derivatives."""
    return prod(factors)
