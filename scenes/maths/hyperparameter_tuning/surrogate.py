"""A surrogate of the score: a Gaussian process with a fixed kernel, and the acquisition functions that read it.

Sources: C. Rasmussen and C. Williams, Gaussian Processes for Machine Learning (2006), section 2.2; D. Jones, M.
Schonlau and W. Welch, Journal of Global Optimization 13 (1998), for the expected improvement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from scenes.maths.hyperparameter_tuning.landscape import Floats

SPREAD: Final = 0.4
"""Standard deviation of the score before any trial."""
LENGTH: Final = 0.6
"""Length scale along gamma, in powers of ten."""
LENGTH_COST: Final = 1.2
"""Length scale along C, in powers of ten."""
JITTER: Final = 1e-4
"""On the diagonal: the noise of a trial, and what keeps the equations well posed."""
LEAST: Final = 1e-12
"""Of a variance."""
KAPPA: Final = 2.0
"""Standard deviations that the upper confidence bound adds."""


@dataclass(frozen=True, slots=True)
class Belief:
    """What the surrogate says of each place: ``mean`` and ``deviation`` (m,)."""

    mean: Floats
    deviation: Floats


def correlation(distance: npt.ArrayLike, length: npt.ArrayLike = LENGTH) -> Floats:
    """How much two scores are alike whose settings lie ``distance`` apart: exp(−d² / 2ℓ²)."""
    return np.asarray(np.exp(-0.5 * (np.asarray(distance, dtype=float) / length) ** 2))


def one_trial(
    distance: npt.ArrayLike, score: float, mean: float, spread: float, length: float = LENGTH
) -> Belief:
    """The surrogate at ``distance`` from a single trial without noise: m + ρ(y − m) and s√(1 − ρ²)."""
    rho = correlation(distance, length)
    return Belief(mean + rho * (score - mean), spread * np.sqrt(1 - rho**2))


def kernel(left: Floats, right: Floats, lengths: npt.ArrayLike) -> Floats:
    """Covariances (n, m) of the scores at ``left`` (n, d) and ``right`` (m, d), with a length scale for each side."""
    scaled = (left[:, None] - right[None]) / np.asarray(lengths, dtype=float)
    return np.asarray(SPREAD**2 * np.exp(-0.5 * (scaled**2).sum(axis=-1)))


def bell(z: Floats | float) -> Floats:
    """Density of the standard normal distribution at ``z``, of any shape, without unit."""
    return np.asarray(norm.pdf(z))


def posterior(
    trials: Floats, scores: Floats, places: Floats, lengths: npt.ArrayLike = LENGTH, mean: float | None = None
) -> Belief:
    """The belief at ``places`` (m, d) after ``trials`` (n, d) with ``scores`` (n,).

    The mean before any trial is that of the scores, unless given.
    """
    level = float(scores.mean()) if mean is None else mean
    own = kernel(trials, trials, lengths) + JITTER * np.eye(len(trials))
    across = kernel(places, trials, lengths)
    solved = np.linalg.solve(own, across.T)
    variance = SPREAD**2 - (across * solved.T).sum(axis=1)
    return Belief(level + solved.T @ (scores - level), np.sqrt(np.maximum(variance, LEAST)))


def samples(
    trials: Floats,
    scores: Floats,
    places: Floats,
    draws: Floats,
    lengths: npt.ArrayLike = LENGTH,
    mean: float | None = None,
) -> Floats:
    """Functions (k, m) drawn from the belief at ``places`` (m, d), from standard normal ``draws`` (k, m)."""
    level = float(scores.mean()) if mean is None and len(scores) else float(mean or 0.0)
    prior = kernel(places, places, lengths)
    if not len(trials):
        cover, middle = prior, np.full(len(places), level)
    else:
        own = kernel(trials, trials, lengths) + JITTER * np.eye(len(trials))
        across = kernel(places, trials, lengths)
        solved = np.linalg.solve(own, across.T)
        cover, middle = prior - across @ solved, level + solved.T @ (scores - level)
    values, vectors = np.linalg.eigh(cover)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    return np.asarray(middle + draws @ root.T)


def expected_improvement(belief: Belief, best: float) -> Floats:
    """E[max(0, f − best)] (m,): (μ − f⁺) Φ(z) + σ φ(z) with z = (μ − f⁺) / σ."""
    gain = belief.mean - best
    z = gain / belief.deviation
    return np.asarray(gain * norm.cdf(z) + belief.deviation * norm.pdf(z))


def upper_bound(belief: Belief, kappa: float = KAPPA) -> Floats:
    """The upper confidence bound μ + κσ, (m,)."""
    return np.asarray(belief.mean + kappa * belief.deviation)


def by_hand(outcomes: npt.ArrayLike, best: float) -> float:
    """Expected improvement where the ``outcomes`` (n,) are equally likely."""
    return float(np.maximum(np.asarray(outcomes, dtype=float) - best, 0.0).mean())
