"""The lift, the kernels and the winding streets, against brute force, algebra and scikit-learn."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from sklearn.svm import SVC

from scenes.maths.svm.kernel import (
    accuracy,
    best_straight_line,
    core_and_ring,
    cut_flat,
    lift_squares,
    moons,
    raise_bowl,
    square_kernel,
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
