"""One bell fitted to two humps, by the KL divergence in either direction.

All integrals are sums over :data:`GRID`; densities are per unit of x, divergences in bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import numpy as np

from scenes.maths.information_theory.bits import Floats

Direction = Literal["forward", "reverse"]

WEIGHTS: Final = (0.6, 0.4)
MEANS: Final = (-2.5, 2.5)
SPREAD: Final = 0.7
"""Standard deviation of both humps."""
GRID: Final = np.linspace(-13.0, 13.0, 5201)
STEP: Final = float(GRID[1] - GRID[0])
RATE: Final = 0.1
"""Of the descents, in nats."""
LONGEST: Final = 0.05
"""Of a step: narrow bells far from a hump have slopes that would throw them across the frame."""
STEPS: Final = 500


@dataclass(frozen=True, slots=True)
class Bell:
    """A normal distribution of mean ``mu`` and standard deviation ``sigma``."""

    mu: float
    sigma: float

    def log(self, x: Floats) -> Floats:
        """ln of the density at ``x`` (n,)."""
        z = (x - self.mu) / self.sigma
        return np.asarray(-0.5 * z**2 - np.log(self.sigma * np.sqrt(2 * np.pi)))

    def density(self, x: Floats) -> Floats:
        """Density (n,) at ``x`` (n,)."""
        return np.asarray(np.exp(self.log(x)))

    def toward(self, other: Bell, share: float) -> Bell:
        """The bell after ``share`` of the way: means evenly, widths by factors."""
        if share in (0, 1):
            return (self, other)[int(share)]
        sigma = self.sigma * (other.sigma / self.sigma) ** share
        return Bell((1 - share) * self.mu + share * other.mu, sigma)


def log_target(x: Floats) -> Floats:
    """ln p at ``x`` (n,): two humps of different weight, same width."""
    parts = [np.log(w) + Bell(m, SPREAD).log(x) for w, m in zip(WEIGHTS, MEANS, strict=True)]
    return np.asarray(np.logaddexp(*parts))


def target(x: Floats) -> Floats:
    """The density p (n,) at ``x`` (n,)."""
    return np.asarray(np.exp(log_target(x)))


def moments() -> Bell:
    """The bell with the target's own mean and standard deviation."""
    mean = float(np.dot(WEIGHTS, MEANS))
    return Bell(mean, float(np.sqrt(SPREAD**2 + np.dot(WEIGHTS, np.square(MEANS)) - mean**2)))


def cost_at(x: Floats, bell: Bell, direction: Direction) -> Floats:
    """What is integrated, (n,) in bits per unit of x: p log₂(p/q) forward, q log₂(q/p) in reverse."""
    apart = (log_target(x) - bell.log(x)) / np.log(2)
    if direction == "forward":
        return np.asarray(target(x) * apart)
    return np.asarray(-bell.density(x) * apart)


def divergence(bell: Bell, direction: Direction) -> float:
    """D_KL(p‖q) forward, D_KL(q‖p) in reverse, in bits, of the target p and ``bell`` q.

    Source: K. Murphy, Machine Learning: A Probabilistic Perspective (2012), section 21.2.2.
    """
    return float(cost_at(GRID, bell, direction).sum() * STEP)


def slope(bell: Bell, direction: Direction) -> tuple[float, float]:
    """Derivatives, in nats, of the divergence by mu and by ln sigma."""
    x, z = GRID, (GRID - bell.mu) / bell.sigma
    if direction == "forward":
        p = target(x)
        return -float((p * z).sum() * STEP) / bell.sigma, 1 - float((p * z**2).sum() * STEP)
    pull = bell.density(x) * np.gradient(log_target(x), STEP)
    return -float(pull.sum() * STEP), -1 - float((pull * z).sum() * STEP * bell.sigma)


@cache
def descend(start: Bell, direction: Direction) -> tuple[Bell, ...]:
    """The bells on the way of gradient descent on :func:`divergence`, by mu and ln sigma, the start first.

    Steps longer than :data:`LONGEST` are shortened to it.
    """
    way = [start]
    for _ in range(STEPS):
        step = -RATE * np.array(slope(way[-1], direction))
        step *= min(1.0, LONGEST / max(float(np.linalg.norm(step)), 1e-12))
        way.append(Bell(way[-1].mu + float(step[0]), float(way[-1].sigma * np.exp(step[1]))))
    return tuple(way)


def even(way: Sequence[Bell], count: int = 60) -> list[Bell]:
    """``count`` bells of a descent, evenly spaced by how far mean and ln of the width have gone: to be shown."""
    spots = np.array([(each.mu, np.log(each.sigma)) for each in way])
    gone = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(spots, axis=0), axis=1))])
    at = np.linspace(0, gone[-1], count)
    chosen = [int(np.searchsorted(gone, each - 1e-12)) for each in at]
    return [way[min(each, len(way) - 1)] for each in chosen]


START: Final = Bell(-2.5, 0.7)
"""Where the forward fit starts: on one hump, as wide as it."""
LEFT: Final = Bell(-1.0, 0.7)
"""Where a reverse fit starts on the left."""
RIGHT: Final = Bell(1.0, 0.7)
