"""Principal component analysis: covariance, its eigenvectors, projection, and what is lost.

Rows of a table (n, d) are observations, columns are features.  Everywhere n − 1 divides, as in :func:`numpy.cov`.

Sources: K. Pearson, Philosophical Magazine 2 (1901); H. Hotelling, Journal of Educational Psychology 24 (1933); I. T.
Jolliffe, Principal Component Analysis (2002), chapters 1 to 3; C. M. Bishop, Pattern Recognition and Machine Learning
(2006), section 12.1; Eckart & Young, Psychometrika 1 (1936).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

FIVE: Final = np.array([(1.0, 2.0), (2.0, 1.0), (3.0, 3.0), (4.0, 5.0), (5.0, 4.0)])
"""The five points of the example by hand."""


def centred(table: Floats) -> Floats:
    """(n, d): ``table`` less the mean of each column."""
    return np.asarray(table - table.mean(axis=0))


def covariance(table: Floats) -> Floats:
    """(d, d): the variances of the columns and, off the diagonal, their covariances; symmetric."""
    rows = centred(table)
    return np.asarray(rows.T @ rows / (len(rows) - 1))


@dataclass(frozen=True, slots=True)
class Components:
    """The principal components of a table.

    ``mean`` (d,); ``variances`` (d,), the eigenvalues of the covariance matrix, the largest first; ``axes`` (d, d), its
    eigenvectors as columns, of length 1.  Their signs are free: here the largest entry of each is positive.
    """

    mean: Floats
    variances: Floats
    axes: Floats

    @property
    def ratios(self) -> Floats:
        """(d,) the explained variance ratio of each: its variance over the sum of all."""
        return np.asarray(self.variances / self.variances.sum())

    @property
    def cumulative(self) -> Floats:
        """(d,) the share of the variance that the first 1, 2, ... components explain together."""
        return np.cumsum(self.ratios)

    def enough(self, share: float) -> int:
        """The smallest number of components that explains at least ``share`` of the variance."""
        return int(np.searchsorted(self.cumulative, share - 1e-12)) + 1

    def scores(self, table: Floats, kept: int | None = None) -> Floats:
        """(n, ``kept``): where the rows of ``table`` (n, d) lie along the first axes."""
        return np.asarray((table - self.mean) @ self.axes[:, :kept])

    def rebuilt(self, table: Floats, kept: float) -> Floats:
        """(n, d): the reconstructions of ``table`` from ``kept`` scores; with a fraction, a part of the last one."""
        strength = np.clip(kept - np.arange(self.axes.shape[1]), 0.0, 1.0)
        return np.asarray(self.mean + (self.scores(table) * strength) @ self.axes.T)

    def whitened(self, table: Floats) -> Floats:
        """(n, d): the scores, each divided by its standard deviation: variance 1 each, and no covariance."""
        return np.asarray(self.scores(table) / np.sqrt(self.variances))


def components(table: Floats) -> Components:
    """The components of ``table`` (n, d), from the eigenvectors of its covariance matrix."""
    variances, axes = np.linalg.eigh(covariance(table))
    variances, axes = variances[::-1], axes[:, ::-1]
    signs = np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])])
    return Components(table.mean(axis=0), np.maximum(variances, 0.0), axes * signs)


def direction(degrees: float) -> Floats:
    """(2,): the unit vector at that angle from the first axis."""
    return np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])


def angle(vector: Floats) -> float:
    """Degrees of the line of ``vector`` (2,), 0 to 180."""
    return float(np.degrees(np.arctan2(vector[1], vector[0])) % 180.0)


def shadows(table: Floats, along: Floats) -> Floats:
    """(n, d): the points of ``table``, dropped at a right angle on the line through the mean along the unit vector."""
    return np.asarray(table.mean(axis=0) + np.outer(centred(table) @ along, along))


@dataclass(frozen=True, slots=True)
class Split:
    """What a line keeps and loses of a cloud, as sums of squares: together they are ``total``."""

    kept: float
    lost: float

    @property
    def total(self) -> float:
        """Sum of the squared distances from the mean."""
        return self.kept + self.lost


def split(table: Floats, along: Floats) -> Split:
    """Squared scores on the line through the mean along the unit vector, and squared distances from the line."""
    rows = centred(table)
    drops = rows - np.outer(rows @ along, along)
    return Split(float(((rows @ along) ** 2).sum()), float((drops**2).sum()))


def variance_along(table: Floats, along: Floats) -> float:
    """vᵀCv: the variance of the scores along the unit vector ``along`` (d,)."""
    return float(along @ covariance(table) @ along)


def root(matrix: Floats) -> Floats:
    """(d, d): the symmetric square root of a covariance matrix; it makes the covariance ellipse of the unit circle."""
    values, vectors = np.linalg.eigh(matrix)
    return np.asarray((vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T)


def ellipse(table: Floats, points: int = 121) -> Floats:
    """(points, 2): the covariance ellipse of a cloud (n, 2), one standard deviation from the mean, closed."""
    turn = np.linspace(0.0, 2 * np.pi, points)
    return np.asarray(
        table.mean(axis=0) + np.column_stack([np.cos(turn), np.sin(turn)]) @ root(covariance(table))
    )


def standardised(table: Floats) -> Floats:
    """(n, d): each column less its mean, divided by its standard deviation."""
    return np.asarray(centred(table) / table.std(axis=0, ddof=1))
