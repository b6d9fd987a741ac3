"""One-episode estimates of a policy gradient: against those of one bag each, and the survey over five policies."""

from __future__ import annotations

import numpy as np

from scenes.maths.reinforcement_learning.darts import one_by_one, survey
from scenes.maths.reinforcement_learning.gridworld import read_map
from scenes.maths.reinforcement_learning.policy import gather, slope_of

WORLD = read_map()


def test_estimates_one_by_one_are_those_of_bags_of_one():
    rng = np.random.default_rng(3)
    theta, baseline = rng.normal(size=(27, 4)), rng.normal(size=27)
    bag = gather(WORLD, theta, rng, 30)
    found = one_by_one(theta, bag, baseline)
    for row in range(30):
        np.testing.assert_allclose(found[row], slope_of(theta, bag.trip(row), baseline).ravel(), atol=1e-12)
    np.testing.assert_allclose(found.mean(axis=0), slope_of(theta, bag, baseline).ravel(), atol=1e-12)


def test_a_baseline_helps_each_of_five_policies():
    found = survey()
    falls = found.variance[:, 0] / found.variance[:, 1]
    assert (round(falls.min()), round(falls.max())) == (6, 9)
    assert (round(100 * found.backward[:, 0].min()), round(100 * found.backward[:, 0].max())) == (24, 29)
    assert found.backward[:, 1].max() < 0.005
