"""Ordinary least squares with one feature: the fit, its residuals, its sum of squares, and descent to it.

Sources: T. Hastie, R. Tibshirani and J. Friedman, The Elements of Statistical Learning (2009), sections 3.2 and 3.2.1;
H. White, A heteroskedasticity-consistent covariance matrix estimator, Econometrica 48 (1980).
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

HAND_X: Final[Floats] = np.array([0.0, 2.0, 4.0])
"""The feature of the example by hand."""
HAND_Y: Final[Floats] = np.array([0.0, 3.0, 3.0])
"""Its target."""


def design(x: npt.ArrayLike) -> Floats:
    """The matrix X (n, 2) of a feature ``x`` (n,): a column of ones, and the feature."""
    feature = np.asarray(x, dtype=float)
    return np.column_stack([np.ones(len(feature)), feature])


def fit(x: npt.ArrayLike, y: npt.ArrayLike) -> Floats:
    """Intercept and slope (2,) with the smallest sum of squared residuals, from the normal equations.

    Raises ``ValueError`` for a feature that is the same everywhere: its column is a multiple of the ones.
    """
    feature, target = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if np.ptp(feature) == 0:
        raise ValueError("a feature that never changes leaves the normal equations without one solution")
    matrix = design(feature)
    return np.asarray(np.linalg.solve(matrix.T @ matrix, matrix.T @ target))


def predicted(x: npt.ArrayLike, b: npt.ArrayLike) -> Floats:
    """ŷ (n,) = b₀ + b₁ x of intercept and slope ``b`` (2,)."""
    intercept, slope = np.asarray(b, dtype=float)
    return np.asarray(intercept + slope * np.asarray(x, dtype=float))


def residuals(x: npt.ArrayLike, y: npt.ArrayLike, b: npt.ArrayLike) -> Floats:
    """e (n,) = y − ŷ: observed minus predicted."""
    return np.asarray(y, dtype=float) - predicted(x, b)


def rss(x: npt.ArrayLike, y: npt.ArrayLike, b: npt.ArrayLike) -> float:
    """The residual sum of squares, in squared units of ``y``."""
    return float((residuals(x, y, b) ** 2).sum())


def flat(y: npt.ArrayLike) -> Floats:
    """Intercept and slope (2,) of the baseline: the mean of ``y``, whatever the feature."""
    return np.array([np.asarray(y, dtype=float).mean(), 0.0])


def through_mean(x: npt.ArrayLike, y: npt.ArrayLike, slope: float, lift: float = 0.0) -> Floats:
    """Intercept and slope (2,) of the line of that ``slope`` that passes ``lift`` above the point of the means."""
    middle_x, middle_y = np.asarray(x, dtype=float).mean(), np.asarray(y, dtype=float).mean()
    return np.array([middle_y + lift - slope * middle_x, slope])


def r_squared(x: npt.ArrayLike, y: npt.ArrayLike, b: npt.ArrayLike) -> float:
    """1 − RSS/TSS: the share of the target's variation around its mean that the line ``b`` explains."""
    return 1 - rss(x, y, b) / rss(x, y, flat(y))


def gradient(x: npt.ArrayLike, y: npt.ArrayLike, b: npt.ArrayLike) -> Floats:
    """(2,): of RSS/(2n) by intercept and slope, −Xᵀe/n."""
    return np.asarray(-design(x).T @ residuals(x, y, b) / len(np.asarray(x)))


def descend(
    x: npt.ArrayLike, y: npt.ArrayLike, rate: float, steps: int, start: npt.ArrayLike = (0.0, 0.0)
) -> Floats:
    """Gradient descent on RSS/(2n): intercepts and slopes (steps + 1, 2) from ``start``, b ← b + (η/n) Xᵀe."""
    walk = [np.asarray(start, dtype=float)]
    for _ in range(steps):
        walk.append(walk[-1] - rate * gradient(x, y, walk[-1]))
    return np.array(walk)


def curvatures(x: npt.ArrayLike) -> Floats:
    """(2,): the curvatures of RSS/(2n) along its two axes, smaller one first; eigenvalues of XᵀX/n."""
    matrix = design(x)
    return np.asarray(np.linalg.eigvalsh(matrix.T @ matrix / len(matrix)))


