"""The One-Class SVM: hills by hand, scikit-learn's own decisions, and the bounds by nu."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.svm import OneClassSVM

from scenes.maths.anomaly_detection import frontier, isolation, neighbours


def test_hills_by_hand() -> None:
    heights = frontier.hills(frontier.HAND, frontier.HAND).sum(axis=1)
    by_hand = [1 + np.exp(-0.5) + np.exp(-8), 1 + np.exp(-0.5) + np.exp(-4.5), 1 + np.exp(-8) + np.exp(-4.5)]
    assert heights == pytest.approx(by_hand)
    assert (heights < frontier.WATER).tolist() == [False, False, True]


def test_heights_less_the_water_are_scikit_learns_decisions() -> None:
    points = neighbours.crowds()
    machine = OneClassSVM(nu=frontier.NU, gamma=frontier.GAMMA, tol=1e-10).fit(points)
    own = frontier.around_crowds()
    total = machine.dual_coef_.sum()
    assert (own.heights(points) - own.rho) * total == pytest.approx(
        machine.decision_function(points), abs=1e-8
    )
    assert own.weights.sum() == pytest.approx(1)
    assert np.array_equal(own.outside(points), machine.decision_function(points) < -1e-6)


@pytest.mark.parametrize("gamma", [0.1, *frontier.GAMMAS])
@pytest.mark.parametrize("nu", [0.05, 0.1, 0.3])
def test_nu_lies_between_the_share_outside_and_that_of_support_vectors(nu: float, gamma: float) -> None:
    for seed in range(4):
        points = neighbours.crowds(seed)
        found = frontier.train(points, nu, gamma)
        assert found.outside(points).mean() <= nu <= len(found.rows) / len(points)


def test_a_larger_gamma_makes_more_support_vectors() -> None:
    counts = [len(frontier.around_crowds(gamma).rows) for gamma in frontier.GAMMAS]
    assert counts == sorted(counts)


def test_the_lone_dot_is_lowest_and_outside() -> None:
    found = frontier.around_cloud()
    heights = found.heights(isolation.cloud())
    assert heights.argmin() == isolation.LONE
    assert found.outside(isolation.cloud())[isolation.LONE]
