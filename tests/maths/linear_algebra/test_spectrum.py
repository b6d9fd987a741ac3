"""Characteristic values against numpy's polynomial and LAPACK's eigenvalues."""

from __future__ import annotations

import numpy as np

from scenes.maths.linear_algebra.linear import PUSH, eigen
from scenes.maths.linear_algebra.spectrum import characteristic, shifted

RNG = np.random.default_rng(7)


def test_the_characteristic_polynomial_is_numpys() -> None:
    values = np.linspace(-3, 3, 61)
    for matrix in RNG.normal(size=(30, 2, 2)):
        np.testing.assert_allclose(characteristic(matrix, values), np.polyval(np.poly(matrix), values))


def test_ours_on_paper_is_zero_at_two_and_a_half() -> None:
    np.testing.assert_allclose(np.poly(PUSH), [1.0, -2.5, 1.0])
    np.testing.assert_allclose(characteristic(PUSH, [2.0, 0.5]), 0, atol=1e-12)
    for value, vector in zip(eigen(PUSH).values, eigen(PUSH).vectors, strict=True):
        np.testing.assert_allclose(shifted(PUSH, float(value)) @ vector, 0, atol=1e-12)
        assert np.linalg.matrix_rank(shifted(PUSH, float(value))) == 1