def largest_rate(x: npt.ArrayLike) -> float:
    """The learning rate from which descent no longer settles: two over the largest curvature."""
    return 2 / float(curvatures(x)[-1])


def standardised(x: npt.ArrayLike) -> Floats:
    """(n,): minus the mean, over the standard deviation (of n)."""
    feature = np.asarray(x, dtype=float)
    return np.asarray((feature - feature.mean()) / feature.std())


# -- the three points as arrows


def in_plane_of_predictions(
    vectors: npt.ArrayLike, x: npt.ArrayLike = HAND_X, y: npt.ArrayLike = HAND_Y
) -> Floats:
    """Coordinates (k, 3) of ``vectors`` (k, 3), one entry a data point: two in the plane that ones and ``x`` span,
    and one at right angles to it, counted along the residuals of the best line.

    Lengths and angles stay: the three directions are orthonormal.  Only for three points that are not on a line.
    """
    first = np.ones(3) / np.sqrt(3)
    feature = np.asarray(x, dtype=float)
    centred = feature - feature.mean()
    second = centred / np.linalg.norm(centred)
    upright = residuals(x, y, fit(x, y))
    third = upright / np.linalg.norm(upright)
    return np.asarray(
        np.atleast_2d(np.asarray(vectors, dtype=float)) @ np.column_stack([first, second, third])
    )


# -- how sure the slope is


def usual_error(x: npt.ArrayLike, y: npt.ArrayLike) -> float:
    """The usual standard error of the slope: right where all errors have one spread."""
    feature = np.asarray(x, dtype=float)
    return float(np.sqrt(rss(x, y, fit(x, y)) / (len(feature) - 2) / ((feature - feature.mean()) ** 2).sum()))


def robust_error(x: npt.ArrayLike, y: npt.ArrayLike) -> float:
    """The robust standard error of the slope, HC1: White's, times √(n / (n − 2))."""
    feature = np.asarray(x, dtype=float)
    matrix, left = design(feature), residuals(x, y, fit(x, y))
    bread = np.linalg.inv(matrix.T @ matrix)
    cover = bread @ (matrix.T * left**2) @ matrix @ bread
    return float(np.sqrt(cover[1, 1] * len(feature) / (len(feature) - 2)))


def refitted_slopes(x: npt.ArrayLike, y: npt.ArrayLike, times: int = 2000, seed: int = 0) -> Floats:
    """(times,): slopes refitted to rows that are drawn with replacement, as many as there are (a bootstrap)."""
    feature, target = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    rng = np.random.default_rng(seed)
    rows = [rng.integers(0, len(feature), len(feature)) for _ in range(times)]
    return np.array([fit(feature[row], target[row])[1] for row in rows])


def spreads(order: npt.ArrayLike, left: npt.ArrayLike, parts: int = 4) -> Floats:
    """(parts,): standard deviation (of n) of residuals ``left`` (n,) between the quantiles of ``order`` (n,)."""
    by, rest = np.asarray(order, dtype=float), np.asarray(left, dtype=float)
    part = np.digitize(by, np.quantile(by, np.linspace(0, 1, parts + 1)[1:-1]))
    return np.array([rest[part == number].std() for number in range(parts)])


# -- on data that were not fitted


def unseen_r_squared(x: npt.ArrayLike, y: npt.ArrayLike, folds: int = 10, seed: int = 0) -> float:
    """R² of predictions for rows that the fit has not seen: ``folds`` parts take turns to be left out.

    Pooled over all rows; rows are shuffled as scikit-learn's ``KFold(folds, shuffle=True, random_state=seed)`` does.
    """
    feature, target = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    order = np.arange(len(feature))
    np.random.RandomState(seed).shuffle(order)
    said = np.empty(len(feature))
    for left_out in np.array_split(order, folds):
        seen = np.setdiff1d(order, left_out)
        said[left_out] = predicted(feature[left_out], fit(feature[seen], target[seen]))
    return float(1 - ((target - said) ** 2).sum() / ((target - target.mean()) ** 2).sum())
