"""Rings, against definitions."""

from __future__ import annotations

import numpy as np

from scenes.maths.clustering import outlines

POINTS = np.random.default_rng(4).normal(size=(400, 2)) @ np.array([[2.0, 0.6], [0.0, 0.5]])


def test_a_ring_lies_so_many_standard_deviations_out() -> None:
    ring = outlines.ellipse(POINTS, 2.0, 0.0) - POINTS.mean(axis=0)
    inverse = np.linalg.inv(np.cov(POINTS.T))
    np.testing.assert_allclose(np.sqrt(np.einsum("ni,ij,nj->n", ring, inverse, ring)), 2.0)
    np.testing.assert_allclose(ring[0], ring[-1])


def test_parents_by_hand() -> None:
    coarse, fine = np.array([0, 0, 0, 1, 1]), np.array([0, 0, 2, 1, 1])
    assert outlines.parents(coarse, fine).tolist() == [0, 1, 0]
    assert outlines.rings(POINTS, np.arange(400) % 3).shape == (3, 65, 2)
