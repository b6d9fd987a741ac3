"""The lift, the kernels and the winding streets, against brute force, algebra and scikit-learn."""

from __future__ import annotations

from itertools import combinations_with_replacement, pairwise
from math import factorial, prod

import numpy as np
import pytest
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.preprocessing import PolynomialFeatures
from sklearn.svm import SVC

from scenes.maths.svm.kernel import (
    accuracy,
    best_straight_line,
    bowl_kernel,
    core_and_ring,
    cut_flat,
    half_land,
    level_by_kernel,
    levels_at,
    lift_quadratic,
    lift_squares,
    moons,
    polynomial_kernel,
    product_columns,
    radial_kernel,
    raise_bowl,
    square_kernel,
    square_products,
    wind_by_degree,
    wind_by_gamma,
)

CLOUD = core_and_ring()
X, Y = np.linspace(-1.6, 2.6, 24), np.linspace(-1.3, 1.8, 16)


def test_no_straight_line_beats_seven_in_ten():
    line, share = best_straight_line(CLOUD.points, CLOUD.sides)
    assert share == 0.70 == accuracy(line.level(CLOUD.points), CLOUD.sides)
    svm = SVC(kernel="linear").fit(CLOUD.points, CLOUD.sides)
    assert f"{svm.score(CLOUD.points, CLOUD.sides):.0%}" == "62%"


@pytest.mark.parametrize("seed", [*range(8)])
def test_best_straight_line_is_as_good_as_an_exhaustive_turn(seed):
    rng = np.random.default_rng(seed)
    points, sides = rng.normal(size=(12, 2)), rng.choice([-1.0, 1.0], 12)
    found = 0.0
    for angle in np.linspace(0, 2 * np.pi, 20_001):
        order = sides[np.argsort(points @ [np.cos(angle), np.sin(angle)])]
        found = max(found, float((np.cumsum(order < 0) + np.sum(order > 0) - np.cumsum(order > 0)).max()))
    line, share = best_straight_line(points, sides)
    assert share == accuracy(line.level(points), sides) == pytest.approx(found / 12)


def test_best_straight_line_refuses_three_points_in_line():
    with pytest.raises(ValueError, match="one line"):
        best_straight_line(np.array([[0.0, 0], [1, 1], [2, 2], [0, 1]]), np.array([1.0, -1, 1, -1]))


def test_flat_cut_has_the_printed_numbers():
    cut = cut_flat(CLOUD.points, CLOUD.sides)
    lifted = raise_bowl(CLOUD.points)
    assert accuracy(cut.street.level(lifted), CLOUD.sides) == 1
    assert len(cut.support_vectors) == 4
    height, slope = cut.plane()
    assert f"{height:.3f} {slope[0]:.3f} {slope[1]:.3f}" == "0.465 0.050 -0.142"
    centre, radius = cut.circle()
    assert f"{centre[0]:.3f} {centre[1]:.3f} {radius:.3f}" == "0.025 -0.071 0.686"
    model = SVC(kernel="linear", C=1e6, tol=1e-8).fit(lifted, CLOUD.sides)
    np.testing.assert_allclose(cut.street.w, model.coef_[0], rtol=2e-3)
    assert cut.support_vectors.tolist() == sorted(model.support_)


def test_circle_is_where_the_sheet_meets_the_bowl():
    cut = cut_flat(CLOUD.points, CLOUD.sides)
    around = np.linspace(0, 2 * np.pi, 17)
    radii = []
    for level in (1, 0, -1):
        centre, radius = cut.circle(level)
        ground = centre + radius * np.column_stack([np.cos(around), np.sin(around)])
        np.testing.assert_allclose(cut.street.level(raise_bowl(ground)), level, atol=1e-12)
        height, slope = cut.plane(level)
        np.testing.assert_allclose(height + ground @ slope, (ground**2).sum(axis=1), atol=1e-12)
        radii.append(radius)
    assert all(small < large for small, large in pairwise(radii)), "the core's kerb lies inside the ring's"
    core, ring = CLOUD.points[CLOUD.sides > 0], CLOUD.points[CLOUD.sides < 0]
    assert np.linalg.norm(core - centre, axis=1).max() <= radii[0] + 1e-9
    assert np.linalg.norm(ring - centre, axis=1).min() >= radii[2] - 1e-9


