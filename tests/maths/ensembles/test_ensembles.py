"""Bagging, Boosting & Stacking: what is computed holds against references that are not ours."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import approx_fprime
from scipy.spatial.distance import cdist

from scenes.maths.ensembles.ensembles import cost, descend

POINTS = np.random.default_rng(5).normal((2.0, -1.0), (1.0, 3.0), (60, 2))


def test_cost_is_the_mean_squared_distance() -> None:
    centre = np.array([0.5, 0.25])
    assert cost(POINTS, centre) == pytest.approx(cdist(POINTS, [centre], "sqeuclidean").mean())


def test_each_step_goes_against_the_slope() -> None:
    start = np.array([4.0, 4.0])
    slope = approx_fprime(start, lambda centre: cost(POINTS, centre))
    np.testing.assert_allclose(descend(POINTS, start, rate=0.1, steps=1)[1], start - 0.1 * slope, atol=1e-5)


def test_the_way_falls_and_ends_at_the_mean() -> None:
    way = descend(POINTS, (4.0, 4.0), rate=0.2, steps=60)
    costs = [cost(POINTS, centre) for centre in way]
    assert np.all(np.diff(costs[:20]) < 0)
    np.testing.assert_allclose(way[-1], POINTS.mean(axis=0), atol=1e-9)


@pytest.mark.parametrize("rate", [0.0, -0.1, 1.0])
def test_a_rate_that_does_not_settle_is_refused(rate: float) -> None:
    with pytest.raises(ValueError, match="does not settle"):
        descend(POINTS, (0.0, 0.0), rate=rate)
