"""Null spaces and nearest points against scipy, numpy's least squares, the normal equations and brute force."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.linalg import null_space as scipys

from scenes.maths.linear_algebra.linear import PUSH
from scenes.maths.linear_algebra.solving import least_squares, null_space

RNG = np.random.default_rng(3)
FLAT = np.array([[1.0, 1.0], [0.5, 0.5]])


def test_the_null_space_is_scipys() -> None:
    low = RNG.normal(size=(4, 2)) @ RNG.normal(size=(2, 5))
    for matrix in (FLAT, low, RNG.normal(size=(2, 3))):
        ours, theirs = null_space(matrix).T, scipys(matrix)
        assert ours.shape == theirs.shape
        np.testing.assert_allclose(ours @ ours.T, theirs @ theirs.T, atol=1e-10)
    assert len(null_space(PUSH)) == 0


def test_rank_and_null_space_make_up_the_columns() -> None:
    for matrix in (FLAT, PUSH, RNG.normal(size=(2, 5)), RNG.normal(size=(5, 2)), np.diag([1.0, 0.0, 0.0])):
        assert np.linalg.matrix_rank(matrix) + len(null_space(matrix)) == matrix.shape[1]


def test_least_squares_is_numpys_and_what_is_left_is_orthogonal() -> None:
    for shape in ((2, 2), (6, 2), (7, 3)):
        matrix, b = RNG.normal(size=shape), RNG.normal(size=shape[0])
        found = least_squares(matrix, b)
        np.testing.assert_allclose(found.x, np.linalg.lstsq(matrix, b, rcond=None)[0])
        np.testing.assert_allclose(matrix.T @ found.left, 0, atol=1e-10)
        np.testing.assert_allclose(found.reached + found.left, b)
        np.testing.assert_allclose(matrix.T @ matrix @ found.x, matrix.T @ b)


def test_no_point_of_the_line_is_nearer() -> None:
    b = np.array([1.5, 2.0])
    found = least_squares(FLAT, b)
    tried = RNG.uniform(-9, 9, size=(5000, 2)) @ FLAT.T
    assert np.linalg.norm(tried - b, axis=1).min() >= np.linalg.norm(found.left)
    assert found.reached == pytest.approx([2, 1])
