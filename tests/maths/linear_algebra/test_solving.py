"""Null spaces against scipy."""

from __future__ import annotations

import numpy as np
from scipy.linalg import null_space as scipys

from scenes.maths.linear_algebra.linear import PUSH
from scenes.maths.linear_algebra.solving import null_space

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