def test_squaring_the_dot_product_is_the_dot_product_of_the_lift():
    p, q = np.array([1.0, 2]), np.array([3.0, 1])
    assert square_kernel(p, q) == 25
    assert lift_squares(p) @ lift_squares(q) == pytest.approx(25, rel=1e-15)
    left, right = np.random.default_rng(0).normal(size=(2, 1000, 2))
    np.testing.assert_allclose(
        square_kernel(left, right),
        (lift_squares(left) * lift_squares(right)).sum(axis=1),
        rtol=1e-12,
        atol=1e-14,
    )


def test_gamma_dial_has_the_printed_numbers():
    winding = wind_by_gamma(moons(), moons(2000, seed=2), (0.1, 1, 10, 100), X, Y)
    assert winding.train_accuracy.tolist() == [0.855, 0.945, 0.945, 0.985]
    assert winding.test_accuracy.tolist() == [0.8595, 0.9285, 0.933, 0.8995]
    assert winding.support_vectors.sum(axis=1).tolist() == [94, 58, 87, 186]


def test_degree_dial_has_the_printed_numbers():
    winding = wind_by_degree(moons(), moons(2000, seed=2), (1, 3, 5), X, Y)
    assert winding.test_accuracy.tolist() == [0.8575, 0.915, 0.9235]


def test_winding_street_is_the_sum_of_its_kernels():
    train, gamma = moons(), 3.0
    winding = wind_by_gamma(train, train, (gamma,), X, Y)
    model = SVC(gamma=gamma).fit(train.points, train.sides)
    at = np.array([X[5], Y[11]])
    kernel = np.exp(-gamma * ((train.points[model.support_] - at) ** 2).sum(axis=1))
    assert winding.level[0, 11, 5] == pytest.approx(float(model.dual_coef_[0] @ kernel + model.intercept_[0]))
    assert np.flatnonzero(winding.support_vectors[0]).tolist() == sorted(model.support_)
    assert set(np.flatnonzero(train.sides * model.decision_function(train.points) < 0.99)) <= set(
        model.support_
    )


def test_degree_one_is_straight():
    level = wind_by_degree(moons(), moons(2000, seed=2), (1, 3), X, Y).level
    bend = np.abs(np.diff(level, n=2, axis=2)).max(axis=(1, 2))
    assert bend[0] < 1e-9 < bend[1]


def test_ring_of_another_radius_is_the_same_picture():
    np.testing.assert_allclose(core_and_ring(3.0).points, 3 * CLOUD.points)
    assert core_and_ring(3.0).sides.tolist() == CLOUD.sides.tolist()


def test_two_points_by_hand():
    x, z = np.array([1.0, 2]), np.array([3.0, 1])
    assert raise_bowl(np.array([x, z]))[:, 2].tolist() == [5, 10]
    assert raise_bowl(x[None])[0] @ raise_bowl(z[None])[0] == 55 == bowl_kernel(x, z)
    assert polynomial_kernel(x, z, 2) == 36 == pytest.approx(lift_quadratic(x) @ lift_quadratic(z), rel=1e-15)
    assert lift_quadratic(x).shape == (6,)


@pytest.mark.parametrize("radius", [1.0, 3.0])
def test_the_cut_by_its_kernel_is_the_cut_through_the_bowl(radius):
    cloud = core_and_ring(radius)
    cut = cut_flat(cloud.points, cloud.sides)
    at = np.random.default_rng(0).normal(size=(500, 2)) * radius
    level = level_by_kernel(cut, cloud, at)
    np.testing.assert_allclose(level, cut.street.level(raise_bowl(at)), atol=1e-9)
    # libsvm, which is given the kernel alone and never sees a lifted point
    model = SVC(kernel=lambda a, b: a @ b.T + np.outer((a**2).sum(1), (b**2).sum(1)), C=1e8, tol=1e-10)
    model.fit(cloud.points, cloud.sides)
    np.testing.assert_allclose(level, model.decision_function(at), rtol=1e-3, atol=1e-3)


