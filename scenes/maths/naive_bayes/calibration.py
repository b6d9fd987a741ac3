"""Claims against facts, and two curves that mend claims: Platt's S-curve and isotonic regression's rising steps.

Source: J. Platt, Probabilistic outputs for support vector machines (1999); B. Zadrozny and C. Elkan, Transforming
classifier scores into accurate multiclass probability estimates (2002); A. Niculescu-Mizil and R. Caruana, Predicting
good probabilities with supervised learning (2005).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scenes.maths.naive_bayes.bayes import sigmoid
from scenes.maths.naive_bayes.classifiers import ALPHA, multinomial
from scenes.maths.naive_bayes.mails import Counts, Ints, folds

Floats = NDArray[np.float64]

FOLDS: Final = 5
"""Parts in which the mails that are learned from are held out in turn, so that a curve sees scores of unseen mails."""
SURE: Final = 1.959963984540054
"""Of a normal curve 95 % lie within so many standard deviations of its mean."""


@dataclass(frozen=True, slots=True)
class Bins:
    """Cases by what was claimed of them: ``n`` of which ``hits`` came true, at mean claim ``claimed``; each (b,)."""

    claimed: Floats
    n: Ints
    hits: Ints

    @property
    def observed(self) -> Floats:
        """The share that came true."""
        return np.asarray(self.hits / self.n)

    def interval(self) -> tuple[Floats, Floats]:
        """Lower and upper end of Wilson's 95 % interval of the observed share."""
        return wilson(self.hits, self.n)


def bins(y: ArrayLike, p: ArrayLike, edges: ArrayLike) -> Bins:
    """Cases of claimed probability ``p`` (n,) between each two ``edges`` (b + 1,), the lower one included, the last
    upper one too; bins without cases are left out.
    """
    y, p, edges = np.asarray(y), np.asarray(p, dtype=float), np.asarray(edges, dtype=float)
    number = np.clip(np.searchsorted(edges, p, side="right") - 1, 0, len(edges) - 2)
    n = np.bincount(number, minlength=len(edges) - 1)
    kept = n > 0
    total = np.bincount(number, p, len(edges) - 1)
    hits = np.bincount(number, y, len(edges) - 1)
    return Bins(total[kept] / n[kept], n[kept], hits[kept].astype(np.int64))


def wilson(hits: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    """95 % interval of a share of which ``hits`` among ``n`` were seen.  Source: E. B. Wilson (1927)."""
    n = np.asarray(n, dtype=float)
    share = np.asarray(hits) / n
    square = SURE**2 / n
    middle = (share + square / 2) / (1 + square)
    half = SURE * np.sqrt(share * (1 - share) / n + square / (4 * n)) / (1 + square)
    return np.asarray(middle - half), np.asarray(middle + half)


def out_of_fold(counts: Counts, y: Ints, alpha: float = ALPHA, parts: int = FOLDS) -> Floats:
    """Log-odds (n,) of each mail by a Multinomial Naive Bayes that has learned from the other folds."""
    part = folds(y, parts)
    z = np.empty(len(y))
    for number in range(parts):
        out = part == number
        model = multinomial(counts.take(np.flatnonzero(~out)), y[~out], alpha)
        z[out] = model.log_odds(counts.take(np.flatnonzero(out)))
    return z


@dataclass(frozen=True, slots=True)
class Platt:
    """p = 1/(1 + e^−(slope·z + shift))."""

    slope: float
    shift: float

    def log_odds(self, z: ArrayLike) -> Floats:
        """Mended log-odds."""
        return np.asarray(self.slope * np.asarray(z, dtype=float) + self.shift)

    def p(self, z: ArrayLike) -> Floats:
        """Mended probabilities."""
        return sigmoid(self.log_odds(z))


def platt(z: ArrayLike, y: ArrayLike, steps: int = 100) -> Platt:
    """The S-curve over scores ``z`` (n,) with the least log loss, by Newton's method.

    As Platt has it, facts are drawn in a little: (n₁ + 1)/(n₁ + 2) for the n₁ that came true, 1/(n₀ + 2) for others.
    """
    z, y = np.asarray(z, dtype=float), np.asarray(y)
    true = int((y == 1).sum())
    goal = np.where(y == 1, (true + 1) / (true + 2), 1 / (len(y) - true + 2))
    scale = float(np.abs(z).max())
    design = np.column_stack([z / scale, np.ones(len(z))])

    def cost(b: Floats) -> float:
        return float((np.logaddexp(0, design @ b) - goal * (design @ b)).sum())

    b = np.array([0.0, np.log((true + 1) / (len(y) - true + 1))])
    for _ in range(steps):
        p = sigmoid(design @ b)
        slope = design.T @ (p - goal)
        step = np.linalg.solve((design * (p * (1 - p))[:, None]).T @ design, slope)
        share = 1.0
        while cost(b - share * step) > cost(b) and share > 1e-10:
            share /= 2
        b = b - share * step
        if np.abs(share * step).max() < 1e-12:
            break
    return Platt(float(b[0] / scale), float(b[1]))


@dataclass(frozen=True, slots=True)
class Isotonic:
    """Rising steps with straight ramps between them: through ``scores`` (m,) with ``values`` (m,); flat outside."""

    scores: Floats
    values: Floats

    def p(self, z: ArrayLike) -> Floats:
        """Mended probabilities."""
        return np.asarray(np.interp(np.asarray(z, dtype=float), self.scores, self.values))


def isotonic(z: ArrayLike, y: ArrayLike) -> Isotonic:
    """The rising curve over scores ``z`` (n,) that is nearest to ``y`` (n,) in squares: pool adjacent violators.

    Each block of scores that is not allowed to fall gets its mean; blocks keep their first and last score.
    """
    z, y = np.asarray(z, dtype=float), np.asarray(y, dtype=float)
    scores, place = np.unique(z, return_inverse=True)
    weight = np.bincount(place).astype(float)
    mean = np.bincount(place, y) / weight
    blocks: list[list[float]] = []  # value, weight, first, last
    for number, (value, count) in enumerate(zip(mean, weight, strict=True)):
        blocks.append([value, count, number, number])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            value, count, _, last = blocks.pop()
            under = blocks[-1]
            under[0] = (under[0] * under[1] + value * count) / (under[1] + count)
            under[1] += count
            under[3] = last
    ends = [(int(end), block[0]) for block in blocks for end in dict.fromkeys(block[2:])]
    return Isotonic(scores[[end for end, _ in ends]], np.array([value for _, value in ends]))
