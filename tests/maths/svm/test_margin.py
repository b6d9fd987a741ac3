"""The margin by hand against exact arithmetic, a definition, and scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize
from sklearn.svm import SVC

from scenes.maths.shared.flower import Measure, Species, irises
from scenes.maths.svm import margin
from scenes.maths.svm.svm import Street, push_forces, separating_range, street_at, turn, widest_street

EASY = irises((Measure.PETAL_LENGTH, Measure.SEPAL_WIDTH), (Species.SETOSA, Species.VERSICOLOR))
POINTS, SIDES = EASY.points, EASY.sides


def test_the_two_points_have_the_printed_numbers():
    points, sides = margin.two_points()
    fit = widest_street(points, sides)
    np.testing.assert_allclose(fit.street.w, [0.5, 0.5], atol=1e-12)
    assert fit.street.b == pytest.approx(-2)
    np.testing.assert_allclose(fit.alpha, [0.25, 0.25], atol=1e-12)
    assert fit.primal == pytest.approx(0.25)
    assert fit.dual == pytest.approx(0.25)
    assert f"{fit.street.width:.2f}" == "2.83"
    model = SVC(kernel="linear", C=1e8, tol=1e-10).fit(points, sides)
    np.testing.assert_allclose(model.coef_[0], fit.street.w, atol=1e-8)
    np.testing.assert_allclose(np.abs(model.dual_coef_[0]), fit.alpha, atol=1e-8)


def test_walking_along_w_leads_from_one_margin_line_to_the_other():
    points, sides = margin.two_points()
    street = widest_street(points, sides).street
    assert margin.steps_across(street) == pytest.approx(4)
    trail = margin.walk_across(street, points[0], 4)
    np.testing.assert_allclose(trail[-1], points[1], atol=1e-12)
    np.testing.assert_allclose(street.level(trail), [-1, -0.5, 0, 0.5, 1], atol=1e-12)
    lengths = np.linalg.norm(np.diff(trail, axis=0), axis=1)
    assert lengths.sum() == pytest.approx(street.width)


@pytest.mark.parametrize("seed", [*range(6)])
def test_walks_are_as_long_as_streets_are_wide(seed):
    rng = np.random.default_rng(seed)
    street = Street(rng.normal(size=3), float(rng.normal()))
    low, high = margin.across(street, rng.normal(size=3))
    np.testing.assert_allclose(street.level(np.stack([low, high])), [-1, 1], atol=1e-12)
    assert np.linalg.norm(high - low) == pytest.approx(street.width)
    np.testing.assert_allclose(low + margin.steps_across(street) * street.w, high, atol=1e-12)


def test_a_multiple_of_w_and_b_is_the_same_line():
    street = street_at(POINTS, SIDES, 15.0)
    for factor in (0.5, 1.4, 2.0):
        other = margin.scaled(street, factor)
        np.testing.assert_allclose(other.level(POINTS), factor * street.level(POINTS))
        assert other.width == pytest.approx(street.width / factor)


def test_errors_are_points_on_the_wrong_side():
    inside = street_at(POINTS, SIDES, 15.0)
    assert margin.errors(inside, POINTS, SIDES) == 0
    assert margin.errors(margin.scaled(inside, -1.0), POINTS, SIDES) == 100
    through = Street(np.array([1.0, 0.0]), -float(POINTS[0, 0]))
    expected = sum(side * (x - POINTS[0, 0]) <= 0 for (x, _), side in zip(POINTS, SIDES, strict=True))
    assert margin.errors(through, POINTS, SIDES) == expected


def test_tilted_lines_are_the_widest_of_their_tilt():
    for street, degrees in zip(margin.tilted(POINTS, SIDES, np.array([15.0, 0.0])), (15.0, 0.0), strict=True):
        assert street.degrees == pytest.approx(degrees)
    with pytest.raises(ValueError, match="separates"):
        margin.tilted(POINTS, SIDES, np.array([60.0]))


def test_the_farthest_leave_first_and_the_street_stays():
    fit = widest_street(POINTS, SIDES)
    leaving = margin.farthest_first(fit.street, POINTS, fit.support_vectors)
    assert len(leaving) == 97
    assert not set(leaving.tolist()) & set(fit.support_vectors.tolist())
    assert (np.diff(np.abs(fit.street.level(POINTS[leaving]))) <= 1e-12).all()
    fits = margin.refits(POINTS, SIDES, leaving[-4:])
    assert len(fits) == 5
    for street in fits:
        np.testing.assert_allclose([*street.w, street.b], [*fit.street.w, fit.street.b], atol=1e-9)


def test_the_dual_of_the_two_points_is_the_parabola():
    points, sides = margin.two_points()
    for alpha in np.linspace(0, 0.5, 11):
        value = margin.dual_value(points, sides, np.full(2, alpha))
        assert value == pytest.approx(2 * alpha - 4 * alpha**2)
        assert value <= 0.25 + 1e-12


def test_the_dual_value_is_its_double_sum():
    rng = np.random.default_rng(1)
    points, sides, alpha = rng.normal(size=(5, 3)), np.array([1, -1, 1, 1, -1.0]), rng.uniform(size=5)
    double = sum(
        alpha[i] * alpha[j] * sides[i] * sides[j] * points[i] @ points[j] for i in range(5) for j in range(5)
    )
    assert margin.dual_value(points, sides, alpha) == pytest.approx(alpha.sum() - double / 2)
    fit = widest_street(POINTS, SIDES)
    assert margin.dual_value(POINTS, SIDES, fit.alpha) == pytest.approx(fit.dual)
    np.testing.assert_allclose(margin.made_of(POINTS, SIDES, fit.alpha), fit.street.w, atol=1e-9)


def test_the_dual_needs_dot_products_alone():
    turn = np.linalg.qr(np.random.default_rng(2).normal(size=(5, 5)))[0][:, :2]
    lifted = POINTS @ turn.T
    np.testing.assert_allclose(lifted @ lifted.T, POINTS @ POINTS.T, atol=1e-9)
    here, there = push_forces(POINTS, SIDES).alpha[-1], push_forces(lifted, SIDES).alpha[-1]
    np.testing.assert_allclose(here, there, atol=1e-6)
    w = margin.made_of(lifted, SIDES, there)
    np.testing.assert_allclose(lifted @ w, POINTS @ margin.made_of(POINTS, SIDES, here), atol=1e-6)


def random_bridge(
    points: np.ndarray, sides: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, float]:
    """Weights (n,) of either class that add up to one, few of them large, and how long their bridge is."""
    weights = np.zeros(len(points))
    for side in (-1, 1):
        rows = np.flatnonzero(sides == side)
        weights[rows] = rng.dirichlet(np.full(len(rows), 0.05))
    return weights, float(np.linalg.norm((weights * sides) @ points))


def test_no_street_is_wider_than_a_bridge_is_long() -> None:
    low, high = separating_range(POINTS, SIDES)
    widest = turn(POINTS, SIDES, np.linspace(low + 0.1, high - 0.1, 400)).width.max()
    rng = np.random.default_rng(0)
    assert min(random_bridge(POINTS, SIDES, rng)[1] for _ in range(2000)) > widest


def test_the_bound_of_a_bridge_is_the_largest_dual_value_of_its_weights_and_below_the_primal() -> None:
    best = widest_street(POINTS, SIDES)
    rng = np.random.default_rng(1)
    for _ in range(50):
        weights, length = random_bridge(POINTS, SIDES, rng)

        def less(scale: float, weights: np.ndarray = weights) -> float:
            return -margin.dual_value(POINTS, SIDES, scale * weights)

        found = optimize.minimize_scalar(less, bounds=(0, 10), method="bounded", options={"xatol": 1e-10})
        assert -found.fun == pytest.approx(margin.bridge_bound(length), rel=1e-7)
        assert margin.bridge_bound(length) <= best.primal


def test_balanced_multipliers_are_a_bridge_and_a_scale() -> None:
    rng = np.random.default_rng(4)
    for scale in rng.uniform(0, 3, 20):
        weights, length = random_bridge(POINTS, SIDES, rng)
        alpha = scale * weights
        assert alpha @ SIDES == pytest.approx(0, abs=1e-12)
        value = 2 * scale - scale**2 * length**2 / 2
        assert margin.dual_value(POINTS, SIDES, alpha) == pytest.approx(value)
        assert value <= margin.bridge_bound(length) + 1e-12
        back = alpha / alpha[SIDES > 0].sum()
        np.testing.assert_allclose(back, weights, atol=1e-12)