def test_printed_accuracies_of_the_toy_on_unseen_points():
    cloud, fresh = core_and_ring(3.0), core_and_ring(3.0, 4000, 1)
    cut = cut_flat(cloud.points, cloud.sides)
    assert f"{accuracy(cut.street.level(raise_bowl(fresh.points)), fresh.sides):.1%}" == "99.9%"
    line = SVC(kernel="linear").fit(cloud.points, cloud.sides)
    assert f"{line.score(fresh.points, fresh.sides):.0%}" == "60%"


@pytest.mark.parametrize("degree", [1, 2, 3, 5])
def test_polynomial_kernel_is_a_dot_product_of_all_products(degree):
    """Of all products of up to ``degree`` coordinates, each weighted by a positive number of its own."""
    left, right = np.random.default_rng(1).normal(size=(2, 50, 3))
    total = np.zeros(50)
    for powers in combinations_with_replacement(range(4), degree):  # index 3 stands for the one
        count = [powers.count(each) for each in range(4)]
        weight = factorial(degree) / prod(factorial(each) for each in count)
        total += weight * prod((left[:, i] * right[:, i]) ** count[i] for i in range(3))
    np.testing.assert_allclose(polynomial_kernel(left, right, degree), total, rtol=1e-9, atol=1e-12)


def test_products_of_two_are_those_that_scikit_learn_makes():
    made = PolynomialFeatures(2, include_bias=False).fit(np.zeros((1, 100))).n_output_features_ - 100
    assert product_columns(100) == 5050 == made


def test_the_rbf_kernel_sums_the_powers_of_the_dot_product():
    points = np.random.default_rng(3).normal(size=(40, 2))
    dot = points @ points.T
    powers = sum(dot**power / factorial(power) for power in range(80))
    np.testing.assert_allclose(powers, np.exp(dot))
    at_each = np.exp(-(points**2).sum(axis=1) / 2)
    np.testing.assert_allclose(
        at_each[:, None] * powers * at_each, radial_kernel(points[:, None], points[None], 0.5), atol=1e-12
    )
    # However many points there are, they span as many dimensions.
    assert np.linalg.matrix_rank(radial_kernel(points[:, None], points[None], 50.0)) == len(points)


def test_radial_kernel_is_that_of_scikit_learn():
    points = moons().points
    np.testing.assert_allclose(
        radial_kernel(points[:, None], points[None], 0.7), rbf_kernel(points, gamma=0.7), rtol=1e-12
    )
    fallen = [f"{float(radial_kernel(np.zeros(2), np.array([0.6, 0.8]), g)):.2g}" for g in (0.1, 1, 10)]
    assert fallen == ["0.9", "0.37", "4.5e-05"]


def test_levels_at_the_points_are_the_sum_of_their_kernels():
    cloud = moons()
    model = SVC(gamma=2.0).fit(cloud.points, cloud.sides)
    sums = rbf_kernel(cloud.points, cloud.points[model.support_], gamma=2.0) @ model.dual_coef_[0]
    np.testing.assert_allclose(
        levels_at(cloud, 2.0, cloud.points), sums + model.intercept_[0], rtol=1e-9, atol=1e-12
    )


def test_half_a_landscape_has_one_cell_of_shore():
    level = np.array([[-2.0, -1.0, 0.01, 1.0, 2.0]] * 3)
    np.testing.assert_array_equal(half_land(level, 1, 0.1)[1], [np.nan, np.nan, 0.01, 1.0, 2.0])
    np.testing.assert_array_equal(half_land(level, -1, 0.1)[1], [-2.0, -1.0, -0.0, np.nan, np.nan])


def test_the_six_products_of_degree_two_add_up_to_the_kernel() -> None:
    x, z = np.array([1.0, 2.0]), np.array([3.0, 1.0])
    parts = square_products(x, z)
    assert parts.tolist() == [1, 6, 4, 9, 12, 4]
    np.testing.assert_allclose(parts.sum(), polynomial_kernel(x, z, 2))
