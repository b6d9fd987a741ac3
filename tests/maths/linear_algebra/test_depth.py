"""Falling cubes against numpy's rank."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from scenes.maths.linear_algebra.depth import EDGES_OF_CUBE, cube, onto

SLOPE = ((1.0, 0.0, 0.4), (0.0, 1.0, -0.3))


def test_the_cube_has_a_point_for_each_triple() -> None:
    points = cube(4)
    assert points.shape == (64, 3)
    assert len(np.unique(points, axis=0)) == 64
    assert np.linalg.matrix_rank(points) == 3


def test_the_way_along_the_edges_takes_each_of_the_twelve() -> None:
    steps = np.diff(EDGES_OF_CUBE, axis=0)
    assert (np.abs(steps).sum(axis=1) == 2).all()
    taken = {frozenset({tuple(a), tuple(b)}) for a, b in pairwise(EDGES_OF_CUBE)}
    assert len(taken) == 12


def test_what_falls_onto_a_plane_or_a_line_has_the_rank_of_it() -> None:
    for directions, rank in ((SLOPE, 2), (SLOPE[:1], 1)):
        flat = onto(*directions)
        assert np.linalg.matrix_rank(flat) == rank
        assert np.linalg.matrix_rank(cube() @ flat.T) == rank
        np.testing.assert_allclose(flat @ flat, flat, atol=1e-12)
        np.testing.assert_allclose((cube() - cube() @ flat.T) @ np.array(directions).T, 0, atol=1e-12)
    with pytest.raises(ValueError, match="independent"):
        onto((1.0, 2.0, 0.0), (2.0, 4.0, 0.0))
