"""The landscapes and their gradients, against differences and against scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import approx_fprime, minimize

from scenes.maths.calculus_optimization import landscape

POINTS = np.random.default_rng(2).uniform(-2.0, 2.0, (40, 2))


@pytest.mark.parametrize("name", ["valley", "toy"])
def test_gradients_are_the_slopes_that_differences_measure(name: str) -> None:
    height, gradient = getattr(landscape, name), getattr(landscape, f"{name}_gradient")
    for point in POINTS:
        np.testing.assert_allclose(gradient(point), approx_fprime(point, height, 1e-7), atol=2e-5)


def test_the_toy_has_the_two_hollows_that_scipy_finds() -> None:
    shallow = minimize(landscape.toy, landscape.TOY_START, jac=landscape.toy_gradient, tol=1e-10)
    deep = minimize(landscape.toy, (1.0, 0.4), jac=landscape.toy_gradient, tol=1e-10)
    np.testing.assert_allclose(shallow.x, (-1.027, -0.500), atol=1e-3)
    np.testing.assert_allclose(deep.x, (1.153, 0.494), atol=1e-3)
    assert deep.fun < shallow.fun


def test_the_valley_has_the_curvatures_of_its_hessian() -> None:
    columns = [(landscape.valley_gradient(e) - landscape.valley_gradient((0, 0))) for e in np.eye(2)]
    np.testing.assert_allclose(np.linalg.eigvalsh(columns), landscape.CURVATURES)


def test_the_gradient_stands_square_on_the_contour() -> None:
    point, turn = np.array(landscape.VALLEY_START), np.linspace(0, 2 * np.pi, 200001)
    radius = np.sqrt(2 * landscape.valley(point) / np.array(landscape.CURVATURES))
    rim = radius * np.column_stack([np.cos(turn), np.sin(turn)])
    near = np.linalg.norm(rim - point, axis=1).argmin()
    along = rim[near + 1] - rim[near - 1]
    cosine = along @ landscape.valley_gradient(point) / np.linalg.norm(along)
    assert abs(cosine) < 1e-3
