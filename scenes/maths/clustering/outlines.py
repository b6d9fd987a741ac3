"""Rings around groups of points, to be drawn."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.intp]

SAMPLES = 65
"""Points of a ring; the last is the first."""


def ellipse(points: Floats, reach: float, pad: float) -> Floats:
    """The ring (65, 2) around the mean of ``points`` (n, 2): ``reach`` standard deviations and ``pad`` units away."""
    size, way = np.linalg.eigh(np.cov(points.T))
    turn = np.linspace(0, 2 * np.pi, SAMPLES)
    radii = reach * np.sqrt(np.maximum(size, 0)) + pad
    # A turned frame of one handedness, so that rings can glide into each other.
    way[:, 0] *= np.sign(np.linalg.det(way))
    if way[0, 1] < 0:
        way = -way
    return np.asarray(points.mean(axis=0) + np.column_stack([np.cos(turn), np.sin(turn)]) * radii @ way.T)


def rings(points: Floats, labels: Labels, reach: float = 2.1, pad: float = 0.12) -> Floats:
    """Rings (k, 65, 2) around all clusters of ``labels`` (n,)."""
    return np.array([ellipse(points[labels == number], reach, pad) for number in np.unique(labels)])


def parents(coarse: Labels, fine: Labels) -> Labels:
    """For each cluster of ``fine`` (n,) the cluster of ``coarse`` (n,) that most of its points are in."""
    return np.array([np.bincount(coarse[fine == number]).argmax() for number in np.unique(fine)])
