"""Three ways downhill by gradients alone: gradient descent, momentum and Adam, and what each adds up.

All take a ``gradient`` function of points (..., d) and go from all starts (..., d) at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Gradient = Callable[[Floats], Floats]

BETA_1: Final = 0.9
BETA_2: Final = 0.999
EPSILON: Final = 1e-8
"""Adam's usual settings, against division by zero the last."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usually tried first: Adam's learning rate (Kingma and Ba) and momentum's β (Goodfellow et al., 8.3.2)."""

    rate: float = 0.001
    beta: float = 0.9


@dataclass(frozen=True, slots=True)
class Steps:
    """What Adam keeps, after each of n steps."""

    walk: Floats
    """Points (n + 1, ..., d), the start first."""
    gradients: Floats
    """Gradients (n, ..., d) that were measured."""
    first: Floats
    """The first moment (n, ..., d): moving averages of the gradients, not corrected."""
    second: Floats
    """The second moment (n, ..., d): moving averages of their squares, not corrected."""


def descend(gradient: Gradient, start: ArrayLike, rate: float, steps: int) -> Floats:
    """Gradient descent: the walk (steps + 1, ..., d) of points θ ← θ − ``rate`` · ∇f(θ) from ``start`` (..., d).

    Source: I. Goodfellow, Y. Bengio and A. Courville, Deep Learning (2016), section 4.3.
    """
    return roll(gradient, start, rate, 0.0, steps)


def roll(gradient: Gradient, start: ArrayLike, rate: float, beta: float, steps: int) -> Floats:
    """Momentum: the walk (steps + 1, ..., d) of v ← ``beta`` · v + ∇f(θ), θ ← θ − ``rate`` · v from v = 0.

    The form of PyTorch's SGD, without a factor 1 − ``beta`` before the gradient.  Raises ``ValueError`` for a
    ``beta`` outside [0, 1).  Source: B. Polyak, Some methods of speeding up the convergence of iteration methods
    (1964).
    """
    if not 0 <= beta < 1:
        raise ValueError(f"momentum fades by a beta of at least 0 and below 1, not {beta}")
    walk = [np.asarray(start, dtype=float)]
    velocity = np.zeros_like(walk[0])
    for _ in range(steps):
        velocity = beta * velocity + gradient(walk[-1])
        walk.append(walk[-1] - rate * velocity)
    return np.array(walk)


def adam(gradient: Gradient, start: ArrayLike, rate: float, steps: int, *, corrected: bool = True) -> Steps:
    """Adam with its usual settings, from ``start`` (..., d); without bias correction if not ``corrected``.

    Source: D. Kingma and J. Ba, Adam: a method for stochastic optimization (2015), algorithm 1.
    """
    walk = [np.asarray(start, dtype=float)]
    first, second = [np.zeros_like(walk[0])], [np.zeros_like(walk[0])]
    gradients = []
    for count in range(1, steps + 1):
        gradients.append(gradient(walk[-1]))
        first.append(BETA_1 * first[-1] + (1 - BETA_1) * gradients[-1])
        second.append(BETA_2 * second[-1] + (1 - BETA_2) * gradients[-1] ** 2)
        shares = (filled(BETA_1, count), filled(BETA_2, count)) if corrected else (1.0, 1.0)
        mean, size = first[-1] / shares[0], np.sqrt(second[-1] / shares[1])
        walk.append(walk[-1] - rate * mean / (size + EPSILON))
    return Steps(np.array(walk), np.array(gradients), np.array(first[1:]), np.array(second[1:]))


def filled(beta: float, count: ArrayLike) -> Floats:
    """Share 1 − ``beta``^``count`` of a moving average, begun at zero, that has filled after ``count`` values."""
    return np.asarray(1 - beta ** np.asarray(count, dtype=float))


def uncorrected(count: ArrayLike) -> Floats:
    """How many times the learning rate Adam's step of number ``count`` is long without bias correction.

    For a gradient that stays the same, whatever its size: (1 − β₁ᵗ) / √(1 − β₂ᵗ).
    """
    return np.asarray(filled(BETA_1, count) / np.sqrt(filled(BETA_2, count)))


def running_sums(gradients: Sequence[float], beta: float) -> Floats:
    """Momentum's sums (n,) of ``gradients`` (n,): each the last one times ``beta``, plus the next gradient."""
    sums, now = [], 0.0
    for each in gradients:
        now = beta * now + each
        sums.append(now)
    return np.array(sums)


def settled(losses: ArrayLike, below: float) -> int:
    """The first step from which all ``losses`` (n + 1,), the start's first, stay under ``below``.

    Raises ``ValueError`` where the last one does not.
    """
    high = np.flatnonzero(np.asarray(losses) >= below)
    if len(high) and high[-1] == np.size(losses) - 1:
        raise ValueError(f"the losses do not stay under {below}: the last is {np.ravel(losses)[-1]}")
    return int(high[-1]) + 1 if len(high) else 0


def largest_rate(curvature: float, beta: float = 0.0) -> float:
    """The learning rate at which descent stops converging on a quadratic of this largest ``curvature``.

    2 / λ without momentum, 2 (1 + β) / λ with it.  Source: G. Goh, Why momentum really works (2017).
    """
    return 2 * (1 + beta) / curvature


def moments(gradients: ArrayLike) -> tuple[Floats, Floats]:
    """Adam's first and second moment (n,) after each of ``gradients`` (n,), not corrected."""
    first, second, kept = 0.0, 0.0, []
    for each in np.asarray(gradients, dtype=float):
        first = BETA_1 * first + (1 - BETA_1) * each
        second = BETA_2 * second + (1 - BETA_2) * each**2
        kept.append((first, second))
    return np.array(kept)[:, 0], np.array(kept)[:, 1]
