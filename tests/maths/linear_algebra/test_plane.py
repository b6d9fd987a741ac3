"""Dot products and projections against minimisation, cosines and loops."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from scenes.maths.linear_algebra import plane
from scenes.maths.linear_algebra.linear import PUSH

RNG = np.random.default_rng(5)


def test_the_pair_by_hand_is_as_it_is_told() -> None:
    assert np.linalg.norm([plane.X, plane.W], axis=1).tolist() == [5.0, 10.0]
    assert plane.products(plane.X, plane.W).tolist() == [24.0, 24.0]
    assert np.linalg.norm(plane.projection(plane.X, plane.W)) == pytest.approx(4.8)
    assert plane.products([-3, 4], plane.W).sum() == 0
    assert plane.products([-4, 3], plane.W).sum() == -14


def test_the_projection_is_the_nearest_point_of_the_line_and_leaves_a_right_angle() -> None:
    for u, v in RNG.normal(size=(20, 2, 4)):
        found = minimize_scalar(lambda t, u=u, v=v: float(np.sum((u - t * v) ** 2)))
        foot = plane.projection(u, v)
        np.testing.assert_allclose(foot, found.x * v, atol=1e-6)
        assert (u - foot) @ v == pytest.approx(0, abs=1e-12)


def test_nothing_is_projected_onto_the_zero_vector() -> None:
    with pytest.raises(ValueError, match="no line"):
        plane.projection([1, 2], [0, 0])


def test_the_dot_product_is_both_norms_times_the_cosine() -> None:
    for degrees in np.linspace(0, 359, 40):
        u = plane.turned(degrees)
        assert plane.products(u, plane.W).sum() == pytest.approx(50 * np.cos(np.radians(degrees)))
        assert plane.degrees_from_w(u) == pytest.approx(degrees, abs=1e-9)
    np.testing.assert_allclose(plane.turned(plane.degrees_from_w(plane.X)), plane.X)
    np.testing.assert_allclose(plane.turned(90), [-3, 4], atol=1e-12)


def test_one_column_moves_after_the_other() -> None:
    rest, first, both = plane.half_way(PUSH, 2)
    np.testing.assert_array_equal(rest, np.eye(2))
    np.testing.assert_array_equal(first, [[1, 0], [0.5, 1]])
    np.testing.assert_array_equal(both, PUSH)
    with pytest.raises(ValueError, match="has 2"):
        plane.half_way(PUSH, 3)


def test_each_column_of_a_product_is_the_first_ones_column_sent_through_the_second() -> None:
    lu, ul = plane.both_orders()
    np.testing.assert_array_equal(lu, PUSH)
    np.testing.assert_array_equal(ul, [[1.5, 1.0], [0.5, 1.0]])
    for product, (last, first) in zip((lu, ul), _orders(), strict=True):
        for i in range(2):
            for j in range(2):
                assert product[i, j] == sum(last[i, k] * first[k, j] for k in range(2))


def _orders() -> list[tuple[np.ndarray, np.ndarray]]:
    u, l_ = np.array([[1.0, 1.0], [0.0, 1.0]]), np.array([[1.0, 0.0], [0.5, 1.0]])
    return [(l_, u), (u, l_)]


def test_a_linear_map_keeps_sums_and_multiples() -> None:
    for u, v, c in zip(RNG.normal(size=(9, 2)), RNG.normal(size=(9, 2)), RNG.normal(size=9), strict=True):
        np.testing.assert_allclose(PUSH @ (u + v), PUSH @ u + PUSH @ v)
        np.testing.assert_allclose(PUSH @ (c * u), c * (PUSH @ u))
        np.testing.assert_allclose(PUSH @ u, u[0] * PUSH[:, 0] + u[1] * PUSH[:, 1])
